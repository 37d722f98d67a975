"""A lender with signed loans in euro and a bank: everything real but the bank, which is ``bank_side``."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from bank_side import OURS
from http_face import Caller, Contract, application, released_process, starter_artefacts
from till_product import loan_of

from tandem.act.bank_files import BankDesk, Mandate, PartyAccount, Sender, Wanted, reference_of
from tandem.act.cases import desk_of
from tandem.act.lending import Account, LedgerAccount, LendingDesk
from tandem.act.products import Shelf
from tandem.act.provisions import ProvisionDesk
from tandem.faces.acting import bank_cases
from tandem.faces.api import create_app
from tandem.kernel.artefacts import Artefact
from tandem.kernel.time import DAY, FixedClock, date_to_days

TODAY = date(2026, 3, 2)
NOW = date_to_days(TODAY)
LOAN = loan_of("application", currency="EUR", consents=["personal_data", "credit_bureau"])
SENDER = Sender(
    account=PartyAccount(name="Example Lender", iban=OURS, bic="COBADEFFXXX"),
    creditor_id="DE98ZZZ09999999999",
    scheme="CORE",
    service_level="SEPA",
)
CUSTOMER = "GB33BUKB20201555555555"


class House:
    """A process, its desks and its HTTP face, on one clock that stands at noon of ``TODAY``."""

    def __init__(self, folder: Path, *more: Artefact) -> None:
        self.clock = FixedClock(NOW * DAY + DAY // 2)
        artefacts = [*starter_artefacts(folder), Artefact.of("product", "cash_loan", LOAN), *more]
        self.process = released_process(folder, artefacts, clock=self.clock)
        self.lending = LendingDesk(self.process, Shelf(self.process, self.clock), clock=self.clock)
        self.provisions = ProvisionDesk(self.process, self.lending, clock=self.clock)
        cases = desk_of(self.process, clock=self.clock)
        self.bank = BankDesk(self.process, self.lending, clock=self.clock, on_unmatched=bank_cases(cases))
        self.call = Caller(
            create_app(
                self.process,
                clock=self.clock,
                lending=self.lending,
                bank=self.bank,
                cases=cases,
                provisions=self.provisions,
            )
        )
        self.contract = Contract(self.call("GET", "/openapi.json").json)

    def close(self) -> None:
        """End it."""
        self.call.close()
        self.process.close()

    def ask(self, method: str, path: str, body: Any = None, *, query: str = "", status: int = 200) -> Any:
        """What the HTTP face answers, held against its contract."""
        reply = self.call(method, path, b"" if body is None else json.dumps(body).encode(), query=query.encode())
        self.contract.judge(method, path, reply)
        assert reply.status == status, reply.body
        return reply.json if "json" in reply.headers["content-type"] else reply

    def sign(self, name: str = "app-1", amount_minor: int = 120_000) -> Account:
        """A loan over a year, signed today."""
        event = {**application(name), "occurred_at": "2026-03-02T08:00:00Z"}
        decided = self.ask("POST", "/v1/decisions", event)
        path = f"/v1/decisions/{decided['decision_id']}/acceptance"
        body = {"term": 12, "by": "shop", "amount_minor": amount_minor}
        return self.lending.account(self.ask("POST", path, body)["account"]["account_id"])

    def account(self, account: Account) -> Account:
        """As it is now."""
        return self.lending.account(account.account_id)

    def reference(self, account: Account) -> str:
        """What its customer writes on a transfer."""
        return reference_of(account.number, "loan")

    def first_due(self, account: Account) -> int:
        """When its first instalment is due."""
        return self.account(account).draws["loan"].plan.lines[0].span.due

    def wanted(self, account: Account, **more: Any) -> Wanted:
        """Where its money goes to and comes from."""
        party = PartyAccount(name="A. Customer", iban=CUSTOMER)
        mandate = Mandate(id=f"M-{account.number}", signed_on="2026-03-02")
        return Wanted(account_id=account.account_id, party=party, mandate=mandate, **more)

    def go_to(self, day: int) -> None:
        """Noon of that day."""
        self.clock.set(day * DAY + DAY // 2)

    def cash(self) -> int:
        """The balance of cash in all books; what the bank says it is."""
        lent = self.lending.look(lambda accounts: dict(accounts.ledger.get("EUR", {})))
        banked = self.bank.look(lambda books: dict(books.ledger.get("EUR", {})))
        assert sum(lent.values()) == sum(banked.values()) == 0
        return lent.get(LedgerAccount.CASH, 0) + banked.get(LedgerAccount.CASH, 0)

    def book(self, name: LedgerAccount) -> int:
        """The balance of one ledger account in all books."""
        lent = self.lending.look(lambda accounts: dict(accounts.ledger.get("EUR", {})))
        return lent.get(name, 0) + self.bank.look(lambda books: dict(books.ledger.get("EUR", {}))).get(name, 0)
