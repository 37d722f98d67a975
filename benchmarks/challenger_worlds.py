"""Champions with challengers whose worth is known: six that must be refused, and truly better ones that must not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import msgspec
import numpy as np
import pyarrow as pa

from benchmarks.data_folder import data_if_here
from tandem.decide.models import Metadata, ModelDocument, ModelInput, Tree, Trees, from_lightgbm, load_model
from tandem.learn.gates import ChallengerLimits, Evidence, fairness_pack
from tandem.learn.training import auc, read_table, score_table

__all__ = ["Book", "Challenge", "bad_challenges", "better_challenges", "real_book", "simulated_book"]

Rows = np.ndarray


@dataclass(frozen=True)
class Book:
    """Loans with outcomes, dealt at random into rows to learn from, matured rows, traffic, and rows that only say the truth."""

    name: str
    columns: dict[str, Rows]
    bad: Rows
    train: Rows
    matured: Rows
    traffic: Rows
    truth: Rows
    group: str
    strong: str

    def table(self, rows: Rows) -> pa.Table:
        """The columns at ``rows``; NaN is missing."""
        return pa.table({name: pa.array(values[rows], from_pandas=True) for name, values in self.columns.items()})


@dataclass(frozen=True)
class Challenge:
    """A champion, a challenger, the evidence, the codes that would be right, and by how much it is better in truth."""

    name: str
    codes: tuple[str, ...]
    champion: ModelDocument
    challenger: ModelDocument
    evidence: Evidence
    limits: ChallengerLimits
    better: float = 0.0


def real_book(name: str, shares: tuple[int, int, int], seed: int) -> Book | None:
    """A real set; None where it is not here. ``shares``: rows to learn from, matured, traffic; the rest says the truth."""
    file, label, group, strong, ignore = _REAL[name]
    path = data_if_here(file)
    if path is None:
        return None
    table = read_table(path)
    bad = np.asarray(table[label].to_numpy(), dtype=np.float64)
    names = [one for one in table.column_names if one not in {label, *ignore}]
    columns = {one: np.asarray(table[one].to_numpy(), dtype=np.float64) for one in names}
    if not group:  # the set names no group that is no cause: one is made up, and does nothing
        group = "branch"
        columns[group] = np.random.default_rng(seed).integers(1, 3, bad.size).astype(np.float64)
    return _dealt(name, columns, bad, shares, seed, group, strong)


_REAL = {
    "taiwan": ("taiwan_credit_default/UCI_Credit_Card.csv.gz", "class", "SEX", "PAY_0", ("ID",)),
    "gmsc": ("gmsc/cs-training.csv.gz", "SeriousDlqin2yrs", "", "NumberOfTimes90DaysLate", ("column_1",)),
}  # fmt: skip


def simulated_book(rows: int, shares: tuple[int, int, int], seed: int) -> Book:
    """Made-up loans: twelve inputs of falling strength, some with thresholds and pairs, one group column of no effect."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(rows, 12))
    strength = np.linspace(0.6, 0.1, 12)
    margin = -2.2 + x @ strength + 0.5 * (x[:, 0] * x[:, 3] > 0.5) - 0.4 * (x[:, 1] > 1)
    bad = (rng.random(rows) < 1 / (1 + np.exp(-margin))).astype(np.float64)
    columns = {f"x{place:02d}": values for place, values in enumerate(x.T)}
    columns["region"] = rng.integers(1, 3, rows).astype(np.float64)
    return _dealt("simulated", columns, bad, shares, seed, "region", "x00")


def _dealt(
    name: str, columns: dict[str, Rows], bad: Rows, shares: tuple[int, int, int], seed: int, group: str, strong: str
) -> Book:
    order = np.random.default_rng(seed).permutation(bad.size)
    train, matured, traffic, truth = np.split(order, np.cumsum(shares))
    return Book(name, columns, bad, train, matured, traffic, truth, group, strong)


