"""The compiled function and the interpreter are two readings of one plan; on random policies they never differ."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tandem.decide.models import Contribution, Score
from tandem.decide.policy import ModelSignature, PolicyContext, parse_policy
from tandem.decide.policy.binding import bind
from tandem.decide.policy.compiled import CompiledPolicy
from tandem.kernel.expressions import Column
from tandem.kernel.values import SqlType

COLUMNS = {
    "person": Column(SqlType.TEXT),
    "age": Column(SqlType.INTEGER, nullable=False),
    "income": Column(SqlType.DOUBLE),
    "debt": Column(SqlType.DOUBLE),
    "home": Column(SqlType.TEXT),
    "student": Column(SqlType.BOOLEAN),
}
CONTEXT = PolicyContext(
    columns=COLUMNS,
    lists={"blocked", "friends"},
    models={name: ModelSignature(name=name, inputs=("income", "debt"), digest=name) for name in ("m1", "m2")},
    reasons={"A", "B", "C", "D", "M"},
)
# Findings that do not keep a policy from having a meaning; random ones are full of them.
HARMLESS = {"never_true", "unreachable_row", "unreachable_rule", "unreachable_stage", "table_gap", "table_overlap"}


class Model:
    def __init__(self, weight: float) -> None:
        self.weight = weight

    def score(self, row: Any, /) -> Score:
        x = (row[0] or 0.0) - self.weight * (row[1] or 0.0)
        return Score(0.1 if x > 5 else 0.6, x, 500 + x)

    def reasons(self, row: Any, top: int, /) -> tuple[Contribution, ...]:
        return (Contribution("income", row[0], 0.4, "C"), Contribution("debt", row[1], 0.1, "D"))[:top]


MODELS = {"m1": Model(1.0), "m2": Model(2.0)}


class Author:
    """Writes a random policy, knowing which variables may be read."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.numbers = ["age", "income", "debt"]
        self.count = 0

    def name(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}_{self.count}"

    def condition(self, depth: int = 2) -> str:
        pick = self.random.choice
        if depth and self.random.random() < 0.5:
            left, right = self.condition(depth - 1), self.condition(depth - 1)
            return f"({left} {pick(['AND', 'OR'])} {right})" if self.random.random() < 0.8 else f"NOT ({left})"
        number = pick(self.numbers)
        return pick(
            [
                f"{number} {pick(['<', '<=', '>', '>=', '=', '<>'])} {self.random.randint(0, 10)}",
                f"{number} BETWEEN {self.random.randint(0, 5)} AND {self.random.randint(5, 10)}",
                f"home {pick(['=', '<>'])} '{pick('xyz')}'",
                f"home IN ('x', '{pick('yz')}')",
                f"{pick(['home', number])} IS {pick(['', 'NOT '])}NULL",
                "student",
                f"income / NULLIF(debt - {self.random.randint(0, 3)}, 0) > 1",
                f"in_list(person, '{pick(['blocked', 'friends'])}')",
            ]
        )

    def effect(self, *, final: bool = False) -> dict[str, Any]:
        chance = self.random.random
        effect: dict[str, Any] = {}
        if final or chance() < 0.7:
            effect |= {
                "then": self.random.choice(["decline", "review", "approve"]),
                "reason": self.random.choice("ABCD"),
            }
            if chance() < 0.1 and not final:
                effect["stop"] = True
        if chance() < 0.3:
            effect["severity"] = self.random.randint(0, 3)
        if chance() < 0.3:
            effect["actions"] = self.random.sample(["call", "mail", "visit"], 2)
        if chance() < 0.3:
            effect["cap"] = self.random.choice([self.random.randint(0, 900), "age * 10"])
        if chance() < 0.4:
            effect["limit"] = self.random.choice([self.random.randint(0, 900), "age * 30", "CAST(income AS BIGINT)"])
        if chance() < 0.3:
            effect["price"] = {"rate_bps": self.random.choice([100, "debt + 1"])}
        if chance() < 0.2:
            effect["set"] = [{self.random.choice(["u", "v"]): self.random.choice(["1.5", "debt", "income - debt"])}]
        return effect

    def missing(self) -> dict[str, Any]:
        if self.random.random() < 0.6:
            return {}
        then = self.random.choice(["decline", "review", "approve", "skip"])
        return {"when_missing": then if then == "skip" else {"then": then, "reason": self.random.choice("AB")}}

    def stop_on(self) -> dict[str, Any]:
        return {"stop_on": self.random.choice(["decline", ["review", "decline"]])} if self.random.random() < 0.2 else {}

    def flow(self, depth: int) -> list[dict[str, Any]]:
        kinds = [self.lists, self.rules, self.table, self.scorecard, self.model, self.set]
        if depth:
            kinds += [self.switch, self.split]
        stages = []
        for _ in range(self.random.randint(0, 4)):
            kind = self.random.choice(kinds)
            stages.append(kind(depth) if kind in (self.switch, self.split) else kind())
        return stages

    def lists(self) -> dict[str, Any]:
        check = {"list": self.random.choice(["blocked", "friends"]), "of": "person", **self.effect(), **self.missing()}
        return {"lists": self.name("lists"), "checks": [check], **self.stop_on()}

    def rules(self) -> dict[str, Any]:
        rules = [
            {"rule": f"r{i}", "when": self.condition(), **self.effect(), **self.missing()}
            for i in range(self.random.randint(1, 4))
        ]
        return {
            "rules": self.name("rules"),
            self.random.choice(["all", "first"]): rules,
            **self.missing(),
            **self.stop_on(),
        }

    def cell(self, kind: str) -> str:
        pick, number = self.random.choice, self.random.randint(0, 10)
        if self.random.random() < 0.25:
            return "-"
        if self.random.random() < 0.15:
            return pick(["missing", "present", f"if {self.condition(1)}"])
        if kind == "text":
            base = pick(["x", "in [x, y]", "!= y", "not in [x, z]"])
        elif kind == "boolean":
            base = pick(["true", "false"])
        else:
            base = pick([f">= {number}", f"< {number}", f"> {number}", f"<= {number}", f"[{number}..{number + 3})",
                         f"({number}..{number + 2}]", str(number), f"in [{number}, 3]", f"!= {number}"])  # fmt: skip
        return base + pick(["", "", " or missing"])

    def table(self) -> dict[str, Any]:
        columns = self.random.sample([("age", "number"), ("income", "number"), ("home", "text"), ("student", "boolean"),
                                      ("debt - income", "number")], self.random.randint(1, 3))  # fmt: skip
        hit = self.random.choice(["first", "unique", "priority", "collect"])
        name = self.name("table")
        outputs = ["outcome", "reason"]
        outputs += self.random.sample(
            ["limit", "cap", "price.rate_bps", "actions", f"{name}_out"], self.random.randint(0, 3)
        )

        def values() -> list[Any]:
            found: list[Any] = []
            for output in outputs:
                outcome = self.random.choice(["decline", "review", "approve"])
                found.append(
                    outcome
                    if output == "outcome"
                    else self.random.choice("ABCD")
                    if output == "reason"
                    else self.random.choice(["call", "call, mail"])
                    if output == "actions"
                    else self.random.choice([1, 2, "= age + 1"])
                    if output in {"limit", "cap"} or hit == "collect"
                    else self.random.choice([1, 2, None, "= age * 2"])
                )
            return found

        rows = [[*(self.cell(kind) for _, kind in columns), *values()] for _ in range(self.random.randint(1, 6))]
        rows[0] = rows[0][: len(columns)] + [3 if (isinstance(cell, str) and cell[:1] == "=") or cell is None else cell
                                             for cell in rows[0][len(columns) :]]  # fmt: skip
        document = {"table": name, "hit": hit, "columns": [text for text, _ in columns], "outputs": outputs, "rows": rows,
                    **self.missing(), **self.stop_on()}  # fmt: skip
        if hit == "collect":
            document["aggregate"] = self.random.choice(["sum", "min", "max"])
        if self.random.random() < 0.5:
            document["default"] = values()
        if f"{name}_out" in outputs:
            self.numbers.append(f"{name}_out")
        return document

    def scorecard(self) -> dict[str, Any]:
        name = self.name("card")
        cut = self.random.randint(1, 9)
        document = {
            "scorecard": name,
            "base": self.random.randint(0, 3),
            "characteristics": [
                {"characteristic": "age", "bins": [[f"< {cut}", 1], [f"> {cut}", 2]], "otherwise": 0, "reason": "A"},
                {"characteristic": "inc", "of": "income", "bins": [[f"<= {cut}", 3], ["missing", self.random.choice([1, 0.5])]],
                 "otherwise": 7, "reason": "B"},
                {"characteristic": "home", "bins": [["in [x, y]", 1], ["missing", 2]], "otherwise": 3},
            ],
        }  # fmt: skip
        self.numbers.append(name)
        return document

    def model(self) -> dict[str, Any]:
        name = self.name("model")
        self.numbers.append(f"{name}_pd")
        return {
            "model": name,
            "uses": self.random.choice(["m1", "m2"]),
            "probability": f"{name}_pd",
            "margin": f"{name}_mg",
        }

    def set(self) -> dict[str, Any]:
        name = self.name("x")
        formula = self.random.choice(
            ["income - debt", f"{self.random.choice(self.numbers)} + 1", "COALESCE(income, 3.0)"]
        )
        self.numbers.append(name)
        return {"set": self.name("set"), "values": [{name: formula}]}

    def inside(self, depth: int) -> list[dict[str, Any]]:
        """A branch; what it sets may be read within, and after it only where every branch would have set it."""
        known = list(self.numbers)
        flow = self.flow(depth - 1)
        if self.random.random() < 0.2:
            flow.append({"decide": self.name("end"), **self.effect(final=True)})
        self.numbers = known + [name for name in self.numbers[len(known) :] if self.random.random() < 0.3]
        return flow

    def switch(self, depth: int) -> dict[str, Any]:
        cases: list[dict[str, Any]] = [
            {"case": f"c{i}", "when": self.condition(), "flow": self.inside(depth), **self.missing()}
            for i in range(self.random.randint(1, 2))
        ]
        if self.random.random() < 0.6:
            cases.append({"otherwise": "rest", "flow": self.inside(depth)})
        return {"switch": self.name("switch"), "cases": cases}

    def split(self, depth: int) -> dict[str, Any]:
        share = self.random.randint(0, 60)
        arms = [{"arm": "one", "share": 100 - share, "flow": self.inside(depth)},
                {"arm": "two", "share": share, "flow": self.inside(depth)}]  # fmt: skip
        return {"split": self.name("split"), "by": "person", "when_missing": "one", "arms": arms}

    def policy(self) -> dict[str, Any]:
        precedence = self.random.sample(["decline", "review", "approve"], 3)
        cases = [
            {"case": f"c{i}", "when": self.condition(), **self.effect(final=True), **self.missing()} for i in range(2)
        ]
        flow = [*self.flow(2), *self.flow(2)]
        flow.append({"decide": "end", "cases": [*cases, {"otherwise": "rest", **self.effect(final=True)}]})
        return {"policy": "random", "event": "e", "precedence": precedence, "missing_reason": "M", "when_missing": "review",
                "flow": flow}  # fmt: skip

    def row(self) -> dict[str, Any]:
        def maybe(value: Any) -> Any:
            return None if self.random.random() < 0.25 else value

        return {
            "person": maybe(self.random.choice(["bad", "good", "p1", "p2", "p3"])),
            "age": self.random.randint(0, 10),
            "income": maybe(float(self.random.randint(0, 10))),
            "debt": maybe(self.random.choice([0.0, 1.0, 2.5, float(self.random.randint(0, 10))])),
            "home": maybe(self.random.choice("xyzw")),
            "student": maybe(self.random.random() < 0.5),
        }


