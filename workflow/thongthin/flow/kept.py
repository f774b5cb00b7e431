"""Kept answers: a step whose inputs, settings and code are known already gets what it made then, instead of computing.

Snakemake goes by time: after an edit it runs every step behind it, and most of them write the same bytes as before. So
each step, when it has run, keeps a copy of what it made, with a record of the contents that it was made from. Where
Snakemake runs the step again and all these are as they were, the copies are put in place, at the cost of copying. What
follows from a step that came out the same is thus not computed, however Snakemake was started and whatever was killed
on the way.

What an answer depends on is all that a step is given: the contents of its inputs, its parameters (among them the
fingerprint of its code and of the locked packages), the names of its outputs, and the Python that runs it. A step that
was asked for by name or by force (`snakemake --forceall`, `--forcerun`) computes.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from snakemake.iocontainers import Params, Snakemake
from snakemake.logging import logger
from snakemake.script import PythonScript

from thongthin.basics.environment import KEPT
from thongthin.commands.unchanged import python_and_packages

FOLDER = Path(KEPT)
ANSWERS = 3  # kept of each step: now, before the last edit, and before that
LARGEST = 64_000_000  # bytes of one answer; what is larger is computed again
RECORD = "answer.json"
PARTS = "parts"  # a parameter: the file in which a step keeps parts of what it made (`basics.parts`)
STAMP = ".snakemake_timestamp"  # which Snakemake lays into the folders that steps make

# What a log record carries when a step computes: the id of its job, and what has changed (`Step.why`).
COMPUTES, WHY = "thongthin_computes", "thongthin_why"


def install(forced: Callable[[str], bool]) -> None:
    """Have steps of this process keep their answers, and take those that are known.

    Args:
        forced: whether a rule, by its name, is to compute in any case.
    """
    if hasattr(PythonScript.execute_script, "computes"):
        return
    computes = PythonScript.execute_script
    if hasattr(Snakemake, "_safely_store_params"):
        Snakemake._safely_store_params = _store_plain_params

    def execute_script(script: PythonScript, fname: str, edit: bool = False) -> None:
        step = None if edit else Step.of(script)
        if step and not forced(script.rulename) and step.put_in_place(script):
            return
        if forced(script.rulename) and hasattr(script.params, PARTS):
            Path(script.params[PARTS]).unlink(missing_ok=True)
        # For the progress of the build: only now it is known that this step computes, and why.
        logger.info(f"{script.rulename} computes", extra={COMPUTES: script.jobid, WHY: step.why() if step else []})
        began = time.monotonic()
        computes(script, fname, edit)
        if step:
            step.keep(script, time.monotonic() - began)

    execute_script.computes = computes  # type: ignore[attr-defined]
    PythonScript.execute_script = execute_script


def parts_of(rule: str) -> Callable[[Any], str]:
    """An input function for Snakemake: the file in which a step keeps parts of what it made for its study."""
    return lambda wildcards: (FOLDER / str(wildcards.study) / f"{rule}.json").as_posix()


class Step(NamedTuple):
    """A step as it is about to run.

    Attributes:
        folder: where its answers are kept.
        given: what its answer depends on, by name: each input's content, each parameter.
        made: paths of its outputs.
        logs: paths of its logs; they are part of the answer.
    """

    folder: Path
    given: dict[str, str]
    made: list[str]
    logs: list[str]

    @classmethod
    def of(cls, script: Any) -> Step | None:
        """The step that a script of Snakemake is; None if nothing tells when its answer holds."""
        made, logs = [str(path) for path in script.output], [str(path) for path in script.log]
        try:
            given = contents(script)
        except OSError:  # of an input: the step itself will tell
            return None
        if not hasattr(script.params, "code"):
            return None
        name = hashlib.sha256("\n".join(made).encode()).hexdigest()[:8]
        owner = getattr(script.wildcards, "study", "_")
        return cls(FOLDER / str(owner) / f"{script.rulename}-{name}", given, made, logs)

    @property
    def answer(self) -> Path:
        """The folder of the answer to what is given now."""
        return self.folder / hashlib.sha256(json.dumps(self.given, sort_keys=True).encode()).hexdigest()[:32]

    def put_in_place(self, script: Any) -> bool:
        """Put the kept outputs in place if the answer is known; whether it was."""
        answer = self.answer
        record = _record(answer)
        if record is None or record["digests"] != [_digest_of(answer / str(n)) for n in range(len(self.made))]:
            return False
        try:
            for number, path in enumerate((*self.made, *self.logs)):
                _copy(answer / str(number), Path(path))
        except OSError:  # the step itself will tell of a full disk
            return False
        if script.bench_record is not None:  # what it took when it was computed
            vars(script.bench_record).update(record["took"])
        with contextlib.suppress(OSError):
            os.utime(answer / RECORD)
        return True

    def why(self) -> list[str]:
        """What is given now and was not when the step last computed: paths, and names of settings with a colon.

        Nothing where it has not computed before, and where nothing has changed: the answer was not kept.
        """
        answers = self.answers()
        before = _record(answers[0]) if answers else None
        if before is None:
            return []
        names = {**before["given"], **self.given}
        return sorted(name for name in names if before["given"].get(name) != self.given.get(name))

    def keep(self, script: Any, seconds: float) -> None:
        """Keep a copy of what the step made in so many seconds; what cannot be kept is computed again."""
        with contextlib.suppress(OSError):
            if contents(script) != self.given:  # an input was edited while the step ran
                return
            if sum(_size(Path(path)) for path in self.made) > LARGEST:
                return
            self.folder.mkdir(parents=True, exist_ok=True)
            with _side_folder(self.folder) as side:
                for number, path in enumerate((*self.made, *self.logs)):
                    _copy(Path(path), side / str(number))
                took = vars(script.bench_record) if script.bench_record is not None else {}
                plain = {name: value for name, value in took.items() if isinstance(value, int | float | bool)}
                # Of the outputs, not the copies: as inputs of other steps these need not be read again.
                digests = [_digest_of(Path(path)) for path in self.made]
                record = {"given": self.given, "digests": digests, "took": plain, "seconds": seconds}
                (side / RECORD).write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
                shutil.rmtree(self.answer, ignore_errors=True)
                side.rename(self.answer)
            for old in self.answers()[ANSWERS:]:
                shutil.rmtree(old, ignore_errors=True)

    def answers(self) -> list[Path]:
        """The folders of all answers that are kept, that of the last use first."""
        records = sorted(self.folder.glob(f"*/{RECORD}"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        return [record.parent for record in records]


def contents(script: Any) -> dict[str, str]:
    """What the answer of a step depends on, by name. Raises OSError if an input can't be read."""
    given = {"python": environment(), "outputs": " ".join(script.output)}
    for path in script.input:
        given[str(path)] = _digest(Path(path))
    for name, value in [*script.params.items(), *script.wildcards.items()]:
        given[f"{name}:"] = value if isinstance(value, str) else json.dumps(value, default=str, sort_keys=True)
    return given


