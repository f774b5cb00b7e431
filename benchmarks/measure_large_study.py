"""How long a whole study with 10 million responses takes: its check, and its build to articles and package.

Run after set-up, with nothing else on the machine:  .venv/bin/python benchmarks/measure_large_study.py
The interviews are those of the small study of the tests; the responses are those of measure_survey.py (20 sites, six
scales of five items, no question answered by category, no groups). Memory is measured as in measure_build.py.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
import time
from pathlib import Path

import measure_survey as survey
from measure_build import build
from project import Project, copy_project
from studies import ARTICLE_EN, ARTICLE_TH, STUDY, csv_text, make_study

NAME = "large"


def large_study(project: Project, rows: int, suffix: str) -> Path:
    """Write the study; returns its file of responses."""
    scales = list(survey.OF_SCALE)
    items = [
        (item, scale, f"ข้อ {item}", f"Item {item}", "points", "yes" if item in survey.REVERSED else "no")
        for scale, own in survey.OF_SCALE.items()
        for item in own
    ]
    factors = [{"id": scale, "label": {"th": f"ตัวแปร {scale}", "en": scale}} for scale in scales]
    sites = [(site, f"แห่ง {site}", f"Place {site}", "municipality") for site in survey.SITE_IDS]
    files: dict[str, str | bytes | None] = {
        "survey/responses.csv": None,
        "survey/items.csv": csv_text(["item_id", "construct", "text_th", "text_en", "scale", "reversed"], items),
        "sites.csv": csv_text(["site_id", "name_th", "name_en", "type"], sites),
    }
    for language, article in (("th", ARTICLE_TH), ("en", ARTICLE_EN)):
        # The article asks for numbers of a scale: of this survey. Both languages show the same quote.
        text = article.replace("reliability.attitude", f"reliability.{scales[0]}")
        files[f"article.{language}.qmd"] = text.replace("comparison.attitude", f"comparison.{scales[0]}").replace(
            "quote q_fast", "quote q_open"
        )
    folder = make_study(
        project.root,
        name=NAME,
        study={
            "framework": {"factors": [*STUDY["framework"]["factors"], *factors]},
            "survey": {"file": f"responses.{suffix}", "site": "site", "scales": {"points": {"min": 1, "max": 5}}},
            "model": {"outcome": scales[0], "predictors": scales[1:3]},
        },
        files=files,
        config={"studies": [NAME], "analysis": {"agreement": {"replicates": 0}}},
    )
    survey.make_responses(folder / "survey", rows)
    for path in (folder / "survey").glob("responses.*"):
        if path.suffix != f".{suffix}":
            path.unlink()
    return folder / "survey" / f"responses.{suffix}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--suffix", choices=["parquet", "csv"], default="parquet")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder))
        path = large_study(project, asked.rows, asked.suffix)
        print(f"{asked.rows:,} responses, {asked.suffix} {path.stat().st_size / 1e6:.0f} MB")
        began = time.perf_counter()
        status, output = project.launch("check", NAME)
        if status:
            sys.exit(output)
        print(f"{'check':<28}{time.perf_counter() - began:>8.1f} s")
        whole = build(project)
        print(f"{'build':<28}{whole.seconds:>8.1f} s{whole.memory / 1e6:>8.0f} MB", end="  ")
        print(f"{whole.cpu:.1f} CPU s of all processes, {whole.jobs} jobs; the longest:")
        jobs = []
        for job in (project.root / "logs").rglob("benchmarks/*.tsv"):
            with job.open(encoding="utf-8", newline="") as stream:
                jobs += [(float(row["s"]), row["max_rss"], job.stem) for row in csv.DictReader(stream, delimiter="\t")]
        for seconds, peak, name in sorted(jobs, reverse=True)[:5]:
            print(f"  {name:<26}{seconds:>8.1f} s{peak:>8} MB")


if __name__ == "__main__":
    main()
