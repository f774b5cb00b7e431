"""The usual answers of scales in English and Thai as ladders, lowest first: what `scale_words` lays answers against.

Of each rung stand the usual ways to write it, with `{}` for what the answers of a scale share ("very {}") and `*` for
anything. Adverbs and their order follow Vagias (2006) and the usual forms of opinion, health and service surveys.
"""

from __future__ import annotations

import re
from typing import NamedTuple

Rung = tuple[str, ...]
Ladder = tuple[Rung, ...]


def _rung(ways: str) -> Rung:
    """The ways to write a rung, joined by |."""
    return tuple(ways.split("|"))


def _each(adverbs: str, *forms: str) -> Rung:
    """Every adverb before and behind what the answers share, or in the forms given."""
    return tuple(form.replace("*", adverb) for adverb in adverbs.split("|") for form in forms or ("* {}", "{} *"))


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in text.split("|"))


# How much.
_NONE = _rung(
    "not at all {}|not {} at all|not {}|un {}|no {}|none|none at all|no {} at all|nothing|not at all|almost no {}"
    "|hardly any {}|to no extent|not at all a {}|not a {}|in no way {}|not in the least {}|would not {}|zero {}"
)
_SLIGHT = _each(
    "slightly|a little|a little bit|a bit|very little|of little|little|hardly|barely|minor|mild|mildly|small|low"
    "|slight|to a small extent|to a little extent|not very|not too|not so|not much|not really|not that|not particularly"
    "|limited|marginally|not very much"
)
_SOME = _each(
    "moderately|somewhat|fairly|moderate|some|medium|partly|partially|reasonably|average|to some extent|rather"
    "|to a moderate extent|neutral|relatively|pretty|quite"
)
_VERY = _each(
    "very|highly|quite|quite a bit|quite a lot|considerably|much|a lot|mostly|largely|greatly|great|serious|seriously"
    "|severe|high|to a great extent|to a large extent|large|major|strongly|substantially|considerable|pretty|fairly"
    "|good"
)
_EXTREME = _rung("essential|crucial|vital") + _each(
    "extremely|completely|totally|absolutely|entirely|fully|very much|a great deal|exceptionally|essential|extreme|most"
    "|perfectly|very severe|to a very great extent|to a very large extent|to the fullest extent|very great|very large"
    "|very high|always|critically|critical|very serious|extraordinarily|tremendously|very strongly"
)
_TOP, _PLAIN = _VERY + _EXTREME, ("{}",)
# What stands above the word alone: "very important" above "important", which "fairly" and "mostly" do not.
_ABOVE = _EXTREME + _each("very|highly|greatly|great|serious|seriously|severe|high|large|major|strongly|considerably")
_LEVEL_LEAST = _each("very low|lowest|extremely low|very little|least", "* {}")
_LEVEL_LITTLE, _LEVEL_HIGH = _each("low|little", "* {}"), _each("high|much", "* {}")
_LEVEL_MOST = ("essential", *_each("very high|highest|extremely high|very much|most", "* {}"))
_NOBODY, _EVERYBODY = _rung("none {}|nobody {}|no one {}"), _rung("all {}|everyone {}|everybody {}")

