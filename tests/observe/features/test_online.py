"""The online host: reasons for what is missing, reads that change nothing, refusals."""

import feature_streams as streams
import pytest
from feature_runs import KERNELS

from tandem.kernel.errors import IntegrityError, InvalidInput, NotFound
from tandem.kernel.time import HOUR
from tandem.kernel.values import SqlType
from tandem.observe.features import OnlineFeatures, compile_plan, parse_feature_set

PLAN = compile_plan(streams.every_operator(), streams.EVENT_TYPES)
T = streams.START


def application(number, t, **values):
    named = dict.fromkeys(one.name for one in streams.EVENT_TYPES[streams.APPLICATION].fields)
    return streams.event(number, streams.APPLICATION, t, named | values)


@pytest.mark.parametrize("compiled", KERNELS)
class TestOnline:
    def test_a_missing_feature_says_why(self, compiled):
        host = OnlineFeatures(PLAN, compiled=compiled)
        device = streams.pseudonym("device", 1)
        host.observe(application(1, T), 1)
        assert host.missing("gap_seconds") == "no_entity"
        host.observe(application(2, T, device=device), 2)
        assert host.missing("gap_seconds") == "never_seen"
        host.observe(application(3, T + HOUR, device=device), 3)
        assert host.missing("mean_1h") == "empty_window"
        host.observe(application(4, T, device=device), 4)
        assert host.missing("n_1h") == "too_late"
        with pytest.raises(NotFound):
            host.missing("n_2h")

    def test_an_event_type_no_feature_knows_reads_nothing(self, compiled):
        host = OnlineFeatures(PLAN, compiled=compiled)
        event = streams.event(1, "account_opened", T, {})
        assert host.observe(event, 1) == [None] * len(PLAN.names)
        assert host.missing("n_1h") == "no_entity"
        assert host.last_seq == 1

    def test_a_correction_by_an_unknown_event_type_still_takes_back(self, compiled):
        host = OnlineFeatures(PLAN, compiled=compiled)
        device = streams.pseudonym("device", 1)
        host.observe(application(1, T, device=device), 1)
        host.observe(streams.event(2, "withdrawal", T, {}, "e1"), 2)
        vector = host.observe(application(3, T, device=device), 3)
        assert vector[PLAN.names.index("n_1h")] == 1

    def test_events_that_only_name_the_entity_read_and_are_not_counted(self, compiled):
        host = OnlineFeatures(PLAN, compiled=compiled)
        device = streams.pseudonym("device", 1)
        host.observe(application(1, T, device=device), 1)
        visit = streams.event(2, streams.VISIT, T + 1, {"device": device, "person": None})
        at = PLAN.names.index("n_1h")
        assert [host.observe(visit, 2)[at], host.observe(visit, 3)[at]] == [1, 1]

    def test_a_peek_changes_nothing(self, compiled):
        host = OnlineFeatures(PLAN, compiled=compiled)
        for seq, event in enumerate(streams.make_events(4, 60), 1):
            host.observe(event, seq)
        before = host.snapshot()
        entities = {"device": streams.pseudonym("device", 1), "person": streams.pseudonym("person", 9)}
        for ahead in (0, HOUR, 10**15):
            host.peek(streams.APPLICATION, entities, streams.Micros(T + ahead))
        assert host.snapshot() == before

    def test_a_peek_is_what_a_reading_event_reads(self, compiled):
        host = OnlineFeatures(PLAN, compiled=compiled)
        events = streams.make_events(4, 60)
        for seq, event in enumerate(events, 1):
            host.observe(event, seq)
        entities = {"device": streams.pseudonym("device", 1), "person": streams.pseudonym("person", 1)}
        at = streams.Micros(max(event.occurred_at for event in events))
        seen = host.peek(streams.VISIT, entities, at)
        assert host.observe(streams.event(99, streams.VISIT, at, entities), 99) == list(seen.values())

    def test_a_portrait_asks_by_kind_of_entity(self, compiled):
        host = OnlineFeatures(PLAN, compiled=compiled)
        device = streams.pseudonym("device", 1)
        host.observe(application(1, T, device=device, channel="web"), 1)
        found = host.peek_entity({"device": device}, streams.Micros(T + 1))
        assert (found["n_1h"], found["first_1d"], found["p_n"]) == (1, "web", None)

    def test_a_peek_names_what_it_does_not_know(self, compiled):
        host = OnlineFeatures(PLAN, compiled=compiled)
        with pytest.raises(NotFound):
            host.peek("loan_aplication", {}, streams.Micros(T))
        with pytest.raises(InvalidInput) as caught:
            host.peek(streams.APPLICATION, {"amount_minor": "x"}, streams.Micros(T))
        assert caught.value.value == "amount_minor"

    @pytest.mark.parametrize("seq", [0, 1])
    def test_events_come_in_the_order_of_the_journal(self, compiled, seq):
        host = OnlineFeatures(PLAN, compiled=compiled)
        host.observe(application(1, T), 1)
        with pytest.raises(IntegrityError):
            host.observe(application(2, T), seq)

    def test_a_value_the_kernel_cannot_take_changes_nothing(self, compiled):
        host = OnlineFeatures(PLAN, compiled=compiled)
        before = host.snapshot()
        with pytest.raises(InvalidInput):
            host.observe(application(1, T, person=streams.pseudonym("person", 1), device="Ann's phone"), 1)
        assert host.snapshot() == before

    def test_a_pair_of_one_kind_is_told_apart_by_keys(self, compiled):
        transfer = streams.EventType(
            name="transfer",
            fields=(streams.field("payer", SqlType.TEXT, "person"), streams.field("payee", SqlType.TEXT, "person")),
        )
        made = parse_feature_set({
            "name": "between", "entity": ["person", "person"], "events": ["transfer"],
            "keys": {"transfer": ["payer", "payee"]},
            "features": [{"name": "n", "aggregate": "count", "window": "1d"}],
        })  # fmt: skip
        host = OnlineFeatures(compile_plan([made], {"transfer": transfer}), compiled=compiled)
        ann, bob = streams.pseudonym("person", 1), streams.pseudonym("person", 2)
        rows = [(ann, bob), (bob, ann), (ann, bob), (ann, None)]
        vectors = [
            host.observe(streams.event(i, "transfer", T, {"payer": a, "payee": b}), i)
            for i, (a, b) in enumerate(rows, 1)
        ]
        assert vectors == [[1], [1], [2], [None]]


def test_an_event_is_remembered_for_as_long_as_one_of_its_rows_can_be_corrected():
    host = OnlineFeatures(PLAN, compiled=False)
    for seq, event in enumerate(streams.make_events(5, 1500, keys=3), 1):
        host.observe(event, seq)
    kernel = host._kernel
    standing = {row[1] for states in kernel.states for state in states.values() for row in state.rows}
    assert set(kernel.events) == standing
    assert len(standing) < seq * 0.7
    assert OnlineFeatures.restore(PLAN, host.snapshot(), compiled=False)._kernel.events.keys() <= standing
