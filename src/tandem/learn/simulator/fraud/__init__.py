"""Kinds of attack, one module each, with the dials that each of them has."""

from tandem.learn.simulator.fraud.group_loan import GroupLoanFraud
from tandem.learn.simulator.fraud.lone import LoneFraud

__all__ = ["GroupLoanFraud", "LoneFraud"]