_UNIPOLAR_EN = (
    (_NONE, _SLIGHT, _SOME, _VERY, _EXTREME),
    (_NONE, _SLIGHT, _SOME, _TOP),
    (_NONE, _SLIGHT, _VERY, _EXTREME),
    (_NONE, _SLIGHT, _TOP),
    (_NONE, _SOME, _TOP),
    (_NONE, _SLIGHT, _PLAIN),
    (_NONE, _SOME, _PLAIN),
    (_NONE, _SLIGHT, _SOME, _PLAIN, _ABOVE),
    (_NONE, _SLIGHT + _SOME, _PLAIN, _ABOVE),
    (_NONE, _SOME, _VERY, _EXTREME),
    (_NONE, _SLIGHT, _each("somewhat|some|fairly|rather"), _each("moderately|moderate"), _TOP),
    (_NONE, _each("slightly|a little|a little bit|slight"), _each("somewhat|some"), _each("moderately|moderate|fairly"),
     _VERY, _EXTREME),
    (_NONE, _each("slightly|a little"), _each("somewhat"), _each("fairly|quite"), _EXTREME),
    (_NONE, _LEVEL_LITTLE, _each("slightly|somewhat|some"), _rung("neutral|neither"),
     _each("moderately|moderate|medium"), _each("very|high|highly"), _each("extremely|essential")),
    (_rung("would not {}|will not {}|definitely not {}"),
     _rung("might or might not {}|may or may not {}|might {}|maybe {}"), _rung("definitely {}|would {}|will {}")),
    (_NOBODY, _each("some|a few|few|very few"), _each("half|about half"), _each("most|many|nearly all"), _EVERYBODY),
    (_NOBODY, _each("some|a few|few"), _each("most|many"), _EVERYBODY),
    (_NOBODY, _each("some|a few|most"), _EVERYBODY),
    (_LEVEL_LEAST, _LEVEL_LITTLE, _SOME, _LEVEL_HIGH, _LEVEL_MOST),
    (_LEVEL_LITTLE, _SOME, _LEVEL_HIGH),
    (_LEVEL_LEAST, _LEVEL_LITTLE, _LEVEL_HIGH, _LEVEL_MOST),
    (_NONE, _LEVEL_LITTLE, _SOME, _LEVEL_HIGH),
    (_NONE, _LEVEL_LITTLE, _SOME, _LEVEL_HIGH, _LEVEL_MOST),
    (_NONE, _LEVEL_LEAST, _LEVEL_LITTLE, _SOME, _LEVEL_HIGH, _LEVEL_MOST),
)  # fmt: skip

# How often.
_NEVER = _rung("never {}|not at all|none of the time|at no time|{} never|never or almost never")
_ALMOST_NEVER = _each(
    "almost never|hardly ever|very rarely|very seldom|nearly never|hardly|almost not at all|very infrequently"
)
_RARELY = _each(
    "rarely|seldom|once in a while|a little of the time|not often|infrequently|rarely or never|occasionally"
    "|not very often|a few times|from time to time|rarely or none of the time|every once in a while|not usually"
    "|usually not|once or twice|now and then"
)
_SOMETIMES = _each(
    "sometimes|occasionally|some of the time|now and then|about half the time|half the time|from time to time|at times"
    "|half of the time|about half of the time|sometimes but infrequently|regularly|every now and then|moderately"
)
_OFTEN = _each(
    "often|frequently|most of the time|fairly often|quite often|usually|mostly|a good bit of the time|regularly"
    "|a lot of the time|generally|many times|almost every time|nearly every time|much of the time|fairly frequently"
    "|most times"
)
_VERY_OFTEN = _each(
    "very often|very frequently|almost always|nearly always|usually|almost every time|most of the time"
    "|nearly every time|constantly|almost all of the time|extremely often|always or almost always"
)
_ALWAYS = _each("always|all of the time|every time|all the time|constantly|at all times|continually")
_TH_NONE = _rung("ไม่{}เลย|ไม่{}|ไม่มี{}เลย|ไม่มี{}|ไม่ได้{}เลย|ไม่ได้{}|ไม่เลย|ไม่มีเลย|ไม่มี|ไม่เคย{}|{}ไม่เลย|{}ไม่มีเลย|ไม่เคย{}เลย")
_TH_LEAST = _rung("{}น้อยที่สุด|{}น้อยมาก|{}น้อยมากที่สุด|{}เล็กน้อยมาก")
_TH_LITTLE = _rung("{}น้อย|{}เล็กน้อย|{}นิดหน่อย|{}เพียงเล็กน้อย|{}ค่อนข้างน้อย|ไม่ค่อย{}|ไม่ค่อยได้{}")
_TH_SOME = _rung("{}ปานกลาง|{}พอสมควร|{}พอประมาณ|{}พอใช้|เฉยๆ|{}บ้าง|{}บางส่วน|{}กลางๆ|พอ{}")
_TH_MUCH = _rung("{}มาก|{}ค่อนข้างมาก|{}เป็นส่วนใหญ่|{}ส่วนใหญ่|{}อย่างมาก")
_TH_MOST = _rung("{}มากที่สุด|{}ที่สุด|{}อย่างยิ่ง|{}อย่างมาก|{}มากๆ|{}เป็นอย่างยิ่ง|{}เป็นอย่างมาก|{}ทั้งหมด|{}มากอย่างยิ่ง")
_TH_BIT = _rung("{}บ้าง|{}บางครั้ง|{}เล็กน้อย|{}บางส่วน|{}นิดหน่อย|{}น้อย|{}เป็นบางครั้ง|{}บ้างบางครั้ง")
_TH_RATHER = _rung("ค่อนข้าง{}|{}ปานกลาง|ค่อนข้างจะ{}|{}พอสมควร|{}ส่วนใหญ่|{}เป็นส่วนใหญ่")
_TH_ENTIRE = _rung("{}มาก|{}ที่สุด|{}มากที่สุด|{}|{}แน่นอน|{}ทั้งหมด|{}อย่างยิ่ง|{}เป็นประจำ|{}ทุกครั้ง")

