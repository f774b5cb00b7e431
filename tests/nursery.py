"""Python programs in forks of a process that has imported their libraries already: what tests of whole builds wait for.

A build is a handful of Python processes, and most of the time of a small one goes by while these import Snakemake,
pandas and the like. Here they begin as forks of one process that knows these libraries; where the program is one of the
project, or of a copy of it, as forks of one that knows the modules of the project, too (`House`). Programs that such a
program starts begin in the same way. All processes of a run of the tests share what is imported: each has a server of
its own, which is a fork as well. What differs from a process of its own: all of them hash alike, so that a test of
the order of sets needs processes of its own; and where a program is killed, or started by what is tested, it is to be a
real one.

Where there is no Linux, each is a process of its own.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import hashlib
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import typing
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar, NoReturn

# What programs and steps of a build import, of libraries.
LIBRARIES = (
    *("snakemake.cli", "snakemake.workflow", "snakemake.dag", "snakemake.scheduling.job_scheduler", "snakemake.script"),
    *("snakemake.benchmark", "snakemake.report", "snakemake_interface_executor_plugins", "psutil", "yaml", "lark"),
    *("numpy", "pandas", "scipy.stats", "scipy.optimize", "scipy.special", "scipy.linalg", "pydantic", "polars"),
    *("matplotlib.figure", "matplotlib.backends.backend_svg", "matplotlib.backends.backend_agg", "pikepdf"),
    *(
        "nbclient",
        "nbconvert",
        "nbformat",
        "IPython",
        "ipykernel.kernelapp",
        "smart_open",
        "openpyxl",
        "xlsxwriter",
        "python_calamine",
        "fontTools.subset",
        "pypandoc",
    ),
    *("pytest", "typst", "pypdfium2", "PIL.Image", "statsmodels.api", "statsmodels.formula.api", "pythainlp"),
)
# What programs of this project import, beside what its scripts do.
PROGRAMS = (
    *("thongthin.commands.build", "thongthin.commands.check", "thongthin.flow.planning", "thongthin.flow.publishing"),
    *("thongthin.flow.kept", "thongthin.flow.scheduling", "thongthin.flow.shown", "thongthin.flow.standing"),
    *("thongthin.flow.warm", "thongthin.flow.hashes", "thongthin.flow.kept_tables", "thongthin.commands.ahead"),
    "snakemake_logger_plugin_thongthin",
)
HOUSES = 4  # that are kept, each for another state of the code
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
SPARE = 2  # forks that a program keeps for those that it may start when it has threads, such as the warm process
# The settings with which a program may start another as a fork.
KNOWN = {"env", "cwd", "pass_fds", "close_fds", "process_group"}


def run(
    command: Sequence[str], folder: Path, variables: Mapping[str, str], *, merged: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run `python -m MODULE ...`, `python -c CODE ...` or `python FILE ...` to its end; what it printed is text.

    Args:
        merged: its errors stand where they were told, in what it printed.
    """
    if sys.platform != "linux":
        return subprocess.run(
            command,
            cwd=folder,
            env=dict(variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if merged else subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        told = {"command": list(command), "folder": str(folder), "variables": dict(variables)}
        ours = _nursery()
        _send(ours, told, [out.fileno(), (out if merged else err).fileno()])
        answer = ours.recv(64)
        if not answer:
            raise RuntimeError("the process that others are forked from has ended")
        said = []
        for file in (out, err):
            file.seek(0)
            said.append(file.read().decode("utf-8", "replace"))
    return subprocess.CompletedProcess(list(command), int(answer), *said)


@cache
def prepare() -> str:
    """Start the process that others are forked from; the name under which it is reached, also by forks of this one.

    It imports nothing before it is asked for a server (`begin`), and ends with the last of those that may ask it.
    """
    name = f"thongthin-nursery-{os.getpid()}"
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    door = _door(name)
    variables = {**os.environ, "PYTHONUTF8": "1", "PYTHONNOUSERSITE": "1", **dict.fromkeys(THREADS, "1")}
    for variable in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "MPLBACKEND", "MATPLOTLIBRC"):
        variables.pop(variable, None)
    with theirs, door:
        descriptors = theirs.fileno(), door.fileno()
        process = subprocess.Popen(
            [sys.executable, __file__, *map(str, descriptors), f"{name}-house"],
            env=variables,
            pass_fds=descriptors,
            stdin=subprocess.DEVNULL,
        )

    def end() -> None:
        ours.close()
        if _nursery.cache_info().currsize:
            _nursery().close()
        process.wait()

    atexit.register(end)
    return name


def begin() -> None:
    """Have the process that others are forked from import what it knows now, beside what else is done."""
    _called(prepare()).close()


@cache
def _nursery() -> socket.socket:
    """The server of this process, by the socket on which it is asked."""
    return _called(prepare())


def _door(name: str) -> socket.socket:
    """A socket at which a process is reached under a name that is no file."""
    door = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    door.bind(f"\0{name}")
    door.listen()
    return door


def _called(name: str) -> socket.socket:
    own = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    own.connect(f"\0{name}")
    return own


def _send(own: socket.socket, told: Mapping[str, Any], descriptors: Sequence[int]) -> None:
    """Send what is told as a file, since it may be long, with other open files."""
    with tempfile.TemporaryFile() as file:
        file.write(json.dumps(told).encode())
        file.flush()
        socket.send_fds(own, [b"+"], [file.fileno(), *descriptors])


def _receive(own: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """What was sent; None if the other end is closed."""
    data, descriptors, _, _ = socket.recv_fds(own, 1, 32)
    if not data:
        return None
    with open(descriptors[0], "rb") as file:
        file.seek(0)
        return json.load(file), descriptors[1:]


# --- in the process that others are forked from, and in these ---------------------------------------------------------


def keep(ours: socket.socket, door: socket.socket, house: str) -> NoReturn:
    """Give a server to each process that asks at the door, until `ours` is closed; the first one waits for imports.

    Args:
        house: the name under which the house of this project is to be reached.
    """
    imported: list[socket.socket] = []  # what keeps the house open
    while ours not in (ready := select.select([ours, door], [], [])[0]):
        if not imported:
            for name in LIBRARIES:
                with contextlib.suppress(ImportError):
                    importlib.import_module(name)
            _settle()
            imported.append(House.open(Path(__file__).parents[1], house))
        _answer(ready[0], serve)
    for own in imported:
        own.close()
    _end_with_all()


def _end_with_all() -> NoReturn:
    """End when all forks of this process have."""
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    os._exit(0)


def _answer(door: socket.socket, server: Callable[[socket.socket], NoReturn]) -> None:
    """Give who asks at a door a server of its own, which is a fork of this process."""
    asked, _ = door.accept()
    if os.fork() == 0:
        door.close()
        server(asked)
    asked.close()


def _settle() -> None:
    gc.collect()
    gc.freeze()


def serve(own: socket.socket) -> NoReturn:
    """Run one program after the other, each in a fork, and answer with its exit code."""
    while asked := _receive(own):
        told, descriptors = asked
        house = House.of(told)
        answer = house.run(told, descriptors) if house else _run_in_a_fork(own, told, descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        own.send(answer)
    for house in House.known.values():
        house.end()
    os._exit(0)


def _run_in_a_fork(own: socket.socket, told: Mapping[str, Any], descriptors: Sequence[int]) -> bytes:
    """The exit code of a program that began as a fork of this process."""
    pid = os.fork()
    if pid == 0:
        own.close()
        for house in House.known.values():
            house.own.close()
        House.known.clear()
        for descriptor, standard in zip(descriptors, (1, 2), strict=True):
            os.dup2(descriptor, standard)
            os.close(descriptor)
        if told.get("home", root := str(root_of(told))) != root:
            _move(told["home"], root)
        become(told)
    return str(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])).encode()


class House:
    """A fork of this process that has imported what the programs of a project import.

    It serves all projects of the same code, for as long as their code is as it was; where it was edited, programs read
    all of it, as always.
    """

    known: ClassVar[dict[str, House]] = {}  # by code
    seen: ClassVar[dict[Path, tuple[list[tuple[str, int, int]], str]]] = {}  # state and code of each project
    ours: ClassVar[tuple[str, str]] = "", ""  # code of this project, and the name under which its house is reached

    def __init__(self, root: Path) -> None:
        self.own, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.pid = os.fork()
        if self.pid == 0:
            for house in (self, *House.known.values()):
                house.own.close()
            House.known.clear()
            _import_project(root)
            _serve_project(root, theirs)
        theirs.close()

    @classmethod
    def open(cls, root: Path, name: str) -> socket.socket:
        """Have a house of this project that all servers share, until what is given back is closed, by forks as well."""
        cls.ours = code_of(root), name
        own, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs, _door(name) as door:
            if os.fork() == 0:
                own.close()
                _import_project(root)
                while theirs not in (ready := select.select([theirs, door], [], [])[0]):
                    _answer(ready[0], lambda asked: _serve_project(root, asked))
                _end_with_all()
        return own

    @classmethod
    def shared(cls) -> House:
        """The house of this project, by a server of its own."""
        house = cls.__new__(cls)
        house.own, house.pid = _called(cls.ours[1]), 0
        return house

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> House | None:
        """That of the project whose program this is, if its code is as it was."""
        root = root_of(told)
        if not (root / "workflow" / "thongthin" / "__init__.py").is_file():
            return None
        state = state_of(root)
        before, code = cls.seen.get(root) or (state, code_of(root))
        if before != state and code != code_of(root):
            return None
        cls.seen[root] = state, code  # an edit may have been taken back
        house = cls.known.pop(code, None) or (cls.shared() if code == cls.ours[0] else cls(root))
        cls.known[code] = house  # as the last one that was used
        for other in [*cls.known][:-HOUSES]:
            cls.known.pop(other).end()
        return house

    def run(self, told: Mapping[str, Any], descriptors: Sequence[int]) -> bytes:
        _send(self.own, told, descriptors)
        return self.own.recv(64)

    def end(self) -> None:
        self.own.close()
        if self.pid:
            os.waitpid(self.pid, 0)


def _serve_project(root: Path, own: socket.socket) -> NoReturn:
    while asked := _receive(own):
        told, descriptors = asked
        told["home"] = str(root)
        own.send(_run_in_a_fork(own, told, descriptors))
        for descriptor in descriptors:
            os.close(descriptor)
    os._exit(0)


def root_of(told: Mapping[str, Any]) -> Path:
    """The folder of a project in which a program runs, or whose launcher it is."""
    launcher = Path(told["command"][1])
    return launcher.parent if launcher.name == "paper.py" else Path(told["folder"])


def state_of(root: Path) -> list[tuple[str, int, int]]:
    """What tells whether code of a project was written to."""
    states = ((path, path.stat()) for path in (root / "workflow").rglob("*.py"))
    return sorted((str(path), state.st_mtime_ns, state.st_size) for path, state in states)


def code_of(root: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted((root / "workflow").rglob("*.py")):
        digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return digest.hexdigest()


def _move(home: str, root: str) -> None:
    """Have what was imported from one project know the folder of another with the same code for its own."""

    def moved(value: Any) -> Any:
        path = str(value)
        return type(value)(root + path[len(home) :]) if path == home or path.startswith(home + os.sep) else value

    code = os.path.join(home, "workflow", "")  # the environment may stand there, too
    for module in [*sys.modules.values()]:
        names = vars(module)
        if not str(names.get("__file__") or "").startswith(code):
            continue
        for name, value in [*names.items()]:
            if isinstance(value, str | Path):
                names[name] = moved(value)
        spec = module.__spec__
        if "__path__" in names:
            names["__path__"] = [moved(path) for path in names["__path__"]]
        if spec:
            spec.origin = moved(spec.origin)
            if spec.submodule_search_locations:
                spec.submodule_search_locations[:] = names["__path__"]
            if isinstance(spec.loader, SourceFileLoader):
                spec.loader.path = moved(spec.loader.path)


def _import_project(root: Path) -> None:
    """What fails here is left to fail where a program needs it."""
    sys.path[:] = [str(root / "workflow"), *_library_paths]
    for name in PROGRAMS:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    with contextlib.suppress(Exception):
        import_for = importlib.import_module("thongthin.basics.warm_server").import_for
        for script in sorted((root / "workflow" / "scripts").glob("*.py")):
            import_for(script)
    sys.path[:] = _library_paths
    _settle()


class Spare:
    """A fork of this process that waits to become a program; it ends with this process if it never does."""

    def __init__(self) -> None:
        self.own, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.of = os.getpid()
        self.pid = os.fork()
        if self.pid == 0:
            self.own.close()
            for other in _spares:
                other.own.close()
            _spares.clear()
            asked = _receive(theirs)
            theirs.close()
            if asked is None:
                os._exit(0)
            told, descriptors = asked
            for descriptor, number in zip(descriptors, told["numbers"], strict=True):
                if descriptor != number:
                    os.dup2(descriptor, number)
                    os.close(descriptor)
                os.set_inheritable(number, True)
            become(told)
        theirs.close()
        self.returncode: int | None = None

    def start(self, told: Mapping[str, Any], numbers: Sequence[int]) -> None:
        _send(self.own, {**told, "numbers": list(numbers)}, numbers)
        self.own.close()

    # As of subprocess.Popen:

    def poll(self) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        until = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if until is not None and time.monotonic() > until:
                raise subprocess.TimeoutExpired("a fork", timeout or 0)
            time.sleep(0.005)
        return code

    def terminate(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGTERM)

    def kill(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    def __enter__(self) -> Spare:
        return self

    def __exit__(self, *_: object) -> None:
        self.wait()


_spares: list[Spare] = []


def become(told: Mapping[str, Any]) -> NoReturn:
    """Become a program: folder, variables, arguments and search path are as if Python had been started for it."""
    program, *words = told["command"]
    if told.get("process_group") is not None:
        os.setpgid(0, told["process_group"])
    os.environ.clear()
    os.environ.update(told["variables"])
    os.chdir(told["folder"])
    if os.sep in program:
        sys.executable = program
        sys.prefix = sys.exec_prefix = str(Path(program).parents[1])
    paths = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    sys.path[:] = [*paths, *_library_paths]
    for _ in range(SPARE):
        _spares.append(Spare())
    subprocess.Popen = _Popen  # type: ignore[misc]
    run_program: Callable[[], object]
    if words[0] == "-m":
        sys.path.insert(0, os.getcwd())
        sys.argv = words[1:]
        warnings.filterwarnings("ignore", ".*found in sys.modules", RuntimeWarning)  # a house has imported it
        run_program = lambda: runpy.run_module(words[1], run_name="__main__", alter_sys=True)  # noqa: E731
    elif words[0] == "-c":
        sys.path.insert(0, "")
        sys.argv = ["-c", *words[2:]]
        main = ModuleType("__main__")
        sys.modules["__main__"] = main
        run_program = lambda: exec(compile(words[1], "<string>", "exec"), main.__dict__)  # noqa: E731
    else:
        sys.path.insert(0, str(Path(words[0]).resolve().parent))
        sys.argv = words
        run_program = lambda: runpy.run_path(words[0], run_name="__main__")  # noqa: E731
    status = 0
    try:
        run_program()
    except SystemExit as stop:
        status = stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
        if status == 1 and isinstance(stop.code, str):
            print(stop.code, file=sys.stderr)
    except BaseException as error:
        sys.excepthook(type(error), error, error.__traceback__)
        status = 1
    threading._shutdown()  # type: ignore[attr-defined]
    vars(typing).get("_cleanups", []).clear()  # as in `basics.console`
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(status & 0xFF)


_library_paths: list[str] = []
_real = subprocess.Popen


class _Popen(_real):  # type: ignore[type-arg]
    """A process that is a fork where it is a Python program of the environment, and any other as it is."""

    def __new__(cls, command: Any, *others: Any, **settings: Any) -> Any:
        is_python = isinstance(command, list) and Path(command[0]).name.startswith("python")
        is_program = is_python and command[1] in ("-m", "-c")
        # A fork of the program that keeps it, such as a step of the warm process, can't wait for it.
        is_kept = bool(_spares) and _spares[-1].of == os.getpid()
        if not (is_program and is_kept and not others and settings.keys() <= KNOWN):
            return super().__new__(cls)
        spare = _spares.pop()
        told = {
            "command": [str(word) for word in command],
            "folder": str(settings.get("cwd") or os.getcwd()),
            "variables": dict(os.environ if settings.get("env") is None else settings["env"]),
            "process_group": settings.get("process_group"),
        }
        spare.start(told, settings.get("pass_fds", ()))
        return spare


if __name__ == "__main__":
    sys.path[:] = [path for path in sys.path if Path(path) != Path(__file__).parent]
    _library_paths[:] = sys.path
    both = (socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, fileno=int(number)) for number in sys.argv[1:3])
    keep(*both, sys.argv[3])
