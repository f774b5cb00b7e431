"""First drafts of a study's files from what its coding tools exported, and from the interviews that are there.

Several files make one study: documents of one interview become one participant (by the name of its interview, by their
own names, by their texts), and codes of one name, below codes of one name, become one code. What no file tells stays
empty; what a person has to state stays for study.yml, as lines that are ready to be put there (`lines_for_study`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from thongthin.basics.language import has_thai, normalise_text, one_line
from thongthin.basics.problems import Problems
from thongthin.basics.yaml_source import flow_line
from thongthin.contract.identifiers import is_identifier, new_id
from thongthin.contract.tables import TABLES
from thongthin.read.codebook import CODEBOOK, codebook_rows
from thongthin.read.coding.codebooks import without_root
from thongthin.read.coding.model import CodedFile, Source, ToolCode
from thongthin.read.coding.names import ENDINGS, Participants
from thongthin.read.frame import SITES

# What variables may be called (without case and underscores) that columns of participants.csv are drafted from.
VARIABLES = {
    "site_id": ("site", "site id", "พื้นที่", "หน่วยงาน", "อปท", "อปท."),
    "group": ("group", "กลุ่ม", "กลุ่มผู้ให้ข้อมูล"),
    "role": ("role", "position", "บทบาท", "ตำแหน่ง"),
    "sex": ("sex", "gender", "เพศ"),
    "age_band": ("age band", "age group", "age", "ช่วงอายุ", "อายุ"),
    "interviewed_on": ("interviewed on", "interview date", "date of interview", "date", "วันที่สัมภาษณ์", "วันที่"),
}
# The tag that every new project of Taguette begins with.
TAGUETTES_OWN = "interesting"
# What parts a code from those above it in the tables of MAXQDA and ATLAS.ti.
_PATHS = re.compile(r"\s+>\s+|\\|::")


@dataclass(eq=False)
class _Person:
    """A participant to be: the documents of the files, by the number of the file, and the interview that is there."""

    id: str = ""
    names: list[str] = field(default_factory=list)
    documents: list[tuple[int, Source]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The first text that a file stores of the interview, or nothing."""
        return next((source.text for _, source in self.documents if source.text and source.text.strip()), "")


def drafts(files: Sequence[CodedFile], interviews: Mapping[str, str] | None = None) -> dict[str, pd.DataFrame | str]:
    """First drafts of a study's files, by path in its folder; what the files do not tell stays empty.

    - `codebook.csv`: the codes of all files, with ids made from their names, and each name and description in the
      language that it is written in.
    - `participants.csv`: a participant for each interview, with what variables of the cases of its documents, or sets
      called "variable: value", tell; `consent` is nobody's to draft.
    - `sites.csv`: the sites that variables tell or, failing that, sets of documents, or cases of several documents,
      if they part the documents.
    - `interviews/*.txt`: the texts as they are stored, so that positions count in them, where there is no interview.

    Args:
        files: what coding tools exported.
        interviews: texts of the interviews that are there already, by the names of their files without ending.
    """
    interviews = interviews or {}
    made: dict[str, pd.DataFrame | str] = {}
    if codes := merged_codes(files):
        made["codebook.csv"] = _codebook(codes)
    people = _people(files, interviews)
    if people:
        made["participants.csv"], sites = _tables(files, people)
        if len(sites):
            made["sites.csv"] = sites
    for person in people:
        if person.id not in interviews and person.text:
            made[f"interviews/{person.id}.txt"] = person.text
    return made


# --- codes ------------------------------------------------------------------------------------------------------------


def merged_codes(files: Sequence[CodedFile]) -> list[ToolCode]:
    """The codes of all files, each once: in the order of the first file that has codes below codes, then of the others.

    Codes are the same if they, and those above them, have the same names. A file that knows no codes above others
    (a table, comments in Word) means the code of that name, where there is but one. A folder of all codes is none.
    """
    found: dict[tuple[str, ...], ToolCode] = {}
    codes = [_with_parents(_own_codes(coded)) for coded in files]
    for own in sorted(codes, key=lambda own: not any(code.parent for code in own)):
        known = {code.id: code for code in own}
        nested = any(code.parent for code in known.values())
        ids: dict[str, str] = {}
        for code in _parents_first(known):
            path = _path(code, known)
            named = [other for other in found if other[-1] == path[-1]]
            if path not in found and not nested and len(named) == 1:
                path = named[0]
            id_ = found[path].id if path in found else str(len(found) + 1)
            ids[code.id] = id_
            parent = ids.get(code.parent, "") if path not in found else found[path].parent
            first = found.get(path, code)
            description = first.description or code.description
            codable = first.codable or code.codable
            found[path] = replace(first, id=id_, parent=parent, description=description, codable=codable)
    return without_root(list(found.values()), Problems())


def _own_codes(coded: CodedFile) -> list[ToolCode]:
    """The codes of a file without the one that Taguette puts into every new project, if nobody gave it."""
    given = {code for selection in coded.selections for code in selection.codes}
    from_tool = coded.tool.startswith("Taguette")
    return [c for c in coded.codes if not (from_tool and c.name == TAGUETTES_OWN and c.id not in given)]


