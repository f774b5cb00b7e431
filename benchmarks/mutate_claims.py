"""Whether a build stops for the sentences that the data do not bear out, and for no other, when raw answers change.

Run:  .venv/bin/python benchmarks/mutate_claims.py PROJECT [--count 1000] [--seed 1] [--first 0]

PROJECT is a folder with the demonstration study built in it; it is copied. The steps that lead to its claims are run
once by Snakemake, and recorded with all that they are given. Then, `count` times, the data that people brought are
disturbed in one way: answers of some questions shuffled among respondents, sites exchanged, respondents or participants
left out, codes dropped, passages made neutral, groups turned round; all steps that this concerns run again, to the
last, which stops a build. A step whose inputs came out as they were before is not run.

What should have happened is known from `claims_by_hand`: sentences written a second time, with pandas, on the tables.
Counted is for each claim whether both agree, and for each data set whether the build stopped as it should. Ends with 1
if anything differs. The same seed disturbs the same; `--first` begins with a later one, so that it can be run in parts.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "workflow"), str(ROOT / "benchmarks")]

from claims_by_hand import BY_HAND, SITES, Cells  # noqa: E402

from thongthin.basics.problems import CannotAnalyse, Problems  # noqa: E402
from thongthin.contract.tables import read_table, write_table  # noqa: E402
from thongthin.flow.steps import arguments  # noqa: E402
from thongthin.present.claims.file import read_claims  # noqa: E402
from thongthin.present.claims.judging import judge, say_words  # noqa: E402
from thongthin.present.claims.known import Known  # noqa: E402
from thongthin.present.claims.lexicon import names_of  # noqa: E402
from thongthin.present.values import collect  # noqa: E402

STUDY = "khon-kaen"
PROCESSED, RESULTS = f"data/processed/{STUDY}", f"results/{STUDY}/tables"
# Of these, no claim reads what the replicates are for: intervals and spreads.
FEW = {"replicates": 5, "orders": 20}


@dataclass
class Step:
    """A step of the build: its rule, its function, and what it is given."""

    rule: str
    function: Callable[..., None]
    arguments: dict[str, Any]
    inputs: set[str]
    outputs: set[str]

    def run(self) -> None:
        self.function(**self.arguments)


def recorded(project: Path) -> list[Step]:
    """The steps that lead to the claims of a project, in their order, all of which are run once by this."""
    from snakemake.benchmark import benchmarked
    from snakemake.cli import main as snakemake
    from snakemake.script import PythonScript

    steps: list[Step] = []

    def execute_script(script: Any, fname: str, edit: bool = False) -> None:
        given = arguments(script)
        function = _function(script.rulename)
        inputs, outputs = (set(map(str, own)) for own in (script.input, script.output))
        given |= {name: few for name, few in FEW.items() if name in given}
        steps.append(Step(script.rulename, function, given, inputs, outputs))
        record = script.bench_record
        with benchmarked(os.getpid(), record) if record is not None else contextlib.nullcontext():
            function(**given)

    PythonScript.execute_script = execute_script
    words = ["--cores", "1", "--nolock", "--forceall", "--quiet", "--config", f"studies=[{STUDY}]", "cold=true", "--"]
    try:
        snakemake([*words, f"results/{STUDY}/claims.json"])
    except SystemExit as end:
        if end.code:
            raise
    return steps


def _function(rule: str) -> Callable[..., None]:
    spec = importlib.util.spec_from_file_location(f"step_{rule}", ROOT / "workflow" / "scripts" / f"{rule}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, rule)  # type: ignore[no-any-return]


# --- what is disturbed ----------------------------------------------------------------------------------------------


def _shuffle_answers(random: np.random.Generator) -> str:
    """The answers to some questions, or to all of one scale, dealt out among respondents."""
    frame, items = _text("survey_received"), _text("items")
    scale = str(random.choice(sorted(set(items["construct"]) - {""})))
    whole = list(items.loc[items["construct"] == scale, "item_id"])
    some = list(random.choice(items["item_id"], size=int(random.integers(1, 7)), replace=False))
    columns = whole if random.random() < 0.5 else some
    order = random.permutation(len(frame))
    for column in columns:
        order = random.permutation(len(frame)) if columns is some else order
        frame[column] = frame[column].to_numpy()[order]
    _write(frame, "survey_received")
    return f"answers to {', '.join(columns)} shuffled"


def _turn_answers(random: np.random.Generator) -> str:
    """The answers on one scale turned round, for all or for a site."""
    frame, items = _text("survey_received"), _text("items")
    scale = str(random.choice(sorted(set(items["construct"]) - {""})))
    site = str(random.choice([*SITES, "all"]))
    rows = (frame["site_id"] == site) | (site == "all")
    for column in items.loc[items["construct"] == scale, "item_id"]:
        frame.loc[rows, column] = frame.loc[rows, column].map(lambda own: str(6 - int(own)) if own else own)
    _write(frame, "survey_received")
    return f"answers on {scale} turned round at {site}"


def _exchange_sites(random: np.random.Generator) -> str:
    to = dict(zip(SITES, random.permutation(SITES), strict=True))
    of = [("survey_received",), ("participants",), ("survey_received", "participants")][int(random.integers(3))]
    for name in of:
        frame = _text(name)
        frame["site_id"] = frame["site_id"].map(to)
        _write(frame, name)
    return f"sites of {', '.join(of)}: {to}"


def _turn_groups(random: np.random.Generator) -> str:
    frame = _text("participants")
    rows = random.random(len(frame)) < (1 if random.random() < 0.5 else 0.3)
    other = frame["group"].map({"official": "citizen", "citizen": "official"})
    frame["group"] = frame["group"].where(~rows, other)
    _write(frame, "participants")
    return f"groups of {rows.sum()} participants turned round"


def _drop_codes(random: np.random.Generator) -> str:
    """Codings of some codes left out, of everybody or of the participants of a site."""
    frame, people = _text("codings"), _text("participants")
    codes = set(random.choice(sorted(set(frame["code_id"])), size=int(random.integers(1, 4)), replace=False))
    site = str(random.choice([*SITES, "all", "all"]))
    at = set(people.loc[(people["site_id"] == site) | (site == "all"), "participant_id"])
    _write(frame[~(frame["code_id"].isin(codes) & frame["participant_id"].isin(at))], "codings")
    return f"codings of {', '.join(sorted(codes))} dropped at {site}"


def _exchange_codes(random: np.random.Generator) -> str:
    """Two codes exchanged in the codings of a site, or of everybody."""
    frame, codes = _text("codings"), _text("codes").set_index("code_id")
    one, other = random.choice(sorted(set(frame["code_id"])), size=2, replace=False)
    to = {one: other, other: one}
    frame["code_id"] = frame["code_id"].map(lambda own: to.get(own, own))
    frame["theme_id"] = frame["code_id"].map(codes["theme_id"])
    _write(frame, "codings")
    return f"codes {one} and {other} exchanged"


def _make_neutral(random: np.random.Generator) -> str:
    """Passages, some or all of a theme, that speak neither well nor badly of it: coded with the theme itself."""
    frame, people = _text("codings"), _text("participants")
    codes = _text("codes").set_index("code_id")["valence"]
    themes = [theme for theme in sorted(set(frame["theme_id"])) if codes.get(theme) == "neutral"]
    theme, site = str(random.choice(themes)), str(random.choice([*SITES, "all"]))
    at = set(people.loc[(people["site_id"] == site) | (site == "all"), "participant_id"])
    spans = frame[["participant_id", "start", "end"]].apply(tuple, axis=1)
    chosen = {span for span in sorted(set(spans)) if random.random() < random.choice([0.3, 1])}
    rows = (frame["theme_id"] == theme) & frame["participant_id"].isin(at) & spans.isin(chosen)
    frame.loc[rows, "code_id"] = theme
    _write(frame.drop_duplicates(["participant_id", "code_id", "coder", "start", "end"]), "codings")
    return f"{rows.sum()} segments of {theme} made neutral at {site}"


def _drop_participants(random: np.random.Generator) -> str:
    """Participants left out, of a site or of all, with all that they said; one at each site stays."""
    people = _text("participants")
    site = str(random.choice([*SITES, "all"]))
    own = people[(people["site_id"] == site) | (site == "all")]
    out = {id_ for id_ in own["participant_id"] if random.random() < random.choice([0.2, 0.6])}
    out -= {str(random.choice(own.loc[own["site_id"] == s, "participant_id"])) for s in sorted(set(own["site_id"]))}
    for path in sorted(Path(PROCESSED).glob("*.csv")):
        frame = _text(path.stem)
        if "participant_id" in frame and frame["participant_id"].isin(out).any():
            _write(frame[~frame["participant_id"].isin(out)], path.stem)
    return f"participants {', '.join(sorted(out))} left out"


def _drop_respondents(random: np.random.Generator) -> str:
    frame = _text("survey_received")
    site = str(random.choice([*SITES, "all"]))
    out = random.random(len(frame)) < random.choice([0.2, 0.5, 0.8])
    out &= ((frame["site_id"] == site) | (site == "all")).to_numpy()
    _write(frame[~out], "survey_received")
    cells = _text("nonanswer_cells")
    _write(cells[cells["respondent_id"].isin(frame.loc[~out, "respondent_id"])], "nonanswer_cells")
    return f"{out.sum()} respondents left out at {site}"


DISTURBED = (
    _shuffle_answers, _shuffle_answers, _turn_answers, _exchange_sites, _turn_groups, _drop_codes, _exchange_codes,
    _drop_respondents, _make_neutral, _drop_participants,
)  # fmt: skip


def _text(name: str) -> pd.DataFrame:
    return pd.read_csv(f"{PROCESSED}/{name}.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")


def _write(frame: pd.DataFrame, name: str) -> None:
    frame.to_csv(f"{PROCESSED}/{name}.csv", index=False, encoding="utf-8-sig", lineterminator="\n")


# --- one data set after the other -----------------------------------------------------------------------------------


class Trial:
    """A recorded build that can be run again on other data."""

    def __init__(self, steps: list[Step]) -> None:
        last = next(own for own in steps if own.rule == "check_claims")
        self.stopping = last
        self.collecting = next(own for own in steps if own.rule == "collect_values")
        self.file = read_claims(Path(f"report/{STUDY}/claims.yml"), Problems())
        self.tables = sorted(self._read_by_claims())
        needed, kept = {f"{RESULTS}/{name}.csv" for name in self.tables}, []
        for step in reversed([own for own in steps if own not in (last, self.collecting)]):
            if step.outputs & needed and not step.rule.startswith("read_"):
                needed |= step.inputs
                kept.append(step)
        self.steps = kept[::-1]
        data = {path.as_posix() for path in Path(PROCESSED).glob("*.csv")}
        self.files = sorted({p for own in kept for p in own.outputs | own.inputs} | needed | data)
        self.files = [path for path in self.files if path.startswith((PROCESSED, RESULTS)) and Path(path).is_file()]
        self.originals = {path: Path(path).read_bytes() for path in self.files}
        self.frames = {name: read_table(f"{RESULTS}/{name}.csv") for name in self.tables}

    def _read_by_claims(self) -> set[str]:
        given = self.stopping.arguments
        whole = read_table(given["values"], "values")
        used = set()
        known = Known.computed(whole, {"sites": SITES, **given["sets"]})
        for finding in judge(self.file, known, given["level"], self.file.claims):
            used |= {key.partition(".")[0] for key in finding.values}
        said, _ = say_words(self.file, known, given["level"], self._names())
        assert all(said.values())
        return used | {"site_comparison", "outcome_model", "sample", "saturation"}

    def _names(self) -> Any:
        given = self.stopping.arguments
        return names_of({Path(p).stem: read_table(p) for p in given["tables"]}, given["groups"], given["constructs"])

    def restore(self) -> None:
        """Every file as it was."""
        for path in self.changed():
            Path(path).write_bytes(self.originals[path])

    def changed(self) -> set[str]:
        return {path for path, data in self.originals.items() if Path(path).read_bytes() != data}

    def run(self) -> tuple[dict[str, pd.DataFrame], str]:
        """Run again what the changed files concern; the tables that claims read, and what the build stops with."""
        changed = self.changed()
        for step in self.steps:
            if step.inputs & changed:
                step.run()
                own = {path for path in step.outputs if path in self.originals}
                changed |= {path for path in own if Path(path).read_bytes() != self.originals[path]}
                changed |= step.outputs - own
        frames = {
            name: read_table(f"{RESULTS}/{name}.csv") if f"{RESULTS}/{name}.csv" in changed else frame
            for name, frame in self.frames.items()
        }
        write_table(collect(frames, self.collecting.arguments["bands"]), self.stopping.arguments["values"], "values")
        try:
            with contextlib.redirect_stdout(None):
                self.stopping.function(**self.stopping.arguments | {"stop": True})
        except CannotAnalyse as error:
            return frames, str(error)
        return frames, ""


def told(message: str, claims: set[str]) -> set[str]:
    """The claims that a message of a stopped build names."""
    return {own for own in claims if f"\n    {own} " in message}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("project", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        shutil.copytree(given.project, project, ignore=shutil.ignore_patterns(".venv", ".git", ".snakemake"))
        os.chdir(project)
        trial = Trial(recorded(project))
        return report(trial, given.first, given.count, given.seed)


def report(trial: Trial, first: int, count: int, seed: int) -> int:
    bound = {str(claim) for claim, *_ in trial.stopping.arguments["bound"]}
    bound = {own[0].lower() + own[1:] if own.startswith("words.") else own for own in bound}
    missing = bound - BY_HAND.keys()
    assert not missing, missing
    counts, kinds, took = Counter[str](), Counter[str](), 0.0
    for number in range(first, first + count):
        trial.restore()
        random = np.random.default_rng([seed, number])
        disturb = DISTURBED[int(random.integers(len(DISTURBED)))]
        how = disturb(random)
        began = time.process_time()
        frames, message = trial.run()
        took += time.process_time() - began
        expected = {claim for claim in bound if not BY_HAND[claim](Cells(frames))}
        found = told(message, bound)
        counts["should stop" if expected else "should not stop"] += 1
        counts["stopped as it should, for these claims and no others" if found == expected else "DIFFERS"] += 1
        counts["claims that turned false"] += len(expected)
        counts["claims that still hold"] += len(bound - expected)
        kinds[f"{disturb.__name__.strip('_')}: {'stops' if expected else 'goes on'}"] += 1
        if found != expected:
            print(f"{number}: {how}\n  should: {sorted(expected - found)}  should not: {sorted(found - expected)}")
    print(f"data sets {first} to {first + count - 1} of seed {seed}, {len(bound)} claims and words")
    for said, times in [*sorted(counts.items()), *sorted(kinds.items())]:
        print(f"  {said}: {times}")
    print(f"  {took / max(count, 1):.2f} CPU seconds a data set")
    return int(bool(counts["DIFFERS"]))


if __name__ == "__main__":
    sys.exit(main())
