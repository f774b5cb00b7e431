"""Article tables, figures and values for the public, from the published tables."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from thongthin.basics.records import records
from thongthin.contract.published import LEFT_OUT, WORDS, Published
from thongthin.contract.tables import TABLES
from thongthin.present.catalogue import article_tables, figures, table_of
from thongthin.present.cells import Frames, figure_table, grid_of, keys_of_cells, row_of
from thongthin.present.labels import Labels
from thongthin.present.tables import article_table
from thongthin.present.tables.parts import table_note
from thongthin.present.values import collect

# Markdown of the mark: a bracket alone would begin a link.
_MARK = LEFT_OUT.replace("[", "\\[").replace("]", "\\]")
Address = str
Cell = tuple[int, int]
# All tables that public exhibits are made of, with either filling.
Ways = tuple[Frames, Frames]


def hidden_addresses(tables: Mapping[str, Published]) -> dict[Address, str]:
    """Every number that is left out, by its address, with the word in its place ("" where there is none)."""
    found = {}
    for name, own in tables.items():
        table = TABLES[name]
        columns = [column for column in own.hidden.columns if own.hidden[column].any()]
        for place, record in enumerate(records(own.frame)) if columns else ():
            for column in columns:
                if own.hidden[column].iloc[place]:
                    found[f"{name}.{row_of(record, table)}.{column}"] = str(own.words[column].iloc[place])
    return found


def left_out_note(labels: Labels) -> str:
    """What the mark means, below a table."""
    return labels.say(
        f"{_MARK}: left out, so that nobody who took part can be found.",
        f"{_MARK} คือค่าที่ไม่เผยแพร่ เพื่อไม่ให้ระบุตัวผู้ที่ให้ข้อมูลได้",
    )


def public_table(name: str, ways: Ways, labels: Labels, analysis: dict[str, Any], words: Mapping[Cell, str]) -> str:
    """An article table for the public, as Markdown.

    Args:
        ways: all tables with either filling.
        words: the words in the place of counts, by row and column.
    """
    shown = article_tables()[table_of(name)[0]]
    if unpublished := [source for source in shown.sources if source not in ways[0]]:
        return not_published(unpublished, labels)
    try:
        one, two = (article_table(name, way, labels, analysis) for way in ways)
    # A number that nobody has may be one that a table cannot show, and a table that it may go without one it needs.
    except Exception:
        return not_published(shown.reads, labels)
    return one if one == two else _with_marks(one, two, words, labels) or not_published(shown.sources, labels)


def keys_of(name: str, ways: Ways, labels: Labels, analysis: dict[str, Any]) -> dict[Cell, list[Address]]:
    """The addresses of the numbers in each cell of an article table; none of a table that is not published."""
    shown = article_tables()[table_of(name)[0]]
    every = ways[0]

    def make(own: Frames) -> str:
        return article_table(name, {**every, **own}, labels, analysis)

    try:
        return keys_of_cells(make, {source: every[source] for source in shown.reads if source in every})
    except Exception:  # as in `public_table`
        return {}


def not_published(sources: Iterable[str], labels: Labels) -> str:
    """The sentence in the place of a table that is not published."""
    listed = ", ".join(sources)
    return labels.say(
        f"This table is not published: it would tell of single people ({listed}).\n",
        f"ไม่เผยแพร่ตารางนี้ เพราะจะทำให้รู้เรื่องของบุคคลเป็นรายคน ({listed})\n",
    )


def _with_marks(one: str, two: str, said: Mapping[tuple[int, int], str], labels: Labels) -> str:
    """The first text with marks where the second differs; "" where the tables are not of the same form."""
    first, second = grid_of(one), grid_of(two)
    if [len(row) for row in first] != [len(row) for row in second] or not first:
        return ""
    if [row[0] for row in first] != [row[0] for row in second]:
        return ""  # another order of rows tells of what they are ordered by
    lines, row, table_seen = [], -2, 0
    notes_one = [line for line in one.split("\n") if not line.startswith("|")]
    notes_two = [line for line in two.split("\n") if not line.startswith("|")]
    if len(notes_one) != len(notes_two):
        return ""
    same = iter([a == b for a, b in zip(notes_one, notes_two, strict=True)])
    for line in one.split("\n"):
        if not line.startswith("|"):
            # A note that counts what is left out is left out.
            lines += [line] if next(same) else []
            continue
        row += 1
        if row == 0:  # the line of dashes
            lines.append(line)
            continue
        cells = []
        place = max(row, 0)
        for column, (cell, other) in enumerate(zip(first[place], second[place], strict=True), start=1):
            word = said.get((row, column), "")
            if cell != other and row < 0:  # a heading keeps its words
                cell = _numbers_marked(cell, other)
            elif cell != other:
                cell = WORDS[word][labels.language] if word else _MARK
            cells.append(cell)
        lines.append("| " + " | ".join(cells) + " |")
        table_seen = row
    return "\n".join(lines) + (table_note(labels, left_out_note(labels)) if table_seen else "")


def _numbers_marked(one: str, two: str) -> str:
    """A text with marks for the numbers in which another differs; the mark alone where other words differ, too."""
    first, second = (re.split(r"(\d[\d,.]*)", text) for text in (one, two))
    if len(first) != len(second) or first[::2] != second[::2]:
        return _MARK
    return "".join(a if a == b else _MARK for a, b in zip(first, second, strict=True))


def figure_is_public(name: str, ways: Ways, draw: Callable[[Frames], Any]) -> bool:
    """Whether nothing that is left out is in a figure.

    Args:
        draw: draws it from tables.
    """
    shown = figures()[name]
    if any(source not in ways[0] for source in shown.sources):
        return False
    reads = [source for source in shown.reads if source in ways[0]]
    try:
        one = _as_svg(draw(ways[0]))
        return all(ways[0][source] is ways[1][source] for source in reads) or one == _as_svg(draw(ways[1]))
    except Exception:  # as in `public_table`
        return False


def _as_svg(figure: Any) -> bytes:
    data = io.BytesIO()
    figure.savefig(data, format="svg", metadata={"Date": None, "Creator": None})
    return data.getvalue()


def public_figure_table(name: str, tables: Mapping[str, Published], hidden: Mapping[Address, str]) -> pd.DataFrame:
    """The numbers that a figure is drawn from, as far as they are published."""
    shown = figures()[name]
    frame = figure_table({source: tables[source].filled(0) for source in shown.reads if source in tables})
    return _with_words(frame, hidden, ("value",))


def public_values(
    tables: Mapping[str, Published], bands: list[dict[str, Any]], asked: Iterable[str], hidden: Mapping[Address, str]
) -> pd.DataFrame:
    """The table `values` of what is published; numbers that documents ask for and that are not, have the mark.

    Args:
        asked: keys that the documents ask for.
    """
    frame = _with_words(collect({name: own.filled(0) for name, own in tables.items()}, bands), hidden, ("value",))
    known = set(frame["key"])
    missing = []
    for key in sorted(set(asked) - known):
        name, _, rest = key.partition(".")
        row, _, column = rest.rpartition(".")
        rule = TABLES[name].rule
        missing.append((key, float("nan"), LEFT_OUT, LEFT_OUT, name, row, column, rule))
    return pd.concat([frame, pd.DataFrame(missing, columns=frame.columns)]) if missing else frame


def _with_words(frame: pd.DataFrame, hidden: Mapping[Address, str], numbers: Iterable[str]) -> pd.DataFrame:
    """Numbers by address, with the mark or the word in the place of those that are left out."""
    frame = frame.copy()
    gone = frame["key"].isin(hidden).to_numpy()
    words = frame.loc[gone, "key"].map(hidden)
    for language in ("th", "en"):
        frame.loc[gone, f"text_{language}"] = [WORDS[w][language] if w else LEFT_OUT for w in words]
    for column in numbers:
        frame.loc[gone, column] = float("nan")
    return frame
