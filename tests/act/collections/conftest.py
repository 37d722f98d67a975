"""A lender whose customers fall behind, and mail servers that really take mail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from arrears_house import House
from mail_server import Mailbox, mail_server


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Nobody is late yet, and nothing can leave: contacts wait in the outbox."""
    found = House(tmp_path / "home")
    yield found
    found.close()


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    """A real SMTP server on this machine, and its port."""
    with mail_server() as found:
        yield found
