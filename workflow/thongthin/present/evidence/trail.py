"""The way from what a document shows back to the people who said it, as plain data: of one number, quote or table.

What the page of evidence shows of a study as a whole, this gives of one thing, for a terminal and for other programs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from thongthin.basics.language import format_number
from thongthin.basics.records import records
from thongthin.contract.tables import TABLES
from thongthin.present.catalogue import article_tables, figures, table_of
from thongthin.present.evidence.claims import looking_at
from thongthin.present.evidence.gather import built_record
from thongthin.present.evidence.made import Address, Made, Record, upstream
from thongthin.present.evidence.rows import Data, Rows
from thongthin.present.evidence.steps import Step, methods, setting, steps

# So many turns before a passage, and after it, belong to what it says.
AROUND = 2


def of_number(made: Made, address: Address) -> Record:
    """The trail of a number: where it is said, its row, what it is made by, who stands behind it."""
    table, key = TABLES[address.table], address.key
    record = made.row(address) or {}
    column = next(own for own in table.columns if own.name == address.column)
    known = made.values.get(key, {})
    value = record.get(address.column)
    plain_format = "count" if column.kind == "integer" else "decimal"
    own_format = column.format if column.format not in ("", "band") else plain_format
    plain = isinstance(value, str) or value is None or pd.isna(value)
    reads = {
        "th": known.get("text_th") or (str(value) if plain else format_number(value, own_format, "th")),
        "en": known.get("text_en") or (str(value) if plain else format_number(value, own_format, "en")),
    }
    return {
        "kind": "number",
        "key": key,
        "value": _plain(value),
        "reads": reads,
        "said": _said(made, "value", key),
        "shown": [*_cells_with(made, key), *_figures_with(made, key)],
        "claims": [_claim(made, claim) for claim in looking_at(made.claims, key)],
        "table": {
            "name": table.name,
            "about": table.en,
            "file": _relative(made, made.results / "tables" / f"{table.name}.csv"),
            "column": {"name": column.name, "th": column.th, "en": column.en, "unit": column.unit},
            "row": {own.name: _plain(record.get(own.name)) for own in table.columns},
        },
        "behind": _behind(made, address.table, record),
        **_made_by(made, table.rule, [_relative(made, made.results / "tables" / f"{table.name}.csv")]),
    }


def of_quote(made: Made, id_: str) -> Record | None:
    """The trail of a quote: its words and translation, the passage in its turns, who coded it and who did not."""
    found: Record = {"kind": "quote", "key": id_, "said": _said(made, "quote", id_)}
    data = made.data
    if data is None or "quotes" not in data.tables:
        return found if found["said"] else None
    own = next((q for q in records(data.tables["quotes"]) if q["quote_id"] == id_), None)
    if own is None:
        return None
    found |= {name: _plain(own[name]) for name in ("text", "translation_th", "translation_en", "site_id", "group")}
    found |= {"participant_id": own["participant_id"], "code_id": own["code_id"]}
    found["passages"] = [_passage(data, own["participant_id"], own["start"], own["end"], None)]
    return {**found, **_made_by(made, "read_quotes", [f"data/processed/{made.study}/quotes.csv"])}


def of_claim(made: Made, id_: str) -> Record | None:
    """The trail of a claim: its conditions, the values that they look at as they are, the sentences bound to it."""
    if id_ not in made.claims:
        return None
    keys = dict.fromkeys(key for condition in made.claims[id_] for key in condition["keys"])
    tables = dict.fromkeys(made.values[key]["table"] for key in keys if key in made.values)
    return {
        "kind": "claim",
        "key": id_,
        **_claim(made, id_),
        "values": [
            {"key": key, **{part: made.values.get(key, {}).get(part, "") for part in ("value", "text_th", "text_en")}}
            for key in keys
        ],
        **_made_by(made, "check_claims", [f"results/{made.study}/tables/{name}.csv" for name in tables]),
    }


def _claim(made: Made, id_: str) -> Record:
    return {"claim": id_, "conditions": made.claims[id_], "said": _said(made, "claim", id_)}


def of_float(made: Made, kind: str, name: str) -> Record | None:
    """The trail of a table or a figure: its file, the numbers in it, what flows into it."""
    known = {table_of(n)[0] for n in [name]} & set(article_tables()) if kind == "table" else {name} & set(figures())
    if not known:
        return None
    own = article_tables()[known.pop()] if kind == "table" else figures()[name]
    folder = "tables" if kind == "table" else "figures"
    file = f"results/{made.study}/article/{folder}/{name}.csv"
    cells = made.cells.get(name, []) if kind == "table" else []
    return {
        "kind": kind,
        "key": name,
        "about": {"en": own.about, "th": own.th},
        "said": _said(made, kind, name),
        "file": file,
        "tables": list(own.reads),
        "cells": [
            {
                **{part: cell[part] for part in ("row", "column", "row_th", "row_en", "column_th", "column_en")},
                **{part: cell[part] for part in ("text_th", "text_en")},
                "keys": [key.replace("\u00a0", " ") for key in cell["keys"].split(" ") if key],
            }
            for cell in cells
        ],
        "numbers": sorted(made.drawn.get(name, ())) if kind == "figure" else [],
        **_made_by(made, "write_tables" if kind == "table" else "draw_figure", _files_of(made, list(own.reads))),
    }


def _files_of(made: Made, names: list[str]) -> list[str]:
    folders = {"processed": f"data/processed/{made.study}", "results": f"results/{made.study}/tables"}
    return [f"{folders[TABLES[name].folder]}/{name}.csv" for name in names if name in TABLES]


def _said(made: Made, kind: str, name: str) -> list[Record]:
    """The first sentence of each document that shows it (of a table or figure its caption), and how often it does."""
    kept = ("document", "number", "id", "said_th", "said_en", "line_th", "line_en", "times")
    return [{part: own[part] for part in kept} for own in made.exhibits if own["kind"] == kind and own["name"] == name]


def _cells_with(made: Made, key: str) -> list[Record]:
    found = []
    for name, cells in made.cells.items():
        for cell in cells:
            if key in (own.replace("\u00a0", " ") for own in cell["keys"].split(" ")):
                kept = ("row", "column", "row_th", "row_en", "column_th", "column_en", "text_th", "text_en")
                found.append({"kind": "table", "name": name, **{part: cell[part] for part in kept}})
    return found


def _figures_with(made: Made, key: str) -> list[Record]:
    return [{"kind": "figure", "name": name} for name, keys in made.drawn.items() if key in keys]


# What stands behind --------------------------------------------------------------------------------------------------


def _behind(made: Made, table: str, record: Mapping[Hashable, Any]) -> Record:
    """Who counts in a row: respondents with their answers, participants with their passages; nothing where unknown."""
    data = made.data
    if data is None or not record:
        return {}
    rows = data.behind(table, built_record(made.table(table), TABLES[table].key, record))
    found: Record = {}
    if rows.respondents is not None:
        found["respondents"] = list(rows.respondents)
        found["items"] = _items(data, rows)
    if rows.participants is not None:
        found["participants"] = list(rows.participants)
    if rows.codes:
        found["codes"] = list(rows.codes)
        found["passages"] = _passages(data, rows)
    return found


def _items(data: Data, rows: Rows) -> list[Record]:
    """The items in their wording, with how many of the respondents gave each answer."""
    items = data.tables["items"].set_index("item_id")
    responses = data.tables["responses"]
    own = responses[responses["respondent_id"].isin(rows.respondents or ())]
    found = []
    for item in rows.items:
        counts = Counter(_plain(value) for value in own[item])
        answers = sorted(counts.items(), key=lambda pair: (pair[0] == "", str(pair[0])))
        found.append(
            {
                "item_id": item,
                "th": items.loc[item, "text_th"],
                "en": items.loc[item, "text_en"],
                "reversed": bool(items.loc[item, "reversed"]),
                "answers": {str(value): count for value, count in answers},
            }
        )
    return found


def _passages(data: Data, rows: Rows) -> list[Record]:
    """The passages with the codes; segments that share a character are one passage."""
    every = set().union(*(data.below[code] for code in rows.codes))
    found = []
    for person in rows.participants or ():
        codings = data.tables["codings"]
        own = codings[(codings["participant_id"] == person) & codings["code_id"].isin(every)]
        spans: list[list[int]] = []
        for start, end in sorted(zip(own["start"], own["end"], strict=True)):
            if spans and start < spans[-1][1]:
                spans[-1][1] = max(spans[-1][1], end)
            else:
                spans.append([start, end])
        found += [_passage(data, person, start, end, every) for start, end in spans]
    return found


def _passage(data: Data, person: str, start: int, end: int, codes: set[str] | None) -> Record:
    """A passage in its turn, with turns around it, and the coders who marked it and who read it and did not.

    Args:
        codes: those that count; None: all.
    """
    turns = data.tables["turns"]
    own = records(turns[turns["participant_id"] == person])
    inside = [place for place, turn in enumerate(own) if turn["start"] < end and turn["end"] > start]
    first, last = (inside[0], inside[-1]) if inside else (0, -1)
    found: Record = {"participant_id": person, "start": int(start), "end": int(end)}
    found["turns"] = [
        {
            "turn_id": turn["turn_id"],
            "speaker": turn["speaker"],
            "text": turn["text"],
            "marked": _overlap(turn, start, end) if place in inside else [0, 0],
        }
        for place, turn in enumerate(own)
        if first - AROUND <= place <= last + AROUND
    ]
    if "codings" in data.tables:
        codings = data.tables["codings"]
        near = codings[(codings["participant_id"] == person) & (codings["start"] < end) & (codings["end"] > start)]
        near = near if codes is None else near[near["code_id"].isin(codes)]
        coders = sorted(set(near["coder"]))
        read = data.tables["coverage"]
        found["coded_by"] = coders
        found["not_by"] = sorted(set(read.loc[read["participant_id"] == person, "coder"]) - set(coders))
        found["codings"] = [
            {part: _plain(coding[part]) for part in ("segment_id", "code_id", "coder", "start", "end")}
            for coding in records(near)
        ]
    return found


def _overlap(turn: Mapping[Hashable, Any], start: int, end: int) -> list[int]:
    """The part of a turn's text that a passage has, in characters."""
    length = len(turn["text"])
    return [max(0, min(length, start - turn["start"])), max(0, min(length, end - turn["start"]))]


