"""Draws that are decided on one by one: whether a decision carries a draw, and why not: pure.

A limit says how much somebody may owe; a draw policy says whether this purchase, now, is theirs and sound. A decision of it
carries one draw of one person, for a day, up to the amount it approved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from tandem.act.lending.accounts import Account
from tandem.act.lending.errors import NotAllowed
from tandem.kernel.identity import DecisionId, Pseudonym
from tandem.kernel.time import DAY, Micros, parse_instant

__all__ = ["DRAWN_WITHIN", "carried_by", "check_none_needed"]

DRAWN_WITHIN: Final = DAY
"""How long after its decision money may go out, in microseconds."""


class _Answer(msgspec.Struct):
    decision_id: DecisionId
    outcome: str
    policy: str
    decided_at: str
    limit_minor: int | None = None


def check_none_needed(policy: str | None, decision_id: str | None) -> None:
    """Refuse a draw without a decision where ``policy`` decides on draws, and one with it where none does.

    Raises:
        NotAllowed: with the remedy.
    """
    if policy is not None and decision_id is None:
        raise NotAllowed(
            f"Every draw on this product is decided on by {policy}.", code="decision_needed", field="decision_id",
            hint="send its event to POST /v1/decisions, and give the decision_id of the answer",
        )  # fmt: skip
    if policy is None and decision_id is not None:
        raise NotAllowed(
            "Draws on this product are not decided on.", code="decision_not_asked", field="decision_id", value=decision_id,
            hint="leave it out, or name a policy under policies.draw of the product",
        )  # fmt: skip


def carried_by(
    answer: Mapping[str, Any],
    about: tuple[str, Pseudonym],
    *,
    policy: str,
    account: Account,
    all_of_owner: Iterable[Account],
    amount_minor: int,
    now: Micros,
) -> DecisionId:
    """The decision with this ``answer``, if it carries a draw of ``amount_minor`` on ``account``.

    Args:
        about: kind and pseudonym of whom it is about.
        policy: that decides on draws of the product.
        all_of_owner: every account of the owner, for what was drawn under which decision.

    Raises:
        NotAllowed: it is of another policy or person, did not approve, not so much, not today, or carried a draw before.
    """
    read = msgspec.convert(answer, _Answer)

    def refused(words: str, code: str, hint: str) -> NotAllowed:
        return NotAllowed(words, code=code, field="decision_id", value=read.decision_id, hint=hint)

    if read.policy != policy:
        raise refused(f"This was decided on by {read.policy}.", "other_policy", f"draws need a decision of {policy}")
    if about != (account.owner_kind, account.owner):
        raise refused("This decision is about somebody else.", "other_person", "whose account it is draws on it")
    if read.outcome != "approve":
        raise refused("Only what was approved can be drawn.", "not_approved", f"its outcome is {read.outcome}")
    if now > parse_instant(read.decided_at) + DRAWN_WITHIN:
        raise refused("This decision is older than a day.", "decision_stale", "ask for a new one")
    if read.limit_minor is None or amount_minor > read.limit_minor:
        raise NotAllowed(
            "That is more than was approved.", code="above_decision", field="amount_minor", value=amount_minor,
            hint=f"{policy} sets no limit: add one, such as the amount that is asked for"
            if read.limit_minor is None
            else f"at most {read.limit_minor}",
        )  # fmt: skip
    used = (one.decision == read.decision_id or _drawn(one, read.decision_id) for one in all_of_owner)
    if any(used):
        raise refused(
            "This decision has carried a draw or opened an account.", "decision_used", "each draw needs its own"
        )
    return read.decision_id


def _drawn(account: Account, decision: DecisionId) -> bool:
    return any(draw.decision == decision for draw in account.draws.values())
