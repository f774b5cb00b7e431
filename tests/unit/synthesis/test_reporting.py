"""The reporting checklists: complete, answered from the data where they answer, and open where nothing does."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from result_frames import ANALYSIS, CONSTRUCTS, frames, labels
from studies import STUDY

from thongthin.basics.language import format_number, has_thai
from thongthin.basics.problems import Problems
from thongthin.contract.checklists import CHECKLISTS
from thongthin.contract.loading import read_study
from thongthin.contract.study import Study
from thongthin.contract.tables import read_table, write_table
from thongthin.present.tables.reporting import coreq, gramms, srqr
from thongthin.synthesis.reporting import applies, fill_checklist, open_items, shortfalls, summary
from thongthin.synthesis.statements import STATEMENTS

EVERYTHING = {table for statement in STATEMENTS.values() for table in statement.needs}


def study(**answers: dict[Any, dict[str, str]]) -> Study:
    return Study.model_validate({**STUDY, "survey": None, "model": None, "reporting": answers})


def tables(**changed: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The made-up tables, with the two that this module does not make itself in a shape of their own."""
    everything = frames()
    agreement = pd.DataFrame(
        {"code_id": ["budget", "all"], "n": [60, 480], "alpha": [0.5, 0.712], "alpha_low": [0.3, 0.65]}
    )
    everything["agreement"] = agreement.assign(alpha_high=[0.7, 0.77])
    return {**{name: frame for name, frame in everything.items() if name in EVERYTHING}, **changed}


def filled(key: str, of: Study, given: dict[str, pd.DataFrame] | None = None) -> pd.DataFrame:
    return fill_checklist(key, of, tables() if given is None else given, ANALYSIS).set_index("item")


def test_the_checklists_have_as_many_items_as_their_sources() -> None:
    sizes = {key: [len(section.items) for section in checklist.sections] for key, checklist in CHECKLISTS.items()}
    assert sizes == {"coreq": [8, 15, 9], "srqr": [2, 2, 11, 2, 2, 2], "gramms": [6]}
    for checklist in CHECKLISTS.values():
        for item in checklist.items:
            assert has_thai(item.th)
            assert has_thai(item.question_th)
            assert not has_thai(item.en + item.question_en)
            assert {*item.answers, *item.adds} <= set(STATEMENTS)


def test_data_answer_what_they_can_in_both_languages() -> None:
    found = filled("coreq", study())
    assert found.loc[12, "source"] == "data"
    assert found.loc[12, "answer_en"] == "Participants: 12 (Officials 6, Citizens 6)."
    assert found.loc[12, "answer_th"] == "ผู้ให้ข้อมูล 12 คน (เจ้าหน้าที่ 6, ประชาชน 6)"
    assert "Fieldwork lasted from 1 March 2023 to 31 May 2023." in found.loc[16, "answer_en"]
    assert "เก็บข้อมูลตั้งแต่ 1 มีนาคม 2566 ถึง 31 พฤษภาคม 2566" in found.loc[16, "answer_th"]
    assert found.loc[24, "answer_en"].startswith("Coders: 2. Of 12 interviews coded, 12 were read by more than one")
    assert "α = .71 (95% interval .65 to .77)" in found.loc[24, "answer_en"]
    assert "Quotations in the article: 6, from 6 participants" in found.loc[29, "answer_en"]
    for language in ("th", "en"):
        other = [
            item for item, text in found[f"answer_{language}"].items() if text and has_thai(text) != (language == "th")
        ]
        assert other == []


def test_sexes_are_told_in_the_language_of_the_answer() -> None:
    sexes = ["female", "หญิง", "Male", "ชาย", "ไม่ระบุ"]
    people = tables()["participants"].iloc[:5].assign(sex=sexes)
    found = filled("coreq", study(), {**tables(), "participants": people}).loc[16]
    assert "Sex: female (2), male (2), ไม่ระบุ (1)." in found["answer_en"]
    assert "เพศ: ชาย (2), หญิง (2), ไม่ระบุ (1)" in found["answer_th"]


def test_an_item_that_nothing_answers_is_open_and_holds_what_the_data_add() -> None:
    found = filled("coreq", study())
    assert found.loc[1, "source"] == "open"
    assert found.loc[1, "answer_en"] == ""
    assert found.loc[10, "source"] == "open"
    assert found.loc[10, "answer_en"].startswith("Participants by site: Bueng Kaew City Municipality 4 (Officials 2")
    assert open_items("coreq", study(), EVERYTHING) == list(found.index[found["source"] == "open"])


