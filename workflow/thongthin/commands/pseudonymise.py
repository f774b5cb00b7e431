"""A copy of a study in which what people decided to replace is replaced everywhere, and its key outside the project.

`python -m thongthin.commands.pseudonymise STUDY --key FOLDER`

`data/raw/STUDY-pseudonymised/` is made anew: interviews as plain text, tables with their cells replaced, the coding
as one table whose positions are those of the new texts, and of `privacy.yml` what was kept. Nothing of the study
itself is changed. The copy is read as the check reads it, and is taken away again where it does not hold what the
study holds: the same turns, the same coded passages. The key (`<study>.key.csv`: what stood there, what stands there
now, how often) names people; it goes to a folder outside the project only.

Ends with 1 where the study has problems, nothing is decided, or the copy can't be made.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import yaml

from thongthin.basics.console import run_command
from thongthin.basics.files import LITTER, write_text
from thongthin.basics.problems import Problem, Problems, notice_list, printable, problem_list
from thongthin.basics.text import read_text
from thongthin.commands.check import check_study
from thongthin.commands.check_privacy import findings, undecided
from thongthin.contract.loading import read_study
from thongthin.contract.privacy import DECISIONS, PEOPLE, Decisions, read_decisions
from thongthin.read.coding.who_read import COVERAGE
from thongthin.read.files.csv_text import layout_of, rows_of

SUFFIX = "-pseudonymised"
_CODINGS = ["participant_id", "code_id", "coder", "start", "end", "text"]
# Files that are copied as text, with the replacements in them.
_TEXTS = (".yml", ".yaml", ".md", ".txt")


@dataclass
class Replacing:
    """The replacements of a study, and how often each was made."""

    decisions: Decisions
    made: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._instead = {d.text: d.instead for d in self.decisions.decisions if d.instead}
        longest = sorted(self._instead, key=len, reverse=True)
        spaced = {text: r"\s+".join(map(re.escape, text.split())) for text in longest}
        self._names = {f"r{number}": text for number, text in enumerate(longest)}
        groups = [f"(?P<{name}>{spaced[text]})" for name, text in self._names.items()]
        self._pattern = re.compile("|".join(groups) or r"(?!)", re.IGNORECASE)

    def __len__(self) -> int:
        return len(self._instead)

    def pieces(self, text: str) -> list[tuple[int, int, str]]:
        """Start and end of each place that is replaced, half-open in code points, and what stands there instead."""
        found = []
        for match in self._pattern.finditer(text):
            words = self._names[str(match.lastgroup)]
            self.made[words] += 1
            found.append((*match.span(), str(self._instead[words])))
        return found

    def text(self, text: str) -> str:
        """The text with all its replacements."""
        return replaced(text, self.pieces(text))

    def key(self) -> str:
        """The key as CSV: what stood there, what stands there now, and at how many places."""
        lines = io.StringIO()
        rows = csv.writer(lines, lineterminator="\n")
        rows.writerow(("text", "instead", "places"))
        rows.writerows((text, instead, self.made[text]) for text, instead in self._instead.items())
        return lines.getvalue()


def replaced(text: str, pieces: list[tuple[int, int, str]]) -> str:
    """A text with other words at some places."""
    parts, at = [], 0
    for start, end, instead in pieces:
        parts += [text[at:start], instead]
        at = end
    return "".join([*parts, text[at:]])


def moved(pieces: list[tuple[int, int, str]]) -> Callable[[int, bool], int]:
    """Where a place of the old text is in the new one; within what was replaced, its start or (`end`) its end."""

    def to(position: int, end: bool) -> int:
        shift = 0
        for first, last, instead in pieces:
            if position >= last:
                shift += len(instead) - (last - first)
            elif position > first:
                return first + shift + (len(instead) if end else 0)
            else:
                break
        return position + shift

    return to


def copy_study(root: Path, name: str, replacing: Replacing, tables: dict[str, pd.DataFrame], told: Problems) -> Path:
    """Make the copy; returns its folder. What is left out is a notice each."""
    source, target = root / "data" / "raw" / name, root / "data" / "raw" / f"{name}{SUFFIX}"
    shutil.rmtree(target, ignore_errors=True)
    for path in sorted(source.rglob("*")):
        inside = path.relative_to(source)
        if not path.is_file() or path.name.startswith(LITTER) or path.name in (DECISIONS, PEOPLE):
            continue
        if inside.parts[0] in ("interviews", "coding"):
            continue
        (target / inside).parent.mkdir(parents=True, exist_ok=True)
        if not _copy(path, target / inside, replacing):
            told.notice(
                "left-out",
                f'"{inside.as_posix()}" is not in the copy: nothing can be replaced in it.',
                f'สำเนาไม่มี "{inside.as_posix()}" เพราะแทนที่ข้อความในไฟล์นี้ไม่ได้',
                file=f"data/raw/{name}",
            )
    if "transcripts" in tables:
        _write_interviews(target, tables, replacing)
    kept = [d.model_dump(exclude_none=True) for d in replacing.decisions.decisions if d.keep]
    if kept:
        write_text(target / DECISIONS, yaml.safe_dump({"decisions": kept}, allow_unicode=True, sort_keys=False))
    return target


def _write_interviews(target: Path, tables: dict[str, pd.DataFrame], replacing: Replacing) -> None:
    places: dict[str, Callable[[int, bool], int]] = {}
    texts: dict[str, str] = {}
    for row in tables["transcripts"].itertuples():
        person, pieces = str(row.participant_id), replacing.pieces(str(row.text))
        places[person], texts[person] = moved(pieces), replaced(str(row.text), pieces)
        write_text(target / "interviews" / f"{person}.txt", texts[person] + "\n")
    if "codings" not in tables or tables["codings"].empty:
        return
    codings = tables["codings"].copy()
    people = codings["participant_id"]
    codings["start"] = [places[p](int(at), False) for p, at in zip(people, codings["start"], strict=True)]
    codings["end"] = [places[p](int(at), True) for p, at in zip(people, codings["end"], strict=True)]
    codings["text"] = [texts[p][s:e] for p, s, e in zip(people, codings["start"], codings["end"], strict=True)]
    codings["coder"] = codings["coder"].map(replacing.text)
    write_text(target / "coding" / "codings.csv", codings[_CODINGS].to_csv(index=False, lineterminator="\n"))
    coverage = tables["coverage"].assign(coder=tables["coverage"]["coder"].map(replacing.text))
    coverage = coverage.rename(columns={"participant_id": "participant", "code_id": "code"})
    write_text(target / "coding" / f"{COVERAGE}.csv", coverage.to_csv(index=False, lineterminator="\n"))


def _copy(path: Path, target: Path, replacing: Replacing) -> bool:
    """Copy a file with the replacements in it; False where none can be made."""
    if path.suffix == ".xlsx":
        _copy_workbook(path, target, replacing)
        return True
    text = read_text(path, Problems()) if path.suffix in (*_TEXTS, ".csv") else None
    if text is None:
        return False
    if path.suffix == ".csv":
        lines = io.StringIO()
        rows = csv.writer(lines, lineterminator="\n")
        rows.writerows([replacing.text(cell) for cell in row] for row in rows_of(text, layout_of(text), strict=False))
        write_text(target, lines.getvalue())
        return True
    text = replacing.text(text)
    if path.name == "study.yml":  # the coding is one table now, which says all of this itself
        text = re.sub(r"(?m)^coding:.*\n(?:[ \t#-].*\n|\n)*", "", text)
    write_text(target, text)
    return True


def _copy_workbook(path: Path, target: Path, replacing: Replacing) -> None:
    from openpyxl import load_workbook
    from openpyxl.packaging.core import DocumentProperties

    book = load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                cell.comment = None
                if isinstance(cell.value, str):
                    cell.value = replacing.text(cell.value)
    book.properties = DocumentProperties(creator="", lastModifiedBy="")
    book.save(target)


def differences(old: dict[str, pd.DataFrame], new: dict[str, pd.DataFrame]) -> list[tuple[str, str]]:
    """What the copy does not hold as the study does, in English and in Thai; nothing where all is there."""
    wrong = []
    for table, columns, en, th in (
        ("turns", ["participant_id", "turn", "role"], "turns of the speakers", "ช่วงพูด"),
        ("codings", ["participant_id", "code_id"], "coded passages", "ข้อความที่ลงรหัส"),
        ("quotes", ["quote_id", "participant_id"], "quotes", "คำพูดที่ยกมา"),
        ("responses", [], "responses", "คำตอบแบบสอบถาม"),
    ):
        if table not in old:
            continue
        before, after = old[table], new.get(table, old[table].iloc[:0])
        same = len(before) == len(after) and (
            sorted(map(tuple, before[columns].astype(str).to_numpy()))
            == sorted(map(tuple, after[columns].astype(str).to_numpy()))
        )
        if not same:
            wrong.append(
                (
                    f"the {en} ({len(before)} in the study, {len(after)} in the copy)",
                    f"{th} (เดิม {len(before)} สำเนา {len(after)})",
                )
            )
    return wrong


def main(arguments: list[str]) -> int:
    """Make the copy of the study named; 1 where it can't be made."""
    parser = argparse.ArgumentParser()
    parser.add_argument("study")
    parser.add_argument("--key", required=True)
    given = parser.parse_args(arguments)
    root, name, key = Path(), given.study, Path(given.key)
    problems = Problems()
    here = problems.at(f"data/raw/{name}/{DECISIONS}")
    if key.resolve().is_relative_to(root.resolve()):
        here.add("key-inside", "The key names people, and may not lie in the project folder.",
                 "กุญแจระบุตัวบุคคล จึงห้ามเก็บไว้ในโฟลเดอร์ของโครงการ",
                 hint_en="Give another folder behind --key.", hint_th="ระบุโฟลเดอร์อื่นหลัง --key")  # fmt: skip
    replacing = Replacing(read_decisions(root / "data" / "raw" / name, here))
    if not len(replacing):
        here.add("nothing-decided", "Nothing is to be replaced: no decision says replace or generalise.",
                 "ไม่มีสิ่งใดให้แทนที่ ยังไม่มีรายการที่ระบุ replace หรือ generalise",
                 hint_en="The check shows what was found; decide there.",
                 hint_th="คำสั่ง check แสดงสิ่งที่พบ ให้ตัดสินใจในไฟล์นี้")  # fmt: skip
    if problems.found:
        print(problem_list(problems.found))
        return 1
    tables: dict[str, pd.DataFrame] = {}
    check_study(root, name, problems, found=tables)
    if of_data := _of_data(problems, name):
        print(problem_list(of_data))
        return 1
    return _make(root, name, key, replacing, tables)


