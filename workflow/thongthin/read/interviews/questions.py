"""What people are asked and told of the speakers: one message for a cause, with the lines for study.yml.

Fails, with problems, on labels of which nothing says whose they are, and on interviews without a participant's turn.
Told, and stopping nothing: interviews without an interviewer or with several participants, labels that stand once, what
was passed over though it looks like a label, and labels of study.yml that no interview has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import yaml

from thongthin.basics.nearest import did_you_mean
from thongthin.basics.problems import Problems
from thongthin.contract.coding import Interviews as Settings
from thongthin.read.interviews.labelled import Interview, Turn, question_shares
from thongthin.read.interviews.speakers import Speakers
from thongthin.read.interviews.words import is_speech, key_of

SHOWN = 8  # of a list, so many are named; the rest are counted
# Below so many turns in all interviews, a label that stands once is nothing to tell.
MANY_TURNS = 20


def report_speakers(
    speakers: Speakers, turns: Mapping[str, Sequence[Turn]], files: Mapping[str, str], problems: Problems
) -> None:
    """Ask and tell.

    Args:
        turns: by participant.
        files: name of the file of each participant.
        problems: bound to the folder of the interviews.
    """
    _ask_of_labels(speakers, problems)
    _ask_of_unlabelled(speakers, turns, files, problems)
    _ask_of_participants(speakers, turns, files, problems)
    _tell_of_roles(speakers, turns, files, problems)
    _tell_of_labels(speakers, turns, files, problems)
    _tell_of_settings(speakers, problems)


def _ask_of_labels(speakers: Speakers, problems: Problems) -> None:
    """One problem for all labels of which it cannot be known whose they are."""
    of_label: dict[str, list[Interview]] = {}
    for interview in speakers.interviews:
        for key in speakers.open_labels(interview):
            of_label.setdefault(key, []).append(interview)
    if not of_label:
        return
    told_en, told_th = [], []
    for key, interviews in of_label.items():
        label = interviews[0].shown[key]
        times = sum(one.counts[key] for one in interviews)
        asking = sum(question_shares(one)[key] * one.counts[key] for one in interviews) / times
        told_en.append(
            f'"{label}" ({times} turn{"s" * (times != 1)} in {_where(interviews)}, {asking:.0%} with a question)'
        )
        told_th.append(f'"{label}" ({times} ช่วงพูดใน {_where_th(interviews)} มีคำถาม {asking:.0%})')
    lines = _lines(_with_guesses(speakers, of_label))
    problems.add(
        "unknown-speaker",
        f"It cannot be known whose words these labels mark: {_listed(told_en, 'more')}.",
        f"ไม่อาจรู้ได้ว่าชื่อผู้พูดเหล่านี้เป็นของใคร: {_listed(told_th, 'รายการ')}",
        hint_en="Put these lines into study.yml in place of its section interviews, and move each label to the list"
        " where it belongs (interviewer, participant, other; not_speakers for what is no speaker). The check has put"
        f" them where it thinks that they belong, by who asks:\n{lines}",
        hint_th="ใส่บรรทัดเหล่านี้ใน study.yml แทนส่วน interviews เดิม แล้วย้ายชื่อแต่ละชื่อไปไว้ในรายการที่ถูกต้อง (interviewer ผู้สัมภาษณ์"
        " participant ผู้ให้ข้อมูล other ผู้อื่น not_speakers ไม่ใช่ชื่อผู้พูด) โปรแกรมจัดวางไว้ให้ก่อนโดยดูว่าใครเป็นผู้ถาม:"
        f"\n{lines}",
    )


def _with_guesses(speakers: Speakers, of_label: Mapping[str, list[Interview]]) -> Settings:
    """What study.yml says already, and each open label where it most likely belongs."""
    lists: dict[str, list[str]] = {
        name: list(getattr(speakers.settings, name)) for name in ("interviewer", "participant", "other", "not_speakers")
    }
    for key, interviews in of_label.items():
        guesses: dict[str, list[Interview]] = {}
        for one in interviews:
            likely: str = "not_speakers" if is_speech(one.shown[key]) else speakers.guess(one, key)
            guesses.setdefault(likely, []).append(one)
        usual = max(guesses, key=lambda name: (len(guesses[name]), name))
        for name, found in guesses.items():
            if name == usual:
                lists[name].append(found[0].shown[key])
            else:
                lists[name] += [f"{one.participant}/{one.shown[key]}" for one in found]
    return speakers.settings.model_copy(update=lists)


def _lines(settings: Settings) -> str:
    """The section `interviews` of study.yml, indented as a hint shows it."""
    said = {name: value for name, value in settings.model_dump().items() if value}
    lines = ["interviews:"]
    for name, value in said.items():
        written = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10_000).strip()
        lines.append(f"  {name}: {written.removesuffix('...').strip()}")
    return "\n".join(f"    {line}" for line in lines)


def _ask_of_unlabelled(
    speakers: Speakers, turns: Mapping[str, Sequence[Turn]], files: Mapping[str, str], problems: Problems
) -> None:
    """Transcripts without any label: one person's words, or labels of a shape that is not known."""
    bare = [one for one in speakers.interviews if not any(turn.speaker for turn in turns[one.participant])]
    if not bare or speakers.settings.unlabelled:
        return
    if colons := [one for one in bare if speakers.without_colon(one)]:
        label, _ = speakers.without_colon(colons[0])[0]
        named = [files[one.participant] for one in colons]
        problems.add(
            "no-colon",
            f'The labels of speakers have no colon in {_listed(named, "more")}: "{label}".',
            f'ชื่อผู้พูดไม่มีเครื่องหมาย : ตามหลังใน {_listed(named, "ไฟล์")}: "{label}"',
            hint_en=f'Put a colon behind each label: "{label}: ...".',
            hint_th=f'เติมเครื่องหมาย : หลังชื่อผู้พูดทุกแห่ง: "{label}: ..."',
        )
    bare = [one for one in bare if one not in colons]
    if not bare:
        return
    listed = _listed([files[one.participant] for one in bare], "more")
    listed_th = _listed([files[one.participant] for one in bare], "ไฟล์")
    one_person = _lines(speakers.settings.model_copy(update={"unlabelled": "participant"}))
    shape = _lines(speakers.settings.model_copy(update={"label": "[{time}] {name} -"}))
    problems.add(
        "no-speaker",
        f"No line of these interviews begins with the label of a speaker: {listed}.",
        f"ไม่มีบรรทัดใดในบทสัมภาษณ์เหล่านี้ขึ้นต้นด้วยชื่อผู้พูด: {listed_th}",
        hint_en='Begin each turn on a new line: "Interviewer: ..." and "Participant: ...". Or put into study.yml,'
        f" if all of it is the participant's words:\n{one_person}\n  or, if labels look otherwise, what they look like:"
        f"\n{shape}",
        hint_th='ขึ้นบรรทัดใหม่ทุกครั้งที่เปลี่ยนผู้พูด: "ผู้สัมภาษณ์: ..." และ "ผู้ให้ข้อมูล: ..." หรือใส่ใน study.yml หากทั้งหมดเป็นคำพูดของ'
        f"ผู้ให้ข้อมูล:\n{one_person}\n  หรือหากชื่อผู้พูดเขียนรูปแบบอื่น ให้บอกรูปแบบนั้น:\n{shape}",
    )


