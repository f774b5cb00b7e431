"""A glossary of the article: one word in Thai for one in English, and where a section has another word for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from thongthin.basics.language import Language, normalise_text
from thongthin.basics.problems import Problems
from thongthin.basics.records import records
from thongthin.present.manuscript.passages import Manuscript, Section
from thongthin.read.files.sheets import read_columns

FILE = "terms.csv"


class Term(NamedTuple):
    """A row of the glossary.

    Attributes:
        avoided_th, avoided_en: words that are not to stand for it.
    """

    th: str
    en: str
    avoided_th: tuple[str, ...] = ()
    avoided_en: tuple[str, ...] = ()

    def word(self, language: Language) -> str:
        return self.th if language == "th" else self.en

    def avoided(self, language: Language) -> tuple[str, ...]:
        return self.avoided_th if language == "th" else self.avoided_en


def read_terms(path: Path, problems: Problems) -> list[Term]:
    """The glossary, ``report/<study>/terms.csv``: columns th, en, and the words to avoid (not_th, not_en; with ;).

    Args:
        problems: bound to the file. A word that stands for two is a problem.
    """
    frame, here = read_columns(path, problems, ("th", "en"), ("not_th", "not_en"), may_be_empty=True)
    terms: list[Term] = []
    seen: dict[tuple[str, str], str] = {}
    for row, cells in zip(frame.index, records(frame), strict=True):
        own = {name: normalise_text(str(cell)).strip() for name, cell in cells.items()}
        if not own["th"] or not own["en"]:
            here.add("empty-term", "A term needs a word in both languages.", "คำศัพท์ต้องมีคำทั้งสองภาษา", row=int(row))
            continue
        for language, other in (("th", "en"), ("en", "th")):
            first = seen.setdefault((language, own[language].casefold()), own[other])
            if first.casefold() != own[other].casefold():
                here.add(
                    "two-words", f'"{own[language]}" stands for two words: "{first}" and "{own[other]}".',
                    f'"{own[language]}" ใช้แทนสองคำ คือ "{first}" และ "{own[other]}"',
                    row=int(row), hint_en="Keep one of them, and put the other into not_th or not_en.",
                    hint_th="เก็บไว้คำเดียว แล้วย้ายอีกคำไปไว้ในคอลัมน์ not_th หรือ not_en",
                )  # fmt: skip
        avoided = (
            tuple(word.strip() for word in own[name].split(";") if word.strip()) for name in ("not_th", "not_en")
        )
        terms.append(Term(own["th"], own["en"], *avoided))
    return terms


class Strayed(NamedTuple):
    """A section that has not the word of the glossary.

    Attributes:
        language: in which it strays.
        section: the one that does.
        word: the word to avoid that stands there; "" where the word of the glossary is missing beside its translation.
    """

    term: Term
    language: Language
    section: Section
    line: int
    word: str


def strayed(
    terms: Sequence[Term], manuscript: Manuscript, pairs: Sequence[tuple[Section, Section]]
) -> Iterator[Strayed]:
    """Where a document strays from the glossary.

    Args:
        pairs: sections of the document, each with the one that says the same in the other language.
    """
    language = manuscript.language
    other: Language = "en" if language == "th" else "th"
    for term in terms:
        for section, passage in manuscript.passages():
            for word in term.avoided(language):
                text = _masked(passage.text, term.word(language), language)
                if found := _pattern(word, language).search(text):
                    yield Strayed(term, language, section, passage.line_at(found.start()), word)
        own, its = _pattern(term.word(language), language), _pattern(term.word(other), other)
        for section, twin in pairs:
            if its.search(_words(twin)) and not own.search(_words(section)):
                yield Strayed(term, language, section, section.line, "")


def _masked(text: str, word: str, language: Language) -> str:
    """The text without the word itself, in which one to be avoided may stand."""
    return _pattern(word, language).sub(lambda match: " " * len(match[0]), text)


def _words(section: Section) -> str:
    return "\n".join(passage.text for passage in section.passages)


@lru_cache(maxsize=1024)
def _pattern(word: str, language: Language) -> re.Pattern[str]:
    """A word as it stands in a text: whole, and in English in the plural as well."""
    spaced = r"\s+".join(re.escape(part) for part in word.split())
    if language == "th":
        return re.compile(spaced)
    plural = rf"{spaced[:-1]}ies|" if re.search(r"[^aeiou]y$", spaced) else ""
    return re.compile(rf"(?<!\w)(?:{plural}{spaced}(?:s|es|’s|s’)?)(?!\w)", re.IGNORECASE)
