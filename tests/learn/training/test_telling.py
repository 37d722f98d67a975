"""What a training tells as it goes, and that telling changes nothing."""

from __future__ import annotations

import threading

from tandem.learn.training import TrainingStep, TrainSpec, train

SPEC = TrainSpec(target="outcome", positive="2", folds=2, name="told")


def test_every_stage_and_family_is_told_in_order_and_the_result_is_the_same(german):
    heard: list[TrainingStep] = []
    lock = threading.Lock()

    def told(step: TrainingStep) -> None:
        with lock:
            heard.append(step)

    result = train(german, SPEC, told=told)
    assert result.digest == train(german, SPEC).digest
    assert list(dict.fromkeys(step.stage for step in heard)) == ["checking", "choosing", "fitting", "judging"]
    through = {step.family: step.auc for step in heard if step.auc is not None}
    assert through == {one.family: one.auc for one in result.developed.choice.candidates}
    assert all(0 <= step.done <= step.total for step in heard)
