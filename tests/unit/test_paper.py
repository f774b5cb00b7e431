"""The launcher, run as people run it: in a folder of its own whose path holds a space and Thai letters.

The folder has a small workflow in place of the real one (read, count, render, list), and an environment that borrows
the packages of the present one, so that nothing is downloaded.
"""

from __future__ import annotations

import ast
import base64
import contextlib
import errno
import hashlib
import importlib.util
import io
import os
import re
import runpy
import shutil
import signal
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import nursery
import psutil
import pytest
import yaml
from project import borrow_environment

from thongthin.commands import build, setup
from thongthin.commands.options import OPTIONS
from thongthin.commands.setup import TEST_LOCK, Environment

ROOT = Path(__file__).parents[2]
posix_only = pytest.mark.skipif(os.name == "nt", reason="signals and inherited locks are those of POSIX systems")

SNAKEFILE = """
import os, sys

# As in the real Snakefile: Snakemake does not quote the path of Python.
os.environ["PATH"] = os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"]
sys.executable = "python"
os.environ["PYTHONPATH"] = os.path.abspath("workflow")
sys.path.insert(0, "workflow")

from thongthin.flow import kept, warm

if not config.get("cold"):
    warm.install()
kept.install(lambda rule: workflow.dag_settings.forceall)


rule all:
    input:
        expand("results/{study}/manifest.csv", study=config.get("studies", ["khon-kaen"])),


include: "rules/toy.smk"
"""

RULES = '''
rule read:
    """Notes become a table ({params.none} of them)."""
    input: "data/raw/{study}/notes.txt",
    output: "data/processed/{study}/notes.csv",
    log: "logs/{study}/read.log",
    script: "../scripts/toy.py"

rule count:
    """How many letters the notes have."""
    input: "data/processed/{study}/notes.csv",
    output: "results/{study}/tables/letters.csv",
    log: "logs/{study}/count.log",
    script: "../scripts/toy.py"

rule render:
    """The article."""
    input: "results/{study}/tables/letters.csv",
    output: "results/{study}/article.th.html", "results/{study}/article/engine.txt",
    log: "logs/{study}/render.log",
    script: "../scripts/toy.py"

rule list_files:
    """The manifest of everything."""
    input: rules.read.output, rules.count.output, rules.render.output,
    output: "results/{study}/manifest.csv",
    log: "logs/{study}/list_files.log",
    script: "../scripts/toy.py"
'''

# Each step writes its input once more. The notes can ask it to fail or to be killed; a file `wait` in the folder makes
# `count` wait, which it tells by a file `waits`.
SCRIPT = """
import hashlib, os, signal, sys, time
from pathlib import Path

text = Path(snakemake.input[0]).read_text(encoding="utf-8")
while snakemake.rule == "count" and Path("wait").exists():
    Path("waits").touch()
    time.sleep(0.02)
if f"kill {snakemake.rule}" in text:
    os.kill(os.getpid(), signal.SIGKILL)
if snakemake.rule in text:
    problem = "data/raw/khon-kaen/notes.txt, line 1:\\n  wrong\\n  ผิด\\n"
    Path(snakemake.log[0]).write_text(problem, encoding="utf-8")
    sys.exit(1)
if snakemake.rule == "list_files":
    rows = [(path, Path(path).read_bytes()) for path in snakemake.input]
    text = "path,bytes,sha256\\n" + "".join(f"{p},{len(b)},{hashlib.sha256(b).hexdigest()}\\n" for p, b in rows)
for path in snakemake.output:
    Path(path).write_text("embedded\\n" if path.endswith("engine.txt") else text, encoding="utf-8")
"""

CHECK = """
import json, os, sys
if __name__ == "__main__":
    print(json.dumps({"words": sys.argv[1:], "folder": os.getcwd(), "variables": dict(os.environ)}))
    sys.exit(7)
"""


@dataclass
class Toy:
    """A project folder with the real launcher, profile and progress logger, and a small workflow."""

    root: Path

    def furnish(self) -> None:
        for name in ("paper.py", "profiles", "workflow/snakemake_logger_plugin_thongthin", "workflow/thongthin"):
            source, target = ROOT / name, self.root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.pyc.*"))
            else:
                shutil.copy2(source, target)
        for lock in ("requirements.lock", "requirements-build.lock", "requirements-test.lock"):
            self.write(lock, "# nothing\n")
        self.write("config/config.yml", "studies: [khon-kaen]  # one\nlanguages: [th, en]\n")
        self.write("data/raw/khon-kaen/notes.txt", "บันทึก\n")
        self.write("data/raw/udon-thani/notes.txt", "บันทึก\n")
        self.write("workflow/Snakefile", SNAKEFILE)
        self.write("workflow/rules/toy.smk", RULES)
        self.write("workflow/scripts/toy.py", SCRIPT)
        self.write("workflow/thongthin/commands/check.py", CHECK)
        self.write("workflow/thongthin/flow/planning.py", '"""Nothing is wrong with the studies."""')

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def borrow_environment(self) -> None:
        """A `.venv` with the packages of the environment that runs this test, and the launcher's stamp."""
        borrow_environment(self.root)
        environment = Environment(self.root)
        environment.stamp.write_text(environment.source, encoding="utf-8")
        environment.test_stamp.write_text(environment.made_from(TEST_LOCK), encoding="utf-8")

    def variables(self) -> dict[str, str]:
        left_out = ("PYTEST_", "PIP_", "UV_", "PYTHONDONTWRITEBYTECODE")
        return {k: v for k, v in os.environ.items() if not k.startswith(left_out)}

    def start(self, *words: str, **variables: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(self.root / "paper.py"), *words],
            cwd=self.root.parent,
            env={**self.variables(), **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
            # A program that was started in the background of a shell hands down that Ctrl-C is ignored.
            preexec_fn=(lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)) if os.name == "posix" else None,
        )

    def start_and_wait(self) -> subprocess.Popen[str]:
        """Start a build that has done its first step, and whose second waits for the file `wait` to go."""
        self.write("wait", "")
        process = self.start("build")
        wait_for((self.root / "waits").exists, "the second step")
        return process

    def run(self, *words: str, **variables: str) -> tuple[int, str]:
        """Exit code of the launcher, and all that it and its programs printed."""
        process = self.start(*words, **variables)
        output, _ = process.communicate(timeout=120)
        assert "Traceback" not in output
        return process.returncode, output

    def build(self, *words: str, code: int = 0) -> str:
        """Build, in forks of a process that knows the libraries; require that it ends with this code."""
        command = [sys.executable, str(self.root / "paper.py"), "build", *words]
        done = nursery.run(command, self.root.parent, self.variables(), merged=True)
        assert "Traceback" not in done.stdout
        assert done.returncode == code, done.stdout
        return done.stdout


