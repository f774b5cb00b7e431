"""From what was found to how far each case belongs to each set: scores of the cases, calibrated to memberships.

A case is a participant or a site. Its score on a set comes from a theme of its interviews or from the answers at its
site to a scale of the survey; the anchors of the set turn the score into a membership from 0 to 1.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.contract.qca import CalibratedSet, Configurations

Array = npt.NDArray[np.float64]


def calibrate(
    raw: npt.ArrayLike, fully_out: float, crossover: float, fully_in: float, curve: str = "logistic"
) -> Array:
    """Membership in a fuzzy set, by the direct method.

    Args:
        raw: scores; NaN where there is none.
        fully_out, crossover, fully_in: the anchors, rising or falling, in units of the scores.
        curve: `logistic`: the log odds run straight from -ln 19 through 0 to ln 19, so that memberships at the anchors
            are .05, .5 and .95; `linear`: the memberships themselves run straight from 0 through .5 to 1.

    Returns:
        Memberships from 0 to 1; NaN where there is no score.

    Source: Ragin (2008), Redesigning social inquiry, ch. 5; the linear one: Dusa (2019), QCA with R, ch. 4.
    """
    distance = np.asarray(raw, dtype=float) - crossover
    reach = np.where(distance * (fully_in - crossover) >= 0, fully_in - crossover, crossover - fully_out)
    if curve == "linear":
        return np.asarray(np.clip(0.5 + 0.5 * distance / reach, 0, 1), dtype=float)
    # Beyond these odds nothing changes but the risk of an overflow.
    return np.asarray(1 / (1 + np.exp(-np.clip(math.log(19) * distance / reach, -700, 700))), dtype=float)


def case_scores(
    qca: Configurations,
    participants: pd.DataFrame,
    site_ids: Iterable[str],
    themes: pd.DataFrame,
    valences: pd.DataFrame,
    respondents: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The score of each case on the outcome and each condition, before calibration.

    Args:
        participants: table `participants`.
        site_ids: all sites, where the cases are sites.
        themes: table `themes_by_participant`.
        valences: table `valence_by_participant`, made with the same `coders`.
        respondents: table `scale_scores` with the `group` of each respondent; None without a survey.

    Returns:
        One row a case (index), one column a set; NaN where a theme was not coded for the case, where it has no enabling
        or hindering passage to take a share of, or where nobody at its site answered.
    """
    people = participants.set_index("participant_id")["site_id"]
    cases = list(people.index) if qca.cases == "participant" else list(site_ids)
    scores = {}
    for own in qca.sets:
        if own.theme:
            by_case = _theme_scores(own, themes, valences, people, by_site=qca.cases == "site")
        else:
            assert respondents is not None
            by_case = _survey_scores(own, respondents)
            if qca.cases == "participant":
                by_case = people.map(by_case)
        scores[own.id] = by_case.reindex(cases).astype(float)
    return pd.DataFrame(scores, index=pd.Index(cases, name="case_id"))


def _theme_scores(
    own: CalibratedSet, themes: pd.DataFrame, valences: pd.DataFrame, people: pd.Series, *, by_site: bool
) -> pd.Series:
    """The measure of a theme for each participant who was read for it, or for each site that has one."""
    read = themes[themes["theme_id"] == own.theme].set_index("participant_id")
    counts = valences[valences["theme_id"] == own.theme].set_index("participant_id").reindex(read.index)
    sides = {side: (counts[side] + counts["both"]).fillna(0) for side in ("enabling", "hindering")}
    frame = pd.DataFrame(
        {
            "present": read["present"],
            "participants": read["present"],
            "passages": read["segments"],
            "characters": read["characters"],
            **sides,
        }
    )
    frame["balance"] = frame["enabling"] - frame["hindering"]
    if by_site:
        sites = frame.groupby(people.reindex(frame.index))
        totals = sites[["enabling", "hindering"]].sum()
        frame = sites.mean().assign(present=sites["present"].max())
        frame[["enabling", "hindering"]] = totals
    of = frame["enabling"] + frame["hindering"]
    frame["enabling_share"] = frame["enabling"] / of.where(of > 0)
    return frame[str(own.measure)]


def _survey_scores(own: CalibratedSet, respondents: pd.DataFrame) -> pd.Series:
    """Mean score of the respondents of each site on a construct."""
    column = str(own.construct_) if own.wave == "single" else f"{own.construct_}_{own.wave}"
    who = respondents if own.group is None else respondents[respondents["group"] == own.group]
    return who.groupby("site_id")[column].mean()


def memberships_of(qca: Configurations, scores: pd.DataFrame) -> pd.DataFrame:
    """The memberships of the cases in the sets: `scores`, calibrated; NaN where there is no score."""
    return pd.DataFrame(
        {
            own.id: scores[own.id] if own.anchors is None else calibrate(scores[own.id], **own.anchors.model_dump())
            for own in qca.sets
        },
        index=scores.index,
    )
