"""Printed lists, read as text: what an editor would mark is named, and nothing else."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path

import pypandoc
import pytest
from amount import tried
from hypothesis import given, settings
from hypothesis import strategies as st

from thongthin.basics.problems import Problems
from thongthin.read.references import LOCALES, csl_entries, read_references
from thongthin.read.references.printed import read_printed
from thongthin.read.references.printed_lists import longest_rising, mark_lists, sorting_key

ROOT = Path(__file__).parents[3]
PRINTED = ROOT / "../shared/data/references-as-printed.md"

Mark = tuple[str, str]


def marks(text: str) -> list[Mark]:
    """Which entry is marked for what: language and number ("th 3"), and the kind of the mark."""
    printed = read_printed(text)
    problems = Problems(file="list.md")
    mark_lists(printed, problems)
    called = {entry.line: f"{own.language} {entry.number}" for own in printed.lists for entry in own.entries}
    assert all(notice.th and notice.en for notice in problems.notices)
    return [(called.get(notice.row or 0, f"line {notice.row}"), notice.kind) for notice in problems.notices]


# The table below the printed lists: where they contradict themselves. Of the row "missing spaces" the three entries.
ROWS: dict[str, list[Mark]] = {
    "Thai 3": [("th 3", "no-space-and")],
    "Thai 4": [("th 4", "comma-between-authors"), ("th 4", "comma-after-title")],
    "Thai 6, 7": [("th 6", "no-stop-after-year"), ("th 6", "no-comma-from"), ("th 7", "no-comma-from")],
    "Thai 9": [("th 9", "address-missing")],
    "Thai 11, translated 4, 11, 12": [
        ("th 11", "comma-after-title"),
        ("en 4", "comma-after-title"),
        ("en 11", "comma-after-title"),
        ("en 12", "comma-after-title"),
    ],
    "Translated 2, 9, 11": [("en 2", "missing-space"), ("en 9", "missing-space"), ("en 11", "missing-space")],
    "Translated 4": [("en 4", "comma-between-authors")],
    "Translated 5": [("en 5", "space-before")],
    "Translated 10": [("en 10", "no-stop-after-author"), ("th 10", "years-differ")],
    "Thai order": [("th 6", "order"), ("th 10", "order")],
    "Thai 1, translated 1": [("th 1", "editor-differs"), ("th 1", "place-differs")],
    "one agency, two Thai names": [("th 8", "two-names")],
}
# Not in the table, and as true: ends in a comma and has no address behind the day; capitals; www. without https://;
# พระ before names in three ways.
FURTHER = [
    ("th 9", "end"), ("th 9", "no-address"), ("en 3", "capitals"), ("en 6", "capitals"), ("en 7", "address"),
    ("en 10", "address"), ("en 4", "monks"),
]  # fmt: skip


def as_printed() -> str:
    if not PRINTED.exists():
        pytest.skip("the printed reference lists (../shared/data/references-as-printed.md) are not here")
    return PRINTED.read_text(encoding="utf-8")


def test_every_row_of_the_table_is_named_and_nothing_that_is_not_so() -> None:
    text = as_printed()
    rows = [line.split("|")[1].strip() for line in text.split("\n") if line.startswith("| ")][1:]
    assert sorted(rows) == sorted(ROWS), "the table has other rows than this test"
    found = Counter(marks(text))
    expected = Counter([mark for named in ROWS.values() for mark in named] + FURTHER)
    assert expected - found == Counter(), "not named"
    assert found - expected == Counter(), "false alarms"


def test_the_lists_are_found_with_their_entries() -> None:
    printed = read_printed(as_printed())
    assert [(own.language, own.is_translated, len(own.entries)) for own in printed.lists] == [
        ("th", False, 12),
        ("en", True, 12),
    ]
    assert not printed.unread


CLEAN = """\
# บทความ

ตามที่ สมชาย ใจดี (2564) กล่าวไว้ ท้องถิ่นมีงบประมาณน้อย.

# เอกสารอ้างอิง

กานดา รักดี และ สมชาย ใจดี. (บรรณาธิการ). (2564). รวมบทความ. มข.

เทศบาลเมืองตัวอย่าง. (2565). ผลงานดีเด่น. สืบค้นเมื่อ 30 มีนาคม 2566, จาก https://example.org/page

