"""A simulated attack on the example lender: the same for the same seed, and what it says adds up."""

from __future__ import annotations

import msgspec
import pytest
from attacked_lender import ANSWERS, answer_to, lender_artefacts

from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import Conflict, InvalidInput, NotFound
from tandem.learn.attacks import AttackAsked, attack_release, checked_attack, compare_attacks, sandbox_release
from tandem.learn.simulator import ATTACK_KINDS

SMALL = {"customers": 500, "days": 9, "warm_up_days": 8}


def asked(kind="group_loan", **changes):
    return AttackAsked(kind=kind, **{**SMALL, **changes})


def with_draft(draft):
    return sandbox_release([*(one for one in lender_artefacts() if one.key != draft.key), draft])


@pytest.fixture(scope="module")
def release():
    return sandbox_release(lender_artefacts())


@pytest.fixture(scope="module")
def report(release):
    return attack_release(release, asked())


def test_the_same_seed_and_release_give_the_same_report(report):
    again = attack_release(sandbox_release(lender_artefacts()), asked())
    assert msgspec.json.encode(again) == msgspec.json.encode(report)


def test_another_seed_gives_another_report(release, report):
    assert attack_release(release, asked(seed=8)) != report


def test_a_report_says_that_it_is_simulated_and_adds_up(report):
    assert report.simulated
    attempts, honest = report.attempts, report.honest
    assert attempts.approved + attempts.reviewed + attempts.declined == attempts.count > 0
    assert sum(one.attempts for one in report.timeline) == attempts.count
    assert sum(one.approved for one in report.timeline) == attempts.approved
    assert sum(one.honest for one in report.timeline) == honest.count
    assert sum(one.lost_minor for one in report.timeline) == report.lost_minor <= report.at_stake_minor
    assert sum(one.tally.count for one in report.roles) == honest.count
    stopped = sum(one.tally.reviewed + one.tally.declined for one in report.roles)
    assert stopped == honest.reviewed + honest.declined == sum(one.honest_stopped for one in report.timeline)
    assert report.reviews == attempts.reviewed + honest.reviewed
    assert sum(one.alone for one in report.stoppers) <= attempts.reviewed + attempts.declined


def test_it_says_how_soon_each_ring_was_seen(report):
    seen = report.seen
    assert 0 < seen.seen <= seen.groups
    assert seen.member_median is not None
    assert seen.member_median >= 2, "the first member of a ring has nobody to be seen with"
    assert seen.first_alarm_seconds is not None


def test_who_was_hurt_is_told_by_role(report):
    assert {"household", "shop_till"} <= {one.role for one in report.roles}
    assert all(one.people > 0 for one in report.roles)


def test_lists_begin_empty_and_the_report_says_so(report):
    assert "lists_begin_empty" in {note.code for note in report.notes}


@pytest.mark.parametrize("kind", ATTACK_KINDS)
def test_a_policy_change_meets_each_kind_better(release, kind):
    many = asked(kind, intensity=0.3)  # so that chance does not decide
    before = attack_release(release, many)
    after = attack_release(with_draft(answer_to(kind)), many, drafts=["policy/changed"])
    compared = compare_attacks(before, after)
    stage, rule = ANSWERS[kind]
    assert compared.stoppers[f"{stage}.{rule['rule']}"][1] > 0
    assert all(sentence.en and sentence.zh for sentence in compared.words)
    if ATTACK_KINDS[kind].interactive:
        assert not compared.exact
    else:
        assert compared.exact
        assert before.attempts.count == after.attempts.count
        assert after.attempts.approved < before.attempts.approved
        assert after.lost_minor < before.lost_minor


def test_nothing_changes_against_the_same_version(report):
    compared = compare_attacks(report, report)
    assert [sentence.en for sentence in compared.words] == ["Nothing changes for this attack."]
    assert {change.better for change in compared.figures} == {None}


def test_two_different_attacks_are_not_compared(release, report):
    other = attack_release(release, asked(disguise=0.9))
    with pytest.raises(Conflict) as refused:
        compare_attacks(report, other)
    assert refused.value.field == "disguise"


