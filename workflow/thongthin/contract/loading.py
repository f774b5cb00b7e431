"""config.yml and study.yml read into their models, and what a study has by them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import reduce
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from thongthin.basics.nearest import did_you_mean
from thongthin.basics.one_language import notice_one_language
from thongthin.basics.problems import Problems
from thongthin.basics.yaml_models import (
    KeyPath,
    one_language_keys,
)
from thongthin.basics.yaml_sections import Parts
from thongthin.basics.yaml_sentences import IDENTIFIER as IDENTIFIER
from thongthin.basics.yaml_source import key_name, load_yaml, validate
from thongthin.contract.analysis import Analysis
from thongthin.contract.strands import Part, applies, parts_of
from thongthin.contract.study import RESERVED, Config, Study
from thongthin.contract.tables import Table

# What study.yml is made of: its keys, and choices of the analysis that it lays over those of config.yml.
_ANALYSIS: KeyPath = ("analysis",)
_PARTS: Parts = {(): Study, _ANALYSIS: Analysis}


class StudySettings(BaseModel):
    """All that the configuration and `study.yml` say of one study, after both were checked."""

    name: str
    config: Config
    study: Study
    analysis: Analysis
    parts: frozenset[Part]

    def models(self, *parts: str) -> list[dict[str, Any]]:
        """The models of the study as plain data: id ("" of `model`), outcome, predictors, and further keys if named."""
        kept = {"outcome", "predictors", *parts}
        return [{"id": id_, **own.model_dump(include=kept)} for id_, own in self.study.outcome_models.items()]

    def choice(self, dotted: str) -> Any:
        """A choice of the analysis by its dotted name, as plain data: ``choice("agreement.unit")``."""
        value = reduce(getattr, dotted.split("."), self.analysis)
        if isinstance(value, list):
            return [v.model_dump() if isinstance(v, BaseModel) else v for v in value]
        return value.model_dump() if isinstance(value, BaseModel) else value


def _merged(base: dict[str, Any], override: dict[str, Any]) -> dict[str, Any]:
    return {
        key: _merged(base[key], override[key])
        if isinstance(base.get(key), dict) and isinstance(override.get(key), dict)
        else override.get(key, base.get(key))
        for key in {**base, **override}
    }


def load_config(root: Path, problems: Problems, asked: Collection[str] | None = None) -> Config | None:
    """`config/config.yml` under the project folder `root`; None, with problems added, if it is wrong.

    Args:
        asked: the studies that the caller is about; whether others that are listed have a folder is no matter. None:
            all that are listed.
    """
    here = problems.at("config/config.yml")
    data, lines = load_yaml(root / "config" / "config.yml", here)
    if data is None:
        return None
    config = validate(Config, data, lines, here)
    if config:
        for position, name in enumerate(config.studies):
            if asked is not None and name not in asked:
                continue
            if name in RESERVED:
                here.add(
                    "reserved-name",
                    f'A study cannot be called "{name}".',
                    f'ใช้ชื่อการศึกษา "{name}" ไม่ได้',
                    row=lines.get(("studies", position)),
                    column="studies",
                )
            if not (root / "data" / "raw" / name).is_dir():
                present = [p.name for p in (root / "data" / "raw").glob("*") if p.is_dir()]
                hint_en, hint_th = did_you_mean(name, present)
                here.add(
                    "unknown-study",
                    f'There is no study folder "data/raw/{name}".',
                    f'ไม่มีโฟลเดอร์ "data/raw/{name}"',
                    row=lines.get(("studies", position)),
                    column="studies",
                    hint_en=hint_en,
                    hint_th=hint_th,
                )
    return config


def read_study(path: Path, problems: Problems) -> Study | None:
    """A `study.yml` by itself; None, with problems added, if it is wrong."""
    data, lines = load_yaml(path, problems)
    return None if data is None else validate(Study, data, lines, problems, parts=_PARTS)


def listed_studies(root: Path) -> list[str]:
    """Studies that `config/config.yml` lists and that have a folder, whatever else is wrong with it; else every folder.

    With them, the studies are checked even where the configuration can't be used.
    """
    data, _ = load_yaml(root / "config" / "config.yml", Problems())
    folders = sorted(path.name for path in (root / "data" / "raw").glob("*") if path.is_dir())
    listed = data.get("studies") if isinstance(data, dict) else None
    return [name for name in folders if name in listed] if isinstance(listed, list) else folders


def has_table(table: Table, settings: StudySettings, raw: Path) -> bool:
    """Whether a study has a table; of a survey of millions of responses, not every row that was received is kept.

    Args:
        raw: the folder of the study in data/raw.
    """
    survey = settings.study.survey
    if table.name == "survey_received" and survey and survey.is_large(raw / "survey"):
        return False
    return applies(table.rule, settings.parts)


def load_study(root: Path, name: str, config: Config, problems: Problems) -> StudySettings | None:
    """`study.yml` of the study `name`, with its analysis laid over the configuration's; None if it is wrong."""
    here = problems.at(f"data/raw/{name}/study.yml")
    data, lines = load_yaml(root / "data" / "raw" / name / "study.yml", here)
    if data is None:
        return None
    study = validate(Study, data, lines, here, parts=_PARTS)
    override = data.get("analysis") if isinstance(data, dict) else None
    merged = _merged(config.analysis.model_dump(), override if isinstance(override, dict) else {})
    analysis = validate(Analysis, merged, lines, here, _ANALYSIS, _PARTS)
    if study is None or analysis is None:
        return None
    _notice_one_language(study, lines, here)
    parts = parts_of(data, root / "data" / "raw" / name)
    return StudySettings(name=name, config=config, study=study, analysis=analysis, parts=parts)


def _notice_one_language(study: Study, lines: Mapping[KeyPath, int], problems: Problems) -> None:
    """A notice for each language in which texts are given alone; texts of one list or group count by its key."""
    found = [(path, language) for path, language in one_language_keys(study)]
    for given in dict.fromkeys(language for _, language in found):
        paths = [path for path, language in found if language == given]
        notice_one_language(problems, given, keys=[key_name(path) for path in paths], row=lines.get(paths[0]))
