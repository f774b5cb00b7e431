"""The page of evidence in a browser: a number leads to the claims on it, a claim to its numbers; ids have names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import AXE, VIOLATIONS, program
from playwright.sync_api import Page, sync_playwright

from thongthin.basics.language import Language
from thongthin.present.evidence.page import page

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


@pytest.fixture(params=["en", "th"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Language, Page, str, list[str]]]:
    language: Language = request.param
    path = tmp_path / "evidence.html"
    path.write_text(page(data(language), language=language, title="Village", simulated=False), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"])
        own = browser.new_page()
        wrong: list[str] = []
        own.on("pageerror", lambda error: wrong.append(str(error)))
        yield language, own, path.as_uri(), wrong
        browser.close()


def test_from_a_number_to_its_claims_and_from_a_claim_to_its_numbers(
    opened: tuple[Language, Page, str, list[str]],
) -> None:
    language, own, address, wrong = opened
    own.goto(f"{address}#/value/{KEY}")
    said = own.locator("#view").inner_text()
    assert ("Female · 89 of 164" if language == "en" else "Female · 89 จาก 164") in said
    own.click('#view a[href="#/claim/most"]')
    said = own.locator("#view").inner_text()
    assert f"{KEY} > 50%" in said and "Most are women" in said and "ส่วนใหญ่เป็นหญิง" in said
    assert ("holds · claims.yml, line 3" if language == "en" else "เป็นจริง · claims.yml, บรรทัด 3") in said
    own.click(f'#view a[href="#/value/{KEY}"]')
    assert own.locator("h1", has_text="54.3%").count() == 1
    own.goto(f"{address}#/claim/order")
    said = own.locator("#view").inner_text()
    before = "before" if language == "en" else "ก่อน"
    assert f"3.80 · MEAN · Money · {before} · North" in said and f"3.20 · MEAN · Money · {before} · South" in said
    assert "ranked(<b>x</b>)" in said, "a condition is text"
    own.evaluate(AXE.read_text(encoding="utf-8"))
    assert own.evaluate(VIOLATIONS, [None, {}]) == []
    own.goto(f"{address}#/")
    assert own.locator('#view a[href="#/claim/order"]').count() == 1
    assert wrong == []
