"""People, sessions, keys, one-time links, and the audit record."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import UNSET, Meta, UnsetType

from tandem.faces.api.shapes.vocabulary import Instant

__all__ = [
    "AuditNote",
    "AuditPage",
    "KeyMade",
    "KeyPage",
    "KeyRequest",
    "KeySummary",
    "LinkAnswer",
    "LinkMade",
    "LinkRequest",
    "MerchantRequest",
    "PasswordRequest",
    "PersonChange",
    "PersonPage",
    "PersonRequest",
    "PersonSummary",
    "SessionAnswer",
    "SessionPerson",
    "SignInRequest",
    "SignedOut",
    "WelcomeAnswer",
    "WelcomeRequest",
    "WorkspaceSummary",
]

RoleText = Literal["viewer", "analyst", "strategist", "approver", "collector", "servicer", "admin"]
PermissionText = Literal[
    "decide",
    "read",
    "read_personal",
    "edit_lists",
    "work_cases",
    "service_accounts",
    "collect",
    "draft",
    "approve",
    "release",
    "manage",
    "invite",
]
Typed = Annotated[str, Meta(max_length=255)]
Secret = Annotated[str, Meta(max_length=1_024, description="never told again, never logged")]
Roles = Annotated[list[RoleText], Meta(min_length=1, max_length=len(get_args(RoleText)))]


class SignInRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A name and its password."""

    name: Typed
    password: Secret


class PasswordRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A new password, by who knows the present one."""

    current: Secret
    new: Secret


class LinkRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The token of a one-time link."""

    token: Secret


class WelcomeRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A one-time link taken: the password, and for the first admin the name."""

    token: Secret
    password: Secret
    name: Typed = ""
    display_name: Typed = ""


class WelcomeAnswer(msgspec.Struct, kw_only=True):
    """What a page must know before it asks for anything else.

    Attributes:
        first_start: nobody can sign in yet.
        known: whether this request came with a session or key in force.
    """

    mode: Literal["people", "open"]
    first_start: bool
    known: bool


class LinkAnswer(msgspec.Struct, kw_only=True):
    """What a link is for, and whose it is; the first admin chooses a name."""

    purpose: Literal["first_admin", "invitation", "reset"]
    name: str
    display_name: str
    workspace: str


class SessionPerson(msgspec.Struct, kw_only=True):
    """Who asks. A key and a process have no roles."""

    name: str
    display_name: str
    roles: list[RoleText]


class WorkspaceSummary(msgspec.Struct, kw_only=True):
    """Where they are. ``currency`` is that of its amounts, ISO 4217; empty where the workspace names none."""

    name: str
    description: str
    kind: Literal["live", "sandbox", "example"]
    currency: str


class SessionAnswer(msgspec.Struct, kw_only=True):
    """Who asks and what they may do. ``csrf`` goes into the header X-Tandem-CSRF of whatever changes something."""

    mode: Literal["people", "open"]
    person: SessionPerson
    permissions: list[PermissionText]
    csrf: str
    workspace: WorkspaceSummary


class SignedOut(msgspec.Struct, kw_only=True):
    """The session has ended."""

    signed_out: bool


class PersonSummary(msgspec.Struct, kw_only=True):
    """Somebody who may sign in, or might once. When they did last is told to who manages people."""

    name: str
    display_name: str
    roles: list[RoleText]
    state: Literal["invited", "active", "disabled"]
    added_at: Instant
    added_by: str
    last_sign_in_at: Instant | None


class PersonPage(msgspec.Struct, kw_only=True):
    """Everybody, by name."""

    people: list[PersonSummary]


class PersonRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Somebody new."""

    name: Typed
    roles: Roles
    display_name: Typed = ""


class PersonChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is left out stays."""

    display_name: Typed | UnsetType = UNSET
    roles: Roles | UnsetType = UNSET
    disabled: bool | UnsetType = UNSET


class LinkMade(msgspec.Struct, kw_only=True):
    """A one-time link, told this once. ``path`` comes after the server's address."""

    person: PersonSummary
    path: str


class KeySummary(msgspec.Struct, kw_only=True):
    """A key, by its first characters."""

    name: str
    shown: str
    scopes: list[PermissionText]
    state: Literal["active", "expired", "revoked"]
    made_at: Instant
    made_by: str
    expires_at: Instant
    last_used_at: Instant | None
    revoked_at: Instant | None


class KeyPage(msgspec.Struct, kw_only=True):
    """Every key there ever was, newest first."""

    keys: list[KeySummary]


class MerchantRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Whose checkout a key speaks for.

    Attributes:
        id: the merchant as events name it.
        origins: of its pages, such as https://shop.example: they alone may show the channel in a frame.
    """

    id: Annotated[str, Meta(min_length=1, max_length=200)]
    title_en: Typed
    title_zh: Typed
    origins: Annotated[list[Annotated[str, Meta(max_length=200)]], Meta(min_length=1, max_length=10)]


class KeyRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A new key. ``expires_after`` such as 90d; two years at most. With ``merchant`` its one scope is ``invite``."""

    name: Typed
    scopes: Annotated[list[PermissionText], Meta(min_length=1, max_length=10)]
    expires_after: Annotated[str, Meta(max_length=40)] = "365d"
    merchant: MerchantRequest | None = None


class KeyMade(msgspec.Struct, kw_only=True):
    """The key itself, told this once, as ``secret``."""

    key: KeySummary
    secret: str


class AuditNote(msgspec.Struct, kw_only=True):
    """One line of the audit record. ``before`` and ``after`` are digests of the object's state."""

    seq: int
    id: str
    at: Instant
    action: str
    by: str
    kind: Literal["person", "key", "process", "customer"]
    speaking_as: str
    object: str
    before: str | None
    after: str | None
    detail: dict[str, Any]


class AuditPage(msgspec.Struct, kw_only=True):
    """Notes, newest first; ``next_before`` continues, null at the end."""

    notes: list[AuditNote]
    next_before: int | None
