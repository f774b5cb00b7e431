"""What a plan foresees while a check goes on is what the check finds; what can't be foreseen is waited for."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from studies import make_study

from thongthin.basics.problems import ProblemsFound
from thongthin.commands import ahead
from thongthin.flow.planning import RECORD, Plan

ARTICLE = "report/small/article.en.qmd"


@pytest.fixture(autouse=True)
def _variables(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build sets variables for good."""
    monkeypatch.setattr(ahead, "prepare", lambda _: None)
    monkeypatch.setenv("PYTHONPATH", str(ahead.WORKFLOW))


def add(text: str) -> None:
    path = Path(ARTICLE)
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Any]:
    """A small study that was checked, and what a check foresees of it."""
    make_study(tmp_path)
    monkeypatch.chdir(tmp_path)
    Plan()

    def foreseen() -> Any:
        Plan(tell=tmp_path / "foreseen.json")
        return json.loads((tmp_path / "foreseen.json").read_text(encoding="utf-8"))

    return foreseen


def test_what_a_changed_text_asks_for_is_foreseen(checked: Callable[[], Any]) -> None:
    add("\nAnother sentence, which shows {{< value sample.participants.S01.n >}}.\n")
    foreseen = checked()
    assert foreseen == json.loads(RECORD.read_text(encoding="utf-8"))
    asked = [request["name"] for request in foreseen["small"]["asked"][ARTICLE]["values"]]
    assert asked[-1] == "sample.participants.S01.n"


def test_what_documents_ask_for_is_foreseen_of_other_data(checked: Callable[[], Any]) -> None:
    path = Path("data/raw/small/interviews/P01.txt")
    path.write_text(path.read_text(encoding="utf-8") + "P01: And so it is.\n", encoding="utf-8")
    foreseen = checked()
    assert foreseen == json.loads(RECORD.read_text(encoding="utf-8"))
    assert foreseen["small"]["asked"][ARTICLE]["values"]


@pytest.mark.parametrize(
    "change",
    [
        lambda: add("\n::: {#tbl-coreq}\n{{< include tables/coreq.md >}}\n\nCOREQ\n:::\n"),
        lambda: add("\n::: {.if-available}\nSome {{< value sample.participants.S01.n >}}.\n:::\n"),
        lambda: Path("data/raw/small/notes.txt").touch(),
        lambda: Path("data/raw/small/study.yml").touch(),
        lambda: Path("config/config.yml").touch(),
        RECORD.unlink,
    ],
    ids=["a new table", "a block that may be left out", "another file", "the study", "settings", "nothing remembered"],
)
def test_what_can_not_be_foreseen_is_waited_for(checked: Callable[[], Any], change: Callable[[], None]) -> None:
    change()
    assert checked() is None


def test_a_wrong_text_is_not_foreseen(checked: Callable[[], Any]) -> None:
    add("\n<script>1</script>\n")
    with pytest.raises(ProblemsFound):
        checked()
    assert json.loads(Path("foreseen.json").read_text(encoding="utf-8")) is None


def under_way(monkeypatch: pytest.MonkeyPatch, foreseen: Any, code: int = 0) -> None:
    """Let a check that is begun foresee this, and end so."""

    def run(check: ahead.Check) -> None:
        whole = check.file.with_suffix(".part")  # as the check does: whoever waits for the file reads all of it
        whole.write_text(json.dumps(foreseen), encoding="utf-8")
        whole.rename(check.file)
        check.code = code

    monkeypatch.setattr(ahead.Check, "_run", run)


def test_a_plan_takes_up_what_is_foreseen(checked: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    add("\nIt shows {{< value sample.participants.S01.n >}}.\n")
    before = RECORD.read_bytes()
    foreseen = checked()
    RECORD.write_bytes(before)
    under_way(monkeypatch, foreseen)
    with ahead.begin([], warm=False):
        plan = Plan()
        assert plan.requested("small", "article", "en").values[-1].name == "sample.participants.S01.n"
        assert RECORD.read_bytes() == before  # the plan has not checked by itself
        ahead.need_passed()
    assert not ahead.under_way()


def test_a_check_that_fails_ends_what_waits_for_it(checked: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the plan waited for it, or goes on with what was foreseen until the first step."""
    Path(ARTICLE).touch()
    before = RECORD.read_bytes()
    foreseen = checked()
    RECORD.write_bytes(before)
    under_way(monkeypatch, None, 1)
    with ahead.begin([], warm=False), pytest.raises(SystemExit) as end:
        Plan()
    assert end.value.code == 1
    under_way(monkeypatch, foreseen, 1)
    with ahead.begin([], warm=False):
        Plan()
        with pytest.raises(SystemExit):
            ahead.need_passed()


def test_what_is_foreseen_of_another_state_is_not_taken(
    checked: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody saved the article again since the check read it: the plan waits, and then checks by itself."""
    add("\nOne.\n")
    before = RECORD.read_bytes()
    foreseen = checked()
    RECORD.write_bytes(before)
    add("\nTwo, {{< value sample.participants.S01.n >}}.\n")
    under_way(monkeypatch, foreseen)
    with ahead.begin([], warm=False):
        asked = Plan().requested("small", "article", "en").values
    assert asked[-1].name == "sample.participants.S01.n"


def test_a_check_is_a_process_that_ends_with_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_study(tmp_path)
    monkeypatch.chdir(tmp_path)
    with ahead.begin(["small"], warm=False) as check:
        assert ahead.foreseen() is None
        assert check.ended() == 0
    with ahead.begin(["small"], warm=False) as check:
        while not check.pid:
            time.sleep(0.01)
    assert not psutil.pid_exists(check.pid)
