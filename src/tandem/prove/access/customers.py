"""How customers come into their own channel: by a pass that a program made for them, once; then by a session of their browser.

A pass is for one person, known here by pseudonym alone, and for named acts. Whoever holds it is taken for that person, so it
lives for minutes, works once, and is exchanged for a session that no script reads. A session ends by idleness, by time, and
with the key that invited. It has no permission of the firm's, so no other door opens to it.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Collection, Sequence
from hashlib import sha256
from typing import Final

import msgspec

from tandem.kernel.errors import InvalidInput, NotSignedIn, Unavailable
from tandem.kernel.identity import Entropy, Pseudonym
from tandem.kernel.time import DAY, HOUR, MINUTE, Clock, Micros
from tandem.prove.access.names import checked_display_name
from tandem.prove.access.permissions import MERCHANT_ACTS, Act
from tandem.prove.access.principals import CUSTOMER_PREFIX, KEY_PREFIX, Customer, Principal
from tandem.prove.access.register import Register
from tandem.prove.access.tokens import (
    CUSTOMER_ENTRY,
    CUSTOMER_SESSION,
    csrf_of,
    digest_of_token,
    new_token,
    returns_key,
)
from tandem.prove.access.types import CustomerPass, CustomerSession, Merchant, Row

__all__ = ["CUSTOMER_IDLE", "PASS_LIFE", "CameIn", "CustomerPasses", "checked_merchant"]

PASS_LIFE: Final = 15 * MINUTE
PASS_LIFE_MAX: Final = DAY
CUSTOMER_IDLE: Final = 20 * MINUTE
"""Without use, a customer's session ends after this."""
CHECKOUT_MAX: Final = HOUR
SESSION_MAX: Final = 12 * HOUR
"""Of a customer who came by the lender's own site."""
PASSES_MAX: Final = 100_000
SESSIONS_EACH: Final = 5
"""Of one customer; the one used longest ago gives way."""
_ORIGIN: Final = re.compile(r"(?:https://[a-z0-9.-]+|http://(?:127\.0\.0\.1|localhost))(?::[0-9]{1,5})?\Z")


class CameIn(msgspec.Struct, frozen=True, kw_only=True):
    """A customer who has just come in. ``token`` goes into the cookie and nowhere else."""

    token: str
    principal: Principal
    csrf: str


