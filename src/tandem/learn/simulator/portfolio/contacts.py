"""What may be done to a simulated customer, and what a lender sees of one: the only two things a strategy and the twin share.

``Seen`` holds what a lender's own books hold on a morning; its columns are named as those of a situation in collections where
they mean the same. ``Contacts`` is what a strategy wants done that day. Nothing of what customers are really like is here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from tandem.learn.simulator.batches import Floats, Ints

__all__ = [
    "CHANNELS",
    "HOURS",
    "OFFERS",
    "STEPS",
    "Allowance",
    "BoolArray",
    "Contacts",
    "Governor",
    "Nobody",
    "Seen",
    "Strategy",
]

BoolArray: TypeAlias = npt.NDArray[np.bool_]

CHANNELS: Final = ("email", "sms", "ai_call", "call")
"""How a customer is reached; ``call`` is a person's, the others need none."""
STEPS: Final = ("soft", "firm", "restructure")
"""The tone of a contact, or that it offers another schedule."""
HOURS: Final = (9, 13, 18)
"""Times of day at which a contact may be made, each the first hour of a part of the day."""

_RESTRUCTURE: Final = STEPS.index("restructure")
_TALKS: Final = (CHANNELS.index("sms"), CHANNELS.index("call"))
OFFERS: Final[tuple[tuple[int, int], ...]] = tuple(
    (channel, step)
    for channel in range(len(CHANNELS))
    for step in range(len(STEPS))
    if step != _RESTRUCTURE or channel in _TALKS
)
"""What may be done to somebody: channel and step, as places; another schedule is offered by message or in a call."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Customers in arrears on a morning, one row each.

    Attributes:
        day: since the portfolio began.
        customer: number of each; rows are in order of it.
        columns: what the lender knows, by name; amounts in minor units, -1 where there is nothing (no contact yet).
    """

    day: int
    customer: Ints
    columns: dict[str, Floats]

    def __len__(self) -> int:
        return int(self.customer.size)

    def only(self, kept: Ints | BoolArray) -> Seen:
        """Those rows (places or a mask)."""
        return Seen(self.day, self.customer[kept], {name: one[kept] for name, one in self.columns.items()})


@dataclass(frozen=True, slots=True)
class Contacts:
    """Contacts to make on a day.

    Attributes:
        row: of ``Seen``; a customer may stand in it once.
        channel, step, hour: places in ``CHANNELS``, ``STEPS``, ``HOURS``.
        propensity: how likely this customer was to get just this contact; 1 where nothing was drawn.
    """

    row: Ints
    channel: Ints
    step: Ints
    hour: Ints
    propensity: Floats

    def __len__(self) -> int:
        return int(self.row.size)

    def only(self, kept: Ints | BoolArray) -> Contacts:
        """Those at these places (or under this mask)."""
        return Contacts(self.row[kept], self.channel[kept], self.step[kept], self.hour[kept], self.propensity[kept])


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many contacts may be made today, and how many of them by people; None: any number."""

    contacts: int | None = None
    calls: int | None = None


class Strategy(Protocol):
    """Whoever chooses whom to contact: it is given what a lender sees and what it may spend, and nothing else."""

    def choose(self, seen: Seen, allowance: Allowance) -> Contacts: ...


class Governor(Protocol):
    """Whoever says which of the wanted contacts may be made, and is told which reached somebody."""

    def permit(self, seen: Seen, wanted: Contacts) -> BoolArray: ...

    def heard(self, seen: Seen, made: Contacts, reached: BoolArray) -> None: ...


class Nobody:
    """Contacts nobody: the control that says what customers do by themselves."""

    def choose(self, seen: Seen, allowance: Allowance) -> Contacts:
        """No contact."""
        del seen, allowance
        empty = np.empty(0, dtype=np.int64)
        return Contacts(empty, empty, empty, empty, np.empty(0))
