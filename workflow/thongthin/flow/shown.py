"""What the documents of a study show in any language, for steps that make it for all of them at once."""

from __future__ import annotations

from typing import Literal

from thongthin.flow.planning import Plan


def shown(plan: Plan, study: str, what: Literal["values", "figures", "quotes"]) -> list[str]:
    """Keys of numbers, names of figures, or ids of quotes that the documents of a study ask for, sorted."""
    return sorted(
        {request.name for of in plan.of_study(study) for request in getattr(plan.requested(study, *of), what)}
    )
