"""What a document shows, and the sentences that its numbers stand in."""

from __future__ import annotations

from pathlib import Path

from thongthin.present.exhibits import exhibits_of, readable, sentence

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


def test_a_thai_number_is_shown_between_spaces() -> None:
    text = "ก" * 200 + " " + "ค" * 100 + " มีผู้ให้ข้อมูล {{< value sample.participants.all.n >}} คน " + "ข" * 200 + " ง"
    assert sentence(text, text.index("{{<"), "th", READS) == f"… {'ค' * 100} มีผู้ให้ข้อมูล 12 คน {'ข' * 200} …"


def test_markdown_is_taken_off() -> None:
    assert readable("(*R*^2^\\ =\\ {{< value x.y >}}; @tbl-a) as [@b] says", READS) == "(R² = .53) as says"
