"""What an editor would mark in printed lists of references: within entries, within a list, between two languages.

Read from the text alone: what can't be told from it (whether a page is still there, how a name is spelled rightly) is
not judged. The order of Thai is that of the dictionary of the Royal Society: vowels before a consonant count behind
it, tone marks last of all.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterator, Sequence

from thongthin.basics.language import arabic_digits, has_thai
from thongthin.basics.problems import Problems
from thongthin.read.references import slips
from thongthin.read.references.cited_in_text import mark_citations
from thongthin.read.references.habits import against_habits
from thongthin.read.references.pairs import comparable_address
from thongthin.read.references.printed import Entry, Printed, PrintedList
from thongthin.read.references.slips import Slip

# A list of more than a few entries is called unsorted as a whole where fewer of them stand in order.
_SORTED, _FEW = 0.6, 4
# Lists are taken for translations of each other where so many entries at the same place agree in something.
_PARALLEL = 0.6
_PLACE = re.compile(r"(?:^|[.)]\s+)[^.:()]{2,60}:\s+[^.:]{2,80}\.?$")

Marked = Iterator[tuple[Entry, Slip]]


def mark_lists(printed: Printed, problems: Problems) -> int:
    """Add a notice for each thing that an editor would mark; returns how many entries were read.

    Args:
        problems: bound to the file.
    """
    for own in printed.lists:
        partner = _partner(own, printed.lists)
        for entry, slip in [*_within(own), *_of_list(own, partner)]:
            _tell(own, entry, slip, problems)
        if partner and own.language == "th":
            for entry, slip in _between(own, partner):
                _tell(own, entry, slip, problems)
    mark_citations(printed, problems)
    for line, text in printed.unread:
        shown = text if len(text) <= 60 else f"{text[:59]}…"
        problems.notice(
            "no-year", f'No year in brackets stands here, so that it was not read as an entry: "{shown}".',
            f'ไม่มีปีในวงเล็บ จึงไม่อ่านเป็นรายการอ้างอิง: "{shown}"', row=line,
        )  # fmt: skip
    return sum(len(own.entries) for own in printed.lists)


def _tell(own: PrintedList, entry: Entry, slip: Slip, problems: Problems) -> None:
    of = ("Thai", "ภาษาไทย") if own.language == "th" else ("Foreign", "ภาษาต่างประเทศ")
    of = ("Translated", "รายการแปล") if own.is_translated else of
    problems.notice(
        slip.kind,
        f'{of[0]} entry {entry.number}, "{entry.called}": {slip.en}',
        f'{of[1]} รายการที่ {entry.number} "{entry.called}": {slip.th}',
        row=entry.line,
        hint_en=slip.hint_en,
        hint_th=slip.hint_th,
    )


# --- within an entry ---


def _within(own: PrintedList) -> Marked:
    for entry in own.entries:
        found = [
            slips.punctuation(entry.text),
            _spaces(entry),
            _end(entry),
            _brackets(entry),
            _title(entry),
            _read(entry),
        ]
        found += [slips.address(url) for url in entry.addresses]
        if entry.where:
            found.append(slips.page_range(entry.where[2]))
        yield from ((entry, slip) for slip in found if slip)


def _spaces(entry: Entry) -> Slip | None:
    """A space that is missing behind punctuation."""
    text = arabic_digits(entry.text)
    for pattern in (r"\S\.\((?=[1-2พมn])", r"\)\.(?=[^\s.,)])", r"[^\s/]\.(?=https?://|www\.)", r"\S,(?=[A-Za-zก-ฮ])",
                    r"[a-z]{2}\.(?=[A-Z][a-z])", r"\d\.(?=[ก-ฮ])"):  # fmt: skip
        for match in re.finditer(pattern, text):
            if any(found.start() <= match.start() < found.end() for found in slips.ADDRESS.finditer(text)):
                continue
            around = text[max(0, match.start() - 12) : match.end() + 8].strip()
            return Slip("missing-space", f'A space is missing: "{around}".', f'ขาดช่องว่าง: "{around}"')
    return None


def _end(entry: Entry) -> Slip | None:
    if re.search(r"[,;:]$", entry.text.strip()):
        return Slip("end", "It ends in the middle, with a comma or colon.", "จบกลางคันด้วยจุลภาคหรือทวิภาค")
    return None


def _brackets(entry: Entry) -> Slip | None:
    text = slips.ADDRESS.sub("", entry.text)
    if text.count("(") != text.count(")") or text.count("“") != text.count("”"):
        return Slip("brackets", "A bracket or quotation mark is not closed.", "มีวงเล็บหรือเครื่องหมายคำพูดที่ไม่ครบคู่")
    return None


def _title(entry: Entry) -> Slip | None:
    if has_thai(entry.body):
        return None
    parts = [part for part in re.split(r"[.?!]\s+|,\s+(?=Journal\b)", entry.body) if part.strip()]
    slip = slips.capitals(parts[0]) if parts else None
    return slip or (slips.capitals(parts[-1].strip(" .,"), "journal") if entry.volume and len(parts) > 1 else None)


def _read(entry: Entry) -> Slip | None:
    """The day on which a page was read: without a page, or before it was there."""
    if not entry.is_read_on:
        return None
    if not entry.addresses and "doi" not in entry.text.lower():
        return Slip("no-address", "It says when it was read, and no address.", "มีวันที่สืบค้น แต่ไม่มี URL")
    dated = re.search(r"(?:สืบค้น|เข้าถึง|ค้น|Retrieved|Accessed).*?(\d{4})", arabic_digits(entry.after), re.IGNORECASE)
    year = slips.years(dated[1]) if dated else set()
    if year and entry.common_year and min(year) < entry.common_year:
        return Slip("read-before", "It was read before the year in which it came out.", "วันที่สืบค้นก่อนปีที่เผยแพร่")
    return None


# --- within a list ---


def _of_list(own: PrintedList, partner: PrintedList | None) -> Marked:
    yield from against_habits(own.entries)
    yield from _order(own, partner)
    yield from _repeated(own.entries)
    bodies = {entry.people[0]: entry for entry in reversed(own.entries) if entry.is_body and entry.people}
    for one, other in slips.two_names(reversed(bodies)):
        yield bodies[other], slips.one_body(one, other)
    named = {name: entry for entry in own.entries for name in entry.people}
    ways = slips.ways_of_monks(named)
    if own.language == "en" and (slip := slips.monks(ways)):
        yield named[list(ways.values())[1][0]], slip


def _order(own: PrintedList, partner: PrintedList | None) -> Marked:
    entries = own.entries
    keys = _sorting_keys(own)
    rising = longest_rising(keys)
    if partner and len(rising) < len(entries):
        together = zip(*((own.entries, partner.entries)[:: 1 if own.language == "th" else -1]), strict=False)
        agreeing = sum(_agree(th, en) or th.common_year == en.common_year for th, en in together)
        # Of two lists in one order, one has that of the other.
        if agreeing >= _PARALLEL * len(entries) and len(longest_rising(_sorting_keys(partner))) > len(rising):
            return
    if own.is_translated:
        return
    if len(entries) > _FEW and len(rising) < len(entries) * _SORTED:
        yield entries[0], Slip("order", "The list is not in the order of the alphabet.", "รายการไม่เรียงตามลำดับอักษร")
        return
    for place, entry in enumerate(entries):
        if place in rising:
            continue
        before = next((entries[n] for n in sorted(rising) if keys[n] > keys[place]), None)
        if before:
            yield entry, Slip(
                "order", f'It belongs before "{before.called}" in the order of the alphabet.',
                f'ตามลำดับอักษรควรอยู่ก่อน "{before.called}"',
            )  # fmt: skip
        else:
            yield (
                entry,
                Slip("order", "It belongs at the end in the order of the alphabet.", "ตามลำดับอักษรควรอยู่ท้ายรายการ"),
            )


def _sorting_keys(own: PrintedList) -> list[tuple[tuple[str, str], int]]:
    return [(sorting_key(entry.by), entry.common_year or 0) for entry in own.entries]


def _repeated(entries: Sequence[Entry]) -> Marked:
    seen: dict[tuple[str, int | None], Entry] = {}
    for entry in entries:
        key = (_letters(entry.by), entry.year)
        other = seen.setdefault(key, entry)
        if other is entry:
            continue
        if _letters(other.body) == _letters(entry.body):
            yield entry, Slip("twice", f"It is entry {other.number} again.", f"ซ้ำกับรายการที่ {other.number}")
        elif not (entry.suffix and other.suffix) and entry.year:
            yield entry, Slip(
                "no-letter", f"Entry {other.number} has the same author and year, and no letter tells them apart.",
                f"ผู้แต่งและปีเดียวกับรายการที่ {other.number} แต่ไม่มีอักษรกำกับหลังปี",
                "Write 2564ก, 2564ข (2021a, 2021b).", "เขียน 2564ก, 2564ข (2021a, 2021b)",
            )  # fmt: skip


def _letters(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum() or "\u0e30" <= character <= "\u0e4e")


def sorting_key(text: str) -> tuple[str, str]:
    """What a name is sorted by: letters alone, a vowel before a Thai consonant behind it, tone marks last of all."""
    plain = re.sub(r"([เแโใไ])([ก-ฮ])", r"\2\1", _letters(text))
    return re.sub("[\u0e47-\u0e4e]", "", plain), plain


def longest_rising(keys: Sequence[tuple[object, ...]]) -> set[int]:
    """Places of the longest run of keys that never fall, others between them left out (patience sorting).

    Of several runs of one length it is that of the earlier places, so that who comes too late is left out.
    """
    ranks = {key: -rank for rank, key in enumerate(sorted(set(keys)))}
    tails: list[int] = []  # from the end to the beginning
    after: dict[int, int] = {}
    for place in reversed(range(len(keys))):
        at = bisect.bisect_right([ranks[keys[tail]] for tail in tails], ranks[keys[place]])
        if at:
            after[place] = tails[at - 1]
        tails[at : at + 1] = [place]
    run: set[int] = set()
    here = tails[-1] if tails else None
    while here is not None:
        run.add(here)
        here = after.get(here)
    return run


# --- between two languages ---


def _partner(own: PrintedList, lists: Sequence[PrintedList]) -> PrintedList | None:
    """The list in the other language that says the same."""
    others = [other for other in lists if other.language != own.language and (other.is_translated or own.is_translated)]
    for other in others or [other for other in lists if other.language != own.language]:
        thai, english = (own, other) if own.language == "th" else (other, own)
        if other in others or len(_pairs(thai, english)) >= _PARALLEL * len(thai.entries):
            return other
    return None


def _pairs(thai: PrintedList, english: PrintedList) -> list[tuple[Entry, Entry]]:
    """Entries that are the same work: at the same place where that fits, otherwise by address, volume and pages."""
    together = list(zip(thai.entries, english.entries, strict=False))
    agreeing = sum(_agree(th, en) or th.common_year == en.common_year for th, en in together)
    if len(thai.entries) == len(english.entries) and agreeing >= _PARALLEL * len(together):
        return together
    pairs: list[tuple[Entry, Entry]] = []
    for same in (_agree, _same_people, _same_role, _same_year):
        for left, right in _only_ones(thai.entries, english.entries, pairs, same):
            pairs.append((left, right))
    return sorted(pairs, key=lambda pair: pair[0].number)


def _only_ones(
    thai: Sequence[Entry],
    english: Sequence[Entry],
    pairs: Sequence[tuple[Entry, Entry]],
    same: Callable[[Entry, Entry], bool],
) -> list[tuple[Entry, Entry]]:
    """Entries without a partner that are the same in a way in which no others are."""
    free_th = [th for th in thai if all(th is not pair[0] for pair in pairs)]
    free_en = [en for en in english if all(en is not pair[1] for pair in pairs)]
    found = [(th, en) for th in free_th for en in free_en if same(th, en)]
    return [pair for pair in found if sum(other[0] is pair[0] or other[1] is pair[1] for other in found) == 1]


def _same_year(th: Entry, en: Entry) -> bool:
    return th.common_year == en.common_year and bool(th.where) == bool(en.where)


def _same_role(th: Entry, en: Entry) -> bool:
    return _same_year(th, en) and th.is_edited == en.is_edited and th.is_body == en.is_body


def _same_people(th: Entry, en: Entry) -> bool:
    return _same_role(th, en) and len(th.people) == len(en.people)


def _agree(th: Entry, en: Entry) -> bool:
    if th.where and en.where:
        return th.where == en.where
    return bool({comparable_address(url) for url in th.addresses} & {comparable_address(url) for url in en.addresses})


def _between(thai: PrintedList, english: PrintedList) -> Marked:
    pairs = _pairs(thai, english)
    paired = {th.number for th, _ in pairs}
    free = {en.common_year for en in english.entries if all(en is not pair[1] for pair in pairs)}
    if english.is_translated:
        for entry in thai.entries:
            if entry.number not in paired and entry.common_year not in free:
                yield entry, Slip("no-translation", "The translated list has no entry of its year that it could be.",
                                  "รายการแปลไม่มีรายการปีเดียวกันที่น่าจะเป็นงานนี้")  # fmt: skip
    for th, en in pairs:
        yield from ((th, slip) for slip in _differences(th, en))
    said: dict[str, Entry] = {}
    for th, en in pairs:
        if not (th.is_body and en.people and th.people):
            continue
        other = said.setdefault(slips.plain_name(en.people[0]), th)
        names = (other.people[0], th.people[0])
        if names[0] != names[1] and slips.plain_name(names[0]) != slips.plain_name(names[1]):
            yield th, slips.one_body(*names)


def _differences(th: Entry, en: Entry) -> Iterator[Slip]:
    """What the two entries of a work say differently."""
    if th.common_year and en.common_year and th.common_year != en.common_year:
        yield Slip(
            "years-differ",
            f"The year is {th.year} ({th.common_year} of the Common Era), in the translated entry {en.year}.",
            f"ปีคือ {th.year} (ค.ศ. {th.common_year}) แต่รายการแปลเขียน {en.year}",
        )
    titles = slips.years(th.body), slips.years(en.body)
    if all(titles) and titles[0] != titles[1]:
        yield Slip("title-years", "The titles name different years.", "ชื่อเรื่องสองภาษาระบุปีต่างกัน")
    if th.where and en.where and th.where != en.where:
        yield Slip(
            "where-differs",
            "Volume, issue or pages differ from those of the translated entry.",
            "เล่ม ฉบับ หรือหน้าต่างจากรายการแปล",
        )
    if bool(th.addresses) != bool(en.addresses):
        has, lacks = (("translated", "รายการแปล"), ("Thai", "รายการภาษาไทย"))[:: 1 if en.addresses else -1]
        yield Slip(
            "address-missing",
            f"The {has[0]} entry has an address, the {lacks[0]} one none.",
            f"{has[1]}มี URL แต่{lacks[1]}ไม่มี",
        )
    elif th.addresses and not _agree(th, en) and not th.where:
        yield Slip("addresses-differ", "The two entries have different addresses.", "URL ในสองภาษาต่างกัน")
    if th.is_edited != en.is_edited:
        one = (("Thai", "รายการภาษาไทย"), ("translated", "รายการแปล"))[0 if th.is_edited else 1]
        yield Slip(
            "editor-differs",
            f"Only the {one[0]} entry says that it stands under an editor.",
            f"ระบุว่าเป็นบรรณาธิการเฉพาะใน{one[1]}",
        )
    placed = [bool(_PLACE.search(entry.body)) and not entry.volume and not entry.addresses for entry in (th, en)]
    if placed[0] != placed[1]:
        one = (("Thai", "รายการภาษาไทย"), ("translated", "รายการแปล"))[0 if placed[0] else 1]
        yield Slip(
            "place-differs", f"Only the {one[0]} entry has a place of publication.", f"ระบุเมืองที่พิมพ์เฉพาะใน{one[1]}"
        )
    if not th.is_body and not en.is_body and len(th.people) != len(en.people) and "," not in en.by:
        yield Slip("people-differ", "The two entries name another number of people.", "จำนวนชื่อคนในสองภาษาไม่เท่ากัน")
