"""The bands of both conventions, and which one a study follows."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from thongthin.contract.analysis import Analysis
from thongthin.contract.bands import LIMITS, band, convention_of


@pytest.mark.parametrize(
    ("mean", "rounding", "intervals"),
    [(5.0, 1, 1), (4.51, 1, 1), (4.50, 2, 1), (4.21, 2, 1), (4.20, 2, 2), (3.45, 3, 2), (2.55, 3, 4), (1.80, 4, 5)],
)
def test_a_mean_between_the_limits_is_read_differently(mean: float, rounding: int, intervals: int) -> None:
    """The limits of both as theses print them: 4.51-5.00, 3.51-4.50 ...; 4.21-5.00, 3.41-4.20 ..."""
    assert band(mean, LIMITS["rounding"]) == rounding
    assert band(mean, LIMITS["class_intervals"]) == intervals


def test_a_convention_is_known_by_its_limits_wherever_the_lowest_band_begins() -> None:
    assert convention_of([4.5, 3.5, 2.5, 1.5, 0]) == "rounding"
    assert convention_of([4.2, 3.4, 2.6, 1.8, 0.99]) == "class_intervals"
    assert convention_of([4.5, 3.5, 2.5, 1.5, 1]) is None
    assert convention_of([4, 3, 2, 0]) is None


def test_the_name_of_a_convention_stands_for_its_bands() -> None:
    chosen = Analysis.model_validate({"scales": {"bands": "class_intervals"}}).scales.bands
    assert tuple(own.above for own in chosen) == LIMITS["class_intervals"]
    assert [own.label.th for own in chosen] == ["มากที่สุด", "มาก", "ปานกลาง", "น้อย", "น้อยที่สุด"]
    assert Analysis.model_validate({"scales": {"bands": "rounding"}}) == Analysis()
    with pytest.raises(ValidationError, match=r'no convention "intervals".*class_intervals'):
        Analysis.model_validate({"scales": {"bands": "intervals"}})
