from __future__ import annotations

from html import escape
from pathlib import Path

import openpyxl
import pytest

from thongthin.basics.problems import Problems
from thongthin.read.coding.model import CodedFile
from thongthin.read.coding.tables import read_coding_table
from thongthin.read.coding.taguette_exports import read_taguette_page

HIGHLIGHTS = [
    ("1", "P01.docx", ["skills", "budget, yearly"], "น้ำใส 👍🏽 ทำได้"),
    ("2", "P02.docx", [], "ไม่ได้ให้แท็ก"),
    ("5", "P01.docx", ["a.b"], "=SUM(A1) & <เร็ว>"),
]
ROWS = [[id_, document, tag, content] for id_, document, tags, content in HIGHLIGHTS for tag in tags or [""]]


def page(highlights: list[tuple[str, str, list[str]]], labels: tuple[str, str] = ("Document:", "Tags:")) -> str:
    """As Taguette's template writes it: snippet (HTML), document, tags."""
    blocks = [
        f"\n    {snippet}\n    <p>\n      <strong>{labels[0]}</strong> {escape(document)}\n"
        f"      <strong>{labels[1]}</strong>{','.join(f'{chr(10)}        {escape(tag)}' for tag in tags)}\n    </p>"
        for snippet, document, tags in highlights
    ]
    title = "Taguette highlights"
    return (
        f'<!DOCTYPE html>\n<html>\n  <head>\n    <meta charset="UTF-8">\n    <title>{title}</title>\n    <style>\n'
        f"      h1 {{\n        margin-bottom: 1em;\n      }}\n    </style>\n  </head>\n  <body>\n    <h1>{title}</h1>\n"
        + "\n    <hr>\n".join(blocks)
        + "\n  </body>\n</html>"
    )


def read(path: Path, coder: str | None = None, known: tuple[str, ...] = ()) -> tuple[CodedFile | None, Problems]:
    problems = Problems()
    here = problems.at(f"coding/{path.name}")
    if path.suffix == ".html":
        return read_taguette_page(path, here, coder, known), problems
    return read_coding_table(path, here, coder, known), problems


def seen(file: CodedFile) -> list[tuple[object, ...]]:
    return [(s.source, s.start, s.codes, s.quoted, s.judged) for s in file.selections]


EXPECTED = [(document, None, tuple(tags), content, True) for _, document, tags, content in HIGHLIGHTS]


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "html"])
def test_the_three_exports_say_the_same(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"all_tags.{suffix}"
    if suffix == "csv":
        quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in ROWS]
        path.write_text("\r\n".join(["id,document,tag,content", *quoted]), encoding="utf-8")
    elif suffix == "xlsx":
        book = openpyxl.Workbook()
        book.worksheets[0].append(["id", "document", "tag", "content"])
        for row in ROWS:
            book.worksheets[0].append(row)
            book.worksheets[0].cell(book.worksheets[0].max_row, 4).data_type = "s"
        book.save(path)
    else:
        path.write_text(page([(f"<p>{escape(c)}</p>", d, t) for _, d, t, c in HIGHLIGHTS]), encoding="utf-8")
    file, problems = read(path, coder="SK")
    assert not problems.found
    assert file is not None
    assert seen(file) == EXPECTED
    assert (file.format, file.tool, file.units) == ("taguette", "Taguette", ())
    assert [source.name for source in file.sources] == ["P01.docx", "P02.docx"]
    assert [(code.id, code.parent) for code in file.codes] == [("skills", ""), ("budget, yearly", ""), ("a.b", "")]
    assert {s.coder for s in file.selections} == {"SK"}


def test_a_page_in_another_language_with_marks_in_the_highlights(tmp_path: Path) -> None:
    path = tmp_path / "all.html"
    snippets = [
        ("<h1>หัวข้อ</h1><p>น้ำ<strong>ใส</strong><br>ดี</p><ul><li>หนึ่ง</li><li>สอง</li></ul>", "P01", ["x"]),
        ("ไม่มีย่อหน้า <em>เอียง</em>", "P01", []),
        ("<p><strong>a:</strong> 1 <strong>b:</strong> 2</p>", "P02", ["x", "y"]),
    ]
    path.write_text(page(snippets, ("Document :", "Étiquettes :")), encoding="utf-8")
    file, problems = read(path)
    assert not problems.found
    assert file is not None
    assert [(s.source, s.codes, s.quoted) for s in file.selections] == [
        ("P01", ("x",), "หัวข้อ\nน้ำใส\nดี\nหนึ่ง\nสอง"),
        ("P01", (), "ไม่มีย่อหน้า เอียง"),
        ("P02", ("x", "y"), "a: 1 b: 2"),
    ]
    assert [s.coder for s in file.selections] == ["", "", ""]


