"""Numbered figures, tables and sections, and references to them.

Quarto has such a filter of its own, which is off (`crossref: false`): its tables in Word stand within tables, and its
captions are not as ours. No block has the id of a figure or a table, which Quarto would take for one still to be made.
"""

from __future__ import annotations

import re
from collections import Counter

from thongthin.present.setting.thai import kind_of
from thongthin.present.setting.trees import (
    LONGEST_NAME,
    SPACE,
    Element,
    Elements,
    Finished,
    Format,
    Meta,
    attr,
    change,
    change_down,
    classes_of,
    div,
    id_of,
    link,
    para,
    plain,
    raw,
    raw_block,
    span,
    strong,
    text,
)

# pandoc counts its own bookmarks from 1.
_FIRST_BOOKMARK = 100_000
_SIGN = re.compile(r"[^0-9A-Za-z]")


class CrossReferences:
    """The numbers of one document in one format.

    Args:
        words: `fig-title`, `fig-prefix` and so on, as they are printed.

    Word counts by itself and can count again: a caption has its number as a field (SEQ), with a bookmark around the
    label, and references are fields (REF) that show what stands in that bookmark, or in the one around the number
    alone.
    """

    def __init__(self, words: Meta, format_: Format) -> None:
        self.words, self.format = words, format_
        self.numbers: dict[str, str] = {}
        self.count: Counter[str] = Counter()
        self.sections: list[int] = []
        self.bookmarks = 0
        self.names: dict[str, str] = {}  # of the bookmarks, and what each is of

    def set(self, blocks: Elements) -> None:
        """Number what has numbers, and write the references to it.

        Raises:
            LookupError: a reference to what is not there.
        """
        change_down(blocks, {"Header": self._header, "Figure": self._figure, "Div": self._box})
        change(blocks, {"Cite": self._reference})

    def _header(self, header: Element) -> None:
        level, _, line = header["c"]
        if "unnumbered" in classes_of(header):
            return
        self.sections = [*self.sections, *[0] * level][:level]
        self.sections[-1] += 1
        number = ".".join(map(str, self.sections))
        self.numbers[id_of(header)] = number
        if self.format == "html":
            line[:0] = [span([text(number)], attr(classes=["header-section-number"])), dict(SPACE)]
        elif self.format == "docx":
            style = '<w:r><w:rPr><w:rStyle w:val="SectionNumber"/></w:rPr><w:t>'
            line.insert(0, raw("openxml", f"{style}{number}</w:t></w:r><w:r><w:tab/></w:r>"))
        elif self.format != "pdf":  # Typst counts by itself
            line[:0] = [text(number), dict(SPACE)]

    def _figure(self, figure: Element) -> Finished | None:
        if kind_of(id_of(figure)) != "fig":
            return None
        caption: Elements = []
        for block in figure["c"][1][1]:
            caption += [*([{"t": "LineBreak"}] if caption else []), *block["c"]]
        return self._float(id_of(figure), figure["c"][2], caption)

    def _box(self, box: Element) -> Finished | None:
        """`::: {#tbl-x}` or `::: {#fig-x}`: the last paragraph is the caption."""
        if kind_of(id_of(box)) not in ("tbl", "fig"):
            return None
        *content, caption = box["c"][1]
        return self._float(id_of(box), content, caption["c"])

    def _float(self, identifier: str, content: Elements, caption: Elements) -> Finished:
        kind = kind_of(identifier) or ""
        self.count[kind] += 1
        self.numbers[identifier] = str(self.count[kind])
        make = {"pdf": self._of_typst, "html": self._of_html, "docx": self._of_word, "xml": self._of_jats}[self.format]
        return Finished(make(identifier, kind, content, caption))

    def _label(self, identifier: str, kind: str) -> str:
        return f"{self.words.said(f'{kind}-title')}\u00a0{self.numbers[identifier]}"

    def _of_typst(self, identifier: str, kind: str, content: Elements, caption: Elements) -> Elements:
        """A float as Quarto's Typst has it; Typst numbers it, and the template sets its caption."""
        position = "top" if kind == "tbl" else "bottom"
        title = self.words.said(f"{kind}-title")
        opening = raw("typst", f"], caption: figure.caption(position: {position}, [")
        closing = f']), kind: "quarto-float-{kind}", supplement: "{title}", numbering: "1") <{identifier}>'
        return [raw_block("typst", "#figure(["), *content, plain([opening, *caption, raw("typst", closing)])]

    def _of_html(self, identifier: str, kind: str, content: Elements, caption: Elements) -> Elements:
        label = strong([text(self._label(identifier, kind))])
        line = plain([raw("html", "<figcaption>"), label, dict(SPACE), *caption, raw("html", "</figcaption>")])
        inner = [line, *content] if kind == "tbl" else [*content, line]
        return [raw_block("html", f'<figure id="{identifier}">'), *inner, raw_block("html", "</figure>")]

    def _of_word(self, identifier: str, kind: str, content: Elements, caption: Elements) -> Elements:
        style = "Table Caption" if kind == "tbl" else "Image Caption"
        marked = span([self._word_label(identifier, kind), dict(SPACE), *caption], attr(identifier))
        line = div([para([marked])], attr(custom_style=style))
        return [line, *content] if kind == "tbl" else [div(content, attr(custom_style="Captioned Figure")), line]

    def _of_jats(self, identifier: str, kind: str, content: Elements, caption: Elements) -> Elements:
        """What jats.lua makes an element of."""
        own = attr(classes=["float"], name=identifier, label=self._label(identifier, kind))
        own[2].append(["kind", "table-wrap" if kind == "tbl" else "fig"])
        return [div([plain(caption), *content], own)]

    def _word_label(self, identifier: str, kind: str) -> Element:
        label = self.words.said(f"{kind}-title")
        number = _field(f"SEQ {label} \\* ARABIC", self.numbers[identifier], bold=True)
        whole = _run(f"{label}\u00a0", bold=True) + self._bookmarked(self._name("number", identifier), number)
        return raw("openxml", self._bookmarked(self._name("label", identifier), whole))

    def _bookmarked(self, name: str, content: str) -> str:
        self.bookmarks += 1
        number = _FIRST_BOOKMARK + self.bookmarks
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'

    def _name(self, kind: str, identifier: str) -> str:
        """The name of a bookmark. Word does not list names that begin with "_"; what is cut off tells no two apart."""
        whole = f"_{kind}_{_SIGN.sub('_', identifier)}"
        name, count = whole[:LONGEST_NAME], 1
        while self.names.setdefault(name, identifier) != identifier:
            count += 1
            name = f"{whole[: LONGEST_NAME - 1 - len(str(count))]}_{count}"
        return name

    def _reference(self, cite: Element) -> Elements | None:
        links: Elements = []
        for citation in cite["c"][0]:
            identifier = citation["citationId"]
            kind = kind_of(identifier)
            if not kind:
                return None
            if identifier not in self.numbers:
                raise LookupError(f"@{identifier}: there is no such figure, table or section")
            alone = citation["citationMode"]["t"] == "SuppressAuthor"
            number = self.numbers[identifier]
            shown = number if alone else f"{self.words.said(f'{kind}-prefix')}\u00a0{number}"
            links += [text(","), dict(SPACE)] if links else []
            if self.format == "docx" and kind != "sec":
                name = self._name("number" if alone else "label", identifier)
                links.append(raw("openxml", _field(f"REF {name} \\h \\* MERGEFORMAT", shown)))
            else:
                links.append(link([text(shown)], f"#{identifier}", attr(classes=["quarto-xref"])))
        return links


def _run(line: str, *, bold: bool = False) -> str:
    style = "<w:rPr><w:b/><w:bCs/></w:rPr>" if bold else ""
    return f'<w:r>{style}<w:t xml:space="preserve">{line}</w:t></w:r>'


def _field(code: str, shown: str, *, bold: bool = False) -> str:
    return f'<w:fldSimple w:instr=" {code} ">{_run(shown, bold=bold)}</w:fldSimple>'
