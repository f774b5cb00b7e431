"""What several tests of the workflow share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from project import NAME, Project, alone, copy_project, python_of
from studies import make_study


def shared(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Project:
    """A project that all processes of a run of the tests share: it is only looked at, or copied."""
    own = factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    with alone(folder.with_suffix(".lock")):
        if not (folder / "made").exists():
            make(folder)
            (folder / "made").touch()
    return Project(folder / NAME, python_of(folder / NAME))


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small study, built to the end."""

    def make(folder: Path) -> None:
        project = copy_project(folder)
        make_study(project.root)
        project.build()

    return shared(tmp_path_factory, "small", make)


@pytest.fixture(scope="session")
def simulated(small: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small study, which is simulated, published."""

    def make(folder: Path) -> None:
        code, output = small.copy(folder).publish("small")
        assert code == 0, output

    return shared(tmp_path_factory, "published", make)
