"""What differs between two builds of a study, in what readers see, and why: which answer, coding, setting or code.

A cause is looked for where a build begins: in the files of people, read as tables, in the settings, in the code, in the
locked packages. A change of a number is then led back along the steps that make it to those causes that lie on its way.
"""

from __future__ import annotations

import ast
import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from thongthin.contract.tables import TABLES
from thongthin.present.catalogue import figures
from thongthin.present.evidence.claim_changes import claim_changes
from thongthin.present.evidence.made import Made, Record, cells_of
from thongthin.present.evidence.why import Why

# Tables whose rows have ids or places that shift when others come or go, with what tells their rows apart.
_BY_WORDS = {
    "codings": ("participant_id", "code_id", "coder", "text"),
    "turns": ("participant_id", "speaker", "text"),
}
# Tables that follow from others of the same files: what changed in them is told there.
_FOLLOWS = ("transcripts", "coverage", "speakers", "coding_sources", "reanchored", "nonanswer_cells")
_CODE = ("workflow/thongthin", "workflow/scripts", "workflow/rules")
_LANGUAGES = ("th", "en")
_STUDY_YML, _PACKAGES = "study.yml", "requirements.lock"


def changes(before: Made, after: Made) -> Record:
    """All that differs, as plain data: `causes`, `numbers`, `cells`, `quotes`, `claims`, `shown`, `sentences` ...

    Each number and each claim says in `why` the places in `causes` of those that lie on its way.
    """
    causes = causes_of(before, after)
    numbers = list(_numbers(before, after))
    why = Why(causes, after)
    for own in numbers:
        own["why"] = why.of(own["rule"], own["table"])
    printed = {own["name"] for made in (before, after) for own in made.exhibits if own["kind"] == "value"}
    in_cells = {key for made in (before, after) for key in _keys_in_tables(made)}
    return {
        "study": after.study,
        "causes": causes,
        "numbers": [own for own in numbers if own["key"] in printed],
        "cells": list(_cells(before, after)),
        "quotes": list(_quotes(before, after)),
        "claims": list(claim_changes(before, after, why)),
        "shown": list(_shown(before, after)),
        "sentences": list(_sentences(before, after)),
        "others": dict(
            sorted(Counter(own["table"] for own in numbers if own["key"] not in printed | in_cells).items())
        ),
        "figures": _figures(before, after),
    }


# What readers see ----------------------------------------------------------------------------------------------------


def _numbers(before: Made, after: Made) -> Iterator[Record]:
    """Values that differ, were not there before, or are there no more."""
    for key in dict.fromkeys((*before.values, *after.values)):
        one, other = before.values.get(key), after.values.get(key)
        parts = ("value", "text_th", "text_en")
        if one and other and all(one[part] == other[part] for part in parts):
            continue
        known = other or one or {}
        yield {
            "key": key,
            "table": known["table"],
            "rule": known["rule"],
            "before": {part: one[part] for part in parts} if one else None,
            "after": {part: other[part] for part in parts} if other else None,
            "by": _by(one, other),
            "said": [
                {
                    "document": own["document"],
                    **{part: own[part] for part in ("said_th", "said_en", "line_th", "line_en")},
                }
                for own in (after if other else before).exhibits
                if own["kind"] == "value" and own["name"] == key
            ],
        }


def _by(one: Mapping[str, str] | None, other: Mapping[str, str] | None) -> float | None:
    """By how much a number grew; None where one of both is no number."""
    try:
        return float(f"{float(other['value']) - float(one['value']):.10g}") if one and other else None
    except ValueError:
        return None


def _keys_in_tables(made: Made) -> Iterator[str]:
    for cells in made.cells.values():
        for cell in cells:
            yield from (key.replace("\u00a0", " ") for key in cell["keys"].split(" ") if key)


def _cells(before: Made, after: Made) -> Iterator[Record]:
    """Cells of article tables that read otherwise, by their names; of a table that is new or gone, that alone."""
    for name in sorted({*before.cells, *after.cells}):
        if name not in before.cells or name not in after.cells:
            yield {"table": name, "row": "", "column": "", "before": name in before.cells, "after": name in after.cells}
            continue
        one, other = (_by_place(made.cells[name]) for made in (before, after))
        for place in dict.fromkeys((*one, *other)):
            was, now = one.get(place), other.get(place)
            if (was and (was["text_th"], was["text_en"])) != (now and (now["text_th"], now["text_en"])):
                yield {
                    "table": name,
                    "row": place[0],
                    "column": place[1],
                    "at": [now["row"], now["column"]] if now else None,
                    "before": was["text_en"] if was else None,
                    "after": now["text_en"] if now else None,
                }


def _by_place(cells: Iterable[Mapping[str, str]]) -> dict[tuple[str, str, int], Mapping[str, str]]:
    """Cells by what their row and column are called, and, of those called alike, by which it is."""
    found: dict[tuple[str, str, int], Mapping[str, str]] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for cell in cells:
        name = (cell["row_en"], cell["column_en"])
        found[(*name, seen[name])] = cell
        seen[name] += 1
    return found