def _ask_of_participants(
    speakers: Speakers, turns: Mapping[str, Sequence[Turn]], files: Mapping[str, str], problems: Problems
) -> None:
    """Interviews with labels, none of them a participant's."""
    without = [
        one
        for one in speakers.interviews
        if any(turn.speaker for turn in turns[one.participant])
        and not any(turn.role == "participant" for turn in turns[one.participant])
    ]
    if without:
        labels = list(dict.fromkeys(one.shown[key] for one in without for key in one.known))
        names = [files[one.participant] for one in without]
        listed = ", ".join(f'"{label}"' for label in labels[:SHOWN])
        problems.add(
            "no-participant",
            f"No turn of these interviews is the participant's: {_listed(names, 'more')}. Their labels are {listed}.",
            f"ไม่มีช่วงพูดใดเป็นของผู้ให้ข้อมูลในบทสัมภาษณ์เหล่านี้: {_listed(names, 'ไฟล์')} ชื่อผู้พูดที่พบคือ {listed}",
            hint_en="Label the participant's turns too, or say in study.yml which label is the participant's:"
            "\n    interviews:\n      participant: [...]",
            hint_th="ใส่ชื่อผู้พูดหน้าคำพูดของผู้ให้ข้อมูลด้วย หรือบอกใน study.yml ว่าชื่อใดเป็นของผู้ให้ข้อมูล:"
            "\n    interviews:\n      participant: [...]",
        )


