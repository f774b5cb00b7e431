"""How Thai is set, in every format: ๆ and ฯ never begin a line, and no space stands before the label of a table, figure
or section that belongs to the word before it ("และตารางที่ 2"). In the PDF, words stay whole (`whole_words`), short
brackets with a statistic in them stay in one line, and no word stands alone in the last line of a paragraph.
"""

from __future__ import annotations

import re

from thongthin.present.setting.evidence import TO_CLAIMS
from thongthin.present.setting.trees import Element, Elements, change_down, give, raw, stringify, value_of
from thongthin.present.setting.whole_words import WholeWords, join_repetitions, with_spaces, word_of

_LABELLED = frozenset(["fig", "tbl", "sec"])
# Words that nobody pauses after.
_JOINING = ("และ", "หรือ", "ใน", "จาก", "ตาม", "ดัง", "กับ", "ของ", "ถึง", "ดู", "โดย", "คือ")
# Letters of the end of a paragraph that stays together, and of a bracket that does.
_MOST_AT_END, _MOST_IN_BRACKETS = 24, 30

_KIND = re.compile(r"([A-Za-z]+)-")
_NOT_PLAIN = re.compile(r"[^0-9A-Za-z.,:;()\u0080-\U0010ffff]")
_WORD = re.compile("[^ ]+")
_MORE_THAN_SIGNS = re.compile(r"[^ .,:;()]")
_ITEM = re.compile(r"[0-9]+\.")
_STATISTIC = re.compile("[=<>]")


def kind_of(identifier: str) -> str | None:
    """Of what an id is: `fig`, `tbl` or `sec`; nothing where it is that of a work."""
    found = _KIND.match(identifier)
    return found[1] if found and found[1] in _LABELLED else None


def of_other_letters(element: Element) -> None:
    """Word knows what is Thai by its letters, whose language the styles give (w:bidi). The language of an element is
    that of its other letters: were it Thai, LibreOffice would break their words and numbers anywhere, as between Thai
    letters.
    """
    if (value_of(element, "lang") or "").startswith("th"):
        give(element, "lang", None)


def set_thai(blocks: Elements) -> None:
    """Set a Thai text that is no PDF."""
    change_down(blocks, {}, _set_line)


def set_pdf(blocks: Elements, words: WholeWords) -> None:
    """Set a text of a PDF, in any language; its tables have been seen to."""
    words.keep(blocks, of_lists=set_pdf_line)
    change_down(blocks, {"Para": _end_together}, leave=("Table",))


def set_pdf_line(line: Elements) -> None:
    _set_line(line)
    _statistics_together(line)
    with_spaces(line)


def _set_line(line: Elements) -> None:
    for place in range(len(line) - 2, 0, -1):
        before, after = line[place - 1], line[place + 1]
        if line[place]["t"] == "Space" and before["t"] == "Str" and _is_label(after) and before["c"].endswith(_JOINING):
            del line[place]
    join_repetitions(line)


def _is_label(element: Element) -> bool:
    if element["t"] != "Cite":
        return False
    first = element["c"][0][0]
    return kind_of(first["citationId"]) is not None and first["citationMode"]["t"] != "SuppressAuthor"


def _statistics_together(line: Elements) -> None:
    """A short bracket with a statistic in it stays in one line: "(b = 0.30, p < .001)"."""
    for start in range(len(line) - 1, -1, -1):
        if line[start]["t"] != "Str" or not line[start]["c"].startswith("(") or ")" in line[start]["c"]:
            continue
        said, end = "", start
        for end in range(start, len(line)):
            part = stringify(line[end])
            said += part
            if ")" in part or len(said) > _MOST_IN_BRACKETS:
                break
        else:
            continue
        if len(said) <= _MOST_IN_BRACKETS and _STATISTIC.search(said):
            line[start : end + 1] = [raw("typst", "#box["), *line[start : end + 1], raw("typst", "];")]


def _end_together(paragraph: Element) -> Element | None:
    """The last two words of a paragraph stay together."""
    line = paragraph["c"]
    start, code, shown, count = len(line), "", "", 0
    while start > 0 and count < 2:
        known = _as_typst(line[start - 1])
        if known is None or len(known[0] + shown) > _MOST_AT_END:
            break
        start, code, shown = start - 1, known[1] + code, known[0] + shown
        if _MORE_THAN_SIGNS.search(known[0]):
            count += max(1, len(_WORD.findall(known[0])))
    if count != 2 or start == 0:
        return None
    code = code.lstrip(" ")
    # "2019. Then" would begin a list.
    paragraph["c"] = [*line[:start], raw("typst", f"#box[{'#none;' if _ITEM.match(code) else ''}{code}];")]
    return paragraph


def _as_typst(element: Element) -> tuple[str, str] | None:
    """What an element of a line shows, and how Typst writes it; nothing where that is more than plain text."""
    kind = element["t"]
    if kind == "RawInline":
        word = word_of(element["c"][1])
        return None if word is None else (word, word)
    if kind == "Link" and TO_CLAIMS in element["c"][2][0]:  # the last words of a sentence that is bound to a claim
        parts = [_as_typst(own) for own in element["c"][1]]
        shown = "".join(part[0] for part in parts if part)
        return None if None in parts else (shown, f'#link("{element["c"][2][0]}")[{shown}];')
    if kind == "Space" or (kind == "Str" and not _NOT_PLAIN.search(element["c"])):
        plain = " " if kind == "Space" else element["c"]
        return plain, plain
    return None


def begin_no_line(elements: Elements) -> None:
    """Typst reads what stands first in brackets as the beginning of a line, where = begins a heading, + - and 1. a
    list, / a term: "#box[= .003]" would be a heading. In running text nothing is meant so.
    """
    for place in range(len(elements) - 1, 0, -1):
        before, own = elements[place - 1], elements[place]
        opens = before["t"] == "RawInline" and before["c"][0] == "typst" and before["c"][1].endswith("[")
        if opens and own["t"] == "Str" and (own["c"].startswith(("=", "+", "/", "-")) or _ITEM.match(own["c"])):
            elements.insert(place, raw("typst", "#none;"))
