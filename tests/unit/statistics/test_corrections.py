"""Corrections for several tests against their published example and statsmodels."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import numpy as np
import pytest
from amount import tried
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from thongthin.statistics.corrections import benjamini_hochberg, holm

# Benjamini and Hochberg (1995), section 4: fifteen p values of a trial of treatments of myocardial infarction.
# fmt: off
TRIAL = np.array([.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1])
# fmt: on


def test_the_four_rejections_of_benjamini_and_hochberg():
    """At .05 their procedure rejects the four smallest, Bonferroni's (and so Holm's first steps) the three smallest."""
    assert np.flatnonzero(benjamini_hochberg(TRIAL) <= 0.05).tolist() == [0, 1, 2, 3]
    assert benjamini_hochberg(TRIAL)[3] == pytest.approx(0.0095 * 15 / 4)
    assert np.flatnonzero(holm(TRIAL) <= 0.05).tolist() == [0, 1, 2]


def test_holm_on_four_p_values():
    """Worked through by Holm's steps: .005 x 4, .01 x 3, .03 x 2, .04 x 1 but not below the one before."""
    assert holm(np.array([0.01, 0.04, 0.03, 0.005])) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm(np.array([0.6, 0.9])).tolist() == [1, 1]


@pytest.mark.parametrize("correct", [holm, benjamini_hochberg])
def test_tests_that_were_not_made_are_not_counted(correct):
    assert correct(np.array([0.01, np.nan, 0.03])) == pytest.approx([0.02, np.nan, 0.03], nan_ok=True)
    assert len(correct(np.array([]))) == 0


@pytest.fixture(scope="module")
def few_objects() -> Iterator[None]:
    """What there is now is not looked at again: statsmodels collects garbage on every call."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("few_objects")
@settings(max_examples=tried(20), deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12).map(np.array))
def test_corrections_are_those_of_statsmodels(p):
    assert holm(p) == pytest.approx(multipletests(p, method="holm")[1])
    assert benjamini_hochberg(p) == pytest.approx(multipletests(p, method="fdr_bh")[1])
