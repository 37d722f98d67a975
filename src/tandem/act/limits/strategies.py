"""The strategies that hold now: those of the live release, read once per release and checked before it goes live."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from tandem.act.limits.reading import check_strategy, parse_limit_strategy
from tandem.act.limits.types import LimitStrategy
from tandem.act.products import parse_product
from tandem.decide.decisions import DecisionProcess, LiveReading, LiveRelease
from tandem.kernel.errors import DefinitionError, NotFound, TandemError, near_match
from tandem.kernel.identity import Digest

__all__ = ["InForce", "Strategies"]

_KIND = "limit_strategy"


class InForce(msgspec.Struct, frozen=True, kw_only=True):
    """A strategy of a release and the digest of its artefact."""

    strategy: LimitStrategy
    digest: Digest


class Strategies:
    """Knows the strategies in force; refuses a release whose strategies do not hold together."""

    def __init__(self, process: DecisionProcess) -> None:
        self._process = process
        self._versions: dict[Digest, LimitStrategy] = {}
        self._live: LiveReading[dict[str, InForce]] = LiveReading(
            process, _read, nothing={}, otherwise="No limit strategy of the live release can be used"
        )

    @property
    def all(self) -> Mapping[str, InForce]:
        """By name, those of the live release."""
        return self._live.now

    def named(self, name: str) -> InForce:
        """The strategy of that name.

        Raises:
            NotFound: the live release has none.
        """
        found = self.all.get(name)
        if found is None:
            raise NotFound(
                "There is no such strategy.", code="unknown_limit_strategy", field="strategy", value=name,
                hint=near_match(name, self.all) or "add one under limit_strategies/",
            )  # fmt: skip
        return found

    def version(self, terms: Digest) -> LimitStrategy:
        """The version of a strategy that a review was drawn up by, whatever is live by now."""
        found = self._versions.get(terms)
        if found is None:
            artefact = self._process.state.register.version(terms).artefact
            found = self._versions[terms] = parse_limit_strategy({**artefact.body, "name": artefact.name})
        return found


def _read(live: LiveRelease) -> dict[str, InForce]:
    carried = [one for one in live.carried if one.kind == _KIND]
    if not carried:
        return {}
    products = {
        one.name: parse_product({**one.body, "name": one.name}) for one in live.carried if one.kind == "product"
    }
    policies = {name: one.policy.event for name, one in live.policies.items()}
    found: dict[str, InForce] = {}
    for artefact in carried:
        try:
            strategy = parse_limit_strategy({**artefact.body, "name": artefact.name})
            check_strategy(strategy, products, policies, live.catalogue.reasons)
            rival = next((one for one, other in found.items() if other.strategy.product == strategy.product), None)
            if rival is not None:
                raise DefinitionError(
                    f"{rival} moves the limits of this product already.", code="invalid_limit_strategy",
                    field="product", value=strategy.product, hint="one strategy for a product",
                )  # fmt: skip
        except TandemError as error:
            error.at = str(artefact.key)
            raise
        found[artefact.name] = InForce(strategy=strategy, digest=artefact.digest)
    return found
