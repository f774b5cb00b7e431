"""Data of a small page of evidence, for tests that open it in a browser."""

from __future__ import annotations

from typing import Any

from thongthin.basics.language import Language

KEY = "category_answers.sex.all.female.share"
MEANS = ["scale_statistics.budget.before.S01.mean", "scale_statistics.budget.before.S02.mean"]


def columns(*names: str, numbers: tuple[str, ...]) -> list[list[str]]:
    return [[name, name.upper(), "decimal" if name in numbers else "", ""] for name in names]


def data(language: Language) -> dict[str, Any]:
    said = {"said_th": "ส่วนใหญ่เป็นหญิง", "said_en": "Most are women", "line_th": "5", "line_en": "5"}
    exhibit = {"document": "article", "number": "", "id": "", "tables": "", **said}
    return {
        "audience": "open",
        "answers": 0,
        "study": "village",
        "labels": {"sites": {"S01": "North", "S02": "South"}, "groups": {}, "constructs": {"budget": "Money"}},
        "claims": {
            "most": [{"text": f"{KEY} > 50%", "line": 3, "holds": True, "keys": [KEY]}],
            "order": [{"text": "ranked(<b>x</b>) = [S01, S02]", "line": 4, "holds": None, "keys": MEANS}],
        },
        "exhibits": [
            {**exhibit, "kind": "value", "name": KEY},
            {**exhibit, "kind": "claim", "name": "most"},
            {**exhibit, "kind": "claim", "name": "order"},
        ],
        "tables": {
            "category_answers": {
                "rule": "describe_items",
                "about": "How often.",
                "key": ["item_id", "site_id", "category"],
                "columns": columns("item_id", "site_id", "category", "n", "share", numbers=("n", "share")),
                "rows": [["sex", "all", "female", 89, 89 / 164], ["sex", "all", "missing", 6, ""]],
                "reads": [["89", "54.3%"], ["6", ""]],
                "behind": [0, 0],
            },
            "scale_statistics": {
                "rule": "describe_scales",
                "about": "Means.",
                "key": ["construct", "wave", "site_id"],
                "columns": columns("construct", "wave", "site_id", "n", "mean", numbers=("n", "mean")),
                "rows": [["budget", "before", "S01", 9, 3.8], ["budget", "before", "S02", 9, 3.2]],
                "reads": [["9", "3.80"], ["9", "3.20"]],
                "behind": [0, 0],
            },
        },
        "shown": {}, "figures": {}, "quotes": {}, "codes": {}, "steps": {}, "files": {}, "packages": "0", "engine": "e",
        "items": {
            "sex": {"th": "เพศ", "en": "Sex", "construct": "", "reversed": False, "answers": {"female": "Female"}},
        },
        "data": {}, "behind": [{}], "people": [],
    }  # fmt: skip
