"""The programmes that hold now: those of the live release, read once per release and checked before it goes live."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import msgspec

from tandem.act.offers.choosing import Chooser
from tandem.act.offers.facts import FACTS
from tandem.act.offers.reading import check_programme, parse_offer_programme
from tandem.act.offers.types import ByUplift, Caps, Programme
from tandem.act.products import parse_product
from tandem.act.trials import Expecting
from tandem.decide.decisions import DecisionProcess, LiveReading, LiveRelease
from tandem.kernel.errors import NotFound, TandemError, near_match
from tandem.kernel.expressions import Conditions, Hits, compile_conditions, parse
from tandem.kernel.identity import Digest

__all__ = ["InForce", "Programmes"]

_KIND = "offer_programme"


class InForce(msgspec.Struct, frozen=True, kw_only=True):
    """A programme of a release, compiled.

    Attributes:
        digest: of its artefact.
        qualifies: fires where the facts of an account keep to its condition.
    """

    programme: Programme
    digest: Digest
    chooser: Chooser
    qualifies: Conditions


class Programmes:
    """Knows the programmes in force; refuses a release whose programmes do not hold together."""

    def __init__(self, process: DecisionProcess) -> None:
        self._live: LiveReading[dict[str, InForce]] = LiveReading(
            process, _read, nothing={}, otherwise="Nobody is told anything under the live release"
        )

    @property
    def all(self) -> Mapping[str, InForce]:
        """By name, those of the live release."""
        return self._live.now

    @property
    def caps(self) -> Caps:
        """What all of them together keep to: the least of each."""
        every = [one.programme.caps for one in self.all.values()]
        return reduce(Caps.least, every) if every else Caps()

    def named(self, name: str) -> InForce:
        """The programme of that name.

        Raises:
            NotFound: the live release has none.
        """
        found = self.all.get(name)
        if found is None:
            raise NotFound(
                "There is no such programme.", code="unknown_programme", field="programme", value=name,
                hint=near_match(name, self.all) or "add one under offers/",
            )  # fmt: skip
        return found


def _read(live: LiveRelease) -> dict[str, InForce]:
    carried = sorted((one for one in live.carried if one.kind == _KIND), key=lambda one: one.name)
    if not carried:
        return {}
    products = {
        one.name: parse_product({**one.body, "name": one.name}) for one in live.carried if one.kind == "product"
    }
    found: dict[str, InForce] = {}
    for artefact in carried:
        try:
            programme = parse_offer_programme({**artefact.body, "name": artefact.name})
            check_programme(programme, products, live.models)
        except TandemError as error:
            error.at = str(artefact.key)
            raise
        way = programme.choose
        expecting = Expecting(live.models[way.model], usual_hour=False) if isinstance(way, ByUplift) else None
        found[artefact.name] = InForce(
            programme=programme, digest=artefact.digest, chooser=Chooser(programme, expecting),
            qualifies=compile_conditions([parse(programme.when, FACTS)], hits=Hits.FIRST),
        )  # fmt: skip
    return found
