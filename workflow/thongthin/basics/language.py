"""Thai and English: text as it comes and as it is kept, numbers and dates as people write and read them.

Text is normalised character by character only where two spellings look the same on screen (sara am in two characters,
zero-width characters, non-breaking spaces, line ends); digits stay as they were written. Where a number or a date is
meant, Thai digits and the Buddhist Era (Common Era + 543) are understood. Nothing here knows of files or tables.
"""

from __future__ import annotations

import datetime
import math
import re
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from thongthin.basics.marks import marked

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    IntArray = npt.NDArray[np.int64]

Language = Literal["th", "en"]

BUDDHIST_ERA = 543
MINUS = "\N{MINUS SIGN}"
# A number of more digits before its point is printed as a power of ten.
MOST_DIGITS = 15
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
UNDEFINED = "–"

# fmt: off
MONTHS = {
    "th": ["มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
           "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"],
    "en": ["January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"],
}
THAI_ABBREVIATIONS = ["มค", "กพ", "มีค", "เมย", "พค", "มิย", "กค", "สค", "กย", "ตค", "พย", "ธค"]
# fmt: on

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_SAME_LOOK = str.maketrans(
    {
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff"),
        "\u00a0": " ",
        "\u202f": " ",
        "\r": "\n",
        "\v": "\n",
        "\f": "\n",
    }
)
_ODD = re.compile("[\u200b-\u200d\u2060\ufeff\u00a0\u202f\r\v\f\u0e4d]")
# Nikhahit and sara aa look like sara am; a tone mark may stand before or between them.
_SARA_AM = re.compile("([\u0e48-\u0e4b]?)\u0e4d([\u0e48-\u0e4b]?)\u0e32")

# --- text ---------------------------------------------------------------------------------------------------------


def normalise_text(text: str) -> str:
    r"""The text with one spelling for what looks the same; offsets of coded segments count its code points.

    Sara am becomes one character (a tone mark before it), zero-width characters and byte-order marks go, non-breaking
    spaces become spaces, line ends become "\n", and line ends at the end of the text go. Digits stay as written.
    """
    if not _ODD.search(text):  # nearly all cells of a table
        return text.rstrip("\n")
    text = text.replace("\r\n", "\n").translate(_SAME_LOOK)
    return _SARA_AM.sub("\\1\\2\u0e33", text).rstrip("\n")


def one_sara_am(text: str) -> str:
    """The text with sara am as one character and without byte-order marks, which look like nothing; else as it stands.

    For articles, where authors choose spaces, joiners and line ends.
    """
    return _SARA_AM.sub("\\1\\2\u0e33", text.replace("\ufeff", "")) if "\u0e4d" in text or "\ufeff" in text else text


def normalise_with_map(text: str) -> tuple[str, IntArray, IntArray]:
    """`normalise_text`, and where each boundary between two characters of `text` went.

    Returns:
        The normalised text, and two arrays with ``len(text) + 1`` offsets into it, neither of which ever falls. They
        differ only inside a sara am of several characters, which stays whole: there the first holds where it begins
        (for the start of a passage), the second where it ends (for the end of one).
    """
    import numpy as np

    if not _ODD.search(text):
        normal = text.rstrip("\n")
        same = np.minimum(np.arange(len(text) + 1), len(normal))
        return normal, same, same
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    gone = np.isin(codes, [code for code, kept in _SAME_LOOK.items() if kept is None])
    gone[:-1] |= (codes[:-1] == ord("\r")) & (codes[1:] == ord("\n"))
    plain = text.replace("\r\n", "\n").translate(_SAME_LOOK)
    # Each sara am of several characters becomes one character shorter at its end.
    spans = np.array([match.span() for match in _SARA_AM.finditer(plain)], dtype=np.int64).reshape(-1, 2)
    shorter = np.zeros(len(plain) + 1, dtype=np.int64)
    shorter[spans[:, 1]] = 1
    starts = np.arange(len(plain) + 1) - np.cumsum(shorter)
    ends = starts.copy()
    for inside in range(1, int(np.max(spans[:, 1] - spans[:, 0], initial=1))):
        cut = spans[spans[:, 0] + inside < spans[:, 1]]
        starts[cut[:, 0] + inside] = starts[cut[:, 0]]
        ends[cut[:, 0] + inside] = starts[cut[:, 1]]
    normal = _SARA_AM.sub("\\1\\2\u0e33", plain).rstrip("\n")
    at = np.concatenate([[0], np.cumsum(~gone)])
    return normal, np.minimum(starts[at], len(normal)), np.minimum(ends[at], len(normal))


