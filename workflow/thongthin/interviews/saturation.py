"""When interviews stopped bringing anything new: thematic saturation after Guest, Namey and Chen, and how far it
depends on the order of the interviews.

Interviews stand in the order in which they were held. The different codes (or themes) of the first `base_size`
interviews are the base. A run is the next `run_length` interviews; its new information is the number of codes that
occur in it for the first time, divided by the codes of the base. Runs overlap: each begins one interview after the run
before. Saturation is reached at the interview before the first run whose new information is at or below the threshold,
written with the length of the run, as 5+2. The same is done for random orders of the same interviews.

An interview that was not read for every code is left out, since what nobody looked for cannot be new there. Without a
full run, or with an empty base, everything about saturation is undefined. Fails where `coders` names nobody.

Source: Guest, Namey and Chen (2020), PLoS ONE 15(5), e0232076.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.contract.tables import ALL
from thongthin.interviews.decisions import unit_decisions
from thongthin.interviews.themes import of_codes, theme_ids, whole_interviews

Of = Literal["codes", "themes"]
Whole = npt.NDArray[np.int64]
Array = npt.NDArray[np.float64]

# So many numbers are held at once for random orders: what bounds the memory.
AT_ONCE = 4_000_000


class Saturation(NamedTuple):
    """What one order of interviews comes to.

    Attributes:
        base_codes: different codes in the base; NaN where there are fewer interviews than that.
        ratios: new information of each run, by its first interview: codes that are new in it / codes of the base.
        point: interviews before the first run at or below the threshold; NaN if there is none.
    """

    base_codes: float
    ratios: Array
    point: float

    def notation(self, run_length: int) -> str:
        """The point with the length of the run, as the source writes it: ``5+2``; empty if there is none."""
        return "" if np.isnan(self.point) else f"{self.point:.0f}+{run_length}"


def saturation(
    new_codes: npt.ArrayLike, *, base_size: int = 4, run_length: int = 2, threshold: float = 0.05
) -> Saturation:
    """Saturation of one order of interviews.

    Args:
        new_codes: for each interview in order, how many codes occur in it for the first time.
        base_size, run_length: numbers of interviews.
        threshold: largest share of new information at which a run is saturated, 0 to 1.
    """
    new = np.asarray(new_codes, dtype=np.int64)
    first = np.repeat(np.arange(1, len(new) + 1), new)[np.newaxis]
    base_codes, ratios, points = _runs(first, len(new), base_size, run_length, threshold)
    return Saturation(float(base_codes[0]), ratios[0], float(points[0]))


def _runs(
    first: Whole, interviews: int, base_size: int, run_length: int, threshold: float
) -> tuple[Array, Array, Array]:
    """Codes of the base, ratio of each run, and point of saturation, of many orders (rows; see `_found_by`)."""
    if interviews < base_size:
        nothing = np.full(len(first), np.nan)
        return nothing, np.empty((len(first), 0)), nothing
    starts = np.arange(base_size, interviews - run_length + 1)
    base = _found_by(first, np.array([base_size]))
    new = _found_by(first, starts + run_length) - _found_by(first, starts)
    ratios = np.divide(new, base, out=np.full(new.shape, np.nan), where=base > 0)
    met = ratios <= threshold + 1e-9  # 0.29 of 100 codes are 29, whatever binary fractions say
    points = np.where(met.any(axis=1), base_size + met.argmax(axis=1) if met.size else np.nan, np.nan)
    return base[:, 0].astype(np.float64), ratios, points


def _found_by(first: Whole, counts: Whole) -> Whole:
    """Codes found in the first so many interviews.

    Args:
        first: orders x codes: the place, from 1, of the first interview with the code; each row ascending.
        counts: numbers of interviews.

    Returns:
        orders x counts.
    """
    orders, codes = first.shape
    # Laying the rows one after the other turns the search within each into one search over all.
    length = max(first.max(initial=0), counts.max(initial=0)) + 1
    rows = np.arange(orders)[:, np.newaxis]
    found = np.searchsorted((first + rows * length).ravel(), (counts + rows * length).ravel(), side="right")
    return np.asarray(found.reshape(orders, len(counts)) - rows * codes, dtype=np.int64)


def first_places(present: npt.NDArray[np.bool_], orders: int, rng: np.random.Generator) -> Whole:
    """Where each code occurs first, in random orders of the interviews.

    Args:
        present: interviews x codes; every code occurs in at least one interview.

    Returns:
        orders x codes: place, from 1, of the first interview with a code; each row ascending (which code it is, does
        not matter).
    """
    interviews, codes = present.shape
    first = np.empty((orders, codes), dtype=np.int64)
    step = max(1, AT_ONCE // max(1, interviews))
    for begin in range(0, orders, step):
        some = min(step, orders - begin)
        places = rng.permuted(np.tile(np.arange(1, interviews + 1), (some, 1)), axis=1)
        for code in range(codes):
            first[begin : begin + some, code] = places[:, present[:, code]].min(axis=1)
    return np.sort(first, axis=1)


def presence(
    codings: pd.DataFrame, coverage: pd.DataFrame, codes: pd.DataFrame, *, of: Of = "codes", coders: str = "any"
) -> pd.DataFrame:
    """Which code, or which theme, occurs in which interview.

    Args:
        codings, coverage, codes: the tables of these names.
        of: `codes`, each as it was given; or `themes`, with the codes below them.
        coders: whose coding counts, as for themes: `any`, `all`, or the id of one coder.

    Returns:
        participant_id (index) x code id: 1, 0, or NaN where the interview was not read for the code.

    Raises:
        CannotAnalyse: `coders` is not one of the coders.
    """
    units = whole_interviews(codings, coverage)
    decisions = unit_decisions(units, codings, coverage, codes, roll_up=of == "themes")
    ids = theme_ids(codes) if of == "themes" else decisions.codes
    present, read = of_codes(decisions, ids).counted(coders)
    return pd.DataFrame(
        np.where(read, present.astype(float), np.nan).T, index=pd.Index(units["participant_id"]), columns=ids
    )


def saturation_tables(  # noqa: PLR0913 - the tables and choices, each by its name
    present: pd.DataFrame,
    participants: pd.DataFrame,
    site_ids: Iterable[str],
    *,
    of: Of = "codes",
    base_size: int = 4,
    run_length: int = 2,
    threshold: float = 0.05,
    orders: int = 1000,
    spread: float = 0.9,
    seed: int,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Saturation of each site and of all, in the order of the interviews and over random orders.

    Interviews are ordered by `interviewed_on`, those of one day (and, last, those without a date) as in the table.
    In quantiles over the random orders, an order that never reaches saturation counts as later than any that does:
    where it comes to stand at the quantile, that is undefined.

    Args:
        present: as from `presence`.
        participants: table `participants`.
        site_ids: all sites; one without interviews gets a row without saturation.
        of, base_size, run_length, threshold: as for `presence` and `saturation`.
        orders: number of random orders; 0 leaves them out.
        spread: share of the random orders that lie between the limits, 0 to 1.
        seed: of the random orders.

    Returns:
        Tables `saturation`, one row for each site and for all, and `saturation_curve`, one row for each interview in
        its order, of each site and of all.
    """
    people = participants.assign(undated=participants["interviewed_on"] == "")
    people = people.sort_values(["undated", "interviewed_on"], kind="stable").set_index("participant_id")
    whole = present.notna().all(axis=1)
    rows, curves = [], []
    for site in [*site_ids, ALL]:
        own = people.index if site == ALL else people.index[people["site_id"] == site]
        own = own[own.isin(present.index)]
        read = own[whole.loc[own].to_numpy(dtype=bool)]
        found = present.loc[read].to_numpy(dtype=bool)
        found = found[:, found.any(axis=0)]
        n = len(read)
        first = (np.sort(found.argmax(axis=0)) + 1 if n else np.empty(0, dtype=np.int64))[np.newaxis]
        base, ratios, points = _runs(first, n, base_size, run_length, threshold)
        observed = Saturation(float(base[0]), ratios[0], float(points[0]))
        random = first_places(found, orders, np.random.default_rng(seed))
        counts = {"site_id": site, "of": of, "n": n, "left_out": len(own) - n, "codes": found.shape[1]}
        over_orders = _spread(random, n, base_size, run_length, threshold, spread)
        rows.append({**counts, **_told(observed, run_length), **over_orders})
        curves.append(_curve(site, read, first, observed, base_size).assign(**_band(random, n, spread)))
    return pd.DataFrame(rows), pd.concat(curves, ignore_index=True)


