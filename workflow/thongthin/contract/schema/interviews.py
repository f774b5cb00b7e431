"""The results of the interviews: themes and how they compare, what occurs together, agreement of coders."""

from thongthin.contract.schema.agreement import TABLES as AGREEMENT
from thongthin.contract.schema.columns import (
    CODE,
    GROUP,
    PARTICIPANT,
    SITE,
    THEME,
    Column,
    Format,
    P,
    Table,
    count,
    number,
    text,
)
from thongthin.contract.schema.lacking import NO_THEMES

_THEME_COUNTS = (
    count("participants", "ผู้ให้ข้อมูลที่กล่าวถึง", "Participants who mention it"),
    count("denominator", "ผู้ให้ข้อมูลทั้งหมด", "Participants coded"),
    number("share", "สัดส่วน", "Share", "share", "share of participants, 0 to 1"),
    number("low", "ขอบล่าง", "Lower limit", "share", "exact interval of the share"),
    number("high", "ขอบบน", "Upper limit", "share", "exact interval of the share"),
    count("segments", "จำนวนข้อความ", "Segments", "passages, overlaps merged"),
)
_PASSAGES = "passages, overlaps merged"
_SPREAD = "shared, partial, distinct, absent; empty with fewer than two"


def _cooccurrence(first: Column, second: Column, format: Format) -> tuple[Column, ...]:
    """Columns of a table of pairs; `format` is that of numbers which an article hardly asks for."""
    return (
        first,
        second,
        count("participants", "ผู้ให้ข้อมูล", "Participants with both"),
        count("turns", "ช่วงพูด", "Turns with both"),
        number("jaccard", "ดัชนีแจ็กการ์ด", "Jaccard", "coefficient" if format else "", "0 to 1, over turns"),
        Column("passages_a", "integer", "ข้อความของแรก", "Passages of the first", format, unit=_PASSAGES),
        Column("passages_b", "integer", "ข้อความของหลัง", "Passages of the second", format, unit=_PASSAGES),
        Column(
            "overlapping", "integer", "ข้อความที่ซ้อนกัน", "Overlapping passages", format, unit="the smaller count of both"
        ),
        Column("near", "integer", "ข้อความที่อยู่ใกล้กัน", "Passages nearby", format, unit="overlapping ones included"),
        number("c", "สัมประสิทธิ์ c", "c-coefficient", "coefficient", "0 to 1, over passages"),
    )


def _sides(name: str, of: str, th: str, unit: str) -> tuple[Column, ...]:
    """Four counts: enabling, hindering, both, neutral."""
    return (
        count(f"{name}_enabling", f"{th}ด้านส่งเสริม", f"{of}, enabling", unit),
        count(f"{name}_hindering", f"{th}ด้านขัดขวาง", f"{of}, hindering", unit),
        count(f"{name}_both", f"{th}ทั้งสองด้าน", f"{of}, both", unit),
        count(f"{name}_neutral", f"{th}เป็นกลาง", f"{of}, neutral", unit),
    )


_EVIDENCE = (
    text("segment_ids", "รหัสข้อความ", "Segments", empty=True, unit="one of each passage, best evidence first"),
    text("quote_ids", "รหัสคำพูด", "Quotes", empty=True),
)

