"""Tables as files: checked against their schema (`contract.schema`) when they are written and when they are read.

The data dictionary (`docs/data-dictionary.md`, written by `python -m thongthin.contract.tables`) and the names of the
values that an article can ask for come from the same schema. Tables are CSV in UTF-8 with a byte-order mark. A cell
that a spreadsheet would take for a formula is written with an apostrophe in front, and read without it: so they are
read here only, by whoever reads them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thongthin.basics.files import write_text
from thongthin.contract.schema import TABLES
from thongthin.contract.schema.columns import ALL, Column, Table

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "ALL",
    "TABLES",
    "Column",
    "Table",
    "TableError",
    "TableFiles",
    "check",
    "read_cells",
    "read_table",
    "text_of_cells",
    "unescaped",
    "write_cells",
    "write_table",
]

FORMULA = re.compile(r"^'*[=+\-@\t\r]")
SIGNS = frozenset("'=+-@\t\r")


class TableError(ValueError):
    """A table that does not fit its schema; the message names the table, the column and the first offending rows."""


def beforehand() -> None:
    """Write and read a small table: pandas makes much of its own when it first does (see `basics.warm_server`)."""
    import tempfile

    import pandas as pd

    cells = [["o", "s", "a", True, 2, 3, 0.5], ["o", "s", "=b", False, 0, 3, None]]  # of every kind
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "qca_robust_terms.csv"
        write_table(pd.DataFrame(cells, columns=[c.name for c in TABLES[path.stem].columns]), path)
        read_table(path)


def _escaped(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) else text


def _unescaped(text: str) -> str:
    return text[1:] if text.startswith("'") and FORMULA.match(text[1:]) else text


def _each_sign(cells: pd.Series[str], change: Callable[[str], str]) -> pd.Series[str]:
    """Text cells, changed where they begin with a sign of a formula: few do, and to look at each by itself is slow."""
    import numpy as np

    begins = [isinstance(text, str) and text[:1] in SIGNS for text in cells.tolist()]
    if True not in begins:
        return cells
    changed = np.array(begins, dtype=bool)
    return cells.mask(changed, cells[changed].map(change))


def unescaped(cells: pd.Series[str]) -> pd.Series[str]:
    """Text cells without the apostrophe that stands before what a spreadsheet would take for a formula."""
    return _each_sign(cells, _unescaped)


def check(frame: pd.DataFrame, table: Table) -> None:
    """Raise `TableError` unless `frame` has the columns, types and unique keys of `table`.

    Written out here because a validation library costs every step of the workflow half a second of start-up.
    """
    from pandas.api import types

    is_kind = {
        "text": types.is_string_dtype,
        "date": types.is_string_dtype,
        "integer": types.is_integer_dtype,
        "number": types.is_float_dtype,
        "flag": types.is_bool_dtype,
    }
    names = [c.name for c in table.columns]
    if list(frame.columns[: len(names)]) != names or (len(frame.columns) > len(names) and not table.open):
        raise TableError(f'table "{table.name}": its columns should be {names}, but are {list(frame.columns)}')
    wrong = []
    for c, (_, cells) in zip(table.columns, frame.items(), strict=False):
        if not is_kind[c.kind](cells.dtype):
            wrong.append(f"{c.name}: holds {cells.dtype}, not {c.kind}")
        elif not c.empty and (row := _first_empty(cells, text=c.kind in ("text", "date"))):
            wrong.append(f"{c.name}: is empty in row {row}")
    keys = list(table.key)
    twice = frame.duplicated(keys)
    if twice.any():
        first = frame.loc[twice, keys].iloc[0]
        wrong.append(f"{', '.join(keys)}: {tuple(first)} stands twice")
    if wrong:
        raise TableError(f'table "{table.name}": ' + "; ".join(wrong))


def _first_empty(cells: pd.Series[Any], *, text: bool) -> int:
    """The first row, from 1, in which a column has nothing; 0 where there is none."""
    if text:
        values = cells.tolist()
        if all(values) and set(map(type, values)) <= {str}:  # of most columns this is soon known
            return 0
        empty = [not isinstance(own, str) or own == "" for own in values]
    else:
        empty = cells.isna().tolist()
    return empty.index(True) + 1 if True in empty else 0


def write_table(frame: pd.DataFrame, path: Path | str, name: str | None = None) -> None:
    """Write a table as CSV after checking it; the order of the rows is the caller's.

    Args:
        frame: columns as in the schema (further columns are dropped unless the table is open).
        path: where to; the name of the file is the name of the table.
        name: name of the table if the file is called otherwise.

    Raises:
        TableError: the frame does not fit the schema.
    """
    import pandas as pd

    table = TABLES[name or Path(path).stem]
    names = [c.name for c in table.columns]
    if missing := [c for c in names if c not in frame]:
        raise TableError(f'table "{table.name}" lacks the columns {missing}')
    frame = frame[names + [c for c in frame if c not in names]] if table.open else frame[names]
    frame = frame.copy()
    for c in table.columns:
        if c.kind == "integer":
            frame[c.name] = frame[c.name].astype("Int64" if c.empty else "int64")
        elif c.kind == "number":
            frame[c.name] = frame[c.name].astype("float64")
        elif c.kind in ("text", "date"):
            frame[c.name] = frame[c.name].astype("str")
    frame = frame.reset_index(drop=True)
    check(frame, table)
    for c in table.columns:
        if c.kind == "flag":
            frame[c.name] = frame[c.name].map({True: "yes", False: "no"})
    for column in frame.columns:
        if pd.api.types.is_string_dtype(frame[column].dtype) or frame[column].dtype == object:
            frame[column] = _each_sign(frame[column], _escaped)
    # Ten digits are more than any reader needs and fewer than the last bits in which machines differ. Excel reads Thai
    # only where a file begins with a byte-order mark.
    write_text(path, "\ufeff" + frame.to_csv(index=False, lineterminator="\n", float_format="%.10g"))


def read_cells(path: Path | str) -> pd.DataFrame:
    """The cells of a table as text, "" where empty, without a look at its schema: for reading it, not for going on."""
    import pandas as pd

    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig").apply(unescaped)


def write_cells(frame: pd.DataFrame, path: Path | str) -> None:
    """Write a table that has no schema, for people to read: as `read_cells` reads it, numbers with ten digits."""
    write_text(path, text_of_cells(frame))


def text_of_cells(frame: pd.DataFrame) -> str:
    """What `write_cells` writes."""
    frame = frame.copy()
    for column in frame.columns:
        if frame[column].dtype == object or frame[column].dtype.kind not in "iufb":
            frame[column] = _each_sign(frame[column].astype("str"), _escaped)
    return "\ufeff" + frame.to_csv(index=False, lineterminator="\n", float_format="%.10g")


def read_table(
    path: Path | str, name: str | None = None, *, as_text: Collection[str] = (), columns: Collection[str] | None = None
) -> pd.DataFrame:
    """Read and check a table; text columns are text ("" where empty), others as their kind says.

    Columns of an open table beyond the schema become numbers where all their cells are numbers or empty, but for those
    of `as_text`: categories may be written in digits.

    Args:
        columns: which to read, of a long table, the key among them; None: all.

    Raises:
        TableError: the file does not fit the schema.
    """
    import pandas as pd

    table = TABLES[name or Path(path).stem]
    if columns is not None:
        table = replace(table, columns=tuple(c for c in table.columns if c.name in columns))
    try:
        texts = pd.read_csv(
            path,
            dtype=str,
            keep_default_na=False,
            encoding="utf-8-sig",
            usecols=None if columns is None else [*columns],
        )
    except ValueError as error:  # a column is not there
        raise TableError(f'table "{table.name}", file {path}: {error}') from None
    kinds = {c.name: c for c in table.columns}
    found: dict[Hashable, Any] = {}
    try:
        for name_, cells in texts.items():
            if (c := kinds.get(str(name_))) is None:
                found[name_] = unescaped(cells) if name_ in as_text else _numbers_or_text(cells)
            else:
                found[name_] = _of_kind(cells, c)
    except (ValueError, TypeError) as error:
        raise TableError(f'table "{table.name}", file {path}: {error}') from None
    frame = pd.DataFrame(found, index=texts.index)
    check(frame, table)
    return frame


class TableFiles(Mapping[str, "pd.DataFrame"]):
    """Tables by name, each read and checked when it is first asked for.

    Args:
        paths: of their files.
    """

    def __init__(self, paths: Iterable[Path | str]) -> None:
        self.paths = {Path(path).stem: Path(path) for path in paths}
        self._read: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._read:
            self._read[name] = read_table(self.paths[name])
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self.paths

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)


def _of_kind(cells: pd.Series[str], column: Column) -> Any:
    """Cells of a file as what a column of the schema holds; an empty cell is no number."""
    import pandas as pd

    if column.kind == "flag":
        return cells.map({"yes": True, "no": False}).astype(bool)
    if column.kind not in ("integer", "number"):
        return unescaped(cells)
    numbers = pd.to_numeric(cells.to_numpy(dtype=object))
    if column.kind == "number":
        return numbers.astype("float64")
    if numbers.dtype == "int64" and not column.empty:
        return numbers
    return pd.Series(numbers, cells.index).astype("Int64" if column.empty else "int64")


def _numbers_or_text(cells: pd.Series[str]) -> pd.Series[Any]:
    """Cells of a column beyond the schema: numbers where all are numbers or empty."""
    import pandas as pd

    numbers = pd.Series(pd.to_numeric(cells.to_numpy(dtype=object), errors="coerce"), cells.index)
    if (numbers.isna() == (cells == "")).all():
        return numbers.astype("float64")
    return unescaped(cells)


def data_dictionary() -> str:
    """The data dictionary as Markdown: every table, its rule, its columns with type, unit and both labels."""
    lines = [
        "# Data dictionary",
        "",
        "Made from `workflow/thongthin/contract/schema/` by `python -m thongthin.contract.tables`."
        " Columns in **bold** are the key.",
    ]
    folders = {"processed": "data/processed/<study>", "results": "results/<study>/tables"}
    for table in TABLES.values():
        lines += ["", f"## `{folders[table.folder]}/{table.name}.csv`", ""]
        lines += [f"{table.en} Written by the rule `{table.rule}`.", ""]
        lines += ["| column | type | English | ไทย | unit, range |", "|---|---|---|---|---|"]
        for c in table.columns:
            name = f"**`{c.name}`**" if c.name in table.key else f"`{c.name}`"
            kind = c.kind + (", may be empty" if c.empty else "")
            # A | within a cell, as in the name of a coefficient, would begin another cell.
            said = (text.replace("|", "\\|") for text in (name, kind, c.en, c.th, c.unit))
            lines.append(f"| {' | '.join(said)} |")
        if table.open:
            lines.append("| ... | | one further column each | คอลัมน์เพิ่มเติม | |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    write_text(Path(__file__).parents[3] / "docs" / "data-dictionary.md", data_dictionary())
