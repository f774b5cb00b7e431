"""What machines read of a package: RO-Crate, data package, CITATION.cff, codecheck.yml."""

from __future__ import annotations

import hashlib
import json
import mimetypes
from collections.abc import Mapping
from typing import Any

import yaml

from thongthin.contract.tables import TABLES
from thongthin.present.package.contents import Package

Plain = dict[str, Any]

CRATE, DATA, CITATION, CODECHECK = "ro-crate-metadata.json", "datapackage.json", "CITATION.cff", "codecheck.yml"
_CONTEXT = ["https://w3id.org/ro/crate/1.2/context", "https://w3id.org/ro/terms/workflow-run/context"]
# Of 1.1, too: the profiles below are written on it, and what stands here is the same in both.
_RO_CRATE = ("https://w3id.org/ro/crate/1.2", "https://w3id.org/ro/crate/1.1")
_PROFILES = (
    ("https://w3id.org/ro/wfrun/process/0.5", "Process Run Crate", "0.5"),
    ("https://w3id.org/ro/wfrun/workflow/0.5", "Workflow Run Crate", "0.5"),
    ("https://w3id.org/workflowhub/workflow-ro-crate/1.0", "Workflow RO-Crate", "1.0"),
)
_SNAKEMAKE = "https://w3id.org/workflowhub/workflow-ro-crate#snakemake"
_WORKFLOW = "https://bioschemas.org/profiles/ComputationalWorkflow/1.0-RELEASE"
_MIT = "https://spdx.org/licenses/MIT"
_TYPES = {"text": "string", "integer": "integer", "number": "number", "flag": "boolean", "date": "date"}
# What mimetypes does not know on every system.
_FORMATS = {".csv": "text/csv", ".md": "text/markdown", ".yml": "application/yaml", ".qmd": "text/markdown"}
_NOT_SAID = "The study does not say under which terms its texts and data may be used; ask its authors."


