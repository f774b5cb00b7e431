"""What the models of study.yml and config.yml are made of: groups of keys, texts in two languages, days.

A text may be given in one language: plain, or as `th` or `en` alone. It then stands for both, and `one_language_keys`
tells which texts do.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    model_validator,
)
from pydantic.fields import FieldInfo

from thongthin.basics.language import DateProblem, Language, has_thai, parse_date
from thongthin.basics.yaml_sentences import IDENTIFIER

KeyPath = tuple[str | int, ...]

_EMPTY: tuple[Any, ...] = (None, "", [])


Identifier = Annotated[str, Field(pattern=IDENTIFIER)]


def described(en: str, th: str, *, note: str = "", **settings: Any) -> Any:
    """The field of a model, with what it is for in both languages, which `said` tells.

    The schema for editors has both below each other, and the note as its comment.

    Args:
        note: what stands behind the key in config.yml: a unit, or what is possible beside what the type says.
        settings: of pydantic's `Field`.
    """
    return Field(description=f"{en}\n{th}", json_schema_extra={"$comment": note} if note else None, **settings)


def said(field: FieldInfo) -> tuple[str, str, str]:
    """What `described` was given: English, Thai, note."""
    en, _, th = (field.description or "").partition("\n")
    extra = field.json_schema_extra
    return en, th, str(extra.get("$comment", "")) if isinstance(extra, dict) else ""


class Section(BaseModel):
    """A group of keys; one that is not listed here is refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


def _one_will_do(schema: dict[str, Any]) -> None:
    """In the schema for editors, neither language is compulsory by itself."""
    schema["required"] = [name for name in schema.get("required", []) if name not in ("th", "en")]
    if not schema["required"]:
        del schema["required"]
        schema["minProperties"] = 1


def _plain_will_do(schema: dict[str, Any]) -> None:
    """... and a text without any language is fine, too."""
    _one_will_do(schema)
    plain = "array" if schema["properties"]["th"]["type"] == "array" else "string"
    schema["type"] = ["object", plain]


class InBothLanguages(Section):
    """Keys `th` and `en` that say the same; one of them stands for both."""

    model_config = ConfigDict(json_schema_extra=_one_will_do)

    # The language that was given, if it was but one.
    _only: Language | None = PrivateAttr(default=None)

    @model_validator(mode="wrap")
    @classmethod
    def _fill(cls, given: Any, handler: ModelWrapValidatorHandler[Any]) -> Any:
        only: Language | None = None
        given = cls._with_language(given)
        if isinstance(given, dict):
            there: list[Language] = [name for name in ("th", "en") if given.get(name) not in _EMPTY]
            if len(there) == 1:
                only = there[0]
                given = {**given, "th": given[only], "en": given[only]}
        made = handler(given)
        if only:
            made._only = only
        return made

    @classmethod
    def _with_language(cls, given: Any) -> Any:
        """What is given without a language, under the key of its own."""
        return given


class Bilingual(InBothLanguages):
    """The same text in both languages."""

    model_config = ConfigDict(json_schema_extra=_plain_will_do)

    th: str = Field(min_length=1, description="Thai")
    en: str = Field(min_length=1, description="English")

    @classmethod
    def _with_language(cls, given: Any) -> Any:
        return _by_language(given, given) if isinstance(given, str) and given else given


class BilingualList(InBothLanguages):
    """Several texts in both languages."""

    model_config = ConfigDict(json_schema_extra=_plain_will_do)

    th: list[str]
    en: list[str]

    @classmethod
    def _with_language(cls, given: Any) -> Any:
        return _by_language(given, " ".join(map(str, given))) if isinstance(given, list) and given else given


def _by_language(given: Any, text: str) -> dict[str, Any]:
    return {"th" if has_thai(text) else "en": given}


def one_language_keys(model: BaseModel, under: KeyPath = ()) -> Iterator[tuple[KeyPath, Language]]:
    """The key path of every text below a model that was given in one language, and that language."""
    if isinstance(model, InBothLanguages) and model._only:
        yield under, model._only
    for name, field in type(model).model_fields.items():
        yield from _below(getattr(model, name), (*under, field.alias or name))


def _below(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, Language]]:
    if isinstance(value, BaseModel):
        yield from one_language_keys(value, path)
    elif isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _below(item, (*path, key))


def _day(written: Any) -> Any:
    """A day as people write it, in either era, as in every table."""
    if written is None or isinstance(written, datetime.date):
        return written
    try:
        return parse_date(str(written)).date
    except DateProblem as error:
        raise ValueError(" | ".join([error.en, error.th, error.hint_en, error.hint_th])) from None


Day = Annotated[datetime.date, BeforeValidator(_day, json_schema_input_type=str)]
