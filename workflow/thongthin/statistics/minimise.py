"""Boolean minimisation: the shortest sums of products that cover the rows of a truth table with the outcome.

First the prime implicants (the most general products that contain no row without the outcome), then the smallest sets
of them that cover every row with the outcome, all of those that tie. Rows that are neither positive nor negative are
free: they may be covered and need not be. The result is that of Quine (1952) and McCluskey (1956); the prime implicants
are found by looking at every product at once instead of by merging pairs, which is exact as well and stays fast up to
about twelve conditions. The covers are found by branch and bound.

Fails where so many models tie that none of them says anything, or where the search for them has no end in sight.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, product

import numpy as np
import numpy.typing as npt

from thongthin.basics.problems import CannotAnalyse

Rows = npt.NDArray[np.bool_]
Term = tuple[int, ...]
Model = tuple[Term, ...]

# In a term a condition is absent (0), present (1), or free: it may be either.
ABSENT, PRESENT, FREE = 0, 1, 2

# More tied models than these cannot be told apart by any reader.
MOST_MODELS = 100
MOST_STEPS = 50_000


class TooManyModels(CannotAnalyse):
    """A truth table that leaves too much open to be minimised to a few models."""

    def __init__(self) -> None:
        super().__init__(
            f"qca: more than {MOST_MODELS} models fit the truth table equally well; there are too many conditions for"
            " the cases. Use fewer conditions.\n"
            f"qca: มีแบบจำลองมากกว่า {MOST_MODELS} แบบที่สอดคล้องกับตารางความจริงเท่ากัน เพราะมีเงื่อนไขมากเกินไปเมื่อเทียบกับจำนวนกรณี"
            " โปรดลดจำนวนเงื่อนไข"
        )


def prime_implicants(positive: Rows, negative: Rows) -> list[Term]:
    """The most general terms that contain a positive row and no negative one.

    Args:
        positive, negative: the rows with and without the outcome, one axis of length 2 a condition (0 absent, 1
            present).

    Returns:
        Terms, each with 0, 1 or `FREE` for every condition; sorted.

    Source: Quine (1952), The American Mathematical Monthly 59(8), 521-531.
    """
    possible = ~_in_every_term(negative)
    prime = possible & _in_every_term(positive)
    for axis in range(positive.ndim):
        fixed = (*[slice(None)] * axis, slice(0, 2))
        prime[fixed] &= ~possible.take([FREE], axis=axis)
    return [tuple(int(state) for state in term) for term in np.argwhere(prime)]


def minimal_models(positive: Rows, negative: Rows) -> list[Model]:
    """All smallest sets of prime implicants that cover every positive row.

    Args:
        positive, negative: as for `prime_implicants`; no row may be both.

    Returns:
        Models of equally few terms, each sorted, sorted; none if there is no positive row.

    Raises:
        TooManyModels: more than `MOST_MODELS` tie, or the search takes too long.

    Source: McCluskey (1956), Bell System Technical Journal 35(6), 1417-1444. That a model is minimal in the number
    of its terms is the rule of Dusa and Thiem (2015), Journal of Mathematical Sociology 39(2), 92-108.
    """
    if not positive.any():
        return []
    primes = prime_implicants(positive, negative)
    rows = np.argwhere(positive)
    terms = np.array(primes)
    covers = ((terms[:, None] == FREE) | (terms[:, None] == rows[None])).all(axis=2)
    # Terms that cover the same rows are told apart only after the search.
    alike: dict[bytes, list[Term]] = {}
    for term, covered in zip(primes, covers, strict=True):
        alike.setdefault(covered.tobytes(), []).append(term)
    chart = np.array([np.frombuffer(key, dtype=bool) for key in alike])
    classes = list(alike.values())
    models: set[Model] = set()
    for chosen in _smallest_covers(chart):
        for model in product(*(classes[column] for column in chosen)):
            models.add(tuple(sorted(model)))
            if len(models) > MOST_MODELS:
                raise TooManyModels
    return sorted(models)


def easy_counterfactuals(
    conservative: Model, parsimonious: Model, expectations: Sequence[int | None], positive: Rows
) -> Rows:
    """The rows without cases for which theory expects the outcome, by one conservative and one parsimonious model.

    A condition is dropped from a term of the conservative model if it stands there against its directional expectation
    and is not needed by a term of the parsimonious model that contains the other. What the wider term covers beyond the
    positive rows are easy counterfactuals.

    Args:
        expectations: for each condition `PRESENT` or `ABSENT` if that is expected to contribute to the outcome, or
            None: then nothing is dropped.
        positive: as for `prime_implicants`.

    Returns:
        Rows in the shape of `positive`.

    Source: Ragin and Sonnett (2005), in Kropp and Minkenberg (eds.), Vergleichen in der Politikwissenschaft, 180-197;
    Ragin (2008), Redesigning social inquiry, ch. 9.
    """
    easy = np.zeros_like(positive)
    for term in conservative:
        for wider in parsimonious:
            if not all(w in (FREE, t) for w, t in zip(wider, term, strict=True)):
                continue
            kept = tuple(
                t if w != FREE or expected in (None, t) else FREE
                for t, w, expected in zip(term, wider, expectations, strict=True)
            )
            easy[_slices(kept)] = True
    return easy & ~positive


def expression(term: Term, conditions: Sequence[str]) -> str:
    """A term as it is written: ``skills*~budget``; "1" for the term that contains everything."""
    literals = [
        f"~{name}" if state == ABSENT else name for name, state in zip(conditions, term, strict=True) if state != FREE
    ]
    return "*".join(literals) or "1"


def _slices(term: Term) -> tuple[slice, ...]:
    return tuple(slice(None) if state == FREE else slice(state, state + 1) for state in term)


def _in_every_term(rows: Rows) -> Rows:
    """For each of the 3^k terms (axes of length 3) whether it contains one of the rows (axes of length 2)."""
    for axis in range(rows.ndim):
        rows = np.concatenate([rows, rows.any(axis=axis, keepdims=True)], axis=axis)
    return rows


def _smallest_covers(chart: Rows) -> Iterator[tuple[int, ...]]:
    """All smallest sets of lines of the chart (terms x rows) that cover every row, by the numbers of the lines."""
    # The lines that cover a row, as the bits of a number.
    columns = {sum(1 << int(line) for line in np.flatnonzero(column)) for column in chart.T}
    # A row whose lines include all the lines of another is covered wherever the other is.
    needed = [column for column in columns if not any(other != column and other & column == other for other in columns)]
    parts = [_smallest_hitting_sets(part) for part in _unconnected(sorted(needed))]
    return (tuple(sorted(number for chosen in choice for number in chosen)) for choice in product(*parts))


def _unconnected(columns: list[int]) -> list[list[int]]:
    """The columns in groups that share no line, so that each group can be solved by itself."""
    groups: list[tuple[int, list[int]]] = []
    for column in columns:
        lines, joined = column, [column]
        apart = []
        for group in groups:
            if group[0] & column:
                lines, joined = lines | group[0], group[1] + joined
            else:
                apart.append(group)
        groups = [*apart, (lines, joined)]
    return [group for _, group in groups]


def _smallest_hitting_sets(columns: list[int]) -> list[tuple[int, ...]]:
    """All smallest sets of lines of which every column holds at least one."""
    steps = 0

    def search(columns: list[int], left: int) -> Iterator[tuple[int, ...]]:
        nonlocal steps
        steps += 1
        if steps > MOST_STEPS:
            raise TooManyModels
        if not columns:
            yield ()
            return
        columns.sort(key=int.bit_count)
        if _disjoint(columns) > left:
            return
        untried = columns[0]
        tried = 0
        while untried:
            line = untried & -untried
            # Sets with a line that was tried before were found there.
            rest = [column & ~tried for column in columns if not column & line]
            if all(rest):
                for chosen in search(rest, left - 1):
                    yield (line.bit_length() - 1, *chosen)
            tried |= line
            untried ^= line

    for size in count(1):
        found = []
        for chosen in search(list(columns), size):
            found.append(chosen)
            if len(found) > MOST_MODELS:
                raise TooManyModels
        if found:
            return found
    raise AssertionError  # `count` has no end


def _disjoint(columns: list[int]) -> int:
    """A number of columns that share no line (so many lines at least are needed), taken from the shortest on."""
    used = number = 0
    for column in columns:
        if not used & column:
            used |= column
            number += 1
    return number
