"""What a plan remembers of the documents that a check has read, and what is foreseen of it while a check goes on."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thongthin.basics.language import Language
from thongthin.contract.documents import documents_of, source_of

if TYPE_CHECKING:
    from thongthin.commands.check_articles import Articles
    from thongthin.present.claims.bound import Bound
    from thongthin.present.render.dialect import Readings
    from thongthin.present.render.requested import Requested

# What is remembered, and is none of the inputs of a check.
REMEMBERED = ("left_out", "asked", "bound")


def remembered_of(articles: Articles) -> dict[str, Any]:
    """What a plan remembers of documents that were checked (`REMEMBERED`), as plain data."""
    return _remembered(articles.left_out, articles.asked, articles.bound)


def _remembered(
    left_out: Mapping[str, list[int]], asked: Mapping[str, Requested], bound: Iterable[Bound]
) -> dict[str, Any]:
    return {
        "left_out": dict(left_out),
        "asked": {path: requested.plain() for path, requested in asked.items()},
        "bound": [[one.claim, one.file, one.line, one.text] for one in bound],
    }


def of_inputs(state: Mapping[str, Any] | None) -> dict[str, Any]:
    """What a state says of the inputs of a check, without what was found in them."""
    return {what: found for what, found in (state or {}).items() if what not in REMEMBERED}


def foresee(
    root: Path,
    study: str,
    languages: Iterable[Language],
    now: Mapping[str, Any],
    then: Mapping[str, Any],
    readings: Readings,
) -> dict[str, Any] | None:
    """The state of a study with what its check will remember, if all that was changed is what documents or data say.

    The last check passed, nothing was left out of a document nor can be now, and no table or figure is asked for that
    was not asked for then: so whatever is wrong with text or data, a plan can be made. Otherwise None.

    Args:
        root: the project folder.
        languages: of the documents.
        now: the state of the inputs.
        then: that of the last check that passed, and what it found.
        readings: keeps what is read of the documents for the check itself.
    """
    if not _only_contents_changed(study, now, then):
        return None
    from thongthin.present.claims.bound import bound_of
    from thongthin.present.render.tree import read_ahead

    every = list(itertools.product(documents_of(root, study), languages))
    paths = {source_of(root, study, *own): own[1] for own in every}
    if not all(path.is_file() for path in paths):
        return None
    read_ahead(paths)
    asked, bound = {}, []
    for path, language in paths.items():
        file = path.relative_to(root).as_posix()
        requested, problems = readings.read(path, language, file)
        if problems.found or any(request.within for request in requested.all()):
            return None
        asked[file] = requested
        bound += bound_of(path, [], requested.values)
    remembered = _remembered({}, asked, bound)
    new = _shown_in(remembered["asked"]) - _shown_in(then["asked"])
    return None if new else {**now, **remembered}


def _only_contents_changed(study: str, now: Mapping[str, Any], then: Mapping[str, Any]) -> bool:
    """Whether nothing has changed between two states of a study but what stands in its documents and its data.

    The same data files are there, and study.yml, which says what is made of them, is as it was; nothing was left out.
    """
    stamps_now, stamps_then = ({path: stamp for path, *stamp in own.get("inputs", [])} for own in (now, then))
    changed = {path for path in {*stamps_now, *stamps_then} if stamps_now.get(path) != stamps_then.get(path)}
    texts = {path for path in changed if path.startswith(f"report/{study}/") and path.endswith((".qmd", ".md"))}
    data = {path for path in changed & stamps_now.keys() & stamps_then.keys() if path.startswith(f"data/raw/{study}/")}
    same = all(now[what] == then.get(what) for what in ("code", "draft")) and then.get("left_out") == {}
    return same and changed == texts | data - {f"data/raw/{study}/study.yml"}


def _shown_in(asked: Mapping[str, Mapping[str, Iterable[Mapping[str, Any]]]]) -> set[tuple[str, str]]:
    """The tables and figures that are asked for."""
    every = [(part, own) for document in asked.values() for part in ("tables", "figures") for own in document[part]]
    return {(part, request["name"]) for part, request in every}
