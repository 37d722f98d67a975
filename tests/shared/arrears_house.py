"""A lender with one loan product, the example's conduct rules and strategy, and customers who fall behind when the clock says so."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from conduct_house import document
from small_workspace import EVERYTHING, application, go_live
from till_product import loan_of

from tandem.act.collections import CollectionsDesk, Collectors, Reach
from tandem.act.lending import LendingDesk, Paid
from tandem.act.products import Shelf
from tandem.decide.decisions import open_process
from tandem.kernel.artefacts import Artefact
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, HOUR, FixedClock, Micros, parse_instant

OPENED = parse_instant("2026-11-02T02:00:00Z")
"""Ten in the morning in Shanghai; the first instalment is due on 2026-12-02."""


def artefacts(**changes: Any) -> tuple[Artefact, ...]:
    """Everything that goes live; ``changes`` of the strategy."""
    strategy = {**document("collections", "consumer"), "products": ["cash_loan"], **changes}
    rules = document("conduct", "cn")
    return (
        *EVERYTHING,
        Artefact.of("product", "cash_loan", loan_of("application", currency="CNY")),
        Artefact.of("conduct_rules", "cn", {key: value for key, value in rules.items() if key != "name"}),
        Artefact.of(
            "collection_strategy", "consumer", {key: value for key, value in strategy.items() if key != "name"}
        ),
    )


class House:
    """One process and its desks, under a clock that moves when told."""

    def __init__(
        self, folder: Path, *, fresh: bool = True, outlets: Sequence[Any] = (), clock: Any = None, **more: Any
    ) -> None:
        self.folder = folder
        self.clock = FixedClock(OPENED) if clock is None else clock
        self.entropy = SeededEntropy(1)
        self.process = open_process(Settings(home=folder), "lender", clock=self.clock, entropy=self.entropy)
        self.lending = LendingDesk(
            self.process, Shelf(self.process, self.clock), clock=self.clock, entropy=self.entropy
        )
        self.desk = CollectionsDesk(
            self.process, self.lending, clock=self.clock, entropy=self.entropy, outlets=outlets, **more
        )
        self.people = Collectors(self.desk)
        if fresh:
            go_live(self.process, *artefacts())

    def customer(self, number: int = 1, *, amount_minor: int = 120_000, term: int = 3) -> str:
        """The account of somebody who was lent so much today."""
        self.process.decide_now(application(number, at=0, device=f"d{number}", amount_minor=amount_minor))
        return self.lending.accept(f"app-{number}", term=term, by="ann").account.account_id

    def reachable(self, account: str, *, email: str = "li@example.com", phone: str = "13800138000") -> dict[str, str]:
        """With an e-mail address and a telephone number; their points."""
        owner = self.lending.account(account).owner
        return {
            kind: self.desk.add_point(owner, Reach(kind=kind, value=value), by="ann")  # type: ignore[arg-type]
            for kind, value in (("email", email), ("phone", phone))
            if value
        }

    def at(self, text: str) -> None:
        """Move the clock, such as to ``2026-12-03T10:00:00+08:00``."""
        self.clock.set(parse_instant(text))

    def pays(self, account: str, amount_minor: int, key: str = "pay-1") -> None:
        """A payment today."""
        plan = next(iter(self.lending.account(account).draws))
        self.lending.happen(account, plan, Paid(day=self.desk.today(), amount_minor=amount_minor), key=key, by="bank")

    def close(self) -> None:
        """The end of the process."""
        self.process.close()


__all__ = ["DAY", "HOUR", "OPENED", "House", "Micros", "artefacts"]
