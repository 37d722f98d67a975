"""Backtests over a lake of real accounts: decisions a minute, equal to row by row, and in how much memory.

Real: the 30,000 accounts of the Taiwan 2005 panel with how they turned out. SIMULATED: when they came, by which device,
and that each came many times over, so that the lake holds more than a million decisions. A lender's policy (a block list,
thirty rules, a forty-row table, a tree model, a switch, features of the device) decides on a part of them for real, through
the journal; the rows of the lake are then repeated with other ids and places. Each run goes from opening the tables to
the finished report: reading, unpacking the recorded inputs, deciding, labels, swap set, cut-offs, proof.
"""

from __future__ import annotations

import copy
import random
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb
import lightgbm
import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from deltalake import write_deltalake

from benchmarks.claims import Claim, claim
from benchmarks.data_folder import data_at
from tandem.decide.decisions import DecisionProcess, open_process
from tandem.decide.decisions.live import assemble
from tandem.decide.models import Metadata, ModelInput, encode_document, from_lightgbm
from tandem.decide.policy.set_based import OUTCOMES
from tandem.kernel.artefacts import Artefact
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, FixedClock, Micros, format_instant, parse_instant
from tandem.learn.backtest import BacktestAsked, BacktestReport, Draft, Price, SideAsked, Sources, run_backtest
from tandem.observe.lake import Lake
from tandem.observe.lake.tables import Tables

DATA = data_at("taiwan_credit_default/UCI_Credit_Card.csv.gz")
SEED = 20261128
_START = parse_instant("2025-01-01T00:00:00Z")
_NUMBERS = [
    *(f"pay_{index}" for index in (0, 2, 3, 4, 5, 6)),
    *(f"bill_{index}_minor" for index in range(1, 7)),
    *(f"paid_{index}_minor" for index in range(1, 7)),
]
_READ = f"""
    SELECT CAST(LIMIT_BAL * 100 AS BIGINT) AS amount_minor, CAST(AGE AS BIGINT) AS age, CAST(EDUCATION AS VARCHAR) AS education,
        {", ".join(f"CAST(PAY_{index} AS BIGINT) AS pay_{index}" for index in (0, 2, 3, 4, 5, 6))},
        {", ".join(f"CAST(BILL_AMT{index} * 100 AS BIGINT) AS bill_{index}_minor" for index in range(1, 7))},
        {", ".join(f"CAST(PAY_AMT{index} * 100 AS BIGINT) AS paid_{index}_minor" for index in range(1, 7))},
        class = 1 AS bad
    FROM read_csv('{DATA}') ORDER BY hash(ID) LIMIT $rows"""
_TURNS_AT_ONCE = 10
_COUNTS = [f"device_reviews_{window}" for window in ("1h", "6h", "1d", "7d", "30d", "90d")]
_SUMS = [f"device_amount_{window}" for window in ("1d", "7d", "30d")]


