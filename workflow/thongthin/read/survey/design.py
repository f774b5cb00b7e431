"""How the respondents of a survey were drawn: the stratum and the cluster of each, from the columns of `survey.design`.

Strata stay as they stand in the file, on one line; clusters become numbers in the order of the file, since they are
often villages, schools or households of which few people answered. Every respondent of the frame counts, those whom a
rule leaves out later as well: units that were drawn were drawn.

Fails, with problems, on empty cells, clusters that stand in several strata, strata without a population where others
have one, and a population smaller than what was drawn of it. Strata of a single unit are told as a notice.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from thongthin.basics.language import one_line
from thongthin.basics.nearest import did_you_mean
from thongthin.basics.problems import Problems
from thongthin.basics.yaml_source import flow_line
from thongthin.contract.answer_scales import comparable
from thongthin.contract.survey import SamplingDesign, Survey
from thongthin.contract.tables import ALL, TABLES
from thongthin.read.files.sheets import also_in, report_empty
from thongthin.read.survey.columns import SurveyColumns

# So many names of strata or clusters are listed in a message.
_NAMED = 8
# Rates at which strata were drawn count as one up to this ratio of the highest to the lowest.
_SAME_RATE = 1.05


def no_design() -> pd.DataFrame:
    """Table `sample_design` of a study that does not say how its sample was drawn."""
    kinds = {"text": "str", "number": "float64"}
    return pd.DataFrame({c.name: pd.Series(dtype=kinds[c.kind]) for c in TABLES["sample_design"].columns})


def read_sample_design(
    frame: pd.DataFrame,
    columns: SurveyColumns,
    respondents: pd.DataFrame,
    survey: Survey,
    problems: Problems,
) -> pd.DataFrame:
    """Table `sample_design`.

    Args:
        frame: the rows of the response file.
        columns: those of the file.
        respondents: respondent_id and out_of_frame of each row.
        survey: as in study.yml.
        problems: bound to the response file and its sheet.
    """
    design = survey.design
    if design is None:
        return no_design()
    before = len(problems)
    # Not the respondents who are analysed: who is left out for quality was drawn all the same, and counts among the
    # units.
    own = frame[respondents["out_of_frame"] == ""]
    strata, clusters = (_names(own, columns, header, problems) for header in (design.strata, design.clusters))
    if len(problems) > before:
        return no_design()
    if strata is None:
        strata = pd.Series("", index=own.index, dtype=str)
    if clusters is not None and design.nested:
        clusters = pd.Series(
            [f"{s}\n{c}" for s, c in zip(strata, clusters, strict=True)], own.index, name=clusters.name
        )
    elif clusters is not None:
        _report_in_several_strata(clusters, strata, problems)
    units = pd.Series(own.index, index=own.index) if clusters is None else clusters
    drawn = {str(stratum): int(count) for stratum, count in units.groupby(strata, sort=False).nunique().items()}
    population = _population(design, drawn, clusters is not None, problems)
    header = strata.name or (None if clusters is None else clusters.name)
    _tell_single_units(drawn, population, clusters is not None, str(header or ""), problems)
    # Rates of clusters are none of people: with clusters drawn by their size, equal weights may be right.
    if not survey.weight and clusters is None:
        _tell_unequal_rates(drawn, population, problems)
    numbers = "" if clusters is None else pd.Series(pd.factorize(clusters)[0] + 1, index=own.index).astype(str)
    table = pd.DataFrame({"respondent_id": respondents.loc[own.index, "respondent_id"], "stratum": strata})
    table = table.assign(cluster=numbers, population=strata.map(population).astype(float))
    return table.reset_index(drop=True)


def _names(frame: pd.DataFrame, columns: SurveyColumns, header: str | None, problems: Problems) -> pd.Series | None:
    """The stratum or cluster of each row, by its label where the file has labels; None where no column is named."""
    column = columns.find(header, "study.yml") if header else None
    if column is None:
        return None
    cells = frame[column.header].where(~frame[column.header].isin(column.missing), "")
    report_empty(cells.to_frame(), [column.header], problems)
    # Two codes with one label are two units; by their label they would be one.
    told_apart = len(set(column.values.values())) == len(column.values)
    named = {cell: one_line(column.values.get(cell, cell) if told_apart else cell) for cell in cells.unique()}
    alike: dict[str, list[str]] = {}
    for name in dict.fromkeys(named.values()):
        alike.setdefault(comparable(name), []).append(name)
    if pairs := [names for names in alike.values() if len(names) > 1]:
        which = "; ".join(" / ".join(f'"{name}"' for name in names) for names in pairs[:_NAMED])
        problems.notice(
            "lookalike-units",
            f"These names in a column of survey.design look alike and count as different ones: {which}.",
            f"ชื่อเหล่านี้ในคอลัมน์ของ survey.design คล้ายกันมาก แต่นับเป็นคนละชื่อ: {which}",
            row=1,
            column=column.header,
            hint_en="If they are the same, write them the same way in every row: errors depend on it.",
            hint_th="หากเป็นสิ่งเดียวกัน ให้เขียนเหมือนกันทุกแถว เพราะมีผลต่อค่าคลาดเคลื่อน",
        )
    return cells.map(named)


def _report_in_several_strata(clusters: pd.Series, strata: pd.Series, problems: Problems) -> None:
    """Add a problem for clusters that stand in several strata, of which each can be in one only."""
    several = strata.groupby(clusters).nunique()
    wrong = [str(cluster) for cluster in dict.fromkeys(clusters) if several[cluster] > 1]
    if not wrong:
        return
    rows = [int(row) for row in clusters.index[clusters.isin(wrong)]]
    where_en, where_th = also_in(rows)
    first = list(dict.fromkeys(strata[clusters == wrong[0]]))
    problems.add(
        "cluster-in-several-strata",
        f"A cluster is of one stratum, but these stand in several: {_listed(wrong)} ({wrong[0]} in"
        f" {_listed(first)}).{where_en}",
        f"คลัสเตอร์หนึ่งอยู่ได้ในชั้นภูมิเดียว แต่คลัสเตอร์เหล่านี้อยู่ในหลายชั้นภูมิ: {_listed(wrong)} ({wrong[0]} อยู่ใน"
        f" {_listed(first)}){where_th}",
        row=rows[0],
        column=str(clusters.name),
        hint_en="If clusters are numbered anew in each stratum, put this under `design:` in study.yml: nested: yes."
        " Otherwise correct the rows.",
        hint_th="หากเลขคลัสเตอร์เริ่มนับใหม่ในแต่ละชั้นภูมิ ให้วางบรรทัดนี้ใต้ `design:` ใน study.yml: nested: yes มิฉะนั้นให้แก้แถวเหล่านี้",
    )


def _population(design: SamplingDesign, drawn: dict[str, int], clustered: bool, problems: Problems) -> dict[str, float]:
    """How many units there are in the population of each stratum of the file; NaN where that is not known."""
    if not design.population:
        return dict.fromkeys(drawn, np.nan)
    en, th = ("clusters", "คลัสเตอร์") if clustered else ("respondents", "คน")
    if ALL in design.population:
        meant = {stratum: float(design.population[ALL]) for stratum in drawn}
    else:
        # First as it is written, then as it reads: strata "A1" and "a 1" may both be there.
        loose = {comparable(name): number for name, number in design.population.items()}
        named = {stratum: design.population.get(stratum, loose.get(comparable(stratum))) for stratum in drawn}
        meant = {stratum: np.nan if number is None else float(number) for stratum, number in named.items()}
        if unknown := [s for s, number in meant.items() if np.isnan(number)]:
            line = flow_line("population", {s: design.population.get(s, 0) for s in drawn})
            problems.add(
                "missing-population",
                f"These strata of the file have no population in study.yml (survey.design): {_listed(unknown)}.",
                f"ชั้นภูมิเหล่านี้ในไฟล์ไม่มีจำนวนประชากรใน study.yml (survey.design): {_listed(unknown)}",
                hint_en=f"Under `design:` in study.yml, with the right numbers: {line}",
                hint_th=f"ใส่ใต้ `design:` ใน study.yml พร้อมจำนวนที่ถูกต้อง: {line}",
            )
        there = {comparable(stratum) for stratum in drawn}
        for name in design.population:
            if comparable(name) not in there:
                hint_en, hint_th = did_you_mean(name, drawn)
                problems.add(
                    "unknown-stratum",
                    f'"{name}" of survey.design.population in study.yml is no stratum of the file.',
                    f'"{name}" ใน survey.design.population ของ study.yml ไม่ใช่ชั้นภูมิในไฟล์',
                    hint_en=hint_en,
                    hint_th=hint_th,
                )
    for stratum, number in meant.items():
        if number < drawn[stratum]:
            of_en, of_th = (f' of "{stratum}"', f' "{stratum}"') if stratum else ("", "")
            problems.add(
                "small-population",
                f"The population{of_en} in study.yml (survey.design) is {number:,.0f}, but {drawn[stratum]:,} {en} were"
                " drawn from it.",
                f"ประชากร{of_th} ใน study.yml (survey.design) มี {number:,.0f} แต่สุ่มมา {drawn[stratum]:,} {th}",
                hint_en=f"It counts {'clusters, not people' if clustered else 'people'}: give how many there are.",
                hint_th=f"ให้นับเป็น{'จำนวนคลัสเตอร์ ไม่ใช่จำนวนคน' if clustered else 'จำนวนคน'} และระบุจำนวนทั้งหมดที่มี",
            )
    return meant


def _tell_single_units(
    drawn: dict[str, int], population: dict[str, float], clustered: bool, header: str, problems: Problems
) -> None:
    """Add a notice of strata of which one unit was drawn, and that is not all of them: they have no variance.

    Args:
        header: of the column of the strata, or of the clusters without any.
    """
    single = [stratum for stratum, count in drawn.items() if count == 1 and population[stratum] != 1]
    if not single:
        return
    en, th = ("cluster", "คลัสเตอร์") if clustered else ("respondent", "คน")
    if list(drawn) == [""]:
        said_en, said_th = f"Only one {en} was drawn", f"สุ่มมาเพียง 1 {th}"
    else:
        said_en = f"Only one {en} was drawn in these strata: {_listed(single)}"
        said_th = f"ชั้นภูมิเหล่านี้สุ่มมาเพียง 1 {th}: {_listed(single)}"
    problems.notice(
        "single-psu",
        f"{said_en}; errors and intervals of what was answered there are undefined.",
        f"{said_th} จึงหาค่าคลาดเคลื่อนและช่วงความเชื่อมั่นของสิ่งที่ตอบในนั้นไม่ได้",
        row=1,
        column=header,
        hint_en="Where strata are alike, give both the same name in that column; if there is no other in the"
        " population, its population is 1 (survey.design.population).",
        hint_th="หากชั้นภูมิใดคล้ายกัน ให้ใช้ชื่อเดียวกันในคอลัมน์นั้น หากทั้งประชากรมีเพียงหนึ่งเดียว ให้ระบุ population เป็น 1"
        " (survey.design.population)",
    )


def _tell_unequal_rates(drawn: dict[str, int], population: dict[str, float], problems: Problems) -> None:
    """Add a notice where strata were drawn at different rates and respondents have no weights that make up for it."""
    rates = {stratum: count / population[stratum] for stratum, count in drawn.items()}
    if not rates or not max(rates.values()) > _SAME_RATE * min(rates.values()):
        return
    weights = ", ".join(f"{stratum} {1 / rate:.4g}" for stratum, rate in list(rates.items())[:_NAMED])
    problems.notice(
        "unequal-rates",
        f"Strata were drawn at rates from {min(rates.values()):.2%} to {max(rates.values()):.2%}, but respondents have"
        " no weights: means and shares over all are those of the sample, not of the population.",
        f"สุ่มจากแต่ละชั้นภูมิด้วยอัตราตั้งแต่ {min(rates.values()):.2%} ถึง {max(rates.values()):.2%} แต่ผู้ตอบไม่มีน้ำหนัก"
        " ค่าเฉลี่ยและสัดส่วนรวมจึงเป็นของกลุ่มตัวอย่าง ไม่ใช่ของประชากร",
        hint_en=f"Add a column with the weight of each respondent, population by respondents ({weights}), and name it"
        " in study.yml (survey.weight).",
        hint_th=f"เพิ่มคอลัมน์น้ำหนักของผู้ตอบ คือประชากรหารด้วยจำนวนผู้ตอบ ({weights}) แล้วระบุใน study.yml (survey.weight)",
    )


def _listed(names: Iterable[str]) -> str:
    own = list(names)
    return ", ".join(f'"{name}"' for name in own[:_NAMED]) + (f" ... ({len(own)})" if len(own) > _NAMED else "")
