"""pandoc, the one of the Python package: how every text of a document is read, and how the formats are written.

It is never the pandoc that a machine may have besides: the same input gives the same bytes. It reads in a sandbox: text
that somebody wrote makes it open no file and no address. Reading and writing both have a time limit, since nested
markup can keep a parser busy for hours.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pypandoc

# How the text of a document is read. HTML elements stay what they are (raw HTML) rather than become divs and spans, so
# that they are refused under whatever spelling; the rest is pandoc's own Markdown, which Quarto reads as well.
READER = "--from=markdown-native_divs-native_spans"
# A sign with which an HTML element, a comment or an address could begin; "< .05" begins nothing, nor does it with the
# space that is not broken.
_OPENING = re.compile(rb"<(?![ \n\d=]|\xc2\xa0)")
# In place of the folder in which people keep their own abbreviations, templates and filters of pandoc.
NO_FOLDER = "no-user-data"
# It looks through all that it keeps only when this takes so much memory; the largest documents keep 3 MB. What it makes
# it makes in one megabyte, which stays in the processor's cache, instead of the 64 that the package's program was built
# to go through: that saves a fifth of its time. Another maker's program may refuse these options (see its manual).
ROOM = ("+RTS", "-H1m", "-A1m", "-O64m", "-RTS")
# Seconds. An article is read in a fifth of one; a document with its figures is written in two.
READING, WRITING = 60.0, 300.0
_OWN = Path(pypandoc.__file__).parent / "files" / ("pandoc.exe" if os.name == "nt" else "pandoc")


class PandocFailed(RuntimeError):
    """pandoc ended with an error, or was ended. The message is what it said."""


def reader(text: bytes) -> str:
    """The option with which a text is read. Where no HTML can stand, it is not looked for: that takes half the time."""
    return READER if _OPENING.search(text) else f"{READER}-raw_html"


@cache
def program() -> str:
    """Where it is."""
    return str(_OWN) if _OWN.exists() else str(pypandoc.get_pandoc_path())


def _command() -> tuple[str, ...]:
    return (program(), *(ROOM if program() == str(_OWN) else ()))


def run(
    source: bytes,
    *options: str,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    limit: float = READING,
) -> tuple[bytes, str]:
    """What pandoc makes of `source` with these options, and what it said beside (its warnings).

    Args:
        folder: where it works.
        environment: variables that it has beside those of this process.
        limit: seconds after which it is ended.

    Raises:
        PandocFailed: it failed, or took longer.
    """
    try:
        done = subprocess.run(
            [*_command(), "--eol=lf", f"--data-dir={NO_FOLDER}", *options, "--output=-"],
            input=source,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            capture_output=True,
            check=False,
            timeout=limit,
        )
    except subprocess.TimeoutExpired:
        raise PandocFailed(f"no end after {limit:g} seconds") from None
    said = done.stderr.decode("utf-8", "replace")
    if done.returncode:
        raise PandocFailed(said)
    return done.stdout, said
