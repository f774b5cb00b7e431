"""What `@name` stands for in the patterns of claims; the plan of a build asks for it, and so imports little."""

from __future__ import annotations

from collections.abc import Sequence

from thongthin.contract.study import Study


def sets_of(study: Study, sites: Sequence[str]) -> dict[str, list[str]]:
    """What `@name` stands for in patterns: sites, groups, factors and outcomes, those that a study has."""
    found = {
        "sites": list(sites),
        "groups": [group.id for group in study.groups],
        "factors": [factor.id for factor in study.framework.factors],
        "outcomes": [outcome.id for outcome in study.framework.outcomes],
    }
    return {name: ids for name, ids in found.items() if ids}
