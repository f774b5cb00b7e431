"""From a claim to the values that it looks at, and back; what a page for everybody leaves out."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from thongthin.commands.told_changes import claim_lines
from thongthin.present.claims.judging import Finding, report
from thongthin.present.evidence.changes_page import marked_article
from thongthin.present.evidence.claim_changes import claim_changes
from thongthin.present.evidence.claims import Record, claims_of, looking_at, shown_claims
from thongthin.present.evidence.made import Made
from thongthin.present.evidence.why import Why
from thongthin.present.exhibit_list import exhibit_list

READS = {"th": "", "en": ""}
FOUND = [
    Finding("rises", "a.x.mean > a.y.mean", 3, True, {"a.x.mean": READS, "a.y.mean": READS}),
    Finding("rises", "defined(a.z.p)", 4, None, {"a.z.p": READS}),
    Finding("few", "a.x.n < 20", 5, False, {"a.x.n": READS}),
    Finding("words.most", "names(which(a.*.p < .05))", 9, None, {"a.z.p": READS}),
    Finding("near", "a.x.mean > 3", 6, True, {"a.x.mean": READS}),
    Finding("near", "a.x.share > a.y.share", 7, True, {"a.x.share": READS, "a.y.share": READS}),
    Finding("near", "some(a.*.n > 3)", 8, True, {"a.y.n": READS}),
]
WIDTH = {"th": "ครึ่งหนึ่ง", "en": "half"}


def turn(key: str, proportion: float, steps: list[int] | None = None) -> Record:
    return {"key": key, "proportion": proportion, "steps": steps, "of_interval": 0.5, "interval": WIDTH}


MARGINS: dict[str, Record] = {
    "a.x.mean > 3": {"turns": [turn("a.x.mean", 0.3)], "needed": None},
    "a.x.share > a.y.share": {"turns": [turn("a.x.share", 0.2, [1, 4])], "needed": None},
    "some(a.*.n > 3)": {"turns": [turn("a.x.n", 0.01), turn("a.y.n", 0.01)], "needed": [2, 2]},
    "a.x.n < 20": {"turns": [turn("a.x.n", 0.1)], "needed": None},
}


def test_a_claim_that_holds_is_as_near_to_turning_as_the_nearest_of_its_conditions(tmp_path: Path) -> None:
    (tmp_path / "claims.json").write_text(report(FOUND, MARGINS), encoding="utf-8")
    claims = claims_of(tmp_path / "claims.json")
    assert [one["nearest"] for one in claims["near"]] == [False, True, False], "one value is nearer than two"
    assert not any(one["nearest"] for claim in ("rises", "few") for one in claims[claim]), "these do not hold"
    assert claims["few"][0]["margin"] == MARGINS["a.x.n < 20"]


def test_where_a_margin_was_given_up_no_other_is_said_to_be_the_nearest(tmp_path: Path) -> None:
    given_up = {"turns": [], "needed": None, "given_up": True}
    (tmp_path / "claims.json").write_text(report(FOUND, {**MARGINS, "some(a.*.n > 3)": given_up}), encoding="utf-8")
    claims = claims_of(tmp_path / "claims.json")
    assert not any(one["nearest"] for one in claims["near"])


def test_a_page_for_everybody_compares_with_no_interval_and_counts_nobody(tmp_path: Path) -> None:
    (tmp_path / "claims.json").write_text(report(FOUND, MARGINS), encoding="utf-8")
    claims = claims_of(tmp_path / "claims.json")
    keys = {"a.x.mean", "a.x.share", "a.y.share", "a.y.n"}
    everybody = shown_claims(claims, ["near"], keys)["near"]
    assert [bool(one["margin"]) for one in everybody] == [True, False, True]
    assert "half" not in json.dumps(everybody) and "0.5" not in json.dumps(everybody)
    assert all(one["margin"] for one in shown_claims(claims, ["near"], {*keys, "a.x.denominator"})["near"])
    assert shown_claims(claims, ["near"], None)["near"] == claims["near"]


def test_from_a_claim_to_its_values_and_back(tmp_path: Path) -> None:
    (tmp_path / "claims.json").write_text(report(FOUND, MARGINS), encoding="utf-8")
    claims = claims_of(tmp_path / "claims.json")
    assert [(one["text"], one["line"], one["holds"], one["keys"]) for one in claims["rises"]] == [
        ("a.x.mean > a.y.mean", 3, True, ["a.x.mean", "a.y.mean"]),
        ("defined(a.z.p)", 4, None, ["a.z.p"]),
    ]
    assert looking_at(claims, "a.x.n") == ["few"] and looking_at(claims, "a.y.mean") == ["rises"]
    assert looking_at(claims, "a.other.n") == []
    assert claims_of(tmp_path / "nothing.json") == {}
    assert set(shown_claims(claims, ["rises", "few"], None)) == {"rises", "few"}, "words are no claim of a sentence"
    everybody = shown_claims(claims, ["rises", "few"], {"a.x.n", "a.x.mean", "a.y.mean"})
    assert everybody["few"] and everybody["rises"] == [], "a condition would tell of a number not shown"


def test_sentences_bound_to_claims_are_exhibits_with_their_numbers_in_both_languages(tmp_path: Path) -> None:
    texts = {
        "th": "ก [มาก ({{< value sample.sites.all.n >}})]{claim=rises} ข [น้อย]{claim=few} ค [มาก]{claim=rises}",
        "en": "It [rises to {{< value sample.sites.all.n >}} [so]{.interpretation}[^1]]{claim=rises}."
        "\n\n[^1]: [x]{claim=few}",
    }
    sources = {}
    for language, text in texts.items():
        path = tmp_path / f"article.{language}.qmd"
        path.write_text(f"---\nlang: {language}\n---\n\n{text}\n", encoding="utf-8")
        sources[str(path)] = []
    values = pd.DataFrame([{"key": "sample.sites.all.n", "text_th": "3", "text_en": "3", "rule": "describe_sample"}])
    found = exhibit_list([*sources], values, {"th": {}, "en": {}}, sources, ("results/x", "w.json", "q.csv"))
    made = {"rule": "check_claims", "output": "results/x/claims.json"}
    own = found[found["kind"] == "claim"].set_index("name")
    assert json.loads(own[["said_th", "said_en", "times", "rule", "output"]].to_json(orient="index")) == {
        "rises": {"said_th": "มาก (3) / มาก", "said_en": "rises to 3 so", "times": 2, **made},
        "few": {"said_th": "น้อย", "said_en": "x", "times": 1, **made},
    }


def built(folder: Path, said: str, claims: list[tuple[Finding, str]]) -> Made:
    """What a build leaves of claims: findings with their margins, and the sentence bound to all."""
    own = folder / "results" / "village"
    (own / "tables").mkdir(parents=True)
    margins = {
        one.condition: {"turns": [turn("site_comparison.x.p", 0.1)], "needed": None, "en": near, "th": near}
        for one, near in claims
        if near
    }
    (own / "claims.json").write_text(report([one for one, _ in claims], margins), encoding="utf-8")
    values = "key,value,text_th,text_en,table,row,column,rule\nsite_comparison.x.p,1,1,1,site_comparison,x,p,compare\n"
    (own / "tables" / "values.csv").write_text(values, encoding="utf-8")
    exhibits = [f"claim,{claim},{said},{said}" for claim in dict.fromkeys(one.claim for one, _ in claims)]
    (own / "exhibits.csv").write_text("\n".join(["kind,name,said_th,said_en", *exhibits]) + "\n", encoding="utf-8")
    path = "results/village/tables/site_comparison.csv"
    steps = {
        "compare_scales": {"inputs": ["raw.csv"], "outputs": [path]},
        "apart": {"inputs": ["b.csv"], "outputs": []},
    }
    (own / "made_from.json").write_text(json.dumps({"steps": steps}), encoding="utf-8")
    return Made(folder, "village")


def judged(claim: str, holds: bool | None = True, condition: str = "") -> Finding:
    return Finding(claim, condition or f"{claim} > 1", 1, holds, {"site_comparison.x.p": READS})


CAUSES = [
    {"kind": "file", "name": "b.csv"},
    {"kind": "file", "name": "raw.csv"},
    {"kind": "prose", "name": "report/village/article.en.qmd"},
    {"kind": "prose", "name": "report/village/claims.yml"},
]


def test_two_builds_tell_which_claims_differ_in_what_and_why(tmp_path: Path) -> None:
    names = ("same", "turned", "near", "gone", "other")
    before = built(tmp_path / "a", "s", [(judged(claim), "by 1") for claim in names])
    now = [judged("same"), judged("turned", False), judged("new"), judged("other", True, "other > 2")]
    after = built(tmp_path / "b", "s", [*((own, "by 1") for own in now), (judged("near"), "by 2")])
    found = {own["claim"]: own for own in claim_changes(before, after, Why(CAUSES, after))}
    assert {claim: own["what"] for claim, own in found.items()} == {
        **{"turned": ["verdict", "margin"], "near": ["margin"], "other": ["conditions"]},
        **{"gone": ["removed"], "new": ["added"]},
    }
    assert {claim: own["why"] for claim, own in found.items()} == {
        "turned": [1], "near": [1], "gone": [1, 2, 3], "new": [1, 2, 3], "other": [1, 3],
    }  # fmt: skip
    said = {claim: claim_lines(own) for claim, own in found.items()}
    assert said["turned"] == ["turned: holds / เป็นจริง → does not hold / ไม่เป็นจริง (2)", "  s", "  s"]
    assert said["near"] == ["near: holds / เป็นจริง (2)", *["  by 1 → by 2"] * 2]
    assert said["other"][1] == "  other > 1 → other > 2" and said["gone"][0].startswith("gone: removed / ลบ")
    page = '<body><p>s<a class="evidence claim" href="evidence.en.html#/claim/turned"></a></p></body>'
    marked = marked_article(page, {"numbers": [], "cells": [], "causes": []}, "en", [], said)
    assert '>turned<a class="evidence claim"' in marked and "1 claims" not in marked and "5 claims" in marked
    edited = built(tmp_path / "c", "t", [(judged("same"), "")])
    (same,) = (own for own in claim_changes(before, edited, Why(CAUSES, edited)) if own["claim"] == "same")
    assert same["what"] == ["sentence"] and same["why"] == [1, 2], "of a build that tells no margins, nothing is said"
