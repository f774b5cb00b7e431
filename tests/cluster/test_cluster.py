"""Studies built on a cluster with SLURM, two nodes on this machine: the same bytes as here, whatever dies meanwhile.

`python3 paper.py test --cluster` runs this. SLURM itself is installed by nobody but you (Debian: slurm-wlm, munge);
the plugin of Snakemake goes into the temporary copy of the project only.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from loopback import Cluster, killed, missing, two_nodes
from project import ROOT, Project, copy_project
from studies import make_study

from thongthin.commands.setup import PROFILE_LOCK, Environment

STUDIES = ("first", "second")
# A node is given up ten seconds after it died, and Snakemake looks ever more seldom.
PATIENCE = 900

pytestmark = pytest.mark.skipif(bool(missing()), reason=f"no cluster can be tried here: {missing()}")


def two_studies(folder: Path) -> Project:
    project = copy_project(folder)
    for name in STUDIES:
        make_study(project.root, name=name, config={"studies": list(STUDIES)})
    shutil.copy(ROOT / PROFILE_LOCK.format("slurm"), project.root)
    environment = Environment(project.root)
    environment.stamp.write_text(environment.source, encoding="utf-8")
    return project


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Both studies, built on this machine as usual."""
    project = two_studies(tmp_path_factory.mktemp("here"))
    code, output = project.launch("build")
    assert code == 0, output
    return project


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The same, to be built on the cluster."""
    return two_studies(tmp_path_factory.mktemp("there"))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with two_nodes() as cluster:
        yield cluster


@contextlib.contextmanager
def building(project: Project, cluster: Cluster) -> Iterator[subprocess.Popen[str]]:
    """A build on the cluster, as people start it."""
    path = os.pathsep.join([str(cluster.bin), os.environ["PATH"]])
    process = subprocess.Popen(
        [sys.executable, "paper.py", "build", "--profile", "slurm"],
        cwd=project.root,
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    try:
        yield process
    finally:
        killed(process.pid)


def build(project: Project, cluster: Cluster) -> tuple[int, str]:
    with building(project, cluster) as process:
        output, _ = process.communicate(timeout=PATIENCE)
    return process.returncode, output


def wait_for(condition: Callable[[], Any], what: str, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        if process.poll() is not None or time.monotonic() > until:
            process.kill()
            assert process.stdout
            pytest.fail(f"waited in vain for {what}:\n{process.stdout.read()[-5000:]}")
        time.sleep(0.1)


def hashes(project: Project, study: str) -> dict[str, str]:
    return {row["path"]: row["sha256"] for row in project.table(f"results/{study}/manifest.csv")}


def begun(project: Project) -> bool:
    """Whether some steps of each study are done."""
    return all(len(list((project.root / "logs" / name / "benchmarks").glob("*.tsv"))) >= 5 for name in STUDIES)


def test_beside_the_jobs_of_a_killed_build_none_begins(there: Project, cluster: Cluster) -> None:
    with building(there, cluster) as process:
        wait_for(lambda: cluster.jobs_on("n1") and cluster.jobs_on("n2"), "a study on each node", process)
    jobs = [*cluster.jobs_on("n1"), *cluster.jobs_on("n2")]
    assert len(jobs) == len(STUDIES), "they outlive the build"
    code, output = build(there, cluster)
    assert code == 1
    assert f"scancel {' '.join(sorted(jobs))}\n" in output
    assert "ยกเลิกด้วยคำสั่ง scancel" in output
    cluster.ask("scancel", *jobs)


def test_a_node_that_dies_in_the_middle_changes_no_byte(here: Project, there: Project, cluster: Cluster) -> None:
    with building(there, cluster) as process:
        wait_for(lambda: begun(there), "some steps of both studies", process)
        assert cluster.jobs_on("n1"), "each node builds a study"
        assert cluster.jobs_on("n2"), "each node builds a study"
        assert {"slurmd", "slurmstepd"} <= set(cluster.kill_node("n1"))
        output, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, output[-5000:]
    for name in STUDIES:
        assert hashes(there, name) == hashes(here, name)
        assert f"results/{name}/article.th.html" in output
    assert output.count("steps sent to the cluster") == len(STUDIES), "a study is one job"
    assert output.count("done on the cluster") == len(STUDIES)
    assert not list((there.root / "results").rglob("*.part"))
    assert not cluster.ask("squeue", "--noheader", "--states=RUNNING,PENDING")


def test_then_there_is_nothing_to_do(there: Project, cluster: Cluster) -> None:
    code, output = build(there, cluster)
    assert code == 0, output
    assert "Nothing to do: everything is up to date." in output


def test_a_step_that_fails_there_is_told_with_its_log(there: Project, cluster: Cluster) -> None:
    there.replace(
        "workflow/scripts/count_themes.py", "    book =", "    raise SystemError('too many cooks')\n    book ="
    )
    code, output = build(there, cluster)
    assert code == 1
    assert "This study failed on the cluster" in output
    assert "logs/first/count_themes.log" in output
    assert "SystemError: too many cooks" in output
    assert "compare_themes  (" not in output, "only what failed is told of"
