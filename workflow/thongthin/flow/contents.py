"""What stands in files that people made, as hashes and states: beside the times that Snakemake looks at."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from thongthin.basics.files import LITTER


def stamps(paths: Iterable[Path]) -> list[list[str | int]]:
    """Path, size and times of files, sorted: the same as long as none of them was written to."""
    found = ((path.as_posix(), path.stat()) for path in sorted(paths))
    return [[name, state.st_size, state.st_mtime_ns, state.st_ctime_ns] for name, state in found]


def content(*patterns: str) -> Callable[[Any], str]:
    """An input function for Snakemake: the hash of what stands in the files of these patterns.

    For files that people made: one that was replaced by an older file is no newer than what was built from it.

    Args:
        patterns: as for `Path.glob`, from the project folder, with wildcards in braces. (Snakemake would not compare a
            parameter that is derived from the rule's input.)
    """

    def found(wildcards: Any) -> str:
        names = dict(wildcards.items())
        paths = (path for pattern in patterns for path in sorted(Path().glob(pattern.format(**names))))
        return contents(path for path in paths if path.is_file() and not path.name.startswith(LITTER))

    return found


def contents(paths: Iterable[Path]) -> str:
    """The hash of what stands in files, and of their names, in their order."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(_content(path, path.stat().st_mtime_ns))
    return digest.hexdigest()[:16]


@cache
def _content(path: Path, written: int) -> bytes:
    return hashlib.sha256(path.as_posix().encode() + path.read_bytes()).digest()
