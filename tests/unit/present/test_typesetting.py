"""Typst runs in a process of its own, within a time limit."""

from __future__ import annotations

import resource
import threading
from pathlib import Path

import pytest
import typst
from pypdfium2 import PdfDocument

from thongthin.present.render.typesetting import TypesettingFailed, typeset


def test_it_makes_what_typst_makes_here(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("words", encoding="utf-8")
    source = b'#set document(title: "t", date: none)\n#read("own.txt") #sys.inputs.a'
    made = typeset(source, fonts=tmp_path, root=tmp_path, standard="ua-1", inputs={"a": "b"})
    here = typst.compile(
        source,
        root=tmp_path,
        font_paths=[tmp_path],
        ignore_system_fonts=True,
        pdf_standards="ua-1",
        sys_inputs={"a": "b"},
    )
    (pdf,) = made.files
    assert [page.get_textpage().get_text_range() for page in PdfDocument(pdf)] == [
        page.get_textpage().get_text_range() for page in PdfDocument(here)
    ]
    pages = typeset(b"one #pagebreak() two", fonts=tmp_path, format_="svg").files
    assert len(pages) == 2 and all(page.startswith(b"<svg") and page.rstrip().endswith(b"</svg>") for page in pages)


def test_what_it_says_is_told(tmp_path: Path) -> None:
    with pytest.raises(TypesettingFailed, match="unknown variable: nothing"):
        typeset(b"#nothing", fonts=tmp_path)
    assert "unknown font family" in typeset(b'#set text(font: "No Such")\nx', fonts=tmp_path).warnings[0]


_LONG = b"#{let n = 0; for a in range(20000) { for b in range(20000) { n = n + 1 } }}"


def test_it_is_ended_when_its_time_is_over_and_gives_back_its_memory(tmp_path: Path) -> None:
    began = resource.getrusage(resource.RUSAGE_SELF)
    with pytest.raises(TypesettingFailed, match=r"no end after 0\.5 seconds"):
        typeset(_LONG, fonts=tmp_path, limit=0.5)
    typeset(b"#range(400000).map(str).len()", fonts=tmp_path)
    here = resource.getrusage(resource.RUSAGE_SELF)
    assert here.ru_utime - began.ru_utime < 0.2 and here.ru_maxrss - began.ru_maxrss < 20_000
    assert threading.active_count() == 1
