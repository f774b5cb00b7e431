"""Warm steps: the workflow's scripts run in processes forked from one that has imported their libraries already.

Most steps take less time than the imports they begin with. `install`, called by the Snakefile, has Snakemake hand each
script to the warm process (`basics.warm_process`). All else about a step stays as it is: rules and scripts know nothing
of it, and Snakemake's record of the step's time and memory has what the system says at its end, and what Snakemake saw
while it ran.

A step runs alone, as Snakemake does it by itself, where there is no fork (Windows), where the warm process can't be had
or was killed, and where it asks for something of its own (more threads, a container, another environment).
`--config cold=true` has all of them run alone.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from snakemake.benchmark import (
    BENCHMARK_INTERVAL,
    BenchmarkRecord,
    BenchmarkTimer,
    DaemonTimer,
)
from snakemake.logging import logger
from snakemake.script import PythonScript

from thongthin.basics.warm_process import CAN_FORK, THREADS, WARM, Ended

# What Snakemake sets for each script to the folder for its temporary files.
TEMPORARY = ("TMPDIR", "TMP", "TEMPDIR", "TEMP")


def install() -> None:
    """Have Snakemake run Python scripts warm in this process from now on, where it can."""
    if not CAN_FORK or hasattr(PythonScript.execute_script, "alone"):
        return
    alone, told = PythonScript.execute_script, False
    WARM.tell = logger.info

    def execute_script(script: PythonScript, fname: str, edit: bool = False) -> None:
        nonlocal told
        environment, record = environment_of(script), script.bench_record
        ended = None
        if environment and not edit:
            with WARM.lock:
                if not told:
                    logger.info("Steps run warm from here on.")
                told = True
            watch = nullcontext if record is None else lambda pid: watched(pid, record)
            ended = WARM.run(fname, environment, watch)
        if ended and record is not None:
            note(record, ended)
        if ended is None:
            logger.info(f"This step runs alone: {script.rulename}")
            alone(script, fname, edit)
        elif ended.code:
            raise subprocess.CalledProcessError(ended.code, f"python {shlex.quote(fname)}")

    execute_script.alone = alone  # type: ignore[attr-defined]
    PythonScript.execute_script = execute_script


class Later(BenchmarkTimer):  # type: ignore[misc]  # Snakemake has no types
    """Snakemake's look at time and memory of a process, but first after a second, and each time after twice as long.

    What a fork takes at its birth is what it shares. A look takes longer than many a step, and what a step took in all
    the system says itself at its end.
    """

    def start(self) -> None:
        with self._lock:
            self._stopped = False
            self._schedule()

    def _schedule(self) -> None:
        self._timer = DaemonTimer(min(2**self._times_called, self._interval), self._action)
        self._timer.start()


@contextmanager
def watched(pid: int, record: BenchmarkRecord) -> Iterator[None]:
    """Note in the record of a step how long it takes, and what of memory, disk and processor while it does."""
    began, looks = time.time(), Later(pid, record, BENCHMARK_INTERVAL)
    looks.start()
    try:
        yield
    finally:
        looks.cancel()
        record.running_time = time.time() - began


def note(record: BenchmarkRecord, ended: Ended) -> None:
    """Note what the system says of a step that has ended; what nobody looked at (uss, pss) stays open."""
    record.data_collected = True
    record.cpu_time, record.cpu_usage = ended.cpu, 100 * ended.cpu
    record.max_rss = max(record.max_rss or 0, ended.memory / 2**20)


def environment_of(script: Any) -> dict[str, str] | None:
    """The variables that Snakemake gives to a script; None if it asks for what only Snakemake can do.

    A script of more than one thread is among these: libraries ask when they are imported, and the warm process has
    imported them for one.
    """
    if script.container_img or script.conda_env or script.env_modules or script.resources.get("shell_exec"):
        return None
    if script.threads != 1:
        return None
    found = {**os.environ, **dict.fromkeys(THREADS, "1"), "PWD": os.getcwd()}  # PWD: from the shell
    if folder := script.resources.get("tmpdir"):
        found.update(dict.fromkeys(TEMPORARY, str(folder)))
    return found
