"""Kinds of attack, one module each, with the dials that each of them has."""

from tandem.learn.simulator.fraud.account_takeover import AccountTakeover
from tandem.learn.simulator.fraud.adaptive import Adaptive, AdaptiveAttacker, Lever
from tandem.learn.simulator.fraud.bust_out import BustOut
from tandem.learn.simulator.fraud.fund_misuse import FundMisuse
from tandem.learn.simulator.fraud.group_loan import GroupLoanFraud
from tandem.learn.simulator.fraud.lone import LoneFraud
from tandem.learn.simulator.fraud.mass_application import MassApplication
from tandem.learn.simulator.fraud.mule_chain import MuleChain
from tandem.learn.simulator.fraud.promotion_abuse import PromotionAbuse
from tandem.learn.simulator.fraud.slow_drip import SlowDrip
from tandem.learn.simulator.fraud.synthetic_identity import SyntheticIdentity

__all__ = [
    "AccountTakeover",
    "Adaptive",
    "AdaptiveAttacker",
    "BustOut",
    "FundMisuse",
    "GroupLoanFraud",
    "Lever",
    "LoneFraud",
    "MassApplication",
    "MuleChain",
    "PromotionAbuse",
    "SlowDrip",
    "SyntheticIdentity",
]
