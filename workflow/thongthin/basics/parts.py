"""What a step made of each part of what it was given, kept for the next time: what is as it was is not made again.

For steps that make much out of many inputs, each piece out of a few of them. A part is known by everything that it is
made from, the fingerprint of the code among it; what was not asked for the last time is forgotten. A step that is to
compute in any case finds nothing kept (`flow.kept`).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from thongthin.basics.files import write_text


class Parts:
    """The parts that are kept in a file.

    Args:
        file: where; it need not be there.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._kept: dict[str, dict[str, str]] = {}
        self._asked: dict[str, dict[str, str]] = {}
        with contextlib.suppress(OSError, ValueError):
            self._kept = json.loads(file.read_text(encoding="utf-8"))

    def of(self, given: Any, make: Callable[[], dict[str, str]]) -> dict[str, str]:
        """A part: as it is kept, or as `make` makes it.

        Args:
            given: everything that it is made from, as plain data.
        """
        key = hashlib.sha256(json.dumps(given, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]
        found = self._kept[key] if key in self._kept else make()
        self._asked[key] = found
        return found

    def keep(self) -> None:
        """Keep the parts that were asked for; where that can't be done, they are made again."""
        with contextlib.suppress(OSError):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            write_text(self.file, json.dumps(self._asked, ensure_ascii=False))


def digest(path: Path) -> str:
    """A hash of what stands in a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