def _tell_of_roles(
    speakers: Speakers, turns: Mapping[str, Sequence[Turn]], files: Mapping[str, str], problems: Problems
) -> None:
    labelled = [one for one in speakers.interviews if any(turn.speaker for turn in turns[one.participant])]
    alone = [one for one in labelled if not any(turn.role == "interviewer" for turn in turns[one.participant])]
    if alone and not any(speakers.open_labels(one) for one in alone):
        names = [files[one.participant] for one in alone]
        problems.notice(
            "no-interviewer",
            f"No turn is an interviewer's in {_listed(names, 'more')}.",
            f"ไม่มีช่วงพูดของผู้สัมภาษณ์ใน {_listed(names, 'ไฟล์')}",
            hint_en="If an interviewer speaks there, name the label in study.yml: interviews: {interviewer: [...]}.",
            hint_th="หากมีผู้สัมภาษณ์พูดอยู่ ให้ระบุชื่อนั้นใน study.yml: interviews: {interviewer: [...]}",
        )
    several = []
    for one in labelled:
        people = {
            key_of(t.speaker): t.speaker
            for t in turns[one.participant]
            if t.role == "participant" and key_of(t.speaker) in one.known
        }
        said = {key for key in people if one.known[key].evidence != "study"}
        if len(people) > 1 and said:
            several.append(f"{files[one.participant]} ({', '.join(people.values())})")
    if several:
        problems.notice(
            "several-participants",
            f"More than one label counts as the participant in {_listed(several, 'more')}.",
            f"มีชื่อผู้พูดที่นับเป็นผู้ให้ข้อมูลมากกว่าหนึ่งชื่อใน {_listed(several, 'ไฟล์')}",
            hint_en="In a group discussion this is right; otherwise name in study.yml whose labels they are:"
            " interviews: {interviewer: [...], participant: [...], other: [...]}.",
            hint_th="หากเป็นการสนทนากลุ่มถือว่าถูกต้อง หากไม่ใช่ ให้ระบุใน study.yml ว่าแต่ละชื่อเป็นใคร: interviews:"
            " {interviewer: [...], participant: [...], other: [...]}",
        )


def _tell_of_labels(
    speakers: Speakers, turns: Mapping[str, Sequence[Turn]], files: Mapping[str, str], problems: Problems
) -> None:
    _tell_of_places(
        [(one, label, one.text.find(label)) for one in speakers.interviews if (label := speakers.of_another(one))],
        files, problems, "another-participant",
        "The labels of these interviews name another participant than their files",
        "ชื่อผู้พูดในบทสัมภาษณ์เหล่านี้เป็นรหัสของผู้ให้ข้อมูลคนอื่น ไม่ตรงกับชื่อไฟล์",
        "Is the file named by the right participant?",
        "ตั้งชื่อไฟล์ตรงกับผู้ให้ข้อมูลหรือไม่",
    )  # fmt: skip
    times = Counter(_plain(key_of(t.speaker)) for own in turns.values() for t in own if t.speaker)
    if sum(times.values()) >= MANY_TURNS:
        once = [
            f'"{one.shown[key]}" ({files[one.participant]})'
            for one in speakers.interviews
            for key, known in one.known.items()
            if times[_plain(key)] == 1 and one.counts[key] == 1 and known.evidence != "study"
        ]
        if once:
            problems.notice(
                "label-once",
                f"Labels that stand only once in all interviews: {_listed(once, 'more')}.",
                f"ชื่อผู้พูดที่พบเพียงครั้งเดียวในบทสัมภาษณ์ทั้งหมด: {_listed(once, 'รายการ')}",
                hint_en="Is it mistyped, or no label? Correct it, or list it in study.yml:"
                " interviews: {not_speakers: [...]}.",
                hint_th="พิมพ์ผิดหรือไม่ใช่ชื่อผู้พูดหรือไม่ แก้ไข หรือระบุใน study.yml: interviews: {not_speakers: [...]}",
            )
    _tell_of_places(
        [(one, label, at) for one in speakers.interviews for label, at in speakers.without_colon(one)],
        files, problems, "no-colon",
        "These lines begin with a label, but without a colon, and are read as text",
        "บรรทัดเหล่านี้ขึ้นต้นด้วยชื่อผู้พูดแต่ไม่มีเครื่องหมาย : จึงอ่านเป็นเนื้อความ",
        "If a turn begins there, put the colon behind the label.",
        "หากเป็นจุดเปลี่ยนผู้พูด ให้เติมเครื่องหมาย : หลังชื่อ",
    )  # fmt: skip
    _tell_of_places(
        [(one, found.label, found.at) for one in speakers.interviews for found in speakers.passed_over(one)],
        files, problems, "not-a-label",
        "These could be labels of speakers, but are read as text",
        "ข้อความเหล่านี้อาจเป็นชื่อผู้พูด แต่อ่านเป็นเนื้อความ",
        "Somebody's label belongs into study.yml: interviews: {participant: [...]}; what is none into not_speakers, and"
        " this notice goes.",
        "หากเป็นชื่อผู้พูดให้ระบุใน study.yml: interviews: {participant: [...]} หากไม่ใช่ให้ระบุใน not_speakers แล้วข้อสังเกตนี้จะหายไป",
    )  # fmt: skip


