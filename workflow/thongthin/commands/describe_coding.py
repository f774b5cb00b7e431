"""What files of coding hold, for an author who has some and doesn't know what is in them.

`python -m thongthin.commands.describe_coding [FILE ...] [--study STUDY] [--drafts [FOLDER]]` prints, in English and
Thai: tool and format; documents; how positions count; codes as a tree, coders, cases with their variables, sets, with
the numbers of passages; how many memos there are. A folder stands for the files in it. With a study: which participant
and which code each of them is, and the problems that the check would list if the file stood in `coding/`; without
files, those of its folder `coding/` are meant. With `--drafts`: first drafts of a study's files (`coding_drafts`), all
files together, in the folder named or else in that of the study, and the lines that study.yml needs.

Nothing is built, and no file that stands is changed. Ends with 1 where a file can't be read or drafts can't be
written.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from thongthin.basics.console import run_command
from thongthin.basics.files import files_in
from thongthin.basics.problems import Problems, notice_list, printable, problem_list
from thongthin.basics.text import report_missing
from thongthin.basics.yaml_source import load_yaml
from thongthin.commands.coding_description import description, together
from thongthin.commands.coding_drafts import drafts, lines_for_study
from thongthin.commands.coding_in_study import InStudy, read_study_files
from thongthin.commands.file_descriptions import tell_drafts
from thongthin.commands.parts import described
from thongthin.contract.coding import CodingFile
from thongthin.read.coding import COVERAGE, Coding
from thongthin.read.coding.model import CodedFile
from thongthin.read.coding.names import Codebook
from thongthin.read.coding.recognise import read_file
from thongthin.read.interviews import interview_text

# What people do with the drafts, in English and in Thai.
ADVICE = (
    "Fill in what is empty, correct what is wrong",
    "เติมช่องที่ว่าง แก้สิ่งที่ไม่ถูกต้อง",
)
LINES = "For study.yml, as far as it is so / สำหรับ study.yml เท่าที่ตรงกับความจริง:"
NOTHING_NAMED = (
    "Name a file or a folder, or a study: describe-coding project.qdpx, or describe-coding --study chiang-rai --drafts",
    "ระบุไฟล์ โฟลเดอร์ หรือการศึกษา เช่น describe-coding project.qdpx หรือ describe-coding --study chiang-rai --drafts",
)
NO_FILES = (
    "There are no files of coding there. Put what the coding tool exports into coding/ of the study.",
    "ไม่มีไฟล์การลงรหัสในที่นั้น วางไฟล์ที่ส่งออกจากโปรแกรมลงรหัสไว้ใน coding/ ของการศึกษา",
)
NOT_CODED = (
    "There is no coding yet; what the interviews tell by themselves is drafted.",
    "ยังไม่มีไฟล์ลงรหัส จึงร่างเฉพาะสิ่งที่บทสัมภาษณ์บอกได้",
)


def main(arguments: Sequence[str]) -> int:
    """Print what the files hold; 1 if one can't be read, or drafts can't be written."""
    parser = argparse.ArgumentParser(prog="python -m thongthin.commands.describe_coding")
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--study", help="a study of data/raw, to compare the files with")
    parser.add_argument("--drafts", nargs="?", const="", help="a folder, for first drafts of a study's files")
    given = parser.parse_args(arguments)
    own = Path("data", "raw", given.study) if given.study else None
    folder = own if given.drafts == "" else Path(given.drafts) if given.drafts else None
    named = given.files or ([own / "coding"] if own and (own / "coding").is_dir() else [])
    paths = [path for entry in named for path in _files(entry)]
    to_draft = _interviews(folder) if folder else {}
    if not paths and own and folder and to_draft:  # not coded yet
        print("\n".join(NOT_CODED))
        return _draft(folder, [], to_draft)
    if not paths or (given.drafts == "" and not own):
        print("\n".join(NO_FILES if (given.files or own) and (own or given.drafts != "") else NOTHING_NAMED))
        return 1
    study = read_study_files(Path(), given.study) if given.study else None
    read = [_tell(path, study) for path in paths]
    known = [(path, *entry) for path, entry in zip(paths, read, strict=True) if entry]
    if study and len(known) > 1:
        print("\n" + described([together([(coded, coding) for _, coded, coding in known if coding], study)]))
    code = 0 if len(known) == len(paths) else 1
    return (_draft(folder, [(path, coded) for path, coded, _ in known], to_draft) if folder else 0) or code


def _draft(folder: Path, known: Sequence[tuple[Path, CodedFile]], interviews: Mapping[str, str]) -> int:
    """Write drafts into a folder and print what else study.yml can be told; 1 if they can't be written.

    Args:
        known: the files of coding that could be read.
        interviews: as from `_interviews`.
    """
    made = drafts([coded for _, coded in known], interviews)
    if not made:
        return 0
    failed = tell_drafts(folder, made, ADVICE)
    if not failed and (lines := lines_for_study([(path.name, own) for path, own in known], made, _said(folder))):
        print(printable("\n".join(["", LINES, *(f"  {line}" for line in lines)])))
    return failed


def _files(named: Path) -> list[Path]:
    """The files of coding in a folder, without the table of coverage; any other path as it is."""
    if not named.is_dir() or named.suffix.lower() == ".qda":
        return [named]
    return [Path(path) for path in files_in(named, folders=(".qda",)) if Path(path).stem != COVERAGE]


def _tell(path: Path, study: InStudy | None) -> tuple[CodedFile, Coding | None] | None:
    """Print what a file holds, and give it back with how it is read in the study; None if it can't be read."""
    problems = Problems()
    here = problems.at(path.name)
    entries = study.settings.files if study else []
    entry = next((e for e in entries if e.file == path.name), CodingFile(file=path.name))
    coded = None
    if path.exists():
        names = Codebook(study.codes).names if study else ()
        coded = read_file(path, here, format=entry.format, coder=entry.coder, known=names)
    else:
        report_missing(path, here)
    if coded is None:
        print(printable(problem_list(problems.found)))
        return None
    coding = study.read(path, problems.at("coding")) if study else None
    # The file stands in no such folder; and what is wrong with it was found in both readings.
    found, notices = (
        [replace(problem, file=problem.file.removeprefix("coding/")) for problem in listed]
        for listed in (problems.found, problems.notices)
    )
    told = [path.name, described(description(coded, study, coding))]
    told += [notice_list(notices), problem_list(found) if found else ""]
    print(printable("\n\n".join(filter(None, told))))
    return coded, coding


def _interviews(folder: Path) -> dict[str, str]:
    """The texts of the interviews in the folder of a study, by the names of their files without ending."""
    files = [Path(path) for path in files_in(folder / "interviews")]
    return {path.stem: interview_text(path, Problems()) or "" for path in files}


def _said(folder: Path) -> dict[str, object]:
    """The keys of a study.yml with what stands behind them; nothing where it can't be read."""
    data, _ = load_yaml(folder / "study.yml", Problems()) if (folder / "study.yml").is_file() else (None, {})
    return {key: value for key, value in data.items() if value} if isinstance(data, dict) else {}


if __name__ == "__main__":
    run_command(main)
