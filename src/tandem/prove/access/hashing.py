"""Argon2id, and the few threads that compute it.

A hash is dear on purpose: tens of milliseconds and tens of megabytes. A thousand sign-ins at once must neither take
the memory of the machine nor the processor from decisions, so hashes are computed in few threads of low priority, and
whoever comes while too many wait is told to come back.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, Protocol, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError
from argon2.profiles import CHEAPEST

from tandem.kernel.errors import Unavailable
from tandem.kernel.identity import Entropy

__all__ = ["WAITING_MAX", "Argon2", "Hasher", "HashingThreads"]

WAITING_MAX: Final = 64
"""Sign-ins that wait for a thread or have one."""
_THREADS: Final = max(1, (os.cpu_count() or 1) // 2)
_NICE: Final = 10
_SALT: Final = 16

T = TypeVar("T")


class Hasher(Protocol):
    """How passwords are hashed: argon2id in production, a counting one in tests."""

    def hash(self, password: str) -> str:
        """A new hash of ``password``, with its parameters and salt inside."""
        ...

    def verify(self, password_hash: str, password: str) -> bool:
        """Whether ``password`` is the one; takes as long for yes as for no."""
        ...

    def outdated(self, password_hash: str) -> bool:
        """Whether it was made with other parameters than a new one would be."""
        ...


class Argon2:
    """Argon2id with 46 MiB, one pass, one lane: the first of OWASP's equal choices.

    Args:
        entropy: where salts come from.
        cheap: as weak as the algorithm goes; for data that lives no longer than the process.
    """

    def __init__(self, entropy: Entropy, *, cheap: bool = False) -> None:
        self._entropy = entropy
        given = PasswordHasher(time_cost=1, memory_cost=47_104, parallelism=1)
        self._argon2 = PasswordHasher.from_parameters(CHEAPEST) if cheap else given

    def hash(self, password: str) -> str:
        return self._argon2.hash(password, salt=self._entropy.bytes(_SALT))

    def verify(self, password_hash: str, password: str) -> bool:
        try:
            return self._argon2.verify(password_hash, password)
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False

    def outdated(self, password_hash: str) -> bool:
        return self._argon2.check_needs_rehash(password_hash)


class HashingThreads:
    """A bounded pool of low priority."""

    def __init__(self, *, threads: int = _THREADS, waiting_max: int = WAITING_MAX) -> None:
        self._room = threading.BoundedSemaphore(waiting_max)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="passwords", initializer=_stand_back)

    def submit(self, work: Callable[..., T], *given: Any) -> Future[T]:
        """Have ``work`` done in one of the threads.

        Raises:
            Unavailable: too many wait already.
        """
        if not self._room.acquire(blocking=False):
            raise Unavailable(
                "Too many people sign in at once.", code="sign_in_busy", retry_after_s=2, hint="try again in a moment"
            )
        try:
            future = self._pool.submit(work, *given)
        except BaseException:
            self._room.release()
            raise
        future.add_done_callback(lambda _: self._room.release())
        return future

    def close(self) -> None:
        """Let what is computed end; what waits is dropped."""
        self._pool.shutdown(cancel_futures=True)


def _stand_back() -> None:
    with contextlib.suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
