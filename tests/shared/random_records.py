"""Records of three books as dice make them: each could have come where it stands, in any order that life may take."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, NamedTuple

from tandem.act.channel import changes as channel
from tandem.act.channel.folding import Customers
from tandem.act.channel.snapshots import customer_shortening
from tandem.act.collections import changes as contacts
from tandem.act.collections.conduct import Block
from tandem.act.collections.folding import Files
from tandem.act.collections.snapshots import files_shortening
from tandem.act.collections.types import CHANNELS, STEPS, Action, Choice, Ranked, Situation
from tandem.act.products import Words
from tandem.act.warning import changes as warning
from tandem.act.warning.folding import Warnings
from tandem.act.warning.snapshots import warning_shortening
from tandem.kernel.identity import DecisionId, Digest, EventId, Pseudonym
from tandem.kernel.time import Micros

__all__ = ["CUSTOMERS", "FILES", "WARNINGS", "Kind"]


class Kind(NamedTuple):
    """A book that leaves snapshots: how it folds and writes, and records of it."""

    records: Any
    empty: Callable[[], Any]
    encode: Callable[[Any], bytes]
    decode: Callable[[bytes], Any]
    shortening: Any
    next: Callable[[random.Random, Any, int], Any]

    def changes(self, dice: random.Random, count: int) -> list[Any]:
        """So many, each possible after those before it."""
        fold, found = self.empty(), []
        for seq in range(1, count + 1):
            change = self.next(dice, fold, seq)
            fold.apply(change, seq, Micros(seq * 1_000_000))
            found.append(self.decode(self.encode(change)))
        return found


def _who(number: int) -> Pseudonym:
    return Pseudonym(f"{number:032x}")


# -- collections -------------------------------------------------------------------------------------------------------------


def _about(dice: random.Random, account: str) -> contacts.ContactAbout:
    action = Action(step=dice.choice(STEPS), channel=dice.choice(CHANNELS), minutes=dice.choice([0.0, 0.1, 7.25]))
    choice = Choice(
        action=action, chosen_by="ladder", ranked=(Ranked(action=action, expected_minor=dice.randrange(9)),)
    )
    situation = Situation(
        account=account, day=7, currency="EUR", days_past_due=3, due_minor=5, balance_minor=9, contacts_by={"sms": 2}
    )
    return contacts.ContactAbout(
        account=account, channel=dice.choice(CHANNELS), point=dice.choice("pqr") * 32, whose="debtor", purpose="collection",
        step=dice.choice(STEPS), rules=dice.choice([None, "cn"]), choice=dice.choice([None, choice]),
        situation=dice.choice([None, situation]),
    )  # fmt: skip


def _next_contact(dice: random.Random, files: Files, seq: int) -> Any:
    number = dice.randrange(5)
    account, debtor = f"acc_{number}", _who(number // 2)
    day = seq // 10
    base: dict[str, Any] = {"debtor": debtor, "by": dice.choice(["tandem", "li"])}
    if account not in files.work:
        if dice.random() < 0.3:
            return contacts.Known(**base, account=account, owner_kind="person", product="loan", currency="EUR", day=day)
        return contacts.Entered(
            **base, account=account, owner_kind="person", product="loan", currency="EUR", day=day,
            oldest_due=dice.choice([None, day - 1]),
        )  # fmt: skip
    work = files.work[account]
    made: list[Any] = [
        contacts.Entered(
            **base, account=account, owner_kind="person", product="loan", currency="EUR", day=day, oldest_due=day - 2
        ),
        contacts.Left(**base, account=account, why="paid", day=day, paid_minor=dice.randrange(99)),
        contacts.PointAdded(**base, point=dice.choice("pqr") * 32, kind=dice.choice(["email", "phone"])),
        contacts.Described(
            **base, zone=dice.choice([None, "Asia/Shanghai"]), language="en",
            agreed_hours=dice.choice([None, contacts.AgreedHours("09:00", "10:00")]),
            off=tuple(dice.sample(CHANNELS, dice.randrange(4))), consents=(),
        ),
        contacts.Marked(**base, mark=dice.choice(["hardship", "illness", "lawyer"]), on=dice.random() < 0.6),
        contacts.ContactWanted(**base, contact=f"cnt_{seq}", about=_about(dice, account)),
        contacts.ContactBlocked(
            **base, contact=f"cnt_{seq}", about=_about(dice, account), rule=dice.choice(["night", "often"]),
            blocks=(Block(rule="night", title=Words(en="x", zh="y"), source=Words(en="a law", zh="法律")),),
        ),
        contacts.Proposed(**base, account=account, choice=Choice(action=Action(step="soft"), chosen_by="ladder"), day=day),
        contacts.Taken(**base, account=account, to=dice.choice([None, "li"])),
        contacts.Noted(**base, account=account),
        contacts.Promised(
            **base, promise=f"prm_{seq}", account=account, amount_minor=5, due=day + 1, day=day,
            paid_before=dice.choice([(), (("loan", "p-1"),)]),
        ),
        contacts.Disputed(**base, dispute=f"dsp_{seq}", account=account, day=day),
        contacts.Offered(
            **base, offer=f"off_{seq}", account=account, kind="settlement", until=day + 9, day=day, amount_minor=5,
            plans=("loan",),
        ),
    ]  # fmt: skip
    if work.agency is None:
        made.append(contacts.Placed(**base, account=account, agency="a", day=day, owed_minor=9))
    else:
        made.append(contacts.Recalled(**base, account=account, day=day, paid_minor=1))
    file = files.file(debtor)
    made += [contacts.PointMoved(**base, point=one, invalid=dice.choice([None, True])) for one in file.points]
    made += [contacts.ContactSent(**_of(base, one), contact=one.contact) for one in files.waiting.values()]
    made += [
        contacts.ContactEnded(
            **_of(base, one),
            contact=one.contact,
            state=dice.choice(["delivered", "withdrawn"]),
            why="night",
            minutes=1.5,
        )
        for one in files.contacts.values()
    ]
    made += [
        contacts.PromiseEnded(
            **_of(base, one), promise=one.promise, outcome=dice.choice(["kept", "broken"]), paid_minor=5, day=day
        )
        for one in files.open_promises.values()
    ]
    made += [
        contacts.OfferEnded(
            **_of(base, files.work[one.account]),
            offer=one.offer,
            outcome="accepted" if one.outcome is None else "met",
            day=day,
        )
        for one in files.open_offers.values()
    ]
    made += [
        contacts.DisputeEnded(**_of(base, files.work[one.account]), dispute=one.dispute, upheld=True, day=day)
        for one in files.disputes.values()
        if one.upheld is None
    ]
    return dice.choice(made)


def _of(base: dict[str, Any], one: Any) -> dict[str, Any]:
    return {**base, "debtor": one.debtor}


# -- warnings ----------------------------------------------------------------------------------------------------------------


def _said(dice: random.Random, seq: int) -> warning.Said:
    return warning.Said(
        decision_id=DecisionId(f"dec_{seq}"), decision_seq=seq, event_id=EventId(f"e{seq}"), event_seq=seq - 1,
        event_type="behaviour", policy="watch", outcome="review", occurred_at=Micros(seq),
        signals=(warning.Signal(code="LATE", en="late", zh="迟"),), probability=dice.choice([None, 0.25]),
    )  # fmt: skip


def _next_warning(dice: random.Random, warnings: Warnings, seq: int) -> Any:
    known = [one.warning_id for one in warnings]
    by = dice.choice(["tandem", "li"])
    if not known or dice.random() < 0.25:
        return warning.Raised(
            warning=f"wrn_{seq}", by=by, rule="r", entity_kind=dice.choice(["person", "account"]), entity=_who(dice.randrange(3)),
            severity=dice.choice(["low", "high"]), owner="desk", action=dice.choice(["case", "watch"]), due_at=Micros(seq + 5),
            ends_at=Micros(seq + 9), said=_said(dice, seq), subject=dice.choice([None, _who(9)]),
        )  # fmt: skip
    one = dice.choice(known)
    return dice.choice([
        warning.Worsened(warning=one, by=by, rule="r2", severity="high", owner="chief", action="contact", due_at=Micros(seq),
                         said=_said(dice, seq)),
        warning.Taken(warning=one, by=by, to=dice.choice([None, "li"])),
        warning.Escalated(warning=one, by=by, severity="high", owner="chief", due_at=Micros(seq + 1)),
        warning.Pursued(warning=one, by=by, action=dice.choice(["case", "watch"]), ref=f"case_{seq}"),
        warning.Left(warning=one, by=by, action=dice.choice(["case", "contact"]), why="rule"),
        warning.Acted(warning=one, by=by, action="contact"),
        warning.Dismissed(warning=one, by=by),
        warning.Settled(warning=one, by=by, outcome=dice.choice(["came_true", "did_not"]), event_id=EventId(f"e{seq}"),
                        event_seq=dice.choice([None, seq]), occurred_at=Micros(seq), lead_days=dice.choice([None, 3])),
        warning.Labelled(warning=one, by=by, event_id=dice.choice([None, EventId(f"l{seq}")])),
    ])  # fmt: skip


# -- customers ---------------------------------------------------------------------------------------------------------------


def _next_customer(dice: random.Random, customers: Customers, seq: int) -> Any:
    owner = _who(dice.randrange(3))
    base: dict[str, Any] = {"owner": owner, "by": dice.choice(["shop", f"customer:{owner}"])}
    standing = customers.of(owner)
    invitation, decision = channel.InvitationId(f"inv_{dice.randrange(4)}"), DecisionId(f"dec_{seq}")
    made: list[Any] = [
        channel.Invited(
            **base, invitation=channel.InvitationId(f"inv_{seq}"), kind="person", acts=("apply", "see"),
            merchant=dice.choice([None, "shop-1"]), amount_minor=dice.choice([None, 5]),
        ),
        channel.ApplicationBegun(**base, invitation=invitation, event=f"e{seq}", product="till"),
        channel.Applied(**base, invitation=invitation, event=f"e{seq}", product="till", decision=decision),
        channel.Disclosed(
            **base, disclosure=Digest(f"{seq:064x}"), decision=decision, term=6, amount_minor=5, language="en",
            least_seconds=5, source="a rule",
        ),
        channel.Signed(
            **base, invitation=invitation, decision=decision, disclosure=Digest("0" * 64), account="acc_1", plan="loan"
        ),
        channel.ConsentGiven(
            **base, consent=dice.choice("ab"), text=Digest("1" * 64), language="en", invitation=invitation,
            checkout=dice.choice([None, invitation]),
        ),
        channel.Preferred(**base, marketing=dice.random() < 0.5, automated=dice.random() < 0.5),
        channel.Asked(**base, request=f"r{seq}", about="human", invitation=invitation, case=f"case_{seq}"),
        channel.Restricted(**base, until=dice.choice([None, seq])),
    ]  # fmt: skip
    made += [channel.Confirmed(**base, disclosure=Digest(one), seconds=9) for one in standing.disclosures]
    made += [
        channel.ConsentWithdrawn(**base, consent=consent, checkout=channel.InvitationId(place) if place else None)
        for place, given in standing.consents.items()
        for consent in given
    ]
    return dice.choice(made)


FILES = Kind(
    "contact", Files, contacts.encode_change, contacts.decode_change, files_shortening(), _next_contact
)  # fmt: skip
WARNINGS = Kind("warning", Warnings, warning.encode_change, warning.decode_change, warning_shortening(), _next_warning)
CUSTOMERS = Kind(
    "customer", Customers, channel.encode_change, channel.decode_change, customer_shortening(), _next_customer
)
