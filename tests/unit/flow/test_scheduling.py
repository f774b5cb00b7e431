"""The scheduler of Snakemake looks again once at a time, at each input once, and reads each file for its hash once."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from snakemake.scheduling.greedy import Scheduler
from snakemake.scheduling.job_scheduler import JobScheduler

from thongthin.flow.scheduling import hashed_once, install


def test_one_look_follows_however_many_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    # The method by its name of Snakemake, which sees no timer of its own any more.
    monkeypatch.setattr(JobScheduler, "_schedule_reevalutation", JobScheduler._schedule_reevalutation)
    install()
    scheduler = SimpleNamespace(_open_jobs=threading.Semaphore(0))
    threads = threading.active_count()
    for _ in range(50):
        JobScheduler._schedule_reevalutation(scheduler, 0.3)
    assert threading.active_count() == threads + 1
    assert all(thread.daemon for thread in threading.enumerate() if isinstance(thread, threading.Timer))
    assert scheduler._open_jobs.acquire(timeout=10)
    time.sleep(0.5)
    assert not scheduler._open_jobs.acquire(blocking=False), "it looks twice"
    JobScheduler._schedule_reevalutation(scheduler, 0.01)
    assert scheduler._open_jobs.acquire(timeout=10), "it can look again later"


class Input:
    """An input of a job, which counts how often anybody looks at it."""

    def __init__(self, size: int | None) -> None:
        self.bytes, self.looks = size, 0

    async def exists(self) -> bool:
        self.looks += 1
        return self.bytes is not None

    async def size(self) -> int | None:
        return self.bytes


def test_the_disk_is_asked_once_for_the_size_of_each_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(JobScheduler, "update_input_sizes", JobScheduler.update_input_sizes)
    install()
    shared, own, missing = Input(10), Input(20), Input(None)
    jobs = [SimpleNamespace(input=[shared, own]), SimpleNamespace(input=[shared, missing])]
    scheduler = SimpleNamespace(_input_sizes={})
    for waiting in (jobs[:1], jobs, jobs):
        asyncio.run(JobScheduler.update_input_sizes(scheduler, waiting))
    assert scheduler._input_sizes == {shared: 10, own: 20, missing: None}
    assert [one.looks for one in (shared, own, missing)] == [1, 1, 1]


def test_how_good_it_is_to_start_a_job_is_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Scheduler, "job_reward", Scheduler.job_reward)
    install()
    install()
    scheduler = SimpleNamespace(settings=SimpleNamespace(omit_prioritize_by_temp_and_input=False))
    flagged = type("Path", (str,), {"is_flagged": lambda path, flag: False})
    paths = [flagged("a"), flagged("b")]
    job, other = (SimpleNamespace(priority=20, input=own) for own in (paths, paths[:1]))
    sizes = {"a": 10, "b": 20}
    assert Scheduler.job_reward(scheduler, job, sizes) == (20, 0, 30)
    assert Scheduler.job_reward(scheduler, job, {}) == (20, 0, 30)
    assert Scheduler.job_reward(scheduler, other, sizes) == (20, 0, 10)


def test_a_file_is_read_for_its_hash_once_and_again_when_it_was_edited(tmp_path: Path) -> None:
    reads = []

    async def read(file: str, threshold: int | None, **ways: object) -> str:
        reads.append(ways)
        return Path(file).read_text(encoding="utf-8")

    checksum = hashed_once(read)
    table = tmp_path / "table.csv"
    table.write_text("one", encoding="utf-8")
    file = type("Input", (str,), {"is_storage": False})(table)
    assert [asyncio.run(checksum(file, 9)) for _ in range(3)] == ["one"] * 3 and len(reads) == 1
    table.write_text("two", encoding="utf-8")
    os.utime(table, ns=(1, 1))
    assert asyncio.run(checksum(file, 9)) == "two"
    assert asyncio.run(checksum(file, 9, force=True)) == "two" and reads[-1] == {"force": True}
