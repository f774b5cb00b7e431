"""What the check tells of claims: conditions that can't be judged, sentences bound to nothing, typed signs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from thongthin.basics.language import Language
from thongthin.basics.nearest import did_you_mean
from thongthin.basics.problems import Problems
from thongthin.contract.study import Study
from thongthin.present.claims.bound import Bound, word_of
from thongthin.present.claims.conditions import Fault
from thongthin.present.claims.evaluation import Evaluation
from thongthin.present.claims.file import NAME, ClaimsFile, claims_path, read_claims
from thongthin.present.claims.known import Known
from thongthin.present.claims.lexicon import names_of
from thongthin.present.claims.sets import sets_of
from thongthin.present.claims.signs import typed_before
from thongthin.present.claims.words import Speech
from thongthin.present.manuscript.comparing import Unbound, unbound
from thongthin.present.manuscript.passages import Manuscript
from thongthin.present.render.requested import WORDS
from thongthin.present.render.tree import Document
from thongthin.present.value_keys import Rows


def check_claims(
    root: Path,
    name: str,
    study: Study,
    tables: Mapping[str, pd.DataFrame],
    rows: Rows,
    bound: Sequence[Bound],
    problems: Problems,
) -> ClaimsFile:
    """Read claims.yml, and add what is wrong with it and with the sentences bound to it.

    Args:
        rows: as from `rows_of_study`; without any, conditions aren't judged.
        bound: the sentences of all documents, and the words that they ask for.

    Returns:
        what stands in it; nothing where it is wrong.
    """
    here = problems.at(f"report/{name}/{NAME}")
    before = len(problems)
    file = read_claims(claims_path(root, name), here)
    if len(problems) > before:
        return file
    for one in bound:
        known = {f"{WORDS}.{word}" for word in file.words} if one.claim.startswith(f"{WORDS}.") else set(file.claims)
        if one.claim not in known:
            _report_unknown(one, known, problems)
    if rows:
        sites = list(tables["sites"]["site_id"])
        labels = {id_: label.model_dump() for id_, label in study.constructs.items()}
        groups = {group.id: group.label.model_dump() for group in study.groups}
        names = names_of(tables, groups, labels)
        _judge(file, Known.expected(rows, sets_of(study, sites)), names, here)
    used = {one.claim for one in bound}
    unused = [claim for claim in file.claims if claim not in used]
    unused += [f"{WORDS}.{word}" for word in file.words if f"{WORDS}.{word}" not in used]
    if unused:
        here.notice(
            "unused-claim",
            f"No document is bound to these, or asks for them: {', '.join(unused)}.",
            f"ไม่มีเอกสารใดผูกกับหรือใช้สิ่งต่อไปนี้: {', '.join(unused)}",
            hint_en="Write [...]{claim=id} around what a sentence says, or {{< value words.id >}}; or take them out.",
            hint_th="เขียน [...]{claim=id} ครอบข้อความ หรือ {{< value words.id >}} หรือลบออกหากไม่ใช้แล้ว",
        )
    return file


def _judge(file: ClaimsFile, known: Known, names: Mapping[Language, Mapping[str, str]], here: Problems) -> None:
    """Judge every condition and word by what there will be: what is wrong with them shows."""
    for claim, conditions in file.claims.items():
        for condition in conditions:
            try:
                Evaluation(known).holds(condition.text)
            except Fault as fault:
                _report_fault(claim, condition.text, condition.line, fault, here)
    for name, word in file.words.items():
        try:
            Speech(Evaluation(known), file, names).say(word)
        except Fault as fault:
            _report_fault(f"{WORDS}.{name}", word.expression, word.line, fault, here)


def _report_fault(claim: str, condition: str, line: int, fault: Fault, here: Problems) -> None:
    at = f" (character {fault.at})", f" (อักขระที่ {fault.at})"
    shown = f': "{condition}"' if condition else ""
    here.add(
        "condition",
        f"{fault.en} It stands in {claim}{shown}{at[0] if condition else ''}.",
        f"{fault.th} อยู่ใน {claim}{shown}{at[1] if condition else ''}",
        row=line,
        hint_en=fault.hint_en,
        hint_th=fault.hint_th,
    )


def _report_unknown(one: Bound, known: Iterable[str], problems: Problems) -> None:
    what = ("word", "ถ้อยคำ") if one.claim.startswith(f"{WORDS}.") else ("claim", "เงื่อนไข")
    hints = did_you_mean(one.claim, known)
    problems.add(
        f"unknown-{what[0]}",
        f'There is no {what[0]} "{one.claim}" in {NAME}.',
        f'ไม่มี{what[1]} "{one.claim}" ใน {NAME}',
        row=one.line,
        file=one.file,
        hint_en=hints[0] or f"Write what must hold there: {word_of(one.claim).removeprefix('words.')}: <condition>.",
        hint_th=hints[1] or f"เขียนเงื่อนไขไว้ที่นั่น: {word_of(one.claim).removeprefix('words.')}: <เงื่อนไข>",
    )


def refuse_typed_signs(document: Document, problems: Problems) -> None:
    """Add a problem for each sign that was typed before a value that brings its own.

    Args:
        problems: bound to the document.
    """
    folder = problems.file.rpartition("/")[0]
    for value in typed_before(document):
        place = document.place(value)
        problems.add(
            "typed-sign",
            f'The value "{value.text}" brings its sign (= .011, < .001): no other may stand before it.',
            f'ค่า "{value.text}" มีเครื่องหมายมาด้วย (= .011, < .001) จึงไม่ต้องพิมพ์เครื่องหมายไว้ข้างหน้า',
            row=place.line if place else None,
            file=f"{folder}/{place.file}" if place else "",
            hint_en=f"Write *p*\\ {{{{< value {value.text} >}}}}.",
            hint_th=f"เขียน *p*\\ {{{{< value {value.text} >}}}}",
        )


def notice_unbound(manuscripts: Iterable[Manuscript], problems: Problems) -> None:
    """A notice of each section whose sentences compare or count and are bound to nothing."""
    by_section: dict[int, list[Unbound]] = {}
    for found in (one for manuscript in manuscripts for one in unbound(manuscript)):
        by_section.setdefault(id(found.section), []).append(found)
    for own in by_section.values():
        title = own[0].section.title.replace('"', "”")
        said = ", ".join(f'"{one.text}" ({one.word})'.replace("“", "").replace("”", "") for one in own[:_MOST])
        more = f" … (+{len(own) - _MOST})" if len(own) > _MOST else ""
        problems.notice(
            "unbound-sentence",
            f"In “{title}” these sentences compare or count, and are bound to nothing: {said}{more}.",
            f"ใน “{title}” ประโยคต่อไปนี้เปรียบเทียบหรือนับ แต่ไม่ได้ผูกกับเงื่อนไขใด: {said}{more}",
            file=own[0].passage.file,
            row=own[0].line,
            hint_en=_UNBOUND[0],
            hint_th=_UNBOUND[1],
        )


# So many sentences of a section are told.
_MOST = 8
_UNBOUND = (
    "Write [what is said]{claim=id} and what must hold in claims.yml, let words come from the data, or mark what is"
    " judgement and not data as [...]{.interpretation}: docs/claims.md.",
    "เขียน [ข้อความ]{claim=id} แล้วระบุเงื่อนไขใน claims.yml หรือใช้ถ้อยคำจากข้อมูล หรือทำเครื่องหมาย [...]{.interpretation}"
    " หากเป็นการตีความ: docs/th/claims.md",
)
