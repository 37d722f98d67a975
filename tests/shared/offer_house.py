"""A lender whose customers owe nothing yet, programmes that tell them of what is due and offer them plans, and mail that is counted."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from arrears_house import OPENED
from conduct_house import document
from small_workspace import EVERYTHING, application, go_live
from till_product import TILL, loan_of

from tandem.act.cases import desk_of
from tandem.act.channel import Core
from tandem.act.channel.changes import Preferred
from tandem.act.collections import CollectionsDesk, Collectors, Handed, Permit, Reach
from tandem.act.lending import LendingDesk, Paid
from tandem.act.offers import OfferDesk, Sent
from tandem.act.offers import Reach as Reached
from tandem.act.products import Shelf
from tandem.decide.decisions import open_process
from tandem.faces.offering import Governed, OfferBars
from tandem.kernel.artefacts import Artefact
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import FixedClock, parse_instant

SAYS = {
    "lender": {"en": "Example Lender", "zh-CN": "示例公司"},
    "opt_out": {"en": "Answer STOP to hear no more.", "zh-CN": "回复TD退订。"},
}
REMINDER: dict[str, Any] = {
    "kind": "reminder",
    "title": {"en": "Due soon", "zh-CN": "到期提醒"},
    "products": ["cash_loan"],
    "when": "days_to_due <= 10",
    "purpose": "service",
    "channels": ["email", "sms"],
    "caps": {"day": 1, "week": 2, "month": 3},
    "hold_out": {"share": 0.2, "salt": "tests"},
    "choose": {"by": "at_random", "propensities": {"email": 0.5, "sms": 0.25}},
    "answer_days": 12,
    "templates": [
        {"channels": ["email"], "subject": {"en": "{amount} is due", "zh-CN": "{amount}将到期"},
         "text": {"en": "{lender}: {amount} for {product} is due on {due_date}.",
                  "zh-CN": "【{lender}】您的{product}将于{due_date}到期，应还{amount}。"}},
        {"channels": ["sms"],
         "text": {"en": "{lender}: {amount} is due on {due_date}.", "zh-CN": "【{lender}】{due_date}应还{amount}。"}},
    ],
    "says": SAYS,
}  # fmt: skip
SUGGESTION: dict[str, Any] = {
    **REMINDER,
    "kind": "repayment_suggestion",
    "title": {"en": "Pay it all now", "zh-CN": "提前还款建议"},
    "when": "saving_minor >= 100",
    "purpose": "marketing",
    "templates": [
        {"channels": ["email", "sms"],
         "text": {"en": "{lender}: {amount} paid today closes {product} and saves {saving}. {opt_out}",
                  "zh-CN": "【{lender}】今天还清{product}{amount}可省{saving}。{opt_out}"}},
    ],
}  # fmt: skip
PLAN: dict[str, Any] = {
    **REMINDER,
    "kind": "instalment_offer",
    "title": {"en": "Pay it in parts", "zh-CN": "转分期"},
    "when": "balance_minor >= 10000",
    "purpose": "marketing",
    "into": {"product": "cash_loan", "term": 6},
    "templates": [
        {"channels": ["email", "sms"],
         "text": {"en": "{lender}: pay {amount} in {term} parts, the first of about {first}. {opt_out}",
                  "zh-CN": "【{lender}】{amount}可分{term}期，首期约{first}。{opt_out}"}},
    ],
}  # fmt: skip
EVERYBODY = {"by": "at_random", "propensities": {"email": 0.999999999}}
"""Draws the e-mail for whoever is not held out."""
BARELY = {"share": 0.01, "salt": "nobody of the first"}


def programme(name: str, body: dict[str, Any], **changes: Any) -> Artefact:
    """A programme, changed."""
    return Artefact.of("offer_programme", name, {**body, **changes})


def artefacts(*programmes: Artefact) -> tuple[Artefact, ...]:
    """All that goes live: collections of the example, with reminders of their own three days before."""
    strategy = {**document("collections", "consumer"), "products": ["cash_loan", "till_limit"]}
    rules = document("conduct", "cn")
    limit = {**{key: value for key, value in TILL.items() if key != "name"}, "policies": {"application": "application"}}
    return (
        *EVERYTHING,
        Artefact.of("product", "cash_loan", loan_of("application", currency="CNY")),
        Artefact.of("product", "till_limit", limit),
        Artefact.of("conduct_rules", "cn", {key: value for key, value in rules.items() if key != "name"}),
        Artefact.of(
            "collection_strategy", "consumer", {key: value for key, value in strategy.items() if key != "name"}
        ),
        *programmes,
    )


class Outbox:
    """A way out that keeps what it was handed; ``fails`` is raised instead, once."""

    repeatable = False

    def __init__(self, channel: str) -> None:
        self.channel: Any = channel
        self.got: list[tuple[str, str | None, str | None]] = []
        self.contacts: list[str] = []
        self.fails: BaseException | None = None

    @contextlib.contextmanager
    def open(self) -> Iterator[Outbox]:
        """Always open."""
        yield self

    def hand(self, permit: Permit) -> Handed:
        """Take it."""
        if self.fails is not None:
            fails, self.fails = self.fails, None
            raise fails
        self.contacts.append(permit.contact)
        self.got.append((permit.address, permit.subject, permit.text))
        return Handed(state="delivered")


class OpenDoor:
    """A door that lets everything out to everybody."""

    def agreed(self, _owner: Any) -> bool:
        """As ``Door``."""
        return True

    def reach(self, _account: Any) -> Reached:
        """As ``Door``."""
        return Reached(channels=("email",), language="en")

    known = reach

    def against(self, _message: Any) -> None:
        """As ``Door``."""

    def tell(self, _message: Any, *, key: str) -> Sent:
        """As ``Door``."""
        return Sent(contact=f"con_{key}")

    def stopped(self, _contact: str) -> None:
        """As ``Door``."""


class House:
    """One process and its desks, wired as the faces wire them, under a clock that moves when told."""

    def __init__(self, folder: Path, *programmes: Artefact, fresh: bool = True, clock: Any = None) -> None:
        self.folder = folder
        self.clock = FixedClock(OPENED) if clock is None else clock
        entropy = SeededEntropy(1) if fresh else SeededEntropy(2)
        self.process = open_process(Settings(home=folder), "lender", clock=self.clock, entropy=entropy)
        self.lending = LendingDesk(self.process, Shelf(self.process, self.clock), clock=self.clock, entropy=entropy)
        self.core = Core(
            self.process, self.lending, desk_of(self.process, clock=self.clock, entropy=entropy), clock=self.clock,
            entropy=entropy,
        )  # fmt: skip
        self.mail, self.sms = Outbox("email"), Outbox("sms")
        self.collections = CollectionsDesk(
            self.process, self.lending, clock=self.clock, entropy=entropy, outlets=[self.mail, self.sms],
            against_offer=OfferBars(self.lending, self.core),
        )  # fmt: skip
        self.people = Collectors(self.collections)
        self.door = Governed(self.collections, self.core)
        self.offers = OfferDesk(self.process, self.lending, self.door, clock=self.clock)
        if fresh:
            go_live(self.process, *artefacts(*programmes))

    def customer(
        self, number: int = 1, *, product: str = "cash_loan", amount_minor: int = 120_000, term: int = 3
    ) -> str:
        """The account of somebody who was lent so much today, and can be written to; on a limit, of all of it."""
        self.process.decide_now(application(number, at=0, device=f"d{number}", amount_minor=amount_minor))
        account = self.lending.accept(f"app-{number}", term=term, by="ann", product=product).account
        if account.limit_minor is not None:
            self.lending.draw(
                account.account_id, "tv", key=f"draw-{number}", amount_minor=amount_minor // 2, term=6, by="ann"
            )
        for kind, value in (("email", f"p{number}@example.com"), ("phone", f"1380013{number:04d}")):
            self.collections.add_point(account.owner, Reach(kind=kind, value=value), by="ann")  # type: ignore[arg-type]
        return account.account_id

    def owner(self, account: str) -> Any:
        """Whose it is."""
        return self.lending.account(account).owner

    def says(self, account: str, *, marketing: bool, key: str = "1") -> None:
        """The owner says in their own channel whether they want offers."""
        owner = self.owner(account)
        change = Preferred(owner=owner, by="customer", marketing=marketing, automated=True)
        self.core.ask(f"prefer:{owner}:{key}", [marketing, key], lambda _: change)

    def at(self, text: str) -> None:
        """Move the clock."""
        self.clock.set(parse_instant(text))

    def pays(self, account: str, amount_minor: int, *, key: str = "pay-1", early: bool = False) -> None:
        """A payment today."""
        plan = next(iter(self.lending.account(account).draws))
        fact = Paid(day=self.lending.today(), amount_minor=amount_minor, early=early)
        self.lending.happen(account, plan, fact, key=key, by="bank")

    def of(self, account: str) -> list[Any]:
        """What was decided about its owner, oldest first."""
        owner = self.owner(account)
        return self.offers.look(lambda offers: list(offers.of(owner)))

    def close(self) -> None:
        """The end of the process."""
        self.process.close()


__all__ = [
    "BARELY",
    "EVERYBODY",
    "PLAN",
    "REMINDER",
    "SUGGESTION",
    "House",
    "OpenDoor",
    "Outbox",
    "artefacts",
    "programme",
]