def _quotes(before: Made, after: Made) -> Iterator[Record]:
    """Quotes that documents print and that came, went, or read otherwise."""
    words = [{own["quote_id"]: own for own in _processed(made, "quotes")} for made in (before, after)]
    shown = [{own["name"] for own in made.exhibits if own["kind"] == "quote"} for made in (before, after)]
    for id_ in sorted(shown[0] | shown[1]):
        texts = [
            {part: own[id_].get(part, "") for part in ("text", "translation_th", "translation_en")}
            if id_ in own
            else None
            for own in words
        ]
        if (id_ in shown[0]) != (id_ in shown[1]) or texts[0] != texts[1]:
            yield {
                "quote": id_,
                "before": texts[0] if id_ in shown[0] else None,
                "after": texts[1] if id_ in shown[1] else None,
            }


def _shown(before: Made, after: Made) -> Iterator[Record]:
    """Tables, figures and other exhibits that a document shows in one of the builds only, or under another caption."""
    found = []
    for made in (before, after):
        others = (own for own in made.exhibits if own["kind"] not in ("value", "quote", "claim"))
        found.append(
            {(own["document"], own["kind"], own["id"], own["name"]): (own["said_en"], own["said_th"]) for own in others}
        )
    for place in dict.fromkeys((*found[0], *found[1])):
        if found[0].get(place) != found[1].get(place):
            was, now = (own[place][0] if place in own else None for own in found)
            yield {
                "document": place[0],
                "kind": place[1],
                "id": place[2],
                "name": place[3],
                "before": was,
                "after": now,
            }


def _figures(before: Made, after: Made) -> list[str]:
    """The figures whose numbers differ; of one that is not drawn here, whether a table that it reads does."""
    found = []
    for name in sorted({own["name"] for made in (before, after) for own in made.exhibits if own["kind"] == "figure"}):
        paths = [made.results / "article" / "figures" / f"{name}.csv" for made in (before, after)]
        if all(path.is_file() for path in paths):
            differs = paths[0].read_bytes() != paths[1].read_bytes()
        else:
            reads = figures()[name].reads if name in figures() else ()
            differs = any(_file_of(before, table) != _file_of(after, table) for table in reads)
        found += [name] * differs
    return found


def _file_of(made: Made, table: str) -> bytes | None:
    path = made.results / "tables" / f"{table}.csv"
    return path.read_bytes() if path.is_file() else None


def _sentences(before: Made, after: Made) -> Iterator[Record]:
    """Lines that people changed in the sources of the documents; nothing where these are not at hand as they were."""
    for document in ("article", "supplement"):
        for language in _LANGUAGES:
            name = f"report/{after.study}/{document}.{language}.qmd"
            if all(_stands(made, name) for made in (before, after)):
                yield from ({"file": name, **own} for own in _lines(before.root / name, after.root / name))


def _stands(made: Made, name: str) -> bool:
    """Whether a file of the study is what the build was made from."""
    path, known = made.root / name, made.record["inputs"].get(name)
    return path.is_file() and known is not None and sha256(path.read_bytes()).hexdigest() == known["sha256"]


def _lines(one: Path, other: Path) -> Iterator[Record]:
    """Lines that differ between two text files: the line in the second, counted from 1, what stood and what stands."""
    texts = [path.read_text(encoding="utf-8").split("\n") if path.is_file() else None for path in (one, other)]
    if texts[0] is None or texts[1] is None or texts[0] == texts[1]:
        return
    for kind, a, b, c, d in difflib.SequenceMatcher(None, texts[0], texts[1], autojunk=False).get_opcodes():
        if kind != "equal":
            yield {"line": c + 1, "before": texts[0][a:b], "after": texts[1][c:d]}


# Why -----------------------------------------------------------------------------------------------------------------


def causes_of(before: Made, after: Made) -> list[Record]:
    """What differs where a build begins. Of each its `kind`: data, file, prose, setting, study, code ..."""
    one, other = before.record, after.record
    found = [*_data(before, after)]
    analysis = [_flat(record["analysis"]) for record in (one, other)]
    found += [{"kind": "setting", "name": name, **own} for name, own in _differing(*analysis)]
    said = [_flat({k: v for k, v in record.get(_STUDY_YML, {}).items() if k != "analysis"}) for record in (one, other)]
    found += [{"kind": "study", "name": name, **own} for name, own in _differing(*said)]
    found += _code(before, after)
    for kind in ("packages", "engine"):
        if one[kind] != other[kind]:
            found.append({"kind": kind, "name": kind, "before": one[kind], "after": other[kind]})
    return found


