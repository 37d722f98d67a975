"""The desk of provisions: a run over all accounts, its table, and the books; for the faces.

A run writes only what moved, each part with what it posts. So one that is cut off has posted what it wrote, one that is asked
again goes on, and the same day run twice writes nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeVar

import numpy as np

from tandem.act.books import Book as RecordBook
from tandem.act.books import Draft
from tandem.act.lending import Account, LedgerAccount, LendingDesk, buckets_on
from tandem.act.products import Day
from tandem.act.provisions.changes import Measured, ProvisionChange, RunDone, StageRow, decode_change, encode_change
from tandem.act.provisions.expected_loss import expected_loss
from tandem.act.provisions.exposing import Book, exposed
from tandem.act.provisions.folding import Provisions, postings_of, table_of
from tandem.act.provisions.placing import Placed, Reason, Recorded, reasons_of
from tandem.act.provisions.rules import ProvisionRules, rules_of
from tandem.act.provisions.staging import Seen, Staged, staged
from tandem.decide.decisions import DecisionProcess, LiveRelease
from tandem.kernel.errors import Conflict, NotFound, TandemError
from tandem.kernel.time import Clock, Micros, days_to_date

__all__ = ["ProvisionDesk", "check_provision_rules"]

_AT_ONCE: Final = 2_000
T = TypeVar("T")


class ProvisionDesk:
    """Safe to call from several threads; one run at a time.

    Args:
        process: the one writer. lending: whose accounts are measured.
    """

    def __init__(self, process: DecisionProcess, lending: LendingDesk, *, clock: Clock) -> None:
        self._process = process
        self._lending = lending
        self._turn = threading.Lock()
        self._opening_pd: dict[tuple[str, str], float | None] = {}
        self._book: RecordBook[Provisions, ProvisionChange] = RecordBook(
            process, clock, kind="provision", empty=Provisions, encode=encode_change, decode=decode_change
        )

    def look(self, see: Callable[[Provisions], T]) -> T:
        """What ``see`` makes of all provisions; nothing moves meanwhile, so it must not keep them.

        Raises:
            Unavailable: the journal does not answer.
        """
        with self._book.lock:
            return see(self._book.now)

    def ledger(self) -> dict[str, dict[LedgerAccount, int]]:
        """By currency, what was posted; debits above zero.

        Raises:
            Unavailable: the journal does not answer.
        """
        return self.look(lambda provisions: {currency: dict(book) for currency, book in provisions.ledger.items()})

    def rules(self, day: Day) -> ProvisionRules:
        """The rules of the live release that hold on ``day``: the newest of those that began.

        Raises:
            NotFound: none do.
        """
        live = self._process.live
        found = [] if live is None else [rules_of(one) for one in live.carried if one.kind == "provision_rules"]
        begun = [one for one in found if one.since <= day]
        if not begun:
            raise NotFound(
                "No provision rules hold on this day.",
                code="no_provision_rules",
                field="on",
                value=days_to_date(day).isoformat(),
                hint="add provision_rules/NAME.yaml and release it (docs/reference/provisions.md)",
            )
        return max(begun, key=lambda one: one.since)

    def in_force(self) -> ProvisionRules | None:
        """The rules that hold today; None where none do."""
        try:
            return self.rules(self._lending.today())
        except NotFound:
            return None

    def placed(self, accounts: Sequence[Account]) -> list[Placed]:
        """Each of ``accounts``, as they are now, as the last run left it, and why it is in its stage.

        Raises:
            Unavailable: the journal does not answer.
        """
        last, recorded = self.look(
            lambda provisions: (provisions.last, [provisions.recorded(one.number) for one in accounts])
        )
        if last is None or not accounts:
            return [_placed(one, written, (), moved=False) for one, written in zip(accounts, recorded, strict=True)]
        rules = rules_of(self._process.state.register.version(last.rules).artefact)
        book = exposed(accounts, last.day, rules)
        pd_open, pd_now = self._probabilities(book, rules, {})
        seen = Seen(book.late, pd_open, pd_now, book.forborne)
        return [
            _placed(one, written, reasons_of(rules.staging, last.day, seen, place, written),
                    moved=int(book.gross[place]) != written.gross_minor)
            for place, (one, written) in enumerate(zip(accounts, recorded, strict=True))
        ]  # fmt: skip

    def in_stage(self, stage: int, *, limit: int) -> list[Placed]:
        """The accounts of one stage, the most to be lost first, and why they are in it.

        Raises:
            Unavailable: the journal does not answer.
        """
        numbers = self.look(lambda provisions: provisions.in_stage(stage, limit))
        return self.placed(self._lending.look(lambda accounts: [accounts.numbered(number) for number in numbers]))

    def run(self, day: Day | None = None, *, by: str, probabilities: Mapping[str, float] | None = None) -> RunDone:
        """Measure all accounts at the end of ``day``, today by default; the table since the run before.

        Args:
            probabilities: of default within twelve months, by account, from whoever grades them; of accounts that are not
                named the rules' own.

        Raises:
            NotFound: no rules hold. Conflict: a later day was run. Unavailable: asking again goes on.
        """
        on = self._lending.today() if day is None else day
        if on > self._lending.today():
            raise Conflict("That day has not come.", code="in_future", field="on", value=days_to_date(on).isoformat())
        rules = self.rules(on)
        with self._turn:
            last = self.look(lambda provisions: provisions.last)
            if last is not None and on < last.day:
                raise Conflict(
                    "A later day was run.", code="out_of_order", field="on", value=days_to_date(on).isoformat(),
                    hint=f"from {days_to_date(last.day).isoformat()} on",
                )  # fmt: skip
            accounts = self._lending.look(lambda accounts: accounts.as_now())
            book = exposed(accounts, on, rules)
            stages, allowances, by_scenario = self._measured(book, on, rules, probabilities or {})
            self._write(book, on, stages, allowances, by)
            return self._done(book, on, rules, by_scenario, by)

    # -- inside --------------------------------------------------------------------------------------------------------

    def _measured(
        self, book: Book, day: Day, rules: ProvisionRules, probabilities: Mapping[str, float]
    ) -> tuple[Staged, np.ndarray, list[np.ndarray]]:
        def before(provisions: Provisions) -> tuple[np.ndarray, np.ndarray]:
            provisions.grow(int(book.numbers[-1]) if len(book.numbers) else 0)
            return provisions.met_2[book.numbers].copy(), provisions.met_3[book.numbers].copy()

        met_2, met_3 = self.look(before)
        pd_open, pd_now = self._probabilities(book, rules, probabilities)
        found = staged(rules.staging, day, Seen(book.late, pd_open, pd_now, book.forborne), met_2, met_3)
        owing = (book.gross > 0) | (np.bincount(book.exposures.account, minlength=len(book.numbers)) > 0)
        found = Staged(np.where(owing, found.stage, 0).astype(np.int8), found.met_2, found.met_3)
        scenarios = [
            expected_loss(book.exposures, stage=found.stage, pd=pd_now, lgd=book.lgd, scenario=one)
            for one in rules.scenarios
        ]
        weighted = sum(
            (loss * one.weight_pct for loss, one in zip(scenarios, rules.scenarios, strict=True)), np.zeros(len(owing))
        )
        return found, np.floor(weighted / 100 + 0.5).astype(np.int64), scenarios

    def _probabilities(
        self, book: Book, rules: ProvisionRules, given: Mapping[str, float]
    ) -> tuple[np.ndarray, np.ndarray]:
        by_bucket = rules.pd.yearly()
        buckets = np.minimum(buckets_on(-book.late, 0), len(by_bucket) - 1)
        now, start = by_bucket[buckets], np.full(len(buckets), by_bucket[0])
        if rules.pd.model is not None:
            for place, decision in enumerate(book.opened_by):
                scored = None if decision is None else self._scored(decision, rules.pd.model)
                if scored is not None:
                    start[place] = scored
                    if not book.late[place]:
                        now[place] = scored
        if given:
            for place, account in enumerate(book.ids):
                if account in given:
                    now[place] = given[account]
        return start, now

    def _scored(self, decision: str, model: str) -> float | None:
        """What a model said of the decision that opened an account; it never changes, so it is asked once."""
        key = decision, model
        if key not in self._opening_pd:
            try:
                scores = self._process.archive.find(decision)["trail"]["scores"]
                self._opening_pd[key] = scores[model]["probability"] if model in scores else None
            except (NotFound, KeyError):
                self._opening_pd[key] = None
        return self._opening_pd[key]

    def _write(self, book: Book, day: Day, stages: Staged, allowances: np.ndarray, by: str) -> None:
        def drafts(provisions: Provisions, _: Micros) -> Sequence[Draft[ProvisionChange]]:
            numbers = book.numbers
            moved = (
                (provisions.stage[numbers] != stages.stage)
                | (provisions.allowance[numbers] != allowances)
                | (provisions.gross[numbers] != book.gross)
                | (provisions.met_2[numbers] != stages.met_2)
                | (provisions.met_3[numbers] != stages.met_3)
            )
            currencies = np.asarray(book.currencies)
            for currency in sorted(set(book.currencies)):
                places = np.nonzero(moved & (currencies == currency))[0][:_AT_ONCE]
                if len(places):
                    return [Draft(change=_part(book, day, currency, stages, allowances, places, provisions, by))]
            return []

        while self._book.write(drafts):
            pass

    def _done(self, book: Book, day: Day, rules: ProvisionRules, losses: list[np.ndarray], by: str) -> RunDone:
        currencies = np.asarray(book.currencies)

        def drafts(provisions: Provisions, _: Micros) -> Sequence[Draft[ProvisionChange]]:
            same = provisions.last is not None and (provisions.last.day, provisions.last.rules) == (day, rules.digest)
            if same and np.array_equal(provisions.stage, provisions.stage_before) and np.array_equal(
                provisions.allowance, provisions.allowance_before
            ):  # fmt: skip
                return []
            tables: dict[str, tuple[StageRow, ...]] = {}
            scenarios: dict[str, dict[str, int]] = {}
            for currency in sorted(set(book.currencies)):
                of = currencies == currency
                tables[currency] = table_of(provisions, book.numbers[of])
                scenarios[currency] = {
                    one.scenario: round(float(loss[of].sum()))
                    for one, loss in zip(rules.scenarios, losses, strict=True)
                }
            return [
                Draft(
                    change=RunDone(
                        by=by, day=day, rules=rules.digest, rules_name=rules.name, tables=tables, scenarios=scenarios
                    )
                )
            ]

        self._book.write(drafts)
        found = self.look(lambda provisions: provisions.last)
        assert found is not None, "a run has just been done"
        return found


def check_provision_rules(live: LiveRelease) -> None:
    """Refuse a release whose provision rules do not hold together.

    Raises:
        DefinitionError: names the artefact and what does not hold.
    """
    since: dict[int, str] = {}
    for artefact in live.carried:
        if artefact.kind != "provision_rules":
            continue
        rules = rules_of(artefact)
        if rules.since in since:
            error: TandemError = Conflict(
                "Two sets of provision rules begin on the same day.", code="two_provision_rules", field="since",
                value=days_to_date(rules.since).isoformat(), hint=f"the other is {since[rules.since]}",
            )  # fmt: skip
            error.at = str(artefact.key)
            raise error
        since[rules.since] = artefact.name


def _placed(account: Account, recorded: Recorded, reasons: tuple[Reason, ...], *, moved: bool) -> Placed:
    return Placed(
        number=account.number, account_id=account.account_id, currency=account.currency, recorded=recorded,
        reasons=reasons, moved=moved,
    )  # fmt: skip


def _part(
    book: Book,
    day: Day,
    currency: str,
    stages: Staged,
    allowances: np.ndarray,
    places: np.ndarray,
    provisions: Provisions,
    by: str,
) -> Measured:
    numbers = book.numbers[places]
    return Measured(
        by=by,
        day=day,
        currency=currency,
        numbers=tuple(numbers.tolist()),
        stages=tuple(stages.stage[places].tolist()),
        met_2=tuple(stages.met_2[places].tolist()),
        met_3=tuple(stages.met_3[places].tolist()),
        gross=tuple(book.gross[places].tolist()),
        allowances=tuple(allowances[places].tolist()),
        posted=postings_of(int(allowances[places].sum() - provisions.allowance[numbers].sum())),
    )
