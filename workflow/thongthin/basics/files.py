"""Finding the files of a study, and writing files so that no reader ever meets half of one.

Every file is first written beside its place under a temporary name and then moved there in one step; a build killed
in between leaves the old file or the new one. Fails where the folder cannot be written to, or, on Windows, where
another program holds the file open.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

# What office programs and operating systems leave behind in folders.
LITTER = ("~$", ".", "Thumbs.db", "desktop.ini")


# What the files directly in the folder of a study are called, without their endings.
FILES_OF_A_STUDY = {"README", "study", "sites", "participants", "codebook", "quotes", "references"}


def files_in(folder: Path, *suffixes: str, folders: Sequence[str] = ()) -> list[str]:
    """Files directly in `folder`, sorted by name, as paths with forward slashes; office litter is left out.

    Args:
        suffixes: of the files wanted; all, if none is given.
        folders: suffixes of folders that count as files, as some programs keep a project in one.
    """
    if not folder.is_dir():
        return []
    return sorted(
        path.as_posix()
        for path in folder.iterdir()
        if not path.name.startswith(LITTER)
        and (
            (path.is_file() and (not suffixes or path.suffix.lower() in suffixes))
            or (path.is_dir() and path.suffix.lower() in folders)
        )
    )


# The endings of interviews that are read.
INTERVIEWS = (".docx", ".txt", ".md", ".vtt", ".srt")


# Response files of more bytes are counted instead of held: some 500,000 responses to 30 items.
LARGE_SURVEY = {".csv": 30_000_000, ".parquet": 5_000_000}


def is_large_survey(path: Path) -> bool:
    """Whether a response file is too large for a frame of text (see `readers.large_survey`)."""
    return path.is_file() and path.stat().st_size > LARGE_SURVEY.get(path.suffix.lower(), float("inf"))


def suffixes_of(stem: str) -> tuple[str, ...]:
    """The endings that a table of a study may have, by its name without ending."""
    tables = (".csv", ".xlsx", ".ods", ".xls")
    return (*tables, ".qdc", ".docx", ".html") if stem == "codebook" else tables


def tables_first(names: Sequence[str]) -> list[str]:
    """The files of a table without its documents (.docx, .html), which count only where there is nothing else."""
    documents = [name for name in names if name.lower().endswith((".docx", ".html"))]
    return [name for name in names if name not in documents] or documents


def write_bytes(path: Path | str, data: bytes) -> None:
    """Write `data` to `path` in one step; parent folders are created. Raises OSError."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{os.getpid()}.{path.name}.part")
    try:
        partial.write_bytes(data)
        os.replace(partial, path)
    except PermissionError as error:
        reason = "cannot be replaced; is it open in another program? / แทนที่ไฟล์นี้ไม่ได้ เปิดค้างอยู่ในโปรแกรมอื่นหรือไม่"
        raise PermissionError(error.errno, reason, str(path)) from error
    except OSError as error:
        error.filename = str(path)  # a disk that is full does not say which file it was
        raise
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)


def write_text(path: Path | str, text: str) -> None:
    r"""Write `text` to `path` in one step, as UTF-8 with "\n" line ends on every system. Raises OSError."""
    write_bytes(path, text.encode("utf-8"))