พระมหาสมชาย ฐานวุฑฺโฒ, มานี มีสุข และ ปิติ ใจดี. (2563). การบริหาร พ.ศ. 2560-2562. วารสารตัวอย่าง, 5(2), 92-103.

สำนักงาน ก.พ. (2561ก). ทักษะ. สืบค้นเมื่อ 30 มีนาคม 2566, จาก https://example.org/a_(b)

สำนักงาน ก.พ. (2561ข). ทักษะดิจิทัล 2.0. สืบค้นเมื่อ 30 มีนาคม 2566, จาก https://example.org/c

อุบล ดีงาม และคณะ. (2562). งบประมาณ "ท้องถิ่น" คืออะไร? วารสารปริทรรศน์, 5(1), 1-9. https://doi.org/10.1234/a.b

Davis, F. D. (1989). Perceived usefulness. MIS Quarterly, 13(3), 319-340.

Kok, R. A., & Smith, J., Jr. (2003). On trust vs. control. Journal of Local Government, 2(1), 1-9.

# Translated References

Kanda Rakdee and Somchai Jaidee (Eds.). (2021). Collected papers. KKU.

Example Town Municipality. (2022). Awards. https://example.org/page

Phra Maha Somchai Thanavuddho, Manee Meesuk, and Piti Jaidee. (2020). Administration, 2017-2019. Example Journal, 5(2),
92-103.

Office of the Civil Service Commission. (2018a). Skills. https://example.org/a_(b)

Office of the Civil Service Commission. (2018b). Digital skills 2.0. https://example.org/c

Ubol Deengam et al. (2019). What is a "local" budget? Journal of Reviews, 5(1), 1-9. https://doi.org/10.1234/a.b

# ภาคผนวก

