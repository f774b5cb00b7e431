"""Texts that look alike on screen and are not the same: found, and told apart by naming the character and its place.

Two texts look alike if they are the same once each character is replaced by what it looks like: characters that cannot
be seen are left out, every run of white space is one space, typographic quotation marks, dashes and dots are plain,
Thai marks stand in their order and once, two เ are a แ, and letters of other scripts are the Latin letter of their
shape. Nothing is changed for it: a text keeps its characters and its positions, and people are told where they differ.

Shapes of Cyrillic and Greek letters: Unicode Technical Standard 39 (confusables), as far as they look the same in
usual fonts.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

# What cannot be seen: format characters, the soft hyphen among them, and those that only join or vary others.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
_THAI_MARK = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
# A character with the marks on it, or several that look like one.
_PIECE = re.compile(
    rf"เ[{_INVISIBLE}]*เ[{_INVISIBLE}]*|\.[{_INVISIBLE}]*\.[{_INVISIBLE}]*\.[{_INVISIBLE}]*|[\s{_INVISIBLE}]*\s[\s{_INVISIBLE}]*"
    rf"|.[{_INVISIBLE}{_THAI_MARK}\u0300-\u036f]*(?:\u0e32(?:(?<=\u0e4d\u0e32)|(?<=\u0e4d[\u0e48-\u0e4b]\u0e32))|\u0e33)?[{_INVISIBLE}]*",
    re.DOTALL,
)
_UNSEEN = re.compile(f"[{_INVISIBLE}]")
_MARKS = re.compile(rf"[{_THAI_MARK}\u0e32\u0300-\u036f]*")

_SHAPES = {
    **dict.fromkeys("“”„‟″«»〝〞＂", '"'),
    **dict.fromkeys("‘’‚‛′`´ʹʼ＇", "'"),
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    "…": "...",
    "เเ": "แ",
    "\u0e45": "\u0e32",  # lakkhangyao, sara aa
    **dict(zip("АВЕЅІЈКМНОРСТУХаеоросухіјѕһԁԛԝѵ", "ABESIJKMHOPCTYXaeopocyxijshdqwv", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρ", "ABEZHIKMNOPTYXovp", strict=True)),
    # In many fonts, and in most eyes, these differ little.
    **dict.fromkeys("0๐", "O"),
    **dict.fromkeys("1I|", "l"),
}

_NAMES = {
    " ": ("a space", "ช่องว่าง"),
    "\t": ("a tab", "แท็บ"),
    "\n": ("a line end", "การขึ้นบรรทัดใหม่"),
    "\u00a0": ("a non-breaking space", "ช่องว่างแบบไม่ตัดบรรทัด"),
    "\u202f": ("a narrow non-breaking space", "ช่องว่างแคบแบบไม่ตัดบรรทัด"),
    "\u3000": ("a wide space", "ช่องว่างเต็มความกว้าง"),
    "\u00ad": ("a soft hyphen that cannot be seen", "ยัติภังค์ซ่อนที่มองไม่เห็น"),
    "\u200b": ("a zero-width space", "ช่องว่างความกว้างศูนย์"),
    "\u200c": ("a zero-width non-joiner", "อักขระแยกตัวอักษรความกว้างศูนย์"),
    "\u200d": ("a zero-width joiner", "อักขระเชื่อมตัวอักษรความกว้างศูนย์"),
    "\u200e": ("a left-to-right mark that cannot be seen", "เครื่องหมายกำหนดทิศซ้ายไปขวาที่มองไม่เห็น"),
    "\u200f": ("a right-to-left mark that cannot be seen", "เครื่องหมายกำหนดทิศขวาไปซ้ายที่มองไม่เห็น"),
    "\ufeff": ("a byte-order mark that cannot be seen", "เครื่องหมายลำดับไบต์ที่มองไม่เห็น"),
    '"': ("a straight quotation mark", "เครื่องหมายคำพูดแบบตรง"),
    "“": ("a curly quotation mark", "เครื่องหมายคำพูดแบบโค้ง"),
    "”": ("a curly quotation mark", "เครื่องหมายคำพูดแบบโค้ง"),
    "'": ("a straight apostrophe", "อะพอสทรอฟีแบบตรง"),
    "‘": ("a curly apostrophe", "อะพอสทรอฟีแบบโค้ง"),
    "’": ("a curly apostrophe", "อะพอสทรอฟีแบบโค้ง"),
    "-": ("a hyphen", "ยัติภังค์"),
    "‑": ("a non-breaking hyphen", "ยัติภังค์แบบไม่ตัดบรรทัด"),
    "–": ("a dash", "ขีดกลาง"),
    "—": ("a long dash", "ขีดยาว"),
    "−": ("a minus sign", "เครื่องหมายลบ"),
    "…": ("an ellipsis in one character", "จุดไข่ปลาอักขระเดียว"),
    ".": ("a full stop", "จุด"),
    "|": ("a vertical line", "เส้นตั้ง"),
    "\u0e30": ("sara a", "สระอะ"),
    "\u0e31": ("mai han akat", "ไม้หันอากาศ"),
    "\u0e32": ("sara aa", "สระอา"),
    "\u0e33": ("sara am", "สระอำ"),
    "\u0e34": ("sara i", "สระอิ"),
    "\u0e35": ("sara ii", "สระอี"),
    "\u0e36": ("sara ue", "สระอึ"),
    "\u0e37": ("sara uee", "สระอือ"),
    "\u0e38": ("sara u", "สระอุ"),
    "\u0e39": ("sara uu", "สระอู"),
    "\u0e3a": ("phinthu", "พินทุ"),
    "\u0e40": ("sara e", "สระเอ"),
    "\u0e41": ("sara ae", "สระแอ"),
    "\u0e45": ("lakkhangyao", "ลากข้างยาว"),
    "\u0e47": ("mai taikhu", "ไม้ไต่คู้"),
    "\u0e48": ("mai ek", "ไม้เอก"),
    "\u0e49": ("mai tho", "ไม้โท"),
    "\u0e4a": ("mai tri", "ไม้ตรี"),
    "\u0e4b": ("mai chattawa", "ไม้จัตวา"),
    "\u0e4c": ("thanthakhat", "ทัณฑฆาต"),
    "\u0e4d": ("nikhahit", "นิคหิต"),
    "\u0e4e": ("yamakkan", "ยามักการ"),
}
# Characters that show nothing by themselves: white space, controls, formats, marks.
_UNDRAWN = {"Zs", "Cc", "Cf", "Mn", "Zl", "Zp"}
# By the beginning of a character's name in Unicode.
_SCRIPTS = (
    ("LATIN", ("a Latin letter", "อักษรละติน")),
    ("FULLWIDTH", ("a wide character", "อักขระเต็มความกว้าง")),
    ("CYRILLIC", ("a Cyrillic letter", "อักษรซีริลลิก")),
    ("GREEK", ("a Greek letter", "อักษรกรีก")),
    ("THAI DIGIT", ("a Thai digit", "เลขไทย")),
    ("THAI", ("a Thai letter", "อักษรไทย")),
    ("LAO", ("a Lao letter", "อักษรลาว")),
    ("DIGIT", ("a digit", "เลขอารบิก")),
    ("COMBINING", ("a mark on the letter before", "เครื่องหมายกำกับอักษรตัวหน้า")),
)


class Pieces(NamedTuple):
    """A text piece by piece as it looks: the looks joined, where each begins in them, and where it stands."""

    look: str
    at: list[int]  # of each piece: where it begins in `look`
    spans: list[tuple[int, int]]  # of each piece: its start and end in the text


@lru_cache(maxsize=64)
def pieces(text: str) -> Pieces:
    """The text as it looks (see the module), with the way back to its own characters."""
    looks: list[str] = []
    at: list[int] = []
    spans: list[tuple[int, int]] = []
    length = 0
    for match in _PIECE.finditer(text):
        look = _look(match[0])
        if not look:  # only what cannot be seen: it belongs to what follows
            continue
        at.append(length)
        spans.append((spans[-1][1] if spans else 0, match.end()))
        looks.append(look)
        length += len(look)
    return Pieces("".join(looks), at, spans)


@lru_cache(maxsize=4096)
def _look(piece: str) -> str:
    seen = _UNSEEN.sub("", piece)
    if seen and seen.isspace():
        return " "
    if seen in _SHAPES:
        return _SHAPES[seen]
    whole = unicodedata.normalize("NFKC", seen)  # sara am becomes nikhahit and sara aa
    first, marks = whole[:1], whole[1:]
    if _MARKS.fullmatch(marks):  # they stand on a letter in one order, and twice the same looks like once
        return _SHAPES.get(first, first) + "".join(sorted(dict.fromkeys(marks)))
    return "".join(_SHAPES.get(character, character) for character in whole)


def look_alike(a: str, b: str) -> bool:
    """Whether two texts that are not the same look the same, but for white space around them."""
    return a != b and pieces(a).look.strip() == pieces(b).look.strip()


def find_alike(text: str, wanted: str) -> list[tuple[int, int]]:
    """Start and end of every passage of `text` that looks like `wanted`, in order: whole characters with marks."""
    whole, sought = pieces(text), pieces(wanted.strip()).look
    found: list[tuple[int, int]] = []
    if not sought:
        return found
    start = whole.look.find(sought)
    while start >= 0:
        end = start + len(sought)
        first, last = bisect_right(whole.at, start) - 1, bisect_right(whole.at, end - 1) - 1
        ends_whole = end == (whole.at[last + 1] if last + 1 < len(whole.at) else len(whole.look))
        if whole.at[first] == start and ends_whole:
            found.append((whole.spans[first][0], whole.spans[last][1]))
        start = whole.look.find(sought, start + 1)
    return found


def difference_of(
    a: str, b: str, in_a: tuple[str, str] = ("here", "ในที่นี้"), in_b: tuple[str, str] = ("there", "ในอีกที่หนึ่ง")
) -> tuple[str, str] | None:
    """Where two texts that look alike differ first, as a sentence in English and in Thai; None if they do not.

    Args:
        in_a, in_b: where the texts stand, in English and in Thai: ("in the interview", "ในบทสัมภาษณ์").
    """
    if not look_alike(a, b):
        return None
    if a.strip() == b.strip():
        (en, th), wide = (in_a, a) if len(a) > len(b) else (in_b, b)
        said = ("begins", "ขึ้นต้น") if wide != wide.lstrip() else ("ends", "ลงท้าย")
        return f"{en[:1].upper()}{en[1:]}, the text {said[0]} with white space.", f"{th} ข้อความ{said[1]}ด้วยช่องว่าง"
    one, other = pieces(a := a.strip()), pieces(b := b.strip())
    stretches = zip(one.spans, other.spans, strict=True)
    start, own, their = next((s, a[s:e], b[s_b:e_b]) for (s, e), (s_b, e_b) in stretches if a[s:e] != b[s_b:e_b])
    if sorted(own) == sorted(their):
        (own_en, own_th), (their_en, their_th) = _named(own[1:]), _named(their[1:])
        return (
            f'The texts look alike, but the marks on character {start + 1} ("{own[0]}") are {own_en} {in_a[0]} and'
            f" {their_en} {in_b[0]}.",
            f'ข้อความดูเหมือนกัน แต่เครื่องหมายบนอักขระที่ {start + 1} ("{own[0]}") {in_a[1]}คือ {own_th} ส่วน{in_b[1]} คือ'
            f" {their_th}",
        )
    same = _same_until(own, their)
    alike = min(_same_until(own[::-1], their[::-1]), len(own) - same, len(their) - same)
    before = a[: start + same].rstrip("\n")[-15:]
    own, their, place = own[same : len(own) - alike], their[same : len(their) - alike], start + same + 1
    after = (f' (after "{before}")', f' (หลัง "{before}")') if place > 1 else ("", "")
    if own and their:
        (own_en, own_th), (their_en, their_th) = _named(own), _named(their)
        return (
            f"The texts look alike, but character {place}{after[0]} is {own_en} {in_a[0]} and {their_en} {in_b[0]}.",
            f"ข้อความดูเหมือนกัน แต่อักขระที่ {place}{after[1]} {in_a[1]}คือ {own_th} ส่วน{in_b[1]} คือ {their_th}",
        )
    (more_en, more_th), (has, lacks) = _named(own or their), (in_a, in_b) if own else (in_b, in_a)
    return (
        f"The texts look alike, but character {place}{after[0]} {has[0]} is {more_en}, which is missing {lacks[0]}.",
        f"ข้อความดูเหมือนกัน แต่อักขระที่ {place}{after[1]} {has[1]}คือ {more_th} ซึ่งไม่มี{lacks[1]}",
    )


def _same_until(a: str, b: str) -> int:
    """How many characters at the beginning are the same."""
    return next((n for n, (one, other) in enumerate(zip(a, b, strict=False)) if one != other), min(len(a), len(b)))


def _named(characters: str) -> tuple[str, str]:
    """Characters as they look and by name, in English and in Thai."""
    named = [character_name(character) for character in characters[:4]]
    en, th = " and ".join(name[0] for name in named), " กับ ".join(name[1] for name in named)
    letters = not any(unicodedata.category(c) in _UNDRAWN for c in characters)
    return (f'"{characters}" ({en})', f'"{characters}" ({th})') if letters else (en, th)


def character_name(character: str) -> tuple[str, str]:
    """What a character is, in English and in Thai, with its code point: ("a Cyrillic letter, U+0430", ...)."""
    code = f"U+{ord(character):04X}"
    if character in _NAMES:
        en, th = _NAMES[character]
    else:
        name = unicodedata.name(character, "")
        en, th = next((said for start, said in _SCRIPTS if name.startswith(start)), ("a character", "อักขระ"))
        if (category := unicodedata.category(character)) == "Zs":
            en, th = "a space of another width", "ช่องว่างความกว้างอื่น"
        elif category in ("Cf", "Cc"):
            en, th = "a character that cannot be seen", "อักขระที่มองไม่เห็น"
    return f"{en} {code}", f"{th} {code}"


def alike_among(word: str, known: Collection[str]) -> str | None:
    """The first of the known texts that looks like `word` without being it; None if none does."""
    look = pieces(word).look.strip()
    return next((own for own in known if own != word and pieces(own).look.strip() == look), None)
