"""What a draft policy would have done to the last 100,000 decisions, beside deciding them again one by one.

A lender's policy (block lists, thirty rules, a forty-row table, a scorecard, a model with stored scores, a switch, a
champion and challenger) has decided on applications drawn with a seed; a tenth of the values is missing, and of those
it approved it is known how they turned out. Then it is edited, as a strategist edits it: each edit is a draft that was
never seen before, read, bound, compiled to SQL, run over all decisions, compared with the live policy and cut into
segments. The peer is the loop without all that: the compiled policy, row by row, over rows that lie ready.
"""

from __future__ import annotations

import copy
import gc
import random
import time
from statistics import median
from typing import Any

import duckdb

from benchmarks.claims import Claim, claim
from tandem.decide.models import Contribution, Score
from tandem.decide.policy import CompiledPolicy, ModelSignature, PolicyContext, compile_policy, parse_policy
from tandem.decide.policy.set_based import KnownScore, SetPolicy, rows_of
from tandem.kernel.expressions import Column
from tandem.kernel.time import Micros, SystemClock
from tandem.kernel.values import SqlType
from tandem.learn.effect import Asked, Effect, FactStore, FactTable, Recorded, Side, preview
from tandem.learn.effect.scoring import score_columns
from tandem.learn.labels import OutcomeDefinition

DECISIONS = 100_000
SEED = 20261128
_COUNTS = [f"count_{index}" for index in range(8)]
_RATES = [f"rate_{index}" for index in range(6)]
COLUMNS = {
    "person": Column(SqlType.TEXT, nullable=False),
    "device": Column(SqlType.TEXT),
    "amount_minor": Column(SqlType.INTEGER, nullable=False),
    "term_months": Column(SqlType.INTEGER, nullable=False),
    "income_minor": Column(SqlType.INTEGER),
    "age": Column(SqlType.INTEGER),
    "job": Column(SqlType.TEXT),
    "home": Column(SqlType.TEXT),
    **{name: Column(SqlType.INTEGER) for name in _COUNTS},
    **{name: Column(SqlType.DOUBLE) for name in _RATES},
    "occurred_at": Column(SqlType.TIMESTAMP, nullable=False),
    "received_at": Column(SqlType.TIMESTAMP, nullable=False),
}
_INPUTS = ("income_minor", "age", *_RATES[:2])
CONTEXT = PolicyContext(
    columns=COLUMNS,
    lists=("blocked_people", "blocked_devices"),
    models={"risk": ModelSignature(name="risk", inputs=_INPUTS, digest="risk")},
    reasons={"BLOCKED", "RULE", "TABLE", "RISK", "INFORMATION_MISSING"},
)


class Risk:
    """Stands for the model: its scores were stored when the decisions were taken."""

    def score(self, row: Any, /) -> Score:
        income, age, one, two = row
        raw = (one or 0.3) + (two or 0.3) - (income or 200_000) / 2e6 + (0.2 if age is None or age < 25 else 0.0)
        probability = min(0.99, max(0.01, raw / 2))
        return Score(probability, raw, 700.0 - 300.0 * probability)

    def reasons(self, row: Any, top: int, /) -> tuple[Contribution, ...]:
        return (Contribution("income_minor", row[0], 0.4, "RISK"),)[:top]


MODELS = {"risk": Risk()}