def _with_parents(codes: Sequence[ToolCode]) -> list[ToolCode]:
    """The codes, those that are called by their paths ("Budget > Shortage", "Budget\\Shortage") below those above."""
    made: dict[tuple[str, ...], ToolCode] = {}  # by path, or by id where the tool tells the code above
    taken = {code.id for code in codes}
    for code in codes:
        parts = tuple(filter(None, map(one_line, _PATHS.split(code.name))))
        if code.parent:
            made["", code.id] = code
            continue
        if len(parts) < 2:
            name = parts or ("", code.id)
            made[name] = replace(code, id=made[name].id) if name in made else code
            continue
        above = ""
        for end in range(1, len(parts)):
            name = parts[:end]
            if name not in made:
                id_ = next(i for i in (f"path {n}" for n in range(len(taken) + 1)) if i not in taken)
                taken.add(id_)
                made[name] = ToolCode(id_, parts[end - 1], above, codable=False)
            above = made[name].id
        made[parts] = replace(code, name=parts[-1], parent=above)
    return list(made.values())


def _parents_first(known: Mapping[str, ToolCode]) -> list[ToolCode]:
    """The codes in their order, each behind the one above it; those that are above each other lose their parents."""
    done: dict[str, ToolCode] = {}
    for code in known.values():
        line = [code]
        while line[-1].parent in known and line[-1].parent not in done and known[line[-1].parent] not in line:
            line.append(known[line[-1].parent])
        for own in reversed(line):
            if own.id not in done:
                done[own.id] = own if own.parent in done else replace(own, parent="")
    return list(done.values())


def _path(code: ToolCode, known: Mapping[str, ToolCode]) -> tuple[str, ...]:
    """The names of a code and of those above it, uppermost first; an id of our own tells a code by itself."""
    names = [one_line(code.details.get("code_id", "") or code.name).casefold()]
    seen = {code.id}
    while code.parent in known and code.parent not in seen:
        code = known[code.parent]
        seen.add(code.id)
        names.append(one_line(code.name).casefold())
    return tuple(reversed(names))


def _codebook(codes: Sequence[ToolCode]) -> pd.DataFrame:
    # What a tool calls an id need be none of ours ("Budget.Shortage").
    codes = [c if is_identifier(c.details.get("code_id", "")) else replace(c, details={}) for c in codes]
    return pd.DataFrame(codebook_rows(codes), columns=list(CODEBOOK.all))


# --- participants and sites -------------------------------------------------------------------------------------------


def _people(files: Sequence[CodedFile], interviews: Mapping[str, str]) -> list[_Person]:
    """The participants: those whose interviews are there, then those of other documents, in the order of the files."""
    there = Participants(interviews)
    people = {id_: _Person(id_) for id_ in sorted(interviews) if is_identifier(id_)}
    others: list[_Person] = []
    known: dict[str, list[_Person]] = {}  # by what documents are called, and by their texts
    for number, coded in enumerate(files):
        own: list[tuple[_Person, list[str]]] = []
        for source in filter(_is_interview, coded.sources):
            stem = _stem(source)
            if (id_ := there.find(source)) and id_ in people:
                person = people[id_]
            else:
                marks = [f"name {stem.casefold()}", *([f"text {seen}"] if (seen := _visible(source.text)) else [])]
                same = list({id(person): person for mark in marks for person in known.get(mark, ())}.values())
                person = same[0] if len(same) == 1 else _Person()
                others += [] if same[:1] == [person] else [person]
                own.append((person, marks))
            person.names.append(stem)
            person.documents.append((number, source))
        for person, marks in own:  # only now: two documents of one file are two people
            for mark in marks:
                known.setdefault(mark, []).append(person)
    taken = list(people)
    coders = {selection.coder for coded in files for selection in coded.selections}
    coders |= {name.removeprefix(_common(person.names)) for person in others for name in person.names}
    for number, person in enumerate(others, start=len(taken) + 1):
        person.id = new_id(_without_coder(_common(person.names), coders), "p", number, taken)
        taken.append(person.id)
    return [*people.values(), *others]


def _is_interview(source: Source) -> bool:
    return source.kind == "text" or bool(source.text)


def _stem(source: Source) -> str:
    name = PurePosixPath(source.name.replace("\\", "/")).name
    ending = next((ending for ending in ENDINGS if name.lower().endswith(ending)), "")
    return name[: len(name) - len(ending)].strip()


def _visible(text: str | None) -> str:
    return "".join(normalise_text(text or "").split())


def _common(names: Sequence[str]) -> str:
    """What the names of one interview begin with alike ("P01" of "P01_SK" and "P01_NP"); the first, if nothing does."""
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*names, strict=False))
    begin = "".join(letters[0] for letters in alike)
    begin = begin if begin in names else re.sub(r"[\W_]+$", "", begin)
    return begin if re.search(r"\w", begin) else names[0]


