"""What warnings were worth: by hand on a few, and with what nobody saw coming."""

from __future__ import annotations

import pytest

from tandem.act.warning import EarlyWarning, Roll, Said, report_of
from tandem.kernel.identity import DecisionId, EventId, Pseudonym
from tandem.kernel.time import DAY, Micros, parse_instant

JANUARY = parse_instant("2026-01-10T00:00:00Z")
NOW = parse_instant("2026-06-01T00:00:00Z")


def warned(entity, day=0, *, lead=None, over=False, severity="high", dismissed=False, horizon=90):
    """A warning raised so many days after the tenth of January; true after ``lead`` days, else over or open."""
    at = Micros(JANUARY + day * DAY)
    said = Said(
        decision_id=DecisionId(f"dec_{entity}"), decision_seq=2, event_id=EventId(entity), event_seq=1,
        event_type="statement", policy="statement", outcome="review", occurred_at=at,
    )  # fmt: skip
    outcome = "came_true" if lead is not None else "did_not" if over else None
    return EarlyWarning(
        warning_id=f"warn_{entity}_{day}", rule="likely", entity_kind="account", entity=Pseudonym(entity), subject=None,
        severity=severity, owner="early", action="case", due_at=at, ends_at=Micros(at + horizon * DAY), said=said,
        latest=said, raised_at=at, outcome=outcome, lead_days=lead, dismissed=dismissed,
    )  # fmt: skip


def roll(entity, day):
    return Roll("account", Pseudonym(entity), Micros(JANUARY + day * DAY))


def test_precision_is_of_those_whose_time_is_over_and_lead_time_the_median_of_the_true():
    report = report_of(
        [
            warned("a", lead=20),
            warned("b", lead=60, severity="medium", dismissed=True),
            warned("c", over=True),
            warned("d"),
        ],
        NOW,
    )
    assert (report.all.raised, report.all.open, report.all.dismissed_came_true, report.all.lead_days) == (4, 1, 1, 40)
    assert report.all.precision.value == pytest.approx(2 / 3)
    assert 0.2 < report.all.precision.low < 2 / 3 < report.all.precision.high < 0.95
    assert [(one.name, one.raised) for one in report.by_severity] == [("high", 3), ("medium", 1)]
    assert report.lead == ((2, 1), (8, 1))
    assert report.recall is None


def test_what_came_true_early_waits_for_the_others_of_its_time():
    early = report_of([warned("a", 100, lead=5), warned("b", 100)], NOW)
    assert (early.all.open, early.all.precision.value) == (2, None)
    assert early.lead == ((0, 1),), "how early it was is known all the same"


def test_a_roll_is_foreseen_by_a_warning_within_its_horizon_and_by_no_other():
    warnings = [warned("a", lead=30), warned("b", over=True, horizon=20), warned("c", 50)]
    rolls = [roll("a", 30), roll("b", 40), roll("c", 40), roll("d", 40)]
    report = report_of(warnings, NOW, rolls)
    assert (report.recall.hits, report.recall.of) == (1, 4)
    assert [(name, share.hits, share.of) for name, share in report.recall_by_month] == [("2026-02", 1, 4)]


def test_of_nothing_nothing_is_said():
    report = report_of([], NOW, [])
    assert (report.all.raised, report.all.precision.value, report.recall.value) == (0, None, None)
