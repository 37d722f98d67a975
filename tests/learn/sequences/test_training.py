"""A recurrent network trained: it finds what only a history tells, says what torch says, and is the same each time."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import numpy as np
import pyarrow as pa
import pytest
from drawn_networks import names
from drawn_recurrent import drawn_gru

from tandem.decide.decisions import KnownPlan
from tandem.decide.models import encode_document, load_model
from tandem.decide.sequences import Histories, compile_sequence, compute_sequence
from tandem.kernel.errors import DefinitionError, IntegrityError, InvalidInput, Unavailable
from tandem.kernel.identity import EntityKind, EventTypeName
from tandem.kernel.time import HOUR, SECOND
from tandem.kernel.values import SqlType
from tandem.learn.sequences import GruSpec, SequenceRows, event_rows, score_rows, train_gru, train_on_events
from tandem.learn.sequences.windows import grouped, windows
from tandem.learn.training import torch_seeded
from tandem.learn.training.metrics import auc
from tandem.observe.events import EventField, EventType
from tandem.observe.features import compile_plan, parse_feature_set
from tandem.observe.graph import Mark

START = 1_790_000_000_000_000
SPEC = GruSpec(width=8, hidden=8, epochs=12, group=4, window=16, learning_rate=1e-2, knots=12)


def stream(count: int = 2_400, seed: int = 3) -> SequenceRows:
    """Payments of fifty cards; mostly bad is the one after a card's large one, which its own row cannot tell."""
    rng = np.random.default_rng(seed)
    whose = rng.integers(0, 50, count)
    amount = rng.uniform(10, 100, count)
    bad, before = np.zeros(count), {}
    for place, card in enumerate(whose.tolist()):
        bad[place] = rng.random() < (0.8 if before.get(card, 0.0) > 75 else 0.03)
        before[card] = amount[place]
    amount[rng.random(count) < 0.03] = np.nan
    channel = np.array(["web", "shop", None], dtype=np.object_)[rng.integers(0, 3, count)]
    bad[rng.random(count) < 0.1] = np.nan
    at = START + np.cumsum(rng.integers(0, HOUR, count))
    return SequenceRows(
        at, np.where(rng.random(count) < 0.02, -1, whose), ("amount", "channel"), (amount, channel), bad
    )


ROWS = stream()


def test_gaps_are_seconds_since_the_latest_row_of_the_same_and_never_negative() -> None:
    at = np.array([0, 5, 7, 3, 9, 20]) * SECOND
    rows = SequenceRows(at, np.array([0, 1, 0, 0, -1, 0]), (), (), np.full(6, np.nan))
    assert rows.gaps()[[2, 3, 5]].tolist() == [7.0, 0.0, 13.0]
    assert np.isnan(rows.gaps()[[0, 1, 4]]).all()


def test_groups_hold_every_row_once_in_order_and_windows_cut_them() -> None:
    groups = grouped(ROWS, 7)
    found = np.concatenate([one[one >= 0] for one in groups])
    assert sorted(found.tolist()) == list(range(ROWS.count))
    whose, _ = ROWS.ranks()
    for line in (line for table in groups for line in table):
        places = line[line >= 0]
        assert (np.diff(places) > 0).all()
        assert len(set(whose[places].tolist())) == 1
        assert (line[: places.size] >= 0).all()
    assert [one.shape[1] for one in windows(np.zeros((2, 130)), 64)] == [64, 64, 2]


def test_a_stream_is_scored_to_the_bits_of_an_event_at_a_time() -> None:
    document = drawn_gru(numbers=("amount",), texts=("channel",))
    own, history = score_rows(document, ROWS)
    online, cards = Histories(document), names(50)
    for place in range(600):
        whose = ROWS.whose[place]
        values = [ROWS.columns[0][place], ROWS.columns[1][place]]
        told = online.observe(values, int(ROWS.at[place]), None if whose < 0 else cards[whose])
        assert told == [own[place], history[place]]