def _without_coder(name: str, coders: Collection[str]) -> str:
    """The name of a coder's copy ("P02_SK") without the coder, who is known from the coding or from other copies."""
    lettered = {
        own for coder in coders if re.search(r"[^\W\d_]", own := coder.strip("_- "))
    }  # "1" may count interviews
    for coder in sorted(lettered):
        if found := re.fullmatch(rf"(.*?\w)[_\s-]+{re.escape(coder)}", name, re.IGNORECASE):
            return found[1]
    return name


def _tables(files: Sequence[CodedFile], people: Sequence[_Person]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Drafts of the tables of participants and of sites."""
    told = [_told(coded) for coded in files]
    sites: dict[str, str] = {}  # name: id
    groups: dict[str, str] = {}
    rows = []
    for person in people:
        variables: dict[str, str] = {}
        part = ""
        for number, source in person.documents:
            own, parts = told[number]
            variables = {**own.get(source.id, {}), **variables}
            part = part or parts.get(source.id, "")
        row = {
            column: next((variables[name] for name in names if name in variables), "")
            for column, names in VARIABLES.items()
        }
        row["site_id"] = _site(row["site_id"] or part, part, sites)
        if row["group"]:
            row["group"] = groups.setdefault(
                row["group"], new_id(row["group"], "g", len(groups) + 1, groups.values()).lower()
            )
        rows.append({"participant_id": person.id, **row, "consent": ""})
    columns = [column.name for column in TABLES["participants"].columns]
    named = ({"site_id": id_, f"name_{'th' if has_thai(name) else 'en'}": name} for name, id_ in sites.items())
    frame = pd.DataFrame(rows, columns=columns, dtype=str)
    frame.attrs["groups"] = {id_: name for name, id_ in groups.items()}
    return frame, pd.DataFrame(list(named), columns=list(SITES.all), dtype=str).fillna("")


def _told(coded: CodedFile) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """By document: the variables that a file tells of it, and the set or case that it alone is in, if they part all."""
    variables: dict[str, dict[str, str]] = {source.id: {} for source in coded.sources if _is_interview(source)}
    # A case of one document says more of it than one of many.
    for case in sorted(coded.cases, key=lambda case: len(case.sources)):
        for source in case.sources:
            for name, value in case.variables.items():
                if source in variables and value:
                    variables[source].setdefault(_key(name), one_line(value))
    sets: dict[str, list[str]] = {id_: [] for id_ in variables}
    cases: dict[str, list[str]] = {id_: [] for id_ in variables}
    for group in coded.sets:
        name, colon, value = one_line(group.name).partition(": ")
        for source in group.sources:
            if source in variables and colon:  # so ATLAS.ti writes the variables of documents
                variables[source].setdefault(_key(name), value)
            elif source in variables:
                sets[source].append(one_line(group.name))
    for case in coded.cases:
        for source in case.sources if len(case.sources) > 1 else ():
            if source in variables:
                cases[source].append(one_line(case.name))
    parting = next((by for by in (sets, cases) if any(by.values()) and all(len(of) < 2 for of in by.values())), {})
    return variables, {source: of[0] for source, of in parting.items() if of}


def _site(name: str, group: str, sites: dict[str, str]) -> str:
    """The id of a site, which is added to `sites`; a name may begin with it ("S01 Nam Sai"), or that of its set."""
    if not name or name in sites.values():
        return name
    if group.startswith(f"{name} "):
        name = group
    first, _, rest = name.partition(" ")
    if rest and is_identifier(first) and re.search("[0-9]", first) and sites.get(rest, first) == first:
        sites[rest] = first
        return first
    return sites.setdefault(name, new_id(name, "s", len(sites) + 1, sites.values()))


def _key(name: str) -> str:
    return " ".join(one_line(name).casefold().replace("_", " ").split())


# --- what study.yml has to say ----------------------------------------------------------------------------------------


def lines_for_study(
    files: Iterable[tuple[str, CodedFile]], made: Mapping[str, pd.DataFrame | str], said: Mapping[str, Any]
) -> list[str]:
    """Lines for study.yml that a person decides on, ready to be put there: consent, groups, coders.

    Args:
        files: names of the files in coding/, with what they hold.
        made: the drafts.
        said: the keys of study.yml with what stands there already, as plain data.
    """
    lines = []
    people = made.get("participants.csv")
    if isinstance(people, pd.DataFrame):
        if "participants" not in said:
            statement = flow_line("participants", {"consent": "all"})
            lines.append(f"{statement}  # if everybody consented / หากทุกคนให้ความยินยอม")
        groups = people.attrs.get("groups", {})
        if groups and "groups" not in said:
            lines.append(flow_line("groups", [{"id": id_, "label": name} for id_, name in groups.items()]))
    unknown = [name for name, coded in files if any(not selection.coder for selection in coded.selections)]
    if unknown and "coding" not in said:
        entries = [{"file": name, "coder": PurePosixPath(name).stem} for name in unknown]
        lines.append(f"{flow_line('coding', {'files': entries})}  # who coded / ใครลงรหัส")
    return lines
