"""Reading by a process of its own, before this one reads: some libraries are C, and some damaged files crash them.

A crash, an endless loop, or memory without bounds then ends that process and not the work.
"""

from __future__ import annotations

import subprocess
import sys
from typing import Literal

# 12 million cells take some seconds.
_SECONDS = 120
_MEMORY = 6 << 30
_OUT_OF_MEMORY = 87
# Windows has no such limit; there a file that asks for too much fails by itself.
_GUARD = f"""
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({_MEMORY}, {_MEMORY}))
except (ImportError, OSError, ValueError):
    pass
"""

Outcome = Literal["read", "failed", "too-large"]


def tried(code: str, *words: str, seconds: float = _SECONDS) -> Outcome:
    """What comes of a piece of Python that reads a file.

    Args:
        code: calls `read`, with what it needs in `sys.argv[1:]`; the memory that it may take is limited.
        words: its arguments.
        seconds: how long it may take.

    Returns:
        "read" where it ended well, "too-large" where it ran out of memory or time, otherwise "failed".
    """
    guarded = f"{_GUARD}\ntry:\n    exec({code!r})\nexcept MemoryError:\n    sys.exit({_OUT_OF_MEMORY})\n"
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", guarded, *words], capture_output=True, check=False, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        return "too-large"
    if done.returncode == 0:
        return "read"
    return "too-large" if done.returncode == _OUT_OF_MEMORY else "failed"
