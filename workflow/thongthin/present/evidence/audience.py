"""What a page of evidence, or a package, may hold, by whom it is for.

`open` is for people who may see the data: rows, answers, transcripts. `public` is for everybody: what the documents
print, and how it was made. Which tables everybody may see is said in `contract.public`; whoever makes something for
others to read asks here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from thongthin.contract.public import is_public
from thongthin.contract.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

Audience = Literal["public", "open"]


def audience_of(said: str, *, simulated: bool) -> Audience:
    """Who a page is for: as the configuration says, or, where that is `auto`, everybody unless the data are made up."""
    if said in ("public", "open"):
        return "public" if said == "public" else "open"
    return "open" if simulated else "public"


def public_cells(name: str, frame: pd.DataFrame) -> pd.DataFrame | None:
    """A published table with the columns that everybody may see: its key and its numbers; None where it is not one.

    Texts are left out: they may be words of those who were asked.
    """
    table = TABLES[name]
    if not is_public(table):
        return None
    kept = [c.name for c in table.columns if c.name in table.key or c.kind in ("integer", "number", "flag")]
    return frame[kept]
