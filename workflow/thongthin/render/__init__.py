"""Rendering: an article, and what it asks of its study, become HTML, PDF and Word, in one of two engines.

`prepare` (in `working_copy`) puts all that an article needs into one folder; `render` makes the documents from it, with
Quarto or with the embedded renderer (pandoc and Typst). Both say the same: what one of them would do differently is
refused beforehand (`dialect`).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

from thongthin.problems import Problems

Engine = Literal["quarto", "embedded"]


def engine(wanted: Literal["auto", "quarto", "embedded"]) -> Engine:
    """The engine to render with; `auto` takes Quarto where it is on PATH.

    Raises:
        ProblemsFound: Quarto is asked for but not installed.
    """
    installed = shutil.which("quarto")
    if wanted == "embedded" or (wanted == "auto" and not installed):
        return "embedded"
    if not installed:
        problems = Problems().at("config/config.yml")
        problems.add(
            "no-quarto",
            "The configuration asks for Quarto, but there is no program quarto on PATH.",
            "การตั้งค่ากำหนดให้ใช้ Quarto แต่ไม่พบโปรแกรม quarto ใน PATH",
            column="report.engine",
            hint_en='Run "python3 paper.py setup --quarto", or write "engine: auto".',
            hint_th='สั่ง "python3 paper.py setup --quarto" หรือเขียน "engine: auto"',
        )
        problems.raise_if_any()
    return "quarto"


def render(engine: Engine, folder: Path, formats: Iterable[str], out: Mapping[str, Path]) -> None:
    """Render the working copy `folder` in each of `formats` (html, pdf, docx) to the path that `out` gives for it.

    Raises:
        RenderError: the engine failed.
    """
    from thongthin.render import embedded, quarto

    (quarto if engine == "quarto" else embedded).render(folder, formats, out)