# What it is made by --------------------------------------------------------------------------------------------------


def _made_by(made: Made, rule: str, files: list[str]) -> Record:
    """The rule, its method, script and settings; the rules on the way, and the files of people at its beginning."""
    record = made.record
    known = _steps(made.root).get(rule)
    way, raw = upstream(record["steps"], files)
    return {
        "step": {
            "rule": rule,
            "about": known.about if known else "",
            "file": known.file if known else "",
            "script": known.script if known else "",
            "source": known.code if known else "",
            "settings": {name: setting(record["analysis"], name) for name in known.settings} if known else {},
            "code": record["codes"].get(rule, ""),
            "method": _methods(made.root).get(rule, ""),
        },
        "way": [{"rule": own, "inputs": record["steps"][own]["inputs"]} for own in way],
        "from": [
            {"file": path, "sha256": record["inputs"].get(path, {}).get("sha256", "")}
            for path in raw
            if path in record["inputs"]
        ],
    }


def _steps(root: Path) -> dict[str, Step]:
    return steps(root / "workflow")


def _methods(root: Path) -> dict[str, str]:
    path = root / "docs" / "methods.md"
    return methods(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _relative(made: Made, path: Path) -> str:
    return path.relative_to(made.root).as_posix()


def _plain(value: Any) -> Any:
    """A cell as JSON has it; "" for none."""
    if value is None or pd.isna(value):
        return ""
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return int(value) if value.is_integer() else float(f"{value:.10g}")
    return value
