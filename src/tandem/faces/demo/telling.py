"""What came of it: figures of the metric centre, the same as on the page, and what the callers themselves measured."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

import httpx
import msgspec

from tandem.faces.demo.playing import Played, Server
from tandem.kernel.errors import Unavailable

if TYPE_CHECKING:
    from tandem.faces.demo.learning import Learned

__all__ = ["Arrears", "Figure", "Ring", "Told", "first_ring", "tell"]

_PATIENCE_S: Final = 600.0
_METRICS: Final = (
    ("loan_approval_rate", "real applications, random hold-out"),
    ("loan_bad_rate_rules_only", "real outcomes of the hold-out"),
    ("loan_bad_rate_same_approval", "real outcomes of the hold-out"),
    ("loan_bad_rate_approved", "real outcomes of the hold-out"),
    ("accounts_warned", "real accounts, their last month"),
    ("defaults_warned", "real defaults of the month after"),
    ("warnings_right", "real defaults of the month after"),
    ("card_fraud_caught_100_alerts", "SIMULATED payments"),
    ("card_fraud_blocked", "SIMULATED payments"),
    ("checkout_fraud_stopped", "SIMULATED applications at the till"),
    ("checkout_honest_undisturbed", "SIMULATED applications at the till"),
)
_SIMULATED: Final = {"card_fraud": "payments", "checkout_fraud": "applications"}


class Figure(msgspec.Struct, frozen=True):
    """One line: a stable name, what it says, the number, how to show it, what it was measured on."""

    id: str
    name: str
    value: float | None
    shown: str
    basis: str


class Told(msgspec.Struct, frozen=True):
    """All figures, and the seconds from the start to the last of them."""

    figures: list[Figure]
    seconds: float


class Ring(msgspec.Struct, frozen=True):
    """A ring that formed: its page, the explorer's page on its first member, and what it is in words."""

    page: str
    explorer: str
    words: str


class Arrears(msgspec.Struct, frozen=True):
    """What became of the lines that were late: how many were, how many contacts went out, how many paid what was due."""

    late: int
    contacted: int
    cured: int


def first_ring(server: Server) -> Ring | None:
    """Look for rings now; the one that is to be looked at first.

    Raises:
        Unavailable: the server does not look.
    """
    looked = httpx.post(f"{server.address}/v1/rings/refresh", headers=server.headers, json={}, timeout=_PATIENCE_S)
    if not looked.is_success:
        raise Unavailable(f"The server does not look for rings: {looked.text}", code="demo_rings")
    wanted: dict[str, str | int] = {"order": "score", "limit": 1}
    answer = httpx.get(f"{server.address}/v1/rings", params=wanted, headers=server.headers, timeout=_PATIENCE_S)
    found = answer.json()["rings"]
    if not found:
        return None
    ring = found[0]
    page = f"/rings/{ring['ring_id']}"
    detail = httpx.get(f"{server.address}/v1{page}", headers=server.headers, timeout=_PATIENCE_S).json()
    at = {"graph": ring["graph"], "at": f"{ring['member_kind']}:{detail['members'][0]['member']}"}
    return Ring(page, f"/graph?{urlencode(at)}", ring["words"]["en"])


def tell(
    server: Server,
    models: Mapping[str, Learned],
    decided: Mapping[str, Played],
    arrears: Arrears,
    *,
    outcomes: int,
    started: float,
) -> Told:
    """The table, once the lake has taken in everything that was played.

    Args:
        models: what was learned, by name.
        decided: what was played live, by what it was.
        arrears: what became of who was late.
        outcomes: how many there are in all.
        started: when all of it began, by ``time.perf_counter``.

    Raises:
        Unavailable: the lake does not catch up.
    """
    figures = [_trained(name, learned.result) for name, learned in models.items()]
    numbers = _settled(server, outcomes)
    for name, basis in _METRICS:
        one = numbers[name]
        figures.append(Figure(name, one["title"]["en"], one["value"], _shown(one["value"], one["unit"]), basis))
    figures += _of_arrears(arrears)
    for name, played in decided.items():
        figures += _speed(name, played)
    return Told(figures, time.perf_counter() - started)


def _trained(name: str, result: Any) -> Figure:
    figures = result.test[result.champion]
    basis = {"out_of_time": "out-of-time test", "random_hold_out": "random hold-out"}.get(result.split.kind, "test")
    if name in _SIMULATED:
        basis += f", SIMULATED {_SIMULATED[name]}"
    auc = figures.auc
    shown = f"{auc.value:.3f} [{auc.low:.3f}, {auc.high:.3f}]"
    return Figure(
        f"{name}_auc", f"AUC of {name} ({result.champion})", auc.value, shown, f"{basis}, {figures.rows:,} rows"
    )


def _of_arrears(arrears: Arrears) -> list[Figure]:
    return [
        Figure("lines_late", "Card lines in arrears", arrears.late, f"{arrears.late:,}", "real limits, bills and payments"),
        Figure(
            "lines_contacted", "Contacts made by e-mail", arrears.contacted, f"{arrears.contacted:,}",
            "SIMULATED addresses; within the conduct rules",
        ),
        Figure("lines_cured", "Lines that paid what was due", arrears.cured, f"{arrears.cured:,}", "real: no default after"),
    ]  # fmt: skip


def _settled(server: Server, outcomes: int) -> dict[str, Any]:
    """The metrics, once every outcome is in the lake."""
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        answer = httpx.get(f"{server.address}/v1/metrics", headers=server.headers, timeout=60)
        found = {one["name"]: one for one in answer.json()["metrics"]}
        if found.get("outcomes_known", {}).get("value") == outcomes:
            return found
        time.sleep(0.5)  # the lake takes in the journal every few seconds
    raise Unavailable("The lake did not take in what was played.", code="demo_lake")


def _speed(name: str, played: Played) -> list[Figure]:
    ordered = sorted(played.latencies_ms)
    basis = f"{len(ordered):,} durable decisions over HTTP, 16 callers"
    made = []
    for percent in (50, 99):
        value = ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
        title = f"latency p{percent}, {name} decision"
        made.append(Figure(f"latency_{name}_p{percent}", title, value, f"{value:.1f} ms", basis))
    return made


def _shown(value: float | None, unit: str) -> str:
    if value is None:
        return "not known"
    return f"{100 * value:.1f} %" if unit == "share" else f"{value:,.0f} {unit}".strip()
