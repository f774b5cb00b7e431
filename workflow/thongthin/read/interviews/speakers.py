"""Whose words the turns of all interviews are, from all that a study shows; what stays open is left to be asked.

A label counts as a speaker's where it says so by itself (`words`), where `study.yml` or `participants.csv` name it, or
where it comes back and stands in turn with one that is known. In order, the first that says it decides:

1. ``study``: study.yml, for one interview (``P03/Speaker 1``) or for all
2. ``word``: a word for the role, in Thai or English
3. ``participants``: an id of participants.csv, or the role of that participant there
4. ``head``: the head of the transcript (`Interviewer: Somsri`) says who that is
5. ``replies``: it stands in turn with a label that is known, and no other one does
6. ``asks``: it comes back in several interviews, opposite other people, and is who asks

What 4 and 5 find in one interview holds in the others, except for labels that name nobody (Speaker 1). Labels that come
back without any of this are open. What stands once and is none of this is text, however much it looks like a label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from itertools import pairwise

from thongthin.basics.nearest import nearest
from thongthin.contract.coding import Interviews as Settings
from thongthin.read.interviews.heads import find_heads, letters_of, role_in_head
from thongthin.read.interviews.labelled import Interview, Known, Turn, question_shares
from thongthin.read.interviews.labels import SHAPES, WEAK, Candidate, candidates, pattern_of, spoken, stamped_lines
from thongthin.read.interviews.transcripts import Layout
from thongthin.read.interviews.words import (
    Role,
    is_asked,
    is_common,
    is_generic,
    is_head,
    is_speech,
    is_titled,
    key_of,
    letter_of,
    looks_like_name,
    role_of_letter,
    role_of_word,
)


class Speakers:
    """Who speaks where in all interviews of a study.

    Args:
        transcripts: participant -> normalised text and layout.
        settings: what study.yml says of the interviews.
        roles: participant -> what participants.csv calls the role, for every participant.
    """

    def __init__(
        self, transcripts: Mapping[str, tuple[str, Layout]], settings: Settings, roles: Mapping[str, str]
    ) -> None:
        self.settings = settings
        self._ids = {letters_of(id_): id_ for id_ in {*roles, *transcripts}}
        self._role_of = {id_: key_of(role) for id_, role in roles.items()}
        self._listed: dict[str, Role] = {}
        for role, labels in (
            ("interviewer", settings.interviewer), ("participant", settings.participant), ("other", settings.other),
        ):  # fmt: skip
            self._listed |= {self._setting(label): role for label in labels}  # type: ignore[misc]
        self._no_speakers = {self._setting(label) for label in settings.not_speakers}
        self._used: set[str] = set()
        pattern = pattern_of(settings.label) if settings.label else None
        self.pattern_used = pattern is None
        self.interviews = [self._read(id_, *transcripts[id_], pattern) for id_ in transcripts]
        self._decide()
        accepted = {key for one in self.interviews for key in one.known if len(key) > 3}
        often = Counter(key for one in self.interviews for key in one.counts.elements())
        self._uncoloned = self._without_colon()
        self._open = {one.participant: self._open_labels(one, accepted, often) for one in self.interviews}

    # --- one transcript by itself -----------------------------------------------------------------------------------

    def _read(self, participant: str, text: str, layout: Layout, pattern: re.Pattern[str] | None) -> Interview:
        interview = Interview(participant, text)
        shapes = candidates(text, layout, pattern)
        self.pattern_used = self.pattern_used or "pattern" in shapes
        shapes = {
            shape: kept
            for shape, found in shapes.items()
            if (kept := [o for o in found if not self._is_none(participant, o.key)])
        }
        heads, interview.head = find_heads(text, shapes, self._ids)
        shapes = {shape: [one for one in found if one.at not in heads] for shape, found in shapes.items()}
        scores = {shape: self._score(participant, shape, found) for shape, found in shapes.items()}
        best = max(scores, key=lambda shape: (scores[shape], -SHAPES.index(shape)), default="")
        if best and scores[best]:
            interview.sequence = self._with_strays(shapes, best)
        interview.count()
        most = max(interview.counts.values(), default=0)
        for key in interview.counts:
            known = self._by_itself(participant, key, interview.counts)
            if known and known.evidence == "word" and is_common(key) and _part(key, interview.counts) * 5 < most:
                continue
            if known:
                interview.known[key] = known
            elif role := role_in_head(key, interview.head):
                interview.known[key] = Known(role, "head")
        for key in self._doubted(interview):
            del interview.known[key]
        return interview

    def _doubted(self, interview: Interview) -> set[str]:
        """Letters that are said to be an interviewer's or a participant's, where it is the other one who asks."""
        shares = question_shares(interview)
        letters = {key: interview.known[key].role for key in interview.known if letter_of(key)}
        asking = [shares[key] for key, role in letters.items() if role == "interviewer"]
        telling = [shares[key] for key, role in letters.items() if role == "participant"]
        return set(letters) if asking and telling and max(asking) * 1.5 < max(telling) else set()

    def _is_none(self, participant: str, key: str) -> bool:
        for name in (f"{participant.casefold()}/{key}", key):
            if name in self._no_speakers:
                self._used.add(name)
                return True
        return False

    def _by_itself(self, participant: str, key: str, beside: Iterable[str]) -> Known | None:
        """Whose a label is, by what it is."""
        for name in (f"{participant.casefold()}/{key}", key):
            if name in self._listed:
                self._used.add(name)
                return Known(self._listed[name], "study")
        if is_asked(key):
            return None
        if self._ids.get(letters_of(re.sub(r"^(?:รหัส|id)\s*", "", key))):
            return Known("participant", "participants")
        if role := role_of_word(key):
            return Known(role, "word")
        if self._role_of.get(participant) == key:
            return Known("participant", "participants")
        if letter := letter_of(key):  # whether who asks is who should, `_read` looks at
            others = frozenset(letter_of(other) for other in beside)
            return Known(role, "word") if (role := role_of_letter(letter, others)) else None
        return None

    def _score(self, participant: str, shape: str, found: list[Candidate]) -> int:
        """How many turns a shape explains: those with labels that are known, and those that come back."""
        if shape == "pattern":
            return len(found)
        counts = Counter(one.key for one in found)
        shown = {one.key: one.label for one in found}
        lasting = [key for key, times in counts.items() if times >= 2 and not is_speech(shown[key])]
        known = {key for key in counts if self._by_itself(participant, key, lasting)}
        if shape in WEAK and not {key for key in known if len(key) > 1 or shape in ("tab", "dot")}:
            return 0
        return sum(counts[key] for key in known.union(lasting))

    def _with_strays(self, shapes: Mapping[str, list[Candidate]], best: str) -> list[Candidate]:
        """The labels of the shape that a transcript has, and those that it now and then writes otherwise."""
        found = {one.at: one for one in shapes[best]}
        keys, first = {one.key for one in shapes[best]}, min(found)
        for shape in ("time", "colon", "bold", "tab", "line"):
            for one in shapes.get(shape, ()) if shape != best else ():
                sure = shape not in WEAK or (role_of_word(one.key) is not None and len(one.key) > 4)
                if sure and one.key in keys and one.at not in found and one.at > first:
                    found[one.at] = one
        ordered = [found[at] for at in sorted(found)]
        kept = ordered[:1]
        for one in ordered[1:]:
            if one.at >= kept[-1].said:
                kept.append(one)
        return kept

    # --- all of them together ---------------------------------------------------------------------------------------

    def _decide(self) -> None:
        before = -1
        while before != (before := sum(len(one.known) for one in self.interviews)):
            for interview in self.interviews:
                self._in_turn(interview)
            self._carry()
            if before == sum(len(one.known) for one in self.interviews):
                self._who_asks()
        for interview in self.interviews:
            for key in self._conflicting() & set(interview.known):
                del interview.known[key]

    def _in_turn(self, interview: Interview) -> None:
        """Labels that stand in turn with known ones of one role."""
        interviewers, participants = interview.of("interviewer"), interview.of("participant")
        if not (interviewers or participants):
            return
        open_ = [key for key in interview.counts if key not in interview.known and self._could_speak(interview, key)]
        sequence = [one.key for one in interview.sequence if one.key in interview.known or one.key in open_]
        if interviewers:
            for key in open_:
                if is_titled(key) and any(a in interviewers and b == key for a, b in pairwise(sequence)):
                    interview.known[key] = Known("participant", "replies")
            open_ = [key for key in open_ if key not in interview.known]
        if bool(interviewers) == bool(participants) or not open_:
            return
        mine = interviewers or participants
        # An interviewer is answered; in front of a participant's turn somebody asked.
        pairs = list(pairwise(sequence)) if interviewers else [(b, a) for a, b in pairwise(sequence)]
        beside = Counter(other for own, other in pairs if own in mine and other not in mine)
        most = max(open_, key=lambda key: (beside[key], interview.counts[key]))
        alone = [key for key in open_ if interview.counts[key] >= 2] in ([], [most])
        needed = 0.5 if interviewers else 0.8
        if beside[most] < max(1, needed * sum(beside.values())):
            return
        if interviewers or (alone and question_shares(interview)[most] >= 0.3):
            interview.known[most] = Known("participant" if interviewers else "interviewer", "replies")

    def _could_speak(self, interview: Interview, key: str) -> bool:
        label, times = interview.shown[key], interview.counts[key]
        if is_asked(key) or is_head(key):
            return False
        if is_speech(label):  # long names are taken for speech; but speech does not come back turn after turn
            return times >= 3 and times * 3 >= len(interview.sequence)
        return times >= 2 or looks_like_name(label)

    def _carry(self) -> None:
        """What is known in one interview holds in the others, if the label names somebody."""
        roles: dict[str, set[Role]] = {}
        for interview in self.interviews:
            for key, known in interview.known.items():
                if known.evidence in ("head", "replies", "asks"):
                    roles.setdefault(key, set()).add(known.role)
        for interview in self.interviews:
            for key in interview.counts:
                if key not in interview.known and not is_generic(key) and len(roles.get(key, ())) == 1:
                    interview.known[key] = Known(next(iter(roles[key])), "replies")

    def _who_asks(self) -> None:
        """Who comes back in several interviews, each time opposite somebody else, and asks."""
        unsolved = [one for one in self.interviews if one.counts and not one.known]
        times = Counter(key for one in unsolved for key in one.counts if one.comes_back(key))
        for interview in unsolved:
            lasting = [key for key in interview.counts if interview.comes_back(key)]
            often = [key for key in lasting if times[key] >= 2 and not is_generic(key)]
            if len(often) != 1 or len(lasting) != 2:
                continue
            (other,) = (key for key in lasting if key != often[0])
            shares = question_shares(interview)
            if times[other] == 1 and shares[often[0]] >= 0.3 and shares[often[0]] >= 1.5 * shares[other]:
                interview.known[often[0]] = Known("interviewer", "asks")

    def _conflicting(self) -> set[str]:
        """Labels that name somebody, and came out as an interviewer's here and a participant's there."""
        roles: dict[str, set[Role]] = {}
        for interview in self.interviews:
            for key, known in interview.known.items():
                if known.evidence in ("head", "replies", "asks") and not is_generic(key):
                    roles.setdefault(key, set()).add(known.role)
        return {key for key, found in roles.items() if len(found) > 1}

    # --- what came out ----------------------------------------------------------------------------------------------

    def open_labels(self, interview: Interview) -> list[str]:
        """Keys of the labels of which it must be asked whose they are, in the order of the transcript."""
        return self._open[interview.participant]

    def _open_labels(self, interview: Interview, accepted: set[str], often: Counter[str]) -> list[str]:
        def is_open(key: str) -> bool:
            label = interview.shown[key]
            return (
                is_asked(key)
                or interview.comes_back(key)
                or (interview.counts[key] >= 2 and not interview.known)
                or (often[key] >= 3 and looks_like_name(label))
                or (not is_speech(label) and _mistyped(key, accepted))
            )

        return [key for key in interview.counts if key not in interview.known and is_open(key)]

    def passed_over(self, interview: Interview) -> list[Candidate]:
        """What could be the label of a person, or stands like one again and again, and is read as text."""
        skip = {*interview.known, *self.open_labels(interview)}
        often = {key for key, times in interview.counts.items() if times >= 3}
        found = [one for one in interview.sequence if one.key not in skip]
        return [one for one in found if one.key in often or looks_like_name(one.label)]

    def of_another(self, interview: Interview) -> str | None:
        """The label of an interview that is another participant's id, where its own stands nowhere."""
        ids = {key: self._ids[letters_of(key)] for key in interview.known if letters_of(key) in self._ids}
        others = [key for key, id_ in ids.items() if id_ != interview.participant]
        return interview.shown[others[0]] if others and len(others) == len(ids) else None

    def without_colon(self, interview: Interview) -> list[tuple[str, int]]:
        """Labels that begin a line without the sign that marks a turn, and where: they may be turns that are missed."""
        if self._uncoloned is None or not ({one.shape for one in interview.sequence} <= {"colon"}):
            return []
        starts = {one.at for one in interview.sequence}
        lines = self._uncoloned.finditer(interview.text)
        return [(match[1], match.start()) for match in lines if match.start() not in starts]

    def _without_colon(self) -> re.Pattern[str] | None:
        """Lines that begin with a word for a role that is a label somewhere in the study."""
        names = {
            one.label
            for interview in self.interviews
            for one in interview.sequence
            if one.shape == "colon" and len(one.key) > 4 and role_of_word(one.key)
        }
        longest_first = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
        return re.compile(rf"^[ \t]*({longest_first})[ \t;.,]+(?=\S)", re.MULTILINE) if names else None

    def guess(self, interview: Interview, key: str) -> Role:
        """What an open label is most likely: who asks is the interviewer. Shown to be decided upon, never used."""
        shares = question_shares(interview)
        answering = interview.of("participant") or {one for one in self.open_labels(interview) if one != key}
        most = max((shares[one] for one in answering), default=0.0)
        return "interviewer" if shares[key] >= 0.3 and shares[key] > 1.5 * most else "participant"

    def turns(self, interview: Interview) -> list[Turn]:
        """The turns of an interview; labels that are open have the role that `guess` gives."""
        text, open_ = interview.text, set(self.open_labels(interview))
        starts = [one for one in interview.sequence if one.key in interview.known or one.key in open_]
        if not starts:
            lines = stamped_lines(text) or [Candidate("", "", 0, 0)]
            spans = [(one, following) for one, following in zip(lines, [*lines[1:], None], strict=False)]
            found = [Turn("", "participant", *spoken(text, a.said, b.at if b else len(text))) for a, b in spans]
            return [turn for turn in found if turn.end > turn.start]
        turns = []
        for one, following in zip(starts, [*starts[1:], None], strict=False):
            known = interview.known.get(one.key)
            end = following.at if following else len(text)
            turns.append(
                Turn(
                    one.label,
                    known.role if known else self.guess(interview, one.key),
                    *spoken(text, one.said, min(end, one.end) if one.end is not None else end),
                )
            )
        return turns

    def unused(self) -> list[str]:
        """Labels of study.yml that no interview has."""
        written = [
            *self.settings.interviewer,
            *self.settings.participant,
            *self.settings.other,
            *self.settings.not_speakers,
        ]
        return [label for label in written if self._setting(label) not in self._used]

    def _setting(self, label: str) -> str:
        """A label of study.yml as it is compared; ``P03/Speaker 1`` is one of an interview."""
        participant, _, name = label.partition("/")
        if name and participant.strip() in self._ids.values():
            return f"{participant.strip().casefold()}/{key_of(name)}"
        return key_of(label)


def _part(key: str, counts: Counter[str]) -> int:
    """Turns of a label and of those that differ from it by a number: Q1, Q2, Q3."""
    plain = re.sub(r"\d+", "", key)
    return sum(times for other, times in counts.items() if re.sub(r"\d+", "", other) == plain)


def _mistyped(key: str, accepted: Iterable[str]) -> bool:
    """Whether a label is nearly one that is known; labels that differ by a number are not."""
    plain = re.sub(r"\d", "", key)
    near = [one for one in nearest(key, accepted, limit=1) if plain != re.sub(r"\d", "", one)]
    return bool(near) and SequenceMatcher(None, key, near[0]).ratio() >= 0.85
