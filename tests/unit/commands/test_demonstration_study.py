"""The demonstration study: generated files are up to date, and the study is what its README says."""

from __future__ import annotations

import csv
import importlib.util
import io
import re
import zipfile
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

import numpy as np
import openpyxl
import pytest
import yaml
from pythainlp.tokenize import word_tokenize

from thongthin.interviews.agreement import krippendorff_alpha
from thongthin.survey.reliability import cronbach_alpha

ROOT = Path(__file__).resolve().parents[3]
STUDY = ROOT / "data" / "raw" / "khon-kaen"
REGISTRY = ROOT / "../shared/data/lao_registry/lao_registry.csv"

_spec = importlib.util.spec_from_file_location(
    "make_demonstration", ROOT / "docs" / "demonstration-study" / "make_demonstration.py"
)
assert _spec and _spec.loader
demonstration = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(demonstration)


def rows(name: str) -> list[dict[str, str]]:
    return demonstration.read_csv(STUDY / name)


PARTICIPANTS = {row["participant_id"]: row for row in rows("participants.csv")}
THEMES = {row["code_id"]: row["parent_id"] or row["code_id"] for row in rows("codebook.csv")}
PASSAGES = demonstration.read_csv(demonstration.HERE / "passages.csv")
CODINGS = [
    dict(zip(("participant", "start", "end", "code", "coder", "text"), segment, strict=True))
    for coder in demonstration.CODERS
    for segment in demonstration.segments(coder, PASSAGES)
]
TRANSCRIPTS = {participant: demonstration.transcript(participant) for participant in PARTICIPANTS}


def turns(participant: str) -> list[tuple[int, int]]:
    """Where the answers of a participant stand in the transcript, labels left out."""
    answers = re.finditer(r"^ผู้ให้ข้อมูล: (.*)$", TRANSCRIPTS[participant], re.MULTILINE)
    return [answer.span(1) for answer in answers]


def words(participant: str) -> list[str]:
    """What a participant says, in words; spaces and punctuation left out."""
    text = TRANSCRIPTS[participant]
    tokens = [token for start, end in turns(participant) for token in word_tokenize(text[start:end], engine="newmm")]
    return [token for token in tokens if re.search(r"\w", token)]


# --- generated files --------------------------------------------------------------------------------------------


