"""What must hold of any build. The workflow runs these tests itself before a build is done.

Those of a document run for each document in each language (rule check_document), all others once (rule check_results).
"""

from __future__ import annotations

import os
from functools import cache

import pytest
from built import ROOT, Build

from thongthin.contract.documents import documents_of


@pytest.fixture(scope="session")
def build() -> Build:
    study = os.environ.get("THONGTHIN_STUDY")
    if not study:
        pytest.skip("run by the workflow for each study, with THONGTHIN_STUDY set")
    return _build(study)


@cache
def _build(study: str) -> Build:
    return Build(study)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests of a document run for THONGTHIN_DOCUMENT, as "article.th", or for all that the study has."""
    if "document" not in metafunc.fixturenames:
        return
    study, asked = os.environ.get("THONGTHIN_STUDY"), os.environ.get("THONGTHIN_DOCUMENT")
    if asked:
        which = [tuple(asked.rsplit(".", 1))]
    elif study:
        languages = _build(study).settings.config.languages
        which = [(document, language) for document in documents_of(ROOT, study) for language in languages]
    else:
        which = []
    metafunc.parametrize(("document", "language"), which)
