"""What everything is called: each id has its name in one language.

Up to here everything is an id; `Labels` gives each id its name, in the order in which it is shown (sites as in
sites.csv, themes as in the codebook, constructs as in the framework).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from thongthin.basics.language import Language
from thongthin.contract.tables import ALL
from thongthin.contract.units import Unit

if TYPE_CHECKING:
    import pandas as pd

Tables = Mapping[str, "pd.DataFrame"]
Text = Mapping[str, str]  # language -> text

WAVES = ("single", "before", "after")


@dataclass(frozen=True)
class Labels:
    """What everything is called in one language: id -> label, in the order in which it is shown.

    Attributes:
        themes: the codes without parent.
        bands: labels of the interpretation bands, highest first; band 1 is the first.
        band_limits: the means above which these bands lie.
        inferences: what the article concludes from both strands, by construct; Markdown, as it is written there.
        short: the short names of sites, of those that have one.
        outcomes: which constructs are outcomes, as far as that is asked for.
    """

    language: Language
    sites: dict[str, str]
    groups: dict[str, str]
    codes: dict[str, str]
    themes: dict[str, str]
    constructs: dict[str, str]
    items: dict[str, str]
    bands: list[str]
    band_limits: list[float]
    inferences: Mapping[str, str] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)
    outcomes: Sequence[str] = ()

    @classmethod
    def of(
        cls,
        language: Language,
        tables: Tables,
        groups: Mapping[str, Text] | None = None,
        constructs: Mapping[str, Text] | None = None,
        bands: Sequence[Mapping[str, Any]] = (),
        inferences: Mapping[str, Text] | None = None,
        outcomes: Sequence[str] = (),
    ) -> Labels:
        """Labels from the tables `sites`, `codes` and `items` (those that are there) and from the study.

        Args:
            groups, constructs: id -> language -> label, in the order of study.yml.
            bands: as in the configuration (`analysis.scales.bands`).
            inferences: language -> construct -> what the article concludes, in Markdown.
            outcomes: ids of the constructs that are outcomes.
        """

        def column(table: str, key: str, label: str, theme: bool = False) -> dict[str, str]:
            if table not in tables:
                return {}
            frame = tables[table]
            frame = frame.sort_values("position") if "position" in frame else frame
            frame = frame[frame["parent_id"] == ""] if theme else frame
            return dict(zip(frame[key], frame[f"{label}_{language}"], strict=True))

        return cls(
            language=language,
            sites=column("sites", "site_id", "name"),
            groups={id_: label[language] for id_, label in (groups or {}).items()},
            codes=column("codes", "code_id", "label"),
            themes=column("codes", "code_id", "label", theme=True),
            constructs={id_: label[language] for id_, label in (constructs or {}).items()},
            items=column("items", "item_id", "text"),
            bands=[band["label"][language] for band in bands],
            band_limits=[band["above"] for band in bands],
            inferences=(inferences or {}).get(language, {}),
            outcomes=outcomes,
            short=short_names(tables["sites"], language) if "sites" in tables else {},
        )

    def say(self, en: str, th: str) -> str:
        """The text in the language of the labels."""
        return th if self.language == "th" else en

    @property
    def all_sites(self) -> str:
        """What all sites together are called; of one site, its name."""
        return self.say("All sites", "ทุกพื้นที่") if len(self.sites) != 1 else next(iter(self.sites.values()))

    @property
    def sites_and_all(self) -> dict[str, str]:
        """The sites, and all of them together under `ALL`; of one site that alone: it would say the same twice."""
        return {**(self.sites if len(self.sites) != 1 else {}), ALL: self.all_sites}

    @property
    def heads_of_sites(self) -> dict[str, str]:
        """As `sites_and_all`, with short names where there are any: for heads of columns."""
        return {id_: self.site_head(id_) for id_ in self.sites_and_all}

    @property
    def of_sites(self) -> Unit:
        """The sites, without a total."""
        return Unit.sites(self.sites, total=False)

    @property
    def of_sites_and_all(self) -> Unit:
        """The sites, then all together."""
        return Unit.sites(self.sites)

    @property
    def of_groups(self) -> Unit:
        """The groups, without a total."""
        return Unit.groups(self.groups)

    def names(self, unit: Unit) -> dict[str, str]:
        """What the members of a unit are called, in their order, with `all` where it has a total."""
        if unit.part == "group":
            return {**self.groups, ALL: self.say("All", "รวม")} if unit.total else self.groups
        return self.sites_and_all if unit.total else self.sites

    def one(self, unit: Unit) -> str:
        """What one of the unit is called, as a heading."""
        return self.say(unit.en.capitalize(), unit.th)

    def site(self, site_id: str) -> str:
        """Name of a site, or of all of them together."""
        return self.all_sites if site_id == ALL else self.sites[site_id]

    def site_head(self, site_id: str) -> str:
        """The same for heads of columns and legends: its short name, if it has one."""
        return self.short.get(site_id) or self.site(site_id)

    def scale(self, construct: str, wave: str) -> str:
        """Name of a construct, or of all items together, with the wave if it was asked twice."""
        name = self.say("All items", "ทุกข้อ") if construct == ALL else self.constructs[construct]
        return self._in_wave(name, wave)

    def item(self, item_id: str, wave: str) -> str:
        """Text of an item, with the wave if it was asked twice and the text does not say so itself."""
        text = self.items[item_id]
        twice = [id_ for id_, other in self.items.items() if other == text]
        return self._in_wave(text, wave) if len(twice) > 1 else text

    def _in_wave(self, label: str, wave: str) -> str:
        waves = {"before": self.say("before", "ก่อน"), "after": self.say("after", "หลัง")}
        return f"{label} ({waves[wave]})" if wave in waves else label


def short_names(sites: pd.DataFrame, language: Language) -> dict[str, str]:
    """Site -> its short name in a language, of those that have one in the table `sites`."""
    if f"short_{language}" not in sites:
        return {}
    return {id_: name for id_, name in zip(sites["site_id"], sites[f"short_{language}"], strict=True) if name}
