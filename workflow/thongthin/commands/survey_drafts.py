"""First drafts of a study's survey, from what its file seems to hold: items.csv, the part `survey` of study.yml, sites.

What is to be decided stands there as comments. Constructs, reversed items, waves and translations are for a person to
fill in. The part of study.yml takes the place of the one that is still behind a #, where study.yml is as `new_study`
wrote it; else it is a file of its own, to be copied.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from thongthin.basics.files import write_bytes
from thongthin.basics.language import has_thai
from thongthin.basics.yaml_source import flow_line
from thongthin.commands.column_words import Role
from thongthin.commands.survey_guesses import ITEM_ROLES, KNOWN, NUMBERS, Draft, Guess, answers_given
from thongthin.contract.answer_scales import BUILT_IN, AnswerScale, Point
from thongthin.contract.categories import MISSING, MOST_CATEGORIES
from thongthin.contract.identifiers import new_id
from thongthin.contract.non_answers import non_answer
from thongthin.contract.scale_guess import unnumbered_words
from thongthin.contract.tables import ALL, TABLES
from thongthin.read.frame import SITES
from thongthin.read.survey.choices import in_order, unnumbered
from thongthin.read.survey.files.suspicions import lines_for_study
from thongthin.read.survey.items import ITEMS

# No item may be called as a column of these tables is.
RESERVED = ("responses", "survey_received")
_COPY = (
    "# A draft: copy it into study.yml, and correct what was guessed.",
    "# ร่าง: คัดลอกไปไว้ใน study.yml แล้วแก้ส่วนที่เดาไว้",
)
# What a column that seems to say how respondents were drawn is in `survey.design`.
_DESIGN: dict[str, Role] = {"strata": "stratum", "clusters": "cluster"}
# The part `survey` of a study.yml that nobody has filled in.
_UNTOUCHED = re.compile(r"^# survey:[^\n]*\n(?:#  [^\n]*\n)*", re.MULTILINE)


def _asked(found: Draft) -> list[Guess]:
    """The columns that become items; ids and other numbers without a scale do not."""
    return [own for own in found.of(*ITEM_ROLES) if own.role != "number" or own.scale]


def items(found: Draft) -> pd.DataFrame:
    """The first draft of items.csv: a row for each column on a scale, with amounts, for each choice and category."""
    rows: list[dict[str, str]] = []
    taken = {column.name for table in RESERVED for column in TABLES[table].columns}
    for own in _asked(found):
        column = own.column
        name = column.names[-1] if column.names and found.file.format == "kobo" else column.header
        id_ = new_id(_short(name), "q", len(rows) + 1, [*taken, *(row["item_id"] for row in rows)])
        text = column.text or column.header
        texts = dict(column.texts) or {"th" if has_thai(text) else "en": text}
        if own.role == "choice":
            where = {"column": column.choice_of, "choice": column.text}
        else:
            where = {"column": column.header if column.header != id_ else "", "choice": ""}
        row = {
            "item_id": id_,
            **where,
            "text_th": texts.get("th", ""),
            "text_en": texts.get("en", ""),
            "scale": own.scale,
            "reversed": "no" if own.role == "scale" else "",
        }
        rows.append(row)
    return pd.DataFrame(rows, columns=list(ITEMS.all), dtype=str).fillna("")


def _short(header: str) -> str:
    """A header as an id can be made of it: a code with brackets as one word, a question as none."""
    code = re.sub(r"[\[\]().\s/]+", "_", header).strip("_")
    return code if len(code) <= 24 and re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", code) else ""


def sites(found: Draft) -> pd.DataFrame:
    """The first draft of sites.csv: a row for each site that answers name; none where no column seems to hold sites."""
    rows: list[dict[str, str]] = []
    for own in found.of("site"):
        labels = own.column.labels
        for value, label in _named(own):
            texts = {language: of[value] for language, of in labels.items() if value in of}
            texts = texts or {"th" if has_thai(label) else "en": label}
            site_id = new_id(
                value if own.column.values else label, "s", len(rows) + 1, [row["site_id"] for row in rows]
            )
            rows.append({"site_id": site_id, **{f"name_{language}": text for language, text in texts.items()}})
    return pd.DataFrame(rows, columns=list(SITES.all), dtype=str).fillna("")


def _named(own: Guess) -> list[tuple[str, str]]:
    """What the answers of a column name, and their labels: in the order of the file's labels, or by themselves."""
    given = [value for value in own.column.values if value in own.answers] or sorted(answers_given(own), key=in_order)
    named = [(value, own.column.values.get(value, value)) for value in given if value not in own.column.missing]
    return [(value, label) for value, label in named if not non_answer(label)]


