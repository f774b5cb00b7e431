"""The command `publish`: what may be published of a study, made whole, or why nothing may as yet.

`python -m thongthin.flow.publishing STUDY`

A build makes everything for the team; this makes `results/STUDY/public/` of what the rules let through. While
identifiers are undecided, or study.yml does not say what the law asks for, nothing is made, and builds go on.
"""

from __future__ import annotations

import sys
from pathlib import Path

from thongthin.basics.console import run_command
from thongthin.basics.problems import Problems, ProblemsFound, notice_list, printable
from thongthin.commands.build import build_only
from thongthin.commands.publication import publication_of
from thongthin.commands.setup import Stop, say
from thongthin.contract.public import open_list
from thongthin.contract.published import LEFT_OUT, WORDS
from thongthin.contract.tables import read_cells
from thongthin.flow.planning import Plan
from thongthin.flow.shown import shown


def main(arguments: list[str]) -> int:
    """Publish the study named; 1 where anything is open or a step fails."""
    (study,) = arguments
    try:
        plan = Plan(study)
    except ProblemsFound as error:
        print(error, file=sys.stderr)
        return 1
    if study not in plan.studies:
        return 1
    told = publication_of(Path(), study, shown(plan, study, "quotes"))
    if told["open"]:
        print(printable(open_list(told["open"])))
        return 1
    folder = Path("results") / study / "public"
    try:
        code = build_only(Path.cwd(), study, [(folder / "manifest.csv").as_posix()])
    except Stop as stop:
        print(*stop.args, sep="\n", file=sys.stderr, flush=True)
        return 1
    if code == 0:
        tell_sentences(folder)
        files = sum(path.is_file() for path in folder.rglob("*"))
        say(
            f"{folder.as_posix()}/  {files} files; read privacy-report.en.html before you publish them.",
            f"{folder.as_posix()}/  {files} ไฟล์ โปรดอ่าน privacy-report.th.html ก่อนเผยแพร่",
        )
    return code


def tell_sentences(folder: Path) -> None:
    """Name the sentences in which a number is left out, or said by a word: they are the authors' own to change."""
    values = read_cells(folder / "tables" / "values.csv").set_index("key")
    problems = Problems()
    for row in read_cells(folder / "exhibits.csv").to_dict("records"):
        reads = values["text_en"].get(row["name"], "") if row["kind"] == "value" else ""
        if reads != LEFT_OUT and reads not in {word["en"] for word in WORDS.values()}:
            continue
        for language in ("th", "en"):
            if row[f"line_{language}"]:
                said = values[f"text_{language}"][row["name"]]
                problems.notice(
                    "left-out-number",
                    f'The number "{row["name"]}" is not published and reads "{said}": "{row[f"said_{language}"]}"',
                    f'ไม่เผยแพร่ค่า "{row["name"]}" จึงแสดงเป็น "{said}": "{row[f"said_{language}"]}"',
                    file=f"report/{folder.parent.name}/{row['document']}.{language}.qmd",
                    row=int(row[f"line_{language}"]),
                    hint_en="Say it in words (none, some, most, all), or allow the cell with a reason: privacy.allow.",
                    hint_th="เขียนเป็นคำ (ไม่มี บางคน ส่วนใหญ่ ทุกคน) หรืออนุญาตช่องนั้นพร้อมเหตุผลที่ privacy.allow",
                )
    if problems.notices:
        print(notice_list(problems.notices), end="\n\n")


if __name__ == "__main__":
    run_command(main)
