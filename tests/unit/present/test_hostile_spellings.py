"""However a text is spelled that could do more than be read: the check refuses it, or it is printed as plain text."""

from __future__ import annotations

import csv
import html.parser
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from amount import some
from pypdf import PdfReader
from studies import STUDY

from thongthin.basics.addresses import is_page
from thongthin.basics.problems import Problems, RenderError
from thongthin.contract.study import Study
from thongthin.present.render import pandoc, render
from thongthin.present.render.composition import compose
from thongthin.present.render.dialect import check_article
from thongthin.present.render.held import read_held
from thongthin.present.render.working_copy import assemble, with_spans
from thongthin.read.references import csl_entries, read_references

ROOT = Path(__file__).parents[3]
FRONT = "---\nlang: en\n---\n\n"
# What an author may write, so that the documents have every element that they may have.
CONTROL = f"""{FRONT}# Heading {{#sec-a}}

A [link](https://h.example/y), <mailto:a@h.example>, `code`, *e* **s** ~~d~~ x~1~ x^2^ "q" 'r' $x^2$, [b]{{lang=th}},
{{{{< value a.b.c >}}}} [c]{{.fixed}} @sec-a and a note[^1].

[^1]: In it.

> quoted

- list

1. list

word
:   meaning

* * *

| a |
|---|
| b |

~~~
code
~~~

| line
"""
SECRET = "what-stands-in-no-document"


class Spelling(NamedTuple):
    kind: str
    source: str
    text: str


