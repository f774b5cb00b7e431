"""The scale that the answers to a question are on, told from their words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from thongthin.basics.language import one_line, parse_integer
from thongthin.contract.answer_scales import BUILT_IN, CHOSEN, AnswerScale, Point, comparable, number_and_words
from thongthin.contract.non_answers import non_answer
from thongthin.contract.scale_words import Order, order


class Guessed(NamedTuple):
    """A scale that the words of answers were taken for.

    Attributes:
        name: of a built-in scale; "" where it is none, and study.yml must declare it.
    """

    name: str
    scale: AnswerScale


def guess(answers: Iterable[str]) -> Guessed | None:
    """The scale whose words the answers are, leaving non-answers aside; None if that cannot be told.

    Either a built-in scale or one whose order can be read off the words (`scale_words`). On both, different answers
    have different values, and no value between two of them is left out: else the steps may be uneven, or are those of
    another scale, and there is no guess. The one that reads most answers counts ("ไม่แน่ใจ" is a point of some, and no
    answer to others), then one whose values are the numbers beside the words, then the one of whose points most were
    used, the built-in one first. Numbers alone say nothing of a scale, and one answer alone does not either.
    """
    said = tuple(dict.fromkeys(one_line(a) for a in answers if a and parse_integer(a) is None))
    return _guess(said)


@lru_cache(maxsize=4096)
def _guess(said: tuple[str, ...]) -> Guessed | None:
    best: tuple[tuple[int, bool, float], Guessed, dict[str, float]] | None = None
    for name, scale in BUILT_IN.items():
        values = {answer: value for answer in said if (value := scale.read(answer).value) is not None}
        left = [answer for answer in said if answer not in values and not non_answer(answer)]
        # "5 = agree" and "agree" are one wording: a form that changed in mid-fieldwork must not count twice.
        words = {comparable(unnumbered_words(answer)): value for answer, value in values.items()}
        # Compared from left to right: more answers read, then numbers that agree, then the share of points used. On a
        # tie the scale that stands first in the list stays.
        fit = len(words), _numbers_agree(values), len(words) / len(scale.points)
        if name != CHOSEN and not left and _even(words.values()) and (best is None or fit > best[0]):
            best = fit, Guessed(name, scale), values
    # Only here, not above: "ไม่แน่ใจ" is the middle of some built-in scales, and no answer beside others.
    aside = frozenset(answer for answer in said if non_answer(answer))
    found = order(said, aside)
    if found is None or any(answer not in found.values and answer not in aside for answer in said):
        return best[1] if best else None
    distinct = len(set(found.values.values()))
    fit = distinct, _numbers_agree(found.values), distinct / len(found.labels)
    # A silent choice between two orders could turn a scale round; a person is asked.
    if best and best[0] == fit and _ranks(best[2]) != _ranks(found.values):
        return None  # two orders are possible
    if best and best[0] >= fit:
        return best[1]
    scale = _as_scale(found)
    return Guessed("", scale) if all(scale.read(answer).value for answer in found.values) else None


def _as_scale(found: Order) -> AnswerScale:
    points = []
    for value, label in enumerate(map(unnumbered_words, found.labels), 1):
        ways = (unnumbered_words(answer) for answer, own in found.values.items() if own == value)
        points.append(Point(value, label, label, tuple(way for way in dict.fromkeys(ways) if way != label)))
    return AnswerScale(tuple(points))


def _numbers_agree(values: Mapping[str, float]) -> bool:
    """Whether a number stands beside every answer, and is its value."""
    return all((both := number_and_words(answer)) and both[0] == value for answer, value in values.items())


def _even(values: Collection[float]) -> bool:
    """Whether there are several values, no two alike, and none between them is left out."""
    own = set(values)
    return 1 < len(own) == len(values) == max(own) - min(own) + 1


def _ranks(values: Mapping[str, float]) -> dict[str, int]:
    ordered = sorted(set(values.values()))
    return {answer: ordered.index(value) for answer, value in values.items()}


def unnumbered_words(answer: str) -> str:
    """An answer without the number beside it, if it has one."""
    both = number_and_words(answer)
    return both[1] if both else one_line(answer)
