"""The quotes that are published: what was said, and a signature that many share."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import pandas as pd

from thongthin.basics.language import Language
from thongthin.contract.study import Study
from thongthin.contract.tables import read_cells
from thongthin.interviews.signatures import Signature, as_signed
from thongthin.present.render.composition import Quote
from thongthin.present.render.quoted import shown_quotes

COLUMNS = ("quote_id", "participant_id", "code_id", "group", "site_id", "text", "translation_th", "translation_en")


def signed_quotes(quotes: pd.DataFrame, signed: Mapping[str, Signature], shown: Collection[str]) -> pd.DataFrame:
    """The quotes that documents show, with group and site as far as their signatures say them.

    Nothing that is published joins a participant's id to anything but these.
    """
    return as_signed(quotes[quotes["quote_id"].isin(list(shown))], signed)[list(COLUMNS)]


def quotes_for(language: Language, quotes: Path, sites: Path, study: Study) -> dict[str, Quote]:
    """The published quotes by id, as a document in one language shows them."""
    return shown_quotes(language, read_cells(quotes), sites, study)
