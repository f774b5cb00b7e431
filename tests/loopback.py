"""A SLURM cluster of two nodes on this machine, for tests and benchmarks: a controller and two daemons on loopback.

Nothing is installed and nothing of the system is touched: programs, key, sockets, configuration and state are those of
a temporary folder. A node is a process that adopts all that its daemon starts, so that it can be killed as a machine
dies, with everything on it, and knows in the end how much processor time was spent on it.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

DAEMONS = ("munged", "slurmctld", "slurmd")
CLIENTS = ("sbatch", "srun", "squeue", "scancel", "sinfo", "scontrol")
SBIN = os.pathsep.join(["/usr/sbin", "/usr/local/sbin"])
NODES = ("n1", "n2")

CONFIGURATION = """
ClusterName=loopback
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
StateSaveLocation={folder}/state
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/%n.pid
SlurmdSpoolDir={folder}/%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
MinJobAge=300
SlurmdTimeout=10
ReturnToService=2
SlurmdParameters=config_overrides
{nodes}
PartitionName=main Nodes={names} Default=YES State=UP
"""

# A node adopts what its daemon leaves behind (PR_SET_CHILD_SUBREAPER is 36), and waits for all of it. The end of its
# standard input ends it; then it writes the CPU seconds of everything that ran on it.
NODE = """
import ctypes, os, resource, select, signal, subprocess, sys
ctypes.CDLL(None).prctl(36, 1)
seconds = sys.argv[1]
daemon = subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL)
def adopted():
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass
while not select.select([sys.stdin], [], [], 0.5)[0]:
    adopted()
daemon.send_signal(signal.SIGTERM)
try:
    while True:
        os.wait()
except ChildProcessError:
    pass
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(seconds, "w") as file:
    file.write(str(used.ru_utime + used.ru_stime))
