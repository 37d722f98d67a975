"""The network learns from earlier rows only: gathered causally, the same in bulk and row by row, better than without neighbours."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tandem.decide.graphs import SageNetwork, encoded, kernel_of
from tandem.kernel.errors import InvalidInput
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import MINUTE
from tandem.learn.graphs import SageSpec, earlier_neighbours, graph_rows, known_marks, score_rows, train_sage
from tandem.learn.neighbours import NEVER, LinkedRows
from tandem.learn.training.metrics import auc


def stream(seed: int = 1, count: int = 900) -> tuple[LinkedRows, np.ndarray]:
    """Whether a row is bad depends on its device alone, which its own values say nothing of; a tenth is unlabelled."""
    rng = np.random.default_rng(seed)
    occurred_at = np.arange(count) * MINUTE
    device = rng.integers(0, 60, count)
    bad = (rng.random(count) < np.where(device % 4 == 0, 0.9, 0.05)).astype(np.float64)
    known_at = np.where(rng.random(count) < 0.9, occurred_at + 20 * MINUTE, NEVER)
    bad[known_at == NEVER] = np.nan
    links = {"device": device, "phone": rng.integers(-1, 30, count)}
    values = rng.normal(size=(count, 3))
    values[rng.random((count, 3)) < 0.05] = np.nan
    return LinkedRows(occurred_at, np.ones(count), links, bad, known_at), values


def name(code: int) -> Pseudonym:
    return Pseudonym(f"{code:032x}")


def test_neighbours_are_the_newest_earlier_rows():
    links = {"device": np.array([5, 5, -1, 5, -1, 5])}
    found = earlier_neighbours(links, 2)[:, 0].tolist()
    assert found == [[-1, -1], [0, -1], [-1, -1], [1, 0], [-1, -1], [3, 1]]


@pytest.fixture(scope="module")
def trained():
    pytest.importorskip("torch", reason="torch comes with tandem-risk[gnn]")
    rows, values = stream()
    teach = np.flatnonzero(~np.isnan(rows.bad[:600]))
    spec = SageSpec(width=8, slots=3, epochs=150, apart=0.2, learning_rate=0.02)
    return rows, values, teach, spec, train_sage(rows, ("a", "b", "c"), values, teach, spec)


def test_it_learns_what_only_neighbours_know(trained):
    rows, values, _, _, made = trained
    test = np.arange(600, rows.count)
    test = test[~np.isnan(rows.bad[test])]
    assert auc(rows.bad[test], score_rows(made.document, rows, values)[test]) > 0.75


def test_the_same_seed_gives_the_same_document(trained):
    rows, values, teach, spec, made = trained
    assert train_sage(rows, ("a", "b", "c"), values, teach, spec).document == made.document


def test_row_by_row_as_it_is_served_is_the_same_as_in_bulk(trained):
    rows, values, _, _, made = trained
    bulk = score_rows(made.document, rows, values)
    kernel, told, online = kernel_of(made.document), set(), []
    for number in range(rows.count):
        for known in np.flatnonzero(rows.known_at < rows.occurred_at[number]).tolist():
            if known not in told:
                told.add(known)
                kernel.mark(name(known), bad=bool(rows.bad[known]))
        named = [None if codes[number] < 0 else name(codes[number]) for codes in rows.links.values()]
        online.append(sum(kernel.observe(values[number].tolist(), named, name(number))))
    # A label that came before a row was remembered cannot happen; all others act on exactly the rows they should.
    assert np.max(np.abs(bulk - online)) <= 1e-5


def test_what_a_row_of_nobody_scores_is_said_in_the_document(trained):
    rows, values, teach, _, made = trained
    network = SageNetwork(made.document)
    alone, _ = network.run(encoded(made.document, values[teach]), *network.nobody(teach.size))
    assert made.document.expected == pytest.approx(float(alone.mean()), abs=1e-6)
    assert (made.document.metadata.rows, made.document.metadata.adverse_rows) == (teach.size, rows.bad[teach].sum())


def test_torch_and_the_served_network_say_the_same(trained):
    torch = pytest.importorskip("torch", reason="torch comes with tandem-risk[gnn]")
    from tandem.learn.graphs.training import _Network

    rows, values, _, spec, made = trained
    near = earlier_neighbours(rows.links, spec.slots)
    marks = torch.from_numpy(known_marks(graph_rows(rows), near, rows.occurred_at))
    network = _Network(torch, made.document, encoded(made.document, values), near, marks)
    layers = (made.document.first, made.document.second, made.document.head)
    network.weights = [torch.tensor(part) for layer in layers for part in (layer.weights, layer.bias)]
    assert np.max(np.abs(network.margins().numpy() - score_rows(made.document, rows, values))) <= 1e-5


def test_no_label_moves_a_score_before_it_is_known(trained):
    rows, values, _, _, made = trained
    before = score_rows(made.document, rows, values)
    for row in (100, 450, 800):
        now = rows.occurred_at[row]
        flipped = replace(rows, bad=np.where(rows.known_at >= now, 1 - rows.bad, rows.bad))
        assert np.array_equal(before[: row + 1], score_rows(made.document, flipped, values)[: row + 1])


def test_no_later_row_moves_a_score(trained):
    rows, values, _, _, made = trained
    changed = values.copy()
    changed[500:] += 3
    before, after = (score_rows(made.document, rows, one)[:500] for one in (values, changed))
    assert np.allclose(before, after, rtol=0, atol=1e-6)
    assert SageNetwork(made.document).document is made.document


def test_a_teaching_row_without_a_label_is_refused(trained):
    rows, values, _, spec, _ = trained
    with pytest.raises(InvalidInput):
        train_sage(rows, ("a", "b", "c"), values, np.arange(600), spec)
