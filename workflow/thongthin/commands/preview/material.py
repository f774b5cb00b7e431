"""What documents are made of besides their text: copied from the results of a build, while no other build runs.

So a preview shows what one build has made, whatever becomes of `results/` afterwards.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from thongthin.basics.language import Language
from thongthin.basics.problems import Problems
from thongthin.commands.preview.judging import Wanted
from thongthin.contract.loading import StudySettings
from thongthin.contract.strands import applies
from thongthin.contract.study import Study
from thongthin.contract.tables import TABLES, read_table
from thongthin.interviews.signatures import signatures_of
from thongthin.present.claims.bound import Bound
from thongthin.present.claims.file import claims_path, read_claims
from thongthin.present.claims.judging import Standing, standing
from thongthin.present.claims.known import Known
from thongthin.present.claims.lexicon import names_of
from thongthin.present.claims.sets import sets_of
from thongthin.present.render.composition import Quote
from thongthin.present.render.quoted import quotes_in
from thongthin.present.render.requested import Requested
from thongthin.present.values import reads_of
from thongthin.read.frame import people_of

# The tables, besides that of the sites, that words of claims have names from.
NAMED = ("codes", "items", "categories")
# Of both lists of references, whichever language is written.
LANGUAGES: tuple[Language, Language] = ("th", "en")


def targets(settings: StudySettings, wanted: Wanted) -> list[str]:
    """The paths below the project folder that documents are made of, as the rules of the workflow name them."""
    study, results = settings.name, f"results/{settings.name}"
    has_quotes = applies(TABLES["quotes"].rule, settings.parts)
    languages = settings.config.languages
    return [
        "results/fonts",
        f"data/processed/{study}/sites.csv",
        *([f"data/processed/{study}/{name}.csv" for name in ("quotes", "participants")] if has_quotes else []),
        *(f"data/processed/{study}/{name}.csv" for name in NAMED if applies(TABLES[name].rule, settings.parts)),
        f"{results}/tables/values.csv",
        *(f"{results}/article/references.{language}.json" for language in LANGUAGES),
        *(f"{results}/article/{language}/tables" for language in languages),
        *(
            f"{results}/article/{language}/figures/{name}.{kind}"
            for language in languages
            for name in sorted(wanted.figures)
            for kind in ("svg", "txt")
        ),
    ]


@dataclass(frozen=True)
class Material:
    """A copy of all targets in a folder, below the paths that they have in the project folder.

    Attributes:
        settings: those of the study when it was built.
        wanted: what the documents asked for when it was built.
        values: how each value reads in a language, by its key.
        quotes: the quotes in a language by their id; none where nobody was interviewed.
        known: what claims are judged by.
        names: what ids are called in a language.
    """

    folder: Path
    settings: StudySettings
    wanted: Wanted
    values: dict[Language, dict[str, str]]
    quotes: dict[Language, dict[str, Quote]]
    known: Known = field(default_factory=lambda: Known({}))
    names: dict[Language, dict[str, str]] = field(default_factory=dict)

    def standing(self, root: Path, bound: Sequence[Bound]) -> Standing:
        """What the claims of these sentences come to, and the words, by claims.yml as it stands now."""
        file = read_claims(claims_path(root, self.settings.name), Problems())
        return standing(file, self.known, self.settings.choice("comparison.significance"), self.names, bound)

    @property
    def results(self) -> Path:
        return self.folder / "results" / self.settings.name

    @property
    def study(self) -> Study:
        return self.settings.study

    def has(self, asked: Requested) -> bool:
        """Whether the tables and figures that a document asks for are there."""
        tables, figures = ({request.name for request in requests} for requests in (asked.tables, asked.figures))
        return tables <= self.wanted.tables and figures <= self.wanted.figures

    @property
    def references(self) -> dict[Language, Path]:
        """The works that are cited, in both languages."""
        return {language: self.results / "article" / f"references.{language}.json" for language in LANGUAGES}

    @property
    def sites(self) -> list[str]:
        """The names of the sites, in Thai."""
        path = self.folder / "data" / "processed" / self.settings.name / "sites.csv"
        return list(read_table(path, "sites")["name_th"])

    def figures(self, language: Language) -> list[Path]:
        """The figures, as SVG and in words."""
        folder = self.results / "article" / language / "figures"
        return sorted([*folder.glob("*.svg"), *folder.glob("*.txt")])


def copy_material(root: Path, folder: Path, settings: StudySettings, wanted: Wanted) -> Material:
    """Copy what a build has made into a new folder. Raises OSError where something is not there."""
    for name in targets(settings, wanted):
        source, target = root / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copyfile(source, target)
    values = read_table(folder / "results" / settings.name / "tables" / "values.csv", "values")
    processed, languages = folder / "data" / "processed" / settings.name, settings.config.languages
    quotes, sites = processed / "quotes.csv", processed / "sites.csv"
    tables = {name: read_table(path) for name in ("sites", *NAMED) if (path := processed / f"{name}.csv").is_file()}
    own, signed = settings.study, None
    if quotes.is_file():
        people = people_of(Path("data/raw") / settings.name)
        participants = read_table(processed / "participants.csv")
        signed = signatures_of(own, read_table(quotes), participants, people, settings.analysis.privacy.k)
    groups = {group.id: group.label.model_dump() for group in own.groups}
    constructs = {id_: label.model_dump() for id_, label in own.constructs.items()}
    return Material(
        folder,
        settings,
        wanted,
        values={language: reads_of(values, language) for language in languages},
        quotes={
            language: quotes_in(language, quotes, sites, own, signed) if quotes.is_file() else {}
            for language in languages
        },
        known=Known.computed(values, sets_of(own, list(tables["sites"]["site_id"]))),
        names=names_of(tables, groups, constructs),
    )
