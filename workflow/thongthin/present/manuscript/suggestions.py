"""Which values a typed number may be."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from decimal import Decimal, InvalidOperation

from thongthin.basics.language import MINUS
from thongthin.contract.tables import TABLES

# So many are told.
MOST = 3
_NUMBER = re.compile(rf"[-{MINUS}]?(?:\d[\d,]*)?(?:\.\d+|(?<=\d))")


def is_share(key: str) -> bool:
    """Whether a value, by its key, reads with a percent sign, or behind ร้อยละ."""
    table, column = TABLES.get(key.split(".")[0]), key.rsplit(".", 1)[-1]
    return table is not None and any(own.name == column and own.format == "share" for own in table.columns)


def suggested(number: str, reads: Iterable[tuple[str, str]], near: Collection[str]) -> list[str]:
    """Keys of the values that read as a typed number does: those near first, then those of the same tables.

    Args:
        number: the digits as they are written.
        reads: key and text of each value in the language of the article.
        near: keys that the section asks for, in either language.
    """
    wanted = _parsed(number)
    if wanted is None:
        return []
    tables = {key.split(".")[0] for key in near}

    def distance(key: str) -> int:
        table = key.split(".")[0]
        return 0 if key in near else 1 if table in tables else 2 if table == "sample" else 3

    found = [(distance(key), place, key) for place, (key, text) in enumerate(reads) if _parsed(text) == wanted]
    return [key for _, _, key in sorted(found)[:MOST]]


def _parsed(text: str) -> Decimal | None:
    """The one number of a text."""
    match = _NUMBER.search(text)
    try:
        return Decimal(match[0].replace(",", "").replace(MINUS, "-")) if match else None
    except InvalidOperation:
        return None
