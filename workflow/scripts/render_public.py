"""A document as it is published, in one language and every format, from what `compose_public` wrote."""

from pathlib import Path

from thongthin.basics.files import write_bytes
from thongthin.present.render import render
from thongthin.present.render.engines import Engine
from thongthin.present.render.working_copy import assemble


def render_public(
    *,
    text: str,
    shown: str,
    report: list[str],
    fonts: str,
    rendered: list[str],
    tree: str,
    folder: str,
    figures: list[str],
    language: str,
    engine: Engine,
    journal: str,
) -> None:
    """Render the text in the folder `text` into `rendered`, one a format.

    Args:
        shown: the folder that `show_public` wrote.
        tree: where to say what was rendered, as pandoc reads it.
        report: what both engines render with; only their times matter here.
        folder: the working copy.
        figures: names of the figures that the document shows.
        engine: `quarto` or `embedded`.
        journal: as for `render_document`.
    """
    drawn = Path(shown) / language / "figures"
    files = [drawn / f"{name}.{kind}" for name in figures for kind in ("svg", "png", "txt")]
    assemble(Path(folder), text=Path(text), figures=files, report=Path("report"), fonts=Path(fonts), journal=journal)
    out = {Path(path).suffix.removeprefix("."): Path(path) for path in rendered}
    write_bytes(tree, render(engine, Path(folder), out))


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(render_public, globals()["snakemake"])
