"""What is told of the protection of tables: how much was left out, by which rules, and what is left to know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from thongthin.interviews.signatures import Signature
from thongthin.synthesis.protection.masks import Protected, Rules

# What a quote is signed with, by whether it says the group and the site.
_SIGNED = {(True, True): "both", (False, True): "site", (True, False): "group", (False, False): "none"}


def protection_of(
    tables: Mapping[str, Protected],
    results: Iterable[str],
    rules: Rules,
    signed: Mapping[str, Signature],
    shown: Collection[str],
) -> dict[str, Any]:
    """What a reader of the report may know, as plain data; no cell is named.

    Args:
        tables: what is published.
        results: names of all result tables.
        signed: how each quote is signed.
        shown: quotes that the documents show.
    """
    counted = {
        name: [int(own.frame[own.numbers].notna().to_numpy().sum()), own.left_out] for name, own in tables.items()
    }
    own = [signed[quote] for quote in shown if quote in signed]
    kinds = Counter(_SIGNED[says.group, says.site] for says in own)
    return {
        "k": rules.k,
        "least": rules.least,
        "by_site": rules.by_site,
        "tables": counted,
        "not_published": sorted(set(results) - set(tables)),
        "signatures": dict(kinds),
        "least_shared": min((says.shared for says in own), default=0),
    }
