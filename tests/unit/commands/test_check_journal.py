"""Journals: which there are, what they would send back, and that their forms reach the document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from documents import WORKS, Source, made, text_of
from pages import lines_of
from studies import STUDY, make_study

from thongthin.basics.language import Language
from thongthin.basics.problems import Problems
from thongthin.commands.check import check_study
from thongthin.commands.check_articles import Articles
from thongthin.commands.check_journal import notice_journal, notice_small_figures, prose_by_part, words_in
from thongthin.contract.journal import Journal, Range, load_journal
from thongthin.contract.study import Study
from thongthin.present.manuscript.passages import Manuscript
from thongthin.present.manuscript.reader import read_manuscript
from thongthin.present.render.tree import read_document
from thongthin.read.references import read_references

ROOT = Path(__file__).parents[3]
SHIPPED = ("standard", "thaijo-social", "apa7")


@pytest.mark.parametrize("name", SHIPPED)
def test_the_journals_that_are_shipped(name: str) -> None:
    problems = Problems()
    journal = load_journal(ROOT, name, problems)
    assert journal and not problems.found
    assert (journal != Journal(title=journal.title)) is (name != "standard"), "a journal with limits, or the own one"


def test_a_journal_that_is_not_there_names_the_nearest() -> None:
    problems = Problems()
    assert load_journal(ROOT, "apa", problems) is None
    (found,) = problems.found
    assert found.kind == "unknown-journal" and "apa7" in found.hint_en and "apa7" in found.hint_th
    assert load_journal(Path("nowhere"), "standard", problems) == Journal(), (
        "a project of one's own has its own journal"
    )


def test_a_range_is_in_order_and_holds_its_ends() -> None:
    assert [n for n in range(6) if Range(least=2, most=4).holds(n)] == [2, 3, 4]
    assert Range().holds(0) and Range(most=1).holds(0) and not Range(least=1).holds(0)
    with pytest.raises(ValueError, match="most is below least"):
        Range(least=3, most=2)


def manuscript(folder: Path, text: str, language: Language = "en") -> Manuscript:
    path = folder / f"article.{language}.qmd"
    path.write_text(f"---\nlang: {language}\n---\n\n{text}", "utf-8")
    return read_manuscript(read_document(path), "article", language, path.name)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One two three.", 3),
        ("A {{< value n.a.b >}} of *these* (*R*^2^\\ =\\ .5) [@a2021; @b, p. 5]", 7),
        ("องค์กรปกครองส่วนท้องถิ่นในจังหวัด", 3),  # องค์กรปกครองส่วนท้องถิ่น is one word of the dictionary
        (
            "::: {#keywords}\n:::\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![x](figures/x){#fig-x}\n\n"
            "{{< quote q >}}\n\nword",
            1,
        ),
        ("a[^1] b [5 of]{.fixed}\n\n[^1]: a note", 6),
        ("as `the code` says,\n<!-- and nobody reads\nthis -->\n| is no table", 6),
        ("A\n# line of a paragraph", 5),
        ("", 0),
    ],
)
def test_words_are_counted_as_people_read_them(text: str, count: int, tmp_path: Path) -> None:
    assert words_in(prose_by_part(manuscript(tmp_path, text))[""]) == count


def test_what_stands_below_a_heading(tmp_path: Path) -> None:
    text = (
        "before\n\n# Abstract {.unnumbered}\n\none\n\n## Aims\n\ntwo\n\n# B {#sec-b}\n\n```\n# References\n```\n\n"
        "four\n\n"
        "abstract\n========\n\nthree\n\n# References\n\nnone\n"
    )
    found = {name: part.split() for name, part in prose_by_part(manuscript(tmp_path, text)).items()}
    assert found == {"": ["before", "four"], "abstract": ["one", "two", "three"], "references": ["none"]}


def told(root: Path, journal: Journal, **study: Any) -> list[tuple[str, str, str]]:
    problems, articles = Problems(), Articles()
    for language in ("th", "en"):
        path = root / "report" / "small" / f"article.{language}.qmd"
        articles.manuscripts["article", language] = read_manuscript(read_document(path), "article", language, path.name)
    settings = Study.model_validate({**STUDY, **study})
    notice_journal(root, "small", journal, settings, ["th", "en"], [], articles, problems)
    assert not problems.found
    return [(one.file, one.en, one.th) for one in problems.notices]


def test_what_a_journal_would_send_back(tmp_path: Path) -> None:
    make_study(tmp_path)
    article = tmp_path / "report" / "small" / "article.en.qmd"
    article.write_text(
        f"---\nlang: en\n---\n\n# Abstract {{.unnumbered}}\n\n{'word ' * 12}\n\n# In\n\n{'x ' * 30}\n", "utf-8"
    )
    limits = {
        "title": "J",
        "abstract": {"en": {"least": 13, "most": 20}},
        "words": {"most": 29},
        "keywords": {"most": 1},
    }
    found = told(tmp_path, Journal.model_validate(limits))
    own = [(en, th) for file, en, th in found if file.endswith("article.en.qmd")]
    assert own == [
        (
            "There are 12 words in the abstract; J takes at least 13 and at most 20.",
            "มี 12 คำในบทคัดย่อ แต่Jกำหนดอย่างน้อย 13 และไม่เกิน 20",
        ),
        ("There are 30 words; J takes at most 29.", "มี 30 คำ แต่Jกำหนดไม่เกิน 29"),
    ]
    assert [en for file, en, _ in found if file.endswith("study.yml")] == [
        "There are 2 keywords; J takes at most 1."
    ] * 2
    assert told(tmp_path, Journal()) == []


@pytest.mark.parametrize(("margins", "size"), [(2.5, None), (3.5, None), (4.0, "6.5")])
def test_figures_that_become_too_small_are_told(margins: float, size: str | None) -> None:
    """A4 is 21 cm wide; figures are drawn for 16."""
    settings = {"page": {"margins": {"left": margins, "right": margins}}}
    problems = Problems().at("report/styles/mine/journal.yml")
    notice_small_figures(Journal.model_validate(settings), problems)
    told = [one.en for one in problems.notices]
    assert told == (
        [f"The text is 13.0 cm wide, so that the smallest letters of figures are {size} points."] if size else []
    )


def test_the_check_reads_the_journal_of_the_configuration(tmp_path: Path) -> None:
    make_study(tmp_path, config={"report": {"journal": "mine"}})
    problems = Problems()
    check_study(tmp_path, "small", problems)
    assert [one.kind for one in problems.found] == ["unknown-journal"]
    folder = tmp_path / "report" / "styles" / "mine"
    folder.mkdir(parents=True)
    settings = {"title": "Mine", "keywords": {"least": 9}, "pages": {"most": 1}}
    (folder / "journal.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    (tmp_path / "results" / "small").mkdir(parents=True)
    (tmp_path / "results" / "small" / "article.th.pdf").write_bytes(b"no PDF")
    problems = Problems()
    check_study(tmp_path, "small", problems)
    assert not problems.found
    assert sum("Mine takes at least 9" in one.en for one in problems.notices) == 2


def test_pages_are_those_of_the_last_build(tmp_path: Path, fonts: Path) -> None:
    make_study(tmp_path)
    pdf = made(Source("x\n\n" * 80, "en"), tmp_path / "results" / "small", fonts, "embedded", ["pdf"])["pdf"]
    assert pdf.name == "article.en.pdf"
    (found,) = told(tmp_path, Journal.model_validate({"title": "J", "pages": {"most": 1}}))
    assert "pages, as last built; J takes at most 1." in found[1]


def test_its_forms_stand_in_the_place_of_the_usual_ones(tmp_path: Path, fonts: Path) -> None:
    text = "[@a2021]\n\n::: {#refs}\n:::\n\n::: {#refs-translated}\n:::\n"
    said: dict[str, dict[str, str]] = {journal: {} for journal in SHIPPED}
    for journal in SHIPPED:
        for language in ("th", "en"):
            source = Source(text, language, journal=journal)  # type: ignore[arg-type]
            said[journal][language] = text_of(made(source, tmp_path / journal, fonts, "embedded", ["html"])["html"])
    assert "KengAkson.(2021)" in said["standard"]["th"] and "Akson,Keng.(2021)" in said["standard"]["en"]
    assert "Akson,K.(2021)" in said["thaijo-social"]["th"] and "Akson,Keng.(2021)" in said["thaijo-social"]["en"]
    assert "Akson,K.(2021)" in said["apa7"]["th"] and "Akson,K.(2021)" in said["apa7"]["en"]
    copy = tmp_path / "apa7" / "copy" / "styles"
    assert not (copy / "journal.yml").exists() and not [path for path in copy.iterdir() if path.is_dir()]


def test_works_of_the_authors_are_named_where_reviewers_are_not_to_know_them(tmp_path: Path) -> None:
    (tmp_path / "references.yml").write_text(WORKS, encoding="utf-8")
    works = read_references(tmp_path / "references.yml", Problems())
    study = Study.model_validate({**STUDY, "authors": [{"name": {"th": "ไม่มีใคร", "en": "Keng Akson"}}]})
    for blind, cited, kinds in ((True, {"a2021"}, ["own-work"]), (True, {"b2020"}, []), (False, {"a2021"}, [])):
        problems = Problems()
        notice_journal(
            tmp_path, "small", Journal(blind=blind), study, [], works, Articles(cited={"th": cited}), problems
        )
        assert [one.kind for one in problems.notices] == kinds
        assert all("a2021" in text for one in problems.notices for text in (one.en, one.th))


def test_abstracts_stand_between_rules_where_the_journal_sets_them_so(tmp_path: Path, fonts: Path) -> None:
    text = (
        "# บทคัดย่อ {.unnumbered}\n\nAAA words\n\n::: {#keywords}\n:::\n\n# Abstract {.unnumbered lang=en}\n\n"
        "BBB words\n\n# Introduction\n\nCCC words\n"
    )
    left: dict[str, dict[str, float]] = {}
    for journal in ("standard", "thaijo-social"):
        pdf = made(Source(text, journal=journal), tmp_path / journal, fonts, "embedded", ["pdf"])["pdf"]
        found = {line.text[:3]: line.left for line in lines_of(pdf)}
        left[journal] = {words: found[words] for words in ("AAA", "BBB", "CCC", "คำส")}
    moved = {words: left["thaijo-social"][words] - left["standard"][words] for words in left["standard"]}
    assert moved == pytest.approx({"AAA": 10, "BBB": 10, "คำส": 10, "CCC": 0}, abs=0.1)
