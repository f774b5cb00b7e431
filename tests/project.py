"""A copy of the project in which tests build studies, in a folder whose path holds a space and Thai letters."""

from __future__ import annotations

import contextlib
import csv
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import forks
import nursery

from thongthin.basics.problems import Problems
from thongthin.commands.setup import Environment
from thongthin.contract.loading import has_table, load_config, load_study
from thongthin.contract.tables import TABLES
from thongthin.flow.fingerprint import fingerprints
from thongthin.flow.hashes import MODULES, starts

ROOT = Path(__file__).parents[1]
PARTS = ("Snakefile", "workflow", "config", "notebooks", "profiles", "pyproject.toml", "requirements.lock", "paper.py")
IGNORED = shutil.ignore_patterns(".*", "*.pyc.*")  # of compiled modules, those that are being written
NAME = "โครงการ วิจัย"
CHECK_RESULTS = """
import sys
from check_subject import check_subject

tests, *studies = sys.argv[1:]
for study in studies:
    print(study, flush=True)
    try:
        check_subject(study=study, tests=tests.split(), checks=f"results/{study}/checks.txt")
    except RuntimeError as error:
        print(error, flush=True)
"""


def borrow_environment(root: Path) -> Path:
    """A `.venv` in the folder `root` with the packages of the environment that runs this test; its Python."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(root / ".venv")], check=True)
    names = {"base": str(root / ".venv"), "platbase": str(root / ".venv")}
    packages = Path(sysconfig.get_path("purelib", "venv", vars=names))
    shared = Path(sys.prefix, "share", "jupyter")
    shutil.copytree(shared, root / ".venv" / "share" / "jupyter")  # the templates of nbconvert
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    for fonts in Path(sys.prefix).glob("thongthin-fonts-*.zip"):  # which an environment makes once
        shutil.copy2(fonts, root / ".venv")
    return python_of(root)


def python_of(root: Path) -> Path:
    """The Python of the `.venv` in the folder `root`."""
    names = {"base": str(root / ".venv"), "platbase": str(root / ".venv")}
    return Path(sysconfig.get_path("scripts", "venv", vars=names)) / Path(sys.executable).name


@contextlib.contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Wait until no other process of this run of the tests is here."""
    with lock.open("ab") as file:
        if sys.platform == "win32":
            import msvcrt

            while True:
                with contextlib.suppress(OSError):  # it gives up after ten seconds
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@dataclass
class Run:
    """What a run of the workflow did.

    Attributes:
        rules: those of its jobs, in order.
        computed: those of the jobs that computed; the others came out as before.
        output: all it printed.
    """

    status: int
    rules: list[str]
    computed: list[str]
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
        done = nursery.run(self.command(*arguments), self.root, self.environment)
        output = done.stdout + done.stderr
        rules = re.findall(r"^(?:local)?rule (\w+):", output, flags=re.M)
        return Run(done.returncode, rules, re.findall(r"^(\w+) computes$", output, flags=re.M), output)

    def build(self, *arguments: str) -> Run:
        """Run the workflow and require that it succeeds."""
        run = self.snakemake(*arguments)
        assert run.status == 0, run.output[-6000:]
        return run

    def launch(self, *words: str) -> tuple[int, str]:
        """Exit code of the launcher, and all that it printed."""
        environment = Environment(self.root)
        environment.stamp.write_text(environment.source, encoding="utf-8")
        done = nursery.run([sys.executable, "paper.py", *words], self.root, os.environ)
        return done.returncode, done.stdout + done.stderr

    def publish(self, study: str) -> tuple[int, str]:
        """Exit code of the program that publishes a study, and all that it printed."""
        done = self.program("-m", "thongthin.flow.publishing", study)
        return done.returncode, done.stdout + done.stderr

    def program(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the Python of the project with these words: -m MODULE, or -c CODE."""
        return nursery.run([str(self.python), *words], self.root, self.environment)

    def check_results(self, *studies: str, tests: Sequence[str] = ("tests/results",)) -> str:
        """Run the result tests on built studies as the rule does, but in one process; gives back what was printed.

        Which of them passed stands in the file checks.txt of each study; it is not written if one failed.
        """
        script = self.root / "workflow" / "scripts"
        command = [str(self.python), "-c", CHECK_RESULTS, " ".join(tests), *studies]
        variables = {**self.environment, "PYTHONPATH": os.pathsep.join([str(script.parent), str(script)])}
        done = nursery.run(command, self.root, variables)
        return done.stdout + done.stderr

    def tables_of(self, study: str) -> list[str]:
        """Paths of all tables that a study is to have."""
        config = load_config(self.root, Problems())
        assert config
        settings = load_study(self.root, study, config, Problems())
        assert settings
        folders = {"processed": f"data/processed/{study}", "results": f"results/{study}/tables"}
        raw = self.root / "data" / "raw" / study
        return [f"{folders[t.folder]}/{t.name}.csv" for t in TABLES.values() if has_table(t, settings, raw)]

    def copy(self, folder: Path) -> Project:
        """The same with all that was built, in a new folder; no file is older or newer than it was."""
        root = folder / NAME
        shutil.copytree(self.root, root, symlinks=True)
        return Project(root, python_of(root))

    def without(self, study: str) -> Project:
        """Take a study out of this copy, but not the answers of its steps: of another one of that name, what is alike
        need not be computed."""
        for made in (f"results/{study}", f"data/processed/{study}", f"data/raw/{study}", f"report/{study}"):
            shutil.rmtree(self.root / made)
        (self.root / "config" / "config.yml").unlink()
        return self

    def table(self, path: str) -> list[dict[str, str]]:
        with (self.root / path).open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))


@cache
def kept_modules() -> bytes:
    """What the fingerprints of the code keep of each module, worked out once for all copies of a run of the tests."""
    if not (shared := os.environ.get(forks.FOLDER)):
        return _kept_modules()
    path = Path(shared, "modules")
    with alone(path.with_suffix(".lock")):
        if not path.exists():
            path.write_bytes(_kept_modules())
    return path.read_bytes()


def _kept_modules() -> bytes:
    """The same, as set-up has begun to."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder, MODULES.name)
        with contextlib.suppress(OSError):  # none was kept yet
            shutil.copyfile(ROOT / MODULES, kept)
        fingerprints(starts(), kept)
        return kept.read_bytes()


def copy_project(folder: Path, study: str | None = None) -> Project:
    """The code of the project in a new folder, with one of its own studies or none.

    Args:
        folder: an empty folder to make the copy in.
        study: name of a study of the project to take along.
    """
    root = folder / NAME
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
    (root / MODULES).parent.mkdir()
    (root / MODULES).write_bytes(kept_modules())
    return Project(root, borrow_environment(root))
