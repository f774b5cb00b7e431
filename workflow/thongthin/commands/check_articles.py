"""What the check tells of the articles of a study: whether all that they ask for will be there."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path

import pandas as pd

from thongthin.basics.language import Language, has_thai
from thongthin.basics.nearest import did_you_mean
from thongthin.basics.problems import Problems
from thongthin.commands.check_claims import refuse_typed_signs
from thongthin.commands.study_files import KINDS, SKELETON
from thongthin.contract.documents import Document, written
from thongthin.contract.strands import Part
from thongthin.contract.study import Study
from thongthin.contract.tables import TABLES
from thongthin.present.catalogue import Shown, article_tables, figures, table_of, why_not
from thongthin.present.claims.bound import Bound, bound_in, words_asked
from thongthin.present.manuscript.passages import Manuscript
from thongthin.present.manuscript.reader import read_manuscript
from thongthin.present.render.dialect import Readings, check_article
from thongthin.present.render.pandoc import PandocFailed
from thongthin.present.render.requested import INFERENCE, WORDS, Request, Requested
from thongthin.present.render.tree import read_document
from thongthin.present.value_keys import Rows, check_value_key, possible_rows

# The order in which a person goes through a study.
FOLDER = (
    "config/",
    "study.yml",
    "sites.",
    "participants.",
    "interviews",
    "codebook.",
    "coding",
    "quotes.",
    "survey/items.",
    "survey",
    "references.yml",
    "claims.yml",
    "article.th",
    "article.en",
    "supplement.th",
    "supplement.en",
)


def notice_missing_inferences(display: Request, rows: Rows, concluded: set[str], problems: Problems) -> None:
    """A notice of the factors of the joint display from which the documents in its language conclude nothing.

    Args:
        display: where the joint display is asked for.
    """
    left = [construct for construct in rows.get("joint_display", [[]])[0] if construct not in concluded]
    if left:
        listed = ", ".join(left)
        problems.notice(
            "no-inference",
            f"The joint display has no meta-inference on: {listed}.",
            f"ตารางแสดงผลร่วมยังไม่มีข้อสรุปร่วมเรื่อง: {listed}",
            row=display.line,
            file=display.file,
            hint_en=f"Put what you conclude from both strands in a block ::: {{#{INFERENCE}{left[0]}}} in the article.",
            hint_th=f"เขียนสิ่งที่สรุปจากทั้งสองวิธีไว้ในกล่อง ::: {{#{INFERENCE}{left[0]}}} ในบทความ",
        )


def rows_of_study(study: Study, parts: Collection[Part], tables: Mapping[str, pd.DataFrame]) -> Rows:
    """The rows that result tables will have; none where a table that they follow from could not be read."""
    of = {"interviews": ["participants"], "coding": ["codes", "coverage"], "survey": ["items", "responses"]}
    needed = ["sites", *(table for part, names in of.items() if part in parts for table in names)]
    return possible_rows(study, tables) if all(name in tables and len(tables[name]) for name in needed) else {}


@dataclass(frozen=True)
class Known:
    """What an article in one language can ask for.

    Attributes:
        rows: as from `rows_of_study`; without any, values aren't judged.
        tables: what was read; without that of quotes, these aren't judged.
        works: ids of the works; None doesn't judge citations.
        models: ids of the models of the study; "" is that of `model`.
        framework: whether the study names factors and outcomes.
    """

    language: Language
    rows: Rows
    tables: Mapping[str, pd.DataFrame]
    works: Collection[str] | None
    models: Collection[str] = ("",)
    framework: bool = True

    @cached_property
    def filled(self) -> set[str]:
        """The tables that will have rows.

        One without numbers to ask for is there with the others of its rule; whether it has rows is known too late.
        """
        rules = {TABLES[name].rule for name in self.rows}
        beside = {table.name for table in TABLES.values() if not table.value_columns and table.rule in rules}
        return {*self.rows, *beside, *(name for name, frame in self.tables.items() if len(frame))}

    def why_not(self, shown: Shown) -> tuple[str, str] | None:
        """Why a table or figure would be empty, in English and in Thai; None if it will not be, or nobody knows."""
        if "outcomes" in shown.needs and not self.framework:
            return NO_FRAMEWORK
        return why_not(shown, self.filled) if self.rows else None


# Why what shows the framework of a study is not there.
NO_FRAMEWORK = ("study.yml names no factors, or no outcomes", "study.yml ไม่มีปัจจัยหรือไม่มีผลลัพธ์")


class _Requests:
    """The judgement of what an article asks for."""

    def __init__(self, known: Known, problems: Problems) -> None:
        self.known = known
        self.problems = problems

    def say(self, request: Request, kind: str, en: str, th: str, hint_en: str = "", hint_th: str = "") -> None:
        self.problems.add(kind, en, th, row=request.line, file=request.file, hint_en=hint_en, hint_th=hint_th)

    def values(self, requests: Iterable[Request]) -> None:
        for request in requests if self.known.rows else ():
            if request.name.startswith(f"{WORDS}."):  # claims.yml says what these are (`check_claims`)
                continue
            if wrong := check_value_key(request.name, self.known.rows):
                self.say(request, "unknown-value", *wrong)

    def inferences(self, requests: Iterable[Request]) -> None:
        shown = self.known.rows.get("joint_display", [[]])[0]
        for request in requests if self.known.rows else ():
            if request.name not in shown:
                self.say(request, "unknown-inference", f'The joint display has no factor "{request.name}".',
                         f'ตารางแสดงผลร่วมไม่มีปัจจัย "{request.name}"', *did_you_mean(request.name, shown))  # fmt: skip

    def shown(self, en: str, th: str, requests: Iterable[Request], declared: Mapping[str, Shown]) -> None:
        """Tables or figures, which are called so in either language."""
        models = self.known.models
        for request in requests:
            name, model = table_of(request.name) if en == "table" else (request.name, "")
            if model and model not in models:
                self.say(request, "unknown-model", f'There is no model "{model}" in study.yml (models).',
                         f'ไม่มีตัวแบบ "{model}" ใน study.yml (models)', *did_you_mean(model, models))  # fmt: skip
            elif models and not model and "" not in models and name in declared and declared[name].of_a_model:
                (first, *_) = models
                self.say(request, "unknown-model", f'Which of the models is the table "{name}" to show?',
                         f'ตาราง "{name}" ต้องการแสดงตัวแบบใด', f"Write {name}-{first}, with the id of a model.",
                         f"เขียน {name}-{first} โดยระบุ id ของตัวแบบ")  # fmt: skip
            elif name not in declared:
                self.say(request, f"unknown-{en}", f'There is no {en} "{name}".', f'ไม่มี{th} "{name}"',
                         *did_you_mean(name, declared))  # fmt: skip
            elif reason := self.known.why_not(declared[name]):
                self.say(request, f"empty-{en}", f'The {en} "{name}" would be empty: {reason[0]}.',
                         f'{th} "{name}" จะว่างเปล่า: {reason[1]}')  # fmt: skip

    def quotes(self, requests: Iterable[Request]) -> None:
        quotes, language = self.known.tables.get("quotes"), self.known.language
        if quotes is None:
            return
        texts = dict(zip(quotes["quote_id"], quotes["text"], strict=True))
        column = f"translation_{language}"
        translations = dict(zip(quotes["quote_id"], quotes[column], strict=True))
        for request in requests:
            name = request.name
            if name not in texts:
                self.say(request, "unknown-quote", f'There is no quote "{name}" in the table of quotes.',
                         f'ไม่มีคำพูด "{name}" ในตาราง quotes', *did_you_mean(name, texts))  # fmt: skip
            elif has_thai(texts[name]) != (language == "th") and not translations[name]:
                self.say(request, "no-translation", f'The quote "{name}" has no translation for this article.',
                         f'คำพูด "{name}" ไม่มีคำแปลสำหรับบทความภาษานี้',
                         f'Fill in the column "{column}" of the table of quotes.',
                         f'เติมคอลัมน์ "{column}" ในตาราง quotes')  # fmt: skip

    def works(self, requests: Iterable[Request]) -> None:
        works = self.known.works
        for request in requests:
            if works is not None and request.name not in works:
                self.say(request, "unknown-work", f'The work "{request.name}" is not in references.yml.',
                         f'ไม่มีงาน "{request.name}" ใน references.yml', *did_you_mean(request.name, works))  # fmt: skip


def check_requested(requested: Requested, known: Known, problems: Problems) -> None:
    """Add a problem for everything that an article asks for and that will not be there."""
    judged = _Requests(known, problems)
    judged.values(requested.values)
    judged.inferences(requested.inferences)
    judged.shown("table", "ตาราง", requested.tables, article_tables())
    judged.shown("figure", "รูป", requested.figures, figures())
    judged.quotes(requested.quotes)
    judged.works(requested.works)


def unavailable(requested: Requested, known: Known, study: Study) -> list[int]:
    """First lines of the blocks that may be left out and ask for something that will not be there."""
    parts = {part.name: getattr(requested, part.name) for part in fields(requested)}
    left = []
    for start in sorted({request.within for requests in parts.values() for request in requests} - {0}):
        own = Requested(**{name: [r for r in requests if r.within == start] for name, requests in parts.items()})
        missing = Problems()
        check_requested(own, known, missing)
        unfilled = (not _can_be_filled(request.name, requested, known.language, study) for request in own.filled)
        if missing.found or any(unfilled):
            left.append(start)
    return left


def _can_be_filled(block: str, requested: Requested, language: Language, study: Study) -> bool:
    """Whether study.yml, or what the article cites, gives a block something to hold."""
    if block in ("refs", "refs-translated"):
        return bool(requested.works)
    if block == "ethics":
        return study.ethics is not None
    th, en = study.keywords.th, study.keywords.en
    return bool(th if (language == "th") == (block == "keywords") else en)


def check_filled(requested: Requested, study: Study, problems: Problems) -> None:
    """Add a problem if the article has a place for the sentence on ethics, and study.yml has none."""
    for request in requested.filled:
        if request.name == "ethics" and study.ethics is None:
            problems.add(
                "no-ethics",
                "The sentence on ethics is to stand here, but study.yml has none.",
                "ตำแหน่งนี้มีไว้สำหรับประโยคเรื่องจริยธรรมการวิจัย แต่ study.yml ไม่มีประโยคดังกล่าว",
                row=request.line,
                file=request.file,
                hint_en="Write it in study.yml (ethics), or take the block ::: {#ethics} out.",
                hint_th="เขียนไว้ที่ ethics ใน study.yml หรือลบกล่อง ::: {#ethics} ออก",
            )


def notice_untouched(path: Path, problems: Problems) -> None:
    """A notice if nobody has written on an article yet."""
    language = path.suffixes[0]
    templates = [template for kind in KINDS if (template := SKELETON / f"{kind}{language}.qmd").is_file()]
    if path.read_bytes().replace(b"\r\n", b"\n") in [template.read_bytes() for template in templates]:
        problems.notice(
            "untouched-article",
            "This article is as new-study wrote it: numbers, tables and figures, and no word of yours.",
            "บทความนี้ยังเป็นฉบับที่ new-study เขียนไว้ มีตัวเลข ตาราง และรูป แต่ยังไม่มีข้อความของผู้เขียน",
            hint_en="Write where the notes <!-- --> stand.",
            hint_th="เขียนต่อในตำแหน่งที่มีหมายเหตุ <!-- -->",
        )


@dataclass
class Articles:
    """What the articles of a study show, as far as it is judged with the tables.

    Attributes:
        shown: language -> ids of the quotes in its article.
        concluded: language -> the factors from which its documents conclude something.
        displayed: language -> where the joint display is asked for first.
        left_out: path of a document -> first lines of the blocks that are left out of it.
        cited: language -> ids of the works that its documents cite.
        asked: what each document asks for, by its path.
        bound: the sentences of all documents that are bound to claims, and the words that they ask for.
        manuscripts: those in whose format nothing is wrong, by document and language.
        readings: what has been read of them.
    """

    shown: dict[str, list[str]] = field(default_factory=dict)
    concluded: dict[Language, set[str]] = field(default_factory=dict)
    displayed: dict[Language, Request] = field(default_factory=dict)
    left_out: dict[str, list[int]] = field(default_factory=dict)
    cited: dict[Language, set[str]] = field(default_factory=dict)
    asked: dict[str, Requested] = field(default_factory=dict)
    bound: list[Bound] = field(default_factory=list)
    manuscripts: dict[tuple[Document, Language], Manuscript] = field(default_factory=dict)
    readings: Readings = field(default_factory=Readings)

    def check(self, document: Document, path: Path, known: Known, study: Study, problems: Problems) -> None:
        """Read one document and add what is wrong with it.

        Args:
            problems: bound to the document.
        """
        if not path.is_file():
            _report_missing(document, known.language, problems)
            return
        language, before = known.language, len(problems)
        requested, whole = self.readings.read(path, language, problems.file)
        if left := unavailable(requested, known, study):
            self.left_out[problems.file] = left
            requested = check_article(path, language, problems, left)
        else:
            problems.found += whole.found
            problems.notices += whole.notices
        self.asked[problems.file] = requested
        with contextlib.suppress(OSError, PandocFailed):  # told where the format is checked
            read = read_document(path, left)
            if len(problems) == before:
                self.manuscripts[document, language] = read_manuscript(read, document, language, problems.file)
            refuse_typed_signs(read, problems)
            self.bound += [*bound_in(read, problems.file.rpartition("/")[0]), *words_asked(requested.values)]
        check_filled(requested, study, problems)
        check_requested(requested, known, problems)
        self.concluded.setdefault(language, set()).update(inference.name for inference in requested.inferences)
        self.cited.setdefault(language, set()).update(work.name for work in requested.works)
        for request in requested.tables:
            if request.name == "joint_display":
                self.displayed.setdefault(language, request)
        if document == "article":
            notice_untouched(path, problems)
            self.shown[language] = [request.name for request in requested.quotes]


def _report_missing(document: Document, language: Language, problems: Problems) -> None:
    what_th = {"article": "บทความ", "supplement": "เอกสารประกอบ"}[written(document)]
    problems.add(
        "missing-file",
        f"This {document} is missing.",
        f"ไม่พบไฟล์{what_th}นี้",
        hint_en=f'Write it, or take "{language}" out of the languages in config/config.yml.',
        hint_th=f'เขียน{what_th} หรือลบ "{language}" ออกจาก languages ใน config/config.yml',
    )
