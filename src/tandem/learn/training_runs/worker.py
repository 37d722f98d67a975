"""The child process of a training: ``python -m tandem.learn.training_runs.worker FOLDER``."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import pyarrow as pa

from tandem.decide.models import encode_document
from tandem.learn.runs import Progress, run_child, write_atomically
from tandem.learn.training import Family, TrainingResult, TrainingStep, render_report, sensitive_column, train
from tandem.learn.training_runs.asking import spec_of
from tandem.learn.training_runs.comparing import compare_live
from tandem.learn.training_runs.reporting import DOCUMENT, LANGUAGES, PAGE, STEPS, TrainingReport
from tandem.learn.training_runs.runs import TrainingWork
from tandem.learn.training_runs.segments import segments_of
from tandem.learn.training_runs.sources import Material, material_of

__all__ = ["train_as_asked"]

_WHOLE: Final = 100
_READ, _CHECKED, _CHOSEN, _FITTED = 4, 10, 85, 92
_EFFORT: Final = {
    "scorecard": 1.0,
    "logistic": 0.7,
    "ebm": 6.0,
    "lightgbm": 3.0,
    "xgboost": 4.0,
    "catboost": 8.0,
    "network": 8.0,
    "blend": 0.2,
}
"""How long each family takes, roughly, beside the others."""


def train_as_asked(asked: bytes, folder: Path, progress: Progress) -> bytes:
    """Train; the report. Pages and documents go beside it."""
    work = msgspec.json.decode(asked, type=TrainingWork)
    progress(0, _WHOLE)
    given = material_of(work.place, test_share=work.asked.test_share)
    progress(_READ, _WHOLE)
    spec = spec_of(work.asked)
    result = train(given.rows, spec, given.test, told=_Story(folder, progress, spec.families))
    if given.boundary is not None:
        result = replace(result, split=replace(result.split, kind="out_of_time", boundary=given.boundary))
    for language in LANGUAGES:
        write_atomically(folder / PAGE.format(language=language), render_report(result, language).encode())
    for family, document in result.documents.items():
        write_atomically(folder / DOCUMENT.format(family=family), encode_document(document))
    report = _report(result, given, work)
    progress(_WHOLE, _WHOLE)
    return msgspec.json.encode(report)


def _report(result: TrainingResult, given: Material, work: TrainingWork) -> TrainingReport:
    hidden = frozenset(
        name
        for name in given.rows.column_names
        if (told := sensitive_column(name)) is not None and told.kind == "private"
    )
    test = given.test
    if test is None:
        test = given.rows.take(pa.array(np.asarray(result.target.rows)[result.split.test]))
    champion = result.test_log_odds[result.champion]
    return TrainingReport(
        champion=result.champion,
        figures=_without(result.figures(), hidden),
        segments=segments_of(test, result.columns, hidden, result.test_bad, champion),
        live=compare_live(
            work.live, test, result.target.name, result.target.positive, champion, str(result.data_digest)
        ),
    )


def _without(figures: dict[str, Any], hidden: frozenset[str]) -> dict[str, Any]:
    """``figures`` without the values of columns that name a person."""
    columns = [
        {**one, "levels": [], "low": None, "high": None, "quartiles": []} if one["name"] in hidden else one
        for one in figures["columns"]
    ]
    return {**figures, "columns": columns}


class _Story:
    """Writes down what training tells, and how far that is of the whole. Called from several threads."""

    def __init__(self, folder: Path, progress: Progress, families: Sequence[Family]) -> None:
        self._path = folder / STEPS
        self._progress = progress
        self._lock = threading.Lock()
        self._steps: dict[tuple[str, str | None], TrainingStep] = {}
        self._far = _READ
        whole = sum(_EFFORT[one] for one in families)
        ends = list(itertools.accumulate(_EFFORT[one] / whole for one in families))
        self._parts = {one: (end - _EFFORT[one] / whole, end) for one, end in zip(families, ends, strict=True)}

    def __call__(self, step: TrainingStep) -> None:
        with self._lock:
            self._steps[step.stage, step.family] = step
            write_atomically(self._path, msgspec.json.encode(tuple(self._steps.values())))
            self._far = max(self._far, self._reached(step))
            self._progress(self._far, _WHOLE)

    def _reached(self, step: TrainingStep) -> int:
        if step.stage == "checking":
            return _READ
        if step.family is not None:
            begin, end = self._parts[step.family]
            share = begin + (end - begin) * step.done / max(step.total, 1)
            return round(_CHECKED + share * (_CHOSEN - _CHECKED))
        return _CHOSEN if step.stage == "fitting" else _FITTED


if __name__ == "__main__":
    run_child(train_as_asked)
