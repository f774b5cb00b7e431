"""Rendering: an article, and what it asks of its study, become HTML, PDF and Word, in one of two engines.

`compose` (in `composition`) writes what a document says into a folder, `assemble` (in `working_copy`) makes of it the
folder to render in, and `render` makes the documents there, with Quarto or with the embedded renderer (pandoc and
Typst). Both say the same: what one of them would do differently is refused beforehand (`dialect`). `engine` (in
`engines`) tells which of the two it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from thongthin.present.render.engines import Engine


def render(engine: Engine, folder: Path, out: Mapping[str, Path]) -> bytes:
    """Render the working copy `folder` in each format (html, pdf, docx) of `out` to the path that stands there.

    Returns:
        What was rendered, as a tree (see `held`).

    Raises:
        RenderError: the engine failed.
    """
    from thongthin.present.render import embedded, quarto

    tree: bytes = (quarto if engine == "quarto" else embedded).render(folder, out)
    return tree
