"""Does a theme go with the site or the group: exact tests over participants, exploratory by nature.

The interviews were chosen to differ, not drawn at random, and nobody set these hypotheses before reading them; so the
tests say where to look again, and confirm nothing. Each theme is tested by itself, over the participants read for it;
p is corrected for the number of themes. A test that cannot be made is NaN.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from thongthin.contract.units import COLUMN_OF
from thongthin.interviews.themes import theme_ids
from thongthin.statistics.corrections import holm
from thongthin.statistics.exact_tests import cramers_v, fisher_freeman_halton


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
    for number, (part, column) in enumerate(COLUMN_OF.items()):
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
