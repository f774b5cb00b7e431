"""The tests of the survey: sites, groups, categories, change."""

from thongthin.contract.schema.columns import (
    CONSTRUCT,
    GROUP,
    ITEM,
    SITE,
    WAVE,
    Column,
    Format,
    N,
    P,
    Table,
    count,
    number,
    text,
)
from thongthin.contract.schema.lacking import NO_GROUPS, NO_PAIRS, NO_SCALES

Said = tuple[str, str]  # in English and in Thai

POINTS, TIMES_SD = "points of the scale", "standard deviations"


def _interval(name: str, th: str, en: str, format: Format, unit: str) -> tuple[Column, Column, Column]:
    """A number and the limits of its interval."""
    low = number(f"{name}_low", f"{th} ขอบล่าง", f"{en}, lower limit", format, unit)
    high = number(f"{name}_high", f"{th} ขอบบน", f"{en}, upper limit", format, unit)
    return number(name, th, en, format, unit), low, high


DF = Column("df", "integer", "องศาอิสระ", "df", "count", empty=True)
BECAUSE = text("chosen_because", "เหตุผลที่เลือก", "Chosen because", empty=True, unit="a code, see docs/methods.md")
P_CORRECTED = number("p_corrected", "ค่า p ที่ปรับแล้ว", "Corrected p", "p", "0 to 1")
UNWEIGHTED = Column(
    "unweighted", "flag", "ไม่ได้ถ่วงน้ำหนัก", "Unweighted", unit="yes if respondents carry weights that the test leaves out"
)
R = _interval("r", "ขนาดอิทธิพล r", "Rank-biserial r", "coefficient", "-1 to 1")


def _comparison(part: str, th: str, en: str, lacking: Said, no_pairs: Said) -> tuple[Table, Table]:
    """Tests of all sites or groups, and of each pair of them; with what a study without them lacks.

    In one piece: a list of columns in their order, as the tables have them.
    """
    return (
        Table(
            f"{part}_comparison",
            "results",
            "compare_scales",
            f"Whether the {en}s differ: Kruskal-Wallis and Welch tests of each scale, and which of them counts.",
            ("construct", "wave"),
            (
                CONSTRUCT,
                WAVE,
                N,
                Column("k", "integer", f"จำนวน{th}", f"{en.capitalize()}s", "count"),
                text("test", "การทดสอบที่ใช้", "Test that counts", empty=True, unit="ranks or welch"),
                BECAUSE,
                number("h", "H", "H", "statistic"),
                DF,
                P,
                *_interval("epsilon_squared", "เอปไซลอนกำลังสอง", "Epsilon squared", "coefficient", "0 to 1"),
                number("f", "F ของเวลช์", "Welch's F", "statistic"),
                number("df2", "องศาอิสระ 2", "df2", "decimal"),
                number("p_welch", "ค่า p ของเวลช์", "p of Welch's test", "p", "0 to 1"),
                *_interval("omega_squared", "โอเมกากำลังสอง", "Omega squared", "coefficient", "at most 1"),
                P_CORRECTED,
                count("points", "จำนวนค่าที่เป็นไปได้", "Possible values of a score"),
                count("smallest_n", f"จำนวนผู้ตอบของ{th}ที่น้อยที่สุด", f"Respondents of the smallest {en}"),
                number("skewness", "ความเบ้ที่มากที่สุด", "Skewness, the furthest from 0", "decimal"),
                number("variance_ratio", "อัตราส่วนความแปรปรวน", "Largest by smallest variance", "decimal"),
                UNWEIGHTED,
            ),
            rows=(f"scale by {part}",),
            lacking=lacking,
        ),
        Table(
            f"{part}_comparison_pairs",
            "results",
            "compare_scales",
            f"Which {en}s differ: Mann-Whitney, Welch and Games-Howell tests of each pair.",
            ("construct", "wave", f"{part}_a", f"{part}_b"),
            (
                CONSTRUCT,
                WAVE,
                text(f"{part}_a", f"{th}ที่หนึ่ง", f"First {en}"),
                text(f"{part}_b", f"{th}ที่สอง", f"Second {en}"),
                count("n_a", "จำนวน (หนึ่ง)", "n (first)"),
                count("n_b", "จำนวน (สอง)", "n (second)"),
                number("u", "U", "U", "statistic"),
                number("z", "z", "z", "statistic"),
                P,
                P_CORRECTED,
                *R,
                *_interval("difference", "ผลต่างของค่าเฉลี่ย", "Difference of means", "decimal", POINTS),
                number("t", "t", "t", "statistic"),
                number("df", "องศาอิสระ", "df", "decimal"),
                number("p_welch", "ค่า p ของเวลช์", "p of Welch's test", "p", "0 to 1"),
                number("p_games_howell", "ค่า p ของเกมส์-ฮาวเวลล์", "p of Games and Howell's test", "p", "0 to 1"),
                number("games_howell_low", "ผลต่างพร้อมกัน ขอบล่าง", "Simultaneous lower limit", "decimal", POINTS),
                number("games_howell_high", "ผลต่างพร้อมกัน ขอบบน", "Simultaneous upper limit", "decimal", POINTS),
                *_interval("g", "g", "Standardised difference g", "decimal", TIMES_SD),
            ),
            rows=("scale", f"pair of {part}s"),
            lacking=no_pairs,
        ),
    )


