"""From a claim to the values that it looks at, and back; what a page for everybody leaves out."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from thongthin.present.claims.judging import Finding, report
from thongthin.present.evidence.claims import Record, claims_of, looking_at, shown_claims
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
