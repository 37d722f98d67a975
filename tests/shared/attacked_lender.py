"""The example lender without its trained models, by rules alone, and for each kind of attack a policy that meets it better."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from benchmarks.checkout_rules import checkout_by_rules
from tandem.decide.decisions import ARTEFACT_FOLDERS
from tandem.kernel.artefacts import Artefact, load_workspace

LENDER = Path(__file__).parents[2] / "examples" / "lender"
_KINDS = {"circle", "event_type", "feature_set", "graph", "list", "outcome", "reasons"}
_POLICIES = {"mule_chain": "transfer", "fund_misuse": "account_movement"}

# What one would add to the rules against each kind: before which name, the rule.
ANSWERS: dict[str, tuple[str, dict[str, Any]]] = {
    "group_loan": ("network", {"rule": "any_neighbour", "when": "people_neighbours_close >= 1", "then": "review",
                               "reason": "RING_FORMING"}),
    "mass_application": ("network", {"rule": "two_on_a_device", "when": "people_device_members_24h >= 2 OR people_address_members_24h >= 2",
                                     "then": "decline", "reason": "MANY_APPLICANTS_ONE_DEVICE"}),
    "account_takeover": ("network", {"rule": "all_is_new", "reason": "NEW_DEVICE_AND_ADDRESS", "then": "review",
                                     "when": "person_checkout_devices_30d >= 2 AND person_checkout_addresses_30d >= 2"}),
    "promotion_abuse": ("network", {"rule": "coupon_army", "when": "coupon_minor >= 30000 AND amount_minor < 200000", "then": "decline",
                                    "reason": "COUPON_LIMIT"}),
    "bust_out": ("network", {"rule": "all_at_once", "reason": "MANY_AT_ONCE", "then": "decline",
                             "when": "person_checkouts_24h >= 2 AND person_checkout_amount_24h > 3000000"}),
    "mule_chain": ("money_mules", {"rule": "many_payers", "when": "received_payers_24h >= 2", "then": "review",
                                   "reason": "MANY_PAYERS_ONE_ACCOUNT"}),
    "synthetic_identity": ("network", {"rule": "any_neighbour", "when": "people_neighbours >= 1 AND people_crowds = 0", "then": "review",
                                       "reason": "RING_FORMING"}),
    "slow_drip": ("network", {"rule": "used_before", "when": "people_neighbours >= 1 AND people_crowds = 0",
                              "then": "review", "reason": "RING_FORMING"}),
    "adaptive": ("network", {"rule": "large_for_a_stranger", "reason": "MANY_AT_ONCE", "then": "review",
                             "when": "amount_minor > 1500000 AND person_checkouts_30d <= 1"}),
    "fund_misuse": ("misuse", {"rule": "round_after_draw", "reason": "CASHED_OUT", "then": "review",
                               "when": "person_round_purchases_24h >= 1 AND person_drawn_minor_72h > 0"}),
}  # fmt: skip


def lender_artefacts() -> list[Artefact]:
    """Event types, features, graph, lists, outcomes, reasons, and the policies that are attacked."""
    loaded = load_workspace(LENDER, ARTEFACT_FOLDERS).artefacts.values()
    known = [one for one in loaded if one.kind in _KINDS or (one.kind == "policy" and one.name in _POLICIES.values())]
    return [*known, checkout_by_rules()]


def policy_against(kind: str) -> str:
    """The policy that decides on what an attack of this kind is made of."""
    return _POLICIES.get(kind, "checkout_application")


def answer_to(kind: str) -> Artefact:
    """The policy with one more rule, which stops this kind of attack sooner."""
    name = policy_against(kind)
    policy = next(one for one in lender_artefacts() if one.kind == "policy" and one.name == name)
    stage, rule = ANSWERS[kind]
    body = copy.deepcopy(policy.body)
    rules = next(one for one in body["flow"] if one.get("rules") == stage)
    rules["all"].insert(0, rule)
    return Artefact.of("policy", name, body)
