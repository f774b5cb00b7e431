"""Every number that an article can ask for: its key, how it reads in both languages, and where it comes from.

The key of a number is its table, the row (the key columns, joined by dots, empty ones left out) and the column:
``themes_by_site.S01.attitude.share``. Which columns hold such numbers, and how they read, is said by their `format` in
`thongthin.contract.tables`. Fails where two numbers would have the same key.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from thongthin.basics.language import UNDEFINED, Language, format_number
from thongthin.contract.tables import TABLES, Column, Table, TableError, read_table

# Numbers of these formats bring their sign, since it depends on them: "= .011", "< .001".
SIGNED = ("p",)
# A row of the table `values`, in the order of its columns.
Row = tuple[str, float, str, str, str, str, str, str]


def can_be_named(id_: str) -> bool:
    """Whether a key may hold the id; all may but the texts of categories that hold spaces, dots or quotation marks."""
    return re.fullmatch(r"[^\s.\"'<>{}]+", id_) is not None


def row_names(frame: pd.DataFrame, table: Table) -> pd.Series[str]:
    """The name of each row of a table in the keys of its numbers; "" of those that no key can name."""
    ids = frame[list(table.key)].astype(str)
    names = [".".join(filter(None, own)) for own in ids.itertuples(index=False, name=None)]
    nameable = [all(map(can_be_named, filter(None, own))) for own in ids.itertuples(index=False, name=None)]
    return pd.Series([n if ok else "" for n, ok in zip(names, nameable, strict=True)], index=frame.index, dtype="str")


def collect(tables: Mapping[str, pd.DataFrame], bands: list[dict[str, Any]]) -> pd.DataFrame:
    """The table `values`: one row for each row and value column of each table, in the order of the schema.

    Args:
        tables: result tables by name, those that the study has.
        bands: as in the configuration: `above`, and `label` by language, highest band first.

    Returns:
        Table `values`: key, value, text_th, text_en ("–" where the value is undefined), table, row, column, rule;
        without the rows that no key can name.

    Raises:
        TableError: two numbers have the same key (an id holds a dot).
    """
    rows: list[Row] = []
    for name in with_values(tables):
        rows += rows_of(name, tables[name], bands)
    return as_table(rows)


def with_values(names: Container[str]) -> list[str]:
    """Of these tables those with numbers that an article can ask for, in the order of the schema."""
    return [name for name, table in TABLES.items() if name in names and table.value_columns]


def rows_of(name: str, frame: pd.DataFrame, bands: list[dict[str, Any]]) -> list[Row]:
    """The rows of the table `values` for one table."""
    table = TABLES[name]
    frame = frame.assign(key_of_row=row_names(frame, table))
    frame = frame[frame["key_of_row"] != ""]
    keys = frame["key_of_row"].tolist()
    rows: list[Row] = []
    for column in table.value_columns:
        for row, value in zip(keys, frame[column.name], strict=True):
            th, en = (_reads(value, column, language, bands) for language in ("th", "en"))
            number = float("nan") if pd.isna(value) else float(value)
            rows.append((f"{name}.{row}.{column.name}", number, th, en, name, row, column.name, table.rule))
    return rows


def as_table(rows: Iterable[Sequence[Any]]) -> pd.DataFrame:
    """The table `values` of its rows. Raises TableError: two have the same key."""
    values = pd.DataFrame(rows, columns=[column.name for column in TABLES["values"].columns])
    if len(twice := values.loc[values["key"].duplicated(), "key"]):
        raise TableError(f'table "values": two numbers have the key "{twice.iloc[0]}"')
    return values


def reads_of(values: pd.DataFrame, language: Language) -> dict[str, str]:
    """How each number reads in a language, by its key, as table `values` has it."""
    return dict(zip(values["key"].tolist(), values[f"text_{language}"].tolist(), strict=True))


def reads_in(path: Path | str, language: Language) -> dict[str, str]:
    """The same of the file of that table."""
    return reads_of(read_table(path, "values", columns=("key", f"text_{language}")), language)


def _reads(value: Any, column: Column, language: Language, bands: list[dict[str, Any]]) -> str:
    if column.format == "band":
        return UNDEFINED if pd.isna(value) else bands[int(value) - 1]["label"][language]
    text = format_number(value, column.format, language)
    return f"= {text}" if column.format in SIGNED and text[0] in ".1" else text
