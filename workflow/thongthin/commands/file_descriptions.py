"""What a stranger's file holds, told to a person at a terminal in English and Thai; and first drafts made from it.

The commands `describe-...` of the launcher share this: a description is a list of parts, each with a heading in both
languages and lines of names and numbers; drafts are files of a study, written where none stands yet.

Whatever the file says stays text: `problems.printable` leaves nothing in it that a terminal would obey, and names take
one line.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from thongthin.basics.console import command
from thongthin.basics.files import write_bytes
from thongthin.basics.problems import printable
from thongthin.present.exports.tables import write_csv
from thongthin.read.files.sheets import is_header_alone


def write_drafts(folder: Path, drafts: Mapping[str, pd.DataFrame | str]) -> tuple[list[str], list[str]]:
    """Write drafts where no file stands, or a table that nobody has filled in: tables as .csv, texts byte for byte.

    Args:
        drafts: by path in the folder.

    Returns:
        The paths that were written, and those that were left as they are. Raises OSError.
    """
    written, left = [], []
    for name, content in drafts.items():
        path = folder / name
        # A broken link is something that stands there, too; a table of which there is only the header, is not.
        if os.path.lexists(path) and not (isinstance(content, pd.DataFrame) and is_header_alone(path, content.columns)):
            left.append(name)
            continue
        if isinstance(content, str):
            write_bytes(path, content.encode("utf-8", "replace"))
        else:
            write_csv(content, path)
        written.append(name)
    return written, left


def _as_people_say(path: Path) -> str:
    """A path from the project folder, or from their own; the launcher hands on all of it, with names and folders that
    are nobody's business where a screen is shown.
    """
    for folder, sign in ((Path.cwd(), ""), (Path.home(), "~/")):
        if path.is_relative_to(folder):
            return f"{sign}{path.relative_to(folder).as_posix()}"
    return str(path)


def tell_drafts(folder: Path, drafts: Mapping[str, pd.DataFrame | str], advice: tuple[str, str]) -> int:
    """Write drafts and say which, with what to do next in English and in Thai; 1 if they could not be written."""
    try:
        written, left = write_drafts(folder, drafts)
    except OSError as error:
        reason = f"{_as_people_say(Path(error.filename or folder))}: {error.strerror}"
        print(printable(f"\nThe drafts could not be written: {reason}\nเขียนไฟล์ร่างไม่ได้: {reason}"))
        return 1
    lines = []
    if written:
        said = _as_people_say(folder)
        lines += ["", f"Drafts written in {said} / เขียนไฟล์ร่างไว้ใน {said}:", *(f"  {name}" for name in written)]
        lines += [f"{advice[0]}, then: {command('check')}", f"{advice[1]} แล้วสั่ง {command('check')}"]
    if left:
        lines += ["", "Left as they are, since they stand there / มีอยู่แล้ว จึงไม่แตะต้อง:", *(f"  {name}" for name in left)]
    print(printable("\n".join(lines)))
    return 0