LISTS = {"blocked": {"bad"}, "friends": {"good", "p1"}}


def written(seed: int) -> tuple[Author, CompiledPolicy] | None:
    """A random policy, or None where its author read a variable that its place does not know."""
    author = Author(seed)
    policy = parse_policy(author.policy())
    plan, findings = bind(policy, CONTEXT)
    wrong = {one.code for one in findings if one.severity == "error"} - HARMLESS
    if wrong:
        assert wrong <= {"unknown_column", "missing_branch", "type_change", "mixed_output"}, findings
        return None
    return author, CompiledPolicy(plan, MODELS)


def agree(seed: int) -> bool:
    found = written(seed)
    if found is None:
        return False
    author, policy = found
    for _ in range(8):
        row = author.row()
        result = policy.run(row, LISTS)
        trace = policy.trace(row, LISTS)
        assert trace.result == result
        assert policy.run(dict(reversed(row.items())), LISTS) == result
        json.loads(msgspec.json.encode(trace))
    return True


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**40))
def test_on_random_policies_and_rows_the_run_is_the_trace(seed):
    agree(seed)


def test_most_random_policies_are_valid():
    assert sum(written(seed) is not None for seed in range(60)) > 30


@pytest.mark.prove
@pytest.mark.timeout(1800)
def test_on_three_thousand_random_policies_the_run_is_the_trace():
    assert sum(agree(seed) for seed in range(3000)) > 1500
