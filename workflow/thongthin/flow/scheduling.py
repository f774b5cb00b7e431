"""Snakemake's scheduler looks again once, not once for every time that it was told to, and at each input once.

After each look at what can run, Snakemake 9 starts a timer that has its scheduler look again a second later, for the
sake of its limit of steps a second. While steps wait for a free core, which is always so where many studies are built
together, every look so begets another, and every step that ends begins one more such chain: looks a second become as
many as steps have ended, and each goes through all that waits. `install`, called by the Snakefile, has one timer at a
time.

At each look it also asks the disk how large all inputs are of all steps that wait, and adds them up, for it starts
those with larger inputs first. They are there and stay as they are, so this is done once for each step.

When a step has ended, Snakemake reads all its inputs for their hashes, once for each of its outputs; many are inputs of
other steps as well. Each is read once as long as its size and time are the same.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from snakemake.io import _IOFile
from snakemake.scheduling.greedy import Scheduler
from snakemake.scheduling.job_scheduler import JobScheduler


def install() -> None:
    """Have the schedulers of this process keep one timer at a time, and look at inputs, and read them, once."""
    JobScheduler._schedule_reevalutation = look_again_once
    JobScheduler.update_input_sizes = ask_for_sizes_once
    if not hasattr(Scheduler.job_reward, "of"):
        Scheduler.job_reward = rewarded_once(Scheduler.job_reward)
    if not hasattr(_IOFile.checksum, "of"):
        _IOFile.checksum = hashed_once(_IOFile.checksum)


def look_again_once(scheduler: Any, delay: float) -> None:
    """Have a scheduler look again in so many seconds, unless it is going to."""
    if getattr(scheduler, "looks_again", False):
        return
    scheduler.looks_again = True

    def look() -> None:
        scheduler.looks_again = False
        scheduler._open_jobs.release()

    timer = threading.Timer(delay, look)
    timer.daemon = True  # it keeps no process from ending
    timer.start()


async def ask_for_sizes_once(scheduler: Any, jobs: Iterable[Any]) -> None:
    """Note the size of each input of the jobs that wait, in bytes; None of one that is not there."""
    asked = vars(scheduler).setdefault("jobs_with_sizes", {})
    for job in jobs:
        if asked.get(id(job)) is job:
            continue
        asked[id(job)] = job
        for path in job.input:
            if path not in scheduler._input_sizes:
                scheduler._input_sizes[path] = await path.size() if await path.exists() else None


def rewarded_once(reward: Callable[..., Any]) -> Callable[..., Any]:
    """What says how good it is to start a job, asked for once of each job."""

    def known(scheduler: Any, job: Any, sizes: Any) -> Any:
        rewards = vars(scheduler).setdefault("rewards", {})
        if rewards.get(id(job), (None,))[0] is not job:
            rewards[id(job)] = (job, reward(scheduler, job, sizes))
        return rewards[id(job)][1]

    known.of = reward  # type: ignore[attr-defined]
    return known


def hashed_once(checksum: Callable[..., Awaitable[str | None]]) -> Callable[..., Awaitable[str | None]]:
    """What tells the hash of a file, asked for once as long as the file's size and time are the same."""
    hashes: dict[tuple[str, int, int, int | None], str | None] = {}

    async def known(file: Any, threshold: int | None = None, **ways: Any) -> str | None:
        try:
            state = os.stat(file)
        except OSError:
            state = None
        if state is None or ways or file.is_storage:
            return await checksum(file, threshold, **ways)
        own = (str(file), state.st_size, state.st_mtime_ns, threshold)
        if own not in hashes:
            hashes[own] = await checksum(file, threshold)
        return hashes[own]

    known.of = checksum  # type: ignore[attr-defined]
    return known
