"""Warm steps are what they are alone: their state, their end, their messages; and nothing of them is left behind."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from processes import is_gone

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="steps run alone where there is no fork")

WORKFLOW = Path(__file__).parents[3] / "workflow"

# Runs scripts as a build does, one after the other, and says how each ended: usage: alone|warm SCRIPT ...
BUILD = """
import json, logging, os, subprocess, sys, threading
os.environ["PATH"] = os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"]
sys.executable = "python"
from snakemake.benchmark import BenchmarkRecord
from snakemake.logging import logger
from snakemake.script import PythonScript
from thongthin.flow.warm import install

logger.addHandler(logging.StreamHandler())
logger.setLevel("INFO")
if sys.argv[1] == "warm":
    install()
answers = []

def run(name):
    script = object.__new__(PythonScript)
    plain = ("container_img", "conda_env", "env_modules", "conda_base_path", "shadow_dir", "runtime_paths")
    script.__dict__.update(dict.fromkeys(plain), resources={"tmpdir": "/tmp"}, rulename=name, singularity_args="")
    script.__dict__.update(threads=1 + name.endswith("threads.py"), bench_record=BenchmarkRecord())
    try:
        script.execute_script(os.path.abspath(name))
        status = 0
    except subprocess.CalledProcessError as error:
        status = error.returncode
    record = script.bench_record
    took = [record.running_time or 0, record.max_rss or 0, record.cpu_time, record.get_benchmarks()]
    answers.append([name, status, *took])

steps = [threading.Thread(target=run, args=[name]) for name in sys.argv[2:]]
for step in steps:
    step.start()
    if not os.environ.get("TOGETHER"):
        step.join()
for step in steps:
    step.join()
print(json.dumps(answers))
"""


def start(folder: Path, how: str, *scripts: str, **variables: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, how, *scripts],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(WORKFLOW), **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def build(folder: Path, how: str, *scripts: str, **variables: str) -> tuple[list[Any], str]:
    """How the scripts ended (name, status, seconds, MB, CPU seconds, record), and what was printed on stderr."""
    process = start(folder, how, *scripts, **variables)
    out, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    return json.loads(out.splitlines()[-1]), errors


STATE = """
import gc, json, os, random, signal, sys, threading, uuid
import numpy.random as drawing
found = {
    "folder": os.getcwd(), "argv": sys.argv, "path": sys.path, "flags": str(sys.flags),
    "executable": sys.executable, "prefix": sys.prefix,
    "environment": {k: v for k, v in os.environ.items() if k not in ("_", "SHLVL", "OLDPWD")},
    "signals": {str(s): str(signal.getsignal(s)) for s in signal.valid_signals()},
    "blocked": sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])),
    "wake-up": signal.set_wakeup_fd(-1),
    "threads": threading.active_count(), "main": threading.main_thread() is threading.current_thread(),
    "descriptors": sorted(int(d) for d in os.listdir("/dev/fd"))[:-1],
    "group": os.getpgid(0) == os.getpgid(os.getppid()), "session": os.getsid(0) == os.getsid(os.getppid()),
    "umask": os.umask(0o22), "nice": os.nice(0), "encoding": [sys.stdout.encoding, sys.stderr.encoding],
    "warnings": [str(w) for w in __import__("warnings").filters],
    "__main__": sorted(vars(sys.modules["__main__"])), "file": __file__, "recursion": sys.getrecursionlimit(),
    "collects": gc.isenabled(),
}
class Here: pass
import pickle
found["pickles"] = type(pickle.loads(pickle.dumps(Here()))).__name__
with open("state.json", "w") as file:
    json.dump(found, file)
with open("drawn.txt", "a") as file:
    print(random.random(), drawing.random(), uuid.uuid4(), file=file)
