"""What is asked for is read back out of rendered documents, in both languages; what is planted there is told."""

from __future__ import annotations

import csv
import importlib.util
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import documents
import pandas as pd
import pytest
from readers_of_pdf import poppler_pages, pypdf_pages

from thongthin.basics.language import Language
from thongthin.basics.problems import RenderError
from thongthin.contract.tables import TABLES
from thongthin.present.read_back.documents import PAGES, pages_of, pdf_pages, recorded, text_of
from thongthin.present.read_back.report import Read, read_document, read_files
from thongthin.present.render.held import blocks_held
from thongthin.present.render.nodes import Node

ROOT = Path(__file__).parents[4]
FORMATS = ("html", "pdf", "docx", "xml")
# One of each form that a value has, where a document may ask for it.
READS: dict[str, dict[Language, str]] = {
    "s.in_heading.n": {"th": "3", "en": "3"},
    "s.in_text.mean": {"th": "3.57", "en": "3.57"},
    "s.in_text.change": {"th": "−0.12", "en": "−0.12"},
    "s.in_text.share": {"th": "ร้อยละ 83.3", "en": "83.3%"},
    "s.in_text.p": {"th": "= .003", "en": "= .003"},
    "s.first.p": {"th": "< .001", "en": "< .001"},
    "s.in_span.p": {"th": "= .5", "en": "= .5"},
    "s.in_list.n": {"th": "1,204", "en": "1,204"},
    "s.in_note.n": {"th": "17", "en": "17"},
    "s.in_table.n": {"th": "64", "en": "64"},
    "s.in_caption.n": {"th": "170", "en": "170"},
    "s.band.band": {"th": "มากที่สุด", "en": "very high"},
    "s.none.n": {"th": "–", "en": "–"},
    "s.after_signs.n": {"th": "9", "en": "9"},
}
TEXTS: dict[Language, str] = {
    "en": """\
# Findings of {{< value s.in_heading.n >}} sites {#sec-a}

The mean is {{< value s.in_text.mean >}} ({{< value s.band.band >}}; change {{< value s.in_text.change >}}), for
{{< value s.in_text.share >}} of them, *p*\\ {{< value s.in_text.p >}}[^1], as in @tbl-n and [@a2021].

{{< value s.first.p >}} begins a line, and [{{< value s.in_span.p >}}]{lang=th} a span; what is undefined is
{{< value s.none.n >}}. It was not so in 2019. Later.

- {{< value s.in_list.n >}} in a list
- 漢 and 😀 {{< value s.after_signs.n >}} 漢

[^1]: Of {{< value s.in_note.n >}} in a note.

::: {#tbl-n}
{{< include tables/n.md >}}

All {{< value s.in_caption.n >}} of them
:::

## The next heading {#sec-b}

See @sec-b.

::: {#refs}
:::
""",
    "th": """\
# ผลจากพื้นที่ {{< value s.in_heading.n >}} แห่ง {#sec-a}

ค่าเฉลี่ย {{< value s.in_text.mean >}} ({{< value s.band.band >}} เปลี่ยนแปลง {{< value s.in_text.change >}}) พบ \
{{< value s.in_text.share >}} *p*\\ {{< value s.in_text.p >}}[^1] ดู @tbl-n และ [@a2021]

{{< value s.first.p >}} ต้นบรรทัด และ [{{< value s.in_span.p >}}]{lang=en} ส่วนที่หาค่าไม่ได้คือ {{< value s.none.n >}}

- รายการ {{< value s.in_list.n >}}
- 漢 และ 😀 {{< value s.after_signs.n >}} 漢

[^1]: เชิงอรรถ {{< value s.in_note.n >}} คน

::: {#tbl-n}
{{< include tables/n.md >}}

ทั้งหมด {{< value s.in_caption.n >}} คน
:::

## หัวข้อถัดไป {#sec-b}

ดู @sec-b

::: {#refs}
:::
""",
}
ROW = "| {} | {{{{< value s.in_table.n >}}}} | 漢 −0.30 |\n"
TABLES_MADE = {
    "en": "| Site | n | change |\n|:---|---:|---:|\n" + ROW.format("Ban Non"),
    "th": "| พื้นที่ | n | เปลี่ยน |\n|:---|---:|---:|\n" + ROW.format("บ้านโนน"),
}
# Planted: what the document says in place of it.
PLANTED = {
    "s.in_heading.n": "4",
    "s.in_text.mean": "3.75",
    "s.in_text.change": "0.12",
    "s.in_text.p": ".003",
    "s.first.p": "= .001",
    "s.in_span.p": "= .05",
    "s.in_list.n": "1204",
    "s.in_note.n": "71",
    "s.in_caption.n": "17",
    "s.none.n": "0",
}


def reads(language: Language, changes: Mapping[str, str] = {}) -> dict[str, str]:
    return {key: changes.get(key, own[language]) for key, own in READS.items()}


@pytest.fixture(scope="module")
def render(tmp_path_factory: pytest.TempPathFactory, fonts: Path) -> Callable[..., dict[str, Path]]:
    done: dict[tuple[Language, bool], dict[str, Path]] = {}

    def render(language: Language, *, planted: bool = False) -> dict[str, Path]:
        if (language, planted) not in done:
            source = documents.Source(
                TEXTS[language],
                language,
                tables={"n": TABLES_MADE[language]},
                values=reads(language, PLANTED if planted else {}),
                quotes={},
                figures=(),
            )
            folder = tmp_path_factory.mktemp(f"{language}{planted}")
            done[language, planted] = documents.made(source, folder, fonts, "embedded", FORMATS)
        return done[language, planted]

    return render


def rendered(made: Mapping[str, Path]) -> list[Node]:
    return blocks_held((made["html"].parent / "tree.json").read_bytes())