def _of_data(problems: Problems, study: str) -> list[Problem]:
    """The problems of what a study brings; its articles are no part of the copy."""
    return [problem for problem in problems if problem.file.startswith(f"data/raw/{study}/")]


def _make(root: Path, name: str, key: Path, replacing: Replacing, tables: dict[str, pd.DataFrame]) -> int:
    told, found = Problems(), dict[str, pd.DataFrame]()
    copy = copy_study(root, name, replacing, tables, told)
    wrong = Problems()
    check_study(root, copy.name, wrong, found=found)
    mine = _of_data(wrong, copy.name)
    for en, th in differences(tables, found):
        wrong.add("copy-differs", f"The copy does not hold {en}.", f"สำเนาไม่ครบ: {th}", file=f"data/raw/{copy.name}")
        mine.append(wrong.found[-1])
    if mine:
        shutil.rmtree(copy, ignore_errors=True)
        print(problem_list(mine))
        return 1
    key.mkdir(parents=True, exist_ok=True)
    write_text(key / f"{name}.key.csv", replacing.key())
    study = read_study(copy / "study.yml", Problems())
    left = undecided(findings(root, f"data/raw/{copy.name}", study, found), read_decisions(copy, Problems()))
    many, places = len(replacing), sum(replacing.made.values())
    where = (key / f"{name}.key.csv").as_posix()
    print(
        printable(
            f"data/raw/{copy.name}: {many} texts replaced, at {places} places; the key is {where}."
            f" {len(left)} identifiers in the copy are not decided.\n"
            f"data/raw/{copy.name}: แทนที่ {many} ข้อความ รวม {places} แห่ง กุญแจคือ {where}"
            f" ในสำเนายังมี {len(left)} รายการที่ยังไม่ตัดสินใจ"
        )
    )
    if told.notices:
        print("\n" + notice_list(told.notices))
    return 0


if __name__ == "__main__":
    run_command(main)