_UNIPOLAR_TH = (
    (_TH_LEAST, _TH_LITTLE, _TH_SOME, _TH_MUCH, _TH_MOST),
    (_TH_LITTLE, _TH_SOME, _TH_MUCH + _TH_MOST),
    (_TH_LEAST, _TH_LITTLE, _TH_MUCH, _TH_MOST),
    (_TH_NONE, _TH_LITTLE + _TH_LEAST, _TH_SOME, _TH_MUCH + _TH_MOST),
    (_TH_NONE, _TH_LITTLE + _TH_LEAST, _TH_SOME, _TH_MUCH, _TH_MOST),
    (_TH_NONE, _TH_LEAST, _TH_LITTLE, _TH_SOME, _TH_MUCH, _TH_MOST),
    (_TH_NONE, _TH_LITTLE, _TH_MUCH, _TH_MOST),
    (_TH_NONE, _TH_LITTLE, ("{}ค่อนข้างมาก",), ("{}มาก", *_TH_MOST)),
    (_TH_NONE, _TH_LITTLE + _TH_SOME, _TH_MUCH + _TH_MOST),
    (_TH_NONE, _TH_BIT, _TH_RATHER, _TH_ENTIRE),
    (_TH_NONE, _TH_BIT + _TH_RATHER, _TH_ENTIRE),
    (("{}น้อย",), ("{}ค่อนข้างน้อย",), _TH_SOME, ("{}ค่อนข้างมาก",), ("{}มาก",)),
    (("{}น้อยที่สุด", "{}น้อยมาก"), ("{}น้อย",), ("{}ค่อนข้างน้อย",), _TH_SOME, ("{}ค่อนข้างมาก",), ("{}มาก",), ("{}มากที่สุด",)),
    (_rung("{}ต่ำมาก|{}ต่ำที่สุด"), _rung("{}ต่ำ|{}ค่อนข้างต่ำ"), _rung("{}ปานกลาง|ปานกลาง"), _rung("{}สูง|{}ค่อนข้างสูง"),
     _rung("{}สูงมาก|{}สูงที่สุด")),
    (_rung("{}ต่ำ|{}น้อย"), _rung("{}ปานกลาง|ปานกลาง"), ("{}สูง",)),
    (("{}ต่ำมาก",), ("{}ต่ำ",), ("{}สูง",), ("{}สูงมาก",)),
    (("{}ต่ำ",), ("{}ค่อนข้างต่ำ",), _rung("{}ปานกลาง|ปานกลาง"), ("{}ค่อนข้างสูง",), ("{}สูง",)),
    (_rung("{}ต่ำมาก|{}ต่ำที่สุด"), ("{}ต่ำ",), ("{}ค่อนข้างต่ำ",), _rung("{}ปานกลาง|ปานกลาง"), ("{}ค่อนข้างสูง",), ("{}สูง",),
     _rung("{}สูงมาก|{}สูงที่สุด")),
)  # fmt: skip
_TH_NEVER = _rung("ไม่เคย{}|ไม่เคย|ไม่เคย{}เลย|ไม่{}เลย|ไม่{}|ไม่ได้{}|ไม่มี|ไม่เลย|ไม่มีเลย|{}ไม่เคย|ไม่เคยมี")
_TH_ALMOST_NEVER = _rung(
    "แทบไม่{}|แทบไม่เคย{}|แทบจะไม่{}|แทบจะไม่เคย{}|แทบไม่มี|แทบจะไม่มี|{}น้อยครั้งมาก|เกือบไม่เคย{}|แทบไม่{}เลย"
    "|{}นานมากครั้ง|แทบไม่เคย{}เลย|{}น้อยมาก|{}น้อยที่สุด|{}นานๆมากครั้ง"
)
_TH_RARELY = _rung(
    "{}นานๆครั้ง|{}นานๆที|{}น้อยครั้ง|{}นานๆ|ไม่ค่อย{}|ไม่บ่อย|{}ไม่บ่อย|{}ไม่บ่อยนัก|{}นานครั้ง|{}เป็นครั้งคราว"
    "|{}น้อย|{}นานๆทีครั้ง|{}ไม่ค่อยบ่อย|{}บ้างเล็กน้อย"
)
_TH_SOMETIMES = _rung(
    "{}บางครั้ง|{}เป็นบางครั้ง|{}บางครั้งบางคราว|{}เป็นครั้งคราว|{}บ้างบางครั้ง|{}บ้าง|{}บางโอกาส|{}พอสมควร"
    "|{}ครั้งคราว|{}เป็นบางโอกาส|{}บางเวลา|{}บ้างเป็นบางครั้ง|{}บางคราว|{}เป็นบางครั้งบางคราว"
)
_TH_OFTEN = _rung(
    "{}บ่อยครั้ง|{}บ่อย|{}บ่อยๆ|{}ค่อนข้างบ่อย|{}เป็นส่วนใหญ่|{}ส่วนใหญ่|{}ส่วนมาก|{}เกือบทุกครั้ง|{}เกือบประจำ"
    "|{}เกือบเป็นประจำ|{}บ่อยๆครั้ง|{}ค่อนข้างบ่อยครั้ง|{}เป็นส่วนมาก"
)
_TH_VERY_OFTEN = _rung("{}บ่อยมาก|{}บ่อยที่สุด|{}บ่อยครั้งมาก|{}เกือบทุกครั้ง|{}เกือบตลอดเวลา|{}เกือบเสมอ|{}บ่อยมากๆ|{}แทบทุกครั้ง")
_TH_ALWAYS = _rung(
    "{}เป็นประจำ|{}ประจำ|{}ทุกครั้ง|{}เสมอ|{}เสมอๆ|{}สม่ำเสมอ|{}อย่างสม่ำเสมอ|{}เป็นประจำสม่ำเสมอ|{}ตลอดเวลา"
    "|{}ตลอด|{}เป็นประจำทุกครั้ง|{}เป็นประจำทุกวัน|{}ประจำสม่ำเสมอ|{}อย่างสม่ำเสมอทุกครั้ง"
)


