"""The conduct rules and strategies in force: those of the live release, checked against each other before it goes live."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from tandem.act.collections.picking import Picker
from tandem.act.collections.responding import response_of
from tandem.act.collections.rules import RuleSet
from tandem.act.collections.rules_reading import parse_conduct_rules
from tandem.act.collections.strategy import Strategy
from tandem.act.collections.strategy_reading import check_against_rules, parse_strategy
from tandem.act.collections.types import ExpectedRecovery
from tandem.decide.decisions import DecisionProcess, LiveReading, LiveRelease, document_of
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import DefinitionError, TandemError, near_match
from tandem.kernel.time import DAY, Clock, days_to_date

__all__ = ["InForce", "Rulebook"]


class InForce(msgspec.Struct, frozen=True, kw_only=True):
    """What a release holds of both, by name.

    Attributes:
        by_product: the strategy that collects accounts of a product.
        responses: by strategy, the model of response that it names.
    """

    rules: Mapping[str, RuleSet] = {}
    strategies: Mapping[str, Strategy] = {}
    by_product: Mapping[str, Strategy] = {}
    responses: Mapping[str, ExpectedRecovery] = {}


class Rulebook:
    """Knows what is in force; refuses a release that does not hold together.

    Args:
        process: whose releases are looked at.
        expected: a model of response for strategies that name none.
    """

    def __init__(self, process: DecisionProcess, clock: Clock, *, expected: ExpectedRecovery | None = None) -> None:
        self._clock = clock
        self._expected = expected
        nothing: tuple[InForce, dict[str, Picker]] = (InForce(), {})
        self._live = LiveReading(
            process, self._picked, nothing=nothing, otherwise="Nobody is contacted under the live release"
        )  # one that was sound when it was released may not be: a rule has come into force since

    @property
    def now(self) -> InForce:
        """What the live release holds."""
        return self._live.now[0]

    def rules_for(self, product: str) -> RuleSet | None:
        """The conduct rules for accounts of ``product``; None where none are in force: nobody is contacted then."""
        found = self.now
        strategy = found.by_product.get(product)
        return None if strategy is None else found.rules.get(strategy.conduct)

    def picker_for(self, product: str) -> Picker | None:
        """Who picks what is done about accounts of ``product``; None where no strategy collects them."""
        found, pickers = self._live.now
        strategy = found.by_product.get(product)
        return None if strategy is None else pickers[strategy.name]

    # -- inside --------------------------------------------------------------------------------------------------

    def _picked(self, live: LiveRelease) -> tuple[InForce, dict[str, Picker]]:
        found = self._of(live)
        return found, {
            name: Picker(one, found.responses.get(name, self._expected)) for name, one in found.strategies.items()
        }

    def _of(self, live: LiveRelease) -> InForce:
        by_kind: dict[str, list[Artefact]] = {}
        for artefact in live.carried:
            by_kind.setdefault(artefact.kind, []).append(artefact)
        rules = {one.name: _read(one, parse_conduct_rules) for one in by_kind.get("conduct_rules", [])}
        products = [one.name for one in by_kind.get("product", [])]
        today = days_to_date(self._clock.now() // DAY)
        strategies: dict[str, Strategy] = {}
        by_product: dict[str, Strategy] = {}
        responses: dict[str, ExpectedRecovery] = {}
        for artefact in by_kind.get("collection_strategy", []):
            strategy = strategies[artefact.name] = _read(artefact, parse_strategy)
            try:
                check_against_rules(strategy, rules, products, today)
                if strategy.response is not None:
                    responses[artefact.name] = _response(strategy.response, live)
                for product in strategy.products:
                    if product in by_product:
                        raise DefinitionError(
                            "Two strategies collect accounts of this product.", code="two_strategies", field="products",
                            value=product, hint=f"take it out of {by_product[product].name} or out of this one",
                        )  # fmt: skip
                    by_product[product] = strategy
            except TandemError as error:
                error.at = str(artefact.key)
                raise
        return InForce(rules=rules, strategies=strategies, by_product=by_product, responses=responses)


def _response(name: str, live: LiveRelease) -> ExpectedRecovery:
    model = live.models.get(name)
    if model is None:
        raise DefinitionError(
            "No model has this name.",
            code="unknown_model",
            field="response",
            value=name,
            hint=near_match(name, live.models),
        )
    return response_of(name, model)


def _read(artefact: Artefact, parse: Any) -> Any:
    try:
        return parse(document_of(artefact))
    except TandemError as error:
        error.at = str(artefact.key)
        raise
