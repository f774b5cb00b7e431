"""Commands as people type them and as they end: in UTF-8 on any console, and quietly where nobody reads on."""

from __future__ import annotations

import atexit
import contextlib
import gc
import io
import os
import shutil
import sys
import threading
from collections.abc import Callable
from typing import NoReturn

from thongthin.basics.machine import machine_fault

# How a shell counts a program that ended because its reader had gone (128 and the number of SIGPIPE).
READER_GONE = 141
# After so many new objects Python looks for those that only refer to each other, and more rarely among older ones. What
# is made here hardly ever is of that kind, and by default it is looked at after 700.
RARELY = (50_000, 20, 20)


def command(*words: str) -> str:
    """A command of the launcher as it is typed on this system: ``python3 paper.py check small``."""
    names = ("py", "python") if os.name == "nt" else ("python3", "python")
    python = next((name for name in names if shutil.which(name)), names[-1] if os.name == "nt" else names[0])
    return " ".join([python, "paper.py", *words])


def speak_utf8() -> None:
    """Let a command print in UTF-8, whatever the console or PYTHONIOENCODING say: they would stop at a Thai letter."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def run_command(main: Callable[[list[str]], int]) -> NoReturn:
    """Run a command with the words of the command line, and end with its code.

    A reader that goes away (``| head``) ends it without a word; a full disk and the like end it with one sentence.
    """
    speak_utf8()
    gc.set_threshold(*RARELY)
    try:
        code = main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still to be written goes nowhere, so that Python does not complain of it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = READER_GONE
    except Exception as error:
        if (fault := machine_fault(error)) is None:
            raise
        print(fault)
        code = 1
    leave(code)


def leave(code: int) -> NoReturn:
    """End this process as the interpreter does, without taking apart first, one by one, all that was imported."""
    finish()
    os._exit(code)


def finish() -> None:
    """Do what the interpreter does before it ends: wait for threads, call what waits for it, write what is left."""
    threading._shutdown()  # type: ignore[attr-defined]
    # pikepdf would empty these caches one by one, for those who look for what is never freed; that would have a process
    # that was forked copy all of them.
    vars(sys.modules.get("typing", sys)).get("_cleanups", []).clear()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
