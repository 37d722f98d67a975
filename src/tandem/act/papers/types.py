"""The nouns of a paper: blocks of text and tables in one language, and nothing of how they look."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from tandem.decide.letters import Language
from tandem.kernel.time import Micros

__all__ = ["Align", "Block", "Heading", "Items", "Pairs", "Paper", "Paragraph", "Person", "Table"]

Align: TypeAlias = Literal["left", "right"]


class Heading(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="heading"):
    """A heading; level 1 is a section, level 2 a part of it."""

    text: str
    level: Literal[1, 2] = 1


class Paragraph(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="paragraph"):
    """A paragraph; ``small``: a note beside something."""

    text: str
    small: bool = False


class Items(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="items"):
    """A list."""

    items: tuple[str, ...]


class Pairs(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="pairs"):
    """What is called what: rows of a name and a value."""

    rows: tuple[tuple[str, str], ...]


class Table(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="table"):
    """A table.

    Attributes:
        wide: numbers of columns that take what room is left, from 0.
        total: the last row, or none.
    """

    head: tuple[str, ...]
    align: tuple[Align, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: tuple[int, ...] = ()
    total: tuple[str, ...] = ()


Block: TypeAlias = Heading | Paragraph | Items | Pairs | Table


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A document for a customer.

    Attributes:
        made_at: the instant it says it was made at; the same content and instant give the same bytes.
        lead: under the title. footer: on every page.
    """

    language: Language
    title: str
    lead: str
    made_at: Micros
    footer: str
    blocks: tuple[Block, ...]


class Person(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who somebody is, as the lender wants it in a document; nothing of it is kept."""

    name: str
    identifier: str | None = None
    address: str | None = None
