"""What a build left of a study, read when it is asked for: values, exhibits, tables, the record of its making."""

from __future__ import annotations

import csv
import json
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from thongthin.basics.language import arabic_digits
from thongthin.basics.records import records
from thongthin.contract.tables import FORMULA, TABLES, TableError, read_table
from thongthin.present.cells import row_of
from thongthin.present.evidence.claims import NAME as CLAIMS
from thongthin.present.evidence.claims import claims_of
from thongthin.present.evidence.rows import Data

Record = dict[str, Any]

RECORD, EXHIBITS = "made_from.json", "exhibits.csv"


class Address(NamedTuple):
    """Where a number stands: a result table, the name of a row (as in `values`), a column."""

    table: str
    row: str
    column: str

    @property
    def key(self) -> str:
        return f"{self.table}.{self.row}.{self.column}"


@dataclass(frozen=True)
class Made:
    """The results of a study below a folder: that of a project, or of an opened package.

    Args:
        root: the folder in which results/ stands.
        study: name of the study.
    """

    root: Path
    study: str
    _tables: dict[str, pd.DataFrame] = field(default_factory=dict, compare=False, repr=False)

    @property
    def results(self) -> Path:
        return self.root / "results" / self.study

    @property
    def processed(self) -> Path:
        return self.root / "data" / "processed" / self.study

    @property
    def is_there(self) -> bool:
        """Whether a build has left what tells of it."""
        return all((self.results / name).is_file() for name in (RECORD, EXHIBITS, "tables/values.csv"))

    @cached_property
    def record(self) -> Record:
        """What `record_sources` wrote: inputs with their hashes, settings, code, steps."""
        return dict(json.loads((self.results / RECORD).read_text(encoding="utf-8")))

    @cached_property
    def exhibits(self) -> list[dict[str, str]]:
        """The rows of exhibits.csv, as text."""
        return cells_of(self.results / EXHIBITS)

    @cached_property
    def values(self) -> dict[str, dict[str, str]]:
        """Every value that an article can ask for, by its key."""
        return {own["key"]: own for own in cells_of(self.results / "tables" / "values.csv")}

    @cached_property
    def cells(self) -> dict[str, list[dict[str, str]]]:
        """The cells of the article tables, by the table's name."""
        folder = self.results / "article" / "tables"
        return {path.stem: cells_of(path) for path in sorted(folder.glob("*.csv"))}

    @cached_property
    def drawn(self) -> dict[str, set[str]]:
        """The keys of the numbers of each figure."""
        folder = self.results / "article" / "figures"
        return {path.stem: {own["key"] for own in cells_of(path)} for path in sorted(folder.glob("*.csv"))}

    @cached_property
    def claims(self) -> dict[str, list[Record]]:
        """The conditions of each claim that a sentence is bound to."""
        return claims_of(self.results / CLAIMS)

    def table(self, name: str) -> pd.DataFrame:
        """A result table; empty where the study has none of this name, or it can't be read."""
        if name not in self._tables:
            try:
                self._tables[name] = read_table(self.results / "tables" / f"{name}.csv")
            except (OSError, TableError):
                self._tables[name] = pd.DataFrame()
        return self._tables[name]

    def address(self, key: str) -> Address | None:
        """The place of a number by its key, also of one that no article asks for; None if there is no such number."""
        name, _, rest = key.partition(".")
        row, _, column = rest.rpartition(".")
        if key in self.values:
            return Address(*(self.values[key][part] for part in ("table", "row", "column")))
        if name not in TABLES or not row or self.row(Address(name, row, column)) is None:
            return None
        known = {own.name for own in TABLES[name].columns}
        return Address(name, row, column) if column in known else None

    def row(self, address: Address) -> Mapping[Hashable, Any] | None:
        """The row of a result table."""
        frame = self.table(address.table)
        if frame.empty:
            return None
        rows: Iterable[Mapping[Hashable, Any]] = records(frame)
        return next((own for own in rows if row_of(own, TABLES[address.table]) == address.row), None)

    @cached_property
    def data(self) -> Data | None:
        """The rows of the study; None where they are not here, as in a public package."""
        paths = [path for path in sorted(self.processed.glob("*.csv")) if path.stem in TABLES]
        if not paths:
            return None
        answered = self.record["analysis"]["scales"]["answered"]
        return Data({path.stem: read_table(path) for path in paths}, self._models(), answered)

    def _models(self) -> list[Record]:
        study = self.record["study.yml"]
        own = [{"id": "", **study["model"]}] if study.get("model") else []
        return [*own, *({**model} for model in study.get("models") or [])]

    def printed(self, text: str) -> list[str]:
        """The keys of the numbers that read so in a sentence or a table of a document, those of sentences first."""
        wanted = _plain(text)
        keys = [
            own["name"]
            for own in self.exhibits
            if own["kind"] == "value"
            and own["name"] in self.values
            and wanted in {_plain(self.values[own["name"]][f"text_{language}"]) for language in ("th", "en")}
        ]
        for cells in self.cells.values():
            for cell in cells:
                if wanted in (_plain(cell["text_th"]), _plain(cell["text_en"])):
                    keys += [key.replace("\u00a0", " ") for key in cell["keys"].split(" ") if key]
        return list(dict.fromkeys(keys))


def built_studies(root: Path, study: str | None = None) -> list[Made]:
    """The studies below a folder that a build has left results of, by name; of them, that named."""
    names = sorted(path.parent.name for path in (root / "results").glob(f"*/{RECORD}"))
    return [made for name in names if study in (None, name) and (made := Made(root, name)).is_there]


def cells_of(path: Path) -> list[dict[str, str]]:
    """The rows of a table as `contract.tables.read_cells` reads them, without pandas, which is slow for many files."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        names = next(rows, [])
        return [
            dict(zip(names, (c[1:] if c[:1] == "'" and FORMULA.match(c[1:]) else c for c in row), strict=True))
            for row in rows
        ]


def _plain(text: str) -> str:
    """A printed number without what differs by its place: digits of a script, spaces, a zero before the point."""
    digits = "".join(arabic_digits(text).split()).replace("\u2212", "-")
    return digits.replace("0.", ".", 1) if digits.lstrip("-").startswith("0.") else digits


def upstream(steps: Mapping[str, Record], paths: Iterable[str]) -> tuple[list[str], list[str]]:
    """What files are made from: the rules on the way, nearest first, and the files that no rule makes."""
    maker = {path: rule for rule, own in steps.items() for path in own["outputs"]}
    rules: dict[str, None] = {}
    raw: dict[str, None] = {}
    todo = list(paths)
    seen = set(todo)
    while todo:
        path = todo.pop(0)
        rule = maker.get(path)
        if rule is None:
            raw[path] = None
            continue
        rules[rule] = None
        fresh = [own for own in steps[rule]["inputs"] if own not in seen]
        seen.update(fresh)
        todo += fresh
    return list(rules), sorted(raw)
