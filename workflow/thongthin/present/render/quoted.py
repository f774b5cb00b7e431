"""The quotes of a study, as a document in one language shows them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from thongthin.basics.language import Language, has_thai
from thongthin.contract.study import Study
from thongthin.contract.tables import read_table
from thongthin.interviews.signatures import Signature
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
    listed = read_table(sites, "sites")
    names = {**dict(zip(listed["site_id"], listed[f"name_{language}"], strict=True)), **short_names(listed, language)}
    groups = {group.id: getattr(group.one or group.label, language) for group in study.groups}
    return {
        row["quote_id"]: Quote(
            text=row["text"],
            translation=row[f"translation_{language}"],
            language="th" if has_thai(row["text"]) else "en",
            participant=row["participant_id"],
            group=groups[row["group"]] if signed is None or signed[row["quote_id"]].group else "",
            site=names[row["site_id"]] if signed is None or signed[row["quote_id"]].site else "",
        )
        for row in read_table(quotes, "quotes").to_dict("records")
    }
