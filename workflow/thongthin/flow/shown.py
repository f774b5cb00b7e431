"""What the documents of a study show in any language, for steps that make it for all of them at once."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Literal

from thongthin.contract.documents import documents_of
from thongthin.flow.planning import Plan
from thongthin.present.render.requested import WORDS


def shown(plan: Plan, study: str, what: Literal["values", "figures", "quotes"]) -> list[str]:
    """Keys of numbers, names of figures, or ids of quotes that the documents of a study ask for, sorted.

    Words that the data decide are no numbers.
    """
    every = product(documents_of(Path(), study), plan.config.languages)
    names = {request.name for own in every for request in getattr(plan.requested(study, *own), what)}
    return sorted(name for name in names if what != "values" or not name.startswith(f"{WORDS}."))
