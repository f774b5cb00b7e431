"""Whether the sentences of a study still hold: each claim that one is bound to, with the values as they are now."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from thongthin.basics.language import UNDEFINED, Language
from thongthin.basics.problems import printable
from thongthin.present.claims.bound import Bound
from thongthin.present.claims.conditions import Fault
from thongthin.present.claims.evaluation import Evaluation
from thongthin.present.claims.file import LANGUAGES, NAME, ClaimsFile
from thongthin.present.claims.known import Known
from thongthin.present.claims.margin_words import Names, told
from thongthin.present.claims.margins import margin_of
from thongthin.present.claims.words import Speech, Text, reads

Record = dict[str, Any]

# So many values of a condition are told.
_TOLD = 12
# So many characters of a sentence are told.
_SENTENCE = 160


@dataclass(frozen=True)
class Finding:
    """One condition of a claim, or a word: what it comes to.

    Attributes:
        claim: its id; of a word, `words.<name>`.
        condition: as it is written.
        line: in claims.yml.
        holds: None where a value that it needs is undefined.
        values: key -> language -> how it reads now, of the values that it was judged by.
        fault: of a condition that can't be judged: what is wrong with it, in both languages.
    """

    claim: str
    condition: str
    line: int
    holds: bool | None
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fault: tuple[str, str] = ("", "")


def judge(file: ClaimsFile, known: Known, level: float, claims: Iterable[str]) -> list[Finding]:
    """What each condition of these claims comes to.

    Args:
        level: of significance.
        claims: ids; those that the file does not have are left out: the check has told of them.
    """
    found = []
    for claim in dict.fromkeys(claims):
        for condition in file.claims.get(claim, ()):
            evaluation = Evaluation(known, level)
            try:
                holds, fault = evaluation.holds(condition.text), ("", "")
            except Fault as error:
                holds, fault = None, (error.en, error.th)
            values = {key: known.reads.get(key, _NOTHING) for key in evaluation.used}
            found.append(Finding(claim, condition.text, condition.line, holds, values, fault))
    return found


_NOTHING = {"th": UNDEFINED, "en": UNDEFINED}


def say_words(
    file: ClaimsFile, known: Known, level: float, names: Mapping[Language, Mapping[str, str]]
) -> tuple[dict[str, Text | None], list[Finding]]:
    """The words of a study by their name, and a finding for each that can't be said."""
    said: dict[str, Text | None] = {}
    failed = []
    for name, word in file.words.items():
        evaluation = Evaluation(known, level)
        fault = ("", "")
        try:
            said[name] = Speech(evaluation, file, names).say(word)
        except Fault as error:
            said[name], fault = None, (error.en, error.th)
        if said[name] is None:
            values = {key: known.reads.get(key, _NOTHING) for key in evaluation.used}
            expression = word.expression or "; ".join(choice.when for choice in word.choices if choice.when)
            failed.append(Finding(f"words.{name}", expression, word.line, None, values, fault))
    return said, failed


@dataclass(frozen=True)
class Standing:
    """What a study's claims and words come to.

    Attributes:
        words: language -> key of a word -> how it reads.
        unproven: the claims that do not hold, sorted.
        told: what is to be told of them, in English and in Thai.
    """

    findings: Sequence[Finding]
    words: Mapping[Language, Mapping[str, str]]
    unproven: Sequence[str]
    told: Sequence[tuple[str, str]]


def standing(
    file: ClaimsFile,
    known: Known,
    level: float,
    names: Mapping[Language, Mapping[str, str]],
    bound: Sequence[Bound],
) -> Standing:
    """Judge the claims that sentences are bound to, and say all words.

    Args:
        level: of significance.
        names: language -> id -> name.
    """
    found = judge(file, known, level, (sentence.claim for sentence in bound))
    said, unsaid = say_words(file, known, level, names)
    unproven = sorted({finding.claim for finding in found if finding.holds is not True})
    every = [*found, *unsaid]
    return Standing(every, reads(said), unproven, broken(every, bound))


def broken(findings: Sequence[Finding], bound: Sequence[Bound]) -> list[tuple[str, str]]:
    """What is to be told of the claims that do not hold, in English and in Thai: one entry a sentence and condition.

    Words that can't be said are told where an article asks for them.
    """
    lines = []
    for finding in findings:
        if finding.holds is not True:
            sentences = [one for one in bound if one.claim == finding.claim]
            lines += [_told(finding, sentence) for sentence in sentences]
    return lines


def _told(finding: Finding, sentence: Bound) -> tuple[str, str]:
    said = sentence.text if len(sentence.text) <= _SENTENCE else f"{sentence.text[: _SENTENCE - 1]}…"
    if finding.fault[0]:
        why = f"can't be judged: {finding.fault[0]}", f"ตัดสินไม่ได้: {finding.fault[1]}"
    elif finding.holds is None:
        why = "is neither true nor false: a value is undefined", "ไม่จริงและไม่เท็จ เพราะมีค่าที่หาไม่ได้"
    else:
        why = "does not hold any more", "ไม่เป็นจริงแล้ว"
    place = f"{sentence.file}, line {sentence.line}", f"{sentence.file} บรรทัดที่ {sentence.line}"
    at = f"{NAME}, line {finding.line}", f"{NAME} บรรทัดที่ {finding.line}"
    values = [_values(finding, language) for language in ("en", "th")]
    return (
        f"{place[0]}: “{said}”\n    {finding.claim} {why[0]} ({at[0]}): {finding.condition}\n    now: {values[0]}",
        f"{place[1]}: “{said}”\n    {finding.claim} {why[1]} ({at[1]}): {finding.condition}\n    ค่าตอนนี้: {values[1]}",
    )


def _values(finding: Finding, language: str) -> str:
    """The values as they are now."""
    items = [f"{key} {reads[language]}" for key, reads in finding.values.items()]
    more = len(items) - _TOLD
    return printable("; ".join(items[:_TOLD]) + (f" … (+{more})" if more > 0 else "")) or UNDEFINED


def margins_of(
    findings: Iterable[Finding],
    file: ClaimsFile,
    known: Known,
    level: float,
    names: Mapping[Language, Mapping[str, str]],
) -> dict[str, Record]:
    """How near each condition is to turning, by its text; nothing of those that are undefined or can't be judged.

    Args:
        names: language -> id -> name; what `claims.yml` says goes first.
    """
    called: Names = {
        language: {**names[language], **{id_: getattr(name, language) for id_, name in file.names.items()}}
        for language in LANGUAGES
    }
    conditions = dict.fromkeys(own.condition for own in findings if own.claim in file.claims and own.holds is not None)
    margins = {condition: margin_of(condition, known, level) for condition in conditions}
    return {condition: told(own, known, called) for condition, own in margins.items() if own is not None}


def report(findings: Sequence[Finding], margins: Mapping[str, Record]) -> str:
    """All findings as JSON, for whoever wants to see what each claim was judged by.

    Args:
        margins: how near a condition is to turning, by its text, as from `margins_of`.
    """
    rows: list[dict[str, Any]] = [
        {
            "claim": finding.claim,
            "condition": finding.condition,
            "line": finding.line,
            "holds": finding.holds,
            "values": {key: dict(reads) for key, reads in finding.values.items()},
            **({"margin": margins[finding.condition]} if finding.condition in margins else {}),
            **({"fault": list(finding.fault)} if finding.fault[0] else {}),
        }
        for finding in findings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
