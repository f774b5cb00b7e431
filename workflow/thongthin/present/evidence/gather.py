"""All that the page of evidence tells, as plain data: what it shows, and how one thing leads to the next.

Numbers keep the address that an article asks for them by. Rows that stand behind many numbers are written once and
pointed at. What may be in it depends on whom it is for (`audience`).
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pandas as pd

from thongthin.basics.language import Language
from thongthin.basics.records import records
from thongthin.contract.tables import TABLES, Table, read_cells
from thongthin.present.catalogue import article_tables, figures, table_of
from thongthin.present.cells import grid_of, row_of
from thongthin.present.evidence.audience import Audience, public_cells
from thongthin.present.evidence.claims import KIND as CLAIM
from thongthin.present.evidence.claims import shown_claims
from thongthin.present.evidence.codings import decisions_of
from thongthin.present.evidence.rows import Data, Rows
from thongthin.present.evidence.steps import Step, setting

# So many answers of a survey stand in a page; of more, it counts only.
MOST_ANSWERS = 200_000

Plain = dict[str, Any]


@dataclass(frozen=True)
class Built:
    """What a build has made of a study, read.

    Attributes:
        results, processed: tables by name; of results, `values` is apart.
        values: table `values`.
        exhibits: as `list_exhibits` wrote them, as text.
        cells: article tables by name, as `cells.cells_table` has them.
        printed: the Markdown of article tables, by language and name.
        drawn: numbers of figures by name, as `cells.figure_table` has them.
        record: made_from.json.
        methods: rule -> what docs/methods.md says of it, as HTML.
        claims: as `claims.claims_of` has them.
    """

    results: Mapping[str, pd.DataFrame]
    processed: Mapping[str, pd.DataFrame]
    values: pd.DataFrame
    exhibits: pd.DataFrame
    cells: Mapping[str, pd.DataFrame]
    printed: Mapping[Language, Mapping[str, str]]
    drawn: Mapping[str, pd.DataFrame]
    record: Plain
    steps: Mapping[str, Step]
    methods: Mapping[str, str]
    claims: Mapping[str, Sequence[Plain]] = field(default_factory=dict)

    def reads(self, language: Language) -> dict[tuple[str, str, str], str]:
        """How each value reads, by its table, row and column."""
        places = zip(*(self.values[column].tolist() for column in ("table", "row", "column")), strict=True)
        return dict(zip(places, self.values[f"text_{language}"].tolist(), strict=True))


def gather(built: Built, data: Data, audience: Audience, *, published: bool = False) -> dict[Language, Plain]:
    """The whole page in each language, as plain data.

    Args:
        published: whether the result tables are as they are published; then everybody may see all of them. Otherwise a
            page for everybody has the numbers that the documents print, and no others.
    """
    is_open = audience == "open"
    answers = built.processed["responses"].size if "responses" in built.processed else 0
    with_answers = is_open and data.is_held and answers <= MOST_ANSWERS
    behind = _Behind(data, with_rows=is_open, with_respondents=with_answers)
    asked = set(built.exhibits.loc[built.exhibits["kind"] == "value", "name"])
    frames = _shown_tables(built, audience, asked, published=published)
    tables = {name: _table(name, frame, built, behind) for name, frame in frames.items()}
    reads = {language: built.reads(language) for language in get_args(Language)}
    said = built.exhibits.loc[built.exhibits["kind"] == CLAIM, "name"]
    in_all: Plain = {
        "audience": audience,
        "answers": answers if is_open and not with_answers else 0,
        "claims": shown_claims(built.claims, said, None if is_open else asked),
        "exhibits": _exhibits(built),
        "figures": {name: _figure(name, built) for name in sorted(built.drawn)},
        "quotes": _quotes(built, audience),
        "steps": {rule: _step(rule, built, audience) for rule in built.record["steps"]},
        "files": {path: own["sha256"] for path, own in built.record["inputs"].items()},
        "packages": built.record["packages"],
        "engine": built.record["engine"],
        "data": _rows(built.processed, with_answers=with_answers) if is_open else {},
        "behind": behind.written,
        "people": behind.sets,
    }
    return {
        language: {
            **in_all,
            "tables": {
                name: {**own, **_said(name, frames[name], reads[language], language)} for name, own in tables.items()
            },
            "shown": {name: _article_table(name, built, language) for name in sorted(built.cells)},
            "codes": _named(built.processed, "codes", "code_id", f"label_{language}"),
            "items": _items(built.processed, language),
        }
        for language in get_args(Language)
    }


def _shown_tables(built: Built, audience: Audience, asked: set[str], *, published: bool) -> dict[str, pd.DataFrame]:
    """The result tables that may be shown: all of them, all that are published, or what the documents print of them."""
    if audience == "open":
        return {name: frame for name, frame in built.results.items() if len(frame)}
    if published:
        every = {name: public_cells(name, frame) for name, frame in built.results.items()}
        return {name: own for name, own in every.items() if own is not None and len(own)}
    addresses = (key for cells in built.cells.values() for own in cells["keys"] for key in own.split(" "))
    printed = asked | {key.replace("\u00a0", " ") for key in addresses}
    found = {}
    for name, frame in built.results.items():
        own = {key.removeprefix(f"{name}.") for key in printed if key.startswith(f"{name}.")}
        if own:
            found[name] = _printed_cells(TABLES[name], frame, own)
    return {name: frame for name, frame in found.items() if len(frame)}


def _printed_cells(table: Table, frame: pd.DataFrame, printed: set[str]) -> pd.DataFrame:
    """The rows and numbers of a table that are printed, addressed by row and column; all else is left out."""
    rows = [row_of(record, table) for record in records(frame[list(table.key)])]
    numbers = [c.name for c in table.columns if c.kind in ("integer", "number") and c.name not in table.key]
    result = frame[[*table.key]].copy()
    shown = [False] * len(rows)
    for column in numbers:
        there = [f"{row}.{column}" in printed for row in rows]
        if any(there):
            result[column] = frame[column].astype(object).where(pd.Series(there, index=frame.index), None)
            shown = [a or b for a, b in zip(shown, there, strict=True)]
    return result[pd.Series(shown, index=frame.index)]


class _Behind:
    """What stands behind numbers, each set of rows written once."""

    def __init__(self, data: Data, *, with_rows: bool, with_respondents: bool) -> None:
        self.data, self.with_rows, self.with_respondents = data, with_rows, with_respondents
        self.written: list[Plain] = []
        self.sets: list[str] = []
        self._known: dict[Rows, int] = {}
        self._sets: dict[tuple[str, ...], int] = {}
        ids = list(data.tables["responses"]["respondent_id"]) if "responses" in data.tables else []
        self._respondents = {id_: place for place, id_ in enumerate(ids)}

    def of(self, table: str, record: Mapping[Any, Any]) -> int:
        """The place of what stands behind a row of a table; who may not see rows, is not told how many there are."""
        rows = self.data.behind(table, record) if self.with_rows else Rows()
        if rows not in self._known:
            self._known[rows] = len(self.written)
            self.written.append(self._plain(rows))
        return self._known[rows]

    def _plain(self, rows: Rows) -> Plain:
        own: Plain = {}
        if rows.respondents is not None:
            own["n"] = len(rows.respondents)
            if self.with_respondents:
                own["r"] = self._set(rows.respondents)
        if rows.participants is not None:
            own["p"] = list(rows.participants) if self.with_rows else len(rows.participants)
        if rows.segments:
            own["s"] = len(rows.segments)
        if rows.items:
            own["i"] = list(rows.items)
        if rows.codes:
            own["c"] = list(rows.codes)
        return own

    def _set(self, ids: tuple[str, ...]) -> int:
        """The place of a set of respondents, written as one bit for each who answered."""
        if ids not in self._sets:
            self._sets[ids] = len(self.sets)
            bits = np.zeros(len(self._respondents), dtype=bool)
            bits[[self._respondents[id_] for id_ in ids if id_ in self._respondents]] = True
            self.sets.append(base64.b64encode(np.packbits(bits).tobytes()).decode("ascii"))
        return self._sets[ids]


def _table(name: str, frame: pd.DataFrame, built: Built, behind: _Behind) -> Plain:
    """A result table: its columns, its cells as they stand in the file, and what is behind each row."""
    table = TABLES[name]
    columns = [c.name for c in table.columns if c.name in frame]
    own = records(frame)
    return {
        "rule": table.rule,
        "about": table.en,
        "key": list(table.key),
        "rows": [[_cell(record[column]) for column in columns] for record in own],
        "behind": [behind.of(name, built_record(built.results[name], table.key, record)) for record in own],
    }


def _said(name: str, frame: pd.DataFrame, reads: Mapping[tuple[str, str, str], str], language: Language) -> Plain:
    """How the columns of a result table are called, and how its numbers read (see `Built.reads`)."""
    table = TABLES[name]
    columns = [c for c in table.columns if c.name in frame]
    rows = [row_of(record, table) for record in records(frame[list(table.key)])]
    return {
        "columns": [[c.name, getattr(c, language), c.format, c.unit] for c in columns],
        "reads": [[reads.get((name, row, c.name), "") for c in columns if c.format] for row in rows],
    }


def built_record(frame: pd.DataFrame, key: Sequence[str], record: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """A row with what tells, beside its key, who stands behind it."""
    return {**record, **({"item_after": ""} if "item_after" in frame else {})}


def _cell(value: Any) -> Any:
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    return float(f"{value:.10g}") if isinstance(value, float) else str(value)


def _exhibits(built: Built) -> list[Plain]:
    kept = ("document", "kind", "number", "id", "name", "said_th", "said_en", "line_th", "line_en", "tables")
    shown = built.exhibits[built.exhibits["kind"] != "word"]
    return [{column: own[column] for column in kept} for own in records(shown)]


def _article_table(name: str, built: Built, language: Language) -> Plain:
    cells = built.cells[name]
    own = article_tables()[table_of(name)[0]]
    grid = grid_of(built.printed[language][name])
    texts = {
        (int(r), int(c)): t for r, c, t in zip(cells["row"], cells["column"], cells[f"text_{language}"], strict=True)
    }
    heads = dict(zip(cells["column"].astype(int), cells[f"column_{language}"], strict=True))
    width = len(grid[0]) if grid else 0
    return {
        "about": own.th if language == "th" else own.about,
        "tables": list(own.reads),
        "head": [heads.get(column, "") for column in range(1, width + 1)],
        "rows": [[texts.get((row, column), "") for column in range(1, width + 1)] for row in range(1, len(grid))],
        "keys": {
            f"{row}/{column}": [key.replace("\u00a0", " ") for key in keys.split(" ")]
            for row, column, keys in zip(cells["row"], cells["column"], cells["keys"], strict=True)
            if keys
        },
    }


def _figure(name: str, built: Built) -> Plain:
    own = figures()[name]
    return {"about": own.about, "th": own.th, "tables": list(own.reads), "keys": list(built.drawn[name]["key"])}


def _quotes(built: Built, audience: Audience) -> dict[str, Plain]:
    """The quotes: all of them, or those that a document prints."""
    if "quotes" not in built.processed:
        return {}
    printed = set(built.exhibits.loc[built.exhibits["kind"] == "quote", "name"])
    frame = built.processed["quotes"]
    if audience == "public":
        frame = frame[frame["quote_id"].isin(printed)].drop(columns=["start", "end", "turn_id"])
    return {own["quote_id"]: {str(k): _cell(v) for k, v in own.items()} for own in records(frame)}


def _named(tables: Mapping[str, pd.DataFrame], name: str, key: str, label: str) -> dict[str, Any]:
    if name not in tables:
        return {}
    frame = tables[name]
    return {own[key]: [own[label], own["parent_id"]] for own in records(frame)}


def _items(tables: Mapping[str, pd.DataFrame], language: Language) -> dict[str, Plain]:
    """The items in both wordings, with how their answers are called."""
    if "items" not in tables:
        return {}
    labels: dict[tuple[str, str], str] = {}
    for name, of, value in (("answer_scales", "scale", "value"), ("categories", "item_id", "category")):
        if name in tables:
            own = tables[name]
            labels |= {
                (str(a), str(b)): c for a, b, c in zip(own[of], own[value], own[f"label_{language}"], strict=True)
            }
    found = {}
    for item in records(tables["items"]):
        named = (item["scale"], item["item_id"])
        found[item["item_id"]] = {
            "th": item["text_th"],
            "en": item["text_en"],
            "construct": item["construct"],
            "reversed": bool(item["reversed"]),
            "answers": {value: label for (own, value), label in labels.items() if own in named},
        }
    return found


def _step(rule: str, built: Built, audience: Audience) -> Plain:
    own = built.record["steps"][rule]
    known = built.steps.get(rule)
    inputs = [path for path in own["inputs"] if audience == "open" or not path.startswith("data/raw/")]
    plain: Plain = {"inputs": inputs, "outputs": own["outputs"], "code": built.record["codes"].get(rule, "")}
    if known:
        plain |= {"about": known.about, "file": known.file, "script": known.script, "source": known.code}
        plain["settings"] = {name: setting(built.record["analysis"], name) for name in known.settings}
    if rule in built.methods:
        plain["method"] = built.methods[rule]
    return plain


def _rows(tables: Mapping[str, pd.DataFrame], *, with_answers: bool) -> Plain:
    """The data themselves: answers, interviews by turns, and the coding."""
    found: Plain = {}
    columns = {
        "participants": ("participant_id", "site_id", "group"),
        "turns": ("turn_id", "participant_id", "speaker", "role", "start", "end", "text"),
        "codings": ("segment_id", "participant_id", "code_id", "coder", "start", "end"),
        "coverage": ("participant_id", "coder"),
    }
    for name, kept in columns.items():
        if name in tables:
            frame = tables[name][list(kept)].drop_duplicates()
            found[name] = [[_cell(value) for value in row] for row in frame.itertuples(index=False, name=None)]
    if decisions := decisions_of(tables):
        found["decisions"] = decisions
    if with_answers and "responses" in tables:
        frame = tables["responses"].drop(columns=["submitted_on", "weight"])
        found["responses"] = {
            "columns": list(frame.columns),
            "rows": [[_cell(value) for value in row] for row in frame.itertuples(index=False, name=None)],
        }
    return found


def read_folder(folder: Path) -> dict[str, pd.DataFrame]:
    """Every CSV of a folder, as text."""
    return {path.stem: read_cells(path) for path in sorted(folder.glob("*.csv"))}
