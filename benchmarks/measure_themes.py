"""How long the theme tables of a large study take, and how much memory: 2 million coded segments in 100,000 documents.

Run with nothing else on the machine:  .venv/bin/python benchmarks/measure_themes.py
The tables are made up: 20 codes (5 themes with 3 codes each), 2 coders who read everything, 20 turns a document. Each
step runs in a process of its own as a build runs it, from reading its CSV files to writing its tables; memory is the
largest resident set of that process.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "workflow"))
from thongthin.contract.tables import write_table  # noqa: E402

TURNS, TURN, GAP = 20, 60, 15  # turns a document; code points of a turn, and between turns
SITES, THEMES, CODERS = 12, 5, ("NP", "SK")
SEED = 1
CODED = ("codes", "codings", "coverage")
COUNTED = {"coders": "any", "groups": ["official", "citizen"], "confidence": 0.95}

# Script -> the tables that it reads, those that it writes, and its parameters.
STEPS: dict[str, tuple[tuple[str, ...], tuple[str, ...], dict[str, Any]]] = {
    "count_themes": (
        ("sites", "participants", *CODED),
        (
            *("themes_by_participant", "themes_by_site", "themes_by_group", "themes_by_site_group"),
            "codes_by_group",
        ),
        COUNTED,
    ),
    "balance_valence": (
        ("sites", "participants", *CODED),
        ("valence_by_participant", "valence_balance"),
        COUNTED,
    ),
    "compare_themes": (
        (
            *("participants", "codes", "codings", "quotes"),
            *("themes_by_participant", "themes_by_site", "themes_by_group", "valence_by_participant"),
        ),
        ("theme_spread", "deviant_cases", "framework_matrix"),
        {"coders": "any", "deviant_share": 0.25, "deviant_members": 4},
    ),
    "explore_differences": (
        ("participants", "codes", "themes_by_participant"),
        ("theme_tests",),
        {"replicates": 10_000, "seed": SEED},
    ),
    "count_cooccurrence": (
        (*CODED, "turns", "skipped"),
        ("theme_cooccurrence", "code_cooccurrence"),
        {"coders": "any", "within": 100},
    ),
}

# What a process of its own runs: a script of the workflow, or the reading of one table; then its time and memory.
MEASURED = """
import importlib.util, json, resource, sys, time
what, arguments = sys.argv[1], json.loads(sys.argv[2])
began = time.perf_counter()
if what == "read":
    from thongthin.contract.tables import read_table
    read_table(**arguments)
