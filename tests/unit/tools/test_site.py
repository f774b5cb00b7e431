"""The site of the documentation builds, its links lead somewhere, its formulas are set, and it asks no other host."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tools import site

pytest.importorskip("zensical", reason="the site is built where the packages of the group docs are")

# What makes a browser fetch something; a link for the reader to follow does not.
FETCHED = {
    ("script", "src"),
    ("link", "href"),
    ("img", "src"),
    ("iframe", "src"),
    ("source", "src"),
    ("object", "data"),
}


class Page(HTMLParser):
    """What a page fetches, the formulas in it, and its text outside of code."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.formulas = 0
        self.text = ""
        self.code = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.fetched += [value for name, value in attrs if value and (tag, name) in FETCHED]
        self.formulas += tag == "math"
        self.code += tag in ("code", "pre", "script", "style")

    def handle_endtag(self, tag: str) -> None:
        self.code -= tag in ("code", "pre", "script", "style")

    def handle_data(self, data: str) -> None:
        self.text += "" if self.code else data


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "site"
    site.build(folder)  # which refuses links that lead nowhere
    return folder


def test_every_page_is_there_and_asks_no_other_host(built: Path) -> None:
    pages = {
        path.relative_to(built).as_posix(): Page(path.read_text(encoding="utf-8")) for path in built.rglob("*.html")
    }
    for page in site.PAGES.values():
        name = (
            "index.html" if page == "README.md" else re.sub(r"(README)?\.md$", ".html", page).replace("/.", "/index.")
        )
        assert name in pages, f"{name} is not among {sorted(pages)}"
    for name, page in pages.items():
        assert [address for address in page.fetched if re.match(r"(https?:)?//", address)] == [], name
    styles = [path.read_text(encoding="utf-8") for path in built.rglob("*.css")]
    assert [style for style in styles if re.search(r"url\(.?(https?:)?//|@import", style)] == []


def test_formulas_are_set(built: Path) -> None:
    source = (site.ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
    page = Page((built / "docs" / "methods.html").read_text(encoding="utf-8"))
    found = [m for m in site.CODE_OR_MATH.finditer(source) if not m["code"]]
    assert page.formulas == len(found) > 200
    assert "$" not in page.text


def test_formulas_are_written_so_that_github_sets_them_too() -> None:
    """Its Markdown takes a backslash before a sign, and some underscores and stars, before a formula is looked for."""
    source = (site.ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
    inline = [m["inline"] for m in site.CODE_OR_MATH.finditer(source) if m["inline"]]
    assert [tex for tex in inline if re.search(r"\\[^A-Za-z]|[^A-Za-z0-9]_|[*<]", tex)] == []


def test_what_is_no_formula_stays_and_what_cannot_be_set_is_refused() -> None:
    text = "`$HOME` costs 5 $ and 6 $.\n\n```\n$a$\n```\n"
    assert site.with_mathml(text) == text
    assert "<math" in site.with_mathml("so $a_i$ is")
    with pytest.raises(ValueError, match="cannot be set"):
        site.with_mathml(r"so $\nosuchthing{a}$ is")


def test_links_to_pages_stay_and_others_become_text() -> None:
    text = "[map](map.md#rooms), [code](../workflow/Snakefile), ![](images/house.svg), [out](https://example.org/)"
    kept = site.with_links(text, "docs/architecture.md")
    assert kept == "[map](map.md#rooms), code, ![](images/house.svg), [out](https://example.org/)"


def test_anchors_are_those_of_github() -> None:
    text = "## Strands / การศึกษาวิธีเดียว\n\n```\n# no heading\n```\n\n## One — `rule_a`\n\n## One — `rule_a`\n"
    named = site.with_anchors(text)
    assert re.findall(r"\{#(.+)\}", named) == ["strands--การศึกษาวิธีเดียว", "one--rule_a", "one--rule_a-1"]
