"""What a client asks: a seeded mix of decisions, events, list changes, batches, repetitions and abuses of a key."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec
from small_workspace import START

from tandem.kernel.time import Micros, format_instant

__all__ = ["Asked", "Kind", "Question", "questions"]

Kind = Literal["decision", "event", "list", "batch", "abuse"]

DECISIONS, EVENTS, BATCHES = "/v1/decisions", "/v1/events", "/v1/decisions/batch"
LIST = "/v1/lists/blocked_devices/entries"
_DEVICES = 12
_PEOPLE = 60
_MINUTE = 60_000_000


@dataclass(frozen=True)
class Question:
    """A request, whole: the same bytes go out at every attempt.

    Attributes:
        keys: the idempotency keys in it: event ids, or the id of a list change.
    """

    kind: Kind
    path: str
    keys: tuple[str, ...]
    body: bytes


@dataclass
class Asked:
    """A line of a client's journal: noted before the first attempt, completed by a whole answer.

    Attributes:
        attempts: how often it was sent.
        status, answer: of the one whole answer; None as long as nothing is known.
        duplicate: the server said that it had answered before.
        took_s: from the first attempt to the answer.
    """

    question: Question
    attempts: int = 0
    status: int | None = None
    answer: bytes = b""
    duplicate: bool = False
    took_s: float = 0.0
    faults: list[str] = field(default_factory=list)


def questions(client: int, seed: int, journal: list[Asked], others: list[list[Asked]]) -> Iterator[Question]:
    """What ``client`` asks, without end. ``journal`` is its own, ``others`` those of all: some it asks again."""
    choice = random.Random(seed * 1000 + client)
    number = 0
    while True:
        number += 1
        name = f"c{client}-{number}"
        roll = choice.random()
        if roll < 0.08 and journal:
            yield choice.choice(journal[-20:]).question
        elif roll < 0.14:
            yield _somebody_elses(choice, others) or _decision(choice, name)
        elif roll < 0.17 and (abuse := _abuse(choice, journal)) is not None:
            yield abuse
        elif roll < 0.28:
            yield Question("event", EVENTS, (name,), _encode(_document(choice, name)))
        elif roll < 0.35:
            yield _list_change(choice, name)
        elif roll < 0.38:
            names = tuple(f"{name}.{index}" for index in range(4))
            body = _encode({"events": [_document(choice, one) for one in names]})
            yield Question("batch", BATCHES, names, body)
        else:
            yield _decision(choice, name)


def _decision(choice: random.Random, name: str) -> Question:
    return Question("decision", DECISIONS, (name,), _encode(_document(choice, name)))


def _document(choice: random.Random, name: str) -> dict[str, Any]:
    # Some come late: what happened is not learnt in order.
    minutes = choice.randrange(60 * 24)
    return {
        "event_id": name,
        "event_type": "application",
        "occurred_at": format_instant(Micros(START + minutes * _MINUTE)),
        "values": {
            "person": f"p{choice.randrange(_PEOPLE)}",
            "device": f"d{choice.randrange(_DEVICES)}",
            "amount_minor": choice.randrange(100_000),
            "age": choice.randrange(16, 70),
        },
    }


def _list_change(choice: random.Random, name: str) -> Question:
    device = {"identifier": f"d{choice.randrange(_DEVICES)}"}
    change: dict[str, Any] = {"change_id": name, "by": "ann"}
    if choice.random() < 0.5:
        change["add"] = [{**device, "reason": "seen in a ring", "source": "analyst"}]
    else:
        change["remove"] = [device]
    return Question("list", LIST, (name,), _encode(change))


def _somebody_elses(choice: random.Random, others: list[list[Asked]]) -> Question | None:
    """What another client is asking at this very moment: two callers, one key."""
    journal = choice.choice(others)
    return journal[-1].question if journal else None


def _abuse(choice: random.Random, journal: list[Asked]) -> Question | None:
    """An event id that was answered, with other content under it."""
    answered = [one for one in journal[-20:] if one.question.kind == "decision" and one.status == 200]
    if not answered:
        return None
    document = msgspec.json.decode(choice.choice(answered).question.body)
    document["values"]["amount_minor"] += 1
    return Question("abuse", DECISIONS, (document["event_id"],), _encode(document))


_encode = msgspec.json.Encoder().encode
