"""What `publish` makes of a study: nothing of anybody in it, nothing that can be computed, made from itself alone."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from attack import intervals, published
from documents import text_of
from project import ROOT, Project
from pypdf import PdfReader

from thongthin.basics.language import Language
from thongthin.basics.problems import Problems
from thongthin.commands.check import check_study
from thongthin.commands.check_privacy import findings
from thongthin.contract.loading import read_study
from thongthin.contract.published import read_published
from thongthin.contract.tables import read_cells, read_table
from thongthin.flow.planning import Plan

STUDY = "small"
PUBLIC = f"results/{STUDY}/public"
LANGUAGES: tuple[Language, ...] = ("th", "en")
# What people say and write that tells who somebody is, of 24 kinds. None of it is anybody's.
PLANTED = {
    "citizen id": "1-1017-00230-70-8",
    "citizen id without dashes": "1101700230708",
    "citizen id in Thai digits": "๑๑๐๑๗๐๐๒๓๐๗๐๘",
    "mobile phone": "081-234-5678",
    "phone in Thai digits": "๐๘๙ ๘๗๖ ๕๔๓๒",
    "landline": "043-202-123",
    "e-mail": "somsak.jaidee@example.org",
    "LINE id": "ไลน์ไอดี somsak_jai99",
    "page": "เพจเฟซบุ๊ก บ้านสวนลุงสมศักดิ์",
    "bank account": "บัญชีกรุงไทย 123-4-56789-0",
    "number plate": "ทะเบียน กข 1234 ขอนแก่น",
    "passport": "พาสปอร์ตเลขที่ AA1234567",
    "house": "บ้านเลขที่ 99/7 หมู่ 4",
    "road": "ซอยสุขใจ 5 ถนนมิตรภาพ",
    "village": "หมู่บ้านหนองแวงน้อย",
    "school": "โรงเรียนบ้านหนองแวงวิทยา",
    "company": "ร้านสมศักดิ์การค้า",
    "date of birth": "เกิดวันที่ 12 มีนาคม 2515",
    "diagnosis": "ผมติดเชื้อเอชไอวี",
    "Thai name with a title": "นายสมศักดิ์ ใจดีงาม",
    "rank": "พ.ต.ท. วิชัย กล้าหาญ",
    "kin term": "ลุงประเสริฐ",
    "English name": "Mr. Somchai Raksapong",
    "coordinates": "16.4322, 102.8236",
}


def all_text(folder: Path) -> str:
    """Everything that stands in the files of a folder, those in archives as well."""
    parts = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            if zipfile.is_zipfile(io.BytesIO(data)):
                with zipfile.ZipFile(path) as archive:
                    parts += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
            parts += [path.name, data.decode("utf-8", "replace")]
    return "\n".join(parts) + "\n" + re.sub(r"<[^>]*>", "", "\n".join(parts))


def test_no_table_whose_rows_are_people_is_published(simulated: Project) -> None:
    folder = simulated.root / PUBLIC
    tables = {path.stem for path in (folder / "tables").glob("*.csv")}
    assert {"themes_by_site", "item_answers_by_site", "values"} <= tables
    for name in ("themes_by_participant", "interview_lengths", "disagreements", "quote_checks"):
        assert name not in tables
        assert name in json.loads((folder / "protection.json").read_text("utf-8"))["not_published"]
    text = all_text(folder / "tables") + all_text(folder / "names") + all_text(folder / "article")
    assert not re.search(r"\bP0[1-6]\b", text)


def test_no_count_of_few_can_be_computed_from_what_is_published(simulated: Project) -> None:
    folder, k = simulated.root / PUBLIC / "tables", 3
    counts, told = published(folder)
    results = simulated.root / "results" / STUDY / "tables"
    true = {
        "item_answers": read_table(results / "item_answers.csv"),
        "category_answers": read_table(results / "category_answers.csv"),
    }
    asked = 0
    for name, answer in (("item_answers", "value"), ("category_answers", "category")):
        for row in true[name].to_dict("records"):
            unit = row.get("site_id", "all")
            cell = ("all" if unit == "all" else "site", str(unit), str(row[answer]))
            if row[answer] == "missing" or not 0 < row["n"] < k:
                continue
            item = row["item_id"]
            assert np.isnan(counts[item][cell]), (item, cell)
            (interval,) = intervals(counts[item], told.get(item, {}), {cell}).values()
            assert interval[1] - interval[0] >= k, (item, cell, interval)
            asked += 1
    assert asked > 5


def test_documents_were_read_back_and_tell_no_conditions(simulated: Project) -> None:
    results = simulated.root / "results" / STUDY
    counted = sorted(results.glob("*/*/public/read_back.csv"))
    assert [path.parts[-3] for path in counted] == ["en", "th"] * (len(counted) // 2) and counted
    for path in counted:
        rows = [line.split(",") for line in path.read_text(encoding="utf-8").split("\n")[1:-1]]
        assert rows and all(int(values) > 0 for _, values, _ in rows), path
    assert ",claim," not in (simulated.root / PUBLIC / "exhibits.csv").read_text(encoding="utf-8-sig")
    for page in (simulated.root / PUBLIC).glob("evidence.*.html"):
        assert '"claims":{}' in page.read_text(encoding="utf-8")


def test_documents_say_nothing_that_is_left_out(simulated: Project) -> None:
    """A number that is left out stands in no document, table, figure or list as anything but the mark or a word."""
    folder = simulated.root / PUBLIC
    values = read_table(folder / "tables" / "values.csv").set_index("key")
    hidden = {
        f"{name}.{row}"
        for name in ("themes_by_site_group",)
        for row in _keys_left_out(folder / "tables" / f"{name}.csv")
    }
    assert hidden
    assert values.loc[sorted(hidden & set(values.index)), "value"].isna().all()
    for drawn in (folder / "article" / "figures").glob("*.csv"):
        cells = read_cells(drawn)
        gone = cells[cells["key"].isin(hidden)]
        assert set(gone["text_en"]) <= {"[c]", "none", "some", "most", "all"}


def _keys_left_out(path: Path) -> list[str]:
    own = read_published(path)
    rows = own.frame[["site_id", "group", "theme_id"]].agg(".".join, axis=1)
    return [f"{row}.participants" for row, gone in zip(rows, own.hidden["participants"], strict=True) if gone]


def script(name: str) -> Callable[..., None]:
    """A step of the workflow as a function."""
    place = importlib.util.spec_from_file_location(name, ROOT / "workflow" / "scripts" / f"{name}.py")
    assert place and place.loader
    module = importlib.util.module_from_spec(place)
    place.loader.exec_module(module)
    return getattr(module, name)  # type: ignore[no-any-return]


def again(project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Plan:
    """Put into a folder what is published, what its authors wrote, and what renders it; no answer, turn or coding.

    What is made of the published tables is taken away; the rules of `public.smk` that follow are then called there.
    """
    root = project.root
    monkeypatch.chdir(root)
    plan = Plan(STUDY)
    for language in ("th", "en"):
        plan.named(STUDY, "article", language), plan.figures_shown(STUDY, "article", language)
    for part in ("tables", "names", "quotes.csv", "words.json"):
        copied(root / PUBLIC / part, folder / PUBLIC / part)
    copied(root / "report", folder / "report")
    copied(root / "data" / "raw" / STUDY / "study.yml", folder / "data" / "raw" / STUDY / "study.yml")
    for language in ("th", "en"):
        name = f"results/{STUDY}/article/references.{language}.json"
        copied(root / name, folder / name)
    copied(root / "results" / "fonts", folder / "results" / "fonts")
    monkeypatch.chdir(folder)
    return plan


def copied(source: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, to)
    else:
        shutil.copyfile(source, to)


def show(plan: Plan) -> None:
    """The rule `show_public`."""
    of = SimpleNamespace(study=STUDY)
    figures = {own for language in LANGUAGES for own in plan.figures_shown(STUDY, "article", language)}
    script("show_public")(
        tables=f"{PUBLIC}/tables",
        names=f"{PUBLIC}/names",
        quotes=f"{PUBLIC}/quotes.csv",
        shown=f"{PUBLIC}/article",
        wanted=plan.tables_shown(STUDY),
        figures={name: plan.needs_of_figure(of, name) for name in sorted(figures)},
        groups=plan.labels("groups")(of),
        constructs=plan.labels("constructs")(of),
        inferences=plan.inferences(STUDY),
        analysis=plan.studies[STUDY].analysis.model_dump(),
    )


def compose_again(plan: Plan, language: Language) -> Path:
    """The rule `compose_public`; the folder of the text."""
    text = f"results/{STUDY}/article/{language}/public/text"
    references = {f"references_{own}": f"results/{STUDY}/article/references.{own}.json" for own in LANGUAGES}
    script("compose_public")(
        article=f"report/{STUDY}/article.{language}.qmd",
        parts=[],
        study=f"data/raw/{STUDY}/study.yml",
        tables=f"{PUBLIC}/tables",
        words=f"{PUBLIC}/words.json",
        names=f"{PUBLIC}/names",
        quotes=f"{PUBLIC}/quotes.csv",
        **references,
        shown=f"{PUBLIC}/article",
        text=text,
        document="article",
        language=language,
        languages=[*LANGUAGES],
        left_out=[],
        named=plan.named(STUDY, "article", language),
    )
    return Path(text)


def test_documents_are_composed_again_from_the_folder_alone(
    simulated: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without data/, from the published tables, names and quotes: the same text, and so every number of it."""
    plan = again(simulated, tmp_path / "elsewhere", monkeypatch)
    copied(simulated.root / PUBLIC / "article", Path(PUBLIC) / "article")
    for language in LANGUAGES:
        text = compose_again(plan, language)
        for name in ("article.qmd", "values.json", "quotes.json", "metadata.yml"):
            assert (text / name).read_bytes() == (simulated.root / text / name).read_bytes(), name


