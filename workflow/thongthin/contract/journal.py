"""What a journal asks of a manuscript: `report/styles/<name>/journal.yml`, chosen by `report.journal`.

The other files of such a folder (citation styles, the page, the styles of Word) stand in the place of those of the same
name in `report/styles/`. The journal `standard` has none of its own: it is the one that `report/styles/` was made for.
"""

from __future__ import annotations

from pathlib import Path

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


class Journal(Section):
    """What a journal asks for; what is not named, it leaves open."""

    title: Bilingual = Field(default_factory=lambda: Bilingual(th="วารสารของบทความ", en="The article's own journal"))
    abstract: Abstract = Field(default_factory=Abstract, description="Words of the abstract.")
    keywords: Range = Field(default_factory=Range, description="Number of keywords.")
    words: Range = Field(default_factory=Range, description="Words of the article without its abstract and references.")
    pages: Range = Field(default_factory=Range, description="Pages of the PDF.")
    abstract_box: bool = Field(default=False, description="Whether the abstracts stand between rules in the PDF.")
    blind: bool = Field(default=False, description="Whether reviewers get a copy without names.")

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
