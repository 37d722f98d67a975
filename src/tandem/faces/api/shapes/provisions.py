"""Provisions: stages, expected loss and what moved since the run before. Amounts are whole minor units."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.vocabulary import DigestText, Instant, Name, Who

__all__ = ["ProvisionBook", "ProvisionPage", "ProvisionRunRequest", "ScenarioLoss", "StageShown"]

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


class ProvisionPage(msgspec.Struct, kw_only=True):
    """The last run; null and empty before the first one."""

    on: _Day | None
    run_at: Instant | None
    run_by: str | None
    rules: Name | None
    rules_digest: DigestText | None
    books: list[ProvisionBook]


class ProvisionRunRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Measure all accounts.

    Attributes:
        on: at the end of this day; left out: today, UTC.
        probabilities: of default within twelve months, by account id, from whoever grades them; of others the rules' own.
    """

    on: _Day | None = None
    probabilities: dict[str, Annotated[float, Meta(ge=0, le=1)]] = {}
    by: Who | None = None