@pytest.mark.parametrize("formats", [["html"], pytest.param(["pdf", "docx"], marks=pytest.mark.long)], ids="-".join)
def test_documents_are_rendered_again_from_the_folder_alone(
    simulated: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, formats: list[str]
) -> None:
    """Tables and figures, too, are made anew from the published tables: every page says the same, number for number."""
    plan = again(simulated, tmp_path / "elsewhere", monkeypatch)
    assert [path.name for path in Path("data").rglob("*") if path.is_file()] == ["study.yml"]
    show(plan)
    for language in LANGUAGES:
        out = [f"rendered.{language}.{format_}" for format_ in formats]
        script("render_public")(
            text=str(compose_again(plan, language)),
            shown=f"{PUBLIC}/article",
            report=[],
            fonts="results/fonts",
            rendered=out,
            tree=f"tree.{language}.json",
            folder=f"copy.{language}",
            figures=plan.figures_shown(STUDY, "article", language),
            language=language,
            engine="embedded",
            journal=plan.config.report.journal,
        )
        for path in map(Path, out):
            published_one = simulated.root / PUBLIC / f"article.{language}{path.suffix}"
            ours, theirs = (printed(own) for own in (path, published_one))
            assert ours == theirs, path
            assert len(re.findall(r"\d+", "".join(ours))) > 40, "it prints numbers"


