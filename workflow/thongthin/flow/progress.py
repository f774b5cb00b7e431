"""How far a build is: steps begun and ended, which has run longest, and about how long the rest will take.

What a step may take is what it took when it last computed. The time to go is extrapolated from how the steps so far
kept to this: a busy computer makes it longer, and steps whose answers are known (`flow.kept`) make it shorter.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import fmean

from thongthin.flow.kept import FOLDER, RECORD

# Of the time that all steps may take: before so much is behind them, how they keep to it tells little.
TELLING = 0.1
SHORTEST = 3.0  # seconds: less than this is not announced


class Progress:
    """The steps of one build.

    Args:
        counts: how many steps of each rule there are.
        took: rule -> seconds that a step of it may take; of others nothing is known.
        cores: how many steps run at once.
        clock: seconds since whenever.
    """

    def __init__(
        self,
        counts: Mapping[str, int],
        took: Mapping[str, float],
        cores: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.clock = clock
        self.began = clock()
        self.steps = sum(counts.values())
        self.cores = max(cores, 1)
        self.took = took
        self.expected = sum(took.get(rule, 0) * count for rule, count in counts.items())
        self.passed = 0.0  # what the steps that have ended were expected to take
        self.begun = 0
        self.ended = 0
        self.computed = 0
        self.running: dict[int, tuple[str, float]] = {}  # job id -> its name, when it began to compute

    @property
    def seconds(self) -> float:
        return self.clock() - self.began

    def begin(self) -> None:
        """A step begins; whether it computes shows later."""
        self.begun += 1

    def compute(self, job: int, name: str) -> None:
        """A step that has begun computes."""
        self.computed += 1
        self.running[job] = (name, self.clock())

    def end(self, job: int, rule: str) -> None:
        """A step of a rule has ended, whether it computed or not."""
        self.ended += 1
        self.passed += self.took.get(rule, 0)
        self.running.pop(job, None)

    def to_go(self) -> float | None:
        """Seconds that the rest may take; None where nothing is known."""
        if not self.expected:
            return None
        rest = max(self.expected - self.passed, 0)
        if self.passed < TELLING * self.expected:
            return rest / self.cores
        return self.seconds * rest / self.passed

    def longest(self) -> tuple[str, float] | None:
        """The step that has computed longest of those that run, and for how many seconds."""
        if not self.running:
            return None
        name, began = min(self.running.values(), key=lambda step: step[1])
        return name, self.clock() - began

    def line(self) -> str:
        """Where the build stands, in both languages."""
        parts = [f"[{self.ended}/{self.steps}]  {self.seconds:.0f} s"]
        if longest := self.longest():
            parts.append(f"{longest[0]}: {longest[1]:.0f} s")
        if to_go := self.left():
            parts.append(to_go)
        return "  ".join(parts)

    def left(self) -> str:
        """About how long the rest takes, in both languages; empty where this is not known, or short."""
        to_go = self.to_go()
        return f"about {to_go:.0f} s to go / เหลือราว {to_go:.0f} วินาที" if to_go and to_go >= SHORTEST else ""


def known_times(folder: Path = FOLDER) -> dict[str, float]:
    """Rule -> mean seconds that its steps took when they computed, from the answers that are kept."""
    found: dict[str, list[float]] = defaultdict(list)
    for record in folder.glob(f"*/*/*/{RECORD}"):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            seconds = float(json.loads(record.read_text(encoding="utf-8"))["seconds"])
            found[record.parents[1].name.rpartition("-")[0]].append(seconds)
    return {rule: fmean(seconds) for rule, seconds in found.items()}
