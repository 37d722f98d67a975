"""Where a policy can fire, and which scores stand behind what it does there."""

from __future__ import annotations

import pytest
from told_workspace import EVERYTHING, policy

from tandem.decide.decisions import assemble
from tandem.decide.policy import Outcome, adverse_codes, places_of
from tandem.kernel.identity import Digest, SeededEntropy
from tandem.kernel.time import SystemClock
from tandem.prove.privacy import MasterKey, SqliteSubjectKeys, Vault


@pytest.fixture
def plan(tmp_path):
    vault = Vault(
        MasterKey(b"m" * 32),
        SqliteSubjectKeys(tmp_path / "keys"),
        "test",
        clock=SystemClock(),
        entropy=SeededEntropy(1),
    )

    def of(*rules, **offer):
        changed = policy(*rules, **offer)
        known = {one.key: one for one in (*EVERYTHING, changed)}
        return assemble(known.values(), Digest("0" * 64), vault).policy_for("application").plan

    return of


def test_every_place_has_its_outcome_reason_and_kind(plan):
    places = places_of(plan())
    assert {name: (one.kind, one.outcome) for name, one in places.items()} == {
        "known_bad.blocked_devices_device": ("lists", Outcome.DECLINE),
        "law.too_young": ("rules", Outcome.DECLINE),
        "by_risk.high": ("decide", Outcome.DECLINE),
        "by_risk.middle": ("decide", Outcome.REVIEW),
        "by_risk.low": ("decide", Outcome.APPROVE),
    }
    assert places["by_risk.high"].sources == ("credit",)
    assert places["law.too_young"].sources == ()


def test_terms_made_of_a_score_have_it_behind_them(plan):
    places = places_of(plan(price={"rate_bps": "900 + ROUND(1000 * pd)"}))
    assert places["by_risk.low"].sets_terms
    assert places["by_risk.low"].term_sources == ("credit",)


def test_codes_of_rules_and_of_missing_facts_speak_against_somebody(plan):
    cap = {"rule": "cap", "when": "amount_minor > 90000", "cap": "90000", "reason": "CAPPED"}
    noted = {"rule": "noted", "when": "job_years < 1", "reason": "NEW_JOB"}
    assert adverse_codes(plan(cap, noted)) == ("BLOCKED", "CAPPED", "INFORMATION_MISSING", "SCORE_LOW", "TOO_YOUNG")
