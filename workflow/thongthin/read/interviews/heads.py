"""The head of a transcript: date, place, who asked and who answered, a line each; none of them is a turn.

A line of the head is known by its label (`words.is_head`) or stands in one block with such lines. A line such as
`Interviewer: Somsri` is one where its value could be a name, and it is part of such a block or the name is a label or
an id: it then says whose the label `Somsri`, `Somsri J.` or `SJ` is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from thongthin.read.interviews.labels import Candidate
from thongthin.read.interviews.words import (
    Role,
    is_head,
    is_namelike_value,
    is_speech,
    is_titled,
    key_of,
    looks_like_name,
    role_of_word,
)

_INTERVIEWER = re.compile(r"interviewed by|interviewer'?s? name|ชื่อผู้สัมภาษณ์|ชื่อผู้วิจัย|สัมภาษณ์โดย")
_PARTICIPANT = re.compile(
    r"persona|pseudonym|(?:interviewee|participant|respondent)'?s? (?:name|id|code)|ชื่อผู้ให้|นามสมมติ|นามแฝง|รหัสผู้ให้"
)
_TITLE = re.compile(r"^(?:คุณ|นาย|นางสาว|นาง)\s*")


def find_heads(
    text: str, shapes: Mapping[str, Sequence[Candidate]], ids: Collection[str]
) -> tuple[set[int], dict[str, Role]]:
    """Where the lines of the head begin, and the names that it gives (as keys of labels) with their roles.

    Args:
        ids: of the participants, as `letters_of` gives them.
    """
    colons = shapes.get("colon", ())
    counts = Counter(one.key for one in colons)
    labels = {one.key for found in shapes.values() for one in found if counts[one.key] != 1 or one.shape != "colon"}
    heads: set[int] = set()
    named: dict[str, Role] = {}
    above = -1  # where the line of the head above ends
    for one, following in zip(colons, [*colons[1:], None], strict=False):
        end = text.find("\n", one.said)
        end = end if end >= 0 else len(text)
        value = text[one.said : end].strip()
        near = above >= 0 and not text[above : one.at].strip() and text.count("\n", above, one.at) <= 1
        in_block = near or (following is not None and is_head(following.key) and following.at == end + 1)
        role, once = _role_named(one.key), counts[one.key] == 1
        if is_head(one.key) and (once or not role):
            fits = True
        elif role:
            told = any(letters_of(name) in ids or _matching(name, labels) for name in _names(value))
            fits = is_namelike_value(value) and (in_block or told)
        else:
            first = above >= 0 or not text[: one.at].strip()
            plain = first and not looks_like_name(one.label) and not is_speech(one.label)
            fits = once and (plain or (in_block and is_namelike_value(value) and not is_titled(one.key)))
        if not fits:
            break
        heads.add(one.at)
        above = end
        if role and is_namelike_value(value):
            named |= dict.fromkeys(_names(value), role)
    return heads, named


def role_in_head(key: str, named: Mapping[str, Role]) -> Role | None:
    """Whose a label is by the names that the head gives."""
    return named.get(key) or named.get(_TITLE.sub("", key))


def letters_of(text: str) -> str:
    """Letters and digits alone, as ids are compared: P-01 is P01."""
    return re.sub(r"[\W_]+", "", text.casefold())


def _role_named(key: str) -> Role | None:
    """Whose name stands behind a label of the head, if the label says."""
    if _INTERVIEWER.match(key):
        return "interviewer"
    if _PARTICIPANT.match(key):
        return "participant"
    return role_of_word(key) if len(key) > 1 else None


def _names(value: str) -> list[str]:
    """The names in a line of the head, as keys: whole, in brackets, first names and initials."""
    found: list[str] = []
    for name in re.split(r"[,;/&]|\band\b|และ|\s\|\s", value):
        inside = re.findall(r"\(([^()]+)\)", name)
        plain = re.sub(r"\([^()]*\)", "", name).strip()
        words = plain.split()
        initials = "".join(word[0] for word in words) if 2 <= len(words) <= 4 else ""
        found += [key_of(one) for one in (plain, *inside, words[0] if words else "", initials) if one.strip()]
    return list(dict.fromkeys(found))


def _matching(name: str, labels: Iterable[str]) -> bool:
    return any(name in (label, _TITLE.sub("", label)) for label in labels)
