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
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from thongthin.basics.console import command, run_command
from thongthin.basics.files import files_in, suffixes_of
from thongthin.basics.language import one_line
from thongthin.basics.problems import Problems, notice_list, printable, problem_list
from thongthin.basics.text import report_missing
from thongthin.basics.yaml_source import load_yaml
from thongthin.commands.coding_drafts import drafts, lines_for_study
from thongthin.commands.file_descriptions import Part, described, shown, tell_drafts
from thongthin.contract.study import Coding as Settings
from thongthin.contract.study import CodingFile, Config, load_config, load_study
from thongthin.read.codebook import read_codebook
from thongthin.read.coding import COVERAGE, Coding, own_positions, read_coding
from thongthin.read.coding.model import CodedFile, Source, ToolCode
from thongthin.read.coding.names import Codebook, Participants, path_of
from thongthin.read.coding.positions import Convention, describe, describe_fit
from thongthin.read.coding.recognise import read_file
from thongthin.read.frame import read_participants
from thongthin.read.interviews import interview_text, read_interviews

FORMATS = {
    "refi": "REFI-QDA",
    "taguette": "Taguette",
    "qualcoder": "QualCoder",
    "rqda": "RQDA",
    "nvivo": "NVivo, passages of a code / ข้อความของรหัสหนึ่ง",
    "word": "Word, comments / ความคิดเห็นใน Word",
    "segments": "table of segments / ตารางข้อความ",
    "units": "table of units / ตารางหน่วยข้อความ",
}
KINDS = {"pdf": "PDF", "picture": "picture / ภาพ", "audio": "audio / เสียง", "video": "video / วิดีโอ"}
MEMOS = {
    "project": "the project / โครงการ",
    "source": "documents / เอกสาร",
    "code": "codes / รหัส",
    "case": "cases / กรณี",
    "selection": "passages / ข้อความ",
}
# So many values of a variable, and so many names in a line, are shown.
VALUES, LISTED_NAMES = 5, 20

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


class InStudy(NamedTuple):
    """The study that a file is compared with.

    Attributes:
        wrong: the number of problems that its own files have.
    """

    name: str
    codes: pd.DataFrame
    transcripts: pd.DataFrame
    turns: pd.DataFrame
    interviews: Mapping[str, Path]
    settings: Settings
    wrong: int

    def participants(self) -> Participants:
        """To find participants by the documents of a tool."""
        return Participants(dict(zip(self.transcripts["participant_id"], self.transcripts["text"], strict=True)))

    def read(self, path: Path, problems: Problems) -> Coding:
        """The file as if it stood in `coding/` by itself.

        Args:
            problems: bound to the folder of the file with `Problems.at`.
        """
        said = [entry for entry in self.settings.files if entry.file == path.name]
        return read_coding(
            [path],
            self.codes,
            self.transcripts,
            self.turns,
            problems,
            settings=self.settings.model_copy(update={"files": said}),
            interview=lambda participant: interview_text(self.interviews[participant], Problems()),
        )


def read_study_files(root: Path, name: str) -> InStudy:
    """What a file of coding is matched with, of the study `name` in the project folder `root`.

    Problems of these files are counted and not told: the check does that.
    """
    folder, problems = root / "data" / "raw" / name, Problems()

    def table(stem: str) -> Path:
        there = (folder / f"{stem}{suffix}" for suffix in suffixes_of(stem))
        return next((path for path in there if path.is_file()), folder / f"{stem}.csv")

    # The table of sites and the configuration are of no matter here.
    config = load_config(root, Problems()) or Config(studies=[name])
    settings = load_study(root, name, config, problems)
    participants = read_participants(table("participants"), pd.DataFrame({"site_id": []}), None, problems)
    codes = read_codebook(table("codebook"), None, problems)
    files = [Path(path) for path in files_in(folder / "interviews")]
    said = settings.study.interviews if settings else None
    transcripts, turns, _ = read_interviews(files, participants, problems.at("interviews"), said)
    coding = settings.study.coding if settings else Settings()
    return InStudy(name, codes, transcripts, turns, {path.stem: path for path in files}, coding, len(problems))


