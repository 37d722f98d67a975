"""What a decision on something that a borrower did says of their accounts: the grade of risk and the flags that stand: pure.

A decision that says a grade says how things are: that grade stands from then on, with the flags that the same decision says and
no others. One that says only flags adds them to those that stand. One that says neither changes nothing.
"""

from __future__ import annotations

import msgspec

from tandem.act.lending.accounts import Account
from tandem.act.lending.changes import SYSTEM, GradeMoved
from tandem.act.products import Monitoring
from tandem.decide.policy import Marks
from tandem.kernel.identity import DecisionId, Pseudonym
from tandem.kernel.time import Micros

__all__ = ["Graded", "regraded"]


class Graded(msgspec.Struct, frozen=True, kw_only=True):
    """A decision that says something of whoever its event is of.

    Attributes:
        seq: its place in the journal.
        occurred_at: of its event.
        owner_kind, owner: whom the event is about.
    """

    decision: DecisionId
    seq: int
    policy: str
    occurred_at: Micros
    owner_kind: str
    owner: Pseudonym
    marks: Marks


def regraded(account: Account, said: Graded, rules: Monitoring) -> GradeMoved | None:
    """How ``said`` moves ``account``; None where all stands as it did, or it says nothing of this account.

    Args:
        rules: of its product. What they do not know counts as not said: a policy of another release said it.
    """
    standing = account.standing
    known = 0 if standing is None else standing.decision_seq
    if account.ended or said.seq <= max(account.opened_seq, known):
        return None
    if (account.owner_kind, account.owner) != (said.owner_kind, said.owner):
        return None
    before, stood = (None, ()) if standing is None else (standing.grade, standing.flags)
    worst = max((rules.grades.index(one) for one in said.marks.grades if one in rules.grades), default=None)
    grade = before if worst is None else rules.grades[worst]
    stand = said.marks.flags if worst is not None else (*stood, *said.marks.flags)
    flags = tuple(one for one in rules.flags if one in stand)
    if (grade, flags) == (before, stood):
        return None
    return GradeMoved(
        account=account.account_id, by=SYSTEM, before=before, grade=grade, flags=flags, decision=said.decision,
        decision_seq=said.seq, policy=said.policy, occurred_at=said.occurred_at,
    )  # fmt: skip
