#!/usr/bin/env python3
"""The launcher of Thongthin: makes its environment on first use, then builds, checks, tests or cleans.

    python3 paper.py build

It needs Python 3.11 or newer and nothing else, on Linux, macOS or Windows. Everything runs in `.venv`, which uv
(or pip, where there is no uv) makes from requirements.lock. What can go wrong around the project ends it with one
sentence in English and one in Thai: an old Python, no network, a full disk, a folder that cannot be written to, a
second build in the same folder. The file parses on any Python since 3.6, so that an old one gets its sentence too.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (who has an older one should read why it stops)
    sys.exit(
        "Thongthin needs Python 3.11 or newer; this is {0}.{1}. Install one from python.org and start again.\n"
        "ต้องใช้ Python 3.11 ขึ้นไป แต่นี่คือ {0}.{1} โปรดติดตั้งจาก python.org แล้วสั่งอีกครั้ง".format(*sys.version_info)
    )

import argparse
import contextlib
import csv
import difflib
import errno
import hashlib
import io
import os
import re
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn

ROOT = Path(os.path.abspath(__file__)).parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "thongthin-stamp"
SETUP_LOG = ROOT / "logs" / "setup.log"
QUARTO = "quarto-cli>=1.9.18,<2"

# Free disk space in bytes without which a step is not begun.
SPACE_TO_SET_UP = 1_500_000_000
SPACE_TO_BUILD = 100_000_000
# Where less is free after a build that failed, that is why it failed.
SPACE_TO_GO_ON = 1_000_000

HELP = """\
From the raw data of a study to its article in Thai and English.
จากข้อมูลดิบของการศึกษาสู่บทความภาษาไทยและภาษาอังกฤษ

python3 paper.py COMMAND    (Windows: python paper.py COMMAND)

  build [STUDY ...] [--cores N] [--dry-run] [--cold]
           build all studies of config/config.yml, or those named: tables, figures, notebooks, articles;
           with at most N cores; or only tell what would be built; --cold starts Python anew for each step, which
           takes longer and gives the same
           สร้างผลลัพธ์ทุกการศึกษา หรือเฉพาะที่ระบุชื่อ: ตาราง ภาพ สมุดบันทึก และบทความ
           ใช้ไม่เกิน N คอร์ หรือเพียงบอกว่าจะสร้างอะไรบ้าง ส่วน --cold เริ่ม Python ใหม่ทุกขั้นตอน ซึ่งช้ากว่าแต่ได้ผลเหมือนกัน
  check [STUDY ...]
           check all inputs and list every problem; nothing is built
           ตรวจข้อมูลเข้าทั้งหมดและแจ้งทุกปัญหา โดยไม่สร้างสิ่งใด
  new-study NAME [--survey | --interviews | --mixed]
           make the folders of a new study to fill in, data/raw/NAME and report/NAME, and list it in config.yml;
           of a survey alone, of interviews alone, or of both (which is what it makes if you say nothing)
           สร้างโฟลเดอร์ของการศึกษาใหม่ให้เติม คือ data/raw/NAME และ report/NAME แล้วเพิ่มชื่อใน config.yml
           เฉพาะแบบสอบถาม (--survey) เฉพาะการสัมภาษณ์ (--interviews) หรือทั้งสองอย่าง (--mixed หรือไม่ระบุ)
  describe-coding [FILE ...] [--study STUDY] [--drafts [FOLDER]]
           tell what files (or a folder) of coding hold, and how they fit a study; write first drafts of its files;
           without a file: those in coding/ of STUDY; without FOLDER: drafts go to the folder of STUDY
           บอกว่าไฟล์ (หรือโฟลเดอร์) ลงรหัสมีอะไรบ้าง เข้ากับการศึกษาอย่างไร และเขียนไฟล์ร่างของการศึกษา
           หากไม่ระบุไฟล์ จะใช้ไฟล์ใน coding/ ของ STUDY หากไม่ระบุ FOLDER จะเขียนร่างไว้ในโฟลเดอร์ของ STUDY
  describe-survey FILE [--form FORM] [--sheet SHEET] [--drafts FOLDER]
           tell what a survey file holds (FORM: its XLSForm or .lss); write first drafts of items.csv and of study.yml
           บอกว่าไฟล์แบบสอบถามมีอะไรบ้าง (FORM: XLSForm หรือ .lss ของไฟล์) และเขียนร่าง items.csv กับส่วนของ study.yml
  test [words for pytest ...]
           run the test suite
           รันชุดทดสอบ
  clean [STUDY ...]
           remove what was generated (results, data/processed, logs), never data/raw
           ลบสิ่งที่สร้างขึ้น (results, data/processed, logs) โดยไม่แตะ data/raw
  setup [--quarto]
           make the environment, which the other commands do by themselves; add Quarto to it
           เตรียมสภาพแวดล้อม (คำสั่งอื่นทำให้เองอยู่แล้ว) และติดตั้ง Quarto เพิ่ม
  --help   this list / รายการนี้