# --- the description ------------------------------------------------------------------------------------------------


def description(coded: CodedFile, study: InStudy | None = None, coding: Coding | None = None) -> list[Part]:
    """What the file holds, part by part; what it lacks has no lines.

    Args:
        study, coding: to compare with, and the file as it is read in that study.
    """
    of_source = Counter(selection.source for selection in coded.selections)
    of_code = Counter(code for selection in coded.selections for code in dict.fromkeys(selection.codes))
    person: dict[str, list[str]] = {}
    ours: dict[str, list[str]] = {}
    if study:
        participants, codebook, tool = study.participants(), Codebook(study.codes), {c.id: c for c in coded.codes}
        person = {source.id: participants.candidates(source) for source in coded.sources}
        ours = {code.id: codebook.candidates(code, tool) for code in coded.codes}
    parts = [
        Part(
            "Tool, format",
            "โปรแกรม รูปแบบ",
            [", ".join(dict.fromkeys(filter(None, [one_line(coded.tool), FORMATS[coded.format]])))],
        ),
        Part(
            f"Documents: {len(coded.sources)} (characters stored; passages marked)",
            f"เอกสาร {len(coded.sources)} (อักขระที่เก็บไว้; ข้อความที่เลือก)",
            [
                f"{shown(source.name)}{_kind(source)}  {_size(source)}  {of_source[source.id]:,}"
                + (_match(person[source.id]) if study else "")
                for source in coded.sources
            ],
        ),
        _positions(coded, coding),
        Part(
            f"Codes: {len(coded.codes)} (passages; in brackets with those below)",
            f"รหัส {len(coded.codes)} (ข้อความ; ในวงเล็บคือรวมรหัสย่อย)",
            _tree(coded.codes, of_code, {id_: _match(found) for id_, found in ours.items()}),
        ),
        _coders(coded),
        Part(
            f"Cases: {len(coded.cases)} (documents)",
            f"กรณี {len(coded.cases)} (เอกสาร)",
            [f"{shown(case.name)}  {len(case.sources)}" for case in coded.cases],
        ),
        _variables(coded),
        Part(
            f"Sets: {len(coded.sets)} (documents; codes)",
            f"ชุด {len(coded.sets)} (เอกสาร; รหัส)",
            [f"{shown(group.name)}  {len(group.sources)}  {len(group.codes)}" for group in coded.sets],
        ),
        Part(
            f"Memos: {len(coded.memos)}",
            f"บันทึก {len(coded.memos)}",
            [f"{MEMOS[on]}  {times}" for on, times in sorted(Counter(memo.on for memo in coded.memos).items())],
        ),
    ]
    if study and coding:
        parts.append(_in_study(coded, study, coding, of_source, of_code, person, ours))
    return parts


def _kind(source: Source) -> str:
    return f" ({KINDS[source.kind]})" if source.kind in KINDS else ""


def _size(source: Source) -> str:
    return "–" if source.text is None else f"{len(source.text):,}"


def _match(found: Sequence[str]) -> str:
    """What something of the file is in the study: one thing, several, or nothing."""
    return f"  -> {' ? '.join(found) or '?'}"


