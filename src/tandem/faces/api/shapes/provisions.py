"""Provisions: stages, expected loss and what moved since the run before. Amounts are whole minor units."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.products import ProductWords
from tandem.faces.api.shapes.vocabulary import DigestText, Instant, Name, Who

__all__ = [
    "AccountProvision",
    "LossScenario",
    "ProductLoss",
    "ProvisionAccounts",
    "ProvisionBook",
    "ProvisionPage",
    "ProvisionRulesShown",
    "ProvisionRunRequest",
    "ScenarioLoss",
    "StageReason",
    "StageShown",
]

_Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]


class StageShown(msgspec.Struct, kw_only=True):
    """The allowance of one stage since the run before; the parts sum to ``closing_minor``.

    Attributes:
        moved_in_minor, moved_out_minor: from and to other stages, as it stood before. new_minor: of accounts that had none.
        remeasured_minor: of those that stayed or came. derecognised_minor: of accounts that owe nothing any more.
        accounts, gross_minor: how many there are now, and what they owe.
    """

    stage: Literal[1, 2, 3]
    opening_minor: int
    moved_in_minor: int
    moved_out_minor: int
    new_minor: int
    remeasured_minor: int
    derecognised_minor: int
    closing_minor: int
    accounts: int
    gross_minor: int


class ScenarioLoss(msgspec.Struct, kw_only=True):
    """What would be expected to be lost in one scenario alone."""

    scenario: str
    loss_minor: int


class ProvisionBook(msgspec.Struct, kw_only=True):
    """All accounts in one currency."""

    currency: str
    allowance_minor: int
    gross_minor: int
    stages: list[StageShown]
    scenarios: list[ScenarioLoss]


class LossScenario(msgspec.Struct, kw_only=True):
    """A course of the economy: how likely, and what it does to probabilities and losses, in per cent."""

    scenario: str
    weight_pct: int
    pd_pct: int
    lgd_pct: int


class ProductLoss(msgspec.Struct, kw_only=True):
    """What is lost of what is owed at default, of one product; null: of every other."""

    product: Name | None
    lgd_bps: int


class ProvisionRulesShown(msgspec.Struct, kw_only=True):
    """The rules that hold today.

    Attributes:
        late_days, default_days: more days past due than this: stage 2, stage 3.
        pd_times_pct, pd_more_bps: as likely to default as so many per cent of what it was at opening, and so much more: stage 2.
        stage_2_days, stage_3_days, forborne_days: how long it counts after it was last seen.
        pd_bps: within twelve months, of who is not late, and 1-30, 31-60, 61-90 days late; model: whose probability counts
            instead while nothing is late.
        ccf_bps: how much of what may still be drawn is drawn by default.
    """

    name: Name
    digest: DigestText
    title: ProductWords
    since: _Day
    basis: list[str]
    late_days: int
    default_days: int
    pd_times_pct: int
    pd_more_bps: int
    stage_2_days: int
    stage_3_days: int
    forborne_days: int
    pd_bps: list[int]
    pd_model: str | None
    pd_source: str
    lgd: list[ProductLoss]
    lgd_source: str
    ccf_bps: int
    ccf_source: str
    revolving_months: int
    scenarios: list[LossScenario]


class ProvisionPage(msgspec.Struct, kw_only=True):
    """The last run; null and empty before the first one. ``in_force``: the rules that hold today; null where none do."""

    on: _Day | None
    run_at: Instant | None
    run_by: str | None
    rules: Name | None
    rules_digest: DigestText | None
    books: list[ProvisionBook]
    in_force: ProvisionRulesShown | None


class StageReason(msgspec.Struct, kw_only=True):
    """One reason for a stage above the first.

    Attributes:
        code: ``default``, ``late``: ``days`` past due; ``riskier``: ``pd_now`` against ``pd_open``; ``forborne``: scheduled anew ``on`` that day;
            ``stays``: a condition was last met ``on`` that day; ``seen_then``: one was met that does not show any more.
        until: the first day on which it does not count any more, if nothing else happens.
    """

    code: Literal["default", "late", "riskier", "forborne", "seen_then", "stays"]
    days: int | None
    pd_open: float | None
    pd_now: float | None
    on: _Day | None
    until: _Day | None


class AccountProvision(msgspec.Struct, kw_only=True):
    """An account as the last run left it.

    Attributes:
        on: the day of that run. stage: null of what owes nothing, or was never measured.
        reasons: none in stage 1. moved: it owes another amount than it did then; the next run measures it.
    """

    account_id: str
    number: int
    currency: str
    on: _Day | None
    stage: Literal[1, 2, 3] | None
    gross_minor: int
    allowance_minor: int
    reasons: list[StageReason]
    moved: bool


class ProvisionAccounts(msgspec.Struct, kw_only=True):
    """Accounts of one stage, the most to be lost first; ``count``: how many there are."""

    accounts: list[AccountProvision]
    count: int


class ProvisionRunRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Measure all accounts.

    Attributes:
        on: at the end of this day; left out: today, UTC.
        probabilities: of default within twelve months, by account id, from whoever grades them; of others the rules' own.
    """

    on: _Day | None = None
    probabilities: dict[str, Annotated[float, Meta(ge=0, le=1)]] = {}
    by: Who | None = None