def _change(suffix: str, by: str, unit: Column, lacking: Said, no_questions: Said) -> tuple[Table, Table]:
    """Tests of what changed, by site or by group; with what a study without them lacks.

    In one piece: a list of columns in their order, as the tables have them.
    """
    by_whom = "site+all" if unit is SITE else "answering group"
    return (
        Table(
            f"before_after{suffix}",
            "results",
            "compare_before_after",
            f"What changed from before to after, {by}: Wilcoxon signed-rank tests, shift and standardised change.",
            ("construct", unit.name),
            (
                CONSTRUCT,
                unit,
                count("n", "จำนวนคู่", "Pairs"),
                number("mean_before", "ค่าเฉลี่ยก่อน", "Mean before", unit=POINTS),
                number("mean_after", "ค่าเฉลี่ยหลัง", "Mean after", unit=POINTS),
                number("mean_change", "ผลต่าง", "Change", unit=POINTS),
                number("w", "W", "W", "statistic"),
                number("z", "z", "z", "statistic"),
                P,
                P_CORRECTED,
                *R,
                *_interval("shift", "ขนาดการเปลี่ยนแปลง", "Shift", "decimal", POINTS),
                *_interval("d_z", "d_z", "d_z", "decimal", f"{TIMES_SD} of the changes"),
                *_interval("d_av", "d_av", "d_av", "decimal", f"{TIMES_SD} of the answers"),
                UNWEIGHTED,
            ),
            rows=("construct asked twice", by_whom),
            lacking=lacking,
        ),
        Table(
            f"mcnemar{suffix}",
            "results",
            "compare_before_after",
            f"Who changed between yes and no, {by}: McNemar tests of questions with two answers that were asked twice.",
            ("item_id", unit.name),
            (
                ITEM,
                text("item_after", "ข้อคำถามหลัง", "Item asked after"),
                unit,
                count("n", "จำนวนคู่", "Pairs"),
                number(
                    "share_before", "สัดส่วนก่อน", "Share before", "share", "share that gave the higher answer, 0 to 1"
                ),
                number("share_after", "สัดส่วนหลัง", "Share after", "share", "share that gave the higher answer, 0 to 1"),
                count("gained", "ไม่เป็นใช่", "From no to yes"),
                count("lost", "ใช่เป็นไม่", "From yes to no"),
                number("chi2", "ไคสแควร์", "Chi-square", "statistic"),
                DF,
                P,
                number("p_exact", "ค่า p แบบแม่นตรง", "Exact p", "p", "0 to 1"),
                number("p_mid", "ค่า mid-p", "Mid-p", "p", "0 to 1"),
                P_CORRECTED,
                *_interval(
                    "difference", "ผลต่างของสัดส่วน", "Difference of shares", "share", "share after - before, -1 to 1"
                ),
                UNWEIGHTED,
            ),
            rows=("item asked twice", by_whom),
            lacking=no_questions,
        ),
    )


TABLES = (
    *_comparison("site", "พื้นที่", "site", NO_SCALES, NO_PAIRS),
    *_comparison("group", "กลุ่ม", "group", NO_GROUPS, NO_GROUPS),
    Table(
        "category_comparison",
        "results",
        "compare_categories",
        "Whether answers by category go with the site, and with the group: chi-square or exact tests.",
        ("item_id", "part"),
        (
            ITEM,
            text("part", "เปรียบเทียบระหว่าง", "Compared", unit="site or group"),
            N,
            Column("k", "integer", "จำนวนพื้นที่หรือกลุ่ม", "Sites or groups", "count"),
            count("categories", "จำนวนคำตอบที่ต่างกัน", "Different answers"),
            text("test", "การทดสอบที่ใช้", "Test", empty=True, unit="chi_square, exact or monte_carlo"),
            BECAUSE,
            number("chi2", "ไคสแควร์", "Chi-square", "statistic"),
            DF,
            P,
            P_CORRECTED,
            *_interval("v", "V ของคราเมอร์", "Cramer's V, corrected for bias", "coefficient", "0 to 1"),
            UNWEIGHTED,
        ),
        rows=("item by category", ("site", "group")),
        lacking=(
            "no item of the survey has the scale category or two answers, or the study has no survey",
            "แบบสอบถามไม่มีข้อคำถามแบบ category หรือแบบสองคำตอบ หรือการศึกษานี้ไม่มีแบบสอบถาม",
        ),
    ),
    *_change(
        "",
        "by site",
        SITE,
        lacking=(
            "no construct has items of both waves, before and after, in survey/items.csv",
            "ไม่มีตัวแปรที่มีข้อคำถามทั้งก่อน (before) และหลัง (after) ใน survey/items.csv",
        ),
        no_questions=(
            "no question with two answers was asked before and after",
            "ไม่มีข้อคำถามแบบสองคำตอบที่ถามทั้งก่อน (before) และหลัง (after)",
        ),
    ),
    *_change(
        "_by_group",
        "by group of respondents",
        GROUP,
        lacking=(
            "no construct has items of both waves, before and after, or the survey does not say who belongs to which"
            " group",
            "ไม่มีตัวแปรที่มีข้อคำถามทั้งก่อน (before) และหลัง (after) หรือแบบสอบถามไม่ได้ระบุกลุ่มของผู้ตอบ",
        ),
        no_questions=(
            "no question with two answers was asked before and after of respondents whose group is known",
            "ไม่มีข้อคำถามแบบสองคำตอบที่ถามทั้งก่อน (before) และหลัง (after) จากผู้ตอบที่ระบุกลุ่ม",
        ),
    ),
)
