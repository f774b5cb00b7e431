"""What a study says of the protection of its people: `privacy` in study.yml, `analysis.privacy`, and `privacy.yml`.

`privacy.yml` beside study.yml holds what people decided about each identifier that was found. It names them, so it is
as confidential as the interviews."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from thongthin.basics.language import one_line
from thongthin.basics.problems import Problems
from thongthin.basics.yaml_models import Bilingual, Identifier, Section, described
from thongthin.basics.yaml_source import load_yaml, validate

# Beside study.yml: what was decided, and the study's own people. Neither is ever published.
DECISIONS, PEOPLE = "privacy.yml", "people.csv"


class PrivacyAnalysis(Section):
    k: int = described(
        "Fewest persons among whom somebody is hidden: a quote is signed by, and a published table counts, no fewer.",
        "จำนวนคนน้อยที่สุดที่บุคคลหนึ่งปะปนอยู่ได้: คำพูดไม่ระบุที่มาที่แคบกว่านี้ และตารางที่เผยแพร่ไม่นับคนน้อยกว่านี้",
        default=3,
        ge=2,
        le=50,
    )
    least_respondents: int = described(
        "Respondents that a site or group needs before a published table tells it apart.",
        "จำนวนผู้ตอบขั้นต่ำของพื้นที่หรือกลุ่มที่ตารางที่เผยแพร่จะแสดงแยก",
        default=20,
        ge=1,
    )


class AllowedCell(Section):
    """A cell of a published table that may stand though it counts few."""

    table: Identifier = Field(description="Name of the table.")
    row: dict[str, str] = Field(
        default_factory=dict, description="Key columns of the rows that are meant; left out, every row."
    )
    reason: str = Field(min_length=3, description="Why it tells nobody anything about somebody.")


class Privacy(Section):
    """How the people of the study are protected. Needed for what is published, not for the open build."""

    legal_basis: Literal["research", "consent"] | None = Field(
        default=None,
        description="Why personal data may be processed (Thailand's PDPA): `research` (section 24(1), with safeguards;"
        " sensitive data section 26(5)(d)) or `consent` (explicit, of everybody).",
    )
    sensitive: list[Literal["political_opinions", "health", "ethnicity", "religion", "criminal_record", "none"]] = (
        Field(default_factory=list, description="Sensitive data (PDPA section 26) that were collected; `none` says so.")
    )
    retention: Bilingual | None = Field(
        default=None, description="How long, and by whom, recordings, transcripts and the key are kept."
    )
    by_site: bool = Field(
        default=False,
        description="Whether participants agreed to be reported by site; else published counts of them by site are"
        " words.",
    )
    sensitive_themes: list[Identifier] = Field(
        default_factory=list, description="Themes whose counts of participants are published as words only."
    )
    allow: list[AllowedCell] = Field(default_factory=list, description="Cells that may stand though they count few.")


class Decision(Section):
    """What people decided about one identifier, by the words as they were found."""

    text: str = Field(min_length=1, description="The words, as the check shows them.")
    keep: str | None = Field(default=None, min_length=3, description="It may stand; the reason.")
    replace: str | None = Field(default=None, min_length=1, description="What stands in its place, everywhere.")
    generalise: str | None = Field(default=None, min_length=1, description="A wider word that stands in its place.")

    @property
    def instead(self) -> str | None:
        """What stands in its place; None where it is kept."""
        return self.replace or self.generalise

    @model_validator(mode="after")
    def _one(self) -> Decision:
        if sum(said is not None for said in (self.keep, self.replace, self.generalise)) != 1:
            raise ValueError(
                "say one of keep (with the reason), replace and generalise"
                " | ให้ระบุอย่างใดอย่างหนึ่ง: keep (พร้อมเหตุผล) replace หรือ generalise"
            )
        return self


class Decisions(Section):
    """`privacy.yml`."""

    decisions: list[Decision] = Field(default_factory=list)

    def of(self, text: str) -> Decision | None:
        """The decision about these words, whatever the white space and capitals in them."""
        return self._by_words().get(words_of(text))

    def _by_words(self) -> dict[str, Decision]:
        return {words_of(decision.text): decision for decision in self.decisions}

    @model_validator(mode="after")
    def _each_once(self) -> Decisions:
        seen = [words_of(decision.text) for decision in self.decisions]
        for words in sorted({one for one in seen if seen.count(one) > 1}):
            raise ValueError(f'"{words}" is decided twice | "{words}" มีการตัดสินใจสองครั้ง')
        return self


def words_of(text: str) -> str:
    """Words by which what was found is the same wherever it stands."""
    return one_line(text).casefold()


def read_decisions(folder: Path, problems: Problems) -> Decisions:
    """What `privacy.yml` in the folder of a study says; nothing decided where it is not there, or wrong.

    Args:
        problems: bound to the file.
    """
    path = folder / DECISIONS
    if not path.is_file():
        return Decisions()
    data, lines = load_yaml(path, problems)
    if data is None:
        return Decisions()
    return validate(Decisions, data, lines, problems) or Decisions()