def _told(observed: Saturation, run_length: int) -> dict[str, float | str]:
    """What table `saturation` has of one order, by column."""
    ratios = observed.ratios
    return {
        "base_codes": observed.base_codes,
        "runs": len(ratios),
        "first_ratio": ratios[0] if len(ratios) else np.nan,
        "last_ratio": ratios[-1] if len(ratios) else np.nan,
        "point": observed.point,
        "notation": observed.notation(run_length),
    }


def _curve(site: str, read: pd.Index, first: Whole, observed: Saturation, base_size: int) -> pd.DataFrame:
    """Rows of table `saturation_curve` of one site: what each interview, in order, brought.

    Args:
        read: the interviews.
        first: as for `_found_by`, of this one order.
    """
    n, runs = len(read), range(base_size, base_size + len(observed.ratios))
    return pd.DataFrame(
        {
            "site_id": site,
            "position": np.arange(1, n + 1),
            "participant_id": read,
            "new": np.bincount(first[0], minlength=n + 1)[1:] if n else [],
            "cumulative": _found_by(first, np.arange(1, n + 1))[0],
            "ratio": pd.Series(observed.ratios, index=runs).reindex(range(n)).to_numpy(),
        }
    )


def _quantiles(values: Array, spread: float) -> list[float]:
    """Lower limit, median and upper limit of each column, as values that occur; infinity is undefined."""
    levels = [(1 - spread) / 2, 0.5, (1 + spread) / 2]
    limits = np.quantile(values, levels, axis=0, method="inverted_cdf")
    return list(np.where(np.isfinite(limits), limits, np.nan))


