"""The embedded renderer: pandoc and Typst from their Python packages, for where Quarto is not installed.

It reads the same working copy as Quarto, with its templates and styles. The text is parsed once, set for each format
(`present.setting`), and the formats are written side by side. Nothing is written but the outputs. Fails, with what
pandoc or Typst said, on anything that either even warns of.
"""

from __future__ import annotations

import contextlib
import datetime
import gc
import json
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

from thongthin.basics.files import write_bytes
from thongthin.present.render import pandoc
from thongthin.present.render.embedding import embed
from thongthin.present.render.failure import render_error
from thongthin.present.render.held import metadata_of, read_held
from thongthin.present.render.pdf_text import repair_text
from thongthin.present.render.typesetting import TypesettingFailed, typeset
from thongthin.present.render.word import with_pictures_in_place
from thongthin.present.setting.documents import Setting
from thongthin.present.setting.trees import Format

# What pandoc's own writers must be asked for, by the format that has it.
FILTERS: dict[str, list[str]] = {
    "pdf": ["--lua-filter=_extensions/thongthin/headings.lua"],
    "xml": ["--lua-filter=_extensions/thongthin/jats.lua"],
}
OPTIONS = {
    "html": [
        "--to=html5",
        "--template=styles/article.html",
        "--css=fonts/fonts.css",
        "--css=styles/article.css",
        "--mathml",
        "--toc",
        "--toc-depth=2",
    ],
    "pdf": ["--to=typst", "--number-sections", "--template=styles/embedded.typ"],
    "xml": ["--to=jats_publishing", "--template=styles/article.jats"],
    "docx": ["--to=docx", "--reference-doc=styles/reference.docx"],
}
# What stands between two words in a tree, as `tree_of` writes it.
_BETWEEN = b'"},{"t":"Space"},{"t":"Str","c":"'
WRITING = ("--from=json", "--fail-if-warnings", "--standalone", "--wrap=none")


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Python looks for no cycles meanwhile: trees have none, and to look through them takes a tenth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@uncollected()
def render(folder: Path, out: Mapping[Format, Path]) -> bytes:
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
    setting = set_formats(folder, parsed)
    environment = {"SOURCE_DATE_EPOCH": epoch(folder)}

    def made(format_: Format) -> bytes:
        options = (*WRITING, *FILTERS.get(format_, []), *OPTIONS[format_])
        tree = joined(tree_of(setting, format_), format_)
        try:
            data, _ = pandoc.run(tree, *options, folder=folder, environment=environment, limit=pandoc.WRITING)
        except pandoc.PandocFailed as error:
            raise render_error("pandoc", format_, folder, str(error)) from error
        return _finished(folder, format_, data)

    # The PDF, which takes longest, is begun first; each thread waits for programs outside Python.
    order = sorted(out, key=lambda format_: format_ != "pdf")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        documents = dict(zip(order, pool.map(made, order), strict=True))
    for format_, path in out.items():
        write_bytes(path, documents[format_])
    return parsed


def set_formats(folder: Path, parsed: bytes) -> Setting:
    """How the document of a working copy is set in each of its formats.

    Args:
        parsed: what `read_held` read of it.

    Raises:
        RenderError: pandoc can't make its references.
    """
    try:
        return Setting(folder, parsed)
    except pandoc.PandocFailed as error:
        raise render_error("pandoc", None, folder, str(error)) from error


def tree_of(setting: Setting, format_: Format) -> bytes:
    """The tree that a format is written from, as JSON. Raises RenderError: it asks for what is not there."""
    try:
        return json.dumps(setting.tree(format_), ensure_ascii=False, separators=(",", ":")).encode()
    except LookupError as error:
        raise render_error("Thongthin", format_, setting.folder, str(error.args[0])) from error


def joined(tree: bytes, format_: Format) -> bytes:
    """A tree in which words with nothing but spaces between them are one: pandoc takes as long to read it as to write
    the document, which is the same.
    """
    if format_ == "xml":
        return tree
    # What is no word before a space ends as the first of these do; of the spaces around an empty word one is left.
    # Typst's writer looks at how words begin, and for numbers of lists.
    ends = (b"Space", b"Break", b'"c":"', *([b"."] if format_ == "pdf" else []))
    begins = (b'"', *([b".", b";"] if format_ == "pdf" else []))
    pieces = tree.split(_BETWEEN)
    made = [pieces[0]]
    for before, after in pairwise(pieces):
        apart = not before or not after or before.endswith(ends) or after.startswith(begins)
        made += (_BETWEEN if apart else b" ", after)
    return b"".join(made)


def epoch(folder: Path) -> str:
    """The date of the study as SOURCE_DATE_EPOCH: documents carry it in place of the time they were made."""
    date = metadata_of(folder)["thongthin"]["date"]
    return str(int(datetime.datetime(**date, tzinfo=datetime.UTC).timestamp()))


def _finished(folder: Path, format_: Format, data: bytes) -> bytes:
    """What pandoc wrote, as the document that it becomes."""
    if format_ == "pdf":
        return _pdf(folder, data)
    if format_ == "docx":
        return with_pictures_in_place(data)
    if format_ != "html":
        return data
    try:
        return embed(data, folder)
    except (OSError, ValueError) as error:
        raise render_error("pandoc", format_, folder, str(error)) from error


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
