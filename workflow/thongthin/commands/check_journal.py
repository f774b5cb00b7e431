"""What a journal would send back: an abstract that is too long or missing, keywords, length, pages.

These are notices, since a manuscript grows and shrinks until it is sent. Words are those between spaces in English; in
Thai, which has no spaces between words, those of PyThaiNLP's dictionary (newmm). A value or a citation is one word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from thongthin.basics.language import Language
from thongthin.basics.problems import Problems
from thongthin.commands.check_articles import Articles
from thongthin.contract.documents import source_of
from thongthin.contract.journal import FIGURE_TYPE, FIGURE_WIDTH, LEAST_TYPE, Journal, Range, load_journal
from thongthin.contract.study import Config, Study
from thongthin.present.manuscript.passages import Manuscript, Passage, PassageKind, Sign
from thongthin.present.render.composition import WORDS
from thongthin.read.references import Work

# What the heading of an abstract, and that of the references, is called.
ABSTRACT = [words.abstract.lower() for words in WORDS.values()]
REFERENCES = ("เอกสารอ้างอิง", "บรรณานุกรม", "references")
# What is read as prose; and what of it is one word each: a value, citation, reference, formula, code.
_PROSE: tuple[PassageKind, ...] = ("paragraph", "item", "note")
_ONE_WORD = str.maketrans(
    {sign: " x " for sign in (Sign.VALUE, Sign.CITED, Sign.CITING, Sign.REFERENCE, Sign.OTHER)} | {Sign.NOTE: " "}
)
_THAI = re.compile(r"[\u0e00-\u0e7f]+")


def prose_by_part(manuscript: Manuscript) -> dict[str, str]:
    """The prose of the abstracts, of the references, and of all else, under "abstract", "references" and "".

    What stands below a heading goes with it, that of the headings within it as well. Headings, tables, figures, their
    captions and quotes of the study are no prose.
    """
    found = {"abstract": "", "references": "", "": ""}
    part, level = "", 0
    for section in manuscript.sections:
        title = section.title.lower()
        if not part or section.level <= level:
            part, level = (
                "abstract" if title in ABSTRACT else "references" if title in REFERENCES else "",
                section.level,
            )
        for passage in section.passages:
            found[part] += _spelled(passage) + "\n" if passage.kind in _PROSE else ""
    return found


def _spelled(passage: Passage) -> str:
    """What people read in a passage, with a word for what is asked for."""
    fixed = iter(thing.text for thing in passage.things if thing.sign == Sign.FIXED)
    return "".join(next(fixed) if sign == Sign.FIXED else sign for sign in passage.text).translate(_ONE_WORD)


def words_in(text: str) -> int:
    """How many words a text has."""
    thai = _THAI.findall(text)
    count = sum(any(c.isalnum() for c in word) for word in _THAI.sub(" ", text).split())
    if thai:
        from pythainlp.tokenize import word_tokenize  # takes its time

        count += sum(len(word_tokenize(run, engine="newmm")) for run in thai)
    return count


def check_journal(
    root: Path,
    name: str,
    config: Config,
    study: Study,
    works: Sequence[Work],
    articles: Articles,
    problems: Problems,
) -> None:
    """Read the journal that the configuration names, and add what it would send the article back for: see below."""
    if journal := load_journal(root, config.report.journal, problems):
        if any(asked.figures for asked in articles.asked.values()):
            notice_small_figures(journal, problems.at(f"report/styles/{config.report.journal}/journal.yml"))
        notice_journal(root, name, journal, study, config.languages, works, articles, problems)


def notice_journal(
    root: Path,
    name: str,
    journal: Journal,
    study: Study,
    languages: list[Language],
    works: Sequence[Work],
    articles: Articles,
    problems: Problems,
) -> None:
    """Add a notice for each thing that the journal would send the article of a study back for.

    Args:
        root: the project folder.
        name: of the study.
        languages: in which there is an article.
        works: which it can cite.
        articles: what has been read of the documents.
    """
    if journal.blind:
        own = [work for work in works if any(work.id in ids for ids in articles.cited.values())]
        _notice_own_works(study, own, problems.at(f"data/raw/{name}/references.yml"))
    for language in languages:
        here = problems.at(source_of(root, name, "article", language).relative_to(root).as_posix())
        if manuscript := articles.manuscripts.get(("article", language)):
            _notice_text(manuscript, journal, here)
        keywords = len(getattr(study.keywords, language))
        settings = problems.at(f"data/raw/{name}/study.yml")
        _notice(journal, journal.keywords, keywords, ("keywords", "คำสำคัญ"), settings, column=f"keywords.{language}")
        _notice_pages(root / "results" / name / f"article.{language}.pdf", journal, here)


def notice_small_figures(journal: Journal, problems: Problems) -> None:
    """Figures whose letters are too small to read where the text is so narrow."""
    width = journal.page.text[0]
    size = FIGURE_TYPE * min(1, width / FIGURE_WIDTH)
    if round(size, 1) < LEAST_TYPE:
        wanted = FIGURE_WIDTH * LEAST_TYPE / FIGURE_TYPE
        problems.notice(
            "small-figures",
            f"The text is {width:.1f} cm wide, so that the smallest letters of figures are {size:.1f} points.",
            f"เนื้อความกว้าง {width:.1f} ซม. ตัวอักษรที่เล็กที่สุดในรูปจึงมีขนาด {size:.1f} พอยต์",
            column="page.margins",
            hint_en=f"Print takes {LEAST_TYPE:g} points: make the text {wanted:g} cm wide.",
            hint_th=f"สิ่งพิมพ์ควรใช้ตัวอักษรอย่างน้อย {LEAST_TYPE:g} พอยต์ ให้เนื้อความกว้าง {wanted:g} ซม.",
        )


def _notice_own_works(study: Study, cited: Sequence[Work], problems: Problems) -> None:
    """Works that the article cites and one of its authors wrote: a blind copy keeps them."""
    authors = {_letters(getattr(author.name, language)) for author in study.authors for language in ("th", "en")}
    for work in cited:
        editions = [edition for edition in (work.th, work.en) if edition]
        names = [name for edition in editions for name in (*(edition.author or ()), *(edition.editor or ()))]
        if authors & {_letters(name.literal or f"{name.given}{name.family}") for name in names}:
            problems.notice(
                "own-work",
                f"{work.id} is by an author of the article, and reviewers of the copy without names see it cited.",
                f"{work.id} เป็นงานของผู้เขียนบทความ ผู้ประเมินฉบับที่ไม่มีชื่อจะยังเห็นการอ้างอิง",
                hint_en="Write of it as of the work of others, or leave it out until the article is accepted.",
                hint_th="เขียนถึงแบบงานของผู้อื่น หรือตัดออกก่อนจนกว่าบทความจะได้รับการตอบรับ",
            )


def _letters(name: str) -> str:
    return "".join(filter(str.isalpha, name)).lower()


def _notice_text(article: Manuscript, journal: Journal, problems: Problems) -> None:
    prose = prose_by_part(article)
    limits = journal.words_of_abstract(article.language)
    if limits != Range():
        _notice(journal, limits, words_in(prose["abstract"]), ("words in the abstract", "คำในบทคัดย่อ"), problems)
    if journal.words != Range():
        _notice(journal, journal.words, words_in(prose[""]), ("words", "คำ"), problems)


def _notice_pages(pdf: Path, journal: Journal, problems: Problems) -> None:
    """Pages of the PDF as it was built last, where it was."""
    if journal.pages == Range() or not pdf.is_file():
        return
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        with PdfDocument(pdf) as document:
            pages = len(document)
    except PdfiumError:  # a file that somebody has damaged is built anew
        return
    _notice(journal, journal.pages, pages, ("pages, as last built", "หน้า ตามที่สร้างครั้งล่าสุด"), problems)


def _notice(
    journal: Journal, limits: Range, count: int, what: tuple[str, str], problems: Problems, column: str = ""
) -> None:
    if limits.holds(count):
        return
    least = (f"at least {limits.least}", f"อย่างน้อย {limits.least}") if limits.least is not None else ("", "")
    most = (f"at most {limits.most}", f"ไม่เกิน {limits.most}") if limits.most is not None else ("", "")
    (least_en, least_th), (most_en, most_th) = least, most
    problems.notice(
        "journal-limits",
        f"There are {count} {what[0]}; {journal.title.en} takes {' and '.join(filter(None, (least_en, most_en)))}.",
        f"มี {count} {what[1]} แต่{journal.title.th}กำหนด{' และ'.join(filter(None, (least_th, most_th)))}",
        column=column,
        hint_en="Change the text before it is sent, or the journal in config/config.yml (report.journal).",
        hint_th="แก้ไขข้อความก่อนส่ง หรือเปลี่ยนวารสารที่ report.journal ใน config/config.yml",
    )
