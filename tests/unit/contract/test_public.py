"""What may be published: no table whose rows are people, and nothing before all is said."""

from thongthin.contract.privacy import Privacy
from thongthin.contract.public import is_public, public_tables, still_open
from thongthin.contract.study import People, Study
from thongthin.contract.tables import TABLES


def study(**changes: object) -> Study:
    given = {"title": "x", "authors": [{"name": "x"}], "provenance": "field", "date": "2024-01-01", **changes}
    return Study.model_validate(given)


def test_no_row_of_a_public_table_is_a_person() -> None:
    public = [name for name, table in TABLES.items() if is_public(table)]
    assert {"sample", "themes_by_site", "item_answers_by_site"} <= set(public)
    assert not {"participants", "transcripts", "turns", "codings", "quotes", "responses", "interview_lengths"} & set(
        public
    )
    assert not [n for n in public if any(c.name == "participant_id" for c in TABLES[n].columns)]
    assert public_tables(["participants", "sample"]) == ["sample"]


def test_a_study_of_the_field_is_asked_for_all_that_is_needed() -> None:
    reasons = [en for en, _ in still_open(study(), 2, ["P01"])]
    assert len(reasons) == 6
    assert reasons[0] == "2 identifiers are not decided"
    assert "P01" in reasons[-1]


def test_nothing_is_open_where_all_is_said() -> None:
    said = Privacy(legal_basis="research", sensitive=["none"], retention="five years")  # type: ignore[arg-type]
    own = study(privacy=said, participants=People(consent="all", quoting="all", publishing="all"))
    assert still_open(own, 0, ["P01"]) == []


def test_nobody_is_behind_a_simulated_study() -> None:
    assert still_open(study(provenance="simulated"), 5) == []
