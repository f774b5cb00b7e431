"""The manifest of a build: every table, figure, notebook and document with its hash; and the name of the engine."""

import csv
import hashlib
import io
from pathlib import Path

from thongthin.basics.files import files_in, write_text
from thongthin.present.render.engines import Engine, with_versions


def write_manifest(
    *,
    built: list[str],
    tables: list[str],
    shown: list[str],
    scores: list[str],
    references: list[str],
    fonts: str,
    figures: list[str],
    texts: list[str],
    rendered: list[str],
    trees: list[str],
    counted: list[str],
    checks: str,
    requirements: str,
    claims: str,
    words: str,
    manifest: str,
    engine_file: str,
    engine: Engine,
) -> None:
    """Write path, bytes and sha256 of each file, sorted by path, and the engine with its versions.

    Args:
        scores: table scale_scores, or nothing where there is no survey.
        shown: folders; all files in them, in `texts` and in `fonts` are listed.
        claims, words: what `check_claims` found.
        rendered, trees: the documents before they were published, and what was rendered.
        counted: what was read back out of them.
    """
    files = {*built, *tables, *scores, *figures, *rendered, *trees, *counted, *references}
    files.update([checks, requirements, claims, words])
    files.update(path for folder in [*shown, *texts, fonts] for path in files_in(Path(folder)))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["path", "bytes", "sha256"])
    for path in sorted(files):
        data = Path(path).read_bytes()
        writer.writerow([Path(path).as_posix(), len(data), hashlib.sha256(data).hexdigest()])
    write_text(engine_file, with_versions(engine) + "\n")
    write_text(manifest, text.getvalue())


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(write_manifest, globals()["snakemake"])
