"""SIMULATED misuse of funds against the example's monitoring policy: each pattern is found, and how many honest people it stops is told."""

from __future__ import annotations

import sys

import pytest
from attacked_lender import lender_artefacts

from tandem.learn.attacks import AttackAsked, attack_release, sandbox_release

TOWN = {"customers": 1_500, "days": 14, "warm_up_days": 10, "intensity": 0.1}


@pytest.fixture(scope="module")
def release():
    return sandbox_release(lender_artefacts())


def attacked(release, disguise):
    return attack_release(release, AttackAsked(kind="fund_misuse", disguise=disguise, **TOWN))


def false_alarms(report):
    """Share of honest movements that are flagged."""
    return report.honest.reviewed / report.honest.count


def test_the_example_policy_finds_most_who_misuse_and_flags_few_who_do_not(release, capsys):
    report = attacked(release, 0.2)
    with capsys.disabled():
        sys.stdout.write(
            f"\nSIMULATED misuse of funds: {report.seen.seen} of {report.seen.groups} borrowers flagged; "
            f"false alarms on {report.honest.reviewed} of {report.honest.count:,} honest movements "
            f"({false_alarms(report):.1%})\n"
        )
    assert report.simulated
    assert report.seen.seen >= 0.7 * report.seen.groups
    assert false_alarms(report) <= 0.04


def test_each_of_the_three_patterns_is_stopped_by_the_rule_that_is_for_it(release):
    report = attacked(release, 0.0)
    stopped = {one.name: one.attack for one in report.stoppers}
    assert set(stopped) >= {"misuse.cash_out", "misuse.beside_purpose", "misuse.circular"}
    assert all(stopped.values())


def test_who_hides_better_is_found_less_often(release):
    seen = [attacked(release, disguise).seen.seen for disguise in (0.0, 1.0)]
    assert seen[0] > seen[1]
