"""Rings: people who apply together, found while they form, explained, put on lists with the radius seen first, and undone."""

from tandem.act.rings.changes import CaseOpened, Dismissed, Listed, ListedEntry, Returned, Seen, Step, Undone
from tandem.act.rings.desk import (
    Looked,
    RingDesk,
    RingOrder,
    RingView,
    Shown,
    Sight,
    StateAsked,
    check_rings,
    limits_of,
)
from tandem.act.rings.finders import FINDER_KIND, Finder, Hot, HotScore, Targets
from tandem.act.rings.finding import Found, Limits, find_rings
from tandem.act.rings.folding import Action, Happened, Ring, Rings, RingState
from tandem.act.rings.following import Followed, follow
from tandem.act.rings.lake_reading import sightings_from, sightings_of
from tandem.act.rings.picture import Picture, take_picture
from tandem.act.rings.portrait import Figures, Fraud, Portrait
from tandem.act.rings.radius import Asked, Radius, Refused, deserving, radius_of
from tandem.act.rings.reading import check_finder, finders_of, parse_finder
from tandem.act.rings.sightings import BAD, GOOD, NOBODY_KNOWS, OUTCOMES, Sightings
from tandem.act.rings.words import Said, caveats, describe, tell, why_refused

__all__ = [
    "BAD",
    "FINDER_KIND",
    "GOOD",
    "NOBODY_KNOWS",
    "OUTCOMES",
    "Action",
    "Asked",
    "CaseOpened",
    "Dismissed",
    "Figures",
    "Finder",
    "Followed",
    "Found",
    "Fraud",
    "Happened",
    "Hot",
    "HotScore",
    "Limits",
    "Listed",
    "ListedEntry",
    "Looked",
    "Picture",
    "Portrait",
    "Radius",
    "Refused",
    "Returned",
    "Ring",
    "RingDesk",
    "RingOrder",
    "RingState",
    "RingView",
    "Rings",
    "Said",
    "Seen",
    "Shown",
    "Sight",
    "Sightings",
    "StateAsked",
    "Step",
    "Targets",
    "Undone",
    "caveats",
    "check_finder",
    "check_rings",
    "describe",
    "deserving",
    "find_rings",
    "finders_of",
    "follow",
    "limits_of",
    "parse_finder",
    "radius_of",
    "sightings_from",
    "sightings_of",
    "take_picture",
    "tell",
    "why_refused",
]
