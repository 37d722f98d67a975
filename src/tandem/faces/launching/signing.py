"""A product goes live only with an assessment that another person signed: looked at before every release.

An assessment is proposed as an artefact of kind ``assessment`` with the product's name: it says which terms and policies
were assessed, in which run, to which digest of the report. Reviewing it is signing it; it is released with the product. So
who signed what is in the journal, in the same chain as everything else, and the figures they signed are looked up again.

Two things need no signature. What was live before: a roll-back must never wait. And the first products of a workspace:
before them nobody could be lent to. They can be released once, by the four eyes of any release; after that the register
has had a product for good.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from tandem.decide.decisions import DecisionProcess, LiveRelease, WantedDecisions
from tandem.faces.launching.subjects import Subjects, terms_digest
from tandem.kernel.artefacts import Artefact, ArtefactRegister, ArtefactVersion
from tandem.kernel.errors import DefinitionError, NotFound, TandemError
from tandem.kernel.identity import Digest
from tandem.learn.assessment import FEWEST_DECISIONS, AssessmentRuns

__all__ = ["LaunchGate", "SignedAssessment", "parse_assessment"]

_HINT: Final = "assess it, propose the assessment, and have somebody else approve it: tandem product assess"


class SignedAssessment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is signed.

    Attributes:
        subject: digest of the product's terms and policies.
        assessment, report: id of the run, and digest of its report.
        waived: why there is none; then both are empty.
        figures: what the report came to, in a few numbers, as whoever signed saw them.
        concerns: codes of what it says must be looked at; those that weigh most end in ``!``.
    """

    subject: str
    assessment: str = ""
    report: str = ""
    waived: str = ""
    figures: dict[str, int | float | str | None] = {}
    concerns: tuple[str, ...] = ()