def artefacts(model: dict[str, Any]) -> list[Artefact]:
    """Everything the lender has defined."""
    fields = [
        {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"},
        {"name": "device", "type": "text", "entity": "device", "data_class": "C2"},
        {"name": "education", "type": "text"},
        *({"name": name, "type": "integer"} for name in ("amount_minor", "age", *_NUMBERS)),
    ]
    told = [
        {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"},
        {"name": "review", "type": "text", "required": True},
        {"name": "bad", "type": "boolean", "required": True},
    ]
    features = [
        *({"name": name, "aggregate": "count", "window": name.rsplit("_", 1)[1]} for name in _COUNTS),
        *(
            {"name": name, "aggregate": "sum", "field": "amount_minor", "window": name.rsplit("_", 1)[1]}
            for name in _SUMS
        ),
    ]
    words = {"customer": {"en": "a reason", "zh-CN": "原因"}, "internal": {"en": "a reason", "zh-CN": "原因"}}
    codes = ("BLOCKED", "RISK", "RULE", "TABLE", "INFORMATION_MISSING")
    return [
        Artefact.of("event_type", "review", {"subject": "person", "fields": fields}),
        Artefact.of("event_type", "review_outcome", {"subject": "person", "fields": told}),
        Artefact.of("feature_set", "devices", {"entity": ["device"], "events": ["review"], "features": features}),
        Artefact.of("list", "blocked_devices", {"kind": "block", "entity": "device"}),
        Artefact.of("reasons", "words", {"reasons": dict.fromkeys(codes, words)}),
        Artefact.of("model", "risk", model),
        Artefact.of("policy", "review", document()),
        Artefact.of(
            "outcome",
            "review",
            {"event": "review_outcome", "refers": "review", "bad": "bad", "amount": "amount_minor", "currency": "TWD"},
        ),
    ]  # fmt: skip


def document() -> dict[str, Any]:
    """The live policy."""
    rng = random.Random(SEED)
    rules = []
    for index in range(30):
        first, second = rng.choice(_NUMBERS[:6]), rng.choice(_NUMBERS[6:])
        when = f"{first} >= {rng.randint(3, 6)} AND {second} > {rng.randrange(100_000, 9_000_000, 10_000)}"
        rules.append({"rule": f"r{index}", "when": when, "then": rng.choice(["decline", "review"]), "reason": "RULE",
                      "severity": index, "when_missing": "skip"})  # fmt: skip
    rows = []
    for low in range(0, 100, 10):
        for level, ok in (("1", "approve"), ("2", "approve"), ("3", "review"), ("-", "review")):
            outcome = ok if low < 40 else "decline"
            rows.append({"row": f"e{level.strip('-') or 'x'}_{low}", "when": [f"[{low / 100}..{(low + 10) / 100})", level],
                         "then": [outcome, "TABLE", 1.0 if low < 20 else 0.7]})  # fmt: skip
    return {
        "event": "review",
        "currency": "TWD",
        "when_missing": "review",
        "flow": [
            {"lists": "known_bad", "stop_on": ["decline"], "checks": [
                {"list": "blocked_devices", "of": "device", "then": "decline", "reason": "BLOCKED", "when_missing": "skip"}]},
            {"rules": "velocity", "all": [
                {"rule": f"fast_{name}", "when": f"{name} > {most}", "then": "review", "reason": "RULE", "when_missing": "skip"}
                for name, most in zip(_COUNTS, (2, 3, 4, 6, 12, 24), strict=True)]},
            {"rules": "knock_out", "all": rules, "stop_on": ["decline"]},
            {"model": "risk", "probability": "pd"},
            {"table": "grade", "hit": "first", "columns": ["pd", "education"], "outputs": ["outcome", "reason", "share"],
             "rows": rows, "default": ["decline", "TABLE", 0.0], "stop_on": ["decline"]},
            {"switch": "size", "cases": [
                {"case": "large", "when": "amount_minor > 40000000", "flow": [
                    {"rules": "large", "all": [{"rule": "young", "when": "age < 25", "then": "review", "reason": "RULE",
                                                "when_missing": "skip"}]}]},
                {"otherwise": "usual", "flow": []}]},
            {"decide": "offer", "then": "approve", "limit": "CAST(ROUND(amount_minor * share) AS BIGINT)"},
        ],
    }  # fmt: skip


def edited() -> dict[str, Any]:
    """The candidate: one more rule, and the grade cut a step lower."""
    draft = copy.deepcopy(document())
    draft["flow"][2]["all"].append(
        {"rule": "new", "when": "pay_0 >= 2 AND bill_1_minor > 9 * paid_1_minor AND age < 30", "then": "decline",
         "reason": "RULE", "when_missing": "skip"}
    )  # fmt: skip
    draft["flow"][4]["rows"][0]["when"][0] = "[0.0..0.08)"
    return draft


def learned(rows: list[dict[str, Any]], seed: int) -> dict[str, Any]:
    """A tree model of the accounts, as a document."""
    names = ["age", *_NUMBERS]
    table = np.array([[float(row[name]) for name in names] for row in rows])
    settings = {"objective": "binary", "num_leaves": 15, "max_depth": 6, "verbose": -1, "seed": seed, "num_threads": 2,
                "deterministic": True, "force_row_wise": True}  # fmt: skip
    data = lightgbm.Dataset(table, [row["bad"] for row in rows], feature_name=names)
    booster = lightgbm.train(settings, data, num_boost_round=60 if seed == 1 else 90)
    document = from_lightgbm(
        booster, Metadata(name="risk", target="bad"), [ModelInput(name=name, reason="RISK") for name in names]
    )
    found: dict[str, Any] = msgspec.json.decode(encode_document(document))
    return found


class World:
    """A workspace that decided on some of the accounts, and its lake with the rows repeated.

    Args:
        real: accounts decided for real; times: how often the lake holds them.
    """

    def __init__(self, folder: Path, *, real: int, times: int) -> None:
        self.rows = [
            dict(zip(table.column_names, values, strict=True))
            for table in [duckdb.connect().execute(_READ, {"rows": real}).to_arrow_table()]
            for values in zip(*(column.to_pylist() for column in table.columns), strict=True)
        ]
        self.clock = FixedClock(Micros(_START + 800 * DAY))
        self.process = open_process(
            Settings(home=folder / "home"), "lender", clock=self.clock, entropy=SeededEntropy(1)
        )
        self._go_live()
        self._decide()
        self.lake = Lake(folder / "lake", clock=self.clock)
        assert self.process.live is not None
        self.lake.project(self.process.journal, self.process.live.reader)
        span = int(self.process.journal.head.seq)
        self._repeat(folder / "lake", span, times)
        self.decisions = real * times
        self.last = span * times

    def sources(self) -> Sources:
        """What a backtest reads: the lake as if its journal were as long."""
        process = self.process
        assert process.live is not None
        return Sources(
            process.journal, self.last, self.clock.now(), process.state.register, process.live,
            lambda given, digest: assemble(given, digest, process.vault), self.lake, self.clock,
        )  # fmt: skip

    def _go_live(self) -> None:
        given = artefacts(learned(self.rows, 1))
        self.process.push(given, author="ann")
        self.process.review([one.digest for one in given], approver="bob")
        self.process.release({one.key: one.digest for one in given}, by="bob")

    def _decide(self) -> None:
        rng = random.Random(SEED)
        answers: list[Any] = []
        devices = len(self.rows) // 3
        for index, row in enumerate(self.rows):
            values = {name: value for name, value in row.items() if name != "bad"}
            event = {
                "event_id": f"a{index}", "event_type": "review",
                "occurred_at": format_instant(Micros(_START + index * 20 * 60_000_000)),
                "values": {"person": f"p{index}", "device": f"d{rng.randrange(devices)}", **values},
            }  # fmt: skip
            self.process.decide(event, on_answer=answers.append, more_follows=index % 200 != 199)
            if index % 2_000 == 1_999:
                self.process.journal.drain()  # a slow disk fills the queue, and a full one takes nothing
        self.process.wake()
        while len(answers) < len(self.rows):
            time.sleep(0.01)
        decided = {one.event_id: msgspec.json.decode(one.body)["outcome"] for one in answers}
        approved = [index for index in range(len(self.rows)) if decided[f"a{index}"] == "approve"]
        self.process.record_events(
            self.process.live.reader.read(  # type: ignore[union-attr]
                {"event_id": f"o{index}", "event_type": "review_outcome",
                 "occurred_at": format_instant(Micros(_START + 700 * DAY)),
                 "values": {"person": f"p{index}", "review": f"a{index}", "bad": self.rows[index]["bad"]}},
                received_at=self.clock.now(),
            )
            for index in approved
        )  # fmt: skip

    def _repeat(self, root: Path, span: int, times: int) -> None:
        tables = Tables(root)
        for name in ("review", "review_personal", "review_outcome", "review_outcome_personal", "decisions",
                     "decisions_personal"):  # fmt: skip
            dataset = tables.dataset(name)
            if dataset is None:
                continue
            whole = dataset.to_table()
            plain = pa.schema([field.remove_metadata() for field in whole.schema])
            whole = pa.table(whole.columns, schema=plain)
            for first in range(1, times, _TURNS_AT_ONCE):
                turns = range(first, min(first + _TURNS_AT_ONCE, times))
                write_deltalake(root / name, pa.concat_tables(_moved(whole, one, span) for one in turns), mode="append")


def _moved(rows: pa.Table, turn: int, span: int) -> pa.Table:
    for name in rows.column_names:
        at = rows.column_names.index(name)
        if name in {"seq", "event_seq"}:
            rows = rows.set_column(at, name, pc.add(rows[name], turn * span))
        elif name in {"event_id", "decision_id", "record_key", "review"}:
            rows = rows.set_column(at, name, pc.binary_join_element_wise(rows[name], pa.scalar(f"~{turn}"), ""))
    return rows


def _timed(world: World, asked: BacktestAsked) -> tuple[float, BacktestReport]:
    started = time.perf_counter()
    report = run_backtest(world.sources(), asked)
    return time.perf_counter() - started, report


def run(quick: bool) -> list[Claim]:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), real=3_000 if quick else 30_000, times=80 if quick else 40)
        try:
            return _claims(world)
        finally:
            world.process.close()


