"""Simulators: worlds made up from a seed, always labelled as such."""

from tandem.learn.simulator.applications import Attack, Stage, application_rows, simulate_applications
from tandem.learn.simulator.batches import ATTACKS, ROLES
from tandem.learn.simulator.card_payments import LABEL_DELAY, CardWorld, simulate_card_payments
from tandem.learn.simulator.fraud import GroupLoanFraud, LoneFraud
from tandem.learn.simulator.town import ApplicationWorld

__all__ = [
    "ATTACKS",
    "LABEL_DELAY",
    "ROLES",
    "ApplicationWorld",
    "Attack",
    "CardWorld",
    "GroupLoanFraud",
    "LoneFraud",
    "Stage",
    "application_rows",
    "simulate_applications",
    "simulate_card_payments",
]
