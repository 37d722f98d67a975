"""Real card accounts by month, what they would have owed under other limits, and what was known of each by then.

Taiwan 2005 (UCI id 350, I-Cheng Yeh): 30,000 accounts, April to September, one limit that never moves, default in October.
Nobody has seen these accounts under another limit, so what they would have owed is an assumption: what was drawn before
stays and is repaid as it was in truth, draws above a lower limit do not happen, and a higher limit is used as a declared
response says. Scores and shares of an account are learnt from other accounts only. Half of the accounts are there to choose
by, and the other half to measure on.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import duckdb
import lightgbm
import numpy as np
import numpy.typing as npt

from benchmarks.data_folder import data_at
from tandem.act.limits import Response

__all__ = [
    "APRIL",
    "SEPTEMBER",
    "Panel",
    "Shares",
    "advanced",
    "halves",
    "panel",
    "rushed",
    "scores",
    "shares",
    "uniform",
]

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

APRIL: Final = 0
SEPTEMBER: Final = 5
_FOLDS: Final = 5
_FILE: Final = data_at("taiwan_credit_default/UCI_Credit_Card.csv.gz")
_LEARNING: Final = {
    "feature_fraction": 0.7, "bagging_fraction": 0.8, "bagging_freq": 1, "verbose": -1, "num_threads": 1, "seed": 1,
    "deterministic": True,
}  # fmt: skip
_SCORE: Final = {
    **_LEARNING, "objective": "binary", "learning_rate": 0.025, "num_leaves": 12, "min_data_in_leaf": 150,
    "feature_fraction": 0.5,
}  # fmt: skip
_SHARE: Final = {
    **_LEARNING, "objective": "regression", "learning_rate": 0.05, "num_leaves": 15, "min_data_in_leaf": 100
}  # fmt: skip


class Panel(NamedTuple):
    """Accounts by month, April first; amounts in New Taiwan dollars.

    Attributes:
        limit: the one limit of the data. bad: in default in October. rolled: two or more months late in September.
        balance: billed, not below zero; status: months late, at most 0 where paid.
        repaid: what left the balance in the month. paid_in_full: of the bill before.
        fold: which accounts are learnt from together.
    """

    limit: Floats
    balance: Floats
    repaid: Floats
    paid: Floats
    status: npt.NDArray[np.int64]
    bad: Mask
    rolled: Mask
    fold: npt.NDArray[np.int64]

    @property
    def size(self) -> int:
        """Accounts."""
        return len(self.limit)


class Shares(NamedTuple):
    """By account: what is repaid and drawn until September, without default and before one; see ``Behaviour``."""

    repaid: Floats
    repaid_bad: Floats
    drawn: Floats
    drawn_bad: Floats


def panel(accounts: int) -> Panel:
    """The first ``accounts`` of the table by a hash of their number."""
    columns = duckdb.execute(
        "SELECT * FROM read_csv($file) WHERE ID IS NOT NULL ORDER BY hash(ID::BIGINT) LIMIT $n",
        {"file": str(_FILE), "n": accounts},
    ).fetchnumpy()

    def months(names: list[str]) -> Floats:
        return np.stack([np.asarray(columns[name], dtype=np.float64) for name in names], axis=1)

    balance = np.maximum(months([f"BILL_AMT{number}" for number in range(6, 0, -1)]), 0.0)
    paid = months([f"PAY_AMT{number}" for number in range(6, 0, -1)])
    status = months(["PAY_6", "PAY_5", "PAY_4", "PAY_3", "PAY_2", "PAY_0"]).astype(np.int64)
    before = np.concatenate([balance[:, :1], balance[:, :-1]], axis=1)
    drawn = np.maximum(balance - np.maximum(before - paid, 0.0), 0.0)
    return Panel(
        limit=np.asarray(columns["LIMIT_BAL"], dtype=np.float64),
        balance=balance,
        repaid=np.maximum(before + drawn - balance, 0.0),
        paid=paid,
        status=status,
        bad=np.asarray(columns["class"]).astype(bool),
        rolled=status[:, SEPTEMBER] >= 2,
        fold=np.random.default_rng(7).integers(0, _FOLDS, len(status)),
    )


def halves(table: Panel) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Rows to choose by, and rows to measure on: the table's order is that of a hash."""
    every = np.arange(table.size)
    return every[: table.size // 2], every[table.size // 2 :]


def scores(table: Panel, month: int, rounds: int) -> Floats:
    """Probability of default in October, as known at the end of ``month``; of each account by models of the other folds."""
    return _foretold(table, month, _SCORE, table.bad.astype(np.float64), np.ones(table.size, dtype=bool), rounds)


def shares(table: Panel, month: int, rounds: int) -> Shares:
    """Shares until September, as known at the end of ``month``; of each account by models of the other folds."""
    kept = table.balance[:, month].copy()
    for at in range(month + 1, SEPTEMBER + 1):
        kept = np.minimum(np.maximum(kept - table.repaid[:, at], 0.0), table.balance[:, at])
    new = table.balance[:, SEPTEMBER] - kept
    found: dict[str, Floats] = {}
    for name, outcome in (("", ~table.bad), ("_bad", table.bad)):
        left = _foretold(table, month, _SHARE, kept / table.limit, outcome, rounds)
        found[f"repaid{name}"] = np.clip(1.0 - left * table.limit / np.maximum(table.balance[:, month], 1.0), 0.0, 1.0)
        found[f"drawn{name}"] = np.maximum(_foretold(table, month, _SHARE, new / table.limit, outcome, rounds), 0.0)
    return Shares(**found)


def _foretold(
    table: Panel, month: int, model: dict[str, object], outcome: Floats, learnt_from: Mask, rounds: int
) -> Floats:
    rows, found = _known(table, month), np.zeros(table.size)
    for fold in range(_FOLDS):
        own = table.fold == fold
        others = ~own & learnt_from
        data = lightgbm.Dataset(rows[others], outcome[others])
        found[own] = np.asarray(lightgbm.train(model, data, rounds).predict(rows[own]))
    return found


def _known(table: Panel, month: int) -> Floats:
    """What stands on the statements up to ``month``; nothing about the person."""
    late, paid = table.status[:, : month + 1], table.paid[:, : month + 1]
    used = table.balance[:, : month + 1] / table.limit[:, None]
    columns = [table.limit, table.balance[:, month]]
    for at in range(month + 1):
        columns += [late[:, at].astype(np.float64), used[:, at], np.log1p(paid[:, at])]
        if at:
            columns += [used[:, at] - used[:, at - 1], paid[:, at] / np.maximum(table.balance[:, at - 1], 1.0)]
    columns += [
        late.max(axis=1),
        late.min(axis=1),
        late.mean(axis=1),
        (late > 0).sum(axis=1),
        (paid <= 0.0).sum(axis=1),
    ]
    columns += [used.mean(axis=1), used.max(axis=1), used.min(axis=1), paid.mean(axis=1) / table.limit]
    if month:
        part = np.minimum(paid[:, 1:] / np.maximum(table.balance[:, :month], 1.0), 2.0)  # of the bill before
        columns += [part.mean(axis=1), part.min(axis=1), late[:, month] - late[:, 0]]
    return np.stack(columns, axis=1)


def rushed(table: Panel, balance: Floats, limit: Floats, new: Floats, response: Response) -> Floats:
    """The balance once those who will default have drawn ahead of a cut."""
    room = np.maximum(limit - np.maximum(balance, new), 0.0)
    return np.where(table.bad & (new < limit), balance + response.rush_bad * room, balance)


def advanced(
    table: Panel, balance: Floats, month: int, limit: Floats, frozen: Mask, response: Response, *, called_in: bool
) -> Floats:
    """The balance of ``month`` after one of the month before, under ``limit``.

    Args:
        called_in: what is above a lower limit is repaid at once; else it stays until it is repaid as it was in truth.
    """
    seen = table.balance[:, month]
    scale = np.where(table.bad, response.scale_bad, response.scale)
    use = np.where(table.bad, response.use_bad, response.use)
    wanted = seen * (1.0 + scale * (limit / table.limit - 1.0)) + use * np.maximum(limit - table.limit, 0.0)
    kept = np.maximum(balance - table.repaid[:, month], 0.0)
    floor = np.zeros_like(kept) if called_in else kept
    lower = np.maximum(np.minimum(wanted, limit), floor)
    moved = np.where(limit < table.limit, lower, np.where(limit > table.limit, wanted, seen))
    return np.where(frozen, np.minimum(kept, seen), moved)


def uniform(table: Panel, first: int, total: float, response: Response, *, called_in: bool) -> Floats:
    """September's balances if every limit had been scaled by one factor in ``first``, the one that gives ``total``."""
    nobody, low, high = np.zeros(table.size, dtype=bool), 0.0, 2.0
    found = table.balance[:, SEPTEMBER]
    for _ in range(24):
        factor = (low + high) / 2
        limit = table.limit * factor
        found = rushed(table, table.balance[:, first], table.limit, limit, response)
        for month in range(first + 1, SEPTEMBER + 1):
            found = advanced(table, found, month, limit, nobody, response, called_in=called_in)
        low, high = (factor, high) if found.sum() < total else (low, factor)
    return found
