"""Asking third parties for a decision, before it is taken and never in its way.

The one writer waits for nobody. So what a policy asks is fetched first: the facts are looked at as they stand, the policy
is walked with the answers as unknown, and only who is reached, and can still change what comes out, is asked. Those that
cost nothing are asked at once; of those that cost, the worthiest first, and after each answer it is looked again whether
another is needed. All of it has one budget. What was answered goes into the decision as facts, and what was not is missing,
with the reason in the trail.

Between this look and the decision other events may arrive, and of the event itself only plain counts are foreseen. A
decision that then comes past a stage nobody foresaw finds its facts missing, and the policy says what that means.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from tandem.decide.connectors import (
    ANSWERS_TRIED,
    Answered,
    Candidate,
    Connector,
    ConnectorDesk,
    Request,
    in_order,
    request_of,
    value_of_asking,
    without_facts,
)
from tandem.decide.decisions.answering import NOTHING_ASKED
from tandem.decide.decisions.process import Ahead, DecisionProcess
from tandem.decide.decisions.records import decode_body, personal_of
from tandem.decide.decisions.types import Given
from tandem.decide.policy import Wanted, what_to_ask
from tandem.kernel.errors import TandemError
from tandem.kernel.values import Row

__all__ = ["Gathering"]

_LOG = logging.getLogger(__name__)
_LOOKED_AT: Final = 2_000
"""Journal places looked at for recorded answers when a connector is first asked."""
_LOOKING_SHARE: Final = 0.2
"""Of the time that is left."""


class Gathering:
    """Gathers answers for decisions of one process. Belongs to one event loop at a time.

    Args:
        process: whose policies ask.
        desk: where they ask.
        budget_s: longest that all questions of one decision take together, in seconds.
    """

    def __init__(self, process: DecisionProcess, desk: ConnectorDesk, *, budget_s: float) -> None:
        self._process = process
        self._desk = desk
        self._budget_s = budget_s
        self._recorded = RecordedAnswers(process)

    @property
    def asks(self) -> bool:
        """Whether any policy that is live asks anybody: a look at one attribute, for every decision."""
        live = self._process.live
        return live is not None and live.asks

    async def gather(self, document: dict[str, Any], policy: str | None = None) -> Given:
        """What to give to the decision on ``document``; nothing where nothing can be gathered."""
        until = asyncio.get_running_loop().time() + self._budget_s
        try:
            ahead = self._process.look_ahead(document, policy=policy)
            if ahead is None:
                return NOTHING_ASKED
            return await _Round(ahead, document["values"], self._desk, self._recorded, until).run()
        except TandemError:
            return NOTHING_ASKED  # the decision itself will say so, in its own words
        except Exception:  # noqa: BLE001 - a mistake in here must not stand in the way of a decision
            _LOG.exception("answers could not be gathered")
            return NOTHING_ASKED


class _Round:
    """All questions of one decision."""

    def __init__(
        self, ahead: Ahead, values: dict[str, Any], desk: ConnectorDesk, recorded: RecordedAnswers, until: float
    ) -> None:
        self._ahead = ahead
        self._values = values
        self._desk = desk
        self._recorded = recorded
        self._until = until
        self._answered: list[Answered] = []
        self._row: Row = dict(ahead.facts.row)
        self._facts: Row = {}

    async def run(self) -> Given:
        ahead = self._ahead
        while True:
            asked = {one.asked.connector for one in self._answered}
            reached = what_to_ask(ahead.policy.plan, self._row, ahead.facts.members, ahead.policy.models, asked)
            if not reached.wanted:
                break
            for one in await self._ask(reached.wanted):
                self._answered.append(one)
                self._facts.update(one.facts)
                self._row.update(one.facts)
        questions = tuple(one.asked for one in self._answered)
        return Given(
            asked=questions,
            facts=self._facts,
            connectors={one.connector: ahead.live.connectors[one.connector] for one in questions},
        )

    async def _ask(self, wanted: Sequence[Wanted]) -> list[Answered]:
        """The next answers: of all that are free, else of the worthiest."""
        connectors = {one.connector: self._ahead.live.connectors[one.connector] for one in wanted}
        free = [each for each in connectors.values() if not each.price.minor]
        if free:
            return list(await asyncio.gather(*map(self._one, free)))
        if len(wanted) == 1:
            return [await self._one(connectors[wanted[0].connector])]
        candidates = [self._candidate(one, connectors[one.connector], await self._known(one)) for one in wanted]
        first = in_order(candidates)[0]
        answered = await self._one(connectors[first.connector])
        worth = value_of_asking(first)
        if worth is None:
            return [answered]
        asked = msgspec.structs.replace(answered.asked, worth_minor=round(worth, 2))
        return [msgspec.structs.replace(answered, asked=asked)]

    async def _one(self, connector: Connector) -> Answered:
        body = request_of(connector, self._values)
        subject = self._ahead.event.subject
        request = None if body is None else Request(body=body, subject=subject)
        left = self._until - asyncio.get_running_loop().time()
        answered = await self._desk.ask(connector, request, left)
        if answered.asked.fault is None:
            self._recorded.add(connector.name, answered.facts)
        return answered

    async def _known(self, wanted: Wanted) -> list[Row]:
        """Recorded answers of one that may be asked; none where looking for them would take the time to ask."""
        connector = self._ahead.live.connectors[wanted.connector]
        looking = asyncio.to_thread(self._recorded.of, connector)
        try:
            return await asyncio.wait_for(looking, _LOOKING_SHARE * (self._until - asyncio.get_running_loop().time()))
        except TimeoutError:
            return []

    def _candidate(self, wanted: Wanted, connector: Connector, answers: Sequence[Row]) -> Candidate:
        """How often recorded answers would change what comes out for this very application."""
        policy, facts = self._ahead.policy, self._ahead.facts

        def come_to(answer: Row) -> tuple[Any, ...]:
            result = policy.run({**self._row, **answer}, facts.members)
            return result.outcome, result.limit_minor, result.price

        without = come_to(without_facts(connector)) if answers else None
        return Candidate(
            connector=connector.name,
            price_minor=connector.price.minor,
            stake_minor=wanted.stake_minor,
            changed=sum(come_to(one) != without for one in answers),
            tried=len(answers),
        )


class RecordedAnswers:
    """The last answers of each connector, from what decisions recorded; facts without whom they are about.

    Args:
        process: whose journal is read, once, when somebody first asks.
    """

    def __init__(self, process: DecisionProcess) -> None:
        self._process = process
        self._fresh: dict[str, deque[Row]] = {}
        self._before: dict[str, deque[Row]] | None = None
        self._reading = threading.Lock()

    def of(self, connector: Connector) -> list[Row]:
        """At most ``ANSWERS_TRIED``, oldest first; only those that have the facts of its present version.

        The first one to call waits for the journal to be read: not for an event loop.
        """
        with self._reading:
            if self._before is None:
                self._before = self._read()
            before = list(self._before.get(connector.name, ()))
        facts = connector.answer.keys()
        known = [*before, *tuple(self._fresh.get(connector.name, ()))]
        return [one for one in known if one.keys() == facts][-ANSWERS_TRIED:]

    def add(self, connector: str, facts: Row) -> None:
        """One more answer."""
        self._fresh.setdefault(connector, deque(maxlen=ANSWERS_TRIED)).append(facts)

    def _read(self) -> dict[str, deque[Row]]:
        found: dict[str, deque[Row]] = {}
        live, journal = self._process.live, self._process.journal
        last = int(journal.head.seq)
        if live is None:
            return found
        for record in journal.read(max(1, last - _LOOKED_AT + 1), last, kinds=["decision"]):
            given = [one.connector for one in decode_body(record.clear).trail.asked if one.fault is None]
            personal = personal_of(record, journal) if given else None
            if personal is None:
                continue
            for connector in map(live.connectors.get, given):
                if connector is not None:
                    answer = {name: personal.inputs[name] for name in connector.answer if name in personal.inputs}
                    found.setdefault(connector.name, deque(maxlen=ANSWERS_TRIED)).append(answer)
        return found
