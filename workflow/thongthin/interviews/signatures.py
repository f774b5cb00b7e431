"""How quotes are signed: no finer than is shared by k people.

A quote that says site and group tells who spoke where few hold that role there. So it is signed by the finest of group
and site, site, and group that at least k people share: those who hold the role there, where sites.csv says how many
(`people`), or those who were interviewed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from thongthin.basics.records import records
from thongthin.contract.study import Study
from thongthin.contract.tables import ALL

People = Mapping[str, Mapping[str, int]]


class Signature(NamedTuple):
    """What a quote is signed with, beside the id of the participant.

    Attributes:
        shared: by how many people what it is signed with is shared.
    """

    group: bool
    site: bool
    shared: int


def signature(site: str, group: str, participants: pd.DataFrame, people: People, k: int) -> Signature:
    """The finest signature of a quote from a group at a site.

    Args:
        participants: table `participants`.
        people: site -> group ("" for all at the site) -> how many there are (`read.frame.read_people`).
        k: fewest people who must share it.
    """
    for with_group, with_site in ((True, True), (False, True), (True, False)):
        n = shared(site if with_site else ALL, group if with_group else ALL, participants, people)
        if n >= k:
            return Signature(with_group, with_site, n)
    return Signature(False, False, len(participants))


def shared(site: str, group: str, participants: pd.DataFrame, people: People) -> int:
    """How many people there are of a group at a site (`all`: of any); at least those who were interviewed."""
    rows = participants
    rows = rows if site == ALL else rows[rows["site_id"] == site]
    rows = rows if group == ALL else rows[rows["group"] == group]
    known = 0
    for of, counts in people.items():
        if site in (ALL, of):
            known += counts.get(group, 0) if group != ALL else counts.get("", 0) or sum(counts.values())
    return max(known, len(rows))


def as_signed(quotes: pd.DataFrame, signed: Mapping[str, Signature]) -> pd.DataFrame:
    """The table of quotes with group and site as far as the signature of each says them, and empty where not."""
    rows = quotes.copy()
    for part, column in (("group", "group"), ("site", "site_id")):
        says = [getattr(signed[quote], part) for quote in rows["quote_id"]]
        rows[column] = rows[column].where(pd.Series(says, index=rows.index, dtype=bool), "")
    return rows


def signatures_of(
    study: Study, quotes: pd.DataFrame, participants: pd.DataFrame, people: People, k: int
) -> dict[str, Signature] | None:
    """How the quotes of a study are signed; None of a simulated one, behind which is nobody."""
    return None if study.provenance == "simulated" else signatures(quotes, participants, people, k)


def signatures(quotes: pd.DataFrame, participants: pd.DataFrame, people: People, k: int) -> dict[str, Signature]:
    """The signature of each quote, by its id."""
    return {
        quote["quote_id"]: signature(quote["site_id"], quote["group"], participants, people, k)
        for quote in records(quotes)
    }