"""


def missing() -> str:
    """Why there can be no cluster here; empty if there can."""
    if sys.platform != "linux":
        return "SLURM runs on Linux"
    absent = [name for name in (*DAEMONS, *CLIENTS) if not program(name)]
    return f"not on this machine: {', '.join(absent)}" if absent else ""


def program(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path=SBIN)


def free_ports(number: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(number)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


@dataclass
class Cluster:
    """A running cluster; its programs stand in the folder `bin`, which belongs at the beginning of PATH."""

    folder: Path
    nodes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    daemons: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def bin(self) -> Path:
        return self.folder / "bin"

    def start(self, *command: str, stdin: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        log = (self.folder / f"{Path(command[0]).name}.log").open("ab")
        with log:
            return subprocess.Popen(command, stdin=stdin, stdout=log, stderr=log, start_new_session=True)

    def ask(self, *command: str) -> str:
        """What a program of the cluster prints; empty if it fails."""
        done = subprocess.run(
            [str(self.bin / command[0]), *command[1:]], capture_output=True, encoding="utf-8", check=False
        )
        return done.stdout.strip() if done.returncode == 0 else ""

    def start_node(self, name: str, core: int | None = None) -> None:
        """Start a node; with a core, everything on it runs on that core of this machine."""
        bound = ["taskset", "-c", str(core)] if core is not None else []
        daemon = [*bound, str(program("slurmd")), "-D", "-N", name, "-f", str(self.folder / "slurm.conf")]
        seconds = str(self.folder / f"{name}.seconds")
        self.nodes[name] = self.start(sys.executable, "-c", NODE, seconds, *daemon, stdin=subprocess.PIPE)

    def stop_node(self, name: str) -> float:
        """End a node and what runs on it in order; returns the CPU seconds of all that ran there."""
        node = self.nodes.pop(name)
        assert node.stdin
        node.stdin.close()
        node.wait(timeout=60)
        return float((self.folder / f"{name}.seconds").read_text(encoding="utf-8"))

    def kill_node(self, name: str) -> list[str]:
        """End a node as a power cut does, with everything on it; returns the names of what was killed."""
        node = self.nodes.pop(name)
        return killed(node.pid)

    def jobs_on(self, name: str) -> list[str]:
        """Ids of the jobs that run on a node."""
        return self.ask("squeue", "--noheader", "--states=RUNNING", f"--nodelist={name}", "--format=%i").split()


def killed(pid: int) -> list[str]:
    """Kill a process and all below it; each is stopped first, so that nothing is started meanwhile."""
    found: dict[int, psutil.Process] = {}
    with contextlib.suppress(psutil.Error):
        top = psutil.Process(pid)
        while new := [one for one in (top, *top.children(recursive=True)) if one.pid not in found]:
            for one in new:
                found[one.pid] = one
                with contextlib.suppress(psutil.Error):
                    one.suspend()
    names = []
    for one in found.values():
        with contextlib.suppress(psutil.Error):
            names.append(one.name())
            one.kill()
    return names


@contextlib.contextmanager
def two_nodes(cores: bool = False, memory: int = 3000) -> Iterator[Cluster]:
    """A cluster of two nodes of one core each.

    Args:
        cores: bind each node to a core of this machine.
        memory: of each node, in MB.
    """
    # The path of a socket has to be short, and SLURM knows no spaces in paths.
    with tempfile.TemporaryDirectory(prefix="slurm-") as name:
        folder = Path(name)
        cluster = Cluster(folder)
        controller, *ports = free_ports(1 + len(NODES))
        host = socket.gethostname().split(".")[0]
        lines = [
            f"NodeName={node} NodeHostname={host} NodeAddr=127.0.0.1 Port={port} CPUs=1 RealMemory={memory}"
            for node, port in zip(NODES, ports, strict=True)
        ]
        text = CONFIGURATION.format(
            host=host,
            controller=controller,
            user=getpass.getuser(),
            folder=folder,
            nodes="\n".join(lines),
            names=",".join(NODES),
        )
        configuration = folder / "slurm.conf"
        configuration.write_text(text, encoding="utf-8")
        for directory in (cluster.bin, folder / "state", *(folder / node for node in NODES)):
            directory.mkdir()
        for client in CLIENTS:  # steps of a job lose the variable that names the configuration, so each program sets it
            script = cluster.bin / client
            script.write_text(f'#!/bin/sh\nSLURM_CONF={configuration} exec {program(client)} "$@"\n', encoding="utf-8")
            script.chmod(0o755)
        key = folder / "munge.key"
        key.write_bytes(secrets.token_bytes(1024))
        key.chmod(0o400)
        try:
            munge = [f"--{what}={folder}/munge.{what.split('-')[0]}" for what in ("socket", "pid-file", "seed-file")]
            munge += [f"--key-file={key}", f"--log-file={folder}/munged.log"]
            cluster.daemons.append(cluster.start(str(program("munged")), "--foreground", "--force", *munge))
            wait_until(lambda: (folder / "munge.socket").exists(), 20, "munged")
            cluster.daemons.append(cluster.start(str(program("slurmctld")), "-D", "-f", str(configuration)))
            for number, node in enumerate(NODES):
                cluster.start_node(node, number if cores else None)
            idle = ("sinfo", "--noheader", "--states=idle", "--Node", "--format=%N")
            wait_until(lambda: len(cluster.ask(*idle).split()) == len(NODES), 60, "nodes", folder)
            yield cluster
        finally:
            for process in (*cluster.nodes.values(), *reversed(cluster.daemons)):
                killed(process.pid)
                process.wait()


def wait_until(done: Callable[[], Any], seconds: float, what: str, folder: Path | None = None) -> None:
    until = time.monotonic() + seconds
    while not done():
        if time.monotonic() > until:
            logs = [path.read_text(errors="replace")[-2000:] for path in folder.glob("*.log")] if folder else []
            raise TimeoutError("\n".join([f"{what}: not there after {seconds:.0f} s", *logs]))
        time.sleep(0.2)
