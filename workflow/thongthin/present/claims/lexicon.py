"""What ids are called within a sentence, unless `claims.yml` says otherwise: from the labels of the study."""

from __future__ import annotations

import re
from collections.abc import Mapping

from thongthin.basics.language import Language
from thongthin.present.claims.file import LANGUAGES
from thongthin.present.labels import WAVES, Labels, Tables, Text


def names_of(
    tables: Tables, groups: Mapping[str, Text], constructs: Mapping[str, Text]
) -> dict[Language, dict[str, str]]:
    """Language -> id -> name, of sites, groups, codes, constructs (and their waves) and categories.

    Sites keep their capitals; what else is called by a common noun in English begins with a small letter.

    Args:
        tables: `sites`, `codes`, `items` and `categories`, those that are there.
        groups, constructs: id -> language -> label.
    """
    found: dict[Language, dict[str, str]] = {}
    for language in LANGUAGES:
        labels = Labels.of(language, tables, groups, constructs)
        scales = {f"{id_}.{wave}": labels.scale(id_, wave) for id_ in labels.constructs for wave in WAVES}
        common = {**_categories(tables, language), **labels.codes, **scales, **labels.constructs, **labels.groups}
        found[language] = {**{id_: small(name, language) for id_, name in common.items()}, **labels.sites}
    return found


def _categories(tables: Tables, language: Language) -> dict[str, str]:
    """What categories of items are called; of one id that two items have, only if both call it the same."""
    if "categories" not in tables:
        return {}
    names: dict[str, set[str]] = {}
    for id_, name in zip(tables["categories"]["category"], tables["categories"][f"label_{language}"], strict=True):
        names.setdefault(id_, set()).add(name)
    return {id_: own.pop() for id_, own in names.items() if len(own) == 1}


def small(name: str, language: Language) -> str:
    """An English name as it stands within a sentence: "Digital skills of staff" as "digital skills of staff"."""
    return name[:1].lower() + name[1:] if language == "en" and re.match(r"[A-Z][a-z]|A ", name) else name
