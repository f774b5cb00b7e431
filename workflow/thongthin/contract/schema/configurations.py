"""The results of the qualitative comparative analysis: sets, necessity, truth table, solutions, robustness."""

from thongthin.contract.schema.columns import CONSTRUCT, GROUP, WAVE, Column, N, Table, count, number, text
from thongthin.contract.schema.lacking import NO_QCA

OUTCOME = text("outcome", "ผลลัพธ์", "Outcome", unit="present, or absent: the negated outcome")
SOLUTION = text("solution", "ประเภทผลเฉลย", "Solution", unit="conservative, parsimonious or intermediate")
SET = text("set_id", "เซต", "Set")
TERM = text("term", "เส้นทาง", "Term", unit="conditions joined by *; ~ is the absence of a condition")
INCLUSION = number("inclusion", "ความสอดคล้อง", "Consistency", "coefficient", "inclusion, 0 to 1")
PRI = number("pri", "PRI", "PRI", "coefficient", "proportional reduction in inconsistency, 0 to 1")
COVERAGE = number("coverage", "ความครอบคลุม", "Coverage", "coefficient", "0 to 1")


def _shown(column: Column) -> Column:
    """The column where the rows are known only once they are computed: no article can ask for its numbers by name."""
    return Column(column.name, column.kind, column.th, column.en, empty=column.empty, unit=column.unit)


def _number(name: str, th: str, en: str, unit: str = "") -> Column:
    return _shown(number(name, th, en, unit=unit))


def _flag(name: str, th: str, en: str) -> Column:
    return Column(name, "flag", th, en)


