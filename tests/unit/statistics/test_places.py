"""Projection and tiles: distances as on the globe, no two places in one tile, the country in its shape."""

from __future__ import annotations

import numpy as np
import pytest

from thongthin.contract.provinces import SEATS
from thongthin.statistics.places import distance, projected, tiles

LATITUDE, LONGITUDE = (np.array(own) for own in zip(*SEATS.values(), strict=True))


def test_a_degree_of_a_great_circle_has_its_length() -> None:
    # A sixtieth of a degree of the meridian is a nautical mile, 1.852 km, of a sphere of 6371 km 1.8532.
    assert distance(16, 102, 17, 102) == pytest.approx(60 * 1.85325, abs=0.01)
    # Bangkok to Khon Kaen, from city to city: some 390 km as the crow flies.
    assert distance(*SEATS["10"], *SEATS["40"]) == pytest.approx(391, abs=5)


@pytest.mark.parametrize("seed", range(3))
def test_distances_of_a_district_and_of_a_province_are_right_to_a_percent(seed: int) -> None:
    rng = np.random.default_rng(seed)
    for reach in (0.15, 0.8):
        latitude, longitude = 16.43 + rng.uniform(-reach, reach, 8), 102.83 + rng.uniform(-reach, reach, 8)
        east, north = projected(latitude, longitude)
        for i in range(8):
            for j in range(i):
                true = distance(latitude[i], longitude[i], latitude[j], longitude[j])
                assert np.hypot(east[i] - east[j], north[i] - north[j]) == pytest.approx(true, rel=0.01)


def test_over_the_whole_country_widths_are_wrong_by_no_more_than_said() -> None:
    east, north = projected(LATITUDE, LONGITUDE)
    for i in range(77):
        for j in range(i):
            true = distance(LATITUDE[i], LONGITUDE[i], LATITUDE[j], LONGITUDE[j])
            assert np.hypot(east[i] - east[j], north[i] - north[j]) == pytest.approx(true, rel=0.04)


@pytest.mark.parametrize("n", [1, 2, 3, 6, 20, 77])
def test_no_two_places_share_a_tile(n: int) -> None:
    rng = np.random.default_rng(n)
    for _ in range(5):
        chosen = rng.choice(77, n, replace=False)
        columns, rows = tiles(*projected(LATITUDE[chosen], LONGITUDE[chosen]), 10, 17)
        assert len(set(zip(columns.tolist(), rows.tolist(), strict=True))) == n
        assert columns.min() == rows.min() == 0 and columns.max() < 10 and rows.max() < 17


def test_the_provinces_stand_as_they_lie() -> None:
    columns, rows = tiles(*projected(LATITUDE, LONGITUDE), 10, 17)
    at = dict(zip(SEATS, zip(columns.tolist(), rows.tolist(), strict=True), strict=True))
    chiang_rai, khon_kaen, ubon, bangkok, phuket, narathiwat = (at[c] for c in ("57", "40", "34", "10", "83", "96"))
    assert chiang_rai[1] < khon_kaen[1] < bangkok[1] < phuket[1] <= narathiwat[1]
    assert phuket[0] < bangkok[0] < khon_kaen[0] < ubon[0] and phuket[0] < narathiwat[0]
    across = np.corrcoef(columns, LONGITUDE)[0, 1], np.corrcoef(rows, -LATITUDE)[0, 1]
    assert min(across) > 0.95


def test_places_at_one_point_fill_rows_in_their_order() -> None:
    columns, rows = tiles(np.zeros(7), np.zeros(7), 10, 17)
    assert list(zip(columns.tolist(), rows.tolist(), strict=True))[:4] == [(0, 0), (1, 0), (2, 0), (0, 1)]
    # Beside another place, too, they come from west to east.
    columns, rows = tiles(np.array([0.0, 0, 0, 90]), np.array([0.0, 0, 0, 90]), 10, 17)
    assert columns[3] >= columns[:3].max() and rows[3] <= rows[:3].min()
    ordered = sorted(range(3), key=lambda i: (columns[i], rows[i]))
    assert columns[0] <= columns[2] and len(ordered) == 3


def test_places_in_a_line_have_tiles_in_a_line() -> None:
    columns, rows = tiles(np.array([0.0, 10, 20, 30]), np.zeros(4), 10, 17)
    assert columns.tolist() == sorted(set(columns.tolist())) and set(rows.tolist()) == {0}
    columns, rows = tiles(np.zeros(3), np.array([0.0, 10, 20]), 10, 17)
    assert set(columns.tolist()) == {0} and rows[0] > rows[1] > rows[2]  # the first is southmost


def test_more_places_than_tiles_are_refused() -> None:
    with pytest.raises(ValueError, match="13 places have no room on 3 x 4 tiles"):
        tiles(np.arange(13.0), np.arange(13.0), 3, 4)
