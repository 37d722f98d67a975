"""The nouns of conduct rules: what a contact may never be, as dated rows with their source, never as code.

A rule set is an artefact of one country. What stands here says of which shapes a rule can be; which hours, how many and
which words are in the rows, and ``conduct`` says whether a contact keeps to them. All days are the debtor's own: local
calendar days, of which a stretch of ``days`` holds today and those right before it.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal, TypeAlias, get_args

import msgspec
from msgspec import Meta

from tandem.act.collections.types import CHANNELS, Channel, Purpose, Step, Words

__all__ = [
    "MARKS",
    "Agencies",
    "Agency",
    "Cap",
    "Channels",
    "Consent",
    "Counts",
    "Mark",
    "OptOut",
    "Per",
    "Phrases",
    "QuietHours",
    "Rating",
    "RequiredWords",
    "Rule",
    "RuleSet",
    "Standing",
    "ThirdParty",
    "Whose",
    "Wording",
]

Mark: TypeAlias = Literal[
    "hardship", "minor", "illness", "deceased", "incapacitated", "dispute", "complaint", "lawyer", "bankruptcy", "do_not_contact"
]  # fmt: skip
"""What is so about a debtor until somebody says it is not; whether anything follows from it is for the rules."""
MARKS: Final[tuple[Mark, ...]] = get_args(Mark)

Whose: TypeAlias = Literal["debtor", "third_party"]
"""Whose number it is."""

Counts: TypeAlias = Literal["attempts", "effective", "unanswered", "refused"]
"""Every contact; those in which somebody talked to us; those in which nobody did; those in which somebody wanted no more."""
Per: TypeAlias = Literal["debtor", "account", "point"]
"""All contacts of a debtor; those about one account; those to one number, whoever's and about whomever."""

_ClockTime: TypeAlias = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
_Many: TypeAlias = Annotated[int, Meta(ge=0, le=1_000)]
_Days: TypeAlias = Annotated[int, Meta(ge=1, le=400)]
_Phrase: TypeAlias = Annotated[str, Meta(min_length=1, max_length=100)]


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Phrases by the way their language is searched: Chinese by characters, all others by words."""

    zh: tuple[_Phrase, ...] = ()
    en: tuple[_Phrase, ...] = ()


class _Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """What all rules say of themselves.

    Attributes:
        rule: its name, lower_snake.
        source: where it is written, with the article.
        since: the first day it holds on; until: the first it does not.
        channels: what it is about; a contact by another goes past it.
        purposes: the same for what a contact is for.
    """

    rule: str
    title: Words
    source: Words
    since: date
    until: date | None = None
    channels: tuple[Channel, ...] = CHANNELS
    purposes: tuple[Purpose, ...] = ("collection", "service", "marketing")


class QuietHours(_Rule, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="quiet_hours"):
    """No contact from ``starts`` until ``ends``, by the debtor's clock.

    Attributes:
        unless_agreed: hours that the debtor agreed to in writing are not quiet.
    """

    starts: _ClockTime
    ends: _ClockTime
    unless_agreed: bool = True


class Cap(_Rule, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="cap"):
    """At most so many in ``days`` days.

    Attributes:
        counted: the channels whose contacts count; left out, those that are capped.
        whose: to whom.
    """

    counts: Counts
    per: Per
    most: _Many
    days: _Days
    counted: tuple[Channel, ...] | None = None
    whose: Whose | None = None


class ThirdParty(_Rule, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="third_party"):
    """Somebody else may only be asked for the debtor when the debtor cannot be reached, and is told nothing of the debt.

    Attributes:
        after_failures: attempts at the debtor that failed in a row; the last of them all.
        if_invalid: all numbers of the debtor are invalid.
        if_marks: one of these is so, such as death.
        most, days: contacts with one third party.
        never_said: words that tell of a debt.
    """

    after_failures: Annotated[int, Meta(ge=1, le=50)]
    if_invalid: bool = True
    if_marks: tuple[Mark, ...] = ()
    most: _Many = 1
    days: _Days = 1
    never_said: Wording = Wording()


class Standing(_Rule, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="standing"):
    """While ``mark`` is so, no contact of these steps; none at all where no steps are named."""

    mark: Mark
    steps: tuple[Step, ...] = ()
    whose: Whose | None = None


class OptOut(_Rule, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="opt_out"):
    """Who asked not to be reached at a number or by a channel is not."""


class Consent(_Rule, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="consent"):
    """Only with a consent to the contact's purpose that stands."""


class Phrases(_Rule, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="phrases"):
    """What is never said."""

    never: Wording


class RequiredWords(_Rule, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="required_words"):
    """One of these is said each time, in the language of the message."""

    one_of: Wording


class Channels(_Rule, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="channels"):
    """These channels are not used at all, for these steps where some are named."""

    steps: tuple[Step, ...] = ()


class Agencies(_Rule, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="agencies"):
    """An agency contacts a debtor only while it is approved and was rated in the last ``rated_within_days`` days."""

    rated_within_days: Annotated[int, Meta(ge=1, le=1_000)]
    least_score: Annotated[int, Meta(ge=0, le=100)] = 0


Rule: TypeAlias = (
    QuietHours | Cap | ThirdParty | Standing | OptOut | Consent | Phrases | RequiredWords | Channels | Agencies
)


class Rating(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an agency was found worth on a day, of 100."""

    on: date
    score: Annotated[int, Meta(ge=0, le=100)]


class Agency(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A firm that may collect for the lender from ``approved`` until ``until``."""

    agency: str
    title: Words
    approved: date
    until: date
    rated: tuple[Rating, ...] = ()


class RuleSet(msgspec.Struct, frozen=True, kw_only=True):
    """The conduct rules of a country.

    Attributes:
        zones: IANA time zones a debtor may live in whose own is not known; the first counts days.
        agencies: the approved list.
    """

    name: str
    title: Words
    country: str
    zones: tuple[str, ...]
    rules: tuple[Rule, ...]
    agencies: tuple[Agency, ...] = ()

    def on(self, day: date) -> list[Rule]:
        """The rules that hold on ``day``."""
        return [one for one in self.rules if one.since <= day and (one.until is None or day < one.until)]

    def agency(self, name: str) -> Agency | None:
        """The agency of that name, if it is on the list."""
        return next((one for one in self.agencies if one.agency == name), None)
