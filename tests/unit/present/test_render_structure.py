"""Empty lines, headings, tables and footnotes of an article: what would be printed otherwise than it was meant."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pypandoc
import pytest

from thongthin.basics.problems import Problem, Problems
from thongthin.present.render.dialect import check_article
from thongthin.present.render.markup import mask

FRONT = "---\nlang: th\n---\n\n"


def check(tmp_path: Path, body: str, front: str = FRONT, **included: str) -> list[Problem]:
    (tmp_path / "article.th.qmd").write_text(front + body, encoding="utf-8")
    for name, text in included.items():
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    problems = Problems()
    check_article(tmp_path / "article.th.qmd", "th", problems.at("report/x/article.th.qmd"))
    return problems.found


def blocks(text: str) -> list[str]:
    """What pandoc makes of a text: the kinds of its blocks."""
    command = [pypandoc.get_pandoc_path(), "--from=markdown", "--to=json"]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    return [block["t"] for block in json.loads(done.stdout)["blocks"]]


TABLE = "| ก | ข |\n|---|---|\n| 1 | 2 |"
FIGURE = '![ก](figures/themes_by_site){#fig-x fig-alt="ข"}'


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("# หัวข้อ", "A heading"),
        ("> ยกมา", "A quotation (>)"),
        ("- ข้อ", "A list"),
        ("1. ข้อ", "A list"),
        (TABLE, "A table"),
        (FIGURE, "A figure"),
        ("{{< quote q_open >}}", "A quote"),
        ("{{< include tables/participants.md >}}", "What is included"),
        ("::: {lang=en}\ntext\n:::", "A block (:::)"),
        ("[^1]: เชิงอรรถ", "The text of a footnote"),
    ],
)
def test_a_block_right_below_a_text_is_told_and_pandoc_reads_it_as_text(tmp_path: Path, block: str, said: str) -> None:
    text = "ข้อความ[^1]" if block.startswith("[^1]") else "text"
    (problem,) = [p for p in check(tmp_path, f"# ก\n\n{text}\n{block}\n") if p.kind == "no-empty-line"]
    assert problem.row == 8
    assert problem.en == f"{said} needs an empty line above it: as it stands, it is read as part of the text above."
    assert problem.th.endswith("ต้องมีบรรทัดว่างคั่นข้างบน มิฉะนั้นจะถูกอ่านรวมกับข้อความก่อนหน้า")
    if "{{<" not in block:
        assert blocks(f"{text}\n{block}\n") == ["Para"]
    assert not check(tmp_path, f"# ก\n\n{text}\n\n{block}\n"), "the hint mends it"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (f"{FIGURE}\nข้อความ", 8),
        ("{{< quote q_open >}}\nข้อความ", 8),
        ("{{< quote q_open >}}\n{{< quote q_fast >}}", 8),
        ("{{< include tables/a.md >}}\n{{< include tables/b.md >}}", 8),
        ("> ยกมา\nข้อความ", 8),
        ("- ข้อ\n# หัวข้อ", 8),
        ("> ยกมา\n- ข้อ", 8),
        ("text\n<!-- note -->\n> ยกมา", 9),
    ],
)
def test_what_stands_alone_needs_an_empty_line_below(tmp_path: Path, body: str, line: int) -> None:
    assert [(p.kind, p.row) for p in check(tmp_path, f"# ก\n\n{body}\n")] == [("no-empty-line", line)]
    lines = ("# ก\n\n" + body).split("\n")
    mended = "\n".join([*lines[: line - 5], "", *lines[line - 5 :]])
    assert not [p for p in check(tmp_path, mended + "\n") if p.kind == "no-empty-line"], "the hint mends it"


@pytest.mark.parametrize(
    "body",
    [
        "# ก\nข้อความ\n\n## ข\n### ค\n- ข้อ\n- ข้อ\n  ต่อ\n\n    ต่อ\n\n- ข้อ\n",
        f"# ก\n{TABLE}\n\n::: {{#tbl-a}}\n{TABLE}\n\nคำบรรยาย\n:::\nข้อความ\n::: {{lang=en}}\n# A\n:::\n# B\n".replace(
            "ข้อความ\n", ""
        ),
        "# ก\n\nข[^1] ค[^2]\n\n[^1]: ง\n[^2]: จ\n\n    ย่อหน้าต่อ\n",
        "# ก\n\n> ยก\n> มา\n\n---\n\nข\n\n***\nค\n",
        "# ก\n<!-- note -->\n## ข\n\n```\n# x\n| y |\n```\nText\n",
        "# ก\n\nIn 2023\n2566. was the year - and so\non (a) and | b\n",
        "# ก\n\n| ก | ข |\n|:--|--:|\n| `a|b` | $|x|$ \\| |\n| **ค** |\n",
        "# ก\n\n{{< value a >}} # ข และ \\# ค [^ไม่ใช่เชิงอรรถ อยู่นี่]\n",
    ],
)
def test_what_is_right_stays_right(tmp_path: Path, body: str) -> None:
    assert not check(tmp_path, body)


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("## ก", 5, "The first heading has 2 signs #, where at most 1 may stand"),
        ("# ก\n\n### ข", 7, "This heading has 3 signs #, where at most 2 may stand"),
        ("# ก\n\n## ข\n\n# ค\n\n### ง", 11, "This heading has 3 signs #"),
        ("# ก\n\n#", 7, "This heading is empty."),
        ("# ก\n\n## {#sec-x}", 7, "This heading is empty."),
        ("# ก\n\n##ข", 7, "A heading needs a space after its #"),
        ("# ก\n\nข้อความ\n---", 8, "A line of dashes or equals signs below a text makes a heading of it."),
        ("# ก\n\ntext\n===", 8, "A line of dashes or equals signs below a text"),
        ("# ก\n\n---\ntitle: ข\n...\n", 7, "What follows this line is read as settings"),
        ("# ก\n\n| ก | ข |\n| 1 | 2 |", 7, "This table has no line of dashes below its first row"),
        ("# ก\n\n| ก | ข |\n|---|---|\n| 1 | 2 | 3 |", 9, "This row has 3 cells, and the first row of the table 2."),
        ("# ก\n\n| ก | ข |\n|---|\n| 1 | 2 |", 8, "This row has 1 cells, and the first row of the table 2."),
        ("# ก\n\nข[^1]", 7, "The footnote [^1] has no text."),
        ("# ก\n\n[^1]: ข", 7, "No text refers to the footnote [^1], so it would not be printed."),
        ("# ก\n\nข[^1]\n\n[^1]: ค\n\n[^1]: ง", 11, "The footnote [^1] has two texts; the first is in report/x/art"),
    ],
)
def test_headings_tables_and_footnotes(tmp_path: Path, body: str, line: int, said: str) -> None:
    (problem,) = check(tmp_path, body)
    assert (problem.row, problem.en.startswith(said)) == (line, True), problem
    assert problem.th and problem.hint_en and problem.hint_th
    assert re.search("[ก-๙]", problem.th)


def test_an_empty_line_in_the_head_of_the_file(tmp_path: Path) -> None:
    (problem,) = check(tmp_path, "# ก\n", front="---\n\nlang: th\n---\n\n")
    assert (problem.row, problem.kind) == (2, "front-matter")
    assert blocks("---\n\nlang: th\n---\n")[0] == "HorizontalRule"


def test_headings_and_footnotes_go_on_through_included_files(tmp_path: Path) -> None:
    body = "# ก\n\nข[^a]\n\n{{< include part.md >}}\n\n### ค\n"
    assert not check(tmp_path, body, part="## ง\n\nจ\n\n[^a]: ฉ\n")
    (problem,) = check(tmp_path, body, part="จ\n\n[^a]: ฉ\n")
    assert (problem.file, problem.row) == ("report/x/article.th.qmd", 11)


@pytest.mark.parametrize("saved", ["utf-8-sig", "utf-16", "cp874"])
def test_an_article_in_another_encoding_is_read(tmp_path: Path, saved: str) -> None:
    (tmp_path / "article.th.qmd").write_bytes((FRONT + "# บทนำ\n\nข้อความภาษาไทยที่อ่านได้\n").encode(saved))
    problems = Problems()
    check_article(tmp_path / "article.th.qmd", "th", problems.at("a.qmd"))
    assert not problems.found


def test_a_file_that_cannot_be_read_is_one_problem(tmp_path: Path) -> None:
    (problem,) = check(tmp_path, "# ก\n\nข[^1] ตาม @x2020\n\n{{< include part.md >}}\n", part="ก\0ข")
    assert (problem.file, problem.kind) == ("report/x/part.md", "encoding")


def test_mask_leaves_what_is_looked_at() -> None:
    assert mask("# ก `x`\n").rstrip() == "# ก"
