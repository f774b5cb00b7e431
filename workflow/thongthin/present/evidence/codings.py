"""The decisions of coders behind the coefficients of agreement: for each unit, who gave which code and who did not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from thongthin.interviews.agreement import COMPARED_UNITS, compare
from thongthin.interviews.decisions import Decisions

NEEDED = ("turns", "codings", "coverage", "codes")
# So many decisions of one kind of unit stand in a page; of a kind that has more, none do.
MOST_DECISIONS = 500_000
# What a coder decided on a unit: did not read it for the code, did not give it, gave it.
UNREAD, NO, YES = "-01"


def decisions_of(tables: Mapping[str, pd.DataFrame]) -> dict[str, Any]:
    """What coefficients of agreement are computed from (`interviews.agreement`), as plain data; nothing of one coder.

    Args:
        tables: processed tables by name.

    Returns:
        `coders`; and `kinds`: kind of unit -> `units` (participant, start, end, half-open), `coded` (code -> the
        decisions on it as it was given) and `rolled` (the same, where a code also counts that stands below it; codes
        alone of which these differ). Decisions on a code are one sign for each coder and unit, coder by coder.
    """
    if any(name not in tables for name in NEEDED) or tables["coverage"]["coder"].nunique() < 2:
        return {}
    turns, codings, coverage, codes = (tables[name] for name in NEEDED)
    found: dict[str, Any] = {"coders": [], "kinds": {}}
    for unit in COMPARED_UNITS:
        own = compare(turns, codings, coverage, codes, unit, tables.get("skipped"))
        if own.as_coded.present.size > MOST_DECISIONS:
            continue
        units = own.as_coded.units[["participant_id", "start", "end"]]
        coded, rolled = _signs(own.as_coded), _signs(own.rolled_up)
        found["coders"] = own.as_coded.coders
        found["kinds"][unit] = {
            "units": [list(row) for row in units.itertuples(index=False, name=None)],
            "coded": coded,
            "rolled": {code: signs for code, signs in rolled.items() if signs != coded[code]},
        }
    return found if found["kinds"] else {}


def _signs(decisions: Decisions) -> dict[str, str]:
    signs = np.where(decisions.read, np.where(decisions.present, YES, NO), UNREAD)
    return {code: "".join(signs[place].ravel()) for place, code in enumerate(decisions.codes)}
