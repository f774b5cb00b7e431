r"""LaTeX as it stands in BibTeX files, as plain text: accents, braces, dashes, letters by name.

What has no plain form, a command that is not known here, stays as it was written, so that whoever reads it sees it.
"""

from __future__ import annotations

import re
import unicodedata

# Combining marks of LaTeX's accents (The LaTeX Companion, tables of accents).
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "textendash": "–", "textemdash": "—",
    "textquoteright": "’", "textquoteleft": "‘", "textquotedblright": "”", "textquotedblleft": "“", "ldots": "…",
    "dots": "…", "textasciitilde": "~", "textbackslash": "\\", "copyright": "©", "pounds": "£", "S": "§",
}  # fmt: skip
# Commands that only say how their argument looks, or stand for a space.
_LOOKS = {"textit", "textbf", "textsc", "textrm", "textsf", "texttt", "textnormal", "emph", "mkbibemph", "mbox", "url",
          "path", "nolinkurl", "enquote", "textsuperscript", "textsubscript", "uppercase", "it", "bf", "em", "sc",
          "itshape", "bfseries", "noopsort", "relax", "protect"}  # fmt: skip

_ACCENT = re.compile(
    r"\\(?:([`'^~=.\"])\s*|([uvHcdbkr])(?:\s+|(?=\{)))(?:\{\s*(\\[ij]|\w)\s*\}|(\\[ij](?![A-Za-z])|\w))"
)
_ESCAPED = re.compile(r"\\([&%$#_{}])")
_COMMAND = re.compile(r"\\([A-Za-z]+)(?:\s+|\{\})?")
_KEPT = {character: chr(0xE000 + n) for n, character in enumerate("{}$\\")}


def plain(text: str) -> str:
    r"""The text without LaTeX: ``M{\"u}ller`` is Müller, ``{IT} \& law`` is IT & law, ``319--340`` is 319–340."""
    if not re.search(r"[\\{}~$]|--|``|''", text):
        return " ".join(text.split())
    text = re.sub(r"\\href\s*\{[^{}]*\}", "", text)
    text = _ACCENT.sub(_accented, text)
    text = _ESCAPED.sub(lambda match: _KEPT.get(match[1], match[1]), text)
    text = _COMMAND.sub(_named, text)
    text = re.sub(r"\\[-/]", "", text)
    text = re.sub(r"\\[ ,;:]|(?<!\\)~", " ", text)
    text = re.sub(r"(?<!\\)[{}$]", "", text)
    text = text.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")
    for character, kept in _KEPT.items():
        text = text.replace(kept, character)
    return " ".join(text.split())


def _accented(match: re.Match[str]) -> str:
    letter = {"\\i": "i", "\\j": "j"}.get(match[3] or match[4], match[3] or match[4])
    return unicodedata.normalize("NFC", letter + _ACCENTS[match[1] or match[2]])


def _named(match: re.Match[str]) -> str:
    if match[1] in _LETTERS:
        return _LETTERS[match[1]].replace("\\", _KEPT["\\"])
    return "" if match[1] in _LOOKS else match[0].replace("\\", _KEPT["\\"])
