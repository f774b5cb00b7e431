"""The check of a build beside Snakemake's start: the studies are checked while Snakemake is imported and plans.

`begin` starts the check in a process of its own: a fork of the warm process, which so has most of what steps need
before there is a step, or a new one. Where all that changed since the last check that passed is what stands in
documents and data, and no document asks for another table or figure, the plan is the one of last time but for what is
said in them: the check writes this down first (`foreseen`), and goes on. In all other cases the plan waits for its end.
Before the first step, `need_passed` waits for the end in any case: of a study in which anything is wrong, nothing is
built.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from thongthin.basics.environment import prepare
from thongthin.basics.warm_process import CAN_FORK, THREADS, WARM
from thongthin.basics.warm_server import end_tree

# The variable that names, for the checking process, the file for what it foresees.
FORESEEN = "THONGTHIN_FORESEEN"

WORKFLOW = Path(__file__).parents[2]
_PACKAGE = WORKFLOW / "thongthin"
_PROGRAM = _PACKAGE / "flow" / "planning.py"
# What it imports when it checks, and not where it finds that nothing changed.
_IMPORTS = (_PACKAGE / "commands" / "check.py", _PACKAGE / "flow" / "kept_tables.py")
# What follows from a word of an article, in the order of the need.
_STEPS = ("compose_document", "render_document", "list_exhibits", "read_back", "check_document", "check_subject")


class Check:
    """A check that is under way.

    Args:
        words: for `thongthin.flow.planning`.
        warm: whether it is a fork of the warm process.
        folder: for what it foresees.
    """

    def __init__(self, words: list[str], *, warm: bool, folder: Path) -> None:
        self.words, self.warm = words, warm and CAN_FORK
        self.file = folder / "foreseen.json"
        self.pid = 0
        self.code: int | None = None
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        variables = {**os.environ, FORESEEN: str(self.file)}
        if self.warm:
            variables |= dict.fromkeys(THREADS, "1")
            imports = [str(path) for path in _IMPORTS]
            if ended := WARM.run(str(_PROGRAM), variables, self._watched, words=self.words, imports=imports):
                self.code = ended.code
        if self.code is None:
            with subprocess.Popen([sys.executable, "-m", "thongthin.flow.planning", *self.words], env=variables) as own:
                self.pid = own.pid
            self.code = own.returncode

    @contextlib.contextmanager
    def _watched(self, pid: int) -> Iterator[None]:
        self.pid = pid
        yield

    def foreseen(self) -> Any:
        """What is foreseen, once this is known; None if the plan must wait for the end of the check."""
        while not self.file.exists() and self.thread.is_alive():
            time.sleep(0.005)
        with contextlib.suppress(OSError, ValueError):
            return json.loads(self.file.read_text(encoding="utf-8"))
        return None

    def ended(self) -> int:
        """Wait for the end, and return the exit code; what is wrong, or to be noticed, has been told by then."""
        self.thread.join()
        return 1 if self.code is None else self.code

    def end(self) -> None:
        """End it, if it has not ended."""
        while self.thread.is_alive():
            if self.pid:
                end_tree(self.pid)
            self.thread.join(0.1)


_under_way: list[Check] = []


@contextlib.contextmanager
def begin(studies: list[str], *, draft: bool = False, warm: bool = True) -> Iterator[Check]:
    """Start a check that ends, in whatever way, before this context does.

    Args:
        studies: all of the configuration if none is named.
        draft: sentences that do not hold stop nothing.
        warm: steps are going to run here, and not each by itself: the process that they are forked from is started.
    """
    prepare(WORKFLOW)
    if warm:
        WARM.begin(WORKFLOW / "scripts" / f"{step}.py" for step in _STEPS)
    with tempfile.TemporaryDirectory() as folder:
        check = Check([*(["--draft"] if draft else []), *studies], warm=warm, folder=Path(folder))
        _under_way.append(check)
        try:
            yield check
        finally:
            _under_way.remove(check)
            check.end()


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
