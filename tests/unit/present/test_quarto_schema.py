"""Every key that is written for Quarto is one that Quarto knows in that place (tests/quarto_schema.yml)."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from studies import STUDY

from thongthin.commands.setup import QUARTO
from thongthin.contract.study import Study
from thongthin.present.render.composition import compose
from thongthin.present.render.engines import LEAST
from thongthin.present.render.lines import FRONT_MATTER_KEYS
from thongthin.present.render.working_copy import assemble

ROOT = Path(__file__).parents[3]
FACTS = yaml.safe_load((ROOT / "tests" / "quarto_schema.yml").read_text(encoding="utf-8"))
# What Quarto leaves to those who write templates and filters: any key may stand in it.
OURS = ("metadata.yml", "thongthin")


def faults(place: str, content: Any) -> list[str]:
    """What Quarto would not take of what stands in a file of the working copy."""
    schema = {"$ref": f"#/$defs/{place.replace('/', '~1')}", "$defs": FACTS["$defs"]}
    return [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(content)]


def written(folder: Path, **choices: Any) -> dict[str, Any]:
    """File -> content of whatever a working copy holds for Quarto to read as YAML."""
    source = folder / "source"
    (source / "nothing").mkdir(parents=True)
    (source / "article.qmd").write_text(f"---\nlang: {choices['language']}\n---\n\nText\n", encoding="utf-8")
    (source / "references.json").write_text("[]", encoding="utf-8")
    copied = folder / "copy"
    compose(
        folder / "text",
        study=Study.model_validate({**STUDY, "provenance": choices["provenance"]}),
        document=choices["document"],
        language=choices["language"],
        article=source / "article.qmd",
        values={},
        quotes={},
        references={"th": source / "references.json", "en": source / "references.json"},
        tables=source / "nothing",
    )
    assemble(copied, text=folder / "text", figures=[], report=ROOT / "report", fonts=source / "nothing")
    found = {}
    for path in sorted(copied.rglob("*")):
        text = path.read_text(encoding="utf-8") if path.suffix in {".yml", ".yaml", ".qmd", ".md", ".ipynb"} else None
        if text is not None and path.suffix == ".qmd":
            text = text.split("---\n")[1]
        if text is not None:
            found[path.relative_to(copied).as_posix()] = yaml.safe_load(text)
    return found


@pytest.fixture(scope="module")
def thai(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return written(tmp_path_factory.mktemp("th"), language="th", document="article", provenance="simulated")


@pytest.mark.parametrize("provenance", ["simulated", "field"])
@pytest.mark.parametrize("document", ["article", "supplement"])
@pytest.mark.parametrize("language", ["th", "en"])
def test_quarto_knows_every_key(tmp_path: Path, language: str, document: str, provenance: str) -> None:
    files = written(tmp_path, language=language, document=document, provenance=provenance)
    assert set(files) == {"_quarto.yml", "metadata.yml", "article.qmd", "_extensions/thongthin/_extension.yml"}
    assert [(name, fault) for name, content in files.items() for fault in faults(name, content)] == []


def objects(content: Any, way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Every object of the content, at every depth, with the keys that lead to it."""
    if isinstance(content, dict):
        yield way, content
        for key, value in content.items():
            yield from objects(value, (*way, key))
    elif isinstance(content, list):
        for number, value in enumerate(content):
            yield from objects(value, (*way, str(number)))


def test_a_key_that_quarto_does_not_know_is_found_at_every_depth(thai: dict[str, Any]) -> None:
    seen = set()
    for name in thai:
        for way, _ in objects(thai[name]):
            if (name, *way)[:2] == OURS:
                continue
            changed = copy.deepcopy(thai[name])
            dict(objects(changed))[way]["made-up"] = "x"
            assert faults(name, changed), f"{name}, {way}: the key made-up is not noticed"
            seen.add((name, *way))
    assert seen >= {
        ("_quarto.yml",),
        ("_quarto.yml", "project"),
        ("_quarto.yml", "execute"),
        ("_quarto.yml", "format"),
        ("_quarto.yml", "format", "html"),
        ("_quarto.yml", "format", "typst"),
        ("_quarto.yml", "format", "docx"),
        ("metadata.yml",),
        ("article.qmd",),
        ("_extensions/thongthin/_extension.yml", "contributes"),
        ("_extensions/thongthin/_extension.yml", "contributes", "filters", "0"),
    }


@pytest.mark.parametrize(
    ("name", "place", "key", "value"),
    [
        ("_quarto.yml", "crossref", "", {"sec-title": "หัวข้อ"}),  # there is none: a section has no caption
        ("_quarto.yml", "project", "redner", ["article.qmd"]),
        ("_quarto.yml", "format", "pdf2", {}),
        ("_quarto.yml", "citeproc", "", "no"),
    ],
)
def test_what_quarto_refuses_or_passes_by_is_found(
    thai: dict[str, Any], name: str, place: str, key: str, value: Any
) -> None:
    changed = copy.deepcopy(thai[name])
    if key:
        changed[place][key] = value
    else:
        changed[place] = value
    assert len(faults(name, changed)) == 1


def test_articles_have_the_front_matter_that_was_looked_up() -> None:
    assert set(FACTS["$defs"]["article.qmd"]["properties"]) == FRONT_MATTER_KEYS


def test_the_least_version_is_the_first_that_knows_every_key(thai: dict[str, Any]) -> None:
    least = ".".join(map(str, LEAST))
    assert thai["_extensions/thongthin/_extension.yml"]["quarto-required"] == f">={least}"
    assert f"quarto-cli>={least},<2" == QUARTO
    head = (ROOT / "tests" / "quarto_schema.yml").read_text(encoding="utf-8").split("$schema")[0]
    assert re.findall(r"v(\d+\.\d+\.\d+)", head)[0] == least