"""
GENERATED = ("results", "data/processed", "logs")

FULL_DISK = (
    "The disk is full. Make room and start again; what was finished is kept.",
    "ดิสก์เต็ม โปรดเพิ่มพื้นที่ว่างแล้วสั่งอีกครั้ง งานที่เสร็จแล้วยังอยู่",
)
NOT_ALLOWED = (
    f"Writing in {ROOT} is not allowed, or a file there is open in another program.",
    f"ไม่มีสิทธิ์เขียนใน {ROOT} หรือมีไฟล์เปิดค้างอยู่ในโปรแกรมอื่น",
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
    "network|connection|connectivity|name resolution|urlopen error|dns error|timed out|certificate"
    "|error sending request|no matching distribution|failed to fetch|failed to download": (
        "A download failed. Is this computer connected to the internet? Then start again.",
        "ดาวน์โหลดไม่ได้ โปรดตรวจการเชื่อมต่ออินเทอร์เน็ตแล้วสั่งอีกครั้ง",
    ),
}


# How a shell counts a program that ended because its reader had gone (128 and the number of SIGPIPE).
READER_GONE = 141


class Stop(Exception):
    """Ends the program with one sentence in English and the same in Thai."""

    def __init__(self, en: str, th: str) -> None:
        super().__init__(en, th)


def say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)


def nearest(word: str, known: Iterable[str]) -> tuple[str, str]:
    """A hint (English, Thai) that names the known word most like `word`, or all of them where none is."""
    known = sorted(known)
    alike = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    if alike:
        return f'Did you mean "{alike[0]}"?', f'หมายถึง "{alike[0]}" หรือไม่'
    return f"Known: {', '.join(known)}.", f"ที่ใช้ได้: {', '.join(known)}"


def environment() -> dict[str, str]:
    """The variables that every program of the project runs with, whatever this computer has set."""
    unwanted = {"PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONIOENCODING", "PYTHONSTARTUP", "SNAKEMAKE_PROFILE"}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {
        **kept,
        "PATH": os.pathsep.join([str(PYTHON.parent), kept.get("PATH", "")]),
        "VIRTUAL_ENV": str(VENV),
        "PYTHONPATH": str(ROOT / "workflow"),
        "PYTHONUTF8": "1",
        "PYTHONHASHSEED": "0",
        "UV_PYTHON_DOWNLOADS": "never",
    }


def run(module: str, *words: str, apart: bool = False) -> int:
    """Run a Python module in the environment, in the project folder, and return its exit code.

    Args:
        apart: Ctrl-C reaches the launcher only, which asks the program to end; Snakemake then finishes the steps that
            are running. Otherwise, and always on Windows, it reaches the program too.
    """
    command = [str(PYTHON), "-m", module, *words]
    # close_fds: the lock of `alone` is the one descriptor that can be inherited, and is to be.
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(), close_fds=False, process_group=0 if apart else None
    )

    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    try:
        return process.wait()
    except KeyboardInterrupt:
        say("Stopping ... (Ctrl-C again stops at once)  กำลังหยุด ... (กด Ctrl-C อีกครั้งเพื่อหยุดทันที)")
        if os.name == "posix":
            process.terminate()
        with contextlib.suppress(KeyboardInterrupt):
            process.wait()
        process.kill()
        raise


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Refuse to go on while another build or set-up runs in this folder.

    The lock belongs to an open file, which the programs started by `run` inherit: however the launcher ends, the system
    frees it when the last of them has ended (on Windows: when the launcher has).
    """
    path = ROOT / ".snakemake" / "launcher.lock"
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


