"""The embedded renderer: pandoc and Typst from their Python packages, for where Quarto is not installed.

It reads the same working copy as Quarto, with its filters, templates and styles. The text is
parsed once (in that of a supplement, most of pandoc's time goes there), and the formats are made of it side by side.
Nothing is written but the outputs. Fails, with what pandoc or Typst said, on anything that either even warns of.
"""

from __future__ import annotations

import datetime
import os
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypandoc
import typst
import yaml

from thongthin.basics.files import write_bytes
from thongthin.present.render.failure import render_error
from thongthin.present.render.pdf_text import repair_text

EXTENSION = "_extensions/thongthin"
# In place of the folder in which people keep their own abbreviations, templates and filters of pandoc.
NO_FOLDER = "no-user-data"
OPTIONS = {
    "html": [
        "--to=html5",
        "--template=styles/article.html",
        "--css=fonts/fonts.css",
        "--css=styles/article.css",
        "--embed-resources",
        "--mathml",
        "--toc",
        "--toc-depth=2",
    ],
    "pdf": ["--to=typst", "--number-sections", "--template=styles/embedded.typ"],
    "xml": ["--to=jats_publishing", "--template=styles/article.jats"],
    "docx": ["--to=docx", "--reference-doc=styles/reference.docx"],
}
WRITING = ("--from=json", "--standalone", "--wrap=none")


def render(folder: Path, out: Mapping[str, Path]) -> None:
    """Render a working copy (see `thongthin.present.render.working_copy`).

    Args:
        folder: the working copy.
        out: where each format (html, pdf, docx) goes.

    Raises:
        RenderError: pandoc or Typst failed, or warned.
    """
    source = (folder / "article.qmd").read_bytes()
    extension = yaml.safe_load((folder / EXTENSION / "_extension.yml").read_text(encoding="utf-8"))
    filters = [f"--lua-filter={EXTENSION}/{own['path']}" for own in extension["contributes"]["filters"]]
    parsed = _pandoc(folder, source, "--from=markdown", "--metadata-file=metadata.yml", "--to=json")

    def made(format_: str) -> bytes:
        data = _pandoc(folder, parsed, *WRITING, *filters, *OPTIONS[format_], format_=format_)
        return _pdf(folder, data) if format_ == "pdf" else data

    # The PDF, which takes longest, is begun first; each thread waits for programs outside Python.
    order = sorted(out, key=lambda format_: format_ != "pdf")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        documents = dict(zip(order, pool.map(made, order), strict=True))
    for format_, path in out.items():
        write_bytes(path, documents[format_])


def epoch(folder: Path) -> str:
    """The date of the study as SOURCE_DATE_EPOCH: documents carry it in place of the time they were made."""
    date = yaml.safe_load((folder / "metadata.yml").read_text(encoding="utf-8"))["thongthin"]["date"]
    return str(int(datetime.datetime(**date, tzinfo=datetime.UTC).timestamp()))


def pandoc() -> Path:
    """The pandoc of the package, not a newer one that the machine may have: the same input gives the same bytes."""
    program = Path(pypandoc.__file__).parent / "files" / ("pandoc.exe" if os.name == "nt" else "pandoc")
    return program if program.exists() else Path(pypandoc.get_pandoc_path())


def _pandoc(folder: Path, source: bytes, *options: str, format_: str | None = None) -> bytes:
    """What pandoc makes of `source`; `format_` is the format that it is made for, if it is one."""
    done = subprocess.run(
        [
            str(pandoc()),
            "--eol=lf",
            f"--data-dir={NO_FOLDER}",
            "--fail-if-warnings",
            *options,
            "--output=-",
        ],
        input=source,
        cwd=folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": epoch(folder)},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise render_error("pandoc", format_, folder, done.stderr.decode("utf-8", "replace"))
    return done.stdout


def _pdf(folder: Path, source: bytes) -> bytes:
    """The PDF of a Typst source: tagged (PDF/UA-1), with the fonts of the working copy only."""
    try:
        # Its type hints want source and paths to be of one type, which can't be.
        pdf, warnings = typst.compile_with_warnings(  # type: ignore[call-overload]
            source, root=folder, font_paths=[folder / "fonts"], ignore_system_fonts=True, pdf_standards="ua-1"
        )
    except typst.TypstError as error:
        raise render_error("Typst", "pdf", folder, str(error)) from error
    if warnings:
        raise render_error("Typst", "pdf", folder, "\n".join(str(warning) for warning in warnings))
    return repair_text(pdf, folder / "fonts")
