"""Participants who withdrew: left out of everything at once, and what was made with them taken away.

`python -m thongthin.commands.withdraw STUDY PARTICIPANT ...`

Their ids are written into study.yml (`participants.withdrawn`), where the readers leave out their interviews, coding
and quotes from then on. All that was made of the study is removed, with the answers of steps that are kept and what
Snakemake remembers: any of it may hold what they said. What lies in data/raw is people's own, and is listed for them to
remove; when it is gone, the ids are all that is left.

Ends with 1 where nobody is called so, or study.yml can't be edited.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from thongthin.basics.console import run_command
from thongthin.basics.environment import FOLDER_OF_TREES, KEPT
from thongthin.basics.files import LITTER, write_text
from thongthin.basics.nearest import did_you_mean
from thongthin.basics.problems import Problems, printable, problem_list
from thongthin.commands.check import check_study
from thongthin.commands.setup import GENERATED
from thongthin.commands.unchanged import RECORD
from thongthin.contract.loading import read_study
from thongthin.contract.privacy import DECISIONS, PEOPLE
from thongthin.read.files.sheets import FORMATS, read_sheet

# What Snakemake and the planning remember of all studies together; they make it anew.
_REMEMBERED = (RECORD, Path(".snakemake/thongthin-checked.json"))
_LOGS = (".snakemake/log", ".snakemake/scripts", ".snakemake/iocache")
Tables = dict[str, pd.DataFrame]


def with_withdrawn(text: str, ids: Sequence[str]) -> str:
    """study.yml with these ids among `participants.withdrawn`; all else as it stands.

    Raises:
        ValueError: `participants` is written in a way that is not edited here.
    """
    listed = ", ".join(ids)
    if found := re.search(r"(?m)^(?!\s*#)(.*)\bwithdrawn:[ ]*\[([^\]\n]*)\]", text):
        before = found[2].strip()
        joined = f"{before}, {listed}" if before else listed
        return f"{text[: found.start(2)]}{joined}{text[found.end(2) :]}"
    if found := re.search(r"(?m)^participants:[ ]*\{([^}\n]*)\}", text):
        before = found[1].strip()
        own = f"{before}, withdrawn: [{listed}]" if before else f"withdrawn: [{listed}]"
        return f"{text[: found.start(1)]}{own}{text[found.end(1) :]}"
    if found := re.search(r"(?m)^participants:[ ]*(?:#.*)?\n([ ]+)(?=\S)", text):
        return f"{text[: found.start(1)]}{found[1]}withdrawn: [{listed}]\n{text[found.start(1) :]}"
    if re.search(r"(?m)^participants:", text):
        raise ValueError("participants")
    return f"{text.rstrip()}\n\nparticipants:\n  withdrawn: [{listed}]\n"


def made_of(root: Path, study: str) -> Iterator[Path]:
    """Everything that was made of a study and may hold what a participant said."""
    for folder in (*GENERATED, KEPT):
        if (path := root / folder / study).exists() or path.is_symlink():
            yield path
    if (path := root / FOLDER_OF_TREES).exists():
        yield path
    for record in _REMEMBERED:
        if (root / record).is_file():
            yield root / record
    for folder in _LOGS:
        yield from sorted((root / folder).glob("*"))
    for path in sorted((root / ".snakemake" / "metadata").glob("*")):
        if path.is_file() and f"/{study}/" in path.read_text(encoding="utf-8", errors="replace"):
            yield path


def remove(paths: Iterator[Path]) -> int:
    """Remove files and folders; of a link, the link. How many there were."""
    found = 0
    for path in paths:
        found += 1
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return found


def held_in(root: Path, study: str, ids: Sequence[str], tables: Tables) -> list[str]:
    """Where data/raw holds participants: files of theirs, and rows of tables; as people read it.

    Args:
        tables: as the study was read before they were left out.
    """
    raw = root / "data" / "raw"
    found = []
    coded = tables.get("coding_sources", pd.DataFrame({"participant_id": [], "file": []}))
    of_coding = set(coded.loc[coded["participant_id"].isin(ids), "file"])
    for folder in (raw / study, raw / f"{study}-pseudonymised"):
        for path in sorted(folder.rglob("*")):
            if not path.is_file() or path.name.startswith(LITTER):
                continue
            name = path.relative_to(root).as_posix()
            if path.stem in ids:
                found.append(name)
            elif path.parent.name == "coding" and path.name in of_coding:
                found.append(f"{name}: {', '.join(ids)}")
            elif path.suffix in FORMATS and path.stem in ("participants", "quotes", Path(PEOPLE).stem, "codings"):
                found += [f"{name}: {rows}" for rows in [_rows_of(path, ids)] if rows]
    return found


def _rows_of(path: Path, ids: Sequence[str]) -> str:
    """The rows of a table in which one of the ids stands, as "rows 4, 7 / แถว 4, 7"; "" if none."""
    frame, _ = read_sheet(path, Problems())
    rows = [str(row) for row, own in frame.iterrows() if set(map(str, own)) & set(ids)]
    return f"row {', '.join(rows)} / แถวที่ {', '.join(rows)}" if rows else ""


def main(arguments: list[str]) -> int:
    """Leave the participants named out of the study named; 1 where that can't be."""
    name, *ids = arguments
    root, problems = Path(), Problems()
    path = root / "data" / "raw" / name / "study.yml"
    here = problems.at(f"data/raw/{name}/study.yml")
    study = read_study(path, here)
    before: Tables = {}
    check_study(root, name, Problems(), found=before)
    known = list(before["participants"]["participant_id"]) if "participants" in before else []
    already = study.participants.withdrawn if study else []
    for id_ in ids:
        if id_ not in known and id_ not in already:
            hint_en, hint_th = did_you_mean(id_, known)
            here.add("unknown-participant", f'There is no participant "{id_}".', f'ไม่มีผู้ให้ข้อมูล "{id_}"',
                     hint_en=hint_en, hint_th=hint_th)  # fmt: skip
    if problems.found:
        print(problem_list(problems.found))
        return 1
    new = [id_ for id_ in dict.fromkeys(ids) if id_ not in already]
    if new and not _edited(path, new):
        line = f"participants: {{withdrawn: [{', '.join([*already, *new])}]}}"
        here.add("not-edited", "This file can't be edited here.", "แก้ไขไฟล์นี้โดยอัตโนมัติไม่ได้", column="participants",
                 hint_en=f"Write it yourself, then call withdraw again: {line}",
                 hint_th=f"เขียนเอง แล้วสั่ง withdraw อีกครั้ง: {line}")  # fmt: skip
        print(problem_list(problems.found))
        return 1
    removed = remove(made_of(root, name))
    after: Tables = {}
    check_study(root, name, problems, found=after)
    _tell(name, ids, (before, after), removed, held_in(root, name, ids, before))
    of_documents = [problem for problem in problems.found if problem.file.startswith("report/")]
    if of_documents:
        print("\n" + problem_list(of_documents))
    return 0


