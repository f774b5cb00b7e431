"""Tests in several processes that are forks of the one that has collected them.

`pytest -n 3` starts three processes, of which each imports all libraries and all tests for itself. Here this is done
once: the forks take one file of tests after the other, in the order in which they were collected, and tell what came of
each test. Where there is no Linux, `pytest -n` is as always.
"""

from __future__ import annotations

import atexit
import mmap
import os
import pickle
import selectors
import socket
import struct
import sys
import traceback
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NoReturn

import nursery
import pytest

FOLDER = "PYTEST_FORKS"  # the variable that names a folder for what all forks share
PLACE = struct.Struct("i")  # of a file, as it is passed on
LENGTH = struct.Struct("I")  # of what is told


def take_over(config: pytest.Config) -> None:
    """Have forks do what `-n` asks for, if it asks for more than one process."""
    n = config.option.numprocesses
    if sys.platform != "linux" or not isinstance(n, int) or n < 2 or config.option.usepdb:
        return
    config.option.numprocesses, config.option.tx, config.option.dist = None, [], "no"
    config.pluginmanager.register(Forks(n), "forks")
    if not config.option.collectonly and config.args_source is pytest.Config.ArgsSource.TESTPATHS:  # all tests
        nursery.begin()  # while they are collected


class Worker:
    """A fork, as the process knows it that collects what it tells.

    Attributes:
        gateway: so called by what prints reports of processes.
        test: the one that it runs.
    """

    def __init__(self, number: int, own: socket.socket, pid: int) -> None:
        self.gateway, self.id = self, f"gw{number}"
        self._workerinfocache = f"[{self.id}]"  # what pytest prints above a failure
        self.own, self.pid = own, pid
        self.test: tuple[str, Any] | None = None
        self.received = b""

    def told(self) -> Iterator[tuple[str, Any]] | None:
        """What has been told meanwhile; None if the fork has ended."""
        data = self.own.recv(1 << 20)
        if not data:
            return None
        self.received += data
        return self._whole()

    def _whole(self) -> Iterator[tuple[str, Any]]:
        while len(self.received) >= LENGTH.size:
            end = LENGTH.size + LENGTH.unpack_from(self.received)[0]
            if len(self.received) < end:
                return
            message, self.received = self.received[LENGTH.size : end], self.received[end:]
            yield pickle.loads(message)


class Forks:
    """Runs the tests that were collected in forks of this process."""

    def __init__(self, n: int) -> None:
        self.n = n
        self.stop = mmap.mmap(-1, 1)  # all forks see it: they are to end after the test that they run

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        files = [[*items] for _, items in groupby(session.items, key=lambda item: item.path)]
        config = session.config
        if config.option.collectonly or session.testsfailed or len(files) < 2:
            return None
        if reporter := config.pluginmanager.getplugin("terminalreporter"):
            reporter.showfspath = False
        os.environ[FOLDER] = str(config._tmp_path_factory.getbasetemp())  # type: ignore[attr-defined]
        nursery.prepare()
        places, ends = os.pipe()
        os.write(ends, b"".join(PLACE.pack(place) for place in range(len(files))))
        os.close(ends)
        workers = [self._start(session, number, files, places) for number in range(min(self.n, len(files)))]
        os.close(places)
        try:
            self._listen(session, workers)
        finally:
            self.stop[0] = 1
            for worker in workers:
                os.waitpid(worker.pid, 0)
        if session.shouldfail:
            raise session.Failed(session.shouldfail)
        if session.shouldstop:
            raise session.Interrupted(session.shouldstop)
        return True

    def _start(self, session: pytest.Session, number: int, files: list[list[pytest.Item]], places: int) -> Worker:
        own, theirs = socket.socketpair()
        sys.stdout.flush(), sys.stderr.flush()
        pid = os.fork()
        if pid:
            theirs.close()
            return Worker(number, own, pid)
        own.close()
        Fork(session, f"gw{number}", theirs, self.stop).work(files, places)

    def _listen(self, session: pytest.Session, workers: list[Worker]) -> None:
        """Pass on what the forks tell until all of them have ended."""
        with selectors.DefaultSelector() as selector:
            for worker in workers:
                selector.register(worker.own, selectors.EVENT_READ, worker)
            while selector.get_map():
                for key, _ in selector.select():
                    told = key.data.told()
                    if told is None:
                        selector.unregister(key.fileobj)
                        self._ended(session, key.data)
                    for kind, content in told or ():
                        getattr(self, f"_{kind}")(session.config, key.data, content)
                if session.shouldfail or session.shouldstop:
                    self.stop[0] = 1

    def _logstart(self, config: pytest.Config, worker: Worker, content: Any) -> None:
        worker.test = content
        config.hook.pytest_runtest_logstart(nodeid=content[0], location=content[1])

    def _logfinish(self, config: pytest.Config, worker: Worker, content: Any) -> None:
        worker.test = None
        config.hook.pytest_runtest_logfinish(nodeid=content[0], location=content[1])

    def _report(self, config: pytest.Config, worker: Worker, content: Any) -> None:
        report = config.hook.pytest_report_from_serializable(config=config, data=content)
        report.node = worker
        config.hook.pytest_runtest_logreport(report=report)

    def _warning(self, config: pytest.Config, worker: Worker, content: Any) -> None:
        from xdist.workermanage import unserialize_warning_message  # benchmarks run without it

        message = unserialize_warning_message(content.pop("warning_message"))
        config.hook.pytest_warning_recorded.call_historic(kwargs={**content, "warning_message": message})

    def _broken(self, config: pytest.Config, worker: Worker, content: str) -> None:
        raise RuntimeError(f"{worker.id}: {content}")

    def _ended(self, session: pytest.Session, worker: Worker) -> None:
        """A fork that has ended while it ran a test has failed in it."""
        if worker.test:
            nodeid, location = worker.test
            said = f"{worker.id} has ended in this test; others of the same file were not run"
            report = pytest.TestReport(nodeid, location, {}, "failed", said, "call")
            report.node = worker  # type: ignore[attr-defined]
            session.config.hook.pytest_runtest_logreport(report=report)


