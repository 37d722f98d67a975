"""Reminders and offers to who is not late: by consent, within caps, drawn or chosen by uplift, and measured beside a hold-out."""

from tandem.act.offers.changes import Answer, Decided, OfferId, Outcome, decode_change, encode_change
from tandem.act.offers.choosing import Chooser, Chosen
from tandem.act.offers.desk import OfferDesk, Rounded
from tandem.act.offers.door import Door, Message, Reach, Sent
from tandem.act.offers.effect import OfferEffect, effect_of
from tandem.act.offers.errors import NotOpen
from tandem.act.offers.facts import FACTS, facts_of, saving_minor
from tandem.act.offers.folding import Offer, Offers, OfferState
from tandem.act.offers.guarding import WHY_NOT
from tandem.act.offers.programmes import InForce, Programmes
from tandem.act.offers.reading import parse_offer_programme
from tandem.act.offers.subject import Plan, Subject
from tandem.act.offers.types import (
    CHANNELS,
    KINDS,
    AtRandom,
    ByUplift,
    Caps,
    Channel,
    Language,
    OfferKind,
    Programme,
    Purpose,
)

__all__ = [
    "CHANNELS",
    "FACTS",
    "KINDS",
    "WHY_NOT",
    "Answer",
    "AtRandom",
    "ByUplift",
    "Caps",
    "Channel",
    "Chooser",
    "Chosen",
    "Decided",
    "Door",
    "InForce",
    "Language",
    "Message",
    "NotOpen",
    "Offer",
    "OfferDesk",
    "OfferEffect",
    "OfferId",
    "OfferKind",
    "OfferState",
    "Offers",
    "Outcome",
    "Plan",
    "Programme",
    "Programmes",
    "Purpose",
    "Reach",
    "Rounded",
    "Sent",
    "Subject",
    "decode_change",
    "effect_of",
    "encode_change",
    "facts_of",
    "parse_offer_programme",
    "saving_minor",
]
