"""What may be done, and which roles carry it. The two tables a sceptic reads first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

__all__ = [
    "ALL_PERMISSIONS",
    "KEY_PERMISSIONS",
    "MERCHANT_ACTS",
    "ROLES",
    "Act",
    "Permission",
    "Role",
    "permissions_of",
]


class Permission(StrEnum):
    """One thing that may be done. The values are part of the public contract."""

    DECIDE = "decide"
    """Send events and ask for decisions."""
    READ = "read"
    """See decisions, lists, definitions and numbers; people and things by pseudonym."""
    READ_PERSONAL = "read_personal"
    """See what was sent about a person, and look one up by the real identifier."""
    EDIT_LISTS = "edit_lists"
    WORK_CASES = "work_cases"
    SERVICE_ACCOUNTS = "service_accounts"
    """Waive, schedule anew, write off, move limits, freeze, close, reverse; and agree to what another person proposed."""
    COLLECT = "collect"
    """Contact customers in arrears and settle with them, within the conduct rules."""
    DRAFT = "draft"
    """Push new versions of definitions; none of them decides anything by that."""
    APPROVE = "approve"
    """Review what another person wrote."""
    RELEASE = "release"
    """Put reviewed versions in force, and earlier ones again."""
    MANAGE = "manage"
    """People, keys, webhooks, settings, and the record of who did what."""
    INVITE = "invite"
    """Let a customer into their own channel; of what comes of it only its own invitations are seen."""


class Act(StrEnum):
    """One thing a customer may do in their own channel, and only about themselves."""

    APPLY = "apply"
    SEE = "see"
    SIGN = "sign"
    REPAY = "repay"
    OBJECT = "object"
    """Raise an objection, ask for a human."""
    RIGHTS = "rights"
    """Use data rights: export, correction, erasure, what is done with one's data."""


class Role(StrEnum):
    """What a person is in the firm; may be held together."""

    VIEWER = "viewer"
    ANALYST = "analyst"
    COLLECTOR = "collector"
    STRATEGIST = "strategist"
    APPROVER = "approver"
    SERVICER = "servicer"
    ADMIN = "admin"


_READ, _PERSONAL, _LISTS = Permission.READ, Permission.READ_PERSONAL, Permission.EDIT_LISTS

ROLES: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.VIEWER: frozenset({_READ}),
    Role.ANALYST: frozenset({_READ, _PERSONAL, _LISTS, Permission.WORK_CASES}),
    Role.COLLECTOR: frozenset({_READ, _PERSONAL, Permission.COLLECT}),
    Role.STRATEGIST: frozenset({_READ, _PERSONAL, _LISTS, Permission.DRAFT}),
    Role.APPROVER: frozenset({_READ, _PERSONAL, Permission.APPROVE, Permission.RELEASE}),
    Role.SERVICER: frozenset({_READ, _PERSONAL, Permission.SERVICE_ACCOUNTS}),
    Role.ADMIN: frozenset({_READ, Permission.MANAGE}),
}
ALL_PERMISSIONS: Final = frozenset(Permission)

MERCHANT_ACTS: Final = frozenset(Act) - {Act.RIGHTS}
"""What a merchant may invite to: a merchant did not prove who somebody is, so nothing beyond its own purchase is opened."""

KEY_PERMISSIONS: Final = ALL_PERMISSIONS - {
    Permission.APPROVE,
    Permission.SERVICE_ACCOUNTS,
    Permission.COLLECT,
    Permission.MANAGE,
}
"""What an API key may carry. An approval is a person's act, so is what takes two people and what is settled with a debtor,
and a key that makes keys would outlive its own revocation."""


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """Everything that ``roles`` carry together."""
    return frozenset().union(*(ROLES[role] for role in roles))
