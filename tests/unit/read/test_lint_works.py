"""The works of references.yml, as an editor would mark them before they are printed."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import get_args

import pypandoc
import pytest
from studies import make_study

from thongthin.basics.problems import Problem, Problems
from thongthin.commands.check import check_study
from thongthin.commands.check_references import main
from thongthin.read.references import LOCALES, csl_entries, read_references
from thongthin.read.references.lint_works import PRINTED, mark_uncited, mark_works
from thongthin.read.references.slips import address, capitals, doi, punctuation, ways_of_monks, years
from thongthin.read.references.works import Kind, Work

ROOT = Path(__file__).parents[3]
DEMONSTRATION = ROOT / "data/raw/khon-kaen/references.yml"


def marks_of(folder: Path, text: str) -> list[Problem]:
    path = folder / "references.yml"
    path.write_text(text, encoding="utf-8")
    problems = Problems()
    here = problems.at("references.yml")
    works = read_references(path, here)
    assert not problems.found, problems.found
    problems.notices.clear()  # a work in one language has its own notice
    mark_works(works, path, here)
    assert all(mark.th and mark.row for mark in problems.notices)
    return problems.notices


def kinds(marks: list[Problem]) -> list[tuple[str, str]]:
    """Which work is marked for what."""
    return [(mark.en.split('"')[1], mark.kind.removeprefix("reference-")) for mark in marks]


# What is true of the works of the demonstration, which are as the journal printed them.
TRUE_OF_THE_DEMONSTRATION = {
    ("krichawat2021", "role-differs"),  # an editor in Thai, an author in English
    ("natthawut2022", "capitals"),  # Journal of local management and Development
    ("maehia2022", "capitals"),  # achievements in the field ...
    ("dga2020", "address"),  # www. without https://, which the Thai entry has
    ("ocsc2018", "address"),
    ("dga2021", "two-names"),  # with and without องค์การมหาชน
    ("phiphit2019", "monks"),  # PhraNatthawut, Phraphiphitpatcharodom, Phra Saroj
}

MENDED = (
    ("    editor: [{given: กฤชวรรธน์, family: โล่วัชรินทร์}]", "    author: [{given: กฤชวรรธน์, family: โล่วัชรินทร์}]"),
    ("Journal of local management and", "Journal of Local Management and"),
    ("title: achievements", "title: Achievements"),
    ("URL: www.", "URL: https://www."),
    ("สำนักงานพัฒนารัฐบาลดิจิทัล องค์การมหาชน", "สำนักงานพัฒนารัฐบาลดิจิทัล"),
    ("PhraNatthawut", "Phra Natthawut"),
    ("Phraphiphitpatcharodom", "Phra Phiphitpatcharodom"),
)


def test_the_demonstration_is_marked_for_what_is_so_and_once_mended_for_nothing(tmp_path: Path) -> None:
    text = DEMONSTRATION.read_text(encoding="utf-8")
    assert sorted(kinds(marks_of(tmp_path, text))) == sorted(TRUE_OF_THE_DEMONSTRATION)
    for old, new in MENDED:
        assert old in text
        text = text.replace(old, new)
    assert marks_of(tmp_path, text) == []


WORK = """\
- id: somsri2021
  type: article-journal
  issued: 2021-03-15
  volume: 5
  page: 1-9
  URL: https://example.org/a
  th: {author: [{given: สมศรี, family: ใจดี}], title: แผนปี 2564, container-title: วารสาร}
  en: {author: [{given: Somsri, family: Jaidee}], title: The plan of 2021, container-title: Journal}
