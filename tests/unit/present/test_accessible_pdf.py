"""The PDF keeps PDF/UA-1, in articles and supplements; the checks are shown faults of each kind that they look for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from accessible_pdf import faults
from documents import Source, made

from thongthin.present.render.fonts import make_fonts

ROWS = "".join(f"| **กลุ่ม {n}** | |\n" + "".join(f"| แถว {n}.{k} | {k} |\n" for k in range(12)) for n in range(4))
TEXT = (
    "# บทนำ {#sec-a}\n\nดู @tbl-long, @fig-map และ @sec-a ด้วย [@a2021; @b2020] {{< value n >}}[^1] <https://example.org>"
    " $\\alpha = 1$\n\n[^1]: หมายเหตุ\n\n## ย่อย\n\n{{< quote said >}}\n\n1. ข้อ\n2. ข้อ\n\n"
    "::: {#tbl-long}\n{{< include tables/long.md >}}\n\nยาว\n:::\n\n"
    '![แผนที่](figures/map){#fig-map fig-alt="แผนที่"}\n\n# อ้างอิง {.unnumbered}\n\n::: {#refs}\n:::\n'
)
TABLES = {"long": f"| ชื่อ | n |\n|:--|--:|\n{ROWS}\n::: {{.table-note}}\nหมายเหตุ\n:::\n"}


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fonts")
    make_fonts(folder)
    return folder


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory, fonts: Path) -> Path:
    return made(Source(TEXT, tables=TABLES), tmp_path_factory.mktemp("ua"), fonts, "embedded", ["pdf"])["pdf"]


def test_an_article_has_no_fault(article: Path) -> None:
    assert faults(article) == []


@pytest.mark.parametrize("document", ["supplement", "article.blind"])
def test_nor_has_a_supplement_or_a_copy_without_names(tmp_path: Path, fonts: Path, document: Any) -> None:
    assert faults(made(Source(TEXT, "en", document, tables=TABLES), tmp_path, fonts, "embedded", ["pdf"])["pdf"]) == []


def of_kind(document: pikepdf.Pdf, kind: str) -> Iterator[Any]:
    return (own for own in document.objects if isinstance(own, pikepdf.Dictionary) and own.get("/S") == kind)


def untagged(document: pikepdf.Pdf) -> None:
    page = document.pages[0]
    kept = [own for own in pikepdf.parse_content_stream(page) if str(own.operator) not in ("BDC", "BMC", "EMC")]
    page.obj["/Contents"] = document.make_stream(pikepdf.unparse_content_stream(kept))


def without(kind: str, key: str) -> Callable[[pikepdf.Pdf], None]:
    def plant(document: pikepdf.Pdf) -> None:
        own = next(own for own in of_kind(document, kind) if key in own)
        del own[key]

    return plant


def renamed(kind: str, name: str) -> Callable[[pikepdf.Pdf], None]:
    def plant(document: pikepdf.Pdf) -> None:
        list(of_kind(document, kind))[-1]["/S"] = pikepdf.Name(name)

    return plant


def without_key(key: str, *path: str) -> Callable[[pikepdf.Pdf], None]:
    def plant(document: pikepdf.Pdf) -> None:
        own = document.Root
        for part in path:
            own = own[part]
        del own[key]

    return plant


def links_without(key: str) -> Callable[[pikepdf.Pdf], None]:
    def plant(document: pikepdf.Pdf) -> None:
        own = next(one for page in document.pages for one in page.obj.get("/Annots", []) if key in one)
        del own[key]

    return plant


def no_order(document: pikepdf.Pdf) -> None:
    del next(page.obj for page in document.pages if "/Annots" in page.obj)["/Tabs"]


def no_fonts(document: pikepdf.Pdf) -> None:
    for own in document.objects:
        if isinstance(own, pikepdf.Dictionary):
            for key in ("/FontFile2", "/FontFile3", "/ToUnicode"):
                if key in own:
                    del own[key]


def a_cell_less(document: pikepdf.Pdf) -> None:
    row = list(of_kind(document, "/TR"))[-2]
    row["/K"] = pikepdf.Array(list(row["/K"])[:-1])


PLANTED: list[tuple[str, Callable[[pikepdf.Pdf], None]]] = [
    ("06-002", without_key("/Metadata")),
    ("07-001", without_key("/DisplayDocTitle", "/ViewerPreferences")),
    ("00 not", without_key("/Marked", "/MarkInfo")),
    ("11-006", without_key("/Lang")),
    ("01-005", untagged),
    ("13-004", without("/Figure", "/Alt")),
    ("13-004", without("/Formula", "/Alt")),
    ("15-003", without("/TH", "/A")),
    ("15 rows", a_cell_less),
    ("02-003", renamed("/P", "/Paragraph")),
    ("09 TD", renamed("/TR", "/Div")),
    ("14-003", renamed("/H2", "/H4")),
    ("19-003", without("/Note", "/ID")),
    ("28-008", no_order),
    ("28-012", links_without("/Contents")),
    ("28-011", links_without("/StructParent")),
    ("31-009", no_fonts),
    ("31-027", no_fonts),
]


@pytest.mark.parametrize(("number", "plant"), PLANTED, ids=[f"{n}-{number}" for n, (number, _) in enumerate(PLANTED)])
def test_a_fault_of_each_kind_is_found(
    article: Path, tmp_path: Path, number: str, plant: Callable[[pikepdf.Pdf], None]
) -> None:
    with pikepdf.open(article) as document:
        plant(document)
        document.save(tmp_path / "a.pdf")
    assert [fault for fault in faults(tmp_path / "a.pdf") if fault.startswith(number)]