def _frequencies(
    never: Rung, almost: Rung, rarely: Rung, sometimes: Rung, often: Rung, more: Rung, always: Rung
) -> tuple[Ladder, ...]:
    """The ladders of how often something is done, of three to seven rungs."""
    seldom = rarely + almost
    return (
        (never, seldom, sometimes, often + more, always + more),
        (never + almost, rarely, sometimes, often, always + more),
        (never, seldom, sometimes, often + more),
        (never + almost, rarely, sometimes, always),
        (never, sometimes, often + more, always),
        (seldom, sometimes, often + more, always),
        (never, seldom, often + more, always),
        (almost, sometimes, often, always + more),
        (almost, rarely, sometimes, often, always + more),
        (never, sometimes + rarely, always + often + more),
        (seldom + never, sometimes, always + often + more),
        (never, sometimes, often, more, always),
        (never, almost, rarely, sometimes, often, always),
        (never, almost, rarely, sometimes, often + more, always + more),
        (never, seldom, sometimes, often, more, always),
        (never, almost, rarely, sometimes, often, more, always),
    )


def _ladder(*rungs: str) -> Ladder:
    return tuple(map(_rung, rungs))


_FREQUENCY = (
    *_frequencies(_NEVER, _ALMOST_NEVER, _RARELY, _SOMETIMES, _OFTEN, _VERY_OFTEN, _ALWAYS),
    *_frequencies(_TH_NEVER, _TH_ALMOST_NEVER, _TH_RARELY, _TH_SOMETIMES, _TH_OFTEN, _TH_VERY_OFTEN, _TH_ALWAYS),
    _ladder("never", "sometimes", "about half the time|half the time", "most of the time", "always"),
    _ladder("none of the time|never", "a little of the time", "some of the time", "a good bit of the time",
            "most of the time", "all of the time"),
    _ladder("none of the time|at no time|never", "a little of the time|some of the time", "less than half of the time",
            "more than half of the time", "most of the time", "all of the time"),
    _ladder("rarely or none of the time", "some or a little of the time", "occasionally or a moderate amount of time"
            "|occasionally or a moderate amount of the time", "most or all of the time"),
    _ladder("not at all", "several days", "more than half the days", "nearly every day"),
    _ladder("almost never", "very infrequently", "somewhat infrequently", "somewhat frequently", "very frequently",
            "almost always"),
    _ladder("never true {}", "rarely true {}", "sometimes but infrequently true {}", "neutral", "sometimes true {}",
            "usually true {}", "always true {}"),
    _ladder("ไม่เลย|ไม่มีเลย|ไม่มี", "มีบางวัน*|เป็นบางวัน*|บางวัน*", "มีบ่อย*|เป็นบ่อย*|บ่อย*|มีมากกว่าครึ่ง*|มากกว่าครึ่ง*",
            "มีทุกวัน*|เป็นทุกวัน*|ทุกวัน*|เกือบทุกวัน*"),
)  # fmt: skip

