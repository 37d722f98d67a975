"""The explainable boosting machine is trained by interpret, served by us, and says the same."""

from __future__ import annotations

import msgspec
import numpy as np
import pyarrow as pa
import pytest

pytest.importorskip("interpret", reason="interpret-core comes with tandem-risk[ebm]")

from tandem.decide.models import Additive, Blend, describe_model, load_model, monotone_violations
from tandem.kernel.errors import IntegrityError, Unavailable
from tandem.learn.training import TrainingResult, TrainSpec, train
from tandem.learn.training.calibrating import Platt
from tandem.learn.training.documents import scaling_of
from tandem.learn.training.interactions import groups_of, pairs_apart, prove_interactions
from tandem.learn.training.machine import MachineSettings, fit_machine
from tandem.learn.training.machine_documents import additive_document
from tandem.learn.training.profile import profile_table
from tandem.learn.training.reasons import reason_codes
from tandem.learn.training.serving import served_log_odds
from tandem.learn.training.target import read_target

QUICK = MachineSettings(outer_bags=2)
SPEC = TrainSpec(target="Status", positive="bad", families=("scorecard", "ebm", "blend"), folds=2, name="loans")


@pytest.fixture(scope="module")
def some(loans: pa.Table) -> pa.Table:
    """A fifth of the applications: enough for a machine, and quick."""
    return loans.slice(0, 900)


@pytest.fixture(scope="module")
def result(some: pa.Table) -> TrainingResult:
    return train(some, SPEC)


def test_the_served_tables_say_what_interpret_says(some: pa.Table) -> None:
    bad = read_target(some, "Status", "bad").bad
    frame = profile_table(some, {"Status": "target"}).frame
    fit = fit_machine(frame, bad, QUICK, seed=3)
    document = additive_document(
        fit, frame, bad, Platt(1.0, 0.0), scaling=scaling_of(SPEC.points),
        reasons={name: one.code for name, one in reason_codes(frame.names, {}).items()}, monotone=(),
        metadata=load_model(_blank()).document.metadata,
    )  # fmt: skip
    assert document.pairs
    assert any(one.type == "categorical" for one in document.inputs)
    assert np.isnan(frame.matrix()).any()
    apart = np.abs(served_log_odds(document, frame) - fit.margin(frame))
    assert apart.max() < 1e-9
    # Tables are centred over the training rows, and the counts say over which.
    assert load_model(document).expected == pytest.approx(float(fit.margin(frame).mean()), abs=1e-9)
    assert all(sum(one.counts) == frame.rows for one in document.inputs)
    assert all(sum(one.adverse) == bad.sum() for one in document.inputs)


def _blank() -> dict[str, object]:
    return {
        "kind": "additive",
        "metadata": {"name": "m", "target": "Status"},
        "inputs": [{"name": "a", "weights": [0.0]}],
        "intercept": 0.0,
    }


def test_a_text_training_never_saw_is_scored_the_same_by_both(some: pa.Table) -> None:
    bad = read_target(some, "Status", "bad").bad
    frame = profile_table(some.select(["Status", "Home", "Age", "Job"]), {"Status": "target"}).frame
    seen = frame.take(np.flatnonzero(frame.column("Home").codes != 0))  # one level never seen
    fit = fit_machine(seen, bad[frame.column("Home").codes != 0], QUICK, seed=3)
    document = additive_document(
        fit, seen, bad[frame.column("Home").codes != 0], Platt(1.0, 0.0), scaling=scaling_of(SPEC.points),
        reasons=dict.fromkeys(frame.names, "R"), monotone=(), metadata=load_model(_blank()).document.metadata,
    )  # fmt: skip
    assert np.abs(served_log_odds(document, frame) - fit.margin(frame)).max() < 1e-9


def test_the_tournament_serves_the_machine_and_its_blend(result: TrainingResult) -> None:
    assert set(result.documents) == {"scorecard", "ebm", "blend"}
    assert isinstance(result.documents["ebm"], Additive)
    blend = result.documents["blend"]
    assert isinstance(blend, Blend)
    assert sum(member.weight for member in blend.members) == pytest.approx(1.0)
    assert result.served_apart < 1e-9
    assert result.test["ebm"].auc.value > 0.75
    assert result.documents["ebm"].metadata.environment["interpret-core"]
    assert describe_model(result.documents["ebm"]).parts[0].base_points is not None


def test_same_data_and_seed_give_the_same_machine_however_many_threads(some: pa.Table, result: TrainingResult) -> None:
    assert train(some, msgspec.structs.replace(SPEC, threads=1)).digest == result.digest


def test_a_promised_direction_is_kept_and_proven(some: pa.Table) -> None:
    free = train(some, msgspec.structs.replace(SPEC, families=("ebm",)))
    held = train(some, msgspec.structs.replace(SPEC, families=("ebm",), monotone="auto"))
    document = held.documents["ebm"]
    assert isinstance(document, Additive)
    promised = [one for one in document.inputs if one.monotone]
    assert promised
    assert all(monotone_violations(document, one.name) == () for one in promised)
    signs: dict[str, int] = {one.name: one.monotone for one in promised}
    loose = free.documents["ebm"]
    assert any(monotone_violations(loose, name, sign) for name, sign in signs.items())  # it was not true by itself


def test_columns_act_together_only_where_they_may(some: pa.Table) -> None:
    names = ("Income", "Amount")
    spec = msgspec.structs.replace(SPEC, families=("ebm", "lightgbm"), act_together=(names,))
    held = train(some, spec)
    machine = held.documents["ebm"]
    assert isinstance(machine, Additive)
    assert {frozenset((one.first.name, one.second.name)) for one in machine.pairs} <= {frozenset(names)}
    groups = groups_of(held.test_frame.names, spec.act_together)
    for document in held.documents.values():
        assert prove_interactions(document, groups) > 0
    free = train(some, msgspec.structs.replace(spec, act_together=()))
    for family in ("ebm", "lightgbm"):
        with pytest.raises(IntegrityError) as broken:
            prove_interactions(free.documents[family], groups)
        assert broken.value.code == "interaction_broken"


def test_pairs_apart_are_those_that_share_no_group() -> None:
    groups = groups_of(["a", "b", "c", "d"], [["a", "b"], ["b", "c"]])
    assert groups == ((0, 1), (1, 2), (3,))
    assert pairs_apart(4, groups) == ((0, 2), (0, 3), (1, 3), (2, 3))
    assert pairs_apart(4, ()) == ()


def test_without_the_extra_it_is_said_how_to_get_it(some: pa.Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "interpret.glassbox", None)
    with pytest.raises(Unavailable) as missing:
        train(some, msgspec.structs.replace(SPEC, families=("ebm",)))
    assert missing.value.hint == "pip install 'tandem-risk[ebm]'"
