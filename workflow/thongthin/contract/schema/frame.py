"""The tables of data/processed/ that say where and who: sites and participants."""

from thongthin.contract.schema.columns import GROUP, PARTICIPANT, SITE, Column, Table, text
from thongthin.contract.schema.lacking import NO_INTERVIEWS

TABLES = (
    Table(
        "sites",
        "processed",
        "read_sites",
        "The sites of the study.",
        ("site_id",),
        (
            SITE,
            text("name_th", "ชื่อ (ไทย)", "Name (Thai)"),
            text("name_en", "ชื่อ (อังกฤษ)", "Name (English)"),
            text("short_th", "ชื่อย่อ (ไทย)", "Short name (Thai)", unit="in heads, legends and below quotes", empty=True),
            text("short_en", "ชื่อย่อ (อังกฤษ)", "Short name (English)", unit="the same", empty=True),
            text("type", "ประเภท", "Type", empty=True),
        ),
        lacking=("sites.csv lists no site", "sites.csv ไม่มีพื้นที่"),
    ),
    Table(
        "site_places",
        "processed",
        "read_sites",
        "Where sites lie, of those that have coordinates or a code.",
        ("site_id",),
        (
            SITE,
            Column("latitude", "number", "ละติจูด", "Latitude", unit="degrees north, WGS 84"),
            Column("longitude", "number", "ลองจิจูด", "Longitude", unit="degrees east, WGS 84"),
            text(
                "known_by",
                "ทราบจาก",
                "Known by",
                unit="coordinates: of the site; code: they are those of the seat of its province",
            ),
            text("code", "รหัสพื้นที่", "Code", empty=True, unit="of a province, district or subdistrict (TIS 1099)"),
            text("place_th", "ชื่อพื้นที่ของรหัส (ไทย)", "Place of the code (Thai)", empty=True),
            text("place_en", "ชื่อพื้นที่ของรหัส (อังกฤษ)", "Place of the code (English)", empty=True),
        ),
        lacking=(
            "sites.csv says of no site where it lies (columns latitude and longitude, or code)",
            "sites.csv ไม่ได้ระบุตำแหน่งของพื้นที่ใด (คอลัมน์ latitude กับ longitude หรือ code)",
        ),
    ),
    Table(
        "participants",
        "processed",
        "read_participants",
        "Those who were interviewed and gave their consent.",
        ("participant_id",),
        (
            PARTICIPANT,
            SITE,
            GROUP,
            text("role", "บทบาท", "Role", empty=True),
            text("sex", "เพศ", "Sex", empty=True),
            text("age_band", "ช่วงอายุ", "Age band", empty=True),
            Column("interviewed_on", "date", "วันที่สัมภาษณ์", "Interviewed on", empty=True),
            text("consent", "ความยินยอม", "Consent", unit="yes or no"),
        ),
        lacking=NO_INTERVIEWS,
    ),
)