@pytest.fixture(scope="module")
def made():
    pytest.importorskip("torch", reason="torch comes with tandem-risk[deep]")
    return train_gru(ROWS, SPEC)


def test_the_history_finds_what_the_row_alone_cannot(made) -> None:
    own, history = score_rows(made.document, later := stream(seed=4))
    known = ~np.isnan(later.bad)
    assert auc(later.bad[known], own[known]) < 0.6
    assert auc(later.bad[known], (own + history)[known]) > 0.8
    assert made.losses[made.epoch] == min(made.losses)


def test_the_document_says_what_torch_says(made) -> None:
    assert 0.0 <= made.difference <= 1e-6
    load_model(encode_document(made.document))
    assert made.document.metadata.rows < ROWS.count
    own, _ = score_rows(made.document, ROWS)
    assert made.document.expected == pytest.approx(own.mean(), abs=0.2)


def test_same_rows_and_seed_give_the_same_document_and_another_seed_another(made) -> None:
    assert train_gru(ROWS, replace(SPEC)).document == made.document
    assert (
        train_gru(ROWS, replace(SPEC, seed=1, epochs=1)).document != train_gru(ROWS, replace(SPEC, epochs=1)).document
    )


def test_what_comes_after_the_end_teaches_nothing() -> None:
    pytest.importorskip("torch", reason="torch comes with tandem-risk[deep]")
    until = int(ROWS.at[1_800])
    other = ROWS.bad.copy()
    other[1_800:] = 1 - other[1_800:]
    given = replace(SPEC, epochs=2)
    assert (
        train_gru(replace(ROWS, bad=other), given, until=until).document == train_gru(ROWS, given, until=until).document
    )


def test_a_document_that_says_something_else_than_torch_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("torch", reason="torch comes with tandem-risk[deep]")
    from tandem.learn.sequences import training

    honest = training._document

    def dishonest(*given):
        document = honest(*given)
        return msgspec.structs.replace(document, intercept=document.intercept + 1e-5)

    monkeypatch.setattr(training, "_document", dishonest)
    with pytest.raises(IntegrityError) as caught:
        train_gru(ROWS, replace(SPEC, epochs=1))
    assert caught.value.code == "document_differs"


@pytest.mark.parametrize(
    ("rows", "spec", "field"),
    [
        (replace(ROWS, bad=np.zeros(ROWS.count)), SPEC, "bad"),
        (replace(ROWS, bad=np.full(ROWS.count, np.nan)), SPEC, "bad"),
        (ROWS, replace(SPEC, window=65), "window"),
    ],
)
def test_what_cannot_be_learned_from_is_refused(rows: SequenceRows, spec: GruSpec, field: str) -> None:
    pytest.importorskip("torch", reason="torch comes with tandem-risk[deep]")
    with pytest.raises(InvalidInput) as caught:
        train_gru(rows, spec)
    assert caught.value.field == field


def test_without_torch_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "torch", None)
    with pytest.raises(Unavailable, match="torch"):
        torch_seeded(1)
    with pytest.raises(Unavailable, match="torch"):
        train_gru(ROWS, SPEC)


# -- of a workspace's own events --------------------------------------------------------------------------------------

PAYMENT, OUTCOME = EventTypeName("payment"), EventTypeName("outcome")


def entity(name: str) -> EventField:
    return EventField(name=name, type=SqlType.TEXT, entity=EntityKind(name))


TYPES = {
    PAYMENT: EventType(
        name=PAYMENT,
        fields=(
            *map(entity, ("card", "payment_id")),
            EventField(name="amount", type=SqlType.DOUBLE),
            EventField(name="channel", type=SqlType.TEXT),
        ),
    ),
    OUTCOME: EventType(name=OUTCOME, fields=(entity("payment_id"), EventField(name="fraud", type=SqlType.BOOLEAN))),
}
VELOCITY = parse_feature_set(
    {
        "name": "velocity",
        "entity": ["card"],
        "events": ["payment"],
        "features": [{"name": "card_payments_1d", "aggregate": "count", "window": "1d"}],
    }
)
KNOWN = KnownPlan(compile_plan([VELOCITY], TYPES))
MARKS = (Mark(event=OUTCOME, when="fraud"),)
INPUTS = ("amount", "channel", "card_payments_1d")


