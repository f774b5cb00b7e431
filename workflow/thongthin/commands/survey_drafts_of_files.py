"""Several response files of one survey, for an author who is about to make a study of them.

They are laid one below the other, so that scales, codes and limits are guessed from all of them together. Of two waves
(before, after), questions on a scale that stand in both become two items, one a wave, and the column with the same ids
in both is proposed as the respondent. Without waves, a column of ids that come back is told: are they the same people?
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from thongthin.basics.problems import Problems
from thongthin.basics.records import records
from thongthin.commands.survey_guesses import ITEM_ROLES, Draft
from thongthin.contract.survey import ResponseFile, Survey
from thongthin.read.survey.file_checks import tell_absent, tell_labels
from thongthin.read.survey.files import read_survey_file
from thongthin.read.survey.parts import Stack, stack
from thongthin.read.survey.places import Part, PartProblems, Places
from thongthin.read.survey.waves import WAVES

# At most so many files are of one survey in two waves.
TWO = len(WAVES)


class FilesRead(NamedTuple):
    """Several files as one, and how study.yml names them.

    Attributes:
        file: their rows one below the other.
        entries: one a file, for `files` of study.yml.
        both: of waves, the headers that stand in both files.
        respondent: header of the column that has the same ids in several files; "" if there is none.
    """

    file: Stack
    parts: list[Part]
    entries: list[dict[str, Any]]
    both: list[str]
    respondent: str


def read_several(
    paths: Sequence[Path], problems: Problems, *, sheet: str | None, form: Path | None, waves: bool
) -> FilesRead | None:
    """The files as one; None, with problems added, if one can't be read.

    Args:
        waves: whether they are of two waves, the first before, the second after.
    """
    parts: list[Part] = []
    for place, path in enumerate(paths):
        here = problems.at(path.name)
        file = read_survey_file(path, here, sheet=sheet, form=form)
        if file is None or file.frame.empty:
            continue
        settings = ResponseFile(
            file=path.name,
            wave=WAVES[place] if waves else None,
            form=form.name if form else None,
            sheet=file.sheet or None,
        )
        parts.append(Part(settings, file, here.at(here.file, file.sheet)))
    if problems.found:
        return None
    entries = [part.settings.model_dump(exclude_none=True, exclude_defaults=True) for part in parts]
    whole = stack(range(len(parts)), parts, Survey(files=[part.settings for part in parts]), {})
    assert whole is not None  # nothing is named that may not be there
    several = [header for header, there in whole.headers.items() if len(there) == len(parts)]
    ids = _ids_in_several(parts, several)
    return FilesRead(whole, parts, entries, several if waves else [], ids)


def tell_of_files(read: FilesRead, found: Draft, problems: Problems) -> None:
    """Tell, as notices, where the files disagree in what may become items."""
    own = [guess.column for guess in found.of(*ITEM_ROLES)]
    whole = read.file
    tell_labels(one for column in own for one in whole.differ.get(column.header, ()))
    if read.entries and "wave" in read.entries[0]:
        return
    tell_absent(whole, read.parts, own, PartProblems.of(Places(read.parts, whole.headers)))
    problems.notices.extend(problems.found)  # what the check will ask about
    problems.found.clear()
    if read.respondent:
        problems.at(read.parts[-1].problems.file).notice(
            "same-ids",
            f'The column "{read.respondent}" has the same ids in several files: are they the same people, asked twice?',
            f'คอลัมน์ "{read.respondent}" มีรหัสซ้ำกันในหลายไฟล์ เป็นผู้ตอบคนเดียวกันที่ตอบสองครั้งหรือไม่',
            column=read.respondent,
            hint_en="If so, give the file of the first time and the file of the second, and --waves.",
            hint_th="หากใช่ ให้สั่งใหม่โดยระบุไฟล์ครั้งแรก ไฟล์ครั้งหลัง และ --waves",
        )


def _ids_in_several(parts: Sequence[Part], headers: Sequence[str]) -> str:
    """The column whose cells differ within each file, and come back most often in another one; "" if none does."""
    best, most = "", 1
    for header in headers:
        cells = [part.file.frame[header] for part in parts if header in part.file.frame]
        filled = [own[own != ""] for own in cells]
        if len(filled) < TWO or any(own.empty or own.duplicated().any() for own in filled):
            continue
        again = int(pd.concat(filled).duplicated().sum())
        if again > most and 2 * again >= min(map(len, filled)):
            best, most = header, again
    return best


def with_waves(items: pd.DataFrame, found: Draft, both: Sequence[str]) -> pd.DataFrame:
    """The draft of items with two rows, before and after, for each question on a scale that stands in both files.

    Args:
        items: as from `survey_drafts.items`.
    """
    scaled = {guess.column.header for guess in found.of("scale")} & set(both)
    rows: list[dict[Any, Any]] = []
    for row in records(items):
        header = row["column"] or row["item_id"]
        if row["choice"] or header not in scaled:
            rows.append(row)
            continue
        rows += [
            {**row, "item_id": f"{row['item_id']}_{wave}", "column": header, "wave": wave, "pair": row["item_id"]}
            for wave in WAVES
        ]
    return pd.DataFrame(rows, columns=list(items.columns), dtype=str)
