"""A customer's rights: to object and have a person look, to take along what is kept of them, to have it corrected or erased.

And to say what is done with it (Personal Information Protection Law, articles 24 and 44 to 50; GDPR 15 to 22).

Erasure destroys the key under which everything personal of them is sealed. Where law keeps the records of an account, they are
restricted instead, and the customer is told until when and by which rule.
"""

from __future__ import annotations

from typing import Any, Final, Literal, TypeAlias

import msgspec

from tandem.act.cases import TEXT_MAX, Case, CaseDesk
from tandem.act.channel.changes import Asked, Preferred, RequestAbout, Restricted, Sealed, decode_change
from tandem.act.channel.core import Core
from tandem.act.channel.folding import Request
from tandem.act.lending import Account, NotAllowed
from tandem.act.products import Day, Words
from tandem.decide.decisions import WantedDecisions
from tandem.kernel.errors import InvalidInput, TandemError
from tandem.kernel.identity import DecisionId
from tandem.kernel.time import days_to_date, format_instant
from tandem.prove.access import Customer, CustomerPasses

__all__ = ["Answered", "Erased", "RequestState", "Rights"]

RequestState: TypeAlias = Literal["waiting", "looked_at", "answered"]
_DECISIONS_MAX: Final = 200
_PAGE: Final = 200
_EVIDENCE_MAX: Final = 20


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was asked for, and how it stands.

    Attributes:
        due_at: by when it is answered.
        answer: how it ended, in the words of the lender's rules.
    """

    request: Request
    state: RequestState
    due_at: str | None
    answer: Words | None


class Erased(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a wish to be erased.

    Attributes:
        erased: everything personal is unreadable, for ever. Else it is restricted, ``until`` that day where it is known.
        why: the rule that keeps it.
    """

    erased: bool
    until: Day | None = None
    why: Words | None = None


class Rights:
    """Safe to call from several threads."""

    def __init__(self, core: Core, passes: CustomerPasses) -> None:
        self._core = core
        self._passes = passes

    # -- a person answers --------------------------------------------------------------------------------------------

    def ask(
        self, customer: Customer, *, request_id: str, about: RequestAbout, text: str, decision_id: str | None = None
    ) -> Answered:
        """Have a person answer: a case about them is opened, or the one that is open is told; the same id again asks once.

        Raises:
            NotFound: the decision is none of theirs. InvalidInput: no words, or too many.
            NotAllowed: there is nothing yet that a person could look at (``nothing_decided``).
        """
        words = text.strip()
        if about != "automated_decision" and not words:
            raise InvalidInput("Say what it is about.", code="empty_text", field="text")
        if len(words) > TEXT_MAX:
            raise InvalidInput(
                f"At most {TEXT_MAX:,} characters.",
                code="text_too_long",
                field="text",
                value=len(words),
                hint="shorten",
            )
        mine = [one.decision for one in self._core.applications(customer)]
        wanted = mine[:_EVIDENCE_MAX]
        if decision_id is not None:
            wanted = [self._core.application(customer, decision_id).decision]
        if not wanted:
            raise NotAllowed(
                "Nothing was decided about you here yet.",
                code="nothing_decided",
                hint=f"write or call: {self._core.channel.contact.en}",
            )
        seqs = sorted(int(self._core.process.archive.find(one)["seq"]) for one in wanted)
        by, cases = f"customer:{customer.pseudonym}", self._core.cases
        asked = {
            "owner": customer.pseudonym,
            "about": about,
            "decision": decision_id,
            "text": self._core.hidden({"text": words}),
        }
        key = f"request:{customer.pseudonym}:{request_id}"

        # Opening and noting come before: a request on record always has its case. Asked again, the case is the same one.
        known = next((one for one in self._requests(customer) if one.change.request == request_id), None)
        case_id = known.change.case if known is not None else ""
        if known is None:
            case_id = cases.open_about(customer.kind, customer.pseudonym, seqs, by=by)
            cases.note(case_id, by=by, text=f"[{about}] {words}" if words else f"[{about}]")
        change = Asked(
            owner=customer.pseudonym, by=by, request=request_id, about=about, case=case_id,
            invitation=self._core.invitation(customer).invitation,
            decision=None if decision_id is None else DecisionId(decision_id),
        )  # fmt: skip
        written = self._core.ask(key, asked, lambda _: change, sealed=Sealed(text=words))
        assert isinstance(written.change, Asked), "what was asked"
        return self._answered(Request(change=written.change, at=written.at))

    def requests(self, customer: Customer) -> list[Answered]:
        """What they asked for, newest first; by a merchant's checkout, only what they asked there."""
        return [
            self._answered(one)
            for one in reversed(self._requests(customer))
            if customer.merchant is None or one.change.invitation == customer.invitation
        ]

    # -- what is done with data --------------------------------------------------------------------------------------

    def preferred(self, customer: Customer) -> tuple[bool, bool]:
        """Whether offers are made to them, which nobody does unasked, and whether a program alone may decide against them.

        Raises:
            NotAllowed: they came by a merchant, who did not prove who they are (``not_at_checkout``).
        """
        _refuse_at_checkout(customer)
        found = self._core.standing(customer.pseudonym).preferred
        return (False, True) if found is None else (found.marketing, found.automated)

    def prefer(self, customer: Customer, *, marketing: bool, automated: bool) -> None:
        """Say both anew.

        Raises:
            NotAllowed: they came by a merchant (``not_at_checkout``).
        """
        _refuse_at_checkout(customer)
        if self.preferred(customer) == (marketing, automated):
            return
        change = Preferred(
            owner=customer.pseudonym, by=f"customer:{customer.pseudonym}", marketing=marketing, automated=automated
        )
        place = len(self._core.standing(customer.pseudonym).seqs)
        key = f"prefer:{customer.pseudonym}:{place}"
        self._core.ask(key, {"marketing": marketing, "automated": automated}, lambda _: change)

    def export(self, customer: Customer) -> dict[str, Any]:
        """Everything that is kept of them: who invited, what was filled in, decided, read, signed, agreed, paid, asked for."""
        core, journal = self._core, self._core.process.journal
        standing = core.standing(customer.pseudonym)
        channel = []
        for record in journal.at(standing.seqs):
            sealed = core.opened(int(record.seq))
            channel.append(
                {
                    "at": format_instant(record.recorded_at),
                    "what": msgspec.to_builtins(decode_change(record.clear)),
                    "personal": msgspec.to_builtins(sealed),
                }
            )
        decisions, left_out = self._decisions(customer)
        accounts = core.lending.look(lambda accounts: accounts.of(customer.pseudonym))
        return {
            "pseudonym": customer.pseudonym,
            "kind": customer.kind,
            "exported_at": format_instant(core.clock.now()),
            "channel": channel,
            "decisions": [_decision(core, one) for one in decisions],
            "decisions_left_out": left_out,
            "accounts": [_account(one) for one in accounts],
        }

    def erase(self, customer: Customer) -> Erased:
        """Erase them, or say what keeps their records and restrict what is done with them.

        Raises:
            Unavailable: not now; asking again goes on.
        """
        retention = self._core.channel.retention
        accounts = self._core.lending.look(lambda accounts: accounts.of(customer.pseudonym))
        kept, until = _kept(accounts, retention.days, self._core.lending.today())
        if not kept:
            self._core.process.journal.erase(customer.pseudonym).wait()
            self._passes.forget(customer.pseudonym)
            return Erased(erased=True)
        change = Restricted(owner=customer.pseudonym, by=f"customer:{customer.pseudonym}", until=until)
        before = self._core.standing(customer.pseudonym).restricted
        if before is None or before.until != until:
            key = f"restrict:{customer.pseudonym}:{until}"
            self._core.ask(key, {"until": until}, lambda _: change)
        return Erased(erased=False, until=until, why=retention.source)

    # -- inside ------------------------------------------------------------------------------------------------------

    def _decisions(self, customer: Customer) -> tuple[list[dict[str, Any]], bool]:
        """The newest decisions on events that are about them, and whether there are more.

        An event names others beside its subject, a guarantor for example: what was decided on it is not theirs.
        """
        archive, wanted = self._core.process.archive, WantedDecisions(subject=customer.pseudonym)
        found: list[dict[str, Any]] = []
        before: int | None = None
        while True:
            page = archive.page(limit=_PAGE, before=before, wanted=wanted)
            found += page.items
            if len(found) > _DECISIONS_MAX:
                return found[:_DECISIONS_MAX], True
            before = page.next_before
            if before is None:
                return found, False

    def _requests(self, customer: Customer) -> list[Request]:
        return self._core.standing(customer.pseudonym).requests

    def _answered(self, request: Request) -> Answered:
        case = _case_or_none(self._core.cases, request.change.case)
        if case is None:
            return Answered(request=request, state="waiting", due_at=None, answer=None)
        if case.resolved and (case.standing.resolved_at or 0) >= request.at:
            rules = self._core.cases.rules
            end = next((one for one in rules.dispositions if one.disposition == case.standing.disposition), None)
            answer = None if end is None else Words(en=end.title.en, zh=end.title.zh)
            return Answered(request=request, state="answered", due_at=None, answer=answer)
        state: RequestState = "looked_at" if case.standing.assignee else "waiting"
        return Answered(request=request, state=state, due_at=format_instant(case.standing.due_at), answer=None)


