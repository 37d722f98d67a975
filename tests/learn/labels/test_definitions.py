"""What a label may say, and what is refused with the field, the value and the remedy."""

from __future__ import annotations

import pytest

from tandem.kernel.errors import DefinitionError
from tandem.kernel.time import DAY
from tandem.learn.labels import conditions_of, parse_outcome
from tandem.observe.events import parse_event_type

TYPES = {
    one["name"]: parse_event_type(one)
    for one in (
        {
            "name": "loan",
            "subject": "person",
            "fields": [
                {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"},
                {"name": "amount_minor", "type": "integer", "required": True},
                {"name": "staff", "type": "boolean"},
                {"name": "pin", "type": "text", "data_class": "C3"},
            ],
        },
        {
            "name": "status",
            "fields": [
                {"name": "loan", "type": "text", "required": True},
                {"name": "days_late", "type": "integer"},
                {"name": "bad", "type": "boolean"},
            ],
        },
    )
}
LEAST = {"name": "loan", "event": "status", "refers": "loan", "bad": "bad"}


def conditions(**changes):
    return conditions_of(parse_outcome({**LEAST, **changes}), TYPES)


def test_the_least_that_is_said_is_enough_and_the_label_is_called_like_what_is_decided():
    found = conditions()
    assert (found.definition.decided, found.definition.window_us, found.early) == ("loan", None, None)
    assert found.telling.of({"loan": "l1", "bad": True}, 0) == ("l1", True)
    assert found.telling.of({"loan": "l1", "bad": None}, 0) is None
    assert found.telling.of({"loan": None, "bad": True}, 0) is None


def test_several_labels_may_be_about_one_type_of_event_with_conditions_of_their_own():
    found = conditions(
        name="late_30", of="loan", bad="days_late >= 30 AND occurred_at >= TIMESTAMP '2026-01-01 00:00:00'"
    )
    assert found.decided.name == "loan"
    at = 1_800_000_000_000_000
    assert found.telling.of({"loan": "l1", "days_late": 31}, at) == ("l1", True)
    assert found.telling.of({"loan": "l1", "days_late": 29}, at) == ("l1", False)
    assert found.telling.of({"loan": "l1", "days_late": None}, at) is None


def test_the_first_exclusion_that_is_true_gives_the_reason():
    found = conditions(
        exclude=[{"when": "staff", "reason": "staff_loan"}, {"when": "amount_minor = 0", "reason": "test_entry"}]
    )
    assert found.excluded({"amount_minor": 0, "staff": True}, 0) == "staff_loan"
    assert found.excluded({"amount_minor": 0, "staff": None}, 0) == "test_entry"
    assert found.excluded({"amount_minor": 1, "staff": False}, 0) is None
    assert conditions().excluded({"amount_minor": 0}, 0) is None


def test_an_early_sign_is_of_the_labels_own_event_unless_it_says_otherwise():
    found = conditions(matures="365d", provisional={"bad": "days_late >= 5", "window": "30d"})
    assert found.early is not None
    assert found.early.of({"loan": "l1", "days_late": 6}, 0) == ("l1", True)
    assert found.definition.provisional.window_us == 30 * DAY


def test_words_do_not_change_the_digest_and_terms_do():
    plain = parse_outcome(LEAST)
    assert parse_outcome({**LEAST, "description": "words"}).digest == plain.digest
    assert parse_outcome({**LEAST, "window": "30d"}).digest != plain.digest


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"window": "a year"}, "invalid_duration", "window"),
        ({"window": "0d"}, "invalid_duration", "window"),
        ({"good_when_silent": True}, "no_maturity", "matures"),
        ({"provisional": {"bad": "bad"}}, "no_maturity", "matures"),
        ({"matures": "9d", "provisional": {"bad": "bad", "window": "x"}}, "invalid_duration", "provisional.window"),
        ({"matures": "9d", "provisional": {"bad": "bed"}}, "unknown_field", "provisional.bad"),
        ({"of": "lone"}, "unknown_event_type", "of"),
        ({"name": "lone"}, "unknown_event_type", "name"),
        ({"bad": "days_late"}, "wrong_type", "bad"),
        ({"bad": "days_late + 1"}, None, "bad"),
        ({"bad": "days_lat >= 30"}, None, "bad"),
        ({"exclude": [{"when": "stuff", "reason": "x"}]}, None, "exclude.0.when"),
        ({"exclude": [{"when": "pin = '1'", "reason": "x"}]}, "not_kept", "exclude.0.when"),
        ({"exclude": "staff"}, "wrong_shape", "exclude"),
    ],
)
def test_what_does_not_hold_together_names_the_field(changes, code, field):
    with pytest.raises(DefinitionError) as refused:
        conditions(**changes)
    assert refused.value.field == field
    assert code is None or refused.value.code == code
