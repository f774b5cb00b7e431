"""Everything that a document shows leads to its evidence."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pandas as pd
from built import Build, loads

from thongthin.contract.documents import documents_of

ROOT = Path(__file__).parents[2]
_LEADS = re.compile(r'href="evidence\.(?:th|en)\.html#/([^"]+)"')


@cache
def _page(build: Build, language: str) -> dict[str, Any]:
    text = (build.results / f"evidence.{language}.html").read_text(encoding="utf-8")
    return dict(json.loads(re.search(r'id="data">(.*?)</script>', text, re.S)[1]))  # type: ignore[index]


@cache
def _keys(build: Build, language: str) -> set[str]:
    found = set()
    for name, table in _page(build, language)["tables"].items():
        places = [[own[0] for own in table["columns"]].index(key) for key in table["key"]]
        for row in table["rows"]:
            id_ = ".".join(str(row[place]) for place in places if str(row[place]) != "")
            found |= {f"{name}.{id_}.{column[0]}" for column in table["columns"]}
    return found


def _documents(build: Build) -> Iterator[tuple[str, str, str]]:
    for document in documents_of(ROOT, build.settings.name):
        for language in build.settings.config.languages:
            if "html" in build.settings.config.formats:
                path = build.document(document, language, "html")
                yield document, language, path.read_text(encoding="utf-8")


def test_what_documents_show_leads_to_what_is_there(build: Build) -> None:
    lost = []
    for document, language, text in _documents(build):
        page, keys = _page(build, language), _keys(build, language)
        exhibits = {f"{own['document']}/{own['id']}" for own in page["exhibits"]}
        for address in _LEADS.findall(text):
            kind, _, place = unquote(html.unescape(address)).partition("/")
            name, _, cell = place.partition("/")
            there = {
                "value": place in keys,
                "quote": place in page["quotes"],
                "exhibit": place in exhibits,
                "table": cell in page["shown"].get(name, {"keys": {}})["keys"],
            }
            if not there[kind]:
                lost.append(f"{document}.{language}: {kind}/{place}")
    assert not lost, lost[:5]


def test_every_exhibit_is_led_to_its_evidence(build: Build) -> None:
    for document, language, text in _documents(build):
        leads = [unquote(html.unescape(address)) for address in _LEADS.findall(text)]
        for own in _page(build, language)["exhibits"]:
            if (
                own["document"] != document
                or not own[f"line_{language}"]
                or not (own["id"] or own["kind"] in ("value", "quote"))
            ):
                continue
            place = (
                f"{own['kind']}/{own['name']}"
                if own["kind"] in ("value", "quote")
                else f"exhibit/{document}/{own['id']}"
            )
            table = own["kind"] == "table" and any(lead.startswith(f"table/{own['name']}/") for lead in leads)
            assert place in leads or table or own["kind"] in ("table", "figure"), f"{document}.{language}: {place}"


def test_claims_lead_to_their_sentences_and_numbers(build: Build) -> None:
    findings = json.loads((build.results / "claims.json").read_text(encoding="utf-8"))
    for language in build.settings.config.languages:
        page, keys = _page(build, language), _keys(build, language)
        said = {own["name"] for own in page["exhibits"] if own["kind"] == "claim"}
        assert set(page["claims"]) == said
        lost = {key for own in page["claims"].values() for one in own for key in one["keys"] if key not in keys}
        assert not lost, lost
        if page["audience"] == "open":
            assert said == {own["claim"] for own in findings if not own["claim"].startswith("words.")}


def test_the_page_asks_for_nothing_and_the_public_one_holds_nobody(build: Build) -> None:
    for language in build.settings.config.languages:
        text = (build.results / f"evidence.{language}.html").read_text(encoding="utf-8")
        assert not loads(text)
        page = _page(build, language)
        if page["audience"] == "public":
            assert page["data"] == {} and page["people"] == []
            assert all("s" not in own or isinstance(own.get("p"), int) for own in page["behind"])


def test_article_tables_and_figures_stand_as_csv(build: Build) -> None:
    exhibits = pd.read_csv(build.results / "exhibits.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    missing = [path for path in exhibits["output"] if not (ROOT / path).is_file()]
    assert not missing, missing
