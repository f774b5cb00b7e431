"""The works of a bibliography file as entries of `references.yml`.

`python -m thongthin.commands.import_references FILE ... [--study STUDY] [--pair TH=EN ...] [--write]`

Reads what Zotero, Mendeley, EndNote and the like write (`.bib`, `.ris`, `.xml`, `.json`), puts the Thai and the English
entry of a work together where that is certain, and asks where it is likely (`--pair` answers). Prints the lines for
references.yml; with `--write` they go behind what stands in that file of the study, of which nothing is changed.

What people should know is printed behind the lines, on the error stream, so that the lines can go into a file: works
that stand already, kinds that have no form of their own, and every field for which references.yml has no place.

Ends with 1 where a file can't be read, or nothing can be written.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from thongthin.basics.console import command, run_command
from thongthin.basics.files import write_bytes
from thongthin.basics.language import has_thai
from thongthin.basics.problems import Problems, notice_list, printable, problem_list
from thongthin.basics.text import read_text, report_missing
from thongthin.commands.parts import Part, described, shown
from thongthin.commands.reference_lines import SHARED, appended, differing, edition_lines, entry_of, id_of, lines_of
from thongthin.read.references import read_references
from thongthin.read.references.bibliographies import read_bibliography
from thongthin.read.references.gathering import Imported
from thongthin.read.references.pairs import pair, sameness
from thongthin.read.references.works import Work

HEAD = (
    "# งานที่อ้างอิง งานละหนึ่งรายการ ปีเป็น ค.ศ. (ระบบแปลงเป็น พ.ศ. เอง)\n"
    "# The works cited, one entry a work; years are Common Era.\n\n"
)


@dataclass
class Told:
    """What people should know of an import, by heading."""

    paired: list[str] = field(default_factory=list)
    likely: list[str] = field(default_factory=list)
    standing: list[str] = field(default_factory=list)
    to_add: list[str] = field(default_factory=list)
    nearest: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    untitled: list[str] = field(default_factory=list)
    left: dict[str, list[str]] = field(default_factory=dict)

    def parts(self) -> list[Part]:
        """The headings with what stands below each."""
        left = [f"{name}: {', '.join(works)}" for name, works in self.left.items()]
        return [
            Part("Thai and English entry of one work", "รายการภาษาไทยและภาษาอังกฤษของงานเดียวกัน", self.paired),
            Part("The same work? If so, add to the command", "เป็นงานเดียวกันหรือไม่ หากใช่ ให้เพิ่มในคำสั่ง", self.likely),
            Part("Stand in references.yml already", "มีใน references.yml แล้ว", self.standing),
            Part("Lines to add there by hand", "บรรทัดที่ต้องเพิ่มเองในรายการนั้น", self.to_add),
            Part("Without a title, left out", "ไม่มีชื่อเรื่อง จึงไม่นำเข้า", self.untitled),
            Part("No such kind here; look at `type`", "ไม่มีประเภทนี้ โปรดดู `type`", self.nearest),
            Part("Thai and English entry differ; the Thai one was taken",
                 "รายการภาษาไทยและอังกฤษต่างกัน ใช้ตามภาษาไทย", self.differing),
            Part("Names in Thai letters beside an English title; write them in Latin letters",
                 "ชื่อคนเป็นอักษรไทยแต่ชื่อเรื่องเป็นภาษาอังกฤษ โปรดเขียนเป็นอักษรโรมัน", self.mixed),
            Part("No place for it in references.yml, not taken over",
                 "references.yml ไม่มีที่สำหรับข้อมูลนี้ จึงไม่ได้นำเข้า", left),
        ]  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Print the entries of the files, or write them; 1 where that can't be done."""
    parser = argparse.ArgumentParser(prog="python -m thongthin.commands.import_references")
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--study", help="a study of data/raw, whose references.yml is looked at")
    parser.add_argument("--pair", action="append", default=[], help="TH=EN: keys of a Thai and of an English entry")
    parser.add_argument("--write", action="store_true", help="add the entries to references.yml of the study")
    given = parser.parse_args(arguments)
    problems = Problems()
    entries = _read(given.files, problems)
    said = _said(given.pair, entries, problems)
    path = Path("data", "raw", given.study, "references.yml") if given.study else None
    works = _standing(path, problems) if path else []
    if problems.found or (given.write and path is None):
        if given.write and path is None:
            print("To write, name a study.\nหากต้องการเขียนไฟล์ ให้ระบุชื่อการศึกษา", file=sys.stderr)
        else:
            print(problem_list(problems.found), file=sys.stderr)
        return 1
    told = Told()
    lines = _lines(entries, said, works, told)
    code = 0
    if given.write and path:
        code = _write(path, lines, works) if lines else 0
    else:
        print(printable("\n".join(lines)), end="" if lines else "\n")
    sys.stdout.flush()
    what = [notice_list(problems.notices), described(told.parts())]
    print(printable("\n\n".join(["", *filter(None, what)])), file=sys.stderr)
    if lines and not given.write:
        _say_next(given.study)
    return code


