"""What stands behind coefficients of agreement and configurations: the coefficient follows from what the page shows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

import pandas as pd
import pytest
from browser import AXE, VIOLATIONS, follow, go, started
from evidence_data import columns, data
from playwright.sync_api import Page

from thongthin.basics.language import Language
from thongthin.interviews.agreement import COMPARED_UNITS, agreement_pairs_table, agreement_units_table, compare
from thongthin.present.evidence import codings
from thongthin.present.evidence.codings import UNREAD, YES, decisions_of
from thongthin.present.evidence.page import page

PEOPLE, TURNS, CODERS = ("P1", "P2", "P3"), 6, ("AB", "CD", "EF")


def tables() -> dict[str, pd.DataFrame]:
    """Three interviews of six turns, read by three coders, one of them not for all codes; a code below another."""
    turns = [
        (f"{p}-{n}", p, "x", "participant" if n % 2 else "interviewer", n * 10, n * 10 + 9, f"{p} {n} word")
        for p, n in product(PEOPLE, range(TURNS))
    ]
    given = [
        (p, code, coder, n * 10 + shift, n * 10 + 6)
        for place, (p, code, coder, n) in enumerate(product(PEOPLE, ("a", "a1", "b"), CODERS, range(1, TURNS, 2)))
        if (shift := place % 3) != 1 and place % 5 and (coder, code) != ("EF", "b")
    ]
    segments = [(f"{p}-s{n}", p, c, k, s, e) for n, (p, c, k, s, e) in enumerate(given)]
    read = [(p, k, c) for p, k, c in product(PEOPLE, CODERS, ("a", "a1", "b", "unused")) if (k, c) != ("EF", "b")]
    codes = [("a", "", 1), ("a1", "a", 2), ("b", "", 3), ("unused", "", 4)]
    skipped = [("P2", "CD", "", 10, 20)]
    return {
        "turns": pd.DataFrame(
            turns, columns=["turn_id", "participant_id", "speaker", "role", "start", "end", "text"]
        ),
        "codings": pd.DataFrame(
            segments, columns=["segment_id", "participant_id", "code_id", "coder", "start", "end"]
        ),
        "coverage": pd.DataFrame(read, columns=["participant_id", "coder", "code_id"]),
        "codes": pd.DataFrame(codes, columns=["code_id", "parent_id", "position"]),
        "skipped": pd.DataFrame(skipped, columns=["participant_id", "coder", "code_id", "start", "end"]),
    }  # fmt: skip


def decided(own: dict[str, Any], kind: str, text: str, code: str, coders: tuple[int, ...]) -> Iterator[tuple[str, int]]:
    """What coders decided on each unit that counts, and how many times it does; for `all` on each code in use."""
    shown = own["kinds"][kind]
    n = len(shown["units"])
    used = [one for one, signs in shown["coded"].items() if YES in signs]
    for one in used if code == "all" else [code]:
        signs = shown["coded"][one] if code == "all" else shown["rolled"].get(one, shown["coded"][one])
        for at, (_, start, end) in enumerate(shown["units"]):
            coded = any(shown["coded"][any_][at::n].count(YES) for any_ in used)
            if text == "all" or coded:
                yield "".join(signs[coder * n + at] for coder in coders), end - start if kind == "character" else 1


def counted(decisions: Iterator[tuple[str, int]]) -> tuple[int, float]:
    """How many units two or more judged, and the share of pairs of coders that agree, unit by unit."""
    n, agreeing = 0, 0.0
    for signs, weight in decisions:
        judged = [sign for sign in signs if sign != UNREAD]
        if len(judged) > 1:
            pairs = list(combinations(judged, 2))
            n += weight
            agreeing += weight * sum(a == b for a, b in pairs) / len(pairs)
    return n, agreeing / n if n else float("nan")


def test_the_coefficients_follow_from_what_is_shown() -> None:
    own = tables()
    shown = decisions_of(own)
    assert shown["coders"] == list(CODERS) and set(shown["kinds"]) == set(COMPARED_UNITS)
    assert "a" in shown["kinds"]["turn"]["rolled"] and "b" not in shown["kinds"]["turn"]["rolled"]
    by = [compare(*(own[name] for name in codings.NEEDED), kind, own["skipped"]) for kind in COMPARED_UNITS]
    table = agreement_units_table(by)
    assert (table["n"] > 0).all() and table["percent"].between(0.1, 0.99).sum() > 10
    for row in table.itertuples():
        n, percent = counted(decided(shown, row.unit, row.text, row.code_id, (0, 1, 2)))
        assert n == row.n and percent == pytest.approx(row.percent), row
    for row in agreement_pairs_table(by[1], text="coded").itertuples():
        pair = (CODERS.index(row.coder_a), CODERS.index(row.coder_b))
        n, percent = counted(decided(shown, by[1].unit, "coded", "all", pair))
        assert n == row.n and percent == pytest.approx(row.percent), row


def test_of_one_coder_and_of_very_many_decisions_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    own = tables()
    alone = {**own, "coverage": own["coverage"][own["coverage"]["coder"] == "AB"]}
    assert decisions_of(alone) == {} and decisions_of({"codes": own["codes"]}) == {}
    monkeypatch.setattr(codings, "MOST_DECISIONS", 4 * 3 * 10)
    assert set(decisions_of(own)["kinds"]) == {"segment", "turn", "participant"}, "nine turns are 108 decisions"


def shown(language: Language) -> dict[str, Any]:
    """A page with the agreement of the coders and a qualitative comparison."""
    own = tables()
    found = data(language)
    table = {"rule": "measure_agreement", "about": "How far.", "behind": [0, 0], "reads": [["9", ".50"], ["27", ".40"]]}
    names = ("code_id", "unit", "text", "n", "alpha")
    found["tables"]["agreement"] = {
        **table, "key": ["code_id"], "columns": columns(*names, numbers=("n", "alpha")),
        "rows": [["b", "turn", "all", 9, 0.5], ["all", "turn", "coded", 27, 0.4]],
    }  # fmt: skip
    sets = {"rule": "analyse", "about": "Sets.", "behind": [0, 0], "reads": [["1"], ["1"]], "key": ["set_id"]}
    names = ("set_id", "theme_id", "construct", "n")
    found["tables"]["qca_sets"] = {
        **sets, "columns": columns(*names, numbers=("n",)), "rows": [["sa", "a", "", 1], ["sb", "", "budget", 1]],
    }  # fmt: skip
    names = ("outcome", "solution", "term", "cases", "n")
    found["tables"]["qca_solutions"] = {
        **sets, "key": ["outcome", "solution"], "columns": columns(*names, numbers=("n",)),
        "behind": [0], "reads": [["1"]], "rows": [["present", "intermediate", "sa*~sb + sb", "P1; P2", 1]],
    }  # fmt: skip
    found["codes"] = {"a": ["Theme A", ""], "a1": ["Code A1", "a"], "b": ["Theme B", ""], "unused": ["Unused", ""]}
    found["labels"]["groups"] = {"g": "Citizens"}
    found["data"] = {
        **{name: own[name].to_numpy().tolist() for name in ("turns", "coverage", "codings")},
        "participants": [["P1", "S01", "g"], ["P2", "S02", ""]],
        "decisions": decisions_of(own),
    }
    return found


@pytest.fixture(params=["en", "th"], scope="module")
def opened(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Language, Page, str]]:
    """The page, to which every test goes by an address of its own."""
    language: Language = request.param
    path = tmp_path_factory.mktemp("evidence") / "evidence.html"
    with started() as browser:
        path.write_text(page(shown(language), language=language, title="Village", simulated=False), encoding="utf-8")
        own = browser.new_page()
        wrong: list[str] = []
        own.on("pageerror", lambda error: wrong.append(str(error)))
        yield language, own, path.as_uri()
    assert wrong == []


def test_from_a_coefficient_to_the_codings_in_two_clicks(opened: tuple[Language, Page, str]) -> None:
    language, own, address = opened
    go(own, f"{address}#/value/agreement.b.alpha")
    yes, no = ("gave it", "did not") if language == "en" else ("ให้รหัส", "ไม่ให้รหัส")
    boxes = own.locator("#view details", has_text=f"AB {yes}")
    labels = boxes.locator("summary").all_inner_texts()
    assert labels and all("EF" in label for label in labels) and f"CD {no}" in labels[0], "disagreements stand first"
    boxes.first.locator("summary").click()
    line = boxes.first.locator("li").first
    said = line.inner_text()
    assert "AB: P" in said and "Theme B" in said and "CD: P" not in said and "5 word" in said, said
    own.evaluate(AXE.read_text(encoding="utf-8"))
    assert own.evaluate(VIOLATIONS, [None, {}]) == []
    follow(line.locator("a"))
    assert own.locator("#view mark").count() == 1 and "#/interview/P" in own.url
    go(own, f"{address}#/value/agreement.all.alpha")
    assert [text.split(":")[0] for text in own.locator("#view summary").all_inner_texts()][:3] == [
        "Theme A", "Code A1", "Theme B",
    ]  # fmt: skip


def test_configurations_and_cases_are_told_in_words(opened: tuple[Language, Page, str]) -> None:
    language, own, address = opened
    go(own, f"{address}#/value/qca_solutions.present.intermediate.n")
    said = own.locator("#view").inner_text()
    words = {
        "en": ("Theme A and not Money or Money", "intermediate solution", "P1 (North, Citizens); P2 (South)"),
        "th": ("Theme A และไม่มีMoney หรือ Money", "ผลเฉลยแบบกลาง", "P1 (North, Citizens); P2 (South)"),
    }
    assert all(word in said for word in words[language]), said
