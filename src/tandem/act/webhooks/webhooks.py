"""Webhooks of one workspace: what people do with them, and the courier that serves them."""

from __future__ import annotations

import msgspec

from tandem.act.webhooks.courier import Courier
from tandem.act.webhooks.messages import test_body
from tandem.act.webhooks.outbox import Outbox
from tandem.act.webhooks.sending import Sender
from tandem.act.webhooks.signing import secret_of, shown_secret
from tandem.act.webhooks.types import SUBSCRIPTIONS_MAX, TEST_KIND, Delivery, DeliveryState, Subscription, Wanted
from tandem.kernel.errors import Conflict, InvalidInput, TooLarge
from tandem.kernel.identity import Entropy, new_id
from tandem.kernel.outward import Networks, check_url
from tandem.kernel.time import Clock
from tandem.observe.journal import Journal

__all__ = ["Change", "Webhooks"]


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be another; None stays as it is.

    Attributes:
        enabled: True also serves again one that paused itself, and tries at once.
        skip_waiting: let go of what waits, and go on with what happens from now on.
    """

    url: str | None = None
    wanted: Wanted | None = None
    description: str | None = None
    enabled: bool | None = None
    skip_waiting: bool = False


class Webhooks:
    """Safe to call from several threads. Nothing is sent before ``start``.

    Args:
        key: the workspace's key of webhooks: 32 bytes.
        inside: networks that may be reached besides the public internet.
        sender: how requests are made; the real one where None.
    """

    def __init__(
        self,
        journal: Journal,
        outbox: Outbox,
        key: bytes,
        *,
        inside: Networks = (),
        clock: Clock,
        entropy: Entropy,
        sender: Sender | None = None,
    ) -> None:
        self._journal = journal
        self._outbox = outbox
        self._key = key
        self._inside = inside
        self._clock = clock
        self._entropy = entropy
        self.courier = Courier(journal, outbox, key, sender or Sender(inside), clock=clock, entropy=entropy)
        self._return_to(journal.head.seq)

    def start(self) -> None:
        """Begin to deliver."""
        self.courier.start()

    def close(self) -> None:
        """Stop delivering and release the outbox; what waits is sent after the next start."""
        self.courier.stop()
        self._outbox.close()

    # -- what people do --------------------------------------------------------------------------------------------

    def all(self) -> list[Subscription]:
        """All subscriptions, in the order they were made."""
        return self._outbox.subscriptions()

    def find(self, identifier: str) -> Subscription:
        """One subscription.

        Raises:
            NotFound: none has this id.
        """
        return self._outbox.subscription(identifier)

    def counts(self, identifier: str) -> dict[str, int]:
        """How many of its messages are in each state."""
        return self._outbox.counts(identifier)

    def create(self, url: str, wanted: Wanted, *, owner: str, description: str = "") -> tuple[Subscription, str]:
        """A new subscription to what happens from now on, and its secret, which is shown this once.

        Raises:
            InvalidInput: the URL may not be a receiver's, or nothing is wanted.
            TooLarge: there are too many.
        """
        check_url(url, self._inside)
        _check(wanted)
        if len(self._outbox.subscriptions()) >= SUBSCRIPTIONS_MAX:
            raise TooLarge(
                f"More than {SUBSCRIPTIONS_MAX} webhooks.",
                code="too_many_webhooks",
                hint="delete one that nobody needs",
            )
        now = self._clock.now()
        made = Subscription(
            id=new_id("whk", self._clock, self._entropy),
            url=url,
            wanted=wanted,
            description=description,
            owner=owner,
            enabled=True,
            created_at=now,
            updated_at=now,
            reached=self._journal.head.seq,
        )
        self._outbox.save(made)
        return made, self._secret(made)

    def change(self, identifier: str, change: Change) -> Subscription:
        """A subscription with another URL, filter, description or state.

        Raises:
            NotFound: none has this id.
            InvalidInput: the URL may not be a receiver's, or nothing is wanted.
        """
        found = self._outbox.subscription(identifier)
        if change.url is not None:
            check_url(change.url, self._inside)
        if change.wanted is not None:
            _check(change.wanted)
        changed = msgspec.structs.replace(
            found,
            url=found.url if change.url is None else change.url,
            wanted=change.wanted or found.wanted,
            description=found.description if change.description is None else change.description,
            enabled=found.enabled if change.enabled is None else change.enabled,
            updated_at=self._clock.now(),
        )
        self._outbox.save(changed)
        if change.skip_waiting:
            self._outbox.skip(identifier, self._journal.head.seq)
        if change.enabled:
            self._outbox.resume(identifier)
        return self._outbox.subscription(identifier)

    def rotate(self, identifier: str) -> tuple[Subscription, str]:
        """A new secret; the one before signs along for a day, so that the receiver can be changed in peace.

        Raises:
            NotFound: none has this id.
        """
        found = self._outbox.subscription(identifier)
        now = self._clock.now()
        changed = msgspec.structs.replace(found, generation=found.generation + 1, rotated_at=now, updated_at=now)
        self._outbox.save(changed)
        return changed, self._secret(changed)

    def delete(self, identifier: str) -> None:
        """Forget a subscription and its messages.

        Raises:
            NotFound: none has this id.
        """
        self._outbox.remove(identifier)

    # -- messages --------------------------------------------------------------------------------------------------

    def deliveries(
        self,
        identifier: str,
        *,
        limit: int,
        before: int | None = None,
        state: DeliveryState | None = None,
        kind: str | None = None,
    ) -> list[Delivery]:
        """Messages of a subscription, newest first.

        Raises:
            NotFound: none has this id.
        """
        return self._outbox.page(identifier, limit=limit, before=before, state=state, kind=kind)

    def delivery(self, identifier: str, delivery: str) -> Delivery:
        """One message.

        Raises:
            NotFound: no such subscription or message.
        """
        return self._outbox.delivery(identifier, delivery)

    def send_again(self, identifier: str, delivery: str) -> Delivery:
        """Send a message again, now, once, under the same id; blocks until the receiver has answered or the time is up.

        Raises:
            NotFound: no such subscription or message.
            Conflict: it still waits for its turn.
            Unavailable: this process delivers nothing.
        """
        subscription = self._outbox.subscription(identifier)
        found = self._outbox.delivery(identifier, delivery)
        if found.state == "waiting":
            raise Conflict(
                "The message waits for its turn.",
                code="still_waiting",
                field="delivery_id",
                value=delivery,
                hint="enable the webhook again to have it tried at once",
            )
        attempt = self.courier.attempt_now(subscription, found)
        self._outbox.note(found.id, "delivered" if attempt.taken else found.state, attempt, None)
        return self._outbox.delivery(identifier, delivery)

    def send_test(self, identifier: str) -> Delivery:
        """Send a test, now, once; blocks until the receiver has answered or the time is up.

        Raises:
            NotFound: none has this id.
            Unavailable: this process delivers nothing.
        """
        subscription = self._outbox.subscription(identifier)
        now = self._clock.now()
        test = Delivery(
            number=0,
            id=new_id("msg", self._clock, self._entropy),
            subscription=identifier,
            seq=0,
            kind=TEST_KIND,
            body=test_body(identifier, now),
            created_at=now,
            state="failed",
        )
        self._outbox.note_test(test, self.courier.attempt_now(subscription, test))
        return self._outbox.delivery(identifier, test.id)

    def _secret(self, subscription: Subscription) -> str:
        return shown_secret(secret_of(self._key, subscription.id, subscription.generation))

    def _return_to(self, head: int) -> None:
        """A journal restored from a backup may be shorter than what was read of it: go on at its end."""
        for each in self._outbox.subscriptions():
            if each.reached > head:
                self._outbox.go_back(each.id, head)


def _check(wanted: Wanted) -> None:
    if not wanted.kinds:
        raise InvalidInput("A webhook wants to hear of something.", code="nothing_wanted", field="kinds")