def descriptors(package: Package, others: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files by their names.

    Args:
        others: further files of the package that are no files of the project, by their path.
    """
    found = {
        DATA: _json(_data_package(package)),
        CITATION: _yaml(_citation(package)),
        CODECHECK: _yaml(_codecheck(package)),
    }
    return {**found, CRATE: _json(_crate(package, {**others, **found}))}


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _yaml(content: Any) -> bytes:
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110)
    return text.encode("utf-8")


def _crate(package: Package, others: Mapping[str, bytes]) -> Plain:
    """RO-Crate 1.2 with the profiles Workflow RO-Crate and Workflow Run Crate: one run, of the whole workflow."""
    files = package.files()
    inputs = [name for name in files if name.startswith((f"data/raw/{package.study}/", f"report/{package.study}/"))]
    outputs = [name for name in files if name.startswith(f"{package.results}/") and name not in inputs]
    people = [_person(place, own) for place, own in enumerate(package.authors, start=1)]
    everything = sorted({*files, *others})
    entities: list[Plain] = [
        {
            "@id": CRATE,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": [{"@id": id_} for id_ in (*_RO_CRATE, _PROFILES[2][0])],
        },
        {
            "@id": "./",
            "@type": "Dataset",
            "name": package.title["en"],
            "alternateName": package.title["th"],
            "description": f"Documents, tables and code of the study: {package.title['en']}",
            "datePublished": package.date,
            "license": {"@id": "#terms"},
            "author": [{"@id": own["@id"]} for own in people],
            "conformsTo": [{"@id": id_} for id_, _, _ in _PROFILES],
            "hasPart": [{"@id": name} for name in everything],
            "mainEntity": {"@id": "Snakefile"},
            "mentions": [{"@id": "#build"}],
        },
        {"@id": "#terms", "@type": "CreativeWork", "name": "Terms of use", "description": _NOT_SAID},
        {"@id": _MIT, "@type": "CreativeWork", "name": "MIT License", "identifier": "MIT"},
        *(
            {"@id": id_, "@type": ["CreativeWork", "Profile"], "name": name, "version": version}
            for id_, name, version in _PROFILES
        ),
        {
            "@id": _SNAKEMAKE,
            "@type": "ComputerLanguage",
            "name": "Snakemake",
            "version": package.locked("snakemake"),
            "identifier": {"@id": "https://doi.org/10.1093/bioinformatics/bts480"},
            "url": {"@id": "https://snakemake.readthedocs.io"},
        },
        {
            "@id": "#build",
            "@type": "CreateAction",
            "name": f"Build of {package.study}",
            "description": f"Rendered by {package.engine}; packages {package.record['packages']}",
            "instrument": {"@id": "Snakefile"},
            "actionStatus": {"@id": "http://schema.org/CompletedActionStatus"},
            "endTime": package.date,
            "agent": [{"@id": own["@id"]} for own in people],
            "object": [{"@id": name} for name in inputs],
            "result": [{"@id": name} for name in outputs],
        },
        *people,
    ]
    for name in everything:
        data = others[name] if name in others else (package.root / name).read_bytes()
        entities.append(_file(name, data))
    return {"@context": _CONTEXT, "@graph": entities}


def _person(place: int, author: Mapping[str, Any]) -> Plain:
    orcid = str(author.get("orcid") or "")
    id_ = f"https://orcid.org/{orcid.rsplit('/', 1)[-1]}" if orcid else f"#author-{place}"
    return {"@id": id_, "@type": "Person", "name": author["name"]["en"], "alternateName": author["name"]["th"]}


def _file(name: str, data: bytes) -> Plain:
    found: Plain = {
        "@id": name,
        "@type": "File",
        "name": name.rsplit("/", 1)[-1],
        "contentSize": str(len(data)),
        "sha256": hashlib.sha256(data).hexdigest(),
        "encodingFormat": _format(name),
    }
    if name == "Snakefile":
        found["@type"] = ["File", "SoftwareSourceCode", "ComputationalWorkflow"]
        found |= {"name": "Thongthin", "programmingLanguage": {"@id": _SNAKEMAKE}, "license": {"@id": _MIT}}
        found["conformsTo"] = {"@id": _WORKFLOW}
    return found


def _format(name: str) -> str:
    ending = "." + name.rsplit(".", 1)[-1] if "." in name else ""
    return _FORMATS.get(ending) or mimetypes.guess_type(name)[0] or "text/plain"


def _data_package(package: Package) -> Plain:
    """Each result table with its columns: name, type, title, unit (Data Package, version 1)."""
    resources = []
    for path in package.tables():
        name = path.rsplit("/", 1)[-1].removesuffix(".csv")
        if name not in TABLES:
            continue
        data = (package.root / path).read_bytes()
        head = data.decode("utf-8-sig").split("\n", 1)[0].strip().split(",")
        known = {column.name: column for column in TABLES[name].columns}
        fields = [
            {"name": own, "type": "string"}
            if own not in known or package.audience == "public"  # where a number is left out stands a mark
            else {"name": own, "type": _TYPES[known[own].kind]}
            for own in head
        ]
        for field in fields:
            if column := known.get(field["name"]):
                field["title"] = column.en
                field |= {"description": column.unit} if column.unit else {}
        resources.append(
            {
                "name": name.replace("_", "-"),
                "path": path,
                "title": TABLES[name].en,
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(data),
                "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
                "schema": {"fields": fields, "missingValues": [""]},
            }
        )
    return {
        "name": package.study,
        "profile": "tabular-data-package",
        "title": package.title["en"],
        "created": package.date,
        "contributors": [{"title": own["name"]["en"], "role": "author"} for own in package.authors],
        "resources": resources,
    }


def _citation(package: Package) -> Plain:
    return {
        "cff-version": "1.2.0",
        "message": "If you use this package, please cite it as below.",
        "type": "dataset",
        "title": package.title["en"],
        "authors": [_cited(own) for own in package.authors],
        "date-released": package.date,
        "keywords": [str(own) for own in (package.described.get("keywords") or {}).get("en", [])]
        or ["reproducible research"],
    }


def _cited(author: Mapping[str, Any]) -> Plain:
    orcid = str(author.get("orcid") or "")
    named = {"name": author["name"]["en"]}
    given, _, family = author["name"]["en"].rpartition(" ")
    if given:
        named = {"given-names": given, "family-names": family}
    return {**named, **({"orcid": f"https://orcid.org/{orcid.rsplit('/', 1)[-1]}"} if orcid and given else {})}


def _codecheck(package: Package) -> Plain:
    """codecheck.yml (codecheck.org.uk/spec/config/1.0): what a checker is to make again, and lines for the checker."""
    said = {(own["kind"], own["name"]): own for own in package.exhibits if own["number"]}
    manifest = [{"file": name, "comment": "document"} for name in package.documents()]
    for (kind, name), own in said.items():
        folder = "tables" if kind == "table" else "figures"
        path = f"{package.results}/article/{folder}/{name}.csv"
        if (package.root / path).is_file():
            manifest.append(
                {"file": path, "comment": f"{kind.capitalize()} {own['number']} ({own['document']}): {own['said_en']}"}
            )
    return {
        "version": "https://codecheck.org.uk/spec/config/1.0/",
        "source": f"Package of the study {package.study}",
        "manifest": manifest,
        "codechecker": [{"name": ""}],
        "report": "",
        "check_time": "",
        "certificate": "",
        "repository": "",
        "summary": "",
        "paper": {
            "title": package.title["en"],
            "authors": [
                {
                    "name": own["name"]["en"],
                    **({"ORCID": str(own["orcid"]).rsplit("/", 1)[-1]} if own.get("orcid") else {}),
                }
                for own in package.authors
            ],
            "reference": "",
        },
    }
