"""The tables of the article, as Markdown pipe tables in one language.

Each function makes one table from result tables and labels: numbers formatted and right-aligned, rows and columns in
the order of the labels, a row of totals where there is one, and a note that says what the numbers are. Column widths
are always given (as dashes of the separator line), so that a table looks the same in HTML, Word and PDF. Labels are
untrusted text and escaped. A table whose sources have no rows is one sentence that says why.
"""

from __future__ import annotations

from typing import Any

from thongthin.present.catalogue import article_tables, filled, table_of, why_not
from thongthin.present.labels import Labels, Tables
from thongthin.present.tables.design import with_what_is_left_out


def beforehand() -> None:
    """Import what makes the tables (see `basics.warm_server`)."""
    for shown in article_tables().values():
        shown.maker()


def article_table(name: str, tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The table `name` of the article as Markdown.

    Args:
        name: one of `catalogue.article_tables`; of one of the `models` of study.yml with its id behind a hyphen.
        tables: result and processed tables by name, those that the study has.
        labels: in the language of the table.
        analysis: the choices of the analysis, as nested plain data.
    """
    table, model = table_of(name)
    shown = article_tables()[table]
    own = {source: tables[source] for source in shown.reads if source in tables}
    own = {source: frame[frame["model_id"] == model] if "model_id" in frame else frame for source, frame in own.items()}
    if reason := why_not(shown, filled(own)):
        return labels.say(f"There is nothing to show here: {reason[0]}.\n", f"ไม่มีข้อมูลที่จะแสดง: {reason[1]}\n")
    text: str = shown.maker()(own, labels, analysis)
    return with_what_is_left_out(table, text, own, labels)
