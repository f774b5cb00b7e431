"""Copies for reviewers: nothing in any format, shown or not, tells who wrote the article."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from documents import Source, made, text_of
from lxml import etree
from studies import STUDY

from thongthin.contract.study import Study
from thongthin.present.render.blind import WITHHELD, identifying, withheld, without_authors, without_names
from thongthin.present.render.engines import quarto_fault
from thongthin.present.render.fonts import make_fonts
from thongthin.present.render.requested import Named
from thongthin.present.render.source import source_of_text
from thongthin.present.render.tree import tree_of

WRITTEN_BY: dict[str, Any] = {
    "authors": [
        {
            "name": {"th": "มานี ใจงาม", "en": "Manee Jaingam"},
            "affiliation": {"th": "มหาวิทยาลัยสมมติ", "en": "University of Nowhere"},
            "email": "manee@example.org",
            "orcid": "0000-0002-1825-0097",
            "corresponding": True,
        },
        {"name": {"th": "ชูใจ", "en": "Li"}},
    ],
    "ethics": {"th": "ผ่านการพิจารณา เลขที่ HE663001", "en": "Approved, HE663001"},
}
SECRETS = ("มานี", "Manee", "สมมติ", "Nowhere", "manee@", "1825", "ชูใจ", "HE663001", "Grant")
TEXT = (
    "# บทนำ\n\nผู้สัมภาษณ์คือมานี ใจงาม (manee\\@example.org) จาก University of Nowhere กับ Li ซึ่ง Listening {{< value n >}}"
    " [@a2021] เลขที่ HE663001\n\n::: {#ethics}\n:::\n\n**แหล่งทุน** Grant 1\n\n"
    "# กิตติกรรมประกาศ {.unnumbered}\n\nGrant 2\n\n"
    "## ผู้ช่วย\n\nGrant 3\n\n# สรุป\n\nจบ\n\n# Acknowledgements {.unnumbered lang=en}\n\nGrant 4\n"
)
FORMATS = ("html", "pdf", "docx", "xml")


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fonts")
    make_fonts(folder)
    return folder


def everything_in(path: Path) -> str:
    """All that a file says: every part of a Word document, and every string and stream of a PDF."""
    data = path.read_bytes()
    if path.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
        return "\n".join([*parts, *parts.values(), *(re.sub(r"<[^>]+>", "", part) for part in parts.values())])
    if path.suffix == ".pdf":
        said = []
        with pikepdf.open(io.BytesIO(data)) as document:
            for item in document.objects:
                if isinstance(item, pikepdf.Stream):
                    said.append(item.read_bytes().decode("utf-8", "replace"))
                    said += [str(value) for value in item.stream_dict.values()]
                elif isinstance(item, pikepdf.Dictionary):
                    said += [str(value) for value in item.values() if isinstance(value, pikepdf.String)]
        return "\n".join([*said, text_of(path)])
    return data.decode()


@pytest.mark.parametrize("engine", ["embedded", "quarto"])
@pytest.mark.parametrize("language", ["th", "en"])
def test_nothing_tells_who_wrote_it(tmp_path: Path, fonts: Path, language: Any, engine: Any) -> None:
    if engine == "quarto" and (fault := quarto_fault()):
        pytest.skip(fault.en)
    own = Source(TEXT, language, study=WRITTEN_BY)
    named = made(own, tmp_path / "named", fonts, engine, FORMATS)
    blind = made(Source(TEXT, language, "article.blind", study=WRITTEN_BY), tmp_path / "blind", fonts, engine, FORMATS)
    for format_ in FORMATS:
        said, told = everything_in(blind[format_]), everything_in(named[format_])
        assert [secret for secret in SECRETS if secret in said] == [], format_
        here = {"th": ("มานี", "สมมติ", "manee@"), "en": ("Manee", "Nowhere", "manee@")}[language]
        assert [secret for secret in here if secret not in told] == [], f"{format_}: the copy with names has them"
    page = text_of(blind["html"])
    assert page.count(re.sub(r"\s", "", WITHHELD[language])) == 6, "four names and numbers, the address, the ethics"
    kept = ("Listening", "จบ", "12", {"th": "หนังสือหนึ่ง", "en": "Bookone"}[language])
    assert [text for text in kept if text not in page] == []
    assert text_of(blind["pdf"]) != "" and 'hreflang="' in blind["html"].read_text(encoding="utf-8")
    assert etree.parse(str(blind["xml"])).find(".//contrib") is None


@pytest.mark.parametrize("language", ["th", "en"])
def test_coders_are_called_by_numbers(tmp_path: Path, fonts: Path, language: Any) -> None:
    text = (
        "ผู้ลงรหัสคือ PWJ กับมานะ ฟ้า อ่านโดย PWJ, Will will, A SKX2 {{< value pairs.PWJ.SKX2 >}}\n\n"
        "::: {#tbl-own}\n{{< include tables/own.md >}}\n\nCaption by PWJ\n:::\n"
    )
    table = "| by |\n|:--|\n| [PWJ]{.coder}; [มานะ ฟ้า]{.coder} |\n| [A]{.coder} [Will]{.coder} [x\\]y]{.coder} |\n"
    coders = ("มานะ ฟ้า", "PWJ", "Will", "A", "SKX2", "x]y")
    given: dict[str, Any] = {"tables": {"own": table}, "coders": coders, "values": {"pairs.PWJ.SKX2": "0.75"}}
    named = made(Source(text, language, **given), tmp_path / "named", fonts, "embedded", FORMATS)
    blind = made(Source(text, language, "article.blind", **given), tmp_path / "blind", fonts, "embedded", FORMATS)
    for format_ in FORMATS:
        said, told = everything_in(blind[format_]), everything_in(named[format_])
        assert [name for name in ("PWJ", "มานะ") if name in said or name not in told] == [], format_
        assert "{.coder" not in said + told
    page = text_of(blind["html"])
    assert "C2;C6" in page and "C1C4C5" in page, "by their place in the alphabet"
    assert "C2กับC6อ่านโดยC2,Willwill,ASKX20.75" in page and "CaptionbyC2" in page
    assert "PWJ;มานะฟ้า" in text_of(named["html"]) and "AWillx]y" in text_of(named["html"])


def test_what_tells_of_the_authors() -> None:
    study = Study.model_validate({**STUDY, **WRITTEN_BY})
    found = identifying(study, ["มหาวิทยาลัยสมมติ"])
    assert "มหาวิทยาลัยสมมติ" not in found, "a site of the study is no secret"
    assert found[0] == "University of Nowhere" and {"Li", "ชูใจ", "HE663001", "manee@example.org"} <= {*found}
    assert without_authors(study).authors == [] and study.authors, "the study itself is left as it is"
    assert without_authors(study.model_copy(update={"ethics": None})).ethics is None


@pytest.mark.parametrize(
    ("text", "name", "left"),
    [
        ("Li and Listening, (Li)", "Li", "{} and Listening, ({})"),
        ("โดยชูใจ กับ ชูใจ", "ชูใจ", "โดยชูใจ กับ {}"),
        ("โดยมานี  ใจงามและคณะ", "มานี ใจงาม", "โดย{}และคณะ"),
        ("a\\-b\\@c.d", "a-b@c.d", "{}"),
    ],
)
def test_names_go_and_words_that_hold_them_stay(text: str, name: str, left: str) -> None:
    instead = "\\[withheld for review\\]"
    assert withheld(text, [name], "en") == left.format(*[instead] * left.count("{}"))
    assert withheld(name, [name], "en", markdown=False) == WITHHELD["en"]


def told(text: str, *names: str) -> tuple[str, Named]:
    read, named = without_names(tree_of(source_of_text(text, "article.en.qmd")), names, "en")
    assert read.count("\n") == text.count("\n"), "each line stands where it stood"
    return "\n".join(line for line in read.split("\n") if line), named


def test_sections_of_the_authors_end_with_their_level_or_their_block() -> None:
    text = (
        "::: {lang=en}\n## 5. **Acknowledgments**\n\nus\n:::\n\n### Kept\n\n# Funding sources\n\n::: {lang=th}\nus\n"
        ":::\n\n## us\n\n# Kept"
    )
    assert told(text)[0] == "::: {lang=en}\n:::\n### Kept\n# Kept"
    assert told("```\n# Funding\n```\n\ntext")[0] == "```\n# Funding\n```\ntext", "code speaks of nobody"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Funding\n=======\n\nus\n\nKept\n====\n\nhere", "Kept\n====\nhere"),
        ("# Kept\n**Funding.** us\n\n```\ncode\n```", "# Kept\n```\ncode\n```"),
        ("# Funding\n\nus\n\n::: {lang=th}\n::: {lang=en}\nus\n:::\n:::\n\n# Kept\n\n$$\nx\n$$", "# Kept\n$$\nx\n$$"),
        ("::: {lang=th}\n::: {lang=en}\nkept\n\n**Funding** us\n:::\n:::\n\nkept",
         "::: {lang=th}\n::: {lang=en}\nkept\n:::\n:::\nkept"),
        ("kept[^1]\n\n# Funding\n\nus[^2]\n\n[^1]: stays\n\n# Kept\n\n[^2]: goes", "kept[^1]\n[^1]: stays\n# Kept"),
        ("# Funding[^1] {#sec-f}\n\nus\n\n---\n\nus\n\n[^1]: us", ""),
        ("**Fun**ding is none\n\n> **Kept**", "**Fun**ding is none\n> **Kept**"),
    ],
)  # fmt: skip
def test_what_pandoc_reads_as_of_the_authors_goes(text: str, left: str) -> None:
    assert told(text)[0] == left


def test_names_by_which_something_is_asked_for_stay() -> None:
    text = "By Li {{< value Li.n >}} [@Li-2020, by Li]\n\n# Funding\n\n{{< value grant >}} @b2020 {{< quote q >}}"
    instead = r"\[withheld for review\]"
    assert told(text, "Li") == (
        f"By {instead} {{{{< value Li.n >}}}} [@Li-2020, by {instead}]",
        Named(frozenset({"Li.n"}), frozenset(), frozenset({"Li-2020"})),
    )
