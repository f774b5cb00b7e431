"""Where a key of a YAML file belongs: told of one that is known, and stands under another key than its own.

Such a key was indented too little or too far, or put where its reader looked first. The name of the nearest key, which
a slip of the pen asks for, would lead people astray there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel

from thongthin.basics.yaml_models import KeyPath

# The models that a file is made of, by the key path at which they stand: () for the whole.
Parts = Mapping[KeyPath, type[BaseModel]]

# A key that more groups have than these, such as a label, belongs nowhere in particular.
_MOST = 3


def key_types(model: type[BaseModel]) -> dict[str, Any]:
    """The keys of a group, as a file spells them, and what may stand behind each."""
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def section_hint(name: str, parts: Parts, here: Collection[str]) -> tuple[str, str] | None:
    """A hint (English, Thai) at the groups that have a key of this name; None where there are none, or too many.

    Args:
        here: the keys that are known where it stands, none of which it is.
    """
    found = dict.fromkeys(path for under, model in parts.items() for path in _groups_with(model, name, under))
    if name in here or not 1 <= len(found) <= _MOST:
        return None
    said = [_named(path) for path in found]
    return (
        f'"{name}" belongs {" or ".join(en for en, _ in said)}.',
        f'"{name}" ต้องอยู่{" หรือ".join(th for _, th in said)}',
    )


def _groups_with(
    model: type[BaseModel], name: str, under: KeyPath, above: tuple[type[BaseModel], ...] = ()
) -> Iterator[KeyPath]:
    """The key path of every group that has a key of this name, the outermost first."""
    if name in key_types(model):
        yield under
    for key, annotation in key_types(model).items():
        for inner in _models_in(annotation):
            if inner not in (model, *above):  # a group may hold groups of its own kind
                yield from _groups_with(inner, name, (*under, key), (*above, model))


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    """The groups of keys that a value may be, or a list or mapping of them holds."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in get_args(annotation) for model in _models_in(inner)]


def _named(path: KeyPath) -> tuple[str, str]:
    """Where a group stands, as people say it in English and in Thai, the innermost key first."""
    if not path:
        return "at the beginning of a line, under no other key", "ชิดต้นบรรทัด ไม่อยู่ใต้คีย์อื่น"
    keys = [f"`{key}:`" for key in reversed(path) if not isinstance(key, int)]
    if not keys:
        return "to its entry of the list, under no other key", "ในรายการโดยตรง ไม่อยู่ใต้คีย์อื่น"
    return f"under {' of '.join(keys)}", f"ใต้ {' ใน '.join(keys)}"
