"""Numbers, lists and shares in words, with the joints and plural forms of each language."""

from __future__ import annotations

from collections.abc import Sequence

from thongthin.basics.language import Language

# fmt: off
_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}
_DIGITS = ["ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"]
# fmt: on
# From here on numbers stand in digits, as style guides of both languages have it.
MOST_IN_WORDS = 99


def number_word(number: int, language: Language) -> str:
    """A number in words, up to 99; above, in digits with separators."""
    if not 0 <= number <= MOST_IN_WORDS:
        return f"{number:,}"
    tens, ones = divmod(number, 10)
    if language == "th":
        if not tens:
            return _DIGITS[ones]
        front = {1: "", 2: "ยี่"}.get(tens, _DIGITS[tens])
        return f"{front}สิบ{'เอ็ด' if ones == 1 else _DIGITS[ones] if ones else ''}"
    if number < len(_ONES):
        return _ONES[number]
    return f"{_TENS[tens - 2]}-{_ONES[ones]}" if ones else _TENS[tens - 2]


def ordinal_word(number: int, language: Language) -> str:
    """The place of something in an order: "sixth", "ที่หก"; in digits above 99 ("101st", "ที่ 101")."""
    if language == "th":
        return f"ที่{number_word(number, 'th')}" if number <= MOST_IN_WORDS else f"ที่ {number:,}"
    if number > MOST_IN_WORDS:
        last = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number:,}{last}"
    *front, last_word = number_word(number, "en").split("-")
    ordered = _ORDINALS.get(last_word) or (f"{last_word[:-1]}ieth" if last_word.endswith("y") else f"{last_word}th")
    return "-".join([*front, ordered])


def listed(names: Sequence[str], language: Language) -> str:
    """Names in a sentence: "a, b and c", "ก ข และ ค", "กและข"; "none", "ไม่มี" without any."""
    if not names:
        return "ไม่มี" if language == "th" else "none"
    if len(names) == 1:
        return names[0]
    *front, last = names
    if language == "en":
        return f"{', '.join(front)} and {last}"
    # The joint is written close to Thai words: on its left only where nothing else is listed with spaces.
    left = "" if len(front) == 1 and _is_thai(front[0][-1]) else " "
    return f"{' '.join(front)}{left}และ{'' if _is_thai(last[0]) else ' '}{last}"


def _is_thai(character: str) -> bool:
    return "\u0e00" <= character <= "\u0e7f"


def counted(number: int, noun: tuple[str, str, str] | None, language: Language) -> str:
    """A number of something: "two sites", "no sites", "สองพื้นที่".

    Args:
        noun: one and several of it in English, and its classifier in Thai; None counts without.
    """
    if noun is None:
        return number_word(number, language)
    if language == "th":
        return f"{number_word(number, 'th')}{noun[2]}" if number else f"ไม่มี{noun[2]}ใด"
    return f"{number_word(number, 'en') if number else 'no'} {noun[0] if number == 1 else noun[1]}"


def of_all(number: int, among: int, noun: tuple[str, str, str] | None, language: Language) -> str:
    """How many of some: "all six factors", "both sites", "none of the three sites", "two of three"; "ทั้งหกด้าน"."""
    total, part = (number_word(own, language) for own in (among, number))
    if language == "th":
        thing = noun[2] if noun else ""
        if number == among:
            return f"ทั้ง{total}{thing}" if among > 1 else f"{thing}เดียวที่มี" if thing else "ทั้งหมด"
        return f"{part}ใน{total}{thing}" if number else f"ไม่มี{thing}ใด" if thing else "ไม่มี"
    if number == among:
        front = {1: "the only", 2: "both"}.get(among, f"all {total}")
        return f"{front} {noun[0] if among == 1 else noun[1]}" if noun else "the only one" if among == 1 else front
    several = f" of the {total} {noun[1]}" if noun else f" of {total}"
    return f"{part if number else 'none'}{several}" if number or noun else "none"
