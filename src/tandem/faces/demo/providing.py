"""What the example expects to lose: all accounts staged and the change posted, once, by its declared rules."""

from __future__ import annotations

from typing import Any, Final

import httpx

from tandem.faces.demo.playing import Server
from tandem.faces.demo.telling import Figure
from tandem.kernel.errors import Unavailable
from tandem.kernel.money import Money

__all__ = ["provide"]

_TIMEOUT_S: Final = 600.0
_FLOOR: Final = "PD real (default in the next month), LGD and CCF a regulator's floors (Basel), not estimates"


def provide(server: Server) -> list[Figure]:
    """Run the provisions of today; the figures of what that came to.

    Raises:
        Unavailable: the server does not.
    """
    answer = httpx.post(
        f"{server.address}/v1/provisions", headers=server.headers, json={"by": "demo"}, timeout=_TIMEOUT_S
    )
    if not answer.is_success:
        raise Unavailable(f"The server measures no provisions: {answer.text}", code="demo_provisions")
    return [figure for book in answer.json()["books"] for figure in _figures(book)]


def _figures(book: dict[str, Any]) -> list[Figure]:
    currency = book["currency"]
    loss, owed = (Money(book[name], currency).major() for name in ("allowance_minor", "gross_minor"))
    found = [
        Figure(
            f"allowance_{currency.lower()}", f"Expected loss, posted ({currency})", float(loss),
            f"{loss:,.0f} of {owed:,.0f}", _FLOOR,
        )
    ]  # fmt: skip
    found += [
        Figure(
            f"stage_{one['stage']}_accounts", f"Accounts in stage {one['stage']}", one["accounts"],
            f"{one['accounts']:,}", "IFRS 9 by the example's rules",
        )
        for one in book["stages"]
    ]  # fmt: skip
    return found
