"""What a document shows, and the sentences that its numbers stand in."""

from __future__ import annotations

from pathlib import Path

from thongthin.basics.language import Language
from thongthin.present.exhibits import exhibits_of

READS = {"sample.participants.all.n": "12", "x.y": ".53"}
TEXT = """---
lang: en
---

There were {{< value sample.participants.all.n >}} people (@tbl-people). They said much.

::: {#tbl-people}
{{< include tables/participants.md >}}

People, by *site*
:::

![Themes at each site](figures/themes_by_site){#fig-themes fig-alt="x"}

{{< quote budget_1 >}}

::: {.if-available}
{{< include tables/agreement.md >}}
:::

`{{< value not.this.one >}}`
"""


def test_tables_figures_quotes_and_numbers_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "article.en.qmd"
    path.write_text(TEXT, encoding="utf-8")
    found = exhibits_of(path, "article", "en", READS, [])
    assert [(own.kind, own.number, own.id, own.name, own.line) for own in found] == [
        ("value", 0, "", "sample.participants.all.n", 5),
        ("table", 1, "tbl-people", "participants", 8),
        ("figure", 1, "fig-themes", "themes_by_site", 13),
        ("quote", 0, "", "budget_1", 15),
        ("table", 0, "", "agreement", 18),
    ]
    assert found[0].said == "There were 12 people."
    assert found[1].said == "People, by site"
    assert [own.name for own in exhibits_of(path, "article", "en", READS, [17])][-1] == "budget_1"


def said(tmp_path: Path, language: Language, text: str) -> list[str]:
    path = tmp_path / f"article.{language}.qmd"
    path.write_text(f"---\nlang: {language}\n---\n\n{text}\n", encoding="utf-8")
    return [own.said for own in exhibits_of(path, "article", language, READS, []) if own.kind in ("value", "figure")]


def test_a_thai_number_is_shown_between_spaces(tmp_path: Path) -> None:
    text = "ก" * 200 + " " + "ค" * 100 + " มีผู้ให้ข้อมูล {{< value sample.participants.all.n >}} คน " + "ข" * 200 + " ง"
    assert said(tmp_path, "th", text) == [f"… {'ค' * 100} มีผู้ให้ข้อมูล 12 คน {'ข' * 200} …"]


def test_a_sentence_is_what_a_reader_sees(tmp_path: Path) -> None:
    text = (
        "First [1]{lang=th} of 2. Then [it is (*R*^2^\\ =\\ {{< value x.y >}}; @tbl-a) as [@b] says “so”]{claim=c}[^1]."
        " Last.\n\n[^1]: Of {{< value sample.participants.all.n >}} here. @b2020 agrees.\n\n"
        "![All {{< value x.y >}} of it, see @tbl-a](figures/themes_by_site){#fig-themes fig-alt='x'}"
    )
    assert said(tmp_path, "en", text) == [
        "Then it is (R²\u00a0=\u00a0.53) as says “so”.",
        "Of 12 here.",
        "All .53 of it, see @tbl-a",
        "All .53 of it, see @tbl-a",
    ]


def test_what_an_included_file_shows_stands_at_its_request(tmp_path: Path) -> None:
    (tmp_path / "part.md").write_text("a\n\nb {{< value x.y >}}\n", encoding="utf-8")
    path = tmp_path / "article.en.qmd"
    path.write_text("---\nlang: en\n---\n\n{{< include part.md >}}\n\n{{< quote q >}}\n", encoding="utf-8")
    found = exhibits_of(path, "article", "en", READS, [])
    assert [(own.kind, own.line) for own in found] == [("value", 5), ("quote", 7)]