def printed(path: Path) -> list[str]:
    """What a document prints, by pages where it has some."""
    if path.suffix == ".pdf":
        return [page.extract_text() for page in PdfReader(io.BytesIO(path.read_bytes())).pages]
    return [text_of(path)]


def test_quotes_are_signed_so_that_k_share_the_signature(simulated: Project) -> None:
    """Two were interviewed at each site, one of each group: only the group is shared by three."""
    quotes = read_cells(simulated.root / PUBLIC / "quotes.csv")
    assert len(quotes)
    assert set(quotes["site_id"]) == {""}
    assert set(quotes["group"]) <= {"official", "citizen"}


def test_the_report_and_the_readme_are_there_in_both_languages(simulated: Project) -> None:
    folder = simulated.root / PUBLIC
    for language, words in (("th", "ความเสี่ยงที่เหลือ"), ("en", "What risk is left")):
        assert words in (folder / f"privacy-report.{language}.html").read_text("utf-8")
    assert "ห้ามนำไฟล์อื่น" in (folder / "README.md").read_text("utf-8")
    listed = {row["path"] for row in pd.read_csv(folder / "manifest.csv").to_dict("records")}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {path for path in there if not Path(path).name.startswith(".")} == listed | {"manifest.csv"}


def test_a_publication_leaves_the_build_as_it_is_and_a_later_build_is_not_of_it(
    simulated: Project, tmp_path: Path
) -> None:
    project = simulated.copy(tmp_path)
    assert (project.root / "results" / STUDY / "manifest.csv").is_file()
    assert (project.root / PUBLIC / "manifest.csv").is_file()
    path = f"report/{STUDY}/article.en.qmd"
    project.replace(path, "This study interviewed", "This study has interviewed")
    project.build()
    assert (project.root / "results" / STUDY / "manifest.csv").is_file()
    assert not (project.root / PUBLIC / "manifest.csv").exists()
    assert (project.root / PUBLIC / "article.en.html").is_file()


