"""Where sites lie: coordinates and codes of sites.csv, right, wrong and doubtful."""

from __future__ import annotations

from pathlib import Path

import geothai
import openpyxl
import pandas as pd
import pytest
from studies import make_study

from thongthin.basics.problems import Problems
from thongthin.commands.check import check_study
from thongthin.contract.provinces import SEATS
from thongthin.contract.tables import read_table, write_table
from thongthin.read.frame import read_places, read_sites


def sites(tmp_path: Path, rows: list[str], header: str = "site_id,name_th,name_en,latitude,longitude,code") -> Problems:
    path = tmp_path / "sites.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    problems = Problems(file="sites.csv")
    read_sites(path, None, problems)
    return problems


def one(tmp_path: Path, cells: str, name_th: str = "ก", name_en: str = "A") -> Problems:
    return sites(tmp_path, [f"S1,{name_th},{name_en},{cells}"])


def test_every_province_has_its_seat_and_lies_there() -> None:
    assert list(SEATS) == sorted(province.code for province in geothai.provinces())
    assert all(5.6 < latitude < 20.5 and 97.3 < longitude < 105.7 for latitude, longitude in SEATS.values())
    assert SEATS["40"] == pytest.approx((16.44, 102.83), abs=0.02)  # the city of Khon Kaen


def test_coordinates_and_codes_become_places(tmp_path: Path) -> None:
    problems = sites(
        tmp_path,
        ["S1,ก,A,16.4467,๑๐๒.๘๓๓๐,", "S2,ข,B,,,TH-40", "S3,ค,C,,,", "S4,ง,D,16.5,102.9,๔๐๐๑๐๑", "S5,จ,E,,,4001.0"],
    )
    assert not problems.found and not [own for own in problems.notices if own.kind != "one-language"]
    places = read_places(tmp_path / "sites.csv")
    write_table(places, tmp_path / "site_places.csv")
    read = read_table(tmp_path / "site_places.csv").set_index("site_id")
    assert list(read.index) == ["S1", "S2", "S4", "S5"]
    assert read.loc["S1", ["latitude", "longitude", "known_by", "code"]].tolist() == [
        16.4467,
        102.833,
        "coordinates",
        "",
    ]
    assert read.loc["S2", ["latitude", "longitude"]].tolist() == list(SEATS["40"])
    assert read["known_by"].tolist() == ["coordinates", "code", "coordinates", "code"]
    assert read["place_th"].tolist() == ["", "ขอนแก่น", "ในเมือง เมืองขอนแก่น ขอนแก่น", "เมืองขอนแก่น ขอนแก่น"]
    assert read.loc["S4", "place_en"] == "Nai Mueang, Mueang Khon Kaen, Khon Kaen"


def test_numbers_of_a_workbook_are_read_as_they_are(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["site_id", "name_th", "name_en", "latitude", "longitude", "code"])
    sheet.append(["S1", "ก", "A", 16.4467, 102.833, 4001])
    sheet.append(["S2", "ข", "B", 16, 102.9, 400101])
    book.save(tmp_path / "sites.xlsx")
    problems = Problems(file="sites.xlsx")
    read_sites(tmp_path / "sites.xlsx", None, problems)
    places = read_places(tmp_path / "sites.xlsx")
    assert not problems.found
    assert places[["latitude", "longitude"]].to_numpy().tolist() == [[16.4467, 102.833], [16.0, 102.9]]
    assert places["code"].tolist() == ["4001", "400101"]


def test_without_the_columns_no_site_has_a_place(tmp_path: Path) -> None:
    sites(tmp_path, ["S1,ก,A"], header="site_id,name_th,name_en")
    assert read_places(tmp_path / "sites.csv").empty
    assert read_places(None).empty and read_places(tmp_path / "nothing.csv").empty


@pytest.mark.parametrize(
    ("cells", "column", "hint"),
    [
        ("102.83,16.44,", "latitude", "Exchange the two."),
        ('16°26\'48""N,102.8,', "latitude", "16.44667"),
        ('"16,4467",102.8,', "latitude", "16.4467"),
        ('"16.44, 102.83",102.8,', "latitude", "Two numbers stand here"),
        ("1819000,102.8,", "latitude", "metres (UTM)"),
        ("16.4,ไม่ทราบ,", "longitude", "102.8330"),
        ("16.4,190,", "longitude", "102.8330"),
        ("-91,102,", "latitude", "16.4467"),
    ],
)
def test_what_is_no_degree_is_refused_with_what_would_do(tmp_path: Path, cells: str, column: str, hint: str) -> None:
    cells = cells.replace('16°26\'48""N', '"16°26\'48""N"')
    problem, *_ = one(tmp_path, cells).found
    assert (problem.kind, problem.column, problem.row) == ("wrong-place", column, 2)
    assert hint in problem.hint_en and "องศา" in problem.th and problem.hint_th


