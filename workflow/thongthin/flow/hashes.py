"""What tells Snakemake of contents, not of times: hashes of code that scripts run, of packages, of files of people.

`python -m thongthin.flow.hashes` finds those of the code ahead of the first build.
"""

from __future__ import annotations

import compileall
import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from thongthin.basics.files import LITTER, write_text
from thongthin.flow.fingerprint import Start, fingerprints
from thongthin.present.catalogue import article_tables, figures

ROOT = Path()  # as in `flow.planning`
PACKAGE = Path(__file__).parents[1]
SCRIPTS = PACKAGE.parent / "scripts"
MODULES = Path(".snakemake/thongthin-modules.json")  # what the fingerprints keep of each module


def stamps(paths: Iterable[Path]) -> list[list[str | int]]:
    """Path, size and times of files, sorted: the same as long as none of them was written to."""
    found = ((path.as_posix(), path.stat()) for path in sorted(paths))
    return [[name, state.st_size, state.st_mtime_ns, state.st_ctime_ns] for name, state in found]


def starts() -> dict[str, Start]:
    """What is fingerprinted: every script, the check, and, as "draw_figure NAME", each figure."""
    found = {path.stem: Start(path) for path in [*SCRIPTS.glob("*.py"), PACKAGE / "commands" / "check.py"]}
    # Of what the check has read, the plan remembers what documents ask for.
    found["check"] = Start(found["check"].script, (("thongthin.flow.planning", "Plan"),))
    # These scripts find by name what makes a table or a figure, so that it cannot be followed from their text.
    makers = tuple((own.module, own.name) for own in article_tables().values())
    found["write_tables"] = Start(found["write_tables"].script, makers)
    for own in figures().values():
        found[f"draw_figure {own.name}"] = Start(found["draw_figure"].script, ((own.module, own.name),))
    # The tests of a build find what they use by their own imports.
    for path in sorted(Path("tests/results").glob("*.py")):
        found[f"tests {path.stem}"] = Start(path)
    return found


@cache
def _hashes() -> dict[str, str]:
    """The fingerprints of all `starts`; remembered with the state of all code."""
    state = stamps([*SCRIPTS.glob("*.py"), *PACKAGE.rglob("*.py")])
    record = Path(".snakemake/thongthin-code.json")
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        known = json.loads(record.read_text(encoding="utf-8"))
        if known["state"] == state:
            return dict(known["hashes"])
    hashes = fingerprints(starts(), MODULES)
    write_text(record, json.dumps({"state": state, "hashes": hashes}, ensure_ascii=False, indent=0))
    return hashes


def content(*patterns: str) -> Callable[[Any], str]:
    """An input function for Snakemake: the hash of what stands in the files of these patterns.

    For files that people made: one that was replaced by an older file is no newer than what was built from it.

    Args:
        patterns: as for `Path.glob`, from the project folder, with wildcards in braces. (Snakemake would not compare a
            parameter that is derived from the rule's input.)
    """

    def found(wildcards: Any) -> str:
        names = dict(wildcards.items())
        paths = (path for pattern in patterns for path in sorted(ROOT.glob(pattern.format(**names))))
        return contents_of(path for path in paths if path.is_file() and not path.name.startswith(LITTER))

    return found


def contents_of(paths: Iterable[Path]) -> str:
    """The hash of the names and contents of these files."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(_content(path, path.stat().st_mtime_ns))
    return digest.hexdigest()[:16]


@cache
def _content(path: Path, written: int) -> bytes:
    return hashlib.sha256(path.as_posix().encode() + path.read_bytes()).digest()


def codes() -> dict[str, str]:
    """The fingerprint of each script, and of each figure behind "draw_figure"."""
    return {name: own for name, own in _hashes().items() if not name.startswith("tests ")}


@cache
def packages() -> str:
    """The hash of the locked versions that a build runs with; "" where there is no lock."""
    lock = SCRIPTS.parents[1] / "requirements.lock"
    return hashlib.sha256(lock.read_bytes()).hexdigest()[:16] if lock.is_file() else ""


def code_of(script: str) -> str:
    """Hash of the code that `workflow/scripts/<script>.py` runs, and of the locked versions it runs with.

    Args:
        script: name of the script; "draw_figure" has the name of a figure behind it.
    """
    return f"{_hashes()[script]}-{packages()}"


def code_of_tests(script: str) -> str:
    """The same of a script that runs tests of a build, and of all of these."""
    hashes = [own for name, own in sorted(_hashes().items()) if name == script or name.startswith("tests ")]
    return f"{hashlib.sha256(' '.join(hashes).encode()).hexdigest()[:16]}-{packages()}"


def main() -> None:
    """Compile the code of the project, and fingerprint it: what the first build would do for all later ones."""
    compileall.compile_dir(PACKAGE.parent, quiet=2)
    codes()


if __name__ == "__main__":
    main()
