"""Who withdrew is left out of everything that is read, and out of everything that was made."""

from pathlib import Path

import pytest
import yaml
from studies import make_study

from thongthin.basics.problems import Problems
from thongthin.commands.check import check_study
from thongthin.commands.withdraw import held_in, made_of, main, remove, with_withdrawn


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: x\n", {"withdrawn": ["P07"]}),
        ("participants: {consent: all}\n", {"consent": "all", "withdrawn": ["P07"]}),
        ("participants: {}\n", {"withdrawn": ["P07"]}),
        ("participants: {consent: all, withdrawn: [P01]}\n", {"consent": "all", "withdrawn": ["P01", "P07"]}),
        ("participants:\n  consent: all\n", {"consent": "all", "withdrawn": ["P07"]}),
        ("participants:  # all of them\n    withdrawn: [P01]\n", {"withdrawn": ["P01", "P07"]}),
    ],
)
def test_ids_are_written_into_study_yml_and_nothing_else_changes(text: str, said: object) -> None:
    assert yaml.safe_load(with_withdrawn(text, ["P07"]))["participants"] == said


def test_what_is_written_otherwise_is_left_alone() -> None:
    with pytest.raises(ValueError, match="participants"):
        with_withdrawn("participants:\n", ["P07"])


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_study(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tables_of(root: Path) -> dict[str, object]:
    found: dict[str, object] = {}
    check_study(root, "small", Problems(), found=found)  # type: ignore[arg-type]
    return found


def test_a_participant_is_left_out_of_every_table(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tables_of(study)
    assert main(["small", "P02"]) == 0
    output = capsys.readouterr().out
    after = tables_of(study)
    for name, frame in after.items():
        if "participant_id" in frame.columns:  # type: ignore[attr-defined]
            assert "P02" not in set(frame["participant_id"]), name  # type: ignore[index]
            assert len(frame) <= len(before[name])  # type: ignore[arg-type]
    assert len(after["participants"]) == len(before["participants"]) - 1  # type: ignore[arg-type]
    assert len(after["codings"]) < len(before["codings"])  # type: ignore[arg-type]
    assert "interviews/P02" in output
    assert "participants.csv: row 3" in output
    assert "ประวัติของ Git" in output


def test_what_was_made_is_removed_with_kept_answers(study: Path) -> None:
    made = [
        "results/small/tables/x.csv",
        "results/small/public/article.en.html",
        "data/processed/small/turns.csv",
        "logs/small/x.log",
        ".snakemake/thongthin-kept/small/read_interviews-1/a/0",
        ".snakemake/thongthin-kept/_trees/a.json",
        ".snakemake/thongthin-checked.json",
        ".snakemake/scripts/tmp.py",
        ".snakemake/log/2026.log",
    ]
    others = ["results/other/tables/x.csv", ".snakemake/thongthin-kept/other/a/0", "data/raw/small/study.yml"]
    for name in (*made, *others[:2]):
        (study / name).parent.mkdir(parents=True, exist_ok=True)
        (study / name).write_text("P02", encoding="utf-8")
    metadata = study / ".snakemake" / "metadata"
    metadata.mkdir()
    (metadata / "a").write_text('{"input": ["data/raw/small/interviews/P02.docx"]}', encoding="utf-8")
    (metadata / "b").write_text('{"input": ["data/raw/other/study.yml"]}', encoding="utf-8")
    assert remove(made_of(study, "small")) > 5
    assert not [name for name in made if (study / name).exists()]
    assert all((study / name).exists() for name in others)
    assert [path.name for path in metadata.iterdir()] == ["b"]


def test_when_the_raw_files_are_gone_only_the_id_is_left(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["small", "P02"]) == 0
    raw = study / "data" / "raw" / "small"
    next((raw / "interviews").glob("P02.*")).unlink()
    for name in ("participants.csv", "quotes.csv"):
        text = (raw / name).read_text("utf-8-sig")
        kept = [line for line in text.splitlines() if "P02" not in line]
        (raw / name).write_text("\n".join(kept) + "\n", encoding="utf-8")
    for path in (raw / "coding").rglob("*"):
        text = path.read_text("utf-8-sig")
        path.write_text("".join(line for line in text.splitlines(keepends=True) if "P02" not in line), "utf-8")
    capsys.readouterr()
    assert main(["small", "P02"]) == 0
    assert "holds nothing of them any more" in capsys.readouterr().out
    assert held_in(study, "small", ["P02"], {}) == []


def test_nobody_of_that_name(study: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (study / "data/raw/small/study.yml").read_bytes()
    assert main(["small", "P99"]) == 1
    assert 'no participant "P99"' in capsys.readouterr().out
    assert (study / "data/raw/small/study.yml").read_bytes() == before
