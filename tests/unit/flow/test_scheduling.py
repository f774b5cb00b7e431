"""The scheduler of Snakemake is told to look again once at a time, however often it is asked to."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace

import pytest
from snakemake.scheduling.job_scheduler import JobScheduler

from thongthin.flow.scheduling import install


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
