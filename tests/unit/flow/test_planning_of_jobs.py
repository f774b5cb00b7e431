"""What a job on another machine plans: the study whose steps it runs."""

from __future__ import annotations

from thongthin.flow.planning import studies_of_job


def test_a_job_plans_the_study_of_its_steps_only() -> None:
    words = ["snakemake", "--cores", "1", "--target-jobs", "read_sites:study=khon-kaen"]
    words += [
        "draw_figure:figure=saturation,study=khon-kaen",
        "make_fonts:",
        "--allowed-rules",
        "study=loei",
        "--force",
    ]
    assert studies_of_job(words) == ["khon-kaen"]


def test_a_job_that_spans_studies_plans_them_all() -> None:
    assert studies_of_job(["--target-jobs", "a:study=loei", "a:study=khon-kaen"]) == ["khon-kaen", "loei"]


def test_who_is_not_called_for_a_job_plans_what_was_asked_for() -> None:
    assert studies_of_job(["snakemake", "--config", "studies=[khon-kaen]", "--", "all"]) == []
    assert studies_of_job(["snakemake", "--target-jobs", "make_fonts:", "--force"]) == []
