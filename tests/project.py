"""A copy of the project in which tests build studies, in a folder whose path holds a space and Thai letters."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from thongthin.commands.setup import Environment

ROOT = Path(__file__).parents[1]
PARTS = ("Snakefile", "workflow", "config", "notebooks", "profiles", "pyproject.toml", "requirements.lock", "paper.py")
IGNORED = shutil.ignore_patterns("__pycache__", ".*")


def borrow_environment(root: Path) -> Path:
    """A `.venv` in the folder `root` with the packages of the environment that runs this test; returns its Python."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(root / ".venv")], check=True)
    names = {"base": str(root / ".venv"), "platbase": str(root / ".venv")}
    packages = Path(sysconfig.get_path("purelib", "venv", vars=names))
    shared = Path(sys.prefix, "share", "jupyter")
    shutil.copytree(shared, root / ".venv" / "share" / "jupyter")  # the templates of nbconvert
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return Path(sysconfig.get_path("scripts", "venv", vars=names)) / Path(sys.executable).name


@dataclass
class Run:
    """What a run of the workflow did: exit status, the rules of its jobs in order, all it printed."""

    status: int
    rules: list[str]
    output: str


@dataclass
class Project:
    """A copy of the project with its own studies and its own environment."""

    root: Path
    python: Path

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")

    def replace(self, path: str, old: str, new: str) -> None:
        """Replace text in a file that must hold it."""
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text, f"{path} does not hold {old!r}"
        self.write(path, text.replace(old, new))

    def command(self, *arguments: str) -> list[str]:
        return [str(self.python), "-m", "snakemake", "--nolock", "--cores", "2", *arguments]

    @property
    def environment(self) -> dict[str, str]:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_") or k == "PYTEST_ADDOPTS"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        return {**environment, "PYTHONPATH": str(self.root / "workflow"), "PYTHONUTF8": "1"}

    def snakemake(self, *arguments: str) -> Run:
        """Run the workflow to its end."""
        done = subprocess.run(
            self.command(*arguments),
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        output = done.stdout + done.stderr
        return Run(done.returncode, re.findall(r"^(?:local)?rule (\w+):", output, flags=re.M), output)

    def build(self, *arguments: str) -> Run:
        """Run the workflow and require that it succeeds."""
        run = self.snakemake(*arguments)
        assert run.status == 0, run.output[-6000:]
        return run

    def launch(self, *words: str) -> tuple[int, str]:
        """Exit code of the launcher, and all that it printed."""
        environment = Environment(self.root)
        environment.stamp.write_text(environment.source, encoding="utf-8")
        command = [sys.executable, "paper.py", *words]
        done = subprocess.run(command, cwd=self.root, capture_output=True, encoding="utf-8", check=False)
        return done.returncode, done.stdout + done.stderr

    def table(self, path: str) -> list[dict[str, str]]:
        with (self.root / path).open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))


def copy_project(folder: Path, study: str | None = None) -> Project:
    """The code of the project in a new folder, with one of its own studies or none.

    Args:
        folder: an empty folder to make the copy in.
        study: name of a study of the project to take along.
    """
    root = folder / "โครงการ วิจัย"
    root.mkdir(parents=True)
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, root / part, ignore=IGNORED)
        elif source.exists():
            shutil.copy2(source, root / part)
    shutil.copytree(ROOT / "tests" / "results", root / "tests" / "results", ignore=IGNORED)
    others = [p.name for p in (ROOT / "report").iterdir() if p.is_dir() and (ROOT / "data" / "raw" / p.name).is_dir()]
    shutil.copytree(
        ROOT / "report",
        root / "report",
        ignore=lambda _, names: [n for n in names if n == "__pycache__" or (n in others and n != study)],
    )
    (root / "data" / "raw").mkdir(parents=True)
    if study:
        shutil.copytree(ROOT / "data" / "raw" / study, root / "data" / "raw" / study, ignore=IGNORED)
    else:
        (root / "config" / "config.yml").unlink()  # who makes a study writes one that names it
    return Project(root, borrow_environment(root))