NEUTRAL = _rung(
    "neutral|neither|neither *|undecided|uncertain|not sure|unsure|no opinion|indifferent|so so|about the same"
    "|the same|same|no change|unchanged|average|ok|okay|mixed|might or might not {}|maybe|perhaps|possibly"
    "|no preference|no effect|about right|stayed the same|stay the same|{} neutral|fair|neutral *|no difference"
    "|in between|equal|both equally|mixed feelings|about average|nor agree nor disagree"
    "|unsure *|may or may not {}|depends|it depends|no impact|ไม่แน่ใจ|เฉยๆ|เฉย|ปานกลาง|เป็นกลาง|กลางๆ"
    "|กลาง|ไม่มีความเห็น|ไม่มีความคิดเห็น|รู้สึกเฉยๆ|พอใช้|เท่าเดิม|เหมือนเดิม|ไม่เปลี่ยนแปลง|คงเดิม"
    "|ไม่ทั้งสองอย่าง|ก้ำกึ่ง|ธรรมดา|ลังเล|ยังไม่ตัดสินใจ|ไม่ทั้ง*|ไม่แน่ใจว่า*|ไม่{}และไม่*|ไม่แน่ใจ*"
    "|ทั้งสองอย่าง|พอๆกัน|เท่าๆกัน|ไม่ใช่ทั้ง*|เป็นกลาง*|อาจจะ|ไม่แตกต่าง|พอดี|ปกติ|half {}"
)
# Beside plain words ("likely", "very likely") also these; beside "somewhat likely" they are a degree of their own.
MIDDLE = NEUTRAL + _rung("moderately {}|moderate {}|{}ปานกลาง")


class _Pole(NamedTuple):
    """One side of a scale of two poles: its intensities, "disagree" or "agree"."""

    slight: Rung
    some: Rung
    medium: Rung
    plain: Rung
    much: Rung
    most: Rung

    @property
    def strong(self) -> Rung:
        return self.much + self.most

    @property
    def weak(self) -> Rung:
        return self.slight + self.some + self.medium


_ADVERBS = _Pole(
    _rung("slightly|a little|a bit|mildly|a little bit|minor|slight|marginally"),
    _rung("somewhat|fairly|rather|tend to|partly|partially|probably|more or less|quite|to some extent|some"),
    _rung("moderately|mostly|generally|mainly|considerably|quite|moderate"),
    _rung(""),
    _rung(
        "very|strongly|highly|much|definitely|certainly|greatly|well|far|a lot|major|significantly|strong|quite a lot"
        "|really"
    ),
    _rung(
        "extremely|completely|totally|absolutely|entirely|perfectly|fully|very much|a great deal|very strongly|wholly"
        "|utterly"
    ),
)


