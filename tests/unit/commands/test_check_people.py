"""What the check tells of the people of a study of the field: signatures, consent of nobody, what Git tracks."""

import subprocess
from pathlib import Path

import pytest
from studies import make_study

from thongthin.basics.problems import Problem, Problems
from thongthin.commands.check import check_study
from thongthin.commands.withdraw import held_in


def notices(root: Path) -> dict[str, list[Problem]]:
    problems = Problems()
    check_study(root, "small", problems)
    assert not problems.found, [str(problem) for problem in problems.found]
    found: dict[str, list[Problem]] = {}
    for notice in problems.notices:
        found.setdefault(notice.kind, []).append(notice)
    return found


@pytest.fixture
def field(tmp_path: Path) -> Path:
    make_study(tmp_path, study={"provenance": "field"})
    return tmp_path


def test_quotes_that_fall_short_are_named_with_what_to_write(field: Path) -> None:
    found = notices(field)["signature"]
    assert len(found) >= 1
    assert "q_open" in " ".join(notice.en for notice in found)
    assert all('"official 25"' in notice.hint_en or '"citizen 25"' in notice.hint_en for notice in found)


def test_a_sentence_that_names_the_site_beside_a_quote_is_told(field: Path) -> None:
    path = field / "report/small/article.en.qmd"
    text = path.read_text("utf-8")
    assert "{{< quote q_fast >}}" in text
    path.write_text(text.replace("{{< quote q_fast >}}", "In Don Wan somebody says:\n\n{{< quote q_fast >}}"), "utf-8")
    (found,) = notices(field)["named-site"]
    assert '"q_fast"' in found.en
    assert "Don Wan" in found.en


def test_where_enough_hold_the_role_nothing_is_told(field: Path) -> None:
    path = field / "data/raw/small/sites.csv"
    header, *rows = path.read_text("utf-8-sig").splitlines()
    lines = [f"{header},people", *(f'{row},"official 60, citizen 9000"' for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert "signature" not in notices(field)


def test_consent_of_nobody_is_told(tmp_path: Path) -> None:
    said = {"consent": "all", "quoting": ["P01", "P99"], "publishing": "all"}
    make_study(tmp_path, study={"provenance": "field", "participants": said})
    (found,) = notices(tmp_path)["unknown-participant"]
    assert "P99" in found.en
    assert "P01" not in found.en


def test_of_a_simulated_study_nothing_is_told(tmp_path: Path) -> None:
    make_study(tmp_path)
    assert not {"signature", "tracked", "identifier"} & set(notices(tmp_path))


def git(root: Path, *words: str) -> None:
    own = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *words]
    subprocess.run(own, cwd=root, check=True, capture_output=True)


def test_files_that_git_tracks_or_keeps_are_told(field: Path) -> None:
    assert "tracked" not in notices(field)
    git(field, "init", "-q")
    assert not {"tracked", "in-history"} & set(notices(field))
    git(field, "add", "-f", "data/raw/small/interviews")
    (found,) = notices(field)["tracked"]
    assert "interviews/P01" in found.en
    git(field, "commit", "-q", "-m", "x")
    git(field, "rm", "-r", "-q", "--cached", "data/raw/small/interviews")
    git(field, "commit", "-q", "-m", "y")
    found_ = notices(field)
    assert "tracked" not in found_
    assert len(found_["in-history"]) == 1


def test_rows_of_people_are_listed(field: Path) -> None:
    held = held_in(field, "small", ["P01"], {})
    assert any(place.startswith("data/raw/small/participants.csv: row 2") for place in held)
