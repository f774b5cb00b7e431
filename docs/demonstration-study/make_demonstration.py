"""Makes what is generated in the demonstration study `data/raw/khon-kaen/`; the rest of that folder is written by hand.

1. `coding/khon-kaen.qdpx`: `passages.csv`, beside this script, holds each coded passage word for word, with the
   code that either coder gave it; its position is looked up in the transcript. The project of both coders is written
   by the project's own export, as a coding tool would exchange it (REFI-QDA).
2. `survey/responses.xlsx`: the answers are simulated by a latent-factor model (see README.md beside this script)
   for the items of `survey/items.csv` and the answer scales of `study.yml`, and stored as Google Forms exports them.

Fails if a passage does not stand exactly once in its transcript. The same input gives the same bytes: the only source
of randomness is `random.Random(SEED).random()`, whose sequence Python guarantees, and the dates in the workbook are
fixed. Run it from the project folder with `python docs/demonstration-study/make_demonstration.py`.
"""

from __future__ import annotations

import csv
import io
import random
import re
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from statistics import NormalDist

import yaml
from docx import Document
from openpyxl import Workbook
from openpyxl.styles import Font

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
STUDY = ROOT / "data" / "raw" / "khon-kaen"

CODERS = ("SK", "PW")

SEED = 2566
SURVEY_FROM, SURVEY_TO = date(2023, 4, 24), date(2023, 5, 28)
RESPONDENTS = {
    ("S01", "official"): 20,
    ("S01", "citizen"): 44,
    ("S02", "official"): 14,
    ("S02", "citizen"): 42,
    ("S03", "official"): 10,
    ("S03", "citizen"): 40,
}

# Latent means on the 1-to-5 scale: what the interviews tell of the three sites.
SITE_MEANS = {
    "attitude": {"S01": 4.1, "S02": 3.5, "S03": 3.8},
    "budget": {"S01": 3.8, "S02": 3.3, "S03": 2.4},
    "infrastructure": {"S01": 4.0, "S02": 3.5, "S03": 2.5},
    "skills": {"S01": 4.1, "S02": 3.5, "S03": 3.0},
    "communication": {"S01": 4.1, "S02": 2.9, "S03": 3.4},
}
OFFICIALS_SEE_MORE = {"attitude": 0.3, "budget": -0.2, "infrastructure": -0.1, "skills": 0.2, "communication": 0.3}
HALO_SD, FACTOR_SD, ITEM_SD, REVERSED_ITEM_SD = 0.30, 0.50, 0.48, 0.65

# Success depends on three factors; attitude and budget have no weight of their own.
SUCCESS_CENTRE = 3.5
SUCCESS_WEIGHTS = {"infrastructure": 0.28, "skills": 0.40, "communication": 0.35}
SUCCESS_SD = 0.35

SERVICE_SD, SERVICE_ITEM_SD = 0.55, 0.45
SERVICE_BEFORE = {"speed": 2.5, "steps": 2.6, "complete": 2.8}
SERVICE_GAIN = {
    "speed": {"S01": 1.5, "S02": 0.8, "S03": 0.8},
    "steps": {"S01": 1.1, "S02": 0.3, "S03": 0.5},
    "complete": {"S01": 0.5, "S02": 0.0, "S03": 0.2},
}

MISSING_SHARE = 0.008
OFTEN_MISSING = {"education": 0.03}

BACKGROUND: dict[str, dict[str, dict[str, float]]] = {
    "sex": {
        "official": {"ชาย": 0.45, "หญิง": 0.53, "ไม่ประสงค์ระบุ": 0.02},
        "citizen": {"ชาย": 0.42, "หญิง": 0.55, "ไม่ประสงค์ระบุ": 0.03},
    },
    "age_band": {
        "official": {"18–29 ปี": 0.20, "30–39 ปี": 0.35, "40–49 ปี": 0.28, "50–59 ปี": 0.17},
        "citizen": {"18–29 ปี": 0.17, "30–39 ปี": 0.23, "40–49 ปี": 0.24, "50–59 ปี": 0.20, "60 ปีขึ้นไป": 0.16},
    },
    "education": {
        "official": {"มัธยมศึกษาหรือ ปวช.": 0.06, "อนุปริญญาหรือ ปวส.": 0.22, "ปริญญาตรี": 0.56, "สูงกว่าปริญญาตรี": 0.16},
        "citizen": {
            "ประถมศึกษา": 0.22,
            "มัธยมศึกษาหรือ ปวช.": 0.34,
            "อนุปริญญาหรือ ปวส.": 0.16,
            "ปริญญาตรี": 0.24,
            "สูงกว่าปริญญาตรี": 0.04,
        },
    },
    "frequency": {
        "official": {"ทุกสัปดาห์": 0.70, "ทุกเดือน": 0.25, "ปีละ 2–6 ครั้ง": 0.05},
        "citizen": {"ทุกสัปดาห์": 0.08, "ทุกเดือน": 0.34, "ปีละ 2–6 ครั้ง": 0.38, "ปีละครั้ง": 0.20},
    },
}

