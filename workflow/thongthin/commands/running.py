"""How the launcher runs a program of the environment: in the project folder, until it ends or is ended.

The launcher imports this file, so it takes the standard library only.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from typing import NoReturn

from thongthin.commands.setup import Environment, say


def run_module(environment: Environment, module: str, *words: str, apart: bool = False, stays: bool = False) -> int:
    """Run a Python module in the environment, in the project folder, and return its exit code.

    Args:
        apart: Ctrl-C reaches the launcher only, which asks the program to end; Snakemake then finishes the steps that
            are running. Otherwise, and always on Windows, it reaches the program too.
        stays: the program goes on until Ctrl-C, tidies up by itself, and heeds a second one.
    """
    command = [str(environment.python), "-m", module, *words]
    group = 0 if apart else None
    # close_fds: the lock of `alone` is the one descriptor that can be inherited, and is to be.
    process = subprocess.Popen(
        command, cwd=environment.root, env=environment.variables, close_fds=False, process_group=group
    )

    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    try:
        return process.wait()
    except KeyboardInterrupt:
        if stays:
            return wait_for(process)
        say("Stopping ... (Ctrl-C again stops at once)  กำลังหยุด ... (กด Ctrl-C อีกครั้งเพื่อหยุดทันที)")
        if os.name == "posix":
            process.terminate()
        with contextlib.suppress(KeyboardInterrupt):
            process.wait()
        process.kill()
        raise


def wait_for(process: subprocess.Popen[bytes]) -> int:
    """Wait for the end of a program that is to end by itself, however often Ctrl-C is pressed; its exit code."""
    if os.name == "posix":
        process.terminate()  # in case that not the terminal, but a signal to the launcher ends it
    while True:
        with contextlib.suppress(KeyboardInterrupt):
            return process.wait()
