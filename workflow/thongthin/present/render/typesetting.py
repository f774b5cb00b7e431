"""Typst, in a process of its own: it has a time limit, and what memory it took is given back.

The process is a new Python that knows nothing but Typst (a hundredth of a second), and no fork of this one: where Typst
has run in a process once, its threads are missing in a fork, which waits for them for ever.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

# Seconds. An article takes two, a supplement of a hundred pages six.
LIMIT = 300.0

_PROGRAM = """
import json, sys
given = json.loads(sys.stdin.buffer.readline())
sys.path.insert(0, given.pop("packages"))
import typst
try:
    made, warnings = typst.compile_with_warnings(sys.stdin.buffer.read(), ignore_system_fonts=True, **given)
    pages = made if isinstance(made, list) else [made]
    told = {"sizes": [len(page) for page in pages], "warnings": [str(warning) for warning in warnings]}
except typst.TypstError as error:
    pages, told = [], {"error": str(error)}
sys.stdout.buffer.write(json.dumps(told).encode() + b"\\n" + b"".join(pages))
"""


class TypesettingFailed(RuntimeError):
    """Typst ended with an error, or was ended. The message is what it said."""


class Typeset(NamedTuple):
    """What Typst made: one file, or one a page, and its warnings."""

    files: list[bytes]
    warnings: list[str]


def typeset(
    source: bytes,
    *,
    fonts: Path,
    format_: str = "pdf",
    root: Path | None = None,
    standard: str | None = None,
    inputs: Mapping[str, str] | None = None,
    limit: float = LIMIT,
) -> Typeset:
    """What Typst makes of a source.

    Args:
        fonts: folder of the fonts that it has beside its own; it sees no others.
        format_: pdf, or svg (a file each page).
        root: folder whose files the source may name.
        standard: of the PDF, such as "ua-1".
        inputs: what the source finds in `sys.inputs`.
        limit: seconds after which it is ended.

    Raises:
        TypesettingFailed: it failed, or took longer.
    """
    given = {"format": format_, "font_paths": [str(fonts)], "sys_inputs": dict(inputs or {}), "packages": _packages()}
    given |= {"root": str(root)} if root else {}
    given |= {"pdf_standards": standard} if standard else {}
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _PROGRAM],
            input=json.dumps(given).encode("ascii") + b"\n" + source,
            capture_output=True,
            check=False,
            timeout=limit,
        )
    except subprocess.TimeoutExpired:
        raise TypesettingFailed(f"no end after {limit:g} seconds") from None
    first, _, made = done.stdout.partition(b"\n")
    if done.returncode or not first:
        said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise TypesettingFailed(said or f"it ended with {done.returncode}")
    told = json.loads(first)
    if "error" in told:
        raise TypesettingFailed(told["error"])
    return Typeset(_taken_apart(made, told["sizes"]), told["warnings"])


def _taken_apart(made: bytes, sizes: Sequence[int]) -> list[bytes]:
    starts = [sum(sizes[:number]) for number in range(len(sizes))]
    return [made[start : start + size] for start, size in zip(starts, sizes, strict=True)]


@cache
def _packages() -> str:
    """The folder in which the package stands."""
    found = importlib.util.find_spec("typst")
    assert found and found.submodule_search_locations
    return str(Path(found.submodule_search_locations[0]).parent)
