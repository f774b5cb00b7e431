"""All that public exhibits are made of: the published tables, what things are called, quotes, and labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, get_args

import pandas as pd

from thongthin.basics.language import Language
from thongthin.contract.published import Published, read_published
from thongthin.contract.tables import TABLES, read_cells, read_table
from thongthin.present.labels import Labels
from thongthin.present.public.shown import Ways, hidden_addresses

# Columns of the table `quotes` that no quote has for the public.
_NOWHERE: dict[str, Any] = {"turn_id": "", "start": 0, "end": 0}


@dataclass(frozen=True)
class Material:
    """What public exhibits are made of.

    Attributes:
        tables: the published result tables by name; `values` is apart.
        names: sites, codes, items and how answers are called; and the quotes that are published.
        labels: in each language.
        hidden: every number that is left out, by its address (see `shown.hidden_addresses`).
    """

    tables: Mapping[str, Published]
    names: Mapping[str, pd.DataFrame]
    labels: Mapping[Language, Labels]
    analysis: dict[str, Any]
    hidden: Mapping[str, str]

    @cached_property
    def ways(self) -> Ways:
        """All tables with either filling; those of which nothing is left out are the same in both."""
        first = {**self.names, **{name: own.filled(0) for name, own in self.tables.items()}}
        second = {n: own.filled(1) for n, own in self.tables.items() if own.hidden.to_numpy().any()}
        return first, {**first, **second}

    @classmethod
    def of(
        cls,
        tables: Path,
        names: Path,
        quotes: Path,
        groups: Mapping[str, Mapping[str, str]],
        constructs: Mapping[str, Mapping[str, str]],
        analysis: dict[str, Any],
        inferences: Mapping[str, Mapping[str, str]],
    ) -> Material:
        """Read what `protect_tables` wrote; the other arguments as for `Labels.of`."""
        published = {p.stem: read_published(p) for p in sorted(tables.glob("*.csv")) if p.stem != "values"}
        called = {path.stem: read_table(path) for path in sorted(names.glob("*.csv"))}
        said = read_cells(quotes).assign(**_NOWHERE)
        if len(said):
            called["quotes"] = said[[column.name for column in TABLES["quotes"].columns]]
        labels: dict[Language, Labels] = {
            language: Labels.of(language, called, groups, constructs, analysis["scales"]["bands"], inferences)
            for language in get_args(Language)
        }
        return cls(published, called, labels, analysis, hidden_addresses(published))
