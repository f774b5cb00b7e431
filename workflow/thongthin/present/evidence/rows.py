"""Which rows of the data stand behind a number: respondents and their answers, participants and coded passages.

What a row of a result table is about stands in its key: a site, a group, a participant, a theme or code, an item, a
scale, an answer, a model. From this, and from the rule that made the table, follows who counts: nothing is declared for
single tables but where they count in a way of their own.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.basics.records import records
from thongthin.contract.categories import MISSING
from thongthin.contract.strands import NEEDS
from thongthin.contract.tables import ALL, TABLES
from thongthin.survey.scales import Scale, is_enough, survey_scales

# Rules whose tables speak of both strands, or of neither.
_BOTH = ("join_strands",)
_SAMPLE = ("describe_sample", "measure_interviews")
_OF_SURVEY = {*NEEDS["survey"], *NEEDS["model"], "assess_sample"} - set(_BOTH)
_OF_CODING = {*NEEDS["coding"], *NEEDS["qca"]} - set(_BOTH)

# Tables whose scales are taken from respondents who answered every item of them.
_COMPLETE = ("scale_reliability", "item_rest", "scale_dimensionality", "scale_eigenvalues")
# Tables that count those who gave no answer as well.
_EVERYBODY = ("missing_items", "missing_data", "sample_size", "survey_response_by_site", "survey_representativity")
# What is counted of the sample among people who answered.
_QUANTITIES_OF_SURVEY = ("respondents", "items")

_BY_GROUP = "participants_"
# Steps of the flow of a survey that count those who are there, first and last; the others count who was left out.
_ALL_WHO_CAME = ("received", "analysed")
# The reason of a non-answer that says that nothing is known of it.
_EMPTY = "empty"

Mask = npt.NDArray[np.bool_]

# What a key column speaks of.
_SITES, _GROUPS = ("site_id", "site_a", "site_b"), ("group", "group_a", "group_b")
_PARTICIPANTS = ("participant_id", "case_id")
_CODES = ("theme_id", "theme_a", "theme_b", "code_id", "code_a", "code_b")


@dataclass(frozen=True)
class Rows:
    """What stands behind a number.

    Attributes:
        respondents: ids of those whose answers count; None where the survey has no part in the number.
        items: ids of the items that they answered.
        participants: ids of those whose interviews count; None where the interviews have no part in it.
        codes: ids of the codes that are counted, with all below them.
        segments: ids of the coded segments with these codes in these interviews.
        model: id of the model, "" of `model`; None where there is none in it.
    """

    respondents: tuple[str, ...] | None = None
    items: tuple[str, ...] = ()
    participants: tuple[str, ...] | None = None
    codes: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    model: str | None = None


@dataclass
class Data:
    """The rows of a study, and what is asked of them often.

    Args:
        tables: processed tables by name, those that the study has.
        models: outcome, predictors and site by model id, as study.yml has them.
        answered: share of the items of a scale that must be answered (`scales.answered`).
    """

    tables: Mapping[str, pd.DataFrame]
    models: Sequence[Mapping[str, Any]] = ()
    answered: float = 0.5
    _behind: dict[tuple[Any, ...], Rows] = field(default_factory=dict)
    _masks: dict[Any, Mask] = field(default_factory=dict)

    @cached_property
    def scales(self) -> dict[tuple[str, str], Scale]:
        """The scales by construct and wave."""
        if "items" not in self.tables:
            return {}
        return {(scale.construct, scale.wave): scale for scale in survey_scales(self.tables["items"])}

    @cached_property
    def below(self) -> dict[str, set[str]]:
        """Each code with itself and all codes below it."""
        if "codes" not in self.tables:
            return {}
        parents = dict(zip(self.tables["codes"]["code_id"], self.tables["codes"]["parent_id"], strict=True))
        found: dict[str, set[str]] = {code: {code} for code in parents}
        for code in parents:
            above = parents[code]
            while above:
                found[above].add(code)
                above = parents[above]
        return found

    @property
    def is_held(self) -> bool:
        """Whether every answer of the survey is there: of one too large for that, `responses` are a sample."""
        return "responses" in self.tables and "survey_received" in self.tables

    @cached_property
    def interviewed(self) -> list[dict[Hashable, Any]]:
        """The participants whose interviews are there."""
        there = set(self.tables["transcripts"]["participant_id"])
        return [person for person in records(self.tables["participants"]) if person["participant_id"] in there]

    @cached_property
    def given(self) -> list[tuple[str, str, str]]:
        """Every coded segment: its id, participant and code."""
        own = self.tables["codings"]
        return list(zip(own["segment_id"], own["participant_id"], own["code_id"], strict=True))

    @cached_property
    def speaking(self) -> set[tuple[str, str]]:
        """Participants with each theme that any coder found in their interview."""
        own = self.tables["codings"]
        return set(zip(own["participant_id"], own["theme_id"], strict=True))

    @cached_property
    def reasons(self) -> dict[str, dict[str, str]]:
        """Why somebody gave no answer, by item and respondent, where it is known."""
        found: dict[str, dict[str, str]] = {}
        for cell in records(self.tables["nonanswer_cells"]):
            found.setdefault(cell["item_id"], {})[cell["respondent_id"]] = cell["reason"]
        return found

    @cached_property
    def respondents(self) -> npt.NDArray[np.object_]:
        return self.tables["responses"]["respondent_id"].to_numpy(object)

    def behind(self, table: str, record: Mapping[Hashable, Any]) -> Rows:
        """What stands behind the numbers of a row of a result table."""
        key = {column: str(record[column]) for column in TABLES[table].key}
        place = (
            table.startswith("group_"),
            table in _COMPLETE,
            table in _EVERYBODY,
            TABLES[table].rule,
            "pair" * ("item_after" in record),
            *key.items(),
        )
        if place not in self._behind:
            self._behind[place] = self._rows(table, key, paired="item_after" in record)
        return self._behind[place]

    def _rows(self, table: str, key: Mapping[str, str], *, paired: bool) -> Rows:
        rule = TABLES[table].rule
        survey = rule in _OF_SURVEY or rule in _BOTH
        coding = rule in _OF_CODING or rule in _BOTH
        if rule in _SAMPLE:
            survey = key.get("quantity") in _QUANTITIES_OF_SURVEY
            coding = not survey
        own = self._survey(table, key, paired=paired) if survey and self.is_held else {}
        return Rows(**own, **(self._interviews(key) if coding and "participants" in self.tables else {}))

    def _interviews(self, key: Mapping[str, str]) -> dict[str, Any]:
        people = self.interviewed
        for columns, own in ((_SITES, "site_id"), (_GROUPS, "group"), (_PARTICIPANTS, "participant_id")):
            if named := [key[column] for column in columns if key.get(column, "") not in ("", ALL)]:
                people = [person for person in people if person[own] in named]
        if (quantity := key.get("quantity", "")).startswith(_BY_GROUP):
            people = [person for person in people if person["group"] == quantity.removeprefix(_BY_GROUP)]
        ids = tuple(person["participant_id"] for person in people)
        codes = [key[column] for column in _CODES if key.get(column, ALL) != ALL and key[column] in self.below]
        if not codes and key.get("construct") in self.below:
            codes = [key["construct"]]
        if "codings" not in self.tables or not codes:
            return {"participants": ids, "codes": tuple(codes)}
        every: set[str] = set().union(*(self.below[code] for code in codes))
        theirs = set(ids)
        segments = tuple(segment for segment, person, code in self.given if code in every and person in theirs)
        return {"participants": ids, "codes": tuple(codes), "segments": segments}

    def _survey(self, table: str, key: Mapping[str, str], *, paired: bool) -> dict[str, Any]:
        there = self._at(*(tuple(key.get(c, "") for c in columns) for columns in (_SITES, _GROUPS)))
        if key.get("part") == "group" or table.startswith("group_"):
            there = there & (self.tables["responses"]["group"] != "").to_numpy()
        if "model_id" in key:
            return self._model(there, key["model_id"])
        if "step" in key:
            return {"respondents": self._flagged(key)}
        items, enough = self._answered(table, key, paired=paired)
        answer = key.get("value", key.get("category", ""))
        if "reason" in key:
            there = there & self._silent(key["item_id"], key["reason"])
        elif answer == MISSING:
            there = there & ~enough
        elif table not in _EVERYBODY:
            there = there & enough
        if answer not in ("", MISSING) and items:
            there = there & self._chose(items[0], answer)
        return {"respondents": tuple(self.respondents[there]), "items": tuple(items)}

    def _at(self, sites: tuple[str, ...], groups: tuple[str, ...]) -> Mask:
        """Who is at one of the sites and in one of the groups, where any is named."""
        if (sites, groups) not in self._masks:
            own = np.ones(len(self.respondents), dtype=bool)
            for named, column in ((sites, "site_id"), (groups, "group")):
                if wanted := [id_ for id_ in named if id_ not in ("", ALL)]:
                    own &= self.tables["responses"][column].isin(wanted).to_numpy()
            self._masks[sites, groups] = own
        return self._masks[sites, groups]

    def _gave(self, item: str) -> Mask:
        """Who gave an answer to an item."""
        if item not in self._masks:
            cells = self.tables["responses"][item]
            self._masks[item] = (cells.notna() & (cells != "")).to_numpy()
        return self._masks[item]

    def _chose(self, item: str, answer: str) -> Mask:
        if (item, answer) not in self._masks:
            self._masks[item, answer] = (self.tables["responses"][item].map(_as_text) == answer).to_numpy(bool)
        return self._masks[item, answer]

    def _silent(self, item: str, reason: str) -> Mask:
        """Who gave no answer to an item for this reason; of most, the cell is empty and nothing more is known."""
        known = self.reasons.get(item, {})
        if reason != _EMPTY:
            return np.array([known.get(id_) == reason for id_ in self.respondents], dtype=bool)
        silent: Mask = ~self._gave(item) & np.array([id_ not in known for id_ in self.respondents], dtype=bool)
        return silent

    def _flagged(self, key: Mapping[str, str]) -> tuple[str, ...]:
        """Those that a step of the reading left out, or, at its end, those who remain."""
        if key["step"] in _ALL_WHO_CAME:
            own = self.tables["survey_received"] if key["step"] == _ALL_WHO_CAME[0] else self.tables["responses"]
        else:
            flags = self.tables["survey_flags"]
            named = flags.loc[(flags["rule"] == key["step"]) & flags["excluded"], "respondent_id"]
            own = self.tables["survey_received"]
            own = own[own["respondent_id"].isin(named)]
        kept = own if key["site_id"] == ALL else own[own["site_id"] == key["site_id"]]
        return tuple(kept["respondent_id"])

    def _answered(self, table: str, key: Mapping[str, str], *, paired: bool) -> tuple[list[str], Mask]:
        """The items that a row is about, and who answered enough of them."""
        everybody = np.ones(len(self.respondents), dtype=bool)
        if item := key.get("item_id"):
            asked = [item, *(self._pair(item) if paired else [])]
            scale = next((own for own in self.scales.values() if item in own.items), None)
            needed = scale.items if table in _COMPLETE and scale else asked
            return asked, np.logical_and.reduce([self._gave(own) for own in needed])
        if "construct" not in key:
            return [], everybody
        whole = key["construct"] == ALL
        waves = (
            [key["wave"]] if "wave" in key else [wave for own, wave in self.scales if whole or own == key["construct"]]
        )
        own = [
            scale
            for (name, wave), scale in self.scales.items()
            if wave in waves and (whole or name == key["construct"])
        ]
        for scale in own:
            everybody = everybody & self._enough(scale, complete=table in _COMPLETE)
        return [item for scale in own for item in scale.items], everybody

    def _enough(self, scale: Scale, *, complete: bool) -> Mask:
        answers = np.sum([self._gave(item) for item in scale.items], axis=0)
        enough: Mask = np.asarray(is_enough(answers, scale, 1.0 if complete else self.answered))
        return enough

    def _pair(self, item: str) -> list[str]:
        """The item that asked the same afterwards, in tables of change."""
        items = self.tables["items"]
        of = dict(zip(items["item_id"], items["pair"], strict=True))
        return [other for other, pair in of.items() if pair and pair == of.get(item) and other != item]

    def _model(self, there: Mask, id_: str) -> dict[str, Any]:
        model = next(own for own in self.models if own["id"] == id_)
        named = [model["outcome"], *model["predictors"]]
        scales = [scale for scale in self.scales.values() if scale.construct in named and scale.wave != "before"]
        for scale in scales:
            there = there & self._enough(scale, complete=False)
        alone = set(named) & set(self.tables["items"]["item_id"]) - {scale.construct for scale in scales}
        for column in sorted(alone):
            there = there & self._gave(column)
        items = [item for scale in scales for item in scale.items]
        return {"respondents": tuple(self.respondents[there]), "items": tuple(items), "model": id_}


def _as_text(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value == value and value.is_integer() else str(value)
