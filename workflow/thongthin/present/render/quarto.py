"""Quarto, where it is installed: it renders a working copy with the settings of `report/_quarto.yml`.

Templates and styles are those of the embedded renderer, and so are what is printed in each format (`present.setting`:
it stands beside the text, where Quarto's filter finds it) and the mending of the PDF's text. Fails, with what Quarto
said, also where it goes on as if nothing were: without a figure that it can't find, or after an error.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from thongthin.basics.files import write_bytes
from thongthin.present.render import embedded
from thongthin.present.render.embedded import epoch
from thongthin.present.render.failure import plain, render_error
from thongthin.present.render.held import read_held
from thongthin.present.render.pandoc import WRITING
from thongthin.present.render.pdf_text import repair_text
from thongthin.present.render.programs import run_program
from thongthin.present.render.word import with_pictures_in_place
from thongthin.present.setting.trees import Format

# What Quarto calls the formats of the configuration.
FORMATS = {"html": "html", "pdf": "typst", "docx": "docx"}

# What pandoc warns of, and errors of filters: Quarto ends as after a good run.
_WRONG = re.compile(r"^(?:\[WARNING\]|ERROR\b)", re.MULTILINE)
# Typst has set a document that finds no rest.
_RESTLESS = re.compile(r"^warning: [^\n]*converge", re.MULTILINE)
# What Quarto tells of a good run: the settings that it hands to pandoc, what it is at, and what it has made.
_SETTINGS = re.compile(r"^(?:pandoc|metadata)[ ]*\n(?:[ ]+[^\n]*(?:\n|\Z)|\n)*", re.MULTILINE)
_PROGRESS = re.compile(r"^(?:\[typst\]: Compiling \S+ to \S+?\.\.\.(?:DONE)?|Output created: .*)\n?", re.MULTILINE)


def render(folder: Path, out: Mapping[Format, Path]) -> bytes:
    """Render a working copy; arguments as `thongthin.present.render.embedded.render`.

    Raises:
        RenderError: Quarto failed, took too long, or told of an error or of a warning of pandoc; or the text holds
            what no document may hold.
    """
    parsed = read_held(folder)  # nothing is rendered that holds what no document may hold
    # The whole path: on Windows Quarto is a script, which is not found by its name alone.
    program = shutil.which("quarto") or "quarto"
    if "xml" in out:  # Quarto's JATS is made of what its own cross-references find
        embedded.render(folder, {"xml": out["xml"]})
    setting = embedded.set_formats(folder, parsed)
    for format_ in (own for own in out if own in FORMATS):
        # Called as Lua filters call the format.
        write_bytes(folder / f"set.{FORMATS[format_]}.json", embedded.tree_of(setting, format_))
        data, said = _made(folder, program, format_)
        if _RESTLESS.search(said):  # as embedded._pdf does it
            data, said = _made(folder, program, format_, "--metadata", "steady:true")
        if said:
            print(f"Quarto, {format_}:\n{said}\n")
        if format_ == "pdf":
            data = repair_text(data, folder / "fonts")
        write_bytes(out[format_], with_pictures_in_place(data) if format_ == "docx" else data)
    return parsed


def _made(folder: Path, program: str, format_: Format, *options: str) -> tuple[bytes, str]:
    """A document in one format, and what people should know of what Quarto said."""
    command = [program, "render", "article.qmd", "--to", FORMATS[format_], "--no-execute", *options]
    environment = {"SOURCE_DATE_EPOCH": epoch(folder), "NO_COLOR": "1"}
    code, printed = run_program(command, WRITING, folder=folder, environment=environment)
    said = told(printed, folder) if code is not None else f"no end after {WRITING:g} seconds"
    rendered = folder / f"article.{format_}"
    if code != 0 or not rendered.exists() or _WRONG.search(said):
        rendered.unlink(missing_ok=True)
        raise render_error("Quarto", format_, folder, said)
    data = rendered.read_bytes()
    rendered.unlink()
    return data, said


def told(printed: str, folder: Path) -> str:
    """What people should know of what Quarto printed: its errors and warnings."""
    return _PROGRESS.sub("", _SETTINGS.sub("", plain(printed, folder) + "\n")).strip("\n")
