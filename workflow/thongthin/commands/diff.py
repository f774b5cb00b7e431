"""What differs between two builds of a study, in what readers see, and why.

`python -m thongthin.commands.diff A [B] [--study STUDY] [--html FOLDER] [--json]`

A and B are folders with results, packages, or revisions in Git, which are built apart; B is this folder unless it is
named. Ends with 0 where nothing differs, 2 where something does, 1 where they can't be compared.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from thongthin.basics.console import run_command
from thongthin.basics.files import write_text
from thongthin.basics.problems import printable
from thongthin.commands.builds import build_of
from thongthin.commands.parts import described
from thongthin.commands.setup import Stop
from thongthin.commands.told_changes import cause_line, claim_lines, parts_of
from thongthin.present.evidence.changes import changes
from thongthin.present.evidence.changes_page import marked_article

DIFFERENT = 2
_SEEN = ("causes", "numbers", "cells", "quotes", "claims", "shown", "sentences", "figures", "others")


def main(arguments: Sequence[str]) -> int:
    """Print what differs; see above for the exit code."""
    parser = argparse.ArgumentParser(prog="python -m thongthin.commands.diff")
    parser.add_argument("before")
    parser.add_argument("after", nargs="?", default=".")
    parser.add_argument("--study")
    parser.add_argument("--html", type=Path)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    root = Path.cwd()
    with ExitStack() as open_folders:
        try:
            before = build_of(given.before, root, given.study, open_folders)
            study = given.study or before.study
            after = build_of(given.after, root, study, open_folders, pages=given.html is not None)
        except Stop as stop:
            print(printable("\n".join(stop.args)), file=sys.stderr)
            return 1
        found = changes(before, after)
        pages = write_pages(after.results, found, given.html) if given.html else []
    tell(found, as_json=given.json)
    if pages and not given.json:
        print("\n" + "\n".join(path.as_posix() for path in pages))
    elif given.html and not pages:
        en, th = "The second build has no document as HTML to mark.", "การสร้างครั้งที่สองไม่มีเอกสาร HTML ให้ทำเครื่องหมาย"
        print(f"{en}\n{th}", file=sys.stderr)
    return DIFFERENT if is_different(found) else 0


def is_different(found: dict[str, Any]) -> bool:
    """Whether anything differs, in what readers see or where it comes from."""
    return any(found[part] for part in _SEEN)


def tell(found: dict[str, Any], *, as_json: bool) -> None:
    """Print what differs, as text in both languages or as JSON."""
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    text = described(parts_of(found))
    print(printable(text or "Nothing differs in what readers see.\nไม่มีสิ่งใดต่างกันในสิ่งที่ผู้อ่านเห็น"))


def write_pages(results: Path, found: dict[str, Any], folder: Path) -> list[Path]:
    """The documents as HTML with the changed numbers marked, one file each; their paths."""
    causes = [cause_line(cause) for cause in found["causes"]]
    claims = {own["claim"]: claim_lines(own) for own in found["claims"]}
    written = []
    for document in ("article", "supplement"):
        for language in ("th", "en"):
            source = results / f"{document}.{language}.html"
            if source.is_file():
                path = folder / f"diff.{document}.{language}.html"
                path.parent.mkdir(parents=True, exist_ok=True)
                write_text(path, marked_article(source.read_text(encoding="utf-8"), found, language, causes, claims))
                written.append(path)
    return written


if __name__ == "__main__":
    run_command(main)
