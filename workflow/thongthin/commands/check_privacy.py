"""What the check tells of the protection of people: identifiers that nobody decided about, combinations of one.

Nothing here stops the open build. What is found is shown once for each distinct text, with where it stands and the
words around; `privacy.yml` takes the decisions. Of a simulated study it is said once that it was looked at."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from thongthin.basics.language import one_line
from thongthin.basics.problems import Problems
from thongthin.commands.check_people import tell_sentences, tell_signatures, tell_tracked, tell_unknown_people
from thongthin.contract.loading import StudySettings
from thongthin.contract.privacy import DECISIONS, PEOPLE, Decisions, read_decisions, words_of
from thongthin.contract.study import Study
from thongthin.read.frame import people_of
from thongthin.read.identifiers import KINDS, identifiers
from thongthin.read.identifiers.material import Text, read_people, texts_of

# Characters shown on each side of what was found.
_AROUND = 24
# Properties of files that name somebody whatever they say.
_NAMING = {"creator", "lastModifiedBy", "Manager", "Company", "Author", "Artist", "XPAuthor", "Copyright", "GPS"}
# What programs write there by themselves.
_PROGRAMS = {
    "python-docx",
    "openpyxl",
    "microsoft office user",
    "user",
    "admin",
    "author",
    "windows user",
    "libreoffice",
    "xlsxwriter",
    "",
}


class Finding(NamedTuple):
    """An identifier in what people brought: its kind, its words, the words around it, and where it stands."""

    kind: str
    words: str
    around: str
    place: Text


def findings(root: Path, folder: str, study: Study | None, tables: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Every identifier in what a study brings, in the order of its files; the study's own public names are none.

    Args:
        root, folder: the folder of the project, and that of the study in it.
        tables: the tables of data/processed that were read, by name.
    """
    people = tuple(read_people(root / folder, Problems()))
    public = [words_of(name) for name in _public_names(study, tables)]
    found, seen = [], set[tuple[str, str, str]]()
    for text in texts_of(root, folder, tables):
        key = (text.file, text.column, text.text)
        if key in seen:
            continue
        seen.add(key)
        for finding in _in_text(text, people):
            words = words_of(finding.words)
            if finding.kind == "known_person" or not any(words in name or name in words for name in public):
                found.append(finding)
    known = {words_of(finding.words) for finding in found}
    return [*found, *(own for own in lone_answers(folder, study, tables) if words_of(own.words) not in known)]


def lone_answers(folder: str, study: Study | None, tables: Mapping[str, pd.DataFrame]) -> Iterator[Finding]:
    """Answers in words to questions by category that one respondent alone gave, and study.yml does not declare.

    A table leaves out how many gave such an answer; its words would stand there all the same.
    """
    answers = tables.get("responses")
    if answers is None or "categories" not in tables or study is None or study.survey is None:
        return
    for item, own in tables["categories"].groupby("item_id", sort=False):
        if item in study.survey.categories or item not in answers:
            continue
        given = answers[item].astype(str).value_counts()
        for answer in own["category"].astype(str):
            if given.get(answer, 0) == 1 and any(letter.isalpha() for letter in answer):
                place = Text(f"{folder}/survey/items.csv", 0, str(item), answer)
                yield Finding("lone_answer", one_line(answer), f"{item}: {one_line(answer)}", place)


def undecided(found: list[Finding], decisions: Decisions) -> dict[str, list[Finding]]:
    """The findings that nobody decided about, by their words."""
    by_words: dict[str, list[Finding]] = {}
    for finding in found:
        by_words.setdefault(words_of(finding.words), []).append(finding)
    return {words: own for words, own in by_words.items() if decisions.of(words) is None}


def check_privacy(
    root: Path, folder: str, settings: StudySettings | None, tables: Mapping[str, pd.DataFrame], problems: Problems
) -> None:
    """Add a notice for each identifier that nobody decided about, and for each role that one person holds at a site.

    And for quotes that are signed by less than group and site, and people whom study.yml names and nobody knows.
    """
    study = settings.study if settings else None
    decisions = read_decisions(root / folder, problems.at(f"{folder}/{DECISIONS}"))
    read_people(root / folder, problems.at(f"{folder}/{PEOPLE}"))
    if study and study.provenance == "simulated" and not decisions.decisions:
        return  # nobody is behind it
    for own in undecided(findings(root, folder, study, tables), decisions).values():
        _tell(own, problems)
    if "participants" in tables:
        _tell_roles(tables["participants"], decisions, problems.at(f"{folder}/participants.csv"))
    if settings and "participants" in tables:
        here = problems.at(f"{folder}/study.yml")
        tell_unknown_people(settings.study.participants, tables["participants"], here)
        people = people_of(root / folder)
        tell_signatures(tables, people, settings, problems.at(f"{folder}/sites.csv"))
        tell_sentences(root, tables, people, settings, problems)
    if study and study.provenance != "simulated":
        tell_tracked(root, folder, problems)


