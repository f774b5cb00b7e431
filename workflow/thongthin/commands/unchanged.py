"""Whether anything has changed since a build was complete: where nothing has, Snakemake need not even start.

Names, sizes and times of all files that a build reads, runs or makes, and of the programs it runs with, are kept when
it is complete. As long as they are the same there is nothing to do; where anything at all differs, Snakemake decides.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from thongthin.basics.files import write_text

RECORD = Path(".snakemake/thongthin-built.json")
# Of the project folder, besides what is of a study.
CODE = (
    "Snakefile",
    "requirements.lock",
    "config",
    "profiles",
    "workflow",
    "notebooks",
    "tests/results",
    "results/fonts",
)
OF_REPORT = ("_quarto.yml", "_extensions", "styles")
OF_STUDY = ("data/raw", "report", "data/processed", "results")


def state_of(root: Path, studies: list[str]) -> str:
    """The state of all that a build of these studies depends on and makes, as a hash."""
    parts = [*CODE, *(f"report/{name}" for name in OF_REPORT)]
    parts += [f"{folder}/{study}" for folder in OF_STUDY for study in studies]
    digest = hashlib.sha256(repr((studies, _programs())).encode())
    for part in parts:
        for path, state in _files(root / part):
            digest.update(f"{path} {state.st_size} {state.st_mtime_ns} {state.st_ctime_ns} {state.st_ino}\n".encode())
    return digest.hexdigest()


def is_unchanged(root: Path, studies: list[str]) -> bool:
    """Whether these studies were built, and nothing has changed since."""
    with contextlib.suppress(OSError, ValueError):
        known = json.loads((root / RECORD).read_text(encoding="utf-8"))
        return isinstance(known, dict) and known.get(" ".join(studies)) == state_of(root, studies)
    return False


def remember(root: Path, studies: list[str]) -> None:
    """Keep the state of a complete build of these studies; where that can't be, Snakemake looks the next time."""
    known: dict[str, str] = {}
    with contextlib.suppress(OSError, ValueError, TypeError):
        known = dict(json.loads((root / RECORD).read_text(encoding="utf-8")))
    with contextlib.suppress(OSError):
        write_text(root / RECORD, json.dumps({**known, " ".join(studies): state_of(root, studies)}, indent=0))


def _files(path: Path) -> Iterator[tuple[str, os.stat_result]]:
    """All files below a path with their state, in one order; what Python compiles aside."""
    if not path.is_dir():
        if path.is_file():
            yield str(path), path.stat()
        return
    with os.scandir(path) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name == "__pycache__":
            continue
        if entry.is_dir():
            yield from _files(Path(entry.path))
        else:
            yield entry.path, entry.stat()


def _programs() -> list[str]:
    """What a build runs with: Python, its packages, and Quarto if it is there."""
    packages = sorted(
        path.name for folder in sys.path if "site-packages" in folder for path in Path(folder).glob("*-info")
    )
    quarto = shutil.which("quarto")
    state = os.stat(quarto) if quarto else None
    return [sys.version, platform.platform(), *packages, f"{quarto} {state and (state.st_size, state.st_mtime_ns)}"]