def _read(files: Iterable[Path], problems: Problems) -> list[Imported]:
    entries: list[Imported] = []
    for path in files:
        here = problems.at(path.name)
        if path.exists():
            entries += read_bibliography(path, here) or []
        else:
            report_missing(path, here)
    return entries


def _said(pairs: Iterable[str], entries: Sequence[Imported], problems: Problems) -> dict[str, str]:
    """Keys of the entries that people say are the same works."""
    said = {}
    for words in pairs:
        th, _, en = words.partition("=")
        for key, language in ((th.strip(), "th"), (en.strip(), "en")):
            if all((entry.key, entry.language) != (key, language) for entry in entries):
                name = {"th": ("a Thai", "ภาษาไทย"), "en": ("an English", "ภาษาอังกฤษ")}[language]
                problems.add(
                    "unknown-work",
                    f'There is no entry "{key}" with {name[0]} title.',
                    f'ไม่มีรายการ "{key}" ที่ชื่อเรื่องเป็น{name[1]}',
                    file="--pair",
                    hint_en="Write the key of the Thai entry, =, and that of the English one: --pair som2021=som2021en",
                    hint_th="เขียนคีย์ของรายการภาษาไทย = คีย์ของรายการภาษาอังกฤษ เช่น --pair som2021=som2021en",
                )
        said[th.strip()] = en.strip()
    return said


def _standing(path: Path, problems: Problems) -> list[Work]:
    return read_references(path, problems.at(path.as_posix())) if path.exists() else []


def _facts(work: Work) -> dict[str, Any]:
    """What a work says of itself at the top and in either language, dates as text."""
    facts = work.model_dump(by_alias=True, exclude_none=True, exclude={"th", "en"})
    for edition in (work.en, work.th):
        facts |= edition.model_dump(by_alias=True, exclude_none=True) if edition else {}
    for key in {"issued", "accessed"} & facts.keys():
        year, *rest = facts[key]
        facts[key] = "-".join([str(year), *(f"{part:02}" for part in rest)])
    return facts


def _is(work: Work, entry: Imported) -> bool:
    """Whether a work that stands and an entry are certainly the same."""
    titles, facts = {_plain(edition.title) for edition in (work.th, work.en) if edition}, _facts(work)
    one_year = str(facts.get("issued", ""))[:4] == str(entry.facts.get("issued", ""))[:4]
    return (one_year and _plain(entry.facts["title"]) in titles) or sameness(facts, entry.facts) is not None


def _again(entry: Imported, before: Sequence[Imported]) -> bool:
    """Whether an entry says the same as one before it: title, day or year, people."""
    plain = [(_plain(e.facts["title"]), *(e.facts.get(key) for key in ("issued", "author", "editor"))) for e in before]
    own = (_plain(entry.facts["title"]), *(entry.facts.get(key) for key in ("issued", "author", "editor")))
    return own in plain


def _plain(title: str) -> str:
    return "".join(letter for letter in title.lower() if letter.isalnum() or not letter.isascii())


