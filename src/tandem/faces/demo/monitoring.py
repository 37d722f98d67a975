"""After the loan: what the example's borrowers do with it, and what monitoring makes of that.

The movements are SIMULATED, and so is who misuses funds: no public data say either. Their calendar is ours: three weeks up to
last midnight, although the loans were signed just now. Everything else is as a lender would have it: each movement is decided
on, and the lender's own policy grades the borrower's account and flags it.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from typing import Any, Final

import httpx
import msgspec

from tandem.decide.policy import marks_of
from tandem.faces.demo.playing import Server
from tandem.faces.demo.sources import Movements, movement_documents
from tandem.faces.demo.telling import Figure
from tandem.kernel.errors import Unavailable
from tandem.kernel.time import DAY, Micros
from tandem.learn.simulator import ApplicationWorld

__all__ = ["Watched", "moves_of", "watched"]

_DAYS: Final = 21
_HONEST_DAYS: Final = 7
"""Days before anybody misuses anything: what is usual has to be known first."""
_TOWN: Final = 1_000
"""People, of whom a third moves anything: enough for some hundred accounts, and some seconds."""
_SEED: Final = 8
_PATIENCE_S: Final = 60.0
_BASIS: Final = "SIMULATED movements"


class Watched(msgspec.Struct, frozen=True):
    """What came of it: figures for the table, and the page of an account that is flagged, if one is."""

    figures: list[Figure]
    page: str | None


def moves_of(loans: Mapping[str, str], *, now: Micros) -> Movements:
    """What some hundred of those who hold ``loans`` do with them, up to last midnight.

    Args:
        loans: person to account.
    """
    start = Micros((now // DAY - _DAYS) * DAY)
    world = ApplicationWorld(customers=_TOWN, days=_DAYS, start=start, seed=_SEED)
    return movement_documents(world, list(loans), from_day=_HONEST_DAYS)


def watched(
    server: Server, moved: Movements, answers: Mapping[str, Mapping[str, Any]], loans: Mapping[str, str]
) -> Watched:
    """What monitoring says of the accounts whose borrowers moved anything, once their grades stand.

    An account counts as flagged where a decision flagged it, whether or not a later one found it sound again.

    Args:
        answers: to each of the movements, by event id.
        loans: person to account.

    Raises:
        Unavailable: the server does not tell, or does not grade them.
    """
    graded, flagged = set(), set()
    for document in moved.documents:
        marks, person = marks_of(answers[document["event_id"]]["actions"]), document["values"]["person"]
        graded |= {person} if marks else set()
        flagged |= {person} if marks and marks.flags else set()
    stand = _standing(server, {loans[person] for person in graded})
    still = [account for account, one in stand.items() if one["flags"]]
    misused = [account for account in still if account in {loans[person] for person in moved.misusing}]
    shown = next(iter(sorted(misused) or sorted(still)), None)
    return Watched(
        [
            Figure("accounts_monitored", "Loans monitored", len(stand), f"{len(stand):,}", _basis(moved)),
            Figure(
                "accounts_flagged", "Loans flagged", len(flagged), f"{len(flagged):,}",
                f"{_BASIS}; the flag of {len(still):,} still stands",
            ),
            _share("misuse_flagged", "Flagged, of those who misuse funds", flagged, moved.misusing),
            _share("honest_flagged", "Flagged, of the honest", flagged, moved.honest),
        ],
        None if shown is None else f"/accounts/{shown}",
    )  # fmt: skip


def _basis(moved: Movements) -> str:
    return f"{_BASIS}, {len(moved.documents):,} decided on"


def _share(name: str, title: str, flagged: Collection[str], of: frozenset[str]) -> Figure:
    found = len(of.intersection(flagged))
    return Figure(name, title, found / len(of) if of else None, f"{found:,} of {len(of):,}", _BASIS)


def _standing(server: Server, accounts: Collection[str]) -> dict[str, dict[str, Any]]:
    """How each of ``accounts`` stands, once all have a grade or flags and nothing moves any more."""
    deadline = time.monotonic() + _PATIENCE_S
    before: dict[str, Any] | None = None
    with httpx.Client(base_url=server.address, headers=server.headers, timeout=_PATIENCE_S) as client:
        while time.monotonic() < deadline:
            found = {account: _read(client.get(f"/v1/accounts/{account}"))["standing"] for account in sorted(accounts)}
            if None not in found.values() and found == before:
                return found
            before = found
            time.sleep(0.5)  # grades follow decisions within a moment
    raise Unavailable("The accounts are not graded.", code="demo_monitoring")


def _read(answer: httpx.Response) -> dict[str, Any]:
    if not answer.is_success:
        raise Unavailable(f"The server refused: {answer.text}", code="demo_refused")
    found: dict[str, Any] = answer.json()
    return found
