"""What an editor would mark in printed lists of references, or in a references.yml.

`python -m thongthin.commands.check_references FILE ...` reads each file (`.md`, `.txt` and `.docx` as printed lists,
`.yml` as works), and prints how many entries it found, and every mark with its line, in English and in Thai. Nothing is
changed. Ends with 1 where a file can't be read or holds no entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from thongthin.basics.console import run_command
from thongthin.basics.problems import Problem, Problems, printable, problem_list
from thongthin.basics.text import read_text, report_missing
from thongthin.read.files.docx import docx_text
from thongthin.read.references import read_references
from thongthin.read.references.lint_works import mark_works
from thongthin.read.references.printed import read_printed
from thongthin.read.references.printed_lists import mark_lists


def main(arguments: Sequence[str]) -> int:
    """Print what would be marked in each file; 1 if one can't be read."""
    code = 0
    for number, name in enumerate(arguments):
        problems = Problems()
        count = check_file(Path(name), problems.at(Path(name).name))
        print("\n" * bool(number) + printable(Path(name).name))
        if problems.found:
            print(printable(problem_list(problems.found)))
            code = 1
            continue
        marks = sorted(problems.notices, key=lambda mark: mark.row or 0)
        print(f"{count} entries, {len(marks)} marks. / {count} รายการ ข้อสังเกต {len(marks)} ข้อ")
        for mark in marks:
            print(printable("\n" + _said(mark)))
    return code


def check_file(path: Path, problems: Problems) -> int:
    """Mark a file; returns how many entries it has.

    Args:
        problems: bound to the file.
    """
    if not path.exists():
        report_missing(path, problems)
        return 0
    if path.suffix.lower() in (".yml", ".yaml"):
        works = read_references(path, problems)
        mark_works(works, path, problems)
        return len(works)
    word = path.suffix.lower() == ".docx"
    text = docx_text(path, problems) if word else read_text(path, problems)
    count = mark_lists(read_printed(text, paragraphs=word), problems) if text is not None else 0
    if text is not None and not count:
        problems.add(
            "no-works",
            "No reference stands in this file: no line has a year in brackets behind an author.",
            "ไม่พบรายการอ้างอิงในไฟล์นี้ ไม่มีบรรทัดใดที่มีปีในวงเล็บหลังชื่อผู้แต่ง",
            hint_en="Give the file of the list, or of the article with its list below a heading such as References.",
            hint_th="ระบุไฟล์ที่มีรายการ หรือไฟล์บทความที่มีรายการอยู่ใต้หัวข้อ เช่น เอกสารอ้างอิง",
        )
    return count


def _said(mark: Problem) -> str:
    """A mark with its line: a sentence and perhaps a hint in each language."""
    lines = []
    for place, sentence, hint in zip(mark.place, (mark.en, mark.th), (mark.hint_en, mark.hint_th), strict=True):
        lines.append(" ".join(filter(None, [place + ":" if place else "", sentence, hint])))
    return "\n".join(f"  {line}" for line in lines)


if __name__ == "__main__":
    run_command(main)
