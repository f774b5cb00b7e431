"""The build of what documents are made of: Snakemake in a process of its own, in a thread that waits for it.

While another build or set-up has the folder, it waits: the lock is that of the launcher. What was built is copied
before the lock is given back.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from thongthin.basics.machine import machine_fault
from thongthin.commands.preview.board import Board
from thongthin.commands.preview.judging import Inputs, Wanted
from thongthin.commands.preview.material import Material, copy_material, targets
from thongthin.commands.preview.watching import State
from thongthin.commands.setup import SPACE_TO_BUILD, Stop, alone, need_space

# Seconds between two looks at the lock of another build.
LOOK = 0.5


@dataclass(frozen=True)
class Built:
    """How a build ended.

    Attributes:
        state: of the files when their check began.
        material: what it made, or None: it failed, and its lines say why.
    """

    inputs: Inputs
    state: State
    material: Material | None


class Builder:
    """Builds one after the other; `ended` is called in the thread of each."""

    def __init__(self, root: Path, folder: Path, board: Board, ended: Callable[[Built], None]) -> None:
        self.root, self.folder, self.board, self.ended = root, folder, board, ended
        self.thread: threading.Thread | None = None
        self.process: subprocess.Popen[str] | None = None
        self.stopping = threading.Event()
        self.number = 0

    @property
    def busy(self) -> bool:
        return self.thread is not None and self.thread.is_alive()

    def start(self, inputs: Inputs, wanted: Wanted, state: State) -> None:
        """Begin a build; not while another one is under way."""
        self.number += 1
        folder = self.folder / f"material-{self.number}"
        self.board.begin_lines()
        self.thread = threading.Thread(target=self._run, args=(inputs, wanted, state, folder), daemon=True)
        self.thread.start()

    def _run(self, inputs: Inputs, wanted: Wanted, state: State, folder: Path) -> None:
        material = None
        try:
            material = self._build_alone(inputs, wanted, folder)
        except Stop as stop:
            for sentence in stop.args:
                self.board.add_line(sentence)
        except Exception as error:  # whatever it is, the session waits for the end
            for line in (machine_fault(error) or "".join(traceback.format_exception_only(error))).splitlines():
                self.board.add_line(line)
        self.ended(Built(inputs, state, material))

    def _build_alone(self, inputs: Inputs, wanted: Wanted, folder: Path) -> Material | None:
        """Build once no other build has the folder; None if it fails, or if all is to end."""
        while not self.stopping.is_set():
            with contextlib.ExitStack() as lock:
                try:
                    lock.enter_context(alone(self.root))
                except Stop:
                    self.board.enter("waiting")
                    self.stopping.wait(LOOK)
                    continue
                self.board.enter("building")
                need_space(self.root, SPACE_TO_BUILD)
                done = self._snakemake(inputs.settings.name, targets(inputs.settings, wanted)) == 0
                return copy_material(self.root, folder, inputs.settings, wanted) if done else None
        return None

    def _snakemake(self, study: str, paths: list[str]) -> int:
        """Build these paths of a study, and return the exit code of the command."""
        command = [sys.executable, "-m", "thongthin.commands.build", study, "--only", *paths]
        # close_fds: it inherits the lock, which so holds as long as it runs, whatever becomes of this process. In a
        # group of its own, Ctrl-C does not reach it, so that it can end the steps that are running.
        process = subprocess.Popen(
            command,
            cwd=self.root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            close_fds=False,
            process_group=None if os.name == "nt" else 0,
            encoding="utf-8",
            errors="replace",
        )
        self.process = process
        if self.stopping.is_set():
            self._ask_to_end()
        assert process.stdout is not None
        with process.stdout:
            for line in process.stdout:
                self.board.add_line(line.rstrip())
        return process.wait()

    def _ask_to_end(self) -> None:
        if self.process and os.name == "posix":
            self.process.terminate()  # Snakemake finishes the steps that are running; on Windows Ctrl-C has reached it

    def join(self) -> None:
        """Wait for the end of the build that has told of it."""
        if self.thread:
            self.thread.join()

    def stop(self) -> None:
        """End the build that is under way, if any, and wait for it."""
        self.stopping.set()
        self._ask_to_end()
        if self.thread:
            self.thread.join()

    def kill(self) -> None:
        """End it at once; the next build makes anew what was half made."""
        if self.process:
            self.process.kill()

    def forget(self, material: Material | None) -> None:
        """Remove a copy that is no longer shown."""
        if material:
            shutil.rmtree(material.folder, ignore_errors=True)