def _in_text(text: Text, people: tuple[str, ...]) -> Iterator[Finding]:
    if text.column in _NAMING:
        if text.text.strip().casefold() not in _PROGRAMS:
            yield Finding("property", text.text, f"{text.column}: {text.text}", text)
        return
    for kind, start, end in _identifiers(text.text, people):
        before, after = text.text[max(0, start - _AROUND) : start], text.text[end : end + _AROUND]
        words = one_line(text.text[start:end])
        yield Finding(
            kind, words, one_line(f"{before}{words}{after}"), text._replace(row=text.row or _line(text, start))
        )


def _line(text: Text, start: int) -> int:
    """The line of a transcript, counted from 1; 0 for what has no lines."""
    return text.text.count("\n", 0, start) + 1 if not text.column else 0


@functools.lru_cache(maxsize=20_000)
def _identifiers(text: str, people: tuple[str, ...]) -> tuple[tuple[str, int, int], ...]:
    """`identifiers`, kept for a preview, which checks the same texts again and again."""
    return tuple(identifiers(text, people))


def _public_names(study: Study | None, tables: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """Names that every document of the study says: of its sites, of its place, of its title."""
    if "sites" in tables:
        yield from (name for column in ("name_th", "name_en") for name in tables["sites"][column] if len(name) > 3)
    for text in (study.province, study.district, study.title) if study else ():
        if text:
            yield from (text.th, text.en)


def _tell(found: list[Finding], problems: Problems) -> None:
    first, many = found[0], len(found)
    if first.kind == "lone_answer":
        problems.notice(
            "lone-answer",
            f'One respondent alone answered "{first.words}" to "{first.place.column}": the words would be published.',
            f'มีผู้ตอบคนเดียวที่ตอบ "{first.words}" ในข้อ "{first.place.column}" ข้อความนี้จะถูกเผยแพร่',
            file=first.place.file,
            column=first.place.column,
            hint_en="Declare the categories of the item in study.yml (survey.categories), this answer under `also` of"
            f" one of them; or keep it, with the reason, in {DECISIONS}.",
            hint_th="ประกาศหมวดของข้อนี้ใน survey.categories ของ study.yml โดยใส่คำตอบนี้ใน also ของหมวดหนึ่ง"
            f" หรือระบุ keep พร้อมเหตุผลใน {DECISIONS}",
        )
        return
    en, th = KINDS[first.kind]
    more_en = f" It stands in {many} places." if many > 1 else ""
    more_th = f" พบ {many} แห่ง" if many > 1 else ""
    problems.notice(
        "identifier",
        f'"{first.words}" looks like a {en}: "{first.around}".{more_en}',
        f'"{first.words}" อาจเป็น{th}: "{first.around}"{more_th}',
        file=first.place.file,
        row=first.place.row or None,
        column=first.place.column,
        hint_en=f"Decide once, in {DECISIONS}, under decisions: text, and keep (with the reason), replace or"
        " generalise.",
        hint_th=f"ตัดสินใจครั้งเดียวใน {DECISIONS} ใต้ decisions: text และ keep (พร้อมเหตุผล) replace หรือ generalise",
    )


def _tell_roles(participants: pd.DataFrame, decisions: Decisions, problems: Problems) -> None:
    """A notice for every role at a site that one participant holds: a story that says both says who it is."""
    if "role" not in participants:
        return
    held = participants[participants["role"] != ""].groupby(["site_id", "role"])["participant_id"]
    for (site, role), ids in held:
        if len(ids) == 1 and decisions.of(f"{role} {site}") is None and decisions.of(str(role)) is None:
            problems.notice(
                "role",
                f'"{role}" at "{site}" is one participant: whoever reads both knows who spoke.',
                f'"{role}" ที่ "{site}" มีผู้ให้ข้อมูลคนเดียว ผู้ที่อ่านทั้งสองอย่างย่อมรู้ว่าใครพูด',
                row=int(ids.index[0]),
                column="role",
                hint_en=f"Decide in {DECISIONS} by the role, or by role and site.",
                hint_th=f"ตัดสินใจใน {DECISIONS} ตามตำแหน่ง หรือตำแหน่งและพื้นที่",
            )
