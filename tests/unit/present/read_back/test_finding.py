"""Numbers of a text are found where they stand in a document, and nowhere else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import typst
from documents import blocks_of
from readers_of_pdf import poppler_pages, pypdf_pages

from thongthin.present.read_back.documents import PAGE_END, Text, pdf_pages, text_of
from thongthin.present.read_back.report import Read, read_document, told
from thongthin.present.read_back.tested import p_of

TEXT = """\
---
lang: en
---

The mean rose from {{< value m.before >}} to {{< value m.after >}} (*z*\\ =\\ {{< value t.all.z >}}, *p*\\
{{< value t.all.p >}}), see @tbl-n; {{< value n >}} of 12 “agreed”[^1] [@a2021].

[^1]: Of these {{< value share >}} said so twice.

::: {#tbl-n}
| Site | n |
|:-----|--:|
| **Ban Non** with a long name | {{< value n >}} |
| Ban Na | −3 |

Numbers
:::
"""
READS = {
    "m.before": "3.57",
    "m.after": "3.72",
    "t.all.z": "−2.10",
    "t.all.p": "= .036",
    "n": "4",
    "share": "ร้อยละ 33.3",
}
PRINTED = (
    "The mean rose from 3.57 to 3.72 (z = −2.10, p = .036), see Table 1; 4 of 12 “agreed”1 (Akson, 2021)."
    " Table 1 Numbers Site n Ban Non with a long name 4 Ban Na −3 1 Of these ร้อยละ 33.3 said so twice."
)


def faults(printed: str, text: str = TEXT, reads: dict[str, str] = READS) -> list[str]:
    read = Read.of(blocks_of(text), reads)
    return [fault.en for fault in [*read_document(read, Text.of(printed), "pdf"), *read.disagreements]]


def test_what_is_printed_is_found() -> None:
    read = Read.of(blocks_of(TEXT), READS)
    assert (read.values, len(read.rows)) == (7, 3)
    assert faults(PRINTED) == []


@pytest.mark.parametrize(
    ("right", "wrong", "key"),
    [
        ("3.57", "3.75", "m.before"),
        ("3.72", "3.7", "m.after"),
        ("3.72", "3.721", "m.after"),
        ("−2.10", "2.10", "t.all.z"),
        ("p = .036", "p 5 .036", "t.all.p"),
        ("; 4 of", "; 14 of", "n"),
        ("; 4 of", "; 4.5 of", "n"),
        ("; 4 of", "; of", "n"),
        ("ร้อยละ 33.3 said", "33.3 said", "share"),
        ("3.57 to 3.72", "3.72 to 3.57", "m.before"),
    ],
)
def test_another_number_in_the_sentence_is_told(right: str, wrong: str, key: str) -> None:
    assert right in PRINTED
    (first, *_) = faults(PRINTED.replace(right, wrong, 1))
    assert first.startswith(f'PDF: {key} ("{READS[key]}") is not read in its sentence: "')


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("Ban Na −3", "Ban Na 3"), ("long name 4 Ban", "long name 5 Ban"), ("Ban Na −3", "")],
)
def test_another_row_of_a_table_is_told(right: str, wrong: str) -> None:
    assert any("this row of a table is not read" in fault for fault in faults(PRINTED.replace(right, wrong, 1)))


def test_the_same_number_elsewhere_is_not_enough() -> None:
    elsewhere = PRINTED.replace("to 3.72", "to 3.99") + " The mean was 3.72 then."
    assert [fault.split(" ")[1] for fault in faults(elsewhere)] == ["m.after"]


def test_a_sentence_may_go_on_on_the_next_page() -> None:
    furniture = f"{PAGE_END}2568 Simulated data · ข้อมูลจำลอง "
    for cut in ("rose from ", " to 3.72", "see Table 1; ", "= .036"):
        place = PRINTED.index(cut) + (0 if cut.startswith(" ") else len(cut))
        assert faults(f"{PRINTED[:place]} {furniture}{PRINTED[place:]}") == [], cut


def test_a_figure_may_come_between_the_words_and_their_number() -> None:
    place = PRINTED.index("3.72")
    assert faults(f"{PRINTED[:place]} Table 9\nAll 66 170\n{PRINTED[place:]}") == []
    assert faults(f"{PRINTED[:place]} Table 9\nAll 66 170{PRINTED[place:]}") != [], "one number"


def test_a_row_may_go_on_on_the_next_page() -> None:
    long = TEXT.replace("a long name", "a name that is long enough for two pages")
    printed = PRINTED.replace("a long name 4", "a name that is long enough 4 3 Site n for two pages")
    assert faults(printed, long) == []


def test_what_is_told_says_where_in_both_languages() -> None:
    read = Read.of(blocks_of(TEXT), READS)
    (fault,) = read_document(read, Text.of(PRINTED.replace("3.72", "3.27")), "html")
    assert fault.en.startswith(
        'HTML: m.after ("3.72") is not read in its sentence: "The mean rose from 3.57 to 3.72 (z'
    )
    assert fault.th.startswith('HTML: อ่านไม่พบ m.after ("3.72") ในประโยค "The mean rose')
    assert len(told([fault] * 30)) == 21
    assert told([fault] * 30)[-1].en == "  ... and 10 more."


# --- the files themselves -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pages_of", [pdf_pages, poppler_pages, pypdf_pages])
def test_every_reader_of_pdf_reads_the_numbers(tmp_path: Path, pages_of: Callable[[bytes], list[str]]) -> None:
    body = PRINTED.replace("; 4 of", "; #pagebreak() 4 of").replace("@", "\\@")
    source = '#set page(height: 8cm, numbering: "1")\n#set text(lang: "en")\n' + body
    document = typst.compile(source.encode())
    read = Read.of(blocks_of(TEXT.replace("ร้อยละ ", "")), {**READS, "share": "33.3"})
    text = text_of(document, "pdf", pages_of(document))
    assert not [fault.en for fault in read_document(read, text, "pdf") if "share" not in fault.en]


def test_a_page_of_the_web_and_a_word_file_are_read() -> None:
    page = (
        "<html><head><title>9</title><style>p { width: 3.72em }</style></head><body><p>from <em>3</em>.57&nbsp;to "
        '<a href="x3.72">3.72</a><sup>1</sup></p><math><mi>x</mi><annotation>7</annotation></math></body></html>'
    )
    assert text_of(page.encode(), "html").text == "from3.57to3.721x"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        words = "<w:t>3.57 </w:t><w:instrText>9</w:instrText><w:t xml:space='preserve'>&lt; .001</w:t>"
        archive.writestr("word/document.xml", f"<w:p>{words}</w:p>")
        archive.writestr("word/footnotes.xml", "<w:t>note</w:t>")
        archive.writestr("word/styles.xml", "<w:t>no text</w:t>")
    assert text_of(file.getvalue(), "docx").text == "3.57<.001note"


# --- statistics and their p -----------------------------------------------------------------------------------------

TESTED = "*z*\\ =\\ {{< value a.x.z >}}, *p*\\ {{< value %s.p >}}.\n"


def test_a_p_of_another_row_is_told() -> None:
    reads = {"a.x.z": "2.10", "a.x.p": "= .036", "a.y.p": "= .036"}
    assert faults("z = 2.10, p = .036.", TESTED % "a.x", reads) == []
    assert faults("z = 2.10, p = .036.", TESTED % "a.y", reads) == [
        '"z = 2.10, p = .036": a.y.p is not of the row of a.x.z.'
    ]


@pytest.mark.parametrize(
    ("said", "agrees"),
    [
        # Textbook values of the tables of each distribution: z 1.96, t(10) 2.228, F(2, 10) 4.10, chi-square(2) 5.99.
        ("*z*\\ =\\ 1.96, *p*\\ =\\ .050", True),
        ("*z*\\ =\\ 1.96, *p*\\ =\\ .02", False),
        ("*t*(10)\\ =\\ −2.228, *p*\\ =\\ .050", True),
        ("*t*(10)\\ =\\ 2.228, *p*\\ <\\ .001", False),
        ("*F*(2, 10)\\ =\\ 4.10, *p*\\ =\\ .05", True),
        ("*F*(2, 10)\\ =\\ 4.10, *p*\\ =\\ .50", False),
        ("χ^2^(2, *N*\\ =\\ 40)\\ =\\ 5.99, *p*\\ =\\ .050", True),
        ("χ^2^(2)\\ =\\ 5.99, *p*\\ >\\ .10", False),
        ("*H*(2)\\ =\\ 13.82, *p*\\ =\\ .001", True),
        ("*r*(8)\\ =\\ .632, *p*\\ =\\ .050", True),
        ("*r*(8)\\ =\\ .632, *p*\\ =\\ .80", False),
        ("*z*\\ =\\ 1.96, Holm-adjusted *p*\\ =\\ .15", True),
    ],
)
def test_a_typed_p_agrees_with_its_statistic(said: str, agrees: bool) -> None:
    read = Read.of(blocks_of(f"In {{{{< value n >}}}} cases {said}.\n"), {"n": "40"})
    assert (not read.disagreements) == agrees
    for fault in read.disagreements:
        assert "p would be from " in fault.en
        assert "p ควรอยู่ระหว่าง " in fault.th


def test_the_range_of_p_is_that_of_rounding() -> None:
    low, high = p_of("z", "", "1.96") or (0, 0)
    assert low == pytest.approx(0.0494, abs=2e-4) and high == pytest.approx(0.0506, abs=2e-4)
    assert p_of("r", "", ".5") is None
    assert p_of("F", "2", "3.1") is None
