"""Rendering: an article, and what it asks of its study, become HTML, PDF and Word, in one of two engines.

`prepare` (in `working_copy`) puts all that an article needs into one folder; `render` makes the documents from it, with
Quarto or with the embedded renderer (pandoc and Typst). Both say the same: what one of them would do differently is
refused beforehand (`dialect`). `engine` (in `engines`) tells which of the two it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from thongthin.present.render.engines import Engine


def render(engine: Engine, folder: Path, formats: Iterable[str], out: Mapping[str, Path]) -> None:
    """Render the working copy `folder` in each of `formats` (html, pdf, docx) to the path that `out` gives for it.

    Raises:
        RenderError: the engine failed.
    """
    from thongthin.present.render import embedded, quarto

    (quarto if engine == "quarto" else embedded).render(folder, formats, out)
