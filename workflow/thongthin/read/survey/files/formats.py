"""What a module says of the format that it reads, to be registered in `thongthin.read.survey.files`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from thongthin.basics.problems import Problems
from thongthin.read.survey.files.model import Format, SurveyColumn, SurveyFile
from thongthin.read.survey.files.tables import Table


class Program(NamedTuple):
    """A program with files of its own, known by their endings.

    Attributes:
        format: as study.yml names it.
        name: what people call it.
        read: gives what a file holds, or None with a problem; the problems are bound to the file.
    """

    format: Format
    name: str
    endings: tuple[str, ...]
    read: Callable[[Path, Problems], SurveyFile | None]


class FormTool(NamedTuple):
    """A tool that exports its answers as a table like any other, known by what it adds to the questions.

    Attributes:
        format, name: as of a program.
        is_own: whether a table is an export of the tool.
        columns: what the table and its form say of the columns, or None with a problem.
        form_endings: of the files in which the tool writes the form itself, if it does and they are read.
        read_form: reads such a file; None, with a problem, where it can't be read.
        form_beside: finds the form that fits in the file of the answers or beside it; None where there is none.
        asks_for: how many questions of a form a table has, and of how many; none where it is a form of another survey.
        known_by_form: whether a form that fits is enough to know the tool by, as its headers come in any language.
        has_texts_below: whether the row below the header holds the questions, which the tool's own reader takes.
    """

    format: Format
    name: str
    is_own: Callable[[Table], bool]
    columns: Callable[[Table, Any], Sequence[SurveyColumn] | None]
    form_endings: tuple[str, ...] = ()
    read_form: Callable[[Path, Problems], Any] | None = None
    form_beside: Callable[[Path, Table, Problems], Any] | None = None
    asks_for: Callable[[Any, Table], tuple[int, int]] | None = None
    known_by_form: bool = False
    has_texts_below: bool = False
