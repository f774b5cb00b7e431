"""Studies that have little: one strand, one site, one item, one interview, one coder, answers all alike, one wave.

Each is made by `new-study`, and filled with as little as it takes; its articles stay as `new-study` wrote them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml
from studies import (
    AGREE,
    CODES,
    ITEMS,
    PARTICIPANTS,
    SITE_QUESTION,
    SITES,
    STUDY,
    coding_rows,
    csv_text,
    responses,
    transcript,
    yaml_text,
)

from thongthin.commands.new_study import new_study
from thongthin.commands.study_files import Kind

KEPT = ("title", "authors", "provenance", "date")
CONSENT = {"participants": {"consent": "all"}}
ITEM_COLUMNS = ["item_id", "column", "construct", "text_th", "text_en", "scale", "reversed", "wave", "pair"]


def fill(root: Path, name: str, kind: Kind, keys: Mapping[str, Any], files: Mapping[str, str]) -> Path:
    """A new study of a kind, with these keys beside those that its study.yml must have, and with these files."""
    new_study(root, name, kind)
    folder = root / "data" / "raw" / name
    template = yaml.safe_load((folder / "study.yml").read_text(encoding="utf-8"))
    own = {**template, **{key: STUDY[key] for key in KEPT}, **keys}
    (folder / "study.yml").write_text(yaml_text(own), encoding="utf-8")
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")
    return folder


def interviews(n: int = len(PARTICIPANTS), sites: bool = False) -> dict[str, str]:
    """The table of the first participants, and their interviews."""
    own = PARTICIPANTS[:n]
    table = csv_text(["participant_id", *(["site_id"] if sites else [])], [row[: 1 + sites] for row in own])
    return {"participants.csv": table, **{f"interviews/{row[0]}.txt": transcript(row[0]) for row in own}}


def coding(coders: tuple[str, ...] = ("SK", "NP"), n: int = len(PARTICIPANTS)) -> dict[str, str]:
    """The codebook, and what these coders marked in the interviews of the first participants."""
    people = [row[0] for row in PARTICIPANTS[:n]]
    rows = [row for row in coding_rows() if row[4] in coders and row[0] in people]
    codes = [(code, parent, english) for code, parent, _, english, *_ in CODES]
    return {
        "codebook.csv": csv_text(["code_id", "parent_id", "label_en"], codes),
        "coding/coding.csv": csv_text(["participant", "start", "end", "code", "coder", "text"], rows),
    }


# The columns that tell how respondents were drawn.
DESIGN = {"strata": "เขต", "clusters": "ชุมชน"}


def survey(**more: Any) -> dict[str, Any]:
    """The keys of a survey that asks neither for the site nor for the group."""
    own = {key: STUDY["survey"][key] for key in ("file", "submitted", "scales")}
    return {"survey": {**own, **more}, "framework": STUDY["framework"]}


def answers(
    items: tuple[str, ...] | None = None, n: int = 30, alike: str = "", *, drawn: bool = False
) -> dict[str, str]:
    """The items named, or all of them, and n responses.

    Args:
        alike: what everybody answers to every item.
        drawn: whether columns tell the stratum and the cluster of everybody (`DESIGN`): 2 and 10 of them.
    """
    own = [item for item in ITEMS if items is None or item[0] in items]
    rows = [
        (i, th, construct, th, en, "agree5", turned, wave, pair if items is None else "")
        for i, construct, th, en, turned, wave, pair in own
    ]
    header, *responded = csv.reader(io.StringIO(responses(n)))
    first = len(header) - len(ITEMS)
    if alike:
        responded = [[*row[:first], *[alike] * len(ITEMS)] for row in responded]
    if drawn:
        header = [*DESIGN.values(), *header]
        responded = [[f"เขต {i % 2 + 1}", f"ชุมชน {i % 10 + 1}", *row] for i, row in enumerate(responded)]
    return {"survey/items.csv": csv_text(ITEM_COLUMNS, rows), "survey/responses.csv": csv_text(header, responded)}


def in_two_files() -> dict[str, str]:
    """All items and the responses to them, before and after in a file each, with the same headers in both.

    The second file holds its respondents in the other order; the last two are not in it.
    """
    whole = answers(drawn=True)
    header, *rows = csv.reader(io.StringIO(whole.pop("survey/responses.csv")))
    asked = {item[2]: item[5] for item in ITEMS}
    plain = [name.replace(" [ก่อน]", "").replace(" [หลัง]", "") for name in header]

    def of(*waves: str) -> list[int]:
        return [place for place, name in enumerate(header) if asked.get(name, "") in waves]

    files = {}
    for name, places, who in (("before", of("", "before"), range(30)), ("after", of("after"), range(27, -1, -1))):
        table = [[f"P{n + 1:02d}", *(rows[n][place] for place in places)] for n in who]
        files[f"survey/{name}.csv"] = csv_text(["รหัส", *(plain[place] for place in places)], table)
    items = list(csv.reader(io.StringIO(whole["survey/items.csv"])))
    items = [[cell if n != 1 else plain[header.index(cell)] for n, cell in enumerate(row)] for row in items[1:]]
    return {"survey/items.csv": csv_text(ITEM_COLUMNS, items), **files}


def two_files() -> dict[str, Any]:
    """The keys of a survey in two waves."""
    files = [{"file": f"{wave}.csv", "wave": wave} for wave in ("before", "after")]
    own = survey(files=files, respondent="รหัส", design=DESIGN)
    del own["survey"]["file"]
    return own


# Built to their articles in every format.
WHOLE: dict[str, Callable[[Path], Path]] = {
    # Of two waves in two files, with the design of its sample.
    "survey-alone": lambda root: fill(root, "survey-alone", "survey", two_files(), in_two_files()),
    "interviews-alone": lambda root: fill(
        root, "interviews-alone", "interviews", CONSENT, {**interviews(), **coding()}
    ),
    "uncoded": lambda root: fill(root, "uncoded", "interviews", CONSENT, interviews()),
}
# Built to their values.
COUNTED: dict[str, Callable[[Path], Path]] = {
    # One site, one interview, one coder, one item, one response.
    "one-of-each": lambda root: fill(
        root,
        "one-of-each",
        "mixed",
        {**CONSENT, **survey()},
        {**interviews(1), **coding(("SK",), 1), **answers(("A1",), n=1)},
    ),
    # One coder, and everybody answers the same.
    "all-alike": lambda root: fill(
        root,
        "all-alike",
        "mixed",
        {**CONSENT, **survey(site=SITE_QUESTION), "model": STUDY["model"]},
        {
            **interviews(sites=True),
            **coding(("SK",)),
            **answers(alike=AGREE[3]),
            "sites.csv": csv_text(["site_id", "name_th", "name_en"], [s[:3] for s in SITES]),
        },
    ),
    # Asked before, never after.
    "one-wave": lambda root: fill(root, "one-wave", "survey", survey(), answers(("B1", "F1"))),
}