def one_line(text: str) -> str:
    """Normalised text with every run of white space as one space: how labels, headers and names are compared."""
    return " ".join(normalise_text(text).split())


def has_thai(text: str) -> bool:
    """Whether there is a Thai letter in the text."""
    return re.search("[ก-ฮ]", text) is not None


# --- numbers and dates as people write them ----------------------------------------------------------------------


def arabic_digits(text: str) -> str:
    """The text with ๐-๙ as 0-9."""
    return text.translate(_THAI_DIGITS)


def parse_number(text: str) -> float | None:
    """The number that a cell means, in Thai or Arabic digits, with or without thousands separators; None if none."""
    plain = arabic_digits(text.strip())
    if not re.fullmatch(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d*)?", plain):
        return None
    return float(plain.replace(",", ""))


def parse_integer(text: str) -> int | None:
    """The whole number that a cell means (``3.0`` is one), as `parse_number`; None if it means none."""
    number = parse_number(text)
    return int(number) if number is not None and number.is_integer() else None


class DateProblem(ValueError):
    """A text that is no date: what is wrong, and what would mend it, in English and Thai."""

    def __init__(self, en: str, th: str, hint_en: str = "", hint_th: str = "") -> None:
        super().__init__(en)
        self.en, self.th, self.hint_en, self.hint_th = en, th, hint_en, hint_th


class WrittenDate(NamedTuple):
    """A date, and whether its year was written in the Buddhist Era."""

    date: datetime.date
    buddhist: bool


_MONTH_NUMBERS = {
    name: number
    for names in (
        MONTHS["th"],
        MONTHS["en"],
        THAI_ABBREVIATIONS,
        [m[:3] for m in MONTHS["en"]],
        [m[:4] for m in MONTHS["en"]],
    )
    for number, name in enumerate((n.lower() for n in names), start=1)
}
_NOON = r"(?:[ap]\.?m\.?|ก่อนเที่ยง|หลังเที่ยง)"
_ZONE = r"(?:Z|(?:GMT|UTC)?\s*[+-]\d{1,2}(?::?\d{2})?|[A-Z]{2,5}|[A-Z]+/[A-Z_]+)(?:\s*\([^()]{1,40}\))?"
# A time behind a date, to the end of the text. Whole: what follows it that is no time is no date either.
TIME = (
    rf"(?i:[T,\s]+(?:at\s+|เวลา\s*)?(?:{_NOON}\s*)?(?:[01]?[0-9]|2[0-4])[:.][0-5][0-9](?:[:.][0-5][0-9](?:[.,][0-9]{{1,9}})?)?"
    rf"(?:\s*(?:{_NOON}|น\.?|นาฬิกา))?(?:\s*{_ZONE})?)"
)
_TIME = rf"(?:{TIME})?"
_YEAR_FIRST = re.compile(rf"(?P<year>\d{{3,}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_TIME}")
_DAY_FIRST = re.compile(rf"(?P<day>\d{{1,2}})[-/.\s](?P<month>\d{{1,2}})[-/.\s](?P<year>\d+){_TIME}")
_NAMED = re.compile(
    rf"(?:วัน\S*ที่\s*)?(?P<day>\d{{1,2}})[\s-]*(?P<month>[^\W\d_][^\d\s-]*?)[\s-]*(?:[พค]\.?ศ\.?)?\s*(?P<year>\d+){_TIME}"
)


