"""What lines show of a file and pandoc sees otherwise: told with its line, so that no word is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from thongthin.basics.problems import Problem, Problems
from thongthin.present.render.dialect import check_article
from thongthin.present.render.requested import Requested
from thongthin.present.render.source import read_source

HEAD = "---\nlang: en\n---\n\n"
NOTE = "<!-- a note -->"
TABLE = "{{< include tables/participants.md >}}"


def check(tmp_path: Path, body: str) -> tuple[Requested, list[Problem]]:
    path = tmp_path / "article.en.qmd"
    path.write_bytes(f"{HEAD}{body}\n\nThe last words.\n".encode())
    problems = Problems()
    return check_article(path, "en", problems.at("report/x/article.en.qmd")), problems.found


# Where these comments begin, pandoc sees code, a formula, an address, a title, or a comment that ends before.
NO_COMMENTS = {
    "code in a list": "- one\n\n        code <!-- x\n\nWords that were lost --> go on.",
    "formula": "Let $x <!-- y$ hold. Words that were lost --> go on.",
    "formula on lines": "$$\nx <!-- y\n$$\n\nWords that were lost --> go on.",
    "address": "[here](<https://example.org/<!--x>) Words that were lost --> go on.",
    "title": 'A [place](https://example.org "a <!-- b") and words that were lost --> go on.',
    "closed at once": "One <!--> words that were lost --> go on.",
    "closed at once, longer": "One <!---> words that were lost --> go on.",
    "closed by !": "One <!-- a --!> words that were lost --> go on.",
    "definition of a link": '[a]: https://example.org "t <!-- u"\n\n[a] Words that were lost --> go on.',
    "windows line ends": "Let $x <!-- y$ hold.\r\n\r\nWords that were lost --> go on.",
}


@pytest.mark.parametrize("spelling", NO_COMMENTS)
def test_words_behind_what_is_no_comment_are_not_lost(tmp_path: Path, spelling: str) -> None:
    _, found = check(tmp_path, NO_COMMENTS[spelling])
    told = [(problem.row, problem.en) for problem in found if problem.kind == "seen-otherwise"]
    line = (HEAD + NO_COMMENTS[spelling]).replace("\r\n", "\n").partition("<!--")[0].count("\n") + 1
    assert told and told[0][0] == line and "is no comment" in told[0][1]


# Comments, code and blocks that are what they seem to be.
AS_SHOWN = {
    "comments": f"One {NOTE} two.\n\n{NOTE}\n{NOTE}\n\n> Three {NOTE} four\n\n- five {NOTE}\n- six",
    "over lines": "One <!-- a\n\nb ` c --> two.",
    "comment in a quotation": f"> One {NOTE} two\n> three.",
    "comment in a note": f"One.[^1]\n\n[^1]: Two {NOTE} three.",
    "comment in a table": f"| a | b |\n|---|---|\n| c {NOTE} | d |",
    "comment with a shortcode": "One <!-- {{< value a.b >}} --> two.",
    "code": f"`a {NOTE}` and ``b ` {NOTE}`` and \\\\`c {NOTE}` and \\` no code \\<!-- no comment.",
    "fences": f"```\na {NOTE}\n\nb\n```\n\n~~~ python\nc ``` d {NOTE}\n~~~\n\n{NOTE}",
    "fence in a list": f"- ```\n  a {NOTE}\n\n  ::: b\n  ```\n\n{NOTE}",
    "fence in a list, indented": f"1.  one\n\n    ```\n    a {NOTE}\n\n    b\n    ```\n\n{NOTE}",
    "fence in a quotation": f"> ```\n> a {NOTE}\n>\n> b\n> ```\n\n{NOTE}",
    "longer fence": f"````\n```\n{NOTE}\n````\n\n{NOTE}",
    "fence with braces": f"``` {{.python}}\na {NOTE}\n```",
    "block": f"::: {{.if-available}}\nOne.\n\n::: {{lang=en}}\nTwo.[^1]\n:::\n:::\n\nThree.\n\n[^1]: Four {NOTE}.",
    "block with code": "::: {.if-available}\nOne.\n\n```\n:::\n```\n\nTwo.\n:::\n\nThree.",
    "block with a quotation": "::: {.if-available}\n> One\n>\n> ::: no mark\n\nTwo.\n:::\n\nThree.",
    "blocks with windows line ends": "::: {.if-available}\r\nOne.\r\n:::\r\n\r\nTwo.",
}


@pytest.mark.parametrize("spelling", AS_SHOWN)
def test_what_is_as_it_seems_passes(tmp_path: Path, spelling: str) -> None:
    _, found = check(tmp_path, AS_SHOWN[spelling])
    assert not [(problem.kind, problem.en) for problem in found]


OTHERWISE = {
    "fence that is never closed": ("One.\n\n```\ntwo\n\nThree.", 7),
    "fence that is closed by other signs": (f"```\none\n```~\n\n{NOTE}\n\nTwo.", 5),
    "fence in a quotation that is never closed": (f"> ```\n> one\n\nTwo {NOTE} three.\n\nFour.", 5),
    "code over paragraphs of a list": (f"- one ` two\n- three {NOTE} ` four", 5),
    "block in a formula": ("$$\n::: {.if-available}\nx\n:::\n$$", 6),
    "block whose mark goes on": (f"::: {{.if-available}} {NOTE}\nOne.\n:::\n\nTwo.", 5),
}


@pytest.mark.parametrize("spelling", OTHERWISE)
def test_code_and_blocks_that_end_elsewhere_are_told(tmp_path: Path, spelling: str) -> None:
    body, line = OTHERWISE[spelling]
    _, found = check(tmp_path, body)
    assert [problem.row for problem in found if problem.kind == "seen-otherwise"][:1] == [line], found


@pytest.mark.parametrize("body", [f"> {TABLE}", f"> One.\n>\n> {TABLE}", f"- one\n\n> {TABLE}\n\ntwo", f"> > {TABLE}"])
def test_a_table_that_would_not_be_set_is_refused(tmp_path: Path, body: str) -> None:
    requested, found = check(tmp_path, body)
    assert not requested.tables
    assert [problem.kind for problem in found] == ["include"] and "left margin" in found[0].hint_en


@pytest.mark.parametrize("body", [TABLE, f"- one\n\n  {TABLE}", f"::: {{lang=en}}\n{TABLE}\n:::", f"{TABLE} {NOTE}"])
def test_every_table_that_is_asked_for_is_set(tmp_path: Path, body: str) -> None:
    requested, found = check(tmp_path, body)
    assert not found and [table.name for table in requested.tables] == ["participants"]
    (tmp_path / "participants.md").write_text("| a | b |\n|:--|:--|\n| set | c |\n", encoding="utf-8")
    assert "| set |" in read_source(tmp_path / "article.en.qmd", (), tmp_path).text