def _edited(path: Path, ids: Sequence[str]) -> bool:
    """Whether study.yml now says that they withdrew, and nothing else has changed in what it says."""
    text = path.read_text(encoding="utf-8-sig")
    old = read_study(path, Problems())
    try:
        write_text(path, with_withdrawn(text, ids))
    except ValueError:
        return False
    new = read_study(path, Problems())
    if old and new:
        expected = json.loads(old.model_dump_json())
        expected["participants"]["withdrawn"] += [*ids]
        if json.loads(new.model_dump_json()) == expected:
            return True
    write_text(path, text)
    return False


def _tell(study: str, ids: Sequence[str], read: tuple[Tables, Tables], removed: int, held: Sequence[str]) -> None:
    before, after = read
    counts_en, counts_th = [], []
    for table, en, th in (
        ("participants", "participants", "ผู้ให้ข้อมูล"),
        ("transcripts", "interviews", "บทสัมภาษณ์"),
        ("codings", "coded passages", "ข้อความที่ลงรหัส"),
        ("quotes", "quotes", "คำพูดที่ยกมา"),
    ):
        if table in before:
            old, new = len(before[table]), len(after.get(table, ()))
            counts_en.append(f"{en} {old} -> {new}")
            counts_th.append(f"{th} {old} -> {new}")
    named = ", ".join(ids)
    lines = [
        f"{named} is left out of {study}: {', '.join(counts_en)}.",
        f"ตัด {named} ออกจาก {study} แล้ว: {' '.join(counts_th)}",
        f"Removed what was made with them, in {removed} places; build again.  ลบสิ่งที่สร้างไว้แล้ว {removed} แห่ง ให้สร้างใหม่",
    ]
    if held:
        lines += ["", "These still hold the person. Remove them, and in backups, the key, and the history of Git, too:",
                  "รายการต่อไปนี้ยังมีข้อมูลของผู้ถอนตัว โปรดลบ รวมถึงในสำเนาสำรอง กุญแจ และประวัติของ Git:",
                  *(f"  {place}" for place in held),
                  f"Look into {DECISIONS}, memos and recordings by yourself.",
                  f"โปรดตรวจ {DECISIONS} บันทึก และไฟล์เสียงเอง"]  # fmt: skip
    else:
        lines += ["", "data/raw holds nothing of them any more; their ids in study.yml are the record.",
                  "ใน data/raw ไม่มีข้อมูลของผู้ถอนตัวแล้ว รหัสใน study.yml คือหลักฐานการถอนตัว"]  # fmt: skip
    print(printable("\n".join(lines)), file=sys.stdout)


if __name__ == "__main__":
    run_command(main)
