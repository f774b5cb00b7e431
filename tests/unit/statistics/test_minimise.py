"""Boolean minimisation: published solutions, what must hold of any, and that none is missed.

The solutions are those that the R package QCA prints for the data of three articles, in its own tests (the snapshots of
"tests for minimize() have the same output") and in Dusa (2019), QCA with R.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongthin.statistics.minimise import (
    FREE,
    MOST_MODELS,
    Model,
    Rows,
    Term,
    TooManyModels,
    easy_counterfactuals,
    expression,
    minimal_models,
    prime_implicants,
)

# Krook (2010), women in national parliaments: rows of the truth table (from 1) with and without the outcome.
KROOK = ["ES", "QU", "WS", "WM", "LP"], [4, 12, 21, 24, 26, 27, 28, 29, 32], [3, 9, 11, 18, 25]
# Cebotari and Vink (2013), ethnic protest, consistency cutoff .8.
CEBOTARI = (
    ["DEMOC", "ETHFRACT", "GEOCON", "POLDIS", "NATPRIDE"],
    [31, 29, 27, 15, 30, 24, 32, 5, 16],
    [28, 8, 10, 6, 22, 20, 14, 2],
)
# Emmenegger (2011), job security regulations, consistency cutoff .9.
EMMENEGGER = ["S", "C", "L", "R", "P", "V"], [27, 37, 47, 48, 56, 64], [2, 5, 10, 20, 25, 33, 57]


def covered_rows(term: tuple[int, ...]) -> np.ndarray:
    """The rows that a term contains, one axis of length 2 a condition."""
    rows = np.zeros((2,) * len(term), dtype=bool)
    for row in product((0, 1), repeat=len(term)):
        rows[row] = all(state in (FREE, value) for state, value in zip(term, row, strict=True))
    return rows


def rows(numbers: Iterable[int], conditions: int) -> Rows:
    """Rows of a truth table by their numbers, counted from 1."""
    flat = np.zeros(2**conditions, dtype=bool)
    flat[[number - 1 for number in numbers]] = True
    return flat.reshape((2,) * conditions)


def written(models: Iterable[Model], names: list[str]) -> set[frozenset[str]]:
    return {frozenset(expression(term, names) for term in model) for model in models}


def read(*models: str) -> set[frozenset[str]]:
    return {frozenset(model.split(" + ")) for model in models}


def test_published_conservative_solutions() -> None:
    names, positive, negative = KROOK
    with_, without = rows(positive, 5), rows(negative, 5)
    assert written(minimal_models(with_, ~with_), names) == read(
        "~ES*~WS*WM*LP + ES*QU*~WS*WM + ES*QU*~WS*LP + ES*WS*~WM*~LP + ES*WS*WM*LP"
    )
    assert written(minimal_models(without, ~without), names) == read(
        "~ES*~WS*WM*~LP + QU*~WS*~WM*~LP + ES*~QU*~WS*~WM*LP"
    )


@pytest.mark.parametrize(
    ("table", "published"),
    [
        (KROOK, read("WS + ES*WM + QU*LP + ~ES*LP", "WS + ES*WM + QU*LP + WM*LP")),
        (
            CEBOTARI,
            read(
                "~NATPRIDE + DEMOC*GEOCON*POLDIS + ~DEMOC*ETHFRACT*POLDIS + DEMOC*ETHFRACT*GEOCON",
                "~NATPRIDE + DEMOC*GEOCON*POLDIS + ~DEMOC*ETHFRACT*POLDIS + DEMOC*ETHFRACT*~POLDIS",
                "~NATPRIDE + DEMOC*GEOCON*POLDIS + DEMOC*ETHFRACT*GEOCON + ETHFRACT*GEOCON*POLDIS",
                "~NATPRIDE + DEMOC*GEOCON*POLDIS + DEMOC*ETHFRACT*~POLDIS + ETHFRACT*GEOCON*POLDIS",
            ),
        ),
        (EMMENEGGER, read("S*R + L*P", "S*R + P*~V")),
    ],
    ids=["Krook", "Cebotari and Vink", "Emmenegger"],
)
def test_published_parsimonious_solutions_with_all_that_tie(
    table: tuple[list[str], list[int], list[int]], published: set[frozenset[str]]
) -> None:
    names, positive, negative = table
    models = minimal_models(rows(positive, len(names)), rows(negative, len(names)))
    assert len(models) == len(published)
    assert written(models, names) == published


def test_published_prime_implicants() -> None:
    names, positive, negative = KROOK
    found = {expression(term, names) for term in prime_implicants(rows(positive, 5), rows(negative, 5))}
    assert found == {"WS", "~ES*LP", "ES*WM", "QU*LP", "WM*LP", "ES*~QU*~LP", "~QU*~WM*~LP"}


def test_published_easy_counterfactuals_and_intermediate_solution() -> None:
    names, positive, negative = EMMENEGGER
    with_ = rows(positive, 6)
    (conservative,) = minimal_models(with_, ~with_)
    expected = [1, 1, 1, 1, 1, 0]  # few veto points
    for parsimonious in minimal_models(with_, rows(negative, 6)):
        easy = easy_counterfactuals(conservative, parsimonious, expected, with_)
        assert list(np.flatnonzero(easy) + 1) == [31, 39, 45, 53, 55, 59, 61, 63]
        models = minimal_models(with_, ~with_ & ~easy)
        assert written(models, names) == read("S*R*~V + S*C*R*P + S*L*R*P + C*L*P*~V")


def test_without_expectations_nothing_is_dropped() -> None:
    _, positive, negative = EMMENEGGER
    with_ = rows(positive, 6)
    (conservative,) = minimal_models(with_, ~with_)
    (parsimonious, _) = minimal_models(with_, rows(negative, 6))
    assert not easy_counterfactuals(conservative, parsimonious, [None] * 6, with_).any()


def test_no_row_or_every_row_with_the_outcome() -> None:
    none, every = np.zeros((2, 2), dtype=bool), np.ones((2, 2), dtype=bool)
    assert minimal_models(none, every) == []
    assert minimal_models(every, none) == [((FREE, FREE),)]
    assert expression((FREE, FREE), ["a", "b"]) == "1"


def test_too_many_ties_are_refused_in_both_languages() -> None:
    # Sixty rows of ten conditions, coded at random, leave almost everything open.
    positive = np.zeros((2,) * 10, dtype=bool)
    negative = np.zeros_like(positive)
    rng = np.random.default_rng(1)
    flat = rng.permutation(2**10)[:60]
    positive.reshape(-1)[flat[:30]] = True
    negative.reshape(-1)[flat[30:]] = True
    with pytest.raises(TooManyModels, match=rf"more than {MOST_MODELS} models") as error:
        minimal_models(positive, negative)
    assert "แบบจำลองมากกว่า" in str(error.value)


codings = st.integers(2, 4).flatmap(lambda k: st.lists(st.sampled_from("10?"), min_size=2**k, max_size=2**k))


@given(codings)
def test_models_are_all_the_smallest_sets_of_terms_that_fit(coding: list[str]) -> None:
    k = len(coding).bit_length() - 1
    positive = np.array([c == "1" for c in coding]).reshape((2,) * k)
    negative = np.array([c == "0" for c in coding]).reshape((2,) * k)
    if not positive.any():
        return
    try:
        models = minimal_models(positive, negative)
    except TooManyModels:
        return

    def fits(model: Iterable[Term]) -> bool:
        covered = np.any([covered_rows(term) for term in model], axis=0)
        return bool((covered | ~positive).all() and not (covered & negative).any())

    assert all(fits(model) for model in models)
    # By looking at everything: no term can be widened, no smaller set fits, and no set of this size is missing.
    terms = [t for t in product((0, 1, FREE), repeat=k) if not (covered_rows(t) & negative).any()]
    primes = [
        t
        for t in terms
        if (covered_rows(t) & positive).any()
        and not any(w != t and (covered_rows(w) | ~covered_rows(t)).all() for w in terms)
    ]
    assert prime_implicants(positive, negative) == primes
    size = len(models[0])
    if k < 4:
        assert not any(fits(m) for n in range(1, size) for m in combinations(primes, n))
        assert {m for m in combinations(primes, size) if fits(m)} == set(models)