def need_space(size: int) -> None:
    """Stop if the disk of the project, or one that a folder of results is on, has less room than this."""
    folders = [ROOT, *(ROOT / name for name in GENERATED)]
    if any(folder.exists() and shutil.disk_usage(folder).free < size for folder in folders):
        raise Stop(*FULL_DISK)


def need_writing(studies: Iterable[str]) -> None:
    """Stop if a folder in which a build writes can't be written to; it is named."""
    for folder in GENERATED:
        for path in (ROOT / folder, *(ROOT / folder / study for study in studies)):
            mark = path / f".{os.getpid()}.part"
            try:
                if path.exists():
                    mark.write_bytes(b"")
                    mark.unlink()
            except OSError as error:
                if error.errno not in CLOSED:
                    raise
                raise Stop(
                    f"Writing in {path} is not allowed. See to the rights of that folder, or use another disk.",
                    f"ไม่มีสิทธิ์เขียนใน {path} โปรดแก้สิทธิ์ของโฟลเดอร์นี้ หรือใช้ดิสก์อื่น",
                ) from None


def stamp() -> str:
    """What the environment was made from: the lock and the version of Python."""
    lock = hashlib.sha256((ROOT / "requirements.lock").read_bytes()).hexdigest()
    return f"{lock} Python {sys.version_info[0]}.{sys.version_info[1]}\n"


def stands() -> bool:
    """Whether `.venv` is complete, and the right one."""
    return PYTHON.exists() and STAMP.is_file() and STAMP.read_text(encoding="utf-8") == stamp()


def ready() -> None:
    """See to it that `.venv` stands. Where it does, nothing is written: what only reads runs in any folder."""
    if not stands():
        with alone():
            set_up()


def set_up() -> None:
    """Make `.venv` unless it stands already.

    Its stamp is written last. Without the right one (a set-up that was cut short, another lock, another Python) the
    folder is removed and made anew.
    """
    if stands():
        return
    need_space(SPACE_TO_SET_UP)
    # Who runs this file with the Python of the very .venv to be replaced gets the Python behind it.
    python = getattr(sys, "_base_executable", sys.executable)
    create = ["uv", "venv", "--python", python] if shutil.which("uv") else [python, "-m", "venv"]
    if create[0] != "uv" and not (find_spec("venv") and find_spec("ensurepip")):
        raise Stop(
            "This Python lacks its modules venv and ensurepip. Install uv (pip install uv), or Python from python.org.",
            "Python นี้ไม่มีโมดูล venv และ ensurepip โปรดติดตั้ง uv (pip install uv) หรือ Python จาก python.org",
        )
    say(
        "Setting up, once; it takes a minute or two and needs the internet.",
        "กำลังเตรียมสภาพแวดล้อม ทำครั้งเดียว ใช้เวลาหนึ่งถึงสองนาที และต้องใช้อินเทอร์เน็ต",
    )
    began = time.monotonic()
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(VENV)
    install([[*create, str(VENV)], [*installer(), "--require-hashes", "-r", str(ROOT / "requirements.lock")]])
    STAMP.write_text(stamp(), encoding="utf-8", newline="\n")
    say(f"Set up in {time.monotonic() - began:.0f} s.", f"เตรียมเสร็จใน {time.monotonic() - began:.0f} วินาที")


def installer() -> list[str]:
    """The beginning of the command that installs into `.venv`, compiling what it installs."""
    if shutil.which("uv"):
        return ["uv", "pip", "install", "--python", str(PYTHON), "--compile-bytecode"]
    pip = [str(PYTHON), "-m", "pip", "install", "--compile"]
    return [*pip, "--disable-pip-version-check", "--no-input", "--progress-bar", "off"]