def load(path: Path) -> ModuleType:
    """The launcher as a module, for what only another computer would show."""
    spec = importlib.util.spec_from_file_location("paper", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    spec.loader.exec_module(module)
    sys.path[:] = before
    return module


def wait_for(condition: Callable[[], Any], what: str) -> None:
    for _ in range(3000):
        if condition():
            return
        time.sleep(0.02)
    pytest.fail(f"waited in vain for {what}")


def kill_session(leader: int) -> None:
    """Kill every process of a session, those too that are started meanwhile."""

    def alive(process: psutil.Process) -> bool:
        try:
            return os.getsid(process.pid) == leader and process.status() != psutil.STATUS_ZOMBIE
        except (ProcessLookupError, psutil.NoSuchProcess):
            return False

    while members := [process for process in psutil.process_iter() if alive(process)]:
        for process in members:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()


def rules_run(output: str) -> list[str]:
    """The rules of the progress lines: `[2/4] count  khon-kaen  0.3 s  ...`."""
    return [line.split("]")[1].split()[0] for line in output.splitlines() if line.startswith("[")]


@pytest.fixture
def bare(tmp_path: Path) -> Toy:
    """A project without an environment."""
    project = Toy(tmp_path / "โครงการ วิจัย")
    project.furnish()
    return project


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Toy:
    """A project without an environment, in which nothing is changed."""
    project = Toy(tmp_path_factory.mktemp("plain") / "โครงการ วิจัย")
    project.furnish()
    return project


@pytest.fixture
def toy(bare: Toy) -> Toy:
    """A project with an environment."""
    bare.borrow_environment()
    return bare


@pytest.fixture(scope="module")
def first_build(tmp_path_factory: pytest.TempPathFactory) -> tuple[Toy, str]:
    """A project whose study is built, and what the build printed."""
    project = Toy(tmp_path_factory.mktemp("built") / "โครงการ วิจัย")
    project.furnish()
    project.borrow_environment()
    return project, project.build()


@pytest.fixture
def built(first_build: tuple[Toy, str]) -> Iterator[Toy]:
    """The built project; the test may do with it what it likes."""
    project, _ = first_build
    kept = project.root.with_name("kept")
    shutil.copytree(project.root, kept, symlinks=True)
    yield project
    shutil.rmtree(project.root)
    kept.rename(project.root)


# Words ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "english", "thai"),
    [
        (["biuld"], 'no command "biuld". Did you mean "build"?', 'หมายถึง "build" หรือไม่'),
        (
            ["xyzzy"],
            f"Known: {', '.join(sorted(OPTIONS))}.",
            f"ที่ใช้ได้: {', '.join(sorted(OPTIONS))}",
        ),
        (["build", "--core", "2"], '"build" has no option "--core". Did you mean "--cores"?', 'ไม่มีตัวเลือก "--core"'),
        (["setup", "--qarto"], 'Did you mean "--quarto"?', 'หมายถึง "--quarto" หรือไม่'),
        (["build", "--cores", "none"], '"none" is not a number of cores', "คำสั่งไม่ถูกต้อง"),
        (["build", "--cores", "0"], '"0" is not a number of cores', "คำสั่งไม่ถูกต้อง"),
        (["build", "--profile", "slrum"], 'no profile "slrum". Did you mean "slurm"?', 'ไม่มีโปรไฟล์ "slrum"'),
        (["build", "konkaen"], 'no study "konkaen". Did you mean "khon-kaen"?', 'หมายถึง "khon-kaen" หรือไม่'),
        (["check", "data/raw/udonthani"], 'Did you mean "udon-thani"?', 'ไม่มีการศึกษา "udonthani"'),
        (["clean", ".."], 'There is no study "..".', 'ไม่มีการศึกษา ".."'),
        (["preview", "konkaen"], 'no study "konkaen". Did you mean "khon-kaen"?', 'หมายถึง "khon-kaen" หรือไม่'),
        (["preview", "--port", "80"], '"80" is not a port from 1024 to 65535', "คำสั่งไม่ถูกต้อง"),
        (["preview", "--language", "lo"], "invalid choice: 'lo'", "คำสั่งไม่ถูกต้อง"),
        (["preview", "--noopen"], 'Did you mean "--no-open"?', 'ไม่มีตัวเลือก "--noopen"'),
        (["new-study"], "the following arguments are required: name", "คำสั่งไม่ถูกต้อง"),
        (["new-study", "nan", "--surveys"], 'Did you mean "--survey"?', 'ไม่มีตัวเลือก "--surveys"'),
        (["new-study", "nan", "--survey", "--interviews"], "Give one of these: --survey or --interviews.", "--mixed"),
        (["describe-coding"], "Name a file or a folder, or a study", "ระบุไฟล์ โฟลเดอร์ หรือการศึกษา"),
        (["describe-coding", "x.qdpx", "--draft", "y"], 'Did you mean "--drafts"?', 'ไม่มีตัวเลือก "--draft"'),
        (["describe-coding", "x.qdpx", "--study", "konkaen"], 'no study "konkaen".', 'ไม่มีการศึกษา "konkaen"'),
        (["import-references", "x.bib", "konkaen"], 'no study "konkaen".', 'ไม่มีการศึกษา "konkaen"'),
        (["import-references", "x.bib", "--write"], "Name the study whose references.yml is written", "ระบุการศึกษา"),
        (["check-references"], "the following arguments are required: files", "คำสั่งไม่ถูกต้อง"),
    ],
)
def test_a_mistyped_word_is_answered_with_what_is_known(plain: Toy, words: list[str], english: str, thai: str) -> None:
    code, output = plain.run(*words)
    assert code == 1
    assert english in output
    assert thai in output
    assert not (plain.root / ".venv").exists()


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"], ["build", "--help"]])
def test_help_lists_every_command_in_both_languages(plain: Toy, words: list[str]) -> None:
    code, output = plain.run(*words)
    assert code == 0
    for word in (
        "build [STUDY ...] [--cores N] [--dry-run] [--explain] [--draft] [--fresh] [--blind] [--cold]",
        "check [",
        "test [",
        "clean [",
        "setup [--quarto]",
    ):
        assert word in output
    assert "describe-coding [FILE ...] [--study STUDY] [--drafts [FOLDER]]" in output
    assert "preview [STUDY] [--language th|en] [--pdf] [--port PORT] [--no-open]" in output
    assert "new-study NAME [--survey | --interviews | --mixed]" in output
    assert "ตรวจข้อมูลเข้าทั้งหมด" in output
    assert "บอกว่าไฟล์ (หรือโฟลเดอร์) ลงรหัสมีอะไรบ้าง" in output


