"""What describes a package for machines is a valid crate, by the validator of the RO-Crate community, offline.

The validator looks up the words of a crate at two addresses, and keeps what it got: here it finds both kept. Those of
RO-Crate come with the package `rocrate`: they are those of 1.3, which say of each word that we use what 1.2 says, but
for one, which is put right here. Of those of Workflow Run Crate (github.com/ResearchObject/ro-terms,
workflow-run/context.jsonld) we use one.
"""

from __future__ import annotations

import io
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import requests
import requests_cache
from requests.adapters import BaseAdapter
from rocrate_validator import services
from urllib3 import HTTPResponse

from thongthin.present.package.contents import CODE_FILES, Package
from thongthin.present.package.descriptors import CRATE, descriptors

STUDY = "village"
WORDS = json.loads(files("rocrate").joinpath("data", "ro-crate.jsonld").read_text(encoding="utf-8"))["@context"]
WORDS["ComputationalWorkflow"] = "https://bioschemas.org/ComputationalWorkflow"
CONTEXTS = {
    "https://w3id.org/ro/crate/1.2/context": WORDS,
    "https://w3id.org/ro/terms/workflow-run/context": {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"},
}


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


class Kept(BaseAdapter):
    """Answers with the words of `CONTEXTS`."""

    def send(self, request: Any, **_: Any) -> Any:
        head = {"Content-Type": "application/ld+json"}
        found = requests.Response()
        found.status_code, found.url, found.request = 200, request.url, request
        found.headers.update(head)
        body = io.BytesIO(json.dumps({"@context": CONTEXTS[request.url]}).encode())
        found.raw = HTTPResponse(body=body, headers=head, status=200, preload_content=False)
        return found

    def close(self) -> None:
        pass


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache of the validator that holds the words."""
    path = tmp_path_factory.mktemp("crate") / "words"
    with requests_cache.CachedSession(cache_name=str(path), backend="sqlite", expire_after=-1) as session:
        session.mount("https://w3id.org/", Kept())
        for address in CONTEXTS:
            session.get(address)
    return path


def faults(crate: Path, words: Path, profile: str) -> list[str]:
    settings = services.ValidationSettings(
        rocrate_uri=str(crate), profile_identifier=profile, metadata_only=True, offline=True, cache_path=words
    )
    return sorted({issue.check.identifier for issue in services.validate(settings).get_issues()})


# The second asks for all that RO-Crate 1.1, Process Run Crate and Workflow RO-Crate ask for.
@pytest.mark.parametrize("profile", ["ro-crate-1.2", "workflow-run-crate-0.5"])
def test_the_description_is_a_crate_of(profile: str, crate: Path, words: Path) -> None:
    assert faults(crate, words, profile) == []


def test_every_word_of_it_is_known(crate: Path) -> None:
    known = {word for words in CONTEXTS.values() for word in words}
    said = json.loads((crate / CRATE).read_text(encoding="utf-8"))["@graph"]
    assert {word for own in said for word in own if not word.startswith("@")} <= known


# What is asked for of the description itself, and of the run that has made the files.
MISSING = {("ro-crate-1.1_5.2", CRATE, "about"), ("process-run-crate-0.5_1.1", "#build", "instrument")}


def test_what_is_missing_is_found(crate: Path, words: Path) -> None:
    said = json.loads((crate / CRATE).read_text(encoding="utf-8"))
    for _, of, without in MISSING:
        del next(own for own in said["@graph"] if own["@id"] == of)[without]
    (crate / CRATE).write_text(json.dumps(said), encoding="utf-8")
    assert {check for check, *_ in MISSING} <= {*faults(crate, words, "workflow-run-crate-0.5")}