def test_an_adaptive_attacker_reports_what_it_learned(release):
    found = attack_release(release, asked("adaptive", intensity=0.15))
    levers = {one.lever: one for one in found.levers}
    assert levers["applicants_a_device"].stopped is not None
    assert levers["amount_minor"].passes > 150_000


# -- a workspace that calls things otherwise


def renamed(**more):
    """The lender with its own name for the event, for one field, and with one field more."""
    found = []
    for one in lender_artefacts():
        body = msgspec.json.decode(msgspec.json.encode(one.body))
        if one.key == ("event_type", "checkout_application"):
            for field in body["fields"]:
                if field["name"] == "amount_minor":
                    field["name"] = "requested_minor"
            body["fields"].append({"name": "channel", "type": "text", "required": True})
            body["fields"] = [field for field in body["fields"] if field["name"] not in more]
            body["derived"] = [{"name": name, **made} for name, made in more.items()]
            body["name"] = "purchase"
            found.append(Artefact.of("event_type", "purchase", body))
        elif one.key == ("event_type", "checkout_outcome"):
            found.append(one)
        elif one.kind == "policy" and one.name != "checkout_application":
            continue
        elif one.kind == "policy":
            flow = [{"decide": "all", "then": "review", "reason": "RING_FORMING"}]
            found.append(Artefact.of("policy", "purchase", {"policy": "purchase", "event": "purchase", "flow": flow}))
        elif one.kind in {"reasons", "list"}:
            found.append(one)
    return sandbox_release(found)


def test_an_event_that_is_called_otherwise_is_asked_for():
    with pytest.raises(NotFound) as refused:
        checked_attack(renamed(), asked())
    assert (refused.value.code, refused.value.field) == ("unknown_event_type", "event_type")


def test_a_required_field_that_nothing_fills_is_named():
    with pytest.raises(InvalidInput) as refused:
        checked_attack(renamed(), asked(event_type="purchase"))
    assert (refused.value.code, refused.value.field) == ("field_not_filled", "fields.requested_minor")
    with pytest.raises(InvalidInput) as refused:
        checked_attack(renamed(), asked(event_type="purchase", fields={"requested_minor": "amount_minor"}))
    assert refused.value.field == "fields.channel"


def test_declared_fields_and_constants_fill_it():
    fields = {"requested_minor": "amount_minor", "channel": "=web"}
    found = attack_release(renamed(), asked(event_type="purchase", fields=fields))
    assert found.attempts.reviewed == found.attempts.count > 0
    assert found.against.event_type == "purchase"
    assert "outcomes_undefined" in {note.code for note in found.notes}
    assert [(one.name, one.reasons) for one in found.stoppers] == [("all.all", ("RING_FORMING",))] or found.stoppers


def test_what_the_lender_derives_is_derived_of_the_simulated_events_too():
    fields = {"requested_minor": "amount_minor", "channel": "=web"}
    # By the name of a field that is simulated, and that fills it where it is sent.
    release = renamed(contact={"function": "address_key", "of": "address", "entity": "door"})
    found = attack_release(release, asked(event_type="purchase", fields=fields))
    assert found.attempts.reviewed == found.attempts.count > 0
    assert "contact" not in {name for note in found.notes for name in note.names}
    with pytest.raises(InvalidInput) as refused:
        checked_attack(release, asked(event_type="purchase", fields=fields | {"contact": "contact"}))
    assert refused.value.field == "fields.contact"


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"kind": "nothing"}, NotFound, "kind"),
        ({"disguise": 2.0}, InvalidInput, "disguise"),
        ({"customers": 10_000_000}, InvalidInput, "customers"),
        ({"policy": "transfer"}, InvalidInput, "policy"),
        ({"fields": {"amount": "amount_minor"}}, InvalidInput, "fields.amount"),
        ({"fields": {"device": "shoe_size"}}, InvalidInput, "fields.device"),
        ({"fields": {"amount_minor": "device"}}, InvalidInput, "fields.amount_minor"),
        ({"fields": {"age": "=old"}}, InvalidInput, "fields.age"),
    ],
)
def test_what_cannot_be_played_is_refused_by_name(release, changes, error, field):
    with pytest.raises(error) as refused:
        checked_attack(release, msgspec.structs.replace(asked(), **changes))
    assert refused.value.field == field
