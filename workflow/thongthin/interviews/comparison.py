"""How themes compare across sites and groups: which are shared, who stands against the rest, and what shows it.

1. `theme_spread`: in how many sites and groups somebody speaks of a theme.
2. `deviant_cases`: participants who differ from most others of their site or group, with their passages.
3. `framework_matrix`: one cell for each site and theme, with its counts and its evidence.

All start from the counts of `thongthin.interviews.themes` and `thongthin.interviews.valence`, so that every number can
be found there.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from thongthin.contract.tables import ALL
from thongthin.contract.units import COLUMN_OF
from thongthin.interviews.evidence import evidence, evidence_by, joined, quotes_of_themes
from thongthin.interviews.passages import BY_THEME
from thongthin.interviews.themes import counted_segments, theme_ids

# How a participant differs from the rest of the site or group.
REASONS = ("present", "absent", "enabling", "hindering")
# Shares are compared with a limit as they read: 0.1 + 0.2 is no more than 0.3.
TOLERANCE = 1e-9


def theme_spread(by_site: pd.DataFrame, by_group: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """In how many sites, and in how many groups, somebody speaks of each theme.

    Args:
        by_site, by_group, codes: tables `themes_by_site`, `themes_by_group`, `codes`.

    Returns:
        Table `theme_spread`, one row a theme: theme_id, participants, denominator (of all sites); then for sites:
        sites (in which somebody speaks of it), sites_read (in which somebody was read for it), site_ids (the
        former, joined by "; "), site_spread: `shared` (all of at least two that were read), `distinct` (one of
        them), `partial` (several, not all), `absent` (none), "" where fewer than two were read, since one site shares
        with none; and the same for groups: groups, groups_read, group_ids, group_spread.
    """
    themes = theme_ids(codes)
    total = by_site[by_site["site_id"] == ALL].set_index("theme_id").loc[themes]
    columns = {"theme_id": themes, **{name: total[name].to_numpy() for name in ("participants", "denominator")}}
    for (part, key), table in zip(COLUMN_OF.items(), (by_site, by_group), strict=True):
        counts = table[table[key] != ALL]
        having = counts[counts["participants"] > 0].groupby("theme_id")[key]
        read = counts[counts["denominator"] > 0].groupby("theme_id").size().reindex(themes, fill_value=0).to_numpy()
        found = having.size().reindex(themes, fill_value=0).to_numpy()
        spread = np.select(
            [read < 2, found == 0, found == read, found == 1], ["", "absent", "shared", "distinct"], "partial"
        )
        columns |= {
            f"{part}s": found,
            f"{part}s_read": read,
            f"{part}_ids": having.agg(joined).reindex(themes, fill_value="").to_numpy(),
            f"{part}_spread": spread.astype(object),
        }
    return pd.DataFrame(columns)


def deviant_cases(  # noqa: PLR0913 - the tables and choices, each by its name
    by_participant: pd.DataFrame,
    by_valence: pd.DataFrame,
    participants: pd.DataFrame,
    codings: pd.DataFrame,
    quotes: pd.DataFrame,
    codes: pd.DataFrame,
    coders: str = "any",
    share: float = 0.25,
    members: int = 4,
) -> pd.DataFrame:
    """Participants who differ, on a theme, from most others of their site or of their group.

    With s for `share`, and only where at least `members` of the site (group) were read for the theme, or for the last
    two take a side on it: `present` where at most s of them speak of it; `absent` where at least 1 - s do; `hindering`:
    says something hindering where at least 1 - s speak only enabling of it; `enabling`: the reverse. The participant
    is counted among them, so that the shares are those of `themes_by_site` and `valence_balance`.

    Args:
        by_participant, by_valence: tables `themes_by_participant` and `valence_by_participant`.
        participants, codings, quotes, codes: the tables of these names.
        coders: as for `themes_by_participant`.
        share: of the members, above 0 and below 0.5.
        members: at least 2.

    Returns:
        Table `deviant_cases`: participant_id, site_id, group, theme_id, part (`site` or `group`: of which it is
        said), reason, participants (of the site or group: who speak of it; who speak only on the other side for the
        last two), denominator (read for it; taking a side on it), share; segment_ids and quote_ids of the participant's
        passages, for the last two of those on that side, best evidence first, joined by "; ", "" where there are none.

    Source of the practice: Lincoln and Guba (1985), Naturalistic Inquiry, 309-313 (negative case analysis).
    """
    cases = _differing(by_participant, by_valence, participants, share, members)
    cases["side"] = cases["reason"].where(cases["reason"].isin(["enabling", "hindering"]), "")
    segments = counted_segments(codings, by_participant, coders)
    segments = segments[segments["participant_id"].isin(cases["participant_id"].unique())]
    cases = cases.merge(_evidence_of_sides(segments, quotes, codes), on=[*BY_THEME, "side"], how="left")
    absent = cases["reason"] == "absent"
    for column in ("segment_ids", "quote_ids"):
        cases[column] = cases[column].fillna("").mask(absent, "").astype("str")

    order = cases.assign(
        theme=cases["theme_id"].map({theme: place for place, theme in enumerate(theme_ids(codes))}),
        place=cases["reason"].map({reason: place for place, reason in enumerate(REASONS)}),
    ).sort_values(["theme", "part", "place", "participant_id"], ascending=[True, False, True, True])
    columns = ["participant_id", "site_id", "group", "theme_id", "part", "reason"]
    columns += ["participants", "denominator", "share", "segment_ids", "quote_ids"]
    return cases.loc[order.index, columns].astype({"participants": "int64"}).reset_index(drop=True)


def _differing(
    by_participant: pd.DataFrame, by_valence: pd.DataFrame, participants: pd.DataFrame, share: float, members: int
) -> pd.DataFrame:
    """The cases of `deviant_cases`, without what shows them: a row for each participant, theme, part and reason."""
    about = participants[["participant_id", "site_id", "group"]]
    sided = by_valence[by_valence["valence"].isin(["enabling", "hindering", "both"])]
    found = []
    for part, key in COLUMN_OF.items():
        for reason in REASONS:
            rows = by_participant if reason in ("present", "absent") else sided
            if reason in ("present", "absent"):
                counted = rows["present"] == 1
                case = counted if reason == "present" else ~counted
            else:
                counted = rows["valence"] == ("hindering" if reason == "enabling" else "enabling")
                case = ~counted
            rows = rows[list(BY_THEME)].assign(counted=counted, case=case).merge(about, on="participant_id")
            of_part = rows.groupby([key, "theme_id"])["counted"]
            rows = rows.assign(participants=of_part.transform("sum"), denominator=of_part.transform("size"))
            rows["share"] = rows["participants"] / rows["denominator"]
            few, most = rows["share"] <= share + TOLERANCE, rows["share"] >= 1 - share - TOLERANCE
            deviant = rows["case"] & (few if reason == "present" else most) & (rows["denominator"] >= members)
            found.append(rows[deviant].assign(part=part, reason=reason))
    return pd.concat(found, ignore_index=True)


def _evidence_of_sides(segments: pd.DataFrame, quotes: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """What shows each participant and theme, by `side`: all that stands there (""), or on one side."""
    valence = codes.set_index("code_id")["valence"]
    shown = []
    for side in ("", "enabling", "hindering"):
        own = segments[segments["code_id"].map(valence) == side] if side else segments
        fitting = quotes[(quotes["code_id"] == "") | (quotes["code_id"].map(valence) == side)] if side else quotes
        of_themes = quotes_of_themes(fitting, own, codes)
        shown.append(evidence_by(list(BY_THEME), evidence(own, of_themes), of_themes).assign(side=side))
    return pd.concat(shown)


def framework_matrix(
    by_participant: pd.DataFrame,
    by_site: pd.DataFrame,
    by_valence: pd.DataFrame,
    participants: pd.DataFrame,
    codings: pd.DataFrame,
    quotes: pd.DataFrame,
    codes: pd.DataFrame,
    coders: str = "any",
) -> pd.DataFrame:
    """The framework matrix: what each site says of each theme, how much, and where it stands.

    Args:
        by_participant, by_site, by_valence: tables `themes_by_participant`, `themes_by_site`,
            `valence_by_participant`.
        participants, codings, quotes, codes: the tables of these names.
        coders: as for `themes_by_participant`.

    Returns:
        Table `framework_matrix`, every site and theme: site_id, theme_id, participants (who speak of it),
        denominator (who were read for it), segments (distinct passages), characters (code points of these),
        enabling, hindering, both (passages; 0 where no code of the theme has such a valence), segment_ids (one of each
        passage, best evidence first, joined by "; ", see `thongthin.interviews.evidence`), quote_ids.

    Sources: Ritchie and Spencer (1994), in Bryman and Burgess (eds.), Analyzing Qualitative Data, 173-194; Gale
    et al. (2013), BMC Medical Research Methodology 13, 117.
    """
    keys = ["site_id", "theme_id"]
    site_of = participants.set_index("participant_id")["site_id"]

    def at_site(rows: pd.DataFrame) -> pd.DataFrame:
        return rows.assign(site_id=rows["participant_id"].map(site_of))

    segments = counted_segments(codings, by_participant, coders)
    of_themes = quotes_of_themes(quotes, segments, codes)
    matrix = by_site.loc[by_site["site_id"] != ALL, [*keys, "participants", "denominator", "segments"]]
    characters = at_site(by_participant).groupby(keys)["characters"].sum()
    valence = at_site(by_valence).groupby(keys)[["enabling", "hindering", "both"]].sum()
    matrix = matrix.join(characters, on=keys).join(valence, on=keys)
    counts = ["characters", "enabling", "hindering", "both"]
    matrix[counts] = matrix[counts].fillna(0).astype("int64")
    shown = evidence_by(keys, at_site(evidence(segments, of_themes)), at_site(of_themes))
    matrix = matrix.merge(shown, on=keys, how="left")
    ids = ["segment_ids", "quote_ids"]
    matrix[ids] = matrix[ids].fillna("").astype("str")
    return matrix
