"""The launcher's commands for who reviews a study: where a number comes from, whether and why results differ.

The launcher imports this file before there is an environment, so it takes the standard library only.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from thongthin.commands.running import Launcher
from thongthin.commands.setup import SPACE_TO_BUILD, Stop, alone, need_space, say
from thongthin.commands.verify import told
from thongthin.commands.verify import verify as check_manifests


def explain(launcher: Launcher, words: list[str], study: str | None, **flags: bool) -> int:
    options = [*(["--study", *launcher.named_studies([study])] if study else []), *flags_of(flags)]
    launcher.environment.ready()
    return launcher.run("thongthin.commands.explain", " ".join(words), *options)


def verify(launcher: Launcher, what: str | None, rebuild: bool, **flags: bool) -> int:
    if rebuild:
        made = sorted(path.parent.name for path in (launcher.root / "results").glob("*/manifest.csv"))
        study = launcher.named_studies([what])[0] if what else made[0] if len(made) == 1 else ""
        if not study:
            raise Stop(
                "Name the study to build again: verify khon-kaen --rebuild",
                "ระบุการศึกษาที่จะสร้างใหม่ เช่น verify khon-kaen --rebuild",
            )
        with alone(launcher.root):
            launcher.environment.set_up()
            need_space(launcher.root, SPACE_TO_BUILD)
            return launcher.run("thongthin.commands.verify_rebuild", study, *flags_of(flags), apart=True)
    found = check_manifests(launcher.root, what)
    here = not what or (not Path(what).is_file() and (launcher.root / "results" / Path(what).name).is_dir())
    for own in found if here else ():
        changed = since_built(launcher, own.name)
        own.sources += changed or []
        own.seen_code = changed is not None
    if flags["json"]:
        say(json.dumps([own.as_plain() for own in found], ensure_ascii=False, indent=1))
    else:
        say(*(line for own in found for line in told(own)))
    return 0 if all(own.is_whole for own in found) else 1


def diff(launcher: Launcher, before: str, after: str | None, study: str | None, html: str | None, **flags: bool) -> int:
    options = [*(["--study", study] if study else []), *(["--html", os.path.abspath(html)] if html else [])]
    launcher.environment.ready()
    named = [placed(before), *([placed(after)] if after else [])]
    return launcher.run("thongthin.commands.diff", *named, *options, *flags_of(flags))


def impact(launcher: Launcher, place: str | None, supposed: list[str], study: str | None, **flags: bool) -> int:
    if not place and not supposed:
        raise Stop(
            "Name a file of the study, or a change: impact responses.xlsx:17, impact --if 'drop P07'",
            "ระบุไฟล์ของการศึกษา หรือการเปลี่ยนแปลง เช่น impact responses.xlsx:17 หรือ impact --if 'drop P07'",
        )
    options = [
        *(["--study", *launcher.named_studies([study])] if study else []),
        *(f"--if={change}" for change in supposed),
    ]
    launcher.environment.ready()
    return launcher.run("thongthin.commands.impact", *([place] if place else []), *options, *flags_of(flags))


def package(launcher: Launcher, study: str | None, to: str | None, **flags: bool) -> int:
    built = sorted(path.parent.name for path in (launcher.root / "results").glob("*/manifest.csv"))
    if not study and len(built) != 1:
        raise Stop("Name the study: package khon-kaen", "ระบุการศึกษา เช่น package khon-kaen")
    (name,) = launcher.named_studies([study or built[0]])
    with alone(launcher.root):
        launcher.environment.set_up()
        need_space(launcher.root, SPACE_TO_BUILD)
        if not flags["open"] and (code := launcher.run("thongthin.flow.publishing", name, apart=True)):
            return code
    changed = next(own.sources for own in check_manifests(launcher.root, name)) + (since_built(launcher, name) or [])
    options = [*(["--to", os.path.abspath(to)] if to else []), *(f"--changed={own}" for own in changed)]
    return launcher.run("thongthin.commands.package", name, *options, *flags_of(flags))


def since_built(launcher: Launcher, study: str) -> list[str] | None:
    """What of code and settings has changed since a study was built; None where there is no environment to ask."""
    if not launcher.environment.stands:
        return None
    command = [str(launcher.environment.python), "-m", "thongthin.flow.since_built", study]
    done = subprocess.run(
        command, cwd=launcher.root, env=launcher.environment.variables, capture_output=True, check=False
    )
    return [str(name) for name in json.loads(done.stdout)] if done.returncode == 0 else None


def placed(word: str) -> str:
    """A file or folder by its whole path, since programs run in the project folder; other words as they are."""
    return os.path.abspath(word) if Path(word).exists() else word


def flags_of(given: dict[str, bool]) -> list[str]:
    """Options without a value as words."""
    return [f"--{flag.replace('_', '-')}" for flag, wanted in given.items() if wanted]


REVIEWING: dict[str, Callable[..., int]] = {
    "explain": explain,
    "verify": verify,
    "diff": diff,
    "package": package,
    "impact": impact,
}
