"""The page of evidence in a browser: a number leads to the claims on it, a claim to its numbers; ids have names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import AXE, VIOLATIONS, follow, go, started
from evidence_data import KEY, data
from playwright.sync_api import Page

from thongthin.basics.language import Language
from thongthin.present.evidence.page import page


@pytest.fixture(params=["en", "th"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Language, Page, str, list[str]]]:
    language: Language = request.param
    path = tmp_path / "evidence.html"
    path.write_text(page(data(language), language=language, title="Village", simulated=False), encoding="utf-8")
    with started() as browser:
        own = browser.new_page()
        wrong: list[str] = []
        own.on("pageerror", lambda error: wrong.append(str(error)))
        yield language, own, path.as_uri(), wrong


def test_from_a_number_to_its_claims_and_from_a_claim_to_its_numbers(
    opened: tuple[Language, Page, str, list[str]],
) -> None:
    language, own, address, wrong = opened
    go(own, f"{address}#/value/{KEY}")
    said = own.locator("#view").inner_text()
    assert ("Female · 89 of 164" if language == "en" else "Female · 89 จาก 164") in said
    follow(own.locator('#view a[href="#/claim/most"]'))
    said = own.locator("#view").inner_text()
    assert f"{KEY} > 50%" in said and "Most are women" in said and "ส่วนใหญ่เป็นหญิง" in said
    assert ("holds · claims.yml, line 3" if language == "en" else "เป็นจริง · claims.yml, บรรทัด 3") in said
    follow(own.locator(f'#view a[href="#/value/{KEY}"]'))
    assert own.locator("h1", has_text="54.3%").count() == 1
    go(own, f"{address}#/claim/order")
    said = own.locator("#view").inner_text()
    before = "before" if language == "en" else "ก่อน"
    assert f"3.80 · MEAN · Money · {before} · North" in said and f"3.20 · MEAN · Money · {before} · South" in said
    assert "ranked(<b>x</b>)" in said, "a condition is text"
    own.evaluate(AXE.read_text(encoding="utf-8"))
    assert own.evaluate(VIOLATIONS, [None, {}]) == []
    go(own, f"{address}#/")
    assert own.locator('#view a[href="#/claim/order"]').count() == 1
    assert wrong == []
