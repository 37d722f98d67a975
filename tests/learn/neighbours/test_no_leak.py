"""A label that was not yet known must not move a feature; and a published way of propagating labels is shown to fail this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from tandem.kernel.time import MINUTE
from tandem.learn.neighbours import (
    NEVER,
    LinkedRows,
    Neighbourhood,
    known_bad_features,
    stream_features,
)

_DELAY = 40 * MINUTE
_WINDOWS = ("1h",)


def stream(seed: int, *, delay: int = _DELAY) -> LinkedRows:
    """400 rows on few targets and sources: bad ones come in bursts, a quarter unlabelled, a fifth labelled for the test only."""
    rng = np.random.default_rng(seed)
    count = 400
    occurred_at = np.cumsum(rng.integers(0, 3, count)) * MINUTE
    target = rng.integers(0, 12, count)
    bad = (rng.random(count) < np.where(target < 4, 0.5, 0.05)).astype(np.float64)
    known_at = np.where(rng.random(count) < 0.55, occurred_at + delay, NEVER)
    bad[(known_at == NEVER) & (rng.random(count) < 0.5)] = np.nan
    links = {"target": target, "source": np.where(rng.random(count) < 0.1, -1, rng.integers(0, 40, count))}
    return LinkedRows(occurred_at, rng.random(count) * 100, links, bad, known_at)


def flipped(rows: LinkedRows, hidden: np.ndarray) -> LinkedRows:
    return replace(rows, bad=np.where(hidden, 1.0 - rows.bad, rows.bad))


def shuffled(rows: LinkedRows, hidden: np.ndarray) -> LinkedRows:
    bad = rows.bad.copy()
    places = np.flatnonzero(hidden & ~np.isnan(bad))
    bad[places] = np.random.default_rng(5).permutation(bad[places])
    return replace(rows, bad=bad)


def leaks(features: Callable[[LinkedRows], np.ndarray], rows: LinkedRows) -> bool:
    """Whether a label moved the features of a row at whose time it was not known."""
    before = features(rows)
    for instant in np.unique(rows.occurred_at)[::40]:
        seen = rows.occurred_at <= instant
        # Known at the very instant is not yet known: the same strictness that the features promise.
        hidden = rows.known_at >= instant
        for change in (flipped, shuffled):
            if not np.array_equal(before[seen], features(change(rows, hidden))[seen], equal_nan=True):
                return True
    return False


def our_features(rows: LinkedRows) -> np.ndarray:
    return stream_features(rows, _WINDOWS, newcomers=[("target", "source"), ("source", "target")]).values


def label_propagation_over_the_batch(rows: LinkedRows) -> np.ndarray:
    """GTAN's way (gtan_lpa.load_lpa_subtensor): only a row's own label is hidden, those of other test rows are seen."""
    labels = np.nan_to_num(rows.bad, nan=0.0)
    columns = []
    for codes in rows.links.values():
        together = (codes[:, None] == codes[None, :]) & (codes[:, None] >= 0)
        np.fill_diagonal(together, val=False)
        columns.append((together @ labels) / np.maximum(together.sum(axis=1), 1))
    return np.column_stack(columns)


def past_neighbours_without_delay(rows: LinkedRows) -> np.ndarray:
    """Causal in the rows and still leaking: labels are taken when their row occurs, not when they become known."""
    return our_features(replace(rows, known_at=np.where(np.isnan(rows.bad), NEVER, rows.occurred_at)))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_label_moves_a_feature_before_it_is_known(seed):
    assert not leaks(our_features, stream(seed))


def test_no_label_moves_a_feature_at_its_own_instant():
    assert not leaks(our_features, stream(4, delay=0))


@pytest.mark.parametrize("leaking", [label_propagation_over_the_batch, past_neighbours_without_delay])
def test_the_test_catches_a_way_that_leaks(leaking):
    assert leaks(leaking, stream(1))


def test_labels_do_move_features_once_they_are_known():
    rows = stream(1)
    known = rows.known_at != NEVER
    assert not np.array_equal(our_features(rows), our_features(flipped(rows, known)), equal_nan=True)


def test_a_label_that_never_becomes_known_is_never_read():
    rows = stream(1)
    assert np.array_equal(our_features(rows), our_features(flipped(rows, rows.known_at == NEVER)), equal_nan=True)


def still_graph(seed: int) -> tuple[Neighbourhood, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    return (
        Neighbourhood.of(rng.integers(0, 80, (400, 2)), 80),
        (rng.random(80) < 0.3).astype(np.float64),
        rng.random(80) < 0.5,
    )


def test_no_label_outside_training_moves_a_feature_of_a_still_graph():
    graph, bad, known = still_graph(1)
    before = known_bad_features(graph, bad, known).values
    for hidden in (np.where(known, bad, 1 - bad), np.where(known, bad, np.nan)):
        assert np.array_equal(before, known_bad_features(graph, hidden, known).values)


@pytest.mark.parametrize("hop", [1, 2])
def test_no_node_of_a_still_graph_sees_its_own_label(hop):
    graph, bad, known = still_graph(2)
    table = known_bad_features(graph, bad, known)
    # A node's own label also counts in the overall rate that others are pulled to; sums show what came over edges.
    places = [at for at, column in enumerate(table.columns) if column.hop == hop and "rate" not in column.name]
    for node in np.flatnonzero(known)[:20]:
        other = bad.copy()
        other[node] = 1 - other[node]
        changed = known_bad_features(graph, other, known).values
        assert np.array_equal(table.values[node, places], changed[node, places])
