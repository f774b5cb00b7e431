"""What brings the strands together: how much was collected, and every number by its name."""

from thongthin.contract.schema.columns import GROUP, PARTICIPANT, SITE, Column, N, Table, count, number, text
from thongthin.contract.schema.lacking import NO_INTERVIEWS

TABLES = (
    Table(
        "sample",
        "results",
        "describe_sample",
        "How much was collected, by site.",
        ("quantity", "site_id"),
        (text("quantity", "รายการ", "Quantity"), SITE, N),
        rows=("quantity.site+all",),
        lacking=("nothing was collected", "ยังไม่มีข้อมูล"),
    ),
    Table(
        "interview_lengths",
        "results",
        "measure_interviews",
        "How long each interview is, and how much of it is the participant's words.",
        ("participant_id",),
        (
            PARTICIPANT,
            SITE,
            GROUP,
            count("turns", "ช่วงพูดของผู้ให้ข้อมูล", "Turns of the participant"),
            count("characters", "อักขระ", "Characters", "of the whole transcript"),
            count("spoken", "อักขระที่ผู้ให้ข้อมูลพูด", "Characters of the participant", "of the participant's turns"),
            number("share", "สัดส่วนที่ผู้ให้ข้อมูลพูด", "Share of the participant", "share", "of all turns, 0 to 1"),
        ),
        rows=("participant",),
        lacking=NO_INTERVIEWS,
    ),
    Table(
        "values",
        "results",
        "collect_values",
        "Every number that an article can ask for, how it reads, and where it comes from.",
        ("key",),
        (
            text("key", "คีย์", "Key"),
            Column("value", "number", "ค่า", "Value", empty=True),
            text("text_th", "ข้อความไทย", "Thai"),
            text("text_en", "ข้อความอังกฤษ", "English"),
            text("table", "ตาราง", "Table"),
            text("row", "แถว", "Row"),
            text("column", "คอลัมน์", "Column"),
            text("rule", "ขั้นตอน", "Rule"),
        ),
    ),
)
