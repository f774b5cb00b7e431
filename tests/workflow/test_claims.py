"""A build of the small study stops for the sentences that disturbed raw data do not bear out, and for no other."""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from project import Project
from studies import AGREE, SITES

STUDY = "small"
RAW, TABLES = f"data/raw/{STUDY}", f"results/{STUDY}/tables"
SENTENCES = {
    "highest": ("คะแนนทัศนคติสูงสุดที่พื้นที่ที่สาม", "Attitude is rated highest at the third site"),
    "service_rose": ("ความรวดเร็วดีขึ้นหลังใช้บริการดิจิทัล", "Speed rose"),
    "now_differ": ("ปัจจุบันพื้นที่ต่างกันอย่างมีนัยสำคัญ", "Now the sites differ significantly in speed"),
    "officials": ("เจ้าหน้าที่ทุกคนกล่าวถึงทัศนคติ", "All officials speak of attitude"),
    "citizens": ("ประชาชนกล่าวถึงบริการที่เร็วขึ้นมากกว่าเจ้าหน้าที่", "Citizens speak of faster service more than officials"),
    "half": ("ครึ่งหนึ่งกล่าวถึงบริการที่เร็วขึ้น", "Half speak of faster service"),
}
CLAIMS = """\
highest: largest(1, scale_statistics.attitude.single.@sites.mean) = [S03]
service_rose:
  - rises(before_after.speed.all.mean_before, before_after.speed.all.mean_after)
  - significant(before_after.speed.all.p)
now_differ: significant(site_comparison.speed.after.p)
officials: themes_by_group.official.attitude.share = 100%
citizens: themes_by_group.citizen.faster.share > themes_by_group.official.faster.share
half: themes_by_site.all.faster.share = 50%
words:
  first: names(largest(1, scale_statistics.attitude.single.@sites.mean))
"""


