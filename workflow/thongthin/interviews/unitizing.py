"""How far coders agree on where passages begin and end, and on what they are: Krippendorff's family of alphas for
unitizing.

Each interview is a continuum that every coder cuts into pieces: passages with a code, and gaps between them. The
coefficients compare the lengths of what coincides between coders, not units given beforehand:

- u-alpha: do the same characters carry the same codes;
- |u-alpha: do they carry any code at all, or none;
- cu-alpha: what both coded, did they code alike;
- (k)u-alpha: what both coded, did they agree on one code.

All interviews are summed up, as if they were one text; a coder who did not read an interview, or skipped a passage, is
missing there. Boundaries are sorted and lengths added up between them, so that the number of characters costs nothing.

A piece of one code is a passage that the coder marked (overlapping ones of the same code are one; ones that touch are
two). Over all codes, where passages overlap, the value of a stretch is the set of its codes, and a coder's pieces lie
between any two boundaries of that coder.

What the authors changed from alpha is the agreement expected by chance: a piece cannot be paired with itself. Alpha is
1 - (n - 1) D / E, with n the characters judged, D the disagreement observed between them and E that of all their
combinations; here n - s / n takes the place of n - 1, where s adds up the squared lengths of the pieces (of gaps, the
lengths). Of cu-alpha and (k)u-alpha, a length is what coincides with the coded text of other coders, per other coder.

Nothing here fails on a study with one coder or no segments: the coefficients are NaN.

Sources: Krippendorff, Mathet, Bouvry and Widlöcher (2016), Quality & Quantity 50(6), 2347-2364; Krippendorff (2019),
Content Analysis, 4th ed., section 12.6.
"""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.contract.tables import ALL
from thongthin.interviews.agreement import Comparison
from thongthin.interviews.decisions import overlaps
from thongthin.interviews.passages import merge_passages
from thongthin.statistics.agreement import Array, Positions
from thongthin.statistics.krippendorff import bootstrap_interval
from thongthin.statistics.set_agreement import SetRatings

GAP = 0


class Continua(NamedTuple):
    """How coders cut and coded texts; a stretch lies between two neighbouring boundaries of any coder.

    Attributes:
        values: coders x stretches: what the coder gave the stretch, 1 or more; 0 for a gap; -1 where not judged.
        pieces: coders x stretches: number of the coder's piece that the stretch lies in, from 0, along the text.
        lengths: characters of each stretch.
        documents: number of the document of each stretch, from 0; the stretches of a document stand together.
    """

    values: Positions
    pieces: Positions
    lengths: Array
    documents: Positions


def u_alpha(continua: Continua) -> float:
    """Agreement on which characters carry which value, gaps included.

    Returns:
        At most 1; NaN if no two coders judged the same text, or all of it has one value.

    Source: Krippendorff (2019), section 12.6.3.
    """
    return float(_alphas(_sums(continua).sum(axis=0)))


def binary_u_alpha(continua: Continua) -> float:
    """|u-alpha: agreement on which characters carry any value at all; otherwise as `u_alpha`.

    Source: Krippendorff (2019), section 12.6.4.
    """
    return u_alpha(continua._replace(values=np.minimum(continua.values, 1)))


def cu_alpha(continua: Continua) -> float:
    """Agreement on the values of characters that two or more coders gave a value.

    The length of a piece is what it puts into the coincidences, that is its overlap with the coded text of the other
    coders, per other coder. (Taking the plain overlap with any of them, the result could exceed 1.)

    Returns:
        At most 1; NaN if no two coders coded the same characters, or all those have one value.

    Source: Krippendorff (2019), section 12.6.5.
    """
    return float(_alphas(_sums(continua, coded=True).sum(axis=0)))