def install(commands: list[list[str]]) -> None:
    """Run the commands one after the other, their words going to the log, while the time is shown.

    Raises:
        Stop: one of them failed; the sentence names the log.
    """
    SETUP_LOG.parent.mkdir(exist_ok=True)
    with open(SETUP_LOG, "wb") as log:
        for command in commands:
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, close_fds=False
            )
            try:
                if wait(process) != 0:
                    break
            except BaseException:
                process.kill()
                raise
        else:
            return
    text = SETUP_LOG.read_text(encoding="utf-8", errors="replace")
    meanings = [meaning for pattern, meaning in SETUP_FAILURES.items() if re.search(pattern, text, re.IGNORECASE)]
    en, th = meanings[0] if meanings else ("Set-up did not finish.", "การเตรียมสภาพแวดล้อมไม่สำเร็จ")
    where = SETUP_LOG.relative_to(ROOT).as_posix()
    raise Stop(f"{en} Details: {where}", f"{th} รายละเอียด: {where}")


def wait(process: subprocess.Popen[bytes]) -> int:
    """Wait for the process: the running time in one line on a terminal, now and then a line elsewhere."""
    began = time.monotonic()
    terminal = sys.stdout.isatty()
    while True:
        try:
            return process.wait(timeout=1 if terminal else 15)
        except subprocess.TimeoutExpired:
            print(f"  ... {time.monotonic() - began:.0f} s", end="\r" if terminal else "\n", flush=True)


def add_quarto() -> None:
    """Install Quarto's pip package, which downloads the program as it is built, and see that it runs."""
    say("Adding Quarto; it downloads about 150 MB.", "กำลังติดตั้ง Quarto โดยดาวน์โหลดประมาณ 150 เมกะไบต์")
    program = PYTHON.with_name(f"quarto{PYTHON.suffix}")
    try:
        # Without dependencies: it asks for Jupyter, which the articles do not use.
        install([[*installer(), "--no-deps", QUARTO], [str(program), "--version"]])
    except Stop as stop:
        program.unlink(missing_ok=True)
        raise Stop(
            f"Quarto could not be added; the embedded renderer stays. {stop.args[0]}",
            f"ติดตั้ง Quarto ไม่ได้ จึงใช้ตัวจัดหน้าในตัวต่อไป {stop.args[1]}",
        ) from None
    say("Quarto is ready; builds use it from now on.", "Quarto พร้อมใช้แล้ว การสร้างครั้งต่อไปจะใช้ Quarto")


def configured_studies() -> list[str]:
    """The entry `studies` of config/config.yml, which is a list of identifiers, read without a YAML library."""
    try:
        text = (ROOT / "config" / "config.yml").read_text(encoding="utf-8-sig")
    except (UnicodeDecodeError, FileNotFoundError):
        raise Stop(
            "config/config.yml is missing or not saved as UTF-8. Restore it, or save it again as UTF-8.",
            "ไม่พบ config/config.yml หรือไฟล์ไม่ได้บันทึกเป็น UTF-8 โปรดนำไฟล์กลับมาหรือบันทึกใหม่เป็น UTF-8",
        ) from None
    text = re.sub(r"#.*", "", text)
    entry = re.search(r"^studies:\s*(\[[^\]]*\]|(?:\s*\n[ \t]*-[^\n]*)+)", text, re.MULTILINE)
    return re.findall(r"""[^][\s,'"-][^][\s,'"]*""", entry[1]) if entry else []


def known_studies() -> set[str]:
    raw = ROOT / "data" / "raw"
    folders = {path.name for path in raw.iterdir() if path.is_dir()} if raw.is_dir() else set()
    return {name for name in folders if not name.startswith(".")} | set(configured_studies())


