"""Who works at the example lender: two people whose links are printed, because some things take two.

Whoever comes in by the first link is an admin, and an admin invites but does not touch accounts. So two more wait: one who works on
accounts and with customers in arrears, and one who agrees to what the first proposed. Alone, open each in a browser of its own
(a private window is one): the house lets nobody agree to their own.
"""

from __future__ import annotations

from typing import Final

import httpx
import msgspec

from tandem.faces.demo.playing import Server
from tandem.kernel.errors import Unavailable

__all__ = ["Invited", "invite"]

_TIMEOUT_S: Final = 60.0


class Invited(msgspec.Struct, frozen=True):
    """Somebody whose link waits.

    Attributes:
        name: that they sign in with. link: works once, and asks for a password.
        page: where to begin. does: what they do, in words.
    """

    name: str
    link: str
    page: str
    does: str


_PEOPLE: Final = (
    (
        "lin", "Lin", ["analyst", "servicer", "collector"], "/accounts",
        "works on accounts, collections and cases; proposes what costs the lender money",
    ),
    (
        # An admin too: if this link is the first that is taken, somebody still can invite.
        "wu", "Wu", ["admin", "approver", "servicer"], "/proposals",
        "agrees to what Lin proposed, or declines; in another browser or a private window",
    ),
)  # fmt: skip


def invite(server: Server) -> list[Invited]:
    """Add them, and give their links.

    Raises:
        Unavailable: the server does not.
    """
    found = []
    for name, shown, roles, page, does in _PEOPLE:
        body = {"name": name, "display_name": shown, "roles": roles}
        answer = httpx.post(f"{server.address}/v1/people", headers=server.headers, json=body, timeout=_TIMEOUT_S)
        if not answer.is_success:
            raise Unavailable(f"The server invites nobody: {answer.text}", code="demo_people")
        found.append(Invited(name, server.address + answer.json()["path"], page, does))
    return found
