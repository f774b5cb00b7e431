"""What sentences are bound to: each claim with its conditions, the values that these look at, and where it is said."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

Record = dict[str, Any]

NAME = "claims.json"
KIND = "claim"


def claims_of(path: Path) -> dict[str, list[Record]]:
    """The conditions of each claim, as `check_claims` judged them; none where there is no such file.

    Each has its text, its line in claims.yml, whether it `holds` (None: a value is undefined), the keys of the values
    that it was judged by, its `margin`: how near it is to turning (`claims.margin_words.told`; None: not known), and
    whether it is the `nearest` of the claim.
    """
    found: dict[str, list[Record]] = {}
    for own in json.loads(path.read_text(encoding="utf-8")) if path.is_file() else ():
        condition = {"text": own["condition"], "line": own["line"], "holds": own["holds"], "keys": list(own["values"])}
        found.setdefault(own["claim"], []).append({**condition, "margin": own.get("margin"), "nearest": False})
    for conditions in found.values():
        if first := nearest(conditions):
            first["nearest"] = True
    return found


def nearest(conditions: Sequence[Record]) -> Record | None:
    """The condition by which a claim would turn first: of one that holds, that with the least margin.

    Several values at once come behind a single one; None where the claim does not hold, no margin is known, or one was
    given up, which may be less than all others.
    """
    if not all(own["holds"] for own in conditions) or any((own["margin"] or {}).get("given_up") for own in conditions):
        return None
    known = [own for own in conditions if own["margin"] and own["margin"]["turns"]]
    return min(known, key=lambda own: order_of(own["margin"]), default=None)


def order_of(margin: Record) -> tuple[int, float]:
    """By what margins are ordered: those of fewer values first, of these the smallest in proportion."""
    return len(margin["turns"]), max(turn["proportion"] for turn in margin["turns"])


def looking_at(claims: Mapping[str, Sequence[Record]], key: str) -> list[str]:
    """The claims that look at a number."""
    return [claim for claim, own in claims.items() if any(key in condition["keys"] for condition in own)]


def shown_claims(claims: Mapping[str, Sequence[Record]], said: Iterable[str], keys: set[str] | None) -> Record:
    """The claims that a page shows: those that its documents say.

    Args:
        said: ids of the claims that sentences are bound to.
        keys: of the numbers that the page may show; of a claim that looks at any other, no condition is shown, since it
            tells of it. None: all.
    """
    found: Record = {}
    for claim in dict.fromkeys(said):
        own = claims.get(claim, ())
        shown = keys is None or all({*condition["keys"]} <= keys for condition in own)
        found[claim] = [one if keys is None else _for_everybody(one, keys) for one in own] if shown else []
    return found


def _for_everybody(condition: Record, keys: set[str]) -> Record:
    """A condition whose margin tells of no number that a page does not show: of no interval, no count of people."""
    margin = condition["margin"]
    if not margin:
        return condition
    rows = (turn["key"].rpartition(".")[0] for turn in margin["turns"] if turn["steps"] and turn["steps"][1])
    if not all(f"{row}.denominator" in keys for row in rows):
        return {**condition, "margin": None, "nearest": False}
    turns = [{**turn, "of_interval": None, "interval": {"th": "", "en": ""}} for turn in margin["turns"]]
    return {**condition, "margin": {**margin, "turns": turns}}
