"""Conditions: what each predicate comes to, in three values, and what is said of one that is wrong."""

from __future__ import annotations

import math
import time

import pandas as pd
import pytest

from thongthin.present.claims.conditions import LONGEST, Fault, parsed
from thongthin.present.claims.evaluation import Evaluation
from thongthin.present.claims.known import Known
from thongthin.present.claims.predicates import EXAMPLES, FUNCTIONS

NOT_THERE = math.nan
SETS = {"sites": ["S01", "S02", "S03"], "factors": ["skills", "budget", "attitude"]}
EFFECTS = {"skills": 0.4, "budget": 0.3, "attitude": 0.1}
WORTH = {
    **{f"themes_by_site.S0{n}.faster.share": share for n, share in ((1, 0.9), (2, 0.5), (3, 0.6))},
    "themes_by_site.all.faster.share": 0.66,
    **{f"site_comparison.{f}.single.epsilon_squared": e for f, e in EFFECTS.items()},
    "site_comparison.success.single.epsilon_squared": 0.5,
    **{f"site_comparison.{f}.single.p": p for f, p in (("skills", 0.001), ("budget", 0.049), ("attitude", 0.05))},
    "site_comparison.success.single.p": NOT_THERE,
    **{f"before_after.service.{s}.mean_before": m for s, m in (("S01", 3.0), ("S02", 3.2), ("S03", 3.1), ("all", 3.1))},
    **{f"before_after.service.{s}.mean_after": m for s, m in (("S01", 4.0), ("S02", 3.2), ("S03", 3.9), ("all", 3.7))},
    "outcome_model.skills.estimate": 0.35,
    "outcome_model.budget.estimate": -0.1,
    "outcome_model.attitude.estimate": 0.0,
    "scale_statistics.skills.single.all.band": 2.0,
}  # fmt: skip


