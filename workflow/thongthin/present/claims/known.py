"""The values that conditions speak of: which keys there are, what they are worth now, and what a pattern fits.

There are two kinds. Before anything is computed it is known which keys a study will have (`Known.expected`): conditions
are checked against these, and every value is undefined. Once `values.csv` stands, it says what each is worth
(`Known.computed`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from thongthin.basics.nearest import did_you_mean
from thongthin.contract.categories import MISSING
from thongthin.contract.tables import ALL, TABLES
from thongthin.present.claims.conditions import Fault, Key
from thongthin.present.value_keys import Rows, check_value_key

if TYPE_CHECKING:
    import pandas as pd

# What `*` does not stand for: a total beside its parts would be the largest of them all.
APART = (ALL, MISSING)
# More keys than these are not made for a pattern.
_MOST_KEYS = 200_000

Places = tuple[str, ...]


@dataclass
class Known:
    """The keys of a study's values, and what they are worth.

    Attributes:
        sets: what `@name` stands for in a pattern: ids of sites, groups, factors and outcomes.
        worth: key -> value; NaN where it is undefined. Keys that are missing are undefined, too.
        reads: key -> language -> how it reads in an article.
        rows: as from `possible_rows`, where nothing is computed yet.
    """

    sets: Mapping[str, Sequence[str]]
    worth: Mapping[str, float] = field(default_factory=dict)
    reads: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rows: Rows | None = None
    _tables: dict[str, list[Places]] = field(default_factory=dict)
    _fitting: dict[Key, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def expected(cls, rows: Rows, sets: Mapping[str, Sequence[str]]) -> Known:
        """What will be there, from the rows of the tables that a study has."""
        return cls(sets, rows=rows)

    @classmethod
    def computed(cls, values: pd.DataFrame, sets: Mapping[str, Sequence[str]]) -> Known:
        """What is there: the table `values`."""
        keys = list(values["key"])
        known = cls(
            sets,
            worth=dict(zip(keys, values["value"].astype(float), strict=True)),
            reads={
                key: {"th": th, "en": en}
                for key, th, en in zip(keys, values["text_th"], values["text_en"], strict=True)
            },
        )
        for key in keys:
            places = tuple(key.split("."))
            known._tables.setdefault(places[0], []).append(places)
        return known

    def value(self, key: str) -> float:
        """What a key is worth; NaN where that is undefined."""
        return self.worth.get(key, math.nan)

    def fitting(self, key: Key) -> dict[str, str]:
        """The keys that a pattern fits, by what stands in its open places, joined by dots; a plain key by "".

        Raises:
            Fault: there is no such key, or nothing fits.
        """
        if key not in self._fitting:
            self._fitting[key] = self._find(key)
        return self._fitting[key]

    def _find(self, key: Key) -> dict[str, str]:
        patterns = [self._pattern(place, key) for place in key.places[1:]]
        if all(isinstance(pattern, str) for pattern in patterns):
            return {"": self._plain(key)}
        table = self._keys_of(key.places[0])
        found = {}
        for places in table:
            own = places[1:]
            if len(own) == len(patterns) and all(map(_fits, patterns, own)):
                opened = [place for place, pattern in zip(own, patterns, strict=True) if not isinstance(pattern, str)]
                found[".".join(opened)] = ".".join(places)
        if not found:
            raise self._nothing_fits(key, patterns, table)
        return found

    def _plain(self, key: Key) -> str:
        """A key without a pattern, if the study has it."""
        if self.rows is not None:
            wrong = check_value_key(key.written, self.rows)
            if wrong:
                raise Fault(*wrong, at=key.at)
        return key.written

    def _pattern(self, place: str, key: Key) -> str | frozenset[str] | None:
        """What fits a place: one word, one of several, or (None) any but those that stand apart."""
        if place == "*":
            return None
        if place.startswith("@"):
            name = place[1:]
            if name not in self.sets:
                hints = did_you_mean(name, self.sets)
                raise Fault(f'There is no set "{place}".', f'ไม่มีชุด "{place}"', *hints, at=key.at)
            return frozenset(self.sets[name])
        if place.startswith("{"):
            return frozenset(word.strip() for word in place.strip("{}").split(","))
        return place

    def _keys_of(self, table: str) -> list[Places]:
        """The keys of a table, each as its places."""
        if self.rows is not None and table not in self._tables and table in self.rows:
            columns = [column.name for column in TABLES[table].value_columns]
            places = self.rows[table]
            if math.prod(map(len, places)) * len(columns) <= _MOST_KEYS:
                rows = (".".join(row).split(".") for row in product(*places))
                self._tables[table] = [(table, *row, column) for row in rows for column in columns]
        return self._tables.get(table, [])

    def _nothing_fits(self, key: Key, patterns: Sequence[str | frozenset[str] | None], table: list[Places]) -> Fault:
        """Why nothing fits a pattern: the first place at which the last key is lost."""
        if not table:
            first = key.places[0]
            known = self.rows if self.rows is not None else self._tables
            hints = did_you_mean(first, known)
            return Fault(
                f'This study has no values in a table "{first}".', f'การศึกษานี้ไม่มีค่าในตาราง "{first}"', *hints, at=key.at
            )
        left = [places[1:] for places in table]
        same = [own for own in left if len(own) == len(patterns)]
        if not same:
            example = ".".join(table[0])
            return Fault(
                f'"{key.written}" has {len(patterns)} places behind the table, and its keys have {len(left[0])}.',
                f'"{key.written}" มี {len(patterns)} ส่วนหลังชื่อตาราง แต่คีย์ของตารางนี้มี {len(left[0])} ส่วน',
                f'A key of this table: "{example}".',
                f'คีย์หนึ่งของตารางนี้: "{example}"',
                at=key.at,
            )
        for number, pattern in enumerate(patterns):
            rest = [own for own in same if _fits(pattern, own[number])]
            if not rest:
                words = [pattern] if isinstance(pattern, str) else sorted(pattern or ())
                there = list(dict.fromkeys(own[number] for own in same))
                hints = did_you_mean(words[0], there) if words else ("", "")
                place = key.places[number + 1]
                return Fault(
                    f'No value fits "{key.written}": nothing is called "{place}" there.',
                    f'ไม่มีค่าที่ตรงกับ "{key.written}": ไม่มี "{place}" ในตำแหน่งนั้น',
                    *hints,
                    at=key.at,
                )
            same = rest
        raise AssertionError("something fits, after all")

    def unknown_words(self, key: Key) -> Iterator[tuple[str, list[str]]]:
        """The words between braces that no key has in their place, and those that are there."""
        for number, place in enumerate(key.places):
            if number and place.startswith("{"):
                there = {own[number] for own in self._keys_of(key.places[0]) if len(own) == len(key.places)}
                for word in place.strip("{}").split(","):
                    if word.strip() not in there:
                        yield word.strip(), sorted(there)


def _fits(pattern: str | frozenset[str] | None, word: str) -> bool:
    if pattern is None:
        return word not in APART
    return word == pattern if isinstance(pattern, str) else word in pattern


def column_of(key: Key) -> str:
    """How the numbers of a key are written: the format of its column; "" where there is none."""
    table = TABLES.get(key.places[0])
    formats: Iterable[str] = [c.format for c in table.value_columns if c.name == key.places[-1]] if table else []
    return next(iter(formats), "")