def parse_date(text: str) -> WrittenDate:
    """The date that a text means: 2023-04-12, 12/4/2566, 12 เม.ย. ๒๕๖๖, 12 April 2023; a time after it is left out.

    Day and month in digits are read day first. Years from 2400 are Buddhist Era.

    Raises:
        DateProblem: no date, a day that the month doesn't have, or a year in two digits.
    """
    plain = arabic_digits(one_line(text))
    form = ("Write it as 2023-04-12 or 12/4/2566.", "เขียนเป็น 2023-04-12 หรือ 12/4/2566")
    match = _YEAR_FIRST.fullmatch(plain) or _DAY_FIRST.fullmatch(plain) or _NAMED.fullmatch(plain)
    if not match:
        raise DateProblem(f'"{text}" is not a date.', f'"{text}" ไม่ใช่วันที่', *form)
    written = match["month"]
    month = int(written) if written.isdigit() else _MONTH_NUMBERS.get(written.lower().replace(".", ""), 0)
    if not 1 <= month <= 12:
        raise DateProblem(
            f'"{text}" is not a date: there is no month "{written}" (the day comes before the month).',
            f'"{text}" ไม่ใช่วันที่: ไม่มีเดือน "{written}" (เขียนวันก่อนเดือน)',
            *form,
        )
    year = int(match["year"])
    if not (1900 <= year <= 2200 or 2400 <= year <= 2700):
        raise DateProblem(
            f'"{text}": the year "{match["year"]}" is neither Common Era nor Buddhist Era in four digits.',
            f'"{text}": ปี "{match["year"]}" ไม่ใช่ ค.ศ. หรือ พ.ศ. สี่หลัก',
            *form,
        )
    buddhist = year >= 2400
    common = year - BUDDHIST_ERA if buddhist else year
    try:
        return WrittenDate(datetime.date(common, month, int(match["day"])), buddhist)
    except ValueError:
        raise DateProblem(
            f'"{text}" is not a date: {MONTHS["en"][month - 1]} {common} has no day {int(match["day"])}.',
            f'"{text}" ไม่ใช่วันที่: เดือน{MONTHS["th"][month - 1]} พ.ศ. {common + BUDDHIST_ERA} ไม่มีวันที่ {int(match["day"])}',
            "Look the date up in the original record.",
            "ตรวจสอบวันที่จากบันทึกต้นฉบับ",
        ) from None


# --- numbers and dates as people read them --------------------------------------------------------------------------


_ENOUGH = Context(prec=400)  # the largest number has 309 digits before the point


def rounded(number: float | Decimal, places: int) -> Decimal:
    """`number` with `places` decimals as it is printed: halves are rounded away from zero, as spreadsheets do."""
    return _decimal(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _ENOUGH)


def _decimal(number: float | Decimal) -> Decimal:
    return number if isinstance(number, Decimal) else Decimal(repr(float(number)))


def _fixed(number: float | Decimal, places: int) -> str:
    """`places` decimals, thousands separated, with a true minus sign; the largest numbers as powers of ten."""
    exact = _decimal(number)
    if exact.adjusted() >= MOST_DIGITS:
        power = exact.adjusted()
        digits = rounded(exact.scaleb(-power), 2)
        if abs(digits) == 10:
            digits, power = rounded(digits / 10, 2), power + 1
        return f"{digits} × 10{str(power).translate(_RAISED)}".replace("-", MINUS)
    printed = rounded(exact, places)
    return f"{abs(printed) if printed == 0 else printed:,}".replace("-", MINUS)


def format_number(value: Any, format: str, language: Language) -> str:
    """How a number of a table reads in an article; "–" where it is undefined (None, NaN).

    Args:
        value: a number.
        format: as in `contract.tables.Column`: ``count`` (1,234), ``share`` (ร้อยละ 75.0 / 75.0%), ``decimal`` and
            ``statistic`` (two places), ``coefficient`` (two places, no zero before the point), ``p`` (three places, no
            zero before the point, < .001). The label of a ``band`` depends on the configuration, so it isn't made here.
        language: only shares differ.

    Raises:
        ValueError: there is no such format.
    """
    try:
        number = float(value)
    except TypeError:  # None, and the missing value of pandas
        return UNDEFINED
    said: Language = language if format == "share" else "en"
    return marked(_read(number, format, said), value) if math.isfinite(number) else UNDEFINED


@lru_cache(20_000)  # a table has the same numbers again and again, and each is asked for in two languages
def _read(number: float, format: str, language: Language) -> str:
    if format == "count":
        return _fixed(number, 0)
    if format == "share":
        percent = _fixed(_decimal(number) * 100, 1)
        return f"ร้อยละ {percent}" if language == "th" else f"{percent}%"
    if format in ("decimal", "statistic"):
        return _fixed(number, 2)
    if format == "coefficient":
        return re.sub(rf"^({MINUS}?)0\.", r"\1.", _fixed(number, 2))
    if format == "p":
        return "< .001" if number < 0.001 else _fixed(number, 3).removeprefix("0")
    raise ValueError(f'there is no number format "{format}"')


def format_date(date: datetime.date, language: Language) -> str:
    """A date as it reads in an article: 15 กันยายน 2566 (Buddhist Era), 15 September 2023."""
    year = date.year + BUDDHIST_ERA if language == "th" else date.year
    return f"{date.day} {MONTHS[language][date.month - 1]} {year}"
