"""Paragraphs, values and quotes have names in Word and on the screen, by which they are found again."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from documents import Source, made, text_of
from lxml import etree

from thongthin.present.evidence.pdf_links import leads_of_page
from thongthin.present.render.fonts import make_fonts
from thongthin.present.render.nodes import Node
from thongthin.present.render.source import source_of_text
from thongthin.present.render.tree import tree_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = (
    "# หัวข้อ {#sec-a}\n\nมี {{< value n >}} คน และ {{< value a.very.long.key.of.a.number.of.a.site.and.a.group >}}[^1]\n"
    "\n{{< quote said >}}\n\n- ข้อหนึ่ง\n- ข้อสอง\n\n> ยกมา\n\nซ้ำ\n\nซ้ำ\n\n[^1]: หมายเหตุ {{< value n >}}\n\n"
    "::: {#tbl-a}\n| ก | ข |\n|:--|:--|\n| 1 | 2 |\n\nคำบรรยาย\n:::\n\n::: {#keywords}\n:::\n\n"
    "$$y = x$$\n\n```\nรหัส\n```\n"
)
VALUES = {"n": "12", "a.very.long.key.of.a.number.of.a.site.and.a.group": "3"}
FIRST = "มี n คน และ a.very.long.key.of.a.number.of.a.site.and.a.group"
LONG = "v2_a_very_long_key_of_a_number_of_a_site"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("names")
    make_fonts(folder / "fonts")
    return made(Source(TEXT, values=VALUES), folder, folder / "fonts", "embedded", ["html", "pdf", "docx", "xml"])


def name_of(said: str) -> str:
    return "p_" + hashlib.sha1(said.encode()).hexdigest()[:8]


# As the source is read by the checks: what comes back from a co-author in Word is found again in it.
# What holds no paragraphs that are named: tables have the names of their cells, figures those of their data.
_NOT_WITHIN = {"Table", "Figure"}
# What a paragraph that consists of nothing else is not: a request, a picture, a formula.
_ALONE = {"Quote", "Include", "Image", "Math"}


def paragraphs(blocks: Iterable[Node]) -> Iterator[tuple[Node, str]]:
    """Each paragraph of a document, also of its lists and notes, and its name."""
    seen: Counter[str] = Counter()
    for node in _named(blocks):
        digest = hashlib.sha1(_said(node.children).encode("utf-8"), usedforsecurity=False).hexdigest()[:8]
        seen[digest] += 1
        yield node, f"p_{digest}" + (f"_{seen[digest]}" if seen[digest] > 1 else "")


def _named(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        alone = len(node.children) == 1 and node.children[0].kind in _ALONE
        if node.kind in ("Para", "Plain") and node.children and not alone:
            yield node
        if node.kind not in _NOT_WITHIN:
            yield from _named(node.children)


def _said(nodes: Iterable[Node]) -> str:
    """What a paragraph says: its words, and the names of what it asks for and cites."""
    pieces = []
    for node in nodes:
        if node.kind in ("Text", "Code", "Math", "Value", "Quote"):
            pieces.append(node.text)
        elif node.kind == "LineBreak":
            pieces.append(" ")
        elif node.kind == "Citation":
            pieces.append(f"@{node.text}")
        elif node.kind != "Note":
            pieces.append(_said(node.children))
    return "".join(pieces)


def named(text: str) -> list[tuple[str, str]]:
    """What each paragraph says, and its name."""
    return [(node.plain(), name) for node, name in paragraphs(tree_of(source_of_text(text, "article.th.qmd")).blocks)]


def test_every_paragraph_has_a_name_and_nothing_else_has() -> None:
    found = named(TEXT)
    assert [said for said, _ in found] == [
        "มี {{< value n >}} คน และ {{< value a.very.long.key.of.a.number.of.a.site.and.a.group >}}",
        *("หมายเหตุ {{< value n >}}", "ข้อหนึ่ง", "ข้อสอง", "ยกมา", "ซ้ำ", "ซ้ำ", "คำบรรยาย"),
    ]
    names = [name for _, name in found]
    assert names[0] == name_of(FIRST) and names[6] == names[5] + "_2" and len({*names}) == len(names)


def test_both_sides_give_the_same_names(tmp_path: Path) -> None:
    """Also of what is written otherwise than on one line each; a formula over lines is left as it is."""
    text = (
        'One *two*\n{{< value n >}} `code` “three” x^2^ [@a2021, p. 5; @b2020] @a2021 "four"[^1] -- $y$ '
        "[five](https://a.org)\n\n"
        "$$\nz = 1\n+ w\n$$\n\n\\<!-- six -->\n\n`a\nb` seven\n\n"
        "Term\n\n:   eight\n\n> nine\n> ten\n\n1. eleven\n\n    twelve\n\n"
        '![cap](figures/map){#fig-map fig-alt="m"}\n\n{{< quote said >}}\n\n'
        "[^1]: thirteen\n\n    fourteen\n\n::: {#refs}\n:::\n"
    )
    make_fonts(tmp_path / "fonts")
    out = made(Source(text, "en"), tmp_path, tmp_path / "fonts", "embedded", ["html", "docx"])
    page = out["html"].read_text(encoding="utf-8")
    names = [name for _, name in named(f"---\nlang: en\n---\n\n{text}")]
    assert sorted(re.findall(r' id="(p_[^"]+)"', page)) == sorted(names) and len(names) == 9
    assert "p_" not in text_of(out["html"]) and "&lt;!– six –&gt;" in page
    assert re.search(r'<annotation encoding="application/x-tex">\s*z = 1\s*\+ w\s*</annotation>', page)


def test_word_has_bookmarks_around_them(out: dict[str, Path]) -> None:
    with zipfile.ZipFile(out["docx"]) as archive:
        parts = {part: etree.fromstring(archive.read(f"word/{part}.xml")) for part in ("document", "footnotes")}
    around = {}
    for tree in parts.values():
        for start in tree.iter(f"{W}bookmarkStart"):
            text, node = "", start
            while (node := node.getnext()) is not None and node.get(f"{W}id") != start.get(f"{W}id"):
                text += "".join(node.itertext())
            name = start.get(f"{W}name")
            assert name not in around and re.fullmatch(r"[A-Za-z_][\w-]{0,39}", name), name
            around[name] = text
    assert around["v1_n"] == "12" and around[LONG] == "3" and around["v3_n"] == "12"
    assert around["q1_said"] == "“น้ำไฟพร้อม”"
    assert around[name_of("ข้อสอง")] == "ข้อสอง" and around[name_of("คำบรรยาย")] == "คำบรรยาย"
    assert "มี 12 คน" in around[name_of(FIRST)] and name_of("ซ้ำ") + "_2" in around
    assert "tbl-a" in around and "sec-a" in around


BOUND = (
    "# ก\n\n[คะแนน*เพิ่มขึ้น*เป็น {{< value n >}}]{claim=rose} และ [ที่อื่น[ลดลง]{.interpretation}]{claim=fell}\n\n"
    "::: {#tbl-a}\n| ก | ข |\n|:--|:--|\n| 1 | 2 |\n\n[คำบรรยายคงที่]{claim=rose}\n:::\n"
)


def test_a_bound_sentence_leads_to_its_claim_and_reads_as_if_it_were_not(tmp_path: Path) -> None:
    make_fonts(tmp_path / "fonts")
    formats = ["html", "pdf", "docx"]
    texts = {"bound": BOUND, "plain": re.sub(r"\[([^][]*(?:\[[^][]*\]\{[^}]*\})?)\]\{claim=\w+\}", r"\1", BOUND)}
    assert "claim" not in texts["plain"]
    out = {}
    for name, text in texts.items():
        (tmp_path / name).mkdir()
        out[name] = made(Source(text), tmp_path / name, tmp_path / "fonts", "embedded", formats)
    for kind in formats:
        assert text_of(out["bound"][kind]) == text_of(out["plain"][kind]), kind
    page = out["bound"]["html"].read_text(encoding="utf-8")
    marks = re.findall(r'<a\s[^>]*href="evidence.th.html#/claim/(\w+)"[^>]*>(.*?)</a>', page, re.S)
    assert marks == [("rose", ""), ("fell", "")], "of a caption, the whole leads to its table"
    assert page.count('aria-label="หลักฐานของข้อความนี้"') == 2 and not re.search(r"<a\s[^>]*>[^<]*<a\s", page)
    assert re.findall(r'<span id="(c\d_\w+)" class="claim">', page) == ["c1_rose", "c2_fell", "c3_rose"]
    assert ("claim", "rose") in (leads_of_page(out["bound"]["pdf"], 1) or ())
    assert ("value", "n") in (leads_of_page(out["bound"]["pdf"], 1) or ())
    with zipfile.ZipFile(out["bound"]["docx"]) as archive:
        assert 'w:name="c2_fell"' in archive.read("word/document.xml").decode("utf-8")


def test_the_page_has_ids_and_the_others_say_nothing_of_it(out: dict[str, Path]) -> None:
    page = out["html"].read_text(encoding="utf-8")
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len({*ids}) and {"v1_n", LONG, "q1_said", name_of("ข้อสอง")} <= {*ids}
    assert 'id="v1_n" class="evidence"' in page or 'class="evidence" id="v1_n"' in page
    assert "p_" not in text_of(out["pdf"]) and "p_" not in out["xml"].read_text(encoding="utf-8")
    assert "paragraph=" not in page
