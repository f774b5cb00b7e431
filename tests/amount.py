"""How much is drawn at random and tried: a part of it with every change, all of it with `paper.py test --all`.

What is drawn is the same in every run, and the part is its beginning.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

PART = 4  # one of so many
everything = False  # set by the option --all of pytest, before tests are collected


def tried(n: int, *, least: int = 5) -> int:
    """How many of n that are drawn are tried."""
    return n if everything else max(n // PART, min(n, least))


def some(cases: Sequence[T], *, least: int = 5) -> list[T]:
    """Which of these cases, which are alike, are tried: so many as `tried` says, from the first of them to the last."""
    n = tried(len(cases), least=least)
    return [cases[place * len(cases) // n] for place in range(n)]
