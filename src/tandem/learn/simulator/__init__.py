"""Simulators: worlds made up from a seed, always labelled as such."""

from tandem.learn.simulator.applications import (
    Attack,
    Stage,
    application_rows,
    attacked,
    honest_applications,
    simulate_applications,
    stage_of,
)
from tandem.learn.simulator.batches import APPLICATION, ATTACKS, ROLES, TRANSFER, Batch, Layout, joined, to_table
from tandem.learn.simulator.card_payments import LABEL_DELAY, CardWorld, simulate_card_payments
from tandem.learn.simulator.fraud import (
    AccountTakeover,
    Adaptive,
    AdaptiveAttacker,
    BustOut,
    GroupLoanFraud,
    Lever,
    LoneFraud,
    MassApplication,
    MuleChain,
    PromotionAbuse,
    SlowDrip,
    SyntheticIdentity,
)
from tandem.learn.simulator.kinds import ATTACK_KINDS, AttackKind, attack_kind
from tandem.learn.simulator.town import ApplicationWorld, Town
from tandem.learn.simulator.transfers import honest_transfers, simulate_transfers

__all__ = [
    "APPLICATION",
    "ATTACKS",
    "ATTACK_KINDS",
    "LABEL_DELAY",
    "ROLES",
    "TRANSFER",
    "AccountTakeover",
    "Adaptive",
    "AdaptiveAttacker",
    "ApplicationWorld",
    "Attack",
    "AttackKind",
    "Batch",
    "BustOut",
    "CardWorld",
    "GroupLoanFraud",
    "Layout",
    "Lever",
    "LoneFraud",
    "MassApplication",
    "MuleChain",
    "PromotionAbuse",
    "SlowDrip",
    "Stage",
    "SyntheticIdentity",
    "Town",
    "application_rows",
    "attack_kind",
    "attacked",
    "honest_applications",
    "honest_transfers",
    "joined",
    "simulate_applications",
    "simulate_card_payments",
    "simulate_transfers",
    "stage_of",
    "to_table",
]
