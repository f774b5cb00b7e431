"""What a stranger's file holds, told to a person at a terminal in English and Thai; and first drafts made from it.

The commands `describe-...` of the launcher share this: a description is a list of parts, each with a heading in both
languages and lines of names and numbers; drafts are files of a study, written where none stands yet.

Whatever the file says stays text: `problems.printable` leaves nothing in it that a terminal would obey, and names take
one line.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from thongthin.basics.console import command
from thongthin.basics.files import write_bytes
from thongthin.basics.language import one_line
from thongthin.basics.problems import printable
from thongthin.contract.study import is_identifier
from thongthin.contract.tables import ALL
from thongthin.present.exports.tables import write_csv

# So many lines of a part are shown, and so many characters of a name; nobody reads more of them in a terminal.
LISTED = 500
SHOWN = 80

# What a terminal, or the eye, could be led astray by: controls, formats (writing direction ...), surrogates, and other
# line ends. Zero-width signs are among them; `shown` takes those out that may well stand in a name.
# Names that Windows keeps for devices, whatever their ending.
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)


class Part(NamedTuple):
    """A heading in both languages, and the lines below it."""

    en: str
    th: str
    lines: Sequence[str]


def described(parts: Iterable[Part]) -> str:
    """The parts as they are printed, those without lines left out, long ones cut short."""
    paragraphs = []
    for part in parts:
        if part.lines:
            lines = [f"{part.en} / {part.th}", *(f"  {line}" for line in part.lines[:LISTED])]
            if (more := len(part.lines) - LISTED) > 0:
                lines.append(f"  ... {more} more / และอีก {more} รายการ")
            paragraphs.append("\n".join(lines))
    return "\n\n".join(paragraphs)


def shown(name: str) -> str:
    """A name from the file on one line, cut where it is longer than people can read; "–" for none."""
    line = one_line(name)
    return (line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…") or "–"


def new_id(name: str, prefix: str, number: int, taken: Collection[str]) -> str:
    """An id made from a name: the one word of it that has letters and digits, its Latin letters, or a number.

    Args:
        prefix, number: of the id where the name gives none ("p", 7: "p07").
        taken: ids that are taken, upper and lower case alike, as on most disks.

    >>> [new_id(name, "p", 7, ()) for name in ("Interview P01 (final)", "ปลัด", "Somchai J.")]
    ['P01', 'p07', 'Somchai_J']
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = [word for word in re.findall(r"[A-Za-z0-9]+", plain) if re.search("[A-Za-z]", word) and word[-1].isdigit()]
    slug = re.sub(r"[^A-Za-z0-9_-]+", "_", plain).strip("_-")
    numbered = f"{prefix}{number:02d}"
    made = name if is_identifier(name) else words[0] if len(words) == 1 else slug
    if not is_identifier(made) or made == ALL or _DEVICES.fullmatch(made):
        made = numbered
    lower = {id_.casefold() for id_ in taken}
    tries = [made, *(f"{made}_{n}" for n in range(2, len(lower) + 3))]
    return next(id_ for id_ in tries if id_.casefold() not in lower)


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


def is_header_alone(path: Path, columns: Iterable[str]) -> bool:
    """Whether nothing stands in the file but the names of a table's columns, in their order."""
    header = ",".join(columns)
    if not path.is_file() or path.stat().st_size > len(header) + 10:  # a byte-order mark and a line end beside it
        return False
    return path.read_bytes().decode("utf-8-sig", "replace").strip() == header


def tell_drafts(folder: Path, drafts: Mapping[str, pd.DataFrame | str], advice: tuple[str, str]) -> int:
    """Write drafts and say which, with what to do next in English and in Thai; 1 if they could not be written."""
    try:
        written, left = write_drafts(folder, drafts)
    except OSError as error:
        reason = f"{error.filename or folder}: {error.strerror}"
        print(printable(f"\nThe drafts could not be written: {reason}\nเขียนไฟล์ร่างไม่ได้: {reason}"))
        return 1
    lines = []
    if written:
        lines += ["", f"Drafts written in {folder} / เขียนไฟล์ร่างไว้ใน {folder}:", *(f"  {name}" for name in written)]
        lines += [f"{advice[0]}, then: {command('check')}", f"{advice[1]} แล้วสั่ง {command('check')}"]
    if left:
        lines += ["", "Left as they are, since they stand there / มีอยู่แล้ว จึงไม่แตะต้อง:", *(f"  {name}" for name in left)]
    print(printable("\n".join(lines)))
    return 0
