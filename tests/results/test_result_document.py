"""A document is whole in every format, and says plainly where data are simulated."""

from __future__ import annotations

import html
import re
import unicodedata
import zipfile
from functools import cache
from pathlib import Path

import pytest
from built import ROOT, Build, loads
from pypdfium2 import PdfDocument

from thongthin.basics.language import Language
from thongthin.contract.documents import Document, is_blind, source_of
from thongthin.present.read_back.documents import pages_of
from thongthin.present.render.blind import identifying
from thongthin.present.render.composition import WORDS
from thongthin.present.render.markup import mask, optional_blocks, without_blocks

# What an article asks for, as it is written in its source: what still reads so in a document was not resolved.
REQUESTS = re.compile(r"\{\{<[^{}]*>\}\}|\[-?@[^\[\]]+\]|(?<![\w\\])@(?:fig|tbl|sec)-[\w-]+")
QUARTO_FOUND_NOTHING = re.compile(r"\?@(?:fig|tbl|sec)-")
# Headings of words alone; what stands in others is made by the renderer.
HEADING = re.compile(r"^#{1,6}[ \t]+([^{}\[\]@*_`$<>\\\n]+?)[ \t]*(?:\{[^{}\n]*\})?[ \t]*$", re.MULTILINE)


_pages = cache(pages_of)  # the text of each page of a PDF


@cache
def _text(path: Path) -> str:
    """All that can be read in a document, as people read it."""
    if path.suffix == ".pdf":
        return "\n".join(_pages(path))
    if path.suffix in {".html", ".xml"}:
        return html.unescape(
            re.sub(r"<(style|script)\b.*?</\1>|<[^>]+>", " ", path.read_text(encoding="utf-8"), flags=re.S)
        )
    with zipfile.ZipFile(path) as archive:
        parts = [n for n in archive.namelist() if re.fullmatch(r"word/(document|header\d*)\.xml", n)]
        return html.unescape(" ".join(re.sub(r"<[^>]+>", "", archive.read(n).decode("utf-8")) for n in parts))


@cache
def _letters(text: str) -> str:
    """Letters, marks and digits alone: renderers break lines, curl quotation marks and hyphenate."""
    plain = unicodedata.normalize("NFKC", text)
    others = [c for c in set(plain) if not c.isalnum() and unicodedata.category(c)[0] not in "LMN"]
    return plain.translate(dict.fromkeys(map(ord, others)))


def _built(build: Build, document: Document, language: Language, format_: str) -> Path:
    if format_ not in build.settings.config.formats:
        pytest.skip(f"the configuration asks for no {format_}")
    return build.document(document, language, format_)


def _source(build: Build, document: Document, language: Language, *, whole: bool = True) -> str:
    """What the author wrote, without front matter, code and comments; not `whole`: without what may be left out."""
    text = source_of(ROOT, build.settings.name, document, language).read_text(encoding="utf-8-sig")
    return mask(text if whole else without_blocks(text, [start for start, _ in optional_blocks(text)]))


def _inside(path: Path) -> str:
    """All that stands in a file: its text, what can't be seen of it, and its properties."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as archive:
            parts = [archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        markup = "\n".join(part.decode("utf-8") for part in parts)
        return html.unescape(f"{markup}\n{re.sub(r'<[^>]+>', '', markup)}")
    if path.suffix == ".pdf":
        with PdfDocument(path) as document:
            properties = document.get_metadata_dict()
        raw = path.read_bytes().decode("latin-1")
        return "\n".join([_text(path), *properties.values(), raw, raw.encode("latin-1").decode("utf-8", "replace")])
    text = path.read_text(encoding="utf-8")
    return html.unescape(f"{text}\n{_text(path)}")


@pytest.mark.parametrize("format_", ["html", "pdf", "docx", "xml"])
def test_a_blind_copy_names_nobody(build: Build, document: Document, language: Language, format_: str) -> None:
    if not is_blind(document):
        pytest.skip("the names of the authors stand in it")
    inside = _letters(_inside(_built(build, document, language, format_)))
    cited = build.results / document / language / "text"
    works = _letters("".join(path.read_text(encoding="utf-8") for path in cited.glob("references.*.json")))
    sites = build.table("sites")
    names = identifying(build.settings.study, {*sites["name_th"], *sites["name_en"]})
    named = [name for name in names if _letters(name) in inside and _letters(name) not in works]
    assert not named, f"what the {language} {document} ({format_}) tells of its authors: {named}"


@pytest.mark.parametrize("format_", ["html", "pdf", "docx"])
def test_every_heading_is_there(build: Build, document: Document, language: Language, format_: str) -> None:
    letters = _letters(_text(_built(build, document, language, format_)))
    assert letters, f"the {language} {document} ({format_}) is empty"
    own = build.results / document / language / "text" / "article.qmd"  # without the sections on its authors
    source = own.read_text("utf-8") if is_blind(document) else _source(build, document, language, whole=False)
    headings = HEADING.findall(mask(source))
    missing = [heading for heading in headings if _letters(heading) not in letters]
    assert not missing, f"headings that the {language} {document} ({format_}) lacks: {missing}"


@pytest.mark.parametrize("format_", ["html", "pdf", "docx", "xml"])
def test_nothing_is_left_unresolved(build: Build, document: Document, language: Language, format_: str) -> None:
    text = _text(_built(build, document, language, format_))
    left = [request for request in set(REQUESTS.findall(_source(build, document, language))) if request in text]
    left += QUARTO_FOUND_NOTHING.findall(text)
    assert not left, f"left as they stand in the source of the {language} {document} ({format_}): {sorted(left)}"


@pytest.mark.parametrize("format_", ["html", "pdf", "docx", "xml"])
def test_title_is_there(build: Build, document: Document, language: Language, format_: str) -> None:
    title = _letters(getattr(build.settings.study.title, language))
    assert title in _letters(_text(_built(build, document, language, format_)))


@pytest.mark.parametrize("format_", ["html", "pdf", "docx", "xml"])
def test_notice_follows_provenance(build: Build, document: Document, language: Language, format_: str) -> None:
    simulated = build.settings.study.provenance == "simulated"
    words, letters = WORDS[language], _letters(_text(_built(build, document, language, format_)))
    there = any(_letters(notice) in letters for notice in (words.notice, words.running_notice))
    assert there == simulated, f"notice of simulated data in the {language} {document} ({format_}): {there}"


def test_notice_is_on_every_page(build: Build, document: Document, language: Language) -> None:
    if build.settings.study.provenance != "simulated":
        pytest.skip("the data are from the field")
    notice = _letters(WORDS[language].running_notice)
    pages = _pages(_built(build, document, language, "pdf"))
    missing = [number for number, text in enumerate(pages, 1) if notice not in _letters(text)]
    assert not missing, f"pages of the {language} {document} (PDF) without the notice: {missing}"


def test_html_needs_no_network(build: Build, document: Document, language: Language) -> None:
    path = _built(build, document, language, "html")
    assert not loads(path.read_text(encoding="utf-8"))