def test_a_study_that_the_configuration_does_not_list_is_not_built(toy: Toy) -> None:
    code, output = toy.run("build", "udon-thani")
    assert code == 1
    assert 'The study "udon-thani" is not built yet: add it to `studies` in config/config.yml.' in output
    assert "โปรดเพิ่มชื่อใน `studies` ของ config/config.yml" in output
    assert not (toy.root / "results").exists()


@pytest.mark.parametrize(
    "text",
    [
        "studies: [khon-kaen]\n",
        "# studies: [x]\nlanguages: [th]\nstudies: [khon-kaen, udon_2]  # two\nformats: [html]\n",
        "studies:\n  - khon-kaen   # first\n\n  - 'ขอนแก่น'\nlanguages: [th, en]\n",
        'studies: ["a",\n  "b.c"]\n',
        '"studies": ["khon-kaen"]\n',
        "{studies: [khon-kaen], languages: [th]}\n",
        "all: &all [khon-kaen]\nstudies: *all\n",
    ],
)
def test_the_studies_of_the_configuration_are_those_that_the_check_reads(tmp_path: Path, text: str) -> None:
    Toy(tmp_path).write("config/config.yml", text)
    assert build.configured_studies(tmp_path) == yaml.safe_load(text)["studies"]


@pytest.mark.parametrize("text", ["studies: khon-kaen\n", "studies: [khon-kaen\n", "- khon-kaen\n", "", None])
def test_of_a_configuration_that_cannot_be_used_the_plan_tells(tmp_path: Path, text: str | None) -> None:
    """No study is looked at then; the plan, which reads the configuration whole, refuses with a list of problems."""
    if text is not None:
        Toy(tmp_path).write("config/config.yml", text)
    assert build.configured_studies(tmp_path) == []


def test_a_quoted_key_and_a_thai_code_page_are_read_by_a_build_as_by_the_check(toy: Toy) -> None:
    text = '# การตั้งค่า\n"studies": ["khon-kaen"]\n'
    (toy.root / "config/config.yml").write_bytes(text.encode("cp874"))
    output = toy.build("khon-kaen", "--dry-run")
    assert rules_run(output) == ["read", "count", "render", "list_files"]


# An old Python -------------------------------------------------------------------------------------------------------


def old_pythons() -> list[str]:
    found = [shutil.which(f"python3.{minor}") for minor in range(6, 11)]
    managed = sorted(Path.home().glob(".pyenv/versions/3.*/bin/python"))
    return [p for p in found if p] + [str(p) for p in managed if int(p.parts[-3].split(".")[1]) in range(6, 11)]


def test_an_old_python_is_told_which_one_is_needed() -> None:
    told = 0
    for python in old_pythons():
        done = subprocess.run([python, str(ROOT / "paper.py"), "build"], capture_output=True, check=False)
        if b"command not found" in done.stderr:  # a version manager's stand-in for a Python that is not chosen
            continue
        assert done.returncode == 1
        assert done.stderr.startswith(b"Thongthin needs Python 3.11 or newer; this is 3.")
        assert b"Traceback" not in done.stderr
        told += 1
    if not told:
        pytest.skip("no Python older than 3.11 on this computer")


def test_the_launcher_parses_on_python_3_6_and_stops_there(monkeypatch: pytest.MonkeyPatch) -> None:
    ast.parse((ROOT / "paper.py").read_text(encoding="utf-8"), feature_version=(3, 6))
    monkeypatch.setattr(sys, "version_info", (3, 10, 13, "final", 0))
    with pytest.raises(SystemExit, match=r"(?s)needs Python 3\.11 or newer; this is 3\.10\..*แต่นี่คือ 3\.10"):
        runpy.run_path(str(ROOT / "paper.py"))


def test_the_launcher_and_set_up_need_the_standard_library_only() -> None:
    """They run before there is an environment, and so does all that they import."""
    workflow = ROOT / "workflow"
    waiting, seen = [ROOT / "paper.py"], set()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
        names |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
        ours = {name for name in names if name.split(".")[0] == "thongthin"}
        others = {name for name in names - ours if name.split(".")[0] not in sys.stdlib_module_names}
        assert not others, path.name
        for name in ours:
            file = workflow.joinpath(*name.split("."))
            packages = [
                parent / "__init__.py" for parent in file.parents if parent.is_relative_to(workflow / "thongthin")
            ]
            waiting += {file.with_suffix(".py"), *packages} - seen
    assert {path.stem for path in seen} >= {"paper", "setup", "running", "environment", "__init__"}


