"""`report/<study>/claims.yml`: what must hold for each sentence that is bound to it, and words made from data.

Each key is a claim with its condition, or a list of conditions all of which must hold; once for both languages. Four
keys have a meaning of their own: `words` (texts that data decide), `names` (what ids are called within a sentence),
`nouns` (what is counted), and `differences` (what the two languages may say differently).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field, RootModel

from thongthin.basics.language import Language
from thongthin.basics.problems import Problems
from thongthin.basics.yaml_models import Identifier, KeyPath, Section
from thongthin.basics.yaml_source import load_yaml, validate
from thongthin.contract.documents import Document

NAME = "claims.yml"
# Keys of the file that are no claims.
APART = ("words", "names", "nouns", "differences")
LANGUAGES: tuple[Language, ...] = ("th", "en")


class Choice(Section):
    """A text for where `when` holds; the one without `when` is said where no other is."""

    when: str = ""
    th: str
    en: str


class Noun(Section):
    """What is counted: in English one and several of it, in Thai its classifier."""

    one: str
    several: str
    th: str


class Name(Section):
    """What an id is called within a sentence."""

    th: str
    en: str


class Meant(Section):
    """A difference between the languages that is meant: what stands in one of them only, and why.

    Attributes:
        section: its id, or what its heading says.
        only: what is asked for in one language only; nothing: whatever differs there.
    """

    section: str
    only: list[str] = Field(default_factory=list)
    reason: str = Field(min_length=1)
    document: Document = "article"


class _Claims(RootModel[dict[Identifier, str | list[str]]]):
    """Claims by their id."""


class _Apart(Section):
    words: dict[Identifier, str | list[Choice]] = Field(default_factory=dict)
    names: dict[str, Name] = Field(default_factory=dict)
    nouns: dict[Identifier, Noun] = Field(default_factory=dict)
    differences: list[Meant] = Field(default_factory=list)


@dataclass(frozen=True)
class Condition:
    """A condition as it is written, and its line in the file."""

    text: str
    line: int


@dataclass(frozen=True)
class Word:
    """A text that data decide: an expression, or choices."""

    name: str
    line: int
    expression: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass
class ClaimsFile:
    """What `claims.yml` says; empty where a study has none."""

    claims: dict[str, tuple[Condition, ...]] = field(default_factory=dict)
    words: dict[str, Word] = field(default_factory=dict)
    names: dict[str, Name] = field(default_factory=dict)
    nouns: dict[str, Noun] = field(default_factory=dict)
    differences: tuple[Meant, ...] = ()
    lines: Mapping[KeyPath, int] = field(default_factory=dict)


def claims_path(root: Path, study: str) -> Path:
    """Where the file of a study stands, if it has one."""
    return root / "report" / study / NAME


def read_claims(path: Path, problems: Problems) -> ClaimsFile:
    """The claims of a study; none where the file is not there or, with problems added, is wrong.

    Args:
        problems: bound to the file.
    """
    if not path.is_file():
        return ClaimsFile()
    data, lines = load_yaml(path, problems)
    if data is None:
        return ClaimsFile()
    apart = validate(_Apart, {key: data[key] for key in APART if data.get(key) is not None}, lines, problems)
    claims = validate(_Claims, {key: value for key, value in data.items() if key not in APART}, lines, problems)
    if apart is None or claims is None:
        return ClaimsFile()
    return ClaimsFile(
        claims={
            id_: tuple(
                Condition(one, lines.get((id_, number) if isinstance(said, list) else (id_,), 1))
                for number, one in enumerate(said if isinstance(said, list) else [said])
            )
            for id_, said in claims.root.items()
        },
        words={id_: _word(id_, said, lines) for id_, said in apart.words.items()},
        names=apart.names,
        nouns=apart.nouns,
        differences=tuple(apart.differences),
        lines=lines,
    )


def _word(name: str, said: str | list[Choice], lines: Mapping[KeyPath, int]) -> Word:
    line = lines.get(("words", name), 1)
    return Word(name, line, said) if isinstance(said, str) else Word(name, line, choices=tuple(said))
