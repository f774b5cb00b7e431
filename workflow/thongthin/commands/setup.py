"""Set-up: the environment `.venv` that everything else runs in, made by uv (or pip, where there is no uv).

Of each package the very bytes that a lock names are installed, and no source packages but one.

The launcher imports this file before there is an environment, so it needs the standard library only. What goes wrong
around the project (no network, a full disk, a closed folder, a second build) is told by raising `Stop`.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

# What builds need, what only tests need, and what makes a wheel of the one package that has none.
LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"
BUILD_LOCK = "requirements-build.lock"
# What a profile of profiles/ needs besides: `requirements-slurm.lock`, for one.
PROFILE_LOCK = "requirements-{}.lock"
# The one package of the lock that is published as a source package only.
FROM_SOURCE = "connection-pool"
QUARTO = "quarto-cli>=1.9.18,<2"
# The folders of what is made; below each, a folder a study.
GENERATED = ("results", "data/processed", "logs")

# Free disk space in bytes without which a step is not begun.
SPACE_TO_SET_UP = 1_500_000_000
SPACE_TO_BUILD = 100_000_000
# Where less is free after a build that failed, that is why it failed.
SPACE_TO_GO_ON = 1_000_000

FULL_DISK = (
    "The disk is full. Make room and start again; what was finished is kept.",
    "ดิสก์เต็ม โปรดเพิ่มพื้นที่ว่างแล้วสั่งอีกครั้ง งานที่เสร็จแล้วยังอยู่",
)
# Of the project folder.
NOT_ALLOWED = (
    "Writing in {} is not allowed, or a file there is open in another program.",
    "ไม่มีสิทธิ์เขียนใน {} หรือมีไฟล์เปิดค้างอยู่ในโปรแกรมอื่น",
)
# Errors of the system where a folder may not be written to.
CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)
# What uv and pip write in their log when set-up fails, and what it means to a person; the first that fits counts.
SETUP_FAILURES = {
    "no space left|not enough space|quota exceeded": FULL_DISK,
    "permission denied|read-only file system|access is denied": NOT_ALLOWED,
    "do not match the hashes|hash mismatch": (
        "A downloaded package is not the one that requirements.lock names, so it was not installed.",
        "แพ็กเกจที่ดาวน์โหลดมาไม่ตรงกับที่ระบุใน requirements.lock จึงไม่ได้ติดตั้ง",
    ),
    "hashes are required|must have a hash": (
        "A package of requirements.lock stands there without its hash, so nothing was installed.",
        "แพ็กเกจใน requirements.lock ไม่มีค่าแฮชกำกับ จึงไม่ได้ติดตั้งสิ่งใด",
    ),
    "no usable wheels|building from source is disabled": (
        "A package has no ready-made file for this system, and source packages are not built, so it was not installed.",
        "แพ็กเกจหนึ่งไม่มีไฟล์พร้อมติดตั้งสำหรับระบบนี้ และโครงการไม่สร้างแพ็กเกจจากซอร์ส จึงไม่ได้ติดตั้ง",
    ),
    "network|connection|connectivity|name resolution|urlopen error|dns error|timed out|certificate"
    "|error sending request|no matching distribution|failed to fetch|failed to download": (
        "A download failed. Is this computer connected to the internet? Then start again.",
        "ดาวน์โหลดไม่ได้ โปรดตรวจการเชื่อมต่ออินเทอร์เน็ตแล้วสั่งอีกครั้ง",
    ),
}


class Stop(Exception):
    """Ends a command with one sentence in English and the same in Thai."""

    def __init__(self, en: str, th: str) -> None:
        super().__init__(en, th)


def say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)


def system_sentence(error: OSError, root: Path) -> tuple[str, str]:
    """What an error of the system means to a person, in English and in Thai."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return FULL_DISK
    if error.errno in CLOSED:
        return NOT_ALLOWED[0].format(root), NOT_ALLOWED[1].format(root)
    return str(error), "ระบบปฏิบัติการแจ้งข้อผิดพลาดข้างต้น"


def need_space(root: Path, size: int) -> None:
    """Stop if the disk of the project, or one that a folder of results is on, has less room than this."""
    folders = [root, *(root / name for name in GENERATED)]
    if any(folder.exists() and shutil.disk_usage(folder).free < size for folder in folders):
        raise Stop(*FULL_DISK)


