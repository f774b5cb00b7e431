"""What a page of evidence, or a package, may hold, by whom it is for.

`open` is for people who may see the data: rows, answers, transcripts. `public` is for everybody: what the documents
print, and how it was made. This is the one place that says what `public` may hold; whoever makes something for others
to read asks here.
"""

from __future__ import annotations

from typing import Literal

import pandas as pd

from thongthin.contract.tables import TABLES, Table

Audience = Literal["public", "open"]

# Columns of a key by which a row is one person's, or one person's words.
OF_A_PERSON = ("participant_id", "case_id", "respondent_id", "unit_id", "segment_id", "turn_id", "quote_id")


def audience_of(said: str, *, simulated: bool) -> Audience:
    """Who a page is for: as the configuration says, or, where that is `auto`, everybody unless the data are made up."""
    if said in ("public", "open"):
        return "public" if said == "public" else "open"
    return "open" if simulated else "public"


def is_public(table: Table) -> bool:
    """Whether a result table may be shown to everybody: no row of it is one person's."""
    return table.folder == "results" and not set(table.key) & set(OF_A_PERSON)


def public_cells(name: str, frame: pd.DataFrame) -> pd.DataFrame | None:
    """A result table with the columns that everybody may see: its key and its numbers; None where it may not be shown.

    Texts are left out: they may be words of those who were asked.
    """
    table = TABLES[name]
    if not is_public(table):
        return None
    kept = [c.name for c in table.columns if c.name in table.key or c.kind in ("integer", "number", "flag")]
    return frame[kept]
