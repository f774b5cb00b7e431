"""How near a claim is to turning, in words of both languages."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal
from typing import Any

from thongthin.basics.language import Language, format_number
from thongthin.contract.tables import ALL
from thongthin.present.claims.file import LANGUAGES
from thongthin.present.claims.known import Known
from thongthin.present.claims.lexicon import small
from thongthin.present.claims.margins import Margin, Turn, column_of_key

Names = Mapping[Language, Mapping[str, str]]
Text = dict[Language, str]

_NONE: Text = {
    "en": "no change of one value turns it",
    "th": "การเปลี่ยนค่าเดียวไม่ทำให้ผลกลับกัน",
}
_GIVEN_UP: Text = {
    "en": "how near it is to turning is not told: it looks at too many values to find that in a few seconds",
    "th": "ไม่ได้บอกว่าต้องเปลี่ยนเท่าใดผลจึงจะกลับกัน เพราะใช้ค่าจำนวนมากเกินกว่าจะหาได้ในไม่กี่วินาที",
}
_TOTAL: Text = {"en": "all", "th": "รวม"}
_ONCE = "single"


def told(margin: Margin, known: Known, names: Names) -> dict[str, Any]:
    """A margin as JSON has it: each turn with its numbers and in words, and the whole in words (`en`, `th`).

    Args:
        names: language -> id -> what it is called in a sentence.
    """
    turns: list[dict[str, Any]] = []
    for turn in margin.turns:
        width = turn.by / turn.interval if turn.interval else None
        turns.append(
            {
                "key": turn.key,
                "from": turn.start,
                "by": _ten(turn.by),
                "to": _ten(turn.end),
                "rises": turn.rises,
                "past": turn.past,
                "steps": list(turn.steps) if turn.steps else None,
                "of_interval": None if width is None else _ten(width),
                "interval": of_interval(width),
                "proportion": _ten(turn.proportion),
                **{language: _turned(turn, known, names, language) for language in LANGUAGES},
            }
        )
    return {
        "turns": turns,
        "needed": list(margin.needed) if margin.needed else None,
        "given_up": margin.given_up,
        **{language: _said(margin, [own[language] for own in turns], language) for language in LANGUAGES},
    }


def of_interval(share: float | None) -> Text:
    """How a change compares with the confidence interval of its value; nothing where there is none."""
    if share is None:
        return {"en": "", "th": ""}
    percent = f"{share:.0%}" if share >= 0.01 else "< 1%"
    return {
        "en": f"{percent} of the width of its confidence interval",
        "th": f"{percent} ของความกว้างช่วงความเชื่อมั่นของค่านี้",
    }


def _said(margin: Margin, turns: list[str], language: Language) -> str:
    """The whole of it: "would turn if ..."."""
    if margin.needed is None:
        if not turns:
            return (_GIVEN_UP if margin.given_up else _NONE)[language]
        return f"would turn if {turns[0]}" if language == "en" else _after("ผลจะกลับกันหาก", turns[0])
    count, of = margin.needed
    nearest = "; ".join(turns)
    if language == "en":
        return f"would turn if it came out otherwise for {count} of the {of}" + (
            f"; nearest to that: {nearest}" * bool(turns)
        )
    return f"ผลจะกลับกันหาก {count} ใน {of} รายการให้ผลต่างออกไป" + (_after(" ที่ใกล้ที่สุดคือ", nearest) * bool(turns))


def _after(before: str, thai: str) -> str:
    """Thai words go on without a space, unless what follows is not Thai."""
    return f"{before}{'' if thai[:1] >= 'ก' else ' '}{thai}"


def _turned(turn: Turn, known: Known, names: Names, language: Language) -> str:
    """The change of one value: "the share (skills, all) fell by more than .05, below .50"."""
    value = f"{called(turn.key, names, language)} ({_number(turn.start, turn.key, language)})"
    goal = (
        f"{called(turn.past, names, language)} ({_number(known.value(turn.past), turn.past, language)})"
        if turn.past
        else _number(turn.end, turn.key, language)
    )
    end = _number(turn.end, turn.key, language)
    if turn.steps:
        count, of = turn.steps
        if language == "en":
            steps = f"{count} of {of} participants" if of else f"{count:,}"
            return f"{value} {'rose' if turn.rises else 'fell'} by {steps}, to {end}"
        steps = f"{count} จาก {of} คน" if of else f"{count:,}"
        return _after(f"{value} {'เพิ่มขึ้น' if turn.rises else 'ลดลง'} {steps} เป็น", end)
    if turn.by == 0:
        return f"{value} changed at all" if language == "en" else f"{value} เปลี่ยนแปลงแม้เพียงเล็กน้อย"
    amount = _amount(turn.by, turn.key, language)
    if language == "en":
        way = "rose" if turn.rises else "fell"
        if turn.point:
            return f"{value} {way} by {amount}, to exactly {goal}"
        return f"{value} {way} by more than {amount}, {'above' if turn.rises else 'below'} {goal}"
    way = "เพิ่มขึ้น" if turn.rises else "ลดลง"
    if turn.point:
        return _after(f"{value} {way} {amount} เป็น", goal) + " พอดี"
    return _after(f"{value} {way}เกิน {amount} จน{'สูงกว่า' if turn.rises else 'ต่ำกว่า'}", goal)


def called(key: str, names: Names, language: Language) -> str:
    """What a value is called in a sentence: its column, and in brackets what its row is about."""
    column, places = column_of_key(key), key.split(".")[1:-1]
    label = getattr(column, language) if column else key
    label = label if re.match(r"\w+'s", label) else small(label, language)  # Cronbach's alpha
    own, of = names[language], []
    while places:
        two = ".".join(places[:2])
        if len(places) > 1 and two in own:
            of.append(own[two])
            places = places[2:]
            continue
        place = places.pop(0)
        if place != _ONCE:
            of.append(_TOTAL[language] if place == ALL else own.get(place, place))
    return f"{label} ({', '.join(of)})" if of else label


def _number(value: float, key: str, language: Language) -> str:
    """A value with so many digits that those near each other are told apart."""
    column = column_of_key(key)
    format_ = column.format if column else "decimal"
    if format_ in ("count", "band") and float(value).is_integer():
        return f"{value:,.0f}"
    if format_ == "share" or (format_ == "p" and value < 0.001):
        return format_number(value, format_, language)
    return _plain(Decimal(f"{value:.3g}"), format_)


def _amount(by: float, key: str, language: Language) -> str:
    """A distance, with three digits, rounded up: who moves so far has moved far enough."""
    column = column_of_key(key)
    share = column is not None and column.format == "share"
    own = Decimal(repr(_ten(by * 100 if share else by)))
    step = Decimal(1).scaleb(own.adjusted() - 2)
    rounded = own.quantize(step, rounding=ROUND_CEILING)
    if rounded.adjusted() > own.adjusted():  # .0009999 is .00100, not .001000
        rounded = rounded.quantize(step.scaleb(1))
    text = _plain(rounded, column.format if column else "decimal")
    if share:
        return f"{text} percentage points" if language == "en" else f"{text} จุดร้อยละ"
    return text


def _plain(number: Decimal, format_: str) -> str:
    """Digits without an exponent; what can't be larger than 1 has no zero before the point."""
    text = f"{number:f}".replace("-", "−")
    whole = format_ not in ("coefficient", "p")
    return text if whole or abs(number) >= 1 else text.replace("0.", ".", 1)


def _ten(value: float) -> float:
    """Ten digits, as tables hold them."""
    return float(f"{value:.10g}") if math.isfinite(value) else value
