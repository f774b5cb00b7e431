"""Warm steps: the workflow's scripts run in processes forked from one that has imported their libraries already.

Most steps take less time than the imports they begin with. `install`, called by the Snakefile, has Snakemake hand each
script to the warm process (`warm_server`), which is started with the first of them, or before (`begin`). All else
about a step stays as it is: rules and scripts know nothing of it, and Snakemake notes time and memory of the step's
process as before.

A step runs alone, as Snakemake does it by itself, where there is no fork (Windows), where the warm process can't be had
or was killed, and where it asks for something of its own (more threads, a container, another environment).
`--config cold=true` has all of them run alone.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import shlex
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

import psutil
from snakemake.benchmark import benchmarked
from snakemake.logging import logger
from snakemake.script import PythonScript

from thongthin.flow.warm_server import ALONE, GO, end_tree, serve

# What Snakemake sets for each script to its number of threads, and to the folder for its temporary files.
THREADS = (
    "OMP_NUM_THREADS",
    "GOTO_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
)
TEMPORARY = ("TMPDIR", "TMP", "TEMPDIR", "TEMP")


def install() -> None:
    """Have Snakemake run Python scripts warm in this process from now on, where it can."""
    if not hasattr(os, "fork") or hasattr(PythonScript.execute_script, "alone"):
        return
    alone = PythonScript.execute_script

    def execute_script(script: PythonScript, fname: str, edit: bool = False) -> None:
        environment = environment_of(script)
        status = WARM.run(fname, environment, script.bench_record) if environment and not edit else None
        if status is None:
            logger.info(f"This step runs alone: {script.rulename}")
            alone(script, fname, edit)
        elif status:
            raise subprocess.CalledProcessError(status, f"python {shlex.quote(fname)}")

    execute_script.alone = alone  # type: ignore[attr-defined]
    PythonScript.execute_script = execute_script


def begin(scripts: Iterable[Path]) -> None:
    """Start the warm process before there is a step, while steps are planned: it imports what these scripts do."""
    if hasattr(os, "fork") and WARM.control is None:
        with contextlib.suppress(OSError):
            WARM.start(list(scripts))


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


class WarmProcess:
    """The warm process as Snakemake, whose jobs are threads, deals with it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.control: socket.socket | None = None
        self.told = self.lost = False

    def run(self, script: str, environment: dict[str, str], record: Any = None) -> int | None:
        """Run a script to its end.

        Args:
            environment: its variables.
            record: where Snakemake notes time and memory of the step, if it does.

        Returns:
            its exit code (negative: the signal it died of), or None: it must run alone.
        """
        with self.ask(script, environment) as own, own.makefile("r", encoding="utf-8") as answers:
            started = line_of(answers)
            if started in ("", ALONE):
                return None
            with benchmarked(int(started), record) if record is not None else contextlib.nullcontext():
                with contextlib.suppress(OSError):
                    own.sendall(GO)
                ended = line_of(answers)
        if not ended:
            self.lose(int(started))
        return int(ended) if ended else None

    @contextlib.contextmanager
    def ask(self, script: str, environment: dict[str, str]) -> Iterator[socket.socket]:
        """Ask the warm process for a step; gives the socket of its answers, empty if the process can't be had."""
        ours, theirs = socket.socketpair()
        with ours:
            asked = json.dumps({"script": script, "folder": os.getcwd(), "environment": environment})
            ours.sendall(f"{asked}\n".encode())
            with theirs, self.lock, contextlib.suppress(OSError):
                if self.control is None:
                    self.start()
                if not self.told:
                    logger.info("Steps run warm from here on.")
                self.told = True
                if self.control and not self.lost:
                    socket.send_fds(self.control, [b"+"], [theirs.fileno()])
                    self.control.recv(1)  # macOS may lose a socket that is closed here before it is taken up there
            yield ours

    def start(self, scripts: Iterable[Path] = ()) -> None:
        """Start the warm process, which imports what these scripts do while nobody asks it. Raises OSError."""
        control, theirs = socket.socketpair()
        with theirs:
            serving = f"from {serve.__module__} import serve; serve({theirs.fileno()})"
            command = [sys.executable, "-c", serving, *map(str, scripts)]
            variables = {**os.environ, **dict.fromkeys(THREADS, "1")}
            process = subprocess.Popen(command, env=variables, pass_fds=[theirs.fileno()])
        self.control = control
        atexit.register(self.stop, process)

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        """End the warm process before this one ends. If this one is killed, it sees that for itself."""
        assert self.control is not None
        self.control.close()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()

    def lose(self, step: int) -> None:
        """The warm process was killed: what it had started as this step is ended, and steps run alone from here on."""
        end_tree(step)
        with contextlib.suppress(psutil.Error):
            psutil.Process(step).wait(timeout=10)
        if not self.lost:
            logger.info("The warm process was ended from outside.")
        self.lost = True


WARM = WarmProcess()


def line_of(answers: TextIO) -> str:
    """The next line of the warm process's answers; an empty text if it is gone."""
    try:
        return answers.readline().strip()
    except ConnectionError:
        return ""
