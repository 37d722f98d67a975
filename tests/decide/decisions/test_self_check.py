"""The nightly check: silent while features are what the journal gives, and loud at the first that is not."""

from __future__ import annotations

import logging

import pytest
from small_workspace import application, go_live, policy

from tandem.decide.decisions import check_features
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import InvalidInput
from tandem.kernel.identity import EntityKind
from tandem.observe.journal import Record


def checked(process, **settings):
    return check_features(process.journal, process._vault, **{"share": 1.0, **settings})


def test_features_that_decided_are_those_of_the_journal(process):
    for number in range(12):
        process.decide_now(application(number, device=f"d{number % 3}"))
    found = checked(process)
    assert found.mismatch is None
    assert (found.decisions, found.keys, found.erased) == (12, 3, 0)
    assert found.values == 12, "the policy looks at one feature of the device"


def test_a_release_with_another_plan_is_followed(process):
    for number in range(4):
        process.decide_now(application(number))
    longer = Artefact.of(
        "feature_set",
        "device_velocity",
        {
            "entity": ["device"],
            "events": ["application"],
            "features": [{"name": "device_applications_1d", "aggregate": "count", "window": "2d"}],
        },
    )
    go_live(process, longer, policy(limit=100))
    for number in range(4, 8):
        process.decide_now(application(number))
    found = checked(process)
    assert found.mismatch is None
    assert found.decisions == 8


def test_a_share_of_the_keys_is_drawn_whole(process):
    for number in range(40):
        process.decide_now(application(number, device=f"d{number % 20}"))
    drawn = [checked(process, share=0.5, salt=salt) for salt in "abc"]
    assert all(0 < one.keys < 20 and one.decisions == 2 * one.keys for one in drawn)
    assert checked(process, share=0.5, salt="a") == drawn[0]


def test_the_first_difference_ends_the_check_and_is_logged_without_values(process, monkeypatch, caplog):
    for number in range(6):
        process.decide_now(application(number, device=f"d{number}"))
    forge(process, monkeypatch, b'"device_applications_1d":1', b'"device_applications_1d":7', only="app-3")
    with caplog.at_level(logging.ERROR):
        found = checked(process)
    wrong = found.mismatch
    assert (wrong.feature, wrong.unit, wrong.then, wrong.now) == ("device_applications_1d", "device", 7, 1)
    assert found.to_seq == wrong.event_seq + 1
    [line] = [record.getMessage() for record in caplog.records]
    assert wrong.decision_id in line
    assert "7" not in line.replace(wrong.decision_id, "")


def forge(process, monkeypatch, then, now, only):
    """Another secret for the decision of one event, as somebody with the keys could have written it."""
    opened = process.journal.open_secret
    wanted = process.archive.replay(only).decision_id

    def other(record: Record):
        secret = opened(record)
        return secret.replace(then, now) if record.kind == "decision" and record.key == wanted else secret

    monkeypatch.setattr(process.journal, "open_secret", other)


def test_keys_that_an_erased_person_moved_are_left_out(process):
    for number in range(6):
        process.decide_now(application(number, person=f"p{number}", device=f"d{number % 2}"))
    process.journal.erase(process._vault.pseudonym(EntityKind("person"), "p0")).wait()
    found = checked(process)
    assert found.mismatch is None
    assert found.erased == 3, "what the same device did after the erased application cannot be recomputed"
    assert found.decisions == 3


@pytest.mark.parametrize("share", [0, -1, 1.1])
def test_a_share_is_a_share(process, share):
    with pytest.raises(InvalidInput):
        checked(process, share=share)