def _tree(codes: Sequence[ToolCode], times: Mapping[str, int], match: Mapping[str, str]) -> list[str]:
    """The codes, each below the one above it; those that are above each other stand at the end."""
    known = {code.id: code for code in codes}
    below: dict[str, list[str]] = {}
    for code in codes:
        below.setdefault(code.parent if code.parent in known else "", []).append(code.id)
    lines: dict[str, tuple[int, int]] = {}  # id: depth, and with those below
    for root in [*below.get("", ()), *known]:
        if root in lines:
            continue
        waiting, order = [(root, 0)], []
        while waiting:
            id_, depth = waiting.pop()
            if id_ in lines:
                continue
            lines[id_] = depth, times.get(id_, 0)
            order.append(id_)
            waiting += [(child, depth + 1) for child in reversed(below.get(id_, ()))]
        for id_ in reversed(order):
            parent = known[id_].parent
            if id_ != root and parent in lines:
                lines[parent] = lines[parent][0], lines[parent][1] + lines[id_][1]
    return [
        f"{'  ' * min(depth, 20)}{shown(known[id_].name)}  {times.get(id_, 0) if known[id_].codable else '–'}"
        + (f" ({total})" if id_ in below else "")
        + match.get(id_, "")
        for id_, (depth, total) in lines.items()
    ]


def _coders(coded: CodedFile) -> Part:
    passages = Counter(selection.coder for selection in coded.selections)
    documents = Counter(coder for coder, _ in {(s.coder, s.source) for s in coded.selections})
    return Part(
        f"Coders: {len(passages)} (passages; documents)",
        f"ผู้ลงรหัส {len(passages)} (ข้อความ; เอกสาร)",
        [
            f"{shown(coder) if coder else '(the file does not tell / ไฟล์ไม่ระบุ)'}  {times:,}  {documents[coder]:,}"
            for coder, times in sorted(passages.items(), key=lambda item: (-item[1], item[0]))
        ],
    )


def _variables(coded: CodedFile) -> Part:
    values: dict[str, Counter[str]] = {}
    for case in coded.cases:
        for name, value in case.variables.items():
            if value:
                values.setdefault(name, Counter())[value] += 1
    lines = []
    for name, found in values.items():
        listed = ", ".join(shown(value) for value in sorted(found)[:VALUES])
        more = f" ... ({len(found)})" if len(found) > VALUES else ""
        lines.append(f"{shown(name)}  {found.total()}  {listed}{more}")
    return Part(
        f"Variables of cases: {len(values)} (cases; values)",
        f"ตัวแปรของกรณี {len(values)} (กรณี; ค่า)",
        lines,
    )


def _positions(coded: CodedFile, coding: Coding | None) -> Part:
    """How positions count, and in which documents: as compared with a study, else with the texts that are stored."""
    ways: dict[str, list[str]] = {}

    def note(way: tuple[str, str], name: str) -> None:
        ways.setdefault(f"{way[0]} / {way[1]}", []).append(name)

    compared = coding.coding_sources.to_dict("records") if coding else []
    found = {row["source"]: Convention(row["unit"], row["newlines"]) for row in compared if row["unit"]}
    reports = own_positions(coded)
    by_position = {selection.source for selection in coded.selections if selection.start is not None}
    marked = {selection.source for selection in coded.selections if not selection.whole}
    for source in coded.sources:
        report, name = reports.get(source.id), shown(source.name)
        if way := found.get(source.name, found.get(f"{source.name} ({source.id})")):
            note(describe(way), name)
        elif report and report.convention:
            note(describe(report.convention), name)
        elif report and report.failed:
            en, th = ("several ways fit", "เข้าได้หลายวิธี") if report.ambiguous else ("no way fits", "ไม่มีวิธีใดเข้ากัน")
            fit_en, fit_th = describe_fit(report.fits[0])
            note((f"{en} ({fit_en})", f"{th} ({fit_th})"), name)
        elif source.id in by_position:
            note(("the file stores no text to compare with", "ไฟล์ไม่ได้เก็บข้อความไว้ให้เทียบ"), name)
        elif source.id in marked and source.kind in ("text", "pdf"):
            note(("no positions; passages are found by their text", "ไม่มีตำแหน่ง ใช้ตัวข้อความหาที่อยู่"), name)
    return Part(
        "How positions count (documents)",
        "วิธีนับตำแหน่ง (เอกสาร)",
        [
            f"{way}: {len(names)} ({', '.join(names[:VALUES])}{', ...' if len(names) > VALUES else ''})"
            for way, names in ways.items()
        ],
    )


