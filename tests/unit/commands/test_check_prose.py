"""What the check tells of sentences: what stops, what is told, where, and what would mend it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from thongthin.basics.language import Language
from thongthin.basics.problems import Problem, Problems
from thongthin.commands.check_prose import check_prose
from thongthin.contract.analysis import Analysis
from thongthin.contract.documents import Document
from thongthin.present.claims.file import read_claims
from thongthin.present.manuscript.passages import Manuscript
from thongthin.present.manuscript.reader import read_manuscript
from thongthin.present.render.tree import read_document

THAI = """\
---
lang: th
---

# บทนำ {#sec-introduction}

งานก่อนหน้าพบร้อยละ 80 [@dga2021]

# ผล {#sec-findings}

ผู้ให้ข้อมูล {{< value sample.participants.all.n >}} คน กล่าวถึงทักษะ {{< value themes_by_site.all.skills.share >}}

พื้นที่ต่างกัน

ผลนี้ตรงกับที่คาดไว้
"""
ENGLISH = """\
---
lang: en
---

# Introduction {#sec-introduction}

Work before found 80% [@dga2021].

# Findings {#sec-findings}

Of {{< value sample.participants.all.n >}} participants, {{< value themes_by_site.all.skills.share >}} speak of skills.

The sites differ.

This is what was expected.
"""
VALUES = """\
key,value,text_th,text_en,table,row,column,rule
other.all.n,12,12,12,other,all,n,x
sample.participants.all.n,12,12,12,sample,participants.all,n,describe_sample
themes_by_site.all.skills.share,0.833333,ร้อยละ 83.3,83.3%,themes_by_site,all.skills,share,count_themes
"""


def checked(root: Path, thai: str = THAI, english: str = ENGLISH, *, draft: bool = False, **choices: Any) -> Problems:
    """What the check of these two articles tells."""
    folder = root / "report" / "s"
    folder.mkdir(parents=True, exist_ok=True)
    (root / "results/s/tables").mkdir(parents=True, exist_ok=True)
    (root / "results/s/tables/values.csv").write_text(VALUES, encoding="utf-8")
    manuscripts: dict[tuple[Document, Language], Manuscript] = {}
    texts: dict[Language, str] = {"th": thai, "en": english}
    for language, text in texts.items():
        path = folder / f"article.{language}.qmd"
        path.write_text(text, encoding="utf-8")
        read = read_document(path)
        manuscripts["article", language] = read_manuscript(read, "article", language, f"report/s/{path.name}")
    problems = Problems()
    meant = read_claims(folder / "claims.yml", problems.at("report/s/claims.yml")).differences
    check_prose(root, "s", Analysis(**choices), manuscripts, meant, problems, draft=draft)
    for one in [*problems.found, *problems.notices]:
        assert one.en and one.th and bool(one.hint_en) == bool(one.hint_th)
    return problems


def only(problems: list[Problem]) -> Problem:
    (one,) = problems
    return one


def test_nothing_is_told_of_what_is_right(tmp_path: Path) -> None:
    problems = checked(tmp_path)
    assert not problems.found and not problems.notices


def test_a_typed_result_stops_with_its_line_and_the_values_that_it_may_be(tmp_path: Path) -> None:
    problem = only(checked(tmp_path, THAI.replace("พื้นที่ต่างกัน", "มีร้อยละ 83.3 ที่ต่างกัน")).found)
    assert (problem.kind, problem.file, problem.row) == ("typed-number", "report/s/article.th.qmd", 13)
    assert '"มีร้อยละ 83.3 ที่ต่างกัน"' in problem.en and '"มีร้อยละ 83.3 ที่ต่างกัน"' in problem.th
    assert "{{< value themes_by_site.all.skills.share >}}" in problem.hint_en
    assert "[83.3]{.fixed}" in problem.hint_th


def test_the_value_of_the_same_section_is_suggested_first(tmp_path: Path) -> None:
    problem = only(checked(tmp_path, english=ENGLISH.replace("The sites", "The 12 participants")).found)
    assert problem.hint_en.index("sample.participants.all.n") < problem.hint_en.index("other.all.n")


def test_a_number_may_be_marked_or_told_only(tmp_path: Path) -> None:
    typed = THAI.replace("พื้นที่ต่างกัน", "มีร้อยละ 83.3 ที่ต่างกัน")
    marked = THAI.replace("พื้นที่ต่างกัน", "มี[ร้อยละ 83.3]{.fixed} ที่ต่างกัน")
    same = ENGLISH.replace("The sites differ.", "In [83.3%]{.fixed} the sites differ.")
    assert not checked(tmp_path, marked, same).found
    told = checked(tmp_path, typed, typed_numbers="notice")
    assert not told.found and only(told.notices).kind == "typed-number"
    draft = checked(tmp_path, typed, draft=True)
    assert not draft.found and only(draft.notices).kind == "typed-number"


def test_what_may_be_a_result_is_one_notice_a_section(tmp_path: Path) -> None:
    english = ENGLISH.replace("The sites differ.", "More than half named 14 themes, or 3.57 in all.")
    problems = checked(tmp_path, english=english)
    assert not problems.found
    notice = only(problems.notices)
    assert (notice.kind, notice.row) == ("typed-numbers", 13)
    assert all(number in notice.en for number in ("half", "14", "3.57"))


def test_a_unit_said_twice_stops(tmp_path: Path) -> None:
    thai = THAI.replace("ทักษะ {{<", "ทักษะร้อยละ {{<")
    assert [(p.kind, p.row) for p in checked(tmp_path, thai, typed_numbers="notice").found] == [("unit-twice", 11)]


def test_captions_notes_and_descriptions_count(tmp_path: Path) -> None:
    english = ENGLISH.replace("The sites differ.", "The sites differ.[^a]\n\n[^a]: In all 83.3% do.")
    thai = THAI.replace("พื้นที่ต่างกัน", "พื้นที่ต่างกัน[^a]\n\n[^a]: ทั้งหมด")
    assert [(p.kind, p.row) for p in checked(tmp_path, thai, english).found] == [("typed-number", 15)]
    figure = '![{}](figures/a){{#fig-a fig-alt="{}"}}'
    found = checked(
        tmp_path,
        THAI.replace("พื้นที่ต่างกัน", figure.format("รูป ร้อยละ 5.5", "รูป")),
        ENGLISH.replace("The sites differ.", figure.format("Figure", "Figure: mean 3.57 of all")),
    ).found
    assert [(p.kind, p.file, p.row) for p in found] == [
        ("typed-number", "report/s/article.th.qmd", 13),
        ("typed-number", "report/s/article.en.qmd", 13),
    ]


def test_what_the_languages_do_not_share_is_shown_side_by_side(tmp_path: Path) -> None:
    english = ENGLISH.replace("sample.participants.all.n", "sample.sites.all.n")
    problem = only(checked(tmp_path, english=english).found)
    assert (problem.kind, problem.file, problem.row) == ("languages-differ", "report/s/article.th.qmd", 9)
    assert "(Thai: sample.participants.all.n; English: sample.sites.all.n)" in problem.en
    assert "(ไทย: sample.participants.all.n; อังกฤษ: sample.sites.all.n)" in problem.th
    assert only(checked(tmp_path, english=english, languages_differ="notice").notices).kind == "languages-differ"


def test_a_difference_that_is_meant_is_listed_with_its_reason(tmp_path: Path) -> None:
    english = ENGLISH.replace("sample.participants.all.n", "sample.sites.all.n")
    claims = tmp_path / "report/s/claims.yml"
    claims.parent.mkdir(parents=True)
    listed = "differences:\n  - section: findings\n    only: [sample.participants.all.n, sample.sites.all.n]\n"
    claims.write_text(listed + "    reason: the journal asks for it\n", encoding="utf-8")
    assert not checked(tmp_path, english=english).found
    claims.write_text(listed, encoding="utf-8")
    kinds = sorted(p.kind for p in checked(tmp_path, english=english).found)
    assert kinds == ["languages-differ", "missing-key"], "a reason is needed"
    claims.write_text("differences: all\n", encoding="utf-8")
    assert [p.column for p in checked(tmp_path).found] == ["differences"]


def test_nothing_stops_while_one_article_is_hardly_begun(tmp_path: Path) -> None:
    begun = ENGLISH[: ENGLISH.index("# Findings")]
    problems = checked(tmp_path, english=begun)
    assert not problems.found
    assert "languages-differ" in [notice.kind for notice in problems.notices]


def test_the_glossary_holds_both_to_one_word(tmp_path: Path) -> None:
    (tmp_path / "report/s").mkdir(parents=True)
    (tmp_path / "report/s/terms.csv").write_text("th,en\nผู้ให้ข้อมูล,participant\n", encoding="utf-8")
    assert not checked(tmp_path).notices
    notice = only(checked(tmp_path, THAI.replace("ผู้ให้ข้อมูล", "ผู้ให้สัมภาษณ์")).notices)
    assert (notice.kind, notice.row) == ("term", 9)