# Set-up --------------------------------------------------------------------------------------------------------------


def make_wheel(folder: Path, name: str, version: str, entry_points: str = "") -> str:
    """A wheel with one module, `run()` of which prints the version; returns its SHA-256."""
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": f"def run():\n    print({version!r})\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": entry_points,
    }
    digests = {path: base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()) for path, text in files.items()}
    rows = [f"{path},sha256={digest.decode().rstrip('=')},{len(files[path])}\n" for path, digest in digests.items()]
    files[f"{info}/RECORD"] = "".join(rows) + f"{info}/RECORD,,\n"
    folder.mkdir(exist_ok=True)
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def make_source(folder: Path, name: str) -> str:
    """A source package that leaves a mark in `folder` when it is built; returns its SHA-256."""
    mark = str(folder / "it-ran.txt")
    setup = f"open({mark!r}, 'w').close()\nfrom setuptools import setup\nsetup(name={name!r}, version='1.0')\n"
    path = folder / f"{name}-1.0.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for file, text in (("setup.py", setup), ("PKG-INFO", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")):
            member = tarfile.TarInfo(f"{name}-1.0/{file}")
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return hashlib.sha256(path.read_bytes()).hexdigest()


def without_network(installer: str, wheels: Path) -> dict[str, str]:
    """Variables under which the installer of that name, pip or uv, is used and finds packages in that folder only."""
    folders = [f for f in os.environ["PATH"].split(os.pathsep) if not shutil.which("uv", path=f)]
    if installer == "uv":
        uv = shutil.which("uv")
        if not uv:
            pytest.skip("uv is not on this computer")
        folders.append(str(Path(uv).parent))
    wheels.mkdir()
    return {
        "PATH": os.pathsep.join(folders),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(wheels),
        "UV_OFFLINE": "1",
        "UV_NO_INDEX": "1",
        "UV_FIND_LINKS": str(wheels),
    }


