"""Article and supplement are whole in both languages and every format, and say plainly where data are simulated."""

from __future__ import annotations

import html
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from built import ROOT, Build
from PIL import Image
from pypdfium2 import PdfDocument

from thongthin.contract.documents import documents_of, source_of
from thongthin.present.render.composition import WORDS
from thongthin.present.render.markup import mask, optional_blocks, without_blocks

# What an article asks for, as it is written in its source: what still reads so in a document was not resolved.
REQUESTS = re.compile(r"\{\{<[^{}]*>\}\}|\[-?@[^\[\]]+\]|(?<![\w\\])@(?:fig|tbl|sec)-[\w-]+")
QUARTO_FOUND_NOTHING = re.compile(r"\?@(?:fig|tbl|sec)-")
# Headings of words alone; what stands in others is made by the renderer.
HEADING = re.compile(r"^#{1,6}[ \t]+([^{}\[\]@*_`$<>\\\n]+?)[ \t]*(?:\{[^{}\n]*\})?[ \t]*$", re.MULTILINE)


@cache
def _pages(path: Path) -> list[str]:
    """Text of each page of a PDF."""
    with PdfDocument(path) as document:
        return [page.get_textpage().get_text_range() for page in document]


def _text(path: Path) -> str:
    """All that can be read in a document, as people read it."""
    if path.suffix == ".pdf":
        return "\n".join(_pages(path))
    if path.suffix == ".html":
        return html.unescape(
            re.sub(r"<(style|script)\b.*?</\1>|<[^>]+>", " ", path.read_text(encoding="utf-8"), flags=re.S)
        )
    with zipfile.ZipFile(path) as archive:
        parts = [n for n in archive.namelist() if re.fullmatch(r"word/(document|header\d*)\.xml", n)]
        return html.unescape(" ".join(re.sub(r"<[^>]+>", "", archive.read(n).decode("utf-8")) for n in parts))


def _letters(text: str) -> str:
    """Letters, marks and digits alone: renderers break lines, curl quotation marks and hyphenate."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c)[0] in "LMN")


def _documents(build: Build, format_: str) -> Iterator[tuple[str, str, Path]]:
    """What each document built in a format is, its language and its file."""
    if format_ not in build.settings.config.formats:
        pytest.skip(f"the configuration asks for no {format_}")
    for document in documents_of(ROOT, build.settings.name):
        for language in build.settings.config.languages:
            yield document, language, build.document(document, language, format_)


def _source(build: Build, document: str, language: str, *, whole: bool = True) -> str:
    """What the author wrote, without front matter, code and comments; not `whole`: without what may be left out."""
    text = source_of(ROOT, build.settings.name, document, language).read_text(encoding="utf-8-sig")
    return mask(text if whole else without_blocks(text, [start for start, _ in optional_blocks(text)]))


@pytest.mark.parametrize("format_", ["html", "pdf", "docx"])
def test_every_heading_is_there(build: Build, format_: str) -> None:
    for document, language, path in _documents(build, format_):
        letters = _letters(_text(path))
        assert letters, f"the {language} {document} ({format_}) is empty"
        headings = HEADING.findall(_source(build, document, language, whole=False))
        missing = [heading for heading in headings if _letters(heading) not in letters]
        assert not missing, f"headings that the {language} {document} ({format_}) lacks: {missing}"


@pytest.mark.parametrize("format_", ["html", "pdf", "docx"])
def test_nothing_is_left_unresolved(build: Build, format_: str) -> None:
    for document, language, path in _documents(build, format_):
        text = _text(path)
        left = [request for request in set(REQUESTS.findall(_source(build, document, language))) if request in text]
        left += QUARTO_FOUND_NOTHING.findall(text)
        assert not left, f"left as they stand in the source of the {language} {document} ({format_}): {sorted(left)}"


@pytest.mark.parametrize("format_", ["html", "pdf", "docx"])
def test_title_is_there(build: Build, format_: str) -> None:
    for document, language, path in _documents(build, format_):
        title = _letters(getattr(build.settings.study.title, language))
        assert title in _letters(_text(path)), f"the {language} {document} ({format_}) lacks its title"


@pytest.mark.parametrize("format_", ["html", "pdf", "docx"])
def test_notice_follows_provenance(build: Build, format_: str) -> None:
    simulated = build.settings.study.provenance == "simulated"
    for document, language, path in _documents(build, format_):
        words, letters = WORDS[language], _letters(_text(path))
        there = any(_letters(notice) in letters for notice in (words.notice, words.running_notice))
        assert there == simulated, f"notice of simulated data in the {language} {document} ({format_}): {there}"


def test_notice_is_on_every_page(build: Build) -> None:
    if build.settings.study.provenance != "simulated":
        pytest.skip("the data are from the field")
    for document, language, path in _documents(build, "pdf"):
        notice = _letters(WORDS[language].running_notice)
        missing = [number for number, text in enumerate(_pages(path), 1) if notice not in _letters(text)]
        assert not missing, f"pages of the {language} {document} (PDF) without the notice: {missing}"


def test_html_needs_no_network(build: Build) -> None:
    for path in [*build.results.glob("*.html"), *build.results.glob("notebooks/*.html")]:
        text = path.read_text(encoding="utf-8")
        loads = re.findall(r"""(?:src|srcset|data|poster)\s*=\s*["'](?:https?:)?//[^"']+""", text)
        loads += re.findall(r"""<link\b[^>]*href\s*=\s*["'](?:https?:)?//[^"']+""", text)
        loads += re.findall(r"""(?:url\(|@import)\s*["']?(?:https?:)?//[^"')]+""", text)
        assert not loads, (path.name, loads[:3])


def test_figures_show_something(build: Build) -> None:
    figures = sorted(build.results.glob("article/*/figures/*.png"))
    if not figures:
        pytest.skip("the articles show no figure")
    for path in figures:
        with Image.open(path) as image:
            colours = image.convert("L").getcolors(maxcolors=image.width * image.height) or []
            ink = 1 - max(count for count, _ in colours) / (image.width * image.height)
        assert ink > 0.01, f"{path.name} is all but empty"


def test_both_languages_list_the_same_works(build: Build) -> None:
    lists = [
        {work["id"] for work in json.loads(path.read_text(encoding="utf-8"))}
        for path in sorted(build.results.glob("article/references.*.json"))
    ]
    assert len(lists) == 2
    assert lists[0] == lists[1]
