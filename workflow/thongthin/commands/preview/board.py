"""What the pages of a preview are told, from whichever thread, and what they show."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from thongthin.basics.language import Language
from thongthin.basics.problems import Problem, folded, printable
from thongthin.contract.documents import Document

Phase = Literal["checking", "building", "waiting", "rendering", "ready", "wrong", "failed", "ended"]
# What each phase means to a person, in English and in Thai.
SENTENCES: dict[Phase, tuple[str, str]] = {
    "checking": ("The study is being checked.", "กำลังตรวจข้อมูลของการศึกษา"),
    "building": (
        "What the article shows is being built. Meanwhile it stands as it was.",
        "กำลังสร้างสิ่งที่บทความแสดง ระหว่างนี้บทความยังเป็นฉบับก่อนหน้า",
    ),
    "waiting": (
        "Another build or set-up is running in this folder. The preview goes on when it has ended.",
        "มีการสร้างหรือการติดตั้งอื่นทำงานอยู่ในโฟลเดอร์นี้ เมื่อเสร็จแล้วหน้านี้จะทำต่อเอง",
    ),
    "rendering": ("The document is being rendered.", "กำลังจัดหน้าเอกสาร"),
    "ready": ("Up to date.", "เป็นปัจจุบัน"),
    "wrong": (
        "Something is wrong, see the list. The last good version stays.",
        "พบปัญหาตามรายการ หน้านี้ยังแสดงฉบับล่าสุดที่ไม่มีปัญหา",
    ),
    "failed": (
        "The build failed, see what it says. The last good version stays.",
        "การสร้างไม่สำเร็จ โปรดอ่านข้อความของการสร้าง หน้านี้ยังแสดงฉบับล่าสุดที่ไม่มีปัญหา",
    ),
    "ended": (
        "The preview has ended. This page stays as it is.",
        "ปิดการแสดงตัวอย่างแล้ว หน้านี้จะคงอยู่ตามเดิม",
    ),
}
# Follows a notice of what will stop a build.
STOPS = ("This will stop the build, as the configuration asks.", "ข้อนี้จะทำให้การสร้างหยุด ตามที่การตั้งค่ากำหนด")
# So many lines of a build are kept for the page.
LINES = 200


class View(NamedTuple):
    """What a page shows: a document, in a language, as HTML or as the PDF."""

    document: Document
    language: Language
    format: Literal["html", "pdf"]


@dataclass(frozen=True)
class Shown:
    """The last good version of a view.

    Attributes:
        data: the HTML or the PDF.
        version: another number for other data.
    """

    data: bytes
    version: int


def as_shown(problem: Problem) -> dict[str, Any]:
    """A problem as a page takes it; texts in English and in Thai."""
    said = [f"{text} {STOPS[n]}" if problem.stops_later else text for n, text in enumerate((problem.en, problem.th))]
    texts = {
        "place": problem.place,
        "said": said,
        "hint": (problem.hint_en, problem.hint_th),
    }
    return {"file": printable(problem.file), **{key: [printable(text) for text in two] for key, two in texts.items()}}


@dataclass
class Board:
    """The state of a preview. Whoever waits for a change of it is woken by each."""

    phase: Phase = "checking"
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    views: list[View] = field(default_factory=list)  # that there are
    shown: dict[View, Shown] = field(default_factory=dict)
    open: Counter[View] = field(default_factory=Counter)  # pages that show each view
    _changes: int = 0
    _changed: threading.Condition = field(default_factory=threading.Condition)

    @contextmanager
    def _change(self) -> Iterator[None]:
        with self._changed:
            yield
            self._changes += 1
            self._changed.notify_all()

    def enter(self, phase: Phase, problems: Iterable[Problem] | None = None) -> None:
        """Go to another phase, with these problems in place of the last ones, if any are given."""
        with self._change():
            self.phase = phase
            self.problems = self.problems if problems is None else folded(problems)

    def notice(self, notices: Iterable[Problem]) -> None:
        """What people should know, in place of what was told before."""
        with self._change():
            self.notices = folded(notices)

    def begin_lines(self) -> None:
        """A build begins: what the last one said is forgotten."""
        with self._change():
            self.lines = []

    def add_line(self, line: str) -> None:
        """A build said something."""
        with self._change():
            self.lines = [*self.lines, printable(line)][-LINES:]

    def offer(self, views: list[View]) -> None:
        """Tell which views there are."""
        if views != self.views:
            with self._change():
                self.views = views

    def show(self, view: View, data: bytes) -> bool:
        """Show a version of a view; False where it is the one that is shown."""
        last = self.shown.get(view)
        if last and last.data == data:
            return False
        with self._change():
            self.shown[view] = Shown(data, last.version + 1 if last else 1)
        return True

    @contextmanager
    def page(self, view: View) -> Iterator[None]:
        """While a page shows the view."""
        with self._change():
            self.open[view] += 1
        try:
            yield
        finally:
            with self._change():
                self.open[view] -= 1

    def open_views(self) -> list[View]:
        """The views that pages show."""
        with self._changed:
            return [view for view, pages in self.open.items() if pages]

    def wait(self, known: int, seconds: float) -> int:
        """Wait for the next change after the one of the number `known`, or so long; the number of the last one."""
        with self._changed:
            self._changed.wait_for(lambda: self._changes != known, seconds)
            return self._changes

    def message(self, view: View | None) -> dict[str, Any]:
        """What a page of this view is told."""
        with self._changed:
            shown = self.shown.get(view) if view else None
            return {
                "phase": self.phase,
                "sentence": SENTENCES[self.phase],
                "problems": [as_shown(problem) for problem in self.problems],
                "notices": [as_shown(notice) for notice in self.notices],
                "lines": self.lines if self.phase in ("building", "failed") else [],
                "views": self.views,
                "version": shown.version if shown else 0,
            }
