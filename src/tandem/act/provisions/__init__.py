"""Provisions: every account staged and its expected loss, by IFRS 9, with the table of what moved and the books of it."""

from tandem.act.provisions.changes import Measured, ProvisionChange, RunDone, StageRow
from tandem.act.provisions.desk import ProvisionDesk, check_provision_rules
from tandem.act.provisions.expected_loss import Exposures, expected_loss, lost_share, monthly_hazard
from tandem.act.provisions.exposing import exposed
from tandem.act.provisions.folding import Provisions, postings_of, table_of
from tandem.act.provisions.placing import Placed, Reason, Recorded, reasons_of
from tandem.act.provisions.rules import Lgd, Pd, ProvisionRules, Scenario, Staging, parse_rules, rules_of
from tandem.act.provisions.staging import LONG_AGO, Seen, Staged, staged

__all__ = [
    "LONG_AGO",
    "Exposures",
    "Lgd",
    "Measured",
    "Pd",
    "Placed",
    "ProvisionChange",
    "ProvisionDesk",
    "ProvisionRules",
    "Provisions",
    "Reason",
    "Recorded",
    "RunDone",
    "Scenario",
    "Seen",
    "StageRow",
    "Staged",
    "Staging",
    "check_provision_rules",
    "expected_loss",
    "exposed",
    "lost_share",
    "monthly_hazard",
    "parse_rules",
    "postings_of",
    "reasons_of",
    "rules_of",
    "staged",
    "table_of",
]
