#!/usr/bin/env python3
"""The launcher of Thongthin: makes its environment on first use, then builds, checks, tests or cleans.

    python3 paper.py build

It needs Python 3.11 or newer and nothing else, on Linux, macOS or Windows. Everything runs in `.venv`, which is made
from requirements.lock on first use (workflow/thongthin/commands/setup.py); this file reads the command line and starts
the command there. What can go wrong around the project ends it with one sentence in English and one in Thai: an old
Python, no network, a full disk, a folder that cannot be written to, a second build in the same folder. The file parses
on any Python since 3.6, so that an old one gets its sentence too.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 (who has an older one should read why it stops)
    sys.exit(
        "Thongthin needs Python 3.11 or newer; this is {0}.{1}. Install one from python.org and start again.\n"
        "ต้องใช้ Python 3.11 ขึ้นไป แต่นี่คือ {0}.{1} โปรดติดตั้งจาก python.org แล้วสั่งอีกครั้ง".format(*sys.version_info)
    )

import argparse
import io
import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NoReturn

ROOT = Path(os.path.abspath(__file__)).parent
sys.path.insert(0, str(ROOT / "workflow"))

from thongthin.commands.cleaning import made_of, remove_made  # noqa: E402 (below the folder named in the line above)
from thongthin.commands.options import OPTIONS  # noqa: E402
from thongthin.commands.reviewing import REVIEWING  # noqa: E402
from thongthin.commands.running import Launcher, nearest  # noqa: E402
from thongthin.commands.setup import (  # noqa: E402
    SPACE_TO_BUILD,
    SPACE_TO_GO_ON,
    Environment,
    Stop,
    alone,
    need_space,
    say,
    system_sentence,
)
from thongthin.commands.usage import HELP  # noqa: E402

ENVIRONMENT = Environment(ROOT)
LAUNCHER = Launcher(ENVIRONMENT)
run, named_studies = LAUNCHER.run, LAUNCHER.named_studies
# How a shell counts a program that ended because its reader had gone (128 and the number of SIGPIPE).
READER_GONE = 141


def named_profile(name: str) -> str:
    """The profile that was named, as `slurm` or `profiles/slurm`; Stop if there is no such profile."""
    known = {path.parent.name for path in (ROOT / "profiles").glob("*/config.yaml")}
    if Path(name).name not in known:
        en, th = nearest(name, known)
        raise Stop(f'There is no profile "{name}". {en}', f'ไม่มีโปรไฟล์ "{name}" {th}')
    return Path(name).name


def build(studies: list[str], cores: int | None, profile: str | None, dry_run: bool, **flags: bool) -> int:
    began = time.monotonic()
    options = ["--cores", str(cores)] if cores else []
    options += ["--dry-run"] * dry_run + [f"--{flag}" for flag, given in flags.items() if given]
    names = named_studies(studies)
    if profile:
        profile = named_profile(profile)
        options += ["--profile", profile]
    with alone(ROOT):
        ENVIRONMENT.set_up()
        if profile:
            ENVIRONMENT.add_profile(profile)
        need_space(ROOT, SPACE_TO_BUILD)
        code = run("thongthin.commands.build", *options, *names, apart=True)
        if code == 0 and not dry_run:
            took = time.monotonic() - began
            say(f"Done in {took:.1f} s.  เสร็จใน {took:.1f} วินาที")
        if code > 0 and not dry_run:
            need_space(ROOT, SPACE_TO_GO_ON)  # whatever was said of a step, this is what stopped it
        if code < 0:
            raise Stop(
                "The build was ended from outside, perhaps for lack of memory. The next build goes on from there.",
                "การสร้างถูกหยุดจากภายนอก อาจเพราะหน่วยความจำไม่พอ การสร้างครั้งต่อไปจะทำต่อจากนี้",
            )
    return code


def test(words: list[str]) -> int:
    with alone(ROOT):
        ENVIRONMENT.set_up()
        ENVIRONMENT.add_test_packages()
    if words[:1] == ["--changed"]:
        return run("tools.changed", *words[1:])
    if words[:1] == ["--cluster"]:
        return run("pytest", "tests/cluster", *words[1:])
    # Those marked `long` are left out, unless all are wanted or some are named: files, or a mark.
    named = any(word.startswith("tests") or word == "-m" for word in words)
    words = words + ["-m", "not long"] * (not named and "--all" not in words)
    # By file: the tests of one file share what they build.
    return run("pytest", "-n", "3", "--dist", "loadfile", "--no-loadscope-reorder", *words)


def check(studies: list[str]) -> int:
    names = named_studies(studies)
    ENVIRONMENT.ready()
    return run("thongthin.commands.check", *names)


def preview(study: str | None, language: str | None, pdf: bool, port: int | None, no_open: bool) -> int:
    words = [*(named_studies([study]) if study else []), *([f"--language={language}"] if language else [])]
    words += [*(["--pdf"] * pdf), *([f"--port={port}"] if port else []), *(["--no-open"] * no_open)]
    ENVIRONMENT.ready()
    return run("thongthin.commands.preview", *words, stays=True)


def new_study(name: str, survey: bool, interviews: bool, mixed: bool) -> int:
    given = {"--survey": survey, "--interviews": interviews, "--mixed": mixed}
    kinds = [word for word, wanted in given.items() if wanted]
    if len(kinds) > 1:
        raise Stop(
            f"Give one of these: {' or '.join(kinds)}. A study of both is --mixed.",
            f"ระบุได้เพียงอย่างเดียว: {' หรือ '.join(kinds)} หากมีทั้งสองอย่างให้ใช้ --mixed",
        )
    with alone(ROOT):
        ENVIRONMENT.set_up()
    return run("thongthin.commands.new_study", name, *kinds)


def describe_coding(files: list[str], study: str | None, drafts: str | None) -> int:
    if not files and not study:
        raise Stop(
            "Name a file or a folder, or a study: describe-coding project.qdpx, describe-coding --study chiang-rai",
            "ระบุไฟล์ โฟลเดอร์ หรือการศึกษา เช่น describe-coding project.qdpx หรือ describe-coding --study chiang-rai",
        )
    words = ["--study", *named_studies([study])] if study else []
    return describe("thongthin.commands.describe_coding", files, words, drafts)


def describe_survey(files: list[str], waves: bool, form: str | None, sheet: str | None, drafts: str | None) -> int:
    words = [*(["--waves"] if waves else []), *(["--form", os.path.abspath(form)] if form else [])]
    words += [f"--sheet={sheet}"] if sheet else []
    return describe("thongthin.commands.describe_survey", files, words, drafts)


def import_references(words: list[str], write: bool, pair: list[str]) -> int:
    study = words[-1] if len(words) > 1 and not Path(words[-1]).suffix and not Path(words[-1]).is_file() else None
    options = ["--study", *named_studies([study])] if study else []
    if write and not study:
        raise Stop(
            "Name the study whose references.yml is written: import-references works.bib chiang-rai --write",
            "ระบุการศึกษาที่จะเขียน references.yml เช่น import-references works.bib chiang-rai --write",
        )
    options += [*(["--write"] if write else []), *(f"--pair={one}" for one in pair)]
    ENVIRONMENT.ready()
    files = words[:-1] if study else words
    return run("thongthin.commands.import_references", *map(os.path.abspath, files), *options)


def pseudonymise(study: str, key: "str | None") -> int:
    """The copy of a study in which what people decided to replace is replaced; the key goes outside the project."""
    (name,) = named_studies([study])
    folder = key or str(ROOT.parent / f"{ROOT.name}-keys")
    ENVIRONMENT.ready()
    return run("thongthin.commands.pseudonymise", name, "--key", os.path.abspath(folder))


def withdraw(study: str, participants: list[str]) -> int:
    """Leave participants out of everything, and take away what was made with them."""
    with alone(ROOT):
        ENVIRONMENT.set_up()
        return run("thongthin.commands.withdraw", *named_studies([study]), *participants)


def publish(study: str) -> int:
    """What may be published of a study, in results/STUDY/public/."""
    with alone(ROOT):
        ENVIRONMENT.set_up()
        return run("thongthin.flow.publishing", *named_studies([study]), apart=True)


def check_references(files: list[str]) -> int:
    ENVIRONMENT.ready()
    return run("thongthin.commands.check_references", *map(os.path.abspath, files))


def describe(module: str, files: list[str], words: list[str], drafts: str | None) -> int:
    """Tell what files hold; they may stand anywhere, while programs run in the project folder."""
    if drafts is not None:
        words = [*words, "--drafts", *([os.path.abspath(drafts)] if drafts else [])]
    ENVIRONMENT.ready()
    return run(module, *map(os.path.abspath, files), *words)


def clean(studies: list[str]) -> int:
    names = [Path(word).name for word in studies]
    named_studies([name for name in names if name not in made_of(ROOT)])  # one that is gone may have left results
    with alone(ROOT):
        remove_made(ROOT, names)
    return 0


def setup(quarto: bool) -> int:
    with alone(ROOT):
        ENVIRONMENT.set_up()
        if quarto:
            ENVIRONMENT.add_quarto()
    say("The environment is ready.  สภาพแวดล้อมพร้อมใช้งาน")
    return 0


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Stop(f"{message}. See: paper.py --help", "คำสั่งไม่ถูกต้อง โปรดดู: paper.py --help")


# The function of each command; what it takes stands in `OPTIONS`.
COMMANDS: dict[str, Callable[..., int]] = {
    "build": build,
    "check": check,
    "preview": preview,
    "new-study": new_study,
    "describe-coding": describe_coding,
    "describe-survey": describe_survey,
    "import-references": import_references,
    **{name: partial(function, LAUNCHER) for name, function in REVIEWING.items()},
    "pseudonymise": pseudonymise,
    "withdraw": withdraw,
    "publish": publish,
    "check-references": check_references,
    "clean": clean,
    "setup": setup,
    "test": test,
}


def obey(words: list[str]) -> int:
    """Carry out a command line and return the exit code; raises Stop where it cannot."""
    if not words or (words[0] != "test" and {"-h", "--help"} & set(words)):
        say(HELP)
        return 0
    if "--quiet-data" in words[1:]:  # with every command, for all programs that it starts
        os.environ["THONGTHIN_QUIET_DATA"] = "1"
        words = [word for word in words if word != "--quiet-data"]
    if words[0] not in COMMANDS:
        en, th = nearest(words[0], COMMANDS)
        raise Stop(f'There is no command "{words[0]}". {en}', f'ไม่มีคำสั่ง "{words[0]}" {th}')
    function, options = COMMANDS[words[0]], OPTIONS[words[0]]
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
        en, th = system_sentence(error, ROOT)
    print(en, th, sep="\n", file=sys.stderr, flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
