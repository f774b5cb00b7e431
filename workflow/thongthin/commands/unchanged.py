"""Whether anything has changed since a build was complete: where nothing has, Snakemake need not even start.

Names, sizes and times of all files that a build reads, runs or makes, and of the programs it runs with, are kept when
it is complete. Of what it reads they are those of its beginning: somebody may have edited a file meanwhile. As long as
they are the same there is nothing to do; where anything at all differs, Snakemake decides.
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
# What a build reads and runs, of the project folder and of each study; and what it makes.
CODE = (
    *("Snakefile", "requirements.lock", "config", "profiles", "workflow", "notebooks", "tests/results"),
    *("report/_quarto.yml", "report/_extensions", "report/styles"),
)
OF_STUDY = ("data/raw", "report")
MADE = ("results/fonts",)
MADE_OF_STUDY = ("data/processed", "results")


def of_publication(path: str) -> bool:
    """Whether a path is of what `publish` makes, beside what builds make."""
    parts = Path(path).parts
    return "public" in parts[2:] or parts[-1:] == ("publication.json",)


def sources(root: Path, studies: list[str], blind: bool = False) -> str:
    """The state of all that a build of these studies depends on, as a hash.

    Args:
        blind: whether it makes copies without names.
    """
    parts = [*CODE, *(f"{folder}/{study}" for folder in OF_STUDY for study in studies)]
    return _state(root, parts, repr((studies, blind, python_and_packages(), quarto())))


def is_unchanged(root: Path, studies: list[str], blind: bool = False) -> bool:
    """Whether these studies were built, and nothing has changed since; `blind` as for `sources`."""
    with contextlib.suppress(OSError, ValueError):
        known = json.loads((root / RECORD).read_text(encoding="utf-8"))
        now = [sources(root, studies, blind), _made(root, studies)]
        return isinstance(known, dict) and known.get(" ".join(studies)) == now
    return False


def remember(root: Path, studies: list[str], began_with: str) -> None:
    """Keep the state of a complete build of these studies; where that can't be, Snakemake looks the next time.

    Args:
        began_with: their `sources` when the build began.
    """
    known: dict[str, list[str]] = {}
    with contextlib.suppress(OSError, ValueError, TypeError):
        known = dict(json.loads((root / RECORD).read_text(encoding="utf-8")))
    with contextlib.suppress(OSError):
        now = {**known, " ".join(studies): [began_with, _made(root, studies)]}
        write_text(root / RECORD, json.dumps(now, indent=0))


def python_and_packages() -> list[str]:
    """The Python that runs, where, and its packages with their versions."""
    packages = {path.name for folder in sys.path if "site-packages" in folder for path in Path(folder).glob("*-info")}
    here = platform.uname()  # by name: all of it at once would ask a program for the processor
    return [sys.version, f"{here.system} {here.release} {here.version} {here.machine}", *sorted(packages)]


def quarto() -> str:
    """Which Quarto is on PATH, as its file tells (to ask it would take a second); empty if there is none."""
    found = shutil.which("quarto")
    state = os.stat(found) if found else None
    return f"{found} {state.st_size} {state.st_mtime_ns}" if state else ""


def _made(root: Path, studies: list[str]) -> str:
    return _state(root, [*MADE, *(f"{folder}/{study}" for folder in MADE_OF_STUDY for study in studies)], "")


def _state(root: Path, parts: list[str], besides: str) -> str:
    digest = hashlib.sha256(besides.encode())
    for part in parts:
        for path, state in _files(root / part):
            if of_publication(os.path.relpath(path, root)):
                continue
            digest.update(f"{path} {state.st_size} {state.st_mtime_ns} {state.st_ctime_ns} {state.st_ino}\n".encode())
    return digest.hexdigest()


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
