"""Where something in an article comes from, told at a terminal.

`python -m thongthin.commands.explain WORDS [--study STUDY] [--all] [--json]`

WORDS is the key of a number, a number as it is printed, the id of a quote or claim, the name or id of a table or
figure, or a page of a PDF (`article.en.pdf:7`). Reads what the last build left, and builds nothing. Ends with 1 where
nothing is found.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from thongthin.basics.console import command, run_command
from thongthin.basics.nearest import nearest
from thongthin.basics.problems import printable
from thongthin.commands.explained import lines_of
from thongthin.present.evidence.made import Made, built_studies
from thongthin.present.evidence.pdf_links import leads_of_page
from thongthin.present.evidence.trail import of_claim, of_float, of_number, of_quote

Record = dict[str, Any]

_PAGE = re.compile(r"(?:.*[/\\])?(?P<document>[a-z]+\.(?:th|en))\.pdf:(?P<page>\d+)")
# So many trails are told in full; of more, what they are.
MOST = 1


def main(arguments: Sequence[str]) -> int:
    """Print the trail of what was asked for; 1 where there is nothing of the kind."""
    parser = argparse.ArgumentParser(prog="python -m thongthin.commands.explain")
    parser.add_argument("words")
    parser.add_argument("--study")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    root = Path()
    built = built_studies(root, given.study)
    if not built:
        return _tell(
            f"Nothing is built yet. Build first: {command('build', *filter(None, [given.study]))}",
            f"ยังไม่มีผลลัพธ์ โปรดสร้างก่อน: {command('build', *filter(None, [given.study]))}",
            given.json,
        )
    for made in built:
        if trails := list(found(made, given.words)):
            print(_as_json(made, trails) if given.json else printable(_as_text(made, trails, whole=given.all)))
            return 0
    known = [name for made in built for name in (*made.values, *(own["name"] for own in made.exhibits))]
    alike = nearest(given.words, [name for name in known if name.split(".")[0] == given.words.split(".")[0]] or known)
    named = ", ".join(alike)
    return _tell(
        f'Nothing in the documents is called or reads "{given.words}". {f"Alike: {named}" if alike else ""}'.strip(),
        f'ไม่มีสิ่งใดในเอกสารที่ชื่อหรือเขียนว่า "{given.words}" {f"ที่คล้ายกัน: {named}" if alike else ""}'.strip(),
        given.json,
    )


def found(made: Made, words: str) -> Iterator[Record]:
    """The trails of what words name: a key, an id or a name first; else a page; else a number that reads so."""
    if page := _PAGE.fullmatch(words):
        yield from _of_page(made, page["document"], int(page["page"]))
        return
    if address := made.address(words):
        yield of_number(made, address)
        return
    if named := [own for own in made.exhibits if words in (own["name"], own["id"]) and own["kind"] != "value"]:
        things = dict.fromkeys((own["kind"], own["name"]) for own in named)
        yield from filter(None, (_of_exhibit(made, *thing) for thing in things))
        return
    others = [_of_exhibit(made, kind, words) for kind in ("quote", "claim", "table", "figure")]
    if any(others):
        yield from filter(None, others)
        return
    for key in made.printed(words):
        if address := made.address(key):
            yield of_number(made, address)


def _of_page(made: Made, document: str, page: int) -> Iterator[Record]:
    path = made.results / f"{document}.pdf"
    leads = leads_of_page(path, page) if path.is_file() else None
    for kind, place in leads or ():
        if kind == "value" and (address := made.address(place)):
            yield of_number(made, address)
        elif kind in ("quote", "claim"):
            yield from filter(None, (_of_exhibit(made, kind, place),))
        elif kind == "table":
            yield from filter(None, (of_float(made, "table", place.split("/")[0]),))
        elif kind == "exhibit":
            name, _, id_ = place.partition("/")
            for own in made.exhibits:
                if own["document"] == name and own["id"] == id_:
                    yield from filter(None, (_of_exhibit(made, own["kind"], own["name"]),))


def _of_exhibit(made: Made, kind: str, name: str) -> Record | None:
    return (
        of_quote(made, name)
        if kind == "quote"
        else of_claim(made, name)
        if kind == "claim"
        else of_float(made, kind, name)
    )


def _as_json(made: Made, trails: list[Record]) -> str:
    return json.dumps({"study": made.study, "found": trails}, ensure_ascii=False, indent=1)


def _as_text(made: Made, trails: list[Record], *, whole: bool) -> str:
    """One trail in full, or several by what they are and where they are said."""
    if len(trails) <= MOST or whole:
        return "\n\n\n".join(lines_of(own, made.study, whole=whole) for own in trails)
    lines = [f"{len(trails)} found; give the key of one, or --all / พบ {len(trails)} รายการ ระบุคีย์ที่ต้องการ หรือ --all"]
    for own in trails:
        reads = f"{own['reads']['en']} " if "reads" in own else ""
        lines += ["", f"{reads}{own['kind']} {own['key']}"]
        lines += [
            f"  {said['document']}: {said[part]}"
            for said in own["said"]
            for part in ("said_en", "said_th")
            if said[part]
        ]
        lines += [
            f"  {cell['name']}: {cell['row_en']}, {cell['column_en']}"
            for cell in own.get("shown", ())
            if cell["kind"] == "table"
        ]
    return "\n".join(lines)


def _tell(en: str, th: str, as_json: bool) -> int:
    print(json.dumps({"found": [], "en": en, "th": th}, ensure_ascii=False) if as_json else printable(f"{en}\n{th}"))
    return 1


if __name__ == "__main__":
    run_command(main)