def _pole(*forms: str) -> _Pole:
    """The adverbs in forms such as "* {}" and "* un {}"."""
    return _Pole(
        *(
            tuple(dict.fromkeys(re.sub(" +", " ", f.replace("*", adverb)).strip() for adverb in rung for f in forms))
            for rung in _ADVERBS
        )
    )


_UP, _DOWN = _pole("* {}", "{} *"), _pole("* un {}", "un {} *", "* not {}", "* {} not", "not {} *")
_NOT_AT_ALL = _rung("not at all {}|not {} at all|un {} at all")
_UP_TH = _Pole(
    _rung("{}เล็กน้อย|{}บ้าง|{}น้อย|{}นิดหน่อย|{}บางครั้ง"),
    _rung("ค่อนข้าง{}|{}บางส่วน|ค่อนข้างจะ{}|{}ค่อนข้างน้อย|น่าจะ{}|อาจจะ{}"),
    _rung("{}ปานกลาง|{}พอสมควร|{}เป็นส่วนใหญ่|{}ส่วนใหญ่"),
    _rung("{}"),
    _rung("{}มาก|{}อย่างมาก|{}แน่นอน|{}เป็นอย่างมาก|แน่นอน{}|{}ค่อนข้างมาก"),
    _rung("{}อย่างยิ่ง|{}มากที่สุด|{}ที่สุด|{}เป็นอย่างยิ่ง|{}ทั้งหมด|{}โดยสิ้นเชิง|{}อย่างเต็มที่|{}อย่างแน่นอน|{}มากๆ"),
)
_DOWN_TH = _Pole(
    _rung("ไม่{}เล็กน้อย|ไม่{}บ้าง|ไม่{}นิดหน่อย|ไม่{}บางครั้ง"),
    _rung("ค่อนข้างไม่{}|ไม่ค่อย{}|ไม่ค่อยจะ{}|ไม่{}บางส่วน|ไม่สู้{}|น่าจะไม่{}|อาจจะไม่{}|ค่อนข้างจะไม่{}"),
    _rung("ไม่{}ปานกลาง|ไม่{}พอสมควร"),
    _rung("ไม่{}"),
    _rung("ไม่{}มาก|ไม่{}อย่างมาก|ไม่{}แน่นอน|ไม่{}เป็นอย่างมาก|แน่นอนไม่{}|ไม่{}เลย"),
    _rung("ไม่{}อย่างยิ่ง|ไม่{}มากที่สุด|ไม่{}ที่สุด|ไม่{}เป็นอย่างยิ่ง|ไม่{}ทั้งหมด|ไม่{}โดยสิ้นเชิง|ไม่{}เลย|ไม่{}อย่างแน่นอน|ไม่{}มากๆ|ไม่มี{}เลย"),
)


def _two_poles(up: _Pole, down: _Pole, not_at_all: Rung) -> list[Ladder]:
    """All ladders with two poles, with a middle and without: as many intensities below as above."""
    lowest = down.strong + not_at_all
    halves: list[tuple[Ladder, Ladder]] = [
        ((up.plain,), (down.plain,)),
        ((up.plain, up.strong), (down.plain, lowest)),
        ((up.plain, up.strong), (down.weak, lowest)),
        ((up.plain, up.strong), (down.weak, down.plain)),
        ((up.weak, up.strong), (down.weak, lowest)),
        ((up.weak, up.strong), (down.plain, lowest)),
        ((up.weak, up.strong), (down.weak, down.plain)),
        ((up.weak, up.plain), (down.weak, down.plain)),
        ((up.weak, up.plain), (down.plain, lowest)),
        ((up.weak, up.plain, up.strong), (down.weak, down.plain, lowest)),
        ((up.slight + up.some, up.medium, up.strong), (down.slight + down.some, down.medium, lowest)),
        ((up.slight, up.some + up.medium, up.strong), (down.slight, down.some + down.medium, lowest)),
        ((up.much, up.most), (down.plain, lowest)),
        ((up.much, up.most), (down.much, down.most)),
        ((up.weak, up.much, up.most), (down.weak, down.much, down.most)),
        ((up.plain, up.much, up.most), (down.plain, down.much, down.most)),
    ]
    made: list[Ladder] = []
    for above, below in halves:
        made.append((*reversed(below), MIDDLE if above[0] is up.plain else NEUTRAL, *above))
        if len(above) > 1:
            made.append((*reversed(below), *above))
    return made


