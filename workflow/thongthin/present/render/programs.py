"""Programs outside Python, within a time limit: Quarto, which starts programs of its own."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path


def run_program(
    command: list[str], limit: float, *, folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> tuple[int | None, str]:
    """Run a program that asks nothing, and end it with all that it started when its time is over.

    Args:
        command: the program and its arguments.
        limit: seconds that it may take.
        folder: where it works.
        environment: variables that it has beside those of this process.

    Returns:
        how it ended, None if not in time, and what it printed (or why it can't be started: then it ended with -1).
    """
    # Into a file: whoever waits for the end of a pipe also waits for what the program started and left behind.
    with tempfile.TemporaryFile() as printed:
        try:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env={**os.environ, **(environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # so that it can be ended with all that it started
            )
        except OSError as error:
            return -1, str(error)
        code: int | None
        try:
            code = process.wait(limit)
        except BaseException as error:
            with contextlib.suppress(OSError):
                process.kill() if os.name == "nt" else os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
            code = None
        printed.seek(0)
        return code, printed.read().decode("utf-8", "replace")
