"""What an editor would mark in the works of `references.yml` before they are printed.

Told as notices, since nothing here stops a build: facts that a kind of work needs and that are missing, facts that no
list prints, what differs between the languages, one body under two names, works that no article cites. Whatever people
may have meant so, is not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from thongthin.basics.language import Language
from thongthin.basics.problems import Problems
from thongthin.read.references import slips
from thongthin.read.references.names import is_body, is_monk
from thongthin.read.references.pairs import comparable_address
from thongthin.read.references.slips import Slip
from thongthin.read.references.works import Edition, Kind, Name, Work

LANGUAGES: tuple[Language, ...] = ("th", "en")
_SAID = {"th": ("Thai", "ภาษาไทย"), "en": ("English", "ภาษาอังกฤษ")}

# What a list prints of each kind beside people, title and address; a test holds it against the citation styles.
PRINTED: Mapping[Kind, frozenset[str]] = {
    "article-journal": frozenset({"container-title", "volume", "issue", "page"}),
    "article-newspaper": frozenset({"container-title", "page"}),
    "book": frozenset({"edition", "publisher", "publisher-place", "translator", "editor"}),
    "chapter": frozenset({"container-title", "page", "publisher", "publisher-place", "editor", "translator"}),
    "dataset": frozenset({"version", "genre", "publisher"}),
    "interview": frozenset({"genre"}),
    "legislation": frozenset({"container-title", "volume", "issue", "page"}),
    "paper-conference": frozenset({"container-title", "page", "publisher", "publisher-place", "editor", "translator"}),
    "report": frozenset({"genre", "number", "publisher", "publisher-place"}),
    "software": frozenset({"version", "genre", "publisher"}),
    "thesis": frozenset({"genre", "number", "publisher", "publisher-place"}),
    "webpage": frozenset({"container-title"}),
}
_PARTS = frozenset().union(*PRINTED.values()) - {"editor"}
# What a kind needs to be found by.
_NEEDED: Mapping[Kind, tuple[str, ...]] = {
    "article-journal": ("container-title",),
    "article-newspaper": ("container-title",),
    "book": ("publisher",),
    "chapter": ("container-title", "publisher"),
    "paper-conference": ("container-title",),
    "thesis": ("genre", "publisher"),
}
_ID = re.compile(r"\s*-?\s*\{?\s*id:\s*[\"']?([^\s,\"'}#]+)")
_AUTHORLESS = {"legislation", "webpage", "article-newspaper"}


def mark_works(works: Sequence[Work], path: Path, problems: Problems) -> None:
    """Add a notice for each thing that an editor would mark.

    Args:
        works: as from `read_references`.
        path: the file that they stand in.
        problems: bound to the file.
    """
    lines = lines_of(path) if works else {}
    for work in works:
        for slip in _of_work(work):
            _tell(work, slip, lines, problems)
    for work, slip in _of_all(works):
        _tell(work, slip, lines, problems)


def mark_uncited(works: Sequence[Work], path: Path, cited: Mapping[Language, set[str]], problems: Problems) -> None:
    """Add a notice of the works that no article cites, and of those that are cited in one language only.

    Args:
        path: the file that they stand in.
        cited: ids of the works that the documents in each language cite; without any citation nothing is told.
        problems: bound to the file.
    """
    lines = lines_of(path) if works else {}
    everywhere = set().union(*cited.values()) if cited else set()
    if not everywhere:
        return
    for work in works:
        if work.id not in everywhere:
            slip = Slip("uncited", "No article cites it, so that no list has it.", "ไม่มีบทความใดอ้างถึง จึงไม่ปรากฏในรายการ")
            _tell(work, slip, lines, problems)
    for language, ids in cited.items():
        if ids:
            for work in works:
                if work.id in everywhere - ids:
                    en, th = _SAID[language]
                    slip = Slip("cited-in-one", f"The {en} article does not cite it, the other one does.",
                                f"บทความ{th}ไม่ได้อ้างถึง แต่อีกภาษาหนึ่งอ้าง")  # fmt: skip
                    _tell(work, slip, lines, problems)


def lines_of(path: Path) -> dict[str, int]:
    """The line of a references.yml at which each work says its id."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    found = ((n, _ID.match(line)) for n, line in enumerate(lines, start=1))
    return {match[1]: n for n, match in found if match}


def _tell(work: Work, slip: Slip, lines: Mapping[str, int], problems: Problems) -> None:
    problems.notice(
        f"reference-{slip.kind}", f'"{work.id}": {slip.en}', f'"{work.id}": {slip.th}', row=lines.get(work.id),
        hint_en=slip.hint_en, hint_th=slip.hint_th,
    )  # fmt: skip