def named_studies(words: list[str]) -> list[str]:
    """The studies that were named, as `khon-kaen` or `data/raw/khon-kaen`; Stop if there is no such study."""
    names = [Path(word).name for word in words]
    for name in names:
        if name not in known_studies():
            en, th = nearest(name, known_studies())
            raise Stop(f'There is no study "{name}". {en}', f'ไม่มีการศึกษา "{name}" {th}')
    return names


def made_files(study: str) -> dict[str, tuple[int, str]]:
    """Path -> (bytes, sha256) of what the last builds of the study made.

    The manifest is written when a build is complete. What a build made that was not completed stands in the journal
    that the progress logger keeps, and is newer.
    """
    made = {}
    manifest = ROOT / "results" / study / "manifest.csv"
    complete = manifest.stat().st_mtime_ns if manifest.is_file() else 0
    for source in (manifest, journal(study)):
        if source.is_file() and source.stat().st_mtime_ns >= complete:
            with open(source, encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    with contextlib.suppress(KeyError, TypeError, ValueError):  # a last line cut off by a kill
                        made[row["path"]] = (int(row["bytes"]), row["sha256"])
    return made


def journal(study: str) -> Path:
    return ROOT / "logs" / study / "made.csv"


def restore(study: str) -> None:
    """See to it that made files which were changed or deleted since are made anew.

    Snakemake looks only at times, and does not miss a file that nothing is built from. So a changed file is deleted,
    and the manifest with it: it needs them all.
    """
    missing, changed = [], []
    folders = (*(f"{folder}/{study}/" for folder in GENERATED), "results/fonts/")
    for name, (size, digest) in made_files(study).items():
        path = ROOT / name
        if not name.startswith(folders) or ".." in PurePosixPath(name).parts:
            continue
        if not path.is_file():
            missing.append(name)
        elif path.stat().st_size != size or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            changed.append(name)
            path.unlink()
    for name in (*missing, *changed):
        folder = (ROOT / name).parent
        if (
            folder / ".snakemake_timestamp"
        ).exists():  # a step made the whole folder, and looks only whether it is there
            shutil.rmtree(folder)
    if missing or changed:
        (ROOT / "results" / study / "manifest.csv").unlink(missing_ok=True)
    if changed:
        say(
            "Changed since they were built, so built again (edits belong in data/raw/ and report/):",
            "ถูกแก้ไขหลังสร้าง จึงสร้างใหม่ (โปรดแก้ที่ data/raw/ และ report/):",
            *(f"  {name}" for name in changed),
        )


def remove_obsolete(study: str, before: Iterable[str]) -> None:
    """Remove what earlier builds of the study made and this one did not: it would look current."""
    made = made_files(study)
    folders = tuple(f"{folder}/{study}/" for folder in GENERATED)
    for name in before:
        if name not in made and name.startswith(folders) and ".." not in PurePosixPath(name).parts:
            (ROOT / name).unlink(missing_ok=True)


def summarise(study: str) -> None:
    """Tell what stands of a study: its article and supplement, and how many other files in which folder."""
    made = made_files(study)
    engine = ROOT / "results" / study / "article" / "engine.txt"
    name = engine.read_text(encoding="utf-8").strip() if engine.is_file() else "-"
    say(f"{study}  (rendered by / จัดหน้าด้วย: {name})")
    documents = (f"results/{study}/article.", f"results/{study}/supplement.")
    articles = sorted(path for path in made if path.startswith(documents))
    others = Counter(str(PurePosixPath(path).parent) for path in made if path not in articles)
    say(*(f"  {path}  {made[path][0] / 1000:,.0f} kB" for path in articles))
    say(*(f"  {folder}/  {count} file{'s' * (count > 1)} / {count} ไฟล์" for folder, count in sorted(others.items())))


def build(studies: list[str], cores: int | None, dry_run: bool, cold: bool) -> int:
    began = time.monotonic()
    chosen = named_studies(studies) or configured_studies()
    for study in chosen:
        if study not in configured_studies():
            raise Stop(
                f'The study "{study}" is not built yet: add it to `studies` in config/config.yml.',
                f'การศึกษา "{study}" ยังไม่อยู่ในรายการสร้าง โปรดเพิ่มชื่อใน `studies` ของ config/config.yml',
            )
    with alone():
        set_up()
        need_space(SPACE_TO_BUILD)
        before = {study: list(made_files(study)) for study in chosen}
        if not dry_run:
            need_writing(chosen)
            for study in chosen:
                restore(study)
        # Studies that were not asked for are not looked at: what is wrong with them stops nothing.
        settings = [f"studies=[{','.join(chosen)}]"] if studies else []
        settings += ["cold=true"] if cold else []
        options = ["--config", *settings] if settings else []
        options += ["--cores", str(cores)] if cores else []
        options += ["--dry-run"] if dry_run else []
        # The lock of `alone` does what Snakemake's own does, and needs no unlocking after a kill.
        code = run("snakemake", "--nolock", "--logger", "thongthin", *options, "--", "all", apart=True)
        if code == 0 and not dry_run:
            for study in chosen:
                journal(study).unlink(missing_ok=True)
                remove_obsolete(study, before[study])
                summarise(study)
            took = time.monotonic() - began
            say(f"Done in {took:.1f} s.  เสร็จใน {took:.1f} วินาที")
        if code > 0 and not dry_run:
            need_space(SPACE_TO_GO_ON)  # whatever was said of a step, this is what stopped it
        if code < 0:
            raise Stop(
                "The build was ended from outside, perhaps for lack of memory. The next build goes on from there.",
                "การสร้างถูกหยุดจากภายนอก อาจเพราะหน่วยความจำไม่พอ การสร้างครั้งต่อไปจะทำต่อจากนี้",
            )
    return code


def test(words: list[str]) -> int:
    with alone():
        set_up()
    # By file: the tests of one file share what they build.
    return run("pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", *words)


def check(studies: list[str]) -> int:
    names = named_studies(studies)
    ready()
    return run("thongthin.commands.check", *names)


def new_study(name: str, survey: bool, interviews: bool, mixed: bool) -> int:
    given = {"--survey": survey, "--interviews": interviews, "--mixed": mixed}
    kinds = [word for word, wanted in given.items() if wanted]
    if len(kinds) > 1:
        raise Stop(
            f"Give one of these: {' or '.join(kinds)}. A study of both is --mixed.",
            f"ระบุได้เพียงอย่างเดียว: {' หรือ '.join(kinds)} หากมีทั้งสองอย่างให้ใช้ --mixed",
        )
    with alone():
        set_up()
    return run("thongthin.commands.new_study", name, *kinds)


def describe_coding(files: list[str], study: str | None, drafts: str | None) -> int:
    if not files and not study:
        raise Stop(
            "Name a file or a folder, or a study: describe-coding project.qdpx, describe-coding --study chiang-rai",
            "ระบุไฟล์ โฟลเดอร์ หรือการศึกษา เช่น describe-coding project.qdpx หรือ describe-coding --study chiang-rai",
        )
    words = ["--study", *named_studies([study])] if study else []
    return describe("coding", files, words, drafts)


def describe_survey(file: str, form: str | None, sheet: str | None, drafts: str | None) -> int:
    words = ["--form", os.path.abspath(form)] if form else []
    return describe("survey", [file], [*words, *([f"--sheet={sheet}"] if sheet else [])], drafts)


def describe(what: str, files: list[str], words: list[str], drafts: str | None) -> int:
    """Tell what files hold; they may stand anywhere, while programs run in the project folder."""
    if drafts is not None:
        words = [*words, "--drafts", *([os.path.abspath(drafts)] if drafts else [])]
    ready()
    return run(f"thongthin.describe_{what}", *map(os.path.abspath, files), *words)


def is_link(path: Path) -> bool:
    """Whether a folder is a link to another one (on Windows: a junction, too)."""
    return path.is_symlink() or os.path.realpath(path) != os.path.join(os.path.realpath(path.parent), path.name)


def clean(studies: list[str]) -> int:
    names = [Path(word).name for word in studies]
    made = {path.name for folder in GENERATED for path in (ROOT / folder).glob("*")}
    named_studies([name for name in names if name not in made])  # a study that is gone may have left results behind
    with alone():
        for path in (path for folder in GENERATED for path in sorted((ROOT / folder).glob("*"))):
            if path.is_dir() and (path.name in names or not names):
                if is_link(path):  # what it leads to is not ours to remove
                    path.unlink()
                    say(f"Removed, a link / ลบลิงก์แล้ว: {path.relative_to(ROOT).as_posix()}")
                    continue
                shutil.rmtree(path)
                say(f"Removed / ลบแล้ว: {path.relative_to(ROOT).as_posix()}/")
    return 0


def setup(quarto: bool) -> int:
    with alone():
        set_up()
        if quarto:
            add_quarto()
    say("The environment is ready.  สภาพแวดล้อมพร้อมใช้งาน")
    return 0


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Stop(f"{message}. See: paper.py --help", "คำสั่งไม่ถูกต้อง โปรดดู: paper.py --help")


def number_of_cores(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f'"{text}" is not a number of cores')
    return int(text)


FLAG: dict[str, Any] = {"action": "store_true"}
# Each command with its options; their names are the parameters of the function.
COMMANDS: dict[str, tuple[Callable[..., int], dict[str, dict[str, Any]]]] = {
    "build": (
        build,
        {"studies": {"nargs": "*"}, "--cores": {"type": number_of_cores}, "--dry-run": FLAG, "--cold": FLAG},
    ),
    "check": (check, {"studies": {"nargs": "*"}}),
    "new-study": (new_study, {"name": {}, "--survey": FLAG, "--interviews": FLAG, "--mixed": FLAG}),
    "describe-coding": (
        describe_coding,
        {"files": {"nargs": "*"}, "--study": {}, "--drafts": {"nargs": "?", "const": ""}},
    ),
    "describe-survey": (describe_survey, {"file": {}, "--form": {}, "--sheet": {}, "--drafts": {}}),
    "clean": (clean, {"studies": {"nargs": "*"}}),
    "setup": (setup, {"--quarto": FLAG}),
    "test": (test, {}),
}


def obey(words: list[str]) -> int:
    """Carry out a command line and return the exit code; raises Stop where it cannot."""
    if not words or (words[0] != "test" and {"-h", "--help"} & set(words)):
        say(HELP)
        return 0
    if words[0] not in COMMANDS:
        en, th = nearest(words[0], COMMANDS)
        raise Stop(f'There is no command "{words[0]}". {en}', f'ไม่มีคำสั่ง "{words[0]}" {th}')
    function, options = COMMANDS[words[0]]
    if words[0] == "test":
        return function(words[1:])
    parser = Parser(add_help=False, allow_abbrev=False)
    for name, settings in options.items():
        parser.add_argument(name, **settings)
    given, unknown = parser.parse_known_args(words[1:])
    if unknown:
        en, th = nearest(unknown[0], [*(name for name in options if name.startswith("-")), "--help"])
        raise Stop(f'"{words[0]}" has no option "{unknown[0]}". {en}', f'"{words[0]}" ไม่มีตัวเลือก "{unknown[0]}" {th}')
    return function(**vars(given))


def main() -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a Thai sentence must not fail on the code page of a pipe
            stream.reconfigure(encoding="utf-8", errors="replace")
    code = 1
    try:
        code = obey(sys.argv[1:])
        sys.stdout.flush()
        return code
    except Stop as stop:
        en, th = stop.args
    except BrokenPipeError:  # whoever read what is printed here has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_GONE
    except KeyboardInterrupt:
        code = 130
        en = "Stopped. What was finished is kept; the next build goes on from there."
        th = "หยุดแล้ว งานที่เสร็จแล้วยังอยู่ การสร้างครั้งต่อไปจะทำต่อจากนี้"
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            en, th = FULL_DISK
        elif error.errno in CLOSED:
            en, th = NOT_ALLOWED
        else:
            en, th = str(error), "ระบบปฏิบัติการแจ้งข้อผิดพลาดข้างต้น"
    print(en, th, sep="\n", file=sys.stderr, flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