class Fork:
    """The process that runs tests, as it knows itself; what happens in it is told to the one that it is a fork of."""

    def __init__(self, session: pytest.Session, name: str, own: socket.socket, stop: mmap.mmap) -> None:
        self.session, self.name, self.own, self.stop = session, name, own, stop
        self.is_apart = False  # until then it is told what was said before, which is known

    def work(self, files: list[list[pytest.Item]], places: int) -> NoReturn:
        """Run one file of tests after the other, until there is no other, and end."""
        atexit._clear()  # what others registered is theirs
        status = 1
        try:
            self._part()
            while not self.stop[0] and (taken := os.read(places, PLACE.size)):
                self._run(files[PLACE.unpack(taken)[0]])
            self.session._setupstate.teardown_exact(None)
            status = 0
        except KeyboardInterrupt:
            pass
        except BaseException:
            self._tell("broken", traceback.format_exc())
        finally:
            atexit._run_exitfuncs()
            os._exit(status)

    def _part(self) -> None:
        """Have a folder, a capture of what is printed and a name of its own, and tell instead of printing."""
        config = self.session.config
        os.environ["PYTEST_XDIST_WORKER"] = self.name
        folders = config._tmp_path_factory  # type: ignore[attr-defined]
        folders._basetemp = folders.getbasetemp() / f"popen-{self.name}"
        folders._basetemp.mkdir()
        capture = config.pluginmanager.getplugin("capturemanager")
        capture.stop_global_capturing()
        capture.start_global_capturing()
        for other in ("terminalreporter", "forks"):
            if plugin := config.pluginmanager.getplugin(other):
                config.pluginmanager.unregister(plugin)
        config.pluginmanager.register(self)
        self.is_apart = True

    def _run(self, items: list[pytest.Item]) -> None:
        """Run the tests of a file; what they share ends with the last of them, what all share does not."""
        for item, following in zip(items, [*items[1:], self.session], strict=True):
            if self.stop[0]:
                return
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)

    def _tell(self, kind: str, content: Any) -> None:
        message = pickle.dumps((kind, content))
        self.own.sendall(LENGTH.pack(len(message)) + message)

    def pytest_runtest_logstart(self, nodeid: str, location: Any) -> None:
        self._tell("logstart", (nodeid, location))

    def pytest_runtest_logfinish(self, nodeid: str, location: Any) -> None:
        self._tell("logfinish", (nodeid, location))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        hook = self.session.config.hook
        self._tell("report", hook.pytest_report_to_serializable(config=self.session.config, report=report))

    def pytest_warning_recorded(self, warning_message: Any, when: str, nodeid: str, location: Any) -> None:
        from xdist.remote import serialize_warning_message

        content = {"warning_message": serialize_warning_message(warning_message), "when": when, "nodeid": nodeid}
        if self.is_apart:
            self._tell("warning", {**content, "location": location})
