"""Simulators: worlds made up from a seed, always labelled as such."""

from tandem.learn.simulator.card_payments import LABEL_DELAY, CardWorld, simulate_card_payments

__all__ = ["LABEL_DELAY", "CardWorld", "simulate_card_payments"]