def _group_lines(found: Draft) -> list[str]:
    """The groups that answers name, as a comment."""
    lines: list[str] = []
    for own in found.of("group"):
        groups: list[dict[str, str]] = []
        for _, label in _named(own):
            id_ = new_id(label, "g", len(groups) + 1, [ALL, *(group["id"] for group in groups)]).lower()
            groups.append({"id": id_, "label": label})
        lines += [
            "# groups: the groups that this column names, for study.yml; take away the # (or take out `group`)",
            "# groups: กลุ่มตามคอลัมน์นี้ สำหรับ study.yml ให้ลบเครื่องหมาย # (หากไม่แบ่งกลุ่ม ให้ลบบรรทัด group)",
            f"#{flow_line('groups', groups)}",
        ]
    return lines


def survey_part(
    found: Draft, name: str, form: str | None, files: Sequence[Mapping[str, Any]] = (), respondent: str = ""
) -> str:
    """The part `survey` of study.yml as a first draft, in YAML, with what is to be decided as comments.

    Args:
        name, form: of the file and of its form, which will stand in survey/.
        files: of several files, the entries of each in place of these.
        respondent: header of the column that tells who a respondent is, where more is known than of one file.
    """
    part: dict[str, Any] = {"files": [dict(own) for own in files]} if files else {"file": name}
    if form and not files:
        part["form"] = form
    if found.file.sheet and not files:
        part["sheet"] = found.file.sheet
    if site := found.of("site"):
        part["site"] = site[0].column.header
    if group := found.of("group"):
        part["group"] = group[0].column.header
    if weight := found.of("weight"):
        part["weight"] = weight[0].column.header
    part |= _tool_columns(found) | ({"respondent": respondent} if respondent else {})
    if scales := _scales(found):
        part["scales"] = scales
    lines = [*_COPY]
    if not site:
        lines += [
            "# site: which column holds the site? A study of one site needs none.",
            "# site: คอลัมน์ใดคือพื้นที่ หากศึกษาพื้นที่เดียวไม่ต้องระบุ",
        ]
    else:
        lines += [
            "# site: guessed; if these are no sites, take it out, and the rows that sites.csv has of it",
            "# site: เป็นการเดา หากไม่ใช่พื้นที่ ให้ลบบรรทัดนี้ และแถวที่ร่างไว้ใน sites.csv",
        ]
    lines += _group_lines(found)
    for name, meant in _in_words(found).items():
        points = ", ".join(f"{point.value} = {point.th}" for point in meant.points)
        lines += [f"# {name}: {points}"]
    if found.scales:
        lines += ["# scales: from the lowest to the highest number that was answered / จากเลขต่ำสุดถึงสูงสุดที่มีผู้ตอบ"]
    if any(scale.startswith(NUMBERS) for scale in found.scales):
        lines += ["# numeric: amounts; set min and max to what is possible / จำนวน: กำหนด min และ max ตามที่เป็นไปได้"]
    written = yaml.safe_dump({"survey": part}, allow_unicode=True, sort_keys=False, width=1000)
    return "\n".join([*lines, written]) + _design_lines(found) + _code_lines(found) + _categories(found)


def _scales(found: Draft) -> dict[str, dict[str, Any]]:
    """What study.yml must say of scales: limits of numbers, and answers in words with their values."""
    scales: dict[str, dict[str, Any]] = {
        scale: {"min": low, "max": high} | ({"numeric": True} if scale.startswith(NUMBERS) else {})
        for scale, (low, high) in found.scales.items()
    }
    for name, meant in found.worded.items():
        scales[name] = {"answers": []}
        for point in meant.points:
            also = [way for way in dict.fromkeys(point.also) if way != point.th]
            answer = {"value": point.value, "th": point.th, "en": point.en}
            scales[name]["answers"].append(answer | ({"also": also} if also else {}))
    return scales


def _in_words(found: Draft) -> dict[str, AnswerScale]:
    """The built-in scales that were guessed, as answered: what each answer was taken for."""
    return {
        own.scale: AnswerScale(
            tuple(
                Point(
                    point.value,
                    next(
                        (a for a in map(unnumbered_words, _labels_of(own)) if own.meant.read(a).value == point.value),
                        point.th,
                    ),
                    point.en,
                )
                for point in own.meant.points
            )
        )
        for own in found.guesses
        if own.meant and own.scale in BUILT_IN
    }


