"""The tables of the article, as Markdown pipe tables in one language.

Each function makes one table from result tables and labels: numbers formatted and right-aligned, rows and columns in
the order of the labels, a row of totals where there is one, and a note that says what the numbers are. Column widths
are always given (as dashes of the separator line), so that a table looks the same in HTML, Word and PDF. Labels are
untrusted text and escaped. A table whose sources have no rows is one sentence that says why.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from thongthin.present.labels import ARTICLE_TABLES, Labels, Tables, filled, why_not
from thongthin.present.tables import (
    agreement,
    comparisons,
    configurations,
    interviews,
    joint,
    models,
    outcome,
    reporting,
    scales,
    survey,
    survey_flow,
    themes,
)

_MAKERS: dict[str, Callable[[Tables, Labels, dict[str, Any]], str]] = {
    name: getattr(part, name)
    for part in (
        agreement,
        interviews,
        reporting,
        scales,
        survey,
        survey_flow,
        models,
        outcome,
        configurations,
        themes,
        joint,
        comparisons,
    )
    for name in ARTICLE_TABLES
    if hasattr(part, name)
}


def article_table(name: str, tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The table `name` of the article as Markdown.

    Args:
        name: one of `presentation.ARTICLE_TABLES`; of one of the `models` of study.yml with its id behind a hyphen.
        tables: result and processed tables by name, those that the study has.
        labels: in the language of the table.
        analysis: the choices of the analysis, as nested plain data.
    """
    name, _, model = name.partition("-")
    tables = {
        source: frame[frame["model_id"] == model] if "model_id" in frame else frame for source, frame in tables.items()
    }
    sources = ARTICLE_TABLES[name]
    if reason := why_not(sources, filled({source: tables[source] for source in sources if source in tables})):
        return labels.say(f"There is nothing to show here: {reason[0]}.\n", f"ไม่มีข้อมูลที่จะแสดง: {reason[1]}\n")
    return _MAKERS[name](tables, labels, analysis)
