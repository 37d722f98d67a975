"""A policy that reads circles of money: live, after a restart and replayed it decides the same."""

from __future__ import annotations

import msgspec
import pytest
from small_workspace import START, go_live

from tandem.decide.decisions import open_process
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import DefinitionError
from tandem.kernel.identity import EntityKind, SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, FixedClock, Micros, format_instant

CLOCK = FixedClock(Micros(START + DAY))
TRANSFER = Artefact.of(
    "event_type",
    "transfer",
    {
        "subject": "person",
        "fields": [
            {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"},
            {"name": "account", "type": "text", "required": True, "entity": "account", "data_class": "C2"},
            {"name": "counterparty", "type": "text", "required": True, "entity": "account", "data_class": "C2"},
            {"name": "amount_minor", "type": "integer", "required": True, "data_class": "C2"},
        ],
    },
)
WORDS = {"customer": {"en": "a reason", "zh-CN": "原因"}, "internal": {"en": "a reason", "zh-CN": "原因"}}
CIRCLES = Artefact.of(
    "circle",
    "circular",
    {
        "transfers": [{"event": "transfer", "payer": "account", "payee": "counterparty", "amount": "amount_minor"}],
        "window": "7d",
    },
)
EVERYTHING = (
    TRANSFER,
    CIRCLES,
    Artefact.of("reasons", "words", {"reasons": dict.fromkeys(("ROUND", "INFORMATION_MISSING"), WORDS)}),
    Artefact.of(
        "policy",
        "transfer",
        {
            "event": "transfer",
            "when_missing": "review",
            "flow": [
                {"rules": "circle", "all": [
                    {"rule": "closes", "when": "circular_closes > 0 AND circular_closes_minor >= 500", "then": "review",
                     "reason": "ROUND", "actions": ["flag_circular_transfer"]},
                ]},
                {"decide": "end", "then": "approve"},
            ],
        },
    ),
)  # fmt: skip


def transfer(number, payer, payee, amount=900):
    return {
        "event_id": f"t{number}",
        "event_type": "transfer",
        "occurred_at": format_instant(Micros(START + number * 60_000_000)),
        "values": {"person": f"p-{payer}", "account": payer, "counterparty": payee, "amount_minor": amount},
    }


@pytest.mark.parametrize("restarts", [False, True])
def test_the_transfer_that_closes_a_circle_is_flagged_live_after_a_restart_and_in_a_replay(tmp_path, restarts):
    def opened(seed):
        return open_process(Settings(home=tmp_path), "test", clock=CLOCK, entropy=SeededEntropy(seed))

    process = opened(1)
    go_live(process, *EVERYTHING)
    for number, (payer, payee) in enumerate((("a", "b"), ("b", "c"))):
        process.decide_now(transfer(number, payer, payee))
    if restarts:
        process.snapshot()
        process.close()
        process = opened(2)
    said = msgspec.json.decode(process.decide_now(transfer(3, "c", "a", 700)).body)
    assert (said["outcome"], said["actions"]) == ("review", ["flag_circular_transfer"])
    assert msgspec.json.decode(process.decide_now(transfer(4, "c", "a", 400)).body)["outcome"] == "approve"
    assert all(one.same for one in process.archive.replay_all()), "folded anew it is the same"
    known = process.features_of("account", "a")
    assert (known["circular_returned"], known["circular_returned_minor"]) == (2, 1_100)
    assert EntityKind("account") == process.live.known.circles[0].kind
    process.close()


def test_circles_of_something_that_is_no_transfer_do_not_go_live(tmp_path):
    process = open_process(Settings(home=tmp_path), "test", clock=CLOCK, entropy=SeededEntropy(1))
    wrong = {**CIRCLES.body, "transfers": [{**CIRCLES.body["transfers"][0], "payee": "person"}]}
    with pytest.raises(DefinitionError) as refused:
        go_live(process, TRANSFER, Artefact.of("circle", "circular", wrong), *EVERYTHING[2:])
    assert "payee" in str(refused.value)
    process.close()
