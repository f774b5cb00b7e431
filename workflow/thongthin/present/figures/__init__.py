"""The figures of the article, in one language each: 160 mm wide, the text width of an A4 page, without a title.

Each function draws result tables on a `Board`, a sheet measured in millimetres from its top left corner, so that every
place is known and nothing depends on automatic layout. Text is Sarabun from its package, broken between Thai words.
Colours can be told apart by the colour-blind and in grey print, and never carry meaning alone. Where the tables have no
rows, the figure is one sentence that says why. `save` writes SVG and PNG with the same bytes every time.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from thongthin.basics.files import write_bytes, write_text
from thongthin.basics.language import Language
from thongthin.contract.tables import read_table
from thongthin.present.catalogue import figures, filled, why_not
from thongthin.present.figures.board import WIDTH, Board, text_height, wrap
from thongthin.present.figures.said import said
from thongthin.present.labels import Labels, Tables

# A figure that shows something has this share of dots that are not white.
LEAST_INK, WHITE = 0.01, 0xFFFFFFFF


def beforehand() -> None:
    """Import what draws figures, and draw a small one: fonts are found, and read (see `basics.warm_server`)."""
    for shown in figures().values():
        shown.maker()
    board = Board()
    for place, weight in enumerate(("normal", "bold")):
        board.text(1, 5 * place, "กำ a", weight=weight)
    figure = board.cut(10)
    for kind in ("svg", "png"):
        figure.savefig(io.BytesIO(), format=kind)


def write_figure(name: str, tables: Sequence[str], th: Sequence[str], en: Sequence[str], **needs: Any) -> None:
    """Draw a figure in both languages and write it, with what it shows in words.

    Args:
        name: one of `catalogue.figures`.
        tables: files of the tables that the figure reads, those that the study has.
        th, en: the SVG, the PNG and the text file to write in each language.
        needs: what the figure is declared to need, by the last part of its name (see `catalogue.made_from`).
    """
    frames = {Path(path).stem: read_table(path) for path in tables}
    of_study = {of: needs.pop(of) for of in ("constructs", "outcomes", "bands") if of in needs}
    files: dict[Language, Sequence[str]] = {"th": th, "en": en}
    for language, (svg, png, text) in files.items():
        labels = Labels.of(language, frames, **of_study)
        save(draw(name, frames, labels, **needs), svg, png)
        write_text(text, said(name, frames, labels, needs.get("mapped", ())))


def draw(name: str, tables: Tables, labels: Labels, **choices: Any) -> Figure:
    """A figure of the article, or a sentence that says why there is nothing to show.

    Args:
        name: one of `catalogue.figures`.
        tables: result and processed tables by name, those that the study has.
        labels: in the language of the figure.
        choices: further arguments of the function that draws it.
    """
    shown = figures()[name]
    if reason := why_not(shown, filled(tables)):
        board = Board()
        sentence = labels.say(f"There is nothing to show here: {reason[0]}.", f"ไม่มีข้อมูลที่จะแสดง: {reason[1]}")
        text = wrap(sentence, WIDTH - 4)
        board.text(2, 2, text, va="top")
        return board.cut(4 + text_height(text))
    figure: Figure = shown.maker()(tables, labels, **choices)
    return figure


def save(figure: Figure, svg: Path | str, png: Path | str) -> None:
    """Write a figure as SVG (text as paths) and as PNG (300 dots per inch), without date or random ids.

    Raises:
        ValueError: it shows nothing.
    """
    stream = io.BytesIO()
    figure.savefig(stream, format="svg", metadata={"Date": None})
    write_bytes(svg, stream.getvalue())
    stream = io.BytesIO()
    canvas = FigureCanvasAgg(figure)
    canvas.print_figure(stream, format="png", dpi=300, pil_kwargs={"compress_level": 3})
    # Looked at here, where the picture need not be read again.
    dots = np.frombuffer(canvas.buffer_rgba(), dtype=np.uint32)  # type: ignore[no-untyped-call]
    if np.count_nonzero(dots != WHITE) < LEAST_INK * len(dots):
        raise ValueError(f"{Path(png).name} is all but empty")
    write_bytes(png, stream.getvalue())
