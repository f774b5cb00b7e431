"""What describes a package for machines is a valid crate, by the validator of the RO-Crate community.

The validator (`roc-validator` on PyPI, no package of ours) looks up the words of a crate at two addresses; offline they
come from the folder that `THONGTHIN_CRATE_CONTEXTS` names: `crate-1.2.json` (docs/_specification/1.2/context.jsonld of
github.com/ResearchObject/ro-crate) and `workflow-run.json` (workflow-run/context.jsonld of ResearchObject/ro-terms).
"""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from thongthin.present.package.contents import CODE_FILES, Package
from thongthin.present.package.descriptors import CRATE, descriptors

STUDY = "village"
CONTEXTS = {
    "https://w3id.org/ro/crate/1.2/context": "crate-1.2.json",
    "https://w3id.org/ro/terms/workflow-run/context": "workflow-run.json",
}
# Workflow Run Crate 0.5 is written on RO-Crate 1.1, and its checks ask for that version in the descriptor. Ours says
# 1.2, which the newest profiles of RO-Crate itself are; there is no Workflow Run Crate on 1.2 yet.
OF_ITS_VERSION = "ro-crate-1.1_5.3"


@pytest.fixture
def crate(tmp_path: Path) -> Path:
    """The description of a small package, in a folder of its own."""
    root = tmp_path / "project"
    results = f"results/{STUDY}"
    for name in (
        *CODE_FILES,
        f"data/raw/{STUDY}/study.yml",
        f"{results}/article.en.html",
        f"{results}/tables/sample.csv",
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("n\n12\n", encoding="utf-8")
    (root / results / "exhibits.csv").write_text("kind,name,number\n", encoding="utf-8")
    described = {
        "title": {"th": "หมู่บ้าน", "en": "The village"},
        "date": "2024-05-01",
        "authors": [{"name": {"th": "เก่ง อักษร", "en": "Keng Akson"}, "orcid": "0000-0002-1825-0097"}, {"name": "Li"}],
    }
    package = Package(
        root, STUDY, "open", described, {"engine": "embedded", "packages": "0" * 64, "study.yml": described}
    )
    folder = tmp_path / "crate"
    folder.mkdir()
    (folder / CRATE).write_bytes(descriptors(package, {"README.md": b"# x\n"})[CRATE])
    return folder


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """A cache of the validator that holds the two contexts."""
    pytest.importorskip("rocrate_validator", reason="roc-validator is not installed")
    folder = Path(os.environ.get("THONGTHIN_CRATE_CONTEXTS", "nowhere"))
    if not all((folder / name).is_file() for name in CONTEXTS.values()):
        pytest.skip("THONGTHIN_CRATE_CONTEXTS names no folder with the contexts of RO-Crate")
    import requests
    import requests_cache
    from requests.adapters import BaseAdapter
    from urllib3 import HTTPResponse

    class Files(BaseAdapter):
        def send(self, request: Any, **_: Any) -> Any:
            found = requests.Response()
            found.status_code, found.url, found.request = 200, request.url, request
            head = {"Content-Type": "application/ld+json"}
            data = io.BytesIO((folder / CONTEXTS[request.url]).read_bytes())
            found.headers.update(head)
            found.raw = HTTPResponse(body=data, headers=head, status=200, preload_content=False)
            return found

        def close(self) -> None:
            pass

    path = tmp_path / "words"
    session = requests_cache.CachedSession(cache_name=str(path), backend="sqlite", expire_after=-1)
    session.mount("https://w3id.org/", Files())
    for address in CONTEXTS:
        session.get(address)
    session.close()
    return path


def faults(crate: Path, words: Path, profile: str) -> list[str]:
    from rocrate_validator import services

    settings = services.ValidationSettings(
        rocrate_uri=str(crate), profile_identifier=profile, metadata_only=True, offline=True, cache_path=words
    )
    return sorted({issue.check.identifier for issue in services.validate(settings).get_issues()})


def test_the_description_is_a_crate(crate: Path, words: Path) -> None:
    assert faults(crate, words, "ro-crate-1.2") == []


def test_it_is_a_crate_of_a_run_of_a_workflow_but_for_the_version(crate: Path, words: Path) -> None:
    assert faults(crate, words, "workflow-run-crate-0.5") == [OF_ITS_VERSION]
    path = crate / CRATE
    said = json.loads(path.read_text(encoding="utf-8"))
    descriptor = next(own for own in said["@graph"] if own["@id"] == CRATE)
    descriptor["conformsTo"][0]["@id"] = "https://w3id.org/ro/crate/1.1"
    path.write_text(json.dumps(said), encoding="utf-8")
    assert faults(crate, words, "workflow-run-crate-0.5") == []
