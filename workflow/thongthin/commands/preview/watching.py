"""What was saved of a study: a thread that says so, and the state of the files by which one knows what it was."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from watchfiles import watch

from thongthin.basics.files import LITTER

# What is watched, from the project folder. Folders, since programs save a file by putting another one in its place.
FOLDERS = ("data/raw", "report", "config")
# What both engines render with.
LOOKS = ("_quarto.yml", "_extensions", "styles")
# Milliseconds without a further change until what was saved counts as complete, and at most.
QUIET, AT_MOST = 50, 600

Stamps = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class State:
    """Size and time of files, by their paths.

    Attributes:
        data: the study folder, and the configuration.
        prose: the texts of the articles, and what they are rendered with.
    """

    data: Stamps
    prose: Stamps


def state_of(root: Path, study: str) -> State:
    """The state of all that a preview of the study follows from."""
    data = [root / "config" / "config.yml", *files_below(root / "data" / "raw" / study)]
    prose = [path for path in files_below(root / "report" / study) if path.suffix in (".md", ".qmd")]
    for part in LOOKS:
        prose += [root / "report" / part, *files_below(root / "report" / part)]
    return State(_stamps(data), _stamps(prose))


def files_below(folder: Path) -> Iterator[Path]:
    """All files below a folder but what programs leave behind; none where it is none."""
    for path in folder.rglob("*") if folder.is_dir() else ():
        if not any(part.startswith(LITTER) for part in path.relative_to(folder).parts):
            yield path


def _stamps(paths: Iterable[Path]) -> Stamps:
    found = {}
    for path in paths:
        with contextlib.suppress(OSError):  # gone in between
            state = path.stat()
            if path.is_file():
                found[path.as_posix()] = (state.st_size, state.st_mtime_ns)
    return found


class Watch(threading.Thread):
    """Calls `saved` whenever something below the watched folders changed; what it was is for `state_of` to tell."""

    def __init__(self, root: Path, saved: Callable[[], None]) -> None:
        super().__init__(name="watch", daemon=True)
        self.folders = [root / folder for folder in FOLDERS if (root / folder).is_dir()]
        self.saved = saved
        self.ending = threading.Event()

    def run(self) -> None:
        try:
            self._watch(force_polling=None)
        except (OSError, RuntimeError):  # the system watches no more folders, or not these
            self._watch(force_polling=True)

    def _watch(self, *, force_polling: bool | None) -> None:
        for _ in watch(
            *self.folders,
            watch_filter=lambda _, path: not Path(path).name.startswith(LITTER),
            debounce=AT_MOST,
            step=QUIET,
            stop_event=self.ending,
            rust_timeout=1000,
            raise_interrupt=False,
            force_polling=force_polling,
            ignore_permission_denied=True,
        ):
            self.saved()

    def end(self) -> None:
        """Stop watching."""
        self.ending.set()
        self.join(timeout=5)
