"""The progress of a build on a cluster: a line for each study, and of a failure the step that failed."""

from __future__ import annotations

import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from snakemake_interface_logger_plugins.common import LogEvent

from snakemake_logger_plugin_thongthin import LogHandler


@pytest.fixture
def handler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LogHandler:
    """The handler of a run in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    handler = object.__new__(LogHandler)
    handler.common_settings = SimpleNamespace(dryrun=False)  # type: ignore[assignment]
    handler.__post_init__()
    return handler


def send(handler: LogHandler) -> None:
    """Tell that a study of three steps was sent."""
    jobs = [SimpleNamespace(jobid=number) for number in (1, 2, 3)]
    tell(handler, LogEvent.RUN_INFO, stats={"all": 1, "read": 3, "total": 4})
    tell(handler, LogEvent.GROUP_INFO, group_id="loei", jobs=jobs, created=time.time())
    for job in jobs:
        tell(
            handler,
            LogEvent.JOB_INFO,
            jobid=job.jobid,
            rule_name=f"step_{job.jobid}",
            wildcards={"study": "loei"},
            output=[f"{job.jobid}.csv"],
            indent=True,
        )


def tell(handler: LogHandler, event: LogEvent, **fields: Any) -> None:
    handler.tell(SimpleNamespace(getMessage=lambda: "", levelno=20, **fields), event)


def test_a_study_is_told_of_when_it_is_sent_and_when_all_of_it_is_done(
    handler: LogHandler, capsys: pytest.CaptureFixture[str]
) -> None:
    send(handler)
    assert capsys.readouterr().out == "loei  3 steps sent to the cluster  ส่ง 3 ขั้นตอนไปทำบนคลัสเตอร์\n"
    for job in (1, 2):
        Path(f"{job}.csv").write_text("a\n", encoding="utf-8")
        tell(handler, LogEvent.JOB_FINISHED, job_id=job)
    assert capsys.readouterr().out == ""
    tell(handler, LogEvent.JOB_FINISHED, job_id=3)
    done, all_done = capsys.readouterr().out.splitlines()
    assert done.startswith("[3/3] loei")
    assert done.endswith("done on the cluster  ทำบนคลัสเตอร์เสร็จแล้ว")
    assert all_done.startswith("3 steps done.")
    assert Path("logs/loei/made.csv").read_text(encoding="utf-8").count("\n") == 3, "and kept in the journal"


def test_of_a_study_that_failed_the_log_of_the_step_that_failed_is_shown(
    handler: LogHandler, capsys: pytest.CaptureFixture[str]
) -> None:
    send(handler)
    Path("1.csv").touch()
    for number, text in ((1, "it went well"), (2, "too many cooks"), (3, "")):  # the third never began
        Path(f"{number}.log").write_text(text, encoding="utf-8")
    failed = [
        {"rule_name": f"step_{number}", "output": [f"{number}.csv"], "log": [f"{number}.log"]} for number in (1, 2, 3)
    ]
    tell(handler, LogEvent.GROUP_ERROR, groupid="loei", job_error_info=failed, aux_logs=["none.log"])
    output = capsys.readouterr().out
    assert "This study failed on the cluster / การศึกษานี้ทำบนคลัสเตอร์ไม่สำเร็จ: loei" in output
    assert "step_2  (2.log)\n\ntoo many cooks\n" in output
    assert "step_1" not in output
    assert "step_3" not in output
    tell(handler, LogEvent.JOB_ERROR, rule_name="step_1", log=["1.log"], indent=True)
    assert capsys.readouterr().out == ""


def test_where_no_step_left_a_word_the_log_of_the_cluster_is_shown(
    handler: LogHandler, capsys: pytest.CaptureFixture[str]
) -> None:
    send(handler)
    Path("slurm.log").write_text("\n".join(["early", *["later"] * 18, "slurmstepd: oom_kill event"]), encoding="utf-8")
    failed = [{"rule_name": "step_1", "output": ["1.csv"], "log": ["1.log"]}]
    tell(handler, LogEvent.GROUP_ERROR, groupid="loei", job_error_info=failed, aux_logs=["slurm.log"])
    assert "oom_kill" in capsys.readouterr().out