def _refuse_at_checkout(customer: Customer) -> None:
    if customer.merchant is not None:
        raise NotAllowed(
            "This is about all that you have here, and a shop did not prove who you are.", code="not_at_checkout",
            hint="come in by the lender's own pages",
        )  # fmt: skip


def _case_or_none(cases: CaseDesk, case_id: str) -> Case | None:
    try:
        return cases.case(case_id)
    except TandemError:
        return None


def _kept(accounts: list[Account], days: int, today: Day) -> tuple[bool, Day | None]:
    """Whether records of accounts are to be kept, and until when; None while one is open."""
    until: Day | None = 0
    for one in accounts:
        over = one.ended or all(draw.plan.closed for draw in one.draws.values())
        last = max((draw.plan.day for draw in one.draws.values()), default=one.opened_on)
        until = None if until is None or not over else max(until, last + days)
    return (until is None or until > today), until or None


def _decision(core: Core, listed: dict[str, Any]) -> dict[str, Any]:
    """A decision with the facts it looked at about them."""
    explained = core.process.archive.explain(listed["answer"]["decision_id"])
    inputs = {name: one["value"] for name, one in explained.get("inputs", {}).items()}
    reasons = [one["words"] for one in explained.get("told", {}).get("reasons", [])]
    return {"answer": listed["answer"], "facts": inputs, "reasons": reasons}


def _account(account: Account) -> dict[str, Any]:
    plans = {
        name: {
            "terms": msgspec.to_builtins(draw.plan.terms),
            "facts": {one: msgspec.to_builtins(fact) for one, fact in draw.facts.items()},
        }
        for name, draw in account.draws.items()
    }
    return {
        "account_id": account.account_id,
        "product": account.product,
        "terms": account.terms,
        "currency": account.currency,
        "opened_on": days_to_date(account.opened_on).isoformat(),
        "state": account.shown_state,
        "limit_minor": account.limit_minor,
        "plans": plans,
    }