TABLES = (
    Table(
        "qca_sets",
        "results",
        "analyse_configurations",
        "What the outcome and the conditions are made from, and their anchors.",
        ("set_id",),
        (
            SET,
            text("role", "บทบาท", "Role", unit="outcome or condition"),
            text("theme_id", "ประเด็น", "Theme", empty=True),
            text("measure", "การวัด", "Measure", empty=True, unit="of the theme"),
            text(CONSTRUCT.name, CONSTRUCT.th, CONSTRUCT.en, empty=True),
            text(WAVE.name, WAVE.th, WAVE.en, empty=True, unit=WAVE.unit),
            text(GROUP.name, GROUP.th, GROUP.en, empty=True, unit="of the respondents; empty: all"),
            number("fully_out", "ไม่เป็นสมาชิกเต็มที่", "Full non-membership", unit="unit of the score"),
            number("crossover", "จุดตัด", "Crossover", unit="unit of the score"),
            number("fully_in", "เป็นสมาชิกเต็มที่", "Full membership", unit="unit of the score"),
            text("curve", "เส้นโค้ง", "Curve", empty=True, unit="logistic or linear; empty: crisp set"),
            text("expected", "ทิศทางที่คาด", "Directional expectation", empty=True, unit="present or absent"),
            count("n", "จำนวนกรณี", "Cases", "with a score"),
            count("members", "กรณีที่อยู่ในเซต", "Cases in the set", "membership above .5"),
            count("at_crossover", "กรณีที่จุดตัด", "Cases at the crossover", "membership of exactly .5"),
        ),
        rows=("qca set",),
        lacking=NO_QCA,
    ),
    Table(
        "qca_calibration",
        "results",
        "analyse_configurations",
        "The score of each case on each set, and its membership.",
        ("case_id", "set_id"),
        (
            text("case_id", "กรณี", "Case", unit="participant or site"),
            SET,
            _number("score", "คะแนน", "Score", "before calibration"),
            _number("membership", "ความเป็นสมาชิก", "Membership", "0 to 1"),
            text(
                "remark",
                "ข้อสังเกต",
                "Remark",
                empty=True,
                unit="missing: the case takes no part; crossover: it is neither in nor out",
            ),
        ),
    ),
    Table(
        "qca_necessity",
        "results",
        "analyse_configurations",
        "Whether the outcome needs a condition, or the absence of a condition.",
        ("outcome", "set_id", "state"),
        (
            OUTCOME,
            SET,
            text("state", "สถานะของเงื่อนไข", "State of the condition", unit="present or absent"),
            INCLUSION,
            COVERAGE,
            number("ron", "RoN", "RoN", "coefficient", "relevance of necessity, 0 to 1"),
        ),
        rows=("qca outcome", "qca condition", ("present", "absent")),
        lacking=NO_QCA,
    ),
    Table(
        "qca_truth_table",
        "results",
        "analyse_configurations",
        "Every configuration of the conditions, its cases, and how it is coded.",
        ("outcome", "row"),
        (
            OUTCOME,
            Column("row", "integer", "แถว", "Row"),
            text("configuration", "รูปแบบเงื่อนไข", "Configuration", unit=TERM.unit),
            _shown(N),
            _shown(INCLUSION),
            _shown(PRI),
            text("coded", "ค่าผลลัพธ์", "Coded", unit="1, 0, or ?: a remainder, with too few cases"),
            text("cases_with", "กรณีที่มีผลลัพธ์", "Cases with the outcome", empty=True),
            text("cases_without", "กรณีที่ไม่มีผลลัพธ์", "Cases without the outcome", empty=True),
            _flag("contradiction", "มีกรณีขัดแย้ง", "Cases on both sides"),
            _flag("coded_twice", "เพียงพอต่อทั้งสองด้าน", "Coded 1 for the outcome and for its absence"),
        ),
    ),
    Table(
        "qca_fit",
        "results",
        "analyse_configurations",
        "How well each solution fits; of models that tie, the first.",
        ("outcome", "solution"),
        (
            OUTCOME,
            SOLUTION,
            count("n", "จำนวนกรณี", "Cases"),
            Column(
                "models",
                "integer",
                "จำนวนแบบจำลอง",
                "Models",
                "count",
                empty=True,
                unit="that tie; empty: too many to list",
            ),
            Column("terms", "integer", "จำนวนเส้นทาง", "Paths", "count", empty=True, unit="of the first model"),
            text("expression", "สูตรผลเฉลย", "Solution formula", empty=True, unit="paths joined by +, models by ;"),
            INCLUSION,
            PRI,
            COVERAGE,
            text("uncovered_cases", "กรณีที่ไม่ครอบคลุม", "Cases with the outcome that no path covers", empty=True),
        ),
        rows=("qca outcome", ("conservative", "parsimonious", "intermediate")),
        lacking=NO_QCA,
    ),
    Table(
        "qca_solutions",
        "results",
        "analyse_configurations",
        "The paths of each model of each solution.",
        ("outcome", "solution", "model", "path"),
        (
            OUTCOME,
            SOLUTION,
            Column("model", "integer", "แบบจำลอง", "Model"),
            Column("path", "integer", "ลำดับเส้นทาง", "Path"),
            TERM,
            _shown(INCLUSION),
            _shown(PRI),
            _number("raw_coverage", "ความครอบคลุมดิบ", "Raw coverage", "0 to 1"),
            _number("unique_coverage", "ความครอบคลุมเฉพาะ", "Unique coverage", "0 to 1"),
            text("cases", "กรณี", "Cases", empty=True, unit="in the path, with the outcome"),
            text("deviant_cases", "กรณีเบี่ยงเบน", "Deviant cases", empty=True, unit="in the path, without the outcome"),
        ),
    ),
    Table(
        "qca_path_conditions",
        "results",
        "analyse_configurations",
        "In how many paths of a solution (of the first model) a condition stands, and in how many its absence.",
        ("outcome", "solution", "set_id"),
        (
            OUTCOME,
            SOLUTION,
            SET,
            Column("with", "integer", "เส้นทางที่มีเงื่อนไข", "Paths with the condition", "count", empty=True),
            Column("without", "integer", "เส้นทางที่ไม่มีเงื่อนไข", "Paths with its absence", "count", empty=True),
        ),
        rows=("qca outcome", ("conservative", "parsimonious", "intermediate"), "qca condition"),
        lacking=NO_QCA,
    ),
    Table(
        "qca_robustness",
        "results",
        "analyse_configurations",
        "What the solutions become where one choice is changed a little.",
        ("variation", "outcome", "solution"),
        (
            Column("variation", "integer", "ลำดับการเปลี่ยน", "Variation", unit="0: as it stands"),
            text("parameter", "สิ่งที่เปลี่ยน", "Parameter", unit="base, crossover, consistency or frequency"),
            text("set_id", "เซต", "Set", empty=True, unit="whose crossover is moved"),
            _number("value", "ค่าใหม่", "Value"),
            OUTCOME,
            SOLUTION,
            Column("models", "integer", "จำนวนแบบจำลอง", "Models", empty=True),
            text("expression", "สูตรผลเฉลย", "Solution formula", empty=True),
            _flag("same", "เหมือนเดิม", "The same models as it stands"),
        ),
    ),
    Table(
        "qca_robust_terms",
        "results",
        "analyse_configurations",
        "In how many of the variations each term stands.",
        ("outcome", "solution", "term"),
        (
            OUTCOME,
            SOLUTION,
            TERM,
            _flag("base", "อยู่ในผลเฉลย", "In the solution as it stands"),
            Column("variations", "integer", "จำนวนที่พบ", "Variations with the term"),
            Column("of", "integer", "จากทั้งหมด", "Variations"),
            _number("share", "สัดส่วน", "Share", "share of variations, 0 to 1"),
        ),
    ),
)
