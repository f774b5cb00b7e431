"""What came out the same sets off nothing: which steps compute after a change, and that the rest is right."""

from __future__ import annotations

import csv
import shutil

import pytest
from project import Project

STUDY = "small"
ARTICLE = f"report/{STUDY}/article.en.qmd"
MANIFEST = f"results/{STUDY}/manifest.csv"

# Of one document in one language, with all that follows.
OF_A_DOCUMENT = {
    *("compose_document", "render_document", "read_back", "publish_document", "check_document"),
    *("record_sources", "list_exhibits", "write_manifest"),
}


@pytest.fixture(scope="module")
def built(small: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small study as it was built; one test after the other changes something in it and builds."""
    return small.copy(tmp_path_factory.mktemp("cut"))


def manifest(project: Project) -> dict[str, str]:
    return {row["path"]: row["sha256"] for row in project.table(MANIFEST)}


def test_what_is_known_need_not_be_computed(built: Project) -> None:
    before = manifest(built)
    for folder in (f"results/{STUDY}", "results/fonts", f"data/processed/{STUDY}", f"logs/{STUDY}"):
        shutil.rmtree(built.root / folder)
    run = built.build()
    assert len(run.rules) > 50
    assert run.computed == []
    assert manifest(built) == before


def test_one_word_makes_one_document(built: Project) -> None:
    text = (built.root / ARTICLE).read_text(encoding="utf-8")
    built.write(ARTICLE, text + "\nOne more word.\n")
    computed = built.build().computed
    assert set(computed) == OF_A_DOCUMENT and len(computed) == len(OF_A_DOCUMENT)
    built.write(ARTICLE, text)  # the edit is taken back: all of it is known
    assert built.build().computed == []


def test_an_interview_without_new_coding_leaves_the_analyses_alone(built: Project) -> None:
    interview = sorted((built.root / "data" / "raw" / STUDY / "interviews").glob("*.txt"))[0]
    with interview.open("a", encoding="utf-8", newline="\n") as stream:
        stream.write("\nผู้สัมภาษณ์: ขอบคุณค่ะ\n")  # after the last coded segment, so that no position moves
    computed = set(built.build().computed)
    assert computed >= {"read_interviews", "write_manifest"}
    # Agreement is measured over all that was said, and so counts anew; what stands on the coding alone does not.
    assert not computed & {"count_themes", "score_scales", "compare_scales", "draw_figure"}


def test_one_answer_of_the_survey_leaves_the_interviews_alone(built: Project) -> None:
    path = built.root / "data" / "raw" / STUDY / "survey" / "responses.csv"
    rows = list(csv.reader(path.open(encoding="utf-8-sig", newline="")))
    column = rows[0].index("ผู้บริหารสนับสนุน")
    rows[1][column] = "เห็นด้วย" if rows[1][column] != "เห็นด้วย" else "ไม่เห็นด้วย"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    computed = set(built.build().computed)
    assert computed >= {"read_survey", "score_scales"}
    assert not computed & {"measure_agreement", "count_themes", "read_interviews", "export_coding"}


@pytest.mark.long
def test_all_of_it_is_what_computing_anew_gives(built: Project) -> None:
    before = manifest(built)
    run = built.build("--forceall")
    assert sorted(run.computed) == sorted(rule for rule in run.rules if rule != "all")
    assert manifest(built) == before


@pytest.mark.long
def test_without_what_was_kept_everything_computes(built: Project) -> None:
    before = manifest(built)
    shutil.rmtree(built.root / ".snakemake" / "thongthin-kept")
    shutil.rmtree(built.root / "results")
    shutil.rmtree(built.root / "data" / "processed" / STUDY)
    run = built.build()
    assert sorted(run.computed) == sorted(rule for rule in run.rules if rule != "all")
    assert manifest(built) == before
