"""What a table tells apart: the sites of a study, or its groups; and whether all together have rows of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from thongthin.contract.schema.columns import ALL

# The column that says to which of them somebody belongs.
COLUMN_OF: dict[Literal["site", "group"], str] = {"site": "site_id", "group": "group"}


@dataclass(frozen=True)
class Unit:
    """The sites, or the groups.

    Attributes:
        part: which of the two, as in the names of tables and columns (`site_comparison_pairs`: `site_a`, `site_b`).
        ids: all of them, in the order of the study; one without data has rows with n = 0.
        total: whether `all` comes after them.
    """

    part: Literal["site", "group"]
    ids: tuple[str, ...]
    total: bool

    @classmethod
    def sites(cls, ids: Iterable[str], *, total: bool = True) -> Unit:
        """The sites, and `all` unless it is left out."""
        return cls("site", tuple(ids), total)

    @classmethod
    def groups(cls, ids: Iterable[str], *, total: bool = False) -> Unit:
        """The groups; who belongs to none counts in `all` only, which has to be asked for."""
        return cls("group", tuple(ids), total)

    @property
    def column(self) -> str:
        """The column of tables that holds the ids."""
        return COLUMN_OF[self.part]

    @property
    def en(self) -> str:
        """What one of them is called in English."""
        return self.part

    @property
    def th(self) -> str:
        """What one of them is called in Thai."""
        return "พื้นที่" if self.part == "site" else "กลุ่ม"

    @property
    def shown(self) -> list[str]:
        """The ids that have rows, in their order."""
        return [*self.ids, ALL] if self.total else [*self.ids]