def _store_plain_params(snakemake: Any, params: Params) -> None:
    """In place of what Snakemake does: it imports pandas, numpy and polars to see whether parameters are their tables.

    None of this workflow is.
    """
    snakemake._params_store = Params(toclone=list(params))
    snakemake._params_store._take_names(params._get_names())
    snakemake._params_types = {}


@cache
def environment() -> str:
    """The Python that runs and its packages, as a hash."""
    return hashlib.sha256(repr(python_and_packages()).encode()).hexdigest()[:16]


def _files(path: Path) -> list[Path]:
    """The file, or all files of a folder, sorted."""
    if not path.is_dir():
        return [path]
    return sorted(p for p in path.rglob("*") if p.is_file() and p.name != STAMP)


def _digest(path: Path) -> str:
    """A hash of what stands in a file, or of the names and contents of all files of a folder. Raises OSError."""
    found = []
    for file in _files(path):
        state = file.stat()
        found.append((file.relative_to(path).as_posix(), _hashed(file, state.st_size, state.st_mtime_ns)))
    return hashlib.sha256(repr(found).encode()).hexdigest()[:32]


@cache
def _hashed(file: Path, size: int, written: int) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _digest_of(path: Path) -> str:
    """The same; empty if it can't be read."""
    try:
        return _digest(path)
    except OSError:
        return ""


def _size(path: Path) -> int:
    return sum(file.stat().st_size for file in _files(path))


def _copy(source: Path, target: Path) -> None:
    """Copy a file or a folder; what stands in its place goes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if not source.is_dir():
        shutil.copyfile(source, target)
        return
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(STAMP), copy_function=shutil.copyfile)


def _record(answer: Path) -> dict[str, Any] | None:
    """The record of an answer; None if there is none that fits this code."""
    with contextlib.suppress(OSError, ValueError):
        record = json.loads((answer / RECORD).read_text(encoding="utf-8"))
        if isinstance(record, dict) and {"given", "digests", "took"} <= record.keys():
            return record
    return None


@contextlib.contextmanager
def _side_folder(folder: Path) -> Iterator[Path]:
    """A folder beside the answers, which is gone afterwards unless it was renamed."""
    side = Path(tempfile.mkdtemp(prefix=".", dir=folder))
    try:
        yield side
    finally:
        shutil.rmtree(side, ignore_errors=True)
