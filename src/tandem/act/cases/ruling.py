"""The case rules that hold now: those of the live release, read once per release and checked before it goes live."""

from __future__ import annotations

import logging

from tandem.act.cases.reading import check_labels, parse_case_rules
from tandem.act.cases.rules import DEFAULT_RULES, CaseRules
from tandem.decide.decisions import DecisionProcess, LiveRelease
from tandem.kernel.errors import DefinitionError, TandemError

__all__ = ["Ruling"]

_LOG = logging.getLogger(__name__)
_KIND = "case_rules"


class Ruling:
    """Knows the rules in force; refuses a release whose rules do not hold together."""

    def __init__(self, process: DecisionProcess) -> None:
        self._process = process
        self._known: tuple[LiveRelease | None, CaseRules] = (None, DEFAULT_RULES)
        process.check_releases(_check)

    @property
    def rules(self) -> CaseRules:
        """The rules of the live release; the defaults where it has none."""
        live = self._process.live
        known, rules = self._known
        if live is not known:
            rules = _or_default(live)
            self._known = (live, rules)  # one assignment: the writer's thread reads it too
        return rules


def _check(live: LiveRelease) -> None:
    _rules_of(live)


def _rules_of(live: LiveRelease) -> CaseRules:
    """The rules that ``live`` carries.

    Raises:
        DefinitionError: they do not hold together, or there are two of them.
    """
    found = [artefact for artefact in live.carried if artefact.kind == _KIND]
    if not found:
        return DEFAULT_RULES
    if len(found) > 1:
        raise DefinitionError(
            "A workspace has one set of case rules.",
            code="two_case_rules",
            field=_KIND,
            value=", ".join(one.name for one in found),
            hint="put all queues into one file",
        )
    try:
        rules = parse_case_rules(found[0].body)
        check_labels(rules, {str(name): one for name, one in live.reader.event_types.items()})
    except TandemError as error:
        error.at = str(found[0].key)
        raise
    return rules


def _or_default(live: LiveRelease | None) -> CaseRules:
    if live is None:
        return DEFAULT_RULES
    try:
        return _rules_of(live)
    except TandemError as error:  # released by a version that did not check it
        _LOG.warning("The case rules of the live release cannot be used, so the defaults hold: %s", error)
        return DEFAULT_RULES
