"""Every text of a study in which somebody may be named: said, quoted, answered, noted, or carried by a file.

Properties are those of Word and Excel files (docProps), of PDFs, and of pictures (EXIF), also within Word and Excel
files. Nothing is decoded further than that: a face in a picture, a voice in a recording, and text in scanned pages
are for people to see."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from thongthin.basics.files import LITTER
from thongthin.basics.problems import Problems
from thongthin.basics.text import BROKEN_ARCHIVE
from thongthin.contract.privacy import DECISIONS, PEOPLE
from thongthin.read.files.archive import Archive, Refused
from thongthin.read.files.sheets import FORMATS, read_columns, read_sheet

# Columns of the tables that were read in which people wrote freely; of others only ids are published.
FREE = {
    "participants": ("role",),
    "quotes": ("text", "translation_th", "translation_en"),
    "memos": ("text", "name"),
    "case_variables": ("value",),
    "codes": ("label_th", "label_en", "definition_th", "definition_en"),
    "categories": ("label_th", "label_en"),
    "turns": ("speaker",),
    "codings": ("coder",),
}
_OFFICE = (".docx", ".xlsx", ".pptx", ".odt", ".ods")
_PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp")
# A file of responses is looked through up to this size; beyond it, it is never published and only its columns are told.
_LARGEST = 5_000_000
_PROPERTY = re.compile(
    rb"<(?:dc:|cp:)?(creator|lastModifiedBy|Manager|Company|title|subject|description|keywords)(?:\s[^>]*)?>([^<]{1,300})<"
)


class Text(NamedTuple):
    """A text, and where it stands: the file as people know it, the row (or 0), the column (or "")."""

    file: str
    row: int
    column: str
    text: str


def read_people(folder: Path, problems: Problems) -> list[str]:
    """Names and nicknames of `people.csv` (columns name, nickname, participant_id), the longest first.

    Args:
        problems: bound to the file.
    """
    path = folder / PEOPLE
    if not path.is_file():
        return []
    frame, _ = read_columns(path, problems, ("name",), ("nickname", "participant_id", "role"), may_be_empty=True)
    cells = [*frame["name"], *frame["nickname"]]
    parts = [part for name in frame["name"] for part in name.split() if len(part) > 3]
    return sorted({cell for cell in (*cells, *parts) if len(cell) > 1}, key=lambda cell: (-len(cell), cell))


def texts_of(root: Path, folder: str, tables: Mapping[str, pd.DataFrame]) -> Iterator[Text]:
    """Every text of a study: of the tables that were read, of free answers, of names and properties of files.

    Args:
        root, folder: the folder of the project, and that of the study in it.
        tables: the tables of data/processed that were read, by name.
    """
    if "transcripts" in tables:
        for row in tables["transcripts"].itertuples():
            name = str(row.file) or f"{row.participant_id}"
            yield Text(f"{folder}/interviews/{name}", 0, "", str(row.text))
    for table, columns in FREE.items():
        if table not in tables:
            continue
        for column in columns:
            if column in tables[table]:
                cells = tables[table][column].astype(str)
                for number, cell in zip(cells.index, cells, strict=True):
                    if cell:
                        yield Text(f"{folder}/{_FILES.get(table, table)}", int(number), column, cell)
    for path in sorted((root / folder).rglob("*")):
        if not path.is_file() or path.name.startswith(LITTER) or path.name in (DECISIONS, PEOPLE):
            continue
        name = path.relative_to(root).as_posix()
        yield Text(name, 0, "file name", re.sub(r"[_\-.]+", " ", path.stem))
        for column, value in properties(path):
            yield Text(name, 0, column, value)
        if path.parent.name == "survey" and path.suffix in FORMATS and path.stem != "items":
            yield from _answers(path, name)


# The file of each of these tables, as people know it.
_FILES = {
    "participants": "participants.csv",
    "quotes": "quotes.csv",
    "memos": "coding",
    "case_variables": "coding",
    "codings": "coding",
    "codes": "codebook.csv",
    "categories": "survey/items.csv",
    "turns": "interviews",
}


def _answers(path: Path, name: str) -> Iterator[Text]:
    """Distinct cells of a file of responses that are words, by column, each at the first row that has it."""
    if path.stat().st_size > _LARGEST:
        return
    frame, _ = read_sheet(path, Problems())
    for column in frame.columns:
        cells = frame[column].drop_duplicates()
        for row, cell in zip(cells.index, cells, strict=True):
            if (len(str(cell)) > 1 and not re.fullmatch(r"[\d\s:/.,\-]{1,20}", str(cell))) or re.search(
                r"\d{9,}", str(cell)
            ):
                yield Text(name, int(row), str(column), str(cell))


def properties(path: Path) -> list[tuple[str, str]]:
    """Properties of a file that may name somebody: what each is called, and what it says."""
    suffix = path.suffix.lower()
    try:
        if suffix in _OFFICE:
            return _of_office(path)
        if suffix == ".pdf":
            return _of_pdf(path)
        if suffix in _PICTURES:
            return _of_picture(path.read_bytes())
    except (Refused, *BROKEN_ARCHIVE, zipfile.LargeZipFile):
        return []  # that it can't be read is told by whoever reads it
    return []


def _of_office(path: Path) -> list[tuple[str, str]]:
    found = []
    with Archive(path) as archive:
        for member in archive.names:
            if member.lower() in ("docprops/core.xml", "docprops/app.xml", "meta.xml"):
                data = archive.read(member)
                found += [(m[1].decode(), m[2].decode("utf-8", "replace").strip()) for m in _PROPERTY.finditer(data)]
            elif member.lower().endswith(_PICTURES):
                found += _of_picture(archive.read(member))
    return [(name, value) for name, value in found if value]


def _of_pdf(path: Path) -> list[tuple[str, str]]:
    import pikepdf

    try:
        with pikepdf.open(path) as document:
            info = document.docinfo
            return [
                (str(key).lstrip("/"), str(info[key]))
                for key in ("/Author", "/Title", "/Subject", "/Keywords")
                if key in info
            ]
    except pikepdf.PdfError:
        return []


def _of_picture(data: bytes) -> list[tuple[str, str]]:
    from PIL import Image, UnidentifiedImageError
    from PIL.ExifTags import GPS, IFD, Base

    try:
        exif = Image.open(io.BytesIO(data)).getexif()
    except (UnidentifiedImageError, Image.DecompressionBombError):
        return []
    named = {
        Base.Artist: "Artist",
        Base.ImageDescription: "ImageDescription",
        Base.Copyright: "Copyright",
        0x9C9D: "XPAuthor",
    }
    found = []
    for tag, name in named.items():
        if value := exif.get(tag):
            found.append((name, value.decode("utf-16-le", "replace") if isinstance(value, bytes) else str(value)))
    if exif.get_ifd(IFD.GPSInfo).get(GPS.GPSLatitude):
        found.append(("GPS", "GPS"))
    return found
