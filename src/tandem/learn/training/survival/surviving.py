"""From a table of accounts to a served hazard and the evidence for it.

The same order as in every training: outcome, split, profile; then everything that learns looks at training accounts only; the test
is used once, at the end, and what is judged there is the served document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import msgspec
import numpy as np
import pyarrow as pa

from tandem.decide.models import Metadata, ModelInput, PlattCalibration, Trees, from_lightgbm
from tandem.kernel.canonical import digest_of
from tandem.kernel.errors import InvalidInput
from tandem.kernel.identity import Digest
from tandem.learn.training.arrays import FloatArray, IntArray
from tandem.learn.training.documents import scaling_of
from tandem.learn.training.frame import CategoricalColumn
from tandem.learn.training.instants import instants_of
from tandem.learn.training.profile import conform, profile_table
from tandem.learn.training.provenance import data_digest, environment
from tandem.learn.training.reasons import reason_codes
from tandem.learn.training.serving import check_parity, served_log_odds
from tandem.learn.training.spec import ReasonText
from tandem.learn.training.splitting import hold_out, out_of_time
from tandem.learn.training.survival.curves import default_by
from tandem.learn.training.survival.estimating import kaplan_meier
from tandem.learn.training.survival.fitting import HazardFit, fit_hazard
from tandem.learn.training.survival.judging import SurvivalFigures, judge_curves
from tandem.learn.training.survival.periods import PERIOD
from tandem.learn.training.survival.spec import SurvivalSpec
from tandem.learn.training.survival.spells import Spells, read_spells
from tandem.learn.training.target import require_column

__all__ = ["FEWEST_AT_RISK", "SurvivalResult", "train_survival"]

FEWEST_AT_RISK: Final = 100
"""Fewer accounts watched than this, and a period's hazard is an anecdote."""


@dataclass(frozen=True, slots=True)
class SurvivalResult:
    """What training found.

    Attributes:
        spec: what was asked; ``horizon`` periods are predicted.
        document: the served hazard; it reads ``period`` beside the account's inputs.
        split: ``out_of_time`` or ``random_hold_out``.
        test: the document's curves against what happened to the test accounts.
        curves: probability of default by the end of each period, test accounts by periods.
        reasons: one per input.
        digest: over the data and the document; same data, same seed, same digest.
    """

    spec: SurvivalSpec
    horizon: int
    document: Trees
    split: str
    train_accounts: int
    test: SurvivalFigures
    curves: FloatArray
    reasons: dict[str, ReasonText]
    digest: Digest

    def figures(self) -> dict[str, Any]:
        """All figures as plain JSON values."""
        return {
            "split": self.split,
            "horizon": self.horizon,
            "unit": self.spec.unit,
            "train_accounts": self.train_accounts,
            "test": {**msgspec.to_builtins(self.test), "gain": self.test.gain},
            "digest": self.digest,
        }


def train_survival(table: pa.Table, spec: SurvivalSpec) -> SurvivalResult:
    """Train a hazard on ``table``, one row per account.

    Raises:
        InvalidInput: the table or an option cannot be used; field, value and hint say why.
    """
    if PERIOD in table.column_names:
        raise InvalidInput(
            "A hazard reads an input of this name of its own.", code="reserved_column", field="table", value=PERIOD,
            hint="rename the column",
        )  # fmt: skip
    spells = read_spells(table, spec.event, spec.duration, spec.positive)
    watched = table.take(pa.array(spells.rows))
    kind, learning, testing = _split(watched, spells, spec)
    taught, tested = spells.take(learning), spells.take(testing)
    horizon = _horizon(taught, spec)
    frame = profile_table(watched.take(pa.array(learning)), _reserved(spec)).frame
    fit = fit_hazard(frame, taught, horizon, spec.plain)
    reasons = reason_codes(fit.frame.names, spec.reasons)
    fingerprint = data_digest(table)
    document = _document(fit, spec, taught, horizon, reasons, fingerprint)
    check_parity({"lightgbm": fit.log_odds(fit.frame)}, {"lightgbm": served_log_odds(document, fit.frame)})
    curves = default_by(document, conform(watched.take(pa.array(testing)), frame), horizon)
    return SurvivalResult(
        spec=spec,
        horizon=horizon,
        document=document,
        split=kind,
        train_accounts=len(taught),
        test=judge_curves(tested, curves, kaplan_meier(taught, horizon)),
        curves=curves,
        reasons=reasons,
        digest=digest_of([fingerprint, digest_of(document)]),
    )


def _split(table: pa.Table, spells: Spells, spec: SurvivalSpec) -> tuple[str, IntArray, IntArray]:
    if spec.time is None:
        return "random_hold_out", *hold_out(spells.event, spec.test_share, spec.seed)
    instants = instants_of(spec.time, require_column(table, spec.time, "time"))
    learning, testing = out_of_time(instants, spec.test_share)
    for part, rows in (("before", learning), ("from", testing)):
        if not spells.event[rows].any():
            raise InvalidInput(
                f"No account {part} the out-of-time boundary went bad.", code="time_split_impossible",
                field=spec.time, value=f"{rows.size} accounts",
                hint="give a longer period, another test share, or leave --time away",
            )  # fmt: skip
    return "out_of_time", learning, testing


def _horizon(spells: Spells, spec: SurvivalSpec) -> int:
    """The periods that can be learned: those in which enough accounts were watched."""
    at_risk = kaplan_meier(spells, int(spells.duration.max())).at_risk
    longest = int(np.count_nonzero(at_risk >= FEWEST_AT_RISK))
    if spec.horizon is None and longest:
        return longest
    if spec.horizon is None or spec.horizon > longest:
        raise InvalidInput(
            f"Only {longest} periods have {FEWEST_AT_RISK} or more accounts that were watched in them.",
            code="horizon_too_long" if longest else "too_few_accounts",
            field="horizon",
            value=spec.horizon,
            hint=f"ask for at most {longest}" if longest else "gather more accounts",
        )
    return spec.horizon


def _reserved(spec: SurvivalSpec) -> dict[str, str]:
    reserved = dict.fromkeys(spec.forbid, "forbidden") | dict.fromkeys(spec.id, "id")
    if spec.time is not None:
        reserved[spec.time] = "time"
    return reserved | {spec.event: "target", spec.duration: "target"}


def _document(
    fit: HazardFit, spec: SurvivalSpec, taught: Spells, horizon: int, reasons: dict[str, ReasonText], data: Digest
) -> Trees:
    metadata = Metadata(
        name=f"{spec.name}_hazard",
        target=spec.event,
        adverse=taught.positive,
        data_digest=data,
        seed=spec.seed,
        rows=len(taught),
        adverse_rows=int(taught.event.sum()),
        environment=environment(),
        metrics={"log_loss_out_of_fold": fit.trial.log_loss},
        parameters={
            "horizon": str(horizon),
            "unit": spec.unit,
            "duration": spec.duration,
            "detail": f"{fit.trial.settings.name}, {fit.trial.rounds} rounds",
        },
        note="Log-odds of going bad within the period that is given, of accounts that were good until then.",
    )
    inputs = [
        ModelInput(
            name=column.name,
            type="categorical" if isinstance(column, CategoricalColumn) else "numeric",
            categories=column.levels if isinstance(column, CategoricalColumn) else (),
            reason=reasons[column.name].code,
        )
        for column in fit.frame.columns
    ]
    calibration = PlattCalibration(slope=fit.platt.slope, intercept=fit.platt.intercept)
    return from_lightgbm(fit.booster, metadata, inputs, calibration=calibration, scaling=scaling_of(spec.points))
