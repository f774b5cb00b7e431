"""Documents for the public: what the open ones say, with what is published in the place of what is not."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import yaml

from thongthin.basics.files import write_text
from thongthin.basics.language import Language
from thongthin.basics.markdown import escape_markdown
from thongthin.contract.documents import Document
from thongthin.contract.published import LEFT_OUT
from thongthin.contract.study import Study
from thongthin.present.render.composition import Quote, compose
from thongthin.present.render.requested import Named

# What stands below the authors of a document in which a number is left out.
_NOTE: dict[Language, str] = {
    "en": f"{LEFT_OUT} stands where a number is left out, so that nobody who took part can be found.",
    "th": f"{LEFT_OUT} หมายถึงค่าที่ไม่เผยแพร่ เพื่อไม่ให้ระบุตัวผู้ที่ให้ข้อมูลได้",
}


def compose_for_public(  # noqa: PLR0913 - as `compose`
    folder: Path,
    *,
    study: Study,
    document: Document,
    language: Language,
    article: Path,
    values: Mapping[str, str],
    quotes: Mapping[str, Quote],
    references: Mapping[Language, Path],
    tables: Path,
    languages: Sequence[Language],
    sites: Sequence[str],
    left_out: Collection[int],
    named: Named | None = None,
) -> None:
    """Write what a document says (see `compose`), and why numbers are left out of it, if any are.

    No sentence leads to its claim: how that is called, and its conditions, tell of what is left out.
    """
    compose(
        folder,
        study=study,
        document=document,
        language=language,
        article=article,
        values=values,
        quotes=quotes,
        references=references,
        tables=tables,
        languages=languages,
        sites=sites,
        left_out=left_out,
        named=named,
    )
    shown = json.loads((folder / "values.json").read_text(encoding="utf-8"))
    data = yaml.safe_load((folder / "metadata.yml").read_text(encoding="utf-8"))
    data["thongthin"].pop("evidence-of", None)
    if LEFT_OUT in shown.values():
        data["thongthin"]["front"].append(escape_markdown(_NOTE[language]))
    write_text(folder / "metadata.yml", yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000))
