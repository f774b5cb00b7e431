"""The warm process of a build: it has imported what steps need, and forks one process for each of them.

`warm_process` starts it and asks it for steps over a socket: a byte, and with it one end of a socket of the step's
own. A line of JSON there names the script; the answers, a line each, are the step's process id and, when it has ended,
its exit code, CPU seconds and memory; between the two the step waits for a byte to begin. Before it forks, the process
executes the import statements of the script, so that this step and all after it find the modules there: what no step
needs is never imported, and there is no list of modules to keep. What a module makes when it is first used, and every
step would make again, it makes here in its function `beforehand`, if it has one.

A step is a process of its own, in the state in which `python SCRIPT` would begin: folder, arguments, search path,
signals, random numbers and `__main__`; and it ends like that, too. When the asking program is gone, however it ended,
the steps are ended with all that they have started, and this process with them.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import gc
import json
import os
import re
import select
import signal
import socket
import sys
import time
from collections.abc import Iterable, Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import psutil

from thongthin.basics.console import RARELY, finish, leave

# The answer, in place of a process id, to a step that must run alone.
ALONE = "alone"

# What a step waits for before it begins: by then, whoever asked for it watches its time and memory.
GO = b"+"

# What modules of this package import within functions, so that who only checks a study need not wait for it, and what
# several steps come to need: imported with the module that names it.
WITHIN = re.compile(
    r"^[ \t]+(from (?:scipy\b[\w.]*|pythainlp\b[\w.]*|[\w.]+\.render|[\w.]+\.libraries) import [\w, ]+)$", re.MULTILINE
)
_looked_at: set[str] = set()  # modules of this package that steps come to use, whose source was searched for these


def serve(descriptor: int) -> NoReturn:
    """Start steps that are asked for on the socket `descriptor` until its other end is closed.

    While nothing is asked for, what the scripts named on the command line import is imported.
    """
    if not sys.flags.safe_path:
        del sys.path[0]  # the folder, since this was started by -c
    gc.disable()  # what is imported stays: to look through it again and again takes a fifth of the time
    control = socket.socket(fileno=descriptor)
    asked = Server(control, sys.argv[1:]).next_step()
    gc.set_threshold(*RARELY)
    gc.enable()
    os.environ.clear()
    os.environ.update(asked["environment"])
    run_script(asked["script"], asked["folder"], asked["words"])


class Server:
    """The steps that run, and what is asked for.

    Args:
        control: the socket on which steps are asked for; at its end, everything ends.
        ahead: scripts whose imports are done while nothing is asked for.
    """

    def __init__(self, control: socket.socket, ahead: Iterable[str]) -> None:
        self.control, self.ahead = control, list(ahead)
        self.steps: dict[int, socket.socket] = {}  # by process id
        self.tried: bool | None = None  # whether forks work here
        self.wakened, self.waker = socket.socketpair()  # readable when a step has ended
        for end in (self.wakened, self.waker):
            end.setblocking(False)
        signal.set_wakeup_fd(self.waker.fileno(), warn_on_full_buffer=False)
        # Ctrl-C is for the steps, and for the program that asked for them.
        handlers: dict[int, Any] = {
            signal.SIGCHLD: _nothing,
            signal.SIGINT: signal.SIG_IGN,
            signal.SIGTERM: lambda *_: self.end(),
        }
        self.signals = {number: signal.signal(number, handler) for number, handler in handlers.items()}

    def next_step(self) -> dict[str, Any]:
        """Serve. Returns in the process of a new step only, and there its script, its folder and its environment."""
        while True:
            readable, _, _ = select.select([self.control, self.wakened], [], [], 0 if self.ahead else None)
            if self.wakened in readable:
                self.report_ended()
            if self.control in readable and (step := self.start()):
                return step
            if not readable and self.ahead:
                import_for(Path(self.ahead.pop(0)))

    def start(self) -> dict[str, Any] | None:
        """Start a step that is asked for. Returns what it is in the new process, and None in this one."""
        data, descriptors, _, _ = socket.recv_fds(self.control, 1, 1)
        if not data:
            self.end()
        with contextlib.suppress(OSError):
            self.control.sendall(data)
        own = socket.socket(fileno=descriptors[0])
        with own.makefile("r", encoding="utf-8") as lines:
            step: dict[str, Any] = json.loads(lines.readline())
        for path in step["imports"]:
            import_for(Path(path), within=False)
        import_for(Path(step["script"]), within=not step["imports"])
        if not self.can_fork():
            tell(own, ALONE)
            own.close()
            return None
        gc.freeze()  # a collection in a step would otherwise touch, and so copy, all that is here
        signal.pthread_sigmask(signal.SIG_BLOCK, self.signals)  # until the new process has handlers of its own
        try:
            pid = os.fork()
        except OSError:  # no memory, or too many processes
            signal.pthread_sigmask(signal.SIG_UNBLOCK, self.signals)
            tell(own, ALONE)
            own.close()
            return None
        if pid == 0:
            for end in (*self.steps.values(), self.control, self.wakened, self.waker):
                end.close()
            signal.set_wakeup_fd(-1)
            for number, handler in self.signals.items():
                signal.signal(number, handler)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, self.signals)
        if pid == 0:
            if own.recv(1) != GO:
                os._exit(1)
            own.close()
            return step
        self.steps[pid] = own
        tell(own, str(pid))
        return None

    def can_fork(self) -> bool:
        """Whether a fork can work: it would have the locks of other threads, but not the threads.

        On macOS, libraries of the system keep things of that kind as well, so that a first fork is tried there.
        """
        if psutil.Process().num_threads() > 1:
            return False
        if self.tried is None:
            self.tried = sys.platform != "darwin" or can_calculate()
        return self.tried

    def report_ended(self) -> None:
        """Tell of each step that has ended how it did."""
        with contextlib.suppress(BlockingIOError):
            while self.wakened.recv(4096):
                pass
        for pid in list(self.steps):
            ended, status, used = os.wait4(pid, os.WNOHANG)
            if ended:
                own = self.steps.pop(pid)
                memory = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
                tell(own, f"{os.waitstatus_to_exitcode(status)} {used.ru_utime + used.ru_stime} {memory}")
                own.close()

    def end(self) -> NoReturn:
        """End all steps, with what they have started, and this process."""
        for pid in self.steps:
            end_tree(pid)
        for pid in self.steps:
            os.waitpid(pid, 0)
        os._exit(0)


def _nothing(*_: object) -> None:
    """The handler of a signal whose arrival is all that counts."""


def tell(own: socket.socket, answer: str) -> None:
    """Answer whoever asked for a step. If that program is gone, the next look at the control socket ends everything."""
    with contextlib.suppress(OSError):
        own.sendall(f"{answer}\n".encode())


def can_calculate(seconds: float = 20) -> bool:
    """Whether a fork of this process can solve equations with numpy, within some seconds."""
    pid = os.fork()
    if pid == 0:
        try:
            import numpy as np

            solved = np.linalg.solve(np.eye(200) + 1, np.ones(200))
            os._exit(0 if abs(solved.sum() - 200 / 201) < 1e-9 else 1)
        finally:
            os._exit(1)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return status == 0
        time.sleep(0.01)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return False


def end_tree(pid: int) -> None:
    """Kill a process and all that it has started, if it is still there."""
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        process.suspend()  # so that it starts nothing more
        for started in (*process.children(recursive=True), process):
            with contextlib.suppress(psutil.Error):
                started.kill()


def import_for(script: Path, *, within: bool = True) -> None:
    """Execute the import statements of a script; what fails is left for the script to fail at.

    Args:
        within: of the modules of this package that it comes to use, import those within functions, too (`WITHIN`), and
            do what their functions `beforehand` do.
    """
    try:
        tree = ast.parse(script.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return
    names: dict[str, Any] = {"__name__": "__main__"}
    for statement in _imports(tree.body):
        _execute(ast.unparse(statement), names)
    reached = [names] if within else []
    while reached:
        for name in _modules_of(reached.pop()) - _looked_at:
            _looked_at.add(name)
            module = sys.modules[name]
            reached.append(vars(module))
            if module.__file__:
                for statement in WITHIN.findall(Path(module.__file__).read_text(encoding="utf-8")):
                    reached.append({"__name__": "__main__"})
                    _execute(statement, reached[-1])
            if "beforehand" in vars(module):
                _execute("beforehand()", vars(module))


def _modules_of(names: dict[str, Any]) -> set[str]:
    """The modules of this package that these names are, or come from; those that only lent a constant are missed."""
    package = f"{__name__.partition('.')[0]}."
    every = (
        (value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None))
        for value in names.values()
    )
    return {name for name in every if isinstance(name, str) and name.startswith(package) and name in sys.modules}


def _imports(statements: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in statements:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            yield statement
        elif isinstance(statement, ast.If):
            yield from _imports(statement.body)


def _execute(statement: str, names: dict[str, Any]) -> None:
    with contextlib.suppress(Exception, SystemExit):
        exec(statement, names)


def run_script(script: str, folder: str, words: Iterable[str] = ()) -> NoReturn:
    """Run a script in this process, the child of a fork, as `python SCRIPT WORDS` would in `folder`, and end it."""
    os.chdir(folder)
    sys.argv = [script, *words]
    if not sys.flags.safe_path:
        sys.path.insert(0, os.path.dirname(script))
    if "numpy.random" in sys.modules:  # the generator of the random module seeds itself after a fork; this one does not
        sys.modules["numpy.random"].seed()
    main = ModuleType("__main__")
    loader = SourceFileLoader("__main__", script)
    main.__dict__.update(__file__=script, __loader__=loader, __cached__=None, __builtins__=builtins, __annotations__={})
    sys.modules["__main__"] = main
    status: int | None = 0
    try:
        exec(compile(Path(script).read_bytes(), script, "exec", dont_inherit=True), main.__dict__)
    except SystemExit as stop:
        status = _status(stop)
    except BaseException as error:
        status = None if isinstance(error, KeyboardInterrupt) else 1
        # Without the frame of this function, which `python SCRIPT` has not either.
        frames = error.__traceback__.tb_next if error.__traceback__ else None
        sys.excepthook(type(error), error.with_traceback(frames), frames)
    _finish(status)


def _status(stop: SystemExit) -> int:
    """The exit status that Python has for this; a text is printed, as Python does."""
    if stop.code is None or isinstance(stop.code, int):
        return (stop.code or 0) & 0xFF
    print(stop.code, file=sys.stderr)
    return 1


def _finish(status: int | None) -> NoReturn:
    """End this process with an exit status, or, for None, let it die of SIGINT."""
    if status is None:
        finish()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    leave(1 if status is None else status)