@pytest.fixture(scope="module")
def known() -> Known:
    values = pd.DataFrame({"key": list(WORTH), "value": list(WORTH.values()), "text_th": "ก", "text_en": "a"})
    return Known.computed(values, SETS)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("themes_by_site.S01.faster.share > themes_by_site.S02.faster.share", True),
        ("themes_by_site.S01.faster.share > themes_by_site.S03.faster.share > themes_by_site.S02.faster.share", True),
        ("themes_by_site.S01.faster.share > themes_by_site.S02.faster.share > themes_by_site.S03.faster.share", False),
        ("themes_by_site.S02.faster.share = 50%", True),
        ("themes_by_site.S02.faster.share = ๕๐%", True),
        ("themes_by_site.S02.faster.share != .5", False),
        ("themes_by_site.S02.faster.share ≤ 0.5", True),
        ("themes_by_site.S01.faster.share - themes_by_site.S02.faster.share >= 0.4", True),
        ("themes_by_site.S02.faster.share + 0.1 = themes_by_site.S03.faster.share", True),
        ("largest(2, site_comparison.@factors.single.epsilon_squared) = [budget, skills]", True),
        ("largest(2, site_comparison.*.single.epsilon_squared) = [budget, skills]", False),  # success is larger
        ("largest(1, site_comparison.{skills, budget}.single.epsilon_squared) = [skills]", True),
        ("smallest(1, site_comparison.*.single.epsilon_squared) = [attitude]", True),
        ("smallest(1, site_comparison.*.single.epsilon_squared) != [attitude]", False),
        ("ranked(site_comparison.*.single.epsilon_squared) = [success, skills, budget, attitude]", True),
        ("ranked(site_comparison.*.single.epsilon_squared) = [skills, success, budget, attitude]", False),
        ("largest(1, themes_by_site.*.faster.share) = [S01]", True),  # `*` is not the total
        ("all(themes_by_site.@sites.faster.share >= 50%)", True),
        ("all(themes_by_site.@sites.faster.share > 50%)", False),
        ("none(themes_by_site.@sites.faster.share > 95%)", True),
        ("some(themes_by_site.@sites.faster.share > 89%)", True),
        ("most(themes_by_site.@sites.faster.share > 50%)", True),
        ("most(themes_by_site.{S01, S02}.faster.share > 50%)", False),
        ("half(themes_by_site.{S01, S02}.faster.share > 50%)", True),
        ("count(themes_by_site.@sites.faster.share > 50%) = 2", True),
        ("which(themes_by_site.@sites.faster.share > 50%) = [S03, S01]", True),
        ("all(before_after.service.@sites.mean_after >= before_after.service.@sites.mean_before)", True),
        ("all(before_after.service.*.mean_after > before_after.service.*.mean_before)", False),
        ("significant(site_comparison.budget.single.p)", True),
        ("significant(site_comparison.attitude.single.p)", False),  # p = .05 is not below .05
        ("not significant(site_comparison.attitude.single.p)", True),
        ("which(significant(site_comparison.@factors.single.p)) = [skills, budget]", True),
        ("rises(before_after.service.all.mean_before, before_after.service.all.mean_after)", True),
        ("rises(before_after.service.S02.mean_before, before_after.service.S02.mean_after)", False),
        ("falls(before_after.service.all.mean_after, before_after.service.all.mean_before)", True),
        ("positive(outcome_model.skills.estimate) and negative(outcome_model.budget.estimate)", True),
        ("positive(outcome_model.attitude.estimate) or negative(outcome_model.attitude.estimate)", False),
        ("within(0.2, before_after.service.@sites.mean_before)", True),
        ("within(0.19, before_after.service.@sites.mean_before)", False),
        ("between(themes_by_site.S02.faster.share, 0.5, 0.6)", True),
        ("one_of(scale_statistics.skills.single.all.band, [2, 3])", True),
        ("one_of(skills, largest(2, site_comparison.@factors.single.epsilon_squared))", True),
        ("one_of(attitude, largest(2, site_comparison.@factors.single.epsilon_squared))", False),
        ("defined(site_comparison.success.single.p)", False),
        ("max(before_after.service.@sites.mean_after) = 4", True),
        ("min(before_after.service.@sites.mean_after) = 3.2", True),
        ("spread(before_after.service.@sites.mean_after) > spread(before_after.service.@sites.mean_before)", True),
        ("total(themes_by_site.{S01, S02}.faster.share) = 1.4", True),
        # What is undefined is neither true nor false; and what is decided without it is decided.
        ("significant(site_comparison.success.single.p)", None),
        ("not significant(site_comparison.success.single.p)", None),
        ("site_comparison.success.single.p < .05 and significant(site_comparison.attitude.single.p)", False),
        ("site_comparison.success.single.p < .05 or significant(site_comparison.skills.single.p)", True),
        ("all(significant(site_comparison.*.single.p))", False),
        ("some(significant(site_comparison.*.single.p))", True),
        ("most(significant(site_comparison.*.single.p))", None),
        ("half(significant(site_comparison.*.single.p))", True),
        ("count(significant(site_comparison.*.single.p)) = 2", None),
        ("largest(1, site_comparison.*.single.p) = [attitude]", None),
        ("which(significant(site_comparison.*.single.p)) = [skills, budget]", None),
    ],
)  # fmt: skip
def test_what_a_condition_comes_to(known: Known, condition: str, holds: bool | None) -> None:
    assert Evaluation(known).holds(condition) is holds


def test_a_tie_is_no_rank(known: Known) -> None:
    tied = Known.computed(
        pd.DataFrame(
            {
                "key": [f"site_comparison.{f}.single.epsilon_squared" for f in ("skills", "budget", "attitude")],
                "value": [0.4, 0.4, 0.1],
                "text_th": "",
                "text_en": "",
            }
        ),
        SETS,
    )
    of = "site_comparison.*.single.epsilon_squared"
    assert Evaluation(tied).holds(f"largest(1, {of}) = [skills]") is False
    assert Evaluation(tied).holds(f"largest(2, {of}) = [skills, budget]") is True
    assert Evaluation(tied).holds(f"ranked({of}) = [skills, budget, attitude]") is False
    for none in (f"ranked({of})", f"largest(1, {of})"):
        assert Evaluation(tied).holds(f"{none} = {none}") is False, "no order is the same as another that is none"
        assert Evaluation(tied).holds(f"{none} != {none}") is True


def test_the_level_of_significance_is_that_of_the_study(known: Known) -> None:
    assert Evaluation(known, 0.01).holds("significant(site_comparison.budget.single.p)") is False


