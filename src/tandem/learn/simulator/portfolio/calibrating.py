"""Counting the twin's calibration in the real tables: what ``tandem twin calibrate`` does.

Five tables, each for what it knows: the Taiwan panel (30,000 cards over six months of 2005) for limits, bills, payments and
falling late; the card-approval panel (723,467 account-months) for what becomes of accounts 30 and more days late; GiveMeSomeCredit for
how many have been in serious trouble; IBM's receivables for the days at which a late bill is settled; Baesens' LGD table for what
is recovered at the end. Only the first may be bundled: figures of the others stay as committed where their table is not there.

Two of the choices are debatable and said here. The receivables are bills between firms, the only table with the day of
payment. The LGD table is of secured loans, whose recovery is higher than a card's; no figure of the collections benchmark
rests on it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np

from tandem.kernel.errors import NotFound
from tandem.learn.simulator.portfolio.calibration import BUCKETS, Calibration, Figure, Quantiles

__all__ = ["TABLES", "calibrate", "count", "encoded"]

TABLES: Final = {
    "taiwan": "taiwan_credit_default/UCI_Credit_Card.csv.gz",
    "panel": "card_approval_panel/credit_record.csv.gz",
    "gmsc": "gmsc/cs-training.csv.gz",
    "receivables": "ibm_late_payment/WA_Fn-UseC_-Accounts-Receivable.csv.gz",
    "lgd": "lgd_baesens/lgd.csv",
}
"""The tables by name, each under a folder of data."""

_Z: Final = 1.959964
_STATES: Final = ("PAY_6", "PAY_5", "PAY_4", "PAY_3", "PAY_2", "PAY_0")
_MIN_BILL: Final = 500


def calibrate(folders: Sequence[Path], known: Calibration | None = None) -> tuple[Calibration, list[str]]:
    """The calibration, and the names of the tables that were there; figures of the others are ``known``'s.

    Raises:
        NotFound: a table is not there and there is no ``known`` to take its figures from.
    """
    parts: dict[str, Any] = {} if known is None else {one: getattr(known, one) for one in Calibration.__struct_fields__}
    there = []
    for name, file in TABLES.items():
        path = next((folder / file for folder in folders if (folder / file).is_file()), None)
        if path is not None:
            there.append(name)
            parts |= count(name, path)
        elif known is None:
            raise NotFound("This table is not in the folders.", code="no_table", field="data", value=file)
    return Calibration(**parts), there


def count(name: str, path: Path) -> dict[str, Any]:
    """The figures of one table, by name."""
    return _COUNTING[name](path)


def encoded(found: Calibration) -> bytes:
    """The calibration as it is committed: figures to six digits, so that a recount on another machine gives the same bytes."""
    return msgspec.json.format(msgspec.json.encode(_rounded(msgspec.to_builtins(found))), indent=1) + b"\n"


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {name: _rounded(one) for name, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, (list, tuple)) else value


def _taiwan(path: Path) -> dict[str, Any]:
    source = "taiwan_credit_default (UCI 350, I-Cheng Yeh)"
    table = _columns(path, "select * from t order by ID")
    state = np.stack([table[name] for name in _STATES], axis=1)
    bill = np.stack([table[f"BILL_AMT{month}"] for month in range(6, 0, -1)], axis=1).astype(np.float64)
    paid = np.stack([table[f"PAY_AMT{month}"] for month in range(6, 0, -1)], axis=1).astype(np.float64)
    limit = table["LIMIT_BAL"].astype(np.float64)
    good = state <= 0
    falls = good[:, :-1] & (state[:, 1:] >= 1)
    entry = _share(falls[good[:, :-1]], source, "status at most 0, then at least 1 the month after")
    repeat = _repeat(good, falls, source)
    # What is paid in a month pays the bill of the month before; what stands on the next bill beyond the rest of it was spent.
    owed, pays, spent = bill[:, :-1], paid[:, 1:], bill[:, 1:] - bill[:, :-1] + paid[:, 1:]
    real = (owed > _MIN_BILL) & good[:, :-1] & good[:, 1:]
    full = real & (pays >= owed)
    again = full[:, :-1] & real[:, 1:]
    share = np.clip(spent / limit[:, None], 0, 1)
    used = np.clip(owed / limit[:, None], 0, 1)
    part = real & ~full
    quantiles = _quantiles_of(source)
    return {
        "entry": entry,
        "repeat": repeat,
        "pays_in_full": _share(full[real], source, f"bills over {_MIN_BILL} of customers on time that are paid in full"),
        "stays_full": _share(full[:, 1:][again], source, "the same, of those that paid the bill before in full"),
        "paid_share": quantiles(pays[part] / owed[part], "share of the bill paid by customers on time, not in full"),
        "due_share": _quantile(pays[part] / owed[part], 0.10, source, "a tenth of those on time pay no more of the bill"),
        "spend_share_full": quantiles(share[full], "new on the next bill over the limit, paid in full"),
        "spend_share": quantiles(share[part], "new on the next bill over the limit, not paid in full"),
        "limit_minor": quantiles(limit * 100, "credit limits, TWD in minor units"),
        "used_share": quantiles(used[part], "bill over the limit, not paid in full"),
        "age": quantiles(table["AGE"].astype(np.float64), "age in years"),
    }  # fmt: skip


def _repeat(good: Any, falls: Any, source: str) -> Figure:
    """Two months of the same customer, not late before either: how often both fall late, against two strangers."""
    first, second, both = 0.0, 0.0, 0.0
    pairs = 0
    of: list[Any] = []
    for early in range(falls.shape[1]):
        for late in range(early + 2, falls.shape[1]):
            asked = good[:, early] & good[:, late]
            one, two = falls[asked, early], falls[asked, late]
            pairs += int(asked.sum())
            first, second, both = first + one.sum(), second + two.sum(), both + (one & two).sum()
            of.append(asked)
    value = float(both * pairs / (first * second))
    # Pairs of one customer are not independent; the logarithm of a count's error, times what a customer's pairs share.
    error = math.sqrt(1 / both) * math.sqrt(np.mean(np.sum(of, axis=0)[np.any(of, axis=0)]))
    return Figure(
        value=value, low=value * math.exp(-_Z * error), high=value * math.exp(_Z * error), rows=pairs, source=source,
        how="falls late in two months two or more apart, against independence, not late before either",
    )  # fmt: skip


def _panel(path: Path) -> dict[str, Any]:
    source = "card_approval_panel (Kaggle, rikdifos)"
    moves = _columns(
        path,
        "select s, n, count(*)::int c from (select STATUS s, MONTHS_BALANCE m, lead(STATUS) over w n, lead(MONTHS_BALANCE) over w k"
        " from t window w as (partition by ID order by MONTHS_BALANCE)) where k = m + 1 group by s, n order by s, n",
    )
    counted = dict(zip(zip(moves["s"], moves["n"], strict=True), moves["c"], strict=True))
    roll, cure = [], []
    for bucket in range(1, BUCKETS):
        of = {to: int(c) for (now, to), c in counted.items() if now == str(bucket)}
        total = sum(of.values())
        worse = sum(c for to, c in of.items() if to.isdigit() and int(to) > bucket)
        cured = sum(of.get(to, 0) for to in ("0", "C", "X"))
        roll.append(_part(worse, total, source, f"status {bucket}, then a worse one the month after"))
        cure.append(_part(cured, total, source, f"status {bucket}, then 0, C or X the month after"))
    return {"roll": tuple(roll), "cure": tuple(cure)}


def _gmsc(path: Path) -> dict[str, Any]:
    table = _columns(path, "select NumberOfTimes90DaysLate late from t")
    late = table["late"]
    late = late[late < 90]  # 96 and 98 are codes, not counts
    how = "90 days or more past due at least once in two years"
    return {"trouble": _share(late > 0, "gmsc (Kaggle, GiveMeSomeCredit)", how)}


def _receivables(path: Path) -> dict[str, Any]:
    source = "ibm_late_payment (IBM accounts receivable)"
    late = _columns(path, "select DaysLate late from t")["late"]
    settled = late[late <= 30]
    after = settled[settled > 0]
    by_day = [float((after <= day).mean()) for day in range(1, 31)]
    return {
        "late_settled": _share(settled > 0, source, "invoices settled within 30 days of the due date: after it"),
        "late_days": Quantiles(
            at=tuple(by_day), values=tuple(float(day) for day in range(1, 31)), rows=int(after.size), source=source,
            how="settled late within 30 days: share settled by day 1, 2, .. 30",
        ),
    }  # fmt: skip


def _lgd(path: Path) -> dict[str, Any]:
    found = _columns(path, "select Recovery_rate recovered from t")["recovered"]
    how = "recovered share of exposure at default, secured loans"
    return {"recovered_share": _quantiles_of("lgd_baesens (Baesens, LGD data)")(found, how)}


_COUNTING: Final = {"taiwan": _taiwan, "panel": _panel, "gmsc": _gmsc, "receivables": _receivables, "lgd": _lgd}


def _columns(path: Path, query: str) -> dict[str, Any]:
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("set threads = 1")
        connection.execute(
            "create view t as select * from read_csv(?)".replace("?", "'" + str(path).replace("'", "''") + "'")
        )
        found: dict[str, Any] = connection.execute(query).fetchnumpy()
    return found


def _share(flags: Any, source: str, how: str) -> Figure:
    return _part(int(flags.sum()), int(flags.size), source, how)


def _part(count: int, total: int, source: str, how: str) -> Figure:
    """A share with Wilson's interval (Wilson 1927)."""
    share = count / total
    middle = (share + _Z**2 / (2 * total)) / (1 + _Z**2 / total)
    half = _Z / (1 + _Z**2 / total) * math.sqrt(share * (1 - share) / total + _Z**2 / (4 * total**2))
    return Figure(value=share, low=middle - half, high=middle + half, rows=total, source=source, how=how)


def _quantile(values: Any, at: float, source: str, how: str) -> Figure:
    """A quantile, its interval from the order statistics (binomial ranks)."""
    half = _Z * math.sqrt(at * (1 - at) / values.size)
    low, value, high = (float(one) for one in np.quantile(values, [at - half, at, at + half]))
    return Figure(value=value, low=low, high=high, rows=int(values.size), source=source, how=how)


def _quantiles_of(source: str) -> Any:
    at = (0.0, 0.01, *(round(0.05 * one, 2) for one in range(1, 20)), 0.99, 1.0)

    def quantiles(values: Any, how: str) -> Quantiles:
        found = np.quantile(values, at)
        return Quantiles(at=at, values=tuple(map(float, found)), rows=int(values.size), source=source, how=how)

    return quantiles
