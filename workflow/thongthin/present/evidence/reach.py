"""What of the documents a file of the study, or one row of it, has a part in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from thongthin.contract.tables import TABLES
from thongthin.present.catalogue import article_tables, figures, table_of
from thongthin.present.evidence.gather import built_record
from thongthin.present.evidence.made import Made, Record, cells_of


def reach(made: Made, file: str, row: int | None) -> Record | None:
    """The rules, numbers, claims, tables, figures, quotes that a file reaches; None where the build read no such file.

    Args:
        file: path below the project folder, or the end of one.
        row: as a spreadsheet shows it, the header being row 1; None: any. Of a row that is no person's, or of a file
            that is no table, what the whole file reaches.
    """
    inputs = [name for name in made.record["inputs"] if name == file or name.endswith(f"/{file}")]
    if len(inputs) != 1:
        return None
    rules, paths = downstream(made.record["steps"], inputs[0])
    tables = {Path(path).stem for path in paths if path.startswith(f"results/{made.study}/tables/")}
    processed = {Path(path).stem for path in paths if path.startswith("data/processed/")}
    who = _who(made, inputs[0], row) if row else None
    exhibits = [own for own in made.exhibits if _reached(own, tables | processed, made, who)]
    return {
        "study": made.study,
        "file": inputs[0],
        "row": row,
        "who": who or "",
        "rules": rules,
        "numbers": sorted({own["name"] for own in exhibits if own["kind"] == "value"}),
        "claims": sorted(claim for claim in made.claims if _claim_reached(made, claim, tables, who)),
        "tables": sorted({own["name"] for own in exhibits if own["kind"] == "table"}),
        "figures": sorted({own["name"] for own in exhibits if own["kind"] == "figure"}),
        "quotes": sorted({own["name"] for own in exhibits if own["kind"] == "quote"}),
    }


def downstream(steps: dict[str, Record], path: str) -> tuple[list[str], list[str]]:
    """The rules that take a file, or what is made from it, in the order in which they follow, and all they make."""
    rules: dict[str, None] = {}
    reached = {path: None}
    grown = True
    while grown:
        grown = False
        for rule, own in steps.items():
            if rule not in rules and any(taken in reached for taken in own["inputs"]):
                rules[rule] = None
                reached |= dict.fromkeys(own["outputs"])
                grown = True
    return list(rules), [own for own in reached if own != path]


def _who(made: Made, file: str, row: int) -> str | None:
    """The respondent or participant of a row; None where it is nobody's."""
    path = made.root / file
    received = made.processed / "survey_received.csv"
    if "/survey/" in file and not Path(file).stem.startswith("items") and received.is_file():
        ids = [own["respondent_id"] for own in cells_of(received)]
        return ids[row - 2] if 2 <= row <= len(ids) + 1 else None
    if path.suffix != ".csv" or not path.is_file():
        return None
    rows = cells_of(path)
    own = rows[row - 2] if 2 <= row <= len(rows) + 1 else {}
    people = {one["participant_id"] for one in _participants(made)}
    return next((value for value in own.values() if value in people), None)


def _participants(made: Made) -> list[dict[str, str]]:
    path = made.processed / "participants.csv"
    return cells_of(path) if path.is_file() else []


def _reached(own: dict[str, str], tables: set[str], made: Made, who: str | None) -> bool:
    kind, name = own["kind"], own["name"]
    if kind == "value":
        address = made.address(name)
        if address is None or address.table not in tables:
            return False
        return who is None or who in _counted(made, name)
    if kind == "quote":
        return "quotes" in tables and (who is None or who in _speaker(made, name))
    known = article_tables().get(table_of(name)[0]) if kind == "table" else figures().get(name)
    return known is not None and bool(set(known.reads) & tables)


def _claim_reached(made: Made, claim: str, tables: set[str], who: str | None) -> bool:
    keys = dict.fromkeys(key for condition in made.claims[claim] for key in condition["keys"])
    return any(_reached({"kind": "value", "name": key}, tables, made, who) for key in keys)


def _counted(made: Made, key: str) -> tuple[str, ...]:
    """The ids of those who stand behind a number."""
    address, data = made.address(key), made.data
    record = made.row(address) if address else None
    if address is None or data is None or record is None:
        return ()
    rows = data.behind(address.table, built_record(made.table(address.table), TABLES[address.table].key, record))
    return (*(rows.respondents or ()), *(rows.participants or ()))


def _speaker(made: Made, quote: str) -> Iterator[str]:
    path = made.processed / "quotes.csv"
    rows = cells_of(path) if path.is_file() else []
    return (own["participant_id"] for own in rows if own["quote_id"] == quote)
