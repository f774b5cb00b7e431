"""What runs again after a change: what depends on it, and nothing else.

Of what runs, only that computes which is given something new: what came out the same sets off nothing.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from project import Project

from thongthin.flow import fingerprint, hashes

STUDY = "small"
ARTICLE = f"report/{STUDY}/article.en.qmd"
MANIFEST = f"results/{STUDY}/manifest.csv"

# Of one document in one language, with all that follows.
OF_A_DOCUMENT = {
    *("compose_document", "render_document", "read_back", "publish_document", "check_document"),
    *("record_sources", "list_exhibits", "check_subject", "write_manifest"),
}
# What follows from any change of a number: the values, the article and what is checked of it.
DOCUMENTS = {
    *("compose_document", "render_document", "read_back", "publish_document"),
    *("check_document", "check_subject", "check_results", "write_manifest"),
}
LAST = {"collect_values", *DOCUMENTS}


@pytest.fixture(scope="module")
def built(small: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The small study as it was built; one test after the other changes something in it."""
    return small.copy(tmp_path_factory.mktemp("reruns"))


# Keeps the fingerprint of all code and the hash of every file of the study, and so follows each of them.
RECORD = "record_sources"


def manifest(project: Project) -> dict[str, str]:
    return {row["path"]: row["sha256"] for row in project.table(MANIFEST)}


def planned(project: Project, reason: str = "", targets: Sequence[str] = ()) -> set[str]:
    """Rules that would run (for these targets, or for all), or those whose own reason to run holds `reason`."""
    run = project.snakemake("--dry-run", *targets)
    assert run.status == 0, run.output[-3000:]
    blocks = re.findall(r"^(?:local)?rule (\w+):\n((?:    .*\n)+)", run.output, flags=re.M)
    return {rule for rule, block in blocks if reason in block and rule != "all"}


def test_after_a_build_nothing_is_left_to_do_and_a_comment_changes_nothing(built: Project) -> None:
    edits = [
        ("workflow/thongthin/statistics/corrections.py", "def holm(", "# A remark.\ndef holm("),
        ("workflow/thongthin/interviews/agreement.py", '"""', '"""Said otherwise. '),
        ("workflow/scripts/compare_scales.py", "def compare_scales(", "# A remark.\ndef compare_scales("),
    ]
    before = {module: (built.root / module).read_text(encoding="utf-8") for module, *_ in edits}
    for module, old, new in edits:
        assert old in before[module]
        built.write(module, before[module].replace(old, new, 1))
    try:
        assert planned(built) == set()
    finally:
        for module, text in before.items():
            built.write(module, text)


# One more statement in a function, which does the same then, but whose code is another: the rules that use it.
EDITED = {
    ("statistics/corrections", "holm"): {
        *("compare_scales", "compare_categories", "compare_before_after", "explore_differences"),
    },
    ("statistics/krippendorff", "krippendorff_alpha"): {"measure_agreement"},
    ("survey/models/linear", "fit_outcome_model"): {"fit_outcome_model"},
    ("survey/scales", "reverse_items"): {"check_dimensionality", "score_scales"},
}
# These reach `reverse_items` as well; they follow from the scores, which run again.
FOLLOW = {"check", "check_publication", "compare_imputation", "compare_models", "count_answers", "measure_reliability"}


def edit(project: Project, module: str, function: str) -> tuple[str, str]:
    """The path of a module, and its text before a function in it was edited."""
    path = f"workflow/thongthin/{module}.py"
    before = (project.root / path).read_text(encoding="utf-8")
    edited = re.sub(rf'(def {function}\(.*?\) -> [^\n]*:\n    """.*?"""\n)', r"\1    assert True\n", before, flags=re.S)
    assert edited != before
    project.write(path, edited)
    return path, before


