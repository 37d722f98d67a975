"""Decision tables and rules of a whole policy, beside zen-engine used at its best and as its page shows.

Part of the benchmark ``rules``, which calls ``claims``. Both engines decide the same 200 seeded applications by the same
ten rows, and must agree on every one before anything is timed. Ours runs the whole policy (table, outcome, limit, path,
reasons); zen-engine evaluates the table alone.
"""

from __future__ import annotations

from random import Random
from typing import Any

from benchmarks.claims import Claim, claim, percentile_us
from benchmarks.rules import zen_engines, zen_table
from tandem.decide.policy import CompiledPolicy, PolicyContext, compile_policy, parse_policy
from tandem.kernel.expressions import Column
from tandem.kernel.values import SqlType

COLUMNS = {
    "score": Column(SqlType.INTEGER, nullable=False),
    "income": Column(SqlType.DOUBLE, nullable=False),
    "employment": Column(SqlType.TEXT, nullable=False),
}
EMPLOYMENTS = ("fixed", "self_employed", "student", "retired")


def claims(quick: bool) -> list[Claim]:
    """The claims on tables, and on 250 rules run as a policy."""
    rounds = 5_000 if quick else 50_000
    return [_rules_in_a_policy(rounds), *(_table(rows, rounds) for rows in (10, 3_000))]


def _rules_in_a_policy(rounds: int) -> Claim:
    random = Random(7)
    columns = {f"f{i}": Column(SqlType.DOUBLE if i % 2 else SqlType.INTEGER) for i in range(120)}

    def condition() -> str:
        first, second, third = random.sample(sorted(columns), 3)
        low = random.randint(1, 40)
        return f"{first} > {random.randint(50, 99)} AND {second} < {random.randint(1, 50)} AND {third} BETWEEN {low} AND 60"

    rules = [{"rule": f"r{i}", "when": condition(), "then": "review", "reason": "R"} for i in range(250)]
    flow = [{"rules": "all_rules", "all": rules}, {"decide": "end", "then": "approve"}]
    context = PolicyContext(columns=columns, reasons={"R"})
    policy = _compiled(flow, context, when_missing="review")
    rows = [{name: _value(name, random) for name in columns} for _ in range(200)]
    (p50,) = percentile_us(lambda i: policy.run(rows[i % 200], {}), rounds, 50)
    return claim(
        "rules.policy_250.p50",
        p50,
        "us",
        "<= 20",
        protocol="250 rules of three conditions over 120 nullable facts, as one policy: outcome, reasons, path; all present",
    )


def _value(name: str, random: Random) -> int | float:
    return float(random.randint(0, 100)) if int(name[1:]) % 2 else random.randint(0, 100)


def _compiled(flow: list[dict[str, Any]], context: PolicyContext, **keys: Any) -> CompiledPolicy:
    document = {"policy": "bench", "event": "application", "missing_reason": "R", "flow": flow, **keys}
    return compile_policy(parse_policy(document), context, {})


def _table(count: int, rounds: int) -> Claim:
    span = max(1000, count)
    bands = [(i * span // count, (i + 1) * span // count) for i in range(count)]
    rows = [_row(index, low, high) for index, (low, high) in enumerate(bands)]
    table = {
        "table": "offer",
        "columns": ["score", "income", "employment"],
        "outputs": ["outcome", "reason", "limit"],
        "rows": [[*cells, *outputs] for cells, outputs in rows],
        "default": ["decline", "R", 0],
    }
    policy = _compiled([table, {"decide": "end", "then": "approve"}], PolicyContext(columns=COLUMNS, reasons={"R"}))
    random = Random(11)
    facts = [
        {
            "score": random.randint(0, span - 1),
            "income": float(random.randint(0, 40) * 100),
            "employment": random.choice(EMPLOYMENTS),
        }
        for _ in range(200)
    ]
    anyone = dict.fromkeys(COLUMNS, "")
    hits = [(_zen_cells(cells), f"'row_{index}'") for index, (cells, _) in enumerate(rows, start=1)]
    best, documented = zen_engines(zen_table(list(COLUMNS), [*hits, (anyone, "'default'")], hit_policy="first"))
    for row in facts:
        ours = policy.run(row, {}).fired[0]
        theirs = f"offer.{best(row)['hit']}"
        if ours != theirs:
            raise AssertionError(f"The engines disagree on {row}: {ours}, {theirs}")
    (p50,) = percentile_us(lambda i: policy.run(facts[i % 200], {}), rounds, 50)
    (peer,) = percentile_us(lambda i: best(facts[i % 200]), max(rounds // 20, 200), 50)
    (shown,) = percentile_us(lambda i: documented(facts[i % 200]), max(rounds // 50, 200), 50)
    return claim(
        f"rules.table_{count}.p50",
        p50,
        "us",
        "<= 5",
        peer=f"zen-engine, loader returning ZenDecisionContent (as documented: {shown:.0f} us)",
        peer_value=peer,
        protocol=f"{count:,} rows x 3 conditions, first hit, 200 seeded applications, both engines agree on each",
    )


def _row(index: int, low: int, high: int) -> tuple[list[str], list[Any]]:
    cells = [
        f"[{low}..{high})",
        f">= {index % 3 * 1000}" if index % 3 else "-",
        "-" if index % 2 else "in [fixed, retired]",
    ]
    return cells, [("approve", "review")[index % 2], "R", index * 100]


def _zen_cells(cells: list[str]) -> dict[str, str]:
    """The same cells as zen-engine writes them: an empty one for any, a list without the word."""
    score, income, employment = cells
    return {
        "score": score,
        "income": "" if income == "-" else income,
        "employment": "" if employment == "-" else "'fixed', 'retired'",
    }
