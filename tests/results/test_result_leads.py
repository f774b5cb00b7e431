"""Everything that a document shows leads to its evidence, and what has evidence is led to it."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

import pytest
from built import Build, keys_of_evidence, page_of_evidence

from thongthin.basics.language import Language
from thongthin.contract.documents import Document, is_blind

_LEADS = re.compile(r'href="evidence\.(?:th|en)\.html#/([^"]+)"')


def _leads(build: Build, document: Document, language: Language) -> list[str]:
    if is_blind(document) or "html" not in build.settings.config.formats:
        pytest.skip("no page that leads anywhere")
    text = build.document(document, language, "html").read_text(encoding="utf-8")
    return [unquote(html.unescape(address)) for address in _LEADS.findall(text)]


def test_what_is_shown_leads_to_what_is_there(build: Build, document: Document, language: Language) -> None:
    page, keys = page_of_evidence(build, language), keys_of_evidence(build, language)
    exhibits = {f"{own['document']}/{own['id']}" for own in page["exhibits"]}
    lost = []
    for lead in _leads(build, document, language):
        kind, _, place = lead.partition("/")
        name, _, cell = place.partition("/")
        there = {
            "value": place in keys,
            "quote": place in page["quotes"],
            "exhibit": place in exhibits,
            "table": cell in page["shown"].get(name, {"keys": {}})["keys"],
            "claim": place in page["claims"],
        }
        if not there[kind]:
            lost.append(lead)
    assert not lost, lost[:5]


def test_every_exhibit_is_led_to_its_evidence(build: Build, document: Document, language: Language) -> None:
    leads = _leads(build, document, language)
    for own in page_of_evidence(build, language)["exhibits"]:
        plain = own["kind"] in ("value", "quote", "claim")
        if own["document"] != document or not own[f"line_{language}"] or not (own["id"] or plain):
            continue
        place = f"{own['kind']}/{own['name']}" if plain else f"exhibit/{document}/{own['id']}"
        table = own["kind"] == "table" and any(lead.startswith(f"table/{own['name']}/") for lead in leads)
        assert place in leads or table or own["kind"] in ("table", "figure"), place