class Tables:
    """The result tables as they stand, for sentences that are written a second time here."""

    def __init__(self, project: Project) -> None:
        self.folder = project.root / TABLES

    def one(self, table: str, column: str, **where: str) -> float:
        frame = pd.read_csv(self.folder / f"{table}.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
        for name, wanted in where.items():
            frame = frame[frame[name] == wanted]
        (found,) = frame[column]
        return float(found or "nan")

    def false(self) -> set[str]:
        mean = [self.one("scale_statistics", "mean", construct="attitude", site_id=site) for site, *_ in SITES]
        speed = {name: self.one("before_after", name, construct="speed", site_id="all") for name in ROSE}
        faster = [self.one("themes_by_group", "share", theme_id="faster", group=g) for g in ("citizen", "official")]
        said = {
            "highest": mean[2] > max(mean[:2]),
            "service_rose": speed["mean_after"] > speed["mean_before"] and speed["p"] < 0.05,
            "now_differ": self.one("site_comparison", "p", construct="speed", wave="after") < 0.05,
            "officials": self.one("themes_by_group", "share", theme_id="attitude", group="official") == 1,
            "citizens": faster[0] > faster[1],
            "half": self.one("themes_by_site", "share", theme_id="faster", site_id="all") == 0.5,
        }
        return {claim for claim, holds in said.items() if not holds}


ROSE = ("mean_before", "mean_after", "p")


@pytest.fixture(scope="module")
def claimed(small: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = small.copy(tmp_path_factory.mktemp("claims"))
    project.write(f"report/{STUDY}/claims.yml", CLAIMS)
    for place, language in enumerate(("th", "en")):
        bound = "\n\n".join(f"[{own[place]}]{{claim={claim}}}" for claim, own in SENTENCES.items())
        asked = "{{< value words.First >}}"
        article = project.root / f"report/{STUDY}/article.{language}.qmd"
        text = article.read_text(encoding="utf-8").replace(
            "\n::: {#tbl-themes}", f"\n{bound}\n\n{asked}\n\n::: {{#tbl-themes}}"
        )
        article.write_text(text, encoding="utf-8")
    return project


def rows(project: Project, name: str) -> tuple[list[str], list[dict[str, str]]]:
    with (project.root / RAW / name).open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        return list(reader.fieldnames or []), list(reader)


def write(project: Project, name: str, header: list[str], content: list[dict[str, str]]) -> None:
    with (project.root / RAW / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(content)


def shuffle_answers(project: Project) -> None:
    """Answers of each question dealt out among respondents."""
    header, content = rows(project, "survey/responses.csv")
    for column in header[4:]:
        own = [row[column] for row in content]
        random.Random(column).shuffle(own)
        for row, answer in zip(content, own, strict=True):
            row[column] = answer
    write(project, "survey/responses.csv", header, content)


def turn_answers(project: Project) -> None:
    header, content = rows(project, "survey/responses.csv")
    for row in content:
        row.update({column: AGREE[4 - AGREE.index(row[column])] for column in header[4:]})
    write(project, "survey/responses.csv", header, content)


def exchange_sites(project: Project) -> None:
    header, content = rows(project, "survey/responses.csv")
    names = [name for _, name, *_ in SITES]
    for row in content:
        row[header[1]] = names[(names.index(row[header[1]]) + 1) % len(names)]
    write(project, "survey/responses.csv", header, content)


def drop_codes(project: Project) -> None:
    header, content = rows(project, "coding/coding.csv")
    kept = [row for row in content if not (row["code"] == "faster" and row["participant"] == "P06")]
    write(project, "coding/coding.csv", header, kept)


def turn_groups(project: Project) -> None:
    header, content = rows(project, "participants.csv")
    for row in content:
        row["group"] = "citizen" if row["group"] == "official" else "official"
    write(project, "participants.csv", header, content)


# One of the coding, which the survey does not see, with some of the survey.
DISTURBANCES: list[tuple[Callable[[Project], None], ...]] = [
    *((drop_codes, exchange_sites), (turn_groups, shuffle_answers, turn_answers)),
]


def told(project: Project) -> set[str]:
    """The claims that the log of the step names."""
    log = (project.root / f"logs/{STUDY}/check_claims.log").read_text(encoding="utf-8")
    return set(re.findall(r"^    (\w+) (?:does not hold any more|is neither true nor false)", log, re.MULTILINE))


def test_a_build_stops_for_what_the_data_do_not_bear_out(claimed: Project) -> None:
    target = f"results/{STUDY}/claims.json"
    claimed.build(target)
    assert Tables(claimed).false() == set()
    found = json.loads((claimed.root / target).read_text(encoding="utf-8"))
    assert {own["claim"] for own in found} == {*SENTENCES}
    broken: set[str] = set()
    for disturb in DISTURBANCES:
        raw = {path: path.read_bytes() for path in (claimed.root / RAW).rglob("*.csv")}
        for one in disturb:
            one(claimed)
        run = claimed.snakemake(target)
        false = Tables(claimed).false()
        assert (run.status != 0) == bool(false), disturb
        assert told(claimed) == false, disturb
        broken |= false
        for path, data in raw.items():
            path.write_bytes(data)
    assert broken == {*SENTENCES}, "each was false once"


def test_a_draft_marks_what_does_not_hold_and_has_no_manifest(claimed: Project) -> None:
    for one in DISTURBANCES[-1]:  # whose tables are known
        one(claimed)
    report = claimed.root / f"report/{STUDY}/article.en.qmd"
    text = report.read_text(encoding="utf-8")
    report.write_text(text.replace("# References", "Then n = 12 of them agreed.\n\n# References"), encoding="utf-8")
    status, output = claimed.launch("build")
    assert status != 0, "a result that is typed stops the check"
    assert "A result is typed here" in output
    status, output = claimed.launch("build", "--draft")
    assert status == 0, output[-4000:]
    assert "a draft, without a manifest" in output and "ฉบับร่าง ไม่มี manifest.csv" in output
    false = Tables(claimed).false()
    assert false and false != {*SENTENCES}
    page = (claimed.root / f"results/{STUDY}/article.en.html").read_text(encoding="utf-8")
    marked = re.findall(r"<mark[^>]*>(.*?)</mark>", page, re.DOTALL)
    assert sorted(" ".join(own.split()) for own in marked) == sorted(SENTENCES[claim][1] for claim in false)
    assert not (claimed.root / f"results/{STUDY}/manifest.csv").exists()
    assert Path(claimed.root / f"results/{STUDY}/article.th.pdf").exists()
