"""Real boosters on bundled real data, and random documents for properties."""

from __future__ import annotations

import csv
import gzip
import math
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import pytest
from hypothesis import strategies as st

from tandem.decide.models import (
    Additive,
    AdditiveInput,
    AdditivePair,
    Axis,
    Bin,
    Metadata,
    ModelInput,
    Scaling,
    Scorecard,
    ScorecardInput,
    SpecialBin,
    Tree,
    Trees,
    base_points,
    bin_points,
    from_lightgbm,
)

DATA = Path(__file__).parents[3] / "examples" / "data"
SPECIAL = [
    0.0,
    -0.0,
    1e-36,
    -1e-36,
    1e-35,
    -1e-35,
    1.0000000180025095e-35,
    5e-324,
    1e300,
    -1e300,
    float("inf"),
    float("-inf"),
]
NUMBERS = st.one_of(st.none(), st.sampled_from(SPECIAL), st.floats(-3, 3), st.integers(-3, 3), st.floats())


@dataclass(frozen=True)
class Fitted:
    """A booster, its document and the rows it was trained on."""

    booster: Any
    document: Trees
    rows: np.ndarray

    def row(self, index: int) -> list[float | None]:
        return [None if math.isnan(value) else value for value in self.rows[index].tolist()]


def fit(rows: np.ndarray, bad: np.ndarray, rounds: int = 60, **options: Any) -> Fitted:
    parameters = {"objective": "binary", "num_leaves": 15, "max_depth": 6, "num_threads": 1, "verbose": -1, "seed": 7}
    booster = lightgbm.train(parameters | options, lightgbm.Dataset(rows, bad, params={"verbose": -1}), rounds)
    inputs = [ModelInput(name=f"x{i}", reason=f"R{i}") for i in range(rows.shape[1])]
    return Fitted(booster, from_lightgbm(booster, Metadata(name="fitted", target="bad"), inputs), rows)


@pytest.fixture(scope="session")
def taiwan_table() -> tuple[np.ndarray, np.ndarray, list[str]]:
    """30,000 real accounts: inputs, default next month, names."""
    with gzip.open(DATA / "taiwan_credit_default" / "UCI_Credit_Card.csv.gz", "rt") as file:
        names = next(csv.reader(file))
        table = np.loadtxt(file, delimiter=",")
    return table[:, 1:-1], table[:, -1], names[1:-1]


@pytest.fixture(scope="session")
def taiwan(taiwan_table) -> Fitted:
    rows, bad, _ = taiwan_table
    return fit(rows[:10_000], bad[:10_000], 150)


