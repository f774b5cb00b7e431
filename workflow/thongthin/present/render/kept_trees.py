"""Trees of texts as pandoc read them, kept while a project is built: check, renders and lists read the same texts.

A tree is kept for what its text says, how it was read and which pandoc read it. Where programs do not run for a project
(`basics.environment.prepare`), nothing is kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from thongthin.basics.environment import TREES
from thongthin.basics.files import write_bytes
from thongthin.present.render import pandoc

MOST = 100  # trees that are kept


def read(text: bytes) -> tuple[bytes, str]:
    """pandoc's tree of a text, as JSON, and what it said beside.

    Raises:
        PandocFailed: it failed, or took too long; this is not kept.
    """
    # --sandbox: nothing that the text names is opened, no file and no address.
    options = ("--sandbox", pandoc.reader(text), "--to=json")
    folder = os.environ.get(TREES)
    if not folder:
        return pandoc.run(text, *options)
    key = hashlib.sha256(repr((options, _version())).encode() + text).hexdigest()[:32]
    path = Path(folder) / f"{key}.json"
    with contextlib.suppress(OSError, ValueError):
        head, _, data = path.read_bytes().partition(b"\n")
        said, digest = json.loads(head)
        if digest == hashlib.sha256(data).hexdigest():
            os.utime(path)
            return data, str(said)
    data, said = pandoc.run(text, *options)
    with contextlib.suppress(OSError):  # what can't be kept is read again
        write_bytes(path, json.dumps([said, hashlib.sha256(data).hexdigest()]).encode() + b"\n" + data)
        _forget(path.parent)
    return data, said


@cache
def _version() -> str:
    """The version of the package that pandoc comes with; its path and time where it is another one."""
    with contextlib.suppress(PackageNotFoundError):
        return version("pypandoc_binary")
    return f"{pandoc.program()} {os.stat(pandoc.program()).st_mtime_ns}"


def _forget(folder: Path) -> None:
    """Remove the trees that were used the longest ago."""
    found = [(entry.stat().st_mtime_ns, entry.path) for entry in os.scandir(folder) if entry.name.endswith(".json")]
    for _, path in sorted(found)[:-MOST]:
        os.unlink(path)
