"""How far a build is, and about how long the rest takes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from thongthin.flow.progress import Progress, known_times


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_rest_takes_what_it_took_before_on_all_cores() -> None:
    progress = Progress({"read": 2, "draw": 4}, {"read": 1.0, "draw": 4.0}, cores=2, clock=Clock())
    assert progress.to_go() == 9.0
    assert progress.left() == "about 9 s to go / เหลือราว 9 วินาที"


def test_the_rest_is_extrapolated_from_how_the_steps_kept_to_it() -> None:
    clock = Clock()
    progress = Progress({"read": 2, "draw": 4}, {"read": 1.0, "draw": 4.0}, cores=2, clock=clock)
    for job in range(2):
        progress.begin()
        progress.compute(job, "draw a")
    clock.now += 10  # a busy computer
    for job in range(2):
        progress.end(job, "draw")
    assert progress.to_go() == pytest.approx(10 * 10 / 8)
    progress.begin()
    progress.end(2, "draw")  # as before, without computing
    assert progress.to_go() == pytest.approx(10 * 6 / 12)
    assert (progress.begun, progress.ended, progress.computed) == (3, 3, 2)


def test_nothing_is_foretold_where_nothing_is_known_or_little_is_left() -> None:
    assert Progress({"read": 2}, {}, 2).to_go() is None
    assert Progress({"read": 2}, {}, 2).left() == ""
    assert Progress({"read": 1}, {"read": 2.0}, 1).left() == ""


def test_the_line_names_the_step_that_runs_longest() -> None:
    clock = Clock()
    progress = Progress({"read": 1, "draw": 4}, {"read": 10.0, "draw": 20.0}, cores=1, clock=clock)
    progress.begin()
    progress.compute(1, "draw spread")
    clock.now += 7
    progress.begin()
    progress.compute(2, "read")
    clock.now += 5
    assert progress.line() == "[0/5]  12 s  draw spread: 12 s  about 90 s to go / เหลือราว 90 วินาที"


def test_what_steps_took_is_known_from_their_answers(tmp_path: Path) -> None:
    for folder, seconds in (("a/draw_figure-1/x", 1.0), ("a/draw_figure-2/x", 3.0), ("b/read-1/x", 5.0)):
        answer = tmp_path / folder / "answer.json"
        answer.parent.mkdir(parents=True)
        answer.write_text(json.dumps({"seconds": seconds}), encoding="utf-8")
    broken = tmp_path / "b/read-1/y/answer.json"
    broken.parent.mkdir()
    broken.write_text("{", encoding="utf-8")
    assert known_times(tmp_path) == {"draw_figure": 2.0, "read": 5.0}
