"""Quarto, where it is installed: it renders a working copy with the settings of `report/_quarto.yml`.

Filters, templates and styles are those of the embedded renderer, and so is the mending of the PDF's text.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from thongthin.files import write_bytes
from thongthin.render.embedded import epoch
from thongthin.render.failure import plain, render_error
from thongthin.render.pdf_text import repair_text

# What Quarto calls the formats of the configuration.
FORMATS = {"html": "html", "pdf": "typst", "docx": "docx"}


def render(folder: Path, formats: Iterable[str], out: Mapping[str, Path]) -> None:
    """Render a working copy; arguments as `thongthin.render.embedded.render`.

    Raises:
        RenderError: Quarto failed.
    """
    # The whole path: on Windows Quarto is a script, which is not found by its name alone.
    program = shutil.which("quarto") or "quarto"
    for format_ in formats:
        done = subprocess.run(
            [program, "render", "article.qmd", "--to", FORMATS[format_], "--no-execute"],
            cwd=folder,
            env={**os.environ, "SOURCE_DATE_EPOCH": epoch(folder)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        rendered = folder / f"article.{format_}"
        if done.returncode or not rendered.exists():
            raise RenderError(f"quarto: {(done.stderr or done.stdout).strip()}")
        data = rendered.read_bytes()
        rendered.unlink()
        write_bytes(out[format_], repair_text(data, folder / "fonts") if format_ == "pdf" else data)
