"""Article and supplement are whole in both languages and every format, and say plainly where data are simulated."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from built import ROOT, Build
from PIL import Image
from pypdfium2 import PdfDocument

from thongthin.study import documents_of

NOTICE = {"th": "ข้อมูลจำลอง", "en": "imulated data"}
UNRESOLVED = ("{{<", ">}}", "?@", "@fig-", "@tbl-", "@sec-", "[@")


@cache
def _pages(path: Path) -> list[str]:
    """Text of each page of a PDF."""
    with PdfDocument(path) as document:
        return [page.get_textpage().get_text_range() for page in document]


def _documents(build: Build, format_: str) -> Iterator[tuple[str, str, Path]]:
    """Each document built in a format: what it is, its language, its file."""
    for document in documents_of(ROOT, build.settings.name):
        for language in build.settings.config.languages:
            yield document, language, build.document(document, language, format_)


def _articles(build: Build, format_: str) -> Iterator[tuple[str, str]]:
    """Language and text of each document built in a format."""
    if format_ not in build.settings.config.formats:
        pytest.skip(f"the configuration asks for no {format_}")
    for _, language, path in _documents(build, format_):
        if format_ == "html":
            text = re.sub(r"<(style|script)\b.*?</\1>|<[^>]+>", " ", path.read_text(encoding="utf-8"), flags=re.S)
        elif format_ == "docx":
            with zipfile.ZipFile(path) as archive:
                parts = [n for n in archive.namelist() if re.fullmatch(r"word/(document|header\d*)\.xml", n)]
                text = " ".join(re.sub(r"<[^>]+>", "", archive.read(n).decode("utf-8")) for n in parts)
        else:
            text = "\n".join(_pages(path))
        yield language, text


@pytest.mark.parametrize("format_", ["html", "pdf", "docx"])
def test_nothing_is_left_unresolved(build: Build, format_: str) -> None:
    for language, text in _articles(build, format_):
        assert len(text) > 500, f"the {language} {format_} is all but empty"
        assert not [mark for mark in UNRESOLVED if mark in text], (language, format_)


@pytest.mark.parametrize("format_", ["html", "pdf", "docx"])
def test_title_is_there(build: Build, format_: str) -> None:
    for language, text in _articles(build, format_):
        title = getattr(build.settings.study.title, language)
        squeezed = re.sub(r"\s+", "", text)
        assert re.sub(r"\s+", "", title)[:20] in squeezed, (language, format_)


@pytest.mark.parametrize("format_", ["html", "pdf", "docx"])
def test_notice_follows_provenance(build: Build, format_: str) -> None:
    simulated = build.settings.study.provenance == "simulated"
    for language, text in _articles(build, format_):
        assert (NOTICE[language] in text) == simulated, (language, format_)


def test_notice_is_on_every_page(build: Build) -> None:
    if build.settings.study.provenance != "simulated" or "pdf" not in build.settings.config.formats:
        pytest.skip("no notice, or no PDF")
    for document, language, path in _documents(build, "pdf"):
        missing = [number for number, text in enumerate(_pages(path), 1) if NOTICE[language] not in text]
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
