"""Exchanges keep what is published; two of them show that a count could be another one."""

import numpy as np
import pytest

from thongthin.statistics.exchanges import MEAN, SPREAD, N, exchanges, witnesses


@pytest.mark.parametrize(("keeps", "powers"), [(N, 1), (MEAN, 2), (SPREAD, 3)])
def test_exchanges_keep_n_the_mean_and_the_standard_deviation(keeps: int, powers: int) -> None:
    moves = exchanges(5, keeps, 3)
    assert len(moves) > 10
    for power in range(powers):
        assert not (moves @ np.arange(1, 6) ** power).any()
    assert (moves @ np.arange(1, 6) ** powers).any()


def test_two_points_have_no_exchange_that_keeps_their_mean() -> None:
    assert exchanges(2, MEAN, 3).tolist() == [[0, 0]]


def test_a_count_of_one_is_shown_to_be_anything_from_none_to_three() -> None:
    rows = [np.array([1, 6, 20, 30, 12]), np.array([9, 15, 18, 22, 11])]
    found = witnesses(rows, [1, -1], [np.full(5, 20.0)] * 2, 0, 3, SPREAD)
    assert found is not None
    assert found.touched[0]
    assert found.price == 40 * found.touched.sum()


def test_where_all_else_is_known_nothing_can_be_exchanged() -> None:
    rows = [np.array([1, 0, 0, 0, 50]), np.array([0, 0, 0, 0, 60])]
    assert witnesses(rows, [1, -1], [np.full(5, 20.0)] * 2, 0, 3, SPREAD) is None


def test_counts_that_must_stand_are_not_touched() -> None:
    rows = [np.array([1, 40, 40]), np.array([30, 40, 40])]
    prices = [np.array([20.0, np.inf, 20.0]), np.full(3, 20.0)]
    found = witnesses(rows, [1, -1], prices, 0, 3, N)
    assert found is not None
    assert found.touched.tolist() == [True, False, True]
