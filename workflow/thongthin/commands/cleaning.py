"""What builds made of studies, and its removal: the command `clean`. It needs nothing but Python."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from pathlib import Path

from thongthin.basics.environment import KEPT
from thongthin.commands.setup import GENERATED, say


def made_of(root: Path) -> set[str]:
    """The studies of which something was made in the project folder `root`."""
    return {path.name for folder in GENERATED for path in (root / folder).glob("*")}


def remove_made(root: Path, studies: Collection[str]) -> None:
    """Remove what was made of these studies, or of all if none is named, with the answers that are kept of them.

    Raises:
        OSError: a folder can't be removed.
    """
    for path in (path for folder in (*GENERATED, KEPT) for path in sorted((root / folder).glob("*"))):
        if path.is_dir() and (path.name in studies or not studies):
            if is_link(path):  # what it leads to is not ours to remove
                path.unlink()
                say(f"Removed, a link / ลบลิงก์แล้ว: {path.relative_to(root).as_posix()}")
                continue
            shutil.rmtree(path)
            say(f"Removed / ลบแล้ว: {path.relative_to(root).as_posix()}/")


def is_link(path: Path) -> bool:
    """Whether a folder is a link to another one (on Windows: a junction, too)."""
    return path.is_symlink() or os.path.realpath(path) != os.path.join(os.path.realpath(path.parent), path.name)
