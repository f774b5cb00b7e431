"""What is printed in each format is set on pandoc's trees; the trees read and written here are as pandoc's own."""

from __future__ import annotations

import gc
import io
import json
import random
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from amount import tried

from thongthin.present.render import embedded, pandoc
from thongthin.present.render.embedding import embed
from thongthin.present.setting.columns import Columns
from thongthin.present.setting.crossref import CrossReferences
from thongthin.present.setting.requests import Requests, name_paragraphs
from thongthin.present.setting.thai import begin_no_line, set_pdf_line, set_thai
from thongthin.present.setting.trees import (
    Element,
    Elements,
    Format,
    Meta,
    attr,
    change,
    change_down,
    children,
    each,
    link,
    para,
    plain,
    raw,
    span,
    stringify,
    strong,
    text,
    words_of,
)
from thongthin.present.setting.whole_words import WholeWords

# Every kind of element, each with text of its own.
EVERY = """
# One *two* [three]{.four}

Five "six 'seven'" `eight` $nine$ ^ten^ ~eleven~ ~~twelve~~ [thirteen]{.smallcaps} [fourteen]{.underline}
**fifteen** [sixteen](https://example.org) [see @seventeen, p. 3] @eighteen [^note]\\
![nineteen](a.svg)

[^note]: twenty

> twenty-one

- twenty-two
- twenty-three

1. twenty-four

Term
:   twenty-five

| line
| block

::: {#box}
twenty-six
:::

```
twenty-seven
```

![twenty-eight](b.svg){#fig-b}

| a | b |
|:--|--:|
| twenty-nine | 30 |

: caption
"""


def tree_of(source: str, *options: str) -> dict[str, Any]:
    data, _ = pandoc.run(source.encode(), "--from=markdown", "--to=json", *options)
    made: dict[str, Any] = json.loads(data)
    return made


def test_texts_of_elements_are_those_of_pandoc(tmp_path: Path) -> None:
    (tmp_path / "said.lua").write_text(
        "function Pandoc(doc)\n"
        "  local said = {}\n"
        "  for _, block in ipairs(doc.blocks) do said[#said + 1] = pandoc.utils.stringify(block) end\n"
        "  for _, line in ipairs({ 'a  b', ' a\\nb\\t', '', 'ก ข\\r\\nค\\u{a0}ง' }) do\n"
        "    doc.blocks:insert(pandoc.Plain(pandoc.Inlines(line)))\n"
        "  end\n"
        "  doc.meta.said = pandoc.List(said):map(pandoc.MetaString)\n"
        "  return doc\n"
        "end\n",
        encoding="utf-8",
    )
    plain = tree_of(EVERY)["blocks"]
    made = tree_of(EVERY, f"--lua-filter={tmp_path / 'said.lua'}")
    assert [stringify(block) for block in plain] == [one["c"] for one in made["meta"]["said"]["c"]]
    assert len(plain) == 11
    lines = ["a  b", " a\nb\t", "", "ก ข\r\nค\u00a0ง"]
    assert [words_of(line) for line in lines] == [block["c"] for block in made["blocks"][len(plain) :]]


def test_a_walk_meets_every_word_once() -> None:
    blocks = tree_of(EVERY)["blocks"]
    for walk in (change, change_down):
        met: list[str] = []
        walk(blocks, {"Str": lambda word, met=met: met.append(word["c"])})  # type: ignore[operator]
        joined = "".join(json.dumps(blocks, ensure_ascii=False).split('{"t": "Str", "c": "')[1:])
        assert len(met) == json.dumps(blocks).count('"t": "Str"') and len(met) > 30, walk.__name__
        assert all(word in joined for word in met)


def test_walks_replace_remove_and_add() -> None:
    line: Elements = [text("a"), text("b"), {"t": "Emph", "c": [text("a"), text("c")]}]
    change(line, {"Str": lambda word: {"a": [], "b": [text("x"), text("y")]}.get(word["c"])})
    assert line == [text("x"), text("y"), {"t": "Emph", "c": [text("c")]}]


@pytest.mark.parametrize("text", ["p < .05", "p <\u00a0.001 | b", "a <= b", "a <\nb", "<3"])
def test_html_is_looked_for_only_where_it_can_begin(text: str) -> None:
    """To look for it takes as long as all else; where none can begin, the text is the same without."""
    assert pandoc.reader(text.encode()).endswith("-raw_html")
    whole = pandoc.run(text.encode(), pandoc.READER, "--to=json")
    assert pandoc.run(text.encode(), pandoc.reader(text.encode()), "--to=json") == whole
    assert pandoc.reader("<ก>".encode()) == pandoc.reader(b"a<!--") == pandoc.READER