def test_the_authors_answer_comes_first_and_data_follow() -> None:
    of = study(
        coreq={1: {"th": "สมศรี", "en": "Somsri"}, "10": {"th": "แบบเจาะจง", "en": "Purposive"}},
        srqr={"9": {"th": "มีการขอความยินยอม", "en": "Consent was given in writing"}},
    )
    found = filled("coreq", of)
    assert (found.loc[1, "answer_en"], found.loc[1, "source"]) == ("Somsri.", "study.yml")
    assert found.loc[10, "answer_en"].startswith("Purposive. Participants by site: ")
    assert found.loc[10, "answer_th"].startswith("แบบเจาะจง ผู้ให้ข้อมูลจำแนกตามพื้นที่")
    assert found.loc[10, "source"] == "study.yml and data"
    ethics = filled("srqr", of).loc[9]
    assert ethics["answer_en"].startswith(
        "Consent was given in writing. All data are simulated; no approval was needed."
    )
    assert ethics["source"] == "study.yml"


def test_consent_is_told_of_people_only() -> None:
    field = Study.model_validate({**STUDY, "survey": None, "model": None, "provenance": "field"})
    assert "Consent is recorded for all 12 participants" in filled("srqr", field).loc[9, "answer_en"]
    simulated = filled("srqr", study()).loc[9]
    assert "Consent" not in simulated["answer_en"]
    assert simulated["source"] == "study.yml"


def test_what_study_yml_leaves_out_is_not_told() -> None:
    """No group, place, period, framework or ethics is made up; the item on ethics is open where nothing answers it."""
    left = ("groups", "province", "fieldwork", "framework", "ethics", "keywords", "survey", "model")
    bare = Study.model_validate({key: value for key, value in STUDY.items() if key not in left})
    people = tables()["participants"].assign(interviewed_on="", group="participants")
    own = {name: frame for name, frame in tables().items() if "group" not in frame} | {"participants": people}
    said = filled("srqr", bare, own)
    answers = " ".join(said["answer_en"])
    assert "Participants: 12. " in answers
    assert re.search(r"Sites \(\d+\)", answers)
    assert "()" not in answers
    assert "Fieldwork" not in answers
    assert "Conceptual framework" not in answers
    assert "None" not in answers
    assert said.loc[9, "source"] == "open"  # simulated, and without a sentence on ethics


def test_without_tables_only_study_yml_answers() -> None:
    nothing = {name: frame.iloc[:0] for name, frame in tables().items()}
    found = filled("srqr", study(), nothing)
    assert list(found.index[found["source"] != "open"]) == [9]
    assert found.loc[9, "source"] == "study.yml"
    assert open_items("srqr", study(), set()) == [item for item in range(1, 22) if item != 9]


def test_saturation_is_told_as_it_is() -> None:
    table = tables()["saturation"]
    whole = table["site_id"] == "all"
    said = {}
    for name, changes in {
        "reached": {"point": 6.0, "notation": "6+1", "first_ratio": 0.1, "point_median": 5.0, "reached": 0.9},
        "not reached": {"point": float("nan"), "first_ratio": 0.3, "last_ratio": 0.2},
        "undefined": {"point": float("nan"), "first_ratio": float("nan")},
    }.items():
        changed = table.copy()
        changed.loc[whole, list(changes)] = list(changes.values())
        said[name] = filled("coreq", study(), tables(saturation=changed)).loc[22]
    assert "reached at 6+1 interviews" in said["reached"]["answer_en"]
    assert "90.0% reached it; the median point is 5" in said["reached"]["answer_en"]
    assert "was not reached: the last run still brought 20.0% new codes" in said["not reached"]["answer_en"]
    assert "ยังไม่ถึงจุดอิ่มตัว ช่วงสุดท้ายยังได้รหัสใหม่ร้อยละ 20.0" in said["not reached"]["answer_th"]
    assert "could not be assessed" in said["undefined"]["answer_en"]
    assert "ประเมินความอิ่มตัวไม่ได้" in said["undefined"]["answer_th"]


def mixed(**answers: dict[Any, dict[str, str]]) -> Study:
    """A study with a survey, of the constructs that the made-up tables are about."""
    factors = [{"id": id_, "label": label} for id_, label in CONSTRUCTS.items()]
    changes = {"framework": {"factors": factors}, "model": None, "reporting": answers}
    return Study.model_validate({**STUDY, **changes})


def test_a_checklist_of_both_strands_is_filled_in_from_both() -> None:
    found = filled("gramms", mixed(gramms={4: {"th": "ผู้เขียนทั้งสอง", "en": "By both authors"}}))
    assert list(found["source"]) == ["open", "open", "open", "study.yml and data", "open", "open"]
    methods = found.loc[3, "answer_en"]
    assert methods.startswith("Participants: 12 (Officials 6, Citizens 6). Coders: 2.")
    assert "Respondents of the survey: 132 (Bueng Kaew City Municipality 44, " in methods
    assert "items that measure factors and outcomes: 17." in methods
    assert found.loc[4, "answer_en"].startswith("By both authors. After each strand was analysed by itself, a joint")
    tau = tables()["joint_ranking"].query("measure == 'index'").set_index("construct")["tau"].dropna()
    assert list(tau.index) == ["attitude"]
    assert (
        f"Positive attitude and openness {format_number(tau['attitude'], 'coefficient', 'en')}."
        in (found.loc[6, "answer_en"])
    )
    assert all(has_thai(text) for text in found.loc[[3, 4, 6], "answer_th"])


