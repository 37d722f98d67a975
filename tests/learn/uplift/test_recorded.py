"""What was recorded becomes rows to learn from: only what was drawn, only what is over, with what was known then."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tandem.learn.uplift import NOTHING, Offered, contacts_tried, offers_tried


def decided(number, *, channel="email", propensity=0.4, programme="due_soon", **facts):
    return {
        "change": "decided", "offer": f"off_{number}", "owner": f"p{number // 2}", "programme": programme, "kind": "reminder",
        "propensity": propensity, "stake_minor": 10_000, "facts": {"days_to_due": 5, "utilisation": None, **facts},
        **({} if channel is None else {"channel": channel}),
    }  # fmt: skip


def closed(number, share):
    return {"change": "closed", "offer": f"off_{number}", "share": share}


def bodies(*changes):
    return [json.dumps(one).encode() for one in changes]


def test_an_offer_that_is_over_is_a_row_with_what_was_known_when_it_was_drawn():
    found = offers_tried(
        bodies(
            decided(0), decided(1, channel=None, propensity=0.6), decided(2, channel="sms", propensity=0.2),
            closed(0, 1.0), closed(1, 0.25), closed(2, 0.0),
        )
    )  # fmt: skip
    assert found.offers == (Offered("email", "reminder"), Offered("sms", "reminder"))
    assert found.tried.action.tolist() == [0, NOTHING, 1]
    assert found.tried.propensity.tolist() == [0.4, 0.6, 0.2]
    assert found.tried.outcome.tolist() == [1.0, 0.25, 0.0]
    assert found.tried.unit.tolist() == [0, 0, 1], "two rows of one person go together"
    assert found.tried.columns["days_to_due"].tolist() == [5, 5, 5]
    assert np.isnan(found.tried.columns["utilisation"]).all()


def test_what_was_not_left_to_chance_or_is_not_over_is_no_row():
    found = offers_tried(
        bodies(
            decided(0, propensity=1.0), decided(1), decided(2), decided(3, programme="other"), closed(0, 1), closed(1, 1),
            closed(3, 1),
        ),
        programmes=["due_soon"],
    )  # fmt: skip
    assert (len(found.tried), found.certain, found.open) == (1, 1, 1)


def situation(account, day, **more):
    return {"account": account, "day": day, "currency": "CNY", "days_past_due": 3, "due_minor": 1_000, "balance_minor": 5_000,
            "last_step": "soft", "contacts_by": {"sms": 2}, **more}  # fmt: skip


def choice(step, channel=None, *, chosen_by="exploration", propensity=0.25):
    action = {"step": step, **({} if channel is None else {"channel": channel})}
    return {"action": action, "chosen_by": chosen_by, "propensity": propensity}


def wanted(account, day, chosen):
    return {
        "change": "wanted",
        "debtor": f"d{account}",
        "about": {"choice": chosen, "situation": situation(account, day)},
    }


def spared(account, day, chosen):
    return {
        "change": "spared",
        "debtor": f"d{account}",
        "account": account,
        "choice": chosen,
        "situation": situation(account, day),
    }


def paid(account, day, minor, fact="f"):
    return {"change": "happened", "account": account, "plan": "loan", "fact_id": fact,
            "fact": {"fact": "paid", "day": day, "amount_minor": minor}}  # fmt: skip


def test_a_contact_is_a_row_beside_whom_the_lot_left_alone_and_pays_what_was_paid_in_its_days():
    found = contacts_tried(
        bodies(wanted("a", 100, choice("soft", "sms")), spared("b", 100, choice("wait")), wanted("c", 100, choice("firm", "call"))),
        bodies(
            paid("a", 99, 900, "before"), paid("a", 105, 250), paid("a", 130, 700, "late"), paid("b", 114, 4_000),
            paid("c", 101, 500), {"change": "reversed", "account": "c", "plan": "loan", "fact_id": "f"},
        ),
        today=120,
    )  # fmt: skip
    assert found.offers == (Offered("call", "firm"), Offered("sms", "soft"))
    assert found.tried.action.tolist() == [1, NOTHING, 0]
    assert found.tried.outcome.tolist() == [0.25, 1.0, 0.0], (
        "before and after its days nothing counts, nor what came back"
    )
    assert found.tried.columns["contacts_sms"].tolist() == [2, 2, 2]
    assert "last_step" not in found.tried.columns


@pytest.mark.parametrize(
    ("chosen", "day"),
    [
        (choice("soft", "sms", chosen_by="ladder", propensity=1.0), 100),
        (choice("soft", "sms", chosen_by="person", propensity=1.0), 100),
        (choice("soft", "sms"), 110),
    ],
)
def test_a_ladder_a_person_and_what_is_not_over_teach_nothing(chosen, day):
    found = contacts_tried(bodies(wanted("a", day, chosen)), [], today=120)
    assert len(found.tried) == 0
    assert found.certain + found.open == 1
