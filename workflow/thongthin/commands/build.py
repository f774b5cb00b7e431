"""The command `build`, inside the environment: studies are built with Snakemake, and account is kept of what was made.

Snakemake looks at times only, and does not miss a file that nothing is built from. So what builds make is held against
its size and hash before the next one, and what a build no longer makes is removed after it. Snakemake runs in this very
process: whoever ends the process ends the build.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from thongthin.basics.console import run_command
from thongthin.basics.problems import Problems
from thongthin.basics.yaml_source import load_yaml
from thongthin.commands import ahead
from thongthin.commands.lean_snakemake import import_snakemake
from thongthin.commands.setup import CLOSED, GENERATED, Stop, say
from thongthin.commands.unchanged import is_unchanged, of_publication, remember, sources

# The profile whose jobs outlive a build that was killed.
SLURM = "slurm"


@dataclass(frozen=True)
class Ways:
    """How studies are built.

    Attributes:
        cores: at most so many; None: all.
        dry_run: only tell what would be done.
        explain: tell of each step why it runs.
        draft: render documents though sentences of theirs do not hold: these are marked, and no manifest is made.
        fresh: compute every step, whether its answer is known or not (`flow.kept`).
        blind: make copies for reviewers, without the names of the authors.
        cold: each step starts Python anew (`flow.warm`).
        profile: name of a folder in profiles/ that takes the place of profiles/default.
    """

    cores: int | None = None
    dry_run: bool = False
    explain: bool = False
    draft: bool = False
    fresh: bool = False
    blind: bool = False
    cold: bool = False
    profile: str | None = None


def snakemake_words(studies: list[str], ways: Ways, only: Iterable[str] = ("all",)) -> list[str]:
    """The words that Snakemake is started with.

    Args:
        studies: those that were asked for; the others are not looked at: what is wrong with them stops nothing.
        only: what is built, and nothing that it does not take.
    """
    settings = [f"studies=[{','.join(studies)}]"] if studies else []
    settings += ["blind=true"] if ways.blind else []
    settings += ["cold=true"] if ways.cold else []
    settings += ["draft=true"] if ways.draft else []
    options = ["--config", *settings] if settings else []
    options += ["--cores", str(ways.cores)] if ways.cores else []
    options += ["--dry-run"] if ways.dry_run else []
    options += ["--forceall"] if ways.fresh else []
    options += ["--workflow-profile", f"profiles/{ways.profile}"] if ways.profile else []
    # The lock of the launcher does what Snakemake's own does, and needs no unlocking after a kill.
    return ["--nolock", "--logger", "thongthin", *options, "--", *only]


def run_snakemake(words: list[str], check: ahead.Check) -> int:
    """Run Snakemake and return its exit code; a text that it ends with is printed by Python, as its own would be.

    Args:
        check: of the studies, which goes on while Snakemake starts; if anything is wrong with them, that is all.
    """
    snakemake = import_snakemake(words)
    os.environ["THONGTHIN_TOLD"] = "1"
    try:
        snakemake(words)
    except SystemExit as end:
        if end.code is not None and not isinstance(end.code, int):
            raise
        return end.code or check.ended()
    return check.ended()


def configured_studies(root: Path) -> list[str]:
    """The entry `studies` of config/config.yml; none where it can't be read: the plan of a build tells of that."""
    data, _ = load_yaml(root / "config" / "config.yml", Problems())
    listed = data.get("studies") if isinstance(data, dict) else None
    return [str(name) for name in listed] if isinstance(listed, list) else []


def need_writing(root: Path, studies: Iterable[str]) -> None:
    """Stop if a folder in which a build writes can't be written to; it is named."""
    for folder in GENERATED:
        for path in (root / folder, *(root / folder / study for study in studies)):
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


def need_no_jobs(root: Path) -> None:
    """Stop if jobs that a build in this folder has sent to SLURM are still there: two would write the same files.

    A build cancels its jobs or waits for them, unless it was killed.
    """
    try:
        command = ["squeue", "--me", "--noheader", "--format=%i|%Z"]
        listed = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False).stdout
    except OSError:  # no SLURM: of that, Snakemake tells
        return
    rows = (line.partition("|") for line in listed.splitlines())
    found = sorted(job.strip() for job, _, folder in rows if folder.strip() == str(root))
    if found:
        named, words = ", ".join(found), " ".join(found)
        raise Stop(
            f"Jobs of an earlier build are still at work in this folder: {named}. Wait for them, or end them:"
            f" scancel {words}",
            f"งานของการสร้างครั้งก่อนยังทำอยู่ในโฟลเดอร์นี้: {named} โปรดรอให้เสร็จ หรือยกเลิกด้วยคำสั่ง scancel {words}",
        )


