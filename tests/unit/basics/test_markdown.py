"""Escaped text reads literally in every format, whatever it holds."""

from __future__ import annotations

import html
import re
import subprocess

import pypandoc
from amount import tried
from hypothesis import given, settings
from hypothesis import strategies as st

from thongthin.basics.markdown import escape_markdown

NASTY = "*_`~^[](){}<>#+-=|!$@&\"':;.,\\/%?{{< value x >}} ก็ น้ำ 1. a) \n\t"
TEXTS = st.text(st.one_of(st.sampled_from(NASTY), st.characters(exclude_categories=["Cs", "Cc", "Cn"])), max_size=40)


def pandoc(markdown: str, to: str) -> str:
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "--from=markdown", f"--to={to}", "--wrap=none"],
        input=markdown.encode(),
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def one_line(text: str) -> str:
    return re.sub(r"[ \t\n\r\v\f]+", " ", text).strip(" ")


@settings(max_examples=tried(60), deadline=None)
@given(st.lists(TEXTS.filter(lambda text: one_line(text) != ""), min_size=1, max_size=15))
def test_any_text_comes_back_from_a_paragraph_and_a_table_cell(texts: list[str]) -> None:
    paragraphs = pandoc("\n\n".join(f"x{escape_markdown(text)}x" for text in texts), "plain")
    assert paragraphs == "".join(f"x{one_line(text)}x\n\n" for text in texts)[:-1]
    alone = pandoc("\n\n".join(escape_markdown(text) for text in texts), "plain")
    assert alone == "".join(f"{one_line(text)}\n\n" for text in texts)[:-1]
    table = "| a | b |\n|:--|:--|\n" + "".join(f"| x{escape_markdown(text)}x | 1 |\n" for text in texts)
    cells = re.findall(r"<td>x(.*?)x</td>", pandoc(table.replace(":--", "---"), "html"))
    assert [html.unescape(cell) for cell in cells] == [one_line(text) for text in texts]


def test_what_would_be_markup_is_text() -> None:
    text = '{{< value x >}} <b>bold</b> @fig-a [b](c) *d* #let x = 1 | \\n `e` $f$ ~g~ ^h^ -- ... "i"'
    assert pandoc(escape_markdown(text), "plain") == text + "\n"
    assert "{{<" not in escape_markdown(text)
    assert pandoc(escape_markdown("% of all"), "plain") == "% of all\n", "no title of a document"


def test_numbers_stay_readable() -> None:
    assert escape_markdown("ร้อยละ 75.0") == "ร้อยละ 75.0"
    assert escape_markdown("1,234.5; 75%") == "1,234.5; 75%"


def test_control_characters_go_and_lines_are_joined() -> None:
    assert escape_markdown(" a\x00\n\r\n b\x1b ") == "a b"
