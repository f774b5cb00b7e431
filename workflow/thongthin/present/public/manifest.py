"""The list of what is published, each file with its hash."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

NAME = "manifest.csv"


def manifest_of(folder: Path) -> str:
    """Path, bytes and sha256 of every file of a folder, sorted by path; of what Snakemake leaves there, nothing."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["path", "bytes", "sha256"])
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != NAME and not path.name.startswith("."):
            data = path.read_bytes()
            rows.writerow([path.relative_to(folder).as_posix(), len(data), hashlib.sha256(data).hexdigest()])
    return text.getvalue()