TABLES = (
    Table(
        "themes_by_participant",
        "results",
        "count_themes",
        "Which participant speaks of which theme.",
        ("participant_id", "theme_id"),
        (
            PARTICIPANT,
            THEME,
            Column("present", "integer", "กล่าวถึง", "Present", "count", unit="1 or 0"),
            count("segments", "จำนวนข้อความ", "Segments", "passages, overlaps merged"),
            count("characters", "จำนวนอักขระ", "Characters", "code points covered"),
        ),
        rows=("participant read", "theme"),
    ),
    Table(
        "themes_by_site",
        "results",
        "count_themes",
        "How many participants of each site speak of each theme.",
        ("site_id", "theme_id"),
        (SITE, THEME, *_THEME_COUNTS),
        rows=("site+all", "theme"),
        lacking=NO_THEMES,
    ),
    Table(
        "themes_by_group",
        "results",
        "count_themes",
        "How many participants of each group speak of each theme.",
        ("group", "theme_id"),
        (GROUP, THEME, *_THEME_COUNTS),
        rows=("group+all", "theme"),
        lacking=NO_THEMES,
    ),
    Table(
        "codes_by_group",
        "results",
        "count_themes",
        "How many participants of each group speak of each code, or of one below it.",
        ("group", "code_id"),
        (GROUP, CODE, *_THEME_COUNTS),
        rows=("group+all", "code"),
        lacking=NO_THEMES,
    ),
    Table(
        "themes_by_site_group",
        "results",
        "count_themes",
        "How many participants of each group at each site speak of each theme.",
        ("site_id", "group", "theme_id"),
        (SITE, GROUP, THEME, *_THEME_COUNTS),
        rows=("site", "group", "theme"),
        lacking=NO_THEMES,
    ),
    Table(
        "theme_cooccurrence",
        "results",
        "count_cooccurrence",
        "Which themes occur together.",
        ("theme_a", "theme_b"),
        _cooccurrence(
            text("theme_a", "ประเด็นที่หนึ่ง", "First theme"), text("theme_b", "ประเด็นที่สอง", "Second theme"), "count"
        ),
        rows=("pair of themes",),
        lacking=("the codebook has fewer than two themes", "สมุดรหัสมีประเด็นไม่ถึงสองประเด็น"),
    ),
    Table(
        "code_cooccurrence",
        "results",
        "count_cooccurrence",
        "Which codes occur together, each as it was given.",
        ("code_a", "code_b"),
        _cooccurrence(text("code_a", "รหัสที่หนึ่ง", "First code"), text("code_b", "รหัสที่สอง", "Second code"), ""),
        rows=("pair of codes",),
    ),
    Table(
        "theme_spread",
        "results",
        "compare_themes",
        "In how many sites and groups somebody speaks of each theme.",
        ("theme_id",),
        (
            THEME,
            count("participants", "ผู้ให้ข้อมูลที่กล่าวถึง", "Participants who mention it"),
            count("denominator", "ผู้ให้ข้อมูลทั้งหมด", "Participants coded"),
            count("sites", "พื้นที่ที่กล่าวถึง", "Sites where it is mentioned"),
            count("sites_read", "พื้นที่ทั้งหมด", "Sites coded"),
            text("site_ids", "รหัสพื้นที่", "Which sites", empty=True),
            text("site_spread", "การกระจายตามพื้นที่", "Spread over sites", empty=True, unit=_SPREAD),
            count("groups", "กลุ่มที่กล่าวถึง", "Groups where it is mentioned"),
            count("groups_read", "กลุ่มทั้งหมด", "Groups coded"),
            text("group_ids", "รหัสกลุ่ม", "Which groups", empty=True),
            text("group_spread", "การกระจายตามกลุ่ม", "Spread over groups", empty=True, unit=_SPREAD),
        ),
        rows=("theme",),
        lacking=NO_THEMES,
    ),
    Table(
        "deviant_cases",
        "results",
        "compare_themes",
        "Participants who differ, on a theme, from most others of their site or group.",
        ("theme_id", "part", "reason", "participant_id"),
        (
            PARTICIPANT,
            SITE,
            GROUP,
            THEME,
            text("part", "เทียบกับ", "Compared with", unit="site or group"),
            text("reason", "เหตุผล", "Reason", unit="present, absent, enabling or hindering, unlike most others"),
            Column(
                "participants",
                "integer",
                "จำนวน",
                "Participants",
                unit="who speak of it; who speak only on the other side",
            ),
            Column("denominator", "integer", "จากทั้งหมด", "Of", unit="of the site or group, the case included"),
            Column("share", "number", "สัดส่วน", "Share", unit="0 to 1"),
            *_EVIDENCE,
        ),
        lacking=(
            "nobody stands against most others of a site or group by the rule of the configuration",
            "ไม่มีผู้ให้ข้อมูลที่ต่างจากส่วนใหญ่ของพื้นที่หรือกลุ่มตามเกณฑ์ที่ตั้งไว้",
        ),
    ),
    Table(
        "framework_matrix",
        "results",
        "compare_themes",
        "What each site says of each theme: how much, on which side, and where it stands.",
        ("site_id", "theme_id"),
        (
            SITE,
            THEME,
            Column("participants", "integer", "ผู้ให้ข้อมูลที่กล่าวถึง", "Participants who mention it"),
            Column("denominator", "integer", "ผู้ให้ข้อมูลทั้งหมด", "Participants coded"),
            Column("segments", "integer", "จำนวนข้อความ", "Segments", unit=_PASSAGES),
            Column("characters", "integer", "จำนวนอักขระ", "Characters", unit="code points covered"),
            Column("enabling", "integer", "ข้อความด้านส่งเสริม", "Enabling passages", unit=_PASSAGES),
            Column("hindering", "integer", "ข้อความด้านขัดขวาง", "Hindering passages", unit=_PASSAGES),
            Column("both", "integer", "ข้อความทั้งสองด้าน", "Passages that are both", unit=_PASSAGES),
            *_EVIDENCE,
        ),
        lacking=NO_THEMES,
    ),
    Table(
        "valence_by_participant",
        "results",
        "balance_valence",
        "Which side each participant takes on each theme that has enabling or hindering codes.",
        ("participant_id", "theme_id"),
        (
            PARTICIPANT,
            THEME,
            text("valence", "ทิศทาง", "Valence", unit="enabling, hindering, both or neutral"),
            Column("enabling", "integer", "ข้อความด้านส่งเสริม", "Enabling passages", unit=_PASSAGES),
            Column("hindering", "integer", "ข้อความด้านขัดขวาง", "Hindering passages", unit=_PASSAGES),
            Column("both", "integer", "ข้อความทั้งสองด้าน", "Passages that are both", unit=_PASSAGES),
            Column("neutral", "integer", "ข้อความเป็นกลาง", "Neutral passages", unit=_PASSAGES),
        ),
    ),
    Table(
        "valence_balance",
        "results",
        "balance_valence",
        "How many participants and passages enable and how many hinder, by site and group.",
        ("site_id", "group", "theme_id"),
        (
            SITE,
            GROUP,
            THEME,
            *_sides("participants", "Participants", "ผู้ให้ข้อมูล", "who say nothing else"),
            *_sides("passages", "Passages", "ข้อความ", _PASSAGES),
            count("denominator", "ผู้ให้ข้อมูลที่กล่าวด้านใดด้านหนึ่ง", "Participants who take a side"),
            number("share", "สัดส่วนที่กล่าวด้านส่งเสริม", "Share enabling", "share", "of participants who take a side"),
            number("low", "ขอบล่าง", "Lower limit", "share", "exact interval of the share"),
            number("high", "ขอบบน", "Upper limit", "share", "exact interval of the share"),
            number(
                "index", "ดัชนีดุลยภาพ", "Index of balance", "decimal", "-1 (hindering) to 1 (enabling), over passages"
            ),
        ),
        rows=("site+all", "group+all", "theme with valence"),
        lacking=(
            "no theme has enabling or hindering codes, or nobody was coded for one",
            "ไม่มีประเด็นที่มีรหัสด้านส่งเสริมหรือขัดขวาง หรือไม่มีการลงรหัสดังกล่าว",
        ),
    ),
    Table(
        "theme_tests",
        "results",
        "explore_differences",
        "Whether a theme goes with the site or the group: exploratory tests over participants.",
        ("part", "theme_id"),
        (
            text("part", "เทียบระหว่าง", "Compared across", unit="site or group"),
            THEME,
            count("n", "จำนวน", "n", "participants coded for the theme"),
            count("k", "จำนวนกลุ่มที่เทียบ", "Sites or groups"),
            text("method", "วิธี", "Method", empty=True, unit="exact, monte_carlo; empty: no test"),
            P,
            number("p_corrected", "ค่า p ที่ปรับแล้ว", "Corrected p", "p", "Holm, over themes; 0 to 1"),
            number("v", "วีของคราเมอร์", "Cramer's V", "coefficient", "corrected for bias; 0 to 1"),
            Column("exploratory", "flag", "เชิงสำรวจ", "Exploratory", unit="always yes"),
        ),
        rows=(("site", "group"), "theme"),
        lacking=NO_THEMES,
    ),
    *AGREEMENT,
)
