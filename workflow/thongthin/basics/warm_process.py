"""The warm process, from which others are forked, as who needs it deals with it.

`WARM` is started with the first program that it is asked for, or before (`begin`). See `warm_server` for what it is.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple, TextIO

import psutil

from thongthin.basics.warm_server import ALONE, GO, end_tree, serve

# What is set for each program to its number of threads.
THREADS = (
    "OMP_NUM_THREADS",
    "GOTO_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
)
# Where there is no fork, each program runs by itself.
CAN_FORK = hasattr(os, "fork")


class Ended(NamedTuple):
    """How a program ended: its exit code (negative: the signal it died of), and what it took.

    Attributes:
        cpu: seconds, with those of what it started.
        memory: bytes at most, of it or the largest of what it started.
    """

    code: int
    cpu: float
    memory: int


# Of a program that was asked for, or had not ended, when this process began to end: it was killed, or did not begin.
KILLED = Ended(-9, 0.0, 0)


class WarmProcess:
    """The warm process. Several threads may ask it for programs."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.control: socket.socket | None = None
        self.lost = self.stopped = False
        self.tell: Callable[[str], object] = lambda _: None  # what is to be known of it

    def run(
        self,
        script: str,
        environment: dict[str, str],
        watch: Callable[[int], AbstractContextManager[object]] = contextlib.nullcontext,
        *,
        words: Sequence[str] = (),
        imports: Sequence[str] = (),
    ) -> Ended | None:
        """Run a script to its end.

        Args:
            environment: its variables.
            watch: gives, for its process id, what goes on around it.
            words: its arguments.
            imports: files whose import statements are executed before it begins, besides its own.

        Returns:
            how it ended, or None: it must run alone. When this process ends it is killed, and nothing runs alone.
        """
        asked = {"script": script, "environment": environment, "words": list(words), "imports": list(imports)}
        with self.ask(asked) as own, own.makefile("r", encoding="utf-8") as answers:
            started = line_of(answers)
            if started in ("", ALONE):
                return KILLED if self.stopped else None
            with watch(int(started)):
                with contextlib.suppress(OSError):
                    own.sendall(GO)
                ended = line_of(answers)
        if not ended:
            if self.stopped:
                return KILLED
            self.lose(int(started))
            return None
        code, cpu, memory = ended.split()
        return Ended(int(code), float(cpu), int(memory))

    @contextlib.contextmanager
    def ask(self, program: Mapping[str, object]) -> Iterator[socket.socket]:
        """Ask the warm process for a program; gives the socket of its answers, empty if the process can't be had."""
        ours, theirs = socket.socketpair()
        with ours:
            asked = json.dumps({**program, "folder": os.getcwd()})
            ours.sendall(f"{asked}\n".encode())
            with theirs, self.lock, contextlib.suppress(OSError):
                if self.control is None:
                    self.start()
                if self.control and not self.lost:
                    socket.send_fds(self.control, [b"+"], [theirs.fileno()])
                    self.control.recv(1)  # macOS may lose a socket that is closed here before it is taken up there
            yield ours

    def begin(self, scripts: Iterable[Path]) -> None:
        """Start the warm process, if it is not there, before it is asked for anything: it imports what these do."""
        with self.lock, contextlib.suppress(OSError):
            if CAN_FORK and self.control is None:
                self.start(list(scripts))

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
        self.stopped = (
            True  # before its end is seen by threads that wait for steps: Python may not have waited for them
        )
        self.control.close()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()

    def lose(self, step: int) -> None:
        """The warm process was killed: what it had started as this is ended, and all others run alone."""
        end_tree(step)
        with contextlib.suppress(psutil.Error):
            psutil.Process(step).wait(timeout=10)
        if not self.lost:
            self.tell("The warm process was ended from outside.")
        self.lost = True


WARM = WarmProcess()


def line_of(answers: TextIO) -> str:
    """The next line of the warm process's answers; an empty text if it is gone."""
    try:
        return answers.readline().strip()
    except ConnectionError:
        return ""
