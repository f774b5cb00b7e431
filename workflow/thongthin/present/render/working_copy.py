"""The folder in which a document is rendered: everything that either engine needs, and nothing else.

It is made anew for each rendering, from what `compose` wrote and from what all documents are rendered with, so that
documents and languages can be rendered side by side, and Quarto has a project folder of its own.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import yaml

from thongthin.basics.files import files_in, write_bytes, write_text
from thongthin.basics.problems import Problems
from thongthin.contract.journal import SETTINGS, STANDARD, Journal, load_journal
from thongthin.present.render.held import METADATA, metadata_of
from thongthin.present.render.journal_page import page_of, section_of_word, styles_of_word
from thongthin.present.render.source import source_of_text
from thongthin.present.render.word import reference_document


def assemble(
    folder: Path, *, text: Path, figures: Iterable[Path], report: Path, fonts: Path, journal: str = STANDARD
) -> None:
    """Make the working copy of a document; what stood in its place is removed.

    Args:
        folder: the working copy.
        text: folder that `thongthin.present.render.composition.compose` wrote.
        figures: an .svg, a .png and what it says in words (.txt) of each figure that the document shows.
        report: the folder `report/` of the project (settings of Quarto, extension, styles).
        fonts: what `thongthin.present.render.fonts.make_fonts` wrote.
        journal: folder of `report/styles/`; its files stand in the place of those there of the same name.

    Raises:
        OSError: a source can't be read, or the folder not be written.
    """
    if folder.exists():
        shutil.rmtree(folder)
    sources = {Path(name).name: Path(name) for name in files_in(text)}
    sources |= {f"figures/{path.name}": path for path in figures}
    sources |= {f"fonts/{Path(name).name}": Path(name) for name in files_in(fonts)}
    for part in ("_quarto.yml", "_extensions"):
        found = [report / part, *(report / part).rglob("*")]
        sources |= {path.relative_to(report).as_posix(): path for path in found if path.is_file()}
    for place in (report / "styles", report / "styles" / journal):
        found = [path for path in place.glob("*") if path.is_file() and path.name != SETTINGS]
        sources |= {f"styles/{path.name}": path for path in found}
    for name, path in sorted(sources.items()):
        write_bytes(folder / name, path.read_bytes())
    written = (folder / "article.qmd").read_text(encoding="utf-8")
    write_text(folder / "article.qmd", with_spans(written))
    metadata = metadata_of(folder)
    settings = load_journal(report.parent, journal, Problems()) or Journal()
    asked = {"abstract-box": settings.abstract_box, "page": page_of(settings)}
    if any(asked.values()):
        metadata["thongthin"] |= {name: value for name, value in asked.items() if value}
        write_text(folder / METADATA, yaml.safe_dump(metadata, allow_unicode=True, sort_keys=False, width=10_000))
    notice = metadata["thongthin"].get("notice", [])
    styles = styles_of_word((folder / "styles" / "word-styles.xml").read_bytes(), settings.font)
    columns = 1 if metadata["thongthin"]["in-order"] else settings.page.columns
    section = section_of_word(settings.page, columns)
    reference = reference_document(styles, [line["running"] for line in notice], section)
    write_bytes(folder / "styles" / "reference.docx", reference)
    if columns == 2:  # between them, wide tables and figures stand in sections of their own
        sections = {name: section_of_word(settings.page, number) for name, number in (("one", 1), ("two", 2))}
        write_text(folder / "styles" / "sections.json", json.dumps(sections))


def with_spans(text: str) -> str:
    """The text of a document with its shortcodes as `setting.requests` takes them.

    Each was found in the tree of the document, where one may stand; others have been refused.
    """
    return source_of_text(text, "article.qmd").replaced(
        lambda _, asked: f'[]{{shortcode="{asked.name}" argument="{asked.argument}"}}'
    )
