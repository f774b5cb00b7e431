"""What a build is made from: hashes of the files that people made, settings, code, packages, engine."""

import hashlib
import json
from pathlib import Path
from typing import Any

from thongthin.basics.files import LITTER, write_text


def record_sources(
    *,
    files: list[str],
    configuration: str,
    made_from: str,
    of_data: str,
    study: str,
    steps: dict[str, dict[str, list[str]]],
    codes: dict[str, str],
    packages: str,
    engine: str,
    analysis: dict[str, Any],
    described: dict[str, Any],
    configured: dict[str, Any],
    looks: list[str],
) -> None:
    """Write all of it as JSON.

    Args:
        files: those that people made for the study.
        of_data: is written as well: the same without what people wrote of the documents, and what these look like.
        configuration: config.yml; what it says for this study stands in `analysis`.
        steps: rule -> files that it takes and gives.
        codes: script -> fingerprint of all code that it runs.
        packages: hash of the locked versions.
        described: what study.yml says.
        configured: what config.yml says beside the analysis.
        looks: patterns of the files that builds take beside code and the files of a study.
    """
    inputs = {}
    for path in files:
        data = Path(path).read_bytes()
        inputs[path] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    record = {
        "study": study,
        "engine": engine,
        "packages": packages,
        "inputs": inputs,
        "analysis": analysis,
        "study.yml": described,
        "codes": codes,
        "steps": steps,
    }
    found = (path for pattern in looks for path in Path().glob(pattern))
    taken = sorted(path for path in found if path.is_file() and not path.name.startswith(LITTER))
    besides = {
        "config": configured,
        "looks": {path.as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in taken},
    }
    of_documents = {path for path in inputs if path.startswith(f"report/{study}/")}
    for path, left_out, more in ((made_from, set[str](), besides), (of_data, of_documents, {})):
        kept = {**record, **more, "inputs": {name: own for name, own in inputs.items() if name not in left_out}}
        write_text(path, json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(record_sources, globals()["snakemake"])
