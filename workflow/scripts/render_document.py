"""The article, or its supplement, in one language and every format, from what `compose_document` wrote."""

from pathlib import Path

from thongthin.basics.files import write_bytes, write_text
from thongthin.present.read_back.documents import recorded
from thongthin.present.render import render
from thongthin.present.render.engines import Engine
from thongthin.present.render.working_copy import assemble


def render_document(
    *,
    text: str,
    figures: list[str],
    report: list[str],
    fonts: str,
    rendered: list[str],
    tree: str,
    pages: str,
    folder: str,
    engine: Engine,
    journal: str,
) -> None:
    """Render the text in the folder `text` into `rendered`, one a format.

    Args:
        figures: the files of the figures that the document shows.
        tree: where to say what was rendered, as pandoc reads it.
        pages: where to say what stands on each page of the PDF, for those who check it (`read_back`, `check_document`).
        report: what both engines render with; only their times matter here.
        folder: the working copy.
        engine: `quarto` or `embedded`.
        journal: folder of `report/styles/` whose files stand in the place of those there.
    """
    shown = [Path(figure) for figure in figures]
    assemble(Path(folder), text=Path(text), figures=shown, report=Path("report"), fonts=Path(fonts), journal=journal)
    out = {Path(path).suffix.removeprefix("."): Path(path) for path in rendered}
    write_bytes(tree, render(engine, Path(folder), out))
    write_text(pages, recorded(out["pdf"].read_bytes()) if "pdf" in out else "{}")


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(render_document, globals()["snakemake"])