@pytest.fixture(params=["pip", "uv"])
def offline(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    return without_network(request.param, tmp_path / "wheels")


@pytest.fixture
def quick(tmp_path: Path) -> dict[str, str]:
    """The installer that makes an environment in no time, where it is there."""
    return without_network("uv" if shutil.which("uv") else "pip", tmp_path / "wheels")


REFUSED = "A downloaded package is not the one that requirements.lock names"
NO_NETWORK = "A download failed. Is this computer connected to the internet? Then start again. Details: logs/setup.log"


def test_set_up_replaces_a_partial_environment_compiles_runs_once_and_installs_what_the_locks_name(
    bare: Toy, offline: dict[str, str]
) -> None:
    wheels = bare.root.parent / "wheels"
    digest = make_wheel(wheels, "tiny", "1.0")
    bare.write("requirements.lock", f"tiny==1.0 --hash=sha256:{digest}\n")
    bare.write(".venv/half-made.txt", "")
    code, output = bare.run("setup", **offline)
    assert code == 0, output
    assert "Setting up, once" in output
    assert not (bare.root / ".venv" / "half-made.txt").exists()
    assert list((bare.root / ".venv").rglob("__pycache__/tiny.*.pyc"))

    code, output = bare.run("setup", **offline)
    assert (code, output) == (0, "The environment is ready.  สภาพแวดล้อมพร้อมใช้งาน\n")

    bare.write("requirements-test.lock", f"pytest==1.0 --hash=sha256:{make_wheel(wheels, 'pytest', '1.0')}\n")
    assert not list((bare.root / ".venv").rglob("pytest*"))
    assert "Adding the packages of the tests" in bare.run("test", **offline)[1]
    assert list((bare.root / ".venv").rglob("pytest.py"))
    assert "Adding the packages of the tests" not in bare.run("test", **offline)[1]

    bare.write("requirements-slurm.lock", f"plugin==1.0 --hash=sha256:{make_wheel(wheels, 'plugin', '1.0')}\n")
    output, _ = bare.start("build", "--profile", "slurm", **offline).communicate(timeout=120)
    assert "Adding the packages of profiles/slurm, once." in output
    assert list((bare.root / ".venv").rglob("plugin.py"))

    make_wheel(wheels, "other", "1.0")
    for lock, english, thai in (
        ("other==1.0", "stands there without its hash", "ไม่มีค่าแฮชกำกับ"),
        # Of a source package, pip says no more than that it found no distribution.
        (
            f"made==1.0 --hash=sha256:{make_source(wheels, 'made')}",
            "source packages are not built|A download failed",
            "",
        ),
    ):
        bare.write("requirements-test.lock", f"{lock}\n")
        code, output = bare.run("test", **offline)
        assert code == 1
        assert re.search(english, output), output
        assert thai in output
    assert not (wheels / "it-ran.txt").exists()
    told_of_what_fails(bare, wheels, "test", "requirements-test.lock", offline)
    quarto_is_added(bare, wheels, offline)


def told_of_what_fails(toy: Toy, wheels: Path, word: str, lock: str, offline: dict[str, str]) -> None:
    """Have the packages of a lock, for which that word of the launcher asks, be others than it names, and none."""
    make_wheel(wheels, "late", "1.0")
    toy.write(lock, f"late==1.0 --hash=sha256:{'0' * 64}\n")
    code, output = toy.run(word, **offline)
    assert code == 1
    assert REFUSED in output
    assert "แพ็กเกจที่ดาวน์โหลดมาไม่ตรง" in output

    toy.write(lock, f"gone==1.0 --hash=sha256:{'0' * 64}\n")
    code, output = toy.run(word, **offline)
    assert code == 1
    assert NO_NETWORK in output
    assert "ดาวน์โหลดไม่ได้" in output
    assert "gone" in toy.read("logs/setup.log")


def quarto_is_added(toy: Toy, wheels: Path, offline: dict[str, str]) -> None:
    make_wheel(wheels, "quarto_cli", "1.9.38", "[console_scripts]\nquarto = quarto_cli:run\n")
    code, output = toy.run("setup", "--quarto", **offline)
    assert code == 0, output
    assert "Quarto is ready" in output
    quarto = Environment(toy.root).python.parent / "quarto"
    assert shutil.which(str(quarto))
    assert toy.read("logs/setup.log").strip().endswith("1.9.38")


def test_an_environment_is_whole_once_all_was_installed_and_for_its_lock_only(
    bare: Toy, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment, fails = Environment(bare.root), [True, False, False]

    def install(own: Environment, *_: list[str]) -> None:
        own.folder.mkdir()
        own.python.parent.mkdir(parents=True, exist_ok=True)
        own.python.touch()
        if fails.pop(0):
            raise setup.Stop("no network", "ไม่มีเครือข่าย")

    monkeypatch.setattr(Environment, "run_logged", install)
    monkeypatch.setattr(Environment, "get_ahead", lambda _: None)
    with pytest.raises(setup.Stop):
        environment.set_up()
    assert environment.python.exists() and not environment.stands
    environment.set_up()  # which takes away what was begun
    assert environment.stands
    bare.write(".venv/of-the-first.txt", "")
    environment.set_up()
    assert fails == [False], "it stands"
    bare.write("requirements.lock", "# another lock\n")
    assert not environment.stands
    environment.set_up()
    assert environment.stands and not (bare.root / ".venv" / "of-the-first.txt").exists()


@pytest.mark.long
def test_another_lock_is_another_environment(toy: Toy, quick: dict[str, str]) -> None:
    digest = make_wheel(toy.root.parent / "wheels", "tiny", "1.0")
    toy.write("requirements.lock", f"# another lock\ntiny==1.0 --hash=sha256:{digest}\n")
    toy.write(".venv/of-the-first.txt", "")
    assert "Setting up, once" in toy.run("setup", **quick)[1]
    assert not (toy.root / ".venv" / "of-the-first.txt").exists()


@pytest.mark.long
def test_an_environment_whose_packages_cannot_be_had_is_not_taken_for_whole(bare: Toy, quick: dict[str, str]) -> None:
    told_of_what_fails(bare, bare.root.parent / "wheels", "build", "requirements.lock", quick)
    assert not (bare.root / ".venv" / "thongthin-stamp").exists()


@pytest.mark.long
def test_quarto_is_added_from_its_package_to_a_new_environment(bare: Toy, quick: dict[str, str]) -> None:
    quarto_is_added(bare, bare.root.parent / "wheels", quick)


def test_where_quarto_cannot_be_had_the_embedded_renderer_stays(toy: Toy) -> None:
    (toy.root / ".venv").joinpath("kept.txt").touch()
    code, output = toy.run("setup", "--quarto", PATH=os.defpath, PIP_NO_INDEX="1", PIP_CONFIG_FILE=os.devnull)
    assert code == 1
    assert "Quarto could not be added; the embedded renderer stays." in output
    assert "ติดตั้ง Quarto ไม่ได้ จึงใช้ตัวจัดหน้าในตัวต่อไป" in output
    assert toy.root.joinpath(".venv", "kept.txt").exists()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (errno.ENOSPC, "The disk is full. Make room and start again"),
        (errno.EACCES, "is not allowed, or a file there is open in another program."),
        (errno.EROFS, "is not allowed, or a file there is open in another program."),
    ],
)
def test_a_full_disk_and_a_closed_folder_end_with_a_sentence(
    bare: Toy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: int, sentence: str
) -> None:
    def fail(*_: Any) -> None:
        raise OSError(error, os.strerror(error))

    launcher = load(bare.root / "paper.py")
    monkeypatch.setattr(Environment, "run_logged", fail)
    monkeypatch.setattr(sys, "argv", ["paper.py", "build"])
    assert launcher.main() == 1
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("closed", ["results", "results/khon-kaen", "data/processed/khon-kaen", "logs"])
def test_a_folder_of_results_that_may_not_be_written_to_is_named_before_a_build(
    bare: Toy, monkeypatch: pytest.MonkeyPatch, closed: str
) -> None:
    def write(path: Path, data: bytes) -> int:
        if path.parent == bare.root / closed:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        return usual(path, data)

    usual = Path.write_bytes
    for folder in setup.GENERATED:
        (bare.root / folder / "khon-kaen").mkdir(parents=True)
    build.need_writing(bare.root, ["khon-kaen", "not-built-yet"])
    assert not [path for path in (bare.root / "results").rglob("*") if path.is_file()]
    monkeypatch.setattr(Path, "write_bytes", write)
    with pytest.raises(setup.Stop) as stopped:
        build.need_writing(bare.root, ["khon-kaen", "not-built-yet"])
    english, thai = stopped.value.args
    assert english.startswith(f"Writing in {bare.root / closed} is not allowed.")
    assert thai.startswith(f"ไม่มีสิทธิ์เขียนใน {bare.root / closed}")


def test_a_build_that_failed_on_a_full_disk_ends_with_the_sentence(
    bare: Toy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    launcher = load(bare.root / "paper.py")
    rooms = [10**9, 0]  # before the build, and after it
    (bare.root / "data" / "raw" / "khon-kaen").mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(Environment, "set_up", lambda _: None)
    monkeypatch.setattr(launcher, "run", lambda *_, **__: 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**12, 0, rooms.pop(0)))
    monkeypatch.setattr(sys, "argv", ["paper.py", "build"])
    assert launcher.main() == 1
    assert capsys.readouterr().err.splitlines()[-2:] == list(setup.FULL_DISK)


