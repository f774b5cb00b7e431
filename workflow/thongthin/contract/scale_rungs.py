"""Ladders of words: what a rung is, and how several are made from parts."""

from __future__ import annotations

Rung = tuple[str, ...]


Ladder = tuple[Rung, ...]


def forms(ways: str) -> Rung:
    """The ways to write a rung, joined by |."""
    return tuple(ways.split("|"))


def words(adverbs: str, *forms: str) -> Rung:
    """Every adverb before and behind what the answers share, or in the forms given."""
    return tuple(form.replace("*", adverb) for adverb in adverbs.split("|") for form in forms or ("* {}", "{} *"))


def pairs(text: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in text.split("|"))


def ladder(*rungs: str) -> Ladder:
    return tuple(map(forms, rungs))
