"""The products that can be had now: those of the live release, checked before it goes live."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec

from tandem.act.products.calendars import Day
from tandem.act.products.caps import RateCap, parse_cap
from tandem.act.products.quoting import check_cap
from tandem.act.products.reading import check_marks, check_policies, parse_product
from tandem.act.products.types import Product
from tandem.decide.decisions import DecisionProcess, LiveReading, LiveRelease
from tandem.decide.policy import marks_in
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import DefinitionError, NotFound, TandemError, near_match
from tandem.kernel.identity import Digest
from tandem.kernel.time import DAY, Clock

__all__ = ["OnShelf", "Shelf", "dearest_of", "shelf_of"]

T = TypeVar("T")


class OnShelf(msgspec.Struct, frozen=True, kw_only=True):
    """A product of a release.

    Attributes:
        digest: of its artefact; what an account was opened under.
        dearest_bps: the most it costs a year, as its cap measures it; None without a cap.
    """

    product: Product
    digest: Digest
    dearest_bps: float | None = None


def shelf_of(artefacts: Mapping[str, list[Artefact]], policies: Mapping[str, str], day: Day) -> dict[str, OnShelf]:
    """The products among ``artefacts``, by name, if all of them hold together on ``day``.

    Args:
        artefacts: by kind; ``product`` and ``rate_cap`` count.
        policies: name to the type of event that each decides on.

    Raises:
        DefinitionError: names the artefact and what does not hold.
    """
    caps = {one.name: _read(one, parse_cap) for one in artefacts.get("rate_cap", [])}
    found = {}
    for artefact in artefacts.get("product", []):
        product = _read(artefact, parse_product)
        try:
            check_policies(product, policies)
            found[artefact.name] = OnShelf(
                product=product, digest=artefact.digest, dearest_bps=dearest_of(product, caps, day)
            )
        except TandemError as error:
            error.at = str(artefact.key)
            raise
    return found


class Shelf:
    """Knows the products in force; refuses a release whose products do not hold together.

    Args:
        process: whose releases are looked at.
    """

    def __init__(self, process: DecisionProcess, clock: Clock) -> None:
        self._process = process
        self._clock = clock
        self._lawful_of: tuple[LiveRelease | None, Day] = (None, 0)
        self._lawful: set[Digest] = set()
        self._live: LiveReading[dict[str, OnShelf]] = LiveReading(
            process, self._of, nothing={}, otherwise="No product of the live release can be had"
        )  # one that was sound when it was released may not be: a cap has come into force since

    @property
    def products(self) -> Mapping[str, OnShelf]:
        """By name, those of the live release."""
        return self._live.now

    def named(self, name: str) -> OnShelf:
        """The product of that name.

        Raises:
            NotFound: the live release has none.
        """
        found = self.products.get(name)
        if found is None:
            raise NotFound(
                "There is no such product.",
                code="unknown_product",
                field="product",
                value=name,
                hint=near_match(name, self.products),
            )
        return found

    def signed(self, terms: Digest) -> Product:
        """The product version of that digest, as somebody signed it, whatever is live by now.

        Raises:
            NotFound: there never was such a version.
            CapExceeded: what was signed is above what the law allows for new money today.
        """
        product = _read(self._process.state.register.version(terms).artefact, parse_product)
        live, day = self._process.live, self.today()
        if self._lawful_of != (live, day):
            self._lawful_of, self._lawful = (live, day), set()
        if product.cap is not None and live is not None and terms not in self._lawful:
            caps = {one.name: _read(one, parse_cap) for one in live.carried if one.kind == "rate_cap"}
            dearest_of(product, caps, day)
        self._lawful.add(terms)
        return product

    def today(self) -> Day:
        """The day in UTC."""
        return self._clock.now() // DAY

    def _of(self, live: LiveRelease) -> dict[str, OnShelf]:
        by_kind: dict[str, list[Artefact]] = {}
        for artefact in live.carried:
            by_kind.setdefault(artefact.kind, []).append(artefact)
        found = shelf_of(by_kind, {name: one.policy.event for name, one in live.policies.items()}, self.today())
        for artefact in by_kind.get("product", []):
            product = found[artefact.name].product
            if product.policies.monitoring is not None:
                try:
                    check_marks(product, marks_in(live.policies[product.policies.monitoring].policy))
                except TandemError as error:
                    error.at = str(artefact.key)
                    raise
        return found


def dearest_of(product: Product, caps: Mapping[str, RateCap], day: Day) -> float | None:
    """The most ``product`` costs a year, in basis points, as its cap measures it; None where there is no cap to keep.

    Raises:
        DefinitionError: it names no cap where there are some, or one that is not there or holds only later.
        CapExceeded: it costs more than the cap allows.
    """
    if product.cap is None:
        if not caps:
            return None
        raise DefinitionError(
            f"{product.name} names no rate cap.",
            code="cap_missing",
            field="cap",
            hint="name the one that the law sets for it: " + ", ".join(sorted(caps)),
        )
    cap = caps.get(product.cap)
    if cap is None:
        raise DefinitionError(
            "No rate cap has this name.",
            code="unknown_cap",
            field="cap",
            value=product.cap,
            hint=near_match(product.cap, caps) or "add it under rate_caps/",
        )
    return check_cap(product, cap, day)


def _read(artefact: Artefact, parse: Callable[[Any], T]) -> T:
    try:
        return parse({**artefact.body, "name": artefact.name})
    except TandemError as error:
        error.at = str(artefact.key)
        raise
