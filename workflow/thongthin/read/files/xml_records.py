"""XML of any size, element by element, within bounds.

Raised as `Refused`: broken XML, more elements or deeper ones than `MAX_ELEMENTS` and `MAX_DEPTH` allow, and XML with a
document type, which is where entities would be declared.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import cast
from xml.parsers import expat

from thongthin.read.files.archive import CHUNK, MIB, Refused, too_large

# An element's opening tag, comment, or the like; the parser starts over whenever it meets the end of its input in one.
MAX_TOKEN = 8 * MIB
MAX_DEPTH = 256
MAX_ELEMENTS = 20_000_000


def parse_xml(chunks: Iterable[bytes]) -> ET.Element:
    """The root of a whole document, tags in the form ``{namespace}name``.

    Raises:
        Refused: broken XML, a document type (so that there are no entities), or more of it than the limits allow.
    """
    root: ET.Element | None = None
    for _, element in _events(chunks):
        root = element if root is None else root
    assert root is not None  # a document without element is broken
    return root


def records(chunks: Iterable[bytes], names: Collection[str]) -> Iterator[tuple[ET.Element, Sequence[ET.Element]]]:
    """Each element of one of these names as soon as it is complete, and the elements that it stands in.

    Afterwards it is taken out of the element around it, as is everything that stands in no record: a document of
    hundreds of megabytes is read in the memory of its largest record. Of a record within a record the inner one comes
    first, and the outer one comes without it.

    Args:
        names: local names; the namespace is not looked at.

    Yields:
        The element, and the open elements around it, outermost first: their attributes are complete, their content is
        not. The sequence changes afterwards.

    Raises:
        Refused: as `parse_xml` does.
    """
    around: list[ET.Element] = []
    kept: list[int] = []  # of each open element the children that stay with it
    open_records: list[int] = []  # how deep each stands
    for event, element in _events(chunks):
        if event == "start":
            if local_name(element) in names:
                open_records.append(len(around))
            around.append(element)
            kept.append(0)
            continue
        around.pop()
        kept.pop()
        is_record = bool(open_records) and open_records[-1] == len(around)
        if is_record:
            open_records.pop()
            yield element, around
        if around and (is_record or not open_records):
            del around[-1][kept[-1]]
        elif around:
            kept[-1] += 1


def local_name(element: ET.Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def _events(chunks: Iterable[bytes]) -> Iterator[tuple[str, ET.Element]]:
    """Start and end of each element; a second parser goes ahead, since this one says nothing of document types."""
    guard = expat.ParserCreate(namespace_separator="}")
    parser: ET.XMLPullParser[ET.Element] = ET.XMLPullParser(("start", "end"))
    guard.StartDoctypeDeclHandler = _refuse_document_type
    fed = depth = elements = 0
    try:
        for chunk in chain(chunks, [None]):
            guard.Parse(chunk or b"", chunk is None)
            fed += len(chunk or b"")
            if fed - guard.CurrentByteIndex > MAX_TOKEN + CHUNK:
                raise too_large(
                    f"The XML holds one tag or comment of more than {MAX_TOKEN // MIB} MB.",
                    f"XML มีแท็กหรือความเห็นเดียวที่ใหญ่กว่า {MAX_TOKEN // MIB} MB",
                )
            if chunk is None:
                parser.close()  # newer parsers hold back their last events until then
            else:
                parser.feed(chunk)
            for event, element in cast("Iterator[tuple[str, ET.Element]]", parser.read_events()):
                if event == "start":
                    depth += 1
                    elements += 1
                    if depth > MAX_DEPTH or elements > MAX_ELEMENTS:
                        raise too_large(
                            f"The XML holds more than {MAX_ELEMENTS:,} elements, or more than {MAX_DEPTH} inside one "
                            "another.",
                            f"XML มีอีลิเมนต์มากกว่า {MAX_ELEMENTS:,} หรือซ้อนกันเกิน {MAX_DEPTH} ชั้น",
                        )
                else:
                    depth -= 1
                yield event, element
    except expat.ExpatError as error:
        raise Refused(
            "broken-xml",
            f"The XML is broken at line {error.lineno}, column {error.offset + 1}: {expat.ErrorString(error.code)}.",
            f"XML เสียหายที่บรรทัด {error.lineno} คอลัมน์ {error.offset + 1}",
            "Export the project from the tool again, and don't edit the file.",
            "ส่งออกโครงการจากโปรแกรมอีกครั้ง และไม่แก้ไขไฟล์ด้วยมือ",
        ) from error
    except (ValueError, LookupError) as error:
        raise Refused(
            "broken-xml",
            "The XML is in an encoding that is not known here.",
            "XML ใช้รหัสอักขระที่ไม่รู้จัก",
            "Save it as UTF-8.",
            "บันทึกเป็น UTF-8",
        ) from error


def _refuse_document_type(*_: object) -> None:
    raise Refused(
        "document-type",
        "The XML declares a document type (DOCTYPE), through which a file can draw in others or grow without end.",
        "XML ประกาศชนิดเอกสาร (DOCTYPE) ซึ่งทำให้ดึงไฟล์อื่นเข้ามาหรือขยายขนาดไม่รู้จบได้",
        "No coding tool or word processor writes one; where does this file come from?",
        "โปรแกรมลงรหัสและโปรแกรมประมวลคำไม่เขียนสิ่งนี้ ไฟล์นี้มาจากที่ใด",
    )
