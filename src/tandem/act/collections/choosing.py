"""A day's actions by what they are expected to bring, less what they cost, within the hours that people have.

``picking`` picks for one account at a time; here everybody in arrears on a day is looked at together.
Everything here is arithmetic on what a model of response said: it looks at nobody's file, sends nothing and knows no rule. What a conduct
rule forbids comes in as forbidden, and whatever is chosen is judged again where contacts leave.

A day's contacts compete for two things: an agent's minutes, and how many contacts are to be made at all. That is a knapsack in which
each debtor takes at most one action. ``hand_out`` solves it by prices (Lagrange): at a price of a minute everybody gets the
action that is worth most after paying for its minutes, and the price is the lowest at which the minutes suffice. The result is at most one
action's worth below the best, and the price says what one more hour would bring.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from tandem.act.collections.types import WAIT, Action, Choice, ExpectedRecovery, Ranked, Situation

__all__ = ["Forbidden", "HandedOut", "hand_out", "plan_day"]

_Floats: TypeAlias = npt.NDArray[np.float64]
_Ints: TypeAlias = npt.NDArray[np.int64]

Forbidden: TypeAlias = Callable[[Situation, Action], str | None]
"""The conduct rule that forbids an action in a situation now; None: none does."""

_NONE: Final = -1
_STEPS_OF_PRICE: Final = 50


class HandedOut(msgspec.Struct, frozen=True):
    """Who gets which action.

    Attributes:
        option: place of the action by row, -1 for none.
        minute_price: what one more minute of an agent would bring, minor units; 0 where minutes are left over.
        contact_price: the same of one more contact; 0 where contacts are left over.
    """

    option: _Ints
    minute_price: float
    contact_price: float


def hand_out(
    worth: _Floats, minutes: _Floats, *, minutes_left: float | None = None, contacts_left: int | None = None
) -> HandedOut:
    """At most one option for each row, so that the sum of their worth is as high as minutes and contacts allow.

    Args:
        worth: by row and option, after cost, minor units; ``-inf`` where the option is forbidden. What is not above 0 is never taken.
        minutes: of a person's time, by option.
        minutes_left: in all; None: any number. contacts_left: rows that may get an option at all.
    """
    rows = np.arange(len(worth))
    if worth.size == 0:
        return HandedOut(np.full(len(worth), _NONE, dtype=np.int64), 0.0, 0.0)

    def at(price: float) -> tuple[_Ints, float]:
        """The options at a price of a minute, and the price of a contact then."""
        net = worth - price * minutes
        best = net.argmax(axis=1)
        score = net[rows, best]
        taken = score > 0
        cut = 0.0
        if contacts_left is not None and int(taken.sum()) > contacts_left:
            order = np.argsort(-score, kind="stable")
            taken[order[contacts_left:]] = False
            cut = float(score[order[contacts_left]])
        return np.where(taken, best, _NONE), cut

    def spent(option: _Ints) -> float:
        return float(minutes[option[option >= 0]].sum())

    option, cut = at(0.0)
    if minutes_left is None or spent(option) <= minutes_left:
        return HandedOut(option, 0.0, cut)
    paid = minutes > 0
    low, high = 0.0, 1.0 + float(np.max(np.where(np.isfinite(worth[:, paid]), worth[:, paid], 0) / minutes[paid]))
    for _ in range(_STEPS_OF_PRICE):
        middle = (low + high) / 2
        low, high = (middle, high) if spent(at(middle)[0]) > minutes_left else (low, middle)
    option, cut = at(high)
    return HandedOut(_fill(option, worth, minutes, minutes_left - spent(option), contacts_left), high, cut)


def _fill(option: _Ints, worth: _Floats, minutes: _Floats, left: float, contacts_left: int | None) -> _Ints:
    """What the price left over, to whoever gains most by a minute of it."""
    option = option.copy()
    rows = np.arange(len(worth))
    has = option >= 0
    now = np.where(has, worth[rows, option], 0.0)
    used = np.where(has, minutes[option], 0.0)
    more = minutes[None, :] - used[:, None]
    gain = worth - now[:, None]
    fits = (more > 0) & (gain > 0) & (more <= left)
    if contacts_left is not None and int(has.sum()) >= contacts_left:
        fits &= has[:, None]
    per_minute = np.where(fits, gain / np.where(more > 0, more, 1.0), -np.inf)
    free = None if contacts_left is None else contacts_left - int(has.sum())
    for place in np.argsort(-per_minute, axis=None, kind="stable"):
        row, column = divmod(int(place), worth.shape[1])
        if per_minute[row, column] == -np.inf:
            break
        taken = option[row] >= 0
        if minutes[column] - (minutes[option[row]] if taken else 0.0) > left:
            continue
        if worth[row, column] <= (worth[row, option[row]] if taken else 0.0) or (not taken and free == 0):
            continue
        left -= float(minutes[column] - (minutes[option[row]] if taken else 0.0))
        free = free if free is None or taken else free - 1
        option[row] = column
    return option


def plan_day(
    situations: Sequence[Situation],
    actions: Sequence[Action],
    expected: ExpectedRecovery,
    forbidden: Forbidden,
    *,
    minutes: float | None = None,
    contacts: int | None = None,
) -> list[Choice]:
    """The choice for everybody in arrears on a day, in the order given.

    Args:
        actions: what may be done; waiting always may.
        expected: what each brings, from a model.
        forbidden: what the conduct rules say now.
        minutes: of people's time that day; contacts: in all. None: any number.
    """
    ranked = [_ranked(one, actions, expected, forbidden) for one in situations]
    worth = np.full((len(situations), len(actions)), -np.inf)
    for row, each in enumerate(ranked):
        for one in each:
            if one.blocked_by is None and one.action is not WAIT and one.value_minor is not None:
                worth[row, actions.index(one.action)] = one.value_minor
    spent = np.array([one.minutes for one in actions], dtype=np.float64)
    given = hand_out(worth, spent, minutes_left=minutes, contacts_left=contacts).option
    choices = []
    for row, each in enumerate(ranked):
        action = WAIT if given[row] == _NONE else actions[given[row]]
        said = next(one.expected_minor for one in each if one.action == action)
        choices.append(Choice(action=action, chosen_by="model", expected_minor=said, ranked=each))
    return choices


def _ranked(
    situation: Situation, actions: Sequence[Action], expected: ExpectedRecovery, forbidden: Forbidden
) -> tuple[Ranked, ...]:
    """Every action, waiting among them: the most after cost first, what is forbidden last."""
    found = [
        Ranked(action=one, expected_minor=expected(situation, one), blocked_by=forbidden(situation, one))
        for one in actions
    ]
    found.append(Ranked(action=WAIT, expected_minor=0))
    return tuple(
        sorted(found, key=lambda one: (one.blocked_by is not None, -(one.value_minor or 0), one.action.minutes))
    )
