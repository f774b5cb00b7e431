"""From a claim to the values that it looks at, and back; what a page for everybody leaves out."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from thongthin.present.claims.judging import Finding, report
from thongthin.present.evidence.claims import claims_of, looking_at, shown_claims
from thongthin.present.exhibit_list import exhibit_list

READS = {"th": "", "en": ""}
FOUND = [
    Finding("rises", "a.x.mean > a.y.mean", 3, True, {"a.x.mean": READS, "a.y.mean": READS}),
    Finding("rises", "defined(a.z.p)", 4, None, {"a.z.p": READS}),
    Finding("few", "a.x.n < 20", 5, False, {"a.x.n": READS}),
    Finding("words.most", "names(which(a.*.p < .05))", 9, None, {"a.z.p": READS}),
]


def test_from_a_claim_to_its_values_and_back(tmp_path: Path) -> None:
    (tmp_path / "claims.json").write_text(report(FOUND), encoding="utf-8")
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
    assert set(everybody) == {"few"}, "a condition would tell of a number that the page does not show"


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
