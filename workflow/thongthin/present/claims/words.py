"""Words that data decide: names by rank, lists of what holds, numbers in words, how many of how many.

`{{< value words.most_different >}}` in an article is the text of `words: most_different` in `claims.yml`; with a
capital, `words.Most_different`, it begins a sentence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from thongthin.basics.language import UNDEFINED, Language
from thongthin.basics.nearest import did_you_mean
from thongthin.present.claims.conditions import Call, Fault, Label, Node, parsed
from thongthin.present.claims.counting_words import counted, listed, of_all, ordinal_word
from thongthin.present.claims.evaluation import Evaluation, Names, Numbers, Truths
from thongthin.present.claims.file import LANGUAGES, ClaimsFile, Word
from thongthin.present.render.requested import WORDS

Text = dict[Language, str]


@dataclass(frozen=True)
class Speech:
    """What words are made with: values, and what everything is called.

    Attributes:
        names: language -> id -> name; what `claims.yml` says goes first.
    """

    evaluation: Evaluation
    file: ClaimsFile
    names: Mapping[Language, Mapping[str, str]]

    def say(self, word: Word) -> Text | None:
        """A text in both languages; None where an undefined value leaves it open.

        Raises:
            Fault: its expression is wrong.
        """
        if word.choices:
            return self._chosen(word)
        node = parsed(word.expression)
        if not isinstance(node, Call) or node.name not in FORMS:
            name = node.name if isinstance(node, Call) else ""
            hints = did_you_mean(name, FORMS) if name else ("", "")
            raise Fault(
                "This says no words.",
                "ข้อความนี้ไม่ได้ให้ถ้อยคำ",
                hints[0] or f"Such as: {EXAMPLES['names']}. Possible are {', '.join(FORMS)}.",
                hints[1] or f"เช่น {EXAMPLES['names']} คำสั่งที่ใช้ได้คือ {', '.join(FORMS)}",
                at=node.at,
            )
        return FORMS[node.name](self, node)

    def _chosen(self, word: Word) -> Text | None:
        """The first of its choices whose condition holds."""
        if any(not choice.when for choice in word.choices[:-1]) or word.choices[-1].when:
            raise Fault(
                "The last choice, and no other, stands without `when`: it is said where no other is.",
                "ทางเลือกสุดท้ายเท่านั้นที่ไม่มี when ใช้เมื่อทางเลือกอื่นไม่เป็นจริง",
            )
        found = [self.evaluation.holds(choice.when) for choice in word.choices[:-1]]
        for holds, choice in zip([*found, True], word.choices, strict=True):
            if holds is None:
                return None
            if holds:
                return {"th": choice.th, "en": choice.en}
        raise AssertionError("the last choice holds")

    def called(self, id_: str, node: Node) -> Text:
        """What an id is called in both languages.

        Raises:
            Fault: nothing says so.
        """
        if id_ in self.file.names:
            return {"th": self.file.names[id_].th, "en": self.file.names[id_].en}
        if all(id_ in self.names[language] for language in LANGUAGES):
            return {language: self.names[language][id_] for language in LANGUAGES}
        raise Fault(
            f'Nothing says what "{id_}" is called in a sentence.',
            f'ไม่มีชื่อที่ใช้ในประโยคสำหรับ "{id_}"',
            f"Write it in claims.yml under names: {id_}: {{th: ..., en: ...}}.",
            f"เขียนใน claims.yml ใต้ names: {id_}: {{th: ..., en: ...}}",
            at=node.at,
        )


def _arguments(node: Call, most: int) -> tuple[Node, ...]:
    if not 1 <= len(node.arguments) <= most:
        raise Fault(
            f"{node.name}(...) takes {'1' if most == 1 else f'1 or {most}'} arguments.",
            f"{node.name}(...) ต้องมี {'1' if most == 1 else f'1 หรือ {most}'} ส่วน",
            f"Such as: {EXAMPLES[node.name]}.",
            f"เช่น {EXAMPLES[node.name]}",
            at=node.at,
        )
    return node.arguments


def _noun(speech: Speech, node: Call) -> tuple[str, str, str] | None:
    arguments = _arguments(node, 2)
    if len(arguments) == 1:
        return None
    wanted = arguments[1]
    if not isinstance(wanted, Label) or wanted.name not in speech.file.nouns:
        name = wanted.name if isinstance(wanted, Label) else ""
        raise Fault(
            f'There is no noun "{name}" in claims.yml (nouns).',
            f'ไม่มีคำนาม "{name}" ใน claims.yml (nouns)',
            *did_you_mean(name, speech.file.nouns),
            at=wanted.at,
        )
    noun = speech.file.nouns[wanted.name]
    return noun.one, noun.several, noun.th


def _of_names(speech: Speech, node: Call) -> Text | None:
    """The names of those that are meant, or of which it holds."""
    (argument,) = _arguments(node, 1)
    found = speech.evaluation.result(argument)
    if isinstance(found, Truths) and "" not in found.of:
        open_ = None in found.of.values()
        found = Names(None if open_ else tuple(n for n, own in found.of.items() if own), tuple(found.of))
    if not isinstance(found, Names):
        raise Fault(
            "Names are wanted here.", "ตรงนี้ต้องเป็นชื่อ", f"Such as: {EXAMPLES['names']}.", f"เช่น {EXAMPLES['names']}",
            at=argument.at,
        )  # fmt: skip
    called = {name: speech.called(name, argument) for name in found.among}
    if found.found is None:
        return None
    names = [called.get(str(name)) or speech.called(str(name), argument) for name in found.found]
    return {language: listed([name[language] for name in names], language) for language in LANGUAGES}


def _of_number(speech: Speech, node: Call) -> Text | None:
    """A number in words, with what is counted if it is said."""
    noun = _noun(speech, node)
    number = _whole_number(speech, node.arguments[0])
    return None if number is None else {language: counted(number, noun, language) for language in LANGUAGES}


def _of_ordinal(speech: Speech, node: Call) -> Text | None:
    """A place in an order."""
    (argument,) = _arguments(node, 1)
    number = _whole_number(speech, argument)
    return None if number is None else {language: ordinal_word(number, language) for language in LANGUAGES}


def _whole_number(speech: Speech, node: Node) -> int | None:
    found = speech.evaluation.result(node)
    if not isinstance(found, Numbers) or set(found.of) != {""}:
        raise Fault("One value is wanted here.", "ตรงนี้ต้องเป็นค่าเดียว", at=node.at)
    value = found.of[""]
    if not math.isnan(value) and (value < 0 or value != int(value)):
        raise Fault(
            "Only whole numbers can be said in words.", "เขียนเป็นคำได้เฉพาะจำนวนเต็ม",
            "Ask for the value itself: {{< value key >}}.", "ใช้ค่าโดยตรง: {{< value คีย์ >}}", at=node.at,
        )  # fmt: skip
    return None if math.isnan(value) else int(value)


def _of_how_many(speech: Speech, node: Call) -> Text | None:
    """Of how many of a family something holds."""
    noun = _noun(speech, node)
    found = speech.evaluation.truths(node.arguments[0]).of
    if "" in found:
        raise Fault(
            "A condition on a pattern is wanted here, which stands for several values.",
            "ตรงนี้ต้องเป็นเงื่อนไขของรูปแบบที่หมายถึงหลายค่า",
            f"Such as: {EXAMPLES['how_many']}.",
            f"เช่น {EXAMPLES['how_many']}",
            at=node.at,
        )
    if None in found.values():
        return None
    true = list(found.values()).count(True)
    return {language: of_all(true, len(found), noun, language) for language in LANGUAGES}


FORMS: dict[str, Callable[[Speech, Call], Text | None]] = {
    "names": _of_names,
    "number": _of_number,
    "ordinal": _of_ordinal,
    "how_many": _of_how_many,
}
EXAMPLES = {
    "names": "names(largest(2, site_comparison.*.single.epsilon_squared))",
    "number": "number(sample.sites.all.n, site)",
    "ordinal": "ordinal(saturation.all.point)",
    "how_many": "how_many(significant(site_comparison.*.single.p), factor)",
}


def reads(words: Mapping[str, Text | None]) -> dict[Language, dict[str, str]]:
    """How words read in each language, by the key with which an article asks for them; "–" for those left open."""
    found: dict[Language, dict[str, str]] = {language: {} for language in LANGUAGES}
    for name, text in words.items():
        for language in LANGUAGES:
            own = text[language] if text else UNDEFINED
            found[language][f"{WORDS}.{name}"] = own
            found[language][f"{WORDS}.{name[:1].upper()}{name[1:]}"] = own[:1].upper() + own[1:]
    return found
