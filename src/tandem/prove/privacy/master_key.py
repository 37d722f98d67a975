"""The master key: one secret outside every database, from which all other keys are derived.

Each purpose gets a key of its own by HKDF-SHA256 (RFC 5869) with the purpose and the workspace in ``info``, so a key of
one purpose or workspace tells nothing about another. The key's *check value* is stored with the data, so that a process
started with the wrong key refuses instead of writing what nobody can ever read together.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tandem.kernel.errors import InvalidInput, Refused
from tandem.kernel.identity import Entropy

__all__ = ["MasterKey", "load_master_key"]

_LENGTH = 32
_MODE = 0o600


class MasterKey:
    """32 secret bytes; hands out derived keys and never itself."""

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) != _LENGTH:
            raise InvalidInput(
                "A master key has 32 bytes.", code="invalid_master_key", field="master_key", hint="64 hex digits"
            )
        self._secret = secret

    def derive(self, purpose: str, workspace: str = "") -> bytes:
        """The 32-byte key for ``purpose`` in ``workspace``; the same for ever."""
        names = [purpose.encode(), workspace.encode()]
        info = b"tandem/1" + b"".join(len(name).to_bytes(4, "big") + name for name in names)
        return HKDF(algorithm=SHA256(), length=_LENGTH, salt=None, info=info).derive(self._secret)

    @property
    def check_value(self) -> str:
        """16 hex digits that tell two master keys apart and reveal neither."""
        return self.derive("check").hex()[:16]

    def __repr__(self) -> str:
        return "MasterKey(...)"


def load_master_key(path: Path, *, override: str | None = None, entropy: Entropy) -> MasterKey:
    """The master key of ``override`` (64 hex digits, from the environment), else of the file, else a new one.

    A new key is written with mode 0600 and fsynced before it is used: data sealed under a key that a power cut takes
    away would be erased data.

    Raises:
        Refused: others than the owner may read the file.
        InvalidInput: not 64 hex digits.
    """
    if override is not None:
        return _from_hex(override, "the override")
    if not path.exists():
        _create(path, entropy)
    mode = path.stat().st_mode & 0o777
    if mode & 0o077:
        raise Refused(
            f"Others may read the master key: {path} has mode {mode:04o}.",
            code="master_key_exposed",
            hint=f"chmod 600 {path}, and consider the key known to whoever had access",
        )
    return _from_hex(path.read_text(encoding="ascii").strip(), str(path))


def _from_hex(text: str, source: str) -> MasterKey:
    try:
        secret = bytes.fromhex(text.strip())
    except ValueError:
        secret = b""
    if len(secret) != _LENGTH:
        # The value itself is never shown: it is most of a key.
        raise InvalidInput(
            f"{source} does not hold a master key.", code="invalid_master_key", hint="64 hex digits: 32 random bytes"
        )
    return MasterKey(secret)


def _create(path: Path, entropy: Entropy) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    key, draft = entropy.bytes(_LENGTH), path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key.hex().encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    # Whole or not at all: a crash in between must not leave a key file without a key, which no start could get past.
    with contextlib.suppress(FileExistsError):  # another process of the same start was first; its key is the key
        os.link(draft, path)
    draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
