"""The tabular network is trained by torch, served by us, and says the same: to torch, to onnxruntime, and twice."""

from __future__ import annotations

import msgspec
import numpy as np
import pyarrow as pa
import pytest

pytest.importorskip("torch", reason="torch comes with tandem-risk[deep]")

from tandem.decide.models import Blend, TabularNetwork, load_model
from tandem.kernel.errors import InvalidInput, Unavailable
from tandem.learn.training import TrainingResult, TrainSpec, network, train
from tandem.learn.training.calibrating import Platt
from tandem.learn.training.documents import scaling_of
from tandem.learn.training.frame import Frame
from tandem.learn.training.network import NetworkSettings, fit_network
from tandem.learn.training.network_documents import tabular_document
from tandem.learn.training.network_encoding import encoding_of
from tandem.learn.training.profile import profile_table
from tandem.learn.training.serving import served_log_odds
from tandem.learn.training.target import read_target

QUICK = NetworkSettings(width=8, hidden=12, epochs=4)
SPEC = TrainSpec(target="Status", positive="bad", families=("scorecard", "network", "blend"), folds=2, name="loans")


@pytest.fixture(scope="module")
def some(loans: pa.Table) -> pa.Table:
    """A fifth of the applications: enough to learn something, and quick."""
    return loans.slice(0, 900)


@pytest.fixture(scope="module")
def result(loans: pa.Table) -> TrainingResult:
    return train(loans, SPEC)


def rows_of(table: pa.Table) -> tuple[Frame, np.ndarray]:
    return profile_table(table, {"Status": "target"}).frame, read_target(table, "Status", "bad").bad


def served(fit: network.NetworkFit, frame: Frame) -> TabularNetwork:
    return tabular_document(
        fit, frame, Platt(1.0, 0.0), scaling=scaling_of(SPEC.points), reasons=dict.fromkeys(frame.names, "R"),
        metadata=load_model(_BLANK).document.metadata,
    )  # fmt: skip


_BLANK = {
    "kind": "additive", "metadata": {"name": "m", "target": "Status"}, "inputs": [{"name": "a", "weights": [0.0]}],
    "intercept": 0.0,
}  # fmt: skip


def test_the_served_network_says_what_torch_says(some: pa.Table) -> None:
    frame, bad = rows_of(some)
    fit = fit_network(frame, bad, QUICK, seed=3)
    document = served(fit, frame)
    assert any(one.type == "categorical" for one in document.inputs)
    assert np.isnan(frame.matrix()).any()
    assert np.abs(served_log_odds(document, frame) - fit.margin(frame)).max() < 1e-9


def test_a_text_training_never_saw_is_scored_the_same_by_both(some: pa.Table) -> None:
    frame, bad = rows_of(some.select(["Status", "Home", "Age", "Job"]))
    known = frame.column("Home").codes != 0
    seen = frame.take(np.flatnonzero(known))
    fit = fit_network(seen, bad[known], QUICK, seed=3)
    assert "owner" in fit.encoding.levels["Home"]
    assert frame.column("Home").levels[0] not in fit.encoding.levels["Home"]
    assert np.abs(served_log_odds(served(fit, seen), frame) - fit.margin(frame)).max() < 1e-9


def test_the_means_of_the_document_are_those_of_its_training_rows(some: pa.Table) -> None:
    frame, bad = rows_of(some)
    document = served(fit_network(frame, bad, QUICK, seed=3), frame)
    # Without blocks the margin is linear in the vectors, so that the mean state has the mean margin.
    flat = msgspec.structs.replace(document, blocks=())
    assert load_model(flat).expected == pytest.approx(float(served_log_odds(flat, frame).mean()), abs=1e-9)


def test_same_rows_and_seed_give_the_same_network_and_another_seed_another(some: pa.Table) -> None:
    frame, bad = rows_of(some)
    first, again, other = (served(fit_network(frame, bad, QUICK, seed=seed), frame) for seed in (3, 3, 4))
    assert first == again
    assert first != other


def test_knots_are_quantiles_and_few_values_are_their_own(some: pa.Table) -> None:
    frame, _ = rows_of(some)
    encoding = encoding_of(frame, 16, 5)
    assert all(len(one) <= 16 for one in encoding.knots.values())
    values = frame.column("Time").values
    assert encoding.knots["Time"] == tuple(np.unique(values[np.isfinite(values)]).tolist())


def test_the_tournament_serves_the_network_and_its_blend(result: TrainingResult) -> None:
    document = result.documents["network"]
    assert isinstance(document, TabularNetwork)
    assert document.metadata.environment["torch"].startswith("2.13")
    assert isinstance(result.documents["blend"], Blend)
    assert result.served_apart < 1e-9
    # The scorecard of these applications has .82; a network that learned nothing of them would have .5.
    assert result.test["network"].auc.value > 0.82
    figures = result.figures()
    assert [one["family"] for one in figures["tournament"]["candidates"]] == ["scorecard", "network", "blend"]


def test_it_competes_only_when_it_is_asked_for() -> None:
    assert "network" not in TrainSpec(target="Status").families


@pytest.mark.parametrize("held", [{"monotone": "auto"}, {"act_together": (("Income", "Debt"),)}])
def test_what_it_cannot_be_held_to_is_refused(held: dict[str, object]) -> None:
    with pytest.raises(InvalidInput) as refused:
        TrainSpec(target="Status", families=("network",), **held)  # type: ignore[arg-type]
    assert refused.value.code == "network_not_held"


def test_without_torch_it_says_what_to_install(some: pa.Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "torch", None)
    frame, bad = rows_of(some)
    with pytest.raises(Unavailable, match="torch"):
        fit_network(frame, bad, QUICK, seed=3)
