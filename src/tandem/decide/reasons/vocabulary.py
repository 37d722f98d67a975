"""The words of a release: reason code to what a customer is told, by statement where one takes the code."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from tandem.decide.models import BestReference, Model, ReasonCatalogue, Wording
from tandem.decide.policy import GivenReason
from tandem.decide.reasons.naming import ByName
from tandem.decide.reasons.protected import is_protected
from tandem.decide.reasons.statements import FactWords, Method, Statement, Statements, Terms

__all__ = ["Saying", "Vocabulary"]


class Saying(msgspec.Struct, frozen=True, kw_only=True):
    """What is told of a reason code: a statement, or where none takes the code, its own customer words.

    Attributes:
        name: of the statement, or the code.
    """

    name: str
    words: Wording
    advice: Wording | None = None
    actionable: bool = False
    discreet: bool = False
    cut_off: bool = False


class Vocabulary:
    """Everything that a release has to say to a customer. Immutable but for what it keeps at hand.

    Args:
        catalogue: words of every reason code.
        statements: the artefact; None: every code speaks for itself.
    """

    def __init__(self, catalogue: ReasonCatalogue, statements: Statements | None = None) -> None:
        self.catalogue = catalogue
        self.statements = statements
        self.method = Method() if statements is None else statements.method
        self._owner = ByName({} if statements is None else statements.by_code())
        self._facts = ByName({} if statements is None else statements.facts)
        self._sayings = {code: self.saying(code) for code in catalogue.reasons}
        self._best: dict[str, BestReference] = {}

    def saying(self, code: str) -> Saying:
        """What is told of ``code``.

        Raises:
            NotFound: neither a statement nor the catalogue knows it.
        """
        owner = self._owner.get(code)
        if owner is None or self.statements is None:
            words = Wording(en=self.catalogue.wording(code), zh_cn=self.catalogue.wording(code, "zh-CN"))
            return Saying(name=code, words=words)
        one: Statement = self.statements.statements[owner]
        return Saying(
            name=owner,
            words=Wording(en=one.en, zh_cn=one.zh_cn),
            advice=one.advice,
            actionable=one.actionable,
            discreet=one.discreet,
            cut_off=one.cut_off,
        )

    def words(self, code: str) -> Wording:
        """The words a customer reads for ``code``; as ``saying``."""
        saying = self._sayings.get(code)
        return (self.saying(code) if saying is None else saying).words

    def answered(self, reasons: Sequence[GivenReason]) -> list[tuple[str, Wording]]:
        """Code and words of the reasons that an answer gives, in order: what a partner may show a customer at once.

        With statements, each is said once, by the first of its codes; protected inputs are left out, and that a score was too low
        is left out where anything else is said. Without, every code speaks for itself.
        """
        if self.statements is None:
            return [(one.code, self.words(one.code)) for one in reasons]
        told: dict[str, tuple[str, Saying]] = {}
        for one in reasons:
            if one.feature is None or self.may_tell(one.feature):
                saying = self._sayings[one.code]
                told.setdefault(saying.name, (one.code, saying))
        specific = [pair for pair in told.values() if not pair[1].cut_off]
        return [(code, saying.words) for code, saying in specific or told.values()]

    def takes(self, code: str) -> bool:
        """Whether a statement takes ``code``."""
        return self._owner.get(code) is not None

    def may_tell(self, name: str) -> bool:
        """Whether a model's input of that name may be told as a reason."""
        return name not in self.method.never and not is_protected(name)

    def terms_of(self, policy: str) -> Terms:
        """When an approval of ``policy`` is worse than asked for."""
        return Terms() if self.statements is None else self.statements.terms.get(policy, Terms())

    def fact(self, column: str) -> FactWords | None:
        """What a fact is called when a customer is spoken to; None where nothing says."""
        return self._facts.get(column)

    def contributions(self, model: Model, row: list[object]) -> tuple[float, ...]:
        """What each input of ``model`` adds for ``row``, measured as the method says."""
        if self.method.reference == "mean":
            return model.contributions(row)  # type: ignore[arg-type]
        best = self._best.get(model.digest)
        if best is None:  # found once; two threads find the same
            best = self._best[model.digest] = BestReference(model)
        return best.contributions(row)  # type: ignore[arg-type]
