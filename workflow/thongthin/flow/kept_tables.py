"""The tables of a study as a check has read them, kept for the next: between two edits of a text they are the same.

They are kept with the kept answers of the study's steps, those of each strand for one state of the files that they
follow from: names, sizes and times, as for the check itself. Where anything is wrong they are read again each time.
"""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from thongthin.basics.environment import KEPT
from thongthin.basics.files import write_bytes
from thongthin.basics.problems import Problems
from thongthin.commands.unchanged import python_and_packages
from thongthin.read.study import Keeper, Strand

LARGEST = 64_000_000  # bytes; what is larger is read again
# What the tables of the other strand alone follow from, in the study folder.
_OF_OTHERS: dict[Strand, tuple[str, ...]] = {
    "interviews": ("survey/",),
    "survey": ("interviews/", "coding/", "participants.", "codebook.", "quotes."),
}


def file_of(strand: Strand) -> str:
    """The name of the file in which the tables of a strand are kept."""
    return f"tables.{strand}.pickle"


def keeper(study: str, state: Mapping[str, Any]) -> Keeper:
    """What reads the tables of a strand of a study whose files are in this state (`planning`), or knows them."""

    def keep(
        strand: Strand, read: Callable[[Problems], dict[str, pd.DataFrame]], problems: Problems
    ) -> dict[str, pd.DataFrame]:
        others = tuple(f"data/raw/{study}/{name}" for name in _OF_OTHERS[strand])
        own = [stamp for stamp in state["inputs"] if not str(stamp[0]).startswith(("report/", *others))]
        said = json.dumps([state["code"], python_and_packages(), own], ensure_ascii=False)
        key = hashlib.sha256(said.encode()).hexdigest()
        path = Path(KEPT) / study / file_of(strand)
        if known := _known(path, key):
            problems.notices += known["notices"]
            return dict(known["tables"])
        wrong, noticed = len(problems), len(problems.notices)
        tables = read(problems)
        if len(problems) == wrong:
            _keep(path, {"key": key, "notices": problems.notices[noticed:], "tables": tables})
        return tables

    return keep


def _known(path: Path, key: str) -> dict[str, Any] | None:
    """What is kept, if it is of this state. The project's own folder holds nothing but what it wrote there."""
    try:
        known = pickle.loads(path.read_bytes())
    except Exception:  # whatever another version of pandas, or half a file, comes to
        return None
    return known if isinstance(known, dict) and known.get("key") == key else None


def _keep(path: Path, found: Mapping[str, Any]) -> None:
    frames: Iterable[pd.DataFrame] = found["tables"].values()
    if sum(int(frame.memory_usage(deep=False).sum()) for frame in frames) > LARGEST:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, pickle.dumps(found))
    except OSError:  # what can't be kept is read again
        path.unlink(missing_ok=True)
