"""How often: the usual answers in English and Thai as ladders, lowest first."""

from __future__ import annotations

from thongthin.contract.scale_rungs import Ladder, Rung, forms, ladder, words

# How often.
_NEVER = forms("never {}|not at all|none of the time|at no time|{} never|never or almost never")


_ALMOST_NEVER = words(
    "almost never|hardly ever|very rarely|very seldom|nearly never|hardly|almost not at all|very infrequently"
)


_RARELY = words(
    "rarely|seldom|once in a while|a little of the time|not often|infrequently|rarely or never|occasionally"
    "|not very often|a few times|from time to time|rarely or none of the time|every once in a while|not usually"
    "|usually not|once or twice|now and then"
)


_SOMETIMES = words(
    "sometimes|occasionally|some of the time|now and then|about half the time|half the time|from time to time|at times"
    "|half of the time|about half of the time|sometimes but infrequently|regularly|every now and then|moderately"
)


_OFTEN = words(
    "often|frequently|most of the time|fairly often|quite often|usually|mostly|a good bit of the time|regularly"
    "|a lot of the time|generally|many times|almost every time|nearly every time|much of the time|fairly frequently"
    "|most times"
)


_VERY_OFTEN = words(
    "very often|very frequently|almost always|nearly always|usually|almost every time|most of the time"
    "|nearly every time|constantly|almost all of the time|extremely often|always or almost always"
)


_ALWAYS = words("always|all of the time|every time|all the time|constantly|at all times|continually")


_TH_NEVER = forms("ไม่เคย{}|ไม่เคย|ไม่เคย{}เลย|ไม่{}เลย|ไม่{}|ไม่ได้{}|ไม่มี|ไม่เลย|ไม่มีเลย|{}ไม่เคย|ไม่เคยมี")


_TH_ALMOST_NEVER = forms(
    "แทบไม่{}|แทบไม่เคย{}|แทบจะไม่{}|แทบจะไม่เคย{}|แทบไม่มี|แทบจะไม่มี|{}น้อยครั้งมาก|เกือบไม่เคย{}|แทบไม่{}เลย"
    "|{}นานมากครั้ง|แทบไม่เคย{}เลย|{}น้อยมาก|{}น้อยที่สุด|{}นานๆมากครั้ง"
)


_TH_RARELY = forms(
    "{}นานๆครั้ง|{}นานๆที|{}น้อยครั้ง|{}นานๆ|ไม่ค่อย{}|ไม่บ่อย|{}ไม่บ่อย|{}ไม่บ่อยนัก|{}นานครั้ง|{}เป็นครั้งคราว"
    "|{}น้อย|{}นานๆทีครั้ง|{}ไม่ค่อยบ่อย|{}บ้างเล็กน้อย"
)


_TH_SOMETIMES = forms(
    "{}บางครั้ง|{}เป็นบางครั้ง|{}บางครั้งบางคราว|{}เป็นครั้งคราว|{}บ้างบางครั้ง|{}บ้าง|{}บางโอกาส|{}พอสมควร"
    "|{}ครั้งคราว|{}เป็นบางโอกาส|{}บางเวลา|{}บ้างเป็นบางครั้ง|{}บางคราว|{}เป็นบางครั้งบางคราว"
)


_TH_OFTEN = forms(
    "{}บ่อยครั้ง|{}บ่อย|{}บ่อยๆ|{}ค่อนข้างบ่อย|{}เป็นส่วนใหญ่|{}ส่วนใหญ่|{}ส่วนมาก|{}เกือบทุกครั้ง|{}เกือบประจำ"
    "|{}เกือบเป็นประจำ|{}บ่อยๆครั้ง|{}ค่อนข้างบ่อยครั้ง|{}เป็นส่วนมาก"
)


_TH_VERY_OFTEN = forms("{}บ่อยมาก|{}บ่อยที่สุด|{}บ่อยครั้งมาก|{}เกือบทุกครั้ง|{}เกือบตลอดเวลา|{}เกือบเสมอ|{}บ่อยมากๆ|{}แทบทุกครั้ง")


_TH_ALWAYS = forms(
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


FREQUENCY = (
    *_frequencies(_NEVER, _ALMOST_NEVER, _RARELY, _SOMETIMES, _OFTEN, _VERY_OFTEN, _ALWAYS),
    *_frequencies(_TH_NEVER, _TH_ALMOST_NEVER, _TH_RARELY, _TH_SOMETIMES, _TH_OFTEN, _TH_VERY_OFTEN, _TH_ALWAYS),
    ladder("never", "sometimes", "about half the time|half the time", "most of the time", "always"),
    ladder("none of the time|never", "a little of the time", "some of the time", "a good bit of the time",
            "most of the time", "all of the time"),
    ladder("none of the time|at no time|never", "a little of the time|some of the time", "less than half of the time",
            "more than half of the time", "most of the time", "all of the time"),
    ladder("rarely or none of the time", "some or a little of the time", "occasionally or a moderate amount of time"
            "|occasionally or a moderate amount of the time", "most or all of the time"),
    ladder("not at all", "several days", "more than half the days", "nearly every day"),
    ladder("almost never", "very infrequently", "somewhat infrequently", "somewhat frequently", "very frequently",
            "almost always"),
    ladder("never true {}", "rarely true {}", "sometimes but infrequently true {}", "neutral", "sometimes true {}",
            "usually true {}", "always true {}"),
    ladder("ไม่เลย|ไม่มีเลย|ไม่มี", "มีบางวัน*|เป็นบางวัน*|บางวัน*", "มีบ่อย*|เป็นบ่อย*|บ่อย*|มีมากกว่าครึ่ง*|มากกว่าครึ่ง*",
            "มีทุกวัน*|เป็นทุกวัน*|ทุกวัน*|เกือบทุกวัน*"),
)  # fmt: skip