def fit(table: pa.Table, bad: Rows, names: list[str], *, seed: int = 1, **settings: float) -> Trees:
    """LightGBM on one thread, as a document with a reason per input."""
    import lightgbm

    parameters = {
        "objective": "binary", "num_leaves": 15, "max_depth": 6, "learning_rate": 0.08, "min_data_in_leaf": 40, "lambda_l2": 5.0,
        "feature_fraction": 0.7, "bagging_fraction": 0.8, "bagging_freq": 1, "deterministic": True, "force_row_wise": True,
        "num_threads": 1, "verbosity": -1, "seed": seed,
    } | settings  # fmt: skip
    rounds = int(parameters.pop("rounds", 100))
    matrix = np.column_stack([np.asarray(table[name].to_numpy(), dtype=np.float64) for name in names])
    booster = lightgbm.train(parameters, lightgbm.Dataset(matrix, bad), rounds)
    inputs = [ModelInput(name=name, reason=f"R_{name.upper().replace('-', '_')}") for name in names]
    return from_lightgbm(booster, Metadata(name="challenge", target="bad"), inputs)


def _evidence(
    book: Book, challenger_fit: Callable[[pa.Table, Rows], ModelDocument], table: pa.Table, bad: Rows
) -> Evidence:
    rng = np.random.default_rng(5)
    again = [rng.integers(0, bad.size, bad.size) for _ in range(2)]
    groups = np.where(book.columns[book.group][book.traffic] >= 2, "b", "a").tolist()
    tier = np.where(
        book.columns[book.strong][book.matured] > np.nanmedian(book.columns[book.strong]), "high", "low"
    ).tolist()
    return Evidence(
        traffic=book.table(book.traffic),
        matured=book.table(book.matured),
        bad=book.bad[book.matured],
        training=table,
        training_bad=bad,
        segments={"tier": tier},
        groups={book.group: groups},
        retrained=challenger_fit(table, bad),
        refits=tuple(challenger_fit(table.take(pa.array(rows)), bad[rows]) for rows in again),
    )


