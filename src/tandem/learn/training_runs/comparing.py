"""The champion beside the live models, on the same test rows, paired."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import pyarrow as pa

from tandem.decide.models import load_model
from tandem.kernel.errors import TandemError
from tandem.learn.training import Evaluation, FloatArray, auc_difference, evaluate, model_figures

__all__ = ["LiveComparison", "LiveModel", "compare_live"]


class LiveModel(msgspec.Struct, frozen=True, kw_only=True):
    """A model that is in force."""

    name: str
    digest: str
    document: dict[str, Any]


class LiveComparison(msgspec.Struct, frozen=True, kw_only=True):
    """A live model on the test rows.

    Attributes:
        figures: of the live model; None where it cannot score these rows.
        difference, low, high: AUC of the champion minus its own, with a paired 95 % interval.
        learned_from: whether it was trained on this very table, so that it may know the test rows.
        missing: inputs that the table has not.
        why: what else stood in the way.
    """

    name: str
    digest: str
    figures: dict[str, Any] | None = None
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    learned_from: bool = False
    missing: tuple[str, ...] = ()
    why: str = ""


def compare_live(
    models: Sequence[LiveModel], test: pa.Table, target: str, positive: str, champion: FloatArray, data_digest: str
) -> tuple[LiveComparison, ...]:
    """Each of ``models`` on the rows of ``test``; ``champion`` is the champion's log-odds on them.

    Those that share no input with the table are left out: they are about something else.
    """
    found = []
    for one in models:
        model = load_model(one.document)
        missing = tuple(name for name in model.reads if name not in test.column_names)
        if len(missing) == len(model.reads):
            continue
        base = LiveComparison(name=one.name, digest=one.digest, missing=missing)
        if not missing:
            try:
                base = _compared(base, evaluate(model, test, target, positive), champion)
            except TandemError as error:
                base = msgspec.structs.replace(base, why=error.detail)
            learned = model.document.metadata.data_digest == data_digest
            base = msgspec.structs.replace(base, learned_from=learned)
        found.append(base)
    return tuple(found)


def _compared(base: LiveComparison, judged: Evaluation, champion: FloatArray) -> LiveComparison:
    lead = auc_difference(judged.bad, champion, judged.log_odds)
    return msgspec.structs.replace(
        base, figures=model_figures(judged.figures), difference=lead.value, low=lead.low, high=lead.high
    )