"""


ENDS = {
    "good": "pass",
    "text": "import sys; sys.exit('ไม่สำเร็จ')",
    "number": "raise SystemExit(7)",
    "hard": "import os; os._exit(3)",
    "error": "def f():\n    raise KeyError('x')\nf()",
    "syntax": "def f(:",
    "missing": "import nothing_of_this_name",
    "exit": "import atexit, threading, time\natexit.register(print, 'at exit', flush=True)\n"
    "threading.Thread(target=lambda: (time.sleep(0.2), open('thread', 'w').close())).start()",
}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[list[Any], list[str], Path]]:
    """The same scripts alone and warm: how each ended, what was printed on stderr, the folder."""
    found = {}
    for how in ("alone", "warm"):
        folder = tmp_path_factory.mktemp("same") / "same folder"
        folder.mkdir()
        for name, text in {"state": STATE, **ENDS}.items():
            (folder / f"{name}.py").write_text(text, encoding="utf-8")
        scripts = ["state.py", "state.py", *(f"{name}.py" for name in ENDS)]
        answers, errors = build(folder, how, *scripts, SOME="thing", TZ="Asia/Bangkok")
        assert ("This step runs alone" in errors, "Steps run warm" in errors) == (False, how == "warm")
        errors = errors.replace("Steps run warm from here on.\n", "").replace(str(folder.parent), "")
        found[how] = [answer[:2] for answer in answers], errors.splitlines(), folder
    return found


def test_a_step_begins_in_the_state_that_it_has_alone(both: dict[str, tuple[list[Any], list[str], Path]]) -> None:
    folders = [folder for _, _, folder in both.values()]
    texts = [(folder / "state.json").read_text(encoding="utf-8") for folder in folders]
    states = [json.loads(text.replace(str(folder.parent), "")) for text, folder in zip(texts, folders, strict=True)]
    assert states[0] == states[1]
    drawn = [line.split() for folder in folders for line in (folder / "drawn.txt").read_text().splitlines()]
    assert len(drawn) == 4
    assert all(len(set(column)) == 4 for column in zip(*drawn, strict=True)), "two steps drew the same numbers"


def test_a_step_ends_as_it_does_alone(both: dict[str, tuple[list[Any], list[str], Path]]) -> None:
    (alone, printed_alone, _), (warm, printed_warm, folder) = both["alone"], both["warm"]
    assert warm == alone
    assert [status for _, status in warm] == [0, 0, 0, 1, 7, 3, 1, 1, 1, 0]
    assert printed_warm == printed_alone
    assert any("KeyError: 'x'" in line for line in printed_warm)
    assert (folder / "thread").exists()


def test_a_step_that_is_killed_takes_nobody_with_it(tmp_path: Path) -> None:
    (tmp_path / "killed.py").write_text("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", encoding="utf-8")
    (tmp_path / "other.py").write_text("import time; time.sleep(0.5); open('done', 'w').close()", encoding="utf-8")
    answers, _ = build(tmp_path, "warm", "other.py", "killed.py", TOGETHER="yes")
    assert {name: status for name, status, *_ in answers} == {"killed.py": -9, "other.py": 0}
    assert (tmp_path / "done").exists()


def test_time_and_memory_of_a_step_are_noted(tmp_path: Path) -> None:
    (tmp_path / "large.py").write_text("import time\nheld = b'x' * 200_000_000\ntime.sleep(1.4)", encoding="utf-8")
    (tmp_path / "small.py").write_text("import time\ntime.sleep(0.1)", encoding="utf-8")
    answers, _ = build(tmp_path, "warm", "large.py", "small.py")
    (_, _, long, large, _, noted), (_, _, _, small, _, _) = answers
    assert 1.4 <= long < 11
    assert large > 200 > small, "memory of a step is not given back"
    assert all(isinstance(number, float) for number in noted[2:6])


def test_of_a_step_that_nobody_could_look_at_the_system_says_what_it_took(tmp_path: Path) -> None:
    busy = "import time\nheld = b'x' * 200_000_000\nwhile time.process_time() < 0.2: pass"
    (tmp_path / "busy.py").write_text(busy, encoding="utf-8")
    ((_, _, _, memory, cpu, noted),) = build(tmp_path, "warm", "busy.py")[0]
    assert 0.2 <= cpu < 2 and cpu == noted[-1]
    assert memory > 200


def test_who_asks_for_several_threads_runs_alone_and_so_does_all_after_an_import_that_starts_one(
    tmp_path: Path,
) -> None:
    scripts = {
        "threads.py": "import os; print(os.environ['OMP_NUM_THREADS'])",
        "first.py": "import os; print(os.environ['OMP_NUM_THREADS'])",
        "restless.py": "import threading, time\nthreading.Thread(target=time.sleep, args=[99], daemon=True).start()",
        "second.py": "import restless",
    }
    for name, text in scripts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    path = os.pathsep.join([str(WORKFLOW), str(tmp_path)])
    words = ("threads.py", "first.py", "second.py", "first.py")
    answers, said = build(tmp_path, "warm", *words, PYTHONPATH=path)
    assert [status for _, status, *_ in answers] == [0, 0, 0, 0]
    assert re.findall("This step runs alone: (.*)", said) == ["threads.py", "second.py", "first.py"]


LONG = """
import os, subprocess, sys, time
started = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
with open(f"{os.getpid()}.part", "w") as file:
    print(os.getppid(), os.getpid(), started.pid, file=file)