@contextlib.contextmanager
def alone(root: Path) -> Iterator[None]:
    """Refuse to go on while another build or set-up runs in this folder.

    The lock belongs to an open file, which the programs that are started meanwhile inherit: however the launcher ends,
    the system frees it when the last of them has ended (on Windows: when the launcher has).
    """
    path = root / ".snakemake" / "launcher.lock"
    path.parent.mkdir(exist_ok=True)
    with open(path, "ab") as file:
        os.set_inheritable(file.fileno(), True)
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            raise Stop(
                "Another build or set-up is running in this folder. Wait until it has ended, then start again.",
                "มีการสร้างหรือการติดตั้งอื่นทำงานอยู่ในโฟลเดอร์นี้ โปรดรอให้เสร็จแล้วสั่งอีกครั้ง",
            ) from None
        yield


@dataclass(frozen=True)
class Environment:
    """The `.venv` of the project in the folder `root`."""

    root: Path

    @property
    def folder(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def stamp(self) -> Path:
        """The file that is written last, so that its right content means a complete environment."""
        return self.folder / "thongthin-stamp"

    @property
    def test_stamp(self) -> Path:
        """The same of the packages of the tests."""
        return self.stamp_of(TEST_LOCK)

    def stamp_of(self, lock: str) -> Path:
        """The same of the packages of a further lock."""
        return self.folder / lock.replace("requirements", "thongthin-stamp").removesuffix(".lock")

    def made_from(self, lock: str) -> str:
        """What packages are installed from: a lock, and the version of Python."""
        digest = hashlib.sha256((self.root / lock).read_bytes()).hexdigest()
        return f"{digest} Python {sys.version_info[0]}.{sys.version_info[1]}\n"

    @property
    def source(self) -> str:
        """What the environment is made from."""
        return self.made_from(LOCK)

    @property
    def stands(self) -> bool:
        """Whether `.venv` is complete, and the right one."""
        return self.python.exists() and self.stamp.is_file() and self.stamp.read_text(encoding="utf-8") == self.source

    @property
    def variables(self) -> dict[str, str]:
        """The variables that every program of the project runs with, whatever this computer has set."""
        unwanted = {"PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONIOENCODING", "PYTHONSTARTUP", "SNAKEMAKE_PROFILE"}
        kept = {name: value for name, value in os.environ.items() if name not in unwanted}
        return {
            **kept,
            "PATH": os.pathsep.join([str(self.python.parent), kept.get("PATH", "")]),
            "VIRTUAL_ENV": str(self.folder),
            "PYTHONPATH": str(self.root / "workflow"),
            "PYTHONUTF8": "1",
            "PYTHONHASHSEED": "0",
            "UV_PYTHON_DOWNLOADS": "never",
        }

    def ready(self) -> None:
        """See to it that `.venv` stands. Where it does, nothing is written: what only reads runs in any folder."""
        if not self.stands:
            with alone(self.root):
                self.set_up()

    def set_up(self) -> None:
        """Make `.venv` unless it stands already.

        Its stamp is written last. Without the right one (a set-up that was cut short, another lock, another Python) the
        folder is removed and made anew.
        """
        if self.stands:
            return
        need_space(self.root, SPACE_TO_SET_UP)
        # Who runs the launcher with the Python of the very .venv to be replaced gets the Python behind it.
        python = getattr(sys, "_base_executable", sys.executable)
        create = ["uv", "venv", "--python", python] if shutil.which("uv") else [python, "-m", "venv"]
        if create[0] != "uv" and not (find_spec("venv") and find_spec("ensurepip")):
            raise Stop(
                "This Python lacks its modules venv and ensurepip. Install uv (pip install uv), or Python from"
                " python.org.",
                "Python นี้ไม่มีโมดูล venv และ ensurepip โปรดติดตั้ง uv (pip install uv) หรือ Python จาก python.org",
            )
        say(
            "Setting up, once; it takes a minute or two and needs the internet.",
            "กำลังเตรียมสภาพแวดล้อม ทำครั้งเดียว ใช้เวลาหนึ่งถึงสองนาที และต้องใช้อินเทอร์เน็ต",
        )
        began = time.monotonic()
        if self.folder.is_symlink() or self.folder.is_file():
            self.folder.unlink()
        elif self.folder.exists():
            shutil.rmtree(self.folder)
        builder = self.locked(BUILD_LOCK)
        packages = self.locked(LOCK, "--no-binary", FROM_SOURCE, "--no-build-isolation")
        self.run_logged([*create, str(self.folder)], builder, packages)
        self.get_ahead()
        self.stamp.write_text(self.source, encoding="utf-8", newline="\n")
        say(f"Set up in {time.monotonic() - began:.0f} s.", f"เตรียมเสร็จใน {time.monotonic() - began:.0f} วินาที")

    def get_ahead(self) -> None:
        """Do now what the first build would have to do for all later ones; if it fails, that build does it."""
        command = [str(self.python), "-m", "thongthin.flow.hashes"]
        subprocess.run(
            command,
            cwd=self.root,
            env=self.variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )

    def add_test_packages(self) -> None:
        """Install what only the tests need, unless it stands already."""
        self.add(TEST_LOCK, "the tests", "ชุดทดสอบ")

    def add_profile(self, name: str) -> None:
        """Install what a profile of profiles/ needs, unless it stands already or there is nothing."""
        if (self.root / PROFILE_LOCK.format(name)).exists():
            self.add(PROFILE_LOCK.format(name), f"profiles/{name}", f" profiles/{name}")

    def add(self, lock: str, en: str, th: str) -> None:
        """Install the packages of a further lock, unless they stand already; `en` and `th` say whose they are."""
        made_from, stamp = self.made_from(lock), self.stamp_of(lock)
        if stamp.is_file() and stamp.read_text(encoding="utf-8") == made_from:
            return
        say(f"Adding the packages of {en}, once.", f"กำลังติดตั้งแพ็กเกจสำหรับ{th} ทำครั้งเดียว")
        self.run_logged(self.locked(lock, "--no-deps"))
        stamp.write_text(made_from, encoding="utf-8", newline="\n")

    def add_quarto(self) -> None:
        """Install Quarto's pip package, a source package that downloads the program; see that it runs."""
        say(
            "Adding Quarto; it downloads about 150 MB. Its publisher's newest 1.x is taken: the one program here that"
            " is not held to a hash.",
            "กำลังติดตั้ง Quarto โดยดาวน์โหลดประมาณ 150 เมกะไบต์ ใช้รุ่น 1.x ล่าสุดจากผู้พัฒนา และเป็นโปรแกรมเดียวที่ไม่ได้ตรวจไฟล์ด้วยค่าแฮช",
        )
        program = self.python.with_name(f"quarto{self.python.suffix}")
        try:
            # Without dependencies: it asks for Jupyter, which the articles do not use.
            self.run_logged([*self.installer(), "--no-deps", QUARTO], [str(program), "--version"])
        except Stop as stop:
            program.unlink(missing_ok=True)
            raise Stop(
                f"Quarto could not be added; the embedded renderer stays. {stop.args[0]}",
                f"ติดตั้ง Quarto ไม่ได้ จึงใช้ตัวจัดหน้าในตัวต่อไป {stop.args[1]}",
            ) from None
        say("Quarto is ready; builds use it from now on.", "Quarto พร้อมใช้แล้ว การสร้างครั้งต่อไปจะใช้ Quarto")

    def locked(self, lock: str, *words: str) -> list[str]:
        """The command that installs the packages of a lock: by their hashes, and no source packages."""
        return [*self.installer(), "--require-hashes", "--only-binary", ":all:", *words, "-r", str(self.root / lock)]

    def installer(self) -> list[str]:
        """The beginning of the command that installs into `.venv`, compiling what it installs."""
        if shutil.which("uv"):
            return ["uv", "pip", "install", "--python", str(self.python), "--compile-bytecode"]
        pip = [str(self.python), "-m", "pip", "install", "--compile"]
        return [*pip, "--disable-pip-version-check", "--no-input", "--progress-bar", "off"]

    def run_logged(self, *commands: list[str]) -> None:
        """Run the commands one after the other, their words going to the log, while the time is shown.

        Raises:
            Stop: one of them failed; the sentence names the log.
        """
        path = self.root / "logs" / "setup.log"
        path.parent.mkdir(exist_ok=True)
        with open(path, "wb") as log:
            for command in commands:
                process = subprocess.Popen(
                    command,
                    cwd=self.root,
                    env=self.variables,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    close_fds=False,
                )
                try:
                    if wait(process) != 0:
                        break
                except BaseException:
                    process.kill()
                    raise
            else:
                return
        text = path.read_text(encoding="utf-8", errors="replace")
        meanings = [meaning for pattern, meaning in SETUP_FAILURES.items() if re.search(pattern, text, re.IGNORECASE)]
        en, th = meanings[0] if meanings else ("Set-up did not finish.", "การเตรียมสภาพแวดล้อมไม่สำเร็จ")
        where = path.relative_to(self.root).as_posix()
        raise Stop(f"{en.format(self.root)} Details: {where}", f"{th.format(self.root)} รายละเอียด: {where}")


def wait(process: subprocess.Popen[bytes]) -> int:
    """Wait for the process: the running time in one line on a terminal, now and then a line elsewhere."""
    began = time.monotonic()
    terminal = sys.stdout.isatty()
    while True:
        try:
            return process.wait(timeout=1 if terminal else 15)
        except subprocess.TimeoutExpired:
            print(f"  ... {time.monotonic() - began:.0f} s", end="\r" if terminal else "\n", flush=True)
