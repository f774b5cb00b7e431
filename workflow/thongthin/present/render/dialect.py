"""What an article is held against before a build begins, and what it asks the study for.

Everything is taken from the tree in which pandoc reads it (`thongthin.present.render.tree`), included files with it:
what is not on the list of what may stand there is refused, with its place. What no tree shows, since it was read as
something else than its author meant, is looked for in the lines of each file (`lines`, `structure`). So an article
never comes out differently for want of Quarto, and nothing in it reaches a page by another name.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from thongthin.basics.language import Language
from thongthin.basics.problems import Problems
from thongthin.present.render.elements import Elements
from thongthin.present.render.failure import plain
from thongthin.present.render.lines import Lines
from thongthin.present.render.pandoc import PandocFailed
from thongthin.present.render.requested import Requested
from thongthin.present.render.tree import read_document


def check_article(path: Path, language: Language, problems: Problems, left_out: Collection[int] = ()) -> Requested:
    """Check an article against the format, and list what it asks for.

    Args:
        path: the article, `report/<study>/article.<language>.qmd`.
        language: which it is written in.
        problems: collector, already bound to the article with `Problems.at`.
        left_out: first lines of blocks that are no part of it, since the study has not what it takes for them.

    Returns:
        What is asked for, in the order of the text. Whether the study has it is for the caller to check.
    """
    before = len(problems.found)
    requested = _checked(path, language, problems, left_out) or Requested()
    files = list(dict.fromkeys(problem.file for problem in problems.found))
    problems.found[before:] = sorted(problems.found[before:], key=lambda p: (files.index(p.file), p.row or 0))
    return requested


@dataclass
class Readings:
    """Documents that were checked against the format with nothing left out, each once."""

    _found: dict[str, tuple[Requested, Problems]] = field(default_factory=dict)

    def read(self, path: Path, language: Language, file: str) -> tuple[Requested, Problems]:
        """What a document asks for, and what is wrong with its format; arguments as of `check_article`.

        Args:
            file: what it is called in messages.
        """
        if file not in self._found:
            problems = Problems().at(file)
            self._found[file] = check_article(path, language, problems), problems
        return self._found[file]


def _checked(path: Path, language: Language, problems: Problems, left_out: Collection[int]) -> Requested | None:
    before = len(problems.found)
    if not Lines(path, problems, language, left_out).check():
        return None
    try:
        document = read_document(path, left_out)
    except PandocFailed as error:
        if len(problems.found) == before:  # what it stumbles over is told more clearly by the lines
            _report_unreadable(str(error), problems)
        return None
    elements = Elements(document, problems, before)
    elements.check()
    return elements.requested


def _report_unreadable(reason: str, problems: Problems) -> None:
    problems.add(
        "unreadable-text",
        f"pandoc can't read this text: {plain(reason)}",
        f"pandoc อ่านเนื้อความนี้ไม่ได้: {plain(reason)}",
        row=1,
        hint_en="Mend what it names. If it names nothing, halve the text until the part is found that it can't read.",
        hint_th="แก้ไขสิ่งที่ระบุไว้ หากไม่ได้ระบุ ให้แบ่งครึ่งเนื้อความไปเรื่อย ๆ จนพบส่วนที่อ่านไม่ได้",
    )