def test_what_is_to_be_replaced_stands_in_no_published_quote(simulated: Project, tmp_path: Path) -> None:
    """A name within a quote is asked about; to be replaced, the copy is what may be published."""
    project = simulated.copy(tmp_path)
    raw = f"data/raw/{STUDY}"
    project.replace(f"{raw}/study.yml", "provenance: simulated", "provenance: field")
    law = "privacy: {legal_basis: consent, sensitive: [none], retention: ห้าปี}\n"
    study = re.sub(r"(?m)^participants:.*\n(?:  .*\n)*", "", (project.root / raw / "study.yml").read_text("utf-8"))
    people = "participants: {consent: all, quoting: all, publishing: all}\n"
    project.write(f"{raw}/study.yml", study + law + people)
    quoted = next(row["text"] for row in read_cells(project.root / PUBLIC / "quotes.csv").to_dict("records"))
    words = quoted.split()[0]
    project.write(f"{raw}/people.csv", f"name,nickname,participant_id\n{words},,P01\n")
    asked = _undecided(project)  # until this is decided, nothing is published: so the next test
    assert words in asked
    decision = json.dumps({"text": words, "replace": "xx"}, ensure_ascii=False)
    others = [json.dumps({"text": own, "keep": "known"}, ensure_ascii=False) for own in asked if own != words]
    project.write(f"{raw}/privacy.yml", "decisions:\n" + "".join(f"  - {own}\n" for own in [decision, *others]))
    code, output = project.publish(STUDY)
    assert code == 1
    assert "publish the copy that pseudonymise makes" in output


def test_nothing_is_published_while_anything_is_open_and_nothing_of_anybody_then(
    simulated: Project, tmp_path: Path
) -> None:
    project = simulated.copy(tmp_path)
    raw = f"data/raw/{STUDY}"
    project.replace(f"{raw}/study.yml", "provenance: simulated", "provenance: field")
    interview = next((project.root / raw / "interviews").glob("P02.*"))
    text = interview.read_text("utf-8")
    said = [f"{words} ครับ" for words in PLANTED.values()]
    interview.write_text(text.rstrip("\n") + "\n" + "\n".join(said) + "\n", encoding="utf-8", newline="\n")
    project.write(f"{raw}/people.csv", "name,nickname,participant_id\nสมหญิง รักไทยแท้,แดง,P01\n")
    code, output = project.publish(STUDY)
    assert code == 1
    for words in ("identifiers are not decided", "legal basis", "who consented", "ฐานทางกฎหมาย"):
        assert words in output, output
    decided = _undecided(project)
    lines = ["decisions:"]
    lines += [f"  - {json.dumps({'text': words, 'replace': 'xx'}, ensure_ascii=False)}" for words in decided]
    project.write(f"{raw}/privacy.yml", "\n".join(lines) + "\n")
    study = (project.root / raw / "study.yml").read_text("utf-8")
    law = "privacy: {legal_basis: research, sensitive: [political_opinions], retention: ห้าปี}\n"
    people = "participants: {consent: all, quoting: all, publishing: all}\n"
    study = re.sub(r"(?m)^participants:.*\n(?:  .*\n)*", "", study)
    project.write(f"{raw}/study.yml", study + law + people)
    participants = (project.root / raw / "participants.csv").read_text("utf-8-sig")
    assert "no" not in participants.splitlines()[1].split(",")[-1]
    code, output = project.publish(STUDY)
    assert code == 0, output
    text = all_text(project.root / PUBLIC)
    plain = re.sub(r"\s+", " ", text)
    assert [kind for kind, words in PLANTED.items() if words in plain] == []
    assert "สมหญิง" not in text
    assert "สมศักดิ์" not in text


def _undecided(project: Project) -> list[str]:
    """What the check asks about, as it shows it."""
    tables: dict[str, Any] = {}
    with contextlib.chdir(project.root):
        check_study(Path(), STUDY, Problems(), found=tables)
        study = read_study(Path(f"data/raw/{STUDY}/study.yml"), Problems())
        assert study is not None
        return sorted({found.words for found in findings(Path(), f"data/raw/{STUDY}", study, tables)})
