"""A document in two languages: what one has and the other lacks, section by section."""

from __future__ import annotations

from pathlib import Path

import pytest

from thongthin.basics.language import Language
from thongthin.basics.problems import Problems
from thongthin.present.manuscript.passages import Manuscript
from thongthin.present.manuscript.reader import read_manuscript
from thongthin.present.manuscript.terms import Term, read_terms, strayed
from thongthin.present.manuscript.two_languages import differences, paired
from thongthin.present.render.tree import read_document

THAI = """\
---
lang: th
---

# บทคัดย่อ {.unnumbered}

มีผู้ให้ข้อมูล {{< value sample.participants.all.n >}} คน เกณฑ์[ร้อยละ 5]{.fixed}

# วิธีวิจัย {#sec-method}

งานก่อนหน้า [@davis1989] และปี [2562]{.fixed} มีหมายเหตุ[^a]

[^a]: หมายเหตุ {{< value sample.sites.all.n >}}

::: {#tbl-participants}
{{< include tables/participants.md >}}

ผู้ให้ข้อมูล
:::

# ผล {#sec-findings}

[พื้นที่ต่างกัน]{claim=sites_differ} ดู @tbl-participants

{{< quote first >}}

{{< quote second >}}

![รูป](figures/themes_by_site){#fig-themes fig-alt="รูปที่มีค่า"}

# เอกสารอ้างอิง {.unnumbered}

## ภาษาไทย {.unnumbered}

::: {#refs}
:::
"""
ENGLISH = """\
---
lang: en
---

# Abstract {.unnumbered}

There are {{< value sample.participants.all.n >}} participants
and a limit of [5%]{.fixed}.

# Method {#sec-method}

Work before [@davis1989] and [2019]{.fixed} with a note.[^a]

[^a]: A note {{< value sample.sites.all.n >}}

::: {#tbl-participants}
{{< include tables/participants.md >}}

Participants
:::

# Findings {#sec-findings}

See @tbl-participants: [sites differ]{claim=sites_differ}.

{{< quote first >}}

{{< quote second >}}

![Figure](figures/themes_by_site){#fig-themes fig-alt="A figure"}

# References {.unnumbered}

::: {#refs}
:::
"""


def manuscript(folder: Path, language: Language, text: str) -> Manuscript:
    path = folder / f"article.{language}.qmd"
    path.write_text(text, encoding="utf-8")
    return read_manuscript(read_document(path), "article", language, path.name)


def told(folder: Path, thai: str, english: str) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """Title, kind and both sides of each difference."""
    pairs = paired(manuscript(folder, "th", thai), manuscript(folder, "en", english))
    found = []
    for one in differences(pairs):
        section = one.english or one.thai
        assert section is not None
        found.append((section.title, one.kind, one.only_thai, one.only_english))
    return found


def test_what_says_the_same_does_not_differ(tmp_path: Path) -> None:
    assert told(tmp_path, THAI, ENGLISH) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("sample.participants.all.n", "sample.sites.all.n",
         ("Abstract", "value", ("sample.participants.all.n",), ("sample.sites.all.n",))),
        ("[5%]", "[6%]", ("Abstract", "fixed", ("5",), ("6",))),
        ("[2019]", "[2018]", ("Method", "fixed", ("2019",), ("2018",))),
        ("[@davis1989]", "[@davis1989; @rogers2003]", ("Method", "work", (), ("rogers2003",))),
        (" with a note.[^a]\n\n[^a]: A note {{< value sample.sites.all.n >}}", "",
         ("Method", "value", ("sample.sites.all.n",), ())),
        ("tables/participants", "tables/agreement", ("Method", "table", ("participants",), ("agreement",))),
        ("{{< quote second >}}\n\n", "", ("Findings", "quote", ("second",), ())),
        ("figures/themes_by_site", "figures/saturation", ("Findings", "figure", ("themes_by_site",), ("saturation",))),
        ("claim=sites_differ", "claim=other", ("Findings", "claim", ("sites_differ",), ("other",))),
        ("See @tbl-participants: ", "", ("Findings", "reference", ("tbl-participants",), ())),
        ("# Findings {#sec-findings}", "# Results {#sec-results}", ("Results", "section", (), ("Results",))),
    ],
)  # fmt: skip
def test_each_difference_is_told(
    tmp_path: Path, old: str, new: str, expected: tuple[str, str, tuple[str, ...], tuple[str, ...]]
) -> None:
    assert old in ENGLISH
    assert expected in told(tmp_path, THAI, ENGLISH.replace(old, new, 1))


