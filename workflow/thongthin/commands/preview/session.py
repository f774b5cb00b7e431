"""What follows from what was saved: the course of a preview, in the one thread that checks and renders."""

from __future__ import annotations

import contextlib
import os
import queue
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from thongthin.basics.machine import machine_fault
from thongthin.basics.problems import Problem, Problems, RenderError
from thongthin.commands.check_prose import OF_SENTENCES
from thongthin.commands.preview.board import Board, View
from thongthin.commands.preview.building import Builder, Built
from thongthin.commands.preview.judging import Inputs, Judged, judge, read_inputs
from thongthin.commands.preview.material import Material
from thongthin.commands.preview.rendering import render_view
from thongthin.commands.preview.watching import State, state_of
from thongthin.commands.setup import say
from thongthin.contract.documents import documents_of
from thongthin.present.claims.file import NAME as CLAIMS

# Seconds between two looks whether the launcher is still there.
LOOK = 0.5


class Saved:
    """Something below the watched folders was saved."""


@dataclass(frozen=True)
class Basis:
    """What is shown follows from this: the inputs of the last good build, and what it made."""

    inputs: Inputs
    material: Material


class Session:
    """A preview of one study.

    Args:
        root: the project folder.
        folder: a folder of its own, which is empty.
        first: the view that is rendered as long as no page is open.
    """

    def __init__(self, root: Path, study: str, board: Board, folder: Path, first: View) -> None:
        self.root, self.study, self.board, self.folder, self.first = root, study, board, folder, first
        self.events: queue.SimpleQueue[Saved | View | Built] = queue.SimpleQueue()
        self.builder = Builder(root, folder, board, self.events.put)
        self.basis: Basis | None = None
        self.state = State({}, {})
        self.unbuilt = True  # whether inputs have changed since the last good build
        self.judged = Judged()
        self.notices: list[Problem] = []  # of the last check
        self.failure = ""  # what a renderer said last
        self.rendered: set[View] = set()  # the views that show what stands in the files

    def run(self) -> None:
        """Go on until somebody ends it (KeyboardInterrupt), or the launcher is gone."""
        parent = os.getppid()
        self.state = state_of(self.root, self.study)
        self.offer_views()
        self.heed(None)
        while os.name != "posix" or os.getppid() == parent:
            with contextlib.suppress(queue.Empty):
                self.heed(self.events.get(timeout=LOOK))

    def heed(self, event: Saved | View | Built | None) -> None:
        """Do what follows from an event, or from the beginning; what fails is told, and the preview goes on."""
        try:
            self.follow(event)
        except Exception as error:  # such as a file that is gone, or half written: the next change tells
            self.tell_failure(machine_fault(error) or "".join(traceback.format_exception_only(error)))

    def follow(self, event: Saved | View | Built | None) -> None:
        """Do what follows from an event, or from the beginning."""
        if event is None:
            self.check()
        elif isinstance(event, Built):
            self.take(event)
        elif isinstance(event, Saved):
            self.look()
        elif event not in self.rendered:
            self.failure = ""
            self.render([event])

    def look(self) -> None:
        """See what was saved, and do what follows from it."""
        state = state_of(self.root, self.study)
        changed, self.state = (state.data != self.state.data, state.prose != self.state.prose), state
        if any(changed):
            self.rendered.clear()
            self.offer_views()
        if changed[0]:
            self.unbuilt = True
        if not any(changed) or (self.builder.busy and not self.basis):
            return  # whatever a build finds changed at its end, is looked at then
        if self.unbuilt and not self.builder.busy:
            self.check()
        elif changed[1]:
            self.follow_prose()

    def offer_views(self) -> None:
        """Tell pages which documents there are, in which languages."""
        languages = self.basis.inputs.settings.config.languages if self.basis else [self.first.language]
        views = [
            View(document, language, format_)
            for document in documents_of(self.root, self.study)
            for language in languages
            for format_ in ("html", "pdf")
        ]
        self.board.offer(views if self.first in views else [self.first, *views])

    def check(self) -> None:
        """Check everything, then build what documents are made of."""
        self.board.enter("checking")
        state, problems = self.state, Problems()
        inputs = read_inputs(self.root, self.study, problems)
        self.notices = problems.notices
        self.board.notice(self.notices)
        if inputs is None:
            self.tell_problems(problems.found)
            return
        self.judged = judge(self.root, self.study, inputs)
        self.board.enter("building", [])
        self.builder.start(inputs, self.judged.wanted, state)

    def take(self, built: Built) -> None:
        """Go on with what a build has made."""
        self.builder.join()
        if built.material is None:
            self.unbuilt = True
            self.board.enter("failed", [])
            say("The build failed; see the page.  การสร้างไม่สำเร็จ โปรดดูหน้าเว็บ")
        else:
            if self.basis:
                self.builder.forget(self.basis.material)
            self.basis = Basis(built.inputs, built.material)
            self.rendered.clear()
            self.offer_views()
            self.unbuilt = built.state.data != self.state.data
        if self.unbuilt and built.state != self.state:
            self.check()
        elif built.material:
            self.follow_prose()

    def follow_prose(self) -> None:
        """Check the documents by what was known when the last good build began, and show them.

        What only a build can give them is built: a further table or figure, a conclusion that the joint display quotes.
        """
        if not self.basis:
            return
        self.failure = ""
        self.judged = judge(self.root, self.study, self.basis.inputs)
        others = [notice for notice in self.notices if notice.kind not in OF_SENTENCES]
        self.board.notice([*others, *self.judged.notices, *self.unproven(self.basis.material)])
        # HTML, which takes the least time, before PDF.
        self.render(sorted(self.board.open_views(), key=lambda view: view.format) or [self.first])
        if not self.judged.problems and self.judged.wanted != self.basis.material.wanted and not self.builder.busy:
            self.check()

    def unproven(self, material: Material) -> list[Problem]:
        """A notice of each sentence that does not hold; it is marked in what is shown."""
        told = material.standing(self.root, self.judged.bound).told
        return [Problem("claim", f"report/{self.study}/{CLAIMS}", en, th) for en, th in told]

    def render(self, views: list[View]) -> None:
        """Render views anew, each unless something is wrong with its document or not there yet."""
        if self.basis and not self.builder.busy and not self.unbuilt:
            self.board.enter("rendering")
        for view in views:
            asked = self.judged.asked.get((view.document, view.language))
            if self.basis and asked and self.basis.material.has(asked):
                self.show(view, self.basis.material)
        if self.builder.busy or self.unbuilt:
            return  # what is said of the inputs stands
        if self.failure:
            self.tell_failure(self.failure)
        elif self.judged.problems:
            self.tell_problems(self.judged.problems)
        else:
            self.board.enter("ready", [])

    def show(self, view: View, material: Material) -> None:
        """Render one view and show it."""
        began = time.monotonic()
        source = f"report/{self.study}/{view.document}.{view.language}.qmd"
        try:
            left_out, named = self.judged.left_out.get(source, []), self.judged.named(view.document, view.language)
            data = render_view(self.root, self.folder, view, material, left_out, named)
        except RenderError as error:
            self.failure = str(error)
            return
        self.rendered.add(view)
        if self.board.show(view, data):
            took = time.monotonic() - began
            name = f"{view.document}.{view.language}.{view.format}"
            say(f"Shown: {name} ({took:.1f} s)  แสดงแล้ว: {name} ({took:.1f} วินาที)")

    def tell_problems(self, problems: list[Problem]) -> None:
        """Show problems; what was good last stays."""
        before = self.board.problems
        self.board.enter("wrong", problems)
        count = len(self.board.problems)
        if self.board.problems != before:
            say(f"Problems: {count}, see the page.  พบปัญหา {count} เรื่อง โปรดดูหน้าเว็บ")

    def tell_failure(self, text: str) -> None:
        """Show what a renderer or the system says; what was good last stays."""
        self.board.begin_lines()
        for line in text.splitlines():
            self.board.add_line(line)
        self.board.enter("failed", [])
        say("Rendering failed; see the page.  จัดหน้าไม่สำเร็จ โปรดดูหน้าเว็บ")
