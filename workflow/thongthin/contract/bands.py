"""How means of answers from 1 to 5 are read: the bands, and the two conventions of where one ends.

Thai theses use both. `rounding` takes a mean for the answer that it is nearest to (4.51 to 5.00 is the highest band);
`class_intervals` divides the way from 1 to 5 into five equal intervals of (5 - 1) / 5 = 0.80 (4.21 to 5.00). A mean
between the limits is read differently by each, so that a table has to say which was used.

Source of the bands: Boonchom Srisa-ard (2017), Introduction to Research (in Thai), 10th ed.; the width of a class
interval is the range divided by the number of classes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, get_args

from thongthin.basics.language import rounded

Convention = Literal["rounding", "class_intervals"]
CONVENTIONS: tuple[Convention, ...] = get_args(Convention)

# The values that the means of each band lie above, highest band first.
LIMITS: dict[Convention, tuple[float, ...]] = {
    "rounding": (4.5, 3.5, 2.5, 1.5, 0.0),
    "class_intervals": (4.2, 3.4, 2.6, 1.8, 0.0),
}
LABELS = (("มากที่สุด", "highest"), ("มาก", "high"), ("ปานกลาง", "moderate"), ("น้อย", "low"), ("น้อยที่สุด", "lowest"))


def band(mean: float, bands: Sequence[float]) -> int | None:
    """Which interpretation band a mean falls in: 1 is the highest; None if the mean is missing or below all.

    Args:
        mean: mean of answers from 1 to 5. It is read with two decimals, as it is printed: with bands above
            4.50 and 3.50, 4.504 is "4.50", so it is in band 2.
        bands: values that the means of each band lie above, highest band first.
    """
    if math.isnan(mean):
        return None
    printed = rounded(mean, 2)
    return next((number for number, above in enumerate(bands, start=1) if printed > rounded(above, 2)), None)


def convention_of(bands: Sequence[float]) -> Convention | None:
    """The convention that these bands follow; None if they are the study's own.

    Args:
        bands: as for `band`; where the lowest band begins does not matter.
    """
    upper = [rounded(above, 2) for above in bands[:-1]]
    for convention, limits in LIMITS.items():
        if upper == [rounded(above, 2) for above in limits[:-1]] and bands[-1] < 1:
            return convention
    return None