# --- of one work ---


def editions(work: Work) -> list[tuple[Language, Edition]]:
    """The work in each language that it is given in."""
    return [(language, own) for language in LANGUAGES if (own := getattr(work, language))]


def said(work: Work, own: Edition, key: str) -> str:
    """What a work says under a key in one language, which it may say for both."""
    name = key.lower().replace("-", "_")
    value = getattr(own, name, None) or getattr(work, name, None) or ""
    return value if isinstance(value, str) else ""


def people(work: Work, own: Edition, role: str) -> list[Name]:
    """The people of a work in a role, in one language."""
    found: list[Name] | None = getattr(own, role) or getattr(work, role)
    return found or []


def name_of(name: Name) -> str:
    """A name from left to right."""
    return name.literal or f"{name.given} {name.family}"


def _of_work(work: Work) -> Iterator[Slip]:
    yield from _missing(work)
    yield from _unprinted(work)
    for _, own in editions(work):
        yield from _texts(own)
    for key, look in (("URL", slips.address), ("DOI", slips.doi), ("page", slips.page_range)):
        for value in dict.fromkeys(said(work, own, key) for _, own in editions(work)):
            if value and (slip := look(value)):
                yield slip
    if work.th and work.en:
        yield from _between(work, work.th, work.en)


def _missing(work: Work) -> Iterator[Slip]:
    """What a work of its kind has, and this one has not."""
    own = [edition for _, edition in editions(work)]
    named = any(people(work, edition, role) for edition in own for role in ("author", "editor"))
    if not named and work.type not in _AUTHORLESS:
        yield Slip("no-author", "It has neither author nor editor.", "ไม่มีทั้งผู้แต่งและบรรณาธิการ")
    if not work.issued:
        yield Slip("no-year", "It has no year (issued); the lists say so.", "ไม่มีปี (issued) รายการจะพิมพ์ว่า ม.ป.ป.",
                   "If none is known, leave it so.", "หากไม่ทราบปีจริง ๆ ไม่ต้องแก้")  # fmt: skip
    lacking = [key for key in _NEEDED.get(work.type, ()) if not any(said(work, edition, key) for edition in own)]
    if lacking:
        keys = ", ".join(f'"{key}"' for key in lacking)
        yield Slip("missing", f"A work of this kind has {keys}.", f"งานประเภทนี้ควรมี {keys}")
    urls = any(said(work, edition, key) for edition in own for key in ("URL", "DOI"))
    if work.type == "webpage" and not urls:
        yield Slip("no-address", "A page has an address (URL).", "หน้าเว็บควรมี URL")
    if work.accessed and work.issued and work.accessed[0] < work.issued[0]:
        yield Slip("read-before", "It was read before the year in which it came out.", "วันที่สืบค้นก่อนปีที่เผยแพร่")


def _unprinted(work: Work) -> Iterator[Slip]:
    """Keys that no list prints of a work of this kind."""
    own = [edition for _, edition in editions(work)]
    given = {key for edition in own for key in _PARTS if said(work, edition, key)}
    given |= {"translator"} if any(people(work, edition, "translator") for edition in own) else set()
    for key in sorted(given - PRINTED[work.type]):
        yield Slip(
            "not-printed", f'"{key}" is printed in no list, since the work is of the kind "{work.type}".',
            f'"{key}" จะไม่พิมพ์ในรายการใด เพราะงานเป็นประเภท "{work.type}"',
        )  # fmt: skip


def _texts(own: Edition) -> Iterator[Slip]:
    for key, text in (("title", own.title), ("container-title", own.container_title or "")):
        if slip := slips.punctuation(text):
            yield slip
        if re.search(r"[^.ฯ][.,;:]$", text.strip()) and not re.search(r"\b[A-Z]\.$|[ก-ฮ]\.$", text.strip()):
            yield Slip("end", f'The {key} ends in "{text.strip()[-1]}", behind which the list puts its own.',
                       f'{key} ลงท้ายด้วย "{text.strip()[-1]}" ซึ่งรายการจะใส่ให้เอง')  # fmt: skip
        if text and (slip := slips.capitals(text, "title" if key == "title" else "journal")):
            yield slip


