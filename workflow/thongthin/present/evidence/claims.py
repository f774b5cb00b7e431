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

    Each has its text, its line in claims.yml, whether it `holds` (None: a value is undefined), and the keys of the
    values that it was judged by.
    """
    found: dict[str, list[Record]] = {}
    for own in json.loads(path.read_text(encoding="utf-8")) if path.is_file() else ():
        condition = {"text": own["condition"], "line": own["line"], "holds": own["holds"], "keys": list(own["values"])}
        found.setdefault(own["claim"], []).append(condition)
    return found


def looking_at(claims: Mapping[str, Sequence[Record]], key: str) -> list[str]:
    """The claims that look at a number."""
    return [claim for claim, own in claims.items() if any(key in condition["keys"] for condition in own)]


def shown_claims(claims: Mapping[str, Sequence[Record]], said: Iterable[str], keys: set[str] | None) -> Record:
    """The claims that a page shows: those that its documents say.

    Args:
        said: ids of the claims that sentences are bound to.
        keys: of the numbers that the page may show; a claim that looks at any other is left out, since its condition
            tells of it. None: all.
    """
    bound = set(said)
    return {
        claim: list(own)
        for claim, own in claims.items()
        if claim in bound and (keys is None or all({*condition["keys"]} <= keys for condition in own))
    }
