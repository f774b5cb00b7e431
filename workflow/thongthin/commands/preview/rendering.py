"""A view of a preview: the document with what is known of the study in it, as HTML or as a PDF."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from thongthin.commands.preview.board import View
from thongthin.commands.preview.material import Material
from thongthin.contract.documents import source_of
from thongthin.present.claims.bound import bound_in
from thongthin.present.render import embedded
from thongthin.present.render.composition import compose
from thongthin.present.render.requested import Named
from thongthin.present.render.tree import read_document
from thongthin.present.render.working_copy import assemble

# Stands at the top of the page, however it is kept: nobody shall take it for what a build has made.
MARK = (
    '<p role="note" style="margin:0;padding:.35rem 1rem;font-size:.82rem;background:#fff3c4;color:#1b1b1b">'
    '<span lang="th">ตัวอย่างระหว่างเขียน มิใช่บทความที่สร้างแล้ว</span> · '
    '<span lang="en">A preview while writing, not the built article</span></p>'
)


def render_view(
    root: Path, folder: Path, view: View, material: Material, left_out: Collection[int], named: Named
) -> bytes:
    """Render a document that was checked.

    Args:
        root: the project folder, of which the prose, and what documents are rendered with, are read.
        folder: where it is composed and rendered.
        left_out: first lines of the blocks of the document that are left out.
        named: what the document shows of its study.

    Raises:
        RenderError: pandoc or Typst failed.
        OSError: a source can't be read.
    """
    own, language = folder / f"{view.document}.{view.language}", view.language
    source = source_of(root, material.settings.name, view.document, language)
    stands = material.standing(root, bound_in(read_document(source, left_out), ""))
    compose(
        own / "text",
        study=material.study,
        document=view.document,
        language=language,
        languages=material.settings.config.languages,
        article=source,
        values={**material.values[language], **stands.words[language]},
        quotes=material.quotes[language],
        references=material.references,
        tables=material.results / "article" / language / "tables",
        sites=material.sites,
        left_out=left_out,
        marked=stands.unproven,
        named=named,
    )
    copy, out = own / "working_copy", own / f"rendered.{view.format}"
    journal = material.settings.config.report.journal
    figures, fonts = material.figures(language), material.folder / "results" / "fonts"
    assemble(copy, text=own / "text", figures=figures, report=root / "report", fonts=fonts, journal=journal)
    # Also where builds use Quarto: it says the same, in a fraction of the time.
    embedded.render(copy, {view.format: out})
    data = out.read_bytes()
    return data.replace(b"<body>", b"<body>\n" + MARK.encode("utf-8"), 1) if view.format == "html" else data
