"""How near conditions are to turning: a little more than the margin turns them, a little less does not."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pandas as pd
import pytest
from amount import tried
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from thongthin.present.claims.conditions import Fault
from thongthin.present.claims.evaluation import Evaluation
from thongthin.present.claims.known import Known
from thongthin.present.claims.margin_words import told
from thongthin.present.claims.margins import Margin, Turn, margin_of
from thongthin.present.claims.predicates import FUNCTIONS

SITES = ["S01", "S02", "S03", "S04"]
SETS = {"sites": SITES}
LEVEL = 0.05
MEANS = [f"scale_statistics.skills.single.{site}.mean" for site in SITES]
OTHERS = [f"scale_statistics.budget.single.{site}.mean" for site in SITES]
P_VALUES = [f"site_comparison.{factor}.single.p" for factor in ("skills", "budget", "attitude")]
COUNTS = [f"sample.{what}.all.n" for what in ("sites", "coders")]
PEOPLE = 8
# A change that any arithmetic sees, and no value comes near to by chance.
LITTLE = 1e-7

_M, _O = "scale_statistics.skills.single.@sites.mean", "scale_statistics.budget.single.@sites.mean"
_S, _P = "themes_by_site.@sites.faster.share", "site_comparison.*.single.p"
# Conditions with each predicate; {a} and {b} are numbers that the values may be near to.
CONDITIONS = [
    f"largest(2, {_M}) = [S01, S02]",
    f"largest(1, {_M}) != [S03]",
    f"smallest(1, {_M}) = [S02]",
    f"not smallest(3, {_S}) = [S01, S02, S03]",
    f"ranked({_M}) = [S01, S02, S03, S04]",
    f"ranked({_M}) = ranked({_O})",
    f"which({_M} > {{a}}) = [S01, S03]",
    f"which(significant({_P})) = [skills]",
    f"one_of(S02, which({_S} >= 50%))",
    *(f"{quantifier}({_M} > {{a}})" for quantifier in ("all", "none", "some", "most", "half")),
    *(f"{quantifier}({_M} > {_O})" for quantifier in ("all", "none", "some", "most", "half")),
    *(f"{quantifier}(significant({_P}))" for quantifier in ("all", "none", "some", "most", "half")),
    f"all({_S} >= 50%)",
    f"all({_M} > max({_O}) - 4)",
    f"most({_M} >= {OTHERS[0]})",
    f"most({_M} >= {{a}} and {_O} <= {{b}})",
    f"none(rises({_M}, {_O}))",
    f"some({_M} - {_O} > {{a}})",
    f"count(between({_M}, {{a}}, {{b}})) >= 2",
    f"count(one_of({_S}, [0.25, 0.5]) or {_S} > 75%) != 2",
    f"which(not positive({_M})) = [S02] or which(negative({_O})) = []",
    f"total({_M}) - total({_O}) > {{a}} and half({_M} > {_O})",
    f"count({_M} > {{a}}) >= 2",
    f"count({_S} > 50%) = 1",
    f"significant({P_VALUES[0]})",
    f"positive({MEANS[0]})",
    f"negative({MEANS[1]})",
    f"rises({MEANS[0]}, {MEANS[1]}, {MEANS[2]})",
    f"falls({MEANS[0]}, {MEANS[1]})",
    f"within({{a}}, {_M})",
    f"between({MEANS[0]}, {{a}}, {{b}})",
    f"one_of({COUNTS[0]}, [2, 3, 5])",
    f"not one_of({MEANS[0]}, [{{a}}, 3])",
    f"defined({MEANS[0]})",
    f"max({_M}) < {{b}}",
    f"min({_M}) > {{a}}",
    f"spread({_M}) > {{a}}",
    f"total({_M}) > {{b}}",
    f"max({_M}) - min({_O}) >= {{a}} and {COUNTS[0]} > {COUNTS[1]}",
    f"{MEANS[0]} + {MEANS[1]} > {MEANS[2]} + {MEANS[3]} or significant({P_VALUES[1]})",
    f"{MEANS[0]} = {MEANS[1]}",
    f"{MEANS[0]} != {{a}}",
    f"{COUNTS[0]} = {COUNTS[1]}",
    f"{COUNTS[0]} != 3 and {COUNTS[1]} <= 4",
    f"{{a}} <= {MEANS[0]} < {MEANS[1]}",
    "themes_by_site.S01.faster.share = 100%",
    "themes_by_site.S01.faster.share > themes_by_site.S02.faster.share",
]  # fmt: skip

NUMBERS = st.one_of(st.integers(-3, 6).map(float), st.floats(-3, 6).map(lambda own: round(own, 6)))
SHARES = st.one_of(st.sampled_from([0.0, 1e-12, 0.001, LEVEL, 0.3, 1.0]), st.floats(0, 1).map(lambda o: round(o, 9)))


@st.composite
def worth(draw: st.DrawFn) -> dict[str, float]:
    """Values of a study, with ties, zeros, whole numbers among them."""
    found = {key: draw(NUMBERS) for key in (*MEANS, *OTHERS)}
    found |= {key: draw(SHARES) for key in P_VALUES}
    found |= {key: float(draw(st.integers(0, 5))) for key in COUNTS}
    for site in SITES:
        count, row = draw(st.integers(0, PEOPLE)), f"themes_by_site.{site}.faster"
        found |= {f"{row}.participants": float(count), f"{row}.denominator": float(PEOPLE)}
        found[f"{row}.share"] = float(f"{count / PEOPLE:.10g}")
    return found


@cache
def keys_of(keys: tuple[str, ...]) -> Known:
    frame = pd.DataFrame({"key": list(keys), "value": 0.0, "text_th": "ก", "text_en": "a"})
    return Known.computed(frame, SETS)


def known_of(values: Mapping[str, float]) -> Known:
    return replace(keys_of(tuple(values)), worth=values)


def holds(condition: str, values: Mapping[str, float]) -> bool | None:
    return Evaluation(known_of(values), LEVEL).holds(condition)


def moved(values: Mapping[str, float], turns: tuple[Turn, ...], more: float) -> dict[str, float]:
    """The values with each turn carried out: by its steps, or by a little more or less than its distance."""
    new = dict(values)
    for turn in turns:
        if turn.steps:
            by = turn.by if more >= 0 else turn.by - 1 / (turn.steps[1] or 1)
        else:
            by = turn.by + more * max(1.0, abs(turn.start), abs(turn.end))
        new[turn.key] = turn.start + (by if turn.rises else -by)
    return new


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_little_more_turns_and_a_little_less_does_not(condition: str) -> None:
    turned = 0

    @settings(max_examples=tried(40, least=12), derandomize=True, deadline=None, phases=[Phase.generate])
    @given(worth(), st.integers(-2, 6), st.floats(0, 6))
    def hold(values: dict[str, float], a: int, b: float) -> None:
        nonlocal turned
        text = condition.format(a=a, b=f"{max(a, b):.4f}").replace("[-", "[−")
        now, margin = holds(text, values), margin_of(text, known_of(values), LEVEL)
        assert margin is not None
        turned += bool(margin.turns)
        if not margin.turns:
            return
        point = any(turn.point for turn in margin.turns)
        more = 0.0 if point else LITTLE
        assert holds(text, moved(values, margin.turns, more)) is not now, (margin, values)
        if all(turn.by > 10 * LITTLE * max(1.0, abs(turn.start), abs(turn.end)) or turn.steps for turn in margin.turns):
            last = max(margin.turns, key=lambda turn: turn.proportion)
            others = tuple(turn for turn in margin.turns if turn is not last)
            nearly = {**moved(values, others, more), last.key: moved(values, (last,), -LITTLE)[last.key]}
            assert holds(text, nearly) is now, (margin, values)
        nothing_nearer(text, values, margin, now)

    hold()
    assert turned or "defined" in condition, "no example came near to turning"


def nothing_nearer(text: str, values: dict[str, float], margin: Margin, now: bool | None) -> None:
    """No single value turns the condition by a smaller change, as far as changes tried at random can tell."""
    dice = random.Random(text)
    nearest = margin.turns[0]
    for key in (*MEANS, *OTHERS, *P_VALUES):
        start = values[key]
        for _ in range(4):
            by = dice.uniform(-1, 1) * abs(start) * 2
            end = start + by
            if key.endswith(".p") and not 0 <= end <= 1:
                continue
            apart = abs(by) / (abs(start) + abs(by)) if by else 0.0
            if len(margin.turns) > 1 or (not nearest.steps and apart < nearest.proportion * (1 - LITTLE) - LITTLE):
                assert holds(text, {**values, key: end}) is now, (key, end, margin, values)


def test_every_predicate_is_tried() -> None:
    assert not [name for name in FUNCTIONS if not any(f"{name}(" in condition for condition in CONDITIONS)]


def told_in_words(condition: str, values: Mapping[str, float]) -> dict[str, str]:
    names = {language: {"skills": label, "budget": "B"} for language, label in (("th", "ทักษะ"), ("en", "skills"))}
    known = known_of(values)
    margin = margin_of(condition, known, LEVEL)
    assert margin
    found = told(margin, known, names)
    return {language: found[language] for language in ("en", "th")}


@pytest.mark.parametrize(
    ("condition", "values", "en", "th"),
    [
        (
            "largest(1, site_comparison.*.single.epsilon_squared) = [skills]",
            {f"site_comparison.{of}.single.epsilon_squared": e for of, e in (("skills", 0.4432), ("budget", 0.4321))},
            "would turn if epsilon squared (skills) (.443) fell by more than .0111, below epsilon squared (B) (.432)",
            "ผลจะกลับกันหากเอปไซลอนกำลังสอง (ทักษะ) (.443) ลดลงเกิน .0111 จนต่ำกว่าเอปไซลอนกำลังสอง (B) (.432)",
        ),
        (
            "themes_by_site.all.skills.share = 100%",
            {"themes_by_site.all.skills.share": 1, "themes_by_site.all.skills.participants": 6,
             "themes_by_site.all.skills.denominator": 6},
            "would turn if share (all, skills) (100.0%) fell by 1 of 6 participants, to 83.3%",
            "ผลจะกลับกันหากสัดส่วน (รวม, ทักษะ) (ร้อยละ 100.0) ลดลง 1 จาก 6 คน เป็นร้อยละ 83.3",
        ),
        (
            "not significant(site_comparison.skills.single.p)",
            {"site_comparison.skills.single.p": 0.0779},
            "would turn if p (skills) (.0779) fell by more than .0279, below .05",
            "ผลจะกลับกันหากค่า p (ทักษะ) (.0779) ลดลงเกิน .0279 จนต่ำกว่า .05",
        ),
        (
            "some(category_answers.sex.*.female.share > 50%)",
            {f"category_answers.sex.{site}.female.share": share for site, share in (("S01", 0.6), ("S02", 0.55))},
            "would turn if it came out otherwise for 2 of the 2; nearest to that: share (sex, S02, female) (55.0%) fell"
            " by more than 5.00 percentage points, below 50.0%; share (sex, S01, female) (60.0%) fell by more than 10.0"
            " percentage points, below 50.0%",
            "ผลจะกลับกันหาก 2 ใน 2 รายการให้ผลต่างออกไป ที่ใกล้ที่สุดคือสัดส่วน (sex, S02, female) (ร้อยละ 55.0) ลดลงเกิน"
            " 5.00 จุดร้อยละ จนต่ำกว่าร้อยละ 50.0; สัดส่วน (sex, S01, female) (ร้อยละ 60.0) ลดลงเกิน 10.0 จุดร้อยละ"
            " จนต่ำกว่าร้อยละ 50.0",
        ),
        (
            "sample.sites.all.n = 3",
            {"sample.sites.all.n": 2},
            "would turn if n (sites, all) (2) rose by 1, to 3",
            "ผลจะกลับกันหากจำนวน (sites, รวม) (2) เพิ่มขึ้น 1 เป็น 3",
        ),
        (
            "site_comparison.skills.single.p < .001",
            {"site_comparison.skills.single.p": 1e-9},
            "would turn if p (skills) (< .001) rose by more than .00100, above .001",
            "ผลจะกลับกันหากค่า p (ทักษะ) (< .001) เพิ่มขึ้นเกิน .00100 จนสูงกว่า .001",
        ),
        (
            "agreement.all.alpha = .8",
            {"agreement.all.alpha": 0.8},
            "would turn if Krippendorff's alpha (all) (.8) changed at all",
            "ผลจะกลับกันหากแอลฟาของคริปเพนดอร์ฟ (รวม) (.8) เปลี่ยนแปลงแม้เพียงเล็กน้อย",
        ),
        (
            "defined(agreement.all.alpha)",
            {"agreement.all.alpha": 0.8},
            "no change of one value turns it",
            "การเปลี่ยนค่าเดียวไม่ทำให้ผลกลับกัน",
        ),
    ],
)  # fmt: skip
def test_it_is_said_in_words_of_both_languages(condition: str, values: dict[str, float], en: str, th: str) -> None:
    assert told_in_words(condition, {key: float(own) for key, own in values.items()}) == {"en": en, "th": th}


def test_a_change_is_compared_with_the_confidence_interval_where_there_is_one() -> None:
    row = "scale_statistics.skills.single.all"
    values = {f"{row}.mean": 3.6, f"{row}.low": 3.4, f"{row}.high": 3.8, f"{row}.median": 4.0}
    for column, width in (("mean", 0.25), ("median", None)):
        margin = margin_of(f"{row}.{column} > 3.5", known_of(values), LEVEL)
        assert margin
        found = told(margin, known_of(values), {"th": {}, "en": {}})["turns"][0]["of_interval"]
        assert found == (pytest.approx(width) if width else None)


def test_what_is_undefined_has_no_margin() -> None:
    values = {"agreement.all.alpha": math.nan, "agreement.all.ac1": 0.9}
    assert margin_of("agreement.all.alpha > .8", known_of(values), LEVEL) is None
    either = margin_of("agreement.all.alpha > .8 or agreement.all.ac1 > .8", known_of(values), LEVEL)
    assert either and either.turns[0].key == "agreement.all.ac1"
    with pytest.raises(Fault):
        margin_of("agreement.all.alpha", known_of(values), LEVEL)


def of_many(count: int) -> dict[str, float]:
    dice = random.Random(7)
    alphas = {f"agreement.c{number}.alpha": round(dice.uniform(0.3, 0.99), 10) for number in range(count)}
    return alphas | {"agreement.c0.alpha": 0.995}


def test_of_a_thousand_values_the_nearest_is_told_as_of_a_few() -> None:
    values = of_many(1000)
    known = known_of(values)
    last = min(values, key=lambda key: values[key])
    below = margin_of("all(agreement.*.alpha > .2)", known, LEVEL)
    assert below and [(turn.key, turn.rises) for turn in below.turns] == [(last, False)]
    assert below.turns[0].by == pytest.approx(values[last] - 0.2)

    second = max(set(values) - {"agreement.c0.alpha"}, key=lambda key: values[key])
    first = margin_of("largest(1, agreement.*.alpha) = [c0]", known, LEVEL)
    assert first and first.turns[0].key == "agreement.c0.alpha" and first.turns[0].past == second
    assert first.turns[0].by == pytest.approx(0.995 - values[second])

    most = margin_of("most(agreement.*.alpha > .5)", known, LEVEL)
    above = sorted(value for value in values.values() if value > 0.5)
    assert most and most.needed == (len(above) - 500, 1000)
    assert [turn.start for turn in most.turns] == above[: len(above) - 500]


def test_one_value_that_many_are_compared_with_moves_for_all_of_them() -> None:
    values = of_many(50) | {"agreement.all.alpha": 0.25}
    found = margin_of("all(agreement.*.alpha > agreement.all.alpha)", known_of(values), LEVEL)
    least = min(own for key, own in values.items() if key != "agreement.all.alpha")
    assert found and found.turns[0].by == pytest.approx(least - 0.25)


def test_what_would_take_too_long_is_given_up_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    values, condition = of_many(100), "all(agreement.*.alpha > .2)"
    assert margin_of(condition, known_of(values), LEVEL) != Margin(given_up=True)
    monkeypatch.setattr("thongthin.present.claims.margins.MOST_LOOKS", 99)
    margin = margin_of(condition, known_of(values), LEVEL)
    assert margin == Margin(given_up=True)
    found = told(margin, known_of(values), {"th": {}, "en": {}})
    assert not found["turns"] and "too many values" in found["en"] and "จำนวนมากเกินกว่า" in found["th"]