class CustomerPasses:
    """Passes and sessions of customers, and the merchants who may make some. Safe to call from several threads."""

    def __init__(self, register: Register, *, clock: Clock, entropy: Entropy) -> None:
        self._register = register
        self._clock = clock
        self._entropy = entropy

    def merchant_of(self, principal: Principal) -> Merchant | None:
        """Whose checkout a key speaks for; None: the lender's own."""
        return self._register.merchants.get(principal.name.removeprefix(KEY_PREFIX))

    def merchant_named(self, key: str) -> Merchant | None:
        """The merchant of the key with that name, while it opens anything."""
        known = self._register.keys.get(key)
        if known is None or not known.in_force(self._clock.now()):
            return None
        return self._register.merchants.get(key)

    def issue(
        self,
        *,
        kind: str,
        pseudonym: Pseudonym,
        invitation: str,
        acts: Collection[Act],
        by: Principal,
        life: int = PASS_LIFE,
    ) -> str:
        """A pass for one customer; its token is told this once.

        Args:
            life: microseconds in which it can be exchanged.

        Raises:
            InvalidInput: acts that a merchant may not invite to, none at all, or a life too long.
            Unavailable: too many wait to be used.
        """
        merchant = self.merchant_of(by)
        allowed = frozenset(Act) if merchant is None else MERCHANT_ACTS
        chosen = tuple(one for one in Act if one in set(acts))
        if not chosen or not set(chosen) <= allowed:
            wrong = next((one for one in chosen if one not in allowed), None)
            raise InvalidInput(
                "An invitation is for something." if wrong is None else f"A merchant may not invite to {wrong}.",
                code="invalid_acts",
                field="acts",
                value=wrong,
                hint="one or more of " + ", ".join(one for one in Act if one in allowed),
            )
        if not MINUTE <= life <= PASS_LIFE_MAX:
            raise InvalidInput(
                "An invitation waits a minute to a day.", code="pass_life", field="expires_after", hint="such as 15m"
            )
        now = self._clock.now()
        token = new_token(CUSTOMER_ENTRY, self._entropy)
        one = CustomerPass(
            digest=digest_of_token(token.encode()),
            kind=kind,
            pseudonym=pseudonym,
            invitation=invitation,
            acts=chosen,
            invited_by=by.name,
            merchant=None if merchant is None else merchant.merchant,
            expires_at=Micros(now + life),
            session_life=SESSION_MAX if merchant is None else CHECKOUT_MAX,
        )
        with self._register.lock:
            stale = [each for each in self._register.passes.values() if each.expires_at <= now]
            if len(self._register.passes) - len(stale) >= PASSES_MAX:
                raise Unavailable("Too many invitations wait to be used.", code="too_many_invitations")
            # One purchase has one pass: an invitation made again replaces the one before.
            stale += [each for each in self._register.passes.values() if each.invitation == invitation]
            self._register.write(put=[one], drop=stale)
        return token

    def come_in(self, token: str, *, ending: bytes | None = None) -> CameIn:
        """Exchange a pass for a session; the pass is used up.

        Args:
            ending: token of the session that the browser brought along; it ends, whosever it was.

        Raises:
            NotSignedIn: ``invalid_pass``: unknown, used, or expired.
        """
        now = self._clock.now()
        with self._register.lock:
            found = self._register.passes.get(digest_of_token(token.encode("utf-8", "surrogatepass")))
            if found is None or found.expires_at <= now or not self._stands(found.invited_by, now):
                raise NotSignedIn(
                    "This invitation has been used or has expired.",
                    code="invalid_pass",
                    field="token",
                    hint="go back to where you came from and begin again",
                )
            secret = new_token(CUSTOMER_SESSION, self._entropy)
            session = CustomerSession(
                digest=digest_of_token(secret.encode()),
                kind=found.kind,
                pseudonym=found.pseudonym,
                invitation=found.invitation,
                acts=found.acts,
                invited_by=found.invited_by,
                merchant=found.merchant,
                started_at=now,
                seen_at=now,
                expires_at=Micros(now + found.session_life),
            )
            principal = _principal(session)
            note = self._register.note("customer_came_in", principal, f"invitation/{found.invitation}")
            self._register.write(put=[session], drop=[found, *self._ending(session, ending, now)], notes=[note])
        self._register.tell()
        return CameIn(token=secret, principal=principal, csrf=csrf_of(secret.encode()))

    def principal_of(self, token: bytes) -> Principal:
        """Who is in by this token; this is a use of the session.

        Raises:
            NotSignedIn: ``session_expired``: unknown, idle for too long, over, or the key that invited is.
        """
        digest = digest_of_token(token)
        session, now = self._register.customers.get(digest), self._clock.now()
        if session is None or self._over(session, now):
            raise NotSignedIn(
                "The session has ended.", code="session_expired", hint="go back to where you came from and begin again"
            )
        self._register.used(digest, now)
        return _principal(session)

    def leave(self, principal: Principal) -> None:
        """End the session of ``principal``."""
        with self._register.lock:
            session = self._register.customers.get(principal.session or b"")
            self._register.write(drop=[] if session is None else [session])

    def forget(self, pseudonym: Pseudonym) -> None:
        """End every session and pass of a customer, who was erased."""
        with self._register.lock:
            gone: list[Row] = [one for one in self._register.customers.values() if one.pseudonym == pseudonym]
            gone += [one for one in self._register.passes.values() if one.pseudonym == pseudonym]
            self._register.write(drop=gone)

    def signature(self, invited_by: str, message: bytes) -> str | None:
        """What proves to a merchant that ``message`` is ours: HMAC-SHA256 in hex; None where a key invited that is no more."""
        key = self._register.keys.get(invited_by.removeprefix(KEY_PREFIX))
        return None if key is None else hmac.digest(returns_key(key.digest), message, sha256).hex()

    def _ending(self, session: CustomerSession, ending: bytes | None, now: Micros) -> list[Row]:
        """The sessions that end as ``session`` begins."""
        brought = None if ending is None else digest_of_token(ending)
        gone, others = [], []
        for one in self._register.customers.values():
            if one.digest == brought or self._over(one, now):
                gone.append(one)
            elif one.pseudonym == session.pseudonym:
                others.append(one)
        others.sort(key=lambda one: one.seen_at)
        return [*gone, *others[: max(0, len(others) - SESSIONS_EACH + 1)]]

    def _over(self, session: CustomerSession, now: Micros) -> bool:
        idle = self._register.idle(session, now, after=CUSTOMER_IDLE)
        return idle or now >= session.expires_at or not self._stands(session.invited_by, now)

    def _stands(self, invited_by: str, now: Micros) -> bool:
        """Whether who invited still may: a merchant's key that was revoked takes its customers along."""
        if not invited_by.startswith(KEY_PREFIX):
            return True
        key = self._register.keys.get(invited_by.removeprefix(KEY_PREFIX))
        return key is not None and key.in_force(now)


def checked_merchant(key: str, merchant: str, title_en: str, title_zh: str, origins: Sequence[str]) -> Merchant:
    """The merchant whose checkout the key of that name speaks for.

    Raises:
        InvalidInput: an identifier, title or origin that cannot be taken.
    """
    if not merchant.strip() or len(merchant) > 200 or not merchant.isprintable():
        raise InvalidInput(
            "A merchant has an identifier.", code="invalid_merchant", field="merchant.id", value=merchant
        )
    for origin in origins:
        if not _ORIGIN.match(origin):
            raise InvalidInput(
                "Not an origin that pages of a merchant have.",
                code="invalid_origin",
                field="merchant.origins",
                value=origin,
                hint="https and a host, such as https://shop.example; no path. For a try: http://127.0.0.1:8331",
            )
    if not 1 <= len(origins) <= 10:
        raise InvalidInput(
            "A merchant has 1 to 10 origins.", code="invalid_origin", field="merchant.origins", value=len(origins)
        )
    return Merchant(
        key=key,
        merchant=merchant,
        title_en=checked_display_name(title_en),
        title_zh=checked_display_name(title_zh),
        origins=tuple(origins),
    )


def _principal(session: CustomerSession) -> Principal:
    customer = Customer(
        kind=session.kind,
        pseudonym=session.pseudonym,
        invitation=session.invitation,
        acts=session.acts,
        key=session.invited_by,
        merchant=session.merchant,
    )
    return Principal(
        name=CUSTOMER_PREFIX + session.pseudonym,
        kind="customer",
        permissions=frozenset(),
        session=session.digest,
        customer=customer,
    )