def ku_alpha(continua: Continua, holds: npt.ArrayLike) -> float:
    """(k)u-alpha: agreement on one code against all others, where two or more coders gave a value.

    Args:
        holds: which values are, or hold, the code, by their number (0, the gap, included).

    Returns:
        At most 1; NaN if the code was never given where another coder gave a value, or nothing else was.

    Source: Krippendorff (2019), section 12.6.6.
    """
    held = np.asarray(holds, dtype=bool)
    paired, shares = _paired(continua, coded=True)
    # The value -1 (not judged) is never paired; it is looked up as 0 only to have an index.
    holder = paired & held[np.maximum(continua.values, 0)]
    contributed = _contributed(paired, shares)
    code, total = contributed[holder].sum(), contributed.sum()
    # A piece of the code can't be paired with itself: the square of its length is no disagreement to be expected.
    own = sum(
        (np.bincount(pieces, weights=length) ** 2).sum()
        for pieces, length in zip(continua.pieces, np.where(holder, contributed, 0), strict=True)
    )
    one_only = sum(
        shares[paired[a] & paired[b] & (holder[a] != holder[b])].sum() for a, b in combinations(range(len(paired)), 2)
    )
    possible = code**2 * (total - code)
    return float(1 - (total * code - own) * one_only / possible) if possible > 0 else np.nan


def bootstrap_u_alpha(
    continua: Continua, *, replicates: int = 1000, confidence: float = 0.95, seed: int = 0
) -> tuple[float, float]:
    """Percentile interval of u-alpha, drawing whole documents with replacement; see `agreement.bootstrap_interval`.

    Source: Field and Welsh (2007), Bootstrapping clustered data, J. R. Stat. Soc. B 69(3), 369-390.
    """
    return bootstrap_interval(_sums(continua), _alphas, replicates, confidence, seed)


