"""Ids: what one is made of, and how one is made from a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from pathlib import PurePosixPath, PureWindowsPath
from typing import Annotated

from pydantic import AfterValidator

from thongthin.basics.yaml_sentences import IDENTIFIER as IDENTIFIER
from thongthin.contract.tables import ALL


def is_identifier(text: str) -> bool:
    """Whether `text` can stand in file names, rule wildcards and value keys (letters, digits, - and _)."""
    return re.fullmatch(IDENTIFIER, text) is not None


# What a terminal, or the eye, could be led astray by: controls, formats (writing direction ...), surrogates, and other
# line ends. Zero-width signs are among them; `shown` takes those out that may well stand in a name.
# Names that Windows keeps for devices, whatever their ending.
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)


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


def _in_its_folder(name: str) -> str:
    if PurePosixPath(name.replace("\\", "/")).name != name or PureWindowsPath(name).drive:
        raise ValueError(
            f'"{name}" is no name of a file in the folder of the study; copy the file there'
            f' | "{name}" ไม่ใช่ชื่อไฟล์ในโฟลเดอร์ของการศึกษา โปรดคัดลอกไฟล์มาไว้ที่นั่น'
        )
    return name


# What a study is made of stands in its folder: whoever gets the folder can build it.
FileName = Annotated[str, AfterValidator(_in_its_folder)]
