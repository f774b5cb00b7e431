"""The command `clean`: what builds made is removed, and nothing that people made. Standard library only."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from pathlib import Path

from thongthin.commands.setup import GENERATED, KEPT, say


def made_of(root: Path) -> set[str]:
    """The studies that builds have left something of, whether their own folders are there or not."""
    return {path.name for folder in GENERATED for path in (root / folder).glob("*")}


def remove_made(root: Path, names: Collection[str]) -> None:
    """Remove what builds made of these studies, or of all where none is named; each folder is told."""
    for path in (path for folder in (*GENERATED, KEPT) for path in sorted((root / folder).glob("*"))):
        if path.is_dir() and (path.name in names or not names):
            if is_link(path):  # what it leads to is not ours to remove
                path.unlink()
                say(f"Removed, a link / ลบลิงก์แล้ว: {path.relative_to(root).as_posix()}")
                continue
            shutil.rmtree(path)
            say(f"Removed / ลบแล้ว: {path.relative_to(root).as_posix()}/")


def is_link(path: Path) -> bool:
    """Whether a folder is a link to another one (on Windows: a junction, too)."""
    return path.is_symlink() or os.path.realpath(path) != os.path.join(os.path.realpath(path.parent), path.name)
