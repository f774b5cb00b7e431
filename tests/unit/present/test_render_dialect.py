"""What an article may use, what is refused, and what it asks for."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pypandoc
import pytest

from thongthin.basics.problems import Problem, Problems
from thongthin.present.render.dialect import check_article
from thongthin.present.render.markup import mask, optional_blocks, without_blocks, without_comments
from thongthin.present.render.requested import Requested
from thongthin.present.render.source import read_source

FRONT = "---\nlang: th\n---\n\n"
REFS = "\n::: {#refs}\n:::\n"


def check(tmp_path: Path, body: str, front: str = FRONT, **included: str) -> tuple[Requested, list[Problem]]:
    (tmp_path / "article.th.qmd").write_text(front + body, encoding="utf-8")
    for name, text in included.items():
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    problems = Problems()
    requested = check_article(tmp_path / "article.th.qmd", "th", problems.at("report/x/article.th.qmd"))
    return requested, problems.found


WHOLE = """\
# บทนำ {#sec-intro}

ผู้ให้ข้อมูล{{< value a.b >}} คน `value c.d` และ `@e2021` ตาม [@f2021, น. 5; @g2022] และ @h2020

ดู @fig-map กับ @tbl-n ใน @sec-intro

<!-- {{< value nor.this >}} @nor2021 -->

```
value nor.that @that2021
```

