"""The command `publish`: what may be published of a study, made whole, or why nothing may as yet.

`python -m thongthin.flow.publishing STUDY`

A build makes everything for the team; this makes `results/STUDY/public/` of what the rules let through. While
identifiers are undecided, or study.yml does not say what the law asks for, nothing is made, and builds go on.
"""

from __future__ import annotations

import sys
from pathlib import Path

from thongthin.basics.console import run_command
from thongthin.basics.problems import ProblemsFound, printable
from thongthin.commands.build import build_only
from thongthin.commands.publication import publication_of
from thongthin.commands.setup import Stop, say
from thongthin.contract.public import open_list
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
        files = sum(path.is_file() for path in folder.rglob("*"))
        say(
            f"{folder.as_posix()}/  {files} files; read privacy-report.en.html before you publish them.",
            f"{folder.as_posix()}/  {files} ไฟล์ โปรดอ่าน privacy-report.th.html ก่อนเผยแพร่",
        )
    return code


if __name__ == "__main__":
    run_command(main)
