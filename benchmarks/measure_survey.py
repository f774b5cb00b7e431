"""How long a survey of 10 million responses to 30 items takes, and how much memory, beside plain scripts.

Run with nothing else on the machine:  .venv/bin/python benchmarks/measure_survey.py
The responses are made up: 20 sites, 6 scales of 5 items from 1 to 5, one of each reversed, 3 % of the answers missing.
Each script runs in a process of its own, from Parquet and from CSV, on two threads, and does the same: it reads the
file, checks every answer and site, and gives number, mean, standard deviation and median of each item and each scale,
by site and over all, how often each answer occurs, the alpha of each scale, and a Kruskal-Wallis test of each scale
by site. Ours also codes the cells by their meaning, as for any survey. The results must be the same; memory is the
largest resident set of the process.

Needs duckdb, beside the workflow's own packages; pandas reads Parquet only where pyarrow is installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[1]
SEED, SITES, SCALES, PER_SCALE, POINTS, MISSING = 1, 20, 6, 5, 5, 0.03
SITE_IDS = [f"S{number:02d}" for number in range(1, SITES + 1)]
ITEMS = [f"q{number:02d}" for number in range(1, SCALES * PER_SCALE + 1)]
OF_SCALE = {f"scale{s}": ITEMS[s * PER_SCALE : (s + 1) * PER_SCALE] for s in range(SCALES)}
REVERSED = {items[-1] for items in OF_SCALE.values()}

# Numbers that every script gives: the mean of each item over all, and of each scale its alpha, median and H.
Results = dict[str, float]


def make_responses(folder: Path, rows: int) -> None:
    """Write responses.parquet and responses.csv."""
    import polars as pl

    rng = np.random.default_rng(SEED)
    site = rng.integers(0, SITES, rows, dtype=np.uint8)
    columns = {"site": pl.Series(SITE_IDS).gather(pl.Series(site, dtype=pl.UInt32))}
    for items in OF_SCALE.values():
        of_site = rng.normal(0, 0.1, SITES).astype(np.float32)
        trait = rng.standard_normal(rows, dtype=np.float32) + of_site[site]
        for item in items:
            points = np.rint(3.2 + 0.8 * (trait + rng.standard_normal(rows, dtype=np.float32)))
            answer = np.clip(points, 1, POINTS).astype(np.uint8)
            answer = POINTS + 1 - answer if item in REVERSED else answer
            missing = pl.Series(rng.random(rows, dtype=np.float32) < MISSING)
            columns[item] = pl.Series(answer).set(missing, None)
    frame = pl.DataFrame(columns)
    frame.write_parquet(folder / "responses.parquet")
    frame.write_csv(folder / "responses.csv")


# --- the scripts --------------------------------------------------------------------------------------------------


def ours(path: Path) -> Results:
    sys.path.insert(0, str(ROOT / "workflow"))
    from thongthin.basics.problems import Problems
    from thongthin.contract.categories import category_labels
    from thongthin.contract.study import Study
    from thongthin.contract.survey import Survey
    from thongthin.contract.units import Unit
    from thongthin.read.survey.large import read_large_responses
    from thongthin.statistics.reliability import alpha_of
    from thongthin.survey.comparisons import comparison_table
    from thongthin.survey.counts import by_unit, score_frequencies
    from thongthin.survey.description import summarise
    from thongthin.survey.large import count_survey

    known = pd.DataFrame({"item_id": ITEMS, "column": ITEMS, "position": range(len(ITEMS)), "scale": "likert"})
    known = known.assign(choice="", wave="single", pair="", asked_if="", minimum=1, maximum=POINTS)
    known["construct"] = [construct for construct, items in OF_SCALE.items() for _ in items]
    known = known.assign(reversed=known["item_id"].isin(list(REVERSED)), numeric=False)
    known = known.astype({"minimum": "Int64", "maximum": "Int64"})
    sites = pd.DataFrame({"site_id": SITE_IDS, "name_th": SITE_IDS, "name_en": SITE_IDS})
    survey = Survey.model_validate({"file": path.name, "site": "site", "scales": {"likert": {"min": 1, "max": POINTS}}})
    study = Study.model_construct(survey=survey, groups=[], fieldwork=None)
    problems = Problems()
    read = read_large_responses(path, known, sites, study, problems.at(path.name))
    problems.raise_if_any()
    assert read is not None
    counts = count_survey(read.responses, known, category_labels({}), SITE_IDS, [])
    unit = Unit.sites(SITE_IDS)
    items = summarise(by_unit(counts.answers, unit))["mean"].xs("all", level="unit")
    medians = summarise(by_unit(counts.scores, unit))["median"].xs("all", level="unit")
    tests = comparison_table(score_frequencies(counts.scores, known, unit), known).set_index("construct")["h"]
    alphas = {scale: float(alpha_of(own.matrix)) for scale, own in counts.covariances.items()}
    return _results(dict(items), alphas, dict(medians), dict(tests))


def with_pandas(path: Path) -> Results:
    from scipy.stats import kruskal

    frame = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)
    answers = frame[ITEMS]
    assert answers.isna().to_numpy().sum() + answers.isin(range(1, POINTS + 1)).to_numpy().sum() == answers.size
    assert frame["site"].isin(SITE_IDS).all()
    described = [answers.agg(["count", "mean", "std", "median"]).T]
    described.append(frame.groupby("site")[ITEMS].agg(["count", "mean", "std", "median"]))
    for item in ITEMS:
        frame[item].value_counts()
    alphas, medians, tests = {}, {}, {}
    for scale, items in OF_SCALE.items():
        own = answers[items].astype(float)
        for item in REVERSED & set(items):
            own[item] = POINTS + 1 - own[item]
        complete = own.dropna()
        alphas[scale] = _alpha(complete.cov().to_numpy())
        score = own.mean(axis=1).where(own.notna().sum(axis=1) * 2 >= len(items)).round(9)
        by_site = score.groupby(frame["site"])
        by_site.agg(["count", "mean", "std", "median"])
        medians[scale] = score.median()
        tests[scale] = kruskal(*(group.dropna() for _, group in by_site)).statistic
    return _results(dict(described[0]["mean"]), alphas, medians, tests)


def with_polars(path: Path) -> Results:
    import polars as pl

    if path.suffix == ".parquet":
        frame = pl.read_parquet(path)
    else:
        frame = pl.read_csv(path, schema_overrides=dict.fromkeys(ITEMS, pl.UInt8))
    assert frame.select(pl.all_horizontal(pl.col(ITEMS).is_between(1, POINTS).fill_null(True).all())).item()
    assert frame["site"].is_in(SITE_IDS).all()

    def described(columns: list[str]) -> list[pl.Expr]:
        every = pl.col(columns)
        return [every.count().name.suffix("_n"), every.mean(), every.std().name.suffix("_sd"),
                every.median().name.suffix("_median")]  # fmt: skip

    over_all = frame.select(described(ITEMS))
    frame.group_by("site").agg(described(ITEMS))
    for item in ITEMS:
        frame[item].value_counts()
    alphas, tests = {}, {}
    scores = []
    for scale, items in OF_SCALE.items():
        turned = [POINTS + 1 - pl.col(item) if item in REVERSED else pl.col(item) for item in items]
        enough = pl.sum_horizontal(pl.col(items).is_not_null()) * 2 >= len(items)
        scores.append(pl.when(enough).then(pl.mean_horizontal(turned)).round(9).alias(scale))
        complete = frame.select(own.alias(item) for own, item in zip(turned, items, strict=True)).drop_nulls()
        alphas[scale] = _alpha(np.cov(complete.to_numpy().astype(np.float32), rowvar=False))
    scored = frame.select("site", *scores)
    medians = scored.select(described(list(OF_SCALE)))
    scored.group_by("site").agg(described(list(OF_SCALE)))
    for scale in OF_SCALE:
        ranked = scored.select("site", scale).drop_nulls().with_columns(pl.col(scale).rank("average").alias("rank"))
        groups = ranked.group_by("site").agg(pl.len().alias("n"), pl.col("rank").mean())
        ties = ranked.group_by(scale).agg(pl.len().alias("n"))["n"].to_numpy()
        tests[scale] = _h(groups["n"].to_numpy(), groups["rank"].to_numpy(), ties)
    means = {item: over_all[item].item() for item in ITEMS}
    return _results(means, alphas, {scale: medians[f"{scale}_median"].item() for scale in OF_SCALE}, tests)


def with_duckdb(path: Path) -> Results:
    import duckdb

    base = duckdb.connect(config={"threads": 2})
    if path.suffix == ".parquet":
        source = f"read_parquet('{path}')"
    else:
        types = ", ".join(f"'{item}': 'UTINYINT'" for item in ITEMS)
        source = f"read_csv('{path}', header = true, columns = {{'site': 'VARCHAR', {types}}})"
    base.execute(f"CREATE TABLE responses AS SELECT * FROM {source}")

    def row(query: str) -> tuple[Any, ...]:
        found = base.execute(query).fetchone()
        assert found is not None
        return found

    valid = " AND ".join(f"coalesce({item} BETWEEN 1 AND {POINTS}, true)" for item in ITEMS)
    assert row(f"SELECT bool_and({valid}) AND bool_and(site IN {tuple(SITE_IDS)}) FROM responses")[0]

    def described(columns: list[str]) -> str:
        return ", ".join(f"avg({c}), count({c}), stddev_samp({c}), median({c})" for c in columns)

    over_all = row(f"SELECT {described(ITEMS)} FROM responses")
    base.execute(f"SELECT site, {described(ITEMS)} FROM responses GROUP BY site").fetchall()
    for item in ITEMS:
        base.execute(f"SELECT {item}, count(*) FROM responses GROUP BY {item}").fetchall()
    alphas, tests, scores = {}, {}, []
    for scale, items in OF_SCALE.items():
        turned = [f"({POINTS + 1} - {item}::INT)" if item in REVERSED else f"{item}::INT" for item in items]
        number = " + ".join(f"({item} IS NOT NULL)::INT" for item in items)
        total = " + ".join(f"coalesce({own}, 0)" for own in turned)
        scores.append(f"CASE WHEN ({number}) * 2 >= {len(items)} THEN round(({total}) / ({number}), 9) END AS {scale}")
        pairs = ", ".join(f"covar_samp({a}, {b})" for a in turned for b in turned)
        complete = " AND ".join(f"{item} IS NOT NULL" for item in items)
        covariance = row(f"SELECT {pairs} FROM responses WHERE {complete}")
        alphas[scale] = _alpha(np.array(covariance, dtype=float).reshape(len(items), -1))
    base.execute(f"CREATE TABLE scores AS SELECT site, {', '.join(scores)} FROM responses")
    medians = row(f"SELECT {described(list(OF_SCALE))} FROM scores")[3::4]
    base.execute(f"SELECT site, {described(list(OF_SCALE))} FROM scores GROUP BY site").fetchall()
    for scale in OF_SCALE:
        base.execute(
            f"CREATE OR REPLACE TEMP TABLE ranked AS SELECT {scale} AS score, count(*) AS n,"
            f" sum(count(*)) OVER (ORDER BY {scale}) - (count(*) - 1) / 2 AS rank"
            f" FROM scores WHERE {scale} IS NOT NULL GROUP BY {scale}"
        )
        groups = base.execute(
            f"SELECT count(*), avg(rank) FROM scores JOIN ranked ON scores.{scale} = ranked.score GROUP BY site"
        ).fetchnumpy()
        ties = base.execute("SELECT n FROM ranked").fetchnumpy()["n"]
        tests[scale] = _h(*groups.values(), ties)
    means = dict(zip(ITEMS, over_all[::4], strict=True))
    return _results(means, alphas, dict(zip(OF_SCALE, medians, strict=True)), tests)


def _alpha(covariance: Any) -> float:
    items = len(covariance)
    return float(items / (items - 1) * (1 - np.trace(covariance) / covariance.sum()))


def _h(sizes: Any, mean_ranks: Any, ties: Any) -> float:
    """Kruskal-Wallis H from sizes and mean ranks of the sites, and how often each score occurs."""
    sizes, ties, n = sizes.astype(float), ties.astype(float), float(sizes.sum())
    between = 12 / (n * (n + 1)) * (sizes * (mean_ranks.astype(float) - (n + 1) / 2) ** 2).sum()
    return float(between / (1 - (ties**3 - ties).sum() / (n**3 - n)))


def _results(*parts: dict[Any, Any]) -> Results:
    names = ("mean", "alpha", "median", "h")
    return {f"{name}.{key}": float(v) for name, part in zip(names, parts, strict=True) for key, v in part.items()}


SCRIPTS: dict[str, Callable[[Path], Results]] = {
    "thongthin": ours,
    "polars": with_polars,
    "duckdb": with_duckdb,
    "pandas": with_pandas,
}


# --- measuring ----------------------------------------------------------------------------------------------------


def run_script(name: str, path: str) -> None:
    """In a process of its own: run a script, and print its time, memory and results."""
    import resource

    began = time.perf_counter()
    results = SCRIPTS[name](Path(path))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # in kilobytes on Linux
    print(json.dumps([time.perf_counter() - began, peak, results]))


def measure(name: str, path: Path) -> tuple[float, float, Results]:
    """Seconds, megabytes and results of a script."""
    command = [sys.executable, __file__, "--script", name, "--path", str(path)]
    threads = {"POLARS_MAX_THREADS": "2", "OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2"}
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **threads})
    if done.returncode:
        sys.exit(done.stderr)
    seconds, peak, results = json.loads(done.stdout)
    return seconds, peak * 1024 / 1e6, results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--scripts", nargs="+", default=list(SCRIPTS), choices=list(SCRIPTS), help="which to run")
    parser.add_argument("--script", help=argparse.SUPPRESS)
    parser.add_argument("--path", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.script:
        run_script(asked.script, asked.path)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # In a process of its own as well: the largest resident set is handed down to the processes that follow.
        maker = multiprocessing.get_context("spawn").Process(target=make_responses, args=(folder, asked.rows))
        maker.start()
        maker.join()
        print(f"{asked.rows:,} responses, {len(ITEMS)} items, {SITES} sites, {os.cpu_count()} processors", end="; ")
        print(", ".join(f"{p.suffix[1:]} {p.stat().st_size / 1e6:.0f} MB" for p in sorted(folder.iterdir())))
        print(f"\n{'from':<9}{'script':<11}{'seconds':>9}{'ratio':>7}{'peak MB':>9}{'ratio':>7}  results")
        for suffix in ("parquet", "csv"):
            first: tuple[float, float, Results] | None = None
            for script in asked.scripts:
                if script == "pandas" and suffix == "parquet" and not importlib.util.find_spec("pyarrow"):
                    print(f"{suffix:<9}{script:<11}{'reads no Parquet without pyarrow':>34}")
                    continue
                measured = measure(script, folder / f"responses.{suffix}")
                first = first or measured
                seconds, peak, results = measured
                same = all(np.isclose(results[key], value, rtol=1e-5) for key, value in first[2].items())
                ratios = seconds / first[0], peak / first[1]
                print(f"{suffix:<9}{script:<11}{seconds:>9.1f}{ratios[0]:>7.2f}{peak:>9.0f}{ratios[1]:>7.2f}", end="  ")
                print("the same" if same else "DIFFERENT", flush=True)


if __name__ == "__main__":
    main()