else:
    spec = importlib.util.spec_from_file_location(what, arguments.pop("script"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    getattr(module, what)(**arguments)
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def make_study(folder: Path, documents: int, segments: int) -> None:
    """Write the processed tables of a made-up study.

    In one piece: a table after the other, in literals, drawn from one generator.
    """
    rng = np.random.default_rng(SEED)
    codes = pd.DataFrame(
        [
            (f"t{theme}{suffix}", "" if not suffix else f"t{theme}", f"t{theme}", valence)
            for theme in range(THEMES)
            for suffix, valence in (("", "neutral"), ("_for", "enabling"), ("_against", "hindering"), ("_other", ""))
        ],
        columns=["code_id", "parent_id", "theme_id", "valence"],
    )
    codes = codes.assign(label_th="รหัส", label_en="Code", definition_th="", definition_en="", factor="")
    codes = codes.assign(position=range(len(codes)), level=np.nan)
    ids = np.array([f"P{number:06d}" for number in range(documents)])
    sites = [f"S{number:02d}" for number in range(SITES)]
    text = "ข้อความที่ผู้ให้ข้อมูลกล่าวไว้ในบทสัมภาษณ์"

    owner, turn = np.repeat(np.arange(documents), TURNS), np.tile(np.arange(TURNS), documents)
    start = turn * (TURN + GAP) + GAP
    by_document = np.sort(rng.integers(0, documents, segments))
    begins = rng.integers(GAP, TURNS * (TURN + GAP), segments)
    order = np.lexsort((begins, by_document))
    code = rng.integers(0, len(codes), segments)
    tables = {
        "codes": codes,
        "sites": pd.DataFrame(
            {"site_id": sites, "name_th": "พื้นที่", "name_en": "Site", "short_th": "", "short_en": "", "type": ""}
        ),
        "participants": pd.DataFrame(
            {
                "participant_id": ids,
                "site_id": np.array(sites)[np.arange(documents) % SITES],
                "group": np.array(["official", "citizen"])[np.arange(documents) // SITES % 2],
            }
        ).assign(role="", sex="", age_band="", interviewed_on="", consent="yes"),
        "turns": pd.DataFrame(
            {
                "turn_id": [f"P{document:06d}-{number:03d}" for document, number in zip(owner, turn, strict=True)],
                "participant_id": ids[owner],
                "turn": turn + 1,
                "speaker": "ผู้ให้ข้อมูล",
                "role": np.where(turn % 2, "participant", "interviewer"),
                "start": start,
                "end": start + TURN,
                "text": text,
            }
        ),
        "codings": pd.DataFrame(
            {
                "segment_id": [f"G{number:07d}" for number in range(segments)],
                "participant_id": ids[by_document],
                "code_id": codes["code_id"].to_numpy()[code],
                "theme_id": codes["theme_id"].to_numpy()[code],
                "coder": np.array(CODERS)[rng.integers(0, len(CODERS), segments)],
                "start": begins[order],
                "end": begins[order] + rng.integers(20, 90, segments),
                "text": text,
            }
        ),
        "coverage": pd.DataFrame(
            {
                "participant_id": np.repeat(ids, len(CODERS) * len(codes)),
                "coder": np.tile(np.repeat(CODERS, len(codes)), documents),
                "code_id": np.tile(codes["code_id"], len(CODERS) * documents),
            }
        ),
        "skipped": pd.DataFrame(
            {"participant_id": [ids[0]], "coder": CODERS[0], "code_id": "", "start": 0, "end": 100}
        ),
        "quotes": pd.DataFrame({"quote_id": ["q1"], "participant_id": ids[1], "code_id": "t0_for"}).assign(
            site_id=sites[1],
            group="official",
            turn_id="t",
            start=0,
            end=90,
            text=text,
            translation_th="",
            translation_en="",
        ),
    }
    for name, table in tables.items():
        write_table(table, folder / f"{name}.csv")


def measure(what: str, **arguments: Any) -> tuple[float, float]:
    """Run a script, or read a table, in a process of its own: seconds, and peak memory in gigabytes."""
    command = [sys.executable, "-c", MEASURED, what, json.dumps(arguments)]
    done = subprocess.run(command, cwd=ROOT / "workflow", capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    seconds, memory = (float(number) for number in done.stdout.split())
    return seconds, memory * 1024 / 1e9  # ru_maxrss is in kilobytes on Linux


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--segments", type=int, default=2_000_000)
    sizes = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        began = time.perf_counter()
        # In a process of its own as well: the largest resident set is handed down to the processes that follow.
        maker = multiprocessing.get_context("spawn").Process(
            target=make_study, args=(folder, sizes.documents, sizes.segments)
        )
        maker.start()
        maker.join()
        print(f"{sizes.segments:,} segments, {sizes.documents:,} documents", end="; ")
        print(f"written in {time.perf_counter() - began:.1f} s\n")
        print(f"{'step':<24}{'seconds':>9}{'peak GB':>9}{'MB read':>9}")
        for table in ("codings", "coverage", "turns"):
            path = folder / f"{table}.csv"
            seconds, memory = measure("read", path=str(path))
            print(f"{'read ' + table:<24}{seconds:>9.1f}{memory:>9.2f}{path.stat().st_size / 1e6:>9.0f}")
        for step, (read, written, parameters) in STEPS.items():
            files = {table: str(folder / f"{table}.csv") for table in (*read, *written)}
            script = str(ROOT / "workflow" / "scripts" / f"{step}.py")
            seconds, memory = measure(step, script=script, **files, **parameters)
            size = sum(Path(files[table]).stat().st_size for table in read) / 1e6
            print(f"{step:<24}{seconds:>9.1f}{memory:>9.2f}{size:>9.0f}", flush=True)


if __name__ == "__main__":
    main()
