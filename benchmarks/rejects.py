"""Reckoning with the declined, where everybody's outcome is known: a legacy card accepts 60 % of Taiwan's 30,000 accounts.

The legacy card is a logistic regression on four weak fields, fitted on 3,000 accounts that nobody sees again. Of the rest two
thirds teach: those it accepts with their outcome, those it declines without, but for the 2 % of the declined whom chance lets
through. The last third judges, the declined among them, since here their outcome is known; no method sees it. The split is
drawn anew in every round (the accounts have no dates), and figures are means over rounds. The upper bound is the same learner
with everybody's outcome.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from benchmarks.backtest import DATA
from benchmarks.claims import Claim, claim
from tandem.learn.rejects import METHODS, RejectMethod, RejectSpec, RejectTruth, Truth, compare_reject_inference
from tandem.learn.training import fit_logistic, read_table

LEGACY = ("LIMIT_BAL", "AGE", "EDUCATION", "PAY_2")
LEGACY_ROWS = 3_000
ACCEPTED = 0.6
LET_THROUGH = 0.02
TARGET = "class"
LEFT_OUT = {"ID", TARGET, "bad", "chance"}
QUICK: tuple[RejectMethod, ...] = (RejectMethod.NONE, RejectMethod.FUZZY, RejectMethod.CORRECTED)


def run(quick: bool) -> list[Claim]:
    methods, rounds = (QUICK, 2) if quick else (METHODS, 10)
    found = [play(seed, methods) for seed in range(rounds)]
    how = (
        f"mean of {rounds} drawn splits of Taiwan's 30,000 accounts (random, the set has no dates); a legacy card on four fields "
        f"accepts 60 %, {LET_THROUGH:.0%} of the declined are let through by chance; our scorecard with weights"
    )
    bound = [one[None] for one in found]
    claims = []
    for method in methods:
        mine = [one[method] for one in found]
        judged = method is RejectMethod.CORRECTED
        claims += [
            claim(
                f"rejects.{method}.bias",
                abs(float(np.mean([one.ratio_all for one in mine])) - 1),
                "|mean expected / seen bads - 1|, everybody",
                "<= 0.05" if judged else "",
                peer="everybody's outcome known",
                peer_value=abs(float(np.mean([one.ratio_all for one in bound])) - 1),
                protocol=how,
            ),
            claim(
                f"rejects.{method}.spread",
                float(np.std([one.ratio_all for one in mine])),
                "deviation of that ratio from split to split",
                peer="everybody's outcome known",
                peer_value=float(np.std([one.ratio_all for one in bound])),
                protocol=how + "; about 160 accounts are let through by chance, and so few are noisy",
            ),
            claim(
                f"rejects.{method}.ratio_declined",
                float(np.mean([one.ratio_declined for one in mine])),
                "expected / seen bads, the declined",
                peer="everybody's outcome known",
                peer_value=float(np.mean([one.ratio_declined for one in bound])),
                protocol=how,
            ),
            claim(
                f"rejects.{method}.auc",
                float(np.mean([one.auc_all for one in mine])),
                "AUC, everybody",
                peer="everybody's outcome known",
                peer_value=float(np.mean([one.auc_all for one in bound])),
                protocol=how,
            ),
        ]
    return claims


def play(seed: int, methods: Sequence[RejectMethod]) -> dict[RejectMethod | None, RejectTruth]:
    """What each method comes to in one split; under None, the same learner with everybody's outcome."""
    rng = np.random.default_rng(seed)
    table = read_table(DATA)
    table = table.take(pa.array(rng.permutation(table.num_rows)))
    bad = np.asarray(table[TARGET].to_numpy(), dtype=np.float64)
    fields = np.column_stack([np.asarray(table[name].to_numpy(), dtype=np.float64) for name in LEGACY])
    fields = (fields - fields[:LEGACY_ROWS].mean(0)) / fields[:LEGACY_ROWS].std(0)
    score = fit_logistic(fields[:LEGACY_ROWS], bad[:LEGACY_ROWS]).log_odds(fields)
    accepted = score <= np.quantile(score[:LEGACY_ROWS], ACCEPTED)
    through = ~accepted & (rng.random(bad.size) < LET_THROUGH)
    table = table.append_column("bad", pa.array(bad > 0.5))
    table = table.append_column("chance", pa.array(np.where(through, LET_THROUGH, np.nan), from_pandas=True))
    place = np.arange(bad.size)
    last = LEGACY_ROWS + (bad.size - LEGACY_ROWS) * 2 // 3
    teach, judge = (place >= LEGACY_ROWS) & (place < last), place >= last
    told = accepted | through
    truth = Truth(table.filter(pa.array(judge)), accepted[judge])
    declined, test = table.filter(pa.array(teach & ~told)), table.filter(pa.array(judge & told))
    inputs = [name for name in table.column_names if name not in LEFT_OUT]

    def compared(labelled: pa.Table, propensity: str | None, some: Sequence[RejectMethod]) -> list[RejectTruth | None]:
        made = compare_reject_inference(
            labelled, declined, test, RejectSpec(seed=seed), target="bad", inputs=inputs, propensity=propensity,
            truth=truth, methods=some,
        )  # fmt: skip
        return [made.comparison.of(one).truth for one in some]

    found: dict[RejectMethod | None, RejectTruth] = {}
    everybody = compared(table.filter(pa.array(teach)), None, (RejectMethod.NONE,))
    mine = compared(table.filter(pa.array(teach & told)), "chance", methods)
    for name, one in [(None, everybody[0]), *zip(methods, mine, strict=True)]:
        assert one is not None, "everybody's outcome is known here"
        found[name] = one
    return found
