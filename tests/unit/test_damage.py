"""Text that was damaged on its way, and what a workbook passes over: told as what it is, never where all is well."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from studies import docx_bytes, make_study

from thongthin.basics.damage import is_garbled, report_damage
from thongthin.basics.problems import Problems
from thongthin.basics.text import read_text
from thongthin.basics.yaml_source import load_yaml
from thongthin.commands.check import check_study
from thongthin.present.render.source import read_source
from thongthin.read.codebook import read_codebook
from thongthin.read.files.sheets import read_sheet
from thongthin.read.interviews.transcripts import read_transcript
from thongthin.read.references import read_references
from thongthin.read.survey.files import read_survey_file

THAI = "ภาษาไทยในเทศบาล เจ้าหน้าที่ใจดี\nเนตรนารี เธอ เนปาล เนื้อ เนย เนติ เธนศ ๑๒๓\n"


def read(path: Path, text: str) -> tuple[str | None, Problems]:
    path.write_text(text, encoding="utf-8", newline="")
    problems = Problems(file=path.name)
    return read_text(path, problems), problems


def as_cp874(text: str) -> str:
    """UTF-8 opened as Windows-874, whose empty places become what Windows makes of them."""
    return "".join(bytes([b]).decode("cp874", "ignore") or chr(b) for b in text.encode("utf-8"))


@pytest.mark.parametrize("spaces", [False, True])
def test_utf8_opened_as_thai_is_told_with_what_it_said(tmp_path: Path, spaces: bool) -> None:
    garbled = as_cp874("ภาษาไทย").replace("\x80", "€")
    garbled = garbled.replace("\u00a0", " ") if spaces else garbled
    text = re.sub("[\x81-\x9f]", "", "ok\n" + garbled + "\n")
    _, problems = read(tmp_path / "t.txt", text)
    (problem,) = problems
    assert (problem.kind, problem.row) == ("garbled", 2)
    assert "UTF-8 that was opened as Thai (Windows-874)" in problem.en and "าษา" in problem.en
    assert "Windows-874" in problem.th and problem.hint_th


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ภาษาไทย".encode().decode("latin-1"), "UTF-8 that was opened as Western"),
        ("เจ้าหน้าที่ใจดีมาก".encode("cp874").decode("latin-1"), "Thai (TIS-620 or Windows-874) that was opened as Western"),
        ("she said â€œnoâ€\x9d", "UTF-8 that was opened as Western"),
        ("caf\ufffd \ufffd\ufffd", "Characters could not be read"),
    ],
)
def test_other_ways_of_garbling(tmp_path: Path, text: str, said: str) -> None:
    _, problems = read(
        tmp_path / "t.txt", re.sub("[\x80-\x9f]", "", text) if "â€" not in text else text.replace("\x9d", "")
    )
    assert [p.kind for p in problems] in (["garbled"], ["lost-text"])
    assert said in problems.found[0].en


@pytest.mark.parametrize(
    "text",
    [
        THAI,
        THAI * 50,
        "Ça alors, à Ångström, naïve façade — “yes”, Ãgua\n",
        "Größe: ÄÖÜ äöü ß\n",
        "นโยบาย??? จริงหรือ\n",
        "a = b\n=======\n",
    ],
)
def test_sound_text_is_not_told(tmp_path: Path, text: str) -> None:
    found, problems = read(tmp_path / "t.txt", text)
    assert found == text and not problems.found and not problems.notices


def test_a_pasted_comment_among_much_is_a_notice(tmp_path: Path) -> None:
    text = THAI * 20 + "ภาษาไทย".encode().decode("latin-1").replace("\x80", "").replace("\x97", "") + "\n"
    found, problems = read(tmp_path / "t.txt", re.sub("[\x81-\x9f]", "", text))
    assert found and not problems.found and [n.kind for n in problems.notices] == ["garbled"]


@pytest.mark.parametrize("name", ["study.yml", "sites.csv", "interviews/P01.txt", "references.yml", "quotes.csv"])
def test_merge_marks_are_told_in_every_file_that_people_write(tmp_path: Path, name: str) -> None:
    folder = make_study(tmp_path)
    file = folder / name
    text = file.read_text(encoding="utf-8-sig")
    first, rest = text.split("\n", 1)
    file.write_text(f"{first}\n<<<<<<< HEAD\n{rest}=======\n{rest}>>>>>>> other\n", encoding="utf-8")
    problems = Problems()
    check_study(tmp_path, "small", problems)
    told = [p for p in problems if p.kind == "merge-marks"]
    assert [(p.file, p.row) for p in told] == [(f"data/raw/small/{name}", 2)]


def test_merge_marks_and_garbled_text_are_told_in_articles(tmp_path: Path) -> None:
    make_study(tmp_path)
    article = tmp_path / "report" / "small" / "article.en.qmd"
    article.write_text(
        article.read_text(encoding="utf-8") + "\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n", encoding="utf-8"
    )
    problems = Problems()
    check_study(tmp_path, "small", problems)
    assert ("merge-marks", "report/small/article.en.qmd") in [(p.kind, p.file) for p in problems]


@pytest.mark.parametrize("name", ["sites.csv", "study.yml", "interviews/P01.txt", "references.yml"])
def test_a_saved_web_page_is_told(tmp_path: Path, name: str) -> None:
    folder = make_study(tmp_path)
    (folder / name).write_text("\n<!DOCTYPE html>\n<html><body>Sign in</body></html>\n", encoding="utf-8")
    problems = Problems()
    check_study(tmp_path, "small", problems)
    assert [p.file for p in problems if p.kind == "web-page"] == [f"data/raw/small/{name}"]


def test_labels_that_became_question_marks_are_told(tmp_path: Path) -> None:
    path = tmp_path / "codebook.csv"
    path.write_text("code_id,label_th,label_en\na,????? ??,Trust\nb,???????,Fear\nc,?? (???),Hope\n", encoding="utf-8")
    problems = Problems(file="codebook.csv")
    read_codebook(path, None, problems)
    (problem,) = problems
    assert (problem.kind, problem.column, problem.row) == ("lost-text", "label_th", 2)
    assert "(rows 2-4)" in problem.en and "(แถว 2-4)" in problem.th
    path.write_text("code_id,label_th,label_en\na,ไว้ใจ,Trust?\nb,กลัว,What?? Why???\nc,หวัง,Hope\n", encoding="utf-8")
    problems = Problems(file="codebook.csv")
    read_codebook(path, None, problems)
    assert not problems.found and not problems.notices


def test_bibtex_is_named_as_what_it_is(tmp_path: Path) -> None:
    folder = make_study(tmp_path)
    (folder / "references.yml").rename(folder / "references.bib")
    problems = Problems()
    check_study(tmp_path, "small", problems)
    (problem,) = [p for p in problems if p.file.endswith("references.yml")]
    assert problem.en == 'This file is missing; "references.bib" is BibTeX, of which it can be made.'
    assert "import-references" in problem.hint_en and "references.bib small --write" in problem.hint_th


def test_a_table_that_is_a_folder_is_told_and_not_taken_for_absent(tmp_path: Path) -> None:
    folder = make_study(tmp_path)
    (folder / "quotes.csv").unlink()
    (folder / "quotes.xlsx").mkdir()
    problems = Problems()
    check_study(tmp_path, "small", problems)
    assert [p.en for p in problems][:1] == ['"quotes.xlsx" is a folder, not a file.']


# --- workbooks -------------------------------------------------------------------------------------------------------


def workbook(path: Path, cells: dict[str, object], change: tuple[str, str] | None = None) -> Path:
    book = openpyxl.Workbook()
    for place, value in cells.items():
        book.active[place] = value
    book.save(path)
    if change:
        with zipfile.ZipFile(path) as old:
            members = {name: old.read(name) for name in old.namelist()}
        sheet = "xl/worksheets/sheet1.xml"
        assert change[0].encode() in members[sheet]
        members[sheet] = members[sheet].replace(change[0].encode(), change[1].encode())
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for name, data in members.items():
                new.writestr(name, data)
    return path


@pytest.mark.parametrize("place", ["XFD1048576", "A1048576", "XFD1", "ZZ900000"])
def test_a_cell_far_outside_is_told_and_nothing_is_exhausted(tmp_path: Path, place: str) -> None:
    path = workbook(tmp_path / "t.xlsx", {"A1": "a", "B1": "b", "A2": "1", "B2": "2", place: "x"})
    problems = Problems(file="t.xlsx")
    frame, _ = read_sheet(path, problems)
    if place == "XFD1":  # that much can be read
        assert len(frame) == 1 and not problems.found
    else:
        (problem,) = problems
        assert problem.kind == "far-cell" and place in problem.en and "Ctrl+End" in problem.hint_th


def test_empty_cells_with_a_format_are_not_far(tmp_path: Path) -> None:
    cells: dict[str, object] = {"A1": "a", "B1": "b", "A2": "1", "B2": "2"}
    path = workbook(
        tmp_path / "t.xlsx", cells, ("</sheetData>", '<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>')
    )
    problems = Problems(file="t.xlsx")
    frame, _ = read_sheet(path, problems)
    assert not problems.found and frame.to_numpy().tolist() == [["1", "2"]]


def test_a_formula_without_value_is_told_and_one_with_a_value_is_not(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", {"A1": "a", "B1": "b", "A2": 1, "B2": "=A2+1", "A3": 2, "B3": "=A3+1"})
    problems = Problems(file="t.xlsx")
    frame, _ = read_sheet(path, problems)
    assert not problems.found and frame["b"].tolist() == ["", ""]
    assert [(n.kind, n.row, n.column) for n in problems.notices] == [("no-value", 2, "b"), ("no-value", 3, "b")]
    path = workbook(
        tmp_path / "t.xlsx",
        {"A1": "a", "B1": "b", "A2": 1, "B2": "=A2+1"},
        ("<f>A2+1</f><v></v>", "<f>A2+1</f><v>2</v>"),
    )
    problems = Problems(file="t.xlsx")
    assert read_sheet(path, problems)[0]["b"].tolist() == ["2"] and not problems.notices


# --- what cannot be seen, and what is too much -----------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["\u202e", "\x85", "\u2028", "\ufffe", "\x9f", "\uf70a"])
@pytest.mark.parametrize(
    "name", ["study.yml", "sites.csv", "interviews/P01.txt", "article.en.qmd", "interviews/P02.docx"]
)
def test_characters_that_are_no_letters_are_told_wherever_they_stand(tmp_path: Path, sign: str, name: str) -> None:
    path = tmp_path / Path(name).name
    text = f"{THAI}site_id: a{sign}b\n"
    problems = Problems(file=path.name)
    if path.suffix == ".docx":
        path.write_bytes(docx_bytes(text.replace("\ufffe", "\u202e").replace("\u2028", "\u202e")))
        read_transcript(path, problems)
    else:
        path.write_text(text, encoding="utf-8")
        assert read_text(path, problems) == text
    (notice,) = problems.notices
    assert not problems.found
    assert (notice.kind, notice.row) == ("unseen-character", 3)
    assert "U+" in notice.en and "U+" in notice.th and notice.hint_th


@pytest.mark.parametrize(("times", "told"), [(60, None), (300, "notice"), (1 << 20, "problem")])
@pytest.mark.parametrize("letter", ["ก", "x"])
def test_a_letter_that_is_repeated_without_end_is_told(
    tmp_path: Path, letter: str, times: int, told: str | None
) -> None:
    _, problems = read(tmp_path / "t.txt", f"{THAI}a ก{letter * times} b{'-' * 500}\n")
    found = problems.found if told == "problem" else problems.notices
    assert [(own.kind, own.row) for own in found] == ([("repeated-letter", 3)] if told else [])
    assert len(problems.found) + len(problems.notices) == bool(told)
    if told:
        assert f"{times:,}" in found[0].en or f"{times + 1:,}" in found[0].en


def test_a_cell_or_text_longer_than_any_is_told(tmp_path: Path) -> None:
    path = tmp_path / "codebook.csv"
    path.write_text(f"code_id,label_th,label_en\na,{'ยาว ' * 10_000},Long\n", encoding="utf-8")
    problems = Problems(file="codebook.csv")
    read_codebook(path, None, problems)
    assert [(p.kind, p.row, p.column) for p in problems] == [("long-cell", 2, "label_th")]
    path = tmp_path / "study.yml"
    path.write_text(f"a: 1\ntitle:\n  th: {'ยาว ' * 10_000}\n", encoding="utf-8")
    problems = Problems(file="study.yml")
    load_yaml(path, problems)
    assert [(p.kind, p.row, p.column) for p in problems] == [("long-text", 3, "title.th")]


def test_a_failed_formula_within_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,Staff welcome #REF!\n2,#1 of all\n", encoding="utf-8")
    problems = Problems(file="t.csv")
    read_sheet(path, problems)
    assert not problems.found
    assert [(n.kind, n.row, n.column) for n in problems.notices] == [("formula-error", 2, "b")]


@pytest.mark.parametrize("key", ["volume", "issue", "page"])
def test_a_number_of_a_work_that_became_a_date_is_told(tmp_path: Path, key: str) -> None:
    folder = make_study(tmp_path)
    file = folder / "references.yml"
    text = re.sub(
        rf"^  {key}: .*$", f"  {key}: 2023-03-15", file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE
    )
    file.write_text(text, encoding="utf-8")
    problems = Problems(file="references.yml")
    read_references(file, problems)
    (problem,) = problems
    assert "is a date" in problem.en and "เป็นวันที่" in problem.th and problem.hint_th


def test_sara_am_of_an_article_is_that_of_the_tables(tmp_path: Path) -> None:
    article = tmp_path / "article.th.qmd"
    article.write_text("---\nlang: th\n---\n\n# นํ้า\u00a0ทํา\u200bงาน\ufeff\n", encoding="utf-8")
    assert read_source(article, (), tmp_path).text.endswith("# น้ำ\u00a0ทำ\u200bงาน\n")


# --- forms and codebooks of tools ------------------------------------------------------------------------------------

SURVEYS = Path(__file__).parents[1] / "data" / "surveys"
TAGUETTE = Path(__file__).parents[1] / "data" / "taguette-1.5.2.zip"


@pytest.mark.parametrize("named", [True, False])
def test_a_form_of_limesurvey_that_was_garbled_or_lost_entries_is_told(tmp_path: Path, named: bool) -> None:
    form, answers = tmp_path / "library.lss", tmp_path / "library.csv"
    answers.write_bytes((SURVEYS / "library.csv").read_bytes())
    whole = (SURVEYS / "library.lss").read_text(encoding="utf-8")
    lacking = re.sub(r"<code><!\[CDATA\[A1\]\]></code>", "", whole, count=1)
    for text, problem, notice in (
        (whole, None, None),
        (whole.replace("พึงพอใจอย่างยิ่ง", as_cp874("พึงพอใจอย่างยิ่ง")), None, "damaged-text"),
        (whole.replace("พึงพอใจอย่างยิ่ง", "????????????????"), None, "damaged-text"),
        (lacking, "damaged-form", None),
        (whole.replace("<aid><![CDATA[10]]></aid>", "<aid>”<![CDATA[10]]></aid>", 1), "damaged-form", None),
    ):
        form.write_text(text, encoding="utf-8")
        problems = Problems(file="survey/library.csv")
        read_survey_file(answers, problems, form=form if named else None)
        assert [own.kind for own in problems] == ([problem] if problem else [])
        assert ("damaged-text" in [own.kind for own in problems.notices]) == (notice == "damaged-text")
        if problem:
            (told,) = problems
            assert told.file.endswith("library.lss")
            assert 'its table "answers"' in told.en and "(row " in told.en and told.hint_th


def taguette_codebook(folder: Path, suffix: str) -> Path:
    with zipfile.ZipFile(TAGUETTE) as archive:
        return Path(archive.extract(f"codebook.{suffix}", folder))


@pytest.mark.parametrize("suffix", ["html", "csv"])
def test_lost_letters_beside_others_in_a_codebook_are_told(tmp_path: Path, suffix: str) -> None:
    path = taguette_codebook(tmp_path, suffix)
    path.write_bytes(path.read_text(encoding="utf-8").encode("ascii", "replace"))
    problems = Problems(file=path.name)
    read_codebook(path, None, problems)
    assert {(own.kind, own.column) for own in problems} == {("lost-text", "description")}


def test_a_sign_within_a_name_of_an_exchanged_codebook_is_told(tmp_path: Path) -> None:
    path = taguette_codebook(tmp_path, "qdc")
    path.write_text(path.read_text(encoding="utf-8").replace('"Budget"', '"Bud\u0085get"'), encoding="utf-8")
    problems = Problems(file=path.name)
    read_codebook(path, None, problems)
    assert "unseen-character" in [own.kind for own in problems.notices]


def test_a_character_that_nobody_has_is_told_and_an_emoji_is_none() -> None:
    problems = Problems(file="a.txt")
    report_damage("งบไม่พอ 👍🏽\nใช้\ud7ffงบ\n", Path("a.txt"), problems)
    (notice,) = problems.notices
    assert (notice.kind, notice.row) == ("unseen-character", 2)
    assert "U+D7FF (1 in all)" in notice.en
    assert not is_garbled("งบ 👍🏽") and is_garbled("งบ\u0e3b")


def test_a_heading_that_was_lost_is_told(tmp_path: Path) -> None:
    path = taguette_codebook(tmp_path, "html")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("<h2>Attitude</h2>", ""), encoding="utf-8")
    problems = Problems(file=path.name)
    assert read_codebook(path, None, problems).empty
    assert [own.kind for own in problems] == ["unknown-codebook"]
