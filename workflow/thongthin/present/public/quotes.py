"""The quotes that are published: what was said, and a signature that many share."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import pandas as pd

from thongthin.basics.language import Language, has_thai
from thongthin.contract.study import Study
from thongthin.contract.tables import read_cells, read_table
from thongthin.interviews.signatures import Signature
from thongthin.present.labels import short_names
from thongthin.present.render.composition import Quote

COLUMNS = ("quote_id", "participant_id", "code_id", "group", "site_id", "text", "translation_th", "translation_en")


def signed_quotes(quotes: pd.DataFrame, signed: Mapping[str, Signature], shown: Collection[str]) -> pd.DataFrame:
    """The quotes that documents show, with group and site as far as their signatures say them.

    Nothing that is published joins a participant's id to anything but these.
    """
    rows = quotes[quotes["quote_id"].isin(list(shown))].copy()
    for column in ("group", "site"):
        says = [getattr(signed[quote], column) for quote in rows["quote_id"]]
        name = {"group": "group", "site": "site_id"}[column]
        rows[name] = rows[name].where(pd.Series(says, index=rows.index, dtype=bool), "")
    return rows[list(COLUMNS)]


def quotes_for(language: Language, quotes: Path, sites: Path, study: Study) -> dict[str, Quote]:
    """The published quotes by id, as a document in one language shows them."""
    listed = read_table(sites, "sites")
    names = {**dict(zip(listed["site_id"], listed[f"name_{language}"], strict=True)), **short_names(listed, language)}
    groups = {group.id: getattr(group.one or group.label, language) for group in study.groups}
    return {
        row["quote_id"]: Quote(
            text=row["text"],
            translation=row[f"translation_{language}"],
            language="th" if has_thai(row["text"]) else "en",
            participant=row["participant_id"],
            group=groups.get(row["group"], ""),
            site=names.get(row["site_id"], ""),
        )
        for row in read_cells(quotes).to_dict("records")
    }
