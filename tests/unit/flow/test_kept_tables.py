"""What a check reads is what it read before, as long as no file of the strand changed; otherwise it is read again."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from studies import make_study

from thongthin.flow import kept_tables
from thongthin.flow.kept_tables import file_of
from thongthin.flow.planning import RECORD, Plan
from thongthin.read import study as reading

KEPT = {strand: Path(".snakemake/thongthin-kept/small") / file_of(strand) for strand in ("interviews", "survey")}
BOTH = {"interviews", "survey"}


@pytest.fixture
def checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[], tuple[set[str], str]]:
    """A small study that was checked; checks it again: of what strands tables were read, and what was said."""
    make_study(tmp_path)
    monkeypatch.chdir(tmp_path)
    reads: set[str] = set()
    for strand, name in (("interviews", "read_interviews"), ("survey", "read_responses")):

        def read(*arguments: Any, strand: str, real: Any) -> Any:
            reads.add(strand)
            return real(*arguments)

        monkeypatch.setattr(reading, name, partial(read, strand=strand, real=getattr(reading, name)))

    def check() -> tuple[set[str], str]:
        RECORD.unlink(missing_ok=True)
        reads.clear()
        Plan()
        return set(reads), capsys.readouterr().out

    assert check()[0] == BOTH
    return check


def test_tables_of_unchanged_files_are_known(checked: Callable[[], tuple[set[str], str]]) -> None:
    article = Path("report/small/article.en.qmd")
    article.write_text(article.read_text(encoding="utf-8") + "\nA word.\n", encoding="utf-8")
    reads, told = checked()
    assert reads == set()
    Path("data/raw/small/sites.csv").touch()
    assert checked() == (BOTH, told)  # notices, too, are those of a check that reads


def test_what_is_not_known_is_read(checked: Callable[[], tuple[set[str], str]]) -> None:
    KEPT["survey"].write_bytes(b"no pickle")
    KEPT["interviews"].write_bytes(KEPT["interviews"].read_bytes()[:-100])
    assert checked()[0] == BOTH
    for strand, path in KEPT.items():
        path.unlink()
        assert checked()[0] == {strand}


def test_a_changed_file_is_read_with_its_strand(checked: Callable[[], tuple[set[str], str]]) -> None:
    for path in ("sites.csv", "study.yml", "interviews/P01.txt", "participants.csv", "quotes.csv", "survey/items.csv"):
        Path("data/raw/small", path).touch()
        folder = path.partition("/")[0]
        own = {"survey"} if folder == "survey" else BOTH if folder in ("sites.csv", "study.yml") else {"interviews"}
        assert checked()[0] == own, path


def test_tables_that_are_too_large_are_not_kept(
    checked: Callable[[], tuple[set[str], str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    KEPT["survey"].unlink()
    monkeypatch.setattr(kept_tables, "LARGEST", 10)
    assert checked()[0] == {"survey"}
    assert not KEPT["survey"].exists()


def test_tables_with_a_problem_are_not_kept(checked: Callable[[], tuple[set[str], str]]) -> None:
    path = Path("data/raw/small/participants.csv")
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("S01", "S99", 1), encoding="utf-8")
    with pytest.raises(Exception, match="S99"):
        checked()
    path.write_text(whole, encoding="utf-8")
    assert "interviews" in checked()[0]