def spellings() -> Iterator[Spelling]:
    with open(ROOT / "tests/data/hostile_spellings.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Spelling(row["kind"], row["source"], row["text"])


SPELLINGS = list(spellings())


def test_there_are_many_of_many_kinds_and_half_are_from_public_collections() -> None:
    assert len({one.text for one in SPELLINGS}) == len(SPELLINGS) >= 300
    assert len({one.kind for one in SPELLINGS}) >= 40
    assert sum(one.source != "own" for one in SPELLINGS) >= len(SPELLINGS) / 2


@pytest.fixture(scope="module")
def accepted(tmp_path_factory: pytest.TempPathFactory) -> list[Spelling]:
    """What the check does not refuse; of all else it tells, in both languages, where it stands."""
    path = tmp_path_factory.mktemp("hostile") / "article.en.qmd"
    left = []
    for one in SPELLINGS:
        path.write_text(f"{FRONT}{one.text}\n", encoding="utf-8")
        problems = Problems()
        check_article(path, "en", problems.at("report/s/article.en.qmd"))
        if not problems.found:
            left.append(one)
        for problem in problems.found:
            assert problem.en and re.search("[ก-๙]", problem.th), one
            assert problem.file == "report/s/article.en.qmd" and problem.row, one
            assert 1 <= problem.row <= FRONT.count("\n") + one.text.count("\n") + 2, one
    return left


# Kinds of which some are nothing but text for pandoc, or nothing at all (a comment, which is taken out before).
AS_TEXT = {
    *("comment", "declaration", "frame", "script", "broken markup", "hidden characters", "code that runs"),
    *("link that runs", "link of another kind", "autolink", "braces of a link", "braces of a span"),
    *("shortcode within something", "within something else"),
}


def test_where_no_html_can_stand_nothing_is_read_otherwise_for_not_looking_for_it() -> None:
    def read(text: bytes, option: str) -> object:
        try:
            return pandoc.run(text, "--sandbox", option, "--to=json")
        except pandoc.PandocFailed as error:
            return str(error)

    signs = b"".join(b"a <%c b <%c=\n> c < %c\n\n" % (sign, sign, sign) for sign in b" 0129=\n")
    plain = [text for one in SPELLINGS if pandoc.reader(text := one.text.encode()) != pandoc.READER]
    assert len(plain) > len(SPELLINGS) / 8
    for text in (signs, *plain):
        assert pandoc.reader(text) != pandoc.READER
        assert read(text, pandoc.reader(text)) == read(text, pandoc.READER), text


def test_nearly_all_are_refused(accepted: list[Spelling]) -> None:
    assert len(accepted) <= len(SPELLINGS) / 16, [one.text for one in accepted]
    assert {one.kind for one in accepted} <= AS_TEXT
    assert max(Counter(one.kind for one in accepted if one.kind not in ("comment", "declaration")).values()) <= 2


def working_copy(root: Path, fonts: Path, text: str, works: Sequence[dict[str, Any]] = ()) -> Path:
    root.mkdir(parents=True, exist_ok=True)
    (root / "article.en.qmd").write_text(text, encoding="utf-8")
    for language in ("th", "en"):
        (root / f"references.{language}.json").write_text(json.dumps(list(works)), encoding="utf-8")
    compose(
        root / "text",
        study=Study.model_validate(STUDY),
        language="en",
        article=root / "article.en.qmd",
        tables=root,
        values={"a.b.c": "12"},
        quotes={},
        references={"th": root / "references.th.json", "en": root / "references.en.json"},
    )
    assemble(root / "copy", text=root / "text", figures=[], report=ROOT / "report", fonts=fonts)
    return root / "copy"


class Page(html.parser.HTMLParser):
    """Elements with the names of their attributes, and addresses, of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: set[tuple[str, str]] = set()
        self.addresses: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements |= {(tag, "")} | {(tag, name) for name, _ in attributes}
        self.addresses |= {value or "" for name, value in attributes if name in ("href", "src", "xlink:href", "action")}


def word_parts(document: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if re.search(r"\.(xml|rels)$", name)}


def links_of_pdf(document: bytes) -> set[str]:
    found = set()
    for page in PdfReader(io.BytesIO(document)).pages:
        for reference in page.get("/Annots", []) or []:
            action: dict[str, Any] = reference.get_object().get("/A", {})
            assert action.get("/S", "/URI") in ("/URI", "/GoTo")
            found |= {str(action["/URI"])} if "/URI" in action else set()
    return found


def test_what_passes_is_printed_as_text_in_every_format(tmp_path: Path, fonts: Path) -> None:
    """The last look before an engine, without the check of the article before it: what it lets through, in one text."""
    folder, secret = working_copy(tmp_path / "control", fonts, CONTROL), tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    passed = []
    kinds = [[one for one in SPELLINGS if one.kind == kind] for kind in dict.fromkeys(one.kind for one in SPELLINGS)]
    spellings = [one for kind in kinds for one in some(kind, least=(len(kind) + 1) // 2)]
    for one in spellings:
        if one.kind == "shortcode within something":  # which is put in place by its name, before anything is read
            continue
        text = one.text.replace("/etc/hostname", secret.as_posix())
        (folder / "article.qmd").write_text(with_spans(f"{FRONT}{text}\n"), encoding="utf-8")
        try:
            read_held(folder)
        except RenderError as error:
            assert "pandoc could not read the text" in str(error)
        else:
            passed.append(text)
    assert 5 < len(passed) < len(spellings) / 4
    formats = ("html", "pdf", "docx")
    made = {}
    for name, text in (("control", CONTROL), ("hostile", "\n\n".join([CONTROL, *passed]))):
        own = working_copy(tmp_path / name, fonts, text)
        out = {format_: tmp_path / name / f"x.{format_}" for format_ in formats}
        render("embedded", own, out)
        made[name] = {format_: path.read_bytes() for format_, path in out.items()}

    control, hostile = (Page(made[name]["html"].decode()) for name in ("control", "hostile"))
    assert hostile.elements <= control.elements
    assert hostile.addresses - control.addresses <= {"http://h.example", "https://h.example/"} | {
        address for address in hostile.addresses if address.startswith("#")
    }
    assert links_of_pdf(made["hostile"]["pdf"]) - links_of_pdf(made["control"]["pdf"]) <= hostile.addresses
    parts, known = word_parts(made["hostile"]["docx"]), word_parts(made["control"]["docx"])
    assert parts.keys() == known.keys()
    for name, content in parts.items():
        tags = set(re.findall(r"<([\w:]+)", content))
        assert tags <= set(re.findall(r"<([\w:]+)", known[name])) | {"w:br"}, name
        targets = set(re.findall(r'Target="([^"]*)"[^>]*TargetMode="External"', content))
        assert targets <= hostile.addresses, name
    everything = [made["hostile"][format_] for format_ in ("html", "pdf")] + [text.encode() for text in parts.values()]
    assert not any(SECRET.encode() in content for content in everything)


# What a list of references may have besides: its entries with their parts, and links to them.
CITED = """
- id: control2021
  type: article-journal
  issued: 2021
  URL: https://h.example/z
  en:
    author: [{given: Jane, family: Doe}]
    title: A <i>title</i> and <b>b</b> <sup>c</sup> <sub>d</sub>
    container-title: J
"""


def test_what_stands_in_the_references_is_text(tmp_path: Path, fonts: Path) -> None:
    texts = [" ".join(one.text.split()) for one in SPELLINGS]
    keys = ("title", "container-title", "publisher", "publisher-place", "genre", "page", "volume", "number", "version")
    works = []
    for number, start in enumerate(range(0, len(texts), len(keys) + 1)):
        own = texts[start : start + len(keys) + 1]
        edition = {"author": [{"literal": own[-1]}], **dict(zip(keys, own[:-1], strict=False))}
        works.append({"id": f"h{number}", "type": ("report", "chapter", "thesis")[number % 3], "en": edition})
    path = tmp_path / "references.yml"
    path.write_text(CITED + yaml.safe_dump(works, allow_unicode=True), encoding="utf-8")
    problems = Problems()
    read = read_references(path, problems)
    assert not problems.found and len(read) == len(works) + 1
    entries = csl_entries(read, "en")
    pages, parts, links = [], [], []
    for name, cited in (("control", entries[:1]), ("hostile", entries)):
        citations = "; ".join(f"@{entry['id']}" for entry in cited)
        folder = working_copy(tmp_path / name, fonts, f"{CONTROL}\n[{citations}]\n\n::: {{#refs}}\n:::\n", cited)
        out = {format_: tmp_path / name / f"x.{format_}" for format_ in ("html", "pdf", "docx")}
        render("embedded", folder, out)
        pages.append(Page(out["html"].read_text(encoding="utf-8")))
        parts.append(word_parts(out["docx"].read_bytes()))
        links.append(links_of_pdf(out["pdf"].read_bytes()))
    assert pages[1].elements <= pages[0].elements
    assert {one for one in pages[1].addresses - pages[0].addresses if not one.startswith("#")} == set()
    assert links[0] == links[1]
    for name, content in parts[1].items():
        assert set(re.findall(r"<([\w:]+)", content)) <= set(re.findall(r"<([\w:]+)", parts[0][name])), name


@pytest.mark.parametrize(
    "address", [one.text[4:-1] for one in SPELLINGS if re.fullmatch(r"\[x\]\([^()\[\]]*\)", one.text)]
)
def test_where_a_work_stands_is_a_page(tmp_path: Path, address: str) -> None:
    path = tmp_path / "references.yml"
    work = {"id": "a2021", "type": "webpage", "URL": address, "en": {"title": "A"}}
    path.write_text(yaml.safe_dump([work], allow_unicode=True), encoding="utf-8")
    problems = Problems(file="references.yml")
    works = read_references(path, problems)
    if problems.found:
        (problem,) = problems.found
        assert problem.row == 1 and problem.hint_en and re.search("[ก-๙]", problem.th)
    else:
        assert is_page(works[0].url or "") and not re.match(r"\s*\w+:(?!//)", address)
