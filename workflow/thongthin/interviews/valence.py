"""Does a theme help or hinder: the balance of enabling and hindering statements, by site and by group.

The codebook gives codes a valence: enabling, hindering or neutral. A statement is a distinct passage: segments of one
theme that share a character are one, and favour both sides where codes of both valences were given to them. Codes
without valence take no part. Whose coding counts follows the rule `coders` of `thongthin.interviews.decisions`, for
each valence of a theme by itself.

Fails where `coders` names somebody who coded nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.contract.units import Unit
from thongthin.interviews.decisions import Decisions, unit_decisions
from thongthin.interviews.passages import BY_THEME, number_passages
from thongthin.interviews.themes import of_codes, spread_over, theme_ids, whole_interviews
from thongthin.statistics.proportions import clopper_pearson

GIVEN = ("enabling", "hindering", "neutral")
SIDES = ("enabling", "hindering", "both", "neutral")


def valent_themes(codes: pd.DataFrame) -> list[str]:
    """The themes of table `codes` with an enabling or hindering code, in the order of the codebook."""
    valent = set(codes.loc[codes["valence"].isin(["enabling", "hindering"]), "theme_id"])
    return [theme for theme in theme_ids(codes) if theme in valent]


def valence_by_participant(
    codings: pd.DataFrame, coverage: pd.DataFrame, codes: pd.DataFrame, coders: str = "any"
) -> pd.DataFrame:
    """Which side each participant takes on each theme, and in how many passages.

    Args:
        codings, coverage, codes: the tables of these names.
        coders: `any`, `all`, or the id of one coder.

    Returns:
        Table `valence_by_participant`, one row for each participant and theme with enabling or hindering
        codes on which the participant makes a statement that has a valence: participant_id, theme_id, valence
        (`enabling` and `hindering`: nothing of the other side; `both`; `neutral`: neither), and the distinct
        passages of each of these kinds: enabling, hindering, both, neutral.

    Raises:
        CannotAnalyse: `coders` is not one of the coders.
    """
    themes = valent_themes(codes)
    units = whole_interviews(codings, coverage)
    given = unit_decisions(units, codings, coverage, codes, roll_up=False)
    read = of_codes(unit_decisions(units, codings, coverage, codes, roll_up=True), themes).read
    about = codes.set_index("code_id").loc[given.codes, ["theme_id", "valence"]]
    counts = np.zeros((len(GIVEN), len(themes), len(units)), dtype=bool)
    for number, name in enumerate(GIVEN):
        own = [np.flatnonzero((about["theme_id"] == theme) & (about["valence"] == name)) for theme in themes]
        present = np.array([given.present[of_theme].any(axis=0) for of_theme in own], dtype=bool).reshape(read.shape)
        counts[number] = Decisions(themes, given.coders, units, present, read).counted(coders)[0]

    who, which = np.nonzero(counts.any(axis=0).T)
    rows = pd.DataFrame(
        {
            "participant_id": pd.Index(units["participant_id"])[who],
            "theme_id": pd.Index(themes, dtype="str")[which],
            "valence": pd.array(_side(*counts[:, which, who]), dtype="str"),
        }
    )
    if coders not in ("any", "all"):
        codings = codings[codings["coder"] == coders]
    valence = pd.Index(GIVEN).get_indexer(pd.Index(codings["code_id"].map(about["valence"])))
    which = pd.Index(themes).get_indexer(pd.Index(codings["theme_id"]))
    who = pd.Index(units["participant_id"]).get_indexer(pd.Index(codings["participant_id"]))
    counted = (valence >= 0) & (which >= 0)
    counted[counted] = counts[valence[counted], which[counted], who[counted]]
    return rows.merge(_statements(codings[counted], valence[counted]), on=list(BY_THEME), how="left")


def _side(
    enabling: npt.NDArray[np.bool_], hindering: npt.NDArray[np.bool_], neutral: npt.NDArray[np.bool_]
) -> npt.NDArray[np.object_]:
    """Which of `SIDES` each takes, given whether there is anything of each valence; "" where there is nothing."""
    conditions = [enabling & hindering, enabling, hindering, neutral]
    return np.select(conditions, ["both", "enabling", "hindering", "neutral"], "").astype(object)


def _statements(segments: pd.DataFrame, valence: npt.NDArray[np.int64]) -> pd.DataFrame:
    """Distinct passages on each side: participant_id, theme_id, and a column for each of `SIDES`.

    Args:
        valence: for each segment the place of its valence in `GIVEN`.
    """
    flags = {name: valence == number for number, name in enumerate(GIVEN)}
    numbered = number_passages(segments[[*BY_THEME, "start", "end"]].assign(**flags))
    passages = numbered.groupby("passage").agg({**dict.fromkeys(BY_THEME, "first"), **dict.fromkeys(GIVEN, "any")})
    side = _side(*(passages[name].to_numpy() for name in GIVEN))
    each = passages[list(BY_THEME)].assign(**{name: (side == name).astype(int) for name in SIDES})
    return each.groupby(list(BY_THEME), as_index=False)[list(SIDES)].sum()


def valence_balance(
    by_participant: pd.DataFrame,
    participants: pd.DataFrame,
    units: Sequence[Unit],
    codes: pd.DataFrame,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """How many enable, how many hinder: participants and passages, by site, by group, and by both.

    Args:
        by_participant: table `valence_by_participant`.
        participants, codes: the tables of these names.
        units: the sites and the groups, with their totals; one without statements gets rows of zeros.
        confidence: level of the interval of the share.

    Returns:
        Table `valence_balance`, every site and `all`, group and `all`, theme with enabling or hindering codes:
        site_id, group, theme_id; participants who speak only enabling, only hindering, both, only neutral;
        passages of these kinds; denominator (participants who speak enabling, hindering or both); share (of
        these, who speak enabling, alone or with hindering), low, high (its exact interval); index ((enabling
        - hindering) / (enabling + hindering) passages, -1 to 1; those that are both favour neither side and
        are left out). NaN where there are none.

    Sources: the index is the relative proportional difference of Lowe, Benoit, Mikhaylov and Laver (2011),
    Legislative Studies Quarterly 36(1), 123-155; the interval, see `clopper_pearson`.
    """
    keys = [*(unit.column for unit in units), "theme_id"]
    people = {f"participants_{side}": (by_participant["valence"] == side).astype(int) for side in SIDES}
    rows = by_participant[list(BY_THEME)].assign(**people)
    rows = rows.assign(**{f"passages_{side}": by_participant[side] for side in SIDES})
    every = pd.MultiIndex.from_product([*(unit.shown for unit in units), valent_themes(codes)], names=keys)
    spread = spread_over(rows, participants, units)
    numbers = [column for column in rows if column not in BY_THEME]
    counts = spread.groupby(keys)[numbers].sum().reindex(every, fill_value=0)
    favourable = counts["participants_enabling"] + counts["participants_both"]
    sided = favourable + counts["participants_hindering"]
    low, high = clopper_pearson(favourable, sided, confidence)
    more, less = counts["passages_enabling"], counts["passages_hindering"]
    balance = (more - less) / (more + less).where(more + less > 0)
    share = favourable / sided.where(sided > 0)
    return counts.assign(denominator=sided, share=share, low=low, high=high, index=balance).reset_index()
