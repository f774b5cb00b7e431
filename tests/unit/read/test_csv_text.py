"""CSV as programs write it: quoted headers, other separators, `sep=`, row numbers of R; each must be read right."""

from __future__ import annotations

import csv
import io
import itertools
from pathlib import Path

import pandas as pd
import pytest
from studies import make_study

from thongthin.basics.problems import Problems
from thongthin.commands.check import check_study
from thongthin.read.files.csv_text import layout_of
from thongthin.read.files.sheets import read_sheet
from thongthin.read.frame import read_sites

SITES = [["site_id", "name_th", "name_en"], ["S1", "บ้าน", "House"], ["S2", 'เมือง "ใหม่"', "Town, new; or\told\nby name"]]


def read(path: Path, text: str | bytes) -> tuple[list[list[str]], Problems]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    problems = Problems(file=path.name)
    frame, _ = read_sheet(path, problems)
    return [list(frame.columns), *frame.to_numpy().tolist()], problems


def written(rows: list[list[str]], **style: object) -> str:
    stream = io.StringIO()
    csv.writer(stream, **style).writerows(rows)  # type: ignore[arg-type]
    return stream.getvalue()


@pytest.mark.parametrize(
    ("separator", "quoting", "end", "mark", "said"),
    list(
        itertools.product(
            ",;\t", (csv.QUOTE_ALL, csv.QUOTE_MINIMAL), ("\n", "\r\n", "\r"), ("", "\ufeff"), (False, True)
        )
    ),
)
def test_every_style_of_the_same_table_is_the_same_table(
    tmp_path: Path, separator: str, quoting: int, end: str, mark: str, said: bool
):
    text = written(SITES, delimiter=separator, quoting=quoting, lineterminator=end)
    found, problems = read(tmp_path / "t.csv", mark + (f"sep={separator}{end}" if said else "") + text)
    assert not problems.found and not problems.notices
    assert found == SITES


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ('"How often, if at all; say","Why"\n1,2\n', ","),
        ('"How often, if at all; say";"Why"\n1;2\n', ";"),
        ('"Lines\nin; a, header"\t"b"\n1\t2\n', "\t"),
        ("id;How often, if at all;Why, or why not, then\n1;2;3\n4;5;6\n", ";"),
        ("id;a;b\n1;2,5;3,5\n", ";"),
        ("id\ta, b\tc, d, e\n1\t2\t3\n", "\t"),
        ('id,"a; b",c\n1,x,\n2,y\n', ","),
        ("a,b,,,\n1,2,,,\n", ","),
        ("a;b;;;\n1,5;2;;;\n", ";"),
        ("only\nx; y\n", ","),
        ('"only"\n"x, y"\n', ","),
        ("a;b\n", ";"),
        ("", ","),
    ],
)
def test_the_separator_is_found_by_how_the_rows_fit(text: str, separator: str):
    assert layout_of(text).separator == separator


@pytest.mark.parametrize("first", ["sep=,", "SEP=,", '"sep=,"', "sep=,,"])
def test_the_line_that_excel_understands_is_honoured(tmp_path: Path, first: str):
    found, problems = read(tmp_path / "t.csv", f"{first}\na,b;c;d\n1,2;3;4\n")
    assert not problems.found and found == [["a", "b;c;d"], ["1", "2;3;4"]]


def test_one_column_and_spaces_after_separators(tmp_path: Path):
    assert read(tmp_path / "t.csv", '"code"\n"a, b"\n')[0] == [["code"], ["a, b"]]
    assert read(tmp_path / "t.csv", '"a", "b"\n"1", "x, ""y"""\n')[0] == [["a", "b"], ["1", 'x, "y"']]


# As R, pandas and others write a first column that counts the rows: the header is "" or missing.
COUNTED = [
    '"","site_id","name_th"\n"1","S1","ก"\n"2","S2","ข"\n',  # write.csv
    '"";"site_id";"name_th"\n"1";"S1";"ก"\n"2";"S2";"ข"\n',  # write.csv2
    '"site_id"\t"name_th"\n"1"\t"S1"\t"ก"\n"2"\t"S2"\t"ข"\n',  # write.table
    ",site_id,name_th\n0,S1,ก\n1,S2,ข\n",  # pandas
]


@pytest.mark.parametrize("text", COUNTED)
def test_a_column_that_counts_the_rows_is_passed_over_with_a_notice(tmp_path: Path, text: str):
    found, problems = read(tmp_path / "t.csv", text)
    assert not problems.found and [n.kind for n in problems.notices] == ["row-numbers"]
    assert found == [["site_id", "name_th"], ["S1", "ก"], ["S2", "ข"]]


def test_an_unnamed_column_that_holds_something_is_told(tmp_path: Path):
    _, problems = read(tmp_path / "t.csv", '"","site_id"\n"1","S1"\n"7","S2"\n')
    assert [p.kind for p in problems] == ["no-header"] and not problems.notices


def test_pandas_and_polars_agree_with_what_is_read(tmp_path: Path):
    frame = pd.DataFrame({"รหัส": ["1", "2"], "q, a": ['say "no"', "two\nlines"]})
    for separator, quoting in itertools.product(",;\t", (csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC, csv.QUOTE_MINIMAL)):
        found, problems = read(tmp_path / "t.csv", frame.to_csv(sep=separator, quoting=quoting, index=False))
        assert not problems.found and found == [list(frame.columns), *frame.to_numpy().tolist()]


STYLES = {
    "all quoted": lambda rows: written(rows, quoting=csv.QUOTE_ALL),
    "semicolons that Excel says": lambda rows: "sep=;\r\n" + written(rows, delimiter=";"),
    "tabs, all quoted": lambda rows: written(rows, delimiter="\t", quoting=csv.QUOTE_ALL),
    "as R writes it": lambda rows: written(
        [["" if not n else str(n), *row] for n, row in enumerate(rows)], quoting=csv.QUOTE_ALL
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_a_whole_study_in_any_style_is_the_same_study(tmp_path: Path, style: str) -> None:
    folder = make_study(tmp_path)
    before = check_study(tmp_path, "small", Problems())
    for path in folder.rglob("*.csv"):
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        path.write_text(STYLES[style](rows), encoding="utf-8", newline="")
    problems = Problems()
    after = check_study(tmp_path, "small", problems)
    assert [str(problem) for problem in problems] == [] and after == before
    assert ("row-numbers" in {n.kind for n in problems.notices}) == (style == "as R writes it")


def test_a_quotation_mark_left_open_is_still_told_with_its_row(tmp_path: Path):
    for text, row in (('"a","b"\n1,2\n"3,4\n5,6\n', 3), ('"a","b"\n"x"y,2\n', 2), ('"a,b\n1,2\n', 1)):
        _, problems = read(tmp_path / "t.csv", text)
        assert [(p.kind, p.row) for p in problems] == [("csv", row)]


def test_the_sites_of_a_study_may_be_quoted_throughout(tmp_path: Path):
    problems = Problems(file="sites.csv")
    (tmp_path / "sites.csv").write_text(written(SITES, quoting=csv.QUOTE_ALL), encoding="utf-8-sig")
    assert read_sites(tmp_path / "sites.csv", None, problems)["site_id"].tolist() == ["S1", "S2"] and not problems.found