def _in_study(
    coded: CodedFile,
    study: InStudy,
    coding: Coding,
    of_source: Mapping[str, int],
    of_code: Mapping[str, int],
    person: Mapping[str, Sequence[str]],
    ours: Mapping[str, Sequence[str]],
) -> Part:
    """What the study would get, and what would be missing in it."""
    tool = {code.id: code for code in coded.codes}
    counted = coding.coding_sources[["exact", "reanchored", "by_text"]].sum()
    lines = [
        f"segments / ข้อความที่ลงรหัส: {len(coding.codings):,}",
        f"passages placed / ระบุที่ได้: {counted['exact']:,} exactly / ตรงตำแหน่ง, "
        f"{counted['by_text']:,} by text / จากข้อความ, {counted['reanchored']:,} anew / หาที่ใหม่",
    ]

    def listed(en: str, th: str, names: Iterable[str]) -> None:
        if named := list(names):
            lines.append(f"{en} / {th}: {_names(named)}")

    listed(
        "marked documents without participant",
        "เอกสารที่มีการลงรหัสแต่ไม่พบผู้ให้ข้อมูล",
        (source.name for source in coded.sources if of_source[source.id] and len(person[source.id]) != 1),
    )
    listed(
        "codes given that are not in the codebook",
        "รหัสที่ใช้แต่ไม่มีในสมุดรหัส",
        (path_of(code, tool) for code in coded.codes if of_code[code.id] and len(ours[code.id]) != 1),
    )
    coded_people = _coded_people(coded, coding, study)
    listed(
        "participants without coding in this file",
        "ผู้ให้ข้อมูลที่ไม่มีการลงรหัสในไฟล์นี้",
        (participant for participant in study.transcripts["participant_id"] if participant not in coded_people),
    )
    if study.wrong:
        en, th = "the study's own files have problems", "ไฟล์ของการศึกษาเองมีปัญหา"
        lines.append(f"{en} / {th}: {study.wrong} ({command('check', study.name)})")
    return Part(f"In the study {study.name}", f"ในการศึกษา {study.name}", lines)


def _names(names: Sequence[str]) -> str:
    """Names one after the other, so many as people read."""
    more = f", ... ({len(names)})" if len(names) > LISTED_NAMES else ""
    return f"{', '.join(map(shown, names[:LISTED_NAMES]))}{more}"


# --- the command ----------------------------------------------------------------------------------------------------


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
        print("\n" + described([_together([(coded, coding) for _, coded, coding in known if coding], study)]))
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


def _together(read: Sequence[tuple[CodedFile, Coding]], study: InStudy) -> Part:
    """What several files have in common, and whom none of them is about."""
    lines = []
    coders = sorted({selection.coder for own, _ in read for selection in own.selections} - {""})
    if coders:
        lines.append(f"coders / ผู้ลงรหัส: {', '.join(map(shown, coders))}")
    coded = set.union(*(_coded_people(own, coding, study) for own, coding in read)) if read else set()
    without = [participant for participant in study.transcripts["participant_id"] if participant not in coded]
    if without:
        lines.append("participants without coding in these files / ผู้ให้ข้อมูลที่ไม่มีการลงรหัสในไฟล์เหล่านี้: " + _names(without))
    return Part(f"All files together: {len(read)}", f"ทุกไฟล์รวมกัน {len(read)}", lines)


def _coded_people(coded: CodedFile, coding: Coding, study: InStudy) -> set[str]:
    """The participants of whom a file holds coding, whether or not it could be placed."""
    participants = study.participants()
    marked = {selection.source for selection in coded.selections}
    found = {participants.find(source) for source in coded.sources if source.id in marked}
    return {person for person in found if person} | set(coding.coverage["participant_id"])


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
