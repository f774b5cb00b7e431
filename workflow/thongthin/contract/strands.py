"""What a study is made of: interviews, their coding, a survey; and what each rule of the workflow needs of it.

`strands` in study.yml says what was collected. Where it says nothing, there are interviews, and a survey if there is
`survey:`; a study without interviews has to say so, since they may as well have been forgotten. Interviews are coded as
soon as a file lies in coding/; until then they can be read, counted and quoted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Literal, get_args

from thongthin.basics.files import files_in

# What a study collected; a study of both is mixed.
Strand = Literal["interviews", "survey"]
Part = Literal["interviews", "coding", "survey", "model", "qca"]

# Rules that need something that not every study has.
NEEDS: dict[Part, tuple[str, ...]] = {
    "interviews": ("read_participants", "read_interviews", "read_quotes", "measure_interviews", "fill_checklists"),
    "coding": (
        *("read_codebook", "read_coding", "export_coding"),
        *("count_themes", "count_cooccurrence", "balance_valence", "compare_themes", "explore_differences"),
        *("measure_agreement", "measure_saturation", "check_quotes", "join_strands", "analyse_configurations"),
    ),
    "survey": (
        *("read_survey", "check_responses", "describe_missing"),
        *("measure_reliability", "check_dimensionality", "score_scales", "describe_items", "describe_scales"),
        *("compare_scales", "compare_categories", "compare_before_after", "assess_sample", "join_strands"),
    ),
    "model": ("fit_outcome_model", "compare_models", "compare_imputation"),
    "qca": ("analyse_configurations",),
}


def collected(strands: Collection[Strand] | None, *, survey: bool) -> frozenset[Strand]:
    """The strands of a study.

    Args:
        strands: as study.yml says; None where it does not.
        survey: whether there is `survey:`.
    """
    return frozenset(strands or ("interviews", *(("survey",) if survey else ())))


def parts_of(said: object, raw: Path) -> frozenset[Part]:
    """What there is of a study.

    Args:
        said: what stands in study.yml, right or wrong.
        raw: the folder of the study in data/raw.
    """
    keys = said if isinstance(said, dict) else {}
    parts: set[Part] = {*collected(named_strands(keys), survey=bool(keys.get("survey")))}
    if "interviews" in parts and coding_files(raw):
        parts.add("coding")
    if keys.get("model") or keys.get("models"):
        parts.add("model")
    return frozenset(parts | ({"qca"} if keys.get("qca") else set()))


def named_strands(keys: Mapping[Any, object]) -> list[Strand]:
    """The strands that study.yml names; none where it leaves that out."""
    named = keys.get("strands")
    return [strand for strand in get_args(Strand) if isinstance(named, list) and strand in named]


def coding_files(raw: Path) -> list[str]:
    """What a coding tool exported, in the folder `raw` of a study."""
    return files_in(raw / "coding", folders=(".qda",))


def applies(rule: str, parts: Collection[Part]) -> bool:
    """Whether a rule of the workflow makes anything of a study with these parts."""
    return all(part in parts for part, rules in NEEDS.items() if rule in rules)
