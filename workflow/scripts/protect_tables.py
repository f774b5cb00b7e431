"""The tables that may be published, with what few people stand behind left out; and what they are read with."""

import json
from pathlib import Path
from typing import Any

from thongthin.basics.files import write_text
from thongthin.basics.problems import CannotAnalyse, Problems
from thongthin.contract.loading import read_study
from thongthin.contract.public import open_list
from thongthin.contract.published import read_published, write_published
from thongthin.contract.tables import TABLES, read_table, write_cells, write_table
from thongthin.interviews.signatures import signatures
from thongthin.present.claims.lexicon import names_of
from thongthin.present.public.quotes import signed_quotes
from thongthin.present.public.shown import hidden_addresses, public_values
from thongthin.present.public.words import public_words
from thongthin.read.frame import read_people
from thongthin.synthesis.protection import protect, rules_of
from thongthin.synthesis.protection.told import protection_of


def protect_tables(
    *,
    study: str,
    publication: str,
    sites_file: list[str],
    results: list[str],
    named: list[str],
    people: list[str],
    claims: list[str],
    tables: str,
    names: str,
    quotes: str,
    words: str,
    protection: str,
    privacy: dict[str, Any],
    sets: dict[str, list[str]],
    groups: dict[str, dict[str, str]],
    constructs: dict[str, dict[str, str]],
    level: float,
    bands: list[dict[str, Any]],
    asked: list[str],
    quoted: list[str],
) -> None:
    """Write the tables as they are published, those that name things, and the quotes that documents show.

    Args:
        study: study.yml.
        publication: what `check_publication` wrote; while anything is open, nothing is made.
        sites_file: sites.csv as people filled it in, if it is there: it says how many people there are.
        results: result tables.
        named: tables of sites, codes, items, and how answers are called.
        people: tables `participants` and `quotes`, where there are interviews.
        claims: claims.yml, or nothing.
        privacy: `analysis.privacy`.
        sets, groups, constructs, level: as for `check_claims`.
        asked: keys of the numbers that the documents ask for.
        quoted: ids of the quotes that they show.
    """
    told = json.loads(Path(publication).read_text(encoding="utf-8"))
    if told["open"]:
        raise CannotAnalyse(open_list(told["open"]))
    settings = read_study(Path(study), Problems())
    assert settings is not None
    frames = {Path(path).stem: read_table(path) for path in [*results, *named]}
    for name in frames.keys() - {Path(path).stem for path in results}:
        write_table(frames[name], Path(names) / f"{name}.csv")
    rules = rules_of(settings, privacy)
    own = {Path(path).stem: read_table(path) for path in people}
    if "quotes" in own:
        signed = signatures(own["quotes"], own["participants"], read_people(_path(sites_file)), rules.k)
        write_cells(signed_quotes(own["quotes"], signed, quoted), quotes)
    else:
        write_cells(signed_quotes(read_nothing(), {}, []), quotes)
        signed = {}
    protected = protect(frames, settings, rules, signed)
    for name, table in protected.items():
        write_published(Path(tables) / f"{name}.csv", table.frame, table.hidden, table.words)
    told = protection_of(protected, [Path(path).stem for path in results], rules, signed, quoted)
    write_text(protection, json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    published = {path.stem: read_published(path) for path in sorted(Path(tables).glob("*.csv"))}
    write_table(public_values(published, bands, asked, hidden_addresses(published)), Path(tables) / "values.csv")
    every = {"sites": list(frames["sites"]["site_id"]), **sets}
    said = public_words(_path(claims), published, bands, (every, level, names_of(frames, groups, constructs)))
    write_text(words, json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def _path(files: list[str]) -> Path | None:
    return Path(files[0]) if files else None


def read_nothing() -> Any:
    """Table `quotes` without rows."""
    import pandas as pd

    return pd.DataFrame(columns=[column.name for column in TABLES["quotes"].columns])


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(protect_tables, globals()["snakemake"])
