"""A notebook's kernel that is forked from this process, which has imported what kernels and notebooks begin with.

A kernel that is started takes a second, most of it for imports. `waiting_kernel` forks a process before anything of the
notebook's run stands (sockets, an event loop); it waits to be told what Jupyter would start a program with: its words,
its environment, its folder. `ForkedKernel` is how Jupyter's manager starts it, watches it and ends it.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from importlib.metadata import EntryPoint
from typing import Any, NoReturn

import ipykernel.ipkernel  # noqa: F401 (which the application finds by its name)
import pandas  # noqa: F401 (which notebooks begin with)
import traitlets
from ipykernel import kernelapp
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

# Elsewhere there is no fork, or libraries of the system do not work after one.
CAN_FORK = sys.platform == "linux"
NAME = "thongthin-forked"
LAUNCHER = "ipykernel_launcher"
SOCKETS = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
# Seconds: between looks at a kernel that begins or ends; that its beginning and end are waited for here.
LOOK, BEGIN, END = 0.005, 2.0, 1.0


class Process:
    """A forked process as Jupyter deals with those that it starts by itself.

    Args:
        pid: its number.
        start: a descriptor: what is written there before it is closed is read by the process.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int, start: int) -> None:
        self.pid, self.start = pid, start
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its exit code, if it has ended."""
        if self.returncode is None:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if ended else None
        return self.returncode

    def wait(self) -> int:
        """Its exit code, once it has ended."""
        while (code := self.poll()) is None:
            time.sleep(0.02)
        return code

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it is there."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class ForkedKernel(LocalProvisioner):
    """Starts a kernel by telling a process that waits what to be."""

    waiting = traitlets.Any()

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start it, and wait for its sockets: who comes before they are there comes again a fifth of a second later.

        Returns:
            how to connect to it.
        """
        own: Process = self.waiting
        told = {
            # Who its parent is, for it to end with it, it would look for in its environment when it is imported.
            "words": [*cmd[cmd.index(LAUNCHER) + 1 :], f"--IPKernelApp.parent_handle={os.getpid()}"],
            "environment": dict(kwargs["env"]),
            "folder": os.fspath(kwargs["cwd"]),
        }
        with open(own.start, "w", encoding="utf-8") as start:
            json.dump(told, start)
        self.process, self.pid, self.pgid = own, own.pid, own.pid  # type: ignore[assignment]
        made: Mapping[str, Any] = self.connection_info
        if made.get("transport") == "ipc":
            sockets = [f"{made['ip']}-{made[name]}" for name in SOCKETS]
            await _until(lambda: all(map(os.path.exists, sockets)) or own.poll() is not None, BEGIN)
        return self.connection_info

    async def shutdown_requested(self, restart: bool = False) -> None:
        """Wait for the end of a kernel that was asked to end: Jupyter looks for it ten times a second."""
        own: Process = self.waiting
        await _until(lambda: own.poll() is not None, END)


async def _until(what: Callable[[], bool], seconds: float) -> None:
    """Wait until something is so, but no longer than so many seconds."""
    end = time.monotonic() + seconds
    while not what() and time.monotonic() < end:
        await asyncio.sleep(LOOK)


def waiting_kernel() -> tuple[Process, dict[str, Any]]:
    """Fork a process that waits to be a kernel; also what a `KernelSpec` says in its metadata to start it."""
    KernelProvisionerFactory.instance().provisioners[NAME] = EntryPoint(
        NAME, f"{__name__}:{ForkedKernel.__name__}", KernelProvisionerFactory.GROUP_NAME
    )
    read, write = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        os.close(write)
        _be_kernel(read)
    os.close(read)
    process = Process(pid, write)
    return process, {"kernel_provisioner": {"provisioner_name": NAME, "config": {"waiting": process}}}


def _be_kernel(start: int) -> NoReturn:
    """Wait in a new process to be told what to be, and be it."""
    status = 1
    try:
        os.setsid()
        with open(start, encoding="utf-8") as said:
            if text := said.read():  # nothing, if whoever should have said it is gone
                told = json.loads(text)
                os.environ.clear()
                os.environ.update(told["environment"])
                os.chdir(told["folder"])
                sys.argv = [LAUNCHER, *told["words"]]
                sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
                # What wakes a loop of the forking process would be read there or here, by chance.
                asyncio.set_event_loop(asyncio.new_event_loop())
                sys.modules["debugpy"] = None  # type: ignore[assignment]  # nobody debugs here what takes long to start
                kernelapp.launch_new_instance()
                status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    finally:
        os._exit(status)
