"""The embedded renderer: pandoc and Typst from their Python packages, for where Quarto is not installed.

It reads the same working copy as Quarto, with its filters, templates and styles. The text is
parsed once (in that of a supplement, most of pandoc's time goes there), and the formats are made of it side by side.
Nothing is written but the outputs. Fails, with what pandoc or Typst said, on anything that either even warns of.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import yaml

from thongthin.basics.files import write_bytes
from thongthin.present.render import pandoc
from thongthin.present.render.failure import render_error
from thongthin.present.render.held import METADATA, read_held
from thongthin.present.render.pdf_text import repair_text
from thongthin.present.render.typesetting import TypesettingFailed, typeset

EXTENSION = "_extensions/thongthin"
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
WRITING = ("--from=json", "--fail-if-warnings", "--standalone", "--wrap=none")


def render(folder: Path, out: Mapping[str, Path]) -> bytes:
    """Render a working copy (see `thongthin.present.render.working_copy`).

    Args:
        folder: the working copy.
        out: where each format (html, pdf, docx) goes.

    Returns:
        What was rendered, as a tree (see `held`).

    Raises:
        RenderError: pandoc or Typst failed, warned, or took too long; or the text holds what no document may hold.
    """
    parsed = read_held(folder)
    extension = yaml.safe_load((folder / EXTENSION / "_extension.yml").read_text(encoding="utf-8"))
    filters = [f"--lua-filter={EXTENSION}/{own['path']}" for own in extension["contributes"]["filters"]]
    environment = {"SOURCE_DATE_EPOCH": epoch(folder)}

    def made(format_: str) -> bytes:
        options = (*WRITING, *filters, *OPTIONS[format_])
        try:
            data, _ = pandoc.run(parsed, *options, folder=folder, environment=environment, limit=pandoc.WRITING)
        except pandoc.PandocFailed as error:
            raise render_error("pandoc", format_, folder, str(error)) from error
        return _pdf(folder, data) if format_ == "pdf" else data

    # The PDF, which takes longest, is begun first; each thread waits for programs outside Python.
    order = sorted(out, key=lambda format_: format_ != "pdf")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        documents = dict(zip(order, pool.map(made, order), strict=True))
    for format_, path in out.items():
        write_bytes(path, documents[format_])
    return parsed


def epoch(folder: Path) -> str:
    """The date of the study as SOURCE_DATE_EPOCH: documents carry it in place of the time they were made."""
    date = yaml.safe_load((folder / METADATA).read_text(encoding="utf-8"))["thongthin"]["date"]
    return str(int(datetime.datetime(**date, tzinfo=datetime.UTC).timestamp()))


def _pdf(folder: Path, source: bytes) -> bytes:
    """The PDF of a Typst source: tagged (PDF/UA-1), with the fonts of the working copy only.

    Where a table stands can depend on where it stood in the last of Typst's rounds; if that finds no end, it is set by
    the simpler rules that the template has for it.
    """
    pdf, warnings = _compiled(folder, source, {})
    if any("converge" in warning for warning in warnings):
        pdf, warnings = _compiled(folder, source, {"steady": "true"})
    if warnings:
        raise render_error("Typst", "pdf", folder, "\n".join(warnings))
    return repair_text(pdf, folder / "fonts")


def _compiled(folder: Path, source: bytes, inputs: dict[str, str]) -> tuple[bytes, list[str]]:
    """What Typst makes of a source, and its warnings; `inputs` are what the template finds in `sys.inputs`."""
    try:
        made = typeset(source, root=folder, fonts=folder / "fonts", standard="ua-1", inputs=inputs)
    except TypesettingFailed as error:
        raise render_error("Typst", "pdf", folder, str(error)) from error
    return made.files[0], made.warnings
