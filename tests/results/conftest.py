"""What must hold of any build. The workflow runs these tests itself (rule check_results), before a build is done."""

from __future__ import annotations

import os

import pytest
from built import Build


@pytest.fixture(scope="session")
def build() -> Build:
    study = os.environ.get("THONGTHIN_STUDY")
    if not study:
        pytest.skip("run by the workflow for each study, with THONGTHIN_STUDY set")
    return Build(study)
