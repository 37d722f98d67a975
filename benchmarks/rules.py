"""250 three-condition rules (and a ten-row decision table) in process, beside zen-engine on the same rows.

The rules are drawn with a seed over 18 fields as a card issuer's policy reads them: amounts, rates, counts, codes; each
row asks all of them and wants every one that fires. zen-engine gets the same rules as one collecting decision table,
once as it is best used (a loader returning ``ZenDecisionContent``) and once as its documentation shows
(``create_decision().evaluate``). Before anything is timed the two must give the same rules for the same rows.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import Any

import zen

from benchmarks.claims import Claim, claim, percentile_us
from tandem.kernel.expressions import Column, Conditions, Hits, compile_conditions, parse
from tandem.kernel.values import Row, SqlType

RULES = 250
CONDITIONS = 3
SEED = 20261124
_NUMBERS = [f"rate_{index}" for index in range(8)]
_COUNTS = [f"count_{index}" for index in range(6)]
_CODES = [f"code_{index}" for index in range(4)]
SCHEMA = (
    {name: Column(SqlType.DOUBLE) for name in _NUMBERS}
    | {name: Column(SqlType.INTEGER) for name in _COUNTS}
    | {name: Column(SqlType.TEXT) for name in _CODES}
)


def run(quick: bool) -> list[Claim]:
    from benchmarks import tables  # it borrows zen-engine's side from here

    return [*_rules(quick), *tables.claims(quick)]


@dataclass(frozen=True)
class _Condition:
    field: str
    sign: str
    value: float | int | str

    @property
    def sql(self) -> str:
        value = f"'{self.value}'" if isinstance(self.value, str) else repr(self.value)
        return f"{self.field} {self.sign} {value}"

    @property
    def cell(self) -> str:
        """The same as a cell of zen-engine's table."""
        if isinstance(self.value, str):
            return f"{'==' if self.sign == '=' else '!='} '{self.value}'"
        return f"{self.sign} {self.value!r}"


def _rules(quick: bool) -> list[Claim]:
    rng = random.Random(SEED)
    rules = [_rule(rng) for _ in range(RULES)]
    known = [_row(rng, missing=0.0) for _ in range(500)]
    some_missing = [_row(rng, missing=0.1) for _ in range(500)]
    conditions = [parse(" AND ".join(condition.sql for condition in rule), SCHEMA) for rule in rules]
    every = compile_conditions(conditions)
    first = compile_conditions(conditions, hits=Hits.FIRST)
    content = zen_table(
        sorted(SCHEMA), [({c.field: c.cell for c in rule}, str(index)) for index, rule in enumerate(rules)]
    )
    best, documented = zen_engines(content)
    for row in known[:100]:
        wanted = [item["hit"] for item in best(row)]
        assert every(row, {}) == wanted, "the two engines must agree before they are timed"
        assert first(row, {}) == wanted[:1]

    rounds = 5_000 if quick else 40_000
    ours, ours_99 = percentile_us(lambda index: every(known[index % 500], {}), rounds, 50, 99)
    (missing,) = percentile_us(lambda index: every(some_missing[index % 500], {}), rounds, 50)
    (until_first,) = percentile_us(lambda index: first(known[index % 500], {}), rounds, 50)
    (at_best,) = percentile_us(lambda index: best(known[index % 500]), rounds // 10, 50, warm_up=50)
    (as_documented,) = percentile_us(lambda index: documented(known[index % 500]), rounds // 50, 50, warm_up=10)
    protocol = (
        f"{RULES} rules of {CONDITIONS} conditions over {len(SCHEMA)} nullable fields, all hits"
        f" ({_mean_hits(every, known):.1f} a row), 500 rows in turn, one call at a time; equal results asserted first"
    )
    loader, shown = "zen-engine 2.1.3, loader + ZenDecisionContent", "zen-engine 2.1.3, create_decision().evaluate"
    return [
        claim("rules.250.p50", ours, "us", "<= 20", peer=loader, peer_value=at_best, protocol=protocol),
        claim("rules.250.p50.documented", ours, "us", peer=shown, peer_value=as_documented, protocol=protocol),
        claim("rules.250.p99", ours_99, "us", protocol=protocol),
        claim("rules.250.missing.p50", missing, "us", "<= 20", protocol=protocol + "; a tenth of the values unknown"),
        claim("rules.250.first.p50", until_first, "us", protocol=protocol.replace("all hits", "until the first hit")),
    ]


def _rule(rng: random.Random) -> list[_Condition]:
    fields = rng.sample(sorted(SCHEMA), CONDITIONS)
    return [_condition(rng, field) for field in fields]


def _condition(rng: random.Random, field: str) -> _Condition:
    if field in _CODES:
        return _Condition(field, rng.choice(["=", "<>"]), f"v{rng.randrange(6)}")
    sign = rng.choice(["<", "<=", ">", ">="])
    return _Condition(field, sign, rng.randrange(100) if field in _COUNTS else round(rng.random(), 3))


def _row(rng: random.Random, missing: float) -> Row:
    row: Row = {}
    for field in SCHEMA:
        if rng.random() < missing:
            row[field] = None
        elif field in _CODES:
            row[field] = f"v{rng.randrange(6)}"
        else:
            row[field] = rng.randrange(100) if field in _COUNTS else rng.random()
    return row


def _mean_hits(conditions: Conditions, rows: list[Row]) -> float:
    return sum(len(conditions(row, {})) for row in rows) / len(rows)


# zen-engine, for the rules above and for the decision table.


def zen_table(fields: list[str], rows: list[tuple[dict[str, str], str]], hit_policy: str = "collect") -> str:
    """A decision graph of one table: per row the cells by field and the value of its output ``hit``."""
    inputs = [{"id": field, "name": field, "type": "expression", "field": field} for field in fields]
    cells = [
        {"_id": str(index), "hit": value} | {field: given.get(field, "") for field in fields}
        for index, (given, value) in enumerate(rows)
    ]
    table = {
        "hitPolicy": hit_policy,
        "inputs": inputs,
        "outputs": [{"id": "hit", "name": "hit", "type": "expression", "field": "hit"}],
        "rules": cells,
    }
    places = [{"x": index, "y": 0} for index in range(3)]
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": places[0]},
        {"id": "table", "type": "decisionTableNode", "name": "table", "position": places[1], "content": table},
        {"id": "out", "type": "outputNode", "name": "out", "position": places[2]},
    ]
    edges = [
        {"id": "1", "sourceId": "in", "targetId": "table", "type": "edge"},
        {"id": "2", "sourceId": "table", "targetId": "out", "type": "edge"},
    ]
    return json.dumps({"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges})


def zen_engines(content: str) -> tuple[Any, Any]:
    """zen-engine at its best, and as its documentation shows: two functions of a row."""
    compiled = zen.ZenDecisionContent(content)
    engine = zen.ZenEngine({"loader": lambda _: compiled})
    decision = zen.ZenEngine().create_decision(content)
    return (
        lambda row: engine.evaluate("table", row)["result"],
        lambda row: decision.evaluate(row)["result"],
    )
