"""From a table and a target to a champion model, its rivals, and the evidence.

The order matters and is always the same: outcome, split, profile; then everything that learns looks at training rows
only; the test is used once, at the end, to judge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from tandem.decide.models import ModelDocument
from tandem.kernel.canonical import digest_of
from tandem.kernel.errors import InvalidInput
from tandem.kernel.identity import Digest
from tandem.learn.training.arrays import FloatArray, IntArray
from tandem.learn.training.checks import check_columns, check_periods, check_rows, check_split
from tandem.learn.training.developing import Developed, develop
from tandem.learn.training.documents import documents_of
from tandem.learn.training.engines import check_engines
from tandem.learn.training.findings import Findings
from tandem.learn.training.frame import Frame
from tandem.learn.training.instants import instants_of
from tandem.learn.training.judging import ModelFigures, judge
from tandem.learn.training.profile import ColumnProfile, conform, profile_table
from tandem.learn.training.provenance import data_digest
from tandem.learn.training.reasons import reason_codes
from tandem.learn.training.serving import check_parity, served_log_odds
from tandem.learn.training.spec import Family, ReasonText, TrainSpec
from tandem.learn.training.splitting import hold_out, out_of_time
from tandem.learn.training.target import FEWEST_BADS, Target, outcomes_of, read_target, require_column
from tandem.learn.training.telling import Told, TrainingStep, silent

__all__ = ["Split", "TrainingResult", "train"]


@dataclass(frozen=True, slots=True)
class Split:
    """How test rows were set apart: ``out_of_time``, ``random_hold_out`` or ``given`` (a table of their own).

    ``train`` and ``test`` are row numbers among the labelled rows; ``boundary`` is the first instant of the test.
    """

    kind: str
    train: IntArray
    test: IntArray
    boundary: int | None = None


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """Everything training found.

    Attributes:
        spec: what was asked.
        target: the outcome column, and which value is bad.
        columns: profile of every column, in table order.
        findings: what a person should know.
        split: which rows taught and which tested.
        developed: the fitted models and the tournament, out of fold on training rows.
        documents: the served form of every family.
        test: figures of every family on the test rows.
        test_frame, test_bad, test_log_odds: the test rows themselves, scored by the documents, for further questions.
        served_apart: largest difference between fitted and served log-odds on the test rows.
        reasons: one per input.
        data_digest: over the table.
        digest: over the data and the documents; same data, same seed, same digest.
    """

    spec: TrainSpec
    target: Target
    columns: tuple[ColumnProfile, ...]
    findings: Findings
    split: Split
    developed: Developed
    documents: dict[Family, ModelDocument]
    test: dict[Family, ModelFigures]
    test_frame: Frame
    test_bad: FloatArray
    test_log_odds: dict[Family, FloatArray]
    served_apart: float
    reasons: dict[str, ReasonText]
    data_digest: Digest
    digest: Digest

    @property
    def champion(self) -> Family:
        """The family that won."""
        return self.developed.choice.champion

    @property
    def document(self) -> ModelDocument:
        """The champion's document."""
        return self.documents[self.champion]

    def figures(self) -> dict[str, Any]:
        """All figures as plain JSON values."""
        from tandem.learn.training.figures import figures_of

        return figures_of(self)


def train(table: pa.Table, spec: TrainSpec, test: pa.Table | None = None, *, told: Told = silent) -> TrainingResult:
    """Train on ``table`` as ``spec`` asks; ``test`` is a test set of one's own, in the same layout.

    ``told`` hears how far it is.

    Raises:
        InvalidInput: the table, the target or an option cannot be used; field, value and hint say why.
    """
    check_engines(spec)
    _check_names(table, spec)
    told(TrainingStep(stage="checking"))
    target = read_target(table, spec.target, spec.positive)
    labelled = table.take(pa.array(target.rows)) if target.unlabelled else table
    split = _split(labelled, target, spec, given=test is not None)
    learning = labelled.take(pa.array(split.train)) if split.test.size else labelled
    bad = target.bad[split.train]
    profile, findings = check_columns(profile_table(learning, _reserved(spec)), bad, learning, spec)
    test_table = labelled.take(pa.array(split.test)) if test is None else test
    test_bad = outcomes_of(test_table, target)
    known = ~np.isnan(test_bad)
    if not known.any():
        raise InvalidInput(
            "The test table holds no row with an outcome.", code="test_empty", field="test", hint="check the table"
        )
    test_frame, test_bad = conform(test_table.filter(pa.array(known)), profile.frame), test_bad[known]
    findings += check_rows(learning, bad, spec) + check_split(profile.frame, test_frame)
    instants = None
    if spec.time is not None:
        instants = instants_of(spec.time, require_column(learning, spec.time, "time"))
        findings += check_periods(profile.frame, instants)
    developed = develop(profile.frame, bad, spec, instants, told)
    told(TrainingStep(stage="judging"))
    reasons = reason_codes(profile.frame.names, spec.reasons)
    fingerprint = data_digest(table)
    documents = documents_of(developed, profile.frame, bad, spec, target, reasons, fingerprint)
    scores = {family: served_log_odds(document, test_frame) for family, document in documents.items()}
    apart = check_parity(developed.log_odds(test_frame), scores)
    return TrainingResult(
        spec=spec,
        target=target,
        columns=profile.columns,
        findings=findings,
        split=split,
        developed=developed,
        documents=documents,
        test={f: judge(test_bad, s, developed.choice.candidate(f).log_odds) for f, s in scores.items()},
        test_frame=test_frame,
        test_bad=test_bad,
        test_log_odds=scores,
        served_apart=apart,
        reasons=reasons,
        data_digest=fingerprint,
        digest=digest_of([fingerprint, {family: digest_of(document) for family, document in documents.items()}]),
    )


def _check_names(table: pa.Table, spec: TrainSpec) -> None:
    for name in table.column_names:
        require_column(table, name, "table")
    for field, names in (("id", spec.id), ("forbid", spec.forbid)):
        for name in names:
            require_column(table, name, field)


def _reserved(spec: TrainSpec) -> dict[str, str]:
    reserved = dict.fromkeys(spec.forbid, "forbidden") | dict.fromkeys(spec.id, "id")
    if spec.time is not None:
        reserved[spec.time] = "time"
    return reserved | {spec.target: "target"}


def _split(labelled: pa.Table, target: Target, spec: TrainSpec, *, given: bool) -> Split:
    if given:
        return Split("given", np.arange(labelled.num_rows), np.empty(0, dtype=np.int64))
    if spec.time is None:
        return Split("random_hold_out", *hold_out(target.bad, spec.test_share, spec.seed))
    instants = instants_of(spec.time, require_column(labelled, spec.time, "time"))
    train_rows, test_rows = out_of_time(instants, spec.test_share)
    for part, rows, fewest in (("before", train_rows, FEWEST_BADS // 2), ("from", test_rows, 1)):
        bads = int(target.bad[rows].sum())
        if min(bads, rows.size - bads) < fewest:
            raise InvalidInput(
                f"The rows {part} the out-of-time boundary hold too few of an outcome: {bads} bad of {rows.size}.",
                code="time_split_impossible",
                field=spec.time,
                value=f"{rows.size} rows",
                hint="give a longer period, another test share, or leave --time away for a random hold-out",
            )
    return Split("out_of_time", train_rows, test_rows, int(instants[test_rows].min()))