def _lines(entries: Sequence[Imported], said: Mapping[str, str], works: Sequence[Work], told: Told) -> list[str]:
    """The new entries as lines of references.yml; `told` takes up what people should know."""
    named = [entry for entry in entries if entry.facts.get("title")]
    told.untitled += [_called(entry) for entry in entries if not entry.facts.get("title")]
    new: list[Imported] = []
    for entry in named:
        standing = next((work for work in works if _is(work, entry)), None)
        if standing:
            _tell_standing(standing, entry, told)
        elif _again(entry, new):
            told.standing.append(f"{_called(entry)} (twice in the file / ซ้ำในไฟล์)")
        else:
            new.append(entry)
    paired = pair(new, said)
    partner = {id(own.th): own for own in paired.pairs} | {id(own.en): own for own in paired.pairs}
    told.likely += [
        f"{' '.join(['--pair', f'{own.th.key}={own.en.key}']) if own.th.key and own.en.key else '–'}:"
        f" {_called(own.th)} / {_called(own.en)} ({own.why[0]} / {own.why[1]})"
        for own in paired.likely
    ]
    taken = {work.id for work in works}
    lines, done = [], set()
    for entry in new:
        if id(entry) in done:
            continue
        own = partner.get(id(entry))
        th, en = (own.th, own.en) if own else (entry, None) if entry.language == "th" else (None, entry)
        done |= {id(work) for work in (th, en) if work}
        name = id_of(th, en, taken)
        lines.append(lines_of(name, entry_of(th, en)))
        if own:
            told.paired.append(f"{name}: {_called(own.th)} / {_called(own.en)} ({own.why[0]} / {own.why[1]})")
            if keys := differing(own.th, own.en):
                told.differing.append(f"{name}: {', '.join(keys)}")
        for work in filter(None, (th, en)):
            _tell_work(name, work, told)
    return lines


def _tell_work(name: str, work: Imported, told: Told) -> None:
    if not work.sure:
        told.nearest.append(f"{name}: {work.said or '–'} → {work.type}")
    people = [" ".join(person.values()) for role in ("author", "editor") for person in work.facts.get(role, ())]
    if work.language == "en" and any(map(has_thai, people)):
        told.mixed.append(f"{name}: {', '.join(filter(has_thai, people))}")
    for key, value in work.left.items():
        short = f" ({shown(value)})" if len(value) < 40 else ""
        told.left.setdefault(key, []).append(f"{name}{short}")


def _tell_standing(work: Work, entry: Imported, told: Told) -> None:
    """Of a work that stands: that it does, and what the entry knows of it in the language that is missing there."""
    told.standing.append(f"{work.id}: {_called(entry)}")
    known = _facts(work)
    told.to_add += [
        f"{work.id}: {key}: {entry.facts[key]}" for key in SHARED if key in entry.facts.keys() - known.keys()
    ]
    if getattr(work, entry.language) is None:
        th, en = (entry, None) if entry.language == "th" else (None, entry)
        own = entry_of(th, en)[entry.language]
        told.to_add += [f"{work.id}:", *edition_lines(entry.language, own)]
        _tell_work(work.id, entry, told)


def _called(entry: Imported) -> str:
    title = entry.facts.get("title")
    return entry.key or (shown(title) if title else f"#{entry.place}")


def _write(path: Path, lines: Sequence[str], works: Sequence[Work]) -> int:
    """Add entries to a references.yml, unless the file could not be read afterwards; 1 where it can't be done."""
    problems = Problems()
    text = read_text(path, problems.at(path.as_posix())) if path.exists() and path.stat().st_size else HEAD
    if text is None:
        print(problem_list(problems.found), file=sys.stderr)
        return 1
    whole = appended(text, lines)
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder, "references.yml")
        trial.write_bytes(whole.encode("utf-8"))
        after = read_references(trial, problems.at(path.as_posix()))
    if problems.found or [work.id for work in after][: len(works)] != [work.id for work in works]:
        print(problem_list(problems.found), file=sys.stderr)
        return 1
    try:
        write_bytes(path, whole.encode("utf-8"))
    except OSError as error:
        reason = f"{error.filename or path}: {error.strerror}"
        print(f"The works could not be written: {reason}\nเขียนรายการไม่ได้: {reason}", file=sys.stderr)
        return 1
    print(f"{len(lines)} works were added to {path.as_posix()}.\nเพิ่ม {len(lines)} งานใน {path.as_posix()} แล้ว")
    return 0


def _say_next(study: str | None) -> None:
    if study:
        word = command("import-references", "...", study, "--write")
        print(f"\nNothing was written; {word} adds the lines to references.yml of the study.", file=sys.stderr)
        print(f"ยังไม่ได้เขียนไฟล์ใด {word} จะเพิ่มบรรทัดเหล่านี้ใน references.yml ของการศึกษา", file=sys.stderr)


if __name__ == "__main__":
    run_command(main)
