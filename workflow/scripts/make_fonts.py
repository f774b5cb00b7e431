"""The fonts of the documents."""

from pathlib import Path

from thongthin.present.render.fonts import make_fonts as make


def make_fonts(*, fonts: str) -> None:
    """Write the fonts of PDF and HTML into the folder `fonts`."""
    make(Path(fonts))


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(make_fonts, globals()["snakemake"])
