"""Documents of a few lines, rendered by either engine as a build renders an article."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image
from pypdf import PdfReader
from studies import STUDY

from thongthin.basics.language import Language
from thongthin.basics.problems import Problems
from thongthin.contract.documents import Document
from thongthin.contract.study import Study
from thongthin.present.render import pandoc, render
from thongthin.present.render.composition import Quote, compose
from thongthin.present.render.engines import Engine
from thongthin.present.render.held import blocks_held
from thongthin.present.render.nodes import Node
from thongthin.present.render.working_copy import assemble, with_spans
from thongthin.read.references import csl_entries, read_references

ROOT = Path(__file__).parents[1]
FORMATS = ("html", "pdf", "docx")

WORKS = """\
- id: a2021
  type: book
  issued: 2021
  th: {author: [{given: เก่ง, family: อักษร}], title: หนังสือหนึ่ง, publisher: สำนักพิมพ์}
  en: {author: [{given: Keng, family: Akson}], title: Book one, publisher: Press}
- id: b2020
  type: webpage
  issued: 2020
  URL: https://example.org/b
  th: {author: [{literal: กรมตัวอย่าง}], title: หน้าเว็บ}
  en: {author: [{literal: Zebra Department}], title: Web page}
"""
SAID = Quote(text="น้ำไฟพร้อม", translation="All is ready.", language="th", participant="P01", group="ก", site="S01")
# As wide as figures are drawn, in points, and with a word in the least size of type.
FIGURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="453" height="120" viewBox="0 0 453 120">'
    '<rect width="453" height="120" fill="#369"/><text x="4" y="20" font-size="7">least</text></svg>'
)


@dataclass(frozen=True)
class Source:
    """What a document is made of: its text, and what the study gives it."""

    text: str
    language: Language = "th"
    document: Document = "article"
    tables: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=lambda: {"n": "12"})
    quotes: Mapping[str, Quote] = field(default_factory=lambda: {"said": SAID})
    figures: Sequence[str] = ("map",)
    study: Mapping[str, Any] = field(default_factory=dict)
    coders: Sequence[str] = ()
    journal: str = "standard"


def made(source: Source, folder: Path, fonts: Path, engine: Engine, formats: Sequence[str]) -> dict[str, Path]:
    """Render a document; its files are named as a build names them."""
    for part in ("tables", "figures"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    article = folder / f"{source.document}.{source.language}.qmd"
    article.write_text(f"---\nlang: {source.language}\n---\n\n{source.text}", encoding="utf-8")
    for name, text in source.tables.items():
        (folder / "tables" / f"{name}.md").write_text(text, encoding="utf-8")
    for name in source.figures:
        (folder / "figures" / f"{name}.svg").write_text(FIGURE, encoding="utf-8")
        (folder / "figures" / f"{name}.txt").write_text("มากที่สุด ก (3)\n", encoding="utf-8")
        Image.new("RGB", (906, 240), "#336699").save(folder / "figures" / f"{name}.png", dpi=(144, 144))
    compose(
        folder / "text",
        study=Study.model_validate({**STUDY, **source.study}),
        document=source.document,
        language=source.language,
        article=article,
        values=source.values,
        quotes=source.quotes,
        references=_references(folder),
        tables=folder / "tables",
        coders=source.coders,
    )
    copy = folder / "copy"
    assemble(
        copy,
        text=folder / "text",
        figures=(folder / "figures").iterdir(),
        report=ROOT / "report",
        fonts=fonts,
        journal=source.journal,
    )
    out = {format_: folder / f"{source.document}.{source.language}.{format_}" for format_ in formats}
    (folder / "tree.json").write_bytes(render(engine, copy, out))
    return out


def blocks_of(text: str) -> list[Node]:
    """The elements of a text that was composed, as it is rendered."""
    tree, _ = pandoc.run(with_spans(text).encode("utf-8"), pandoc.READER, "--to=json")
    return blocks_held(tree)


def _references(folder: Path) -> dict[Language, Path]:
    (folder / "references.yml").write_text(WORKS, encoding="utf-8")
    problems = Problems()
    works = read_references(folder / "references.yml", problems)
    assert not problems.found
    found: dict[Language, Path] = {}
    for language in ("th", "en"):
        found[language] = folder / f"references.{language}.json"  # type: ignore[index]
        entries = json.dumps(csl_entries(works, language))  # type: ignore[arg-type]
        found[language].write_text(entries, encoding="utf-8")  # type: ignore[index]
    return found


def text_of(path: Path) -> str:
    """The text that a reader of a document sees, without white space."""
    return text_in(path.read_bytes(), path.suffix[1:])


@lru_cache(100)
def text_in(data: bytes, format_: str) -> str:
    """The same of a document that was read."""
    if format_ == "pdf":
        text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    elif format_ == "html":
        shown = re.sub(r"<(style|title)\b.*?</\1>|<meta[^>]*>", "", data.decode(), flags=re.DOTALL)
        text = html.unescape(re.sub(r"<annotation.*?</annotation>|<[^>]+>", "", shown, flags=re.DOTALL))
    else:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [archive.read(f"word/{part}.xml").decode() for part in ("header1", "document", "footnotes")]
        text = html.unescape("\n".join("".join(re.findall(r"<w:t[ >][^<]*?>?([^<>]*)</w:t>", part)) for part in parts))
    return re.sub(r"\s", "", text)