@pytest.fixture(scope="session")
def applications() -> tuple[list[dict[str, str]], np.ndarray]:
    """4,454 real applications as text, with their gaps, and whether they went bad."""
    with gzip.open(DATA / "modeldata_credit" / "credit_data.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    bad = np.array([row["Status"] == "bad" for row in rows], dtype=float)
    return rows, bad


@pytest.fixture(scope="session")
def gappy(applications) -> np.ndarray:
    """The numeric columns of the applications, NaN in the gaps."""
    rows, _ = applications
    names = ["Seniority", "Time", "Age", "Expenses", "Income", "Assets", "Debt", "Amount", "Price"]
    return np.array([[float(row[name]) if row[name] not in {"", "NA"} else np.nan for name in names] for row in rows])


@pytest.fixture(scope="session")
def gappy_fitted(gappy, applications) -> Fitted:
    return fit(gappy, applications[1])


@st.composite
def trees(draw: st.DrawFn, inputs: int, max_leaves: int, min_leaves: int = 1) -> Tree:
    """A random tree: a random leaf is split until there are enough."""
    leaves = draw(st.integers(min_leaves, max_leaves))
    left: list[int] = []
    right: list[int] = []
    spot = {0: None}  # leaf -> (array, node) that refers to it
    for node in range(leaves - 1):
        leaf = draw(st.sampled_from(sorted(spot)))
        owner = spot[leaf]
        if owner is not None:
            owner[0][owner[1]] = node
        left.append(-leaf - 1)
        right.append(-(node + 1) - 1)
        spot[leaf], spot[node + 1] = (left, node), (right, node)
    n = leaves - 1
    threshold = st.one_of(
        st.sampled_from([0.0, 1e-36, 1.0000000180025095e-35, -1.0000000180025095e-35]), st.floats(-3, 3)
    )
    some = lambda strategy, size: tuple(draw(st.lists(strategy, min_size=size, max_size=size)))  # noqa: E731
    return Tree(
        feature=some(st.integers(0, inputs - 1), n),
        threshold=some(threshold, n),
        missing=some(st.integers(0, 2), n),
        default_left=some(st.booleans(), n),
        left=tuple(left),
        right=tuple(right),
        leaf=some(st.floats(-2, 2), leaves),
        leaf_count=some(st.integers(1, 1000), leaves),
    )


@st.composite
def documents(
    draw: st.DrawFn, max_trees: int = 6, max_leaves: int = 18, *, min_trees: int = 0, min_leaves: int = 1
) -> Trees:
    inputs = draw(st.integers(1, 9))
    reasons = st.one_of(st.none(), st.sampled_from(["A", "B", "C"]))
    return Trees(
        metadata=Metadata(name="random", target="bad"),
        inputs=tuple(ModelInput(name=f"x{i}", reason=draw(reasons)) for i in range(inputs)),
        trees=tuple(draw(st.lists(trees(inputs, max_leaves, min_leaves), min_size=min_trees, max_size=max_trees))),
        base=draw(st.floats(-1, 1)),
    )


@st.composite
def scorecards(draw: st.DrawFn) -> Scorecard:
    """A random scorecard of numeric and categorical inputs, with special, missing and unknown bins."""
    scaling = Scaling(
        base_points=draw(st.floats(0, 1000)),
        base_odds=draw(st.floats(0.1, 100)),
        pdo=draw(st.floats(1, 100)),
        decimals=draw(st.sampled_from([None, 0, 2])),
    )

    def bin_of(coefficient: float) -> Bin:
        woe, count = draw(st.floats(-3, 3)), draw(st.integers(0, 1000))
        points = bin_points(scaling, coefficient, woe)
        return Bin(woe=woe, points=points, count=count, adverse=draw(st.integers(0, count)))

    inputs = []
    for index in range(draw(st.integers(1, 6))):
        weight = draw(st.floats(-2, 2))
        parts = {"name": f"x{index}", "coefficient": weight, "missing": bin_of(weight)}
        parts["reason"] = draw(st.sampled_from([None, "A", "B", "C"]))
        if draw(st.booleans()):
            edges = sorted(set(draw(st.lists(st.floats(-3, 3), max_size=5))))
            specials = [SpecialBin(values=(-7.0, -8.0), bin=bin_of(weight))] if draw(st.booleans()) else []
            bins = tuple(bin_of(weight) for _ in range(len(edges) + 1))
            inputs.append(ScorecardInput(**parts, edges=tuple(edges), bins=bins, specials=tuple(specials)))
        else:
            unknown = bin_of(weight) if draw(st.booleans()) else None
            groups = (("a", "b"), ("c",), ("1", "true"))
            bins = tuple(bin_of(weight) for _ in groups)
            inputs.append(ScorecardInput(**parts, type="categorical", groups=groups, bins=bins, unknown=unknown))
    intercept = draw(st.floats(-3, 3))
    return Scorecard(
        metadata=Metadata(name="card", target="bad"),
        inputs=tuple(inputs),
        intercept=intercept,
        base_points=base_points(scaling, intercept),
        scaling=scaling,
    )


@st.composite
def additives(draw: st.DrawFn) -> Additive:
    """A random additive model: numeric and categorical inputs, and pairs that cut them elsewhere than they do."""
    weight, texts = st.floats(-3, 3), ["a", "b", "c", "1", "true"]
    kinds = draw(st.lists(st.sampled_from(["numeric", "categorical"]), min_size=1, max_size=6))

    def cuts(kind: str) -> dict[str, Any]:
        if kind == "numeric":
            return {
                "edges": tuple(sorted(set(draw(st.lists(st.sampled_from([*range(-3, 4), 0.5, -0.5]), max_size=5)))))
            }
        order = draw(st.permutations(texts))
        return {"groups": (tuple(order[:2]), tuple(order[2 : draw(st.integers(2, 5))]))}

    def table(rows: int) -> tuple[float, ...]:
        return tuple(draw(st.lists(weight, min_size=rows, max_size=rows)))

    inputs = []
    for index, kind in enumerate(kinds):
        cut = cuts(kind)
        bins = len(cut["edges"]) + 1 if kind == "numeric" else len(cut["groups"])
        counts = tuple(draw(st.lists(st.integers(0, 99), min_size=bins + 1, max_size=bins + 1)))
        unknown = draw(st.one_of(st.none(), weight)) if kind == "categorical" else None
        inputs.append(
            AdditiveInput(
                name=f"x{index}", type=kind, **cut, weights=table(bins), missing=draw(weight), unknown=unknown,
                counts=counts, adverse=counts, reason=draw(st.sampled_from([None, "A", "B", "C"])),
            )
        )  # fmt: skip
    pairs = []
    for first, second in combinations(range(len(kinds)), 2):
        if draw(st.booleans()):
            axes = [Axis(name=f"x{at}", **cuts(kinds[at])) for at in (first, second)]
            rows, columns = (len(axis.edges) + 2 if kinds[at] == "numeric" else len(axis.groups) + 2
                             for at, axis in zip((first, second), axes, strict=True))  # fmt: skip
            weights = tuple(table(columns) for _ in range(rows))
            pairs.append(AdditivePair(first=axes[0], second=axes[1], weights=weights, mean=draw(weight)))
    return Additive(
        metadata=Metadata(name="tables", target="bad"),
        inputs=tuple(inputs),
        pairs=tuple(pairs),
        intercept=draw(weight),
        scaling=draw(st.sampled_from([None, Scaling(), Scaling(decimals=0)])),
    )


@pytest.fixture(scope="session")
def random_documents() -> st.SearchStrategy[Trees]:
    return documents()


@pytest.fixture(scope="session")
def documents_of_one_small_tree() -> st.SearchStrategy[Trees]:
    """One tree of two to six leaves: few enough to try every row."""
    return documents(min_trees=1, max_trees=1, min_leaves=2, max_leaves=6)


@pytest.fixture(scope="session")
def random_scorecards() -> st.SearchStrategy[Scorecard]:
    return scorecards()


@pytest.fixture(scope="session")
def random_additives() -> st.SearchStrategy[Additive]:
    return additives()


@pytest.fixture(scope="session")
def random_numbers() -> st.SearchStrategy[float | int | None]:
    return NUMBERS


@pytest.fixture(scope="session")
def fit_booster():
    return fit
