"""Provision rules as a document, and whole runs counted by plain loops."""

from __future__ import annotations

from typing import Any

RULES: dict[str, Any] = {
    "title": {"en": "IFRS 9", "zh-CN": "国际财务报告准则第9号"},
    "since": "2026-01-01",
    "basis": ["IFRS 9, 5.5.1-5.5.20 and B5.5.1-B5.5.55"],
    "staging": {"stage_2_days": 60, "stage_3_days": 90},
    "pd": {"source": "made up for tests", "by_bucket_bps": [200, 1500, 4500, 7500]},
    "lgd": {"source": "made up for tests", "otherwise_bps": 4500, "products": {"cash_loan": 6000}},
    "scenarios": [
        {"scenario": "base", "weight_pct": 60},
        {"scenario": "good", "weight_pct": 15, "pd_pct": 70, "lgd_pct": 90},
        {"scenario": "bad", "weight_pct": 25, "pd_pct": 180, "lgd_pct": 120},
    ],
}


def slow_loss(lines: list[tuple[float, int, float]], stage: int, pd: float, lgd: float) -> float:
    """Expected loss of amounts (owed, months, yearly rate), month by month."""
    if stage == 3:
        return sum(owed for owed, _, _ in lines) * lgd
    hazard, found, alive = 1 - (1 - pd) ** (1 / 12), 0.0, 1.0
    horizon = max((months for _, months, _ in lines), default=0)
    for month in range(1, min(horizon, 12 if stage == 1 else horizon) + 1):
        for owed, months, rate in lines:
            if months >= month:
                found += alive * hazard * lgd * owed / (1 + rate) ** (month / 12)
        alive *= 1 - hazard
    return found
