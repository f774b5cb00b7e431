"""The study that a file of coding is compared with before it stands in its folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from thongthin.basics.files import files_in, suffixes_of
from thongthin.basics.problems import Problems
from thongthin.contract.coding import Coding as Settings
from thongthin.contract.loading import load_config, load_study
from thongthin.contract.study import Config
from thongthin.read.codebook import read_codebook
from thongthin.read.coding import Coding, read_coding
from thongthin.read.coding.names import Participants
from thongthin.read.frame import read_participants
from thongthin.read.interviews import interview_text, read_interviews


class InStudy(NamedTuple):
    """The study that a file is compared with.

    Attributes:
        wrong: the number of problems that its own files have.
    """

    name: str
    codes: pd.DataFrame
    transcripts: pd.DataFrame
    turns: pd.DataFrame
    interviews: Mapping[str, Path]
    settings: Settings
    wrong: int

    def participants(self) -> Participants:
        """To find participants by the documents of a tool."""
        return Participants(dict(zip(self.transcripts["participant_id"], self.transcripts["text"], strict=True)))

    def read(self, path: Path, problems: Problems) -> Coding:
        """The file as if it stood in `coding/` by itself.

        Args:
            problems: bound to the folder of the file with `Problems.at`.
        """
        said = [entry for entry in self.settings.files if entry.file == path.name]
        return read_coding(
            [path],
            self.codes,
            self.transcripts,
            self.turns,
            problems,
            settings=self.settings.model_copy(update={"files": said}),
            interview=lambda participant: interview_text(self.interviews[participant], Problems()),
        )


def read_study_files(root: Path, name: str) -> InStudy:
    """What a file of coding is matched with, of the study `name` in the project folder `root`.

    Problems of these files are counted and not told: the check does that.
    """
    folder, problems = root / "data" / "raw" / name, Problems()

    def table(stem: str) -> Path:
        there = (folder / f"{stem}{suffix}" for suffix in suffixes_of(stem))
        return next((path for path in there if path.is_file()), folder / f"{stem}.csv")

    # The table of sites and the configuration are of no matter here.
    config = load_config(root, Problems()) or Config(studies=[name])
    settings = load_study(root, name, config, problems)
    participants = read_participants(table("participants"), pd.DataFrame({"site_id": []}), None, problems)
    codes = read_codebook(table("codebook"), None, problems)
    files = [Path(path) for path in files_in(folder / "interviews")]
    said = settings.study.interviews if settings else None
    transcripts, turns, _ = read_interviews(files, participants, problems.at("interviews"), said)
    coding = settings.study.coding if settings else Settings()
    return InStudy(name, codes, transcripts, turns, {path.stem: path for path in files}, coding, len(problems))
