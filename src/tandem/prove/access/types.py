"""The nouns of access, as they are kept. What is secret is kept as a hash and in a struct of its own."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import Micros
from tandem.prove.access.permissions import Act, Permission, Role, permissions_of

__all__ = [
    "ApiKey",
    "Attempts",
    "Credential",
    "CustomerPass",
    "CustomerSession",
    "Link",
    "LinkPurpose",
    "Merchant",
    "Person",
    "PersonState",
    "Row",
    "Session",
]

PersonState: TypeAlias = Literal["invited", "active", "disabled"]
LinkPurpose: TypeAlias = Literal["first_admin", "invitation", "reset"]


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who may sign in. A name is never given to anybody else: people are disabled and not deleted.

    Attributes:
        state: ``invited`` until a password is set.
        last_sign_in_at: processing time of the last success.
    """

    name: str
    display_name: str
    roles: tuple[Role, ...]
    state: PersonState
    added_at: Micros
    added_by: str
    last_sign_in_at: Micros | None = None

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the roles carry; nothing for who is not active."""
        return permissions_of(self.roles) if self.state == "active" else frozenset()


class Credential(msgspec.Struct, frozen=True, kw_only=True):
    """The argon2id hash of a person's password, with its parameters and salt inside."""

    name: str
    password_hash: str
    changed_at: Micros


class Attempts(msgspec.Struct, frozen=True, kw_only=True):
    """Failed sign-ins in a row under one name, be there such a person or not.

    Attributes:
        name_digest: hash of the name as it was typed: people type passwords there.
    """

    name_digest: bytes
    failures: int
    last_at: Micros


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A person signed in at one browser.

    Attributes:
        digest: SHA-256 of the token, which only the browser has.
        seen_at: last use, exact to a minute on disk.
    """

    digest: bytes
    name: str
    started_at: Micros
    seen_at: Micros


class ApiKey(msgspec.Struct, frozen=True, kw_only=True):
    """What a program signs in with.

    Attributes:
        digest: SHA-256 of the key, which only its holder has.
        shown: the first characters, to tell keys apart.
        last_used_at: exact to a minute.
    """

    name: str
    digest: bytes
    shown: str
    scopes: tuple[Permission, ...]
    made_at: Micros
    made_by: str
    expires_at: Micros
    last_used_at: Micros | None = None
    revoked_at: Micros | None = None

    def in_force(self, now: Micros) -> bool:
        """Whether it opens anything at ``now``."""
        return self.revoked_at is None and now < self.expires_at


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A one-time link to set a password by.

    Attributes:
        digest: SHA-256 of the token.
        name: whose; empty for the first admin, who chooses.
    """

    digest: bytes
    purpose: LinkPurpose
    name: str
    expires_at: Micros


class Merchant(msgspec.Struct, frozen=True, kw_only=True):
    """Whose checkout an API key speaks for.

    Attributes:
        key: name of the key; it carries ``invite`` and nothing else.
        merchant: the merchant's own identifier, as it stands in events.
        title_en, title_zh: how customers are told of it.
        origins: of its pages, such as ``https://shop.example``: they alone may show the channel in a frame, and only to them it
            leads back.
    """

    key: str
    merchant: str
    title_en: str
    title_zh: str
    origins: tuple[str, ...]


class CustomerPass(msgspec.Struct, frozen=True, kw_only=True):
    """What a customer comes in by, once.

    Attributes:
        digest: SHA-256 of the token.
        kind, pseudonym, invitation, acts, invited_by, merchant: see ``Customer``.
        session_life: microseconds that a session from it lasts at most.
    """

    digest: bytes
    kind: str
    pseudonym: Pseudonym
    invitation: str
    acts: tuple[Act, ...]
    invited_by: str
    merchant: str | None
    expires_at: Micros
    session_life: int


class CustomerSession(msgspec.Struct, frozen=True, kw_only=True):
    """A customer in their channel, at one browser; see ``CustomerPass``."""

    digest: bytes
    kind: str
    pseudonym: Pseudonym
    invitation: str
    acts: tuple[Act, ...]
    invited_by: str
    merchant: str | None
    started_at: Micros
    seen_at: Micros
    expires_at: Micros


Row: TypeAlias = Person | Credential | Attempts | Session | ApiKey | Link | Merchant | CustomerPass | CustomerSession
