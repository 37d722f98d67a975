"""How the feature tests run a plan: online, in batch, with either kernel, and compare."""

import feature_oracle
import pytest

from tandem.observe.features import Aggregate, OnlineFeatures, compiled_module, compute_batch

KERNELS = [
    False,
    pytest.param(True, marks=[pytest.mark.compiled, pytest.mark.skipif(not compiled_module(), reason="not compiled")]),
]


def online(plan, events, compiled):
    host = OnlineFeatures(plan, compiled=compiled)
    return [host.observe(event, seq) for seq, event in enumerate(events, 1)]


def batch(plan, table, compiled):
    made = compute_batch(plan, table, compiled=compiled)
    return [list(row) for row in zip(*(made.column(name).to_pylist() for name in plan.names), strict=True)]


def disagreements(plan, vectors, expected):
    """(feature, seq, got, expected) wherever the two differ."""
    out = []
    for position, name in enumerate(plan.names):
        # the numerator of a z-score cancels where the value is its mean
        near = 1e-9 if plan.feature(name).aggregate is Aggregate.ZSCORE else 1e-300
        for seq, vector in enumerate(vectors, 1):
            right = expected[name].get(seq)
            if not feature_oracle.agrees(vector[position], right, near):
                out.append((name, seq, vector[position], right))
    return out
