"""Expected loss by columns beside a plain loop over months, and losses given default by segment on real defaults.

The accounts are drawn with a seed: instalments over up to three years, rates, probabilities, stages. The loop counts a part of
them month by month and has to come to the same. Losses given default are those of a published set of mortgage defaults
(``TANDEM_DATA_DIR``): the mean of a band of loan-to-value, learned on half of the rows, beside the mean of all, on the other half.
"""

from __future__ import annotations

import csv
import time

import numpy as np

from benchmarks.claims import Claim, claim
from benchmarks.data_folder import absent, data_if_here
from tandem.act.provisions import Exposures, Scenario, expected_loss

_SEED = 20261130
_ACCOUNTS = 1_000_000
_LOOPED = 2_000
_BANDS = 5
_DRAWS = 1_000


def run(quick: bool) -> list[Claim]:
    """Measure; ``quick`` with a twentieth of the accounts."""
    return [*_columns(_ACCOUNTS // 20 if quick else _ACCOUNTS), *_segments()]


def _columns(accounts: int) -> list[Claim]:
    rng = np.random.default_rng(_SEED)
    terms = rng.integers(1, 37, accounts)
    account = np.repeat(np.arange(accounts), terms)
    months = np.arange(len(account)) - np.repeat(np.cumsum(terms) - terms, terms) + 1
    exposures = Exposures(
        account=account, amount=rng.integers(1_000, 500_000, len(account)).astype(np.float64), months=months,
        rate=np.repeat(rng.uniform(0, 0.36, accounts), terms), drawn=np.ones(len(account), dtype=np.bool_),
    )  # fmt: skip
    stage, pd = rng.choice([1, 2, 3], accounts, p=[0.9, 0.07, 0.03]).astype(np.int8), rng.beta(1, 30, accounts)
    lgd, base = rng.uniform(0.2, 0.8, accounts), Scenario(scenario="base", weight_pct=100)
    start = time.perf_counter()
    found = expected_loss(exposures, stage=stage, pd=pd, lgd=lgd, scenario=base)
    seconds = time.perf_counter() - start
    start = time.perf_counter()
    ends = np.cumsum(terms)
    worst = 0.0
    for one in range(_LOOPED):
        lines = slice(ends[one] - terms[one], ends[one])
        slow = _looped(exposures, lines, int(stage[one]), float(pd[one]), float(lgd[one]))
        worst = max(worst, abs(slow - float(found[one])))
    looped = (time.perf_counter() - start) * accounts / _LOOPED
    protocol = f"{accounts:,} accounts with {len(account):,} instalments, one scenario"
    return [
        claim("provisions.expected_loss.time", seconds, "s", peer="a loop over months", peer_value=looped,
              protocol=f"{protocol}; the loop's time from {_LOOPED:,} of them"),
        claim("provisions.expected_loss.difference", worst, "minor units", "<= 0.01", peer="a loop over months",
              peer_value=0, protocol=f"the largest difference of an account, {_LOOPED:,} looked at"),
    ]  # fmt: skip


def _looped(exposures: Exposures, lines: slice, stage: int, pd: float, lgd: float) -> float:
    amounts, months = exposures.amount[lines].tolist(), exposures.months[lines].tolist()
    rate = float(exposures.rate[lines.start])
    if stage == 3:
        return sum(amounts) * lgd
    hazard, alive, found = 1 - (1 - pd) ** (1 / 12), 1.0, 0.0
    for month in range(1, (min(months[-1], 12) if stage == 1 else months[-1]) + 1):
        owed = sum(amount for amount, due in zip(amounts, months, strict=True) if due >= month)
        found += alive * hazard * lgd * owed / (1 + rate) ** (month / 12)
        alive *= 1 - hazard
    return found


def _segments() -> list[Claim]:
    path = data_if_here("lgd_baesens/lgd.csv")
    if path is None:
        return [claim("provisions.lgd.error", None, "mean squared error", protocol=absent("lgd_baesens/lgd.csv"))]
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(float(row["LTV"]), float(row["lgd_time"])) for row in csv.DictReader(file)]
    value, lost = np.asarray(rows).T
    rng = np.random.default_rng(_SEED)
    order = rng.permutation(len(lost))
    learned, judged = order[: len(order) // 2], order[len(order) // 2 :]
    edges = np.quantile(value[learned], np.linspace(0, 1, _BANDS + 1)[1:-1])
    bands = np.searchsorted(edges, value)
    means = np.asarray([lost[learned][bands[learned] == band].mean() for band in range(_BANDS)])
    ours, peer = (lost[judged] - means[bands[judged]]) ** 2, (lost[judged] - lost[learned].mean()) ** 2
    gains = [
        1 - ours[some].mean() / peer[some].mean()
        for some in (rng.integers(0, len(judged), len(judged)) for _ in range(_DRAWS))
    ]
    low, high = np.quantile(gains, [0.025, 0.975])
    protocol = (
        f"{len(judged):,} defaults not learned from; the mean of five bands of loan-to-value, from {len(learned):,} others; error "
        f"{100 * (1 - ours.mean() / peer.mean()):.1f} % lower, 95 % interval {100 * low:.1f} to {100 * high:.1f} %"
    )
    return [
        claim("provisions.lgd.error", float(ours.mean()), "mean squared error", peer="the mean of all",
              peer_value=float(peer.mean()), protocol=protocol),
        claim("provisions.lgd.gain", float(low), "share of the error, lower end of the interval", ">= 0", protocol=protocol),
    ]  # fmt: skip