def test_without_rankings_nothing_is_said_of_them() -> None:
    ranking = tables()["joint_ranking"].assign(tau=float("nan"))
    assert filled("gramms", mixed(), tables(joint_ranking=ranking)).loc[6, "answer_en"] == ""


def test_a_checklist_of_both_strands_is_not_for_interviews_alone() -> None:
    assert applies("gramms", mixed())
    assert not applies("gramms", study())
    nothing = fill_checklist("gramms", study(), tables(), ANALYSIS)
    assert len(nothing) == 0
    assert open_items("gramms", study(), EVERYTHING) == []
    assert list(
        summary({"gramms": nothing, "srqr": fill_checklist("srqr", study(), tables(), ANALYSIS)})["checklist"]
    ) == ["srqr"]


def test_undefined_agreement_is_not_given_as_a_number() -> None:
    agreement = tables()["agreement"].assign(alpha=float("nan"))
    said = filled("srqr", study(), tables(agreement=agreement)).loc[15]
    assert "Agreement of the coders is undefined" in said["answer_en"]


def test_long_lists_are_summed_up() -> None:
    sites = [f"S{i:02d}" for i in range(1, 31)]
    many = pd.DataFrame({"site_id": sites, "name_th": sites, "name_en": sites, "type": ""})
    found = filled("coreq", study(), tables(sites=many))
    assert "There are 30 sites, with 0 to 4 participants each." in found.loc[10, "answer_en"]
    assert found.loc[14, "answer_en"] == "Sites in Khon Kaen (30)."


def test_the_summary_and_the_shortfalls_count_the_open_items() -> None:
    of = study(coreq={str(item): {"th": "ตอบ", "en": "Answer"} for item in range(1, 33) if item != 20})
    checklists = {key: fill_checklist(key, of, tables(), ANALYSIS) for key in CHECKLISTS}
    counts = summary(checklists).set_index("checklist")
    assert counts.loc["coreq"].to_dict() == {"items": 32, "answered": 31, "open": 1}
    open_ = {key: open_items(key, of, EVERYTHING) for key in CHECKLISTS}
    assert counts.loc["srqr", "open"] == len(open_["srqr"])
    assert shortfalls({"coreq": open_["coreq"], "srqr": []}) == [
        ("COREQ: 1 of 32 items are open: 20.", "COREQ: ยังไม่มีคำตอบ 1 จาก 32 ข้อ ได้แก่ข้อ 20")
    ]


def test_answers_to_items_that_are_not_there_are_refused(tmp_path: Path) -> None:
    import yaml

    path = tmp_path / "study.yml"
    answers = {"srqr": {22: {"th": "ก", "en": "a"}}, "grammms": {}}
    path.write_text(yaml.safe_dump({**copy.deepcopy(STUDY), "reporting": answers}), encoding="utf-8")
    problems = Problems()
    assert read_study(path, problems.at("study.yml")) is None
    assert '"grammms" is not a known key here.' in [problem.en for problem in problems]
    del answers["grammms"]
    path.write_text(yaml.safe_dump({**copy.deepcopy(STUDY), "reporting": answers}), encoding="utf-8")
    problems = Problems()
    read_study(path, problems.at("study.yml"))
    (problem,) = problems
    assert problem.en == "srqr: there is no item 22; the items are 1 to 21"
    assert problem.th == "srqr: ไม่มีข้อ 22 มีข้อ 1 ถึง 21"


def test_the_tables_fit_their_schema(tmp_path: Path) -> None:
    for key in CHECKLISTS:
        table = fill_checklist(key, mixed(), tables(), ANALYSIS)
        write_table(table, tmp_path / f"reporting_{key}.csv")
        pd.testing.assert_frame_equal(read_table(tmp_path / f"reporting_{key}.csv"), table, check_dtype=False)


@pytest.mark.parametrize("make", [coreq, gramms, srqr])
def test_the_article_table_shows_what_is_open_and_escapes_what_people_wrote(make: Any) -> None:
    key = make.__name__
    of = mixed(**{key: {2: {"th": "ก | <b>ข</b>", "en": "a | {{< quote x >}} **b**"}}})
    shown = {f"reporting_{key}": fill_checklist(key, of, tables(), ANALYSIS)}
    said = make(shown, labels("en"), ANALYSIS)
    rows = [line for line in said.splitlines() if line.startswith("|")]
    sections, items = len(CHECKLISTS[key].sections), len(CHECKLISTS[key].items)
    assert len(rows) == 2 + sections + items
    assert r"a \| \{\{\< quote x \>\}\} \*\*b\*\*" in said
    assert sum(row.endswith("**open** |") for row in rows) == len(open_items(key, of, EVERYTHING))
    assert "**ยังไม่มีคำตอบ**" in make(shown, labels("th"), ANALYSIS)
