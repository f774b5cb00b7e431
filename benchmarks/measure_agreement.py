"""How long Krippendorff's alpha and its bootstrap interval take, beside the package krippendorff on the same data.

Run with nothing else on the machine:  .venv/bin/python benchmarks/measure_agreement.py
100,000 units in 2,000 interviews are judged by five coders, one judgement in ten missing. The package has no bootstrap:
alpha is called on interviews drawn anew, a few times, and the time is scaled to all replicates. Each measure runs in a
process of its own, whose peak memory is that of the interpreter, the libraries, the data and the work. Without the
package (it is needed for tests only) its columns stay empty.
"""

from __future__ import annotations

import argparse
import importlib.util
import multiprocessing
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import psutil

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "workflow"))

VALUES, MISSING, AGREEING, SEED = 5, 0.1, 0.8, 2566
Data = tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]


def judgements(units: int, coders: int, interviews: int) -> Data:
    """Coders x units, and the interview of each unit; the same for the same numbers."""
    generator = np.random.default_rng(SEED)
    truth = generator.integers(0, VALUES, units)
    ratings = np.where(
        generator.random((coders, units)) < AGREEING, truth, generator.integers(0, VALUES, (coders, units))
    ).astype(float)
    ratings[generator.random(ratings.shape) < MISSING] = np.nan
    return ratings, np.sort(generator.integers(0, interviews, units))


def our_alpha(data: Data, replicates: int) -> float:
    from thongthin.interviews.agreement import krippendorff_alpha

    return krippendorff_alpha(data[0])


def our_interval(data: Data, replicates: int) -> tuple[float, float]:
    from thongthin.interviews.agreement import bootstrap_alpha

    return bootstrap_alpha(*data, replicates=replicates, seed=SEED)


def their_alpha(data: Data, replicates: int) -> float:
    import krippendorff

    return float(krippendorff.alpha(reliability_data=data[0], level_of_measurement="nominal"))


def their_interval(data: Data, replicates: int) -> tuple[float, float]:
    import krippendorff

    ratings, interviews = data
    units = np.split(np.arange(len(interviews)), np.flatnonzero(np.diff(interviews)) + 1)
    generator = np.random.default_rng(SEED)
    alphas = []
    for _ in range(replicates):
        drawn = np.concatenate([units[i] for i in generator.integers(0, len(units), len(units))])
        alphas.append(krippendorff.alpha(reliability_data=ratings[:, drawn], level_of_measurement="nominal"))
    low, high = np.quantile(alphas, [0.025, 0.975])
    return float(low), float(high)


def _peak() -> int:
    """Largest memory of this process so far, in bytes."""
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _measured(
    function: Callable[[Data, int], object], numbers: tuple[int, int, int], replicates: int
) -> tuple[object, float, int]:
    data = judgements(*numbers)
    function(judgements(100, numbers[1], 10), 2)  # imports are not what is measured
    began = time.perf_counter()
    result = function(data, replicates)
    return result, time.perf_counter() - began, _peak()


def measure(
    function: Callable[[Data, int], object], numbers: tuple[int, int, int], replicates: int
) -> tuple[object, float, int]:
    """Result, seconds and peak memory in bytes of `function` in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (function, numbers, replicates))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=100_000)
    parser.add_argument("--coders", type=int, default=5)
    parser.add_argument("--interviews", type=int, default=2_000)
    parser.add_argument("--replicates", type=int, default=1_000)
    parser.add_argument("--theirs", type=int, default=10, help="replicates for which the package is really called")
    chosen = parser.parse_args()
    numbers = (chosen.units, chosen.coders, chosen.interviews)
    other = importlib.util.find_spec("krippendorff") is not None

    print(f"{chosen.units:,} units x {chosen.coders} coders in {chosen.interviews:,} interviews")
    print(f"{'':<28}{'thongthin':>12}{'krippendorff':>14}{'ratio':>8}")
    rows = [
        ("alpha", our_alpha, their_alpha, 1, 1),
        (f"{chosen.replicates:,} replicates", our_interval, their_interval, chosen.replicates, chosen.theirs),
    ]
    for label, ours, theirs, replicates, called in rows:
        result, seconds, memory = measure(ours, numbers, replicates)
        line = f"{label + ', seconds':<28}{seconds:>12.3f}"
        memories = f"{label + ', peak MB':<28}{memory / 2**20:>12.0f}"
        results = [result]
        if other:
            their_result, their_seconds, their_memory = measure(theirs, numbers, called)
            scaled = their_seconds * replicates / called
            line += f"{scaled:>14.3f}{scaled / seconds:>8.1f}" + ("" if called == replicates else "  scaled")
            memories += f"{their_memory / 2**20:>14.0f}{their_memory / memory:>8.1f}"
            results.append(their_result)
        print(line, memories, sep="\n")
        shown = [f"{r:.6f}" if isinstance(r, float) else "[{:.6f}, {:.6f}]".format(*r) for r in results]  # type: ignore[misc]
        print(f"{label + ', result':<28}{'   '.join(shown)}")
    if other and chosen.theirs != chosen.replicates:
        print(f"scaled: the package was called for {chosen.theirs} replicates; its interval is of those only.")


if __name__ == "__main__":
    main()
