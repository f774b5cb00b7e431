"""Words that the data decide, as they are published: those that what is left out has no part in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from thongthin.basics.language import Language
from thongthin.basics.problems import Problems
from thongthin.contract.published import LEFT_OUT, Published
from thongthin.present.claims.file import ClaimsFile, read_claims
from thongthin.present.claims.judging import standing
from thongthin.present.claims.known import Known
from thongthin.present.values import collect

# What words are made with beside numbers: sets by name, the level of significance, what everything is called.
Speech = tuple[Mapping[str, Sequence[str]], float, Mapping[Language, Mapping[str, str]]]


def public_words(
    claims: Path | None, tables: Mapping[str, Published], bands: list[dict[str, Any]], speech: Speech
) -> dict[str, dict[str, str]]:
    """Language -> key -> how a word reads; the mark where it reads otherwise with other numbers in the gaps.

    Args:
        claims: claims.yml; None where there is none.
        tables: the published tables.
    """
    file = read_claims(claims, Problems()) if claims else ClaimsFile()
    sets, level, names = speech
    ways = []
    for way in (0, 1):
        values = collect({name: own.filled(way) for name, own in tables.items()}, bands)
        ways.append(standing(file, Known.computed(values, sets), level, names, []).words)
    one, two = ways
    return {
        language: {key: text if two[language].get(key) == text else LEFT_OUT for key, text in said.items()}
        for language, said in one.items()
    }
