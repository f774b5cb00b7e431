"""Settings of the whole test suite."""

from __future__ import annotations

import gc
import os
import signal
import sys

import amount
import forks
import pytest
from hypothesis import settings

# What is imported stays (see `pytest_collection_finish`).
gc.disable()

# Hundreds of processes would compile what they import, each for itself.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Started in the background, this would not hear Ctrl-C, and neither would what it starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# What takes longest, in an order in which no worker waits for what another builds; all other files come after these.
FIRST = (
    *("workflow/test_same_bytes.py", "workflow/test_claims.py", "workflow/test_odd_studies.py"),
    *("workflow/test_publication.py", "workflow/test_changes.py"),
    *("workflow/test_preview.py", "workflow/test_killed.py"),
    *("unit/test_code_style.py", "unit/test_paper.py", "read/test_damaged_inputs.py", "unit/test_benchmarks.py"),
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="try all of what is drawn at random, not a part of it")


def pytest_cmdline_main(config: pytest.Config) -> None:
    forks.take_over(config)


def pytest_configure(config: pytest.Config) -> None:
    """The same examples on every run, and no limit of time: a slow machine is no failure."""
    amount.everything = config.getoption("--all")
    settings.register_profile("steady", deadline=None, derandomize=True, max_examples=amount.tried(100))
    settings.load_profile("steady")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {name: place for place, name in enumerate(FIRST)}
    items.sort(key=lambda item: places.get("/".join(item.path.parts[-2:]), len(FIRST)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have recorded, such as how long a build took."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{report.nodeid}: {name}: {value}")


def pytest_collection_finish() -> None:
    """What was imported stays: the collector of garbage need not go through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()