def test_edited_functions_rerun_the_rules_that_use_them(
    built: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of each it is asked of the fingerprints; of those that do not follow from another, of one plan for all."""
    monkeypatch.setattr(fingerprint, "PACKAGE", built.root / "workflow" / "thongthin")
    monkeypatch.setattr(hashes, "PACKAGE", built.root / "workflow" / "thongthin")
    monkeypatch.setattr(hashes, "SCRIPTS", built.root / "workflow" / "scripts")
    monkeypatch.chdir(built.root)
    kept = Path(shutil.copy2(built.root / hashes.MODULES, tmp_path))
    known = fingerprint.fingerprints(hashes.starts(), kept)
    for (module, function), rules in EDITED.items():
        path, before = edit(built, module, function)
        now = fingerprint.fingerprints(hashes.starts(), kept)
        built.write(path, before)
        found = {name for name in now if now[name] != known[name]}
        assert found == (rules | FOLLOW if function == "reverse_items" else rules), function
    apart = [own for own in EDITED if own[1] != "reverse_items"]
    edited = [edit(built, *own) for own in apart]
    try:
        assert planned(built, "Params have changed") == {RECORD}.union(*(EDITED[own] for own in apart))
    finally:
        for path, before in edited:
            built.write(path, before)


def test_a_file_replaced_by_an_older_one_is_noticed(built: Project) -> None:
    responses = built.root / "data" / "raw" / STUDY / "survey" / "responses.csv"
    before, state = responses.read_bytes(), responses.stat()
    lines = before.decode("utf-8-sig").splitlines(keepends=True)
    responses.write_text("".join([*lines[:-2], lines[-1], lines[-2]]), encoding="utf-8", newline="")
    os.utime(responses, ns=(state.st_atime_ns, state.st_mtime_ns))
    try:
        assert planned(built, "Params have changed") == {"read_survey", RECORD}
    finally:
        responses.write_bytes(before)
        os.utime(responses, ns=(state.st_atime_ns, state.st_mtime_ns))


def test_a_new_title_does_not_recompute_numbers(built: Project) -> None:
    study = f"data/raw/{STUDY}/study.yml"
    title = yaml.safe_load((built.root / study).read_text(encoding="utf-8"))["title"]["en"]
    built.replace(study, title, "Another title")
    # The checklists quote the title (is it informative?), and values are made from them; no article shows them here.
    told = {
        "fill_checklists",
        "collect_values",
        "check_requirements",
        "check_claims",
        "list_exhibits",
        "write_evidence",
    }
    try:
        assert planned(built) == {*DOCUMENTS, *told, RECORD}
    finally:
        built.replace(study, "Another title", title)


def launched(project: Project) -> str:
    """What the launcher prints of a build that succeeds."""
    code, output = project.launch("build")
    assert code == 0, output
    return output


def test_the_text_is_checked_before_anything_is_built(built: Project) -> None:
    """The plan of a changed text need not wait for its check; the first step does."""
    text, last = (built.root / ARTICLE).read_text(encoding="utf-8"), built.root / f"results/{STUDY}/article.en.html"
    before = last.read_bytes()
    built.write(ARTICLE, text + "\nIt shows {{< value sample.participants.S99.n >}}.\n")
    code, printed = built.launch("build")
    assert code == 1
    assert printed.count("1 problem in 1 file. Nothing was built.") == 1
    assert "planned" not in printed and "Traceback" not in printed
    assert last.read_bytes() == before and (built.root / MANIFEST).is_file()
    built.write(ARTICLE, text + "\nIt shows {{< value sample.participants.S01.n >}}.\n")
    launched(built)
    assert b"It shows" in last.read_bytes()
    built.write(ARTICLE, text)
    launched(built)


def test_what_was_changed_by_hand_is_made_again(built: Project) -> None:
    manifest = built.table(f"results/{STUDY}/manifest.csv")
    changed = [
        f"results/{STUDY}/tables/scale_scores.csv",
        f"results/{STUDY}/article/references.en.json",
        f"results/{STUDY}/article/th/tables/themes_by_site.md",
        f"results/{STUDY}/article.en.docx",
    ]
    for path in changed:
        with (built.root / path).open("ab") as stream:
            stream.write(b"1")
    deleted = built.root / "results" / "fonts" / "sarabun-bold.woff"
    deleted.unlink()
    said = launched(built)
    assert all(path in said for path in changed)
    assert deleted.exists()
    assert built.table(f"results/{STUDY}/manifest.csv") == manifest


def thank(project: Project) -> tuple[Path, bytes]:
    """Edit an interview: after the last coded segment, so that no position moves. Gives back what it was before."""
    interview = sorted((project.root / "data" / "raw" / STUDY / "interviews").glob("*.txt"))[0]
    before = interview.read_bytes()
    with interview.open("a", encoding="utf-8", newline="\n") as stream:
        stream.write("ผู้สัมภาษณ์: ขอบคุณค่ะ\n")
    return interview, before


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
    """What is planned is everything; what is built is the article, after an edit of it that includes another file."""
    interview, said = thank(built)
    rules = planned(built)
    survey = {"read_survey", "measure_reliability", "score_scales", "compare_scales", "fit_outcome_model"}
    assert "read_interviews" in rules
    assert rules >= LAST
    assert not rules & (
        survey | {"read_sites", "read_participants", "read_codebook", "read_references", "draw_factor_profile"}
    )
    before = (built.root / ARTICLE).read_text(encoding="utf-8")
    built.write(f"report/{STUDY}/more.qmd", "More words.\n")
    built.write(ARTICLE, before + "\n{{< include more.qmd >}}\n")
    documents = [f"results/{STUDY}/article.en.{format_}" for format_ in ("html", "pdf", "docx")]
    expected = planned(built, targets=documents)
    assert expected >= {"read_interviews", "collect_values", *DOCUMENTS} - {
        "check_subject",
        "check_results",
        "write_manifest",
    }
    run = built.build(*documents)
    assert set(run.rules) == expected
    assert set(run.computed) >= {"read_interviews", "render_document"}
    # Agreement is measured over all that was said, and so counts anew; what stands on the coding alone does not.
    assert not set(run.computed) & {"count_themes", "score_scales", "compare_scales", "draw_figure"}
    # Once it is built, nothing is left to do until the included file changes.
    assert planned(built, targets=documents) == set()
    built.write(f"report/{STUDY}/more.qmd", "Other words.\n")
    assert "compose_document" in planned(built, targets=documents)
    built.write(ARTICLE, before)
    interview.write_bytes(said)


def test_one_answer_of_the_survey_leaves_the_interviews_alone(built: Project) -> None:
    path = built.root / "data" / "raw" / STUDY / "survey" / "responses.csv"
    rows = list(csv.reader(path.open(encoding="utf-8-sig", newline="")))
    column = rows[0].index("ผู้บริหารสนับสนุน")
    rows[1][column] = "เห็นด้วย" if rows[1][column] != "เห็นด้วย" else "ไม่เห็นด้วย"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    computed = set(built.build(*built.tables_of(STUDY), f"results/{STUDY}/coding/coding.qdpx").computed)
    assert computed >= {"read_survey", "score_scales"}
    assert not computed & {"measure_agreement", "count_themes", "read_interviews", "export_coding"}


@pytest.mark.long
def test_all_of_it_is_what_computing_anew_gives(built: Project) -> None:
    built.build()
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