_WORDS = [
    "a",
    "b-",
    "1.",
    "12.",
    "1.5",
    ".5",
    ".",
    ";",
    ";x",
    "(a)",
    "(",
    ")",
    "=",
    "- ",
    "+",
    "/",
    "//",
    "--",
    "“a",
    "'",
    "ก",
    "ๆ",
    "#x",
    "Space",
    "\\",
    '"',
    "",
]


def test_joined_words_are_written_alike() -> None:
    drawn = random.Random(2)
    leaves = [{"t": "Space"}] * 9 + [{"t": "SoftBreak"}, {"t": "LineBreak"}, raw("typst", "#box["), raw("typst", "];")]

    def line(depth: int) -> Elements:
        made: Elements = []
        for _ in range(drawn.randint(0, 9)):
            part = line(depth + 1) if depth < 2 and drawn.random() < 0.1 else None
            if part is not None:
                around: list[Element] = [strong(part), span(part, attr()), link(part, "https://example.org", attr())]
                made.append(drawn.choice(around))
            elif drawn.random() < 0.9:
                made.append(text(drawn.choice(_WORDS)))
            made.append(dict(drawn.choice(leaves)))
        return made

    blocks = [drawn.choice([para, plain])(line(0)) for _ in range(tried(800))]
    blocks += [{"t": "BulletList", "c": [[para(line(0))], [plain(line(0))]]} for _ in range(tried(80))]
    version = tree_of("")["pandoc-api-version"]
    whole = json.dumps({"pandoc-api-version": version, "meta": {}, "blocks": blocks}, separators=(",", ":")).encode()
    formats: tuple[Format, ...] = ("pdf", "html", "docx")
    for format_ in formats:
        tree = embedded.joined(whole, format_)
        assert len(tree) < 0.9 * len(whole)
        to = f"--to={'typst' if format_ == 'pdf' else format_}"
        before, after = (pandoc.run(one, "--from=json", to, "--wrap=none")[0] for one in (whole, tree))
        assert _content(before) == _content(after)


def _content(made: bytes) -> bytes:
    if not made.startswith(b"PK"):
        return made
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        return package.read("word/document.xml")


def test_cycles_are_looked_for_after_a_document_that_failed(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        embedded.render(tmp_path, {})
    assert gc.isenabled()


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "values.json").write_text("{}", encoding="utf-8")
    (tmp_path / "quotes.json").write_text("{}", encoding="utf-8")
    for kind, asked in (("value", "x []{shortcode=value argument=n}"), ("quote", "[]{shortcode=quote argument=n}")):
        with pytest.raises(LookupError, match=f"< {kind} n >}}}}: there is no such {kind}"):
            Requests(tmp_path, Meta({}), "html").fill(tree_of(asked)["blocks"])
    with pytest.raises(LookupError, match="@tbl-x: there is no such figure, table or section"):
        CrossReferences(Meta({}), "html").set(tree_of("@tbl-x")["blocks"])


def test_a_name_says_the_bytes_of_its_key(tmp_path: Path) -> None:
    """Word takes no more than 40 signs, and none but Latin letters and digits."""
    (tmp_path / "values.json").write_text(json.dumps({"site.ก": "1 %", "a.b": "2"}), encoding="utf-8")
    blocks = tree_of('[]{shortcode=value argument="site.ก"} []{shortcode=value argument=a.b}')["blocks"]
    Requests(tmp_path, Meta({}), "docx").fill(blocks)
    found = [part["c"][0][0] for part in blocks[0]["c"][0]["c"][1] if part["t"] == "Span"]
    assert found == ["v1_site____", "v2_a_b"]


def test_paragraphs_that_say_the_same_are_told_apart() -> None:
    blocks = tree_of("One @two.\n\nOne @two.\n\n![](a.svg)\n\n- One\n")["blocks"]
    name_paragraphs(blocks, within=False)
    names = [part[0]["c"][0][0] for block in blocks for part in children(block) if part and part[0]["t"] == "Span"]
    assert names[1] == f"{names[0]}_2" and len(names) == 2


