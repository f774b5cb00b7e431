"""The course of a preview: what is checked, built, rendered and shown after which change."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from studies import make_study

from thongthin.basics.problems import Problems, RenderError
from thongthin.commands.preview import building, session
from thongthin.commands.preview.board import STOPS, Board, View
from thongthin.commands.preview.building import Builder, Built
from thongthin.commands.preview.judging import Inputs, Wanted, judge, read_inputs
from thongthin.commands.preview.material import Material, targets
from thongthin.commands.preview.session import Saved, Session
from thongthin.commands.preview.watching import Watch, state_of
from thongthin.commands.setup import alone

THAI, ENGLISH = View("article", "th", "html"), View("article", "en", "html")
ARTICLE = "report/small/article.th.qmd"


@dataclass
class FakeBuilder:
    """Notes what is to be built, and is as busy as the test says."""

    busy: bool = False
    started: list[tuple[Inputs, Wanted, Any]] = field(default_factory=list)
    forgotten: list[Material | None] = field(default_factory=list)

    def start(self, inputs: Inputs, wanted: Wanted, state: Any) -> None:
        self.started.append((inputs, wanted, state))
        self.busy = True

    def join(self) -> None:
        self.busy = False

    def forget(self, material: Material | None) -> None:
        self.forgotten.append(material)


@dataclass
class Preview:
    """A session whose builds and documents are made by the test: a document is the text of its article."""

    root: Path
    session: Session
    builder: FakeBuilder

    @property
    def board(self) -> Board:
        return self.session.board

    @property
    def text(self) -> str:
        return self.board.shown[THAI].data.decode("utf-8") if THAI in self.board.shown else ""

    def save(self, path: str, change: Callable[[str], str]) -> None:
        file = self.root / path
        before = file.stat()
        file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns + 1_000_000))
        self.session.heed(Saved())

    def begin(self) -> None:
        self.session.state = state_of(self.root, "small")
        self.session.check()

    def end_build(self, *, good: bool = True) -> None:
        inputs, wanted, state = self.builder.started[-1]
        material = Material(self.root / "made", inputs.settings, wanted, {}, {}) if good else None
        self.session.heed(Built(inputs, state, material))


@pytest.fixture
def preview(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Preview:
    make_study(tmp_path)

    def render(root: Path, _: Path, view: View, *__: Any) -> bytes:
        text = (root / f"report/small/{view.document}.{view.language}.qmd").read_text(encoding="utf-8")
        if "does not render" in text:
            raise RenderError("pandoc says no")
        return text.encode("utf-8")

    monkeypatch.setattr(session, "render_view", render)
    own = Session(tmp_path, "small", Board(), tmp_path / "own", THAI)
    builder = FakeBuilder()
    own.builder = builder  # type: ignore[assignment]
    return Preview(tmp_path, own, builder)


@pytest.fixture
def shown(preview: Preview) -> Preview:
    """A preview that shows its study."""
    preview.begin()
    preview.end_build()
    assert preview.board.phase == "ready"
    assert len(preview.builder.started) == 1
    return preview


def test_it_checks_and_builds_before_it_shows_anything(preview: Preview) -> None:
    preview.begin()
    assert preview.board.phase == "building"
    assert preview.text == ""
    preview.end_build()
    assert preview.board.phase == "ready"
    assert "{{< value" in preview.text
    assert View("article", "en", "pdf") in preview.board.views


def test_a_change_of_prose_is_shown_without_a_build(shown: Preview) -> None:
    shown.save(ARTICLE, lambda text: text + "\nประโยคใหม่\n")
    assert "ประโยคใหม่" in shown.text
    assert shown.board.phase == "ready"
    assert len(shown.builder.started) == 1


def test_what_is_wrong_with_the_prose_is_told_and_the_last_good_version_stays(shown: Preview) -> None:
    before = shown.text
    shown.save(ARTICLE, lambda text: text + "\n{{< value no.such.value >}}\n")
    assert shown.text == before
    assert shown.board.phase == "wrong"
    (problem,) = shown.board.problems
    assert (problem.kind, problem.file) == ("unknown-value", ARTICLE)
    assert problem.row == before.count("\n") + 2
    shown.save(ARTICLE, lambda text: text.replace("no.such.value", "sample.participants.all.n"))
    assert (shown.board.phase, shown.board.problems) == ("ready", [])
    assert "sample.participants.all.n" in shown.text
    assert len(shown.builder.started) == 1


def test_what_is_wrong_with_one_language_does_not_hold_up_the_other(shown: Preview) -> None:
    shown.save("report/small/article.en.qmd", lambda text: text + "\n{{< value no.such.value >}}\n")
    shown.save(ARTICLE, lambda text: text + "\nประโยคใหม่\n")
    assert "ประโยคใหม่" in shown.text
    assert shown.board.phase == "wrong"
    assert shown.board.problems[0].file == "report/small/article.en.qmd"


def test_a_change_of_data_is_checked_and_built_while_the_article_stands(shown: Preview) -> None:
    before = shown.text
    shown.save("data/raw/small/study.yml", lambda text: text + "\n")
    assert shown.board.phase == "building"
    assert len(shown.builder.started) == 2
    shown.save(ARTICLE, lambda text: text + "\nประโยคระหว่างสร้าง\n")  # prose is shown meanwhile
    assert "ประโยคระหว่างสร้าง" in shown.text
    assert shown.board.phase == "building"
    assert len(shown.builder.started) == 2
    shown.end_build()
    assert shown.board.phase == "ready"
    assert shown.text != before
    assert len(shown.builder.forgotten) == 1


def test_wrong_data_is_told_and_nothing_is_built(shown: Preview) -> None:
    before = shown.text
    shown.save("data/raw/small/study.yml", lambda text: text + "\nnonsense: 1\n")
    assert (shown.board.phase, shown.text) == ("wrong", before)
    assert shown.board.problems[0].file == "data/raw/small/study.yml"
    assert len(shown.builder.started) == 1
    shown.session.heed(ENGLISH)  # a page that is opened now changes nothing of that
    assert shown.board.phase == "wrong"
    shown.save("data/raw/small/study.yml", lambda text: text.replace("\nnonsense: 1\n", "\n"))
    assert len(shown.builder.started) == 2


def test_a_failed_build_is_told_and_the_next_change_tries_again(shown: Preview) -> None:
    before = shown.text
    shown.save("data/raw/small/study.yml", lambda text: text + "\n")
    shown.board.add_line("This step failed")
    shown.end_build(good=False)
    assert (shown.board.phase, shown.text) == ("failed", before)
    assert shown.board.message(THAI)["lines"] == ["This step failed"]
    shown.save(ARTICLE, lambda text: text + "\n\n")
    assert len(shown.builder.started) == 2 + 1


def test_data_that_change_during_a_build_are_built_after_it(shown: Preview) -> None:
    shown.save("data/raw/small/study.yml", lambda text: text + "\n")
    shown.save("data/raw/small/study.yml", lambda text: text + "\n")
    assert len(shown.builder.started) == 2
    shown.end_build()
    assert len(shown.builder.started) == 3
    shown.end_build()
    assert shown.board.phase == "ready"
    assert len(shown.builder.started) == 3


def test_a_table_that_is_not_there_yet_is_built_first(shown: Preview) -> None:
    before = shown.text
    table = "\n\n::: {#tbl-new}\n{{< include tables/item_statistics.md >}}\n\nตาราง\n:::\n\nดู @tbl-new\n"
    assert "item_statistics" not in before
    shown.save(ARTICLE, lambda text: text + table)
    assert (shown.board.phase, shown.text) == ("building", before)
    assert "item_statistics" in shown.builder.started[-1][1].tables
    shown.end_build()
    assert "item_statistics" in shown.text


def test_what_a_renderer_says_is_shown_and_the_last_good_version_stays(shown: Preview) -> None:
    before = shown.text
    shown.save(ARTICLE, lambda text: text + "\ndoes not render\n")
    assert (shown.board.phase, shown.text) == ("failed", before)
    assert shown.board.message(THAI)["lines"] == ["pandoc says no"]
    shown.save(ARTICLE, lambda text: text.replace("does not render", "renders"))
    assert shown.board.phase == "ready"


def test_what_nobody_foresaw_is_told_and_the_preview_goes_on(shown: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("unforeseen")

    with monkeypatch.context() as patch:
        patch.setattr(session, "judge", fail)
        shown.save(ARTICLE, lambda text: text + "\n\n")
    assert shown.board.phase == "failed"
    assert shown.board.message(THAI)["lines"] == ["ValueError: unforeseen"]
    shown.save(ARTICLE, lambda text: text + "\nประโยคใหม่\n")
    assert shown.board.phase == "ready"
    assert "ประโยคใหม่" in shown.text


def test_notices_of_the_check_are_told_and_what_will_stop_the_build_is_marked(shown: Preview) -> None:
    assert {notice.kind for notice in shown.board.notices} == {"open-items", "quote-balance", "languages-differ"}
    stopping = "\nanalysis:\n  reporting:\n    open_items: stop\n"
    shown.save("data/raw/small/study.yml", lambda text: text + stopping)
    said = [notice["said"] for notice in shown.board.message(THAI)["notices"]]
    assert any(english.endswith(STOPS[0]) and thai.endswith(STOPS[1]) for english, thai in said)
    assert not all(english.endswith(STOPS[0]) for english, _ in said)


def test_notices_of_sentences_follow_what_is_written(shown: Preview) -> None:
    def typed() -> list[str]:
        return [notice.en for notice in shown.board.notices if notice.kind == "typed-number"]

    assert typed() == []
    article = "report/small/article.en.qmd"
    shown.save(article, lambda text: text.replace("# References", "Of these, 12% agreed.\n\n# References"))
    assert len(typed()) == 1 and "12%" in typed()[0]
    shown.save(article, lambda text: text.replace("Of these, 12% agreed.\n\n", ""))
    assert typed() == []


def test_another_view_is_rendered_when_a_page_asks_for_it(shown: Preview) -> None:
    assert ENGLISH not in shown.board.shown
    shown.session.heed(ENGLISH)
    assert ENGLISH in shown.board.shown
    with shown.board.page(ENGLISH):
        shown.save("report/small/article.en.qmd", lambda text: text + "\nA new sentence.\n")
    assert b"A new sentence." in shown.board.shown[ENGLISH].data


def test_a_conclusion_that_a_table_quotes_is_built_too(tmp_path: Path) -> None:
    make_study(tmp_path)
    inputs = read_inputs(tmp_path, "small", Problems())
    assert inputs is not None
    before = judge(tmp_path, "small", inputs).wanted
    path = tmp_path / ARTICLE
    path.write_text(path.read_text(encoding="utf-8") + "\n::: {#inference-attitude}\nข้อสรุป\n:::\n", encoding="utf-8")
    judged = judge(tmp_path, "small", inputs)
    assert judged.problems == []
    assert {text for *_, text in judged.wanted.inferences - before.inferences} == {"ข้อสรุป"}


# Building ------------------------------------------------------------------------------------------------------------


def test_it_waits_while_another_build_has_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_study(tmp_path)
    inputs = read_inputs(tmp_path, "small", Problems())
    assert inputs is not None
    (tmp_path / ".snakemake").mkdir()
    board, ended, waited = Board(), threading.Event(), threading.Event()
    results: list[Built] = []

    def take(built: Built) -> None:
        results.append(built)
        ended.set()

    def note(phase: str, *_: object) -> None:
        board.phase = phase  # type: ignore[assignment]
        if phase == "waiting":
            waited.set()

    monkeypatch.setattr(building, "LOOK", 0.02)
    monkeypatch.setattr(board, "enter", note)
    monkeypatch.setattr(Builder, "_snakemake", lambda *_: 0)
    monkeypatch.setattr(building, "copy_material", lambda _, folder, *rest: Material(folder, *rest, {}, {}))
    builder = Builder(tmp_path, tmp_path / "own", board, take)
    wanted = judge(tmp_path, "small", inputs).wanted
    with alone(tmp_path):
        builder.start(inputs, wanted, state_of(tmp_path, "small"))
        assert waited.wait(10)
        assert not ended.is_set()
    assert ended.wait(10)
    assert results[0].material is not None
    assert board.phase == "building"
    with alone(tmp_path):  # it has given the lock back
        pass


def test_what_documents_are_made_of_is_named_as_the_rules_name_it(tmp_path: Path) -> None:
    make_study(tmp_path)
    inputs = read_inputs(tmp_path, "small", Problems())
    assert inputs is not None
    paths = targets(inputs.settings, Wanted(frozenset(), frozenset({"themes"}), frozenset()))
    assert {"data/processed/small/quotes.csv", "results/small/article/th/figures/themes.svg", "results/fonts"} <= {
        *paths
    }
    assert not any("manifest" in path or path.startswith("results/small/article.") for path in paths)


# Watching ------------------------------------------------------------------------------------------------------------


def test_saving_in_the_ways_of_editors_is_noticed(tmp_path: Path) -> None:
    make_study(tmp_path)
    saved = threading.Event()
    watch = Watch(tmp_path, saved.set)
    watch.start()
    path = tmp_path / ARTICLE
    try:
        changes: list[Callable[[], object]] = [
            lambda: path.write_text("1", encoding="utf-8"),
            lambda: (
                path.with_name("x.part").write_text("2", encoding="utf-8"),
                os.replace(path.with_name("x.part"), path),
            ),
            lambda: (tmp_path / "data/raw/small/interviews/P99.txt").write_text("3", encoding="utf-8"),
        ]
        for change in changes:
            saved.clear()
            for _ in range(100):  # until the watch has begun
                change()
                if saved.wait(0.2):
                    break
            assert saved.is_set()
    finally:
        watch.end()
    assert not watch.is_alive()


def test_the_state_tells_data_from_prose_and_leaves_out_what_programs_leave_behind(tmp_path: Path) -> None:
    make_study(tmp_path)
    before = state_of(tmp_path, "small")
    (tmp_path / "data/raw/small/~$quotes.xlsx").touch()
    (tmp_path / "report/small/.article.th.qmd.swp").touch()
    (tmp_path / "report/other").mkdir()
    (tmp_path / "report/other/article.th.qmd").touch()
    assert state_of(tmp_path, "small") == before
    (tmp_path / "report/small/part.md").touch()
    after = state_of(tmp_path, "small")
    assert (after.data == before.data, after.prose == before.prose) == (True, False)
    (tmp_path / "data/raw/small/new.csv").touch()
    assert state_of(tmp_path, "small").data != before.data
