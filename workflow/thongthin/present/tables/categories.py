"""The tests of answers by category."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from thongthin.basics.language import UNDEFINED
from thongthin.basics.markdown import escape_markdown
from thongthin.contract.categories import MOST_CATEGORIES
from thongthin.present.catalogue import made_from
from thongthin.present.labels import Labels, Tables
from thongthin.present.tables.parts import NBSP, Column, Record, degrees, number, order, table, table_note, under
from thongthin.present.tables.testing import CORRECTED, correction_of, interval_of, level_of, unweighted


@made_from("category_comparison", "items", also=("sample_design",), th="คำตอบแบบหมวดหมู่สัมพันธ์กับพื้นที่และกับกลุ่มหรือไม่")
def category_comparison(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Whether answers by category go with the site, and with the group."""
    frame = order(tables["category_comparison"], part=("site", "group"), item_id=labels.items)
    frame = frame[frame["n"] > 0]
    parts = {
        "site": labels.say("By site", "จำแนกตามพื้นที่"),
        "group": labels.say("By group", "จำแนกตามกลุ่ม"),
    }

    def of_chi_square(column: str, cell: Callable[[Any, Labels], str]) -> Callable[[Record], str]:
        return lambda row: cell(row[column], labels) if row["test"] == "chi_square" else UNDEFINED

    columns = [
        Column(("Question", "ข้อคำถาม"), 40, lambda row: escape_markdown(labels.items[row["item_id"]])),
        Column("*n*", 8, "n", "count"),
        Column("χ^2^", 10, of_chi_square("chi2", lambda value, labels: number(value, "statistic", labels))),
        Column("*df*", 6, of_chi_square("df", degrees)),
        Column("*p*", 8, "p", "p"),
        Column(CORRECTED, 9, "p_corrected", "p"),
        Column(f"*V* \\[{level_of(analysis)}{NBSP}CI\\]", 19, lambda row: interval_of(row, "v", "coefficient", labels)),
    ]
    correction = correction_of(labels, analysis)
    note = labels.say(
        "Chi-square tests; without χ^2^: exact tests (Fisher, Freeman, Halton), where an expected count is below 1 or"
        " more than a fifth are below 5. *V*: Cramér’s *V*, corrected for bias."
        f" *p* corr.: {correction} over the questions.",
        "การทดสอบไคสแควร์ แถวที่ไม่มี χ^2^ ใช้การทดสอบแบบแม่นตรง (Fisher, Freeman, Halton) เพราะมีความถี่คาดหวังต่ำกว่า 1"
        f" หรือเกินหนึ่งในห้าต่ำกว่า 5 *V* คือ *V* ของคราเมอร์ที่ปรับความเอนเอียงแล้ว *p* ปรับ คือค่าที่ปรับด้วย{correction}ข้ามข้อคำถาม",
    )
    tests = set(frame["test"])
    if "monte_carlo" in tests:
        drawn = number(analysis["comparison"]["replicates"], "count", labels)
        note += labels.say(
            f" Where too many tables are possible, {drawn} are drawn at random.",
            f" เมื่อตารางที่เป็นไปได้มีมากเกินไป จะสุ่ม {drawn} ตาราง",
        )
    if "free_text" in set(frame["chosen_because"]):
        most = number(MOST_CATEGORIES, "count", labels)
        note += labels.say(
            f" Questions with more than {most} different answers are not tested.",
            f" ไม่ทดสอบข้อคำถามที่มีคำตอบต่างกันเกิน {most} แบบ",
        )
    rows = under(frame, "part", lambda part: parts[part])
    return table(columns, rows, labels) + table_note(labels, note + unweighted(frame, labels))
