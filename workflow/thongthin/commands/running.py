"""How the launcher runs a program of the environment: in the project folder, until it ends or is ended; which studies
it knows.

The launcher imports this file, so it takes the standard library only.
"""

from __future__ import annotations

import contextlib
import difflib
import os
import signal
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from thongthin.commands.setup import Environment, Stop, say


def nearest(word: str, known: Iterable[str]) -> tuple[str, str]:
    """A hint (English, Thai) that names the known word most like `word`, or all of them where none is."""
    known = sorted(known)
    alike = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    if alike:
        return f'Did you mean "{alike[0]}"?', f'หมายถึง "{alike[0]}" หรือไม่'
    return f"Known: {', '.join(known)}.", f"ที่ใช้ได้: {', '.join(known)}"


@dataclass(frozen=True)
class Launcher:
    """What every command of the launcher needs: programs of the environment, and the studies of the project."""

    environment: Environment

    @property
    def root(self) -> Path:
        return self.environment.root

    def run(self, module: str, *words: str, apart: bool = False, stays: bool = False) -> int:
        """Run a Python module in the environment (see `run_module`)."""
        return run_module(self.environment, module, *words, apart=apart, stays=stays)

    def known_studies(self) -> set[str]:
        """The studies that have a folder; which of them are built is for the commands to read in config/config.yml."""
        raw = self.root / "data" / "raw"
        return {path.name for path in raw.iterdir() if path.is_dir() and path.name[0] != "."} if raw.is_dir() else set()

    def named_studies(self, words: list[str]) -> list[str]:
        """The studies that were named, as `khon-kaen` or `data/raw/khon-kaen`; Stop if there is no such study."""
        names = [Path(word).name for word in words]
        for name in names:
            if name not in self.known_studies():
                en, th = nearest(name, self.known_studies())
                raise Stop(f'There is no study "{name}". {en}', f'ไม่มีการศึกษา "{name}" {th}')
        return names


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
