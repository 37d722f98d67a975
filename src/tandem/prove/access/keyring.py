"""What programs sign in with: made once, looked up by hash, ended by time and by hand."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

import msgspec

from tandem.kernel.errors import Conflict, InvalidInput, NotFound, NotSignedIn, near_match
from tandem.kernel.identity import Entropy
from tandem.kernel.time import DAY, Clock, Micros
from tandem.prove.access.names import checked_name
from tandem.prove.access.permissions import KEY_PERMISSIONS, Permission
from tandem.prove.access.principals import KEY_PREFIX, OPERATOR, Principal
from tandem.prove.access.register import Register
from tandem.prove.access.tokens import API_KEY, OPERATOR_KEY, SANDBOX_KEY, digest_of_token, new_token
from tandem.prove.access.types import ApiKey, Merchant

__all__ = ["KEY_LIFE", "KeyRing"]

KEYS_MAX: Final = 1_000
KEY_LIFE: Final = 365 * DAY
KEY_LIFE_MAX: Final = 730 * DAY
_SHOWN: Final = 9
_OTHER_HINT: Final = "keys of a sandbox (tdt_) and of a live workspace (tdm_) open nothing of the other"
_KEY_HINT: Final = "make a new key under Settings, or: tandem access keys --make NAME"


class KeyRing:
    """The API keys of a workspace, and the operator's.

    Args:
        sandbox: it is a sandbox's; its keys look different, so that nobody takes one for the other.
    """

    def __init__(self, register: Register, *, clock: Clock, entropy: Entropy, sandbox: bool) -> None:
        self._register = register
        self._clock = clock
        self._entropy = entropy
        self._key_prefix, self._other_prefix = (SANDBOX_KEY, API_KEY) if sandbox else (API_KEY, SANDBOX_KEY)
        self._principals: dict[bytes, Principal] = {}
        self._operator: bytes | None = None

    def principal_of(self, token: bytes) -> Principal:
        """Who holds an API key, or the operator's.

        Raises:
            NotSignedIn: no such key (``invalid_key``), or it is expired or revoked (``key_expired``).
        """
        digest = digest_of_token(token)
        key = self._register.keys_by_digest.get(digest)
        if key is None:
            if digest == self._operator:
                return OPERATOR
            hint = _OTHER_HINT if token.startswith(self._other_prefix.encode()) else _KEY_HINT
            raise NotSignedIn("This key opens nothing.", code="invalid_key", field="Authorization", hint=hint)
        now = self._clock.now()
        if not key.in_force(now):
            raise NotSignedIn(
                "This key has expired or was revoked.", code="key_expired", field="Authorization", hint=_KEY_HINT
            )
        self._register.used(digest, now)
        found = self._principals.get(digest)
        if found is None:
            found = self._principals[digest] = Principal(
                name=KEY_PREFIX + key.name,
                kind="key",
                permissions=frozenset(key.scopes),
                display_name=key.name,
                answers_for=key.made_by,
            )
        return found

    def operator_key(self) -> str:
        """A new key for whoever may read the server's files; the one before opens nothing any more."""
        token = new_token(OPERATOR_KEY, self._entropy)
        self._operator = digest_of_token(token.encode())
        return token

    def all(self) -> list[ApiKey]:
        """Every key there ever was, newest first."""
        with self._register.lock:
            self._register.save_uses()
            return sorted(self._register.keys.values(), key=lambda one: one.made_at, reverse=True)

    def make(
        self,
        name: str,
        scopes: Collection[Permission],
        *,
        by: Principal,
        life: int = KEY_LIFE,
        merchant: Merchant | None = None,
    ) -> tuple[ApiKey, str]:
        """A new key, and the secret itself, which is told this once.

        Args:
            life: microseconds until it expires.
            merchant: whose checkout it speaks for; it then carries ``invite`` and nothing else.

        Raises:
            InvalidInput: a name that cannot be given, no scope, a scope that keys may not carry, a life too long.
            Conflict: the name is taken, also by a revoked key.
        """
        checked_name(name)
        chosen = set(scopes)
        if not chosen or not chosen <= KEY_PERMISSIONS:
            wrong = sorted(chosen - KEY_PERMISSIONS)
            raise InvalidInput(
                "A key needs a scope." if not wrong else f"A key may not carry {wrong[0]}.",
                code="invalid_scope",
                field="scopes",
                value=wrong[0] if wrong else None,
                hint="one or more of " + ", ".join(sorted(KEY_PERMISSIONS)),
            )
        if merchant is not None and chosen != {Permission.INVITE}:
            raise InvalidInput(
                "A merchant's key invites and does nothing else.",
                code="invalid_scope",
                field="scopes",
                value=", ".join(sorted(chosen)),
                hint="leave only invite, or leave the merchant out",
            )
        if not 0 < life <= KEY_LIFE_MAX:
            raise InvalidInput(
                f"A key lives {KEY_LIFE_MAX // DAY} days at most.",
                code="key_life",
                field="expires_after",
                hint="such as 90d",
            )
        token = new_token(self._key_prefix, self._entropy)
        now = self._clock.now()
        key = ApiKey(
            name=name,
            digest=digest_of_token(token.encode()),
            shown=token[:_SHOWN],
            scopes=tuple(sorted(chosen)),
            made_at=now,
            made_by=by.name,
            expires_at=Micros(now + life),
        )
        with self._register.lock:
            if name in self._register.keys:
                raise Conflict(
                    "That name is taken.",
                    code="name_taken",
                    field="name",
                    value=name,
                    hint="names are never given twice",
                )
            if len(self._register.keys) >= KEYS_MAX:
                raise Conflict(f"There are {KEYS_MAX} keys already.", code="too_many_keys")
            given: dict[str, Any] = {"scopes": [str(scope) for scope in key.scopes]}
            if merchant is not None:
                given |= {"merchant": merchant.merchant, "origins": list(merchant.origins)}
            self._register.write(
                put=[key] if merchant is None else [key, merchant],
                notes=[self._register.note("key_made", by, f"key/{name}", after=_key_told(key), detail=given)],
            )
        self._register.tell()
        return key, token

    def revoke(self, name: str, *, by: Principal) -> ApiKey:
        """Let the key open nothing from now on; again does nothing.

        Raises:
            NotFound: no such key.
        """
        with self._register.lock:
            key = self._register.keys.get(name)
            if key is None:
                raise NotFound(
                    "There is no such key.",
                    code="unknown_key",
                    field="name",
                    value=name,
                    hint=near_match(name, self._register.keys),
                )
            if key.revoked_at is not None:
                return key
            revoked = msgspec.structs.replace(key, revoked_at=self._clock.now())
            note = self._register.note(
                "key_revoked", by, f"key/{name}", before=_key_told(key), after=_key_told(revoked)
            )
            self._register.write(put=[revoked], notes=[note])
        self._register.tell()
        return revoked

    def answerable_for(self, author: str) -> str:
        """The person behind an author on record: who made the key, where it was a key."""
        key = self._register.keys.get(author.removeprefix(KEY_PREFIX)) if author.startswith(KEY_PREFIX) else None
        return author if key is None else key.made_by


def _key_told(key: ApiKey) -> dict[str, Any]:
    return {
        "name": key.name,
        "shown": key.shown,
        "scopes": [str(scope) for scope in key.scopes],
        "expires_at": key.expires_at,
        "revoked_at": key.revoked_at,
    }
