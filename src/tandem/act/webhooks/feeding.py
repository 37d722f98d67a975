"""From the journal to the outbox: every durable record behind the place a subscription has reached, in order."""

from __future__ import annotations

from collections.abc import Sequence

from tandem.act.webhooks.messages import RECORD_KINDS, message_of, wants
from tandem.act.webhooks.outbox import Outbox
from tandem.act.webhooks.types import WAITING_MAX, Message, Subscription
from tandem.observe.journal import Journal

__all__ = ["STRIDE", "feed"]

STRIDE = 500
"""Records looked at in one step, so that attempts get their turn."""


def feed(journal: Journal, outbox: Outbox, *, stride: int = STRIDE) -> bool:
    """Take one step; whether there is more to take at once.

    Only what is durable is read, so nobody hears of a decision that a crash could still undo.
    """
    head = journal.head.seq
    waiting = outbox.waiting()
    behind = [
        each
        for each in outbox.subscriptions()
        if each.served and each.reached < head and waiting.get(each.id, 0) < WAITING_MAX
    ]
    if not behind:
        return False
    first = min(each.reached for each in behind) + 1
    last = min(head, first + stride - 1)
    room = {each.id: WAITING_MAX - waiting.get(each.id, 0) for each in behind}
    reached, messages = _read(journal, behind, room, first, last)
    outbox.feed(reached, messages)
    return any(reached.get(each.id, each.reached) < head and room[each.id] > 0 for each in behind)


def _read(
    journal: Journal, behind: Sequence[Subscription], room: dict[str, int], first: int, last: int
) -> tuple[dict[str, int], list[tuple[str, Message]]]:
    """The messages in records ``first`` to ``last``, and the place each subscription has reached with them."""
    reached = {each.id: last for each in behind if each.reached < last}
    kinds = sorted({RECORD_KINDS[kind] for each in behind for kind in each.wanted.kinds})
    messages: list[tuple[str, Message]] = []
    for record in journal.read(first, last, kinds):
        message = message_of(record)
        if message is None:
            continue
        for each in behind:
            if record.seq <= each.reached or not wants(each.wanted, message):
                continue
            if room[each.id] > 0:
                room[each.id] -= 1
                messages.append((each.id, message))
            else:
                reached[each.id] = min(reached[each.id], record.seq - 1)
    return reached, messages
