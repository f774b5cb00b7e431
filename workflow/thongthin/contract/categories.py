"""Questions answered by category (sex, age group, education): what the categories are called.

A study declares the categories of an item in study.yml (`survey.categories`): an id, a label in either language, other
ways to write it. Answers then are ids. Where nothing is declared, answers are what the file says, in its order where it
has value labels (SPSS, XLSForm), and with its labels in both languages where it has these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from thongthin.contract.answer_scales import comparable, number_and_words
from thongthin.contract.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

# Stands in place of a category for those who gave none.
MISSING = "missing"
# A question with more different answers than this was answered in free words.
MOST_CATEGORIES = 20


class Category(NamedTuple):
    """A category of an item: its id (or its text, where none is declared), its labels, other ways to write it."""

    id: str
    th: str
    en: str
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called."""
        return self.id, self.th, self.en, *self.also


class DeclaredCategories:
    """The categories that a study declares for an item: which of them an answer is."""

    def __init__(self, categories: Iterable[Category]) -> None:
        self.categories = list(categories)
        self._ids = {word: own.id for own in self.categories for name in own.names if (word := comparable(name))}

    def read(self, answer: str) -> str | None:
        """The id of the category that the answer names, also with a number beside it ("2. หญิง"); None: of none."""
        found = self._ids.get(comparable(answer))
        both = number_and_words(answer)
        return found or (self._ids.get(comparable(both[1])) if both else None)

    @property
    def listed(self) -> str:
        """The categories as a message lists them."""
        return ", ".join(f"{own.th} / {own.en}" for own in self.categories)


def category_labels(categories: Mapping[str, Sequence[Category]]) -> pd.DataFrame:
    """Table `categories`, from the categories of each item, in the order in which they are shown."""
    import pandas as pd  # who only plans a build need not wait for it

    rows = [
        (item, own.id, own.th, own.en, position)
        for item, of_item in categories.items()
        for position, own in enumerate(of_item, start=1)
    ]
    names = [column.name for column in TABLES["categories"].columns]
    return pd.DataFrame(rows, columns=names).astype({"position": int})
