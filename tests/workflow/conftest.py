"""What several tests of the workflow share."""

from __future__ import annotations

import os

import pytest
from project import NAME, Project, alone, copy_project, python_of
from studies import make_study


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small study, built to the end.

    All processes of a run of the tests share it: it is only looked at, or copied.
    """
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "small"
    with alone(folder.with_suffix(".lock")):
        if not (folder / "built").exists():
            project = copy_project(folder)
            make_study(project.root)
            project.build()
            (folder / "built").touch()
    return Project(folder / NAME, python_of(folder / NAME))
