"""What a plan foresees while a check goes on is what the check finds; what can't be foreseen is waited for."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from studies import make_study

from thongthin.basics.problems import ProblemsFound
from thongthin.commands import ahead
from thongthin.flow.planning import RECORD, Plan

ARTICLE = "report/small/article.en.qmd"


def add(text: str) -> None:
    path = Path(ARTICLE)
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[[], Any]:
    """A small study that was checked, and what a check foresees of it that tells it first."""
    make_study(tmp_path)
    monkeypatch.chdir(tmp_path)
    Plan()
    capsys.readouterr()

    def foreseen() -> Any:
        Plan(tells_first=True)
        return json.loads(capsys.readouterr().out.splitlines()[0])

    return foreseen


def test_what_a_changed_text_asks_for_is_foreseen(checked: Callable[[], Any]) -> None:
    add("\nAnother sentence, which shows {{< value sample.participants.S01.n >}}.\n")
    foreseen = checked()
    assert foreseen == json.loads(RECORD.read_text(encoding="utf-8"))
    asked = [request["name"] for request in foreseen["small"]["asked"][ARTICLE]["values"]]
    assert asked[-1] == "sample.participants.S01.n"


@pytest.mark.parametrize(
    "change",
    [
        lambda: add("\n::: {#tbl-coreq}\n{{< include tables/coreq.md >}}\n\nCOREQ\n:::\n"),
        lambda: add("\n::: {.if-available}\nSome {{< value sample.participants.S01.n >}}.\n:::\n"),
        lambda: Path("data/raw/small/sites.csv").touch(),
        lambda: Path("config/config.yml").touch(),
        RECORD.unlink,
    ],
    ids=["a new table", "a block that may be left out", "data", "settings", "nothing is remembered"],
)
def test_what_can_not_be_foreseen_is_waited_for(checked: Callable[[], Any], change: Callable[[], None]) -> None:
    change()
    assert checked() is None


def test_a_wrong_text_is_not_foreseen(checked: Callable[[], Any], capsys: pytest.CaptureFixture[str]) -> None:
    add("\n<script>1</script>\n")
    with pytest.raises(ProblemsFound):
        checked()
    assert capsys.readouterr().out.splitlines()[0] == "null"


def under_way(monkeypatch: pytest.MonkeyPatch, printed: str, code: int = 0) -> None:
    """Let a check that is begun say this, and end so."""

    def start(_: list[str], stdout: int) -> SimpleNamespace:
        os.write(stdout, printed.encode())
        return SimpleNamespace(poll=lambda: code, wait=lambda: code)

    monkeypatch.setattr(ahead, "subprocess", SimpleNamespace(Popen=start))


def test_a_plan_takes_up_what_is_foreseen(
    checked: Callable[[], Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add("\nIt shows {{< value sample.participants.S01.n >}}.\n")
    before = RECORD.read_bytes()
    foreseen = checked()
    RECORD.write_bytes(before)
    under_way(monkeypatch, json.dumps(foreseen) + "\nA notice.\n")
    with ahead.begin([]):
        plan = Plan()
        assert plan.requested("small", "article", "en").values[-1].name == "sample.participants.S01.n"
        assert capsys.readouterr().out == ""
        ahead.need_passed()
        assert capsys.readouterr().out == "A notice.\n"
    assert not ahead.under_way()


def test_a_check_that_fails_ends_what_waits_for_it(checked: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the plan waited for it, or goes on with what was foreseen until the first step."""
    Path(ARTICLE).touch()
    before = RECORD.read_bytes()
    foreseen = checked()
    RECORD.write_bytes(before)
    under_way(monkeypatch, "null\n", 1)
    with ahead.begin([]), pytest.raises(SystemExit) as end:
        Plan()
    assert end.value.code == 1
    under_way(monkeypatch, json.dumps(foreseen) + "\n", 1)
    with ahead.begin([]):
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
    under_way(monkeypatch, json.dumps(foreseen) + "\n")
    with ahead.begin([]):
        asked = Plan().requested("small", "article", "en").values
    assert asked[-1].name == "sample.participants.S01.n"


def test_a_check_is_a_process_that_ends_with_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_study(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(ahead.__file__).parents[2]))
    with ahead.begin(["small"]) as check:
        assert ahead.foreseen() is None
        assert check.ended() == 0
    with ahead.begin(["small"]) as check:
        pass
    assert check.process.poll() is not None
    assert sys.executable in check.process.args
