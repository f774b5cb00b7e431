"""The order of the answers of a scale, read off their words, for questions whose scale nobody has declared.

The answers of a usual scale differ by polarity and intensity and share the rest: "not at all useful", "very useful";
"เหมาะสมปานกลาง", "เหมาะสมมาก". The set of answers of a question is laid against every ladder of `scale_lexicon`. A
ladder fits where each answer stands on a rung of its own, no rung between two of them is left out, and no answer is
left over (answers that are none, such as "don't know", aside); so different answers never share a value, and steps are
even. Of several, the one counts on which most answers are read, which share most words, and of which most rungs are
used. Where two of these give two orders, or no ladder fits, the order cannot be told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import product
from typing import NamedTuple

from thongthin.basics.language import arabic_digits, has_thai, one_line
from thongthin.contract.scale_lexicon import FILLERS, LADDERS, NEUTRAL, OPPOSITES, OPPOSITES_TH, SAME
from thongthin.contract.scale_rungs import Ladder, Rung


class Order(NamedTuple):
    """The order of some answers.

    Attributes:
        values: answer -> value, from 1.
        labels: of all points, lowest first: as answered, or, where nobody gave that answer, as it would be written.
    """

    values: Mapping[str, int]
    labels: tuple[str, ...]


_FILLERS_TH = re.compile(r"^(รู้สึก|มีระดับ|มีความ|ความ|มี(?!เลย|บาง|บ่อย|ทุก)|อยู่ใน|เป็นระดับ|ใน|ระดับ)+|(อยู่)?(ใน)?ระดับ")
_PREFIX = re.compile(r"^(dis|un|in|im|ir|il|non)(?=[a-z]{3})")
_NUMBER = re.compile(r"^[(\[]?\s*[+-]?\d{1,3}\s*[)\].=:–-]*\s*(?=\D)|\s*[(\[=:]\s*[+-]?\d{1,3}\s*[)\]]?$")
_NEITHER = re.compile(r"\s*(neither|ไม่)", re.IGNORECASE)
_PARTS = re.compile(r"/|\bor\b|หรือ")
_MOST_ANSWERS = 12


def _plain(text: str) -> str:
    """An answer without number, punctuation, case and words that say nothing of its place."""
    plain = arabic_digits(unicodedata.normalize("NFKC", one_line(text)).casefold()).replace("เเ", "แ")
    plain = plain.replace("พึงพอใจ", "พอใจ").replace("50/50", "half")
    plain = plain.replace("ํา", "ำ").replace("\u2019", "").replace("'", "")
    plain = _NUMBER.sub("", plain).strip()
    if has_thai(plain):
        plain = re.sub(r"\([^()]*[a-z][^()]*\)", "", plain)  # the other language in brackets
        plain = re.sub(r"[^\w\u0e00-\u0e7f*{}]+|(?<=[\u0e00-\u0e7f])\s+|\s+(?=[\u0e00-\u0e7f])", "", plain)
        return _FILLERS_TH.sub("", plain) or plain
    plain = re.sub(r"[^\w*{}]+", " ", plain)
    plain = re.sub(
        r"\ba (little|lot|bit|few|great deal|good deal)\b", lambda found: "a" + found[1].replace(" ", ""), plain
    )
    plain = re.sub(
        r"\b(too) (little|much|few|many|small|large|short|long|slow|fast|light|heavy|low|high)\b",
        r"\1\2",
        re.sub(r"^no (?=not|never)|\b(?:only|just|do|does|would be)\b", "", plain),
    )
    plain = re.sub(r"\b(quite|extremely|very|fairly|pretty|moderately) well\b", r"\1", plain)
    words = plain.split()
    kept = [SAME.get(word, word) for word in words if word not in FILLERS]
    kept = [word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word for word in kept]
    return " ".join(kept) or " ".join(words)


def _opposite(plain: str, vocabulary: frozenset[str], whole: str) -> str:
    """The answer with what denies another one as a denial: "dissatisfied" as "un satisfied"."""
    if has_thai(plain):
        for low, high in OPPOSITES_TH.items():
            if low in plain and high in whole and not plain.startswith("ไม่"):
                return "ไม่" + plain.replace(low, high)
        return plain
    words = []
    for word in plain.split():
        rest = _PREFIX.sub("", word)
        if word in OPPOSITES and (OPPOSITES[word] in vocabulary or _PREFIX.match(word)):
            words += ["un", OPPOSITES[word]]
        elif rest != word and rest in vocabulary:
            words += ["un", rest]
        else:
            words.append(word)
    return " ".join(words)


class _Way(NamedTuple):
    """A way to write a rung: what stands before and behind what the answers share.

    Attributes:
        shares: whether it has room for that.
        gap: what stands between: a space, but for Thai.
        open: for ways with `*`.
    """

    before: str
    behind: str
    shares: bool
    gap: str
    open: re.Pattern[str] | None

    def stem(self, form: str) -> str | None:
        """What the answers share, if the form is written so; None if it is not."""
        if self.open:
            return "" if self.open.fullmatch(form) else None
        if not self.shares:
            return "" if form == self.before else None
        if form == f"{self.before}{self.gap * bool(self.before and self.behind)}{self.behind}":
            return "" if form else None
        before, behind = self.before + self.gap * bool(self.before), self.gap * bool(self.behind) + self.behind
        if form.startswith(before) and form.endswith(behind) and len(form) > len(before) + len(behind):
            return form[len(before) : len(form) - len(behind)].strip()
        return None


@cache
def _ways() -> dict[str, _Way]:
    """Every way of every ladder."""
    ways = {}
    for way in dict.fromkeys(way for ladder in LADDERS for rung in ladder for way in rung):
        plain = _plain(way)
        before, room, behind = plain.partition("{}")
        gap = "" if has_thai(plain) else " "
        pattern = re.compile(re.escape(plain).replace(r"\{\}", "").replace(r"\*", ".*")) if "*" in plain else None
        ways[way] = _Way(before.strip(), behind.strip(), bool(room), gap, pattern)
    return ways


# For each ladder, by its place in `LADDERS`: the rungs, from 1, on which an answer may stand, and what it then shares
# with the others; None: anything, since the way to write it has no room for that.
_Standings = dict[int, dict[int, set[str | None]]]


@cache
def _places_of_ways() -> dict[str, list[tuple[int, int]]]:
    """The ladders and rungs that know a way to write an answer."""
    places: dict[str, list[tuple[int, int]]] = {}
    for place, ladder in enumerate(LADDERS):
        for rung, ways in enumerate(ladder, 1):
            for way in dict.fromkeys(ways):
                places.setdefault(way, []).append((place, rung))
    return places


def beforehand() -> None:
    """Take the ladders apart (see `basics.warm_server`)."""
    _ways()
    _places_of_ways()


def _standings(forms: Iterable[str], *, middle: bool) -> _Standings:
    """Where an answer may stand.

    Args:
        forms: of the answer.
        middle: whether it can be the middle of a scale only.
    """
    found: _Standings = {}
    for form in forms:
        for way, own in _ways().items():
            if (not middle or way in NEUTRAL) and (stem := own.stem(form)) is not None:
                for place, rung in _places_of_ways()[way]:
                    found.setdefault(place, {}).setdefault(rung, set()).add(stem if own.shares else None)
    return found


def order(answers: Sequence[str], aside: frozenset[str] = frozenset()) -> Order | None:
    """The order of the answers to a question, by their words; None where it can't be told.

    Args:
        answers: different ones; spellings that differ by spaces, case or a number count as one.
        aside: those that may be no answer: "not sure" may be the middle of a scale, "no answer" is never a point.
    """
    plain = {answer: _plain(answer) for answer in answers}
    if not 2 < len(set(plain.values())) <= _MOST_ANSWERS:
        return None
    may_miss = {plain[answer] for answer in aside if answer in plain}
    standings = {
        plain[answer]: _standings(forms, middle=plain[answer] in may_miss)
        for answer, forms in _forms(answers, plain.values()).items()
    }
    fitting = []
    for place, ladder in enumerate(LADDERS):
        of_form = {form: own[place] for form, own in standings.items() if place in own}
        # A ladder that does not know one of the answers is not theirs, however well it knows the rest.
        if any(form not in of_form and form not in may_miss for form in standings):
            continue
        for stem in dict.fromkeys(
            ["", *sorted({s for own in of_form.values() for stems in own.values() for s in stems if s})]
        ):
            places = _places(ladder, stem, of_form)
            if places is not None:
                sharing = sum(stem in of_form[form][rung] for form, rung in places.items())
                if (
                    stem
                    and sharing < 2
                    and not any(stem in of_form[f][rung] for f, rung in places.items() if rung == 1)
                ):
                    continue  # one answer shares nothing with itself, unless it denies what the others leave out
                fitting.append(((len(places), sharing, len(places) / len(ladder)), places, ladder, stem))
    # More answers, then more that share their words, then fewer rungs left over: a ladder of five explains five better
    # than one of seven.
    best = [own for own in fitting if own[0] == max(fit for fit, *_ in fitting)]
    if not best or any(own[1] != best[0][1] for own in best):  # two orders are possible
        return None
    _, places, ladder, stem = best[0]
    values = {answer: places[form] for answer, form in plain.items() if form in places}
    said = {value: answer for answer, value in reversed(values.items())}
    # What nobody answered is written as the others write, so that the scale in study.yml reads as the form did.
    labels = [
        said.get(n) or _mirrored(n, said, len(ladder)) or _written(rung, stem) for n, rung in enumerate(ladder, 1)
    ]
    return Order(values, tuple(labels))


def _forms(answers: Iterable[str], plain: Iterable[str]) -> dict[str, set[str]]:
    """How each answer may be meant: as it stands, by a part ("rarely or never"), with what it denies spelled out."""
    plain = list(plain)
    vocabulary = frozenset(word for form in plain for word in form.split())
    whole = "|".join(plain)
    forms: dict[str, set[str]] = {}
    for answer in answers:
        parts = [answer] if _NEITHER.match(answer) else [answer, *_PARTS.split(answer)]
        own = [form for part in parts if (form := _plain(part))]
        forms[answer] = {*own, *(_opposite(form, vocabulary, whole) for form in own)}
    return forms


def _places(ladder: Ladder, stem: str, of_form: Mapping[str, Mapping[int, set[str | None]]]) -> dict[str, int] | None:
    """The rung of each answer; None where two stand on one, a rung between is left out, or one has none.

    What an answer shares with the others may be left out of it: "not at all" beside "very useful".
    """
    may_be = {
        form: [rung for rung, stems in sorted(own.items()) if stems & {None, "", stem}] for form, own in of_form.items()
    }
    # Less than half of a ladder could as well be half of another one.
    if not 2 < len(may_be) <= len(ladder) or 2 * len(may_be) < len(ladder):
        return None
    possible = [
        dict(zip(may_be, taken, strict=True))
        for taken in product(*may_be.values())
        # A gap between two answers is a rung that the form had not, so that the steps are those of another ladder.
        if len(set(taken)) == len(taken) == max(taken) - min(taken) + 1
    ]
    return possible[0] if len(possible) == 1 else None


def _mirrored(rung: int, said: Mapping[int, str], several: int) -> str:
    """What nobody answered, as the opposite of the answer on the other side; "" where no other pair tells how.

    "Somewhat unlikely" beside "somewhat likely" makes "extremely unlikely" of "extremely likely".
    """
    opposite = said.get(several + 1 - rung, "").split()
    for place, own in said.items():
        words, other = own.split(), said.get(several + 1 - place, "").split()
        differing = [pair for pair in zip(words, other, strict=False) if pair[0].casefold() != pair[1].casefold()]
        if len(words) != len(other) or len(differing) != 1 or (2 * place > several) != (2 * rung > several):
            continue
        changed, known = differing[0]
        if sum(word.casefold() == known.casefold() for word in opposite) == 1:
            text = " ".join(changed.lower() if word.casefold() == known.casefold() else word for word in opposite)
            return text[:1].upper() + text[1:] if opposite[0][:1].isupper() else text
    return ""


def _written(rung: Rung, stem: str) -> str:
    """How nobody's answer would be written."""
    way = next((way for way in rung if "*" not in way and has_thai(way) == has_thai(stem)), rung[0])
    text = way.replace("un {}", "not {}").replace("{}", stem).strip()
    return text[:1].upper() + text[1:]