"""


@pytest.mark.parametrize(
    ("old", "new", "kind", "said"),
    [
        ("plan of 2021", "plan of 2020", "title-years", "The titles name different years."),
        ("title: The plan", "title: the plan", "capitals", 'begins with a small letter: "the"'),
        ("title: The plan of 2021", "title: THE PLAN OF THESE OFFICES FOR SERVICES", "capitals", "all in capitals"),
        ("title: The plan of 2021", "title: The plan of 2021.", "end", 'The title ends in "."'),
        ("title: The plan of 2021", "title: 'The plan.. of 2021'", "doubled-punctuation", 'doubled: "The plan.. of"'),
        ("title: The plan of 2021", "title: 'The plan , of 2021'", "space-before", "A space stands before"),
        ("page: 1-9", "page: 9-1", "pages", 'end before they begin: "9-1"'),
        ("https://example.org/a", "example.org/a", "address", "no https:// before it"),
        ("https://example.org/a", "https://example", "address", "no address that can be opened"),
        ("https://example.org/a", "'https://example.org/a,'", "address", "what does not belong to it"),
        ("  URL:", "  DOI: https://doi.org/10.1234/x\n  URL:", "doi", '"https://doi.org/10.1234/x" is no DOI.'),
        ("issued: 2021-03-15\n", "issued: 2021\n  accessed: 2020-01-01\n", "read-before", "before the year in which"),
        ("  issued: 2021-03-15\n", "", "no-year", "It has no year (issued)"),
        ("author: [{given: สมศรี, family: ใจดี}], ", "", "author-differs", "Only in English it has an author"),
        ("[{given: Somsri, family: Jaidee}]", "[{given: A, family: B}, {given: C, family: D}]", "people-differ",
         "In Thai it names 1 as author, in English 2."),
        ("title: แผนปี", "volume: 6, title: แผนปี", "volume-differs", "volume differs between the languages"),
        (", container-title: วารสาร}", "}", None, ""),
        ("article-journal", "book", "not-printed", '"container-title" is printed in no list'),
        ("article-journal", "thesis", "missing", 'A work of this kind has "genre", "publisher".'),
        ("type: article-journal", "type: webpage", "not-printed", ""),
    ],
)  # fmt: skip
def test_each_slip_is_said(tmp_path: Path, old: str, new: str, kind: str | None, said: str) -> None:
    assert old in WORK and marks_of(tmp_path, WORK) == []
    marks = marks_of(tmp_path, WORK.replace(old, new))
    assert (kind is None and not marks) or [
        mark for mark in marks if mark.kind == f"reference-{kind}" and said in f"{mark.en} {mark.hint_en}"
    ], marks


def test_pages_without_the_day_are_marked_only_where_others_have_it(tmp_path: Path) -> None:
    page = (
        "- {{id: {0}, type: webpage, issued: 2021, URL: 'https://example.org/{0}', {1}"
        "en: {{author: [{{literal: A {0}}}], title: T {0}}}}}\n"
    )
    without, dated = page.format("a", ""), page.format("b", "accessed: 2022-01-01, ")
    assert kinds(marks_of(tmp_path, without)) == []
    assert kinds(marks_of(tmp_path, without + dated)) == [("a", "not-read-on")]
    assert kinds(marks_of(tmp_path, page.format("a", "").replace("URL: 'https://example.org/a', ", ""))) == [
        ("a", "no-address")
    ]


def test_the_same_work_under_two_ids(tmp_path: Path) -> None:
    assert kinds(marks_of(tmp_path, WORK + WORK.replace("somsri2021", "again"))) == [("again", "twice")]


def test_one_body_with_one_english_and_two_thai_names(tmp_path: Path) -> None:
    first = WORK.replace("{given: สมศรี, family: ใจดี}", "{literal: สำนักงาน ก.พ.}")
    first = first.replace("{given: Somsri, family: Jaidee}", "{literal: OCSC}")
    second = first.replace("somsri2021", "b").replace("สำนักงาน ก.พ.", "สำนักงานข้าราชการ").replace("แผน", "ผล")
    second = second.replace("The plan", "Results").replace("example.org/a", "example.org/b")
    assert kinds(marks_of(tmp_path, first + second)) == [("b", "two-names")]


# --- what the lists print, by the styles themselves ---


def test_what_is_said_to_be_printed_is_what_the_styles_print(tmp_path: Path) -> None:
    """Each kind with every key: a value stands in one of the lists where `PRINTED` says so, and in none elsewhere."""
    keys = sorted(set().union(*PRINTED.values()) - {"translator", "editor"})
    values = {key: str(7001 + number) for number, key in enumerate(keys)}
    works = []
    for kind in get_args(Kind):
        own = {
            "author": [{"literal": "Author"}], "title": "Title",
            "editor": [{"literal": "Anneditor"}], "translator": [{"literal": "Anntranslator"}],
        }  # fmt: skip
        works.append(Work.model_validate({"id": kind, "type": kind, "issued": "2001", **values, "th": own, "en": own}))
    printed: dict[str, str] = dict.fromkeys(get_args(Kind), "")
    for language, style in (("th", "thai"), ("en", "translated"), ("en", "english")):
        data = tmp_path / "works.json"
        data.write_text(json.dumps(csl_entries(works, language)), encoding="utf-8")  # type: ignore[arg-type]
        done = subprocess.run(
            [pypandoc.get_pandoc_path(), "--citeproc", f"--csl={ROOT / 'report/styles' / style}.csl",
             f"--bibliography={data}", "--to=html", "--wrap=none"],
            input=f'---\nlang: {LOCALES[language]}\nnocite: "@*"\n---\n'.encode(), capture_output=True, check=True,
        )  # fmt: skip
        for kind, entry in re.findall(r'<div id="ref-([\w-]+)"[^>]*>(.*?)</div>', done.stdout.decode(), re.DOTALL):
            printed[kind] += entry
    for kind, entry in printed.items():
        shown = {key for key, value in values.items() if value in entry}
        shown |= {role for role in ("editor", "translator") if f"Ann{role}" in entry}
        assert shown == set(PRINTED[kind]), kind  # type: ignore[index]


# --- citations ---


def test_works_that_no_article_cites_and_those_of_one_article(tmp_path: Path) -> None:
    path = tmp_path / "references.yml"
    path.write_text("".join(f"- {{id: {name}, type: book, en: {{title: T}}}}\n" for name in "abc"), encoding="utf-8")
    works = read_references(path, Problems())
    problems = Problems()
    mark_uncited(works, path, {"th": {"a", "b"}, "en": {"a"}}, problems)
    assert [(mark.row, mark.kind, "English" in mark.en) for mark in problems.notices] == [
        (3, "reference-uncited", False),
        (2, "reference-cited-in-one", True),
    ]
    problems = Problems()
    mark_uncited(works, path, {"th": set(), "en": set()}, problems)
    mark_uncited(works, path, {"th": {"a", "b", "c"}, "en": set()}, problems)
    assert problems.notices == [], "nothing is cited yet, or only one article is written"


def test_the_check_of_a_study_tells_them(tmp_path: Path) -> None:
    folder = make_study(tmp_path)
    problems = Problems()
    check_study(tmp_path, "small", problems)
    before = [notice for notice in problems.notices if notice.kind.startswith("reference-")]
    path = folder / "references.yml"
    path.write_text(
        path.read_text(encoding="utf-8")
        + "- {id: extra, type: book, issued: 2001, en: {author: [{literal: A}], title: b c}}\n",
        encoding="utf-8",
    )
    problems = Problems()
    check_study(tmp_path, "small", problems)
    after = [notice for notice in problems.notices if notice.kind.startswith("reference-")]
    assert not problems.found
    assert {(n.kind, n.row) for n in after} - {(n.kind, n.row) for n in before} == {
        ("reference-missing", 21), ("reference-uncited", 21),
    }  # fmt: skip


# --- pieces ---


@pytest.mark.parametrize(
    "text",
    [
        "Davis, F. D., & Kok, R. (1989). Trust... and more", "King, M. L., Jr. (1999). Why? What!",
        "สำนักงาน ก.พ., 2561", "Deengam et al. (2019). A vs. B", "https://example.org/a..b,,c",
        "ไขข้อสงสัย! คืออะไร", "พ.ศ. 2562. วารสาร",
        "Rakdee, K. (Ed.). (2021). Papers", "12(1), 346-360.", "ค่ายต่าง ๆ ของไทย",
    ],
)  # fmt: skip
def test_right_punctuation_is_not_marked(text: str) -> None:
    assert punctuation(text) is None


@pytest.mark.parametrize("title", ["eGovernment in Asia", "iPhones", "The plan", "2020 plans", "“Trust” in it", "DGA"])
def test_right_capitals_are_not_marked(title: str) -> None:
    assert capitals(title) is None


@pytest.mark.parametrize(
    "name", ["MIS Quarterly", "Journal of Local Government", "The journal", "PLOS ONE", "npj Science"]
)
def test_names_of_journals_are_not_marked(name: str) -> None:
    assert capitals(name, "journal") is None


@pytest.mark.parametrize(
    "url",
    ["https://example.org", "http://www.dga.or.th/a/?b=c#d", "https://th.wikipedia.org/wiki/ขอนแก่น", "https://a.co/b_(c)",
     "https://web.archive.org/web/2020/https://example.org/"],
)  # fmt: skip
def test_right_addresses_are_not_marked(url: str) -> None:
    assert address(url) is None


def test_years_in_titles_and_dois() -> None:
    assert years("แผน พ.ศ.2563-2565 งบ 12,564.20 บาท") == {2020, 2022}
    assert years("๒๕๖๓") == {2020} and years("B.E. 2562") == {2019} and years("12501 and 25.2560") == set()
    assert doi("10.2307/249008") is None and doi("doi:10.1/x") is not None
    assert list(ways_of_monks(["Phra Saroj", "PhraNatthawut", "Phraewa Jaidee", "Phraya Anuman"])) == [
        "Phra S...",
        "PhraS...",
    ]


# --- the command ---


def test_the_command_names_each_mark_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text(
        "References\n\nKok, A. (2001). On trust.. Press.\nDavis, B. (2003). On use. Press.\n", encoding="utf-8"
    )
    works = tmp_path / "references.yml"
    works.write_text(WORK.replace("page: 1-9", "page: 9-1"), encoding="utf-8")
    assert main([str(listed), str(works)]) == 0
    said = capsys.readouterr().out
    assert "list.txt\n2 entries, 2 marks. / 2 รายการ ข้อสังเกต 2 ข้อ\n" in said
    assert '  Line 3: Foreign entry 1, "Kok, A. (2001)": Punctuation is doubled: "' in said
    assert (
        '  บรรทัดที่ 3: ภาษาต่างประเทศ รายการที่ 1 "Kok, A. (2001)": เครื่องหมายวรรคตอนซ้ำ: "' in said
        and "trust.. Press" in said
    )
    assert 'Line 4: Foreign entry 2, "Davis, B. (2003)": It belongs before "Kok, A. (2001)"' in said
    assert '  Line 1: "somsri2021": The pages end before they begin: "9-1".' in said


def test_the_command_reads_word_and_tells_what_it_cannot_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import docx

    document = docx.Document()
    for line in ("เอกสารอ้างอิง", "กานดา รักดี. (2564). เรื่องหนึ่ง . มข.", "ข้อความ"):
        document.add_paragraph(line)
    document.save(str(tmp_path / "a.docx"))
    (tmp_path / "b.txt").write_text("nothing here", encoding="utf-8")
    assert main([str(tmp_path / "a.docx"), str(tmp_path / "b.txt"), str(tmp_path / "c.md")]) == 1
    said = capsys.readouterr().out
    assert "a.docx\n1 entries, 1 marks." in said and "A space stands before a punctuation mark" in said
    assert "No reference stands in this file" in said and "ไม่พบรายการอ้างอิงในไฟล์นี้" in said
    assert "This file is missing." in said
