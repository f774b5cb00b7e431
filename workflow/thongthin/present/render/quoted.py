"""The quotes of a study, as a document in one language shows them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from thongthin.basics.language import Language, has_thai
from thongthin.basics.records import records
from thongthin.contract.study import Study
from thongthin.contract.tables import read_table
from thongthin.interviews.signatures import Signature, as_signed
from thongthin.present.labels import short_names
from thongthin.present.render.composition import Quote


def quotes_in(
    language: Language,
    quotes: Path | str,
    sites: Path | str,
    study: Study,
    signed: Mapping[str, Signature] | None = None,
) -> dict[str, Quote]:
    """The quotes by id, with what they say and who said them in one language.

    Args:
        quotes, sites: where the tables of these names stand.
        signed: what each quote is signed with, beside the participant's id; group and site where nothing is said.
    """
    rows = read_table(quotes, "quotes")
    return shown_quotes(language, rows if signed is None else as_signed(rows, signed), sites, study)


def shown_quotes(language: Language, quotes: pd.DataFrame, sites: Path | str, study: Study) -> dict[str, Quote]:
    """The same of rows whose group and site are empty where nothing is said of them."""
    listed = read_table(sites, "sites")
    names = {"": "", **dict(zip(listed["site_id"], listed[f"name_{language}"], strict=True))}
    names |= short_names(listed, language)
    groups = {"": "", **{group.id: getattr(group.one or group.label, language) for group in study.groups}}
    return {
        row["quote_id"]: Quote(
            text=row["text"],
            translation=row[f"translation_{language}"],
            language="th" if has_thai(row["text"]) else "en",
            participant=row["participant_id"],
            group=groups[row["group"]],
            site=names[row["site_id"]],
        )
        for row in records(quotes)
    }
