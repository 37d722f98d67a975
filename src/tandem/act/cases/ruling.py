"""The case rules that hold now: those of the live release, read once per release and checked before it goes live."""

from __future__ import annotations

from tandem.act.cases.reading import check_labels, parse_case_rules
from tandem.act.cases.rules import DEFAULT_RULES, CaseRules
from tandem.decide.decisions import DecisionProcess, LiveReading, LiveRelease
from tandem.kernel.errors import DefinitionError, TandemError

__all__ = ["Ruling"]

_KIND = "case_rules"


class Ruling:
    """Knows the rules in force; refuses a release whose rules do not hold together."""

    def __init__(self, process: DecisionProcess) -> None:
        self._live = LiveReading(
            process, _rules_of, nothing=DEFAULT_RULES,
            otherwise="The case rules of the live release cannot be used, so the defaults hold",
        )  # fmt: skip

    @property
    def rules(self) -> CaseRules:
        """The rules of the live release; the defaults where it has none."""
        return self._live.now


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
