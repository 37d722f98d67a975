"""The nouns of a programme of offers: what is told to whom, by which channel, how often, and by what it is chosen.

A programme is an artefact: it is reviewed and released like a policy. Nobody late is told anything by one; what is an offer, and no
service, is only for who agreed to offers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal, TypeAlias, get_args

import msgspec
from msgspec import Meta

from tandem.act.products import Words

__all__ = [
    "CHANNELS",
    "KINDS",
    "AtRandom",
    "ByUplift",
    "Caps",
    "Channel",
    "Choosing",
    "HoldOut",
    "Into",
    "Language",
    "OfferKind",
    "Programme",
    "Purpose",
    "Template",
]

OfferKind: TypeAlias = Literal["reminder", "repayment_suggestion", "instalment_offer"]
"""What falls due soon; that paying all of it now is cheaper, and by how much; a balance or a purchase as a plan of a product."""
KINDS: Final[tuple[OfferKind, ...]] = get_args(OfferKind)
Channel: TypeAlias = Literal["email", "sms"]
"""What is written and needs no person."""
CHANNELS: Final[tuple[Channel, ...]] = get_args(Channel)
Purpose: TypeAlias = Literal["service", "marketing"]
"""What a customer must know, which needs no consent; an offer, which does."""
Language: TypeAlias = Literal["en", "zh-CN"]

_Share: TypeAlias = Annotated[float, Meta(ge=0.0, le=1.0)]
_Count: TypeAlias = Annotated[int, Meta(ge=1, le=100)]


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A piece of the artefact: immutable, every key known."""


class Caps(_Part, frozen=True, kw_only=True):
    """The most that one person is told by all programmes together, today and the days right before it counted.

    Of several programmes the least counts, for everybody.
    """

    day: _Count = 1
    week: _Count = 2
    month: _Count = 4

    def least(self, other: Caps) -> Caps:
        """What keeps to both."""
        return Caps(day=min(self.day, other.day), week=min(self.week, other.week), month=min(self.month, other.month))


class HoldOut(_Part, frozen=True, kw_only=True):
    """People whom a programme tells nothing, so that what it does is measured.

    Attributes:
        share: of all people.
        salt: another one draws others.
    """

    share: Annotated[float, Meta(gt=0.0, le=0.9)]
    salt: Annotated[str, Meta(min_length=1, max_length=100)]


class AtRandom(_Part, frozen=True, kw_only=True, tag_field="by", tag="at_random"):
    """A channel is drawn, or nothing, so that a model can learn.

    Attributes:
        propensities: how likely each channel is drawn; what they leave of 1 is nothing. Who cannot be reached by a channel is
            told nothing where it is drawn.
    """

    propensities: dict[Channel, _Share]


class ByUplift(_Part, frozen=True, kw_only=True, tag_field="by", tag="by_uplift"):
    """The channel that a model expects to add most, where it adds enough.

    Attributes:
        model: of the live release, learnt by ``learn.uplift``.
        least_gain: of the share of what is at stake; less is not worth a person's attention.
    """

    model: Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,62}$")]
    least_gain: _Share = 0.01


Choosing: TypeAlias = AtRandom | ByUplift


class Into(_Part, frozen=True, kw_only=True):
    """The plan that an instalment offer is about.

    Attributes:
        product: of the live release, that its owner would apply for and sign.
        term: instalments.
        of: ``balance``: all that is lent; ``purchase``: the largest draw of the last 30 days.
    """

    product: str
    term: Annotated[int, Meta(ge=1, le=360)]
    of: Literal["balance", "purchase"] = "balance"


class Template(_Part, frozen=True, kw_only=True):
    """What is said by some channels.

    Attributes:
        subject: of an e-mail.
    """

    channels: Annotated[tuple[Channel, ...], Meta(min_length=1)]
    text: Words
    subject: Words | None = None


class Programme(msgspec.Struct, frozen=True, kw_only=True):
    """One programme.

    Attributes:
        products: whose accounts.
        when: of the facts of an account; only where it holds, the account qualifies.
        purpose: ``marketing`` unless it is a reminder of what falls due.
        quiet_days: after its owner refused it, it is not made again for so long.
        again_days: after it was decided whether to make it, it is not decided again for so long.
        answer_days: how long what comes of it counts.
        into: of an instalment offer.
        says: what templates may name of the lender.
    """

    name: str
    title: Words
    kind: OfferKind
    products: tuple[str, ...]
    when: str
    channels: tuple[Channel, ...]
    purpose: Purpose
    hold_out: HoldOut
    choose: Choosing
    templates: tuple[Template, ...]
    says: Mapping[str, Words]
    caps: Caps = Caps()
    quiet_days: int = 90
    again_days: int = 25
    answer_days: int = 14
    into: Into | None = None
    description: str = ""

    def template_for(self, channel: Channel) -> Template:
        """What is said by ``channel``; a programme whose template is missing is not read."""
        return next(one for one in self.templates if channel in one.channels)