# --- what was made --------------------------------------------------------------------------------------------------


def journal(root: Path, study: str) -> Path:
    """What the steps of a build that is not complete have made; the progress logger keeps it."""
    return root / "logs" / study / "made.csv"


def made_files(root: Path, study: str) -> dict[str, tuple[int, str]]:
    """Path -> (bytes, sha256) of what the last builds of the study made.

    The manifest is written when a build is complete. What a build made that was not completed stands in the journal
    that the progress logger keeps, and is newer.
    """
    made = {}
    manifest = root / "results" / study / "manifest.csv"
    complete = manifest.stat().st_mtime_ns if manifest.is_file() else 0
    for source in (manifest, journal(root, study)):
        if source.is_file() and source.stat().st_mtime_ns >= complete:
            with open(source, encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    with contextlib.suppress(KeyError, TypeError, ValueError):  # a last line cut off by a kill
                        made[row["path"]] = (int(row["bytes"]), row["sha256"])
    # What `publish` makes has a manifest of its own, and is made of what builds make: it is not theirs to remove.
    return {path: own for path, own in made.items() if not of_publication(path)}


def is_made(name: str, *folders: str) -> bool:
    """Whether a path of a manifest, which anybody may have written, leads into one of the folders of what is made."""
    return name.startswith(folders) and ".." not in PurePosixPath(name).parts


def folders_of(study: str) -> list[str]:
    return [f"{folder}/{study}/" for folder in GENERATED]


def restore(root: Path, study: str) -> None:
    """See to it that made files which were changed or deleted since are made anew.

    Snakemake looks only at times, and does not miss a file that nothing is built from. So a changed file is deleted,
    and the manifest with it: it needs them all.
    """
    missing, changed = [], []
    for name, (size, digest) in made_files(root, study).items():
        path = root / name
        if not is_made(name, *folders_of(study), "results/fonts/"):
            continue
        if not path.is_file():
            missing.append(name)
        elif path.stat().st_size != size or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            changed.append(name)
            path.unlink()
    for name in (*missing, *changed):
        folder = (root / name).parent
        # A step made the whole folder, and looks only whether it is there.
        if (folder / ".snakemake_timestamp").exists():
            shutil.rmtree(folder)
    if missing or changed:
        (root / "results" / study / "manifest.csv").unlink(missing_ok=True)
    if changed:
        say(
            "Changed since they were built, so built again (edits belong in data/raw/ and report/):",
            "ถูกแก้ไขหลังสร้าง จึงสร้างใหม่ (โปรดแก้ที่ data/raw/ และ report/):",
            *(f"  {name}" for name in changed),
        )


def remove_obsolete(root: Path, study: str, before: Iterable[str]) -> None:
    """Remove what earlier builds of the study made and this one did not: it would look current."""
    made = made_files(root, study)
    for name in before:
        if name not in made and is_made(name, *folders_of(study)):
            (root / name).unlink(missing_ok=True)


def summarise(root: Path, study: str) -> None:
    """Tell what stands of a study: its article and supplement, and how many other files in which folder."""
    made = made_files(root, study)
    engine = root / "results" / study / "article" / "engine.txt"
    name = engine.read_text(encoding="utf-8").strip() if engine.is_file() else "-"
    say(f"{study}  (rendered by / จัดหน้าด้วย: {name})")
    document = re.compile(rf"results/{re.escape(study)}/(?:article|supplement)\.[^/]*")
    articles = sorted(filter(document.fullmatch, made))
    others = Counter(str(PurePosixPath(path).parent) for path in made if path not in articles)
    say(*(f"  {path}  {made[path][0] / 1000:,.0f} kB" for path in articles))
    say(*(f"  {folder}/  {count} file{'s' * (count > 1)} / {count} ไฟล์" for folder, count in sorted(others.items())))
    public = root / "results" / study / "public"
    if public.is_dir() and not (public / "manifest.csv").is_file():
        say(
            f"  {public.relative_to(root).as_posix()}/ is not of this build: publish it again, or remove it.",
            f"  {public.relative_to(root).as_posix()}/ ไม่ใช่ของการสร้างครั้งนี้ ให้สั่ง publish อีกครั้ง หรือลบทิ้ง",
        )


# --- the command ----------------------------------------------------------------------------------------------------


def chosen_studies(root: Path, studies: list[str]) -> list[str]:
    """The studies named, or all of the configuration. Raises Stop if one is not in the configuration."""
    configured = configured_studies(root)
    for study in studies:
        if configured and study not in configured:
            raise Stop(
                f'The study "{study}" is not built yet: add it to `studies` in config/config.yml.',
                f'การศึกษา "{study}" ยังไม่อยู่ในรายการสร้าง โปรดเพิ่มชื่อใน `studies` ของ config/config.yml',
            )
    return studies or configured


def build(root: Path, studies: list[str], ways: Ways) -> int:
    """Build the studies named, or all of the configuration, and return the exit code.

    Raises:
        Stop: a study is not in the configuration, a folder can't be written to, or an earlier build is at work in it.
    """
    chosen = chosen_studies(root, studies)
    before = {study: list(made_files(root, study)) for study in chosen}
    began_with = sources(root, chosen, ways.blind)
    plain = not (ways.dry_run or ways.fresh or ways.draft)
    if plain and is_unchanged(root, chosen, ways.blind):
        say("Nothing to do: everything is up to date.  ไม่มีสิ่งที่ต้องทำ ทุกอย่างเป็นปัจจุบันแล้ว")
        for study in chosen:
            summarise(root, study)
        return 0
    warm = not (ways.dry_run or ways.cold or ways.profile)
    with ahead.begin(studies, draft=ways.draft, warm=warm) as check:
        if ways.profile == SLURM:
            need_no_jobs(root)
        if not ways.dry_run:
            need_writing(root, chosen)
            for study in chosen:
                restore(root, study)
        words = snakemake_words(studies, ways, ["draft" if ways.draft else "all"])
        code = run_snakemake(words, check)
    if code == 0 and ways.draft and not ways.dry_run:
        tell_draft(root, chosen)
    elif code == 0 and not ways.dry_run:
        for study in chosen:
            journal(root, study).unlink(missing_ok=True)
            remove_obsolete(root, study, before[study])
            summarise(root, study)
        remember(root, chosen, began_with)
    return code


def tell_draft(root: Path, studies: Iterable[str]) -> None:
    """Tell which claims do not hold in the documents of a draft, which has no manifest."""
    for study in studies:
        words = root / "results" / study / "article" / "words.json"
        claims = json.loads(words.read_text(encoding="utf-8"))["unproven"]
        listed = ", ".join(claims)
        say(f"{study}: a draft, without a manifest.  ฉบับร่าง ไม่มี manifest.csv")
        if claims:
            say(f"  marked, since they do not hold / ทำเครื่องหมายไว้เพราะไม่เป็นจริง: {listed}")


def build_only(root: Path, study: str, paths: list[str], *, draft: bool = False) -> int:
    """Build these paths of a study and what they are made from, and return the exit code.

    What else the study has made is then older than they are, as after a build that was cut short: the journal stays,
    and the next build goes on from there.

    Args:
        draft: sentences that do not hold stop nothing.

    Raises:
        Stop: a folder can't be written to.
    """
    with ahead.begin([study], draft=draft) as check:
        need_writing(root, [study])
        restore(root, study)
        return run_snakemake(snakemake_words([study], Ways(draft=draft), paths), check)


def main(words: list[str]) -> int:
    """The command, whose words the launcher has read already; `--only` is for `commands.preview`."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("studies", nargs="*")
    parser.add_argument("--cores", type=int)
    for name in ("--dry-run", "--explain", "--draft", "--fresh", "--blind", "--cold"):
        parser.add_argument(name, action="store_true")
    parser.add_argument("--profile")
    parser.add_argument("--only", nargs="+")
    given = vars(parser.parse_args(words))
    studies, only = given.pop("studies"), given.pop("only")
    ways = Ways(**given)
    if ways.explain:
        os.environ["THONGTHIN_EXPLAIN"] = "1"  # the progress logger reads it
    try:
        if only:
            return build_only(Path.cwd(), studies[0], only, draft=ways.draft)
        return build(Path.cwd(), studies, ways)
    except Stop as stop:
        print(*stop.args, sep="\n", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:  # on Windows it reaches this process, too; the launcher tells of it
        return 130


if __name__ == "__main__":
    run_command(main)