def unitizing_table(
    comparison: Comparison,
    codings: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    replicates: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """The unitizing alphas, one row a code and the row `all`.

    Args:
        comparison: by `character`, as from `agreement.compare`.
        codings, codes: the tables of these names.
        replicates, confidence, seed: of the bootstrap interval of u-alpha; interviews are drawn.

    Returns:
        Table `agreement_unitizing`: code_id, coders, n (characters judged by two or more coders), u_alpha, u_low,
        u_high, binary_u_alpha, cu_alpha, ku_alpha. In the row of a code, the text has the code, or one below it, or
        not: so |u-alpha equals u-alpha, and there is no cu-alpha. In the row `all`, stretches have sets of codes, known
        where a coder read the interview for every code in use, and there is no (k)u-alpha.
    """
    decisions, used = comparison.as_coded, comparison.used
    units, lengths = decisions.units, comparison.weights
    documents = pd.factorize(units["participant_id"])[0]
    sets = SetRatings.given(decisions.present[used], np.asarray(decisions.read[used].all(axis=0)))
    by_code = merge_passages(codings, ["participant_id", "coder", "code_id"])
    # Passages of one code that overlap are one piece for a coder: a sentence marked again within its paragraph is no
    # other decision.
    whole = Continua(sets.levels, _pieces(by_code, decisions.coders, units), lengths, documents)

    rows = []
    for code, code_id in enumerate(comparison.rolled_up.codes):
        family = _family(code_id, codes)
        read = comparison.rolled_up.read[code]
        values = np.where(read, comparison.rolled_up.present[code].astype(np.int64), -1)
        own = merge_passages(codings[codings["code_id"].isin(family)], ["participant_id", "coder"])
        alone = Continua(values, _pieces(own, decisions.coders, units), lengths, documents)
        held = sets.members[:, np.isin(np.array(decisions.codes, dtype=object)[used], list(family))].any(axis=1)
        rows.append((code_id, alone, np.nan, ku_alpha(whole, held)))
    rows.append((ALL, whole, cu_alpha(whole), np.nan))

    table = []
    for code_id, continua, cu, ku in rows:
        judged = continua.values >= 0
        compared = judged.sum(axis=0) > 1
        low, high = bootstrap_u_alpha(continua, replicates=replicates, confidence=confidence, seed=seed)
        table.append(
            {
                "code_id": code_id,
                "coders": int(judged[:, compared].any(axis=1).sum()),
                "n": int(lengths[compared].sum()),
                "u_alpha": u_alpha(continua),
                "u_low": low,
                "u_high": high,
                "binary_u_alpha": binary_u_alpha(continua),
                "cu_alpha": cu,
                "ku_alpha": ku,
            }
        )
    return pd.DataFrame(table)


def _family(code_id: str, codes: pd.DataFrame) -> set[str]:
    """The code and those below it."""
    family, found = {code_id}, 0
    while len(family) > found:
        found = len(family)
        family |= set(codes.loc[codes["parent_id"].isin(family), "code_id"])
    return family


def _pieces(passages: pd.DataFrame, coders: list[str], stretches: pd.DataFrame) -> Positions:
    """Coders x stretches: number of the piece of each coder that the stretch lies in.

    Args:
        passages: participant_id, coder, start, end; those of one coder may overlap.
        stretches: participant_id, start, end; passages begin and end only where one of them does.
    """
    participants = stretches["participant_id"].to_numpy()
    begins = np.zeros((len(coders), len(stretches) + 1), dtype=bool)
    # No piece goes on from one interview into the next.
    begins[:, 1:-1] = participants[1:] != participants[:-1]
    segment, stretch = overlaps(passages, stretches)
    coder = pd.Index(coders).get_indexer(pd.Index(passages["coder"]))[segment]
    # A passage spans neighbouring stretches: a piece begins with its first, and another one, if only a gap, behind its
    # last.
    first = np.flatnonzero(np.diff(segment, prepend=-1))
    last = np.flatnonzero(np.diff(segment, append=-1))
    begins[coder[first], stretch[first]] = True
    begins[coder[last], stretch[last] + 1] = True
    begins[:, 0] = False  # numbers count from 0
    return begins[:, :-1].cumsum(axis=1)


def _paired(continua: Continua, coded: bool) -> tuple[npt.NDArray[np.bool_], Array]:
    """Which judgements are compared (coders x stretches), and what a pair of them weighs (stretches)."""
    # As in a matrix of coincidences, a stretch counts once for each who judged it, however many pairs they make.
    judges = (continua.values >= 0).sum(axis=0)
    paired = (continua.values > GAP if coded else continua.values >= GAP) & (judges > 1)
    return paired, np.where(judges > 1, continua.lengths / np.maximum(judges - 1, 1), 0)


def _contributed(paired: npt.NDArray[np.bool_], shares: Array) -> Array:
    """Coders x stretches: what each judgement puts into the coincidences."""
    others = np.maximum(paired.sum(axis=0) - 1, 0)
    return np.where(paired, shares * others, 0)


def _sums(continua: Continua, coded: bool = False) -> Array:
    """Documents x (2 + values): observed disagreement, self-pairing of pieces, and the coincidences of each value."""
    values, pieces, _, documents = continua
    paired, shares = _paired(continua, coded)
    contributed = _contributed(paired, shares)
    size, top = (int(documents.max()) + 1 if len(documents) else 0), max(int(values.max(initial=0)), 0) + 1
    sums = np.zeros((size, 2 + top))
    for a, b in combinations(range(len(values)), 2):
        differ = paired[a] & paired[b] & (values[a] != values[b])
        # Twice: what a gave b's value, b gave a's.
        sums[:, 0] += 2 * np.bincount(documents[differ], weights=shares[differ], minlength=size)
    for value, piece, length in zip(values, pieces, contributed, strict=True):
        # Of the square of its piece, each stretch takes its part; a gap counts by its length.
        own = length * np.where(value > GAP, np.bincount(piece, weights=length)[piece], 1)
        sums[:, 1] += np.bincount(documents, weights=own, minlength=size)
        cells = documents[value >= 0] * top + value[value >= 0]
        sums[:, 2:] += np.bincount(cells, weights=length[value >= 0], minlength=size * top).reshape(size, top)
    # A text that nobody compares has nothing to say, and must not be drawn by the bootstrap.
    return sums[np.bincount(documents, weights=contributed.sum(axis=0), minlength=size) > 0]


def _alphas(sums: Array) -> Array:
    """The coefficient of each row of sums, as from `_sums`; NaN where no disagreement can be expected."""
    differing, own, given = sums[..., 0], sums[..., 1], sums[..., 2:]
    total = given.sum(axis=-1)
    possible = total**2 - (given**2).sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(possible > 0, 1 - (total - own / total) * differing / possible, np.nan)
