"""Bibliographies of reference managers: every field has its place, or is told."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pypandoc
import pytest
from amount import tried
from hypothesis import given, settings
from hypothesis import strategies as st

from thongthin.basics.problems import Problem, Problems
from thongthin.read.references.bibliographies import read_bibliography
from thongthin.read.references.gathering import Imported, edition, written_date
from thongthin.read.references.latex import plain
from thongthin.read.references.names import is_body, is_monk, written_name
from thongthin.read.references.pairs import pair


def read(folder: Path, name: str, text: str) -> tuple[list[Imported], list[Problem]]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    problems = Problems()
    works = read_bibliography(path, problems.at(name))
    return works or [], problems.found


BIB = r"""
@comment{jabref-meta: databaseType:bibtex;}
@string{misq = "MIS Quarterly"}
@article{davis1989,
  author = {Davis, Fred D. and van der Berg, Ludwig and {World Health Organization} and M{\"u}ller, Jr., Hans},
  title = {Perceived Usefulness, {Perceived} Ease of Use \& {IT}}, journal = misq, year = 1989, month = sep,
  volume = {13}, number = {3}, pages = {319--340}, doi = {https://doi.org/10.2307/249008},
  abstract = {Valid scales}, keywords = "tam, usefulness", issn = {0276-7783}
}
@article(somchai2564, author = {สมชาย ใจดี and {สำนักงาน ก.พ.}}, title = {การยอมรับเทคโนโลยี}, year = {พ.ศ. ๒๕๖๔},
  journal = {วารสารท้องถิ่น}, url = {https://example.org/~a\_b})
@mastersthesis{t, author = {Piti Deengam and others}, title = {On} # { trust}, school = {KKU}, year = 2020}
@inproceedings{p, crossref = {conf}, title = {Paper}, author = {Ludwig van Beethoven}, pages = {1}}
@proceedings{conf, title = {The Conference}, year = 2017, publisher = {KKU}}
@misc{m, title = {Page}, howpublished = {\url{https://example.org}},
  note = {Accessed: 5 January 2020}, year = {c. 1900}}
@patent{x, title = {Machine}, number = {US1}}
"""


def test_bibtex_field_by_field(tmp_path: Path) -> None:
    works, found = read(tmp_path, "a.bib", BIB)
    assert not found
    davis, somchai, thesis, paper, conference, page, patent = works
    assert davis.facts == {
        "title": "Perceived Usefulness, Perceived Ease of Use & IT",
        "author": [
            {"given": "Fred D.", "family": "Davis"},
            {"given": "Ludwig", "family": "van der Berg"},
            {"literal": "World Health Organization"},
            {"given": "Hans", "family": "Müller", "suffix": "Jr."},
        ],
        "container-title": "MIS Quarterly",
        "issued": "1989-09",
        "volume": "13",
        "issue": "3",
        "page": "319-340",
        "DOI": "10.2307/249008",
    }
    assert davis.left == {"abstract": "Valid scales", "keywords": "tam, usefulness", "issn": "0276-7783"}
    assert (davis.place, davis.type, davis.sure, davis.language) == (4, "article-journal", True, "en")
    assert somchai.language == "th" and somchai.facts["issued"] == "2021"
    assert somchai.facts["author"] == [{"given": "สมชาย", "family": "ใจดี"}, {"literal": "สำนักงาน ก.พ."}]
    assert somchai.facts["URL"] == "https://example.org/~a_b"
    assert thesis.facts["title"] == "On trust" and thesis.facts["genre"] == "Master's thesis"
    assert thesis.left == {"author": "and others"}
    assert paper.facts["container-title"] == "The Conference" and paper.facts["issued"] == "2017"
    assert paper.facts["author"] == [{"given": "Ludwig", "family": "van Beethoven"}] and not paper.left
    assert conference.type == "book"
    assert (page.type, page.sure, page.facts["URL"], page.facts["accessed"]) == (
        "webpage",
        False,
        "https://example.org",
        "2020-01-05",
    )
    assert page.left == {"year": "c. 1900"}, "no year is guessed"
    assert (patent.type, patent.sure) == ("report", False)


def test_bibtex_reads_names_and_letters_as_pandoc_does(tmp_path: Path) -> None:
    """Beside another program; with a Thai locale, since in others pandoc changes the capitals of titles."""
    text = r"""
@article{a, author = {Ang{\'e}lique de la Tour and
  Go\v{s}i\'c, {\O}yvind and Erd\H{o}s, P\'al and Stra{\ss}e, J{\"o}rg},
  title = {Na{\"i}ve \& {\L}\'od\'z: caf\'e --- ``100\%''}, journal = {Fa\c{c}ade}, year = {2001}, pages = {1--2}}
@book{b, author = {{\AA}ngstr\"om, Anders and King, Jr., Martin Luther}, title = {\emph{Ethics} of {AI}}, year = {1999}}
"""
    works, found = read(tmp_path, "a.bib", text)
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "-f", "bibtex", "-t", "csljson"], input=text.encode(), capture_output=True,
        check=True, env={**os.environ, "LANG": "th_TH.UTF-8"},
    )  # fmt: skip
    assert not found
    for work, other in zip(works, json.loads(done.stdout), strict=True):
        assert work.facts["title"] == other["title"].replace("<i>", "").replace("</i>", "")
        assert [
            (person["family"], person["given"], person.get("suffix", "")) for person in work.facts["author"]
        ] == [
            (" ".join(filter(None, [p.get("non-dropping-particle", p.get("dropping-particle", "")), p["family"]])),
             p["given"], p.get("suffix", ""))
            for p in other["author"]
        ]  # fmt: skip
        assert work.facts.get("container-title") == other.get("container-title")


RIS = """\
TY  - JOUR
AU  - Davis, Fred D.
AU  - ใจดี, สมหญิง
TI  - Perceived Usefulness
T2  - MIS Quarterly
JO  - MISQ
PY  - 1989
DA  - 1989/09/15/
VL  - 13
IS  - 3
SP  - 319
EP  - 340
DO  - 10.2307/249008
UR  - https://example.org/a
UR  - https://example.org/b
Y2  - 2020/01/05/
AB  - long
text
ER  -\x20

TY  - EDBOOK
AU  - ดีงาม, กานดา
TI  - รวมบทความ
PY  - 2564//
PB  - มข.
CY  - ขอนแก่น
ET  - พิมพ์ครั้งที่ 2
ER  -\x20
TY  - RPRT
AU  - Office of the Civil Service Commission
TI  - Skills
PY  - 2018
IS  - 12
M3  - Research report
"""


def test_ris_tag_by_tag(tmp_path: Path) -> None:
    path = tmp_path / "a.ris"
    path.write_text("\ufeff" + RIS, encoding="utf-8")
    problems = Problems()
    works = read_bibliography(path, problems.at("a.ris"))
    assert works and not problems.found
    assert [(notice.kind, notice.row) for notice in problems.notices] == [("ris", 29)], "the last one has no end"
    article, book, report = works
    assert article.facts == {
        "container-title": "MIS Quarterly",
        "author": [{"given": "Fred D.", "family": "Davis"}, {"given": "สมหญิง", "family": "ใจดี"}],
        "title": "Perceived Usefulness",
        "issued": "1989-09-15",
        "volume": "13",
        "issue": "3",
        "DOI": "10.2307/249008",
        "URL": "https://example.org/a",
        "accessed": "2020-01-05",
        "page": "319-340",
    }
    assert article.left == {"JO": "MISQ", "UR": "https://example.org/b", "AB": "long text"}
    assert book.facts["editor"] == [{"given": "กานดา", "family": "ดีงาม"}] and "author" not in book.facts
    assert (book.facts["issued"], book.facts["edition"], book.language) == ("2021", "2", "th")
    assert report.facts["author"] == [{"literal": "Office of the Civil Service Commission"}]
    assert (report.facts["number"], report.facts["genre"]) == ("12", "Research report")


def test_endnote_element_by_element(tmp_path: Path) -> None:
    text = """<?xml version="1.0" encoding="UTF-8" ?><xml><records><record>
<database name="x">x</database><source-app name="EndNote">EndNote</source-app><rec-number>1</rec-number>
<ref-type name="Journal Article">17</ref-type><contributors><authors>
<author><style face="normal">Davis, Fred D.</style></author><author>สมชาย ใจดี</author></authors></contributors>
<titles><title><style face="normal">Perceived </style><style face="italic">Usefulness</style></title>
<secondary-title>MIS Quarterly</secondary-title><alt-title>MISQ</alt-title></titles>
<periodical><full-title>MIS Quarterly</full-title></periodical><pages>319-340</pages><volume>13</volume>
<number>3</number><dates><year>1989</year><pub-dates><date>Sep</date></pub-dates></dates><isbn>0276-7783</isbn>
<urls><related-urls><url>https://example.org</url></related-urls></urls>
<electronic-resource-num>10.2307/249008</electronic-resource-num><custom1>mine</custom1></record></records></xml>"""
    works, found = read(tmp_path, "a.xml", text)
    assert not found
    (work,) = works
    assert work.facts == {
        "author": [{"given": "Fred D.", "family": "Davis"}, {"given": "สมชาย", "family": "ใจดี"}],
        "title": "Perceived Usefulness",
        "container-title": "MIS Quarterly",
        "page": "319-340",
        "volume": "13",
        "issue": "3",
        "issued": "1989-09",
        "URL": "https://example.org",
        "DOI": "10.2307/249008",
    }
    assert work.left == {"titles/alt-title": "MISQ", "isbn": "0276-7783", "custom1": "mine"}


def test_csl_json_key_by_key(tmp_path: Path) -> None:
    item = {
        "id": "http://example.org/1", "citation-key": "berg2020", "type": "article-journal", "title": "On <i>trust</i>",
        "author": [{"family": "Berg", "given": "L", "non-dropping-particle": "van der"}, {"literal": "KKU"}],
        "issued": {"date-parts": [["2020", 3]]}, "accessed": {"raw": "2021-01-02"}, "page": "1–2",
        "abstract": "x", "event-title": "A meeting",
    }  # fmt: skip
    works, found = read(tmp_path, "a.json", json.dumps([item, {"type": "song", "issued": {"date-parts": [[1], [2]]}}]))
    assert not found
    assert works[0].key == "berg2020"
    assert works[0].facts == {
        "title": "On trust",
        "author": [{"given": "L", "family": "van der Berg"}, {"literal": "KKU"}],
        "issued": "2020-03",
        "accessed": "2021-01-02",
        "page": "1-2",
    }
    assert works[0].left == {"abstract": "x", "event-title": "A meeting"}
    assert not works[1].sure and works[1].left["issued"] == '{"date-parts": [[1], [2]]}'


@pytest.mark.parametrize(
    ("name", "text", "row", "said"),
    [
        ("a.bib", "@book{a, title = {x}}\n@book{b, title = {y}", 2, "it is not closed"),
        ("a.bib", "@book{a, title = {x}\n@book{b, title = {y}}", 1, '"@book{b, title = {y}" is no field'),
        ("a.bib", "@book{b title = {y}}", 1, "there is no comma behind its key"),
        ("a.bib", "@book{b, title = {y}, year = }", 1, "a field has no value"),
        ("a.bib", "nothing", None, "No work stands in this file."),
        ("a.json", '[{"title": "x",}]', 1, "This file is no JSON"),
        ("a.json", "[" * 100_000, None, "This file is no JSON"),
        ("a.json", '"text"', None, "No work stands in this file."),
        ("a.xml", "<xml><records>", None, ""),
        ("a.xml", '<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>', None, ""),
        ("a.ris", "", None, "No work stands in this file."),
        ("a.enl", "x", None, 'Files that end in ".enl" are not read here.'),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, text: str, row: int | None, said: str) -> None:
    works, found = read(tmp_path, name, text)
    assert [(problem.row, said in problem.en) for problem in found] == [(row, True)], found
    assert found[0].th and (found[0].hint_en or name == "a.xml")
    assert len(works) <= 1


def test_an_entry_beside_a_broken_one_is_read(tmp_path: Path) -> None:
    works, found = read(tmp_path, "a.bib", "@book{a, title = {x\n@book{b, title = {y}}\n@book{c, title = {z}}\n")
    assert [work.key for work in works] == ["b", "c"] and [problem.row for problem in found] == [1]


VALUE = st.text(
    st.characters(codec="utf-8", categories=("L", "M", "N", "Zs"), include_characters=".,:;-/()"), min_size=1
)
FIELDS = st.dictionaries(
    st.sampled_from(
        ["title", "subtitle", "journal", "booktitle", "publisher", "school", "institution", "address", "location",
         "year", "date", "month", "day", "volume", "number", "issue", "pages", "edition", "version", "doi", "url",
         "urldate", "type", "howpublished", "note", "abstract", "isbn", "series", "eprint", "xyz"]
    ),
    VALUE,
)  # fmt: skip


def letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


@settings(max_examples=tried(200), deadline=None)
@given(fields=FIELDS, kind=st.sampled_from(["article", "book", "misc", "report", "thesis", "software", "film"]))
def test_no_field_of_bibtex_is_lost(
    fields: dict[str, str], kind: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    works, found = read(tmp_path_factory.mktemp("bib"), "a.bib", f"@{kind}{{key,\n{lines}}}\n")
    assert not found
    (work,) = works
    dated = {"year", "date", "month", "day", "urldate", "note", "edition", "doi"}
    said = letters(json.dumps([*work.facts.values(), work.left], ensure_ascii=False))
    for name, value in fields.items():
        if letters(plain(value)) and not (
            name in dated and {"issued", "accessed", "edition", "DOI"} & work.facts.keys()
        ):
            assert letters(plain(value)) in said, name
    assert set(work.facts) <= {
        "title", "container-title", "publisher", "publisher-place", "issued", "accessed", "volume", "issue", "number",
        "page", "edition", "version", "DOI", "URL", "genre",
    }  # fmt: skip


def test_latex_that_is_not_known_stays_as_it_was_written() -> None:
    assert plain(r"na\"{\i}ve $\beta$ 5\% \{a\} a~b {\ss}") == r"naïve \beta 5% {a} a b ß"


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2564", "2021"), ("๒๕๖๔", "2021"), ("พ.ศ. 2564", "2021"), ("ค.ศ. 2021", "2021"), ("2021-03", "2021-03"),
        ("2021/3/5/", "2021-03-05"), ("1989//", "1989"), ("30 มีนาคม 2566", "2023-03-30"), ("March 2021", "2021-03"),
        ("2021 Mar", "2021-03"), ("c. 2001", None), ("2020/2021", None), ("in press", None), ("2021-13", None),
        ("30 February 2021", None), ("", None),
    ],
)  # fmt: skip
def test_dates_as_they_are_written(written: str, date: str | None) -> None:
    assert written_date(written) == date


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("2nd ed.", "2"),
        ("Second", "2"),
        ("3", "3"),
        ("พิมพ์ครั้งที่ ๔", "4"),
        ("revised", "revised"),
        ("2nd revised", "2nd revised"),
    ],
)
def test_editions_as_they_are_written(written: str, number: str) -> None:
    assert edition(written) == number


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Davis, Fred D.", {"given": "Fred D.", "family": "Davis"}),
        ("King, Martin Luther, Jr.", {"given": "Martin Luther", "family": "King", "suffix": "Jr."}),
        ("Ludwig van Beethoven", {"given": "Ludwig", "family": "van Beethoven"}),
        ("สมชาย ณ อยุธยา", {"given": "สมชาย", "family": "ณ อยุธยา"}),
        ("พระพิพิธพัชโรดม", {"literal": "พระพิพิธพัชโรดม"}),
        ("สำนักงานพัฒนารัฐบาลดิจิทัล (องค์การมหาชน)", {"literal": "สำนักงานพัฒนารัฐบาลดิจิทัล (องค์การมหาชน)"}),
        ("Ministry of Interior, Thailand", {"literal": "Ministry of Interior, Thailand"}),
    ],
)
def test_names_as_they_are_written(written: str, name: dict[str, str]) -> None:
    assert written_name(written) == name


def test_bodies_and_monks_are_known_by_their_words() -> None:
    assert is_body("เทศบาลเมืองแม่เหียะ") and is_body("Khon Kaen University") and not is_body("กฤชวรรธน์ โล่วัชรินทร์")
    assert not is_body("กรมหลวงวงษาธิราชสนิท") and not is_body("Fred D. Davis")
    assert is_monk("พระมหาสมชาย ฐานวุฑฺโฒ") and is_monk("PhraNatthawut Phanthali")
    assert not is_monk("พระราชบัญญัติเทศบาล") and not is_monk("สมชาย ใจดี") and not is_monk("Somchai Jaidee")


def imported(key: str, title: str, **facts: object) -> Imported:
    return Imported(key, 1, "", "article-journal", True, {"title": title, "author": [{"literal": "A"}], **facts})


def test_what_is_certain_is_paired_and_what_is_likely_is_asked() -> None:
    works = [
        imported("t1", "เรื่องหนึ่ง", issued="2021", DOI="10.1/X"),
        imported("t2", "เรื่องสอง", issued="2021", volume="5", issue="2", page="1-9"),
        imported("t3", "แผน Smart City 2565", issued="2022"),
        imported("t4", "เรื่องสี่", issued="2020", page="3-4"),
        imported("t5", "เรื่องห้า", issued="1999", DOI="10.1/five"),
        imported("e1", "One", issued="2021", DOI="10.1/x"),
        imported("e2", "Two", issued="2021", volume="5", issue="2", page="1-9"),
        imported("e3", "The Smart City plan of 2022", issued="2022"),
        imported("e4", "Four", issued="2020", page="3-4"),
        imported("e5", "Five", issued="1999", DOI="10.1/other", page="1"),
    ]
    paired = pair(works, {})
    assert [(own.th.key, own.en.key) for own in paired.pairs] == [("t1", "e1"), ("t2", "e2")]
    assert [(own.th.key, own.en.key) for own in paired.likely] == [("t3", "e3"), ("t4", "e4")]
    assert [work.key for work in paired.alone] == ["t3", "t4", "t5", "e3", "e4", "e5"]
    said = pair(works, {"t3": "e3", "t5": "e5"})
    assert {(own.th.key, own.en.key) for own in said.pairs} >= {("t3", "e3"), ("t5", "e5")}


def test_two_partners_are_none() -> None:
    """An address that leads to a whole site says nothing, and two that claim one entry are asked."""
    works = [
        imported("t1", "หนึ่ง", issued="2021", URL="https://example.org/"),
        imported("e1", "One", issued="2021", URL="http://www.example.org"),
        imported("t2", "สอง", issued="2020", URL="https://example.org/plan"),
        imported("e2", "Two", issued="2020", URL="http://www.example.org/plan/"),
        imported("e3", "Three", issued="2020", URL="https://example.org/plan"),
    ]
    paired = pair(works, {})
    assert not paired.pairs
    assert [(own.th.key, own.en.key) for own in paired.likely] == [("t2", "e2"), ("t2", "e3")]
