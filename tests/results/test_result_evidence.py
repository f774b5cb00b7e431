"""The page of evidence asks for nothing and tells nobody more than it may; what is shown stands as CSV, too."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
from built import Build, keys_of_evidence, loads, page_of_evidence

ROOT = Path(__file__).parents[2]


def test_claims_lead_to_their_sentences_and_numbers(build: Build) -> None:
    findings = json.loads((build.results / "claims.json").read_text(encoding="utf-8"))
    for language in build.settings.config.languages:
        page = page_of_evidence(build, language)
        keys = keys_of_evidence(build, language)
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
        page = page_of_evidence(build, language)
        if page["audience"] == "public":
            assert page["data"] == {} and page["people"] == []
            assert all("s" not in own or isinstance(own.get("p"), int) for own in page["behind"])


def test_article_tables_and_figures_stand_as_csv(build: Build) -> None:
    exhibits = pd.read_csv(build.results / "exhibits.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    missing = [path for path in exhibits["output"] if not (ROOT / path).is_file()]
    assert not missing, missing
