"""Settings of the whole test suite."""

from __future__ import annotations

from hypothesis import settings

# The same examples on every run, and no limit of time: a slow machine is no failure.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")
