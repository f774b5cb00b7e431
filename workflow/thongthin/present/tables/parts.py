"""What the tables of the article are put together from: pipe tables, notes, numbers as they read in a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import pandas as pd

from thongthin.basics.language import UNDEFINED, format_number
from thongthin.basics.markdown import escape_markdown
from thongthin.basics.marks import marked
from thongthin.basics.records import records
from thongthin.present.labels import Labels, Tables

# A space at which no line is broken, and one that indents.
NBSP, EM_SPACE = "\u00a0", "\u2003"

# Wider tables are turned round: so many columns of numbers, with the labels, fit the text of an A4 page.
MOST_COLUMNS = 7
# Of those that are turned round, too, no more columns of numbers can be read beside each other.
MOST_BESIDE = 8

# From here on, numbers in the unit of the answers have no decimals; two numbers of more signs together fill two lines.
WIDE, LONG = 1000, 12

Row = Sequence[str]
Id = TypeVar("Id")
# A row of a result table: column -> value.
Record = Mapping[Any, Any]


class Column(NamedTuple):
    """A column of an article table.

    Attributes:
        header: in Markdown; as a pair, in English and in Thai.
        width: relative to the other columns.
        cell: what stands in it, from the row of the result table: a function that gives Markdown, or the name of the
            column whose number it shows.
        format: how that number reads: as in `basics.language`, or one of `FORMATS`.
        left: whether it holds text and begins at the left, as the first column always does; numbers end at the right.
    """

    header: str | tuple[str, str]
    width: float
    cell: Callable[[Record], str] | str
    format: str = ""
    left: bool = False


def table(
    columns: Sequence[Column],
    rows: pd.DataFrame | Iterable[Record | Row | str],
    labels: Labels,
    bold: Callable[[Record], bool] | None = None,
) -> str:
    """A pipe table from its columns.

    Args:
        rows: rows of a result table; among them, as one text, a heading of the rows below it, and, as a list, cells
            that are ready (all in Markdown).
        bold: whether a row stands out, as that of a total does.
    """

    def cells(row: Record | Row | str) -> Row:
        if isinstance(row, str):
            return [f"**{row}**", *[""] * (len(columns) - 1)]
        if not isinstance(row, Mapping):
            return row
        texts = [_cell(column, row, labels) for column in columns]
        return [f"**{text}**" if text else "" for text in texts] if bold and bold(row) else texts

    header = [labels.say(*own) if isinstance(own := column.header, tuple) else own for column in columns]
    listed = records(rows) if isinstance(rows, pd.DataFrame) else rows
    texts = next((place for place, column in enumerate(columns) if place and not column.left), len(columns))
    return pipe_table(header, map(cells, listed), [column.width for column in columns], texts)


def _cell(column: Column, row: Record, labels: Labels) -> str:
    if callable(column.cell):
        return column.cell(row)
    value = row[column.cell]
    return FORMATS[own](value, labels) if (own := column.format) in FORMATS else number(value, own, labels)


def matrix(corner: str, names: Mapping[str, str], rows: Iterable[Row], width: float) -> str:
    """A pipe table of numbers with a column for each of several things: sites, groups, scales.

    Args:
        corner: header of the labels of the rows.
        names: id -> header of each column, in order.
        rows: label and cells.
        width: percent of the page that each column of numbers takes, where that leaves room.
    """
    return pipe_table([corner, *names.values()], rows, label_and_numbers(len(names), width))


def with_room(names: Mapping[Id, str], labels: Labels, least: Sequence[Id] = ()) -> tuple[dict[Id, str], str]:
    """Those of many columns that have room beside each other, and a sentence that names the others.

    Args:
        names: id -> header of each column, in order.
        least: ids in the order in which they may be left out; without, the last are.
    """
    left_out = [*(least or [*names][::-1])][: max(len(names) - MOST_BESIDE, 0)]
    if not left_out:
        return dict(names), ""
    kept = {id_: name for id_, name in names.items() if id_ not in left_out}
    others = "; ".join(name for id_, name in names.items() if id_ in left_out)
    said = labels.say(
        f" {len(kept)} of {len(names)} columns have room; left out are: {others}.",
        f" แสดงได้ {len(kept)} จาก {len(names)} คอลัมน์ ที่ไม่ได้แสดงคือ {others}",
    )
    return kept, said


def under(frame: pd.DataFrame, column: str, heading: Callable[[str], str]) -> Iterator[Record | str]:
    """The rows of a result table, each run of them below what it has in common (for `table`).

    Args:
        column: whose values the headings are of.
        heading: from a value, in Markdown.
    """
    for value, own in frame.groupby(column, sort=False):
        yield heading(str(value))
        yield from records(own)


def pipe_table(header: Row, rows: Iterable[Row], widths: Sequence[float], texts: int = 1) -> str:
    """A pipe table that takes the full width of the text.

    Args:
        header, rows: cells in Markdown.
        widths: relative widths of the columns.
        texts: so many columns, from the left, hold text (left-aligned); the others hold numbers (right-aligned).
    """
    dashes = [max(3, round(100 * width / sum(widths))) for width in widths]
    rules = [":" + "-" * (d - 1) if i < texts else "-" * (d - 1) + ":" for i, d in enumerate(dashes)]
    lines = ["| " + " | ".join(cells) + " |" for cells in (header, *rows)]
    lines.insert(1, "|" + "|".join(rules) + "|")
    return "\n".join(lines) + "\n"


def label_and_numbers(columns: int, width: float, rest: float = 0) -> list[float]:
    """Widths of a column of labels and of columns of numbers, of `width` percent each where that leaves room.

    Args:
        rest: percent that further columns take.
    """
    label = max(28.0, 100 - rest - columns * width)
    return [label, *[(100 - rest - label) / columns] * columns]


def scale_column(width: float, labels: Labels) -> Column:
    """The column that names scales."""
    header = ("Scale", "ตัวแปร")
    return Column(header, width, lambda row: escape_markdown(labels.scale(row["construct"], row["wave"])))


def spread(columns: Sequence[Column], width: float) -> list[Column]:
    """The same columns, those after the first of one width (see `label_and_numbers`)."""
    widths = label_and_numbers(len(columns) - 1, width)
    return [column._replace(width=own) for column, own in zip(columns, widths, strict=True)]


def table_note(labels: Labels, text: str) -> str:
    return f"\n::: {{.table-note}}\n{labels.say('*Note.*', '**หมายเหตุ**')} {text}\n:::\n"


def coders_named(ids: str) -> str:
    """Coders by their ids, joined by "; ": a copy without names has others in their place (`present.render.blind`)."""
    return "; ".join(f"[{escape_markdown(id_)}]{{.coder}}" for id_ in ids.split("; "))


def number(value: Any, format: str, labels: Labels) -> str:
    text = format_number(value, format, labels.language)
    return text.replace(" ", NBSP)


def degrees(value: Any, labels: Labels, format: str = "count") -> str:
    """Degrees of freedom, which APA writes without commas: two of them stand side by side, with one between."""
    return number(value, format, labels).replace(",", "")


def percent(share: Any) -> str:
    """A share without its sign, for cells whose header says that they are percentages."""
    return format_number(share, "share", "en").removesuffix("%")


def measured(value: Any, labels: Labels) -> str:
    """A mean, or what else has the unit of the answers: two decimals, and none from 1,000 on (amounts are wide)."""
    return number(value, "count" if abs(value) >= WIDE else "decimal", labels)


def limits(low: Any, high: Any, format: str, labels: Labels) -> str:
    """An interval in brackets."""
    ends = [number(end, format, labels) for end in (low, high)]
    return UNDEFINED if UNDEFINED in ends else f"\\[{ends[0]},{NBSP}{ends[1]}\\]"


def with_limits(value: Any, low: Any, high: Any, format: str, labels: Labels) -> str:
    """A number with its interval, ".12 [.05, .20]"; without it where that is undefined."""
    interval = limits(low, high, format, labels)
    text = number(value, format, labels)
    return text if UNDEFINED in (text, interval) else f"{text} {interval}"


def measured_limits(row: Record, labels: Labels) -> str:
    """The interval of a mean (`low` and `high` of a row), in the unit of the answers."""
    if pd.isna(row["low"]) or pd.isna(row["high"]):
        return UNDEFINED
    least, most = measured(row["low"], labels), measured(row["high"], labels)
    return f"\\[{least},{space(least, most)}{most}\\]"


def has_weights(tables: Tables) -> bool:
    """Whether respondents have weights; they have if all together tell less than as many of equal weight."""
    if "sample_size" not in tables:
        return False
    sizes = tables["sample_size"]
    return bool((sizes["n_effective"] < sizes["n"] - 1e-6).any())


def unweighted_models(tables: Tables, labels: Labels) -> str:
    """That models leave weights out, where respondents have them; with a space before it."""
    if not has_weights(tables):
        return ""
    return labels.say(" Models leave the weights of respondents out.", " ตัวแบบไม่ได้ถ่วงน้ำหนักผู้ตอบ")


def mean_sd(row: Record, labels: Labels) -> str:
    if not row["n"]:
        return UNDEFINED
    mean, sd = (measured(row[column], labels) for column in ("mean", "sd"))
    return f"{mean}{space(mean, sd)}({sd})"


def space(first: str, second: str) -> str:
    """What stands between two numbers of a cell: no line is broken there, unless both are too long for the column."""
    return NBSP if len(first) + len(second) <= LONG else " "


def of_n(counts: Iterable[Any], labels: Labels) -> str:
    """ "(n = 4)", or the range of several numbers."""
    numbers = sorted({int(n) for n in counts})
    texts = [number(n, "count", labels) for n in dict.fromkeys([numbers[0], numbers[-1]])]
    return f"(*n*{NBSP}={NBSP}{'–'.join(texts)})"


def equation(symbol: str, text: str) -> str:
    """ "p = .032", or "p < .001"."""
    return f"{symbol}{NBSP}{text}" if text.startswith("<") else f"{symbol}{NBSP}={NBSP}{text}"


def band(band: Any, labels: Labels) -> str:
    return UNDEFINED if pd.isna(band) else marked(escape_markdown(labels.bands[int(band) - 1]), band)


# How a number of a `Column` reads, beside the formats of `basics.language`.
FORMATS: dict[str, Callable[[Any, Labels], str]] = {
    "percent": lambda share, labels: percent(share),
    "degrees": degrees,
    "measured": measured,
    "level": band,
}


def order(frame: pd.DataFrame, **orders: Iterable[str]) -> pd.DataFrame:
    """The rows whose ids are listed, in the order of the lists, the first list first."""
    places = [{id_: place for place, id_ in enumerate(ids)} for ids in orders.values()]
    keys = zip(*(frame[column].tolist() for column in orders), strict=True)
    found = [[listed.get(id_) for id_, listed in zip(key, places, strict=True)] for key in keys]
    return frame.iloc[sorted((row for row, own in enumerate(found) if None not in own), key=found.__getitem__)]
