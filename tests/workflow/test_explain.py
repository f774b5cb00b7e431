"""What a reader sees in a document is explained at a terminal, down to the rows and passages that count."""

from __future__ import annotations

import json
import random
from functools import cache
from typing import Any

import pytest
from project import Project

from thongthin.commands import explain
from thongthin.commands.explain import main
from thongthin.present.evidence.made import Made

STUDY = "small"
_read_once = cache(explain.built_studies)


@pytest.fixture(name="ask")
def _ask(small: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Explain words in the small study: the trails, or, as text, what is printed. Its tables are read once for all."""
    monkeypatch.chdir(small.root)
    monkeypatch.setattr(explain, "built_studies", _read_once)

    def ask(words: str, *, text: bool = False, code: int = 0) -> Any:
        assert main([words, *([] if text else ["--json"])]) == code
        said = capsys.readouterr().out
        return said if text else json.loads(said)["found"]

    return ask


def test_every_number_of_the_documents_and_others_have_their_trail(small: Project, ask: Any) -> None:
    made = Made(small.root, STUDY)
    of_documents = sorted({own["name"] for own in made.exhibits if own["kind"] == "value"})
    assert len(of_documents) > 5
    raw = set(made.record["inputs"])
    for key in [*of_documents[:8], *random.Random(2566).sample(sorted(made.values), 12)]:
        (trail,) = ask(key)
        known = made.values[key]
        assert (trail["key"], trail["reads"]["th"], trail["reads"]["en"]) == (key, known["text_th"], known["text_en"])
        assert trail["step"]["rule"] == known["rule"] and trail["step"]["script"].endswith(f"{known['rule']}.py")
        assert (trail["table"]["row"][known["column"]] != "") == (known["value"] != "") and trail["from"]
        assert {own["file"] for own in trail["from"]} <= raw
        assert bool(trail["said"]) == (key in of_documents)
        if known["column"] == "n" and "respondents" in trail["behind"]:
            assert len(trail["behind"]["respondents"]) == int(known["value"])


def test_answers_and_passages_stand_behind_a_number(ask: Any) -> None:
    (of_survey,) = ask("scale_statistics.attitude.single.all.mean")
    people, items = of_survey["behind"]["respondents"], of_survey["behind"]["items"]
    assert items and all(sum(item["answers"].values()) == len(people) for item in items)
    assert all(item["th"] and item["en"] for item in items)
    made = "themes_by_site.all.attitude.participants"
    (of_coding,) = ask(made)
    passages = of_coding["behind"]["passages"]
    assert {own["participant_id"] for own in passages} and all(own["coded_by"] for own in passages)
    for own in passages:
        texts = [turn["text"][slice(*turn["marked"])] for turn in own["turns"]]
        assert any(texts) and len(own["turns"]) <= sum(map(bool, texts)) + 4


def test_a_number_as_printed_leads_to_its_sentences(small: Project, ask: Any) -> None:
    made = Made(small.root, STUDY)
    own = next(own for own in made.exhibits if own["kind"] == "value")
    reads = made.values[own["name"]]["text_en"]
    assert own["name"] in [trail["key"] for trail in ask(reads)]
    assert own["name"] in ask(reads, text=True)


def test_quotes_tables_figures_and_pages(small: Project, ask: Any) -> None:
    made = Made(small.root, STUDY)
    for kind in ("quote", "table", "figure"):
        own = next(own for own in made.exhibits if own["kind"] == kind)
        assert (kind, own["name"]) in [(trail["kind"], trail["key"]) for trail in ask(own["name"])]
        assert own["name"] in ask(own["name"], text=True)
        if own["id"]:
            assert ask(own["id"])[0]["key"] == own["name"]
    quote = next(own["name"] for own in made.exhibits if own["kind"] == "quote")
    (trail,) = ask(quote)
    (passage,) = trail["passages"]
    marked = "".join(turn["text"][slice(*turn["marked"])] for turn in passage["turns"])
    assert trail["text"] in marked and passage["coded_by"]
    if (made.results / "article.en.pdf").is_file():
        every = [trail["key"] for page in range(1, 9) for trail in json.loads(_pages(ask, page))]
        assert {own["name"] for own in made.exhibits if own["kind"] == "value" and own["document"] == "article"} <= {
            *every
        }


def _pages(ask: Any, page: int) -> str:
    try:
        return json.dumps(ask(f"article.en.pdf:{page}"))
    except AssertionError:  # behind the last page
        return "[]"


def test_what_is_not_there_is_said_in_both_languages(ask: Any) -> None:
    said = ask("scale_statistics.atitude.single.all.mean", text=True, code=1)
    assert "scale_statistics.attitude.single.all.mean" in said and "ไม่มีสิ่งใด" in said
    assert ask("\x1b[31m", text=True, code=1).count("\x1b") == 0