ข้อความ (2550) ที่ไม่ใช่รายการ
"""


def test_a_clean_list_says_nothing() -> None:
    printed = read_printed(CLEAN)
    assert [(own.language, own.is_translated, len(own.entries)) for own in printed.lists] == [
        ("th", False, 6),
        ("en", False, 2),
        ("en", True, 6),
    ]
    assert marks(CLEAN) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("(บรรณาธิการ). (2564). รวม", "(บรรณาธิการ). (2564) รวม", [("th 1", "no-stop-after-year")]),
        ("และ ปิติ", "และปิติ", [("th 3", "no-space-and")]),
        ("มานี มีสุข และ ปิติ", "มานี มีสุข, ปิติ", [("th 3", "comma-between-authors")]),
        ("2560-2562. วารสาร", "2560-2562, วารสาร", [("th 3", "comma-after-title")]),
        ("2566, จาก https://example.org/page", "2566 จาก https://example.org/page", [("th 2", "no-comma-from")]),
        (" สืบค้นเมื่อ 30 มีนาคม 2566, จาก https://example.org/c", " https://example.org/c", [("th 5", "not-read-on")]),
        ("จาก https://example.org/page", "", [("th 2", "no-address"), ("th 2", "address-missing"), ("th 2", "end")]),
        ("30 มีนาคม 2566, จาก https://example.org/page", "30 มีนาคม 2560, จาก https://example.org/page",
         [("th 2", "read-before")]),
        ("อุบล ดีงาม และคณะ. (2562)", "อุบล ดีงาม และคณะ. (2019)", [("th 6", "common-era")]),
        ("Deengam et al. (2019)", "Deengam et al. (2018)", [("th 6", "years-differ")]),
        ("2017-2019. Example", "2017-2018. Example", [("th 3", "title-years")]),
        ("5(1), 1-9. https", "5(1), 9-1. https", [("th 6", "pages"), ("en 6", "pages")]),
        ("Reviews, 5(1), 1-9", "Reviews, 5(1), 1-8", [("th 6", "where-differs")]),
        ("Jaidee (Eds.). (2021)", "Jaidee. (2021)", [("th 1", "editor-differs")]),
        ("รวมบทความ. มข.", "รวมบทความ. ขอนแก่น: มข.", [("th 1", "place-differs")]),
        ("(2561ข)", "(2561)", [("th 5", "no-letter")]),
        ("Phra Maha Somchai", "PhraMaha Somchai", []),
        ("Collected papers", "collected papers", [("en 1", "capitals")]),
        ("Journal of Reviews", "Journal of reviews and Practice", [("en 6", "capitals")]),
        ("Perceived usefulness", "PERCEIVED USEFULNESS FROM THESE SYSTEMS", [("en 1", "capitals")]),
        ("ผลงานดีเด่น. ส", "ผลงานดีเด่น.. ส", [("th 2", "doubled-punctuation")]),
        ("ผลงานดีเด่น. ส", "ผลงานดีเด่น . ส", [("th 2", "space-before")]),
        ("(Eds.). (2021). C", "(Eds.).(2021).C", [("en 1", "missing-space")]),
        ("https://example.org/c\n\nอุบล", "https://example,org/c\n\nอุบล",
         [("th 5", "address"), ("th 5", "addresses-differ")]),
        ("https://example.org/c\n\nอุบล", "https://http://example.org/c\n\nอุบล",
         [("th 5", "address"), ("th 5", "addresses-differ")]),
        ("รวมบทความ. มข.", "รวมบทความ (ฉบับปรับปรุง. มข.", [("th 1", "brackets")]),
        ("กานดา รักดี และ สมชาย ใจดี. (บ", "มานะ รักดี และ สมชาย ใจดี. (บ", [("th 1", "order")]),
        ("Kok, R. A., & Smith", "Adams, R. A., & Smith", [("en 2", "order")]),
        ("เทศบาลเมืองตัวอย่าง. (2565). ผลงานดีเด่น", "เทศบาลเมืองตัวอย่าง. 2565. ผลงานดีเด่น", [("line 9", "no-year")]),
    ],
)  # fmt: skip
def test_each_slip_is_named_where_it_stands(old: str, new: str, expected: list[Mark]) -> None:
    assert old in CLEAN
    assert sorted(marks(CLEAN.replace(old, new, 1 if "pages" not in str(expected) else -1))) == sorted(expected)


def test_one_body_under_two_names() -> None:
    text = CLEAN.replace("สำนักงาน ก.พ. (2561ข)", "สำนักงานข้าราชการพลเรือน. (2561ข)")
    assert marks(text) == [("th 5", "two-names")], "both are one in the translated list"
    text = CLEAN.replace("สำนักงาน ก.พ. (2561ข)", "สำนักงาน ก.พ. (องค์การมหาชน). (2561ข)")
    assert marks(text) == [("th 5", "two-names")], "brackets and the kind of body are no other name"


def test_an_entry_that_stands_twice_and_one_that_is_not_translated() -> None:
    again = "กานดา รักดี และ สมชาย ใจดี. (บรรณาธิการ). (2564). รวมบทความ. มข.\n\n"
    assert ("th 2", "twice") in marks(CLEAN.replace(again, again * 2))
    translated = 'Ubol Deengam et al. (2019). What is a "local" budget? Journal of Reviews, 5(1), 1-9. https://doi.org/10.1234/a.b'
    assert translated in CLEAN
    assert marks(CLEAN.replace(translated, "")) == [("th 6", "no-translation")]


def test_the_text_before_a_list_is_held_against_it() -> None:
    text = """\
บทนำ (ฉบับแก้ไข พฤษภาคม, 2566) ในปี (พ.ศ. 2560)

กานดา รักดี และ สมชาย ใจดี (2564) และเทศบาล (เทศบาลเมืองตัวอย่าง, 2565; มานะ ดีใจ และคณะ, 2559, น. 5) กล่าวไว้
พระมหาสมชาย ฐานวุฑฺโฒ และคณะ (2563) สำนักงาน ก.พ. (2561ก, 2561ข) ตรงกับ Davis (1989)
และ (Kok & Smith, 2003; see Bass et al., 2010)

"""
    article = text + CLEAN[CLEAN.index("# เอกสารอ้างอิง") :]
    assert marks(article) == [
        ("th 6", "uncited"),  # อุบล ดีงาม
        ("line 3", "citation-without-entry"),  # มานะ ดีใจ และคณะ, 2559
        ("line 5", "citation-without-entry"),  # Bass et al., 2010
    ]


def test_a_list_with_a_way_of_its_own_is_left_to_it() -> None:
    """Where all entries do otherwise than our style, none of them is marked."""
    text = """\
References