def _design_lines(found: Draft) -> str:
    """The columns that seem to say how respondents were drawn, as a comment."""
    design: dict[str, Any] = {key: own[0].column.header for key, role in _DESIGN.items() if (own := found.of(role))}
    if not design:
        return ""
    if len(design) > 1:
        pairs = found.file.frame[list(design.values())].drop_duplicates()
        if pairs[design["clusters"]].duplicated().any():  # numbered anew in each stratum
            design["nested"] = True
    lines = [
        "# design: do these columns say how respondents were drawn? Then take away the #",
        "# design: คอลัมน์เหล่านี้บอกวิธีสุ่มผู้ตอบหรือไม่ หากใช่ ให้ลบเครื่องหมาย #",
    ]
    return "\n".join([*lines, f"#  {flow_line('design', design)}"]) + "\n"


def _code_lines(found: Draft) -> str:
    """The values that lie apart, as comments."""
    if not found.codes:
        return ""
    lines = [
        "# codes: do these values stand for no answer (missing, dont_know, not_applicable, refused), or are they one",
        "#   (answer)? Correct the meaning, and take away the #",
        "# codes: ค่าเหล่านี้หมายถึงไม่มีคำตอบ (missing, dont_know, not_applicable, refused) หรือเป็นคำตอบ (answer)",
        "#   แก้ meaning ให้ถูกต้อง แล้วลบเครื่องหมาย #",
    ]
    holding: dict[str, list[str]] = defaultdict(list)
    for own in _asked(found):
        for answer in own.answers:
            holding[answer].append(own.column.header)
    return "\n".join([*lines, lines_for_study(found.codes, holding, comment="#  ")]) + "\n"


def _labels_of(own: Guess) -> list[str]:
    """The answers of a column in words."""
    return [own.column.values.get(answer, answer) for answer in own.answers]


def _categories(found: Draft) -> str:
    """The categories of items without labels in both languages, as comments: they need not be declared."""
    drafted: dict[str, list[dict[str, str]]] = {}
    for item, own in zip(items(found)["item_id"], _asked(found), strict=True):
        column = own.column
        listed = [label for value, label in column.values.items() if value not in column.missing]
        labels = [label for label in listed or sorted(answers_given(own), key=in_order) if not non_answer(label)]
        if own.role != "category" or {"th", "en"} <= column.labels.keys() or len(labels) > MOST_CATEGORIES:
            continue
        drafted[item] = []
        for label in map(unnumbered, labels):
            taken = [ALL, MISSING, *(category["id"] for category in drafted[item])]
            name = label.lower() if re.search("[A-Za-z]", label) else ""  # no id of the digits of "18–29 ปี" alone
            id_ = new_id(name, "c", len(drafted[item]) + 1, taken)
            language = "th" if has_thai(label) else "en"
            drafted[item].append({"id": id_, "th": "", "en": "", language: label})
    if not drafted:
        return ""
    written = yaml.safe_dump(
        {"survey": {"categories": drafted}}, allow_unicode=True, sort_keys=False, width=1000, default_flow_style=None
    )
    lines = [
        "# categories: with labels in both languages, in the order of the tables; fill them in, and take away the #",
        "# categories: ป้ายสองภาษา ตามลำดับในตาราง เติมให้ครบแล้วลบเครื่องหมาย #",
    ]
    return "\n".join([*lines, *(f"#{line}" for line in written.splitlines()[1:])]) + "\n"


def _tool_columns(found: Draft) -> dict[str, str]:
    """The columns that the tool keeps of respondents and times, as far as they are filled."""
    by_name = {
        name.casefold(): own for own in found.guesses for name in (own.column.header, *own.column.names) if own.n
    }
    columns: dict[str, str] = {}
    for key, names in KNOWN.items():
        for name in names:
            own = by_name.get(name.casefold())
            right = ("time",) if key in ("submitted", "started") else ("metadata",)
            if (
                own
                and own.role in right
                and (key != "respondent" or own.n == len(own.answers) == len(found.file.frame))
            ):
                columns[key] = own.column.header
                break
    if "submitted" not in columns and (times := [own for own in found.of("time") if own.n]):
        columns["submitted"] = times[0].column.header
    return columns


def into_study(folder: Path, part: str) -> bool:
    """Put the part `survey` into study.yml in place of the one that is still behind a #; False if there is none such.

    Raises OSError.
    """
    path = folder / "study.yml"
    if not path.is_file():
        return False
    text = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    if "\ufffd" in text or len(_UNTOUCHED.findall(text)) != 1 or re.search(r"^survey:", text, re.MULTILINE):
        return False
    own = "".join(line for line in part.splitlines(keepends=True) if line.strip("\n") not in _COPY)
    write_bytes(path, _UNTOUCHED.sub(lambda _: own, text).encode("utf-8"))
    return True
