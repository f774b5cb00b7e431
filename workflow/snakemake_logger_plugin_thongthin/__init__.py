"""The progress of a build, one line a step: a logger plugin, which Snakemake finds on PYTHONPATH by this name.

`snakemake --logger thongthin` (the launcher's way) prints each step that computes: its number, rule, study, the seconds
since the first step, and what the rule's docstring says of it. When nothing was printed for a while, it tells which
step runs longest, and about how long the rest will take. Steps whose answers are known (`flow.kept`) are counted at the
end. With THONGTHIN_EXPLAIN set, it says of each step why it runs. Of a step that fails it prints what stands in the
step's log. On a cluster, where all steps of a study are one job, a line tells of each study when it is sent and when it
is done. What the steps have made is kept, with size and hash, in `logs/<study>/made.csv`; the launcher removes that
file when the build is complete, and can so tell what a build that was cut short has made from what people changed by
hand.

A failure in here never stops a build: a fault of the machine is told once, any other is reported by the logging module.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import os
import re
import shutil
import sys
import threading
import time
from logging import WARNING, LogRecord
from pathlib import Path
from typing import Any

from snakemake_interface_logger_plugins.base import LogHandlerBase
from snakemake_interface_logger_plugins.common import LogEvent

from thongthin.basics.machine import machine_fault
from thongthin.flow.kept import COMPUTES, WHY
from thongthin.flow.progress import Progress, known_times
from thongthin.flow.reasons import changes_in_words, reason_in_words

RULES = Path(__file__).parents[1] / "rules"

# Seconds after which a build that prints nothing tells where it stands.
QUIET_ON_SCREEN, QUIET = 5, 30

# Snakemake ends with these whenever a step failed or somebody pressed Ctrl-C; both have been told by then.
REPEATED = re.compile("Exiting because a job|At least one job did not complete|Cancelling snakemake on user request")


class LogHandler(LogHandlerBase):
    """Prints the events of one run of Snakemake; see the module."""

    writes_to_stream = True
    writes_to_file = False
    has_filter = True
    has_formatter = True
    needs_rulegraph = False

    def __post_init__(self) -> None:
        self.descriptions = rule_descriptions(RULES)
        self.explains = bool(os.environ.get("THONGTHIN_EXPLAIN"))
        self.progress = Progress({}, {}, 1)
        self.widest = 0
        self.cores = 1
        self.jobs: dict[int, Any] = {}  # by job id: the record of its beginning
        self.quiet = QUIET_ON_SCREEN if sys.stdout.isatty() else QUIET
        self.said = threading.Event()  # since the last look, something was printed
        self.sent: dict[str, set[int]] = {}  # study on a cluster -> ids of the jobs that are not done there
        self.sent_at = 0.0
        self.failed_commands: list[str] = []
        self.faults: set[str] = set()  # of the machine, that were told

    def emit(self, record: LogRecord) -> None:
        try:
            self.tell(record, getattr(record, "event", None))
        except Exception as error:
            told = machine_fault(error)
            if told is None:
                self.handleError(record)
            elif told not in self.faults:  # a disk that is full is so at each step
                self.faults.add(told)
                with contextlib.suppress(OSError):
                    say(told)

    def tell(self, record: Any, event: LogEvent | None) -> None:
        """Print what an event means to a person, if anything. The record carries the fields of its event."""
        text = record.getMessage()
        if event == LogEvent.RESOURCES_INFO:
            self.cores = int(getattr(record, "cores", None) or self.cores)
        elif event == LogEvent.RUN_INFO:
            counts = {rule: count for rule, count in record.stats.items() if rule not in ("all", "total")}
            self.progress, self.widest = Progress(counts, known_times(), self.cores), max(map(len, counts), default=0)
            threading.Thread(target=self.keep_telling, daemon=True).start()
        elif event == LogEvent.JOB_INFO and record.output:
            self.jobs[record.jobid] = record
            self.progress.begin()
            if self.common_settings.dryrun:
                self.announce(record, reason_in_words(record.reason))
        elif (job := getattr(record, COMPUTES, None)) in self.jobs:
            self.progress.compute(job, name_of(self.jobs[job]))
            self.announce(self.jobs[job], changes_in_words(getattr(record, WHY)))
        elif event == LogEvent.GROUP_INFO:
            self.announce_group(record)
        elif event == LogEvent.JOB_FINISHED and record.job_id in self.jobs:
            self.finish(record.job_id)
        elif event == LogEvent.GROUP_ERROR:
            self.tell_of_group(record)
        elif event == LogEvent.JOB_ERROR and not record.indent:  # of those of a group, what failed is told with it
            logs = [Path(log).read_text(encoding="utf-8", errors="replace") for log in record.log if Path(log).exists()]
            say(f"\nThis step failed / ขั้นตอนนี้ไม่สำเร็จ: {record.rule_name}  ({', '.join(record.log)})\n")
            say("\n".join(logs).strip() or "\n".join(self.failed_commands))
            self.failed_commands.clear()
        elif event == LogEvent.ERROR and re.search("returned non-zero exit status|died with", text):
            self.failed_commands.append(text)  # tells nothing, unless the step has left its log empty
        elif event is None and text.startswith("Nothing to be done"):
            say("Nothing to do: everything is up to date.  ไม่มีสิ่งที่ต้องทำ ทุกอย่างเป็นปัจจุบันแล้ว")
        elif record.levelno >= WARNING and event in (None, LogEvent.ERROR) and not REPEATED.search(text):
            say(machine_fault(RuntimeError(text)) or text)

    def finish(self, job: int) -> None:
        """Account for a step that is done, and tell of the study that it completes."""
        keep_in_journal(self.jobs[job])
        self.progress.end(job, self.jobs[job].rule_name)
        for study, waiting in self.sent.items():
            if job in waiting:
                waiting.discard(job)
                if not waiting:
                    done = f"[{self.progress.ended}/{self.progress.steps}] {study}  {time.time() - self.sent_at:5.0f} s"
                    say(f"{done}  done on the cluster  ทำบนคลัสเตอร์เสร็จแล้ว")
        if self.progress.ended == self.progress.steps:
            self.conclude()

    def announce_group(self, group: Any) -> None:
        """One line for a study whose steps are sent to a cluster as one job."""
        self.sent_at = self.sent_at or group.created
        self.sent[group.group_id] = {job.jobid for job in group.jobs}
        say(f"{group.group_id}  {len(group.jobs)} steps sent to the cluster  ส่ง {len(group.jobs)} ขั้นตอนไปทำบนคลัสเตอร์")

    def tell_of_group(self, group: Any) -> None:
        """Tell which step of a study failed on the cluster: it has a log of this run, and not all of its output."""
        say(f"\nThis study failed on the cluster / การศึกษานี้ทำบนคลัสเตอร์ไม่สำเร็จ: {group.groupid}\n")
        told = False
        for job in group.job_error_info:
            done = all(Path(name).exists() for name in job["output"])
            for log in [] if done else [Path(name) for name in job["log"] if Path(name).is_file()]:
                if log.stat().st_mtime >= self.sent_at and (text := log.read_text(encoding="utf-8", errors="replace")):
                    say(f"{job['rule_name']}  ({log.as_posix()})\n\n{text.strip()}\n")
                    told = True
        for log in [] if told else [Path(name) for name in group.aux_logs if name and Path(name).is_file()]:
            say(f"({log})\n\n" + "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-20:]))

    def announce(self, job: Any, why: str) -> None:
        """One line for a step that computes (or, in a dry run, that would begin), and why, where that was asked for."""
        digits = len(str(self.progress.steps))
        line = f"[{self.progress.begun:{digits}}/{self.progress.steps}] {job.rule_name:{self.widest}}"
        line += f"  {job.wildcards.get('study', '')}"
        if not self.common_settings.dryrun:
            line += f"  {self.progress.seconds:5.1f} s"
        line += f"  {self.descriptions.get(job.rule_name, '')}"
        self.said.set()
        say(line[: shutil.get_terminal_size().columns - 1 if sys.stdout.isatty() else 160])
        if self.explains or self.common_settings.dryrun:
            say("".join(f"      {reason}\n" for reason in why.splitlines()))

    def keep_telling(self) -> None:
        """Now and then, when nothing else was printed, tell where the build stands."""
        progress = self.progress
        while progress.ended < progress.steps:
            if not self.said.wait(self.quiet) and progress.begun:
                say(progress.line())
            self.said.clear()

    def conclude(self) -> None:
        """Tell how many steps there were, and how many of them came out as before without computing."""
        steps, computed = self.progress.steps, self.progress.computed
        self.said.set()
        if self.common_settings.dryrun or self.sent or computed == steps:  # what computed on a cluster is told there
            say(f"{steps} steps done.  เสร็จ {steps} ขั้นตอน")
        else:
            kept = steps - computed
            say(f"{steps} steps done, {kept} of them as before.  เสร็จ {steps} ขั้นตอน ในจำนวนนี้ {kept} ขั้นตอนได้ผลเดิม")


def name_of(job: Any) -> str:
    """A step as people tell it from others: its rule, and which of several."""
    which = [str(value) for name, value in job.wildcards.items() if name != "study"]
    return " ".join([job.rule_name, *which])


def say(text: str) -> None:
    print(text.rstrip(), flush=True)


def rule_descriptions(folder: Path) -> dict[str, str]:
    """Rule -> first line of its docstring, without brackets that hold a {placeholder} and without the full stop."""
    rule = re.compile(r'^(?:rule|checkpoint) (\w+):\n\s+"""(.+?)(?:"""|\n)', re.MULTILINE)
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.smk")))
    found = (match.groups() for text in texts for match in rule.finditer(text))
    return {name: re.sub(r"\s*\([^()]*\{[^()]*\)", "", line).rstrip(". ") for name, line in found}


def keep_in_journal(job: Any) -> None:
    """Add the files that a finished step has made to the journal of its study: path, bytes, sha256."""
    study = job.wildcards.get("study")
    files = [Path(name) for name in job.output if Path(name).is_file()]
    if not study or not files:
        return
    journal = Path("logs") / study / "made.csv"
    journal.parent.mkdir(parents=True, exist_ok=True)
    with journal.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        if stream.tell() == 0:
            writer.writerow(["path", "bytes", "sha256"])
        for file in files:
            data = file.read_bytes()
            writer.writerow([file.as_posix(), len(data), hashlib.sha256(data).hexdigest()])
