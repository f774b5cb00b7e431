"""The list of works: what is wrong with it is said, and both printed lists come out of it."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pypandoc
import pytest
from studies import STUDY

from thongthin.basics.language import Language
from thongthin.basics.problems import Problem, Problems
from thongthin.contract.study import Study
from thongthin.present.render.composition import metadata
from thongthin.read.references import LOCALES, Work, csl_entries, read_references

ROOT = Path(__file__).parents[3]
PRINTED = ROOT / "../shared/data/references-as-printed.md"

WORK = """\
- id: somsri2021
  type: article-journal
  issued: 2021-03-15
  volume: 5
  th: {author: [{given: สมศรี, family: ใจดี}], title: ท้องถิ่น, container-title: วารสาร}
  en: {author: [{given: Somsri, family: Jaidee}], title: Local, container-title: Journal}
"""


def read(tmp_path: Path, text: str) -> tuple[list[Work], list[Problem]]:
    path = tmp_path / "references.yml"
    path.write_text(text, encoding="utf-8")
    problems = Problems()
    return read_references(path, problems.at("data/raw/x/references.yml")), problems.found


def test_both_lists_come_from_one_work(tmp_path: Path) -> None:
    works, found = read(tmp_path, WORK)
    assert not found
    thai, english = csl_entries(works, "th")[0], csl_entries(works, "en")[0]
    assert thai["issued"] == {"date-parts": [[2564, 3, 15]]}
    assert english["issued"] == {"date-parts": [[2021, 3, 15]]}
    assert thai["author"] == [{"literal": "สมศรี ใจดี"}]
    assert english["author"] == [{"given": "Somsri", "family": "Jaidee"}]
    assert thai["container-title"] == "วารสาร"
    assert thai["volume"] == "5"
    assert "th" not in thai and "en" not in english


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("volume: 5", "volum: 5", 4, '"volum" is not a known key here. Did you mean "volume"?'),
        ("title: ท้องถิ่น, ", "", 5, '"title" is missing.'),
        ("title: Local", "title: Local, DIO: 10.1", 6, '"DIO" is not a known key here. Did you mean "editor", "DOI"?'),
        ("type: article-journal", "type: journal", 2, '"journal" is not possible here'),
        ("issued: 2021-03-15", "issued: 2564", 3, "years here are Common Era: 2564 is 2021"),
        ("issued: 2021-03-15", 'issued: "2021-02-30"', 3, "2021-02-30 is not a date"),
        ("given: Somsri, family: Jaidee", "given: Somsri", 6, "a name is either given and family, or literal"),
        ("id: somsri2021", "id: fig-2021", 1, '"fig-2021" cannot be cited'),
        ("id: somsri2021", "id: สมศรี", 1, '"สมศรี" cannot be cited'),
    ],
)
def test_a_wrong_work_is_said(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    assert old in WORK
    works, found = read(tmp_path, WORK.replace(old, new))
    assert not works
    assert [(p.row, f"{p.en} {p.hint_en}".startswith(said)) for p in found] == [(line, True)], found
    assert found[0].th


def test_one_language_is_enough_and_a_thai_work_without_translation_is_told(tmp_path: Path) -> None:
    path = tmp_path / "references.yml"
    thai_only, english_only = WORK[: WORK.index("  en:")], re.sub("  th:.*\n", "", WORK.replace("somsri", "davis"))
    path.write_text(thai_only + english_only, encoding="utf-8")
    problems = Problems(file="references.yml")
    works = read_references(path, problems)
    assert [work.id for work in works] == ["somsri2021", "davis2021"] and not problems.found
    (notice,) = problems.notices
    assert notice.en == "Given in Thai only, which stands for both languages: somsri2021."
    _, found = read(tmp_path, WORK[: WORK.index("  th:")])
    assert [(p.en, p.row) for p in found] == [("neither th nor en says who wrote it and what it is called", 1)]
    assert "en: {author:" in found[0].hint_en and found[0].hint_th


def foreign(id_: str, family: str, year: int, title: str, more: str = "") -> str:
    return (
        f"- id: {id_}\n  type: article-journal\n  issued: {year}\n"
        f"  en: {{author: [{{given: Fred D., family: {family}}}{more}], title: {title}, container-title: MISQ}}\n"
    )


def thai(id_: str, given: str, title: str, given_en: str, title_en: str) -> str:
    work = WORK.replace("somsri2021", id_).replace("สมศรี", given).replace("ท้องถิ่น", title)
    return work.replace("Somsri", given_en).replace("Local", title_en)


CITED = (
    thai("b1", "อารี", "เรื่องสอง", "Aree", "Two") + thai("b2", "อารี", "เรื่องหนึ่ง", "Aree", "One")
    + thai("k", "กานดา", "เรื่องสาม", "Kanda", "Three")
    + foreign("davis", "Davis", 1989, "Usefulness")
    + foreign("adams", "Adams", 1992, "Ease", ", {given: B., family: Cole}")
    + foreign("d1", "Rogers", 2003, "Diffusion one") + foreign("d2", "Rogers", 2003, "Diffusion two")
    + foreign("many", "Bass", 2010, "Three", ", {given: B., family: Cole}, {given: C., family: Dunn}")
)  # fmt: skip


def article(tmp_path: Path, language: Language, text: str) -> str:
    """A text with its citations and both lists as our filter makes them."""
    works, found = read(tmp_path, CITED)
    assert not found
    for tongue in LOCALES:
        (tmp_path / f"references.{tongue}.json").write_text(json.dumps(csl_entries(works, tongue)), encoding="utf-8")
    meta = {"thongthin": {"references": metadata(read_study_of_tests(), language)["thongthin"]["references"]}}
    for source in meta["thongthin"]["references"].values():
        source["style"] = str(ROOT / "report" / source["style"])
    lists = "\n\n::: {#refs}\n:::\n\n----\n\n::: {#refs-translated}\n:::\n"
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), f"--lua-filter={ROOT / 'report/_extensions/thongthin/two_reference_lists.lua'}",
         "--to=plain", "--wrap=none"],
        input=f"---\n{json.dumps(meta)}\n---\n\n{text}{lists}".encode(),
        capture_output=True, check=True, cwd=tmp_path,
    )  # fmt: skip
    return done.stdout.decode()


def read_study_of_tests() -> Study:
    return Study.model_validate(STUDY)


def test_a_thai_article_cites_foreign_works_as_thai_journals_do(tmp_path: Path) -> None:
    text = "[@davis; @adams; @many] [@k] [@b1; @b2] [@d1; @d2]"
    both, translated = re.split("-{10,}", article(tmp_path, "th", text))
    said, *entries = [line for line in both.split("\n") if line]
    assert said == (
        "(Davis, 1989; Adams & Cole, 1992; Bass et al., 2010) (กานดา ใจดี, 2564)"
        " (อารี ใจดี, 2564ก; อารี ใจดี, 2564ข) (Rogers, 2003a; Rogers, 2003b)"
    )
    assert [entry[:22] for entry in entries] == [
        "กานดา ใจดี. (2564). เร",
        "อารี ใจดี. (2564ก). เร",
        "อารี ใจดี. (2564ข). เร",
        "Adams, Fred D., and B.",
        "Bass, Fred D., B. Cole",
        "Davis, Fred D. (1989).",
        "Rogers, Fred D. (2003a",
        "Rogers, Fred D. (2003b",
    ]
    others = [line for line in translated.split("\n") if line]
    assert len(others) == 3 and all("Jaidee" in entry for entry in others), "foreign works are not translated"
    assert [re.findall(r"^(\w+) Jaidee. \((\w+)\). (\w+)", entry)[0] for entry in others] == [
        ("Kanda", "2021", "Three"),
        ("Aree", "2021a", "Two"),  # as ก and ข in the first list, though One comes before Two
        ("Aree", "2021b", "One"),
    ]


def test_an_english_article_lists_foreign_works_once(tmp_path: Path) -> None:
    text = "[@davis; @k] [@b1; @b2]"
    first, second = re.split("-{10,}", article(tmp_path, "en", text))
    assert first.startswith("(Davis, 1989; Jaidee, 2021")
    assert "Davis, Fred D. (1989). Usefulness." in first and "Davis" not in second
    assert "กานดา ใจดี. (2564)" in second and "(2564ก)" in second


def test_a_work_stands_twice(tmp_path: Path) -> None:
    works, found = read(tmp_path, WORK + WORK)
    assert [w.id for w in works] == ["somsri2021"]
    assert [(p.en, p.row) for p in found] == [('The work "somsri2021" stands twice.', 7)]


def test_the_file_is_no_list(tmp_path: Path) -> None:
    _, found = read(tmp_path, "works: none\n")
    assert [p.en for p in found] == ["This file must be a list of works."]


def test_an_empty_list_is_a_list(tmp_path: Path) -> None:
    assert read(tmp_path, "[]\n") == ([], [])


# --- the printed lists of the article that the demonstration study is about -------------------------------------------

STYLES: dict[Language, str] = {"th": "thai.csl", "en": "translated.csl"}

# Printed in the translated entry only.
PLATFORM = (
    "https://www.dga.or.th/our-services/digital-platform-services/dga-digital-government-platform/"
    "list-local-government-organization/"
)

# What the journal printed against its own habit, and the habit: see the table at the end of the printed lists. A line
# break inside a printed Thai entry may stand for nothing: there the data file has a space.
SLIPS: dict[Language, list[tuple[str, str]]] = {
    "th": [
        ("ผ่าน ระบบดิจิทัล ตาม", "ผ่านระบบดิจิทัล ตาม"),
        ("ขับเคลื่อน แผนพัฒนา", "ขับเคลื่อนแผนพัฒนา"),
        ("ปรับเปลี่ยน เป็น", "ปรับเปลี่ยนเป็น"),
        ("เปลี่ยนแปลงเป็น องค์กร", "เปลี่ยนแปลงเป็นองค์กร"),
        ("และวีรนุช", "และ วีรนุช"),
        ("พระพิพิธพัชโรดม, พระสาโรจน์", "พระพิพิธพัชโรดม และ พระสาโรจน์"),
        ("การเมืองไทย, วารสาร", "การเมืองไทย. วารสาร"),
        ("แม่เหียะ. (2565) ผล", "แม่เหียะ. (2565). ผล"),
        ("30 มีนาคม 2566 จาก", "30 มีนาคม 2566, จาก"),
        ("จังหวัดขอนแก่น, Journal", "จังหวัดขอนแก่น. Journal"),
        ("Platform). สืบค้นเมื่อ 30 มีนาคม 2566,", f"Platform). สืบค้นเมื่อ 30 มีนาคม 2566, จาก {PLATFORM}"),
    ],
    "en": [
        ("Tejangkura.(2020).Some", "Tejangkura. (2020). Some"),
        ("Platform.https", "Platform. https"),
        ("(2022).Adaptability", "(2022). Adaptability"),
        ("Phraphiphitpatcharodom, Phra", "Phraphiphitpatcharodom and Phra"),
        ("Thai Politic, Journal", "Thai Politic. Journal"),
        ("in Thailand . https", "in Thailand. https"),
        ("Commission (2017). Basic", "Commission. (2018). Basic"),
        ("Khon Kaen Province, Journal", "Khon Kaen Province. Journal"),
        ("Ratchathani Province, Journal", "Ratchathani Province. Journal"),
    ],
}
AT_LINE_ENDS = 4  # of the slips in Thai, which are none of the journal's


def printed_list(language: Language) -> list[str]:
    if not PRINTED.exists():
        pytest.skip("the printed reference lists (../shared/data/references-as-printed.md) are not here")
    section = PRINTED.read_text(encoding="utf-8").split("\n## ")[{"th": 1, "en": 2}[language]]
    return re.findall(r"^\d+\. (.+)$", section, flags=re.MULTILINE)


def our_works() -> list[Work]:
    problems = Problems()
    works = read_references(ROOT / "data/raw/khon-kaen/references.yml", problems)
    assert not problems.found
    return works


def printed_by(tmp_path: Path, works: list[Work], language: Language, style: str) -> list[str]:
    """The entries of a list of these works, in its order."""
    data = tmp_path / "works.json"
    data.write_text(json.dumps(csl_entries(works, language)), encoding="utf-8")
    csl = ROOT / "report/styles" / style
    done = subprocess.run(
        [
            pypandoc.get_pandoc_path(),
            "--citeproc",
            f"--csl={csl}",
            f"--bibliography={data}",
            "--to=plain",
            "--wrap=none",
        ],
        input=f'---\nlang: {LOCALES[language]}\nnocite: "@*"\n---\n'.encode(),
        capture_output=True,
        check=True,
    )
    return [line for line in done.stdout.decode().split("\n") if line]


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_printed_entry_comes_out_but_for_its_slips(tmp_path: Path, language: Language) -> None:
    printed = printed_list(language)
    assert len(printed) == 12
    ours = printed_by(tmp_path, our_works(), language, STYLES[language])
    mended = []
    for entry in printed:
        for slip, habit in SLIPS[language]:
            entry = entry.replace(slip, habit)
        mended.append(entry)
    assert sorted(ours) == sorted(mended)


def test_many_printed_entries_come_out_character_for_character(tmp_path: Path) -> None:
    exact = 0
    for language, style in STYLES.items():
        printed = printed_list(language)
        if language == "th":
            for slip, habit in SLIPS["th"][:AT_LINE_ENDS]:
                printed = [entry.replace(slip, habit) for entry in printed]
        exact += len(set(printed_by(tmp_path, our_works(), language, style)) & set(printed))
    assert exact == 11


def test_thai_order_is_that_of_the_dictionary(tmp_path: Path) -> None:
    first = [entry.split(".")[0] for entry in printed_by(tmp_path, our_works(), "th", "thai.csl")]
    assert first.index("เทศบาลเมืองแม่เหียะ") == 1, "after กฤชวรรธน์, before นภัสรพี"
    assert first.index("สำนักงาน ก") < first.index("สำนักงานพัฒนารัฐบาลดิจิทัล")


def test_the_list_of_the_english_article_is_found_by_what_is_cited(tmp_path: Path) -> None:
    entries = printed_by(tmp_path, our_works(), "en", "english.csl")
    begins = [re.split(r" \(\d{4}\)", entry)[0] for entry in entries]
    assert begins == sorted(begins)
    assert "Tejangkura, Nabhasrabi." in begins
    assert "Seesupun, Supaporn, and Ajirapa Pienkhuntod." in begins
    assert "Phanthali, PhraNatthawut, Sukhapal Anonjarn, Artit Saengchawek, and Weeranucn Promjak." in begins


def test_a_page_without_address_ends_with_the_day_it_was_read(tmp_path: Path) -> None:
    [page] = [work for work in our_works() if work.id == "digi2022"]
    [entry] = printed_by(tmp_path, [page.model_copy(update={"url": None})], "th", "thai.csl")
    assert entry.endswith("ตัวอย่างในไทย. สืบค้นเมื่อ 30 มีนาคม 2566")


def test_a_study_may_cite_nothing_yet(tmp_path: Path) -> None:
    """Without the file there are no works; a file that is called alike is asked about."""
    problems = Problems()
    assert read_references(tmp_path / "references.yml", problems) == []
    assert not problems.found
    (tmp_path / "My library.bib").write_text("@book{x}", encoding="utf-8")
    assert read_references(tmp_path / "references.yml", problems) == []
    (problem,) = problems
    assert "My library.bib" in f"{problem.en} {problem.hint_en}"
