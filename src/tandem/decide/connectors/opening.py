"""From settings to a desk that asks."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tandem.decide.connectors.desk import ConnectorDesk, SecretOf
from tandem.decide.connectors.fetching import HttpFetch
from tandem.decide.connectors.store import CONNECTORS_FILE, KeptAnswers
from tandem.kernel.identity import Entropy, SystemEntropy
from tandem.kernel.outward import networks_of
from tandem.kernel.settings import Settings
from tandem.kernel.time import Clock, SystemClock
from tandem.prove.privacy import Vault, load_master_key

__all__ = ["open_connectors", "secrets_in"]

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,79}\Z")
_SECRET_MAX: Final = 4_096


@contextlib.contextmanager
def open_connectors(
    settings: Settings, vault: Vault, *, clock: Clock | None = None, entropy: Entropy | None = None
) -> Iterator[ConnectorDesk]:
    """The desk of the workspace whose vault this is.

    Raises:
        Unavailable: answers cannot be kept.
        InvalidInput: the setting ``connector_networks`` names no networks.
    """
    entropy = entropy or SystemEntropy()
    master = load_master_key(settings.master_key_file or settings.home / "keys" / "master.key", entropy=entropy)
    kept = KeptAnswers(settings.home / CONNECTORS_FILE, vault, master.derive("connectors", vault.workspace))
    desk = ConnectorDesk(
        settings.connectors,
        HttpFetch(networks_of(settings.connector_networks, "connector_networks")),
        kept,
        secret_of=secrets_in(settings.connector_secrets),
        clock=clock or SystemClock(),
        entropy=entropy,
    )
    try:
        yield desk
    finally:
        kept.close()


def secrets_in(folder: Path | None) -> SecretOf:
    """The secrets in ``folder``, one file each, called like the secret; read anew each time, so that one can be replaced."""

    def secret_of(name: str) -> str | None:
        if folder is None or not _NAME.match(name):
            return None
        try:
            text = (folder / name).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None
        return text if 0 < len(text) <= _SECRET_MAX and text.isascii() and text.isprintable() else None

    return secret_of
