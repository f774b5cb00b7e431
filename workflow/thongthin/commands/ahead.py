"""The check of a build beside Snakemake's start: the studies are checked while Snakemake is imported and plans.

`begin` starts the check in a process of its own. Where all that changed since the last check that passed is the text of
documents, and these still ask for no other table or figure, the plan is the one of last time but for what is said in
them: the check tells this first (`foreseen`), as soon as it has read the documents, and goes on. In all other cases the
plan waits for its end. Before the first step, `need_passed` waits for the end in any case: of a study in which anything
is wrong, nothing is built.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

# A word for the checking process: its first line on standard output says what it foresees, as JSON.
TELLS_FIRST = "--tell-first"


class Check:
    """A check that is under way.

    Args:
        words: for `thongthin.flow.planning`.
    """

    def __init__(self, words: list[str]) -> None:
        command = [sys.executable, "-m", "thongthin.flow.planning", TELLS_FIRST, *words]
        ours, theirs = os.pipe()
        self.said = open(ours, encoding="utf-8", errors="replace")  # noqa: SIM115 - `begin` closes it
        try:
            self.process = subprocess.Popen(command, stdout=theirs)
        finally:
            os.close(theirs)
        self._foreseen: str | None = None

    def foreseen(self) -> Any:
        """What is foreseen, once this is known; None if the plan must wait for the end of the check."""
        if self._foreseen is None:
            self._foreseen = self.said.readline()
        with contextlib.suppress(ValueError):
            return json.loads(self._foreseen)
        return None

    def ended(self) -> int:
        """Wait for the end, show what was noticed, and return the exit code; what is wrong has been told by then."""
        self.foreseen()
        print(self.said.read(), end="", flush=True)
        return self.process.wait()


_under_way: list[Check] = []


@contextlib.contextmanager
def begin(studies: list[str], *, draft: bool = False) -> Iterator[Check]:
    """Start a check that ends, in whatever way, before this context does.

    Args:
        studies: all of the configuration if none is named.
        draft: sentences that do not hold stop nothing.
    """
    check = Check([*(["--draft"] if draft else []), *studies])
    _under_way.append(check)
    try:
        yield check
    finally:
        _under_way.remove(check)
        if check.process.poll() is None:
            check.process.kill()
        check.process.wait()
        check.said.close()


def under_way() -> bool:
    """Whether a check is under way."""
    return bool(_under_way)


def foreseen() -> Any:
    """What a check that is under way foresees of each study; None where there is no such check, or nothing foreseen."""
    return _under_way[-1].foreseen() if _under_way else None


def need_passed() -> None:
    """Wait for the end of a check that is under way. Raises SystemExit, with its exit code, if it has not passed."""
    if _under_way and (code := _under_way[-1].ended()):
        raise SystemExit(code)
