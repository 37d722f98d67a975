"""Provision rules: how accounts are staged and what is expected to be lost, as one document with its sources, never as code."""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec
import numpy as np
from msgspec import Meta

from tandem.act.products import Day, Words
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import DefinitionError, TandemError
from tandem.kernel.identity import Digest
from tandem.kernel.time import parse_date

__all__ = ["Lgd", "Pd", "ProvisionRules", "Scenario", "Staging", "parse_rules", "rules_of"]

_Bps: Final = Meta(ge=0, le=10_000)
_WHOLE: Final = 10_000
_BUCKETS: Final = 4


class Staging(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When credit risk has increased significantly, when an account is in default, and how long that is remembered.

    Attributes:
        late_days, default_days: more days past due than this: stage 2, stage 3 (the backstops of IFRS 9 5.5.11, B5.5.37).
        pd_times_pct, pd_more_bps: the probability of default is at least so many times, in per cent, and so much more than
            it was when the account was opened; both together.
        stage_2_days, stage_3_days: days that an account stays there after it was last seen to meet the condition.
        forborne_days: days that a new schedule counts as an increase of risk.
    """

    late_days: Annotated[int, Meta(ge=0, le=89)] = 30
    default_days: Annotated[int, Meta(ge=1, le=360)] = 90
    pd_times_pct: Annotated[int, Meta(ge=100, le=10_000)] = 200
    pd_more_bps: Annotated[int, _Bps] = 100
    stage_2_days: Annotated[int, Meta(ge=0, le=1_000)] = 90
    stage_3_days: Annotated[int, Meta(ge=0, le=1_000)] = 90
    forborne_days: Annotated[int, Meta(ge=0, le=2_000)] = 365


class Pd(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Probabilities of default within twelve months. One of ``by_bucket_bps`` and ``monthly_bps``.

    Attributes:
        by_bucket_bps: of accounts that are not late, 1 to 30, 31 to 60 and 61 to 90 days late.
        monthly_bps: how accounts move between these buckets and default in a month, a row for each bucket; a row sums to
            10,000. Default is where they stay.
        model: whose probability in the decision that opened an account counts while it is not late; None: the bucket's.
    """

    source: Annotated[str, Meta(min_length=1, max_length=500)]
    by_bucket_bps: tuple[Annotated[int, _Bps], ...] | None = None
    monthly_bps: tuple[tuple[Annotated[int, _Bps], ...], ...] | None = None
    model: str | None = None

    def yearly(self) -> np.ndarray:
        """The probability of default within twelve months of each bucket."""
        if self.by_bucket_bps is not None:
            return np.asarray(self.by_bucket_bps) / _WHOLE
        monthly = np.zeros((_BUCKETS + 1, _BUCKETS + 1))
        monthly[:_BUCKETS] = np.asarray(self.monthly_bps) / _WHOLE
        monthly[_BUCKETS, _BUCKETS] = 1.0
        reached: np.ndarray = np.linalg.matrix_power(monthly, 12)[:_BUCKETS, _BUCKETS]
        return reached


class Lgd(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is lost of what is owed at default, by product, in basis points."""

    source: Annotated[str, Meta(min_length=1, max_length=500)]
    otherwise_bps: Annotated[int, _Bps]
    products: dict[str, Annotated[int, _Bps]] = {}

    def of(self, product: str) -> float:
        """Of one product, as a share."""
        return self.products.get(product, self.otherwise_bps) / _WHOLE


class Scenario(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A course of the economy: how likely, and what it does to probabilities and losses, in per cent."""

    scenario: Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,39}$")]
    weight_pct: Annotated[int, Meta(ge=0, le=100)]
    pd_pct: Annotated[int, Meta(ge=0, le=1_000)] = 100
    lgd_pct: Annotated[int, Meta(ge=0, le=1_000)] = 100


class ProvisionRules(msgspec.Struct, frozen=True, kw_only=True):
    """One version of the rules.

    Attributes:
        since: the first day they hold. basis: where they come from, for auditors.
        ccf_bps: how much of what may still be drawn is drawn by default. revolving_months: how long a limit is looked
            ahead in stage 2.
        scenarios: their weights sum to 100.
    """

    name: str
    digest: Digest
    title: Words
    since: Day
    basis: tuple[str, ...]
    staging: Staging
    pd: Pd
    lgd: Lgd
    ccf_bps: int
    ccf_source: str
    revolving_months: int
    scenarios: tuple[Scenario, ...]


class _Document(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    name: str
    title: Words
    since: str
    basis: Annotated[tuple[Annotated[str, Meta(min_length=1, max_length=500)], ...], Meta(min_length=1, max_length=50)]
    pd: Pd
    lgd: Lgd
    staging: Staging = Staging()
    ccf_bps: Annotated[int, _Bps] = 0
    ccf_source: Annotated[str, Meta(max_length=500)] = ""
    revolving_months: Annotated[int, Meta(ge=1, le=120)] = 12
    scenarios: Annotated[tuple[Scenario, ...], Meta(min_length=1, max_length=20)] = (
        Scenario(scenario="base", weight_pct=100),
    )


def parse_rules(document: Any, digest: Digest) -> ProvisionRules:
    """The rules that ``document`` describes.

    Raises:
        DefinitionError: names the field, the value and what to do.
    """
    try:
        read = msgspec.convert(document, _Document)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `$")
        raise _wrong(
            f"{words}.", place.rstrip("`").removeprefix(".") or None, None, "see docs/reference/provisions.md"
        ) from None
    weights = sum(one.weight_pct for one in read.scenarios)
    if weights != 100:
        raise _wrong("Weights of scenarios sum to 100.", "scenarios", weights, "change a weight_pct")
    names = [one.scenario for one in read.scenarios]
    if len(set(names)) != len(names):
        raise _wrong("Each scenario has a name of its own.", "scenarios", ", ".join(names), "rename one")
    if read.staging.late_days >= read.staging.default_days:
        raise _wrong(
            "An account is late before it is in default.",
            "staging.late_days",
            read.staging.late_days,
            "below default_days",
        )
    if read.ccf_bps and not read.ccf_source:
        raise _wrong("Where does this come from?", "ccf_source", None, "say who found it, or leave ccf_bps out")
    _check_pd(read.pd)
    try:
        since = parse_date(read.since)
    except TandemError as error:
        raise _wrong(error.detail, "since", read.since, error.hint or "") from None
    return ProvisionRules(
        name=read.name, digest=digest, title=read.title, since=since, basis=read.basis, staging=read.staging, pd=read.pd,
        lgd=read.lgd, ccf_bps=read.ccf_bps, ccf_source=read.ccf_source, revolving_months=read.revolving_months,
        scenarios=read.scenarios,
    )  # fmt: skip


def rules_of(artefact: Artefact) -> ProvisionRules:
    """The rules in ``artefact``.

    Raises:
        DefinitionError: as ``parse_rules``, with the artefact's name.
    """
    try:
        return parse_rules({**artefact.body, "name": artefact.name}, artefact.digest)
    except TandemError as error:
        error.at = str(artefact.key)
        raise


def _check_pd(pd: Pd) -> None:
    if (pd.by_bucket_bps is None) == (pd.monthly_bps is None):
        raise _wrong("Probabilities or a monthly matrix?", "pd", None, "give one of by_bucket_bps and monthly_bps")
    if pd.by_bucket_bps is not None:
        if len(pd.by_bucket_bps) != _BUCKETS or list(pd.by_bucket_bps) != sorted(pd.by_bucket_bps):
            raise _wrong(
                "Four buckets, none safer than the one before.", "pd.by_bucket_bps", list(pd.by_bucket_bps),
                "not late, 1-30, 31-60 and 61-90 days",
            )  # fmt: skip
        return
    for number, row in enumerate(pd.monthly_bps or ()):
        if len(row) != _BUCKETS + 1 or sum(row) != _WHOLE:
            raise _wrong(
                "A row has four buckets and default, and sums to 10000.",
                f"pd.monthly_bps[{number}]",
                sum(row),
                "change the row",
            )
    if len(pd.monthly_bps or ()) != _BUCKETS:
        raise _wrong(
            "A row for each of four buckets.", "pd.monthly_bps", len(pd.monthly_bps or ()), "default needs none"
        )


def _wrong(words: str, field: str | None, value: object, hint: str) -> DefinitionError:
    return DefinitionError(words, code="invalid_provision_rules", field=field, value=value, hint=hint)