def members(workbook: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_committed_files_are_what_the_script_makes() -> None:
    for path, content in demonstration.outputs().items():
        committed = path.read_bytes()
        if path.suffix == ".xlsx":  # another build of zlib may pack the same content into other bytes
            assert members(committed) == members(content), path.name
        else:
            assert committed == content, path.name


def test_workbook_is_the_same_bytes_each_time_and_keeps_no_clock() -> None:
    workbook = demonstration.responses()
    assert demonstration.responses() == workbook
    core = members(workbook)["docProps/core.xml"].decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", core)) == {"2023-05-28T"}
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        assert {member.date_time[:3] for member in archive.infolist()} == {(2023, 5, 28)}


@pytest.mark.parametrize(("text", "times"), [("ไม่มีข้อความนี้ในบทสัมภาษณ์", 0), ("ครับ", None)])
def test_passage_that_does_not_stand_exactly_once_is_refused(text: str, times: int | None) -> None:
    times = TRANSCRIPTS["P01"].count(text) if times is None else times
    passages = [{"participant": "P01", "SK": "faster", "PW": "", "text": text}]
    with pytest.raises(ValueError, match=f"P01: stands {times} times in the transcript, not once: '{text}'"):
        demonstration.segments("SK", passages)


# --- interviews -------------------------------------------------------------------------------------------------


def test_two_officials_and_two_citizens_at_each_site_each_with_an_interview() -> None:
    cells = Counter((row["site_id"], row["group"]) for row in PARTICIPANTS.values())
    assert cells == {(site, group): 2 for site in ("S01", "S02", "S03") for group in ("official", "citizen")}
    files = sorted((STUDY / "interviews").iterdir())
    assert [path.stem for path in files] == sorted(PARTICIPANTS)
    assert Counter(path.suffix for path in files) == {".txt": 8, ".docx": 2, ".md": 2}


def test_each_interview_is_long_enough_and_every_line_is_a_turn() -> None:
    assert {participant: n for participant in PARTICIPANTS if (n := len(words(participant))) < 250} == {}
    labels = {line.split(": ")[0] for text in TRANSCRIPTS.values() for line in text.split("\n") if line}
    assert labels == {"ผู้สัมภาษณ์", "ผู้ให้ข้อมูล"}


def test_voices_differ() -> None:
    """No two people share a run of eight words, and their vocabularies overlap by less than half."""
    spoken = {participant: words(participant) for participant in PARTICIPANTS}
    runs = {who: {tuple(said[i : i + 8]) for i in range(len(said) - 7)} for who, said in spoken.items()}
    for a, b in combinations(PARTICIPANTS, 2):
        assert not runs[a] & runs[b], (a, b)
        assert len(set(spoken[a]) & set(spoken[b])) / len(set(spoken[a]) | set(spoken[b])) < 0.5, (a, b)


def test_women_and_men_end_their_sentences_their_own_way() -> None:
    for participant, row in PARTICIPANTS.items():
        text = "".join(TRANSCRIPTS[participant][start:end] for start, end in turns(participant))
        female = len(re.findall("ค่ะ|คะ(?!แนน)|จ้ะ", text))
        male = text.count("ครับ")
        assert (female > 3 * male) if row["sex"] == "female" else (male > 3 * female), participant


# --- coding and quotes ------------------------------------------------------------------------------------------


def test_segments_quote_their_text_and_stay_inside_one_turn() -> None:
    for row in CODINGS:
        start, end = row["start"], row["end"]
        assert TRANSCRIPTS[row["participant"]][start:end] == row["text"]
        assert any(first <= start and end <= last for first, last in turns(row["participant"])), row["text"]
        assert row["code"] in THEMES


def test_both_coders_coded_every_interview_and_use_every_code_but_no_bare_factor() -> None:
    for coder in demonstration.CODERS:
        assert {row["participant"] for row in CODINGS if row["coder"] == coder} == set(PARTICIPANTS)
        used = {row["code"] for row in CODINGS if row["coder"] == coder}
        assert used == {code for code in THEMES if code not in {p for c, p in THEMES.items() if p != c}}


def test_coders_agree_well_but_not_always() -> None:
    given = {(r["participant"], r["code"], r["coder"], int(r["start"]), int(r["end"])) for r in CODINGS}
    codes = sorted({row["code"] for row in CODINGS})

    def has(coder: str, code: str, participant: str, turn: tuple[int, int]) -> bool:
        return any(
            (p, c, k) == (participant, code, coder) and start < turn[1] and end > turn[0]
            for p, c, k, start, end in given
        )

    units = [(participant, turn) for participant in PARTICIPANTS for turn in turns(participant)]
    ratings = {
        code: np.array([[has(coder, code, *unit) for unit in units] for coder in demonstration.CODERS], dtype=float)
        for code in codes
    }
    alphas = {code: krippendorff_alpha(matrix) for code, matrix in ratings.items()}
    assert 0.70 < krippendorff_alpha(np.hstack([ratings[code] for code in codes])) < 0.85
    assert min(alphas.values()) > 0.4
    assert len({round(alpha, 2) for alpha in alphas.values()}) > 7


def test_themes_vary_between_interviews() -> None:
    themes = defaultdict(set)
    for row in CODINGS:
        themes[THEMES[row["code"]]].add(row["participant"])
    assert len(themes) == 9
    assert all(3 <= len(participants) < 12 for participants in themes.values())


def test_quotes_are_verbatim_and_from_two_sites_for_each_theme() -> None:
    quotes = rows("quotes.csv")
    sites = defaultdict(set)
    for quote in quotes:
        start = TRANSCRIPTS[quote["participant_id"]].find(quote["text"])
        end = start + len(quote["text"])
        assert any(first <= start and end <= last for first, last in turns(quote["participant_id"])), quote["quote_id"]
        assert quote["translation_en"]
        sites[THEMES[quote["code_id"]]].add(PARTICIPANTS[quote["participant_id"]]["site_id"])
    assert set(sites) == set(THEMES.values())
    assert min(len(of_theme) for of_theme in sites.values()) >= 2
    most = max(Counter(quote["participant_id"] for quote in quotes).values())
    assert most <= 0.3 * len(quotes)


# --- survey -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def answers() -> dict[str, list]:
    """Column header -> cells of the response file."""
    sheet = openpyxl.load_workbook(STUDY / "survey" / "responses.xlsx")["การตอบแบบฟอร์ม 1"]
    return {str(column[0]): list(column[1:]) for column in sheet.iter_cols(values_only=True)}


def test_survey_is_a_google_forms_export_of_the_items(answers: dict[str, list]) -> None:
    survey = yaml.safe_load((STUDY / "study.yml").read_text(encoding="utf-8"))["survey"]
    items = rows("survey/items.csv")
    headers = [survey["submitted"], survey["site"], survey["group"], *(item["column"] for item in items)]
    assert list(answers) == headers
    assert headers[0] == "ประทับเวลา"
    assert answers["ประทับเวลา"] == sorted(answers["ประทับเวลา"])
    assert [item["item_id"] for item in items if item["reversed"] == "yes"] == ["attitude_3", "infrastructure_3"]
    assert min(Counter(answers[survey["site"]]).values()) >= 50
    assert len(answers["ประทับเวลา"]) == 170
    missing = sum(cell is None for column in answers.values() for cell in column)
    assert 20 < missing < 80


def test_scales_are_reliable_but_not_too_much(answers: dict[str, list]) -> None:
    scales = yaml.safe_load((STUDY / "study.yml").read_text(encoding="utf-8"))["survey"]["scales"]
    constructs = defaultdict(list)
    for item in rows("survey/items.csv"):
        if item["construct"]:
            values = {answer["th"]: answer["value"] for answer in scales[item["scale"]]["answers"]}
            column = np.array([np.nan if cell is None else values[cell] for cell in answers[item["column"]]])
            constructs[item["construct"], item["wave"]].append(6 - column if item["reversed"] == "yes" else column)
    alphas = {}
    for construct, columns in constructs.items():
        matrix = np.column_stack(columns)
        alphas[construct] = cronbach_alpha(matrix[~np.isnan(matrix).any(axis=1)])
    assert len(alphas) == 8
    assert {construct: alpha for construct, alpha in alphas.items() if not 0.70 < alpha < 0.90} == {}


def test_no_organisation_of_the_province_bears_the_names_of_the_sites() -> None:
    if not REGISTRY.exists():
        pytest.skip("the register of local administrative organisations (../shared/data/lao_registry) is not here")
    with REGISTRY.open(encoding="utf-8-sig", newline="") as file:
        names = {row["nameTh"] for row in csv.DictReader(file) if row["provinceCode"] == "40"}
    assert len(names) > 200
    for row in rows("sites.csv"):
        assert not [name for name in names if row["name_th"].endswith(name)]
