"""The order of the answers of a scale, read off their words, for questions whose scale nobody has declared.

The answers of a usual scale differ by polarity and intensity and share the rest: *very*, *quite*, *not at all* "useful";
"เหมาะสม" *มากที่สุด*, *มาก*, *ปานกลาง*. A ladder is such a family as a whole, lowest first: of each rung it knows the usual
ways to write it, with `{}` for what the answers share. The set of answers of a question is laid against every ladder.
It fits where each answer stands on a rung of its own, no rung between two of them is left out, and no answer is left
over (answers that are none, such as "don't know", aside); so different answers never share a value, and steps are even.
Of several, the ladder that most answers are read on counts, then the one of which most rungs are used. What fits no
ladder has no order that could be told.

Adverbs and their order follow Vagias (2006) and the usual forms of opinion, health and service surveys in both languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

from thongthin.language import arabic_digits, has_thai, one_line

Rung = tuple[str, ...]


class Ladder(NamedTuple):
    """A family of answers, lowest first; of each rung the ways to write it, the plainest first."""

    rungs: tuple[Rung, ...]


class Order(NamedTuple):
    """The order of some answers.

    Attributes:
        values: answer -> value, from 1.
        labels: of all points, lowest first: as answered, or, where nobody gave that answer, as it would be written.
    """

    values: Mapping[str, int]
    labels: tuple[str, ...]


def _each(adverbs: str, *forms: str) -> Rung:
    """Every adverb in every form: "very" in "* {}" and "{} *"."""
    return tuple(form.replace("*", adverb) for adverb in adverbs.split("|") for form in forms)


# --- English --------------------------------------------------------------------------------------------------------

_NONE = (
    *("not at all {}", "not {} at all", "not {}", "un {}", "no {}", "none", "none at all", "no {} at all", "nothing"),
    *(
        "not at all",
        "almost no {}",
        "hardly any {}",
        "to no extent",
        "not at all a {}",
        "not a {}",
        "in no way {}",
        "not in the least {}",
        "would not {}",
        "zero {}",
    ),
)
_SLIGHT = _each(
    "slightly|a little|a little bit|a bit|very little|of little|little|hardly|barely|minor|mild|mildly|small|low|slight"
    "|to a small extent|to a little extent|not very|not too|not so|not much|not really|not that|not particularly|limited"
    "|marginally|not very much",
    "* {}",
    "{} *",
)
_SOME = _each(
    "moderately|somewhat|fairly|moderate|some|medium|partly|partially|reasonably|average|to some extent|rather"
    "|to a moderate extent|neutral|relatively|pretty|quite",
    "* {}",
    "{} *",
)
_VERY = _each(
    "very|highly|quite|quite a bit|quite a lot|considerably|much|a lot|mostly|largely|greatly|great|serious|seriously|severe|high"
    "|to a great extent|to a large extent|large|major|strongly|substantially|considerable|pretty|fairly|good",
    "* {}",
    "{} *",
)
_EXTREME = (
    "essential",
    "crucial",
    "vital",
    *_each(
        "extremely|completely|totally|absolutely|entirely|fully|very much|a great deal|exceptionally|essential|extreme|most|perfectly"
        "|very severe|to a very great extent|to a very large extent|to the fullest extent|very great|very large|very high"
        "|always|critically|critical|very serious|extraordinarily|an extreme amount|tremendously|very strongly",
        "* {}",
        "{} *",
    ),
)
_TOP = (*_VERY, *_EXTREME)
_PLAIN = ("{}",)
_LEVEL_LEAST = _each("very low|lowest|extremely low|very little|least", "* {}")
_LEVEL_LITTLE = _each("low|little", "* {}")
_LEVEL_HIGH = _each("high|much", "* {}")
_LEVEL_MOST = ("essential", *_each("very high|highest|extremely high|very much|most|essential", "* {}"))

_UNIPOLAR_EN = (
    (_NONE, _SLIGHT, _SOME, _VERY, _EXTREME),
    (_NONE, _SLIGHT, _SOME, _TOP),
    (_NONE, _SLIGHT, _VERY, _EXTREME),
    (_NONE, _SLIGHT, _TOP),
    (_NONE, _SOME, _TOP),
    (_NONE, _SLIGHT, _PLAIN),
    (_NONE, _SOME, _PLAIN),
    (_NONE, _SLIGHT, _SOME, _PLAIN, _TOP),
    (_NONE, (*_SLIGHT, *_SOME), _PLAIN, _TOP),
    (_NONE, _SOME, _VERY, _EXTREME),
    (_NONE, _SLIGHT, _each("somewhat|some|fairly|rather", "* {}", "{} *"), _each("moderately|moderate", "* {}", "{} *"), _TOP),
    (_NONE, _each("slightly|a little|a little bit|slight", "* {}", "{} *"), _each("somewhat|some", "* {}", "{} *"),
     _each("moderately|moderate|fairly", "* {}", "{} *"), _VERY, _EXTREME),
    (_NONE, _each("slightly|a little", "* {}"), _each("somewhat", "* {}"), _each("fairly|quite", "* {}"), _EXTREME),
    (_NONE, _LEVEL_LITTLE, _each("slightly|somewhat|some", "* {}"), ("neutral", "neither"),
     _each("moderately|moderate|medium", "* {}"), _each("very|high|highly", "* {}"), _each("extremely|essential", "* {}")),
    (("would not {}", "will not {}", "definitely not {}"), ("might or might not {}", "may or may not {}", "might {}", "maybe {}"),
     ("definitely {}", "would {}", "will {}")),
    (("none {}", "nobody {}", "no one {}"), _each("some|a few|few|very few", "* {}"), _each("half|about half", "* {}"),
     _each("most|many|nearly all", "* {}"), ("all {}", "everyone {}", "everybody {}")),
    (("none {}", "nobody {}", "no one {}"), _each("some|a few|few", "* {}"), _each("most|many", "* {}"),
     ("all {}", "everyone {}", "everybody {}")),
    (("none {}", "nobody {}"), _each("some|a few|most", "* {}"), ("all {}", "everyone {}")),
    (_LEVEL_LEAST, _LEVEL_LITTLE, _SOME, _LEVEL_HIGH, _LEVEL_MOST),
    (_LEVEL_LITTLE, _SOME, _LEVEL_HIGH),
    (_LEVEL_LEAST, _LEVEL_LITTLE, _LEVEL_HIGH, _LEVEL_MOST),
    (_NONE, _LEVEL_LITTLE, _SOME, _LEVEL_HIGH),
    (_NONE, _LEVEL_LITTLE, _SOME, _LEVEL_HIGH, _LEVEL_MOST),
    (_NONE, _LEVEL_LEAST, _LEVEL_LITTLE, _SOME, _LEVEL_HIGH, _LEVEL_MOST),
)  # fmt: skip

_NEVER = ("never {}", "not at all", "none of the time", "at no time", "{} never", "never or almost never")
_ALMOST_NEVER = _each(
    "almost never|hardly ever|very rarely|very seldom|nearly never|hardly|almost not at all|very infrequently",
    "* {}",
    "{} *",
)
_RARELY = _each(
    "rarely|seldom|once in a while|a little of the time|not often|infrequently|rarely or never|occasionally|not very often"
    "|a few times|from time to time|rarely or none of the time|every once in a while|not usually|usually not|once or twice"
    "|now and then",
    "* {}", "{} *",
)  # fmt: skip
_SOMETIMES = _each(
    "sometimes|occasionally|some of the time|now and then|about half the time|half the time|from time to time|some times|at times"
    "|half of the time|about half of the time|sometimes but infrequently|regularly|every now and then|moderately",
    "* {}", "{} *",
)  # fmt: skip
_OFTEN = _each(
    "often|frequently|most of the time|fairly often|quite often|usually|mostly|a good bit of the time|regularly|a lot of the time"
    "|generally|many times|almost every time|nearly every time|much of the time|fairly frequently|most times",
    "* {}", "{} *",
)  # fmt: skip
_VERY_OFTEN = _each(
    "very often|very frequently|almost always|nearly always|usually|almost every time|most of the time|nearly every time|constantly"
    "|almost all of the time|extremely often|always or almost always",
    "* {}", "{} *",
)  # fmt: skip
_ALWAYS = _each("always|all of the time|every time|all the time|constantly|at all times|continually", "* {}", "{} *")

# --- Thai -----------------------------------------------------------------------------------------------------------

_TH_NONE = (
    *("ไม่{}เลย", "ไม่{}", "ไม่มี{}เลย", "ไม่มี{}", "ไม่ได้{}เลย", "ไม่ได้{}", "ไม่เลย", "ไม่มีเลย", "ไม่มี", "ไม่เคย{}", "{}ไม่เลย"),
    *("{}ไม่มีเลย", "ไม่เคย{}เลย"),
)
_TH_LEAST = ("{}น้อยที่สุด", "{}น้อยมาก", "{}น้อยมากที่สุด", "{}เล็กน้อยมาก")
_TH_LITTLE = ("{}น้อย", "{}เล็กน้อย", "{}นิดหน่อย", "{}เพียงเล็กน้อย", "{}ค่อนข้างน้อย", "ไม่ค่อย{}", "ไม่ค่อยได้{}")
_TH_SOME = ("{}ปานกลาง", "{}พอสมควร", "{}พอประมาณ", "{}พอใช้", "เฉยๆ", "{}บ้าง", "{}บางส่วน", "{}กลางๆ", "พอ{}")
_TH_MUCH = ("{}มาก", "{}ค่อนข้างมาก", "{}เป็นส่วนใหญ่", "{}ส่วนใหญ่", "{}อย่างมาก")
_TH_MOST = (
    "{}มากที่สุด",
    "{}ที่สุด",
    "{}อย่างยิ่ง",
    "{}อย่างมาก",
    "{}มากๆ",
    "{}เป็นอย่างยิ่ง",
    "{}เป็นอย่างมาก",
    "{}ทั้งหมด",
    "{}มากอย่างยิ่ง",
)
_TH_BIT = ("{}บ้าง", "{}บางครั้ง", "{}เล็กน้อย", "{}บางส่วน", "{}นิดหน่อย", "{}น้อย", "{}เป็นบางครั้ง", "{}บ้างบางครั้ง")
_TH_RATHER = ("ค่อนข้าง{}", "{}ปานกลาง", "ค่อนข้างจะ{}", "{}พอสมควร", "{}ส่วนใหญ่", "{}เป็นส่วนใหญ่")
_TH_ENTIRE = ("{}มาก", "{}ที่สุด", "{}มากที่สุด", "{}", "{}แน่นอน", "{}ทั้งหมด", "{}อย่างยิ่ง", "{}เป็นประจำ", "{}ทุกครั้ง")

_UNIPOLAR_TH = (
    (_TH_LEAST, _TH_LITTLE, _TH_SOME, _TH_MUCH, _TH_MOST),
    (_TH_LITTLE, _TH_SOME, (*_TH_MUCH, *_TH_MOST)),
    (_TH_LEAST, _TH_LITTLE, _TH_MUCH, _TH_MOST),
    (_TH_NONE, (*_TH_LITTLE, *_TH_LEAST), _TH_SOME, (*_TH_MUCH, *_TH_MOST)),
    (_TH_NONE, (*_TH_LITTLE, *_TH_LEAST), _TH_SOME, _TH_MUCH, _TH_MOST),
    (_TH_NONE, _TH_LEAST, _TH_LITTLE, _TH_SOME, _TH_MUCH, _TH_MOST),
    (_TH_NONE, _TH_LITTLE, _TH_MUCH, _TH_MOST),
    (_TH_NONE, _TH_LITTLE, ("{}ค่อนข้างมาก",), ("{}มาก", *_TH_MOST)),
    (_TH_NONE, (*_TH_LITTLE, *_TH_SOME), (*_TH_MUCH, *_TH_MOST)),
    (_TH_NONE, _TH_BIT, _TH_RATHER, _TH_ENTIRE),
    (_TH_NONE, (*_TH_BIT, *_TH_RATHER), _TH_ENTIRE),
    (("{}น้อย",), ("{}ค่อนข้างน้อย",), _TH_SOME, ("{}ค่อนข้างมาก",), ("{}มาก",)),
    (("{}น้อยที่สุด", "{}น้อยมาก"), ("{}น้อย",), ("{}ค่อนข้างน้อย",), _TH_SOME, ("{}ค่อนข้างมาก",), ("{}มาก",), ("{}มากที่สุด",)),
    (("{}ต่ำมาก", "{}ต่ำที่สุด"), ("{}ต่ำ", "{}ค่อนข้างต่ำ"), ("{}ปานกลาง", "ปานกลาง"), ("{}สูง", "{}ค่อนข้างสูง"),
     ("{}สูงมาก", "{}สูงที่สุด")),
    (("{}ต่ำ", "{}น้อย"), ("{}ปานกลาง", "ปานกลาง"), ("{}สูง",)),
    (("{}ต่ำมาก",), ("{}ต่ำ",), ("{}สูง",), ("{}สูงมาก",)),
    (("{}ต่ำ",), ("{}ค่อนข้างต่ำ",), ("{}ปานกลาง", "ปานกลาง"), ("{}ค่อนข้างสูง",), ("{}สูง",)),
    (("{}ต่ำมาก", "{}ต่ำที่สุด"), ("{}ต่ำ",), ("{}ค่อนข้างต่ำ",), ("{}ปานกลาง", "ปานกลาง"), ("{}ค่อนข้างสูง",), ("{}สูง",),
     ("{}สูงมาก", "{}สูงที่สุด")),
)  # fmt: skip

_TH_NEVER = (
    "ไม่เคย{}",
    "ไม่เคย",
    "ไม่เคย{}เลย",
    "ไม่{}เลย",
    "ไม่{}",
    "ไม่ได้{}",
    "ไม่มี",
    "ไม่เลย",
    "ไม่มีเลย",
    "{}ไม่เคย",
    "ไม่เคยมี",
)
_TH_ALMOST_NEVER = (
    *(
        "แทบไม่{}",
        "แทบไม่เคย{}",
        "แทบจะไม่{}",
        "แทบจะไม่เคย{}",
        "แทบไม่มี",
        "แทบจะไม่มี",
        "{}น้อยครั้งมาก",
        "เกือบไม่เคย{}",
        "แทบไม่{}เลย",
    ),
    *("{}นานมากครั้ง", "แทบไม่เคย{}เลย", "{}น้อยมาก", "{}น้อยที่สุด", "{}นานๆมากครั้ง"),
)
_TH_RARELY = (
    *(
        "{}นานๆครั้ง",
        "{}นานๆที",
        "{}น้อยครั้ง",
        "{}นานๆ",
        "ไม่ค่อย{}",
        "ไม่บ่อย",
        "{}ไม่บ่อย",
        "{}ไม่บ่อยนัก",
        "{}นานครั้ง",
        "{}เป็นครั้งคราว",
    ),
    *("{}น้อย", "{}นานๆทีครั้ง", "{}ไม่ค่อยบ่อย", "{}บ้างเล็กน้อย"),
)
_TH_SOMETIMES = (
    *(
        "{}บางครั้ง",
        "{}เป็นบางครั้ง",
        "{}บางครั้งบางคราว",
        "{}เป็นครั้งคราว",
        "{}บ้างบางครั้ง",
        "{}บ้าง",
        "{}ปานกลาง",
        "{}บางโอกาส",
        "{}พอสมควร",
    ),
    *("{}ครั้งคราว", "{}เป็นบางโอกาส", "{}บางเวลา", "{}บ้างเป็นบางครั้ง", "{}บางคราว", "{}เป็นบางครั้งบางคราว"),
)
_TH_OFTEN = (
    *("{}บ่อยครั้ง", "{}บ่อย", "{}บ่อยๆ", "{}ค่อนข้างบ่อย", "{}เป็นส่วนใหญ่", "{}ส่วนใหญ่", "{}ส่วนมาก", "{}เกือบทุกครั้ง", "{}มาก"),
    *("{}เกือบประจำ", "{}เกือบเป็นประจำ", "{}บ่อยๆครั้ง", "{}ค่อนข้างบ่อยครั้ง", "{}เป็นส่วนมาก", "{}เกือบเป็นประจำ"),
)
_TH_VERY_OFTEN = (
    "{}บ่อยมาก",
    "{}บ่อยที่สุด",
    "{}บ่อยครั้งมาก",
    "{}เกือบทุกครั้ง",
    "{}เกือบตลอดเวลา",
    "{}เกือบเสมอ",
    "{}บ่อยมากๆ",
    "{}แทบทุกครั้ง",
)
_TH_ALWAYS = (
    *(
        "{}เป็นประจำ",
        "{}ประจำ",
        "{}ทุกครั้ง",
        "{}เสมอ",
        "{}เสมอๆ",
        "{}สม่ำเสมอ",
        "{}อย่างสม่ำเสมอ",
        "{}เป็นประจำสม่ำเสมอ",
        "{}ตลอดเวลา",
    ),
    *("{}ตลอด", "{}เป็นประจำทุกครั้ง", "{}มากที่สุด", "{}เป็นประจำทุกวัน", "{}ประจำสม่ำเสมอ", "{}อย่างสม่ำเสมอทุกครั้ง"),
)


def _frequencies(
    never: Rung, almost: Rung, rarely: Rung, sometimes: Rung, often: Rung, more: Rung, always: Rung
) -> tuple[tuple[Rung, ...], ...]:
    return (
        (never, (*rarely, *almost), sometimes, (*often, *more), (*always, *more)),
        ((*never, *almost), rarely, sometimes, often, (*always, *more)),
        (never, (*rarely, *almost), sometimes, (*often, *more)),
        ((*never, *almost), rarely, sometimes, always),
        (never, sometimes, (*often, *more), always),
        ((*rarely, *almost), sometimes, (*often, *more), always),
        (never, (*rarely, *almost), (*often, *more), always),
        (almost, sometimes, often, (*always, *more)),
        (almost, rarely, sometimes, often, (*always, *more)),
        (never, (*sometimes, *rarely), (*always, *often, *more)),
        ((*rarely, *almost, *never), sometimes, (*always, *often, *more)),
        (never, sometimes, often, more, always),
        (never, almost, rarely, sometimes, often, always),
        (never, almost, rarely, sometimes, (*often, *more), (*always, *more)),
        (never, (*rarely, *almost), sometimes, often, more, always),
        (never, almost, rarely, sometimes, often, more, always),
    )


_FREQUENCY = (
    *_frequencies(_NEVER, _ALMOST_NEVER, _RARELY, _SOMETIMES, _OFTEN, _VERY_OFTEN, _ALWAYS),
    *_frequencies(_TH_NEVER, _TH_ALMOST_NEVER, _TH_RARELY, _TH_SOMETIMES, _TH_OFTEN, _TH_VERY_OFTEN, _TH_ALWAYS),
    (("never",), ("sometimes",), ("about half the time", "half the time"), ("most of the time",), ("always",)),
    (("none of the time", "never"), ("a little of the time",), ("some of the time",), ("a good bit of the time",),
     ("most of the time",), ("all of the time",)),
    (("none of the time", "at no time", "never"), ("a little of the time", "some of the time"),
     ("less than half of the time",), ("more than half of the time",), ("most of the time",), ("all of the time",)),
    (("rarely or none of the time",), ("some or a little of the time",),
     ("occasionally or a moderate amount of time", "occasionally or a moderate amount of the time"),
     ("most or all of the time",)),
    (("not at all",), ("several days",), ("more than half the days",), ("nearly every day",)),
    (("almost never",), ("very infrequently",), ("somewhat infrequently",), ("somewhat frequently",), ("very frequently",),
     ("almost always",)),
    (("never true {}",), ("rarely true {}",), ("sometimes but infrequently true {}",), ("neutral",), ("sometimes true {}",),
     ("usually true {}",), ("always true {}",)),
    (("ไม่เลย", "ไม่มีเลย", "ไม่มี"), ("มีบางวัน*", "เป็นบางวัน*", "บางวัน*"),
     ("มีบ่อย*", "เป็นบ่อย*", "บ่อย*", "มีมากกว่าครึ่ง*", "มากกว่าครึ่ง*"), ("มีทุกวัน*", "เป็นทุกวัน*", "ทุกวัน*", "เกือบทุกวัน*")),
)  # fmt: skip

# --- two poles ------------------------------------------------------------------------------------------------------

_NEUTRAL = (
    *(
        "neutral",
        "neither",
        "neither *",
        "undecided",
        "uncertain",
        "not sure",
        "unsure",
        "no opinion",
        "indifferent",
        "so so",
    ),
    *(
        "about the same",
        "the same",
        "same",
        "no change",
        "unchanged",
        "average",
        "ok",
        "okay",
        "mixed",
        "might or might not {}",
    ),
    *(
        "maybe",
        "perhaps",
        "possibly",
        "no preference",
        "no effect",
        "about right",
        "stayed the same",
        "stay the same",
        "{} neutral",
        "fair",
    ),
    *(
        "neutral *",
        "no difference",
        "in between",
        "equal",
        "both equally",
        "moderate",
        "moderately {}",
        "mixed feelings",
    ),
    *("about average", "nor agree nor disagree", "unsure *", "may or may not {}", "depends", "it depends", "no impact"),
    *(
        "ไม่แน่ใจ",
        "เฉยๆ",
        "เฉย",
        "ปานกลาง",
        "{}ปานกลาง",
        "เป็นกลาง",
        "กลางๆ",
        "กลาง",
        "ไม่มีความเห็น",
        "ไม่มีความคิดเห็น",
        "รู้สึกเฉยๆ",
    ),
    *(
        "พอใช้",
        "เท่าเดิม",
        "เหมือนเดิม",
        "ไม่เปลี่ยนแปลง",
        "คงเดิม",
        "ไม่ทั้งสองอย่าง",
        "ก้ำกึ่ง",
        "ธรรมดา",
        "ลังเล",
        "ยังไม่ตัดสินใจ",
        "ไม่ทั้ง*",
    ),
    *(
        "ไม่แน่ใจว่า*",
        "ไม่{}และไม่*",
        "ไม่แน่ใจ*",
        "ทั้งสองอย่าง",
        "พอๆกัน",
        "เท่าๆกัน",
        "ไม่ใช่ทั้ง*",
        "เป็นกลาง*",
        "อาจจะ",
        "ไม่แตกต่าง",
        "พอดี",
        "ปกติ",
        "half {}",
    ),
)


class _Pole(NamedTuple):
    """One side of a scale: its intensities."""

    slight: Rung
    some: Rung
    medium: Rung
    plain: Rung
    much: Rung
    most: Rung

    @property
    def strong(self) -> Rung:
        return (*self.much, *self.most)

    @property
    def weak(self) -> Rung:
        return (*self.slight, *self.some, *self.medium)


_ADVERBS = _Pole(
    ("slightly", "a little", "a bit", "mildly", "a little bit", "minor", "slight", "marginally"),
    ("somewhat", "fairly", "rather", "tend to", "partly", "partially", "probably", "more or less", "quite", "to some extent",
     "some"),
    ("moderately", "mostly", "generally", "mainly", "considerably", "quite", "moderate"),
    ("",),
    ("very", "strongly", "highly", "much", "definitely", "certainly", "greatly", "well", "far", "a lot", "major",
     "significantly", "strong", "quite a lot", "really"),
    ("extremely", "completely", "totally", "absolutely", "entirely", "perfectly", "fully", "very much", "a great deal",
     "very strongly", "wholly", "utterly"),
)  # fmt: skip


def _pole(*forms: str) -> _Pole:
    """The adverbs in forms such as "* {}" and "* un {}"."""
    made = []
    for adverbs in _ADVERBS:
        rung: list[str] = []
        for adverb in adverbs:
            rung += [re.sub(r" +", " ", form.replace("*", adverb)).strip() for form in forms]
        made.append(tuple(dict.fromkeys(rung)))
    return _Pole(*made)


_UP = _pole("* {}", "{} *")
_DOWN = _pole("* un {}", "un {} *", "* not {}", "* {} not", "not {} *")
_NOT_AT_ALL = ("not at all {}", "not {} at all", "un {} at all")
_UP_TH = _Pole(
    ("{}เล็กน้อย", "{}บ้าง", "{}น้อย", "{}นิดหน่อย", "{}บางครั้ง"),
    ("ค่อนข้าง{}", "{}บางส่วน", "ค่อนข้างจะ{}", "{}ค่อนข้างน้อย", "น่าจะ{}", "อาจจะ{}"),
    ("{}ปานกลาง", "{}พอสมควร", "{}เป็นส่วนใหญ่", "{}ส่วนใหญ่"),
    ("{}",),
    ("{}มาก", "{}อย่างมาก", "{}แน่นอน", "{}เป็นอย่างมาก", "แน่นอน{}", "{}ค่อนข้างมาก"),
    ("{}อย่างยิ่ง", "{}มากที่สุด", "{}ที่สุด", "{}เป็นอย่างยิ่ง", "{}ทั้งหมด", "{}โดยสิ้นเชิง", "{}อย่างเต็มที่", "{}อย่างแน่นอน", "{}มากๆ"),
)  # fmt: skip
_DOWN_TH = _Pole(
    ("ไม่{}เล็กน้อย", "ไม่{}บ้าง", "ไม่{}นิดหน่อย", "ไม่{}บางครั้ง"),
    ("ค่อนข้างไม่{}", "ไม่ค่อย{}", "ไม่ค่อยจะ{}", "ไม่{}บางส่วน", "ไม่สู้{}", "น่าจะไม่{}", "อาจจะไม่{}", "ค่อนข้างจะไม่{}"),
    ("ไม่{}ปานกลาง", "ไม่{}พอสมควร"),
    ("ไม่{}",),
    ("ไม่{}มาก", "ไม่{}อย่างมาก", "ไม่{}แน่นอน", "ไม่{}เป็นอย่างมาก", "แน่นอนไม่{}", "ไม่{}เลย"),
    ("ไม่{}อย่างยิ่ง", "ไม่{}มากที่สุด", "ไม่{}ที่สุด", "ไม่{}เป็นอย่างยิ่ง", "ไม่{}ทั้งหมด", "ไม่{}โดยสิ้นเชิง", "ไม่{}เลย", "ไม่{}อย่างแน่นอน",
     "ไม่{}มากๆ", "ไม่มี{}เลย"),
)  # fmt: skip


def _two_poles(up: _Pole, down: _Pole, not_at_all: Rung) -> list[tuple[Rung, ...]]:
    """All ladders with two poles, with a middle and without: as many intensities below as above."""
    lowest = (*down.strong, *not_at_all)
    halves: list[tuple[tuple[Rung, ...], tuple[Rung, ...]]] = [
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
        (((*up.slight, *up.some), up.medium, up.strong), ((*down.slight, *down.some), down.medium, lowest)),
        ((up.slight, (*up.some, *up.medium), up.strong), (down.slight, (*down.some, *down.medium), lowest)),
        ((up.much, up.most), (down.plain, lowest)),
        ((up.much, up.most), (down.much, down.most)),
        ((up.weak, up.much, up.most), (down.weak, down.much, down.most)),
        ((up.plain, up.much, up.most), (down.plain, down.much, down.most)),
    ]
    made: list[tuple[Rung, ...]] = []
    for above, below in halves:
        made.append((*reversed(below), _NEUTRAL, *above))
        if len(above) > 1:
            made.append((*reversed(below), *above))
    return made


# --- good and bad ---------------------------------------------------------------------------------------------------


def _graded(*words: str) -> Rung:
    return tuple(f"{word} {{}}" for word in words)


_TERRIBLE = _graded(
    "very poor",
    "very bad",
    "terrible",
    "awful",
    "unacceptable",
    "extremely poor",
    "horrible",
    "extremely bad",
    "very weak",
)
_POOR = _graded(
    "poor",
    "bad",
    "below average",
    "weak",
    "needs improvement",
    "unsatisfactory",
    "inadequate",
    "need improvement",
    "not good",
)
_FAIR = _graded("fair", "average", "acceptable", "ok", "okay", "neutral", "satisfactory", "so so", "adequate", "passable", "moderate",
         "neither good nor bad", "neither good nor poor", "barely acceptable", "needs improvement", "regular", "not bad")  # fmt: skip
_GOOD = _graded("good", "above average", "strong")
_VERY_GOOD = _graded("very good", "really good", "very strong")
_EXCELLENT = _graded(
    "excellent",
    "outstanding",
    "superior",
    "exceptional",
    "superb",
    "extremely good",
    "great",
    "amazing",
    "perfect",
    "fantastic",
)
_TH_WORST = ("{}แย่มาก", "{}ไม่ดีเลย", "{}ไม่ดีมาก", "{}แย่ที่สุด", "{}เลวมาก", "{}ควรปรับปรุงอย่างยิ่ง", "{}ต้องปรับปรุงอย่างยิ่ง", "{}ปรับปรุงด่วน",
             "{}ควรปรับปรุงอย่างมาก", "{}ต้องปรับปรุงอย่างเร่งด่วน", "{}ปรับปรุงเร่งด่วน", "{}ต้องปรับปรุงอย่างมาก", "{}ต้องปรับปรุงเร่งด่วน")  # fmt: skip
_TH_IMPROVE = (
    "{}ควรปรับปรุง",
    "{}ปรับปรุง",
    "{}ต้องปรับปรุง",
    "{}ควรปรับปรุงแก้ไข",
    "{}ต้องปรับปรุงแก้ไข",
    "{}ต่ำกว่าเกณฑ์",
    "{}ต้องแก้ไข",
)
_TH_POOR = ("{}ไม่ดี", "{}แย่", "{}เลว", "{}อ่อน", "{}ไม่ค่อยดี", "{}น้อย")
_TH_FAIR = ("{}พอใช้", "{}พอใช้ได้", "{}ผ่าน")
_TH_MIDDLE = ("{}ปานกลาง", "ปานกลาง", "เฉยๆ", "{}ธรรมดา")
_TH_GOOD, _TH_VERY_GOOD = ("{}ดี", "{}ค่อนข้างดี"), ("{}ดีมาก",)
_TH_EXCELLENT = ("{}ดีเยี่ยม", "{}ยอดเยี่ยม", "{}ดีเลิศ", "{}ดีที่สุด", "{}ดีมากที่สุด", "{}ดีเด่น", "{}เยี่ยม", "{}เป็นเลิศ", "{}ดีเยี่ยมมาก")


_QUALITY = (
    (_TERRIBLE, _POOR, _FAIR, _GOOD, (*_VERY_GOOD, *_EXCELLENT)),
    ((*_POOR, *_TERRIBLE), _FAIR, _GOOD, _VERY_GOOD, _EXCELLENT),
    (_TERRIBLE, _POOR, _FAIR, _GOOD, _VERY_GOOD, _EXCELLENT),
    ((*_POOR, *_TERRIBLE), _FAIR, _GOOD, (*_EXCELLENT, *_VERY_GOOD)),
    (_POOR, _FAIR, _GOOD),
    (("poor", *_TERRIBLE), ("below average",), _FAIR, ("above average", "good"), (*_EXCELLENT, *_VERY_GOOD)),
    (("unsatisfactory", "poor"), ("needs improvement", "marginal"), ("meets expectations", "satisfactory"),
     ("exceeds expectations", "good"), ("outstanding", "far exceeds expectations", "excellent")),
    ((*_TH_IMPROVE, *_TH_POOR, *_TH_WORST), (*_TH_FAIR, *_TH_MIDDLE), _TH_GOOD, _TH_VERY_GOOD, _TH_EXCELLENT),
    ((*_TH_IMPROVE, *_TH_WORST), (*_TH_FAIR, *_TH_POOR), _TH_MIDDLE, _TH_GOOD, (*_TH_VERY_GOOD, *_TH_EXCELLENT)),
    ((*_TH_IMPROVE, *_TH_POOR, *_TH_WORST), (*_TH_FAIR, *_TH_MIDDLE), _TH_GOOD, (*_TH_VERY_GOOD, *_TH_EXCELLENT)),
    ((*_TH_IMPROVE, *_TH_POOR), (*_TH_FAIR, *_TH_MIDDLE), (*_TH_GOOD, *_TH_VERY_GOOD)),
    (_TH_WORST, (*_TH_POOR, *_TH_IMPROVE), (*_TH_FAIR, *_TH_MIDDLE), _TH_GOOD, (*_TH_VERY_GOOD, *_TH_EXCELLENT)),
    ((*_TH_IMPROVE, *_TH_WORST), _TH_FAIR, _TH_MIDDLE, _TH_GOOD, _TH_VERY_GOOD, _TH_EXCELLENT),
    (_TH_WORST, _TH_POOR, ("{}ค่อนข้างแย่", "{}ค่อนข้างไม่ดี"), (*_TH_FAIR, *_TH_MIDDLE), ("{}ค่อนข้างดี",), ("{}ดี",),
     (*_TH_VERY_GOOD, *_TH_EXCELLENT)),
    (("do not meet *", "far below *"), ("below *",), ("meets *", "meet *", "as *"), ("exceeds *", "exceed *", "above *"),
     ("far exceeds *", "far exceed *", "far above *")),
)  # fmt: skip

LADDERS: tuple[Ladder, ...] = tuple(
    Ladder(rungs)
    for rungs in (
        *_two_poles(_UP_TH, _DOWN_TH, ("ไม่{}เลย",)),
        *_two_poles(_UP, _DOWN, _NOT_AT_ALL),
        *_UNIPOLAR_TH,
        *_UNIPOLAR_EN,
        *_FREQUENCY,
        *_QUALITY,
    )
)

# --- reading --------------------------------------------------------------------------------------------------------

# Words that carry no order: "to a great extent", "I am satisfied".
_FILLERS = frozenset("a an the to i am im is it its feel extent degree level amount of me my you we are be yes".split())
_FILLERS_TH = re.compile(r"^(รู้สึก|มีระดับ|มีความ|ความ|มี(?!เลย|บาง|บ่อย|ทุก)|อยู่ใน|เป็นระดับ|ใน|ระดับ)+|(อยู่)?(ใน)?ระดับ")
# Pairs of which one says what the other denies.
_OPPOSITES = {
    **{"disagree": "agree", "dissatisfied": "satisfied", "unsatisfied": "satisfied", "unlikely": "likely"},
    **{"unimportant": "important", "bad": "good", "poor": "good", "difficult": "easy", "hard": "easy", "worse": "better"},
    **{"decrease": "increase", "decreased": "increased", "less": "more", "below": "above", "lower": "higher"},
    **{"oppose": "favor", "against": "for", "negative": "positive", "sad": "happy", "slow": "fast", "weak": "strong"},
    **{"worsened": "improved", "fake": "true", "distrust": "trust", "dislike": "like", "false": "true", "fewer": "more"},
    **{"toolittle": "toomuch", "toofew": "toomany", "toosmall": "toolarge", "tooshort": "toolong", "tooslow": "toofast"},
    **{"toolight": "tooheavy", "toolow": "toohigh", "tooeasy": "toodifficult"},
    **{"untrue": "true", "improbable": "probable", "unacceptable": "acceptable", "undesirable": "desirable"},
    **{"inappropriate": "appropriate", "negatively": "positively", "worthless": "valuable", "boring": "interesting"},
    **{"confusing": "clear", "ineffective": "effective", "unsafe": "safe", "rude": "polite"},
}  # fmt: skip
_SAME = {
    "favour": "favor",
    "importance": "important",
    "support": "favor",
    "dont": "not",
    "doesnt": "not",
    "didnt": "not",
    "cannot": "not",
    "disapprove": "un approve",
    "unsupportive": "un favor",
}
_OPPOSITES_TH = (
    *(
        ("แย่ลง", "ดีขึ้น"),
        ("เลวลง", "ดีขึ้น"),
        ("ลดลง", "เพิ่มขึ้น"),
        ("น้อยลง", "มากขึ้น"),
        ("ช้า", "เร็ว"),
        ("ยาก", "ง่าย"),
        ("แย่", "ดี"),
    ),
    *(
        ("คัดค้าน", "สนับสนุน"),
        ("ปฏิเสธ", "ยอมรับ"),
        ("เท็จ", "จริง"),
        ("ลบ", "บวก"),
        ("ต่ำกว่า", "สูงกว่า"),
        ("น้อยกว่า", "มากกว่า"),
        ("แพง", "ถูก"),
    ),
    *(("ไม่สนับสนุน", "สนับสนุน"), ("ต่อต้าน", "สนับสนุน")),
)
_PREFIX = re.compile(r"^(dis|un|in|im|ir|il|non)(?=[a-z]{3})")
_NUMBER = re.compile(r"^[(\[]?\s*[+-]?\d{1,3}\s*[)\].=:–-]*\s*(?=\D)|\s*[(\[=:]\s*[+-]?\d{1,3}\s*[)\]]?$")
_PARTS = re.compile(r"/|\bor\b|หรือ")
_MOST_ANSWERS = 12


def _plain(text: str) -> str:
    """An answer without number, punctuation, case and words that say nothing of its place."""
    plain = arabic_digits(unicodedata.normalize("NFKC", one_line(text)).casefold()).replace("เเ", "แ")
    plain = plain.replace("พึงพอใจ", "พอใจ").replace("50/50", "half")
    plain = plain.replace("ํา", "ำ").replace("\u2019", "").replace("'", "")
    plain = _NUMBER.sub("", plain).strip()
    if has_thai(plain):
        plain = re.sub(r"\([^()]*[a-z][^()]*\)", "", plain)  # the other language in brackets
        plain = re.sub(r"[^\w\u0e00-\u0e7f*{}]+|(?<=[\u0e00-\u0e7f])\s+|\s+(?=[\u0e00-\u0e7f])", "", plain)
        return _FILLERS_TH.sub("", plain) or plain
    plain = re.sub(r"[^\w*{}]+", " ", plain)
    plain = re.sub(
        r"\ba (little|lot|bit|few|great deal|good deal)\b", lambda found: "a" + found[1].replace(" ", ""), plain
    )
    plain = re.sub(
        r"\b(too) (little|much|few|many|small|large|short|long|slow|fast|light|heavy|low|high)\b",
        r"\1\2",
        re.sub(r"^no (?=not|never)|\b(?:only|just|do|does|would be)\b", "", plain),
    )
    plain = re.sub(r"\b(quite|extremely|very|fairly|pretty|moderately) well\b", r"\1", plain)
    words = plain.split()
    kept = [_SAME.get(word, word) for word in words if word not in _FILLERS]
    kept = [word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word for word in kept]
    return " ".join(kept) or " ".join(words)


def _opposite(plain: str, vocabulary: frozenset[str], whole: str) -> str:
    """The answer with what denies another one as a denial: "dissatisfied" as "un satisfied"."""
    if has_thai(plain):
        for low, high in _OPPOSITES_TH:
            if low in plain and high in whole and not plain.startswith("ไม่"):
                return "ไม่" + plain.replace(low, high)
        return plain
    words = []
    for word in plain.split():
        rest = _PREFIX.sub("", word)
        if word in _OPPOSITES and (_OPPOSITES[word] in vocabulary or _PREFIX.match(word)):
            words += ["un", _OPPOSITES[word]]
        elif rest != word and rest in vocabulary:
            words += ["un", rest]
        else:
            words.append(word)
    return " ".join(words)


@cache
def _pattern(way: str) -> re.Pattern[str]:
    """How a way to write a rung is found; group `stem` is what the answers share."""
    plain = _plain(way)
    if not has_thai(plain):
        found = re.escape(plain).replace(r"\{\}", "{}").replace(r"\ ", " ")
        if found == "{}":
            return re.compile(r"(?P<stem>.+)")
        found = found.replace(" {}", r"(?: (?P<stem>.+))?", 1).replace("{} ", r"(?:(?P<stem>.+) )?", 1)
    elif plain == "{}":
        return re.compile(r"(?P<stem>.+)")
    else:
        found = re.escape(plain).replace(r"\{\}", "(?P<stem>.*)", 1)
    return re.compile(found.replace(r"\*", ".*"))


@cache
def _ways() -> tuple[str, ...]:
    return tuple(dict.fromkeys(way for ladder in LADDERS for rung in ladder.rungs for way in rung))


def _stems(forms: Iterable[str]) -> dict[str, set[str | None]]:
    """What is left of an answer, for each way to write a rung that it may be; None: any, since nothing is shared."""
    found: dict[str, set[str | None]] = {}
    for form in forms:
        for way in _ways():
            if match := _pattern(way).fullmatch(form):
                shares = "{}" in way
                found.setdefault(way, set()).add((match.groupdict().get("stem") or "").strip() if shares else None)
    return found


def order(answers: Sequence[str], aside: frozenset[str] = frozenset()) -> Order | None:
    """The order of the answers to a question, by their words; None where it can't be told.

    Args:
        answers: different ones; spellings that differ by spaces, case or a number count as one.
        aside: those that may be no answer: they have no value where the ladder has no rung for them.
    """
    plain = {answer: _plain(answer) for answer in answers}
    if not 2 < len(set(plain.values())) <= _MOST_ANSWERS:
        return None
    vocabulary = frozenset(word for form in plain.values() for word in form.split())
    whole = "|".join(plain.values())
    forms = {
        _plain(answer): {
            variant
            for part in (answer, *_PARTS.split(answer))
            if (own := _plain(part))
            for variant in (own, _opposite(own, vocabulary, whole))
        }
        for answer in answers
    }
    stems = {form: _stems(variants) for form, variants in forms.items()}
    may_miss = {plain[answer] for answer in aside if answer in plain}
    fitting: list[tuple[tuple[int, int, float], dict[str, int], Ladder, str]] = []
    for ladder in LADDERS:
        for stem in _shared_stems(ladder, stems):
            places = _places(ladder, stem, stems, may_miss)
            if places is not None:
                sharing = sum(any(stem in own for own in stems[form].values()) for form in places)
                fitting.append(((len(places), sharing, len(places) / len(ladder.rungs)), places, ladder, stem))
    best = [own for own in fitting if own[0] == max(fit for fit, *_ in fitting)]
    if not best or any(own[1] != best[0][1] for own in best):  # two orders are possible
        return None
    _, places, ladder, stem = best[0]
    values = {answer: places[form] for answer, form in plain.items() if form in places}
    said = {value: answer for answer, value in reversed(values.items())}
    labels = [said.get(n) or _written(rung, stem) for n, rung in enumerate(ladder.rungs, 1)]
    return Order(values, tuple(labels))


def _shared_stems(ladder: Ladder, stems: Mapping[str, Mapping[str, set[str | None]]]) -> list[str]:
    """What the answers may share on a ladder: at least two of them, or nothing."""
    count: dict[str, int] = {}
    for found in stems.values():
        own = {s for rung in ladder.rungs for way in rung for s in found.get(way, ()) if s is not None}
        for stem in own:
            count[stem] = count.get(stem, 0) + 1
    return ["", *sorted(stem for stem in count if stem)]


def _places(
    ladder: Ladder, stem: str, stems: Mapping[str, Mapping[str, set[str | None]]], may_miss: set[str]
) -> dict[str, int] | None:
    """The rung of each answer, from 1; None where two stand on one, a rung between is left out, or one has none."""
    may_be: dict[str, list[int]] = {}
    for form, found in stems.items():
        rungs = [
            n
            for n, rung in enumerate(ladder.rungs, 1)
            if any(own in (None, "", stem) for way in rung for own in found.get(way, ()))
        ]
        if rungs:
            may_be[form] = rungs
        elif form not in may_miss:
            return None
    if not 2 < len(may_be) <= len(ladder.rungs) or 2 * len(may_be) < len(ladder.rungs):
        return None
    possible = [
        dict(zip(may_be, taken, strict=True))
        for taken in product(*may_be.values())
        if len(set(taken)) == len(taken) == max(taken) - min(taken) + 1
    ]
    return possible[0] if len(possible) == 1 else None


def _written(rung: Rung, stem: str) -> str:
    """How nobody's answer would be written."""
    way = next((way for way in rung if "*" not in way and has_thai(way) == has_thai(stem)), rung[0])
    text = way.replace("un {}", "not {}").replace("{}", stem).strip()
    return text[:1].upper() + text[1:]