class _Document(SignedAssessment, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str = ""


def parse_assessment(document: Any) -> SignedAssessment:
    """The assessment that ``document`` describes.

    Raises:
        DefinitionError: names what does not fit.
    """
    try:
        read = msgspec.convert(document, _Document)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `$")
        field = place.rstrip("`").removeprefix(".") or None
        raise DefinitionError(
            f"{words}.", code="invalid_assessment", field=field, hint="let the server propose it: tandem product assess"
        ) from None
    if bool(read.waived.strip()) == bool(read.assessment):
        raise DefinitionError(
            "It names a run with its report, or says why there is none.", code="invalid_assessment", field="assessment",
            value=read.assessment, hint="one of assessment and waived",
        )  # fmt: skip
    values = msgspec.structs.asdict(read)
    values.pop("name")
    return SignedAssessment(**values)


class LaunchGate:
    """Refuses a release that brings a product, its price or its policies without a signed assessment of exactly these.

    A product that nobody new can have is assessed when it is sold again.

    Args:
        runs: where reports are looked up again; None: nobody keeps any, and only what needs none goes live.
        strict: whether the one who signs must be another than the authors; asked at each release.
        answerable: who answers for an author: of a key the person who made it.
    """

    def __init__(
        self,
        process: DecisionProcess,
        runs: AssessmentRuns | None,
        *,
        strict: Callable[[], bool],
        answerable: Callable[[str], str | None] = lambda name: name,
    ) -> None:
        self._process = process
        self._runs = runs
        self._strict = strict
        self._answerable = answerable
        self.subjects = Subjects()

    def check(self, live: LiveRelease) -> None:
        """Refuse ``live`` where a product in it needs a signature that is not there.

        Raises:
            DefinitionError: which product, and what is missing.
        """
        products = {one.name: one for one in live.carried if one.kind == "product"}
        if not products:
            return
        register = self._process.state.register
        policies = (register.version(digest).artefact for digest in live.policy_digests.values())
        plans = (one for one in live.carried if one.kind == "iteration")
        wanted = self.subjects.of_artefacts([*products.values(), *policies, *plans])
        had = self.subjects.ever_live(register)
        if not had:
            return
        signed = {one.name: one for one in live.carried if one.kind == "assessment"}
        for name, subject in sorted(wanted.items()):
            if subject not in had and products[name].body.get("sold", True):
                try:
                    self._check_signed(products[name], subject, signed.get(name), register)
                except TandemError as error:
                    error.at = f"product/{name}"
                    raise

    def may_waive(self, product: Artefact, policies: Mapping[str, Artefact]) -> bool:
        """Whether two people may do without an assessment of ``product``.

        Where there is no history to assess it on, or where its terms are live as they are and only its policies change,
        which cannot always wait.

        Args:
            policies: by name, with what each decides on.
        """
        live = self._process.state.register.live
        standing = None if live is None else live.manifest.get(f"product/{product.name}")
        if standing is not None:
            before = self._process.state.register.version(standing).artefact
            if terms_digest(before) == terms_digest(product):
                return True
        named = product.body.get("policies", {})
        application = policies.get(str(named.get("application", "")))
        return application is None or self.history_of(str(application.body.get("event", ""))) < FEWEST_DECISIONS

    def history_of(self, event_type: str) -> int:
        """Decisions on events of that type, counted up to ``FEWEST_DECISIONS``."""
        register = self._process.state.register
        found = 0
        for key in register.keys("policy"):
            if any(one.artefact.body.get("event") == event_type for one in register.history(key)):
                wanted = WantedDecisions(policy=key.name)
                page = self._process.archive.rows(limit=FEWEST_DECISIONS, wanted=wanted)
                found += len(page.items)
        return min(found, FEWEST_DECISIONS)

    # -- inside

    def _check_signed(
        self, product: Artefact, subject: Digest, artefact: Artefact | None, register: ArtefactRegister
    ) -> None:
        if artefact is None:
            raise DefinitionError(
                f"Nobody signed an assessment of {product.name}.", code="not_assessed", field="assessment", hint=_HINT
            )
        signed = parse_assessment({**artefact.body, "name": artefact.name})
        if signed.subject != subject:
            raise DefinitionError(
                f"What was assessed of {product.name} has other terms or policies than this release.",
                code="other_assessed",
                field="assessment.subject",
                value=signed.subject,
                hint=f"assess it as it is: {subject}",
            )
        self._check_hands(register.version(artefact.digest), register.version(product.digest))
        if signed.waived:
            self._check_waived(product, register)
        else:
            self._check_report(signed)

    def _check_hands(self, signed: ArtefactVersion, product: ArtefactVersion) -> None:
        if not self._strict():
            return
        authors = {signed.author, product.author}
        authors |= {name for one in tuple(authors) if (name := self._answerable(one)) is not None}
        if not any(one.approver not in authors for one in signed.reviews):
            raise DefinitionError(
                "Whoever wrote a product or asked for its assessment does not sign it.",
                code="own_assessment",
                field="assessment",
                value=signed.author,
                hint="ask somebody else to approve it",
            )

    def _check_waived(self, product: Artefact, register: ArtefactRegister) -> None:
        policies = {key.name: register.latest(key).artefact for key in register.keys("policy")}
        if not self.may_waive(product, policies):
            raise DefinitionError(
                "There is a history to assess it on.", code="cannot_be_waived", field="assessment.waived", hint=_HINT
            )

    def _check_report(self, signed: SignedAssessment) -> None:
        gone = DefinitionError(
            "The report that was signed is not kept here.",
            code="assessment_gone",
            field="assessment.assessment",
            value=signed.assessment,
            hint="assess the product again",
        )
        if self._runs is None:
            raise gone
        try:
            run = self._runs.get(signed.assessment)
        except NotFound:
            raise gone from None
        if run.state != "done" or run.report_digest != signed.report or run.asked.subject != signed.subject:
            raise DefinitionError(
                "What was signed is not what was counted.",
                code="other_report",
                field="assessment.report",
                value=signed.report,
                hint="propose the assessment as it is kept",
            )
