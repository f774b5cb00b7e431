"""What the Snakefile needs to know before it can plan: the settings and files of each study.

Nothing is planned on wrong input: the configuration and all files of the studies that were asked for are checked first,
and every problem is shown in one list. A check that passed is remembered for each study with the state of its files
(names, sizes, times) and the hash of the code that checked them, so that a build with nothing to do need not repeat it.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from thongthin.basics.console import run_command
from thongthin.basics.files import INTERVIEWS, files_in, suffixes_of, tables_first, write_text
from thongthin.basics.language import Language
from thongthin.basics.nearest import did_you_mean
from thongthin.basics.problems import Problems, ProblemsFound, notice_list
from thongthin.commands import ahead
from thongthin.commands.unchanged import quarto
from thongthin.contract.documents import DOCUMENTS, Document, documents_of, source_of, written
from thongthin.contract.journal import load_journal
from thongthin.contract.loading import StudySettings, listed_studies, load_config, load_study
from thongthin.contract.strands import applies, coding_files
from thongthin.contract.tables import TABLES
from thongthin.flow.foreseen import REMEMBERED, foresee, of_inputs, remembered_of
from thongthin.flow.hashes import code_of, contents_of, stamps
from thongthin.present.catalogue import figures
from thongthin.present.evidence.audience import Audience, audience_of
from thongthin.present.render.engines import engine as choose_engine
from thongthin.present.render.requested import Requested, named_by

if TYPE_CHECKING:
    from thongthin.commands.check_articles import Articles
    from thongthin.present.render.dialect import Readings

ROOT = Path()  # Snakemake works in the project folder, and shows paths as they are written here
RECORD = ROOT / ".snakemake" / "thongthin-checked.json"  # of checks that passed
DRAFT = "--draft"  # a word for `main`
TOLD = "THONGTHIN_TOLD"  # set in the environment: what is to be told before a build has been told


class Plan:
    """The studies that were asked for, checked, and where their files are.

    Notices of the check are printed when it runs: once for each state of a study's inputs. That Quarto is there but
    can't be used is told every time.

    Args:
        asked: a study or studies of the configuration; None: all of them. What is wrong with another stops nothing.
        draft: what is wrong with sentences is told, and stops nothing.
        blind: whether there are copies without names, even if the journal does not ask for them.
        tell: a file for what the check will remember, as soon as it can be foreseen: a plan waits for it
            (`commands.ahead`).

    Raises:
        ProblemsFound: something is wrong with the configuration or a study; the message lists everything.
    """

    def __init__(
        self,
        asked: str | list[str] | None = None,
        *,
        draft: bool = False,
        blind: bool = False,
        tell: Path | None = None,
    ) -> None:
        self.draft, self.tell = draft, tell
        asked = asked if asked is None or isinstance(asked, list) else [str(asked)]
        problems = Problems()
        config = load_config(ROOT, problems, asked)
        listed = config.studies if config else listed_studies(ROOT)
        names = [name for name in listed if asked is None or name in asked]
        for name in sorted(set(asked or ()) - set(listed)) if config else ():
            hint_en, hint_th = did_you_mean(name, listed)
            problems.at("config/config.yml").add(
                "unlisted-study",
                f'"{name}" is not among the studies of the configuration.',
                f'"{name}" ไม่อยู่ในรายการการศึกษาของการตั้งค่า',
                column="studies",
                hint_en=hint_en,
                hint_th=hint_th,
            )
        names = [name for name in names if (ROOT / self.raw(name)).is_dir()]  # of others, load_config has told
        settings = [load_study(ROOT, name, config, problems) for name in names] if config else []
        about_quarto = Problems(problems.found)
        self.engine = choose_engine(config.report.engine if config else "embedded", about_quarto)
        self.quarto = quarto() if self.engine == "quarto" else ""  # another one gives other documents
        if problems.found:
            from thongthin.present.render.dialect import Readings

            # The rest of the studies' files is checked as well, so that one list shows everything.
            ahead.need_passed()  # where a check is under way, it tells
            self._check({name: Readings() for name in names}, problems, {name: self._state(name) for name in names})
            raise ProblemsFound(problems)
        assert config is not None
        self.config = config
        journal = load_journal(ROOT, config.report.journal, Problems())  # of what is wrong with it, the check tells
        self.blind = blind or bool(journal and journal.blind)
        self.studies: dict[str, StudySettings] = {s.name: s for s in settings if s}
        self._check_once(problems)
        if about_quarto.notices and not os.environ.get(TOLD):
            print(notice_list(about_quarto.notices), end="\n\n", flush=True)

    def _check_once(self, problems: Problems) -> None:
        states = {name: self._state(name) for name in self.studies}
        passed, unchecked = self._checked(states)
        if unchecked and ahead.under_way():
            if self._is_foreseen(states):
                return
            ahead.need_passed()
            passed, unchecked = self._checked(states)
        if unchecked:
            from thongthin.present.render.dialect import Readings

            readings = {name: Readings() for name in unchecked}
            if self.tell:
                self._foresee(self.tell, readings, states, passed)
            every = self._check(readings, problems, states)
            problems.raise_if_any()
            for name, articles in every.items():
                states[name] |= remembered_of(articles)
            if problems.notices:
                print(notice_list(problems.notices), end="\n\n", flush=True)
            others = {name: state for name, state in passed.items() if (ROOT / "data" / "raw" / name).is_dir()}
            with contextlib.suppress(OSError):  # what cannot be remembered is checked again
                write_text(RECORD, json.dumps({**others, **states}, ensure_ascii=False, indent=0))
        self._found = states

    def _checked(self, states: dict[str, dict[str, Any]]) -> tuple[dict[str, Any], list[str]]:
        """What is remembered of earlier checks, by study, and the studies that were not checked in these states.

        What was found in the others is added to their states.
        """
        passed: dict[str, Any] = {}
        with contextlib.suppress(OSError, ValueError, TypeError):
            passed = dict(json.loads(RECORD.read_text(encoding="utf-8")))
        for name, state in states.items():
            state |= {found: passed.get(name, {}).get(found, {}) for found in REMEMBERED}
        return passed, [name for name, state in states.items() if passed.get(name) != state]

    def _is_foreseen(self, states: dict[str, dict[str, Any]]) -> bool:
        """Whether the check that is under way has foreseen what it will find in the documents; then it is taken up."""
        foreseen = ahead.foreseen() or {}
        if found := all(of_inputs(foreseen.get(name, {})) == of_inputs(state) for name, state in states.items()):
            self._found = foreseen
        return found

    def _foresee(
        self, tell: Path, every: Mapping[str, Readings], states: Mapping[str, dict[str, Any]], passed: Mapping[str, Any]
    ) -> None:
        """Write down what a plan that waits for this check needs to know of the documents, or null."""
        told = {
            name: foresee(ROOT, name, self.config.languages, states[name], passed.get(name, {}), readings)
            for name, readings in every.items()
        }
        write_text(tell, json.dumps({**states, **told} if all(told.values()) else None))

    def _check(
        self, every: Mapping[str, Readings], problems: Problems, states: Mapping[str, dict[str, Any]]
    ) -> dict[str, Articles]:
        """Check studies, whose files are in these states; gives back the documents of each."""
        from thongthin.commands.check import check_study
        from thongthin.commands.check_articles import Articles
        from thongthin.flow.kept_tables import keeper

        found = {name: Articles(readings=readings) for name, readings in every.items()}
        for name, articles in found.items():
            keep = keeper(name, states[name])
            check_study(ROOT, name, problems, articles=articles, draft=self.draft, keep=keep)
        return found

    def _state(self, name: str) -> dict[str, Any]:
        """Names, sizes and times of every input of a study, the hash of the code that checks them, and how it does."""
        inputs = [ROOT / "config" / "config.yml", *sorted((ROOT / "report" / "styles").glob("*/*.yml"))]
        for folder in (ROOT / "data" / "raw" / name, ROOT / "report" / name):
            inputs += [path for path in folder.rglob("*") if path.is_file()]
        return {"code": code_of("check"), "draft": self.draft, "inputs": stamps(inputs)}

    def choice(self, dotted: str) -> Callable[[Any], Any]:
        """An input function for Snakemake: a choice of the analysis of the job's study, by its dotted name."""
        return lambda wildcards: self.studies[wildcards.study].choice(dotted)

    def settings(self, *sections: str, labels: bool = False) -> Callable[[Any], str]:
        """An input function for Snakemake: sections of the study's study.yml as text, which changes when they do.

        Args:
            labels: whether the labels of groups and constructs count.
        """
        leave_out: dict[str, Any] = {
            "groups": {"__all__": {"label", "one"}},
            "framework": {part: {"__all__": {"label"}} for part in ("factors", "outcomes")},
        }

        def found(wildcards: Any) -> str:
            study = self.studies[wildcards.study].study
            return study.model_dump_json(include=set(sections), exclude={} if labels else leave_out)

        return found

    def raw(self, study: str) -> Path:
        """The study folder."""
        return Path("data/raw") / study

    def table_file(self, study: str, stem: str) -> str:
        """A table of the study folder that may be .csv or .xlsx (the codebook: or what a coding tool exports)."""
        return next(iter(self.optional_table(study, stem)), f"data/raw/{study}/{stem}.csv")

    def optional_table(self, study: str, stem: str) -> list[str]:
        """The same for a table that a study may do without: no or one path."""
        files = files_in((self.raw(study) / stem).parent, *suffixes_of(stem))
        return tables_first([path for path in files if Path(path).stem == Path(stem).name])

    def optional_file(self, study: str, name: str) -> list[str]:
        """A file of the study folder that a study may do without: no or one path."""
        path = self.raw(study) / name
        return [path.as_posix()] if path.is_file() else []

    def survey_counts(self, study: str) -> list[str]:
        """Where the counts of the survey stand; nothing for a study without one."""
        return [f"data/processed/{study}/survey_counts.json"] if self.studies[study].study.survey else []

    def responses(self, study: str) -> list[str]:
        """The response files of the survey, in the order of study.yml."""
        survey = self.studies[study].study.survey
        return [(self.raw(study) / "survey" / name).as_posix() for name in survey.file_names] if survey else []

    def of_size(self, *, large: bool) -> str:
        """Names of the studies whose survey is too large to be held, or is not, as a pattern for a wildcard."""
        surveys = {name: settings.study.survey for name, settings in self.studies.items()}
        names = [n for n, own in surveys.items() if bool(own and own.is_large(self.raw(n) / "survey")) == large]
        return "|".join(names) or "(?!)"  # which nothing fits

    def interviews(self, study: str) -> list[str]:
        withdrawn = self.studies[study].study.participants.withdrawn
        return [p for p in files_in(self.raw(study) / "interviews", *INTERVIEWS) if Path(p).stem not in withdrawn]

    def coding(self, study: str) -> list[str]:
        return coding_files(self.raw(study))

    def tables(self, study: str, *names: str) -> list[str]:
        """Paths of the tables named, those that the study has."""
        parts = self.studies[study].parts
        folders = {"processed": f"data/processed/{study}", "results": f"results/{study}/tables"}
        return [f"{folders[TABLES[name].folder]}/{name}.csv" for name in names if applies(TABLES[name].rule, parts)]

    def labels(self, part: str) -> Callable[[Any], dict[str, dict[str, str]]]:
        """An input function for Snakemake: id -> language -> label of the study's `groups` or `constructs`."""

        def found(wildcards: Any) -> dict[str, dict[str, str]]:
            study = self.studies[wildcards.study].study
            labels = study.constructs if part == "constructs" else {group.id: group.label for group in study.groups}
            return {id_: label.model_dump() for id_, label in labels.items()}

        return found

    def needs_of_figure(self, wildcards: Any, figure: str = "") -> dict[str, Any]:
        """An input function for Snakemake: the labels and choices that a figure is declared to need."""
        needs = figures()[figure or wildcards.figure].needs
        framework = self.studies[wildcards.study].study.framework
        own = {"constructs": self.labels("constructs"), "outcomes": lambda _: [own.id for own in framework.outcomes]}
        return {need.rpartition(".")[2]: (own.get(need) or self.choice(need))(wildcards) for need in needs}

    def left_out(self, study: str, document: Document, language: Language) -> list[int]:
        """First lines of the blocks of a document that the study has not what it takes for."""
        lines: list[int] = self._found[study]["left_out"].get(source_of(ROOT, study, document, language).as_posix(), [])
        return lines

    @cache  # noqa: B019 - there is one plan
    def requested(self, study: str, document: Document, language: Language) -> Requested:
        """What a document asks for, without the blocks that are left out."""
        source = source_of(ROOT, study, written(document), language)  # of a copy without names, the same text
        return Requested.of(self._found[study]["asked"][source.as_posix()])

    @cache  # noqa: B019 - there is one plan
    def tables_shown(self, study: str) -> list[str]:
        """Names of the tables that the documents of a study show in either language, sorted."""
        every = itertools.product(self.documents(study), self.config.languages)
        return sorted({request.name for own in every for request in self.requested(study, *own).tables})

    @cache  # noqa: B019 - there is one plan
    def figures_shown(self, study: str, document: Document, language: Language) -> list[str]:
        """Names of the figures that a document shows in one language, sorted."""
        return sorted({request.name for request in self.requested(study, document, language).figures})

    @cache  # noqa: B019 - there is one plan
    def quoted(self, study: str) -> dict[str, list[str]]:
        """Language -> ids of the quotes that the article in it shows, sorted."""
        return {
            language: sorted({request.name for request in self.requested(study, "article", language).quotes})
            for language in self.config.languages
        }

    @cache  # noqa: B019 - there is one plan
    def inferences(self, study: str) -> dict[str, dict[str, str]]:
        """Language -> factor -> what the documents in it conclude from both strands, in Markdown; the article first."""
        found: dict[str, dict[str, str]] = {}
        for language in self.config.languages:
            own = found.setdefault(language, {})
            for document in self.documents(study):
                for inference in self.requested(study, document, language).inferences:
                    own.setdefault(inference.name, inference.text)
        return found

    @cache  # noqa: B019 - there is one plan
    def named(self, study: str, document: Document, language: Language) -> dict[str, list[str]]:
        """Keys of values, and ids of quotes and works, that a document shows (see `Named`), as lists."""
        every = (self.requested(study, own, language).inferences for own in self.documents(study))
        named = named_by(self.requested(study, document, language), itertools.chain.from_iterable(every))
        return {what: sorted(names) for what, names in named._asdict().items()}

    @cache  # noqa: B019 - there is one plan
    def bound(self, study: str) -> list[list[str | int]]:
        """Claim, file, line and text of each sentence of the documents that is bound to a claim."""
        found: list[list[str | int]] = self._found[study]["bound"]
        return found

    def documents(self, study: str) -> list[Document]:
        """What is rendered of a study: its article, its supplement if it has one, and copies of them without names."""
        return documents_of(ROOT, study, blind=self.blind)

    def sources(self, study: str) -> dict[str, list[int]]:
        """The sources of the documents of a study, with the first lines of the blocks that each leaves out."""
        every = [(document, language) for document in self.documents(study) for language in self.config.languages]
        return {source_of(ROOT, study, *own).as_posix(): self.left_out(study, *own) for own in every}

    def audience(self, study: str) -> Audience:
        """Who the page of evidence is for: what the configuration says, or what suits the study."""
        return audience_of(self.config.report.evidence, simulated=self.studies[study].study.provenance == "simulated")

    def article_parts(self, study: str) -> list[str]:
        """What the documents of a study may include."""
        parts = [path for suffix in ("*.md", "*.qmd") for path in (Path("report") / study).rglob(suffix)]
        return sorted(path.as_posix() for path in parts if path.name.split(".")[0] not in DOCUMENTS)

    def written(self, wildcards: Any) -> str:
        """An input function for Snakemake: the hash of what people wrote of a document (see `content`)."""
        source = source_of(ROOT, wildcards.study, wildcards.document, wildcards.language)
        return contents_of(path for path in (source, *map(Path, self.article_parts(wildcards.study))) if path.is_file())

    def report_files(self) -> list[str]:
        """What both engines render every article with."""
        report = Path("report")
        folders = [path for name in ("_extensions", "styles") for path in sorted((report / name).rglob("*"))]
        return [path.as_posix() for path in [report / "_quarto.yml", *folders] if path.is_file()]


