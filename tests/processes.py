"""What tests ask of processes that may end at any moment."""

from __future__ import annotations

import psutil


def is_gone(process: psutil.Process) -> bool:
    """Whether the process has ended; one that only waits to be asked how it ended is gone."""
    try:
        return not process.is_running() or bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def command(process: psutil.Process) -> str:
    """The command line of a process; nothing of one that has ended."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""
