"""How far coders agree: by code, by unit, on sets, levels and boundaries, pair by pair; and where they do not."""

from thongthin.contract.schema.columns import (
    CODE,
    END,
    PARTICIPANT,
    SITE,
    START,
    TEXT,
    Column,
    Table,
    count,
    number,
    text,
)
from thongthin.contract.schema.lacking import NO_SECOND_CODER

_UNIT = text("unit", "หน่วยวิเคราะห์", "Unit", unit="segment, turn, participant or character")
_COMPARED = text("text", "ข้อความที่นับ", "Text compared", unit="all, or coded: what somebody gave a code")
_CODERS = Column("coders", "integer", "จำนวนผู้ลงรหัส", "Coders", "count")
_UNITS = count("n", "จำนวนหน่วย", "Units", "units (or characters) that two or more coders judged")
_PERCENT = number("percent", "ร้อยละความสอดคล้อง", "Agreement", "share", "share, 0 to 1")
_ALL_EQUAL = number("all_equal", "ทุกคนตรงกัน", "All coders equal", "share", "share of units, 0 to 1")
_KAPPA = number("kappa", "แคปปาของโคเฮน", "Cohen's kappa", "coefficient", "of more than two coders the mean of pairs")
_AC1 = number("ac1", "AC1 ของกเว็ต", "Gwet's AC1", "coefficient")
_BRENNAN_PREDIGER = number(
    "brennan_prediger", "สัมประสิทธิ์ของเบรนแนนและเพรดิเจอร์ (PABAK)", "Brennan-Prediger (PABAK)", "coefficient"
)
_ALPHA = number("alpha", "แอลฟาของคริปเพนดอร์ฟ", "Krippendorff's alpha", "coefficient")
_ALPHA_LIMITS = (
    number("alpha_low", "ขอบล่าง", "Lower limit", "coefficient"),
    number("alpha_high", "ขอบบน", "Upper limit", "coefficient"),
)
_COEFFICIENTS = (
    _CODERS,
    _UNITS,
    _PERCENT,
    _ALL_EQUAL,
    _KAPPA,
    number("fleiss_kappa", "แคปปาของไฟลส์", "Fleiss' kappa", "coefficient"),
    _AC1,
    _BRENNAN_PREDIGER,
    _ALPHA,
)


TABLES = (
    Table(
        "agreement",
        "results",
        "measure_agreement",
        "How far the coders agree, for each code and over all codes.",
        ("code_id",),
        (
            CODE,
            _UNIT,
            _COMPARED,
            *_COEFFICIENTS,
            *_ALPHA_LIMITS,
        ),
        rows=("agreed code+all",),
        lacking=NO_SECOND_CODER,
    ),
    Table(
        "agreement_units",
        "results",
        "measure_agreement",
        "How far the coders agree by every kind of unit, with and without text that nobody coded.",
        ("unit", "text", "code_id"),
        (_UNIT, _COMPARED, CODE, *_COEFFICIENTS),
        rows=("compared unit", "compared text", "agreed code+all"),
        lacking=NO_SECOND_CODER,
    ),
    Table(
        "agreement_sets",
        "results",
        "measure_agreement",
        "How far the coders agree on the set of codes of a unit: alpha for sets.",
        ("unit", "text", "distance"),
        (
            _UNIT,
            _COMPARED,
            text("distance", "ระยะห่าง", "Distance", unit="masi or jaccard"),
            _CODERS,
            _UNITS,
            _ALPHA,
            *_ALPHA_LIMITS,
        ),
        rows=("compared unit", "compared text", "set distance"),
        lacking=NO_SECOND_CODER,
    ),
    Table(
        "agreement_levels",
        "results",
        "measure_agreement",
        "How far the coders agree on codes with levels, by how far the levels they gave lie apart.",
        ("code_id",),
        (
            CODE,
            _UNIT,
            _COMPARED,
            count("levels", "จำนวนระดับ", "Levels"),
            _CODERS,
            _UNITS,
            _PERCENT,
            number("kappa_linear", "แคปปาถ่วงน้ำหนักเชิงเส้น", "Weighted kappa (linear)", "coefficient"),
            number("kappa_quadratic", "แคปปาถ่วงน้ำหนักกำลังสอง", "Weighted kappa (quadratic)", "coefficient"),
            number("alpha", "แอลฟาของคริปเพนดอร์ฟ (มาตรอันดับ)", "Krippendorff's alpha (ordinal)", "coefficient"),
            *_ALPHA_LIMITS,
        ),
        rows=("code with levels",),
        lacking=(
            "no code has levels (column level of the codebook), or no interview was coded by two coders",
            "ไม่มีรหัสที่มีระดับ (คอลัมน์ level ของสมุดรหัส) หรือไม่มีบทสัมภาษณ์ที่มีผู้ลงรหัสสองคน",
        ),
    ),
    Table(
        "agreement_unitizing",
        "results",
        "measure_agreement",
        "How far the coders agree on where passages begin and end, and on their codes.",
        ("code_id",),
        (
            CODE,
            _CODERS,
            count("n", "จำนวนอักขระ", "Characters", "code points that two or more coders judged"),
            number("u_alpha", "u-แอลฟา", "u-alpha", "coefficient"),
            number("u_low", "ขอบล่าง", "Lower limit", "coefficient"),
            number("u_high", "ขอบบน", "Upper limit", "coefficient"),
            number("binary_u_alpha", "|u-แอลฟา", "|u-alpha", "coefficient", "coded or not, whatever the code"),
            number("cu_alpha", "cu-แอลฟา", "cu-alpha", "coefficient", "codes of what two coders coded"),
            number("ku_alpha", "(k)u-แอลฟา", "(k)u-alpha", "coefficient", "one code, in what two coders coded"),
        ),
        rows=("agreed code+all",),
        lacking=NO_SECOND_CODER,
    ),
    Table(
        "agreement_pairs",
        "results",
        "measure_agreement",
        "How far each pair of coders agrees, over all codes.",
        ("coder_a", "coder_b"),
        (
            text("coder_a", "ผู้ลงรหัสคนที่หนึ่ง", "First coder"),
            text("coder_b", "ผู้ลงรหัสคนที่สอง", "Second coder"),
            _UNITS,
            _PERCENT,
            _KAPPA,
            _AC1,
            _BRENNAN_PREDIGER,
            _ALPHA,
        ),
        rows=("pair of coders",),
        lacking=NO_SECOND_CODER,
    ),
    Table(
        "disagreements",
        "results",
        "measure_agreement",
        "The units that one coder gave a code and another did not, with the passages and what stands around them.",
        ("code_id", "unit_id"),
        (
            CODE,
            text("unit_id", "หน่วย", "Unit"),
            SITE,
            PARTICIPANT,
            START,
            END,
            text("kind", "ลักษณะ", "Kind", unit="uncoded, boundary or other_theme"),
            text("coders_yes", "ผู้ที่ให้รหัส", "Coders who gave it"),
            text("coders_no", "ผู้ที่ไม่ให้รหัส", "Coders who did not"),
            text("instead", "รหัสที่ให้แทน", "Codes given instead", empty=True, unit="by those who did not"),
            text("before", "ข้อความก่อนหน้า", "Text before", empty=True),
            TEXT,
            text("after", "ข้อความถัดไป", "Text after", empty=True),
        ),
        lacking=(
            "the coders agree on every unit, or no interview was coded by two coders",
            "ผู้ลงรหัสเห็นตรงกันทุกหน่วย หรือไม่มีบทสัมภาษณ์ที่มีผู้ลงรหัสสองคน",
        ),
    ),
)
