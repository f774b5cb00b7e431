"""How tools count positions in a text, and back: from a position to the code point where it stands.

Source of the conventions: files of the tools. The REFI-QDA standard means code points; NVivo 12 counts UTF-16 units and
CRLF as 2, ATLAS.ti counts CRLF as 1, Taguette bytes of UTF-8, QualCoder code points (where it asks Qt, UTF-16 units).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from thongthin.read.coding.model import Unit

Newlines = Literal["stored", "lf", "crlf"]
IntArray = npt.NDArray[np.int64]

UNITS: tuple[Unit, ...] = ("code_points", "utf16", "utf8")
NEWLINES: tuple[Newlines, ...] = ("stored", "lf", "crlf")
MARK = "\ufeff"


@dataclass(frozen=True)
class Convention:
    """A way of counting.

    Attributes:
        newlines: what a line end (CRLF, LF or CR) counts: the characters that are stored, 1, or 2.
        mark: whether a byte-order mark before the text counts, stored or not.
    """

    unit: Unit
    newlines: Newlines = "stored"
    mark: bool = False


def offsets(text: str, convention: Convention) -> IntArray:
    """The position, as `convention` counts, of each boundary between two characters of `text`.

    Returns:
        ``len(text) + 1`` numbers that never fall, the first for the start of the text.
    """
    return offsets_of(code_points(text), convention)


def at_positions(offsets: IntArray, positions: npt.ArrayLike) -> IntArray:
    """The code points at which `positions` stand, -1 where none does: inside a character, or beyond the text.

    Args:
        offsets: of the text, by `offsets`. What counts nothing (a byte-order mark, the second half of a line end) is
            left behind.
    """
    wanted = np.asarray(positions, dtype=np.int64)
    found = np.searchsorted(offsets, wanted, side="right") - 1
    return np.where((found >= 0) & (offsets[found] == wanted), found, -1)


def code_points(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def offsets_of(codes: npt.NDArray[np.uint32], convention: Convention) -> IntArray:
    limits = {"code_points": (), "utf16": (0xFFFF,), "utf8": (0x7F, 0x7FF, 0xFFFF)}[convention.unit]
    widths = np.ones(len(codes), dtype=np.int64)
    for limit in limits:
        widths += codes > limit
    if convention.newlines != "stored":
        cr, lf = codes == 0x0D, codes == 0x0A
        pair = np.zeros(len(codes), dtype=bool)  # the LF of a CRLF
        pair[1:] = cr[:-1] & lf[1:]
        if convention.newlines == "lf":
            widths[pair] = 0
            # QualCoder on Windows, asked for the line ends of MAXQDA, writes CR CR LF for each.
            widths[1:-1][cr[:-2] & pair[2:]] = 0
        else:
            alone = cr | lf
            alone[pair] = False
            alone[:-1] &= ~pair[1:]
            widths[alone] = 2
    marked = len(codes) > 0 and codes[0] == ord(MARK)
    if marked and not convention.mark:
        widths[0] = 0
    before = len(MARK.encode()) if convention.unit == "utf8" else 1
    if marked or not convention.mark:
        before = 0
    return np.concatenate([[before], before + np.cumsum(widths)])


def by_character(text: str, codes: npt.NDArray[np.uint32], property_of: Callable[[str], int]) -> npt.NDArray[np.uint8]:
    """`property_of` each character, asked once for each that occurs."""
    distinct = sorted(set(text))
    table = np.zeros(ord(distinct[-1]) + 1 if distinct else 1, dtype=np.uint8)
    for character in distinct:
        table[ord(character)] = property_of(character)
    return table[codes]
