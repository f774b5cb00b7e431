"""The article's tables and figures as they are published, as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from thongthin.basics.files import write_text
from thongthin.basics.language import Language
from thongthin.contract.tables import write_cells
from thongthin.present.cells import Frames, cells_table, with_addresses
from thongthin.present.figures import draw, save
from thongthin.present.figures.board import WIDTH, Board, text_height, wrap
from thongthin.present.figures.said import said
from thongthin.present.labels import Labels
from thongthin.present.public.material import Material
from thongthin.present.public.shown import figure_is_public, keys_of, public_figure_table, public_table


def write_tables(material: Material, wanted: Sequence[str], folder: Path) -> None:
    """Write article tables as Markdown in each language, and as CSV with the keys of their cells."""
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    for name in wanted:
        keys = keys_of(name, material.ways, material.labels["en"], material.analysis)
        words = {cell: _word(own, material.hidden) for cell, own in keys.items()}
        texts: dict[Language, str] = {
            language: public_table(name, material.ways, labels, material.analysis, words)
            for language, labels in material.labels.items()
        }
        if not texts["en"].startswith("|"):
            keys = {}
        for language, text in texts.items():
            write_text(folder / language / "tables" / f"{name}.md", with_addresses(text, name, keys))
        write_cells(cells_table(texts, keys), folder / "tables" / f"{name}.csv")


def _word(keys: Sequence[str], hidden: Mapping[str, str]) -> str:
    """The word that stands for the first of some numbers that has one."""
    return next((word for key in keys if (word := hidden.get(key, ""))), "")


def write_figures(material: Material, figures: Mapping[str, Mapping[str, Any]], folder: Path) -> None:
    """Draw figures in each language, and write their numbers as CSV.

    Args:
        figures: what each is declared to need, by its name; with the labels of constructs and bands.
    """
    for name, needs in figures.items():
        choices = dict(needs)
        of_study: dict[str, Any] = {of: choices.pop(of) for of in ("constructs", "outcomes", "bands") if of in choices}

        def make(own: Frames, labels: Labels, name: str = name, choices: Mapping[str, Any] = choices) -> Any:
            return draw(name, own, labels, **choices)

        called = {language: _labels(language, material, of_study) for language in material.labels}
        public = figure_is_public(name, material.ways, partial(make, labels=called["en"]))
        for language, labels in called.items():
            figure = make(material.ways[0], labels) if public else _instead(labels)
            place = folder / language / "figures" / name
            save(figure, f"{place}.svg", f"{place}.png")
            write_text(
                f"{place}.txt",
                _words(name, material, labels, choices.get("mapped", ())) if public else _sentence(labels),
            )
        numbers = public_figure_table(name, material.tables, material.hidden)
        write_cells(numbers if public else numbers[:0], folder / "figures" / f"{name}.csv")


def _labels(language: Language, material: Material, of_study: dict[str, Any]) -> Labels:
    return Labels.of(language, material.names, **of_study)


def _words(name: str, material: Material, labels: Labels, mapped: Sequence[str]) -> str:
    """What a figure shows, in words; where what is left out has a part in them, where its numbers are."""
    one, two = (said(name, way, labels, mapped) for way in material.ways)
    if one == two:
        return one
    where = f"article/figures/{name}.csv"
    return labels.say(f"The numbers are in {where}.", f"ตัวเลขอยู่ใน {where}") + "\n"


def _sentence(labels: Labels) -> str:
    return labels.say(
        "This figure is not published: it would show numbers that are left out, so that nobody who took part can be"
        " found.\n",
        "ไม่เผยแพร่ภาพนี้ เพราะจะแสดงค่าที่ไม่เผยแพร่ เพื่อไม่ให้ระบุตัวผู้ที่ให้ข้อมูลได้\n",
    )


def _instead(labels: Labels) -> Any:
    """The sentence in the place of a figure that is not published."""
    board = Board()
    text = wrap(_sentence(labels).rstrip(), WIDTH - 4)
    board.text(2, 2, text, va="top")
    return board.cut(4 + text_height(text))
