"""The gates that a challenger passes before it is even computed beside the champion.

Only the chosen one is judged, on rows that neither model learned from; it is trained a second time to show that it can be, and
once more on rows drawn with replacement to show how much of it is luck.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

import msgspec
import numpy as np
import pyarrow as pa

from tandem.kernel.canonical import canonical_bytes
from tandem.kernel.time import DAY, Micros
from tandem.learn.gates import ChallengerLimits, fairness_pack, judge_challenger
from tandem.learn.gates import Evidence as GateEvidence
from tandem.learn.iteration.day import DayWork
from tandem.learn.iteration.evidence import Reason
from tandem.learn.iteration.feeds import bads_of
from tandem.learn.iteration.gating import finding_facts
from tandem.learn.iteration.learning import fitted, parts_of, specs_of
from tandem.learn.iteration.plan import IterationPlan
from tandem.learn.iteration.resting import days_apart
from tandem.learn.iteration.states import StepRecord
from tandem.learn.iteration.store import read_run
from tandem.learn.training import texts_of

__all__ = ["check", "limits_of"]

_PURPOSES: Final[Mapping[Reason, Literal["better", "calibration", "refresh"]]] = {
    "better": "better",
    "repair": "calibration",
    "age": "refresh",
}


def check(work: DayWork) -> StepRecord:
    """Judge the chosen candidate; one that is refused does not set out."""
    compared = work.records["compare"].facts
    name = compared.get("chosen")
    if name is None or work.rows.traffic.num_rows == 0:
        return StepRecord(step="check", verdict="skipped", facts={"codes": ["nobody_chosen"]})
    champion, digest = work.state.champion.model, work.records["train"].outputs[name]
    evidence = _evidence(work, name, compared["why"], compared["look"])
    documents = (work.model(champion).document, work.model(digest).document)
    report = judge_challenger(*documents, evidence, limits_of(work.plan))
    return StepRecord(
        step="check",
        verdict="refused" if not report.passed else "noted" if report.warnings else "passed",
        inputs={"challenger": digest, "champion": champion},
        outputs={"report": work.setting.store.keep(canonical_bytes(report))},
        facts={
            "challenger": name,
            "codes": list(report.codes),
            "findings": [finding_facts(one) for one in (*report.hard, *report.warnings)],
        },
    )


def limits_of(plan: IterationPlan) -> ChallengerLimits:
    """The limits of the gates, with what the plan says of evidence and age in one place only."""
    evidence, age = plan.evidence, 180 if plan.envelope is None else plan.envelope.champion_age_days
    return msgspec.structs.replace(
        plan.gates.challenger,
        margin=evidence.margin,
        fewest_bads=evidence.minimum_bads,
        alpha=evidence.alpha,
        ratio_apart=evidence.calibration,
        refresh_age=Micros(age * DAY),
        fairness=fairness_pack(plan.gates.fairness) if plan.gates.fairness else plan.gates.challenger.fairness,
    )


def _evidence(work: DayWork, name: str, why: Reason, look: int) -> GateEvidence:
    taught, judged = parts_of(work)
    whole = work.between(work.rows.mature, work.window.test)
    spec = specs_of(work.plan)[name]
    return GateEvidence(
        traffic=work.rows.traffic,
        matured=judged,
        bad=bads_of(judged, work.plan.target),
        training=taught,
        training_bad=bads_of(taught, work.plan.target),
        cut=work.plan.approve_below,
        segments=_texts(whole, work.plan.segments),
        groups=_texts(work.rows.traffic, work.plan.groups),
        retrained=fitted(work, taught, judged, spec).document,
        refits=(fitted(work, _drawn(taught, work.plan.seed), judged, spec).document,),
        look=look,
        purpose=_PURPOSES[why],
        champion_age=Micros(days_apart(work.state.champion.since, work.day) * DAY),
        champion_shown=_shown(work),
    )


def _shown(work: DayWork) -> float | None:
    """The lower bound of the champion's AUC on the first day it was watched with enough bads; None: today is that day."""
    store, state = work.setting.store, work.state
    for day, run in store.days(work.plan.name):
        if state.champion.since <= day < work.day:
            watched = read_run(store, run).step("watch")
            if watched.inputs.get("champion") != state.champion.model:
                continue
            doing = watched.facts["champion"]
            if doing["bads"] >= work.plan.evidence.minimum_bads and "value" in doing:
                return float(doing["value"][1])
    return None


def _texts(table: pa.Table, names: tuple[str, ...]) -> dict[str, list[str | None]]:
    return {name: list(texts_of(table.column(name))) for name in names if name in table.column_names}


def _drawn(table: pa.Table, seed: int) -> pa.Table:
    """As many rows, drawn with replacement: what another month of the same kind might have shown."""
    rows = np.random.default_rng(seed).integers(0, table.num_rows, table.num_rows)
    return table.take(pa.array(np.sort(rows)))
