"""Where decisions ask: kept answers first, then whoever stands in this environment, never longer than allowed.

Nothing that goes wrong outside comes back as an exception: a question always ends in facts, or in missing facts and the
reason why. Two who ask the same at once wait for one call. An attempt that failed is tried again as long as the budget
lasts, after a short pause of random length; whoever fails again and again is left alone by the breaker.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Final

import msgspec

from tandem.decide.connectors.accounting import Figures, Ledger
from tandem.decide.connectors.breaker import CLOSED, Breaker, Standing, after_answer, after_failure, asking
from tandem.decide.connectors.definitions import Connector
from tandem.decide.connectors.fetching import Fetch
from tandem.decide.connectors.requests import read_answer, without_facts
from tandem.decide.connectors.store import KeptAnswers
from tandem.decide.connectors.twins import simulated_answer
from tandem.decide.connectors.types import Answered, Asked, Fault, Mode, Request, Source
from tandem.kernel.identity import Entropy
from tandem.kernel.outward import NotSentError
from tandem.kernel.time import SECOND, Clock, Micros
from tandem.kernel.values import Row

__all__ = ["ConnectorDesk", "SecretOf"]

_LOG = logging.getLogger(__name__)

SecretOf = Callable[[str], "str | None"]
"""The value of a secret by its name; None where the operator has given none."""

_AGAIN_FIRST_S: Final = 0.02
_RETRIED: Final = frozenset({"timeout", "connection", "tls", "status"})
_GRACE_S: Final = 0.05
"""Longer than its budget no call is waited for; it ends itself, and so much later at the latest it is left behind."""
_LEAST_S: Final = 0.005
"""Time below which no attempt is worth making."""


class _Came(msgspec.Struct, frozen=True):
    """What came of a call; ``facts`` None: no record, or no answer at all where there is a fault."""

    facts: Row | None
    fault: Fault | None = None
    answered: bool = False
    attempts: int = 0
    unsure: int = 0


class ConnectorDesk:
    """Asks connectors. Belongs to one event loop at a time; its counts are read from anywhere.

    Args:
        mode: who answers here.
        fetch: carries requests outside; only asked in the modes ``live`` and ``record``.
        kept: answers of before.
        secret_of: where secrets come from.
    """

    def __init__(
        self, mode: Mode, fetch: Fetch, kept: KeptAnswers, *, secret_of: SecretOf, clock: Clock, entropy: Entropy
    ) -> None:
        self.mode: Final[Mode] = mode
        self.since = clock.now()
        self._fetch = fetch
        self._kept = kept
        self._secret_of = secret_of
        self._clock = clock
        self._entropy = entropy
        self._breakers: dict[str, Breaker] = {}
        self._ledgers: dict[str, Ledger] = {}
        self._out: dict[bytes, asyncio.Task[_Came]] = {}
        self._keeping: set[asyncio.Future[None]] = set()

    async def ask(self, connector: Connector, request: Request | None, within_s: float) -> Answered:
        """Facts of ``connector`` for ``request``, after at most ``within_s`` seconds.

        Args:
            request: None where the event lacks what must be sent.
        """
        started = self._clock.monotonic_ns()
        try:
            source, came = await self._answer(connector, request, within_s)
        except Exception:  # noqa: BLE001 - whatever it is, it must not stand in the way of a decision
            _LOG.exception("connector %s", connector.name)
            source, came = "nobody", _Came(None, "internal")
        paid = source == "live" and came.answered
        asked = Asked(
            connector=connector.name,
            source=source if came.fault is None else "nobody",
            fault=came.fault,
            no_record=came.fault is None and came.facts is None,
            attempts=came.attempts if source == "live" else 0,
            latency_ms=round((self._clock.monotonic_ns() - started) / 1e6, 3),
            cost_minor=connector.price.minor if paid else 0,
            unsure_minor=came.unsure * connector.price.minor if source == "live" else 0,
            currency=connector.price.currency if connector.price.minor else "",
        )
        self._ledger(connector.name).count(asked, self._clock.now(), connector.price.minor)
        return Answered(asked=asked, facts=without_facts(connector) if came.facts is None else came.facts)

    def breaker(self, name: str) -> Breaker:
        """How the breaker of a connector stands."""
        return self._breakers.get(name, CLOSED)

    def standing(self, name: str) -> Standing:
        """How it stands now."""
        return self.breaker(name).standing(self._clock.now())

    def figures(self, name: str) -> Figures:
        """What a connector did since ``since``."""
        return self._ledger(name).figures()

    async def close(self) -> None:
        """Let go of connections, once what was answered is kept."""
        await asyncio.gather(*self._keeping)
        await self._fetch.close()

    def _ledger(self, name: str) -> Ledger:
        return self._ledgers.setdefault(name, Ledger())

    async def _answer(self, connector: Connector, request: Request | None, within_s: float) -> tuple[Source, _Came]:
        if self.mode == "off":
            return "nobody", _Came(None, "off")
        if request is None:
            return "nobody", _Came(None, "no_input")
        if self.mode == "simulated":
            return "simulated", _Came(simulated_answer(connector, request.body))
        key = self._kept.key_of(connector, request)
        recorded = self.mode == "recorded"
        if recorded or connector.valid_for:
            standby = await asyncio.to_thread(self._kept.find, key)
            if standby is not None and (recorded or self._clock.now() < standby.answered_at + connector.valid_for):
                return "recorded" if recorded else "cache", _Came(standby.facts)
        if recorded:
            return "nobody", _Came(None, "not_recorded")
        return await self._together(connector, request, key, within_s)

    async def _together(
        self, connector: Connector, request: Request, key: bytes, within_s: float
    ) -> tuple[Source, _Came]:
        """One call for all who ask the same now; only the first pays."""
        within_s = min(within_s, connector.budget / SECOND)
        if within_s < _LEAST_S:
            return "nobody", _Came(None, "no_time")
        call = self._out.get(key)
        joined = call is not None and call.get_loop() is asyncio.get_running_loop()
        if call is None or not joined:
            call = asyncio.create_task(self._call(connector, request, key, within_s))
            self._out[key] = call
            call.add_done_callback(lambda _: self._out.pop(key, None))
        try:
            # The call has a limit of its own; this one is for those who joined it with less time left.
            came = await asyncio.wait_for(asyncio.shield(call), within_s + (0.0 if joined else _GRACE_S))
        except TimeoutError:
            return "live", _Came(None, "timeout")
        if not joined:
            return "live", came
        # Whoever asked first has counted and paid for it.
        return "cache" if came.fault is None else "nobody", came

    async def _call(self, connector: Connector, request: Request, key: bytes, within_s: float) -> _Came:
        headers = self._headers(connector, key)
        if headers is None:
            return _Came(None, "no_secret")
        passed = asking(self.breaker(connector.name), self._clock.now(), int(within_s * SECOND))
        if passed is None:
            return _Came(None, "breaker_open")
        self._breakers[connector.name] = passed
        came = await self._attempts(connector, request, headers, within_s)
        if came.answered and came.fault is None:
            self._breakers[connector.name] = after_answer(self.breaker(connector.name))
            if connector.valid_for or self.mode == "record":
                self._keep(connector, request, key, came.facts)
        else:
            self._breakers[connector.name] = after_failure(
                self.breaker(connector.name), self._clock.now(), connector.failures, connector.pause
            )
        return came

    def _keep(self, connector: Connector, request: Request, key: bytes, facts: Row | None) -> None:
        """Keep an answer, beside: whoever asked has it already, and a slow disk is not their business."""
        now = self._clock.now()
        # What is recorded is kept for as long as somebody wants to play it again.
        oldest = Micros(now - connector.valid_for) if self.mode == "live" else Micros(0)

        def keep() -> None:
            try:
                self._kept.keep(key, connector, request, facts, now)
                self._kept.forget(connector.name, oldest)
            except Exception:  # noqa: BLE001 - an answer that is not kept is asked for again
                _LOG.exception("an answer of connector %s could not be kept", connector.name)

        keeping = asyncio.ensure_future(asyncio.to_thread(keep))
        self._keeping.add(keeping)
        keeping.add_done_callback(self._keeping.discard)

    async def _attempts(
        self, connector: Connector, request: Request, headers: dict[str, str], within_s: float
    ) -> _Came:
        loop = asyncio.get_running_loop()
        until = loop.time() + within_s
        sent = unsure = 0
        came = _Came(None, "no_time")
        for again in range(connector.retries + 1):
            if again:
                pause = self._pause(again)
                if loop.time() + pause + _LEAST_S > until:
                    break
                await asyncio.sleep(pause)
            left = until - loop.time()
            if left < _LEAST_S:
                break
            sent += 1
            came = await self._attempt(connector, request, headers, min(left, connector.attempt / SECOND))
            unsure += came.fault in {"timeout", "connection", "too_large"}
            if came.fault not in _RETRIED:
                break
        return msgspec.structs.replace(came, attempts=sent, unsure=unsure)

    async def _attempt(self, connector: Connector, request: Request, headers: dict[str, str], within_s: float) -> _Came:
        try:
            status, body = await self._fetch.post(connector.url, headers, request.body, within_s)
        except NotSentError as error:
            return _Came(None, error.code)  # type: ignore[arg-type]  # its codes are faults
        if status in connector.no_record:
            return _Came(None, answered=True)
        if status >= 500 or status == 429:
            return _Came(None, "status")
        if status != 200:  # a redirect too: where it points was not checked, and nobody asked to go there
            return _Came(None, "refused")
        facts = read_answer(connector, body)
        return _Came(None, "answer", answered=True) if facts is None else _Came(facts, answered=True)

    def _headers(self, connector: Connector, key: bytes) -> dict[str, str] | None:
        host = connector.url.split("/", 3)[2]
        # The same request has the same key, so that a vendor that knows idempotency bills a retry once.
        headers = {
            "Host": host,
            "Content-Type": "application/json",
            "Accept": "application/json",
            "User-Agent": "tandem",
            "Idempotency-Key": key.hex(),
        }
        if connector.secret is not None:
            value = self._secret_of(connector.secret.name)
            if value is None:
                return None
            headers[connector.secret.header] = connector.secret.prefix + value
        return headers

    def _pause(self, again: int) -> float:
        share = int.from_bytes(self._entropy.bytes(2), "big") / 0xFFFF
        return _AGAIN_FIRST_S * float(2 ** (again - 1)) * (0.5 + share)