def said(read: Read, made: Mapping[str, Path]) -> Iterator[tuple[str, str]]:
    """How a PDF is read, or another format, and what is missing there."""
    for format_ in ("html", "docx", "xml"):
        for fault in read_document(read, text_of(made[format_].read_bytes(), format_), format_):
            yield format_, fault.en
    for reader in (pdf_pages, pypdf_pages, poppler_pages):
        document = made["pdf"].read_bytes()
        for fault in read_document(read, text_of(document, "pdf", reader(document)), "pdf"):
            yield reader.__name__, fault.en


@pytest.mark.parametrize("language", ["th", "en"])
def test_all_of_it_is_read_in_every_format_by_every_reader(
    render: Callable[..., dict[str, Path]], language: Language
) -> None:
    made = render(language)
    read = Read.of(rendered(made), reads(language))
    assert read.values == len(READS)
    assert len(read.rows) == 2
    assert list(said(read, made)) == []


@pytest.mark.parametrize("language", ["th", "en"])
def test_what_is_planted_is_told_and_nothing_else(render: Callable[..., dict[str, Path]], language: Language) -> None:
    made = render(language, planted=True)
    read = Read.of(rendered(made), reads(language))
    told: dict[str, set[str]] = {}
    for reader, sentence in said(read, made):
        told.setdefault(reader, set()).add(sentence.split(" ")[1])
    assert told == {name: set(PLANTED) for name in ("html", "docx", "xml", "pdf_pages", "pypdf_pages", "poppler_pages")}


def script() -> Any:
    spec = importlib.util.spec_from_file_location("read_back", ROOT / "workflow/scripts/read_back.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_step_stops_before_a_document_takes_the_place_of_the_last(
    render: Callable[..., dict[str, Path]], tmp_path: Path
) -> None:
    rows = [
        {"key": key, "value": 0.0, "text_th": own["th"], "text_en": own["en"], "rule": "x"}
        | dict(zip(("table", "row", "column"), key.split("."), strict=True))
        for key, own in READS.items()
    ]
    columns = [column.name for column in TABLES["values"].columns]
    pd.DataFrame(rows)[columns].to_csv(tmp_path / "values.csv", index=False, encoding="utf-8-sig")
    (tmp_path / "words.json").write_text(json.dumps({"words": {"th": {}, "en": {}}}), encoding="utf-8")

    def step(made: Mapping[str, Path]) -> None:
        script().read_back(
            tree=str(made["html"].parent / "tree.json"),
            text=str(made["html"].parent / "text"),
            rendered=[str(made[format_]) for format_ in FORMATS],
            values=str(tmp_path / "values.csv"),
            words=str(tmp_path / "words.json"),
            counted=str(tmp_path / "read_back.csv"),
            language="en",
        )

    with pytest.raises(RenderError) as caught:
        step(render("en", planted=True))
    assert not (tmp_path / "read_back.csv").exists()
    assert 'PDF: s.in_text.p ("= .003") is not read in its sentence: "' in str(caught.value)
    assert 'HTML: อ่านไม่พบ s.in_text.p ("= .003") ในประโยค "' in str(caught.value)
    step(render("en"))
    with open(tmp_path / "read_back.csv", encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == [
            {"format": format_, "values": str(len(READS)), "rows": "2"} for format_ in FORMATS
        ]


def test_a_p_begins_no_heading_in_the_pdf(render: Callable[..., dict[str, Path]]) -> None:
    """Typst takes "[= .003]" for a heading, and counts it."""
    for language in ("th", "en"):
        text = text_of(render(language)["pdf"].read_bytes(), "pdf").text
        assert "p=.003" in text
        assert ("1.1หัวข้อถัดไป" if language == "th" else "1.1Thenextheading") in text
    assert "2019.Later." in text


def test_pages_that_are_kept_are_taken_for_their_own_file_only(
    render: Callable[..., dict[str, Path]], tmp_path: Path
) -> None:
    documents_ = {language: render(language)["pdf"].read_bytes() for language in ("th", "en")}
    pdf = tmp_path / "rendered.pdf"
    pdf.write_bytes(documents_["th"])
    (tmp_path / PAGES).write_text(recorded(documents_["th"]).replace("1,204", "1,205"), encoding="utf-8")
    assert any("1,205" in page for page in pages_of(pdf))
    pdf.write_bytes(documents_["en"])
    assert pages_of(pdf) == pdf_pages(documents_["en"])


def test_a_copy_without_names_is_read_back_with_what_stands_in_their_place(tmp_path: Path, fonts: Path) -> None:
    """Also where a value names an author; a number that was changed on the way is told there as anywhere."""
    text = "At {{< value s.place.name >}} it is {{< value s.in_text.mean >}}.\n\n# Funding\n\n{{< value s.grant.n >}}\n"
    given = {"s.place.name": "Li House", "s.in_text.mean": "3.57", "s.grant.n": "5"}
    author = {"authors": [{"name": {"th": "หลี่", "en": "Li"}}]}
    source = documents.Source(text, "en", "article.blind", values=given, quotes={}, figures=(), study=author)
    made = documents.made(source, tmp_path, fonts, "embedded", FORMATS)
    own = [made[format_] for format_ in FORMATS]
    counted = read_files(tmp_path / "tree.json", tmp_path / "text", own, given)
    assert counted == "format,values,rows\n" + "".join(f"{format_},2,0\n" for format_ in FORMATS)
    with pytest.raises(RenderError, match=r"s\.in_text\.mean \(\"3\.75\"\) is not read") as raised:
        read_files(tmp_path / "tree.json", tmp_path / "text", own, {**given, "s.in_text.mean": "3.75"})
    assert "Li" not in str(raised.value)
