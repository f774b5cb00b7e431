"""What reviewers ask of the interviews: saturation, the choice of quotes, the reporting checklists."""

from thongthin.contract.checklists import CHECKLISTS
from thongthin.contract.schema.columns import PARTICIPANT, SITE, THEME, Column, Table, count, number, text
from thongthin.contract.schema.lacking import NO_BOTH, NO_INTERVIEWS

# The article in one language: each is read, and so judged, by itself.
ARTICLE = text("article", "บทความภาษา", "Article", unit="th or en")


def _checklist(key: str, name: str) -> Table:
    return Table(
        f"reporting_{key}",
        "results",
        "fill_checklists",
        f"What the study answers to the items of {name}, and which are open.",
        ("item",),
        (
            Column("item", "integer", "ข้อ", "Item", unit=f"number in {name}"),
            text("section_th", "หมวด (ไทย)", "Section (Thai)"),
            text("section_en", "หมวด (อังกฤษ)", "Section (English)"),
            text("name_th", "ชื่อข้อ (ไทย)", "Name (Thai)"),
            text("name_en", "ชื่อข้อ (อังกฤษ)", "Name (English)"),
            text("question_th", "คำถาม (ไทย)", "Question (Thai)"),
            text("question_en", "คำถาม (อังกฤษ)", "Question (English)"),
            text("answer_th", "คำตอบ (ไทย)", "Answer (Thai)", empty=True),
            text("answer_en", "คำตอบ (อังกฤษ)", "Answer (English)", empty=True),
            text("source", "ที่มา", "Source", unit="study.yml, data, study.yml and data, or open"),
        ),
        lacking=NO_BOTH if key == "gramms" else NO_INTERVIEWS,
    )


TABLES = (
    Table(
        "saturation",
        "results",
        "measure_saturation",
        "After how many interviews nothing new came up, at each site and over all.",
        ("site_id",),
        (
            SITE,
            text("of", "สิ่งที่นับ", "What is counted", unit="codes or themes"),
            count("n", "จำนวนบทสัมภาษณ์", "Interviews", "interviews read for every code"),
            count("left_out", "บทสัมภาษณ์ที่ไม่นับ", "Left out", "interviews not read for every code"),
            count("codes", "จำนวนรหัสที่พบ", "Codes found"),
            number("base_codes", "จำนวนรหัสในฐาน", "Codes of the base", "count"),
            count("runs", "จำนวนช่วง", "Runs", "0: saturation is undefined"),
            number("first_ratio", "ข้อมูลใหม่ในช่วงแรก", "New in the first run", "share", "new codes / codes of the base"),
            number("last_ratio", "ข้อมูลใหม่ในช่วงสุดท้าย", "New in the last run", "share", "new codes / codes of the base"),
            number("point", "จุดอิ่มตัว", "Point of saturation", "count", "interviews before the first saturated run"),
            text("notation", "จุดอิ่มตัวและความยาวช่วง", "Point and run length", empty=True, unit="such as 5+2"),
            number("reached", "ลำดับสุ่มที่อิ่มตัว", "Orders that reach it", "share", "share of random orders, 0 to 1"),
            number("point_median", "มัธยฐานของจุดอิ่มตัว", "Median point", "count", "over random orders"),
            number("point_low", "ขอบล่าง", "Lower limit", "count", "over random orders"),
            number("point_high", "ขอบบน", "Upper limit", "count", "over random orders; empty if never reached"),
            number("point_min", "จุดแรกสุด", "Earliest point", "count", "over random orders"),
            number("point_max", "จุดหลังสุด", "Latest point", "count", "over random orders; empty if some never reach it"),
        ),
        rows=("site+all",),
        lacking=("no interview was read for every code", "ไม่มีบทสัมภาษณ์ที่อ่านครบทุกรหัส"),
    ),
    Table(
        "saturation_curve",
        "results",
        "measure_saturation",
        "What each interview brought that was new, in the order of the interviews and over random orders.",
        ("site_id", "position"),
        (
            SITE,
            Column("position", "integer", "ลำดับ", "Place in the order", unit="1 is the first interview"),
            PARTICIPANT,
            Column("new", "integer", "รหัสใหม่", "New codes"),
            Column("cumulative", "integer", "รหัสสะสม", "Codes so far"),
            number("ratio", "ข้อมูลใหม่ในช่วง", "New in the run", "", "of the run that begins here / codes of the base"),
            number("mean", "ค่าเฉลี่ยรหัสสะสม", "Mean of codes so far", "", "over random orders"),
            number("low", "ขอบล่าง", "Lower limit", "", "over random orders"),
            number("high", "ขอบบน", "Upper limit", "", "over random orders"),
        ),
    ),
    Table(
        "quote_checks",
        "results",
        "check_quotes",
        "Whether the quotes of each article keep the rules of balance and attribution.",
        ("article", "check", "subject"),
        (
            ARTICLE,
            text("check", "เกณฑ์", "Check", unit="participant_share, theme_sites or attribution"),
            text("subject", "เรื่องที่ตรวจ", "Subject", unit="participant, theme, or all quotes"),
            Column(
                "n", "integer", "จำนวน", "n", unit="quotes of the participant, sites of the theme, attributed quotes"
            ),
            number("share", "สัดส่วน", "Share", "", "share of the article's quotes, 0 to 1; empty for sites"),
            Column("limit", "number", "เกณฑ์", "Limit", unit="largest share, or least number of sites"),
            Column("local", "flag", "ประเด็นเฉพาะพื้นที่", "Local theme"),
            Column("met", "flag", "เป็นไปตามเกณฑ์", "Met"),
        ),
    ),
    Table(
        "quotes_by_theme",
        "results",
        "check_quotes",
        "From how many participants and sites the quotes of each article come, by theme and over all.",
        ("article", "theme_id"),
        (
            ARTICLE,
            THEME,
            count("n", "จำนวนคำพูด", "Quotes"),
            count("participants", "ผู้ให้ข้อมูล", "Participants quoted"),
            count("sites", "พื้นที่", "Sites quoted"),
        ),
        rows=("article", "theme+all"),
        lacking=("the article shows no quotes", "บทความไม่มีคำพูดที่ยกมา"),
    ),
    *(_checklist(key, checklist.name) for key, checklist in CHECKLISTS.items()),
    Table(
        "reporting_summary",
        "results",
        "fill_checklists",
        "How many items of each checklist are answered, and how many are open.",
        ("checklist",),
        (
            text("checklist", "รายการตรวจสอบ", "Checklist", unit=" or ".join(CHECKLISTS)),
            count("items", "จำนวนข้อ", "Items"),
            count("answered", "ข้อที่มีคำตอบ", "Answered"),
            count("open", "ข้อที่ยังไม่มีคำตอบ", "Open"),
        ),
        rows=("checklist",),
    ),
)
