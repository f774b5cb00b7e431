"""What a check reads is what it read before, as long as no file of the study changed; otherwise it is read again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from studies import make_study

from thongthin.flow import kept_tables
from thongthin.flow.kept_tables import FILE
from thongthin.flow.planning import RECORD, Plan

KEPT = Path(".snakemake/thongthin-kept/small") / FILE


@pytest.fixture
def checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[], tuple[int, str]]:
    """A small study that was checked; checks it again, and tells how often its tables were read, and what was said."""
    make_study(tmp_path)
    monkeypatch.chdir(tmp_path)
    reads = 0
    real = kept_tables.read_study_tables

    def read(*arguments: Any) -> Any:
        nonlocal reads
        reads += 1
        return real(*arguments)

    monkeypatch.setattr(kept_tables, "read_study_tables", read)

    def check() -> tuple[int, str]:
        nonlocal reads
        RECORD.unlink(missing_ok=True)
        reads = 0
        Plan()
        return reads, capsys.readouterr().out

    assert check()[0] == 1
    return check


def test_tables_of_unchanged_files_are_known(checked: Callable[[], tuple[int, str]]) -> None:
    article = Path("report/small/article.en.qmd")
    article.write_text(article.read_text(encoding="utf-8") + "\nA word.\n", encoding="utf-8")
    reads, told = checked()
    assert reads == 0
    Path("data/raw/small/sites.csv").touch()
    assert checked() == (1, told)  # notices, too, are those of a check that reads


@pytest.mark.parametrize(
    "change",
    [
        lambda: Path("data/raw/small/sites.csv").touch(),
        lambda: Path("config/config.yml").touch(),
        lambda: KEPT.write_bytes(b"no pickle"),
        lambda: KEPT.write_bytes(KEPT.read_bytes()[:-100]),
        KEPT.unlink,
    ],
    ids=["data", "settings", "what is no pickle", "half of it", "none"],
)
def test_what_is_not_known_is_read(checked: Callable[[], tuple[int, str]], change: Callable[[], None]) -> None:
    change()
    assert checked()[0] == 1
    assert checked()[0] == 0


def test_tables_that_are_too_large_are_not_kept(
    checked: Callable[[], tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    KEPT.unlink()
    monkeypatch.setattr(kept_tables, "LARGEST", 10)
    assert checked()[0] == 1
    assert not KEPT.exists()


def test_tables_with_a_problem_are_not_kept(checked: Callable[[], tuple[int, str]]) -> None:
    path = Path("data/raw/small/participants.csv")
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("S01", "S99", 1), encoding="utf-8")
    with pytest.raises(Exception, match="S99"):
        checked()
    path.write_text(whole, encoding="utf-8")
    assert checked()[0] == 1
