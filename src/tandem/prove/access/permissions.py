"""What may be done, and which roles carry it. The two tables a sceptic reads first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

__all__ = ["ALL_PERMISSIONS", "KEY_PERMISSIONS", "ROLES", "Permission", "Role", "permissions_of"]


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


class Role(StrEnum):
    """What a person is in the firm; may be held together."""

    VIEWER = "viewer"
    ANALYST = "analyst"
    COLLECTOR = "collector"
    STRATEGIST = "strategist"
    APPROVER = "approver"
    ADMIN = "admin"


_READ, _PERSONAL, _LISTS = Permission.READ, Permission.READ_PERSONAL, Permission.EDIT_LISTS

ROLES: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.VIEWER: frozenset({_READ}),
    Role.ANALYST: frozenset({_READ, _PERSONAL, _LISTS, Permission.WORK_CASES}),
    Role.COLLECTOR: frozenset({_READ, _PERSONAL, Permission.COLLECT}),
    Role.STRATEGIST: frozenset({_READ, _PERSONAL, _LISTS, Permission.DRAFT}),
    Role.APPROVER: frozenset({_READ, _PERSONAL, Permission.APPROVE, Permission.RELEASE}),
    Role.ADMIN: frozenset({_READ, Permission.MANAGE}),
}
ALL_PERMISSIONS: Final = frozenset(Permission)

KEY_PERMISSIONS: Final = ALL_PERMISSIONS - {Permission.APPROVE, Permission.MANAGE}
"""What an API key may carry. An approval is a person's act, and a key that makes keys would outlive its own revocation."""


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """Everything that ``roles`` carry together."""
    return frozenset().union(*(ROLES[role] for role in roles))
