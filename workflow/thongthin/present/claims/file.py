"""`report/<study>/claims.yml` as it is read (see `thongthin.contract.claims` for what it may say)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from thongthin.basics.language import Language
from thongthin.basics.problems import Problems
from thongthin.basics.yaml_models import KeyPath
from thongthin.basics.yaml_source import load_yaml, validate
from thongthin.contract.claims import Apart, Choice, Conditions, Meant, Name, Noun

NAME = "claims.yml"
# Keys of the file that are no claims.
APART = tuple(Apart.model_fields)
LANGUAGES: tuple[Language, ...] = ("th", "en")


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
    data, lines = load_yaml(path, problems, may_be_empty=True)  # `new-study` leaves an example only
    if data is None:
        return ClaimsFile()
    apart = validate(Apart, {key: data[key] for key in APART if data.get(key) is not None}, lines, problems)
    claims = validate(Conditions, {key: value for key, value in data.items() if key not in APART}, lines, problems)
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