def studies_of_job(words: list[str]) -> list[str]:
    """The studies whose steps a job on another machine runs, from the words Snakemake is called with there.

    The Snakefile is read again in every such job. It plans these studies only: each job would otherwise cost the more,
    the more studies are built together.

    Args:
        words: as in `--target-jobs read_sites:study=khon-kaen draw_figure:study=khon-kaen,figure=saturation`.

    Returns:
        their names, sorted; none where Snakemake is not called for a job.
    """
    if "--target-jobs" not in words:
        return []
    following = words[words.index("--target-jobs") + 1 :]
    targets = list(itertools.takewhile(lambda word: not word.startswith("--"), following))
    wildcards = [wildcard for target in targets for wildcard in target.partition(":")[2].split(",")]
    return sorted({value for name, _, value in (wildcard.partition("=") for wildcard in wildcards) if name == "study"})


def main(words: list[str]) -> int:
    """Check the studies named, or all, ahead of a plan in another process, which then finds them checked."""
    studies = [word for word in words if word != DRAFT]
    tell, code = os.environ.get(ahead.FORESEEN), 0
    try:
        Plan(studies or None, draft=DRAFT in words, tell=Path(tell) if tell else None)
    except ProblemsFound as error:
        print(error, file=sys.stderr)
        code = 1
    if tell:  # a build waits for this process: not until it has tidied up all that it has read
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code


if __name__ == "__main__":
    run_command(main)
