"""Whether the sentences of the documents still hold, and what their words are; no document before it."""

import json
from pathlib import Path

from thongthin.basics.files import write_text
from thongthin.basics.problems import CannotAnalyse, Problems
from thongthin.contract.tables import read_table
from thongthin.present.claims.bound import Bound
from thongthin.present.claims.file import ClaimsFile, read_claims
from thongthin.present.claims.judging import margins_of, report, standing
from thongthin.present.claims.known import Known
from thongthin.present.claims.lexicon import names_of


def check_claims(
    *,
    values: str,
    tables: list[str],
    claims: list[str],
    findings: str,
    words: str,
    bound: list[list[str | int]],
    sets: dict[str, list[str]],
    groups: dict[str, dict[str, str]],
    constructs: dict[str, dict[str, str]],
    level: float,
    stop: bool,
) -> None:
    """Judge each claim that a sentence is bound to, and write what came out.

    Args:
        tables: `sites`, `codes`, `items` and `categories`, those that the study has.
        claims: claims.yml, or nothing.
        findings: each condition with the values that it was judged by and how near it is to turning, as JSON.
        words: how words read in each language, and the claims that do not hold, as JSON.
        bound: claim, file, line and text of each sentence that is bound.
        sets: what `@name` stands for, without the sites.
        groups, constructs: id -> language -> label.
        level: of significance.
        stop: whether what does not hold ends the build.

    Raises:
        CannotAnalyse: a sentence does not hold.
        ProblemsFound: claims.yml can't be read.
    """
    frames = {Path(path).stem: read_table(path) for path in tables}
    problems = Problems()
    file = read_claims(Path(claims[0]), problems.at(claims[0])) if claims else ClaimsFile()
    problems.raise_if_any()
    known = Known.computed(read_table(values, "values"), {"sites": list(frames["sites"]["site_id"]), **sets})
    sentences = [Bound(str(claim), str(path), int(line), str(text)) for claim, path, line, text in bound]
    names = names_of(frames, groups, constructs)
    stands = standing(file, known, level, names, sentences)
    write_text(findings, report(stands.findings, margins_of(stands.findings, file, known, level, names)))
    said = {"words": stands.words, "unproven": stands.unproven}
    write_text(words, json.dumps(said, ensure_ascii=False, indent=1) + "\n")
    told = stands.told
    if told and stop:
        raise CannotAnalyse(
            "The data do not say (any more) what these sentences say, so no document is made of them. Change the"
            " sentences, or the claims in claims.yml; `build --draft` shows the documents with them marked.\n"
            + "\n".join(f"  - {en}" for en, _ in told)
            + "\nข้อมูลไม่ได้บอก (แล้ว) อย่างที่ประโยคเหล่านี้กล่าว จึงไม่สร้างเอกสาร โปรดแก้ประโยคหรือเงื่อนไขใน claims.yml"
            " หากต้องการอ่านฉบับร่างที่ทำเครื่องหมายไว้ ใช้ build --draft\n" + "\n".join(f"  - {th}" for _, th in told)
        )
    for en, th in told:
        print(f"- {en}\n- {th}")


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(check_claims, globals()["snakemake"])