Row = dict[str, str]


def read_csv(path: Path) -> list[Row]:
    """The rows of a CSV file in UTF-8, by header."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def transcript(participant: str) -> str:
    """The text of an interview, as the coders' positions count it: code points, without the line ends at the end."""
    path = next((STUDY / "interviews").glob(f"{participant}.*"))
    if path.suffix == ".docx":
        return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
    return path.read_text(encoding="utf-8").rstrip("\n")


def segments(coder: str, passages: list[Row]) -> list[tuple[str, int, int, str, str, str]]:
    """Participant, start, end, code, coder and text of what one coder marked, in the order of the interviews.

    Raises:
        ValueError: a passage that does not stand exactly once in its transcript.
    """
    found = []
    for passage in passages:
        participant, text = passage["participant"], passage["text"]
        places = [match.start() for match in re.finditer(re.escape(text), transcript(participant))]
        if len(places) != 1:
            raise ValueError(f"{participant}: stands {len(places)} times in the transcript, not once: {text!r}")
        if passage[coder]:
            found.append((participant, places[0], places[0] + len(text), passage[coder], coder, text))
    return sorted(found)


def project() -> bytes:
    """The coding of both coders as a project in the exchange format of coding tools."""
    import pandas as pd

    from thongthin.present.exports.refi import project_qdpx

    study = yaml.safe_load((STUDY / "study.yml").read_text(encoding="utf-8"))
    passages = read_csv(HERE / "passages.csv")
    rows = sorted(segment for coder in CODERS for segment in segments(coder, passages))
    codings = pd.DataFrame(rows, columns=["participant_id", "start", "end", "code_id", "coder", "text"])
    codings["segment_id"] = [f"s{number:03d}" for number in range(1, len(rows) + 1)]
    tables = {name: pd.DataFrame(read_csv(STUDY / f"{name}.csv")) for name in ("sites", "participants")}
    texts = {participant: transcript(participant) for participant in tables["participants"]["participant_id"]}
    return project_qdpx(
        study=STUDY.name,
        title=study["title"]["th"],
        language="th",
        created=study["date"],
        **tables,
        transcripts=pd.DataFrame(texts.items(), columns=["participant_id", "text"]),
        codes=pd.DataFrame(read_csv(STUDY / "codebook.csv")).assign(position=lambda frame: range(1, len(frame) + 1)),
        codings=codings,
    )


