"""Statistics of tests in the text of a document, and whether the p behind them is theirs.

Where both were asked for, they have to be of one row of a table. Where one was typed, p is computed anew from the
statistic and its degrees of freedom, with what rounding may have taken from either.

Source of the method: statcheck (Nuijten, Hartgerink, van Assen, Epskamp & Wicherts, 2016,
doi 10.3758/s13428-015-0664-2).
"""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from thongthin.present.read_back.passages import Passage

_TESTED = re.compile(
    r"(?<![A-Za-z])(?P<name>t|z|Z|F|H|Q|r|χ2|X2)\s*(?:\((?P<df>[^()]{1,24})\))?\s*=\s*"
    r"(?P<value>−?\d*\.?\d+)(?P<between>[^;=]{0,30}?)\bp\s*(?P<sign>[=<>≤])\s*(?P<p>[01]?\.\d+)"
)
# Of these, p is not what the statistic alone gives.
_OTHERWISE = re.compile(
    r"adjusted|corrected|one-sided|one-tailed|exact|permut|bootstrap|ปรับ|ทางเดียว|แม่นตรง", re.IGNORECASE
)


class Disagreement(NamedTuple):
    """A p that is not that of the statistic before it: as printed, and why, in both languages."""

    passage: Passage
    said: str
    en: str
    th: str


def disagreements(passages: Sequence[Passage]) -> Iterator[Disagreement]:
    """The statistics of tests whose p is another's."""
    for passage in passages:
        texts = [unicodedata.normalize("NFKC", piece.text) for piece in passage.pieces]
        starts = [sum(map(len, texts[:place])) for place in range(len(texts))]
        whole = "".join(texts)
        for found in _TESTED.finditer(whole):
            keys = [passage.pieces[bisect_right(starts, found.start(part)) - 1].key for part in ("value", "p")]
            why = _of_another_row(*keys) if all(keys) else None if _OTHERWISE.search(whole) else _of_another_size(found)
            if why:
                yield Disagreement(passage, " ".join(found[0].split()), *why)


def _of_another_row(statistic: str, p: str) -> tuple[str, str] | None:
    if statistic.rpartition(".")[0] == p.rpartition(".")[0]:
        return None
    return f"{p} is not of the row of {statistic}", f"{p} ไม่ใช่แถวเดียวกับ {statistic}"


def _of_another_size(found: re.Match[str]) -> tuple[str, str] | None:
    range_ = p_of(found["name"], found["df"] or "", found["value"])
    if range_ is None or _fits(range_, found["sign"], found["p"]):
        return None
    low, high = (f"{p:.4f}".removeprefix("0") for p in range_)
    return f"p would be from {low} to {high}", f"p ควรอยู่ระหว่าง {low} ถึง {high}"


def p_of(name: str, df: str, value: str) -> tuple[float, float] | None:
    """The least and the largest p (two-sided) that a rounded statistic can have; None where it takes more to know it.

    Args:
        name: t, z, F, H, Q, r or χ2.
        df: what stands in its brackets: degrees of freedom, by commas; of χ2 also the number of cases (N=40).
        value: as printed.
    """
    number = float(value.replace("−", "-"))
    half = 0.5 * 10.0 ** -len(value.partition(".")[2])
    freedom = [float(own) for own in re.split(r"\s*[,;]\s*", df) if re.fullmatch(r"\d+(?:\.\d+)?", own)]
    both = sorted(abs(own) for own in (number - half, number + half))
    least = 0.0 if abs(number) <= half else both[0]
    found = [_p(name, freedom, own) for own in (both[1], least)]
    return None if None in found else (found[0] or 0.0, found[1] or 0.0)


def _p(name: str, df: Sequence[float], value: float) -> float | None:
    from scipy import special  # only where something was typed

    if name in "zZ":
        return math.erfc(value / math.sqrt(2))
    if name in ("χ2", "X2", "H", "Q") and df:
        return float(special.chdtrc(df[0], value))
    if name == "F" and len(df) == 2:
        return float(special.fdtrc(*df, value))
    if name == "t" and len(df) == 1:
        return float(2 * special.stdtr(df[0], -value))
    if name == "r" and len(df) == 1 and value < 1:
        return float(2 * special.stdtr(df[0], -value * math.sqrt(df[0] / (1 - value**2))))
    return None


def _fits(range_: tuple[float, float], sign: str, printed: str) -> bool:
    low, high = range_
    p = float(printed)
    half = 0.5 * 10.0 ** -len(printed.partition(".")[2])
    if sign in "<≤":
        return low < p
    return high > p if sign == ">" else low <= p + half and high >= p - half
