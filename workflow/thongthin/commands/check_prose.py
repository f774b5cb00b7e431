"""What the check tells of the sentences of a study: typed numbers, two languages beside each other, the glossary."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from thongthin.basics.language import Language
from thongthin.basics.problems import Problems
from thongthin.commands.study_files import KINDS, SKELETON
from thongthin.contract.analysis import Analysis
from thongthin.contract.claims import Meant
from thongthin.contract.documents import Document, source_of
from thongthin.present.claims.file import NAME as CLAIMS
from thongthin.present.manuscript.passages import Manuscript, Section, Sign
from thongthin.present.manuscript.suggestions import is_share, suggested
from thongthin.present.manuscript.terms import FILE as TERMS
from thongthin.present.manuscript.terms import Strayed, read_terms, strayed
from thongthin.present.manuscript.two_languages import KINDS as COMPARED
from thongthin.present.manuscript.two_languages import Difference, Pair, differences, paired
from thongthin.present.manuscript.typed_numbers import Typed, typed_numbers

# Kinds of what is told of sentences, here and of those that are bound to nothing: it follows from the documents alone.
OF_SENTENCES = {"typed-number", "typed-numbers", "unit-twice", "languages-differ", "term", "unbound-sentence"}
Manuscripts = Mapping[tuple[Document, Language], Manuscript]
# Names of one kind that are told of a section; so many pieces of text.
_MOST = 8
_ARTICLES = {"article": ("article", "บทความ"), "supplement": ("supplement", "เอกสารประกอบ")}


@dataclass
class Prose:
    """The check of the sentences of one study.

    Attributes:
        meant: the differences between the languages that are meant.
        draft: nothing is a problem that the configuration does not stop a draft for: all of it is a notice.
    """

    root: Path
    study: str
    analysis: Analysis
    manuscripts: Manuscripts
    meant: Sequence[Meant]
    problems: Problems
    draft: bool = False

    def check(self) -> None:
        """Add a problem or a notice for all that is to be told."""
        self.typed()
        both = {document for document, _ in self.manuscripts}
        pairs = {
            document: paired(self.manuscripts[document, "th"], self.manuscripts[document, "en"])
            for document in sorted(both)
            if {(document, "th"), (document, "en")} <= set(self.manuscripts)
        }
        for document, own in pairs.items():
            self.compare(document, own)
        self.terms(pairs)

    def say(self, stop: bool, kind: str, en: str, th: str, hints: tuple[str, str], file: str, row: int) -> None:
        say = self.problems.add if stop and not self.draft else self.problems.notice
        say(kind, en, th, hint_en=hints[0], hint_th=hints[1], file=file, row=row)

    # --- typed numbers ---

    @cached_property
    def reads(self) -> dict[str, list[tuple[str, str]]]:
        """Key and text of each value by language, as the last build left them; empty where there was none."""
        path = self.root / "results" / self.study / "tables" / "values.csv"
        if not path.is_file():
            return {"th": [], "en": []}
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        return {language: [(row["key"], row[f"text_{language}"]) for row in rows] for language in ("th", "en")}

    def typed(self) -> None:
        stop = self.analysis.typed_numbers == "stop"
        for (document, language), manuscript in self.manuscripts.items():
            doubtful: dict[int, list[Typed]] = {}
            for typed in typed_numbers(manuscript, is_share):
                if typed.certainty == "doubtful":
                    doubtful.setdefault(id(typed.section), []).append(typed)
                elif typed.certainty == "unit":
                    self.say(True, "unit-twice", f'A unit is said twice: "{_quoted(typed.text)}".',
                             f'ใส่หน่วยซ้ำสองครั้ง: "{_quoted(typed.text)}"',
                             ("A share brings its unit with it: take the typed one out.",
                              "ค่าร้อยละมีหน่วยมาด้วยแล้ว ให้ลบหน่วยที่พิมพ์ไว้"),
                             typed.passage.file, typed.line)  # fmt: skip
                else:
                    self.say(stop, "typed-number", f'A result is typed here: "{_quoted(typed.text)}".',
                             f'มีตัวเลขผลการวิจัยที่พิมพ์เอง: "{_quoted(typed.text)}"',
                             self.hints(typed, document, language), typed.passage.file, typed.line)  # fmt: skip
            for own in doubtful.values():
                _notice_doubtful(own, self.problems)

    def hints(self, typed: Typed, document: Document, language: Language) -> tuple[str, str]:
        """What the number may be, and how it is marked if it is no result."""
        near = {key for other in ("th", "en") for key in self.asked(document, other, typed.section)}
        keys = suggested(typed.number, self.reads[language], near)
        ask = " / ".join(f"{{{{< value {key} >}}}}" for key in keys) or "{{< value table.row.column >}}"
        marked = f"[{typed.number}]{{.fixed}}"
        return (
            f"{'It may be' if keys else 'Ask for it by its name:'} {ask}; a number that is no result of the study is "
            f"marked {marked}.",
            f"{'อาจเป็น' if keys else 'เรียกด้วยชื่อ'} {ask} หากไม่ใช่ผลของการวิจัยนี้ให้เขียนเป็น {marked}",
        )

    def asked(self, document: Document, language: str, section: Section) -> Iterator[str]:
        """Keys of the values that a section, or that of the same id in the other language, asks for."""
        for (own_document, own_language), manuscript in self.manuscripts.items():
            if (own_document, own_language) != (document, language):
                continue
            for own in manuscript.sections:
                if own is section or (own.id and own.id == section.id):
                    yield from (thing.names[0] for p in own.passages for thing in p.things if thing.sign == Sign.VALUE)

    # --- two languages ---

    def compare(self, document: Document, pairs: Sequence[Pair]) -> None:
        begun = all(not self.hardly_begun(document, language) for language in ("th", "en"))
        stop = begun and self.analysis.languages_differ == "stop"
        by_section: dict[tuple[int, int], list[Difference]] = {}
        for difference in differences(pairs):
            if left := self.unlisted(document, difference):
                by_section.setdefault((id(left.thai), id(left.english)), []).append(left)
        for own in by_section.values():
            here = own[0].thai or own[0].english
            assert here is not None
            title = [(section or here).title for section in (own[0].english, own[0].thai)]
            said = [_told(own, language) for language in (0, 1)]
            self.say(stop, "languages-differ", f'“{title[0]}” differs between the languages: {said[0]}',
                     f'“{title[1]}” สองภาษาไม่ตรงกัน: {said[1]}', _MEANT_HINT, here.file, here.line)  # fmt: skip

    def unlisted(self, document: Document, found: Difference) -> Difference | None:
        """A difference without what is listed as meant; None if nothing is left."""
        names = {found.thai.id, found.thai.title} if found.thai else set()
        names |= {found.english.id, found.english.title} if found.english else set()
        fitting = [meant for meant in self.meant if meant.document == document and meant.section in names - {""}]
        if any(not meant.only for meant in fitting):
            return None
        listed = {name for meant in fitting for name in meant.only}
        only = [tuple(name for name in own if name not in listed) for own in (found.only_thai, found.only_english)]
        return found._replace(only_thai=only[0], only_english=only[1]) if only[0] or only[1] else None

    def hardly_begun(self, document: Document, language: Language) -> bool:
        """Whether a document has less than half of the lines that the one in the other language has of its author."""
        own, other = (self.lines_of_author(document, one) for one in (language, "en" if language == "th" else "th"))
        return own * 2 < other

    def lines_of_author(self, document: Document, language: Language | str) -> int:
        """Lines that no template has."""
        own: Language = "th" if language == "th" else "en"
        path = source_of(self.root, self.study, document, own)
        templates = [SKELETON / f"{kind}.{own}.qmd" for kind in KINDS]
        given = {line.strip() for p in templates if p.is_file() for line in p.read_text(encoding="utf-8").splitlines()}
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
        return sum(bool(line.strip()) and line.strip() not in given for line in lines)

    # --- the glossary ---

    def terms(self, pairs: Mapping[Document, Sequence[Pair]]) -> None:
        path = self.root / "report" / self.study / TERMS
        if not path.is_file():
            return
        terms = read_terms(path, self.problems.at(f"report/{self.study}/{TERMS}"))
        for (document, language), manuscript in self.manuscripts.items():
            twins = [(p.thai, p.english) for p in pairs.get(document, ()) if p.thai and p.english]
            own = twins if language == "th" else [(english, thai) for thai, english in twins]
            for found in strayed(terms, manuscript, own):
                _notice_strayed(found, self.problems)


_MEANT_EXAMPLE = "differences: [{section: method, only: [sample.sites.all.n], reason: ...}]"
_MEANT_HINT = (
    f"Mend one of them; a difference that is meant is listed in {CLAIMS}: {_MEANT_EXAMPLE}.",
    f"แก้ให้ตรงกัน หากตั้งใจให้ต่างกันให้เขียนไว้ใน {CLAIMS}: {_MEANT_EXAMPLE}",
)


def check_prose(
    root: Path,
    study: str,
    analysis: Analysis,
    manuscripts: Manuscripts,
    meant: Sequence[Meant],
    problems: Problems,
    *,
    draft: bool = False,
) -> None:
    """Check the sentences of the documents of a study that could be read.

    Args:
        manuscripts: by document and language.
        meant: the differences between the languages that are meant.
        draft: whether what would stop a build is a notice.
    """
    Prose(root, study, analysis, manuscripts, meant, problems, draft).check()


def _quoted(text: str) -> str:
    return text.replace('"', "”")


def _told(found: Sequence[Difference], language: int) -> str:
    """What differs, side by side."""
    names = (("Thai", "English"), ("ไทย", "อังกฤษ"))[language]
    parts = []
    for one in found:
        sides = (one.only_thai, one.only_english)
        said = "; ".join(f"{name}: {_listed(own)}" for name, own in zip(names, sides, strict=True))
        parts.append(f"{COMPARED[one.kind][language]} ({said})")
    return ", ".join(parts) + "." * (language == 0)


def _listed(names: Sequence[str]) -> str:
    more = f" … (+{len(names) - _MOST})" if len(names) > _MOST else ""
    return ", ".join(_quoted(name) for name in names[:_MOST]) + more or "–"


def _notice_doubtful(found: Sequence[Typed], problems: Problems) -> None:
    section = found[0].section
    texts = ", ".join(f'"{_quoted(typed.text)}"' for typed in found[:_MOST])
    more = f" … (+{len(found) - _MOST})" if len(found) > _MOST else ""
    problems.notice(
        "typed-numbers",
        f"Typed in “{section.title}” and perhaps a result: {texts}{more}.",
        f"ตัวเลขที่พิมพ์เองใน “{section.title}” ซึ่งอาจเป็นผลการวิจัย: {texts}{more}",
        file=found[0].passage.file,
        row=found[0].line,
        hint_en="Ask for a result by its name, {{< value key >}}; mark what is none as [5]{.fixed}.",
        hint_th="หากเป็นผลการวิจัยให้เรียกด้วยชื่อ {{< value คีย์ >}} หากไม่ใช่ให้เขียนเป็น [5]{.fixed}",
    )


def _notice_strayed(found: Strayed, problems: Problems) -> None:
    term, word = found.term, found.term.word(found.language)
    other = term.en if found.language == "th" else term.th
    if found.word:
        en = f'"{found.word}" stands here, where the glossary has "{word}".'
        th = f'ตรงนี้ใช้ "{found.word}" แต่คำในรายการคำศัพท์คือ "{word}"'
    else:
        title = _quoted(found.section.title)
        en = f'"{title}" never says "{word}", though in the other language it says "{other}".'
        th = f'หัวข้อ "{title}" ไม่มีคำว่า "{word}" แต่ในอีกภาษามี "{other}"'
    problems.notice("term", en, th, file=found.section.file, row=found.line,
                    hint_en="One word throughout, or another row of terms.csv.",
                    hint_th="ใช้คำเดียวกันตลอด หรือเพิ่มแถวใน terms.csv")  # fmt: skip
