"""A customer sees what they were told, answers it, and an accepted plan is applied for like any other; a shop's checkout shows none."""

from __future__ import annotations

import pytest
from customer_channel import Shop
from offer_house import BARELY, EVERYBODY, PLAN, OpenDoor, programme

from tandem.act.lending import LendingDesk
from tandem.act.offers import OfferDesk
from tandem.act.products import Shelf
from tandem.kernel.artefacts import Artefact


@pytest.fixture
def shop(tmp_path):
    found = Shop(tmp_path / "home")
    yield found
    found.close()


@pytest.fixture
def told(shop):
    """Somebody who came by the lender's own site, bought, and was offered their balance in parts."""
    mine = shop.customer("c-1", headers=shop.site, amount_minor=120_000, product="till")
    mine.buys()
    body = {
        **PLAN,
        "products": ["till"],
        "into": {"product": "till", "term": 6},
        "choose": EVERYBODY,
        "hold_out": BARELY,
    }
    offered: Artefact = programme("in_parts", body)
    shop.process.push([offered], author="ann")
    shop.process.review([offered.digest], approver="bob")
    shop.process.release({offered.key: offered.digest}, by="bob")
    lending = LendingDesk(shop.process, Shelf(shop.process, shop.clock), clock=shop.clock)
    OfferDesk(shop.process, lending, OpenDoor(), clock=shop.clock).round()  # before the served one has looked at any
    return mine


def test_an_offer_names_the_plan_that_it_could_become(told):
    (offer,) = told.ask("GET", "/offers")["offers"]
    assert (offer["kind"], offer["answer"], offer["title"]["en"]) == ("instalment_offer", None, "Pay it in parts")
    assert offer["plan"]["product"] == "till"
    assert offer["plan"]["amount_minor"] == offer["amount_minor"] == 120_000


def test_an_offer_that_is_accepted_stays_to_be_gone_on_with_and_is_said_once(told):
    (offer,) = told.ask("GET", "/offers")["offers"]
    path = f"/offers/{offer['offer_id']}/answer"
    assert told.ask("POST", path, {"answer": "accepted"})["answer"] == "accepted"
    assert told.ask("POST", path, {"answer": "accepted"})["answer"] == "accepted"
    assert told.ask("POST", path, {"answer": "refused"}, status=409)["code"] == "key_reused"
    assert told.ask("GET", "/offers")["offers"][0]["answer"] == "accepted"


def test_whoever_wants_to_hear_no_more_says_so_with_their_refusal(told):
    (offer,) = told.ask("GET", "/offers")["offers"]
    said = told.ask("POST", f"/offers/{offer['offer_id']}/answer", {"answer": "refused", "never": True})
    assert (said["answer"], said["never"]) == ("refused", True)


def test_nobody_sees_or_answers_what_another_was_told(shop, told):
    (offer,) = told.ask("GET", "/offers")["offers"]
    other = shop.customer("c-2", headers=shop.site)
    assert other.ask("GET", "/offers")["offers"] == []
    answer = other.ask("POST", f"/offers/{offer['offer_id']}/answer", {"answer": "accepted"}, status=404)
    assert answer["code"] == "unknown_offer"


def test_by_a_shops_checkout_nobody_has_offers_even_of_their_own(shop, told):
    (offer,) = told.ask("GET", "/offers")["offers"]
    at_shop = shop.customer("c-1", amount_minor=50_000, product="till", reference="order-9")
    assert at_shop.ask("GET", "/offers")["offers"] == []
    answer = at_shop.ask("POST", f"/offers/{offer['offer_id']}/answer", {"answer": "accepted"}, status=404)
    assert answer["code"] == "unknown_offer"