def test_one_of_the_two_without_the_other_is_refused(tmp_path: Path) -> None:
    for cells, column in (("16.4,,", "longitude"), (",102.8,", "latitude")):
        (problem,) = one(tmp_path, cells).found
        assert (problem.kind, problem.column, problem.hint_en) == ("half-place", column, "Write both, or neither.")


@pytest.mark.parametrize(
    ("code", "kind", "hint"),
    [
        ("40000", "wrong-code", "4001"),
        ("Khon Kaen", "wrong-code", "40"),
        ("4", "wrong-code", "40"),
        ("400150", "unknown-code", "4001"),
        ("98", "unknown-code", "9"),
        ("104701", "unknown-code", "104702 (Bang Na Nuea, Bang Na, Bangkok)"),  # abolished: two took its place
    ],
)
def test_a_code_that_nothing_has_is_refused_with_the_nearest(tmp_path: Path, code: str, kind: str, hint: str) -> None:
    (problem,) = one(tmp_path, f",,{code}").found
    assert (problem.kind, problem.column, problem.row) == (kind, "code", 2)
    assert hint in problem.hint_en and problem.hint_th
    assert ("postal code" in problem.en) == (code == "40000")
    assert read_places(tmp_path / "sites.csv").empty


@pytest.mark.parametrize(
    ("code", "name_th", "name_en", "meant"),
    [
        ("400101", "เทศบาลตำบลบ้านเป็ด", "Ban Pet Subdistrict Municipality", "400115"),
        ("400101", "อบต.ศิลา", "Sila", "400114"),
        ("41", "ขอนแก่น", "Khon Kaen", "40"),
        ("400101", "เทศบาลนครขอนแก่น", "Khon Kaen City Municipality", ""),  # of its province
        ("400101", "เทศบาลตำบลดอกคูน", "Dok Khun Subdistrict Municipality", ""),  # no place, a pseudonym
        ("4001", "อำเภอเมืองขอนแก่น", "Mueang Khon Kaen District", ""),
        ("401001", "เทศบาลเมืองบ้านไผ่", "Ban Phai Town Municipality", ""),  # of its district
        ("100101", "เขตพระนคร", "Phra Nakhon", ""),
    ],
)
def test_a_code_of_another_place_than_the_name_is_told(
    tmp_path: Path, code: str, name_th: str, name_en: str, meant: str
) -> None:
    problems = one(tmp_path, f",,{code}", name_th, name_en)
    told = [own for own in problems.notices if own.kind == "other-place"]
    assert not problems.found and bool(told) == bool(meant)
    for notice in told:
        assert f"write {meant};" in notice.hint_en and f"ให้ใส่ {meant}" in notice.hint_th
        assert code in notice.en and name_en in notice.en and name_th in notice.th


def test_what_looks_wrong_is_told(tmp_path: Path) -> None:
    problems = sites(
        tmp_path,
        [
            "S1,ก,A,48.85,2.35,",
            "S2,ข,B,16.4,102.8,",
            "S3,ค,C,16.4,102.8,",
            "S4,ง,D,18.79,98.98,40",
            "S5,จ,E,16.5,102.9,40",
        ],
    )
    told = [(own.kind, own.row, own.column) for own in problems.notices]
    assert not problems.found
    assert told == [
        ("outside-thailand", 2, "latitude"),
        ("outside-thailand", 2, "longitude"),
        ("same-place", 4, "latitude"),
        ("far-from-code", 5, "code"),
    ]


def test_a_map_is_offered_where_sites_have_places_and_else_refused(tmp_path: Path) -> None:
    raw = make_study(tmp_path)
    article = tmp_path / "report" / "small" / "article.en.qmd"
    asked = article.read_text(encoding="utf-8") + '\n![Map.](figures/theme_map){#fig-map fig-alt="A map."}\n'
    article.write_text(asked, encoding="utf-8")

    def empty() -> list[str]:
        problems = Problems()
        check_study(tmp_path, "small", problems)
        return [problem.en for problem in problems if problem.kind == "empty-figure"]

    (said,) = empty()
    assert said == (
        'The figure "theme_map" would be empty: sites.csv says of no site where it lies (columns latitude and'
        " longitude, or code)."
    )
    frame = pd.read_csv(raw / "sites.csv", dtype=str, encoding="utf-8-sig")
    frame.assign(latitude="16.4", longitude=[f"102.{n}" for n in range(1, len(frame) + 1)]).to_csv(
        raw / "sites.csv", index=False
    )
    assert empty() == []


def test_a_map_of_a_theme_that_there_is_not_is_refused(tmp_path: Path) -> None:
    make_study(tmp_path, study={"analysis": {"themes": {"mapped": ["skils"]}, "scales": {"mapped": ["skils"]}}})
    problems = Problems()
    check_study(tmp_path, "small", problems)
    found = {problem.column: problem.hint_en for problem in problems}
    assert set(found) == {"analysis.themes.mapped", "analysis.scales.mapped"}
    assert all("skills" in hint for hint in found.values())