os.replace(file.name, f"{os.getpid()}.pids")
time.sleep(60)
"""


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], list[list[int]]]]:
    """A build with two long steps, and of each step the process ids: the warm process, the step, what it started."""
    (tmp_path / "long.py").write_text(LONG, encoding="utf-8")
    process = start(tmp_path, "warm", "long.py", "long.py", TOGETHER="yes")
    until = time.monotonic() + 60
    while len(files := list(tmp_path.glob("*.pids"))) < 2:
        assert time.monotonic() < until and process.poll() is None
        time.sleep(0.02)
    pids = [[int(word) for word in file.read_text(encoding="utf-8").split()] for file in files]
    assert pids[0][0] == pids[1][0]
    yield process, pids
    for pid in [process.pid, *pids[0], *pids[1]]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    try:
        process.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        pytest.fail(f"somebody still has what the build printed to: {at_work_in(tmp_path)}")


def at_work_in(folder: Path) -> list[str]:
    """The processes that work in a folder, ended: their numbers, their parents, what they run."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.cwd() == str(folder):
                found.append(f"{process.pid} of {process.ppid()}: {' '.join(process.cmdline())[-80:]}")
                process.kill()
    return found


def are_gone(pids: list[int], seconds: float = 20) -> bool:
    """Whether the processes end, within some seconds."""
    there = []
    for pid in pids:
        with contextlib.suppress(psutil.NoSuchProcess):
            there.append(psutil.Process(pid))
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if all(is_gone(process) for process in there):
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_build_leaves_no_process(
    running: tuple[subprocess.Popen[str], list[list[int]]], sign: signal.Signals
) -> None:
    process, pids = running
    process.send_signal(sign)
    assert are_gone([*pids[0], *pids[1]])


def test_ctrl_c_reaches_the_steps(running: tuple[subprocess.Popen[str], list[list[int]]]) -> None:
    process, pids = running
    os.killpg(process.pid, signal.SIGINT)
    assert are_gone([pids[0][1], pids[1][1]])
    process.wait(timeout=20)
    assert are_gone([pids[0][0]])


LEAVING = """
import atexit, glob, os, threading, time
from thongthin.basics.warm_process import WARM
codes = []
def run():
    ended = WARM.run(os.path.abspath("long.py"), dict(os.environ))
    codes.append(ended and ended.code)
step = threading.Thread(target=run)
step.start()
while not glob.glob("*.pids"):
    time.sleep(0.01)
atexit._run_exitfuncs()
step.join()
run()
print(codes)
"""


def test_what_still_runs_when_the_build_ends_does_not_begin_again_alone(tmp_path: Path) -> None:
    """Ctrl-C may have Python end without waiting for the threads that wait for steps."""
    (tmp_path / "long.py").write_text(LONG, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(WORKFLOW)}
    command = [sys.executable, "-c", LEAVING]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", timeout=50)
    assert done.stdout.strip() == "[-9, -9]", done.stderr
    assert at_work_in(tmp_path) == []


