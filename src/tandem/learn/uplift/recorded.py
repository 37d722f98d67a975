"""What was really drawn at random and recorded, as rows to learn from: offers of programmes, and contacts of collections.

Read from the journal's own records, as JSON: this wing knows those who act by nothing else. A row counts only where something was left
to chance, and only once its days are over; what was known is what was recorded with the draw, never what is known by now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, TypeAlias

import msgspec
import numpy as np

from tandem.learn.uplift.types import NOTHING, FloatArray, Offered, Tried

__all__ = ["Recorded", "contacts_tried", "offers_tried"]

_DECIDER: Final = frozenset({"exploration", "model"})
"""What chooses contacts with some chance; a ladder, a person and who is kept on the ladder leave none."""
_Row: TypeAlias = tuple[Mapping[str, Any], tuple[str, str] | None, float, float, float, str]
"""What was known, the channel and step of the action, its propensity, the outcome, the stake, whose it is."""


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """Rows, what was offered in them, and how many records were left out: of which nothing was left to chance, or not yet over."""

    tried: Tried
    offers: tuple[Offered, ...]
    certain: int
    open: int


def offers_tried(records: Iterable[bytes], *, programmes: Collection[str] | None = None) -> Recorded:
    """Rows of offers.

    Args:
        records: readable parts of all records of kind ``offer``, in journal order.
        programmes: only of these; None: of all.
    """
    decided: dict[str, dict[str, Any]] = {}
    rows: list[_Row] = []
    certain = 0
    for body in map(msgspec.json.decode, records):
        if body["change"] == "decided" and (programmes is None or body["programme"] in programmes):
            decided[body["offer"]] = body
        elif body["change"] == "closed" and (head := decided.pop(body["offer"], None)) is not None:
            if head["propensity"] >= 1:
                certain += 1
                continue
            channel = head.get("channel")
            action = None if channel is None else (channel, head["kind"])
            rows.append((head["facts"], action, head["propensity"], body["share"], head["stake_minor"], head["owner"]))
    return _recorded(rows, certain, len(decided))


def contacts_tried(
    contacts: Iterable[bytes], accounts: Iterable[bytes], *, today: int, horizon_days: int = 14
) -> Recorded:
    """Rows of contacts about arrears, and of those whom it was drawn to leave alone.

    Args:
        contacts, accounts: readable parts of all records of kind ``contact`` and ``account``, in journal order.
        today: the day; a row counts once ``horizon_days`` have passed since its own.
    """
    paid = _payments(accounts)
    rows: list[_Row] = []
    certain = still_open = 0
    for body in map(msgspec.json.decode, contacts):
        about = {"wanted": body.get("about"), "spared": body}.get(body["change"])
        if about is None or about.get("choice") is None or about.get("situation") is None:
            continue
        choice, situation = about["choice"], about["situation"]
        propensity, due, day = choice.get("propensity", 1.0), situation["due_minor"], situation["day"]
        if propensity >= 1 or choice["chosen_by"] not in _DECIDER or due <= 0:
            certain += 1
            continue
        if day + horizon_days > today:
            still_open += 1
            continue
        action = choice["action"]
        done = None if action.get("channel") is None else (action["channel"], action["step"])
        came = sum(amount for on, amount in paid[situation["account"]] if day <= on <= day + horizon_days)
        rows.append((_columns(situation), done, propensity, min(came / due, 1.0), due, body["debtor"]))
    return _recorded(rows, certain, still_open)


def _payments(accounts: Iterable[bytes]) -> defaultdict[str, list[tuple[int, int]]]:
    """Days and amounts of the payments of each account that still stand."""
    facts: dict[tuple[str, str, str], tuple[int, int]] = {}
    for body in map(msgspec.json.decode, accounts):
        if body["change"] == "happened" and body["fact"]["fact"] == "paid":
            fact = body["fact"]
            facts[body["account"], body["plan"], body["fact_id"]] = fact["day"], fact["amount_minor"]
        elif body["change"] == "reversed":
            facts.pop((body["account"], body["plan"], body["fact_id"]), None)
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for (account, _, _), one in facts.items():
        found[account].append(one)
    return found


def _columns(situation: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers of a situation, under the names by which a model of response is asked (``act.trials``)."""
    found = {
        name: value
        for name, value in situation.items()
        if name not in {"account", "day", "currency", "last_step", "contacts_by", "reached_by"}
    }
    for what in ("contacts", "reached"):
        for channel, count in situation.get(f"{what}_by", {}).items():
            found[f"{what}_{channel}"] = count
    return found


def _recorded(rows: list[_Row], certain: int, still_open: int) -> Recorded:
    names = sorted({name for known, *_ in rows for name in known})
    columns: dict[str, FloatArray] = {
        name: np.asarray([_number(known.get(name), name) for known, *_ in rows], dtype=np.float64) for name in names
    }
    actions = sorted({action for _, action, *_ in rows if action is not None})
    place = {action: at for at, action in enumerate(actions)}
    people = {owner: at for at, owner in enumerate(dict.fromkeys(owner for *_, owner in rows))}
    tried = Tried(
        columns=columns,
        action=np.asarray([NOTHING if one[1] is None else place[one[1]] for one in rows], dtype=np.int64),
        propensity=np.asarray([one[2] for one in rows], dtype=np.float64),
        outcome=np.asarray([one[3] for one in rows], dtype=np.float64),
        stake=np.asarray([one[4] for one in rows], dtype=np.float64),
        unit=np.asarray([people[one[5]] for one in rows], dtype=np.int64),
    )
    return Recorded(
        tried=tried, offers=tuple(Offered(channel, step) for channel, step in actions), certain=certain, open=still_open
    )


def _number(value: object, name: str) -> float:
    if value is None:  # left out where nothing was counted, unknown where it cannot be
        return 0.0 if name.startswith(("contacts_", "reached_")) else float("nan")
    assert isinstance(value, int | float), "a situation and facts are numbers"
    return float(value)
