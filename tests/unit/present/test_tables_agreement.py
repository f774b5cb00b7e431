"""The article's tables of agreement and disagreement: what is shown, in which order, and what the notes say."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pypandoc
import pytest
from pipe_tables import cells, note
from result_frames import ANALYSIS, frames, labels

from thongthin.present.cells import plain_text
from thongthin.present.tables import article_table
from thongthin.present.tables.agreement import MOST_DISAGREEMENTS

NAMES = ("agreement", "agreement_units", "agreement_unitizing", "agreement_pairs", "disagreements")


def made(name: str, language: str = "en", tables: dict[str, pd.DataFrame] | None = None, **agreement: Any) -> str:
    tables = tables or frames()
    analysis = {**ANALYSIS, "agreement": {**ANALYSIS["agreement"], **agreement}}
    return article_table(name, tables, labels(language, tables), analysis)


@pytest.mark.parametrize("name", NAMES)
def test_they_fit_the_page_in_both_languages(name: str) -> None:
    widths = {len(cells(made(name, language))[0]) for language in ("th", "en")}
    assert widths <= {5, 6, 7}
    assert len(widths) == 1


def test_units_are_compared_with_and_without_uncoded_text() -> None:
    found = cells(made("agreement_units"))
    assert [row[0] for row in found[1:]] == [
        "Passage that somebody coded",
        "Turn of a participant",
        "Turn of a participant, coded text only",
        "Interview",
        "Interview, coded text only",
        "Character",
        "Character, coded text only",
    ]
    assert found[0][3] == "Cohen’s κ"
    alpha = frames()["agreement_units"].set_index(["unit", "text", "code_id"]).loc[("turn", "all", "all"), "alpha"]
    assert found[2][5] == f"{alpha:.2f}".lstrip("0")


def test_more_than_two_coders_have_the_kappa_of_fleiss() -> None:
    tables = frames()
    tables["agreement_units"]["coders"] = 3
    assert cells(made("agreement_units", tables=tables))[0][3] == "Fleiss’ κ"


def test_unitizing_gives_each_coefficient_where_it_is_one_of_its_own() -> None:
    found = cells(made("agreement_unitizing"))
    assert found[0][2:] == ["~u~α", "95% CI", "\\|~u~α", "~cu~α", "~(k)u~α"]
    code, overall = found[1], found[-1]
    assert code[4:6] == ["", ""]
    assert code[6] != ""
    assert overall[0] == "**All codes**"
    assert "" not in overall[:6]
    assert "1,000 draws of whole interviews" in note(made("agreement_unitizing"))


def test_notes_say_what_was_compared() -> None:
    tables = frames()
    tables["agreement"]["unit"], tables["agreement"]["text"] = "character", "coded"
    table = made("agreement", tables=tables)
    assert cells(table)[0][1] == "Characters"
    assert "The unit is a character, if somebody gave it a code. A theme counts" in note(table)
    assert "a passage that somebody coded;" in note(made("agreement_pairs", unit="segment", text="coded"))
    assert "เฉพาะที่มีผู้ให้รหัส" in note(made("agreement_pairs", "th", unit="turn", text="coded"))


def test_the_longest_disagreements_are_shown_with_their_context() -> None:
    tables = frames()
    first = tables["disagreements"].iloc[0].to_dict()
    one = {"code_id": "budget", "coders_no": "SK", "instead": "skills; steps", "before": "… x * y", "after": ""}
    many = [{**first, **one, "unit_id": f"U{i}", "text": "ก" * i} for i in range(1, MOST_DISAGREEMENTS + 3)]
    tables["disagreements"] = pd.DataFrame(many)
    table = made("disagreements", tables=tables)
    found = cells(table)
    assert len(found) == 1 + MOST_DISAGREEMENTS
    assert found[1][1] == "Budget"
    assert found[1][3] == "[SK]{.coder}: Digital skills of staff, Fewer steps"
    assert found[1][4] == f"[… x \\* y **{'ก' * (MOST_DISAGREEMENTS + 2)}**]{{lang=th}}"
    assert f"{MOST_DISAGREEMENTS} of {MOST_DISAGREEMENTS + 2} disagreements" in note(table)


def test_the_other_language_has_the_translation_that_the_study_has() -> None:
    tables = frames()
    first = tables["disagreements"].iloc[0].to_dict() | {"participant_id": "P01", "before": "", "after": ""}
    texts = ("คนของเราไม่อาย\nที่จะถาม", "ไม่หวงที่จะสอน … และถาม", "ตกลง", "It [is] so")
    tables["disagreements"] = pd.DataFrame([{**first, "unit_id": text, "text": text} for text in texts])
    quote = tables["quotes"].iloc[0].to_dict() | {"participant_id": "P01", "translation_th": "เป็นอย่างนั้น"}
    tables["quotes"] = pd.DataFrame(
        [
            {**quote, "text": "ใช่ คนของเราไม่อาย ที่จะถาม", "translation_en": "Yes, our people *ask*"},
            {**quote, "text": "ไม่หวงที่จะสอน", "translation_en": "They teach"},
            {**quote, "text": "ตกลง", "translation_en": "All right", "participant_id": "P02"},
            {**quote, "text": "It [is] so And", "translation_en": ""},
        ]
    )
    english = {row[4] for row in cells(made("disagreements", tables=tables))[1:]}
    assert english == {
        "[**คนของเราไม่อาย ที่จะถาม**]{lang=th} = “Yes, our people \\*ask\\*”",
        "[**ไม่หวงที่จะสอน … และถาม**]{lang=th} = “They teach”",
        "[**ตกลง**]{lang=th}",  # somebody else's words
        "**It \\[is\\] so**",
    }
    assert "in which they were spoken and coded (Thai)" in note(made("disagreements", tables=tables))
    thai = made("disagreements", "th", tables)
    assert "[**It \\[is\\] so**]{lang=en} = “เป็นอย่างนั้น”" in thai and "**ตกลง** |" in thai
    assert "ตามภาษาที่พูด (ภาษาอังกฤษ)" in note(thai)
    assert plain_text("[**It \\[is\\] so**]{lang=en} = “เป็น”") == "It [is] so = “เป็น”"
    tables["quotes"] = tables["quotes"].iloc[:0]
    assert "the study has no translation" in note(made("disagreements", tables=tables))
    tables["disagreements"] = tables["disagreements"].tail(1)
    assert "spoken" not in note(made("disagreements", tables=tables))


def test_what_was_said_cannot_become_markup() -> None:
    tables = frames()
    hostile = "{{< value x >}} | *a* <script> **b**\n| c"
    tables["disagreements"] = tables["disagreements"].assign(before=hostile, text=hostile, after=hostile)
    plain = pypandoc.convert_text(
        made("disagreements", tables=tables), "plain", "markdown", extra_args=["--columns=2000"]
    )
    assert plain.count("{{< value x >}} | *a* <script> **b** | c") == 3 * (len(cells(made("disagreements"))) - 1)


@pytest.mark.parametrize("name", NAMES)
def test_one_coder_has_nothing_to_show(name: str) -> None:
    tables = frames()
    for table in ("agreement", "agreement_units", "agreement_sets", "agreement_unitizing", "agreement_pairs"):
        tables[table]["n"] = 0
    tables["disagreements"] = tables["disagreements"].iloc[:0]
    assert "no interview was coded by two coders" in made(name, tables=tables)
    assert "ไม่มีบทสัมภาษณ์ที่มีผู้ลงรหัสสองคน" in made(name, "th", tables)
