"""Collections: contacting and settling with customers in arrears, within conduct rules that no path goes around."""

from tandem.act.collections.changes import (
    SYSTEM,
    Change,
    ContactAbout,
    ContactBlocked,
    ContactEnded,
    ContactSent,
    ContactWanted,
    Ending,
    OfferKind,
    Promised,
    Sealed,
    decode_change,
    encode_change,
)
from tandem.act.collections.channels import EmailChannel, GatewayChannel, Handed, Line, MailServer, NotOpenError, Outlet
from tandem.act.collections.choosing import Forbidden, HandedOut, hand_out, plan_day
from tandem.act.collections.conduct import ALLOWED, BUILT_IN, Allowed, Block, Blocked, Verdict, judge, next_allowed
from tandem.act.collections.desk import CollectionsDesk, Customer, Happened, Option
from tandem.act.collections.errors import NotPossible, RuleForbids
from tandem.act.collections.file import (
    AgreedHours,
    ContactId,
    ContactState,
    DebtorFile,
    Past,
    Point,
    PointId,
    PointKind,
    Wanted,
)
from tandem.act.collections.folding import BlockedOnce, Dispute, Files, Offer, Promise, Work
from tandem.act.collections.governor import PERMIT_FOR, AgainstOffer, Governor, Judged, Permit
from tandem.act.collections.opening import open_outlets
from tandem.act.collections.people import Collectors, Dialled
from tandem.act.collections.phrases import Speech, found_in
from tandem.act.collections.picking import Picker
from tandem.act.collections.queue import WorkItem
from tandem.act.collections.reaching import Reach, masked
from tandem.act.collections.reminding import Reminded
from tandem.act.collections.report import Report
from tandem.act.collections.responding import ResponseModel
from tandem.act.collections.rulebook import InForce, Rulebook
from tandem.act.collections.rules import MARKS, Agency, Mark, Rule, RuleSet, Whose, Wording
from tandem.act.collections.rules_reading import parse_conduct_rules
from tandem.act.collections.situations import situation_of
from tandem.act.collections.strategy import Limits, Strategy, Template
from tandem.act.collections.strategy_reading import check_against_rules, parse_strategy
from tandem.act.collections.telling import Said, Telling
from tandem.act.collections.tending import Tended
from tandem.act.collections.types import (
    AUTOMATIC,
    CHANNELS,
    SITUATION_COLUMNS,
    STEPS,
    WAIT,
    Action,
    Channel,
    Choice,
    ChosenBy,
    ExpectedRecovery,
    Purpose,
    Ranked,
    Situation,
    Step,
    Words,
)

__all__ = [
    "ALLOWED",
    "AUTOMATIC",
    "BUILT_IN",
    "CHANNELS",
    "MARKS",
    "PERMIT_FOR",
    "SITUATION_COLUMNS",
    "STEPS",
    "SYSTEM",
    "WAIT",
    "Action",
    "AgainstOffer",
    "Agency",
    "AgreedHours",
    "Allowed",
    "Block",
    "Blocked",
    "BlockedOnce",
    "Change",
    "Channel",
    "Choice",
    "ChosenBy",
    "CollectionsDesk",
    "Collectors",
    "ContactAbout",
    "ContactBlocked",
    "ContactEnded",
    "ContactId",
    "ContactSent",
    "ContactState",
    "ContactWanted",
    "Customer",
    "DebtorFile",
    "Dialled",
    "Dispute",
    "EmailChannel",
    "Ending",
    "ExpectedRecovery",
    "Files",
    "Forbidden",
    "GatewayChannel",
    "Governor",
    "Handed",
    "HandedOut",
    "Happened",
    "InForce",
    "Judged",
    "Limits",
    "Line",
    "MailServer",
    "Mark",
    "NotOpenError",
    "NotPossible",
    "Offer",
    "OfferKind",
    "Option",
    "Outlet",
    "Past",
    "Permit",
    "Picker",
    "Point",
    "PointId",
    "PointKind",
    "Promise",
    "Promised",
    "Purpose",
    "Ranked",
    "Reach",
    "Reminded",
    "Report",
    "ResponseModel",
    "Rule",
    "RuleForbids",
    "RuleSet",
    "Rulebook",
    "Said",
    "Sealed",
    "Situation",
    "Speech",
    "Step",
    "Strategy",
    "Telling",
    "Template",
    "Tended",
    "Verdict",
    "Wanted",
    "Whose",
    "Wording",
    "Words",
    "Work",
    "WorkItem",
    "check_against_rules",
    "decode_change",
    "encode_change",
    "found_in",
    "hand_out",
    "judge",
    "masked",
    "next_allowed",
    "open_outlets",
    "parse_conduct_rules",
    "parse_strategy",
    "plan_day",
    "situation_of",
]
