"""Who asks: a person, a key, a customer, or the process itself."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

from tandem.kernel.errors import Refused
from tandem.kernel.identity import Pseudonym
from tandem.prove.access.permissions import ALL_PERMISSIONS, Act, Permission

__all__ = ["CUSTOMER_PREFIX", "KEY_PREFIX", "LOCAL", "OPERATOR", "Customer", "Principal", "PrincipalKind"]

PrincipalKind: TypeAlias = Literal["person", "key", "process", "customer"]

KEY_PREFIX: Final = "key:"
"""Before the name of a key where it stands as an author. No person's name can hold a colon, so the two never meet."""

CUSTOMER_PREFIX: Final = "customer:"
"""Before the pseudonym of a customer where they stand as an author."""


class Customer(msgspec.Struct, frozen=True, kw_only=True):
    """A customer in their own channel: what they may do, and about whom.

    Attributes:
        kind, pseudonym: the one person or enterprise that they are.
        invitation: what they were let in by.
        acts: what they may do.
        key: principal that invited them.
        merchant: at whose checkout; None: the lender's own site. With one, nothing is seen but what comes of this invitation.
    """

    kind: str
    pseudonym: Pseudonym
    invitation: str
    acts: tuple[Act, ...]
    key: str
    merchant: str | None = None

    def require(self, act: Act) -> None:
        """Go on only with ``act``.

        Raises:
            Refused: this invitation lacks it.
        """
        if act not in self.acts:
            raise Refused(
                f"This invitation is not for {act}.",
                code="not_invited_to",
                field="act",
                value=str(act),
                hint="come in by the lender's own site",
            )


class Principal(msgspec.Struct, frozen=True, kw_only=True):
    """Who a request speaks for.

    Attributes:
        name: of the person; ``key:NAME`` of a key; ``customer:PSEUDONYM`` of a customer; ``operator`` or ``local`` of a process.
        kind: ``process`` is a caller that is trusted like the machine itself: it may say in whose name it speaks.
        permissions: what it may do now.
        display_name: how people are told of it.
        answers_for: the person who made the key; the name itself otherwise.
        session: digest of the session, for a person or a customer.
        customer: what they may do, for a customer; they have no permission.
    """

    name: str
    kind: PrincipalKind
    permissions: frozenset[Permission]
    display_name: str = ""
    answers_for: str = ""
    session: bytes | None = None
    customer: Customer | None = None

    def require(self, permission: Permission) -> None:
        """Go on only with ``permission``.

        Raises:
            Refused: this principal lacks it.
        """
        if permission not in self.permissions:
            raise Refused(
                f"This needs the permission {permission}.",
                code="not_permitted",
                field="permission",
                value=str(permission),
                hint="ask an admin for a role that carries it, or use a key with that scope",
            )

    def speaking_as(self, claimed: str | None) -> str:
        """The name for the record: its own, and ``claimed`` only from a process, which speaks for whoever runs it."""
        return claimed if self.kind == "process" and claimed else self.name


LOCAL: Final = Principal(name="local", kind="process", permissions=ALL_PERMISSIONS, display_name="This machine")
"""A caller in the same process, or anybody where access is open."""
OPERATOR: Final = Principal(name="operator", kind="process", permissions=ALL_PERMISSIONS, display_name="Operator")
"""Whoever can read the operator's key file: the account that runs the server."""