def better_challenges(book: Book, count: int) -> Iterator[Challenge]:
    """Challengers that read more than their champions and are better by 0.01 AUC or more on rows that only say the truth.

    Champions lose their inputs one after the other, weakest first; the first ``count`` pairs that are far enough apart count.
    """
    table, bad = book.table(book.train), book.bad[book.train]
    names = [name for name in book.columns if name != book.group]
    importance = _gains(table, bad, names)
    ordered = sorted(names, key=lambda name: importance[name])
    rng, found, tried = np.random.default_rng(3), 0, set[tuple[str, ...]]()
    for attempt in range(12 * count):
        if found == count:
            return
        kept = list(names) if attempt % 2 == 0 else [n for n in names if n != ordered[attempt % 4]]
        lost = set(rng.choice(ordered, size=int(rng.integers(2, max(3, len(names) * 3 // 4))), replace=False))
        held = [name for name in kept if name not in lost]
        if not held or tuple(held) in tried:
            continue
        tried.add(tuple(held))
        champion = fit(table, bad, held, seed=attempt)
        challenger = fit(table, bad, kept, seed=attempt)
        truth = book.table(book.truth)
        gain = auc(book.bad[book.truth], score_table(load_model(challenger), truth)) - auc(
            book.bad[book.truth], score_table(load_model(champion), truth)
        )
        if 0.01 <= gain <= 0.06:
            found += 1
            evidence = _evidence(book, lambda t, b, k=kept, a=attempt: fit(t, b, k, seed=a), table, bad)
            yield Challenge(f"{book.name} {found}", (), champion, challenger, evidence, _limits(), gain)


def _gains(table: pa.Table, bad: Rows, names: list[str]) -> dict[str, float]:
    return {
        name: abs(auc(bad, np.nan_to_num(np.asarray(table[name].to_numpy(), dtype=np.float64))) - 0.5) for name in names
    }


def _limits() -> ChallengerLimits:
    return ChallengerLimits(fairness=fairness_pack("four-fifths"))


def bad_challenges(book: Book) -> Iterator[Challenge]:
    """Six challengers, each bad in one way; all read an input that the champion lacks, so that most would rank better."""
    table, bad = book.table(book.train), book.bad[book.train]
    names = [name for name in book.columns if name != book.group]
    champion = fit(table, bad, [name for name in names if name != book.strong])
    plain = _evidence(book, lambda t, b: fit(t, b, names), table, bad)

    def challenge(name: str, codes: tuple[str, ...], challenger: ModelDocument, evidence: Evidence) -> Challenge:
        return Challenge(f"{book.name}: {name}", codes, champion, challenger, evidence, _limits())

    yield challenge("leak", ("absent_in_traffic", "too_good_input", "too_good_jump"), *_leak(book, plain, names))
    yield challenge("drift", ("score_drift", "rows_moved", "approval_shift"), *_drift(book, plain, names))
    yield challenge(
        "unfair",
        ("approval_ratio", "approval_ratio_falls", "mean_difference"),
        *_unfair(plain, table, bad, names, book.group),
    )
    yield challenge("unstable", ("not_reproducible", "unstable_decisions"), *_unstable(book, names))
    yield challenge("slower", ("too_slow",), *_slower(plain, table, bad, names))
    deep = {"num_leaves": 255, "max_depth": -1, "min_data_in_leaf": 1, "lambda_l2": 0.0, "rounds": 60}
    yield challenge("overfit", ("overfit",), *_spec(plain, table, bad, names, **deep))


def _slower(plain: Evidence, table: pa.Table, bad: Rows, names: list[str]) -> tuple[ModelDocument, Evidence]:
    """The very same scores from sixteen times the trees, each leaf a sixteenth (exact in binary)."""
    base = fit(table, bad, names)
    thin = tuple(msgspec.structs.replace(tree, leaf=tuple(value / 16 for value in tree.leaf)) for tree in base.trees)
    slow = msgspec.structs.replace(base, trees=thin * 16)
    return slow, replace(plain, retrained=slow, refits=(base,))


def _spec(
    plain: Evidence, table: pa.Table, bad: Rows, names: list[str], **settings: float
) -> tuple[ModelDocument, Evidence]:
    def one(t: pa.Table, b: Rows) -> ModelDocument:
        return fit(t, b, names, **settings)

    challenger = one(table, bad)
    return challenger, replace(plain, retrained=challenger, refits=(), training=table, training_bad=bad)


def _leak(book: Book, plain: Evidence, names: list[str]) -> tuple[ModelDocument, Evidence]:
    """An input that is filled in when a loan goes bad: known in what matured, not in traffic."""
    rng = np.random.default_rng(11)
    told = np.where(rng.random(book.bad.size) < 0.25, book.bad, 0.0) + rng.normal(0, 0.2, book.bad.size)

    def joined(table: pa.Table, rows: Rows) -> pa.Table:
        return table.append_column("calls_made", pa.array(told[rows]))

    table = joined(book.table(book.train), book.train)
    challenger = fit(table, book.bad[book.train], [*names, "calls_made"])
    nothing = pa.nulls(plain.traffic.num_rows, pa.float64())
    traffic = plain.traffic.append_column("calls_made", nothing)
    matured = joined(plain.matured, book.matured)
    return challenger, replace(plain, traffic=traffic, matured=matured, training=table, retrained=challenger, refits=())


def _drift(book: Book, plain: Evidence, names: list[str]) -> tuple[ModelDocument, Evidence]:
    """It learned from rows in which goods were thinned out to a fifth: every probability is too high."""
    rng = np.random.default_rng(12)
    kept = book.train[(book.bad[book.train] == 1) | (rng.random(book.train.size) < 0.2)]
    return _spec(plain, book.table(kept), book.bad[kept], names, rounds=40, num_leaves=7)


def _unfair(
    plain: Evidence, table: pa.Table, bad: Rows, names: list[str], group: str
) -> tuple[ModelDocument, Evidence]:
    """A surcharge by group on top of a better model: half a log-odds up for one, down for the other."""
    base = fit(table, bad, names)
    stump = Tree(
        feature=(len(names),), threshold=(1.5,), missing=(2,), default_left=(True,), left=(-1,), right=(-2,),
        leaf=(-0.5, 0.5), leaf_count=(1, 1),
    )  # fmt: skip
    reads = (*base.inputs, ModelInput(name=group, reason="R_GROUP"))
    unfair = msgspec.structs.replace(base, inputs=reads, trees=(*base.trees, stump))
    return unfair, replace(plain, retrained=unfair, refits=())


def _unstable(book: Book, names: list[str]) -> tuple[ModelDocument, Evidence]:
    """It draws its rows and columns anew each time, and few of them."""
    table, bad = book.table(book.train), book.bad[book.train]
    settings = {
        "bagging_fraction": 0.02,
        "feature_fraction": 0.2,
        "rounds": 30,
        "learning_rate": 0.3,
        "min_data_in_leaf": 5,
    }
    drawn = iter(range(100, 200))
    evidence = _evidence(book, lambda t, b: fit(t, b, names, seed=next(drawn), **settings), table, bad)
    return fit(table, bad, names, seed=99, **settings), evidence