def document() -> dict[str, Any]:
    """The live policy."""
    rng = random.Random(SEED)
    rules = []
    for index in range(30):
        name = rng.choice(_COUNTS)
        when = f"{name} > {rng.randint(90, 99)} AND {rng.choice(_RATES)} > {rng.uniform(0.7, 0.95):.3f}"
        rules.append({"rule": f"r{index}", "when": when, "then": rng.choice(["decline", "review"]), "reason": "RULE",
                      "severity": index, "when_missing": "skip"})  # fmt: skip
    rows = []
    for low in range(0, 100, 10):
        for job, ok in (("fixed", "approve"), ("freelance", "approve"), ("partime", "review"), ("-", "review")):
            outcome = ok if low < 70 else "decline"
            price = 900 + 10 * low
            rows.append({"row": f"{job.strip('-') or 'any'}_{low}", "when": [f"[{low / 100}..{(low + 10) / 100})", job],
                         "then": [outcome, "TABLE", 1.0 if low < 40 else 0.7, price]})  # fmt: skip
    return {
        "policy": "application",
        "event": "application",
        "currency": "EUR",
        "when_missing": "review",
        "flow": [
            {"lists": "known_bad", "stop_on": ["decline"], "checks": [
                {"list": "blocked_people", "of": "person", "then": "decline", "reason": "BLOCKED"},
                {"list": "blocked_devices", "of": "device", "then": "decline", "reason": "BLOCKED", "when_missing": "skip"},
            ]},
            {"set": "derived", "values": [
                {"instalment_minor": "amount_minor / term_months"}, {"burden": "instalment_minor / NULLIF(income_minor, 0)"}]},
            {"rules": "knock_out", "all": rules, "stop_on": ["decline"]},
            {"scorecard": "standing", "base": 300, "characteristics": [
                {"characteristic": "age", "bins": [["< 25", 10], ["[25..40)", 40], [">= 40", 60], ["missing", 15]], "otherwise": 20},
                {"characteristic": "home", "bins": [["owner", 50], ["in [rent, parents]", 30], ["missing", 20]], "otherwise": 25},
                {"characteristic": "burden", "of": "burden", "bins": [["< 0.1", 60], ["[0.1..0.4)", 30], ["missing", 10]], "otherwise": 5}]},
            {"model": "risk", "probability": "pd"},
            {"table": "grade", "hit": "first", "columns": ["pd", "job"], "outputs": ["outcome", "reason", "share", "rate_bps"],
             "rows": rows, "default": ["decline", "TABLE", 0.0, 0], "stop_on": ["decline"]},
            {"switch": "size", "cases": [
                {"case": "large", "when": "amount_minor > 900000", "flow": [
                    {"rules": "large", "all": [{"rule": "weak", "when": "standing < 390", "then": "review", "reason": "RULE"}]}]},
                {"otherwise": "usual", "flow": []}]},
            {"split": "trial", "by": "person", "arms": [
                {"arm": "champion", "share": 90, "flow": []},
                {"arm": "bolder", "share": 10, "flow": [{"set": "bold", "values": [{"boost": "1.2"}]}]}]},
            {"decide": "offer", "then": "approve", "price": {"rate_bps": "rate_bps"},
             "limit": "CAST(ROUND(amount_minor * share * COALESCE(boost, 1.0)) AS BIGINT)"},
        ],
    }  # fmt: skip


def edits(count: int) -> list[dict[str, Any]]:
    """Drafts as a strategist makes them: a threshold, a new rule, a row, each time another."""
    found = []
    for index in range(count):
        draft = copy.deepcopy(document())
        draft["flow"][2]["all"].append(
            {"rule": f"new_{index}", "when": f"burden > {0.5 - index / 100} AND job = 'partime' AND age < 30",
             "then": "decline", "reason": "RULE", "when_missing": "skip"}
        )  # fmt: skip
        draft["flow"][5]["rows"][0]["when"][0] = f"[0.0..{0.1 - index / 1000})"
        found.append(draft)
    return found


def compiled(draft: dict[str, Any]) -> CompiledPolicy:
    return compile_policy(parse_policy(draft), CONTEXT, MODELS)


def facts() -> FactTable:
    """The decisions of the live policy."""
    rng = random.Random(SEED)
    live = compiled(document())
    store = FactStore(COLUMNS, CONTEXT.lists, kept=DECISIONS)
    blocked: dict[str, frozenset[str]] = {"blocked_people": frozenset(), "blocked_devices": frozenset()}

    def maybe(value: Any) -> Any:
        return None if rng.random() < 0.1 else value

    names = frozenset(COLUMNS)
    for index in range(DECISIONS):
        row = {
            "person": f"{rng.getrandbits(128):032x}",
            "device": maybe(f"{rng.getrandbits(128):032x}"),
            "amount_minor": rng.randrange(10_000, 1_000_000),
            "term_months": rng.choice([6, 12, 24, 36]),
            "income_minor": maybe(rng.randrange(50_000, 900_000)),
            "age": maybe(rng.randrange(18, 80)),
            "job": maybe(rng.choice(["fixed", "freelance", "partime", "others"])),
            "home": maybe(rng.choice(["owner", "rent", "parents", "other"])),
            **{name: maybe(rng.randrange(100)) for name in _COUNTS},
            **{name: maybe(rng.random()) for name in _RATES},
            "occurred_at": 1_700_000_000_000_000 + index * 1_000_000,
            "received_at": 1_700_000_000_000_000 + index * 1_000_000,
        }
        on = {name: frozenset([row["person"]]) if rng.random() < 0.01 else none for name, none in blocked.items()}
        result = live.run(row, on)
        score = MODELS["risk"].score([row[name] for name in _INPUTS])
        store.add(
            Recorded(
                decision_id=f"dec_{index}", event_id=f"e{index}", seq=2 * index, subject=row["person"],
                occurred_at=Micros(row["occurred_at"]), outcome=str(result.outcome), row=row, names=names,
                lists=frozenset(CONTEXT.lists), members={name: tuple(members) for name, members in on.items()},
                scores={("risk", "1"): KnownScore(score.probability, score.margin, score.points)},
            )
        )  # fmt: skip
        if result.outcome == "approve":
            store.turned_out(f"e{index}", bad=rng.random() < score.probability)
    return store.table()