def _between(work: Work, th: Edition, en: Edition) -> Iterator[Slip]:
    """What the two languages of a work say differently."""
    roles = [("author", "ผู้แต่ง"), ("editor", "บรรณาธิการ")]
    first = [next((role for role in roles if people(work, own, role[0])), None) for own in (th, en)]
    if first[0] and first[1] and first[0] != first[1]:
        yield Slip("role-differs", f"In Thai it stands under its {first[0][0]}, in English under its {first[1][0]}.",
                   f"ภาษาไทยลงรายการด้วย{first[0][1]} ภาษาอังกฤษด้วย{first[1][1]}")  # fmt: skip
        roles = []
    for role, said_th in roles:
        counts = [len(people(work, own, role)) for own in (th, en)]
        if bool(counts[0]) != bool(counts[1]):
            has, lacks = (_SAID["th"], _SAID["en"])[:: 1 if counts[0] else -1]
            yield Slip(f"{role}-differs", f"Only in {has[0]} it has an {role}, in {lacks[0]} none.",
                       f"มี{said_th}เฉพาะใน{has[1]} ใน{lacks[1]}ไม่มี")  # fmt: skip
        elif counts[0] != counts[1]:
            yield Slip("people-differ", f"In Thai it names {counts[0]} as {role}, in English {counts[1]}.",
                       f"ภาษาไทยมี{said_th} {counts[0]} คน ภาษาอังกฤษ {counts[1]} คน")  # fmt: skip
    years = slips.years(th.title), slips.years(en.title)
    if all(years) and years[0] != years[1]:
        yield Slip("title-years", "The titles name different years.", "ชื่อเรื่องสองภาษาระบุปีต่างกัน")
    for key in ("URL", "volume", "page"):
        values = said(work, th, key), said(work, en, key)
        same = [comparable_address(value) for value in values] if key == "URL" else values
        if bool(values[0]) != bool(values[1]) or same[0] != same[1]:
            yield Slip(f"{key.lower()}-differs", f"{key} differs between the languages.", f"{key} ในสองภาษาต่างกัน")


# --- of all works ---


def _of_all(works: Sequence[Work]) -> Iterator[tuple[Work, Slip]]:
    for language in LANGUAGES:
        named = {
            name_of(name): work
            for work in reversed(works)
            if (own := getattr(work, language))
            for role in ("author", "editor")
            for name in people(work, own, role)
        }
        for one, other in slips.two_names(reversed(named)):
            yield named[other], slips.one_body(one, other)
        if language == "en" and (slip := slips.monks(ways := slips.ways_of_monks(reversed(named)))):
            yield named[list(ways.values())[1][0]], slip
    yield from _under_one_translation(works)
    yield from _not_read_on(works)
    yield from _twice(works)


def _under_one_translation(works: Sequence[Work]) -> Iterator[tuple[Work, Slip]]:
    """One body with one name in English and several in Thai."""
    thai: dict[str, str] = {}
    for work in works:
        if not (work.th and work.en):
            continue
        for th, en in zip(people(work, work.th, "author"), people(work, work.en, "author"), strict=False):
            one, other = thai.setdefault(slips.plain_name(name_of(en)), name_of(th)), name_of(th)
            bodies = is_body(other) and is_body(one) and not is_monk(other)
            if bodies and one != other and slips.plain_name(one) != slips.plain_name(other):
                yield work, slips.one_body(one, other)


def _not_read_on(works: Sequence[Work]) -> Iterator[tuple[Work, Slip]]:
    """Pages without the day on which they were read, where most have one."""
    pages = [work for work in works if work.type == "webpage"]
    without = [work for work in pages if not work.accessed]
    if len(without) * 2 <= len(pages):
        for work in without:
            yield work, Slip("not-read-on", "The day is missing on which the page was read (accessed).",
                             "ไม่มีวันที่สืบค้น (accessed)")  # fmt: skip


def _twice(works: Sequence[Work]) -> Iterator[tuple[Work, Slip]]:
    seen: dict[tuple[str, ...], str] = {}
    for work in works:
        keys: set[tuple[str, ...]] = {
            ("doi", said(work, own, "DOI").lower()) for _, own in editions(work) if said(work, own, "DOI")
        }
        keys |= {
            (own.title.lower(), str(work.issued), " ".join(name_of(name) for name in people(work, own, "author")))
            for _, own in editions(work)
        }
        other = next((seen[key] for key in keys if key in seen), work.id)
        if other != work.id and work.type != "chapter":
            yield work, Slip("twice", f'It is "{other}" again: the same DOI, or title, year and author.',
                             f'ซ้ำกับ "{other}": DOI เดียวกัน หรือชื่อเรื่อง ปี และผู้แต่งเดียวกัน')  # fmt: skip
        seen |= dict.fromkeys(keys, work.id)
