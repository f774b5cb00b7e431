"""A table of the article, as tests read it."""

from __future__ import annotations

import re


def cells(markdown: str) -> list[list[str]]:
    """Cells of the pipe table, header first, with plain spaces; a bar after a backslash is text."""
    lines = [line for line in markdown.replace("\u00a0", " ").splitlines() if line.startswith("|")]
    del lines[1]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def note(markdown: str) -> str:
    """The note below the table, with plain spaces."""
    return markdown.split("::: {.table-note}\n")[1].split("\n:::")[0].replace("\u00a0", " ")
