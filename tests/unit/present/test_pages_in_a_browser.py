"""Our pages on a phone and at a desk: nothing is cut, the notice stays, figures grow, axe-core has nothing to say."""

from __future__ import annotations

from pathlib import Path

import browser
import nbformat
import pytest
from browser import Seen, seen
from documents import Source, made

from thongthin.present.notebooks import to_html
from thongthin.present.render.composition import WORDS

LONG = "ก" * 120
TEXT = f"""\
# Abstract {{.unnumbered}}

[One rose to {{{{< value n >}}}}, and another fell]{{claim=rose}}.
What is cited [@a2021; @b2020] stands in the list; see @tbl-wide, @tbl-tall, @fig-map and @sec-in. {LONG}

::: {{#keywords}}
:::

# Findings {{#sec-found}}

{{{{< quote said >}}}}

::: {{#tbl-wide}}
{{{{< include tables/wide.md >}}}}

A table of nine columns
:::

## Within {{#sec-in}}

![The map](figures/map){{#fig-map fig-alt="Map of three sites"}}

A note[^1], `code that is long {LONG}` and $$x = {" + ".join("abc" for _ in range(40))}$$

[^1]: <https://example.org/{LONG}>

::: {{#tbl-tall}}
{{{{< include tables/tall.md >}}}}

A table of two columns
:::

# References {{.unnumbered}}

::: {{#refs}}
:::

::: {{#refs-translated}}
:::
"""
WIDE = (
    "| Site | " + " | ".join(f"องค์การบริหารส่วนตำบล {i}" for i in range(1, 9)) + " |\n"
    "|:---|" + "---:|" * 8 + "\n"
    "| Nonsabaeng | " + " | ".join("3 (75.0)" for _ in range(8)) + " |\n\n::: {.table-note}\nNote\n:::\n"
)
TALL = "| Row | Value |\n|:--|--:|\n" + "".join(f"| Row {i} | {i} |\n" for i in range(1, 40))
CELLS = [
    nbformat.v4.new_markdown_cell("# สมุด · Notebook\n\nA [link](https://example.org/) in a text."),
    nbformat.v4.new_code_cell(
        "import pandas as pd\nif 1 in [1] and not None:\n    frame  # what is shown",
        outputs=[
            nbformat.v4.new_output(
                "display_data",
                {
                    "text/html": "<table><thead><tr><th></th>"
                    + "".join(f"<th>column_{i}</th>" for i in range(20))
                    + "</tr></thead><tbody><tr><th>0</th>"
                    + "<td>12.5</td>" * 20
                    + "</tr></tbody></table><p><mark>marked</mark></p>"
                },
            )
        ],
    ),
]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, fonts: Path) -> list[Seen]:
    browser.program()
    folder = tmp_path_factory.mktemp("หน้าเว็บ")
    tables = {"wide": WIDE, "tall": TALL}
    found = [
        made(Source(TEXT, language, document, tables), folder, fonts, "embedded", ["html"])["html"]
        for language, document in (("th", "article"), ("en", "article"))
    ]
    notebook = folder / "notebook.html"
    notice = [(language, words.running_notice) for language, words in WORDS.items()]
    notebook.write_text(to_html(nbformat.v4.new_notebook(cells=CELLS), fonts, notice), encoding="utf-8")
    field = Source(TEXT, "en", "supplement", tables, study={"provenance": "field"})
    supplement = made(field, folder, fonts, "embedded", ["html"])["html"]
    supplement.with_name("supplement.th.html").touch()  # what it leads to
    return seen([*found, supplement, notebook])


def test_nothing_is_wrong_at_any_width(pages: list[Seen]) -> None:
    assert [(page.page, page.width, page.faults) for page in pages if page.faults] == []
    assert {(page.page, page.width) for page in pages} == {
        (name, width)
        for name in ("article.th.html", "article.en.html", "supplement.en.html", "notebook.html")
        for width in browser.WIDTHS
    }


def test_what_was_measured_was_there(pages: list[Seen]) -> None:
    for page in pages:
        assert (page.tables, page.figures) == ((0, 0) if page.page == "notebook.html" else (2, 1))


def test_a_page_with_faults_is_found_out(tmp_path: Path) -> None:
    browser.program()
    page = tmp_path / "bad.html"
    page.write_text(
        '<!DOCTYPE html><html><head><title>x</title><link rel="stylesheet" href="https://example.org/x.css"></head>'
        '<body><div class="notice-bar"><span>one</span><br><span>two</span></div>'
        '<p style="width:900px">wide</p><img src="x.png">'
        '<nav class="contents"><a href="#no">no</a></nav><nav class="page-links">links</nav>'
        '<main><h1 id="a">A</h1><a hreflang="en" href="b.html">b</a>'
        '<div class="figure-box"><div class="figure-whole" style="width:300px">x</div></div>'
        '<div class="table-box" style="width:50px;overflow:auto"><table style="width:700px"><tr><td>x</table></div>'
        "</main>",
        encoding="utf-8",
    )
    narrow, wide = seen([page])
    for fault in ("asks for https://example.org/x.css", "axe, light: ['image-alt'", "wider than the page: <p",
                  "figure 1 is 300 px", "the contents list ['#no']", "b.html is not there", "the notice at the end",
                  "dark mode has", ".page-links is printed"):  # fmt: skip
        assert any(one.startswith(fault) for one in narrow.faults), (fault, narrow.faults)
    assert any(one.startswith("table 1 holds") for one in wide.faults)