def test_without_the_warm_process_its_steps_are_ended_and_run_alone(
    running: tuple[subprocess.Popen[str], list[list[int]]], tmp_path: Path
) -> None:
    process, pids = running
    (tmp_path / "long.py").write_text("open(f'alone.{__import__(\"os\").getpid()}', 'w').close()", encoding="utf-8")
    os.kill(pids[0][0], signal.SIGKILL)
    assert are_gone([*pids[0], *pids[1]])
    out, _ = process.communicate(timeout=60)
    assert [status for _, status, *_ in json.loads(out.splitlines()[-1])] == [0, 0]
    assert len(list(tmp_path.glob("alone.*"))) == 2


IMPORTS = """
import locale, os, pathlib, signal, sys
import numpy, psutil
from thongthin.basics import warm_server
from thongthin.basics.warm_server import can_calculate, import_for

def state():
    signals = {number: str(signal.getsignal(number)) for number in signal.valid_signals()}
    return dict(os.environ), signals, locale.setlocale(locale.LC_ALL), numpy.geterr(), list(sys.path), sys.excepthook

def execute(statement, names):
    if statement == "beforehand()":  # what it raises, a build only waits longer for
        exec(statement, names)
        made.append(names["__name__"])
    else:
        suppressing(statement, names)

made, suppressing, warm_server._execute = [], warm_server._execute, execute
before = state()
for script in sorted(pathlib.Path(sys.argv[1]).glob("*.py")):
    import_for(script)
    assert psutil.Process().num_threads() == 1, script
    assert state() == before, script
assert can_calculate()
found = {".".join(name.split(".")[-2:]) for name in sys.modules}
expected = {"scipy.special", "pythainlp.tokenize", "render.embedded"}
assert expected <= found, expected - found
root = pathlib.Path(sys.argv[1]).parent
having = [path for path in root.rglob("thongthin/**/*.py") if "def beforehand()" in path.read_text("utf-8")]
assert sorted(sys.modules[name].__file__ for name in made) == sorted(map(str, having)), made
"""


def test_what_the_scripts_of_the_workflow_import_starts_no_thread_and_changes_nothing_for_others() -> None:
    """Else the warm process could fork no more after one of them, or the steps after it would not be as alone."""
    environment = {**os.environ, "PYTHONPATH": str(WORKFLOW), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    subprocess.run([sys.executable, "-c", IMPORTS, str(WORKFLOW / "scripts")], env=environment, check=True)


CHECK = """
import sys
import thongthin.flow.planning, thongthin.commands.check, thongthin.flow.kept_tables
print({"statsmodels", "scipy", "matplotlib", "snakemake", "nbformat", "pyreadstat", "fontTools"} & {*sys.modules})
"""


def test_who_checks_a_study_waits_for_nothing_that_only_computes() -> None:
    """Every build begins with a check, whose imports are all that people wait for at first."""
    environment = {**os.environ, "PYTHONPATH": str(WORKFLOW)}
    command = [sys.executable, "-c", CHECK]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "set()"


OF_WORDS = """
import pathlib, sys
from thongthin.basics.warm_server import import_for
for step in ("check_claims", "compose_document", "render_document", "read_back", "write_tables", "write_evidence"):
    import_for(pathlib.Path(sys.argv[1], "scripts", f"{step}.py"))
print({"scipy.stats", "scipy.optimize", "statsmodels", "matplotlib.figure"} & {*sys.modules})
"""


def test_steps_that_say_what_was_computed_wait_for_nothing_that_computes() -> None:
    """Also not for what modules that they reach would import within functions, if these are never called."""
    environment = {**os.environ, "PYTHONPATH": str(WORKFLOW)}
    command = [sys.executable, "-c", OF_WORDS, str(WORKFLOW)]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "set()"
