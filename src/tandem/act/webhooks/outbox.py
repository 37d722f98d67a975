"""The outbox: subscriptions, how far each was fed, and its next and last messages, in one SQLite file.

A message and the place it was read from are written in one transaction, and so are an attempt and what it means for its
subscription. Whatever a crash cuts off is undone as a whole, and read from the journal, or sent, again.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path

import msgspec

from tandem.act.webhooks.types import (
    DEAD_KEPT,
    DELIVERED_KEPT,
    Attempt,
    Delivery,
    DeliveryState,
    Message,
    Subscription,
    Wanted,
)
from tandem.kernel.errors import NotFound, Unavailable
from tandem.kernel.time import Micros

__all__ = ["Outbox"]

_SUBSCRIPTION = tuple(field.name for field in msgspec.structs.fields(Subscription))
_DELIVERY = tuple(field.name for field in msgspec.structs.fields(Delivery))
_ONE = f"SELECT {', '.join(_SUBSCRIPTION)} FROM subscription WHERE id = ?"  # noqa: S608 - names of columns
_ALL = f"SELECT {', '.join(_SUBSCRIPTION)} FROM subscription ORDER BY created_at, id"  # noqa: S608
# What people decide of a subscription; the rest is the courier's, who may be writing it at this moment.
_OF_PEOPLE = ("url", "wanted", "description", "enabled", "updated_at", "generation", "rotated_at")
_WRITE = (
    f"INSERT INTO subscription ({', '.join(_SUBSCRIPTION)}) VALUES ({', '.join('?' * len(_SUBSCRIPTION))}) "  # noqa: S608
    f"ON CONFLICT (id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _OF_PEOPLE)}"
)
_RESUME = "UPDATE subscription SET paused = NULL, failures = 0, failing_since = NULL, due_at = 0 WHERE id = ?"
_DELIVERIES = f"SELECT {', '.join(_DELIVERY)} FROM delivery"  # noqa: S608
_FEED = (
    "INSERT OR IGNORE INTO delivery (id, subscription, seq, kind, body, created_at, state) "
    "SELECT ?, id, ?, ?, ?, ?, 'waiting' FROM subscription WHERE id = ?"
)
_TRIED = (
    "UPDATE delivery SET state = ?, attempts = attempts + 1, attempted_at = ?, status = ?, error = ?, took_ms = ? "
    "WHERE id = ?"
)
_TEST = (
    "INSERT INTO delivery (id, subscription, seq, kind, body, created_at, state, attempts, attempted_at, status, error, "
    "took_ms) VALUES (?, ?, 0, ?, ?, ?, ?, 1, ?, ?, ?, ?)"
)
_PRUNE = "DELETE FROM delivery WHERE state IN ('delivered', 'failed') AND attempted_at < ?"
_PRUNE_DEAD = "DELETE FROM delivery WHERE state = 'dead' AND attempted_at < ?"


class Outbox:
    """Safe to call from several threads; every call is one transaction.

    Args:
        path: the file; made where there is none.

    Raises:
        Unavailable: the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.RLock()
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            # A power cut may take the last transactions with it, place and messages alike: they are made again.
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute("PRAGMA foreign_keys = ON")
            self._db.executescript(resources.files(__package__ or "").joinpath("schema.sql").read_text("utf-8"))
        except sqlite3.Error as error:
            raise Unavailable(f"The outbox of webhooks cannot be used: {error}.", code="outbox_unavailable") from error

    # -- subscriptions ---------------------------------------------------------------------------------------------

    def subscriptions(self) -> list[Subscription]:
        """All, in the order they were made."""
        with self._reading() as db:
            return [_subscription(row) for row in db.execute(_ALL)]

    def subscription(self, identifier: str) -> Subscription:
        """The one with this id.

        Raises:
            NotFound: none has it.
        """
        with self._reading() as db:
            row = db.execute(_ONE, (identifier,)).fetchone()
        if row is None:
            raise NotFound("No webhook has this id.", code="unknown_webhook", field="webhook_id", value=identifier)
        return _subscription(row)

    def save(self, subscription: Subscription) -> None:
        """Keep a subscription as people want it; on disk on return, also through a power cut."""
        with self._writing(sure=True) as db:
            db.execute(_WRITE, _row(subscription))

    def resume(self, identifier: str) -> None:
        """Serve a subscription again, from now on, as if it had never failed."""
        with self._writing(sure=True) as db:
            db.execute(_RESUME, (identifier,))

    def remove(self, identifier: str) -> None:
        """Forget a subscription and its messages.

        Raises:
            NotFound: none has this id.
        """
        with self._writing(sure=True) as db:
            self.subscription(identifier)
            db.execute("DELETE FROM subscription WHERE id = ?", (identifier,))

    # -- messages ----------------------------------------------------------------------------------------------------

    def feed(self, reached: Mapping[str, int], messages: Sequence[tuple[str, Message]]) -> None:
        """Put messages in the outbox of subscriptions, and note how far each subscription was fed."""
        with self._writing() as db:
            db.executemany(
                _FEED,
                [(_message_id(to, each), each.seq, each.kind, each.body, each.at, to) for to, each in messages],
            )
            db.executemany(
                "UPDATE subscription SET reached = max(reached, ?) WHERE id = ?",
                [(seq, identifier) for identifier, seq in reached.items()],
            )

    def waiting(self) -> dict[str, int]:
        """How many messages wait, by subscription."""
        with self._reading() as db:
            found = db.execute(
                "SELECT subscription, count(*) FROM delivery WHERE state = 'waiting' GROUP BY subscription"
            )
            return dict(found.fetchall())

    def counts(self, identifier: str) -> dict[str, int]:
        """How many messages of a subscription are in each state."""
        with self._reading() as db:
            found = db.execute(
                "SELECT state, count(*) FROM delivery WHERE subscription = ? GROUP BY state", (identifier,)
            )
            return dict(found.fetchall())

    def following(self, identifier: str) -> Delivery | None:
        """The next message of a subscription, in the order of the journal."""
        with self._reading() as db:
            row = db.execute(
                f"{_DELIVERIES} WHERE state = 'waiting' AND subscription = ? ORDER BY seq LIMIT 1", (identifier,)
            ).fetchone()
        return None if row is None else _delivery(row)

    def delivery(self, subscription: str, identifier: str) -> Delivery:
        """One message.

        Raises:
            NotFound: the subscription has no such message.
        """
        self.subscription(subscription)
        with self._reading() as db:
            row = db.execute(f"{_DELIVERIES} WHERE subscription = ? AND id = ?", (subscription, identifier)).fetchone()
        if row is None:
            raise NotFound(
                "The webhook has no such delivery.", code="unknown_delivery", field="delivery_id", value=identifier
            )
        return _delivery(row)

    def page(
        self,
        subscription: str,
        *,
        limit: int,
        before: int | None = None,
        state: DeliveryState | None = None,
        kind: str | None = None,
    ) -> list[Delivery]:
        """Messages of a subscription, newest first."""
        self.subscription(subscription)
        with self._reading() as db:
            rows = db.execute(
                f"{_DELIVERIES} WHERE subscription = :subscription AND (:before IS NULL OR number < :before) "
                "AND (:state IS NULL OR state = :state) AND (:kind IS NULL OR kind = :kind) "
                "ORDER BY number DESC LIMIT :limit",
                {"subscription": subscription, "before": before, "state": state, "kind": kind, "limit": limit},
            ).fetchall()
        return [_delivery(row) for row in rows]

    def note(self, delivery: str, state: DeliveryState, attempt: Attempt, subscription: Subscription | None) -> None:
        """Write down an attempt, and the subscription after it where it changed."""
        with self._writing() as db:
            db.execute(_TRIED, (state, attempt.at, attempt.status, attempt.error, attempt.took_ms, delivery))
            if subscription is not None:
                db.execute(
                    "UPDATE subscription SET failures = ?, failing_since = ?, due_at = ?, paused = ? WHERE id = ?",
                    (
                        subscription.failures,
                        subscription.failing_since,
                        subscription.due_at,
                        subscription.paused,
                        subscription.id,
                    ),
                )

    def note_test(self, delivery: Delivery, attempt: Attempt) -> None:
        """Write down a test."""
        state = "delivered" if attempt.taken else "failed"
        with self._writing() as db:
            db.execute(
                _TEST,
                (
                    delivery.id,
                    delivery.subscription,
                    delivery.kind,
                    delivery.body,
                    delivery.created_at,
                    state,
                    attempt.at,
                    attempt.status,
                    attempt.error,
                    attempt.took_ms,
                ),
            )

    def skip(self, identifier: str, reached: int) -> None:
        """Let go of what waits for a subscription; it goes on after ``reached``."""
        with self._writing(sure=True) as db:
            db.execute("DELETE FROM delivery WHERE subscription = ? AND state = 'waiting'", (identifier,))
            db.execute("UPDATE subscription SET reached = ? WHERE id = ?", (reached, identifier))

    def go_back(self, identifier: str, reached: int) -> None:
        """Note that a subscription was fed no further than ``reached``."""
        with self._writing(sure=True) as db:
            db.execute("UPDATE subscription SET reached = ? WHERE id = ?", (reached, identifier))

    def prune(self, now: Micros) -> None:
        """Forget what was delivered long ago, and dead letters that nobody wanted."""
        with self._writing() as db:
            db.execute(_PRUNE, (now - DELIVERED_KEPT,))
            db.execute(_PRUNE_DEAD, (now - DEAD_KEPT,))

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._db.close()

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _reporting():
            yield self._db

    @contextlib.contextmanager
    def _writing(self, *, sure: bool = False) -> Iterator[sqlite3.Connection]:
        with self._lock, _reporting():
            self._db.execute(f"PRAGMA synchronous = {'FULL' if sure else 'NORMAL'}")
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")


def _message_id(subscription: str, message: Message) -> str:
    return f"msg_{subscription.removeprefix('whk_')}_{message.seq}_{message.mark}"


def _row(subscription: Subscription) -> list[object]:
    values = msgspec.structs.asdict(subscription)
    values["wanted"] = msgspec.json.encode(subscription.wanted).decode()
    return [values[name] for name in _SUBSCRIPTION]


def _subscription(row: Sequence[object]) -> Subscription:
    values = dict(zip(_SUBSCRIPTION, row, strict=True))
    values["wanted"] = msgspec.json.decode(str(values["wanted"]), type=Wanted)
    values["enabled"] = bool(values["enabled"])
    return msgspec.convert(values, Subscription)


def _delivery(row: Sequence[object]) -> Delivery:
    return Delivery(**dict(zip(_DELIVERY, row, strict=True)))  # type: ignore[arg-type]


@contextlib.contextmanager
def _reporting() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise Unavailable(f"The outbox of webhooks does not answer: {error}.", code="outbox_unavailable") from error
