"""What brings the strands together: how much was collected, and every number by its name."""

from thongthin.schema.columns import SITE, Column, N, Table, text

TABLES = (
    Table(
        "sample",
        "results",
        "describe_sample",
        "How much was collected, by site.",
        ("quantity", "site_id"),
        (text("quantity", "รายการ", "Quantity"), SITE, N),
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