def as_table(count: int = 900) -> pa.Table:
    """Every payment and, a little later, what came of it."""
    cards, payments = names(50), names(count, seed=8)
    lines = []
    for place in range(count):
        card = None if ROWS.whose[place] < 0 else cards[ROWS.whose[place]]
        amount = ROWS.columns[0][place]
        lines.append(
            {
                "event_type": PAYMENT, "card": card, "payment_id": payments[place], "fraud": None,
                "amount": None if np.isnan(amount) else amount, "channel": ROWS.columns[1][place], "at": int(ROWS.at[place]),
            }
        )  # fmt: skip
        if place >= 5 and not np.isnan(ROWS.bad[place - 5]):
            nothing = dict.fromkeys(("card", "amount", "channel"))
            told = {"payment_id": payments[place - 5], "fraud": bool(ROWS.bad[place - 5]), "at": int(ROWS.at[place])}
            lines.append({"event_type": OUTCOME, **nothing, **told})
    types = {
        "card": pa.string(),
        "payment_id": pa.string(),
        "amount": pa.float64(),
        "channel": pa.string(),
        "fraud": pa.bool_(),
    }
    return pa.table(
        {
            "seq": pa.array(range(1, len(lines) + 1), pa.int64()),
            "event_id": [f"e{place}" for place in range(len(lines))],
            "event_type": [str(one["event_type"]) for one in lines],
            "occurred_at": pa.array([one["at"] for one in lines], pa.timestamp("us")),
            **{name: pa.array([one[name] for one in lines], kind) for name, kind in types.items()},
        }
    )


def test_events_are_read_offline_as_they_are_online() -> None:
    events = KNOWN.of_table(as_table(400))
    document = drawn_gru(numbers=("amount", "card_payments_1d"), texts=("channel",))
    plan = compile_sequence(document, TYPES, KNOWN.columns)
    rows = event_rows(plan, EntityKind("payment_id"), MARKS, TYPES, events)
    own, history = score_rows(document, rows)
    told = [one for one in compute_sequence(plan, events).to_pylist() if one["habit_own"] is not None]
    assert [(one["habit_own"], one["habit_history"]) for one in told] == list(
        zip(own.tolist(), history.tolist(), strict=True)
    )
    assert np.array_equal(rows.bad[:395], ROWS.bad[:395], equal_nan=True)
    assert np.isnan(rows.bad[395:]).all()


def test_a_workspace_trains_on_its_own_events_and_the_document_is_bound_to_what_it_read() -> None:
    pytest.importorskip("torch", reason="torch comes with tandem-risk[deep]")
    spec = replace(
        SPEC, name="habit", event="payment", member="card", told="payment_id", marks=MARKS, epochs=2, reason="ODD",
        history_reason="PAST",
    )  # fmt: skip
    made = train_on_events(spec, INPUTS, KNOWN, TYPES, as_table()).document
    assert (made.inputs, made.member, made.reason, made.history_reason) == (INPUTS, "card", "ODD", "PAST")
    assert [one.type for one in made.values] == ["numeric", "categorical", "numeric"]
    assert made.metadata.features_digest == KNOWN.digest
    assert compile_sequence(made, TYPES, KNOWN.columns).names == ("habit_own", "habit_history")
    with pytest.raises(DefinitionError):
        train_on_events(spec, ("amuont",), KNOWN, TYPES, as_table())
    with pytest.raises(DefinitionError):
        train_on_events(replace(spec, told="customer"), INPUTS, KNOWN, TYPES, as_table())
