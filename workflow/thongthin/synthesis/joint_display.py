"""Both strands side by side: for each factor what the interviews say, what the survey says, and how far they agree.

A construct of the framework has a row where both strands speak of it: a theme of the codebook names it as its `factor`,
and items of the survey measure it. A participant speaks of the construct where one of its themes counts, and takes the
sides that he or she takes on its themes. Of the survey stands the mean with its interval; of a construct asked before
and after, the wave after, since interviews tell of the present. The agreement is that of the rankings of the sites:
those where more is said of the factor, or more in its favour, against those where it is rated higher.

Nothing here fails: where one strand has no data at a site, its cells are NaN, and the site is in no ranking.

Source of the display: Guetterman, Fetters and Creswell (2015), Annals of Family Medicine 13(6), 554-561.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import pandas as pd

from thongthin.contract.tables import ALL
from thongthin.contract.units import Unit
from thongthin.interviews.themes import spread_over
from thongthin.statistics.proportions import clopper_pearson
from thongthin.statistics.rank_agreement import kendall

WAVES = ("single", "after", "before")
# What of the interviews is ranked: how many speak of the factor, and how far they speak in its favour.
MEASURES = ("share", "index")
SPOKEN = ["participants", "denominator", "participants_enabling", "participants_hindering", "participants_both"]


def theme_factors(codes: pd.DataFrame) -> dict[str, str]:
    """The factor or outcome that each theme speaks of: its own, or the only one that the codes below it name.

    Args:
        codes: table `codes`.

    Returns:
        theme_id -> construct, in the order of the codebook; without the themes that speak of none.
    """
    found = {}
    for theme, own in codes.sort_values("position").groupby("theme_id", sort=False):
        named = set(own["factor"]) - {""}
        itself = next(iter(own.loc[own["code_id"] == theme, "factor"]), "")
        chosen = itself or (named.pop() if len(named) == 1 else "")
        if chosen:
            found[str(theme)] = str(chosen)
    return found


def joint_constructs(codes: pd.DataFrame, measured: Collection[str], constructs: Iterable[str]) -> list[str]:
    """The constructs that both strands speak of, in the order given.

    Args:
        codes: table `codes`.
        measured: the constructs that items of the survey measure.
        constructs: those of the framework.
    """
    spoken = set(theme_factors(codes).values())
    return [construct for construct in constructs if construct in spoken and construct in measured]


def parts_of_display(site_ids: Iterable[str], groups: Iterable[str]) -> list[tuple[str, str]]:
    """The pairs of site and group that the display has rows for: each site, each group, and everybody."""
    return [*((site, ALL) for site in site_ids), *((ALL, group) for group in groups), (ALL, ALL)]


def joint_display(  # noqa: PLR0913 - the tables and choices, each by its name
    by_participant: pd.DataFrame,
    valences: pd.DataFrame,
    participants: pd.DataFrame,
    codes: pd.DataFrame,
    quotes: pd.DataFrame,
    scale_statistics: pd.DataFrame,
    group_statistics: pd.DataFrame,
    *,
    site_ids: Iterable[str],
    groups: Iterable[str],
    constructs: Iterable[str],
    confidence: float = 0.95,
) -> pd.DataFrame:
    """What both strands say of each factor, at each site, in each group, and over all.

    Args:
        by_participant, valences: tables `themes_by_participant` and `valence_by_participant`.
        participants, codes: the tables of these names.
        quotes: table `quotes`; those of a theme of the factor are named.
        scale_statistics, group_statistics: the tables of these names; the means and intervals are theirs.
        site_ids, groups: all sites and groups; one without data gets rows of zeros.
        constructs: factors and outcomes of the framework.
        confidence: level of the interval of shares.

    Returns:
        Table `joint_display`, one row for each construct and each of `parts_of_display`: construct, site_id, group,
        wave; participants (who speak of it), denominator (who were read for it: for all of its themes, or for one that
        counts), share with share_low and share_high (see `clopper_pearson`); participants_enabling and
        participants_hindering (who speak on that side only), participants_both; index ((enabling - hindering) /
        (enabling + hindering) passages, see `thongthin.interviews.valence`); n (respondents), mean with mean_low and
        mean_high (points of the scale); quotes (ids, joined by spaces).
    """
    site_ids, groups = list(site_ids), list(groups)
    keys = ["construct", "site_id", "group"]
    factors = theme_factors(codes)
    asked = joint_constructs(codes, set(scale_statistics["construct"]), constructs)
    quoted = quotes.assign(construct=quotes["code_id"].map(codes.set_index("code_id")["theme_id"]).map(factors))
    rows = [
        (
            construct,
            site,
            group,
            " ".join(quoted.loc[(quoted["construct"] == construct) & _of(quoted, site, group), "quote_id"]),
        )
        for construct in asked
        for site, group in parts_of_display(site_ids, groups)
    ]
    display = pd.DataFrame(rows, columns=[*keys, "quotes"]).astype(dict.fromkeys(keys, "str"))
    means = pd.concat([scale_statistics.assign(group=ALL), group_statistics.assign(site_id=ALL)])
    means = means.rename(columns={"low": "mean_low", "high": "mean_high"})
    waves = scale_statistics.groupby("construct")["wave"].unique()
    wave_of = {construct: next(wave for wave in WAVES if wave in waves[construct]) for construct in asked}
    display["wave"] = display["construct"].map(wave_of).astype("str")
    display = display.merge(
        means[[*keys, "wave", "n", "mean", "mean_low", "mean_high"]], on=[*keys, "wave"], how="left"
    )
    display = display.merge(
        _spoken(by_participant, valences, participants, factors, site_ids, groups), on=keys, how="left"
    )
    counts = ["n", *SPOKEN, "passages_enabling", "passages_hindering"]
    display[counts] = display[counts].fillna(0).astype(int)
    total = display["denominator"]
    share = display["participants"] / total.where(total > 0)
    share_low, share_high = clopper_pearson(display["participants"], total, confidence)
    more, less = display["passages_enabling"], display["passages_hindering"]
    index = (more - less) / (more + less).where(more + less > 0)
    return display.assign(share=share, share_low=share_low, share_high=share_high, index=index)


def _of(frame: pd.DataFrame, site: str, group: str) -> pd.Series[bool]:
    """Which rows belong to a site and a group, where `all` is every one."""
    return ((frame["site_id"] == site) | (site == ALL)) & ((frame["group"] == group) | (group == ALL))


def _with_construct(rows: pd.DataFrame, factors: Mapping[str, str]) -> pd.DataFrame:
    """The rows of themes that speak of a construct, with it."""
    rows = rows[rows["theme_id"].isin(list(factors))]
    return rows.assign(construct=rows["theme_id"].map(factors).astype("str"))


def _spoken(
    by_participant: pd.DataFrame,
    valences: pd.DataFrame,
    participants: pd.DataFrame,
    factors: Mapping[str, str],
    site_ids: list[str],
    groups: list[str],
) -> pd.DataFrame:
    """construct, site_id, group, `SPOKEN`, and the passages on both sides: of every pair, `all` among them."""
    keys = ["participant_id", "construct"]
    themes = pd.Series(factors).value_counts()
    found = _with_construct(by_participant, factors)
    counted = found.groupby(keys).agg(participants=("present", "max"), read=("present", "size")).reset_index()
    # Nothing found is only known of those who were read for every theme of the factor.
    known = (counted["participants"] == 1) | (counted["read"] == counted["construct"].map(themes))
    sides = _with_construct(valences, factors)
    sides = sides.assign(
        for_it=sides["valence"].isin(["enabling", "both"]), against_it=sides["valence"].isin(["hindering", "both"])
    )
    sided = sides.groupby(keys).agg(
        for_it=("for_it", "any"),
        against_it=("against_it", "any"),
        passages_enabling=("enabling", "sum"),
        passages_hindering=("hindering", "sum"),
    )
    rows = counted[known].assign(denominator=1).merge(sided.reset_index(), on=keys, how="left")
    for_it, against_it = (rows[side].eq(True) for side in ("for_it", "against_it"))  # missing: took no side
    rows = rows.assign(
        participants_enabling=(for_it & ~against_it).astype(int),
        participants_hindering=(against_it & ~for_it).astype(int),
        participants_both=(for_it & against_it).astype(int),
    )
    spread = spread_over(rows, participants, [Unit.sites(site_ids), Unit.groups(groups, total=True)])
    numbers = [*SPOKEN, "passages_enabling", "passages_hindering"]
    return spread.groupby(["construct", "site_id", "group"])[numbers].sum().reset_index()


def joint_ranking(display: pd.DataFrame, site_ids: Collection[str], confidence: float = 0.95) -> pd.DataFrame:
    """How far the strands agree on the order of the sites.

    Args:
        display: table `joint_display`.
        site_ids: all sites.
        confidence: level of the interval.

    Returns:
        Table `joint_ranking`, one row for each construct and each of `MEASURES`: construct, measure, n (sites that both
        strands have), s, tau, p, least_p, method (`exact` or `normal`), low, high: see `rank_agreement.kendall`.
    """
    rows = []
    sites = display[display["site_id"].isin(list(site_ids)) & (display["group"] == ALL)]
    for construct, own in sites.groupby("construct", sort=False):
        for measure in MEASURES:
            # Numbers that only rounding tells apart are tied.
            found = kendall(own[measure].round(9), own["mean"].round(9), confidence)
            said = {"construct": construct, "measure": measure, "method": "exact" if found.exact else "normal"}
            rows.append({**said, **found._asdict()})
    columns = ["construct", "measure", "n", "s", "tau", "p", "least_p", "method", "low", "high"]
    return pd.DataFrame(rows, columns=columns)
