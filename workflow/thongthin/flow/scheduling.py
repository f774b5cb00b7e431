"""Snakemake's scheduler looks again once, not once for every time that it was told to.

After each look at what can run, Snakemake 9 starts a timer that has its scheduler look again a second later, for the
sake of its limit of steps a second. While steps wait for a free core, which is always so where many studies are built
together, every look so begets another, and every step that ends begins one more such chain: looks a second become as
many as steps have ended, and each goes through all that waits. `install`, called by the Snakefile, has one timer at a
time.
"""

from __future__ import annotations

import threading
from typing import Any

from snakemake.scheduling.job_scheduler import JobScheduler


def install() -> None:
    """Have the schedulers of this process keep one timer at a time, which keeps no process from ending."""
    JobScheduler._schedule_reevalutation = look_again_once


def look_again_once(scheduler: Any, delay: float) -> None:
    """Have a scheduler look again in so many seconds, unless it is going to."""
    if getattr(scheduler, "looks_again", False):
        return
    scheduler.looks_again = True

    def look() -> None:
        scheduler.looks_again = False
        scheduler._open_jobs.release()

    timer = threading.Timer(delay, look)
    timer.daemon = True
    timer.start()
