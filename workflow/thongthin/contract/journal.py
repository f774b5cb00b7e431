"""What a journal asks of a manuscript: `report/styles/<name>/journal.yml`, chosen by `report.journal`.

The other files of such a folder (citation styles, the page, the styles of Word) stand in the place of those of the same
name in `report/styles/`. The journal `standard` has none of its own: it is the one that `report/styles/` was made for.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from thongthin.basics.language import Language
from thongthin.basics.nearest import did_you_mean
from thongthin.basics.problems import Problems
from thongthin.basics.yaml_models import Bilingual, Section
from thongthin.basics.yaml_source import load_yaml, validate

STANDARD = "standard"
SETTINGS = "journal.yml"


class Range(Section):
    """How much of something a journal takes; either end may be open."""

    least: int | None = Field(default=None, ge=0)
    most: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _in_order(self) -> Range:
        if self.least is not None and self.most is not None and self.most < self.least:
            raise ValueError("most is below least | most น้อยกว่า least")
        return self

    def holds(self, count: int) -> bool:
        return (self.least or 0) <= count and (self.most is None or count <= self.most)


class Abstract(Section):
    """Words of the abstract in each language."""

    th: Range = Field(default_factory=Range)
    en: Range = Field(default_factory=Range)


# Width and height in cm.
PAPER = {"A4": (21.0, 29.7), "B5": (17.6, 25.0), "B5-JIS": (18.2, 25.7), "letter": (21.59, 27.94)}
# Between two columns, and the least that text and columns take, in cm: tables and figures have to find room.
GUTTER, LEAST_TEXT, LEAST_COLUMN, LEAST_HEIGHT = 0.7, 12.0, 7.0, 15.0

# Figures are drawn so wide, in cm, and their smallest letters are so large, in points; on a narrower page they shrink.
FIGURE_WIDTH, FIGURE_TYPE = 16.0, 8.0
LEAST_TYPE = 7.0  # points: smaller letters are hard to read in print


class Margins(Section):
    """Margins in cm; the head of the page stands in the upper one, its number in the lower one."""

    top: float = Field(default=3.0, ge=2, le=6)
    bottom: float = Field(default=2.5, ge=1.5, le=6)
    left: float = Field(default=2.5, ge=1, le=6)
    right: float = Field(default=2.5, ge=1, le=6)


class Page(Section):
    """The page of the PDF, of the Word document, and of the HTML as it is printed."""

    size: Literal["A4", "B5", "B5-JIS", "letter"] = "A4"
    margins: Margins = Field(default_factory=Margins)
    columns: Literal[1, 2] = Field(default=1, description="Columns of the article in PDF and Word.")

    @property
    def text(self) -> tuple[float, float]:
        """Width and height of the text in cm."""
        width, height = PAPER[self.size]
        own = self.margins
        return width - own.left - own.right, height - own.top - own.bottom

    @property
    def column(self) -> float:
        """Width of a column in cm."""
        return (self.text[0] - GUTTER * (self.columns - 1)) / self.columns

    @model_validator(mode="after")
    def _has_room(self) -> Page:
        width, height = self.text
        if width < LEAST_TEXT or height < LEAST_HEIGHT:
            raise ValueError(
                f"margins leave {width:.1f} × {height:.1f} cm of {self.size}; text takes {LEAST_TEXT:g} ×"
                f" {LEAST_HEIGHT:g} cm | ระยะขอบเหลือที่ให้เนื้อความ {width:.1f} × {height:.1f} ซม. ของ {self.size}"
                f" ต้องมีอย่างน้อย {LEAST_TEXT:g} × {LEAST_HEIGHT:g} ซม."
            )
        if self.column < LEAST_COLUMN:
            raise ValueError(
                f"a column is {self.column:.1f} cm wide; it takes {LEAST_COLUMN:g} cm |"
                f" คอลัมน์กว้าง {self.column:.1f} ซม. ต้องกว้างอย่างน้อย {LEAST_COLUMN:g} ซม."
            )
        return self


class Font(Section):
    """The type of the text. Thai is set in Sarabun; the PDF has no font of the machine it is made on."""

    family: Literal["Sarabun", "Libertinus Serif"] = Field(default="Sarabun", description="Of the PDF.")
    size: float = Field(default=11.5, ge=9, le=16, description="In points, in the PDF.")
    word: str = Field(
        default="TH Sarabun New", pattern=r"^[\w -]{1,31}$", description="Of Word, on the reader's machine."
    )
    word_size: float = Field(default=16, ge=10, le=18, multiple_of=0.5, description="In points, in Word.")


class Journal(Section):
    """What a journal asks for; what is not named, it leaves open."""

    title: Bilingual = Field(default_factory=lambda: Bilingual(th="วารสารของบทความ", en="The article's own journal"))
    abstract: Abstract = Field(default_factory=Abstract, description="Words of the abstract.")
    keywords: Range = Field(default_factory=Range, description="Number of keywords.")
    words: Range = Field(default_factory=Range, description="Words of the article without its abstract and references.")
    pages: Range = Field(default_factory=Range, description="Pages of the PDF.")
    abstract_box: bool = Field(default=False, description="Whether the abstracts stand between rules in the PDF.")
    blind: bool = Field(default=False, description="Whether reviewers get a copy without names.")
    page: Page = Field(default_factory=Page, description="Paper, margins and columns.")
    font: Font = Field(default_factory=Font, description="Type of the text.")

    def words_of_abstract(self, language: Language) -> Range:
        return self.abstract.th if language == "th" else self.abstract.en


def load_journal(root: Path, name: str, problems: Problems) -> Journal | None:
    """The journal `name` under the project folder `root`; None, with problems added, if it is not there or wrong."""
    folder = root / "report" / "styles"
    path = folder / name / SETTINGS
    if not path.is_file():
        if name == STANDARD:
            return Journal()
        known = sorted({STANDARD, *(own.parent.name for own in folder.glob(f"*/{SETTINGS}"))})
        hint_en, hint_th = did_you_mean(name, known)
        problems.add(
            "unknown-journal",
            f'There is no journal "{name}": report/styles/{name}/{SETTINGS} is missing.',
            f'ไม่มีวารสาร "{name}" เพราะไม่พบ report/styles/{name}/{SETTINGS}',
            file="config/config.yml",
            column="report.journal",
            hint_en=hint_en,
            hint_th=hint_th,
        )
        return None
    here = problems.at(path.relative_to(root).as_posix())
    data, lines = load_yaml(path, here)
    return None if data is None else validate(Journal, data, lines, here)