def test_tags_on_one_line_are_parted_where_they_are_known(tmp_path: Path) -> None:
    path = tmp_path / "all.html"
    text = "<p>ก</p><p><strong>Document:</strong> P01 <strong>Tags:</strong> budget, yearly, skills</p></html>"
    path.write_text(text, encoding="utf-8")
    file, _ = read(path, known=("skills", "budget, yearly"))
    assert file is not None
    assert file.selections[0].codes == ("budget, yearly", "skills")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html><body><h1>Something</h1><p>else</p></body></html>",
        page([]),
        page([("<p>ก</p>", "P01", ["x"])]).replace("<hr>", "") + "<hr><p>no details</p>",
        page([("<p>ก</p>", "P01", ["x"])])[:-120],
    ],
)
def test_a_page_that_is_no_export_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "all.html"
    path.write_text(text, encoding="utf-8")
    file, problems = read(path)
    assert file is None
    assert [p.kind for p in problems] == ["unknown-page"]
    assert problems.found[0].hint_th


def test_a_paragraph_that_nothing_closes_is_told(tmp_path: Path) -> None:
    path = tmp_path / "all.html"
    text = page([(f"<p>{letter}</p>", "P01", ["x"]) for letter in "กขค"])
    path.write_text(text, encoding="utf-8")
    assert read(path)[1].notices == []
    path.write_text(text.replace("<p>ข</p>", "<p>ข"), encoding="utf-8")
    (notice,) = read(path)[1].notices
    assert (notice.kind, notice.row) == ("unclosed-paragraph", text[: text.index("<p>ข")].count("\n") + 1)


def test_a_page_that_was_cut_between_two_highlights_is_told(tmp_path: Path) -> None:
    path = tmp_path / "all.html"
    text = page([(f"<p>{letter}</p>", "P01", ["x"]) for letter in "กขค"])
    path.write_text(text[: text.rindex("<hr>")], encoding="utf-8")
    file, problems = read(path)
    assert file is None
    (problem,) = problems
    assert (problem.kind, problem.row) == ("cut-short", text[: text.rindex("<hr>")].rstrip().count("\n") + 1)
    assert "</html>" in problem.en and problem.hint_en and problem.hint_th


def test_a_damaged_label_is_told_since_the_tags_behind_it_are_lost(tmp_path: Path) -> None:
    path = tmp_path / "all.html"
    text = page([("<p>ก</p>", "P01", ["x"]), ("<p>ข</p>", "P01", ["y"]), ("<p>ค</p>", "P01", ["z"])])
    at = text.index("Tags:", text.index("Tags:") + 1)
    path.write_text(text[:at] + "Tags:true y" + text[at + 5 :], encoding="utf-8")
    _, problems = read(path)
    assert [p.kind for p in problems] == ["damaged-labels"]
    assert problems.found[0].en == 'Highlight 2 has "Document: Tags:true y" where others have "Document: Tags:".'


def test_scripts_on_a_page_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "all.html"
    text = page([("<p>ก</p><script>alert('<p>x</p>')</script><style>p{}</style>", "P01", ["<img src=x>"])])
    path.write_text(text, encoding="utf-8")
    file, problems = read(path)
    assert not problems.found
    assert file is not None
    assert seen(file) == [("P01", None, ("<img src=x>",), "ก", True)]


def test_highlights_that_are_not_as_they_should_be(tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    path.write_text("id,document,tag,content\n1,P01,a,ก\n1,P01,b,ข\n2,,a,ค\n3,P01,a,\n", encoding="utf-8")
    _, problems = read(path)
    assert [(p.kind, p.row, p.column) for p in problems] == [
        ("double-highlight", 3, "id"),
        ("empty-cell", 4, "document"),
        ("empty-cell", 5, "content"),
    ]
    path.write_text("id,document,tag,content\n", encoding="utf-8")
    assert [p.kind for p in read(path)[1]] == ["no-rows"]
