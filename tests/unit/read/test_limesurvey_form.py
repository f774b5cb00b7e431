"""The structure of a LimeSurvey survey (.lss): of LimeSurvey 3 and 6, in two languages, and made by a stranger."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from studies import STUDY, csv_text

from thongthin.basics.problems import Problems
from thongthin.commands.describe_survey import main
from thongthin.contract.study import Study
from thongthin.read.files import archive
from thongthin.read.survey.files import SurveyColumn, SurveyFile, read_survey_file
from thongthin.read.survey.files.limesurvey_form import plain, read_structure
from thongthin.read.survey.items import read_items
from thongthin.read.survey.responses import responses_of

# Code, type, other, texts (English, Thai), rows, answers.
ROWS = {"a": ("Fast", "รวดเร็ว"), "b": ("Easy", "ง่าย")}
AGREE = {"A1": ("Disagree", "ไม่เห็นด้วย"), "A2": ("Undecided", "ไม่แน่ใจ"), "A3": ("Agree", "เห็นด้วย")}
JOBS = {"10": ("Farmer", "เกษตรกร"), "2": ("Trader", "ค้าขาย")}
QUESTIONS: list[tuple[str, str, str, tuple[str, str], dict[str, Any], dict[str, Any]]] = [
    ("views", "F", "N", ("<p>What do you <b>think</b>?</p>", "ท่าน<br/>คิดอย่างไร"), ROWS, AGREE),
    ("uses", "M", "Y", ("Uses", "การใช้"), {"x": ("Tax &amp; fees", "ภาษี"), "y": ("Waste", "ขยะ")}, {}),
    ("job", "L", "Y", ("Job", "อาชีพ"), {}, JOBS),
    ("sex", "G", "N", ("Sex", "เพศ"), {}, {}),
    ("both", "1", "N", ("Twice", "สองครั้ง"), {"r": ("Row", "แถว")}, AGREE),
    ("why", "T", "N", ("Why?", "เพราะอะไร"), {}, {}),
]
LANGUAGES = ("en", "th")


def row(**cells: object) -> str:
    return "<row>" + "".join(f"<{name}><![CDATA[{cell}]]></{name}>" for name, cell in cells.items()) + "</row>\n"


def table(name: str, rows: list[str]) -> str:
    return f"<{name}><fields><fieldname>qid</fieldname></fields><rows>\n{''.join(rows)}</rows></{name}>\n"


def structure(version: int) -> str:
    """The .lss of these questions, as LimeSurvey 3 (texts beside the questions) or 6 (texts in tables) writes it."""
    tables: dict[str, list[str]] = {}
    qid = aid = 0

    def add(name: str, **cells: object) -> None:
        tables.setdefault(name, []).append(row(**cells))

    def texts(name: str, of: tuple[str, str], column: str, key: dict[str, object], **cells: object) -> None:
        if version == 3:
            for language, text in zip(LANGUAGES, of, strict=True):
                add(name, **key, **cells, **{column: text, "language": language})
            return
        add(name, **key, **cells)
        for language, text in zip(LANGUAGES, of, strict=True):
            add({"question": "question_l10ns", "answer": "answer_l10ns"}[column], **key, **{column: text},
                language=f"{language}-informal" if language == "en" else language)  # fmt: skip

    for place, (code, type_, other, said, rows, answers) in enumerate(reversed(QUESTIONS)):
        qid += 1
        own = qid
        texts("questions", said, "question", {"qid": own}, parent_qid=0, type=type_, title=code, other=other,
              question_order=len(QUESTIONS) - place)  # fmt: skip
        for order, (sub, said_) in enumerate(rows.items()):
            qid += 1
            texts("subquestions", said_, "question", {"qid": qid}, parent_qid=own, type="T", title=sub,
                  question_order=order)  # fmt: skip
        for order, (answer, said_) in reversed(list(enumerate(answers.items()))):
            aid += 1
            key: dict[str, object] = {"aid": aid} if version != 3 else {}
            texts("answers", said_, "answer", key, **{"qid": own, "code": answer, "sortorder": order, "scale_id": 0})
    inner = "".join(table(name, rows) for name, rows in tables.items())
    head = f"<LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>{version}00</DBVersion>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<document>\n{head}\n{inner}</document>\n'


CODES = ["id", "submitdate", "lastpage", "startlanguage", "views[a]", "views[b]", "uses[x]", "uses[y]", "uses[other]",
         "job", "job[other]", "sex", "both[r][1]", "why"]  # fmt: skip
IN_CODES = [
    ["1", "2023-03-15 21:05:12", "3", "th", "A1", "A3", "Y", "", "", "10", "", "F", "A1", "x"],
    ["2", "2023-03-15 21:06:12", "3", "en", "A2", "", "N", "N", "roads", "-oth-", "monk", "M", "A2", ""],
    ["3", "2023-03-15 21:07:12", "3", "en", "A3", "A3", "", "Y", "", "2", "", "", "", ""],
]
IN_WORDS = [
    [*IN_CODES[0][:4], "Disagree", "เห็นด้วย", "Yes", "No", "", "เกษตรกร", "", "หญิง", "Disagree", "x"],
    [*IN_CODES[1][:4], "ไม่แน่ใจ", "", "No", "No", "roads", "Other", "monk", "Male", "Undecided", ""],
    [*IN_CODES[2][:4], "Agree", "Agree", "No", "Yes", "", "Trader", "", "", "", ""],
]


def write(folder: Path, rows: list[list[str]], version: int | None = None, header: list[str] = CODES) -> Path:
    path = folder / "results.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
    if version:
        (folder / "survey.lss").write_text(structure(version), encoding="utf-8")
    return path


def read(path: Path, **settings: Any) -> tuple[SurveyFile, Problems]:
    problems = Problems()
    file = read_survey_file(path, problems.at(path.name), **settings)
    assert not problems.found, [str(problem) for problem in problems]
    assert file is not None
    return file, problems


def column(file: SurveyFile, header: str) -> SurveyColumn:
    return next(column for column in file.columns if column.header == header)


@pytest.mark.parametrize("version", [3, 6])
def test_questions_rows_and_answers_in_both_languages(tmp_path: Path, version: int) -> None:
    (tmp_path / "s.lss").write_text(structure(version), encoding="utf-8")
    problems = Problems()
    form = read_structure(tmp_path / "s.lss", problems.at("s.lss"))
    assert form is not None and not problems.found
    assert set(form) == {code for code, *_ in QUESTIONS}
    assert form["views"].texts == {"en": "What do you think?", "th": "ท่าน คิดอย่างไร"}
    assert form["views"].rows == {code: dict(zip(LANGUAGES, said, strict=True)) for code, said in ROWS.items()}
    assert list(form["views"].answers) == ["A1", "A2", "A3"]
    assert form["views"].answers["A3"] == {"en": "Agree", "th": "เห็นด้วย"}
    assert form["uses"].rows["x"]["en"] == "Tax & fees"
    assert list(form["job"].answers) == ["10", "2", "-oth-"]  # as LimeSurvey shows them
    assert form["sex"].answers["F"] == {"th": "หญิง", "en": "Female"}
    assert not form["both"].answers


@pytest.mark.parametrize("version", [3, 6])
@pytest.mark.parametrize("rows", [IN_CODES, IN_WORDS])
def test_an_export_is_labelled_by_the_structure_beside_it(tmp_path: Path, version: int, rows: list[list[str]]) -> None:
    file, problems = read(write(tmp_path, rows, version))
    assert file.format == "limesurvey"
    assert problems.notices[0].en == 'Questions and choices are taken from the form "survey.lss".'
    frame = file.frame
    assert list(frame["views[a]"]) == ["A1", "A2", "A3"]
    assert list(frame["views[b]"]) == ["A3", "", "A3"]
    assert list(frame["job"]) == ["10", "-oth-", "2"]
    assert list(frame["sex"]) == ["F", "M", ""]
    assert frame[["uses[x]", "uses[y]"]].to_numpy().tolist() == [["1", "0"], ["0", "0"], ["0", "1"]]
    assert list(frame["uses[other]"]) == ["0", "1", "0"]
    assert list(frame["uses[other] (text)"]) == ["", "roads", ""]
    fast, tax, job = column(file, "views[a]"), column(file, "uses[x]"), column(file, "job")
    assert (fast.text, fast.group, fast.kind) == ("รวดเร็ว", "ท่าน คิดอย่างไร", "select_one")
    assert fast.values == {"A1": "ไม่เห็นด้วย", "A2": "ไม่แน่ใจ", "A3": "เห็นด้วย"}
    assert fast.labels["en"] == {"A1": "Disagree", "A2": "Undecided", "A3": "Agree"}
    assert (tax.choice_of, tax.text, tax.texts) == ("uses", "ภาษี", {"en": "Tax & fees", "th": "ภาษี"})
    assert column(file, "uses[other]").choice_of == "uses"
    assert job.labels["en"] == {"10": "Farmer", "2": "Trader", "-oth-": "Other"}
    assert column(file, "job[other]").values == {}
    assert column(file, "both[r][1]").values == {}
    assert column(file, "why").text == "เพราะอะไร"


def test_headers_may_be_the_questions_in_either_language(tmp_path: Path) -> None:
    header = ["Response ID", "Date submitted", "Last page", "Start language", "What do you think ? [Fast]",
              "ท่าน คิดอย่างไร [ง่าย]", "Uses [Tax & fees]", "Uses [Waste]", "Uses [Other]", "Job", "Job [Other]", "เพศ",
              "Twice [Row][Scale 1]", "Why?"]  # fmt: skip
    file, _ = read(write(tmp_path, IN_WORDS, 6, header))
    assert list(file.frame["What do you think ? [Fast]"]) == ["A1", "A2", "A3"]
    assert column(file, "เพศ").labels["en"] == {"F": "Female", "M": "Male"}
    assert column(file, "Uses [Waste]").text == "ขยะ"
    assert file.frame["Uses [Waste]"].tolist() == ["0", "0", "1"]  # who says No to all answered, too


def test_a_form_that_is_named_and_asks_for_little_or_nothing_of_the_survey_is_told(tmp_path: Path) -> None:
    path, named = write(tmp_path, IN_CODES), tmp_path / "elsewhere.lss"
    whole = structure(6)
    named.write_text(whole.encode().decode("cp874", "replace"), encoding="utf-8")
    assert column(read(path, form=named)[0], "views[a]").values  # codes are headers whatever became of the texts
    for old in ("views", "uses", "job", "sex", "both", "Uses", "Job", "Sex"):  # codes, and texts that read like one
        whole = whole.replace(f"<![CDATA[{old}]]>", f"<![CDATA[other {old}]]>")
    named.write_text(whole, encoding="utf-8")
    _, problems = read(path, form=named)
    (notice,) = (own for own in problems.notices if own.kind == "other-form")
    assert "Few questions of this form stand in" in notice.en and "เพียง" in notice.th
    named.write_text(whole.replace("<![CDATA[why]]>", "<![CDATA[because]]>"), encoding="utf-8")
    problems = Problems()
    read_survey_file(path, problems.at(f"survey/{path.name}"), form=named)
    (problem,) = problems
    assert (problem.kind, problem.file) == ("other-form", "survey/elsewhere.lss")
    assert f'No question of this form stands in "{path.name}".' in problem.en


def test_the_form_may_be_named_and_must_be_where_several_fit(tmp_path: Path) -> None:
    path = write(tmp_path, IN_CODES)
    assert column(read(path)[0], "views[a]").values == {}
    (tmp_path / "elsewhere").mkdir()
    named = tmp_path / "elsewhere" / "mine.lss"
    named.write_text(structure(6), encoding="utf-8")
    assert column(read(path, form=named)[0], "views[a]").values["A3"] == "เห็นด้วย"
    for name in ("one.lss", "two.lss"):
        (tmp_path / name).write_text(structure(6), encoding="utf-8")
    problems = Problems()
    assert read_survey_file(path, problems.at(path.name)) is None
    assert problems.found[0].en.startswith('Several forms beside this file fit its columns: "one.lss", "two.lss".')


def test_a_structure_of_another_survey_is_left_alone(tmp_path: Path) -> None:
    path = write(tmp_path, IN_CODES)
    (tmp_path / "other.lss").write_text(structure(6).replace("CDATA[views", "CDATA[x").replace("CDATA[uses", "CDATA[z")
                                        .replace("CDATA[job", "CDATA[w"), encoding="utf-8")  # fmt: skip
    file, problems = read(path)
    assert column(file, "views[a]").values == {}
    assert not problems.notices


def test_answers_become_a_scale_and_categories(tmp_path: Path) -> None:
    file, problems = read(write(tmp_path, IN_CODES, 6))
    items = csv_text(
        ["item_id", "column", "choice", "construct", "text_th", "text_en", "scale"],
        [
            ("q1", "views[a]", "", "attitude", "รวดเร็ว", "Fast", "file"),
            ("job", "job", "", "", "อาชีพ", "Job", "category"),
            ("tax", "uses", "Tax & fees", "", "ภาษี", "Tax", ""),
        ],
    )
    (tmp_path / "items.csv").write_text(items, encoding="utf-8")
    file.frame["site"] = "S01"
    file.columns.append(SurveyColumn("site"))
    settings = Study.model_validate({**STUDY, "survey": {"file": "results.csv", "site": "site"}})
    sites = pd.DataFrame({"site_id": ["S01"], "name_th": ["น้ำใส"], "name_en": ["Nam Sai"]})
    frame = read_items(tmp_path / "items.csv", settings, problems)
    tables = responses_of(file, frame, sites, settings, problems)
    assert not problems.found, [str(problem) for problem in problems]
    assert tables.received["q1"].tolist() == [1, 2, 3]
    assert tables.received["tax"].fillna(-1).tolist() == [1, 0, 0]
    assert tables.categories[["category", "label_en"]].to_numpy().tolist() == [
        ["เกษตรกร", "Farmer"],
        ["ค้าขาย", "Trader"],
        ["อื่น ๆ", "Other"],
    ]


def test_the_description_and_its_drafts_know_the_questions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, IN_CODES)
    (tmp_path / "forms").mkdir()
    form = tmp_path / "forms" / "survey.lss"
    form.write_text(structure(6), encoding="utf-8")
    assert main([str(path), "--form", str(form), "--drafts", str(tmp_path / "study")]) == 0
    assert "  views[a]  scale / มาตรวัด agreement3  3  " in capsys.readouterr().out
    drafted = pd.read_csv(tmp_path / "study" / "survey" / "items.csv", dtype=str, keep_default_na=False)
    texts = drafted.set_index("item_id")[["text_th", "text_en"]]
    assert texts.loc["views_a"].tolist() == ["รวดเร็ว", "Fast"]
    assert texts.loc["job"].tolist() == ["อาชีพ", "Job"]
    assert "form: survey.lss\n" in (tmp_path / "study" / "survey" / "survey.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "broken-xml"),
        ("<document><LimeSurveyDocType>Survey</LimeSurveyDocType>", "broken-xml"),
        ('<!DOCTYPE d [<!ENTITY a "b">]><document>&a;</document>', "document-type"),
        ("<document><LimeSurveyDocType>Question</LimeSurveyDocType></document>", "no-form"),
        ("<document><LimeSurveyDocType>Survey</LimeSurveyDocType></document>", "no-form"),
        ("<html/>", "no-form"),
    ],
)
def test_a_file_that_is_no_structure_is_told(tmp_path: Path, text: str, kind: str) -> None:
    (tmp_path / "s.lss").write_text(text, encoding="utf-8")
    problems = Problems()
    assert read_survey_file(write(tmp_path, IN_CODES), problems.at("results.csv"), form=tmp_path / "s.lss") is None
    assert [(problem.kind, problem.file) for problem in problems.found] == [(kind, "s.lss")]
    read(tmp_path / "results.csv")  # what stands beside it by chance is passed over


def test_a_structure_is_read_within_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "s.lss").write_text(structure(6), encoding="utf-8")
    monkeypatch.setattr(archive, "MAX_MEMBER", 1000)
    problems = Problems()
    assert read_structure(tmp_path / "s.lss", problems.at("s.lss")) is None
    assert read_structure(tmp_path / "gone.lss", problems.at("gone.lss")) is None
    assert [problem.file for problem in problems.found] == ["s.lss", "gone.lss"]


def test_rows_that_lack_what_they_should_have_do_no_harm(tmp_path: Path) -> None:
    odd = structure(6).replace("<title>", "<titel>").replace("</title>", "</titel>")
    odd = odd.replace(
        "<questions><fields>", f"<questions><rows>{row(qid=99, type='L', title='q')}<row/></rows><fields>"
    )
    (tmp_path / "s.lss").write_text(odd, encoding="utf-8")
    form = read_structure(tmp_path / "s.lss", Problems().at("s.lss"))
    assert form is not None
    assert set(form) == {"q"}
    assert form["q"].texts == {}


def test_html_becomes_words() -> None:
    assert plain("<p>A&nbsp;&lt;b&gt;<br>c</p>\n<script>x") == "A <b> c x"


@pytest.mark.parametrize(("yes", "no"), [("Ja", "Nein"), ("ใช่", "ไม่ใช่"), ("Oui", "Non"), ("Y", "")])
def test_a_tick_in_any_language_and_an_other_of_its_own(tmp_path: Path, yes: str, no: str) -> None:
    rows = [
        [*IN_CODES[0][:6], *cells, *IN_CODES[0][9:]] for cells in ([yes, no, ""], [no, no, ""], ["", "", "วิทยุชุมชน"])
    ]
    file, _ = read(write(tmp_path, rows, 6))
    ticked = file.frame[["uses[x]", "uses[y]", "uses[other]"]].to_numpy().tolist()
    nobody = ["0", "0", "0"] if no else ["", "", ""]
    assert ticked == [["1", "0", "0"], nobody, ["0", "0", "1"]]