def test_columns_hold_their_words(tmp_path: Path) -> None:
    table = tree_of("| Long-heading of numbers | b |\n|--:|:-:|\n| 1.25 | incomprehensibilities |\n")["blocks"][0]
    fit = Columns(Meta({}), WholeWords(tmp_path), in_order=False).fit(table)
    shares = [spec[1]["c"] for spec in table["c"][2]]
    assert fit.size == "normal" and sum(shares) == pytest.approx(1) and fit.lines == 1 and fit.wide
    many = tree_of("|" + "incomprehensibilities|" * 9 + "\n|" + ":-:|" * 9 + "\n|" + "x|" * 9)["blocks"][0]
    assert Columns(Meta({}), WholeWords(tmp_path), in_order=False).fit(many).size == "small"


def test_thai_lines() -> None:
    blocks = tree_of("และ @tbl-a ต่าง ๆ\n")["blocks"]
    set_thai(blocks)
    assert [part["t"] for part in blocks[0]["c"]] == ["Str", "Cite", "Space", "Str", "Str", "Str"]
    assert blocks[0]["c"][4]["c"] == "\u00a0"
    line = words_of("so (b = 0.30, p < .001) it is")
    set_pdf_line(line)
    assert line[2] == raw("typst", "#box[") and stringify(line[3:-5]) == "(b = 0.30, p < .001)"
    begun = [raw("typst", "#box["), text("= .003"), raw("typst", "];")]
    begin_no_line(begun)
    assert begun[1] == raw("typst", "#none;")


def test_a_page_holds_its_files(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "a.css").write_text('/* x */\n@font-face { src: url("f.woff"); }', encoding="utf-8")
    (tmp_path / "fonts" / "f.woff").write_bytes(b"font")
    (tmp_path / "a&b.svg").write_text("<svg/>", encoding="utf-8")
    page = (
        '<head><link rel="stylesheet" href="fonts/a.css"><link rel="icon" href="data:,"></head><a href="b.html">b</a>'
        '<p>&lt;img src="no"&gt;</p><img class="x" src="a&amp;b.svg" alt="">'
    )
    assert embed(page.encode(), tmp_path).decode() == (
        '<head><style>@font-face { src: url("data:font/woff;base64,Zm9udA=="); }</style><link rel="icon" href="data:,">'
        '</head><a href="b.html">b</a><p>&lt;img src="no"&gt;</p>'
        '<img class="x" src="data:image/svg+xml;base64,PHN2Zy8+" alt="">'
    )
    with pytest.raises(OSError, match=r"no\.svg"):
        embed(b'<img src="no.svg">', tmp_path)


@pytest.mark.parametrize(
    "asking",
    [
        '<img alt="" src="x.exe">',
        '<img src="https://example.org/a.png">',
        '<script src="//example.org/a.js"></script>',
        '<link href="https://example.org/a.css" rel="stylesheet">',
        "url(https://example.org/a.woff)",
        "url( 'http://example.org/a.png' )",
        '@import "b.css";',
    ],
)
def test_a_page_asks_for_nothing_from_elsewhere(tmp_path: Path, asking: str) -> None:
    """A journal's folder may have a page and style sheets of its own."""
    tag = asking.startswith("<")
    (tmp_path / "a.css").write_text("" if tag else f"a {{ background: {asking} }}", encoding="utf-8")
    page = f'<link rel="stylesheet" href="a.css">{asking if tag else ""}'
    with pytest.raises(ValueError, match=r"no kind of file|other computers|imports another"):
        embed(page.encode(), tmp_path)


def test_bookmarks_of_long_ids_are_told_apart() -> None:
    """Else a reference in Word would show the number of another table as soon as it is counted anew."""
    ids = [f"tbl-answers_of_all_respondents_by_site_and_{own}" for own in ("sex", "age", "group")]
    box = "::: {{#{}}}\n| a |\n|---|\n| 1 |\n\nCaption\n:::\n\n"
    blocks = tree_of("".join(map(box.format, ids)) + " ".join(f"@{own}" for own in ids))["blocks"]
    title = {"t": "MetaString", "c": "Table"}
    CrossReferences(Meta({"tbl-title": title, "tbl-prefix": title}), "docx").set(blocks)
    codes = [part["c"][1] for part in each(blocks) if part["t"] == "RawInline"]
    marks = [re.findall('w:name="([^"]+)"', code) for code in codes[:3]]
    fields = [re.findall(r"REF (\S+) ", code) for code in codes[3:]]
    assert [label for label, _ in marks] == [name for (name,) in fields]
    assert len({name for own in marks for name in own}) == 6 and all(len(name) <= 40 for own in marks for name in own)