def _spread(
    first: Whole, interviews: int, base_size: int, run_length: int, threshold: float, spread: float
) -> dict[str, float]:
    """The points of saturation of random orders: which share reaches one, and where they lie."""
    nothing = dict.fromkeys(("reached", "point_median", "point_low", "point_high", "point_min", "point_max"), np.nan)
    if not len(first) or not first.shape[1] or interviews < base_size + run_length:
        return nothing
    step = max(1, AT_ONCE // interviews)
    points = np.concatenate(
        [
            _runs(first[begin : begin + step], interviews, base_size, run_length, threshold)[2]
            for begin in range(0, len(first), step)
        ]
    )
    reached = ~np.isnan(points)
    low, median, high = _quantiles(np.where(reached, points, np.inf), spread)
    return {
        "reached": float(reached.mean()),
        "point_median": float(median),
        "point_low": float(low),
        "point_high": float(high),
        "point_min": float(points[reached].min()) if reached.any() else np.nan,
        "point_max": float(points.max()) if reached.all() else np.nan,
    }


def _band(first: Whole, interviews: int, spread: float) -> dict[str, Array]:
    """Mean and limits, over random orders, of the codes found by each interview."""
    mean, low, high = (np.full(interviews, np.nan) for _ in range(3))
    step = max(1, AT_ONCE // max(1, len(first)))
    for begin in range(0, interviews if len(first) else 0, step):
        counts = np.arange(begin + 1, min(begin + step, interviews) + 1)
        found = _found_by(first, counts).astype(np.float64)
        at = slice(begin, begin + len(counts))
        mean[at] = found.mean(axis=0)
        low[at], _, high[at] = _quantiles(found, spread)
    return {"mean": mean, "low": low, "high": high}
