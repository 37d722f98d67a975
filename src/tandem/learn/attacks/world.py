"""The events of an attack in order of time: a town's honest life, then the same life with somebody attacking it."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from typing import Any, Final, Protocol

import msgspec
import pyarrow as pa

from tandem.kernel.time import DAY
from tandem.learn.attacks.definitions import AttackAsked, AttackLever
from tandem.learn.simulator import (
    APPLICATION,
    MOVEMENT,
    TRANSFER,
    Adaptive,
    AdaptiveAttacker,
    ApplicationWorld,
    AttackKind,
    Batch,
    Layout,
    Town,
    attacked,
    honest_applications,
    honest_movements,
    honest_transfers,
    stage_of,
    to_table,
)

__all__ = ["Happened", "PlayedWorld", "open_world"]

_EACH_DAY: Final = 0.04
"""Events of one honest person a day, in the mean."""
_HONEST: Final[dict[Layout, Callable[[Town], Batch]]] = {
    APPLICATION: honest_applications,
    MOVEMENT: honest_movements,
    TRANSFER: honest_transfers,
}


class Happened(msgspec.Struct, frozen=True):
    """One simulated event, with the truth beside it.

    Attributes:
        row: the simulated fields.
        attack: whether attackers made it; fraud: whether it is fraud (a sleeper's good purchase is not).
        group: its ring, wave or chain; empty for honest people.
        live: whether it lies in the attack's time, and is decided on; before that it is only taken in.
    """

    event_id: str
    at: int
    row: dict[str, Any]
    attack: bool
    fraud: bool
    group: str
    role: str
    loss_minor: int
    live: bool


class PlayedWorld(Protocol):
    """Events in order of time; whoever attacks may be told what came of the last one."""

    begin: int
    end: int
    total: int

    def __iter__(self) -> Iterator[Happened]:
        """Every event, in order of time."""
        ...

    def told(self, event: Happened, *, approved: bool) -> None:
        """What was decided on an attempt."""
        ...

    @property
    def levers(self) -> tuple[AttackLever, ...]:
        """What an adaptive attacker has learned."""
        ...


def open_world(asked: AttackAsked, kind: AttackKind) -> PlayedWorld:
    """The world that follows from the dials and the seed."""
    days = asked.warm_up_days + asked.days
    world = ApplicationWorld(
        customers=asked.customers, days=days, applications_each=_EACH_DAY * days, seed=asked.seed, label_delay_days=7
    )
    town = Town.settle(world)
    layout = kind.event
    honest = _HONEST[layout](town)
    intensity = kind.intensity if asked.intensity is None else asked.intensity
    disguise = kind.disguise if asked.disguise is None else asked.disguise
    attack = kind.make(intensity, disguise)
    begin, end = world.start + asked.warm_up_days * DAY, world.start + days * DAY
    if isinstance(attack, Adaptive):
        attacker = attack.attacker(stage_of(town, honest, asked.warm_up_days))
        return _Interactive(_table(honest, layout, world), layout, begin, end, attacker, world.label_delay)
    return _Played(_table(attacked(town, honest, [attack], asked.warm_up_days), layout, world), layout, begin, end)


def _table(events: Batch, layout: Layout, world: ApplicationWorld) -> pa.Table:
    return to_table(events, label_delay=world.label_delay, layout=layout)


class _Played:
    """A world that is known from its beginning to its end."""

    def __init__(self, table: pa.Table, layout: Layout, begin: int, end: int) -> None:
        self.begin, self.end, self.total = begin, end, table.num_rows
        self._table, self._layout = table, layout

    def __iter__(self) -> Iterator[Happened]:
        return _happened(self._table, self._layout, self.begin)

    def told(self, event: Happened, *, approved: bool) -> None:
        """Nobody listens."""

    @property
    def levers(self) -> tuple[AttackLever, ...]:
        return ()


class _Interactive:
    """A world in which the attacker waits for an answer before the next attempt."""

    def __init__(
        self, honest: pa.Table, layout: Layout, begin: int, end: int, attacker: AdaptiveAttacker, label_delay: int
    ) -> None:
        self.begin, self.end, self.total = begin, end, honest.num_rows
        self._honest, self._layout = honest, layout
        self._attacker, self._label_delay = attacker, label_delay
        self._tries = 0

    def __iter__(self) -> Iterator[Happened]:
        return heapq.merge(
            _happened(self._honest, self._layout, self.begin), self._attempts(), key=lambda event: event.at
        )

    def _attempts(self) -> Iterator[Happened]:
        """The next attempt is made only when the last one was answered: whoever iterates asks for it after ``told``."""
        while (made := self._attacker.attempt()) is not None:
            self._tries += 1
            table = to_table(made, label_delay=self._label_delay, layout=self._layout, prefix=f"try-{self._tries:04d}")
            yield from _happened(table, self._layout, self.begin)

    def told(self, event: Happened, *, approved: bool) -> None:
        if event.attack:
            self._attacker.told(approved=approved)

    @property
    def levers(self) -> tuple[AttackLever, ...]:
        return tuple(
            AttackLever(lever=one.lever, passes=one.passes, stopped=one.stopped) for one in self._attacker.levers
        )


def _happened(table: pa.Table, layout: Layout, begin: int) -> Iterator[Happened]:
    times = table["occurred_at"].cast(pa.int64()).to_pylist()
    fields = {name: table[name].to_pylist() for name in layout.fields}
    truth = [table[name].to_pylist() for name in ("event_id", "attack", "fraud", "ring", "role", "loss_minor")]
    for place, (event_id, attack, fraud, ring, role, loss) in enumerate(zip(*truth, strict=True)):
        at = times[place]
        row = {name: column[place] for name, column in fields.items()}
        yield Happened(event_id, at, row, bool(attack), fraud, ring, role, loss, at >= begin)
