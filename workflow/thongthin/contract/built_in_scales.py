"""The words of the usual scales by name: what each point is called in Thai and English, and other ways to write it."""

from __future__ import annotations

# One line a point, lowest first: Thai | English | other ways to write it.
_LITTLE = "น้อย|Low|Little|ระดับน้อย"
_MUCH = "มาก|High|Much|ระดับมาก"
_DISAGREE_MOST = (
    "ไม่เห็นด้วยอย่างยิ่ง|Strongly disagree|ไม่เห็นด้วยอย่างมาก|ไม่เห็นด้วยมากที่สุด|ไม่เห็นด้วยเลย|Completely disagree|Totally disagree"
    "|Disagree strongly|Disagree completely|Very strongly disagree"
)


_NEITHER = (
    "ไม่แน่ใจ|Neither agree nor disagree|เฉยๆ|เฉย|ปานกลาง|เป็นกลาง|ไม่แน่ใจ/เฉยๆ|เห็นด้วยปานกลาง|Neither agree or disagree"
    "|Neither disagree nor agree|Neither|Neutral|Undecided|Uncertain|Unsure|Not sure"
)


_AGREE_MOST = (
    "เห็นด้วยอย่างยิ่ง|Strongly agree|เห็นด้วยอย่างมาก|เห็นด้วยมากที่สุด|Completely agree|Totally agree|Agree strongly"
    "|Agree completely|Very strongly agree"
)


_DISAGREE_LITTLE = (
    "ค่อนข้างไม่เห็นด้วย|Somewhat disagree|ไม่เห็นด้วยเล็กน้อย|Slightly disagree|Disagree somewhat|Tend to disagree"
)


_AGREE_LITTLE = "ค่อนข้างเห็นด้วย|Somewhat agree|เห็นด้วยเล็กน้อย|Slightly agree|Agree somewhat|Tend to agree"
_SATISFIED_MOST = "พึงพอใจอย่างยิ่ง|Very satisfied|พึงพอใจมากที่สุด|พึงพอใจมาก|Extremely satisfied|Completely satisfied"
_DISSATISFIED_MOST = (
    "ไม่พึงพอใจอย่างยิ่ง|Very dissatisfied|ไม่พึงพอใจมากที่สุด|ไม่พึงพอใจมาก|ไม่พึงพอใจเลย|Very unsatisfied|Extremely dissatisfied"
    "|Completely dissatisfied|Not at all satisfied"
)


_UNMOVED = (
    "เฉยๆ|Neither satisfied nor dissatisfied|เฉย|ปานกลาง|ไม่แน่ใจ|Neutral|Neither|Neither dissatisfied nor satisfied"
)


_DISSATISFIED_LITTLE = "ค่อนข้างไม่พึงพอใจ|Somewhat dissatisfied|Slightly dissatisfied"
_SATISFIED_LITTLE = "ค่อนข้างพึงพอใจ|Somewhat satisfied|Slightly satisfied"
_NEVER = "ไม่เคย|Never|ไม่เคยเลย|ไม่เคยใช้"
_RARELY = "นานๆ ครั้ง|Rarely|แทบไม่เคย|น้อยครั้ง|Seldom|Hardly ever|Almost never"
_SOMETIMES = "บางครั้ง|Sometimes|เป็นบางครั้ง|บางครั้งบางคราว|ปานกลาง|Occasionally|Now and then"
_OFTEN = "บ่อยครั้ง|Often|บ่อย|บ่อยๆ|Frequently"
_ALWAYS = "เป็นประจำ|Always|ทุกครั้ง|เสมอ|สม่ำเสมอ|เป็นประจำสม่ำเสมอ|ตลอดเวลา|Every time|All the time"
_LEAST = "น้อยที่สุด|Lowest|Very low|Very little|Least|ระดับน้อยที่สุด"
_MODERATE = "ปานกลาง|Moderate|Medium|Moderately|Average|ระดับปานกลาง"
_MOST = "มากที่สุด|Highest|Very high|Very much|Most|ระดับมากที่สุด"
_EVEN = "ไม่แน่ใจ|Neither likely nor unlikely|เฉยๆ|เฉย|ปานกลาง|ห้าสิบห้าสิบ|Neutral|Neither|Undecided|Unsure|Not sure"
_UNLIKELY_MOST = (
    "ไม่น่าเป็นไปได้อย่างยิ่ง|Very unlikely|เป็นไปไม่ได้เลย|ไม่น่าเป็นไปได้เลย|ไม่มีทางเป็นไปได้|Extremely unlikely|Highly unlikely"
)


