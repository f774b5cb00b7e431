"""`python -m thongthin.commands.preview`: reads the command line, starts the parts, and leaves nothing at the end."""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import sys
import time
import webbrowser
from pathlib import Path
from typing import Any, get_args

import psutil

from thongthin.basics.console import run_command
from thongthin.basics.language import Language
from thongthin.basics.problems import Problems
from thongthin.commands.build import chosen_studies
from thongthin.commands.preview.board import Board, View
from thongthin.commands.preview.server import Server
from thongthin.commands.preview.session import Saved, Session
from thongthin.commands.preview.watching import Watch
from thongthin.commands.setup import Stop, say
from thongthin.contract.loading import load_config

# The folders of previews below .snakemake/: this, and the number of the process.
FOLDER = "preview-"


def chosen_study(root: Path, name: str | None) -> str:
    """The study to be shown: the one that is named, or the only one of the configuration. Raises Stop."""
    studies = chosen_studies(root, [name] if name else [])
    if len(studies) == 1:
        return studies[0]
    known = ", ".join(studies) or "-"
    raise Stop(
        f"Name the study to be shown: preview STUDY. Known: {known}.",
        f"โปรดระบุการศึกษาที่จะแสดง: preview STUDY การศึกษาที่มี: {known}",
    )


def first_language(root: Path, study: str, asked: Language | None) -> Language:
    """The language to begin with: the one asked for, or the first of the configuration. Raises Stop.

    A configuration that can't be read is told in the page.
    """
    config = load_config(root, Problems(), [study])
    languages = config.languages if config else list(get_args(Language))
    if asked and asked not in languages:
        raise Stop(
            f'The configuration has no articles in "{asked}" (languages in config/config.yml).',
            f'การตั้งค่าไม่มีบทความภาษา "{asked}" (languages ใน config/config.yml)',
        )
    return asked or languages[0]


@contextlib.contextmanager
def own_folder(root: Path) -> Any:
    """A folder for what is rendered, removed at the end, and with it those of previews that were killed."""
    place = root / ".snakemake"
    place.mkdir(exist_ok=True)
    for left in place.glob(f"{FOLDER}*"):
        number = left.name.removeprefix(FOLDER)
        if number.isdecimal() and not psutil.pid_exists(int(number)):
            shutil.rmtree(left, ignore_errors=True)
    folder = place / f"{FOLDER}{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Ending:
    """Ctrl-C, and the signals that ask a program to end: the first ends the preview, a second Ctrl-C at once.

    The terminal and the launcher may both tell of the same Ctrl-C, so that only a later one is a second.
    """

    def __init__(self) -> None:
        self.began: float | None = None
        self.at_once: Any = None
        names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
        self.numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
        for number in self.numbers:
            signal.signal(number, self.heed)

    def over(self) -> None:
        """Everything is tidied up: what comes now is too late to change how the program ends."""
        for number in self.numbers:
            signal.signal(number, signal.SIG_IGN)

    def heed(self, number: int, _: object) -> None:
        if self.began is None:
            self.began = time.monotonic()
            raise KeyboardInterrupt
        if number == signal.SIGINT and time.monotonic() - self.began > 0.5 and self.at_once:
            self.at_once()


def can_open_browser() -> bool:
    """Whether there is a screen: without one, a browser of the terminal would take the terminal."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def preview(root: Path, study: str, first: View, port: int, *, open_page: bool) -> None:
    """Show a study until somebody ends it.

    Raises:
        Stop: the port can't be had.
    """
    ending, board = Ending(), Board()
    with own_folder(root) as folder:
        session = Session(root, study, board, folder, first)
        session.offer_views()
        ending.at_once = session.builder.kill
        server = Server(board, port, session.events.put)
        watch = Watch(root, lambda: session.events.put(Saved()))
        try:
            server.start()
            watch.start()
            say(f"Preview of {study}: {server.url(first)}", f"ตัวอย่างของ {study} เปิดได้ที่ลิงก์ข้างต้น")
            say("Ctrl-C ends it. No manifest is made, and no article in results/: that is what build is for.")
            say("กด Ctrl-C เพื่อปิด คำสั่งนี้ไม่สร้างรายการไฟล์และไม่เขียนบทความใน results/ ซึ่งเป็นหน้าที่ของคำสั่ง build")
            if open_page and can_open_browser():
                webbrowser.open(server.url(first))
            session.run()
        except KeyboardInterrupt:
            pass
        finally:
            if session.builder.busy:
                say("Stopping ... (Ctrl-C again stops at once)  กำลังหยุด ... (กด Ctrl-C อีกครั้งเพื่อหยุดทันที)")
            session.builder.stop()
            watch.end()
            board.enter("ended")
            server.end()
    ending.over()
    say("The preview has ended.  ปิดการแสดงตัวอย่างแล้ว")


def main(words: list[str]) -> int:
    """The command, whose words the launcher has read already."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("study", nargs="?")
    parser.add_argument("--language", choices=get_args(Language))
    parser.add_argument("--pdf", action="store_true")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--no-open", action="store_true")
    given = parser.parse_args(words)
    root = Path.cwd()
    try:
        study = chosen_study(root, given.study)
        first = View("article", first_language(root, study, given.language), "pdf" if given.pdf else "html")
        preview(root, study, first, given.port, open_page=not given.no_open)
    except Stop as stop:
        print(*stop.args, sep="\n", file=sys.stderr, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    run_command(main)
