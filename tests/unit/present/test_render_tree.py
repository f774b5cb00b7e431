"""A document is read as pandoc reads it, and every element knows where it was written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from thongthin.basics.environment import TREES
from thongthin.present.render import kept_trees, pandoc
from thongthin.present.render.nodes import Node
from thongthin.present.render.places import WORD
from thongthin.present.render.source import source_of_text
from thongthin.present.render.tree import Document, read_document, tree_of

ROOT = Path(__file__).parents[3]
TEXTS = sorted([*ROOT.glob("report/*/*.qmd"), *ROOT.glob("workflow/thongthin/commands/skeleton/*.qmd")])

TEXT = """\
---
lang: th
---

# บทนำ {#sec-intro}

ผู้ให้ข้อมูล {{< value a.b >}} คน[^1] และ [ต่างกัน **มาก**]{claim=differ} ตาม [ดู @f2021, น. 5] กับ [เว็บ](https://example.org)

* * *

![คำ **บรรยาย**](figures/x){#fig-x fig-alt="แผน"}

::: {#tbl-n}
{{< include tables/n.md >}}

คำบรรยาย
:::

คำสุดท้าย

[^1]: ข้อความ ของ เชิงอรรถ
"""


def document(text: str) -> Document:
    return tree_of(source_of_text(text, "article.th.qmd"))


def of_kind(read: Document, kind: str) -> list[Node]:
    return [node for node in read.walk() if node.kind == kind]


def test_elements_have_what_they_say_and_where() -> None:
    read = document(TEXT)

    def places(kind: str) -> list[tuple[str, int, int]]:
        return [(node.plain() or node.text, *list(vars(read.place(node)).values())[1:]) for node in of_kind(read, kind)]

    assert places("Header") == [("บทนำ", 5, 3)]
    assert places("Value") == [("{{< value a.b >}}", 7, 14)]
    assert places("Span") == [("ต่างกัน มาก", 7, 44)]
    assert of_kind(read, "Span")[0].attributes == {"claim": "differ"}
    assert places("Citation") == [("ดู, น. 5@f2021", 7, 80)]
    assert places("Link") == [("เว็บ", 7, 102)]
    assert places("HorizontalRule") == [("", 9, 1)]
    assert places("Caption") == [("คำ บรรยาย", 11, 3)]
    assert [(node.text, node.attributes) for node in of_kind(read, "Image")] == [("figures/x", {"fig-alt": "แผน"})]
    assert places("Include") == [("{{< include tables/n.md >}}", 14, 1)]
    note = of_kind(read, "Note")[0]
    assert (read.place(note.children[0]).line, note.children[0].plain()) == (21, "ข้อความ ของ เชิงอรรถ")
    assert [read.place(block).line for block in read.blocks] == [5, 7, 9, 11, 13, 19]
    assert read.paragraphs[id(of_kind(read, "Strong")[0])] is read.blocks[1]
    assert read.blocks[1].plain().startswith("ผู้ให้ข้อมูล {{< value a.b >}} คน และ ต่างกัน มาก ตาม")


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_every_word_of_our_texts_stands_where_it_is_said_to_stand(path: Path) -> None:
    read = read_document(path)
    for node in read.walk():
        assert node.start >= 0
        for offset, start in node.offsets:
            word = WORD.match(node.text, offset)
            assert word
            assert read.source.text[start : start + len(word[0])] == word[0]
    words = sum(len(WORD.findall(node.text)) for node in read.walk() if node.kind == "Text")
    placed = sum(len(node.offsets) for node in read.walk())
    assert placed == words > 40
    starts = [block.start for block in read.blocks]
    assert starts == sorted(starts)


def test_what_is_included_knows_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "article.en.qmd").write_text("One\n\n{{< include part.md >}}\n\nTwo\n\n{{< include no.md >}}\n")
    (tmp_path / "part.md").write_text("\n\nThree\n\n{{< include article.en.qmd >}}\n\n<!-- {{< value x >}} -->Four\n")
    read = read_document(tmp_path / "article.en.qmd")
    assert [(block.plain(), read.place(block).file, read.place(block).line) for block in read.blocks] == [
        ("One", "article.en.qmd", 1),
        ("Three", "part.md", 3),
        ("{{< include article.en.qmd >}}", "part.md", 5),
        ("Four", "part.md", 7),
        ("Two", "article.en.qmd", 5),
        ("{{< include no.md >}}", "article.en.qmd", 7),
    ]


def test_files_that_multiply_end(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"f{number}.md").write_text(f"{{{{< include f{number + 1}.md >}}}}\n" * 3)
    (tmp_path / "f12.md").write_text("x\n")
    read = read_document(tmp_path / "f0.md")
    assert of_kind(read, "Include")


def test_a_shortcode_is_one_only_in_running_text() -> None:
    read = document("`{{< value a >}}` $x{{< value b >}}$ [c]({{< value d >}}) {{< env HOME >}} {{{< value e >}}}\n")
    asked = [(node.kind, node.text) for node in read.walk() if node.kind in ("Value", "Shortcode")]
    assert asked == [("Shortcode", "env"), ("Shortcode", "value")]
    # The signs of the others stand where no text is.
    signed = [node.kind for node in read.walk() if re.search("[\U0010f001\U0010f002]", node.text)]
    assert signed == ["Code", "Math", "Link"]


def test_the_same_text_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = document("A text that is read once.\n")
    monkeypatch.setattr(pandoc, "run", lambda *_, **__: pytest.fail("read again"))
    assert document("A text that is read once.\n") is first


def test_a_tree_is_kept_while_a_project_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = b"A text with [a link](https://example.org).\n"
    before = kept_trees.read(text)
    assert not list(tmp_path.iterdir())
    monkeypatch.setenv(TREES, str(tmp_path / "trees"))
    assert kept_trees.read(text) == before
    (kept,) = (tmp_path / "trees").iterdir()
    whole = kept.read_bytes()
    with monkeypatch.context() as none:
        none.setattr(pandoc, "run", lambda *_, **__: pytest.fail("read again"))
        assert kept_trees.read(text) == before
    # What was changed, cut off, or of another text is read again.
    for other in (whole.replace(b"example", b"evil"), whole[:-20], b"", b"[1]\n{}"):
        kept.write_bytes(other)
        assert kept_trees.read(text) == before
        assert kept.read_bytes() == whole
    monkeypatch.setattr(kept_trees, "MOST", 2)
    for number in range(3):
        kept_trees.read(b"Text %d.\n" % number)
    assert len(list((tmp_path / "trees").iterdir())) == 2
    assert not kept.exists()


def test_a_reader_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(pandoc.PandocFailed, match="no end after"):
        pandoc.run(("a " * 100_000).encode(), pandoc.READER, "--to=json", limit=0.01)


def test_what_is_nested_beyond_all_measure_is_refused() -> None:
    with pytest.raises(pandoc.PandocFailed):
        document(">" * 3000 + " x\n")


def test_reading_opens_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("s3cret")
    text = f"![x]({secret}) <img src={secret}>\n\n```{{.include}}\n{secret}\n```\n\n\\input{{{secret}}}\n"
    assert "s3cret" not in str(document(text).json)


LOST = [
    ("| a | b |\n|---|---|\n| <script>alert(one)</script> | 2 |", "script alert one script"),
    ("| a | b |\n|---|---|\n| <div>inside</div> all | 2 |", "div inside div all"),
    ("| a | b |\n|---|---|\n| <div>{{< value x.y.z >}}</div> | 2 |", "div {{< value x.y.z >}} div"),
    ("| a | b |\n|---|---|\n| 1 | 2 | three |", "three"),
    ('text\n\n[foo]: http://a.org "Title"', "http a org Title"),
    ("text\n\n[^1]: never seen", "never seen"),
    ("text[^1]\n\n[^1]: one\n\n[^1]: other", "one"),
    ("[words]{lang=en lang=th}", "en lang"),
    ("# ก\n\n---\nkey: ค่า\n---\n", "key ค่า"),
]


@pytest.mark.parametrize(("text", "lost"), LOST)
def test_what_pandoc_leaves_out_without_a_word_is_found(text: str, lost: str) -> None:
    read = document(f"first\n\n{text}\n\nlast\n")
    assert " ".join(read.source.text[slice(*span)] for span in read.lost) == lost


KEPT = """\
_ก ข_ and __c__ **_d_** e_f_g `h_i` a*b*c\\_d H~2~O [see @a2021, pp. 5–6; -@b2020] @c [p. 4]

1. one
2. two

    a) three
    ii. four

(@) five
(@good) six

as (@good) says &amp; &eacute; &#233; \\@ 5\\.

[a link][My label] [short one] [in line](https://a.org/b%20c?d=e "Title") <https://a.org/ก>

[My label]: https://x.org/y "T"
[short one]: https://z.org

: caption before {#x}

| a | b |
|:--|--:|
| 1 | 2 |

| c |
|---|
| 3 |

Table: behind

term

:   says

+---+---+
| p | q |
+===+===+
| r | s |
+---+---+

![cap](figures/x "t"){#fig-x fig-alt="in words" width=80%}

$$x_{1} = \\frac{a}{b}$$

```{.text foo="bar"}
code 1
```

| line one
| line two

> quoted
lazy

[x[^n]]{lang=en} ^[in line]

[^n]: a note

    more

# Results of it

Results of it
"""


def test_no_mark_is_taken_for_words_that_are_left_out() -> None:
    read = document(KEPT)
    assert [read.source.text[slice(*span)] for span in read.lost] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_nothing_of_our_own_documents_is_left_out(path: Path) -> None:
    assert read_document(path).lost == []
