"""Which claims differ between two builds: their verdict, what is said of them, their conditions, how near they are."""

from __future__ import annotations

from collections.abc import Iterator

from thongthin.present.claims.file import LANGUAGES, NAME
from thongthin.present.evidence.claims import KIND
from thongthin.present.evidence.made import Made, Record
from thongthin.present.evidence.why import Why

# What of a claim can differ: its verdict, the sentences bound to it, its conditions, how near these are to turning.
_PARTS = ("verdict", "sentence", "conditions", "margin")
_DOCUMENTS = ("article", "supplement")


def claim_changes(before: Made, after: Made, why: Why) -> Iterator[Record]:
    """The claims that differ, with `what` of each does and `why`; of one that a build does not have `added`, `removed`.

    `before` and `after` have its `verdict` (None: undefined), the `sentence` that is bound to it, its `conditions` and
    its `margin`, in both languages; None in the build that does not have it. A margin differs where it reads otherwise,
    and only where both builds tell of margins.
    """
    found = [{claim: _standing(made, claim) for claim in made.claims} for made in (before, after)]
    parts = [part for part in _PARTS if part != "margin" or all(map(_tells_margins, (before, after)))]
    for claim in sorted({*found[0], *found[1]}):
        one, other = (own.get(claim) for own in found)
        if one is None or other is None:
            what = ["added" if one is None else "removed"]
        else:
            what = [part for part in parts if one[part] != other[part]]
        if what:
            tables = {made.values[key]["table"] for made in (before, after) for key in _keys(made, claim)}
            causes = why.of_claim(sorted(tables), _prose(after.study, what))
            yield {"claim": claim, "what": what, "before": one, "after": other, "why": causes}


def _standing(made: Made, claim: str) -> Record:
    conditions = made.claims[claim]
    holds = [own["holds"] for own in conditions]
    said = [own for own in made.exhibits if own["kind"] == KIND and own["name"] == claim]
    near = next((own["margin"] for own in conditions if own["nearest"]), None)
    return {
        "verdict": False if False in holds else None if None in holds else True,
        "sentence": {language: " / ".join(own[f"said_{language}"] for own in said) for language in LANGUAGES},
        "conditions": [own["text"] for own in conditions],
        "margin": {language: near[language] if near else "" for language in LANGUAGES},
    }


def _tells_margins(made: Made) -> bool:
    return any(own["margin"] for conditions in made.claims.values() for own in conditions)


def _keys(made: Made, claim: str) -> Iterator[str]:
    for own in made.claims.get(claim, ()):
        yield from (key for key in own["keys"] if key in made.values)


def _prose(study: str, what: list[str]) -> list[str]:
    """The files that people edit to change this of a claim."""
    files = []
    if {"added", "removed", "conditions"} & {*what}:
        files.append(NAME)
    if {"added", "removed", "sentence"} & {*what}:
        files += [f"{document}.{language}.qmd" for document in _DOCUMENTS for language in LANGUAGES]
    return [f"report/{study}/{name}" for name in files]
