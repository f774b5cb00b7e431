"""Settings of the whole test suite."""

from __future__ import annotations

import gc
import os
import sys

import pytest
from hypothesis import settings

# Hundreds of processes would compile what they import, each for itself.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# The same examples on every run, and no limit of time: a slow machine is no failure.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have recorded, such as how long a build took."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{report.nodeid}: {name}: {value}")


def pytest_collection_finish() -> None:
    """What was imported stays: the collector of garbage need not go through it again and again."""
    gc.collect()
    gc.freeze()
