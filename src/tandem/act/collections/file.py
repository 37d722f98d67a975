"""A debtor's file: how they may be reached, what is so about them, and every contact there was.

It holds pseudonyms and marks, nothing personal: a number is known by its pseudonym, so that contacts to the same one are
counted together whoever it belongs to, and the number itself is sealed.
"""

from __future__ import annotations

from typing import Final, Literal, NewType, TypeAlias

import msgspec

from tandem.act.collections.rules import Mark, Whose
from tandem.act.collections.types import Channel, Purpose, Step
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import Micros

__all__ = [
    "KIND_FOR",
    "AgreedHours",
    "ContactId",
    "ContactState",
    "DebtorFile",
    "Past",
    "Point",
    "PointId",
    "PointKind",
    "Wanted",
]

ContactId = NewType("ContactId", str)
PointId = NewType("PointId", str)
"""The pseudonym of a telephone number or an address."""
PointKind: TypeAlias = Literal["email", "phone", "address"]
KIND_FOR: Final[dict[Channel, PointKind]] = {
    "email": "email", "sms": "phone", "ai_call": "phone", "call": "phone", "letter": "address", "visit": "address"
}  # fmt: skip
"""What a channel reaches."""

ContactState: TypeAlias = Literal[
    "wanted", "sent", "delivered", "answered", "unanswered", "refused", "failed", "unclear", "withdrawn"
]
"""``wanted``: allowed and on its way out; ``sent``: handed over, nothing heard; ``unclear``: a crash took what was heard;
``withdrawn``: it never left, for a rule stood against it by then. All others say how it ended."""


class Point(msgspec.Struct, kw_only=True):
    """A number or an address.

    Attributes:
        opted_out: nobody is to be reached there; refused: a third party there wants no more contact.
        invalid: it is nobody's, or somebody else's.
    """

    point: PointId
    kind: PointKind
    whose: Whose
    invalid: bool = False
    opted_out: bool = False
    refused: bool = False


class Past(msgspec.Struct, kw_only=True):
    """A contact there was, or that is on its way: not one that was blocked.

    Attributes:
        at: when it was sent; when it was wanted, until then.
    """

    contact: ContactId
    debtor: Pseudonym
    account: str
    at: Micros
    channel: Channel
    point: PointId
    whose: Whose
    purpose: Purpose
    step: Step
    state: ContactState = "wanted"


class AgreedHours(msgspec.Struct, frozen=True):
    """Hours, local, at which a debtor agreed in writing to be contacted: ``HH:MM``."""

    starts: str
    ends: str


class DebtorFile(msgspec.Struct, kw_only=True):
    """What is known of a debtor when a contact is judged.

    Attributes:
        zone: their time zone; None: not known.
        language: what they are written to in.
        off: channels they do not want; consents: purposes they agreed to.
        contacts: in the order they were wanted.
    """

    debtor: Pseudonym
    owner_kind: str = "person"
    zone: str | None = None
    language: Literal["en", "zh-CN"] = "zh-CN"
    agreed_hours: AgreedHours | None = None
    marks: dict[Mark, Micros] = {}
    points: dict[PointId, Point] = {}
    off: set[Channel] = set()
    consents: set[Purpose] = set()
    contacts: list[Past] = []


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """A contact that somebody wants to make.

    Attributes:
        text: everything that is said, subject and all; None where a person will speak from a script.
        agency: whose people make it; None: the lender's own.
        contact: its id where it is judged again on its way out; it does not count against itself.
        agreed: the customer agreed to such contacts in their own channel.
    """

    debtor: Pseudonym
    account: str
    channel: Channel
    point: PointId
    purpose: Purpose = "collection"
    step: Step = "soft"
    text: str | None = None
    language: Literal["en", "zh-CN"] = "zh-CN"
    agency: str | None = None
    contact: ContactId | None = None
    agreed: bool = False
