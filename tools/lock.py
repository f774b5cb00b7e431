"""The lists of exact packages, made from pyproject.toml by uv, which has to be there.

    python3 tools/run.py tools.lock [--upgrade]

    requirements.lock        what a build needs
    requirements-build.lock  what builds the one package that is published as a source package only
    requirements-test.lock   what tests and the documentation site need besides
    requirements-slurm.lock  what profiles/slurm needs besides

Versions stay as they are unless they no longer fit, or `--upgrade` is said. Each package stands there with the hashes
of its files; set-up installs nothing else.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK, BUILD_LOCK = (ROOT / f"requirements{kind}.lock" for kind in ("", "-build"))
# What stands beside the first -> the groups of pyproject.toml that ask for it.
BESIDE = {
    ROOT / "requirements-test.lock": ("test", "docs"),
    ROOT / "requirements-slurm.lock": ("slurm",),
}
UV = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]
OPTIONS = ["--no-header", "--no-annotate"]
# connection-pool, which Snakemake asks for, has no wheel; setuptools makes one of it.
BUILDER = "setuptools >=80\n"


def entries(text: str) -> list[str]:
    """The entries of a lock, each with the lines of its hashes."""
    return re.findall(r"^\S.*\n(?:[ \t].*\n)*", text, re.MULTILINE)


def resolve(pinned: str, *words: str, source: str = "pyproject.toml") -> str:
    """The lock that uv makes of `source`, with the versions of `pinned` as far as they fit."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "requirements.lock")
        out.write_text(pinned, encoding="utf-8")
        command = [*UV, *OPTIONS, *words, source, "--output-file", str(out)]
        subprocess.run(command, cwd=ROOT, check=True, input=BUILDER, encoding="utf-8")
        return out.read_text(encoding="utf-8")


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def main(words: list[str]) -> None:
    old = {path: path.read_text(encoding="utf-8") if path.exists() else "" for path in (LOCK, BUILD_LOCK, *BESIDE)}
    lock = resolve(old[LOCK], *words)
    write(LOCK, lock)
    write(BUILD_LOCK, resolve(old[BUILD_LOCK], *words, source="-"))
    # What a build has, these have too, in the same versions.
    for path, names in BESIDE.items():
        groups = [word for name in names for word in ("--group", name)]
        both = entries(resolve(lock + old[path], *words, *groups, "--constraint", str(LOCK)))
        write(path, "".join(entry for entry in both if entry not in entries(lock)))


if __name__ == "__main__":
    main(sys.argv[1:])