@pytest.mark.parametrize(
    ("condition", "said", "hint"),
    [
        ("themes_by_site.S01.faster.share >", "ends too early", ""),
        ("themes_by_site.S01.faster.share > > 3", '">" can\'t stand here', ""),
        ("__import__('os').system('true')", "can't stand here", ""),
        ("larges(1, site_comparison.*.single.p) = [skills]", 'no predicate "larges"', '"largest"'),
        ("largest(1, site_comparison.*.singl.p) = [skills]", '"singl"', '"single"'),
        ("largest(1, site_comparison.*.single.pp) = [skills]", '"pp"', '"p"'),
        ("largest(1, site_comparison.*.single.p) = [skils]", '"skils"', '"skills"'),
        ("largest(1, site_comparison.{skils, budget}.single.p) = [budget]", '"skils"', '"skills"'),
        ("largest(1, site_compare.*.single.p) = [skills]", '"site_compare"', '"site_comparison"'),
        ("all(themes_by_site.@site.faster.share > 1%)", '"@site"', '"sites"'),
        ("themes_by_site.@sites.faster.share > 50%", "several values", "all("),
        ("all(themes_by_site.S01.faster.share > 50%)", "pattern", ""),
        ("largest(1, themes_by_site.S01.faster.share) = [S01]", "pattern", ""),
        ("largest(3, themes_by_site.@sites.faster.share) = [S01]", "no choice", ""),
        ("largest(themes_by_site.@sites.faster.share) = [S01]", "arguments", "largest("),
        ("largest(1, themes_by_site.@sites.faster.share)", "says what something is", "="),
        ("themes_by_site.S01.faster.share > 50", "between 0 and 1", "50%"),
        ("significant(themes_by_site.S01.faster.share)", "p value", ""),
        ("all(themes_by_site.@sites.faster.share > site_comparison.@factors.single.p)", "same names", ""),
        ("themes_by_site.*.share > 1%", "places", "themes_by_site."),
        ("[S01] > [S02]", "Names can only be compared", ""),
        ("not " * 60 + "defined(themes_by_site.S01.faster.share)", "deeper", ""),
        ("(" * 40 + "1 = 1" + ")" * 40, "deeper", ""),
        ("1 = 1 and " * 300 + "1 = 1", "longer", ""),
    ],
)
def test_what_is_wrong_is_said(known: Known, condition: str, said: str, hint: str) -> None:
    with pytest.raises(Fault) as caught:
        Evaluation(known).holds(condition)
    assert said in caught.value.en
    assert hint in caught.value.hint_en
    assert caught.value.th
    assert 1 <= caught.value.at <= len(condition) + 1


@pytest.mark.parametrize(
    "condition",
    [
        "",
        " ",
        "a",
        "a.b",
        "(",
        ")",
        "[",
        "1",
        "=",
        "{a}",
        "a.{",
        "@x",
        "*",
        '"',
        "a.b. > 1",
        "a..b > 1",
        "1 = 1",
        "x" * LONGEST,
    ],
)
def test_scraps_end_in_a_sentence(known: Known, condition: str) -> None:
    with pytest.raises(Fault):
        Evaluation(known).holds(condition)


def test_each_predicate_has_an_example_that_can_be_read() -> None:
    assert set(EXAMPLES) == set(FUNCTIONS)
    for name, example in EXAMPLES.items():
        assert f"{name}(" in example
        parsed(example)


def test_the_values_that_were_looked_at_are_told(known: Known) -> None:
    evaluation = Evaluation(known)
    evaluation.holds("smallest(1, site_comparison.@factors.single.epsilon_squared) = [attitude]")
    assert list(evaluation.used) == [
        f"site_comparison.{factor}.single.epsilon_squared" for factor in ("skills", "budget", "attitude")
    ]


def test_a_claim_takes_less_than_a_millisecond() -> None:
    keys = [f"item_statistics.Q{n}.S{s}.{c}" for n in range(300) for s in range(12) for c in ("n", "mean", "sd", "se")]
    known = Known.computed(pd.DataFrame({"key": keys, "value": range(len(keys)), "text_th": "", "text_en": ""}), {})
    conditions = [f"largest(1, item_statistics.Q{n}.*.mean) = [S11]" for n in range(40)]
    for condition in conditions:
        parsed(condition)
    start = time.process_time()
    for condition in conditions:
        assert Evaluation(known).holds(condition) is True
    first = time.process_time() - start
    assert first / len(conditions) < 0.02  # the first look through a table of 14,400 keys
    start = time.process_time()
    for condition in conditions:
        Evaluation(known).holds(condition)
    assert (time.process_time() - start) / len(conditions) < 0.001
