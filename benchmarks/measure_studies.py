"""Many studies at once, as when a dozen provinces are built together: copies of the demonstration study.

Run after set-up, with nothing else on the machine:  .venv/bin/python benchmarks/measure_studies.py [--slurm]
The CPU seconds of all of them together stand beside those of one built alone: what each further study costs, planning
included. With --slurm, they are also built on a cluster of two nodes on this machine, of one core each (SLURM has to be
installed, see docs/clusters.md); the table then shows how busy the work itself (the CPU seconds of the build without a
cluster) keeps both cores, from the first look at the inputs to the last line. The builds run in temporary copies of the
project that borrow its packages. What else the machine did meanwhile is told, since it takes from both.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
from measure_build import ROOT, STUDY, Measure, build, ready
from project import Project, copy_project

from thongthin.commands.setup import PROFILE_LOCK


def project_of(folder: Path, studies: int) -> Project:
    """A copy of the project that has so many copies of the demonstration study in place of it."""
    project = copy_project(folder, STUDY)
    names = [f"province-{number:02}" for number in range(1, studies + 1)]
    for part in ("data/raw", "report"):
        for name in names:
            shutil.copytree(project.root / part / STUDY, project.root / part / name)
        shutil.rmtree(project.root / part / STUDY)
    config = (project.root / "config" / "config.yml").read_text(encoding="utf-8")
    listed, count = re.subn(r"^studies: .*$", f"studies: [{', '.join(names)}]", config, flags=re.MULTILINE)
    assert count == 1, "config.yml lists the studies in one line"
    project.write("config/config.yml", listed)
    shutil.copy(ROOT / PROFILE_LOCK.format("slurm"), project.root)
    ready(project)
    return project


@contextlib.contextmanager
def busy() -> Iterator[list[float]]:
    """CPU seconds of everything on this machine within the block, as the one entry of the list."""

    def now() -> float:
        times = psutil.cpu_times()
        return sum(times) - times.idle - getattr(times, "iowait", 0.0)

    found, before = [0.0], now()
    yield found
    found[0] = now() - before


def measure(studies: int) -> dict[str, Measure]:
    """A first build of so many studies, and one after it that has nothing to do."""
    with tempfile.TemporaryDirectory() as folder:
        project = project_of(Path(folder), studies)
        return {kind: build(project, memory=False) for kind in ("full build", "nothing to do")}


def measure_cluster(studies: int) -> tuple[Measure, float]:
    """A first build of so many studies on the cluster: its measure, and the CPU seconds that others took meanwhile."""
    from loopback import NODES, two_nodes

    with tempfile.TemporaryDirectory() as folder, two_nodes(cores=True) as cluster:
        project = project_of(Path(folder), studies)
        os.environ["PATH"] = os.pathsep.join([str(cluster.bin), os.environ["PATH"]])
        build(project, ["--profile", "slurm", "--dry-run"], memory=False)  # which adds the plugin
        with busy() as everything:
            here = build(project, ["--profile", "slurm"], memory=False)
        there = sum(cluster.stop_node(node) for node in NODES)
    whole = Measure(here.seconds, here.cpu + there, 0, here.jobs)
    return whole, max(0.0, everything[0] - whole.cpu)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--studies", type=int, default=12, help="how many (default 12)")
    parser.add_argument("--slurm", action="store_true", help="on a cluster of two nodes on this machine, too")
    asked = parser.parse_args()
    rows = {studies: measure(studies) for studies in (1, asked.studies)}
    print(f"{'studies':>8}  {'':<16}{'seconds':>9}{'CPU s':>9}{'jobs':>7}{'times one':>11}")
    for studies, row in rows.items():
        for kind, run in row.items():
            times = run.cpu / rows[1][kind].cpu
            print(f"{studies:>8}  {kind:<16}{run.seconds:>9.1f}{run.cpu:>9.1f}{run.jobs:>7}{times:>11.2f}")
    if asked.slurm:
        run, others = measure_cluster(asked.studies)
        work = rows[asked.studies]["full build"].cpu
        print(f"{asked.studies:>8}  {'on two nodes':<16}{run.seconds:>9.1f}{run.cpu:>9.1f}{run.jobs:>7}")
        print(f"{'':>10}{'busy with the work':<24}{work / (2 * run.seconds):>8.2f} of two cores")
        print(f"{'':>10}{'other programs took':<24}{others / (2 * run.seconds):>8.2f} of two cores")
        print(f"{'':>10}{'busy of what was left':<24}{work / (2 * run.seconds - others):>8.2f}")


if __name__ == "__main__":
    main()