def test_order_counts_for_what_is_shown_and_not_for_what_is_said(tmp_path: Path) -> None:
    swapped = (
        ENGLISH.replace("quote first", "quote X")
        .replace("quote second", "quote first")
        .replace("quote X", "quote second")
    )
    assert told(tmp_path, THAI, swapped) == [
        ("Findings", "quote", ("first", "second"), ("second", "first")),
    ]


def test_a_section_that_stands_elsewhere_is_told_once_and_its_content_compared(tmp_path: Path) -> None:
    method = ENGLISH[ENGLISH.index("# Method") : ENGLISH.index("# Findings")]
    moved = ENGLISH.replace(method, "").replace("# References", method.replace("[2019]", "[2018]") + "# References")
    found = told(tmp_path, THAI, moved)
    assert [kind for _, kind, _, _ in found].count("section") == 1
    assert ("Method", "fixed", ("2019",), ("2018",)) in found
    assert len(found) == 2


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    read = manuscript(tmp_path, "en", ENGLISH)
    (passage,) = [p for _, p in read.passages() if "limit of" in p.text]
    assert passage.line == 7
    assert passage.line_at(passage.text.index("limit")) == 8
    lines = ENGLISH.split("\n")
    for section in read.sections:
        assert section.title in lines[section.line - 1]
        for shown in section.shown:
            assert shown.name in lines[shown.line - 1]


TERMS = [Term("ผู้ให้ข้อมูล", "participant", ("ผู้ให้สัมภาษณ์",), ("interviewee",)), Term("งานซ้ำซ้อน", "duplicated work")]


def strays(folder: Path, thai: str, english: str, language: Language) -> list[tuple[str, str]]:
    """The word that should stand there, and the one that does, of all sections that stray."""
    both = manuscript(folder, "th", thai), manuscript(folder, "en", english)
    pairs = [(pair.thai, pair.english) for pair in paired(*both) if pair.thai and pair.english]
    own = pairs if language == "th" else [(english, thai) for thai, english in pairs]
    return [(one.term.word(language), one.word) for one in strayed(TERMS, both[language == "en"], own)]


def test_a_term_has_one_word(tmp_path: Path) -> None:
    assert strays(tmp_path, THAI, ENGLISH, "th") == []
    assert strays(tmp_path, THAI, ENGLISH, "en") == []
    other = THAI.replace("มีผู้ให้ข้อมูล", "มีผู้ตอบ")
    assert strays(tmp_path, other, ENGLISH, "th") == [("ผู้ให้ข้อมูล", "")]
    avoided = THAI.replace("มีผู้ให้ข้อมูล", "มีผู้ให้สัมภาษณ์และผู้ให้ข้อมูล")
    assert strays(tmp_path, avoided, ENGLISH, "th") == [("ผู้ให้ข้อมูล", "ผู้ให้สัมภาษณ์")]
    assert strays(tmp_path, THAI, ENGLISH.replace("Work before", "Interviewees before"), "en") == [
        ("participant", "interviewee")
    ]
    plural = ENGLISH.replace("participants\nand", "participants’ words\nand")
    assert strays(tmp_path, THAI, plural, "en") == []


def test_the_glossary_is_read(tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    path.write_text(
        "th,en,not_th\nผู้ให้ข้อมูล,participant,ผู้ให้สัมภาษณ์; ผู้ถูกสัมภาษณ์\nงานซ้ำซ้อน,duplicated work,\n", encoding="utf-8"
    )
    problems = Problems(file="terms.csv")
    assert read_terms(path, problems) == [
        Term("ผู้ให้ข้อมูล", "participant", ("ผู้ให้สัมภาษณ์", "ผู้ถูกสัมภาษณ์")),
        Term("งานซ้ำซ้อน", "duplicated work"),
    ]
    assert not problems.found


def test_a_word_for_two_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    path.write_text("th,en\nผู้ให้ข้อมูล,participant\nผู้ตอบ,Participant\nคน,\n", encoding="utf-8")
    problems = Problems(file="terms.csv")
    read_terms(path, problems)
    assert [(problem.kind, problem.row) for problem in problems.found] == [("two-words", 3), ("empty-term", 4)]
