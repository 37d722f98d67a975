"""A house that lends on limits and moves them: a product, a strategy, accounts with a past, on a real journal."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, NamedTuple

from small_workspace import APPLICATION, BLOCKED, VELOCITY, WORDS, go_live, policy
from till_product import TILL, till

from tandem.act.lending import AccountBook, AccountId, LendingDesk, Paid, Request, draw, happen, open_account, terms_of
from tandem.act.limits import LimitDesk
from tandem.act.products import Shelf, quote
from tandem.decide.decisions import DecisionProcess, open_process
from tandem.kernel.artefacts import Artefact
from tandem.kernel.identity import Pseudonym, SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, Micros, date_to_days

TODAY: Final = date_to_days(date(2026, 7, 1))
CODES: Final = ("PAID_LATE", "USES_MUCH", "PAYS_WELL", "ALL_TOGETHER", "OWES_ELSEWHERE")
REASONS: Final = Artefact.of(
    "reasons",
    "words",
    {"reasons": dict.fromkeys(("BLOCKED", "MASS_APPLICATION", "TOO_YOUNG", "INFORMATION_MISSING", *CODES), WORDS)},
)
_SAYS: Final = {"source": "made up for tests", "as_of": "2026-06-01"}
STRATEGY: Final[dict[str, Any]] = {
    "product": "till_limit",
    "title": {"en": "Limits at the till", "zh-CN": "先买后付额度"},
    "steps": [
        {"step": "stop", "freeze": True},
        {"step": "down_half", "change_bps": -5_000},
        {"step": "stay"},
        {"step": "up_quarter", "change_bps": 2_500},
        {"step": "up_half", "change_bps": 5_000},
    ],
    "grades": [
        {"grade": "good", "when": "days_past_due = 0 AND paid_90_days_minor > 0", "pd": 0.01},
        {"grade": "fair", "when": "days_past_due <= 30", "pd": 0.05},
        {"grade": "poor", "pd": 0.5, "reason": "PAID_LATE"},
    ],
    "bands": [
        {"band": "light", "when": "utilisation < 0.5", "repaid": 0.4, "repaid_bad": 0.1, "drawn": 0.2, "drawn_bad": 0.3,
         "merit": "PAYS_WELL"},
        {"band": "heavy", "repaid": 0.2, "repaid_bad": 0.05, "drawn": 0.1, "drawn_bad": 0.2, "reason": "USES_MUCH",
         "merit": "PAYS_WELL"},
    ],
    "rules": [
        {"rule": "late", "when": "days_past_due > 30", "at_most": "stop", "reason": "PAID_LATE"},
        {"rule": "sound", "when": "days_past_due = 0 AND utilisation < 0.5", "at_least": "stay", "reason": "PAYS_WELL"},
        {"rule": "new", "when": "days_on_book < 60", "at_most": "stay", "reason": "ALL_TOGETHER"},
        {"rule": "elsewhere", "when": "other_debt_minor > 1000000", "at_most": "stay", "reason": "OWES_ELSEWHERE"},
    ],
    "economics": {"horizon_days": 90, "margin_bps": 1_500, "lgd_bps": 6_000, "limit_cost_bps": 10, **_SAYS},
    "response": {"scale": 1.0, "scale_bad": 1.0, **_SAYS},
    "constraints": {"loss_budget_bps": 500, "affordability": "limit_minor + paid_90_days_minor * 4", "growth_bps": 2_000},
    "cool_down": {"increase": 90, "decrease": 60},
    "notice_days": 30,
    "consent_days": 20,
    "hold_out": {"share": 0.2, "salt": "tests"},
    "bound_reason": "ALL_TOGETHER",
}  # fmt: skip


def strategy(**changes: Any) -> Artefact:
    """The strategy, changed."""
    return Artefact.of("limit_strategy", "till_limits", {**STRATEGY, **changes})


def product() -> Artefact:
    """The product whose limits move."""
    body = {key: value for key, value in TILL.items() if key != "name"}
    return Artefact.of("product", "till_limit", {**body, "policies": {"application": "application"}})


class MovingClock:
    """A clock that is set."""

    def __init__(self, day: int) -> None:
        self.day = day

    def now(self) -> Micros:
        """Noon of the day."""
        return Micros(self.day * DAY + DAY // 2)

    def monotonic_ns(self) -> int:
        """Nothing takes time."""
        return 0


class House(NamedTuple):
    """Everything that is open."""

    process: DecisionProcess
    clock: MovingClock
    lending: LendingDesk
    limits: LimitDesk


def account_id(number: int) -> AccountId:
    """The id of an account."""
    return AccountId(f"acc_{number}")


def owner(number: int) -> Pseudonym:
    """Whose it is."""
    return Pseudonym(f"{number:032x}")


def opened_house(folder: Any, *, accounts: int = 40, today: int = TODAY, **changes: Any) -> House:
    """A house with accounts: one in ten is 50 days late, half use little, the others much; most have paid."""
    clock = MovingClock(today)
    process = open_process(Settings(home=folder), "test", clock=clock, entropy=SeededEntropy(1))
    go_live(process, APPLICATION, VELOCITY, BLOCKED, REASONS, policy(), product(), strategy(**changes))
    terms = next(one.digest for one in process.live.carried if one.kind == "product")
    book = AccountBook(process, clock)
    for number in range(accounts):
        _account(book, number, terms, today)
    return reopened(process, clock)


def reopened(process: DecisionProcess, clock: MovingClock) -> House:
    """The desks anew, as after a start."""
    lending = LendingDesk(process, Shelf(process, clock), clock=clock, entropy=SeededEntropy(2))
    return House(process, clock, lending, LimitDesk(process, lending, clock=clock))


def _account(book: AccountBook, number: int, terms: Any, today: int) -> None:
    late = number % 10 == 9
    amount = 90_000 if number % 2 else 240_000
    one = account_id(number)
    drawn = today - (100 if late else 60)
    signed = terms_of(till(), quote(till(), amount_minor=amount, term=6, on=drawn))
    book.write(
        Request(
            key=f"o{number}", asked=number,
            change=lambda _: open_account(
                one, till(), terms, owner_kind="person", owner=owner(number), day=today - 150, by="ann", limit_minor=300_000
            ),
        )
    )  # fmt: skip
    book.write(
        Request(
            key=f"d{number}", asked=number,
            change=lambda accounts: draw(accounts.get(one), "tv", signed, by="ann"),
        )
    )  # fmt: skip
    if not late:
        fact = Paid(day=today - 20, amount_minor=60_000)
        book.write(
            Request(
                key=f"p{number}", asked=number,
                change=lambda accounts: happen(accounts.get(one), "tv", "p", fact, by="ann"),
            )
        )  # fmt: skip
