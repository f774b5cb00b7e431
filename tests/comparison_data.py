"""Small data that tests of comparisons share: a published experiment, and scores of a small survey."""

from __future__ import annotations

import numpy as np
import pandas as pd

# Beall (1942), Biometrika 32(3/4), 243-262: insects after six sprays, as R's data set InsectSprays.
INSECT_SPRAYS = [
    [10, 7, 20, 14, 14, 12, 10, 23, 17, 20, 14, 13],
    [11, 17, 21, 11, 16, 14, 17, 17, 19, 21, 7, 13],
    [0, 1, 7, 2, 3, 1, 2, 1, 3, 0, 1, 4],
    [3, 5, 12, 6, 4, 3, 5, 5, 5, 5, 2, 4],
    [3, 5, 3, 5, 3, 6, 1, 1, 3, 2, 6, 4],
    [11, 9, 15, 22, 15, 16, 13, 10, 26, 26, 24, 13],
]

ITEMS = pd.DataFrame(
    {
        "item_id": ["q1", "b1", "a1"],
        "construct": ["attitude", "speed", "speed"],
        "wave": ["single", "before", "after"],
        "minimum": pd.array([1, 1, 1], dtype="Int64"),
        "maximum": pd.array([5, 5, 5], dtype="Int64"),
        "numeric": False,
        "position": [1, 2, 3],
    }
)
SCORES = pd.DataFrame(
    {
        "site_id": ["S01"] * 4 + ["S02"] * 4 + ["S03"],
        "attitude": [1, 2, 2, 3, 4, 4, 5, 3, 5],
        "speed_before": [1, 2, 2, 1, 3, 3, np.nan, 2, 1],
        "speed_after": [3, 4, 2, 3, 3, 3, 4, 2, 2],
    }
)
SITES = ["S01", "S02", "S03", "S04"]
