"""The predicates and functions of conditions: `largest`, `all`, `significant` and the others, each with an example."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

from thongthin.present.claims.conditions import Call, Compared, Fault, Key, Node, Number
from thongthin.present.claims.evaluation import (
    KEY_HINTS,
    Evaluation,
    Names,
    Numbers,
    Result,
    Truths,
    compare,
    refuse_unknown,
)
from thongthin.present.claims.known import column_of
from thongthin.present.claims.moving import total


def _arguments(node: Call, least: int, most: int | None = None) -> tuple[Node, ...]:
    count = len(node.arguments)
    if count < least or (most is not None and count > most):
        wanted = str(least) if most == least else f"{least}–{most}" if most else f"≥ {least}"
        raise Fault(
            f"{node.name}(...) takes {wanted} arguments, and has {count}.",
            f"{node.name}(...) ต้องมี {wanted} ส่วน แต่มี {count}",
            f"Such as: {EXAMPLES[node.name]}.",
            f"เช่น {EXAMPLES[node.name]}",
            at=node.at,
        )
    return node.arguments


def _whole(node: Node) -> int:
    if not isinstance(node, Number) or node.value < 1 or node.value != int(node.value):
        raise Fault("A whole number is wanted here.", "ตรงนี้ต้องเป็นจำนวนเต็ม", at=node.at)
    return int(node.value)


def _family(evaluation: Evaluation, node: Node) -> Mapping[str, float]:
    """Values with names, of which there must be several."""
    of = evaluation.numbers(node).of
    if "" in of:
        raise Fault(
            "A pattern that stands for several values is wanted here.",
            "ตรงนี้ต้องเป็นรูปแบบที่หมายถึงหลายค่า",
            "Such as: table.*.column.",
            "เช่น table.*.column",
            at=node.at,
        )
    return of


def _extreme(evaluation: Evaluation, node: Call) -> Names:
    """The n largest or smallest; none where the n-th is no larger than the next."""
    how_many, family = _arguments(node, 2, 2)
    number, of = _whole(how_many), _family(evaluation, family)
    if number >= len(of):
        raise Fault(f"{number} of {len(of)} are no choice.", f"{number} จาก {len(of)} ไม่ใช่การเลือก", at=node.at)
    if any(map(math.isnan, of.values())):
        return Names(None, tuple(of))
    *first, next_ = _foremost(of, number + 1, rising=node.name == "smallest")
    tied = compare("=", of[first[-1]], of[next_])
    return Names(() if tied else tuple(first), tuple(of), tied=bool(tied))


def _foremost(of: Mapping[str, float], number: int, *, rising: bool) -> list[str]:
    """The names of so many of the largest, or of the smallest, in their order; of equal ones, the first."""
    found: list[str] = []
    before = operator.lt if rising else operator.gt
    for name, own in of.items():
        place = len(found)
        while place and before(own, of[found[place - 1]]):
            place -= 1
        if place < number:
            found.insert(place, name)
            del found[number:]
    return found


def _in_order(evaluation: Evaluation, node: Call) -> Names:
    """All from the largest to the smallest; none where two are equal."""
    of = _family(evaluation, _arguments(node, 1, 1)[0])
    if any(map(math.isnan, of.values())):
        return Names(None, tuple(of), ordered=True)
    ranked = sorted(of, key=lambda name: -float(of[name]))
    tied = any(compare("=", of[a], of[b]) for a, b in pairwise(ranked))
    return Names(() if tied else tuple(ranked), tuple(of), ordered=True, tied=tied)


def _which(evaluation: Evaluation, node: Call) -> Names:
    """Those of which it holds."""
    (argument,) = _arguments(node, 1, 1)
    of = _several(evaluation, argument)
    if any(own is None for own in of.values()):
        return Names(None, tuple(of))
    return Names(tuple(name for name, own in of.items() if own), tuple(of))


def _several(evaluation: Evaluation, node: Node) -> Mapping[str, bool | None]:
    of = evaluation.truths(node).of
    if "" in of:
        raise Fault(
            "A condition on a pattern is wanted here, which stands for several values.",
            "ตรงนี้ต้องเป็นเงื่อนไขของรูปแบบที่หมายถึงหลายค่า",
            "Such as: table.*.column > 3.5.",
            "เช่น table.*.column > 3.5",
            at=node.at,
        )
    return of


def _quantified(evaluation: Evaluation, node: Call) -> Truths:
    """Whether it holds of all, none, some, most (more than half) or (at least) half of a family."""
    of = list(_several(evaluation, _arguments(node, 1, 1)[0]).values())
    true, unknown, n = of.count(True), of.count(None), len(of)
    wanted: Callable[[int], bool] = {
        "all": lambda count: count == n,
        "none": lambda count: count == 0,
        "some": lambda count: count > 0,
        "most": lambda count: 2 * count > n,
        "half": lambda count: 2 * count >= n,
    }[node.name]
    outcomes = {wanted(count) for count in range(true, true + unknown + 1)}
    return Truths({"": outcomes.pop() if len(outcomes) == 1 else None})


def _count(evaluation: Evaluation, node: Call) -> Numbers:
    """Of how many it holds."""
    of = list(_several(evaluation, _arguments(node, 1, 1)[0]).values())
    return Numbers({"": math.nan if None in of else float(of.count(True))})


def _significant(evaluation: Evaluation, node: Call) -> Truths:
    """Whether p lies below the level of significance."""
    (argument,) = _arguments(node, 1, 1)
    if not isinstance(argument, Key) or column_of(argument) != "p":
        raise Fault(
            "significant(...) takes the key of a p value.",
            "significant(...) ต้องใช้คีย์ของค่า p",
            f"Such as: {EXAMPLES['significant']}.",
            f"เช่น {EXAMPLES['significant']}",
            at=node.at,
        )
    return _each(evaluation.numbers(argument), lambda p: p < evaluation.level)


def _signed(evaluation: Evaluation, node: Call) -> Truths:
    """Whether a value is above or below zero."""
    sign = 1 if node.name == "positive" else -1
    return _each(evaluation.numbers(_arguments(node, 1, 1)[0]), lambda value: value * sign > 0)


def _each(numbers: Numbers, test: Callable[[float], bool]) -> Truths:
    return Truths({name: None if math.isnan(own) else test(own) for name, own in numbers.of.items()})


def _moves(evaluation: Evaluation, node: Call) -> Truths:
    """Whether values rise, or fall, from each to the next."""
    arguments = _arguments(node, 2)
    sign = "<" if node.name == "rises" else ">"
    return evaluation.truths(Compared(arguments, (sign,) * (len(arguments) - 1), node.at))


def _within(evaluation: Evaluation, node: Call) -> Truths:
    """Whether values differ by no more than so much from each other."""
    first, *rest = _arguments(node, 2)
    if not isinstance(first, Number):
        raise Fault("A number is wanted here.", "ตรงนี้ต้องเป็นตัวเลข", at=first.at)
    values = [value for own in rest for value in evaluation.numbers(own).of.values()]
    if any(map(math.isnan, values)):
        return Truths({"": None})
    return Truths({"": compare("<=", max(values) - min(values), first.value)})


def _between(evaluation: Evaluation, node: Call) -> Truths:
    """Whether a value lies between two others, or is one of them."""
    value, low, high = _arguments(node, 3, 3)
    return evaluation.truths(Compared((low, value, high), ("<=", "<="), node.at))


def _one_of(evaluation: Evaluation, node: Call) -> Truths:
    """Whether a value, or a name, is among those listed."""
    what, among = (evaluation.result(own) for own in _arguments(node, 2, 2))
    if not isinstance(among, Names):
        raise Fault("A list is wanted here.", "ตรงนี้ต้องเป็นรายการ", "Such as: [2, 3].", "เช่น [2, 3]", at=node.at)
    if isinstance(what, Names):
        refuse_unknown(what, among, node)
        if what.found is None or among.found is None:
            return Truths({"": None})
        return Truths({"": set(what.found) <= set(among.found)})
    if not isinstance(what, Numbers):
        raise Fault("A value or a name is wanted here.", "ตรงนี้ต้องเป็นค่าหรือชื่อ", *KEY_HINTS, at=node.at)
    listed = [own for own in among.found or () if isinstance(own, float)]
    return _each(what, lambda value: any(compare("=", value, own) for own in listed))


def _defined(evaluation: Evaluation, node: Call) -> Truths:
    """Whether there is a value at all."""
    of = evaluation.numbers(_arguments(node, 1, 1)[0]).of
    return Truths({name: not math.isnan(own) for name, own in of.items()})


def _summary(evaluation: Evaluation, node: Call) -> Numbers:
    """The largest or the smallest of some values, how far these lie apart, or their total."""
    values = [value for own in _arguments(node, 1) for value in evaluation.numbers(own).of.values()]
    if any(map(math.isnan, values)):
        return Numbers({"": math.nan})
    found: dict[str, Callable[[Iterable[float]], float]] = {
        "max": max,
        "min": min,
        "total": total,
        "spread": lambda own: max(own) - min(own),
    }
    return Numbers({"": found[node.name](values)})


FUNCTIONS: dict[str, Callable[[Evaluation, Call], Result]] = {
    "largest": _extreme,
    "smallest": _extreme,
    "ranked": _in_order,
    "which": _which,
    **dict.fromkeys(("all", "none", "some", "most", "half"), _quantified),
    "count": _count,
    "significant": _significant,
    **dict.fromkeys(("positive", "negative"), _signed),
    **dict.fromkeys(("rises", "falls"), _moves),
    "within": _within,
    "between": _between,
    "one_of": _one_of,
    "defined": _defined,
    **dict.fromkeys(("max", "min", "spread", "total"), _summary),
}
EXAMPLES = {
    "largest": "largest(2, site_comparison.*.single.epsilon_squared) = [communication, infrastructure]",
    "smallest": "smallest(1, site_comparison.*.single.epsilon_squared) = [attitude]",
    "ranked": "ranked(before_after.service.@sites.mean_change) = [S01, S03, S02]",
    "which": "which(significant(outcome_model.@factors.p)) = [skills, communication]",
    "all": "all(themes_by_site.@sites.faster.share > 50%)",
    "none": "none(themes_by_site.*.duplication.share > 90%)",
    "some": "some(scale_statistics.*.single.all.mean < 3)",
    "most": "most(themes_by_site.all.*.share > 50%)",
    "half": "half(themes_by_site.all.*.share > 50%)",
    "count": "count(significant(site_comparison.*.single.p)) = 6",
    "significant": "significant(site_comparison.attitude.single.p)",
    "positive": "positive(outcome_model.skills.estimate)",
    "negative": "negative(outcome_model.skills.estimate)",
    "rises": "rises(before_after.service.all.mean_before, before_after.service.all.mean_after)",
    "falls": "falls(before_after.service.all.mean_before, before_after.service.all.mean_after)",
    "within": "within(0.1, scale_statistics.skills.single.@sites.mean)",
    "between": "between(agreement.all.alpha, .667, .80)",
    "one_of": "one_of(scale_statistics.skills.single.all.band, [2, 3])",
    "defined": "defined(saturation.all.point)",
    "max": "max(scale_statistics.skills.single.@sites.mean) < 4",
    "min": "min(scale_statistics.skills.single.@sites.mean) > 2",
    "spread": "spread(scale_statistics.skills.single.@sites.mean) > 1",
    "total": "total(category_answers.frequency.all.{weekly, monthly}.share) > 50%",
}
