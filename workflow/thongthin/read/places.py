"""Where sites lie: the columns `latitude`, `longitude` and `code` of sites.csv.

Latitude and longitude are degrees (WGS 84), as a telephone or a map on the web shows them. A code is that of a province
(two digits), a district (four) or a subdistrict (six), of the Department of Provincial Administration (TIS 1099); what
it is the code of is known from the package geothai. A site with a code alone is taken to lie at the seat of its
province, which is good for a grid of tiles, and for no map.

Fails, with problems, on coordinates that are none, one of the two without the other, and codes that nothing has. What
can be right and looks wrong is a notice: a place outside Thailand, two sites at one place, a code of another place than
the site is called after, a code and coordinates far apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import pandas as pd

from thongthin.basics.language import arabic_digits
from thongthin.basics.nearest import nearest
from thongthin.basics.problems import Problems
from thongthin.contract.provinces import SEATS
from thongthin.contract.tables import TABLES
from thongthin.read.files.sheets import by_row
from thongthin.statistics.places import distance

COLUMNS = ("latitude", "longitude", "code")
# The corners of Thailand, in degrees and a little outwards.
_THAILAND = {"latitude": (5.6, 20.5), "longitude": (97.3, 105.7)}
_LIMITS = {"latitude": 90.0, "longitude": 180.0}
_NAMES = {"latitude": ("latitude", "ละติจูด"), "longitude": ("longitude", "ลองจิจูด")}
# No place of a province is so far from its seat, km.
_FAR = 170.0
_DEGREES = re.compile(r"[+-]?\d{1,3}(\.\d+)?")
# What stands before the name of a place in the name of an office, and before that of a district of Bangkok.
_KINDS = re.compile(
    r"^(เทศบาล(นคร|เมือง|ตำบล)?|องค์การบริหารส่วน(ตำบล|จังหวัด)|อบต\.?|อบจ\.?|ท[นมต]\.|จังหวัด|อำเภอ|ตำบล|แขวง|เขต|[จอต]\.)\s*"
)
_KINDS_EN = re.compile(
    r"\s*\b((city|town|subdistrict|sub-district|tambon)? ?municipality|(subdistrict|tambon|provincial) administrative"
    r" organi[sz]ation|province|district|subdistrict)$"
)


class Area(NamedTuple):
    """A province, district or subdistrict: its code and its names, without the word for what it is."""

    code: str
    th: str
    en: str


def report_places(frame: pd.DataFrame, problems: Problems) -> None:
    """Add a problem for each place that cannot be, and a notice for each that looks wrong.

    Args:
        frame: sites.csv, with the columns `COLUMNS`, `name_th`, `name_en`, `short_th` and `short_en`.
    """
    for column in ("latitude", "longitude"):
        other = "longitude" if column == "latitude" else "latitude"
        for (row, cell), (_, beside) in zip(by_row(frame[column]), by_row(frame[other]), strict=True):
            if not cell and beside:
                problems.add(
                    "half-place",
                    f"There is a {_NAMES[other][0]} without a {_NAMES[column][0]}.",
                    f"มี{_NAMES[other][1]}แต่ไม่มี{_NAMES[column][1]}",
                    row=row,
                    column=column,
                    hint_en="Write both, or neither.",
                    hint_th="ใส่ทั้งสองค่า หรือเว้นว่างทั้งสองช่อง",
                )
            elif cell:
                _report_degrees(cell, column, row, problems)
    known: list[tuple[int, str]] = []
    for row, cell in by_row(frame["code"]):
        if cell and _judged_code(cell, row, problems):
            known.append((row, _digits(cell)))
    for row, code in known:
        _tell_other_name(code, {name: str(frame.at[row, name]) for name in frame.columns}, row, problems)
    _tell_outside(frame, problems)
    _tell_same_place(frame, problems)
    _tell_far_from_code(frame, known, problems)


def places_of(frame: pd.DataFrame) -> pd.DataFrame:
    """Table `site_places`: the sites that have coordinates, or a code, where it is known what these say.

    Args:
        frame: sites.csv, which `report_places` judges.
    """
    rows = []
    for record in frame.to_dict("records"):
        code = _digits(record["code"])
        area = _area(code)
        at = (_degrees(record["latitude"], "latitude"), _degrees(record["longitude"], "longitude"))
        known_by = "coordinates" if None not in at else "code"
        if known_by == "code" and area:
            at = SEATS[code[:2]]
        if None not in at:
            names = (code, called(code, "th"), called(code, "en")) if area else ("", "", "")
            rows.append((record["site_id"], *at, known_by, *names))
    places = pd.DataFrame(rows, columns=[column.name for column in TABLES["site_places"].columns])
    return places.astype({"latitude": float, "longitude": float})


def called(code: str, language: str) -> str:
    """What a code is that of: subdistrict, district and province, as far as it tells them."""
    areas = [area for area in (_area(code[:digits]) for digits in (6, 4, 2) if digits <= len(code)) if area]
    return " ".join(area.th for area in areas) if language == "th" else ", ".join(area.en for area in areas)


def _digits(cell: str) -> str:
    """A code as its digits: 40, TH-40 (ISO 3166-2), ๔๐ and 40.0 are the same."""
    return re.sub(r"^TH-|\.0$", "", arabic_digits(cell).strip().upper())


def _degrees(cell: str, column: str) -> float | None:
    """A cell in degrees; None where it says none."""
    written = arabic_digits(cell).strip().removesuffix("°")
    if not _DEGREES.fullmatch(written):
        return None
    degrees = float(written)
    return degrees if abs(degrees) <= _LIMITS[column] else None


def _report_degrees(cell: str, column: str, row: int, problems: Problems) -> None:
    """Add a problem for a cell that says no degrees."""
    if _degrees(cell, column) is not None:
        return
    en, th = _NAMES[column]
    limit = _LIMITS[column]
    hint_en, hint_th = "Write degrees with a point, such as {}.", "ใส่องศาเป็นทศนิยม เช่น {}"
    written = arabic_digits(cell)
    example = "16.4467" if column == "latitude" else "102.8330"
    if parts := re.fullmatch(
        r"\D*(\d{1,3})\s*°\s*(\d{1,2})\s*[′'’]\s*(?:([\d.]+)\s*[″\"”]?)?\s*[NEนอ]?\.?\s*", written
    ):
        degrees, minutes, seconds = (float(part or 0) for part in parts.groups())
        example = f"{degrees + minutes / 60 + seconds / 3600:.5f}"
    elif re.fullmatch(r"\d{1,3},\d+", written):
        example = written.replace(",", ".")
    elif re.fullmatch(r"-?[\d.]+\s*[,; ]\s*-?[\d.]+", written):
        hint_en = "Two numbers stand here: write the first under latitude, the second under longitude."
        hint_th = "ช่องนี้มีสองค่า ให้ใส่ค่าแรกใน latitude ค่าที่สองใน longitude"
    elif re.fullmatch(r"\d{5,7}(\.\d+)?", written):
        hint_en = "These seem to be metres (UTM). Write degrees, such as {}."
        hint_th = "ดูเหมือนเป็นเมตร (UTM) ให้ใส่องศา เช่น {}"
    elif column == "latitude" and re.fullmatch(r"(9[7-9]|10[0-5])(\.\d+)?°?", written):
        hint_en, hint_th = "Is this the longitude? Exchange the two.", "เป็นลองจิจูดหรือไม่ หากใช่ให้สลับสองช่อง"
    problems.add(
        "wrong-place",
        f'"{cell}" is not a {en}: a number of degrees from {-limit:g} to {limit:g}.',
        f'"{cell}" ไม่ใช่{th} ซึ่งเป็นองศาตั้งแต่ {-limit:g} ถึง {limit:g}',
        row=row,
        column=column,
        hint_en=hint_en.format(example),
        hint_th=hint_th.format(example),
    )


@cache
def _areas() -> Mapping[str, Area]:
    """Code -> area, of every province, district and subdistrict there is."""
    import geothai  # its data are read when they are asked for first

    found: dict[str, Area] = {}
    for province in geothai.provinces():
        found[province.code] = Area(province.code, province.name_th, province.name_en)
        for district in geothai.districts(province.code):
            found[district.code] = Area(district.code, _KINDS.sub("", district.name_th), district.name_en)
            for own in geothai.subdistricts(district.code):
                found[own.code] = Area(own.code, _KINDS.sub("", own.name_th), own.name_en)
    return found


def _area(code: str) -> Area | None:
    return _areas().get(code) if code else None


def _judged_code(cell: str, row: int, problems: Problems) -> bool:
    """Whether a cell is the code of something; a problem where it is not."""
    code = _digits(cell)
    if _area(code):
        return True
    if not re.fullmatch(r"\d{2}|\d{4}|\d{6}", code):
        postal = " Five digits are a postal code." if re.fullmatch(r"\d{5}", code) else ""
        postal_th = " ห้าหลักคือรหัสไปรษณีย์" if postal else ""
        problems.add(
            "wrong-code",
            f'"{cell}" is not the code of a place: two digits are a province, four a district, six a subdistrict.'
            f"{postal}",
            f'"{cell}" ไม่ใช่รหัสพื้นที่: สองหลักคือจังหวัด สี่หลักคืออำเภอ หกหลักคือตำบล{postal_th}',
            row=row,
            column="code",
            hint_en='Write a code of the Department of Provincial Administration, such as "40" (Khon Kaen) or "4001".',
            hint_th='ใส่รหัสของกรมการปกครอง เช่น "40" (ขอนแก่น) หรือ "4001"',
        )
        return False
    near = _instead_of(code)
    problems.add(
        "unknown-code",
        f'No place has the code "{cell}".',
        f'ไม่มีพื้นที่ใดใช้รหัส "{cell}"',
        row=row,
        column="code",
        hint_en="Did you mean " + ", ".join(f"{own} ({called(own, 'en')})" for own in near) + "?",
        hint_th="หมายถึง " + ", ".join(f"{own} ({called(own, 'th')})" for own in near) + " หรือไม่",
    )
    return False


def _instead_of(code: str) -> list[str]:
    """Codes that may be meant by one that nothing has: those that took its place, or the most like it."""
    from geothai.abolished import abolished_areas

    took = [own for area in abolished_areas() if area.code == code for own in area.successors if _area(own)]
    if took:
        return took[:3]
    level = [own for own in _areas() if len(own) == len(code)]
    within = [own for own in level if own[:-2] == code[:-2]]
    return (
        nearest(code, within)
        or nearest(code, level)
        or [min(within or level, key=lambda own: abs(int(own) - int(code)))]
    )


def _tell_other_name(code: str, site: Mapping[str, str], row: int, problems: Problems) -> None:
    """A notice where a site is called after another place of the province, or another province, than its code's.

    Only names that are alike but for the word for the office count: a municipality may well lie in a subdistrict of
    another name, and a pseudonym is no place.
    """
    names = {_bare(site[name]) for name in ("name_th", "short_th", "name_en", "short_en")} - {""}
    own = [area for area in (_area(code[:digits]) for digits in (2, 4, 6)) if area]
    if any(names & _names_of(area) for area in own):
        return
    others = [
        area
        for other, area in _areas().items()
        if len(other) == len(code) and (len(code) == 2 or other[:2] == code[:2]) and names & _names_of(area)
    ]
    if others:
        problems.notice(
            "other-place",
            f'Code "{code}" is {called(code, "en")}; the site is called "{site["name_en"]}".',
            f'รหัส "{code}" คือ{called(code, "th")} แต่พื้นที่นี้ชื่อ "{site["name_th"]}"',
            row=row,
            column="code",
            hint_en=f"If {called(others[0].code, 'en')} is meant, write {others[0].code}; else nothing is to be done.",
            hint_th=f"หากหมายถึง{called(others[0].code, 'th')} ให้ใส่ {others[0].code} หากไม่ใช่ไม่ต้องแก้",
        )


def _bare(name: str) -> str:
    """The name of a place without the word for what it is, to be compared."""
    return _KINDS_EN.sub("", _KINDS.sub("", name.strip()).casefold()).strip()


def _names_of(area: Area) -> set[str]:
    names = {area.th, area.en.casefold()}
    # The district of the capital is called after the province: เมืองขอนแก่น, Mueang Khon Kaen.
    return names | {area.th.removeprefix("เมือง"), area.en.casefold().removeprefix("mueang ")}


def _tell_outside(frame: pd.DataFrame, problems: Problems) -> None:
    """A notice where a place lies outside Thailand."""
    for row, record in zip(frame.index, frame.to_dict("records"), strict=True):
        for column, (low, high) in _THAILAND.items():
            degrees = _degrees(record[column], column)
            if degrees is not None and not low <= degrees <= high:
                en, th = _NAMES[column]
                problems.notice(
                    "outside-thailand",
                    f"The {en} {degrees:g} lies outside Thailand ({low:g} to {high:g}).",
                    f"{th} {degrees:g} อยู่นอกประเทศไทย ({low:g} ถึง {high:g})",
                    row=int(row),
                    column=column,
                    hint_en="If the site is in Thailand, correct it; else nothing is to be done.",
                    hint_th="หากพื้นที่อยู่ในประเทศไทยให้แก้ไข หากไม่ใช่ไม่ต้องแก้",
                )


def _tell_same_place(frame: pd.DataFrame, problems: Problems) -> None:
    """A notice where two sites have the same coordinates."""
    seen: dict[tuple[str, str], int] = {}
    for row, record in zip(frame.index, frame.to_dict("records"), strict=True):
        at = (record["latitude"], record["longitude"])
        first = seen.setdefault(at, int(row))
        if all(at) and first != row:
            problems.notice(
                "same-place",
                f"This site lies where that of row {first} does.",
                f"พื้นที่นี้มีพิกัดเดียวกับแถวที่ {first}",
                row=int(row),
                column="latitude",
                hint_en="If one was copied, correct it. On a map they would stand upon each other.",
                hint_th="หากคัดลอกมาให้แก้ไข เพราะจะซ้อนกันบนแผนที่",
            )


def _tell_far_from_code(frame: pd.DataFrame, known: list[tuple[int, str]], problems: Problems) -> None:
    """A notice where coordinates lie far outside the province of the code."""
    for row, code in known:
        latitude = _degrees(str(frame.at[row, "latitude"]), "latitude")
        longitude = _degrees(str(frame.at[row, "longitude"]), "longitude")
        if latitude is None or longitude is None:
            continue
        away = distance(latitude, longitude, *SEATS[code[:2]])
        if away > _FAR:
            province = code[:2]
            problems.notice(
                "far-from-code",
                f"These coordinates lie {away:.0f} km from the seat of {called(province, 'en')}, the province of code"
                f' "{code}".',
                f'พิกัดนี้อยู่ห่างจากตัวจังหวัด{called(province, "th")} ซึ่งเป็นจังหวัดของรหัส "{code}" {away:.0f} กม.',
                row=row,
                column="code",
                hint_en="Look which of the two is wrong.",
                hint_th="ตรวจสอบว่าพิกัดหรือรหัสผิด",
            )