def _data(before: Made, after: Made) -> Iterator[Record]:
    """Rows that differ in what was read of changed files; of a file whose rows are the same or unknown, the file."""
    hashes = [{name: own["sha256"] for name, own in made.record["inputs"].items()} for made in (before, after)]
    changed = sorted(name for name in {*hashes[0], *hashes[1]} if hashes[0].get(name) != hashes[1].get(name))
    prose = f"report/{after.study}/"
    told: set[str] = set()
    for rule, own in {**before.record["steps"], **after.record["steps"]}.items():
        files = [name for name in changed if name in own["inputs"] and not name.endswith(f"/{_STUDY_YML}")]
        if not files:
            continue
        for path in own["outputs"]:
            name = Path(path).stem
            if path.startswith("data/processed/") and name in TABLES and name not in _FOLLOWS:
                rows = list(_rows(name, before, after))
                told.update(files if rows else ())
                yield from ({"kind": "data", "name": name, "rule": rule, "files": files, **row} for row in rows)
    for name in changed:
        if name in told or name.endswith(f"/{_STUDY_YML}"):
            continue
        state = "added" if name not in hashes[0] else "removed" if name not in hashes[1] else "changed"
        yield {"kind": "prose" if name.startswith(prose) else "file", "name": name, "state": state}


def _rows(name: str, before: Made, after: Made) -> Iterator[Record]:
    """The rows, or cells of rows, in which a processed table differs."""
    one, other = _processed(before, name), _processed(after, name)
    if one == other:
        return
    columns = _BY_WORDS.get(name)
    if columns is None and TABLES[name].key:
        yield from _cells_of_rows(list(TABLES[name].key), one, other)
        return
    counted = [Counter(tuple(row.get(c, "") for c in columns or row) for row in rows) for rows in (one, other)]
    for rows, state in ((counted[0] - counted[1], "removed"), (counted[1] - counted[0], "added")):
        for row in rows.elements():
            yield {"row": " ".join(filter(None, row)), "state": state}


def _cells_of_rows(key: list[str], one: list[dict[str, str]], other: list[dict[str, str]]) -> Iterator[Record]:
    by_key = [{tuple(row[c] for c in key): row for row in rows} for rows in (one, other)]
    for place in dict.fromkeys((*by_key[0], *by_key[1])):
        was, now = by_key[0].get(place), by_key[1].get(place)
        row = ".".join(place)
        if was is None or now is None:
            yield {"row": row, "state": "added" if was is None else "removed"}
            continue
        for column in dict.fromkeys((*was, *now)):
            if was.get(column, "") != now.get(column, ""):
                yield {
                    "row": row,
                    "column": column,
                    "before": was.get(column, ""),
                    "after": now.get(column, ""),
                    "state": "changed",
                }


def _processed(made: Made, name: str) -> list[dict[str, str]]:
    path = made.processed / f"{name}.csv"
    return cells_of(path) if path.is_file() else []


def _code(before: Made, after: Made) -> Iterator[Record]:
    """Scripts whose code differs, and the files and lines that do, where both are at hand."""
    codes = [made.record["codes"] for made in (before, after)]
    scripts = sorted(name for name in {*codes[0], *codes[1]} if codes[0].get(name) != codes[1].get(name))
    if not scripts:
        return
    places = []
    paths = {path.relative_to(made.root).as_posix() for made in (before, after) for path in _sources(made.root)}
    for path in sorted(paths):
        lines = list(_lines(before.root / path, after.root / path))
        if lines and not _alike(before.root / path, after.root / path):
            places += [f"{path}:{own['line']}" for own in lines]
        elif (before.root / path).is_file() != (after.root / path).is_file():
            places.append(path)
    yield {"kind": "code", "name": " ".join(scripts), "scripts": scripts, "places": places}


def _sources(root: Path) -> Iterator[Path]:
    for folder in _CODE:
        yield from (path for path in sorted((root / folder).rglob("*")) if path.suffix in (".py", ".smk"))


def _alike(one: Path, other: Path) -> bool:
    """Whether two modules differ in comments and spaces only."""
    try:
        trees = [ast.dump(ast.parse(path.read_text(encoding="utf-8"))) for path in (one, other)]
    except (OSError, SyntaxError, ValueError):
        return False
    return trees[0] == trees[1]


# Keys by which the entries of a list are told apart.
_CALLED = ("id", "value", "name", "file", "column")


def _flat(value: Any, above: str = "") -> dict[str, Any]:
    """A nested mapping by dotted names; of a list whose entries have ids, each entry, and their order."""
    if names := _names_in(value):
        found = {above: names}
        for name, own in zip(names, value, strict=True):
            found |= _flat(own, f"{above}[{name}]")
        return found
    if not isinstance(value, Mapping):
        return {above: value}
    found = {}
    for name, own in value.items():
        found |= _flat(own, f"{above}.{name}" if above else str(name))
    return found


def _names_in(value: Any) -> list[str]:
    """What the entries of a list are called in study.yml; none where they have no names of their own."""
    if not isinstance(value, list) or not all(isinstance(own, Mapping) for own in value):
        return []
    for key in _CALLED:
        names = [own.get(key) for own in value]
        if all(isinstance(name, str | int | float) for name in names) and len(set(names)) == len(names):
            return [str(name) for name in names]
    return []


def _differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[tuple[str, Record]]:
    for name in dict.fromkeys((*one, *other)):
        if one.get(name) != other.get(name):
            yield name, {"before": one.get(name), "after": other.get(name)}
