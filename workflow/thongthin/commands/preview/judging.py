"""What a preview knows of a study's inputs, and how its documents are judged by that."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from thongthin.basics.language import Language
from thongthin.basics.problems import Problem, Problems
from thongthin.commands.check import check_study
from thongthin.commands.check_articles import Articles, Known
from thongthin.commands.check_claims import check_claims, notice_unbound
from thongthin.commands.check_folders import report_links
from thongthin.commands.check_prose import OF_SENTENCES, check_prose
from thongthin.contract.documents import Document, documents_of, source_of
from thongthin.contract.loading import StudySettings, load_config, load_study
from thongthin.present.claims.bound import Bound
from thongthin.present.render.requested import Named, Requested, named_by


@dataclass(frozen=True)
class Inputs:
    """A study in whose inputs nothing is wrong.

    Attributes:
        known: what an article in each language can ask for.
    """

    settings: StudySettings
    known: dict[Language, Known]


@dataclass(frozen=True)
class Wanted:
    """What is built only where a document asks for it: names of tables and figures, and what the joint display quotes
    from the documents, by language and factor."""

    tables: frozenset[str]
    figures: frozenset[str]
    inferences: frozenset[tuple[str, str, str]]


@dataclass
class Judged:
    """The documents of a study, read by themselves.

    Attributes:
        left_out: path of a document -> first lines of the blocks that are left out of it.
        asked: what the documents in which nothing is wrong ask for.
        bound: the sentences of the documents that are bound to claims, and the words that they ask for.
        notices: what is to be told of their sentences.
    """

    problems: list[Problem] = field(default_factory=list)
    left_out: dict[str, list[int]] = field(default_factory=dict)
    asked: dict[tuple[Document, Language], Requested] = field(default_factory=dict)
    notices: list[Problem] = field(default_factory=list)
    bound: list[Bound] = field(default_factory=list)

    @property
    def wanted(self) -> Wanted:
        """What all of them want built."""
        both = self.asked.items()
        return Wanted(
            frozenset(request.name for _, asked in both for request in asked.tables),
            frozenset(request.name for _, asked in both for request in asked.figures),
            frozenset((language, own.name, own.text) for (_, language), asked in both for own in asked.inferences),
        )

    def named(self, document: Document, language: Language) -> Named:
        """What a document shows of its study."""
        concluded = [one for (_, own), asked in self.asked.items() if own == language for one in asked.inferences]
        return named_by(self.asked[document, language], concluded)


def read_inputs(root: Path, study: str, problems: Problems) -> Inputs | None:
    """Check everything of a study; None where something is wrong with it or with the configuration."""
    before = len(problems)
    config = load_config(root, problems, [study])
    known: dict[Language, Known] = {}
    check_study(root, study, problems, known=known, draft=True)
    settings = load_study(root, study, config, Problems()) if config else None
    return Inputs(settings, known) if settings and len(problems) == before else None


def judge(root: Path, study: str, inputs: Inputs) -> Judged:
    """Check the documents of a study by what is known of its inputs."""
    judged, problems = Judged(), Problems()
    report_links(root, f"report/{study}", problems)
    articles = Articles(left_out=judged.left_out)
    for document in documents_of(root, study):
        for language in inputs.settings.config.languages:
            before, path = len(problems), source_of(root, study, document, language)
            here = problems.at(path.relative_to(root).as_posix())
            articles.check(document, path, inputs.known[language], inputs.settings.study, here)
            if len(problems) == before:
                judged.asked[document, language] = articles.asked[here.file]
    judged.bound = articles.bound
    known = next(iter(inputs.known.values()))
    claims = check_claims(root, study, inputs.settings.study, known.tables, known.rows, judged.bound, problems)
    notice_unbound(articles.manuscripts.values(), problems)
    analysis, told = inputs.settings.analysis, claims.differences
    check_prose(root, study, analysis, articles.manuscripts, told, problems, draft=True)
    judged.problems = problems.found
    judged.notices = [notice for notice in problems.notices if notice.kind in OF_SENTENCES]
    return judged
