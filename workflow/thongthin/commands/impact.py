"""What a change would alter in the documents, without touching anything.

`python -m thongthin.commands.impact FILE[:ROW] | --if CHANGE ... [--study STUDY] [--json]`

With a file, and a row of it: all in the documents that it has a part in. With `--if`: the change is made in a copy, the
copy is built up to the numbers, and what differs is told (see `commands.supposed` for the words). Ends with 0 where
nothing would change, 2 where something would, 1 where it can't be told.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from thongthin.basics.console import command, run_command
from thongthin.basics.problems import printable
from thongthin.commands.builds import build_compared
from thongthin.commands.diff import DIFFERENT, is_different, tell
from thongthin.commands.parts import Part, described
from thongthin.commands.setup import Stop
from thongthin.commands.supposed import suppose
from thongthin.commands.verify import verify
from thongthin.commands.verify_rebuild import copy_kept, copy_project
from thongthin.present.evidence.changes import changes
from thongthin.present.evidence.made import Made, built_studies
from thongthin.present.evidence.reach import reach

_PLACE = re.compile(r"(?P<file>.+?)(?::(?P<row>\d+))?")


def main(arguments: Sequence[str]) -> int:
    """Print what would change; see above for the exit code."""
    parser = argparse.ArgumentParser(prog="python -m thongthin.commands.impact")
    parser.add_argument("place", nargs="?")
    parser.add_argument("--if", dest="supposed", action="append", default=[])
    parser.add_argument("--study")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    root = Path.cwd()
    try:
        made = _built(root, given.study, given.place)
        if given.supposed:
            found = would_change(root, made, given.supposed)
            tell(found, as_json=given.json)
            return DIFFERENT if is_different(found) else 0
        return _tell_reach(made, given.place or "", as_json=given.json)
    except Stop as stop:
        print(printable("\n".join(stop.args)), file=sys.stderr)
        return 1


def would_change(root: Path, made: Made, supposed: Sequence[str]) -> dict[str, Any]:
    """What would differ with all of these changes, as `present.evidence.changes.changes` tells it.

    Raises:
        Stop: the results are not of the files that stand here, a change can't be made, or the copy does not build.
    """
    if edited := next((own.inputs for own in verify(root, made.study)), []):
        named = ", ".join(edited[:3])
        raise Stop(
            f"Files were edited after the last build: {named}. Build first: {command('build', made.study)}",
            f"มีไฟล์ที่แก้ไขหลังการสร้างครั้งล่าสุด: {named} โปรดสร้างก่อน: {command('build', made.study)}",
        )
    with tempfile.TemporaryDirectory(prefix="thongthin-") as place:
        copy = Path(place) / "supposed"
        copy_project(root, copy, made.study)
        copy_kept(root, copy, made.study)
        for words in supposed:
            suppose(words, made, copy)
        if build_compared(copy, made.study):
            raise Stop(
                "With this change the study does not build; what the check says of it:\n" + _why_not(copy, made.study),
                "เมื่อเปลี่ยนตามนี้ การศึกษาสร้างไม่ได้ ดูสิ่งที่ตรวจพบข้างต้น",
            )
        return changes(made, Made(copy, made.study))


def _why_not(copy: Path, study: str) -> str:
    """What the check says of the changed copy."""
    from thongthin.basics.problems import Problems, problem_list
    from thongthin.commands.check import check_study

    problems = Problems()
    check_study(copy, study, problems)
    return problem_list(problems.found) if problems.found else ""


def _built(root: Path, study: str | None, place: str | None) -> Made:
    """The study that is asked about: the one named, the one whose file is named, or the only one there is."""
    found = built_studies(root, study)
    if place and len(found) > 1:
        found = [made for made in found if f"/{made.study}/" in place] or found
    if len(found) == 1:
        return found[0]
    names = ", ".join(made.study for made in found)
    if found:
        raise Stop(f"Name a study: --study ({names})", f"ระบุการศึกษาด้วย --study ({names})")
    raise Stop(f"Nothing is built yet: {command('build')}", f"ยังไม่มีผลลัพธ์: {command('build')}")


def _tell_reach(made: Made, place: str, *, as_json: bool) -> int:
    said = _PLACE.fullmatch(place)
    found = reach(made, said["file"].removeprefix("./"), int(said["row"]) if said["row"] else None) if said else None
    if found is None:
        raise Stop(
            f'The last build read no one file "{place}". Name a file of the study, or --if a change.',
            f'การสร้างครั้งล่าสุดไม่ได้อ่านไฟล์ "{place}" โปรดระบุไฟล์ของการศึกษา หรือ --if การเปลี่ยนแปลง',
        )
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        print(printable(described(_parts(made, found))))
    return DIFFERENT if any(found[part] for part in ("numbers", "tables", "figures", "quotes")) else 0


def _parts(made: Made, found: dict[str, Any]) -> list[Part]:
    where = f"{found['file']}{':' + str(found['row']) if found['row'] else ''} {found['who']}".rstrip()
    numbers = [f"{key}: {made.values[key]['text_en']}" for key in found["numbers"] if key in made.values]
    return [
        Part("A change here", "การแก้ไขที่นี่", [where]),
        Part("passes through", "ผ่านขั้นตอน", [" ".join(found["rules"])]),
        Part("and can alter numbers in the text", "และอาจเปลี่ยนตัวเลขในเนื้อความ", numbers),
        Part("claims", "เงื่อนไขของข้อความ", found["claims"]),
        Part("tables", "ตาราง", found["tables"]),
        Part("figures", "ภาพ", found["figures"]),
        Part("quotes", "คำพูด", found["quotes"]),
    ]


if __name__ == "__main__":
    run_command(main)