@pytest.mark.parametrize("free", [0, 200_000_000])
def test_set_up_is_not_begun_on_an_almost_full_disk(
    bare: Toy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], free: int
) -> None:
    launcher = load(bare.root / "paper.py")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**12, 10**12 - free, free))
    monkeypatch.setattr(sys, "argv", ["paper.py", "build"])
    assert launcher.main() == 1
    english, thai = capsys.readouterr().err.splitlines()
    assert english.startswith("The disk is full.")
    assert thai.startswith("ดิสก์เต็ม")
    assert not (bare.root / ".venv").exists()


def test_a_python_that_cannot_make_environments_is_named(
    bare: Toy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    launcher = load(bare.root / "paper.py")
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(setup, "find_spec", lambda name: None if name == "ensurepip" else object())
    monkeypatch.setattr(sys, "argv", ["paper.py", "setup"])
    assert launcher.main() == 1
    assert "This Python lacks its modules venv and ensurepip. Install uv" in capsys.readouterr().err


# Builds --------------------------------------------------------------------------------------------------------------


def test_a_build_shows_its_steps_and_ends_with_what_was_made(first_build: tuple[Toy, str]) -> None:
    _, output = first_build
    lines = output.splitlines()
    assert rules_run(output) == ["read", "count", "render", "list_files"]
    assert any(re.match(r"\[1/4\] read        khon-kaen +\d+\.\d s  Notes become a table", line) for line in lines)
    assert "{params" not in output
    end = lines[lines.index("4 steps done.  เสร็จ 4 ขั้นตอน") :]
    assert end[1:6] == [
        "khon-kaen  (rendered by / จัดหน้าด้วย: embedded)",
        "  results/khon-kaen/article.th.html  0 kB",
        "  data/processed/khon-kaen/  1 file / 1 ไฟล์",
        "  results/khon-kaen/article/  1 file / 1 ไฟล์",
        "  results/khon-kaen/tables/  1 file / 1 ไฟล์",
    ]
    assert end[6].startswith("Done in ")


def test_a_second_build_does_nothing_and_says_so(built: Toy) -> None:
    output = built.build()
    assert "Nothing to do: everything is up to date." in output
    assert rules_run(output) == []
    assert "results/khon-kaen/article.th.html" in output


def test_a_study_can_be_named_by_its_folder(built: Toy) -> None:
    built.write("data/raw/khon-kaen/notes.txt", "อื่น\n")
    output = built.build("data/raw/khon-kaen/", "--cores", "1")
    assert rules_run(output) == ["read", "count", "render", "list_files"]


def test_a_dry_run_tells_what_would_be_built_and_why(built: Toy) -> None:
    built.write("data/raw/khon-kaen/notes.txt", "อื่น\n")
    output = built.build("--dry-run")
    assert "[1/4] read        khon-kaen  Notes become a table" in output
    assert "newer than what was made from it: data/raw/khon-kaen/notes.txt\n" in output
    assert "ใหม่กว่าสิ่งที่สร้างไว้: data/raw/khon-kaen/notes.txt\n" in output
    assert built.read("data/processed/khon-kaen/notes.csv") == "บันทึก\n"


def test_what_is_asked_of_a_build_reaches_snakemake(built: Toy, monkeypatch: pytest.MonkeyPatch) -> None:
    launcher = load(built.root / "paper.py")
    asked: list[str] = []
    monkeypatch.setattr(launcher, "run", lambda *words, **_: asked.extend(words) or 0)
    monkeypatch.setattr(sys, "argv", ["paper.py", "build", "khon-kaen", "--cores", "3", "--cold"])
    assert launcher.main() == 0
    assert asked == ["thongthin.commands.build", "--cores", "3", "--cold", "khon-kaen"]
    given = build.snakemake_words(["khon-kaen"], build.Ways(cores=3, cold=True))
    assert given[-7:] == ["--config", "studies=[khon-kaen]", "cold=true", "--cores", "3", "--", "all"]
    asked.clear()
    monkeypatch.setattr(sys, "argv", ["paper.py", "build", "--profile", "profiles/slurm"])
    assert launcher.main() == 0
    assert asked == ["thongthin.commands.build", "--profile", "slurm"]
    given = build.snakemake_words([], build.Ways(profile="slurm"))
    assert given[-4:] == ["--workflow-profile", "profiles/slurm", "--", "all"]


@posix_only
def test_beside_jobs_that_an_earlier_build_left_on_a_cluster_none_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "โครงการ วิจัย"
    squeue = tmp_path / "squeue"
    monkeypatch.setenv("PATH", str(tmp_path))
    build.need_no_jobs(folder)  # where there is no SLURM, Snakemake tells of it
    squeue.write_text(f"#!/bin/sh\necho '7|{tmp_path}'\n", encoding="utf-8")
    squeue.chmod(0o755)
    build.need_no_jobs(folder)
    squeue.write_text(f"#!/bin/sh\necho '12|{folder}'\necho '7|{tmp_path}'\necho '13|{folder}'\n", encoding="utf-8")
    with pytest.raises(setup.Stop, match="Wait for them, or end them: scancel 12 13"):
        build.need_no_jobs(folder)


@pytest.mark.parametrize("path", ["results/khon-kaen/tables/letters.csv", "results/khon-kaen/article.th.html"])
def test_a_made_file_that_was_changed_by_hand_is_named_and_made_anew(built: Toy, path: str) -> None:
    file = built.root / path
    before = file.stat()
    built.write(path, "แก้ไข\n")  # as many bytes as before, and below as old: only the hash tells
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    output = built.build()
    assert "Changed since they were built, so built again" in output
    assert "ถูกแก้ไขหลังสร้าง จึงสร้างใหม่" in output
    assert f"  {path}" in output.splitlines()
    assert built.read(path) == "บันทึก\n"
    assert "Nothing to do" in built.build()


@pytest.mark.parametrize("path", ["data/processed/khon-kaen/notes.csv", "results/khon-kaen/article.th.html"])
def test_a_made_file_that_was_deleted_is_made_anew_without_a_word(built: Toy, path: str) -> None:
    (built.root / path).unlink()
    output = built.build()
    assert "Changed since" not in output
    assert built.read(path) == "บันทึก\n"


def test_a_manifest_cannot_lead_to_the_deletion_of_other_files(built: Toy) -> None:
    built.write(
        "results/khon-kaen/manifest.csv",
        "path,bytes,sha256\ndata/raw/khon-kaen/notes.txt,1,0\nresults/khon-kaen/../../config/config.yml,1,0\n",
    )
    built.build()
    assert built.read("data/raw/khon-kaen/notes.txt") == "บันทึก\n"
    assert built.read("config/config.yml").startswith("studies")


def test_a_failed_step_shows_its_log_and_nothing_else(built: Toy) -> None:
    built.write("data/raw/khon-kaen/notes.txt", "render\n")
    output = built.build(code=1)
    head, _, shown = output.partition("This step failed / ขั้นตอนนี้ไม่สำเร็จ: render  (logs/khon-kaen/render.log)\n")
    assert rules_run(head) == ["read", "count", "render"]
    assert shown.rstrip("\n") == "data/raw/khon-kaen/notes.txt, line 1:\n  wrong\n  ผิด"


@posix_only
def test_a_step_that_dies_is_told_by_what_it_died_of(built: Toy) -> None:
    built.write("data/raw/khon-kaen/notes.txt", "kill count\n")
    code, output = built.run("build")
    assert code == 1
    head, _, shown = output.partition("This step failed / ขั้นตอนนี้ไม่สำเร็จ: count  (logs/khon-kaen/count.log)\n")
    assert rules_run(head) == ["read", "count"]
    assert "Command 'python " in shown and "died with <Signals.SIGKILL: 9>" in shown


def test_what_a_failed_build_has_made_does_not_count_as_changed_by_hand(built: Toy) -> None:
    built.write("data/raw/khon-kaen/notes.txt", "render\n")
    built.build(code=1)
    output = built.build(code=1)
    assert "Changed since" not in output
    assert rules_run(output) == ["render"]

    built.write("results/khon-kaen/tables/letters.csv", "แก้ไข\n")
    assert "  results/khon-kaen/tables/letters.csv" in built.build(code=1).splitlines()


def test_snakemake_by_itself_takes_the_profile_and_needs_nothing_else(built: Toy) -> None:
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    command = [str(Environment(built.root).python), "-m", "snakemake", "--dry-run"]
    done = subprocess.run(command, cwd=built.root, env=kept, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "Using workflow specific profile profiles/default" in done.stderr
    assert "Nothing to be done" in done.stdout + done.stderr


@posix_only
def test_a_second_build_waits_for_the_first_even_when_its_launcher_was_killed(toy: Toy) -> None:
    first = toy.start_and_wait()
    code, output = toy.run("build")
    assert code == 1
    assert "Another build or set-up is running in this folder." in output
    assert "มีการสร้างหรือการติดตั้งอื่นทำงานอยู่" in output

    first.kill()
    assert toy.run("build")[0] == 1
    (toy.root / "wait").unlink()
    first.communicate(timeout=60)
    toy.build()


@posix_only
def test_a_build_of_which_every_process_was_killed_is_completed_by_the_next(toy: Toy) -> None:
    first = toy.start_and_wait()
    kill_session(first.pid)
    first.communicate(timeout=60)
    (toy.root / "wait").unlink()
    output = toy.build()
    assert rules_run(output)[-3:] == ["count", "render", "list_files"]
    assert toy.read("results/khon-kaen/article.th.html") == "บันทึก\n"


# Tidies up for so long as the file `wait` is there, and notes each Ctrl-C.
PREVIEW = """
import signal, sys, time
from pathlib import Path

interrupts = []
signal.signal(signal.SIGINT, lambda *_: interrupts.append(1))
signal.signal(signal.SIGTERM, lambda *_: None)
Path("waits").write_text(" ".join(sys.argv[1:]))
while not interrupts or Path("wait").exists():
    time.sleep(0.02)
    Path("interrupts").write_text(str(len(interrupts)))
print("tidy")
"""


@posix_only
def test_ctrl_c_leaves_a_preview_the_time_to_tidy_up(toy: Toy) -> None:
    shutil.rmtree(toy.root / "workflow/thongthin/commands/preview")
    toy.write("workflow/thongthin/commands/preview.py", PREVIEW)
    toy.write("wait", "")
    process = toy.start("preview", "khon-kaen", "--language", "en", "--pdf", "--port", "8001", "--no-open")
    wait_for((toy.root / "interrupts").exists, "the preview")
    assert toy.read("waits") == "khon-kaen --language=en --pdf --port=8001 --no-open"
    for count in ("1", "2"):
        os.killpg(process.pid, signal.SIGINT)
        wait_for(lambda count=count: toy.read("interrupts") == count, f"Ctrl-C {count}")
    assert process.poll() is None
    (toy.root / "wait").unlink()
    output, _ = process.communicate(timeout=60)
    assert (process.returncode, output) == (0, "tidy\n")


@posix_only
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_finishes_what_runs_and_says_that_it_can_go_on(toy: Toy, sign: signal.Signals) -> None:
    first = toy.start_and_wait()
    os.killpg(first.pid, sign)  # as a terminal does for Ctrl-C
    time.sleep(1)
    (toy.root / "wait").unlink()
    output, _ = first.communicate(timeout=60)
    assert "Traceback" not in output
    assert first.returncode == 130
    assert rules_run(output) == ["read", "count"]
    assert "Stopped. What was finished is kept; the next build goes on from there." in output
    assert "หยุดแล้ว งานที่เสร็จแล้วยังอยู่" in output
    assert rules_run(toy.build()) == ["render", "list_files"]


@posix_only
def test_a_build_that_was_interrupted_twice_stops_at_once(toy: Toy) -> None:
    first = toy.start_and_wait()
    os.killpg(first.pid, signal.SIGINT)
    time.sleep(0.5)
    os.killpg(first.pid, signal.SIGINT)
    wait_for(lambda: first.poll() is not None, "the end of the launcher")
    assert first.returncode == 130
    # What is printed ends with the last process that could print: the step that waits is gone as well.
    assert "Stopped." in first.communicate(timeout=60)[0]
    (toy.root / "wait").unlink()
    assert rules_run(toy.build()) == ["count", "render", "list_files"]


# The other commands --------------------------------------------------------------------------------------------------


def test_check_passes_words_and_exit_code_and_runs_in_a_clean_environment(toy: Toy) -> None:
    code, output = toy.run("check", "khon-kaen", PYTHONHOME="", SNAKEMAKE_PROFILE="/nowhere", PYTHONPATH="/nowhere")
    seen = yaml.safe_load(output)
    assert code == 7
    assert seen["words"] == ["khon-kaen"]
    assert Path(seen["folder"]) == toy.root
    variables = seen["variables"]
    assert not {"PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "SNAKEMAKE_PROFILE"} & set(variables)
    assert variables["PYTHONPATH"] == str(toy.root / "workflow")
    assert variables["PYTHONUTF8"] == "1"
    assert variables["PYTHONHASHSEED"] == "0"
    assert variables["PATH"].startswith(str(toy.root / ".venv"))
    assert not (toy.root / ".snakemake").exists(), "it writes nothing, so that a folder may be read-only"


def test_describe_coding_passes_paths_that_hold_wherever_it_was_called(toy: Toy, tmp_path: Path) -> None:
    """The program runs in the project folder, while a file may stand anywhere."""
    toy.write("workflow/thongthin/commands/describe_coding.py", CHECK)
    words = ["describe-coding", "งาน.qdpx", "--study", "data/raw/khon-kaen", "--drafts", "ร่าง/x"]
    code, output = toy.run(*words)
    assert code == 7
    seen = yaml.safe_load(output)
    called = Path(seen["words"][0]).parent
    assert seen["words"] == [str(called / "งาน.qdpx"), "--study", "khon-kaen", "--drafts", str(called / "ร่าง" / "x")]
    assert called.is_absolute()
    code, output = toy.run("describe-coding", str(tmp_path / "-x.qdpx"))
    assert yaml.safe_load(output)["words"] == [str(tmp_path / "-x.qdpx")]
    code, output = toy.run("describe-coding", "--study", "khon-kaen", "--drafts")
    assert yaml.safe_load(output)["words"] == ["--study", "khon-kaen", "--drafts"]


def test_references_are_imported_from_wherever_the_file_stands(toy: Toy) -> None:
    toy.write("workflow/thongthin/commands/import_references.py", CHECK)
    code, output = toy.run("import-references", "งาน.bib", "b.ris", "khon-kaen", "--write", "--pair", "a=b")
    assert code == 7
    first, second, *others = yaml.safe_load(output)["words"]
    assert Path(first).is_absolute() and (Path(first).name, Path(second).name) == ("งาน.bib", "b.ris")
    assert others == ["--study", "khon-kaen", "--write", "--pair=a=b"]
    code, output = toy.run("import-references", "a.bib")
    assert [Path(word).name for word in yaml.safe_load(output)["words"]] == ["a.bib"]


def test_new_study_passes_the_name_as_it_was_typed(toy: Toy) -> None:
    toy.write("workflow/thongthin/commands/new_study.py", CHECK)
    code, output = toy.run("new-study", "../เชียงราย 1")
    assert code == 7
    assert yaml.safe_load(output)["words"] == ["../เชียงราย 1"]
    _, output = toy.run("new-study", "nan", "--survey")
    assert yaml.safe_load(output)["words"] == ["nan", "--survey"]


def test_test_runs_pytest_with_the_words_that_follow(toy: Toy) -> None:
    toy.write("tests/test_toy.py", "def test_good():\n    pass\n\n\ndef test_bad():\n    raise SystemError\n")
    code, output = toy.run("test", "-k", "good", "-n", "0")
    assert code == 0, output
    assert "1 passed, 1 deselected" in output


def test_clean_removes_what_was_generated_and_nothing_else(built: Toy) -> None:
    built.write("results/other/kept.txt", "")
    code, output = built.run("clean", "khon-kaen")
    assert code == 0
    assert "Removed / ลบแล้ว: results/khon-kaen/" in output
    for folder in ("results", "data/processed", "logs"):
        assert not (built.root / folder / "khon-kaen").exists()
    assert (built.root / "results/other/kept.txt").exists()
    assert built.read("data/raw/khon-kaen/notes.txt") == "บันทึก\n"

    built.write("results/fonts/a.ttf", "")
    built.write("data/processed/README.md", "kept\n")
    assert built.run("clean")[0] == 0
    assert not list((built.root / "results").iterdir())
    assert built.read("data/processed/README.md") == "kept\n"
    assert built.read("data/raw/khon-kaen/notes.txt") == "บันทึก\n"


@posix_only
def test_clean_removes_a_link_and_not_what_it_leads_to(built: Toy, tmp_path: Path) -> None:
    elsewhere = tmp_path / "disk" / "khon-kaen"
    shutil.move(built.root / "results" / "khon-kaen", elsewhere)
    (built.root / "results" / "khon-kaen").symlink_to(elsewhere, target_is_directory=True)
    code, output = built.run("clean", "khon-kaen")
    assert code == 0 and "Removed, a link / ลบลิงก์แล้ว: results/khon-kaen" in output
    assert not os.path.lexists(built.root / "results" / "khon-kaen") and (elsewhere / "manifest.csv").is_file()


def test_clean_removes_what_a_study_that_is_gone_has_left(built: Toy) -> None:
    built.write("results/old-name/article.en.html", "")
    code, output = built.run("clean", "old-name")
    assert code == 0, output
    assert not (built.root / "results/old-name").exists()