::: {#tbl-n}
{{< include tables/participants.md >}}

คำบรรยาย
:::

![คำบรรยาย [@map2020]](figures/themes_by_site){#fig-map fig-alt="แผนภาพ" width=80%}

{{< quote q_open >}}

[Digital]{lang=en} และ $x_1 + \\alpha$ ส่งถึง name@example.org หรือ <https://example.org>[^1]

[^1]: เชิงอรรถ

::: {#refs}
:::
"""


def test_a_whole_article_is_accepted_and_what_it_asks_for_is_listed(tmp_path: Path) -> None:
    requested, found = check(tmp_path, WHOLE)
    assert not found
    assert [(r.name, r.line) for r in requested.values] == [("a.b", 7)]
    assert [(r.name, r.line) for r in requested.quotes] == [("q_open", 25)]
    assert [(r.name, r.line) for r in requested.tables] == [("participants", 18)]
    assert [(r.name, r.line) for r in requested.figures] == [("themes_by_site", 23)]
    assert [(r.name, r.line) for r in requested.works] == [
        ("f2021", 7),
        ("g2022", 7),
        ("h2020", 7),
        ("map2020", 23),
    ]
    assert {r.file for r in requested.works} == {"report/x/article.th.qmd"}


def test_citations_are_those_that_pandoc_sees(tmp_path: Path) -> None:
    text = "ตาม @a2020 และ [-@b.c_d:e2021; ดู @f2019 น. 3] (@g1), *@h1* \\@i1 x@j1.org `@k1` [ @l-m1.] @n1: @{o1}"
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "--from=markdown", "--to=json"],
        input=text.encode(),
        capture_output=True,
        check=True,
    )
    seen = re.findall(r'"citationId":"([^"]+)"', json.dumps(json.loads(done.stdout), separators=(",", ":")))
    requested, _ = check(tmp_path, text)
    assert [r.name for r in requested.works] == seen
    assert len(seen) == 8


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("```{python}\n1 + 1\n```", 5, 'Code that is run ("python") is not part'),
        ("```{r, echo=FALSE}\n1\n```", 5, 'Code that is run ("r") is not part'),
        ("ค่า `{python} x` คน", 5, 'Code that is run ("python") is not part'),
        ("ค่า `r x` คน", 5, 'Code that is run ("r") is not part'),
        ("```{=html}\n<b>x</b>\n```", 6, 'Raw "html" code is not part'),
        ("ก `\\LaTeX`{=latex}", 5, 'Raw "latex" code is not part'),
        ("::: {.panel-tabset}\nก\n:::", 5, 'The class "panel-tabset" is not part'),
        ("::: columns\nก\n:::", 5, 'The class "columns" is not part'),
        ("::: {.column width=50%}\nก\n:::", 5, 'The class "column" is not part'),
        ("::: {layout-ncol=2}\nก\n:::", 5, 'The attribute "layout-ncol" is not part'),
        ("::: {.callout-note}\nก\n:::", 5, 'The class "callout-note" is not part'),
        ('::: {.content-visible when-format="html"}\nก\n:::', 5, 'The class "content-visible" is not part'),
        ("[ก]{.aside}", 5, 'The class "aside" is not part'),
        ("ก {{< pagebreak >}}", 5, 'The shortcode "pagebreak" is not part'),
        ("ก {{{< value x >}}}", 5, 'The shortcode "value" is not part'),
        ("ก {{< value >}}", 5, "{{< value >}} takes one name"),
        ('![ก](figures/x){#fig-x fig-alt="ข"ค ง"}', 5, "The attributes {#fig-x fig-alt="),
        ('[ก](figures/x){#fig-x fig-alt="ข"}', 5, 'The id "fig-x" does not stand on a figure.'),
        ("ก {#sec-x}", 5, 'The id "sec-x" does not stand on a heading.'),
        ("[ก]{#tbl-x}", 5, 'The id "tbl-x" does not stand on the block of a table.'),
        ("::: {#refs-tranlated}\n:::", 5, 'The block "refs-tranlated" is empty, and nothing fills it.'),
        ("# ???????? {.unnumbered}", 5, '"????????" stands here; was a text or a number lost?'),
        ("::: {#refs}\n# ก\n:::", 5, 'The block "refs" is filled by the build, and must be empty.'),
        ("# ก {#sec-a}\n\nดู @sec-a [ข]", 7, 'Between "@sec-a" and the brackets behind it there must be a word'),
        ("{{< include tables/a.md ??", 5, "This line holds half of {{< ... >}}"),
        ("ก {{< value a ' ข", 5, "This line holds half of {{< ... >}}"),
        ("ก value a >}} ข", 5, "This line holds half of {{< ... >}}"),
        ("ก {{< value\na >}}", 5, "This line holds half of {{< ... >}}"),
        ("ก {{< quote a >}}", 5, "{{< quote a >}} must stand on a line of its own"),
        ("$x = {{< value a >}}$", 5, "A shortcode in a formula is not part"),
        ('[ก]{lang="{{< value a >}}"}', 5, "A shortcode in an attribute is not part"),
        ("ดู @lst-code", 5, 'The reference "@lst-code" is not part'),
        ("ดู @thm-one", 5, 'The reference "@thm-one" is not part'),
        ("$$x$$ {#eq-one}", 5, 'A numbered "eq" is not part'),
        ("ก<br>ข", 5, 'The HTML tag "<br>" is not part'),
        ("ก \\newpage", 5, 'The TeX command "\\newpage" is not part'),
        ("{{< include ../secret.md >}}", 5, '"../secret.md" can\'t be included'),
        ("{{< include /etc/passwd >}}", 5, '"/etc/passwd" can\'t be included'),
        ("{{< include tables/../x.md >}}", 5, '"tables/../x.md" can\'t be included'),
        ("{{< include part.md >}}", 5, '"part.md" can\'t be included'),
        ("![ก](pictures/x.png){#fig-x fig-alt='ข'}", 5, '"pictures/x.png" is not a figure of the study'),
        ("![ก](figures/x.svg){#fig-x}", 5, '"figures/x.svg" is not a figure of the study'),
        ("![ก](figures/x){#fig-x}", 5, 'The figure "x" needs a caption, an id, a description'),
        ('![](figures/x){#fig-x fig-alt="ข"}', 5, 'The figure "x" needs a caption, an id, a description'),
        ("::: {#tbl-a}\n{{< include tables/a.md >}}\n:::", 5, '"tbl-a" has no caption'),
        ("::: {#tbl-a}\n{{< include tables/a.md >}}\nคำบรรยาย\n:::", 5, '"tbl-a" has no caption'),
        ("::: {lang=en}\ntext", 5, "This block is never closed"),
        ("ก\n\n:::", 7, "This ::: closes nothing"),
        ("# ก {#sec-a}\n\n# ข {#sec-a}", 7, 'The id "sec-a" stands twice; first in report/x/article.th.qmd, line 5'),
        ("# ก {#sec-intro}\n\nดู @sec-inro", 7, 'There is no figure, table or section "sec-inro"'),
        ("# ก {#sec-a .unnumbered}\n\nดู @sec-a", 7, 'There is no figure, table or section "sec-a"'),
        ("ตาม @a2020", 5, "The article cites works but has no place for their list"),
        ("ดัง@fig-a", 5, '"@fig-a" must be set off from Thai text by spaces'),
        ("ดัง @a2020และ", 5, '"@a2020" must be set off from Thai text by spaces'),
        ("ที่@a2020 ก", 5, '"@a2020" must be set off from Thai text by spaces'),
        ("ข้อความแรก\nข้อความต่อ", 6, "A line break inside a Thai paragraph would become a space"),
        ("    ย่อหน้า", 5, "A paragraph that begins with four spaces"),
    ],
)
def test_what_engines_do_differently_is_refused_by_name(tmp_path: Path, body: str, line: int, said: str) -> None:
    _, found = check(tmp_path, body)
    told = [(p.row, p.en) for p in found]
    assert [row for row, en in told if en.startswith(said)][:1] == [line] == [row for row, _ in told][:1], told
    assert found[0].file == "report/x/article.th.qmd"
    assert found[0].th


@pytest.mark.parametrize(
    ("front", "line", "said"),
    [
        ("", 1, 'The front matter must say "lang: th".'),
        ("---\nlang: en\n---\n\n", 2, 'The front matter must say "lang: th".'),
        ("---\nlang: th\ntitle: ก\n---\n\n", 3, 'The key "title" does not belong in the front matter'),
        ("---\nlang: [th\n---\n\n", 1, "The front matter is not valid YAML."),
    ],
)
def test_front_matter(tmp_path: Path, front: str, line: int, said: str) -> None:
    _, found = check(tmp_path, "ก", front)
    assert [(p.row, p.en.startswith(said)) for p in found] == [(line, True)], found


def test_hints_name_what_was_meant(tmp_path: Path) -> None:
    _, found = check(tmp_path, "# ก {#sec-intro}\n\nดู @sec-inro\n\n::: {.columns}\nก\n:::\n")
    hints = {p.kind: p.hint_en for p in found}
    assert hints["unresolved-reference"] == 'Did you mean "sec-intro"?'
    assert hints["class"] == "The article has one column."


def test_included_files_are_followed(tmp_path: Path) -> None:
    requested, found = check(
        tmp_path,
        "{{< include part.md >}}\n\nดู @sec-part\n" + REFS,
        part="# ก {#sec-part}\n\n{{< value a.b >}} ตาม @w2020 {{< nothing >}}\n",
    )
    assert [(r.name, r.file, r.line) for r in requested.values] == [("a.b", "report/x/part.md", 3)]
    assert [(p.file, p.row, p.en[:24]) for p in found] == [("report/x/part.md", 3, 'The shortcode "nothing" ')]


def test_a_file_that_includes_itself(tmp_path: Path) -> None:
    _, found = check(tmp_path, "{{< include part.md >}}", part="ก\n\n{{< include part.md >}}\n")
    assert [(p.file, p.en) for p in found] == [("report/x/part.md", '"part.md" includes itself.')]


def test_an_article_that_is_missing_or_not_utf8(tmp_path: Path) -> None:
    problems = Problems()
    check_article(tmp_path / "article.th.qmd", "th", problems.at("a.qmd"))
    assert "This file is missing." in [p.en for p in problems]
    (tmp_path / "article.th.qmd").write_bytes("ก".encode("cp874"))
    check_article(tmp_path / "article.th.qmd", "th", problems.at("a.qmd"))
    assert "This file is not UTF-8 (byte 1 is 0xA1), and no other encoding fits with certainty." in [
        p.en for p in problems
    ]


def test_lists_may_go_on_indented_and_english_lines_may_wrap(tmp_path: Path) -> None:
    _, found = check(tmp_path, "1. ก\n\n    ข\n\n- ค\n\nAn English line\nthat goes on.\n\n| ก |\n|---|\n| ข |\n")
    assert not found


def test_meta_inferences_are_prose_that_the_joint_display_prints(tmp_path: Path) -> None:
    body = """\
::: {#inference-skills}
ทักษะ*แยก*พื้นที่ออกจากกัน (ค่าเฉลี่ย {{< value a.b >}})

ทั้งสองวิธี|ยืนยันกัน
:::

{{< include more.md >}}
"""
    requested, problems = check(tmp_path, body, more="::: {#inference-budget}\nเงิน\n:::\n")
    assert problems == []
    assert [(i.name, i.file, i.line, i.text) for i in requested.inferences] == [
        (
            "skills",
            "report/x/article.th.qmd",
            5,
            "ทักษะ*แยก*พื้นที่ออกจากกัน (ค่าเฉลี่ย {{< value a.b >}}) ทั้งสองวิธี|ยืนยันกัน",
        ),
        ("budget", "report/x/more.md", 1, "เงิน"),
    ]
    assert [request.name for request in requested.values] == ["a.b"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "# หัวข้อ",
        "- ข้อ",
        "1. ข้อ",
        "> ยกมา",
        "| ก | ข |",
        "{{< quote q_open >}}",
        "{{< include tables/participants.md >}}",
        "ตาม [@a2021]",
        "ดู @tbl-n",
        "เชิงอรรถ^[ข้อความ]",
        "ค่า $x$",
        "::: {#other}\nก\n:::",
    ],
)
def test_a_meta_inference_holds_nothing_but_prose(tmp_path: Path, content: str) -> None:
    requested, problems = check(tmp_path, f"::: {{#inference-skills}}\n{content}\n:::\n{REFS}")
    assert "inference" in [problem.kind for problem in problems]
    assert [problem.row for problem in problems if problem.kind == "inference"] == [5]
    assert requested.inferences == []


@pytest.mark.parametrize("content", ["ส่งถึง name@example.org ราคา 5\\\\$", "2566. เป็นปี", "ก #1 และ - ข"])
def test_what_only_looks_like_more_is_prose(tmp_path: Path, content: str) -> None:
    requested, _ = check(tmp_path, f"::: {{#inference-skills}}\nในปี {content}\n:::\n")
    assert [inference.name for inference in requested.inferences] == ["skills"]


def test_mask_keeps_every_other_character_in_its_place() -> None:
    text = "---\nlang: th\n---\nก `โค้ด` ข\n```\nx\n```\nค \\` ง"
    masked = mask(text)
    assert len(masked) == len(text)
    assert [text[i] for i, c in enumerate(masked) if not c.isspace()] == list("กขค\\`ง")
    assert masked.count("\n") == text.count("\n")


def test_an_escaped_sign_begins_no_comment() -> None:
    assert without_comments("a \\<!-- b --> <!-- c --> d") == "a \\<!-- b -->  d"


def test_includes_and_tables_are_put_in_place(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables/n.md").write_text("| ก |\n|---|\n| \\{\\{\\< ข |\n", encoding="utf-8")
    (tmp_path / "part.md").write_text("{{< include tables/n.md >}}\n", encoding="utf-8")
    (tmp_path / "a.qmd").write_text("ก\n\n{{< include part.md >}}\n\n{{< value x >}}\n", encoding="utf-8")
    text = read_source(tmp_path / "a.qmd", (), tmp_path / "tables").text
    assert text == "ก\n\n| ก |\n|---|\n| \\{\\{\\< ข |\n\n{{< value x >}}\n"


OPTIONAL = """\
# ผล

::: {.if-available}
ค่า {{< value a.b >}} ใน @tbl-n

::: {#tbl-n}
{{< include tables/agreement.md >}}

คำบรรยาย
:::
:::

`::: {.if-available}`

::: {.if-available}
# จริยธรรม {.unnumbered}

::: {#ethics}
:::
:::
"""


def test_what_a_block_that_may_be_left_out_asks_for_is_told_with_the_block(tmp_path: Path) -> None:
    requested, problems = check(tmp_path, OPTIONAL)
    assert problems == []
    front = FRONT.count("\n")
    first, second = front + 3, front + 15
    assert optional_blocks(FRONT + OPTIONAL) == [(first, first + 8), (second, second + 5)]
    assert [(request.name, request.within) for request in requested.values] == [("a.b", first)]
    assert [(request.name, request.within) for request in requested.tables] == [("agreement", first)]
    assert [(request.name, request.within) for request in requested.filled] == [("ethics", second)]


def test_a_block_that_is_left_out_is_gone_and_the_lines_stay(tmp_path: Path) -> None:
    text = FRONT + OPTIONAL
    first = FRONT.count("\n") + 3
    without = without_blocks(text, [first])
    assert without.count("\n") == text.count("\n")
    assert "tbl-n" not in without
    assert "# จริยธรรม" in without
    assert "\n::: {.if-available}" not in without
    (tmp_path / "article.th.qmd").write_text(text, encoding="utf-8")
    problems = Problems()
    requested = check_article(tmp_path / "article.th.qmd", "th", problems, [first])
    assert (problems.found, requested.values, requested.tables) == ([], [], [])
    assert read_source(tmp_path / "article.th.qmd", [first], tmp_path).text == without
    (tmp_path / "article.th.qmd").write_text(f"{text}\n@tbl-n\n", encoding="utf-8")
    check_article(tmp_path / "article.th.qmd", "th", problems, [first])
    assert [problem.kind for problem in problems] == ["unresolved-reference"]


def test_a_block_that_may_be_left_out_stands_in_no_other(tmp_path: Path) -> None:
    for body in ("::: {#a}\n::: {.if-available}\nx\n:::\n:::\n", "::: {.if-available #b}\nx\n:::\n"):
        _, problems = check(tmp_path, body)
        assert [problem.kind for problem in problems] == ["class"]
    _, problems = check(tmp_path, "{{< include part.md >}}\n", part="::: {.if-available}\nx\n:::\n")
    assert [problem.kind for problem in problems] == ["class"]


def test_notes_to_co_authors_are_in_no_document(tmp_path: Path) -> None:
    text = "ก <!-- ข --> ค\n\n<!-- ง\nจ -->\n\n`<!-- code -->`\n\n```\n<!-- code -->\n```\n\n{{< include part.md >}}\n"
    (tmp_path / "part.md").write_text("<!-- ฉ -->\nช\n", encoding="utf-8")
    (tmp_path / "article.th.qmd").write_text(FRONT + text, encoding="utf-8")
    whole = read_source(tmp_path / "article.th.qmd", (), tmp_path).text
    assert not set("ขงจฉ") & set(whole)
    assert whole.count("<!-- code -->") == 2
    assert whole.startswith(f"{FRONT}ก  ค\n\n\n\n\n`")


@pytest.mark.parametrize(("text", "sign"), [("ก ????? ข", "?????"), ("ค่า #REF! บาท", "#REF!")])
def test_signs_of_lost_text_are_a_notice(tmp_path: Path, text: str, sign: str) -> None:
    (tmp_path / "article.th.qmd").write_text(f"{FRONT}{text}\n\nจริงหรือ?? `#REF!`\n", encoding="utf-8")
    problems = Problems()
    check_article(tmp_path / "article.th.qmd", "th", problems.at("a.qmd"))
    assert not problems.found
    assert [(n.kind, n.row) for n in problems.notices if n.kind == "lost-text"] == [("lost-text", 5)]
    assert f'"{sign}" stands here' in problems.notices[-1].en


def test_what_pandoc_leaves_out_is_refused_with_its_words(tmp_path: Path) -> None:
    _, problems = check(tmp_path, "# ก\n\n| a | b |\n|---|---|\n| <script>alert(1)</script> | ข |\n")
    (found,) = problems
    assert (found.kind, found.row) == ("lost-words", FRONT.count("\n") + 5)
    assert "script alert 1 script" in found.en and "script alert 1 script" in found.th