def _plain(key: str) -> str:
    return re.sub(r"[\s#.-]*\d+$", "", key)


def _tell_of_places(
    places: Sequence[tuple[Interview, str, int]],
    files: Mapping[str, str],
    problems: Problems,
    kind: str,
    en: str,
    th: str,
    hint_en: str,
    hint_th: str,
) -> None:
    """One notice of labels at places of the transcripts."""
    told_en, told_th = [], []
    for interview, label, at in places:
        file, line = files[interview.participant], interview.text.count("\n", 0, at) + 1
        told_en.append(f'"{label}" ({file}, line {line})')
        told_th.append(f'"{label}" ({file} บรรทัดที่ {line})')
    if places:
        problems.notice(
            kind,
            f"{en}: {_listed(told_en, 'more')}.",
            f"{th}: {_listed(told_th, 'รายการ')}",
            hint_en=hint_en,
            hint_th=hint_th,
        )


def _tell_of_settings(speakers: Speakers, problems: Problems) -> None:
    labels = {one.shown[key] for one in speakers.interviews for key in one.counts}
    study = problems.file.rsplit("/", 1)[0] + "/study.yml"
    for label in speakers.unused() if speakers.interviews else ():
        hint_en, hint_th = did_you_mean(label, labels)
        problems.notice(
            "unused-label",
            f'No interview has the label "{label}".',
            f'ไม่มีบทสัมภาษณ์ใดใช้ชื่อผู้พูด "{label}"',
            file=study,
            column="interviews",
            hint_en=hint_en,
            hint_th=hint_th,
        )
    if speakers.interviews and not speakers.pattern_used:
        problems.add(
            "unused-label",
            f'No line of an interview looks like "{speakers.settings.label}".',
            f'ไม่มีบรรทัดใดในบทสัมภาษณ์ที่มีรูปแบบ "{speakers.settings.label}"',
            file=study,
            column="interviews.label",
            hint_en='Write a label as it stands, with {name} for the label and {time} for a time: "[{time}] {name}:".',
            hint_th='เขียนรูปแบบตามที่ปรากฏ ใช้ {name} แทนชื่อผู้พูด และ {time} แทนเวลา เช่น "[{time}] {name}:"',
        )


def _where(interviews: Sequence[Interview]) -> str:
    names = [one.participant for one in interviews]
    return ", ".join(names) if len(names) <= 3 else f"{len(names)} interviews"


def _where_th(interviews: Sequence[Interview]) -> str:
    names = [one.participant for one in interviews]
    return ", ".join(names) if len(names) <= 3 else f"{len(names)} บทสัมภาษณ์"


def _listed(names: Sequence[str], more: str) -> str:
    """Names with commas; of a long list its beginning, and how many follow ("and 5 more", "และอีก 5 ไฟล์")."""
    if len(names) <= SHOWN:
        return ", ".join(names)
    rest = len(names) - SHOWN
    first = ", ".join(names[:SHOWN])
    return f"{first} and {rest} more" if more == "more" else f"{first} และอีก {rest} {more}"