def _claims(world: World) -> list[Claim]:
    policy = Draft(kind="policy", name="review", body=edited())
    plain = BacktestAsked(
        event_type="review", candidate=SideAsked(drafts=(policy,)), price=Price(margin=0.05, lgd=0.7), rules=False,
        score="risk",
    )  # fmt: skip
    before = _peak_mb()
    seconds, report = _timed(world, plain)
    peak = _peak_mb() - before
    assert report.honesty.compared == world.decisions, "every decision can be taken again"
    assert 0 < report.changed < world.decisions, "the edit changes something, and not everything"
    again, with_rules = _timed(world, msgspec.structs.replace(plain, rules=True))
    model = Draft(kind="model", name="risk", body=learned(world.rows, 2))
    scored, challenger = _timed(world, msgspec.structs.replace(plain, candidate=SideAsked(drafts=(model,))))
    loop = _loop(world, report)
    about = (
        f"{world.decisions:,} decisions in a lake (real accounts, SIMULATED repetition), a policy with a list, 37 rules, a"
        f" 40-row table and a model of 60 trees, edited; {report.changed:,} change; "
    )
    differing = report.proof.differing + with_rules.proof.differing + challenger.proof.differing
    sample = report.proof.sample + with_rules.proof.sample + challenger.proof.sample
    return [
        claim("backtest.decisions", world.decisions / seconds * 60 / 1e6, "M a minute", ">= 2", peer="the compiled policy row"
              " by row, rows ready, nothing counted", peer_value=loop, protocol=about + "from the tables to the report"),
        claim("backtest.with_rules", world.decisions / again * 60 / 1e6, "M a minute", protocol=about + "with every rule"
              " taken out in turn"),
        claim("backtest.model", world.decisions / scored * 60 / 1e6, "M a minute", protocol=about.replace("edited", "with"
              " another model of 90 trees, every decision scored anew")),
        claim("backtest.different", differing, "decisions", "== 0", protocol=f"of {sample:,} drawn by seed in these runs and"
              " taken again row by row with the models: outcome, limit, price or what fired differs"),
        claim("backtest.memory", peak, "MB", protocol="growth of the process's peak over the first run"),
    ]  # fmt: skip


def _loop(world: World, report: BacktestReport) -> float:
    """Decisions a minute, in millions, of the loop over rows that lie ready."""
    from tandem.decide.decisions import LiveRelease
    from tandem.decide.policy import compile_policy, parse_policy

    process: DecisionProcess = world.process
    live: LiveRelease | None = process.live
    assert live is not None
    policy = compile_policy(parse_policy({"policy": "review", **edited()}), live.context_for("review"), live.models)
    rows = []
    for record in process.journal.read(kinds=["decision"]):
        from tandem.decide.decisions import personal_of

        used = personal_of(record, process.journal)
        assert used is not None
        rows.append((used.inputs, {"blocked_devices": frozenset(used.members.get("blocked_devices", ()))}))
        if len(rows) == 3_000:
            break
    started = time.perf_counter()
    outcomes = [policy.run(row, members, live.models).outcome for row, members in rows]
    assert set(outcomes) <= set(OUTCOMES)
    del report
    return len(rows) / (time.perf_counter() - started) * 60 / 1e6


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