# How good.
_TERRIBLE = _each(
    "very poor|very bad|terrible|awful|unacceptable|extremely poor|horrible|extremely bad|very weak",
    "* {}",
)
_POOR = _each(
    "poor|bad|below average|weak|needs improvement|unsatisfactory|inadequate|need improvement|not good",
    "* {}",
)
_FAIR = _each(
    "fair|average|acceptable|ok|okay|neutral|satisfactory|so so|adequate|passable|moderate|neither good nor bad"
    "|neither good nor poor|barely acceptable|needs improvement|regular|not bad",
    "* {}",
)
_GOOD = _each("good|above average|strong", "* {}")
_VERY_GOOD = _each("very good|really good|very strong", "* {}")
_EXCELLENT = _each(
    "excellent|outstanding|superior|exceptional|superb|extremely good|great|amazing|perfect|fantastic",
    "* {}",
)
_TH_WORST = _rung(
    "{}แย่มาก|{}ไม่ดีเลย|{}ไม่ดีมาก|{}แย่ที่สุด|{}เลวมาก|{}ควรปรับปรุงอย่างยิ่ง|{}ต้องปรับปรุงอย่างยิ่ง"
    "|{}ปรับปรุงด่วน|{}ควรปรับปรุงอย่างมาก|{}ต้องปรับปรุงอย่างเร่งด่วน|{}ปรับปรุงเร่งด่วน|{}ต้องปรับปรุงอย่างมาก"
    "|{}ต้องปรับปรุงเร่งด่วน"
)
_TH_IMPROVE = _rung("{}ควรปรับปรุง|{}ปรับปรุง|{}ต้องปรับปรุง|{}ควรปรับปรุงแก้ไข|{}ต้องปรับปรุงแก้ไข|{}ต่ำกว่าเกณฑ์|{}ต้องแก้ไข")
_TH_POOR = _rung("{}ไม่ดี|{}แย่|{}เลว|{}อ่อน|{}ไม่ค่อยดี|{}น้อย")
_TH_FAIR = _rung("{}พอใช้|{}พอใช้ได้|{}ผ่าน")
_TH_MIDDLE = _rung("{}ปานกลาง|ปานกลาง|เฉยๆ|{}ธรรมดา")
_TH_GOOD = _rung("{}ดี|{}ค่อนข้างดี")
_TH_VERY_GOOD = _rung("{}ดีมาก")
_TH_EXCELLENT = _rung("{}ดีเยี่ยม|{}ยอดเยี่ยม|{}ดีเลิศ|{}ดีที่สุด|{}ดีมากที่สุด|{}ดีเด่น|{}เยี่ยม|{}เป็นเลิศ|{}ดีเยี่ยมมาก")

