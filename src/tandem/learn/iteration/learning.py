"""Training and comparing: the champion's specification on new data, the plan's other candidates, and the paired comparison.

What judges is newer than anything that taught, for every candidate and for the champion, and mature; what was judged is the
very document that would be served.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pyarrow as pa

from tandem.decide.models import ModelDocument
from tandem.kernel.canonical import canonical_bytes
from tandem.kernel.errors import InvalidInput
from tandem.learn.iteration.day import DayWork
from tandem.learn.iteration.evidence import Comparison, compare, reason_to_try
from tandem.learn.iteration.feeds import DAY_COLUMN, bads_of
from tandem.learn.iteration.plan import CandidateSpec, IterationPlan
from tandem.learn.iteration.resting import due_for_refresh, looks_today, rests
from tandem.learn.iteration.states import StepRecord, Verdict
from tandem.learn.training import TrainingResult, TrainSpec, train

__all__ = [
    "Fitted",
    "compare_candidates",
    "first_model",
    "fitted",
    "named",
    "parts_of",
    "spec_of",
    "specs_of",
    "train_candidates",
]

REFIT = "refit"


def train_candidates(work: DayWork) -> StepRecord:
    """Fit every candidate on the days that teach; keep their documents."""
    if work.stopped:
        return StepRecord(step="train", verdict="skipped", facts={"codes": ["feed_refused"]})
    taught, judged = parts_of(work)
    bads = (int(bads_of(taught, work.plan.target).sum()), int(bads_of(judged, work.plan.target).sum()))
    facts: dict[str, Any] = {
        "rows": taught.num_rows,
        "bads": bads[0],
        "days": list(work.window.train),
        "test_rows": judged.num_rows,
        "test_bads": bads[1],
        "test_days": list(work.window.test),
    }
    if min(bads) < _FEWEST:
        return StepRecord(step="train", verdict="skipped", facts=facts | {"codes": ["too_few_bads"]})
    outputs: dict[str, str] = {}
    families: dict[str, str] = {}
    failed: dict[str, str] = {}
    for name, spec in specs_of(work.plan).items():
        try:
            found = fitted(work, taught, judged, spec)
        except InvalidInput as error:
            failed[name] = error.code
            continue
        outputs[name] = work.keep_model(found.document)
        families[name] = found.family
    facts |= {"families": families, "failed": failed}
    verdict: Verdict = "passed" if not failed else "noted" if outputs else "refused"
    return StepRecord(
        step="train",
        verdict=verdict,
        inputs={"rows": work.records["take"].outputs["rows"]},
        outputs=outputs,
        facts=facts,
    )


def compare_candidates(work: DayWork) -> StepRecord:
    """Hold every candidate against the champion; the best with a reason is chosen."""
    candidates = work.records["train"].outputs
    if not candidates:
        return StepRecord(step="compare", verdict="skipped", facts={"codes": ["nothing_trained"]})
    state, plan = work.state, work.plan
    judged = parts_of(work)[1]
    bad = bads_of(judged, plan.target)
    champion = work.log_odds(state.champion.model, judged)
    resting, free = rests(plan, state, work.day), state.flight is None
    early = not looks_today(plan, state, work.day)
    look = state.looks + 1
    found = {
        name: compare(bad, champion, work.log_odds(digest, judged), plan.evidence, look)
        for name, digest in candidates.items()
    }
    chosen, why, rules = _choose(found, plan, due=due_for_refresh(plan, state, work.day))
    counts = free and not resting and not early
    facts = {
        "candidates": {name: msgspec.to_builtins(one) for name, one in found.items()},
        "rules": rules,
        "chosen": chosen if counts else None,
        "why": why if counts else None,
        "look": look,
        "counts": counts,
        "codes": ["one_at_a_time"] if not free else ["resting"] if resting else ["no_look_today"] if early else [],
    }
    report = work.setting.store.keep(canonical_bytes(facts))
    inputs = {"champion": state.champion.model, **candidates}
    return StepRecord(step="compare", verdict="passed", inputs=inputs, outputs={"report": report}, facts=facts)


def spec_of(plan: IterationPlan, candidate: CandidateSpec | None = None) -> TrainSpec:
    """How a candidate is trained; None: the refit."""
    asked = candidate or CandidateSpec(name="x", families=plan.families, preset=plan.preset, monotone=plan.monotone)
    return TrainSpec(
        target=plan.target,
        positive="true",
        name=plan.model,
        families=asked.families,
        preset=asked.preset,
        monotone=asked.monotone,
        seed=plan.seed,
        folds=plan.folds,
    )


class Fitted(msgspec.Struct, frozen=True):
    """A candidate's document, under the plan's name and bound to the live features, and its family."""

    document: ModelDocument
    family: str


def fitted(work: DayWork, taught: pa.Table, judged: pa.Table, spec: TrainSpec) -> Fitted:
    """Fit ``spec`` on the rows that teach; the same rows give the same document.

    Raises:
        InvalidInput: the rows cannot be learned from.
    """
    result = train(taught, spec, judged)
    return Fitted(work.setting.desk.bind(named(result.document, work.plan.model)), result.champion)


def first_model(plan: IterationPlan, table: pa.Table) -> TrainingResult:
    """A first champion by the plan's own specification, from rows whose outcome is known: a start like any later day.

    Raises:
        InvalidInput: the rows cannot be learned from.
    """
    result = train(table.select([*plan.inputs, plan.target]), spec_of(plan))
    documents = {family: named(document, plan.model) for family, document in result.documents.items()}
    return replace(result, documents=documents)


def named(document: ModelDocument, name: str) -> ModelDocument:
    """The document under the name of the plan's model, whatever family it is of."""
    return msgspec.structs.replace(document, metadata=msgspec.structs.replace(document.metadata, name=name))


_FEWEST = 20
"""Bad outcomes below which nothing can be fitted or judged."""


def specs_of(plan: IterationPlan) -> dict[str, TrainSpec]:
    """How every candidate is trained, by name; the refit is the first."""
    return {REFIT: spec_of(plan), **{one.name: spec_of(plan, one) for one in plan.candidates}}


def parts_of(work: DayWork) -> tuple[pa.Table, pa.Table]:
    """The rows that teach and the rows that judge, with nothing but inputs and outcome."""
    columns = [*work.inputs(work.rows.mature.column_names), work.plan.target]
    read = work.rows.mature.select([*columns, DAY_COLUMN])
    return (
        work.between(read, work.window.train).select(columns),
        work.between(read, work.window.test).select(columns),
    )


def _choose(
    found: dict[str, Comparison], plan: IterationPlan, *, due: bool
) -> tuple[str | None, str | None, dict[str, str]]:
    """The candidate with the greatest difference among those with a reason; of equals the first, which is the refit."""
    reasons = {name: reason_to_try(one, plan.evidence, due=due) for name, one in found.items()}
    rules = {name: rule for name, (_, rule) in reasons.items()}
    able = [name for name, (reason, _) in reasons.items() if reason is not None]
    if not able:
        return None, None, rules
    chosen = max(able, key=lambda name: found[name].difference)
    return chosen, reasons[chosen][0], rules