class Simulation:
    """Answers of simulated respondents: latent factors with normal noise, rounded to the five points of the scale."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def normal(self, mean: float, sd: float) -> float:
        return NormalDist(mean, sd).inv_cdf(self._random.random())

    def choose(self, shares: dict[str, float]) -> str:
        left = self._random.random() * sum(shares.values())
        for option, share in shares.items():
            left -= share
            if left < 0:
                return option
        return option

    def chance(self, share: float) -> bool:
        return self._random.random() < share

    def times(self, n: int) -> list[datetime]:
        """Times of submission, in order: by day (fewer on weekends), between 7:30 and 21:30."""
        days = [SURVEY_FROM + timedelta(d) for d in range((SURVEY_TO - SURVEY_FROM).days + 1)]
        weights = {day.isoformat(): 0.4 if day.weekday() >= 5 else 1.0 for day in days}
        opening = timedelta(hours=7, minutes=30)
        times = []
        for _ in range(n):
            day = date.fromisoformat(self.choose(weights))
            within = timedelta(milliseconds=int(self._random.random() * 14 * 3600 * 1000))
            times.append(datetime.combine(day, time()) + opening + within)
        return sorted(times)

    def respondent(self, site: str, group: str, items: list[Row]) -> dict[str, int | str | None]:
        """The answers of one person by item; None where the question was left out."""
        halo = self.normal(0, HALO_SD)
        latent = {
            factor: means[site]
            + (OFFICIALS_SEE_MORE[factor] if group == "official" else 0)
            + halo
            + self.normal(0, FACTOR_SD)
            for factor, means in SITE_MEANS.items()
        }
        latent["success"] = (
            SUCCESS_CENTRE
            + sum(weight * (latent[factor] - SUCCESS_CENTRE) for factor, weight in SUCCESS_WEIGHTS.items())
            + self.normal(0, SUCCESS_SD)
        )
        service = self.normal(0, SERVICE_SD)
        answers: dict[str, int | str | None] = {}
        for item in items:
            name, pair = item["item_id"], item["pair"]
            answer: int | str
            if item["scale"] == "category":
                answer = self.choose(BACKGROUND[name][group])
            elif pair:
                gain = SERVICE_GAIN[pair][site] if item["wave"] == "after" else 0
                answer = point(self.normal(SERVICE_BEFORE[pair] + gain + service, SERVICE_ITEM_SD))
            elif item["reversed"] == "yes":
                answer = 6 - point(self.normal(latent[item["construct"]], REVERSED_ITEM_SD))
            else:
                answer = point(self.normal(latent[item["construct"]], ITEM_SD))
            answers[name] = None if self.chance(OFTEN_MISSING.get(name, MISSING_SHARE)) else answer
        return answers


def point(latent: float) -> int:
    """The point of a five-point scale that is nearest to a latent value."""
    return min(5, max(1, round(latent)))


def responses() -> bytes:
    """The survey as the workbook that Google Forms exports: one sheet, question texts as headers, answers in words."""
    study = yaml.safe_load((STUDY / "study.yml").read_text(encoding="utf-8"))
    survey = study["survey"]
    site_names = {row["site_id"]: row["name_th"] for row in read_csv(STUDY / "sites.csv")}
    group_names = {group["id"]: group["label"]["th"] for group in study["groups"]}
    words = {
        scale: {answer["value"]: answer["th"] for answer in definition["answers"]}
        for scale, definition in survey["scales"].items()
    }
    items = read_csv(STUDY / "survey" / "items.csv")

    simulation = Simulation(SEED)
    people = [
        (site, group, simulation.respondent(site, group, items))
        for (site, group), n in RESPONDENTS.items()
        for _ in range(n)
    ]
    arrival = {index: simulation.normal(0, 1) for index in range(len(people))}
    times = simulation.times(len(people))

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = survey["sheet"]
    sheet.freeze_panes = "A2"
    sheet.append([survey["submitted"], survey["site"], survey["group"], *(item["column"] for item in items)])
    for submitted, index in zip(times, sorted(arrival, key=lambda i: (arrival[i], i)), strict=True):
        site, group, answers = people[index]
        cells = [words.get(item["scale"], {}).get(answers[item["item_id"]], answers[item["item_id"]]) for item in items]
        sheet.append([submitted, site_names[site], group_names[group], *cells])
    for row in sheet.iter_rows():
        for cell in row:
            cell.font = Font(name="Arial", size=10)
        if row[0].row != 1:
            row[0].number_format = "d/m/yyyy, h:mm:ss"
    for column in sheet.iter_cols(max_row=1):
        sheet.column_dimensions[column[0].column_letter].width = 18.88
    return saved(book, times[-1])


def saved(book: Workbook, at: datetime) -> bytes:
    """The workbook as bytes that depend on its content only: `at` stands for every time of writing."""
    book.properties.creator = "Demonstration study"
    book.properties.created = at.replace(microsecond=0)
    written, fixed = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":  # openpyxl puts the clock there when it saves
                stamp = f"{at:%Y-%m-%dT%H:%M:%SZ}".encode()
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, data)
            member = zipfile.ZipInfo(name, at.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0  # otherwise the operating system is noted
            target.writestr(member, data)
    return fixed.getvalue()


def outputs() -> dict[Path, bytes]:
    """Every generated file of the study with its content. Raises ValueError for a passage that is not found."""
    return {STUDY / "coding" / "khon-kaen.qdpx": project(), STUDY / "survey" / "responses.xlsx": responses()}


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "workflow"))
    from thongthin.basics.files import write_bytes

    for path, content in outputs().items():
        write_bytes(path, content)
        print(path.relative_to(ROOT))