def run(quick: bool) -> list[Claim]:
    table = facts()
    model = {"risk": (MODELS["risk"], ("risk", "1"))}
    asked = Asked(
        last=DECISIONS,
        columns={name: COLUMNS[name] for name in list(COLUMNS)[:8]},
        entities=("person", "device"),
        definition=OutcomeDefinition(
            name="application", event="o", refers="r", bad="b", amount="amount_minor", currency="EUR"
        ),
        listed=lambda _name: frozenset(),
    )
    clock = SystemClock()
    connection = duckdb.connect()
    live = Side(SetPolicy(compiled(document())), model, digest="live")  # type: ignore[arg-type]

    def look(draft: dict[str, Any]) -> tuple[float, Effect]:
        started = time.perf_counter_ns()
        side = Side(SetPolicy(compiled(draft)), model)  # type: ignore[arg-type]
        found = preview(side, live, table, asked, clock=clock, connection=connection)
        return (time.perf_counter_ns() - started) / 1e6, found

    gc.collect()
    drafts = edits(4 if quick else 12)
    first, found = look(drafts[0])
    assert found.redecided == DECISIONS, "every decision can be taken again"
    assert 0 < found.changed < DECISIONS, "the edit changes something, and not everything"
    assert found.segments, "and differently for different people"
    times = [look(draft)[0] for draft in drafts[1:]]

    draft = compiled(drafts[-1])
    wide = table.table
    for name, values in score_columns(table, ("risk", "1")).items():
        wide = wide.append_column(name, values)
    rows = list(rows_of(wide, draft))
    started = time.perf_counter_ns()
    one_by_one = [draft.run(row, members) for row, members, _ in rows]
    loop = (time.perf_counter_ns() - started) / 1e6
    whole = SetPolicy(draft).decide(wide, connection=connection, whole=True)
    different = 0
    for at, one in enumerate(one_by_one):
        told = whole.told(at)
        reasons = tuple(reason.code for reason in one.reasons)
        different += (
            one.outcome, one.limit_minor, one.price, one.fired, one.path, one.missing, one.actions
        ) != tuple(
            told[name] for name in ("outcome", "limit_minor", "price", "fired", "path", "missing", "actions")
        ) or (told["reasons"] is not None and told["reasons"] != reasons)  # fmt: skip
    connection.close()

    protocol = (
        f"{DECISIONS:,} decisions of a policy with lists, 30 rules, a 40-row table, a scorecard, a model, a switch and a"
        f" split; {len(times)} edits in turn, each from the document to the finished comparison with segments and"
        f" examples; {found.changed:,} change; median"
    )
    return [
        claim("effect.100k", median(times), "ms", "<= 2000", peer="the compiled policy row by row, rows ready, no"
              " comparison", peer_value=loop, protocol=protocol),
        claim("effect.100k.slowest", max(times), "ms", "<= 2000", protocol=protocol.replace("median", "the slowest")),
        claim("effect.100k.first", first, "ms", protocol="the first look: the live policy is decided too, and its"
              " result remembered for the edits that follow"),
        claim("effect.different", different, "decisions", "== 0", protocol="decisions whose outcome, limit, price, fired"
              " rules, path, missing facts, actions or rule reasons differ from the row-by-row result, of all of them"),
    ]  # fmt: skip
