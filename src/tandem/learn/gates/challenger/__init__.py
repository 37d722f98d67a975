"""Gates on a challenger: what it must show before it may take the champion's place."""

from __future__ import annotations

from tandem.learn.gates.challenger.calibrating import ece_noise
from tandem.learn.gates.challenger.evidence import Evidence
from tandem.learn.gates.challenger.judging import judge_challenger
from tandem.learn.gates.challenger.promoting import alpha_at
from tandem.learn.gates.challenger.proving import operations

__all__ = ["Evidence", "alpha_at", "ece_noise", "judge_challenger", "operations"]
