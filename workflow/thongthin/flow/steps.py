"""How a script of the workflow runs: its one function gets the rule's named inputs, outputs and parameters by name.

What goes wrong stands in the rule's log: a sentence or a list of problems where people can mend it, a traceback where
only a developer can. Where the log cannot be written either, the sentence goes to the terminal.
"""

from __future__ import annotations

import contextlib
import inspect
import sys
import traceback
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from thongthin.basics.machine import machine_fault
from thongthin.basics.problems import CannotAnalyse, ProblemsFound, RenderError

# Parameters that only tell Snakemake when to run a rule again: the code, what study.yml says of the rule's matter,
# what stands in the files that people made, and a program that is not among the locked packages. A script gets those
# that its function asks for by name.
TRIGGERS = {"code", "settings", "content", "program"}


def beforehand() -> None:
    """Import what the object that a step is told of itself by is made of (see `basics.warm_server`)."""
    searched = [*sys.path]
    import snakemake.io
    import snakemake.iocontainers  # noqa: F401

    sys.path[:] = searched  # Snakemake adds a folder for plug-ins


def arguments(snakemake: Any, asked: Collection[str] = ()) -> dict[str, Any]:
    """Named inputs, outputs and parameters of a job as keyword arguments; lists of files become lists of str.

    Args:
        asked: parameters that are handed on though they only trigger.

    Raises:
        ValueError: one name stands for two things in the rule.
    """
    found: dict[str, Any] = {}
    for part in (snakemake.input, snakemake.output, snakemake.params):
        for name, value in part.items():
            if name in TRIGGERS and name not in asked:
                continue
            if name in found:
                raise ValueError(f'the rule uses the name "{name}" twice among its input, output and params')
            plain = isinstance(value, (str, int, float, bool, dict, type(None)))
            found[name] = str(value) if isinstance(value, str) else value if plain else list(value)
    return found


def run(function: Callable[..., None], snakemake: Any) -> None:
    """Call `function` with the arguments of the job, its messages going to the job's log; exit with 1 if it fails."""
    log = Path(snakemake.log[0])
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with (
            log.open("w", encoding="utf-8", newline="\n") as stream,
            contextlib.redirect_stdout(stream),
            contextlib.redirect_stderr(stream),
        ):
            try:
                function(**arguments(snakemake, inspect.signature(function).parameters))
                return
            except (ProblemsFound, CannotAnalyse, RenderError) as error:
                print(error)
            except Exception as error:
                if told := machine_fault(error):
                    print(told)
                else:
                    traceback.print_exc()
    except OSError as error:  # the log itself cannot be written
        print(machine_fault(error) or error, file=sys.stderr)
    sys.exit(1)
