"""What follows from decisions, put together: every desk of that wing, on one process.

The rooms of the wing know nothing of each other. Here is said what one of them asks of another: what a ring, a warning or
money at the bank that nobody could place has a case opened about; whom a warning has contacted, whose limit it has frozen.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from tandem.act.bank_files import BankDesk, ItemTaken
from tandem.act.cases import CaseDesk, desk_of
from tandem.act.channel import Core
from tandem.act.collections import CollectionsDesk, Outlet
from tandem.act.lending import Account, LendingDesk
from tandem.act.limits import LimitDesk
from tandem.act.offers import OfferDesk
from tandem.act.products import Shelf
from tandem.act.provisions import ProvisionDesk
from tandem.act.rings import RingDesk
from tandem.act.warning import WarningDesk
from tandem.decide.decisions import DecisionProcess
from tandem.faces.offering import Governed, OfferBars
from tandem.faces.warned import account_conditions, warning_cases, warning_contacts, warning_freezes
from tandem.kernel.identity import Entropy, Pseudonym, SystemEntropy
from tandem.kernel.money import Money
from tandem.kernel.time import Clock, days_to_date
from tandem.observe.lake import Lake

__all__ = ["BANK_TOPIC", "Acting", "acting_on", "bank_cases"]

BANK_TOPIC: Final = "bank_item"
"""The action that a queue of ``case_rules/`` takes to have cases about money at the bank."""


class Acting(NamedTuple):
    """The desks. Each works when it is asked; while ``running``, by itself too where it has anything to do by itself."""

    cases: CaseDesk
    lending: LendingDesk
    customers: Core
    collections: CollectionsDesk
    offers: OfferDesk
    limits: LimitDesk
    bank: BankDesk
    provisions: ProvisionDesk
    warnings: WarningDesk
    rings: RingDesk | None

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Working by themselves in threads of their own, and stopped at the end."""
        with (
            self.cases.running(),
            self.lending.running(),
            self.collections.running(),
            self.offers.running(),
            self.limits.running(),
            self.warnings.running(),
            contextlib.nullcontext() if self.rings is None else self.rings.running(),
        ):
            try:
                yield
            finally:
                self.customers.keep()


def acting_on(
    process: DecisionProcess,
    *,
    clock: Clock,
    entropy: Entropy | None = None,
    lake: Lake | None = None,
    followed: bool = False,
    outlets: Sequence[Outlet] = (),
    given: Mapping[str, Any] | None = None,
) -> Acting:
    """The desks of ``process``.

    Args:
        lake: where rings look; without it there is no desk of rings.
        followed: whether another process keeps the lake up to date.
        outlets: by which channels customers are contacted; none by default, so nobody is.
        given: desks by name that stand already; None among them counts as not given.
    """
    stand = {name: desk for name, desk in (given or {}).items() if desk is not None}
    cases = stand.get("cases") or desk_of(process, clock=clock, entropy=entropy)
    lending = stand.get("lending") or LendingDesk(process, Shelf(process, clock), clock=clock, entropy=entropy)
    customers = stand.get("customers") or Core(process, lending, cases, clock=clock, entropy=entropy or SystemEntropy())
    collections = stand.get("collections") or CollectionsDesk(
        process, lending, clock=clock, entropy=entropy, outlets=outlets, against_offer=OfferBars(lending, customers)
    )
    rings = stand.get("rings")
    if rings is None and lake is not None:
        rings = RingDesk(process, lake, clock=clock, entropy=entropy, followed=followed, open_case=_ring_cases(cases))
    return Acting(
        cases=cases,
        lending=lending,
        customers=customers,
        collections=collections,
        offers=stand.get("offers") or OfferDesk(process, lending, Governed(collections, customers), clock=clock),
        limits=stand.get("limits") or LimitDesk(process, lending, clock=clock),
        bank=stand.get("bank") or BankDesk(process, lending, clock=clock, on_unmatched=bank_cases(cases)),
        provisions=stand.get("provisions") or ProvisionDesk(process, lending, clock=clock),
        warnings=stand.get("warnings")
        or WarningDesk(
            process,
            clock=clock,
            entropy=entropy,
            pursue={
                "case": warning_cases(cases),
                "contact": warning_contacts(collections),
                "limit_freeze": warning_freezes(lending),
            },
            told_by={"account": account_conditions(lending)},
        ),
        rings=rings,
    )


def _ring_cases(desk: CaseDesk) -> Callable[[str, Sequence[int], int | None, str], str]:
    def open_case(ring_id: str, decisions: Sequence[int], at_stake_minor: int | None, by: str) -> str:
        entity = Pseudonym(ring_id.removeprefix("ring_"))
        return desk.open_about("ring", entity, decisions, by=by, at_stake_minor=at_stake_minor)

    return open_case


def bank_cases(desk: CaseDesk) -> Callable[[ItemTaken, Account | None], None]:
    """What is to be told of an item that nobody could place, so that ``desk`` has a case about it."""

    def open_case(item: ItemTaken, account: Account | None) -> None:
        amount = Money(item.amount_minor, item.currency)
        way = "came in" if item.incoming else "went out"
        about = "" if account is None else f" It seems to be about account {account.account_id}, plan {item.plan}."
        desk.open_for_person(
            BANK_TOPIC,
            Pseudonym(item.item),
            topic=BANK_TOPIC,
            reason=item.why or "unknown",
            by="tandem",
            text=f"{amount} {way} at the bank on {days_to_date(item.booked).isoformat()}: {item.why}.{about} Item {item.item}.",
            owner=None if account is None else account.owner,
            at_stake_minor=item.amount_minor,
        )

    return open_case
