"""Where the cells of a table that is made of several response files stand in these, and problems that are told there.

Whatever reads such a table tells of its rows and columns. What people see names the file, the sheet, the row and the
header where the cell stands (`PartProblems`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from thongthin.basics.problems import Problems, RowsOfFile
from thongthin.contract.survey import ResponseFile
from thongthin.read.survey.files import SurveyFile

# The label of a row is so many times the place of its file in study.yml, from 1, and its number there.
FILE_ROWS = 10_000_000


class Part(NamedTuple):
    """A file of the list as it was read.

    Attributes:
        problems: bound to the file and its sheet.
    """

    settings: ResponseFile
    file: SurveyFile
    problems: Problems

    @property
    def name(self) -> str:
        """What the file is called, with its sheet where study.yml names one."""
        return self.settings.file + (f" ({self.settings.sheet})" if self.settings.sheet else "")


@dataclass
class Places:
    """Where the rows and columns of a table made of several files stand in them.

    Attributes:
        parts: the files.
        headers: header of the table -> for each file that has the column, by its place: the header there.
        partner: label of a row -> label of the row of the other wave that was joined to it.
    """

    parts: list[Part]
    headers: dict[str, dict[int, str]] = field(default_factory=dict)
    partner: dict[int, int] = field(default_factory=dict)

    def of(self, label: int, column: str) -> tuple[int, int, str]:
        """Place of the file, number of the row and header of a cell; of a column in several waves, that with a cell."""
        own = [divmod(one, FILE_ROWS) for one in (label, self.partner.get(label, label))]
        there = [(place - 1, row, header) for place, row in own if (header := self._header(place - 1, column))]
        filled = [one for one in there if self._cell(*one)] if len(there) > 1 else []
        return next(iter([*filled, *there]), (own[0][0] - 1, own[0][1], column))

    def _header(self, part: int, column: str) -> str:
        return self.headers.get(column, {}).get(part, "")

    def _cell(self, part: int, row: int, header: str) -> str:
        frame = self.parts[part].file.frame
        return str(frame.at[row, header]) if header in frame.columns else ""


@dataclass
class PartProblems(Problems):
    """Problems of a table made of several files, told where they stand in these.

    Attributes:
        places: of the rows and columns.
        home: place of the file of which is told what is said of no row and of no column that is known.
    """

    places: Places = field(default_factory=lambda: Places([]))
    home: int = 0

    @classmethod
    def of(cls, places: Places, home: int = 0) -> PartProblems:
        """The same collector as that of the files."""
        own = places.parts[home].problems
        return cls(own.found, own.file, own.sheet, own.notices, places, home)

    def add(self, kind: str, en: str, th: str, *, row: int | None = None, column: str = "", **more: Any) -> None:
        """Add a problem (see `Problems.add`)."""
        here, row, column = self._placed(row, column, more)
        Problems.add(here, kind, en, th, row=row, column=column, **more)

    def notice(self, kind: str, en: str, th: str, *, row: int | None = None, column: str = "", **more: Any) -> None:
        """Add a notice (see `Problems.notice`)."""
        here, row, column = self._placed(row, column, more)
        Problems.notice(here, kind, en, th, row=row, column=column, **more)

    def of_rows(self, rows: Iterable[int], column: str) -> list[RowsOfFile]:
        """Where rows stand, by file, in the order of the files."""
        found: dict[tuple[int, str], RowsOfFile] = {}
        for label in rows:
            part, row, header = self.places.of(int(label), column)
            here = self.places.parts[part].problems
            own = found.setdefault((part, header), RowsOfFile(here, [], [], header))
            own.labels.append(int(label))
            own.rows.append(row)
        return [found[key] for key in sorted(found)]

    def _placed(self, row: int | None, column: str, more: Mapping[str, Any]) -> tuple[Problems, int | None, str]:
        parts = self.places.parts
        if more.get("file") or self.file != parts[self.home].problems.file:
            return self, row, column
        if row is not None and row >= FILE_ROWS:
            part, row, column = self.places.of(row, column)
            return parts[part].problems, row, column
        own = self.places.headers.get(column)
        if not own:
            return parts[self.home].problems, row, column
        first = min(own)
        return parts[first].problems, row, own[first]