_UNLIKELY = "ไม่น่าเป็นไปได้|Unlikely|ไม่น่าจะเป็นไปได้|เป็นไปได้น้อย"
_LIKELY = "น่าจะเป็นไปได้|Likely|เป็นไปได้|เป็นไปได้มาก"
_LIKELY_MOST = "เป็นไปได้อย่างยิ่ง|Very likely|เป็นไปได้มากที่สุด|เป็นไปได้อย่างมาก|Extremely likely|Highly likely"
POINTS: dict[str, tuple[str, ...]] = {
    "agreement2": ("ไม่เห็นด้วย|Disagree", "เห็นด้วย|Agree"),
    "agreement3": ("ไม่เห็นด้วย|Disagree", _NEITHER, "เห็นด้วย|Agree"),
    "agreement4": (
        _DISAGREE_MOST,
        "ไม่เห็นด้วย|Disagree|" + _DISAGREE_LITTLE,
        "เห็นด้วย|Agree|" + _AGREE_LITTLE,
        _AGREE_MOST,
    ),
    "agreement5": (
        _DISAGREE_MOST,
        "ไม่เห็นด้วย|Disagree|" + _DISAGREE_LITTLE,
        _NEITHER,
        "เห็นด้วย|Agree|" + _AGREE_LITTLE,
        _AGREE_MOST,
    ),
    "agreement6": (
        _DISAGREE_MOST,
        "ไม่เห็นด้วย|Disagree",
        _DISAGREE_LITTLE,
        _AGREE_LITTLE,
        "เห็นด้วย|Agree",
        _AGREE_MOST,
    ),
    "agreement7": (
        _DISAGREE_MOST,
        "ไม่เห็นด้วย|Disagree",
        _DISAGREE_LITTLE,
        _NEITHER,
        _AGREE_LITTLE,
        "เห็นด้วย|Agree",
        _AGREE_MOST,
    ),
    "agreement_level5": (
        "เห็นด้วยน้อยที่สุด|Agree least|Agree very little",
        "เห็นด้วยน้อย|Agree a little|Agree little",
        "เห็นด้วยปานกลาง|Agree moderately|Moderately agree",
        "เห็นด้วยมาก|Agree much|Agree a lot",
        "เห็นด้วยมากที่สุด|Agree most|Agree very much",
    ),
    "satisfaction3": ("ไม่พึงพอใจ|Dissatisfied|ไม่พอใจ|Unsatisfied|Not satisfied", _UNMOVED, "พึงพอใจ|Satisfied|พอใจ"),
    "satisfaction4": (
        _DISSATISFIED_MOST,
        "ไม่พึงพอใจ|Dissatisfied|Unsatisfied|" + _DISSATISFIED_LITTLE,
        "พึงพอใจ|Satisfied|" + _SATISFIED_LITTLE,
        _SATISFIED_MOST,
    ),
    "satisfaction5": (
        _DISSATISFIED_MOST,
        "ไม่พึงพอใจ|Dissatisfied|Unsatisfied|" + _DISSATISFIED_LITTLE,
        _UNMOVED,
        "พึงพอใจ|Satisfied|" + _SATISFIED_LITTLE,
        _SATISFIED_MOST,
    ),
    "satisfaction7": (
        _DISSATISFIED_MOST,
        "ไม่พึงพอใจ|Dissatisfied|Unsatisfied",
        _DISSATISFIED_LITTLE,
        _UNMOVED,
        _SATISFIED_LITTLE,
        "พึงพอใจ|Satisfied",
        _SATISFIED_MOST,
    ),
    "satisfaction_level5": (
        "พึงพอใจน้อยที่สุด|Least satisfied",
        "พึงพอใจน้อย|Little satisfied|Slightly satisfied",
        "พึงพอใจปานกลาง|Moderately satisfied",
        "พึงพอใจมาก|Much satisfied|Very satisfied",
        "พึงพอใจมากที่สุด|Most satisfied|Extremely satisfied",
    ),
    "frequency3": (_NEVER, _SOMETIMES, _ALWAYS),
    "frequency4": (_NEVER, _SOMETIMES, _OFTEN, _ALWAYS),
    "frequency5": (_NEVER, _RARELY, _SOMETIMES, _OFTEN, _ALWAYS),
    "frequency6": (
        _NEVER,
        "แทบไม่เคย|Very rarely|น้อยครั้งมาก|Almost never|Hardly ever",
        "นานๆ ครั้ง|Rarely|น้อยครั้ง|Seldom",
        _SOMETIMES,
        "บ่อยครั้ง|Very frequently|บ่อย|บ่อยๆ|Often|Frequently|Very often",
        _ALWAYS,
    ),
    "frequency7": (
        _NEVER,
        "แทบไม่เคย|Rarely|Almost never|Hardly ever",
        "นานๆ ครั้ง|Occasionally|น้อยครั้ง|Seldom",
        "บางครั้ง|Sometimes|เป็นบางครั้ง",
        "บ่อยครั้ง|Frequently|บ่อย|บ่อยๆ|Often",
        "เกือบทุกครั้ง|Usually|เกือบเสมอ|บ่อยมาก|Almost always|Very often",
        _ALWAYS,
    ),
    "level3": (_LITTLE, _MODERATE, _MUCH),
    "level4": (_LEAST, _LITTLE, _MUCH, _MOST),
    "level5": (_LEAST, _LITTLE, _MODERATE, _MUCH, _MOST),
    "extent5": (
        "ไม่เลย|Not at all|ไม่มีเลย|ไม่เลยแม้แต่น้อย",
        "เล็กน้อย|Slightly|น้อย|A little|A little bit",
        "ปานกลาง|Moderately|บ้าง|Somewhat",
        "มาก|Very|Very much|A lot|Quite a bit",
        "มากที่สุด|Extremely|อย่างยิ่ง|Completely",
    ),
    "quality3": ("ไม่ดี|Poor|แย่|Bad", "ปานกลาง|Fair|พอใช้|Average", "ดี|Good"),
    "quality4": ("ควรปรับปรุง|Poor|ต้องปรับปรุง|Needs improvement", "พอใช้|Fair", "ดี|Good", "ดีมาก|Very good|Excellent"),
    "quality5": (
        "แย่มาก|Very poor|ไม่ดีเลย|ไม่ดีมาก|Very bad",
        "แย่|Poor|ไม่ดี|Bad",
        "ปานกลาง|Fair|Average|Acceptable",
        "ดี|Good",
        "ดีมาก|Very good|Excellent",
    ),
    "quality7": (
        "แย่มาก|Very poor|ไม่ดีเลย|Very bad",
        "แย่|Poor|ไม่ดี|Bad",
        "ค่อนข้างแย่|Somewhat poor|ค่อนข้างไม่ดี|Below average",
        "ปานกลาง|Fair|Average",
        "ค่อนข้างดี|Somewhat good|Above average",
        "ดี|Good",
        "ดีมาก|Very good|Excellent",
    ),
    "performance5": (
        "ควรปรับปรุง|Needs improvement|ต้องปรับปรุง|ปรับปรุง",
        "พอใช้|Passable",
        "ปานกลาง|Moderate|Fair|Average",
        "ดี|Good",
        "ดีมาก|Very good|ดีเยี่ยม|Excellent",
    ),
    "excellence5": (
        "ไม่ดี|Poor|แย่",
        "พอใช้|Fair",
        "ดี|Good",
        "ดีมาก|Very good",
        "ดีเยี่ยม|Excellent|ยอดเยี่ยม|ดีเลิศ",
    ),
    "likelihood4": (_UNLIKELY_MOST, _UNLIKELY, _LIKELY, _LIKELY_MOST),
    "likelihood5": (_UNLIKELY_MOST, _UNLIKELY, _EVEN, _LIKELY, _LIKELY_MOST),
    "likelihood7": (
        _UNLIKELY_MOST,
        _UNLIKELY,
        "ค่อนข้างไม่น่าเป็นไปได้|Somewhat unlikely|Slightly unlikely",
        _EVEN,
        "ค่อนข้างเป็นไปได้|Somewhat likely|Slightly likely",
        _LIKELY,
        _LIKELY_MOST,
    ),
    "importance5": (
        "ไม่สำคัญเลย|Not at all important|สำคัญน้อยที่สุด|Not important|Unimportant",
        "สำคัญน้อย|Slightly important|ไม่ค่อยสำคัญ|Of little importance",
        "สำคัญปานกลาง|Moderately important|Important to some extent",
        "สำคัญมาก|Very important|สำคัญ|Important",
        "สำคัญมากที่สุด|Extremely important|สำคัญที่สุด|สำคัญอย่างยิ่ง",
    ),
    "yes_no": (
        "ไม่ใช่|No|ไม่|ไม่มี|ไม่เคย|ไม่ได้|False|N",
        "ใช่|Yes|มี|เคย|ได้|True|Y",
    ),
    "chosen": ("ไม่ได้เลือก|Not chosen|ไม่เลือก|No|False|ไม่ใช่", "เลือก|Chosen|Yes|True|ใช่"),
}


FROM_ZERO = {"yes_no", "agreement2", "chosen"}