Davis, F. D., Bagozzi, R. P. (1989) User acceptance, Management Science, 35(8), 982-1003
Rogers, E. M. (2003) Diffusion, Free Press
Smith, A., Jones, B. (2010) Another, Journal of Trust, 1(1), 1-2
"""
    assert marks(text) == []


def test_lists_as_files_have_them() -> None:
    """Markdown with emphasis and links; lines that go on; a Word file, in which each line is a paragraph."""
    marked = "## References\n\n1. Davis, F. D. (1989). Usefulness. *MIS Quarterly*, *13*(3), 319--340. <https://example.org/a_b>\n"
    (entry,) = read_printed(marked.replace("--", "–")).lists[0].entries
    assert entry.text == "Davis, F. D. (1989). Usefulness. MIS Quarterly, 13(3), 319–340. https://example.org/a_b"
    assert entry.where == ("13", "3", "319-340") and entry.addresses == ["https://example.org/a_b"]
    lines = "บรรณานุกรม\nภาษาไทย\nกานดา รักดี. (2564). เรื่องหนึ่ง\nที่ยาวมาก. มข.\nมานี ใจดี. (2563). เรื่องสอง. มข.\n"
    lines += "ภาษาอังกฤษ\nDavis, F. D. (1989). Usefulness of\nthings. Press.\nKok, A. (n.d.). On trust. Press.\n"
    read = read_printed(lines)
    assert [(own.language, [entry.text for entry in own.entries]) for own in read.lists] == [
        ("th", ["กานดา รักดี. (2564). เรื่องหนึ่ง ที่ยาวมาก. มข.", "มานี ใจดี. (2563). เรื่องสอง. มข."]),
        ("en", ["Davis, F. D. (1989). Usefulness of things. Press.", "Kok, A. (n.d.). On trust. Press."]),
    ]
    word = read_printed(lines, paragraphs=True)
    assert word.lists[0].entries[0].text == "กานดา รักดี. (2564). เรื่องหนึ่ง"
    assert word.unread == [(4, "ที่ยาวมาก. มข."), (8, "things. Press.")]


@settings(max_examples=tried(300), deadline=None)
@given(st.text(st.sampled_from("กข เแ์่ำ.,;:()-\"“”'/\n*_[]#|12560ABcd &และandhtps"), max_size=400))
def test_no_text_is_too_odd(text: str) -> None:
    marks("References\n\n" + text + "\n\nกข. (2564). ข. https://a.b\n")


def test_lists_of_our_own_styles_are_clean(tmp_path: Path) -> None:
    """What the embedded styles print of the demonstration's works: what is marked stands so in references.yml."""
    problems = Problems()
    works = read_references(ROOT / "data/raw/khon-kaen/references.yml", problems)
    text = ""
    for heading, language, style in (("เอกสารอ้างอิง", "th", "thai"), ("Translated References", "en", "translated")):
        data = tmp_path / "works.json"
        data.write_text(json.dumps(csl_entries(works, language)), encoding="utf-8")  # type: ignore[arg-type]
        done = subprocess.run(
            [pypandoc.get_pandoc_path(), "--citeproc", f"--csl={ROOT / 'report/styles' / style}.csl",
             f"--bibliography={data}", "--to=plain", "--wrap=none"],
            input=f'---\nlang: {LOCALES[language]}\nnocite: "@*"\n---\n'.encode(), capture_output=True, check=True,
        )  # fmt: skip
        text += f"# {heading}\n\n{done.stdout.decode()}\n"
    assert sorted(kind for _, kind in marks(text)) == sorted(
        ["editor-differs", "place-differs", "two-names", "capitals", "capitals", "monks", "address", "address"]
    )


def test_thai_is_sorted_as_in_the_dictionary() -> None:
    words = ["ก.พ.", "กา", "ก้า", "เกม", "แกง", "ขา", "เทศบาล", "นภา", "ไพร", "สำนักงาน ก.พ.", "สำนักงานพัฒนา"]
    assert sorted(words[::-1], key=sorting_key) == ["ก.พ.", "กา", "ก้า", "เกม", "แกง", *words[5:]]


def test_the_longest_run_that_rises() -> None:
    assert longest_rising([(1,), (5,), (2,), (3,), (3,), (9,)]) == {0, 2, 3, 4, 5}
    assert longest_rising([]) == set()
