"""The customer's channel: invited, they apply, read what it costs, sign, repay, object and use their rights; about themselves alone."""

from tandem.act.channel.applying import Application, ApplicationState, Applying, Begun, Reason
from tandem.act.channel.changes import RequestAbout
from tandem.act.channel.core import Core
from tandem.act.channel.desk import ChannelDesk
from tandem.act.channel.disclosures import (
    Contingent,
    CostItem,
    Disclosure,
    PlannedPayment,
    digest_of_disclosure,
    disclosure_of,
)
from tandem.act.channel.inviting import InvitationMade, InvitationState, InvitationStatus, Inviting, Wanted
from tandem.act.channel.paying import Collected, PaymentProvider, SimulatedProvider
from tandem.act.channel.reading import CHANNEL_KIND, channel_of, check_channel, parse_channel, reading_on
from tandem.act.channel.repaying import Payment, Payoff, Repaying
from tandem.act.channel.rights import Answered, Erased, RequestState, Rights
from tandem.act.channel.signing import AskedConsent, Issued, Signing
from tandem.act.channel.types import Channel, Consent, Form, Keyboard, Language, Question, Unit

__all__ = [
    "CHANNEL_KIND",
    "Answered",
    "Application",
    "ApplicationState",
    "Applying",
    "AskedConsent",
    "Begun",
    "Channel",
    "ChannelDesk",
    "Collected",
    "Consent",
    "Contingent",
    "Core",
    "CostItem",
    "Disclosure",
    "Erased",
    "Form",
    "InvitationMade",
    "InvitationState",
    "InvitationStatus",
    "Inviting",
    "Issued",
    "Keyboard",
    "Language",
    "Payment",
    "PaymentProvider",
    "Payoff",
    "PlannedPayment",
    "Question",
    "Reason",
    "Repaying",
    "RequestAbout",
    "RequestState",
    "Rights",
    "Signing",
    "SimulatedProvider",
    "Unit",
    "Wanted",
    "channel_of",
    "check_channel",
    "digest_of_disclosure",
    "disclosure_of",
    "parse_channel",
    "reading_on",
]
