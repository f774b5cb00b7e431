"""Does a theme go with the site or the group: exact tests over participants, exploratory by nature.

The interviews were chosen to differ, not drawn at random, and nobody set these hypotheses before reading them; so the
tests say where to look again, and confirm nothing. Each theme is tested by itself, over the participants read for it;
p is corrected for the number of themes. A test that cannot be made is NaN.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.interviews.themes import theme_ids
from thongthin.statistics.corrections import holm

Counts = npt.NDArray[np.int64]

# Up to so many tables, finished or begun, are enumerated: a second of work and some tens of megabytes.
MOST_TABLES = 1_000_000
# Tables whose probabilities differ by less are equally probable (R's fisher.test allows for the same).
TOLERANCE = 1e-7


class Association(NamedTuple):
    """An exact test: its p, and whether all tables were enumerated or random ones drawn."""

    p: float
    method: str  # "exact", "monte_carlo", or "" where there is nothing to test


def fisher_freeman_halton(table: npt.ArrayLike, replicates: int = 10_000, seed: int = 0) -> Association:
    """Exact test that rows and columns of a table of counts are independent.

    p is the probability of all tables with the same margins that are no more probable than the one
    observed. They are enumerated if there are not too many (`MOST_TABLES`); otherwise tables are drawn with the
    margins fixed, and p is (1 + those no more probable) / (1 + replicates).

    Args:
        table: counts, rows x columns.
        replicates, seed: how many tables to draw where they are too many, and the seed of the draws.

    Returns:
        p and how it was found. p is NaN with fewer than two rows or columns that hold anything.

    Sources: Freeman and Halton (1951), Biometrika 38(1/2), 141-149; for tables of 2 x 2 Fisher (1935), J. R. Stat.
    Soc. 98(1), 39-82; p from draws: Phipson and Smyth (2010), Stat. Appl. Genet. Mol. Biol. 9(1), 39.
    """
    from scipy.special import gammaln

    counts = np.asarray(table, dtype=np.int64)
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    counts = counts if counts.shape[0] <= counts.shape[1] else counts.T
    if min(counts.shape) < 2:
        return Association(np.nan, "")
    rows, columns = counts.sum(axis=1), np.sort(counts.sum(axis=0))
    factorial = gammaln(np.arange(counts.sum() + 1) + 1)  # logarithms of factorials
    constant = factorial[rows].sum() + factorial[columns].sum() - factorial[-1]
    observed = constant - factorial[counts].sum() + TOLERANCE
    found = _enumerated(rows, columns, factorial)
    if found is not None:
        logs = constant - found
        return Association(min(float(np.exp(logs[logs <= observed]).sum()), 1.0), "exact")
    drawn = constant - _drawn(rows, columns, factorial, replicates, seed)
    return Association(float((1 + np.count_nonzero(drawn <= observed)) / (1 + replicates)), "monte_carlo")


def _enumerated(rows: Counts, columns: Counts, factorial: npt.NDArray[np.float64]) -> npt.NDArray[np.float64] | None:
    """For every table with these margins the sum of the log factorials of its cells; None if there are too many."""
    left, sums = rows[None, :], np.zeros(1)  # what is left of each row's total, for every table begun
    for column in columns[:-1]:
        # All but the last cell of the column are free, and no larger than any row has left for it.
        most = np.minimum(left.max(axis=0), column)[:-1]
        if np.prod(most + 1.0) * len(left) > MOST_TABLES:
            return None
        free = np.indices(most + 1).reshape(len(most), -1).T
        cells = np.column_stack([free, column - free.sum(axis=1)])
        table, choice = np.nonzero((cells[None] <= left[:, None]).all(axis=2) & (cells[:, -1] >= 0)[None])
        left = left[table] - cells[choice]
        sums = sums[table] + factorial[cells[choice]].sum(axis=1)
    return np.asarray(sums + factorial[left].sum(axis=1))


def _drawn(
    rows: Counts, columns: Counts, factorial: npt.NDArray[np.float64], replicates: int, seed: int
) -> npt.NDArray[np.float64]:
    """The same for random tables with these margins, each as probable as independence makes it."""
    generator = np.random.default_rng(seed)
    if len(rows) == 2:
        first = generator.multivariate_hypergeometric(columns, int(rows[0]), size=replicates, method="marginals")
        return np.asarray((factorial[first] + factorial[columns - first]).sum(axis=1))
    from scipy.stats import random_table

    tables = random_table(rows, columns).rvs(replicates, random_state=generator).astype(np.int64)
    return np.asarray(factorial[tables].sum(axis=(1, 2)))


def cramers_v(table: npt.ArrayLike) -> float:
    """Cramer's V of a table of counts, with correction for bias.

    In small tables the plain V is far above zero even where rows and columns are independent; the correction
    takes off what independence would give. No interval is given: with so few participants none is reliable.

    Args:
        table: counts, rows x columns.

    Returns:
        0 to 1; NaN with fewer than two rows or columns that hold anything, or with fewer than three counts.

    Source: Bergsma (2013), Journal of the Korean Statistical Society 42(3), 323-328; the plain V: Cramer (1946),
    Mathematical Methods of Statistics, 282.
    """
    counts = np.asarray(table, dtype=float)
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    n = counts.sum()
    if min(counts.shape) < 2 or n < 3:
        return float("nan")
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / n
    phi2 = ((counts - expected) ** 2 / expected).sum() / n
    less = np.array(counts.shape) - 1
    corrected = max(0.0, round(phi2 - less.prod() / (n - 1), 12))  # what is left of the last bits is no association
    sizes = less - less**2 / (n - 1)
    return float(min(np.sqrt(corrected / sizes.min()), 1.0)) if sizes.min() > 0 else float("nan")


def theme_tests(
    by_participant: pd.DataFrame,
    participants: pd.DataFrame,
    codes: pd.DataFrame,
    replicates: int = 10_000,
    seed: int = 0,
) -> pd.DataFrame:
    """Whether each theme goes with the site, and with the group, of those who speak of it.

    Args:
        by_participant: table `themes_by_participant`.
        participants, codes: the tables of these names.
        replicates, seed: as for `fisher_freeman_halton`; each test draws from a stream of its own.

    Returns:
        Table `theme_tests`, one row for `site` and one for `group` of each theme: part, theme_id, n
        (participants read for the theme), k (sites or groups that these belong to), method (`exact`,
        `monte_carlo`, or "" without a test), p, p_corrected (Holm, over the themes of one part), v (Cramer's V,
        corrected for bias), exploratory (always true). No test, and NaN, where n holds fewer than two sites
        (groups), or everybody or nobody speaks of the theme.
    """
    themes = theme_ids(codes)
    about = participants.set_index("participant_id")
    rows = []
    for number, (part, column) in enumerate((("site", "site_id"), ("group", "group"))):
        spoken = by_participant.assign(member=by_participant["participant_id"].map(about[column]))
        own = []
        for place, theme in enumerate(themes):
            of_theme = spoken[spoken["theme_id"] == theme]
            table = pd.crosstab(of_theme["member"], of_theme["present"]).to_numpy()
            stream = np.random.SeedSequence([seed, number, place]).generate_state(1)[0]
            test = fisher_freeman_halton(table, replicates, int(stream))
            own.append((part, theme, int(table.sum()), len(table), test.method, test.p, cramers_v(table)))
        frame = pd.DataFrame(own, columns=["part", "theme_id", "n", "k", "method", "p", "v"])
        frame.insert(6, "p_corrected", holm(frame["p"].to_numpy(dtype=float)))
        rows.append(frame.assign(exploratory=True))
    return pd.concat(rows, ignore_index=True)
