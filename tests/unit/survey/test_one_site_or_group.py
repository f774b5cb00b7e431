"""Sites and participants: what there is only one of need not be said, and consent is one statement or one cell each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from studies import STUDY

from thongthin.basics.problems import Problems
from thongthin.contract.study import Study
from thongthin.read.frame import ONE_SITE, read_participants, read_sites

ALWAYS = ("title", "authors", "provenance", "date")


def study(**more: Any) -> Study:
    return Study.model_validate({**{key: STUDY[key] for key in ALWAYS}, **more})


def read(
    folder: Path, own: Study, participants: str, sites: str | None = None
) -> tuple[list[tuple[str, ...]], Problems]:
    """Participant, site, group and consent as they are read."""
    problems = Problems()
    (folder / "participants.csv").write_text(participants, encoding="utf-8")
    path = None
    if sites is not None:
        path = folder / "sites.csv"
        path.write_text(sites, encoding="utf-8")
    places = read_sites(path, own, problems.at("sites.csv"))
    people = read_participants(folder / "participants.csv", places, own, problems.at("participants.csv"))
    columns = ["participant_id", "site_id", "group", "consent"]
    return list(people[columns].itertuples(index=False, name=None)), problems


@pytest.mark.parametrize("sites", [None, "site_id,name_th,name_en,type\n"])
def test_of_one_site_and_one_group_only_the_participants_need_be_told(tmp_path: Path, sites: str | None) -> None:
    own = study(participants={"consent": "all"}, province={"th": "น่าน", "en": "Nan"})
    people, problems = read(tmp_path, own, "participant_id\nP01\nP02\n", sites)
    assert [str(problem) for problem in problems] == []
    assert people == [(who, ONE_SITE, "participants", "yes") for who in ("P01", "P02")]
    (notice,) = problems.notices
    assert notice.en == 'No site is listed: everybody is taken to be of one site, "Nan".'
    assert '"น่าน"' in notice.th


def test_the_only_site_is_called_after_the_nearest_place(tmp_path: Path) -> None:
    for place, name in (
        ({"district": {"th": "ปัว", "en": "Pua"}, "province": {"th": "น่าน", "en": "Nan"}}, "Pua"),
        ({"province": {"th": "น่าน", "en": "Nan"}}, "Nan"),
        ({}, "Study site"),
    ):
        (site,) = read_sites(None, study(**place), Problems()).to_dict("records")
        assert (site["site_id"], site["name_en"]) == (ONE_SITE, name)


def test_of_several_sites_and_groups_each_cell_counts(tmp_path: Path) -> None:
    sites = "site_id,name_th,name_en\nS01,ก,A\nS02,ข,B\n"
    people = "participant_id,site_id,group,consent\nP01,S01,official,yes\nP02,,,yes\nP03,S3,citizen,yes\n"
    _, problems = read(tmp_path, study(groups=STUDY["groups"]), people, sites)
    assert [(problem.row, problem.column, problem.kind) for problem in problems] == [
        (3, "site_id", "empty-cell"), (3, "group", "empty-cell"), (4, "site_id", "unknown-site")
    ]  # fmt: skip


def test_a_site_that_no_table_lists_is_told(tmp_path: Path) -> None:
    _, problems = read(tmp_path, study(), "participant_id,site_id,consent\nP01,S01,yes\nP02,,yes\nP03,S02,yes\n")
    assert [problem.en for problem in problems] == ["Participants are of sites, but sites.csv lists none: S01, S02."]


def test_a_table_of_sites_that_is_called_otherwise_is_no_single_site(tmp_path: Path) -> None:
    (tmp_path / "site.csv").write_text("site_id\n", encoding="utf-8")
    problems = Problems()
    assert read_sites(tmp_path / "sites.csv", study(), problems).empty
    assert [(problem.kind, problem.hint_en) for problem in problems] == [("missing-file", 'Is it "site.csv"?')]
    for name in ("study.yml", "quotes.csv", "participants.csv", "codebook.csv", "references.yml", "README.md"):
        (tmp_path / name).touch()
    (tmp_path / "site.csv").unlink()
    assert list(read_sites(tmp_path / "sites.csv", study(), problems)["site_id"]) == [ONE_SITE]


@pytest.mark.parametrize(("written", "line"), [
    ("official", "groups: [{id: official, label: official}]"),
    ("เจ้าหน้าที่", "groups: [{id: g01, label: เจ้าหน้าที่}]"),
])  # fmt: skip
def test_groups_that_study_yml_does_not_declare_are_told_once_with_the_line(
    tmp_path: Path, written: str, line: str
) -> None:
    people = f"participant_id,group,consent\nP01,{written},yes\nP02,{written},yes\n"
    _, problems = read(tmp_path, study(), people)
    (problem,) = problems
    assert problem.kind == "no-groups"
    assert line in problem.hint_en
    assert line in problem.hint_th
    assert yaml.safe_load(line)["groups"][0]["label"] == written


def test_whoever_consented_is_told_for_each_or_for_all(tmp_path: Path) -> None:
    own = study()
    _, problems = read(tmp_path, own, "participant_id,consent\nP01,yes\nP02,\nP03,\nP04,no\n")
    (problem,) = problems
    assert problem.en == "Nothing says whether this participant consented. Also in row 4."
    assert problem.hint_en.endswith("add to study.yml: participants: {consent: all}")
    assert "participants: {consent: all}" in problem.hint_th
    # What the hint says is taken.
    stated = study(**yaml.safe_load("participants: {consent: all}"))
    people, problems = read(tmp_path, stated, "participant_id,consent\nP01,yes\nP02,\n")
    assert list(problems) == []
    assert [row[-1] for row in people] == ["yes", "yes"]


def test_somebody_who_refused_is_not_among_all_who_consented(tmp_path: Path) -> None:
    _, problems = read(tmp_path, study(participants={"consent": "all"}), "participant_id,consent\nP01,\nP02,no\n")
    (problem,) = problems
    assert (problem.row, problem.column) == (3, "consent")
    assert problem.en == "study.yml says that everybody consented, but here stands no."