_QUALITY = (
    (_TERRIBLE, _POOR, _FAIR, _GOOD, _VERY_GOOD + _EXCELLENT),
    (_POOR + _TERRIBLE, _FAIR, _GOOD, _VERY_GOOD, _EXCELLENT),
    (_TERRIBLE, _POOR, _FAIR, _GOOD, _VERY_GOOD, _EXCELLENT),
    (_POOR + _TERRIBLE, _FAIR, _GOOD, _EXCELLENT + _VERY_GOOD),
    (_POOR, _FAIR, _GOOD),
    (("poor", *_TERRIBLE), ("below average",), _FAIR, _rung("above average|good"), _EXCELLENT + _VERY_GOOD),
    _ladder("unsatisfactory|poor", "needs improvement|marginal", "meets expectations|satisfactory",
            "exceeds expectations|good", "outstanding|far exceeds expectations|excellent"),
    (_TH_IMPROVE + _TH_POOR + _TH_WORST, _TH_FAIR + _TH_MIDDLE, _TH_GOOD, _TH_VERY_GOOD, _TH_EXCELLENT),
    (_TH_IMPROVE + _TH_WORST, _TH_FAIR + _TH_POOR, _TH_MIDDLE, _TH_GOOD, _TH_VERY_GOOD + _TH_EXCELLENT),
    (_TH_IMPROVE + _TH_POOR + _TH_WORST, _TH_FAIR + _TH_MIDDLE, _TH_GOOD, _TH_VERY_GOOD + _TH_EXCELLENT),
    (_TH_IMPROVE + _TH_POOR, _TH_FAIR + _TH_MIDDLE, _TH_GOOD + _TH_VERY_GOOD),
    (_TH_WORST, _TH_POOR + _TH_IMPROVE, _TH_FAIR + _TH_MIDDLE, _TH_GOOD, _TH_VERY_GOOD + _TH_EXCELLENT),
    (_TH_IMPROVE + _TH_WORST, _TH_FAIR, _TH_MIDDLE, _TH_GOOD, _TH_VERY_GOOD, _TH_EXCELLENT),
    (_TH_WORST, _TH_POOR, _rung("{}ค่อนข้างแย่|{}ค่อนข้างไม่ดี"), _TH_FAIR + _TH_MIDDLE, ("{}ค่อนข้างดี",), ("{}ดี",),
     _TH_VERY_GOOD + _TH_EXCELLENT),
    _ladder("do not meet *|far below *", "below *", "meets *|meet *|as *", "exceeds *|exceed *|above *",
            "far exceeds *|far exceed *|far above *"),
)  # fmt: skip

LADDERS: tuple[Ladder, ...] = (
    *_two_poles(_UP_TH, _DOWN_TH, ("ไม่{}เลย",)),
    *_two_poles(_UP, _DOWN, _NOT_AT_ALL),
    *_UNIPOLAR_TH,
    *_UNIPOLAR_EN,
    *_FREQUENCY,
    *_QUALITY,
)

# Words that carry no order: "to a great extent", "I am satisfied".
FILLERS = frozenset(
    _rung("a|an|the|to|i|am|im|is|it|its|feel|extent|degree|level|amount|of|me|my|you|we|are|be|yes|only|just|do|does")
)
# Pairs of which one says what the other denies, and words that stand for another.
OPPOSITES = _pairs(
    "disagree=agree|dissatisfied=satisfied|unsatisfied=satisfied|unlikely=likely|unimportant=important|bad=good"
    "|poor=good|difficult=easy|hard=easy|worse=better|decrease=increase|decreased=increased|less=more|below=above"
    "|lower=higher|oppose=favor|against=for|negative=positive|sad=happy|slow=fast|weak=strong|worsened=improved"
    "|fake=true|distrust=trust|dislike=like|false=true|fewer=more|toolittle=toomuch|toofew=toomany"
    "|toosmall=toolarge|tooshort=toolong|tooslow=toofast|toolight=tooheavy|toolow=toohigh|tooeasy=toodifficult"
    "|untrue=true|improbable=probable|unacceptable=acceptable|undesirable=desirable|inappropriate=appropriate"
    "|negatively=positively|worthless=valuable|boring=interesting|confusing=clear|ineffective=effective"
    "|unsafe=safe|rude=polite"
)
SAME = _pairs(
    "favour=favor|importance=important|support=favor|dont=not|doesnt=not|didnt=not|cannot=not"
    "|disapprove=un approve|unsupportive=un favor"
)
OPPOSITES_TH = _pairs(
    "แย่ลง=ดีขึ้น|เลวลง=ดีขึ้น|ลดลง=เพิ่มขึ้น|น้อยลง=มากขึ้น|ช้า=เร็ว|ยาก=ง่าย|แย่=ดี|คัดค้าน=สนับสนุน"
    "|ปฏิเสธ=ยอมรับ|เท็จ=จริง|ลบ=บวก|ต่ำกว่า=สูงกว่า|น้อยกว่า=มากกว่า|แพง=ถูก|ไม่สนับสนุน=สนับสนุน"
    "|ต่อต้าน=สนับสนุน"
)
