"""Reading XML from strangers: a small tree that knows its lines, and no part of XML that can do anything.

A document type is refused before anything in it is read, so there are no entities to expand and nothing to fetch; size, depth
and number of elements are bounded. What is left of XML is elements, attributes and text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

import msgspec

from tandem.act.bank_files.errors import BadFile

__all__ = ["BYTES_MAX", "DEPTH_MAX", "ELEMENTS_MAX", "Element", "read_xml"]

BYTES_MAX: Final = 32 * 1024 * 1024
DEPTH_MAX: Final = 40
"""The deepest of these messages is 16 elements deep, and an envelope adds a few."""
ELEMENTS_MAX: Final = 2_000_000


class Element(msgspec.Struct, kw_only=True):
    """An element, by its local name.

    Attributes:
        namespace: "" if none. line: from 1. at: its place, such as ``Stmt[1]/Ntry[3]``.
        text: what stands in it outside of its children, without white space around it.
    """

    name: str
    namespace: str
    line: int
    at: str
    attributes: dict[str, str]
    text: str = ""
    children: list[Element] = msgspec.field(default_factory=list)

    def all(self, name: str) -> Iterator[Element]:
        """Its children of that name, in this namespace."""
        return (one for one in self.children if one.name == name and one.namespace == self.namespace)

    def find(self, *path: str) -> Element | None:
        """The first element down ``path``; None if there is none."""
        if not path:
            return self
        for one in self.all(path[0]):
            found = one.find(*path[1:])
            if found is not None:
                return found
        return None

    def say(self, *path: str) -> str | None:
        """The text down ``path``; None if there is no such element or nothing in it."""
        found = self.find(*path)
        return None if found is None or not found.text else found.text

    def need(self, *path: str) -> str:
        """The text down ``path``.

        Raises:
            BadFile: there is none.
        """
        found = self.say(*path)
        if found is None:
            raise self.wrong(f"{'/'.join(path)} is missing.", code="missing_element")
        return found

    def wrong(self, words: str, *, code: str, value: object = None, hint: str | None = None) -> BadFile:
        """A fault of this element, with its place and line."""
        return BadFile(f"{words} Line {self.line}.", code=code, field=self.at or self.name, value=value, hint=hint)


def read_xml(data: bytes) -> Element:
    """The root element of ``data``.

    Raises:
        BadFile: it is no well-formed XML, has a document type, or is over a limit.
    """
    if len(data) > BYTES_MAX:
        raise BadFile(
            "The file is too large.", code="file_too_large", value=len(data), hint=f"at most {BYTES_MAX} bytes"
        )
    builder = _Builder()
    try:
        builder.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise BadFile(
            f"This is no well-formed XML: {expat.ErrorString(error.code)}, line {error.lineno}.",
            code="malformed_xml",
            field=f"line {error.lineno}",
            hint="a file as the bank gave it, in UTF-8",
        ) from None
    except (LookupError, ValueError) as error:  # an encoding that nobody knows
        raise BadFile(f"The file cannot be read: {error}.", code="malformed_xml", hint="in UTF-8") from None
    assert builder.root is not None, "well-formed XML has a root"
    return builder.root


class _Builder:
    def __init__(self) -> None:
        self.root: Element | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._open: list[Element] = []
        self._texts: list[list[str]] = []
        self._counts: list[dict[str, int]] = [{}]
        self._elements = 0

    def _doctype(self, name: str, *_: object) -> None:
        raise BadFile(
            "A bank file has no document type.",
            code="doctype_refused",
            field=f"line {self.parser.CurrentLineNumber}",
            value=name,
            hint="take <!DOCTYPE ...> out, or ask who made this file",
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if len(self._open) >= DEPTH_MAX or self._elements > ELEMENTS_MAX:
            raise BadFile("The file is too deep or has too many elements.", code="file_too_large")
        namespace, _, local = name.rpartition(" ")
        counts = self._counts[-1]
        counts[local] = counts.get(local, 0) + 1
        above = self._open[-1].at if len(self._open) > 1 else ""
        number = f"[{counts[local]}]" if local in _REPEATED else ""
        element = Element(
            name=local,
            namespace=namespace,
            line=self.parser.CurrentLineNumber,
            at=f"{above}/{local}{number}".lstrip("/") if self._open else "",
            attributes=attributes,
        )
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)
        self._texts.append([])
        self._counts.append({})

    def _end(self, _: str) -> None:
        self._counts.pop()
        self._open.pop().text = "".join(self._texts.pop()).strip()

    def _text(self, text: str) -> None:
        self._texts[-1].append(text)


_REPEATED: Final = frozenset(
    {"Stmt", "Ntfctn", "Ntry", "TxDtls", "NtryDtls", "Bal", "OrgnlPmtInfAndSts", "TxInfAndSts", "Rcrd"}
)
"""Elements whose number is said in a place."""
