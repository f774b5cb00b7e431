"""Names of persons in Thai and English text: behind titles and kin terms, on lists, or like none of the words around.

A title counts where a word begins, as newmm of PyThaiNLP parts the text (with the names of its lists as words):
หน้าที่ is no น้า. A name without title is one where given and family name stand on the lists, where something says
that a name follows (ชื่อ, "my name is"), or where two words side by side are in no dictionary."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from typing import Any

from thongthin.read.identifiers import words
from thongthin.read.identifiers.numbers import Hit

_THAI_WORD = re.compile(r"[ก-๎]+")
_CUE = re.compile(r"(?:ผม|ดิฉัน|หนู|เขา|แก|คน)?(?:ชื่อ|นามสกุล|สกุล|ชื่อเล่น)(?:ว่า|คือ|จริง)?[ :]*|(?<![ก-๛])(?:ผม|ดิฉัน|หนู|ฉัน)[ ]")
_TITLE_EN = (
    r"(?:Mr|Mrs|Ms|Miss|Mister|Dr|Prof|Professor|Khun|Ajarn|Ajahn|Phi|Nong|Pa|Loong|Lung|Capt|Captain|Lt|Maj|Major|Gen|General|Col"
    r"|Pol|Sgt|Sergeant|Mayor|Sir|Lady|Assoc|Asst|Doctor|Inspector|Kamnan|Phuyai|Acting|Sub|Lt\. Col|Luang)"
)
_ENGLISH_TITLED = re.compile(rf"\b(?:{_TITLE_EN}\.?\s){{1,4}}(?P<name>[A-Z][\w'’\-]+(?:\s[A-Z][\w'’\-]+){{0,2}})")
_ENGLISH_CUED = re.compile(
    r"\b(?:[Nn]ame is|[Nn]amed|[Cc]alled|I am|I'm|[Ss]igned by) (?P<name>[A-Z][a-z'’\-]+(?: [A-Z][\w'’\-]+){0,2})"
)
_ENGLISH_CHAIN = re.compile(r"(?<![\w.(\[“‘&@/\-])[A-Z][a-z’'\-]{2,}(?: [A-Z][A-Za-z’'.\-]*)+(?![\w@&])")
# How English words end that are no names.
_ENGLISH_WORD = re.compile(
    r".*(?:tion|sion|ment|ity|ance|ence|ing|ive|ics|ship|ness|ture|ery|ory|able|ible|ful|less|ism|ies|ed|ly|cy|gy|phy|ical|ral|nal|ial|ual|ware|work|tory|ive|ant)"
)
_NO_ENGLISH_NAME = words.as_set(
    "The This That These Those There Then They When Where What Who Why How And But"
    " For From With After Before Because Since While If In On At To As It Is Was We"
    " You He She My Our Your His Her Their Yes No Not Well Also Only Even Every Some"
    " Many Most Now Today Thai Thailand Khon Kaen Bangkok Smart City Digital Google"
    " Form Forms Facebook Line Live Open Data Health Office Local Government"
    " Administrative Organisation Organization Organisations District Province"
    " Municipality Mayor Department Ministry Social Media Big Data Mobile Application"
    " App Strongly Agree Disagree Undecided Primary School Secondary High Low Bachelor"
    " Master University College Service Services Online Microsoft Excel Word Windows"
    " Adobe Power Point Wi Fi Citizen Official Officials Citizens Interview"
    " Interviewer Participant Participants Respondent Speaker Question Answer Page"
    " Table Figure Method Methods Results Discussion Conclusion Paper System Ratio"
    " Fund Change Climate Society Disease Include Grow Post Zoom Meeting Monday"
    " Tuesday Wednesday Thursday Friday Saturday Sunday January February March April"
    " May June July August September October November December Mueang Amphoe Tambon"
    " One Two Three Four Five First Second Third Success Factors Research Study Public"
    " United States Kingdom South North East West Asia Southeast New York World Bank"
    " Artificial Intelligence"
)
_LONGEST = 26
# Times in the Thai National Corpus below which a word of the dictionary is rare, and above which it is common.
_RARE, _COMMON = 600, 12_000
# So many names of the lists begin, or end, with what is a piece of names.
_PIECES = 4


@functools.cache
def _titles() -> re.Pattern[str]:
    every = sorted({*words.TITLES, *words.CALLED, *words.KIN}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, every)))


@functools.cache
def _trie() -> Any:
    from pythainlp.util import Trie

    return Trie({*words.dictionary(), *words.given_names(), *words.family_names()})


def tokens(text: str) -> list[tuple[str, int, int]]:
    """Words of a text with start and end, half-open, by newmm with the names of the lists as words."""
    from pythainlp.tokenize import word_tokenize

    found, at = [], 0
    for word in word_tokenize(text, engine="newmm", custom_dict=_trie(), keep_whitespace=True):
        found.append((word, at, at + len(word)))
        at += len(word)
    return found


def lines_of(text: str) -> list[tuple[int, Line]]:
    """The lines of a text that have Thai in them, each with the place where it begins."""
    return [(chunk.start(), Line(chunk[0])) for chunk in re.finditer(r"[^\n]*[ก-๛][^\n]*", text)]


def names(text: str, lines: list[tuple[int, Line]]) -> Iterator[Hit]:
    """Kind (`name` or `nickname`), start and end of each, half-open; `text` is that of `Searched`."""
    for pattern in (_ENGLISH_TITLED, _ENGLISH_CUED):
        for match in pattern.finditer(text):
            if match["name"].split()[0] not in _NO_ENGLISH_NAME:
                yield "name", *match.span()
    for match in _ENGLISH_CHAIN.finditer(text):
        words_of = match[0].split(" ")
        first = next((n for n, word in enumerate(words_of) if word not in _NO_ENGLISH_NAME), len(words_of))
        chain = words_of[first:]
        odd = [
            w
            for w in chain
            if w.strip(".") in _NO_ENGLISH_NAME or _ENGLISH_WORD.fullmatch(w.lower()) or (w.isupper() and len(w) > 2)
        ]
        if 2 <= len(chain) <= 3 and not odd:
            yield "name", match.start() + len(" ".join(words_of[:first])) + (first > 0), match.end()
    for at, line in lines:
        for kind, start, end in line.names():
            yield kind, at + start, at + end


class Line:
    """One line of text with Thai in it, in words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.starts = {start: number for number, (_, start, _) in enumerate(self.tokens)}

    def names(self) -> Iterator[Hit]:
        yield from self._titled()
        yield from self._listed()
        yield from self._cued()
        yield from self._odd_pairs()

    # --- behind a title ---------------------------------------------------------------------------------------------

    def _titled(self) -> Iterator[Hit]:
        for match in _titles().finditer(self.text):
            title, behind = match[0], match.end()
            if self.inside_word(match.start()):
                continue
            if self.text[behind : behind + 1] == " " and (title in words.TITLES or title.endswith((".", "ฯ"))):
                behind += 1
            if not _THAI_WORD.match(self.text, behind):
                continue
            number = self.starts.get(match.start())
            word, _, last = self.tokens[number] if number is not None else ("", 0, 0)
            if last > behind and word in words.dictionary() and not self._is_nick(title, word):
                continue  # พี่น้อง, แม่บ้าน, คุณภาพ: one word of its own
            yield from self._behind(title, match.start(), behind)

    def inside_word(self, at: int) -> bool:
        """Whether a word of the dictionary goes on here, so that nothing begins."""
        if at in self.starts:
            return False
        return any(word in words.dictionary() for word, start, end in self.tokens if start < at < end)

    def _is_nick(self, title: str, word: str) -> bool:
        rare = words.frequency().get(word, 0) < _RARE
        return title in words.KIN and word[len(title) :] in words.NICKNAMES and rare and word not in _KIN_WORDS

    def _behind(self, title: str, start: int, behind: int) -> Iterator[Hit]:
        end = self.name_end(behind)
        if title in words.TITLES:
            if end > behind:
                yield "name", start, self._family_end(end)
            return
        if end - behind >= 4 and self._is_name(behind, end):
            yield "name", start, self._family_end(end)
        elif (nick := self._nick(behind)) and title + self.text[behind:nick] not in _KIN_WORDS:
            yield "nickname", start, nick
        elif end > behind and self._family_end(end) > end and self._is_name(behind, self._family_end(end)):
            yield "name", start, self._family_end(end)
        elif title in words.KIN_OF_PEOPLE and (short := self._short_name(title, behind)):
            yield "nickname", start, short

    def _nick(self, at: int) -> int:
        """Where a listed nickname that begins here ends; 0 if none does, or what follows lets it be none."""
        for length in range(7, 0, -1):
            end = at + length
            if self.text[at:end] in words.NICKNAMES and self._may_end(end):
                return end
        return 0

    def _short_name(self, title: str, at: int) -> int:
        """Where a short word ends that can hardly be anything but a name behind a kin term, listed or not; 0 if it can.

        A rare word, or one that many names begin with and somebody is said to do something behind it; either ends where
        a nickname may end.
        """
        word, _, end = next((own for own in self.tokens if own[1] <= at < own[2]), ("", 0, 0))
        word = self.text[at:end]
        known = (
            word in words.FUNCTION | words.HOLDERS | words.NO_SHORT_NAME | words.KIN
            or title + word in words.dictionary()
        )
        if known or not 2 <= len(word) <= 6 or not self._may_end(end) or title + word in _KIN_WORDS:
            return 0
        halves = ((word[:place], word[place:]) for place in range(2, len(word) - 1))
        if word not in words.given_names() and any({*own} <= words.dictionary() for own in halves):
            return 0  # ขายของ
        times = words.frequency().get(word, 0)
        says = any(self.text.startswith(verb, end) for verb in words.SAYS)
        if times < _RARE or (says and times < _COMMON and words.begins_names(word) > 2 * _PIECES):
            return end
        return 0

    def _may_end(self, end: int) -> bool:
        rest = self.text[end : end + 12]
        if not rest or not re.match(r"[ก-๎]", rest):
            return True
        if re.match(r"[ัิ-ฺ็-๎ะาำๅ]", rest):
            return False
        return any(rest.startswith(word) for word in words.FOLLOWING)

    def name_end(self, at: int) -> int:
        """Where the name that begins here ends: at a space, a sign, or a word that belongs to the sentence."""
        run = _THAI_WORD.match(self.text, at)
        if not run:
            return at
        first = next((word for word, start, _ in self.tokens if start == at), "")
        if first in words.FUNCTION or first in words.HOLDERS:
            return at
        for word, start, _ in self.tokens:
            if at + 2 <= start < run.end() and word in words.FUNCTION and not self._goes_on(start, run.end()):
                return start
        return min(run.end(), at + _LONGEST)

    def _goes_on(self, start: int, last: int) -> bool:
        """Whether a short word of a sentence ends a name all the same: nothing stands behind it."""
        word = next(w for w, first, _ in self.tokens if first == start)
        return start + len(word) == last and len(word) <= 2 and word in ("ดี", "มา", "มี", "แก")

    def inside(self, start: int, end: int) -> list[str]:
        """The words between two places."""
        return [word for word, first, last in self.tokens if first >= start and last <= end]

    def _is_name(self, start: int, end: int) -> bool:
        """Whether this can be nothing but a name: on a list, in no dictionary, or made of pieces of names."""
        whole, inside = self.text[start:end].replace(" ", ""), self.inside(start, end)
        if any(word in words.FUNCTION or word in words.HOLDERS for word in inside):
            return False
        if whole in words.given_names():
            return whole not in words.dictionary() or words.frequency().get(whole, 0) < _RARE
        if whole in words.dictionary():
            return False
        odd = any(word.strip() and word not in words.dictionary() for word in inside)
        return odd or self._made_of_pieces(inside)

    def _made_of_pieces(self, inside: list[str]) -> bool:
        pieces = [word for word in inside if word.strip()]
        if not 2 <= len(pieces) <= 8 or max(map(len, pieces)) > 7:
            return False
        if words.begins_names(pieces[0]) >= _PIECES and words.ends_names(pieces[-1]) >= _PIECES:
            return True
        whole = "".join(pieces)
        return (
            len(whole) >= 6
            and words.begins_names(whole[:3]) >= 2 * _PIECES
            and words.ends_names(whole[-3:]) >= 2 * _PIECES
        )

    def _family_end(self, end: int) -> int:
        """The end of the family name behind a given name, or of the given name where none stands there."""
        if self.text[end : end + 1] != " ":
            return end
        begin = end + 1 + (self.text[end + 1 : end + 2] == " ")
        last = self.name_end(begin)
        if last - begin < 3:
            return end
        if self.text[last : last + 3] == " ณ ":
            last = self.name_end(last + 3)
        whole, inside = self.text[begin:last], self.inside(begin, last)
        if whole in words.family_names():
            return last
        common = whole in words.dictionary() and words.frequency().get(whole, 0) >= _RARE
        if common or any(word in words.FUNCTION or word in words.HOLDERS for word in inside):
            return end
        return last if len(inside) <= 6 else end

    # --- without one ------------------------------------------------------------------------------------------------

    def _listed(self) -> Iterator[Hit]:
        given, family, known = words.given_names(), words.family_names(), words.dictionary()
        for (one, start, end), (other, begins, ends) in itertools.pairwise(self._runs()):
            if begins != end + 1:
                continue
            tail = one if one in given else self._last_given(start, end)
            head = other if other in family else self._first_family(begins, ends)
            if (
                tail
                and head
                and not (
                    tail in words.FUNCTION
                    or head in words.FUNCTION
                    or (tail in known and head in known and self._common(tail, head))
                )
            ):
                yield "name", end - len(tail), self._family_end(end) if head == other else begins + len(head)
        for word, start, end in self.tokens:
            if word in given and word not in known and len(word) >= 5:
                yield "name", start, self._family_end(end)

    def _common(self, *listed: str) -> bool:
        return any(words.frequency().get(word, 0) > _COMMON for word in listed)

    def _runs(self) -> list[tuple[str, int, int]]:
        return [(m[0], *m.span()) for m in _THAI_WORD.finditer(self.text)]

    def _last_given(self, start: int, end: int) -> str:
        word = next((w for w, first, last in self.tokens if last == end and first >= start), "")
        return word if word in words.given_names() and word not in words.dictionary() else ""

    def _first_family(self, start: int, end: int) -> str:
        word = next((w for w, first, last in self.tokens if first == start and last <= end), "")
        return word if word in words.family_names() and word not in words.dictionary() else ""

    def _cued(self) -> Iterator[Hit]:
        for match in _CUE.finditer(self.text):
            if not self.inside_word(match.start()):
                at = match.end()
                end = self.name_end(at)
                if end - at >= 2 and self._is_name(at, self._family_end(end)):
                    yield "name", at, self._family_end(end)
                elif "ชื่อ" in match[0] and self._nick(at):
                    yield "nickname", at, self._nick(at)

    def _odd_pairs(self) -> Iterator[Hit]:
        """Two words side by side that are made like names, neither of which belongs to a sentence."""
        runs = self._runs()
        for (one, start, end), (other, begins, ends) in itertools.pairwise(runs):
            if begins == end + 1 and self._is_name_like(one, start, end) and self._is_name_like(other, begins, ends):
                yield "name", start, ends

    def _is_name_like(self, whole: str, start: int, end: int) -> bool:
        if not 4 <= len(whole) <= 22 or whole in words.dictionary() or not self._is_name(start, end):
            return False
        pieces = self.inside(start, end)
        if len(pieces) == 1:
            return whole in words.given_names() or whole in words.family_names()
        return self._made_of_pieces(pieces) and not self._common(*pieces)


# Kin terms that are part of a word of their own, or called so without meaning one person.
_KIN_WORDS = words.as_set(
    "แม่น้ำ แม่ทอง พี่น้อง น้องใหม่ น้องๆ พี่ใหญ่ พ่อแม่ ตาดำ ตาดี ตาแดง ตาขาว"
    " ตาเขียว ตาใส ตาสี อาสา อาชีพ อาหาร อาคาร แม่ศรี แม่สี แม่สาย อาย อาม อีเมล แม่มด"
    " ตาดู อามา แม่พิมพ์ แม่บ้าน แม่ใหญ่ ปู่ย่า ปู่ ตาล ตาม ตาย ตาน ย่าน ยายา พี่ดี"
    " น้องดี พ่อดี แม่ดี อีดี อาดี แม่แก้ว พี่สาว น้องสาว พี่ชาย น้องชาย พี่หญิง"
    " น้องหญิง อาบน้ำ อาน้ำ ตาน้ำ แม่คำ อาโป ตาชั่ง อาณา อาศรี"
)
