"""What every test may ask for: a private PostgreSQL schema, the data folder, and the rule on skips in CI."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# Wall-clock time is no promise of a unit test, whatever else the machine is doing.
settings.register_profile("untimed", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

VALKEY = os.environ.get("TANDEM_TEST_VALKEY", "valkey://127.0.0.1:6379")
POSTGRES = os.environ.get("TANDEM_TEST_POSTGRES", "postgresql://root@127.0.0.1:5432/test")
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}


def absent(what: str) -> None:
    """Skip for want of ``what``; in CI services and browser are required, so there it fails."""
    if IN_CI:
        pytest.fail(f"{what}: required in CI")
    pytest.skip(what)


@pytest.fixture
def postgres_dsn() -> Iterator[str]:
    """The DSN of a fresh, private schema on a real PostgreSQL; dropped afterwards."""
    psycopg = pytest.importorskip("psycopg")
    try:
        connection = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=2)
    except psycopg.OperationalError as error:
        absent(f"no PostgreSQL at {POSTGRES} (set TANDEM_TEST_POSTGRES): {error}")
    schema = f"tandem_{secrets.token_hex(6)}"
    with connection:
        connection.execute(f'CREATE SCHEMA "{schema}"')
        separator = "&" if "?" in POSTGRES else "?"
        yield f"{POSTGRES}{separator}options=-csearch_path%3D{schema}"
        connection.execute(f'DROP SCHEMA "{schema}" CASCADE')


@pytest.fixture
def valkey_server() -> Iterator[tuple[str, str]]:
    """The address of a real Valkey (or Redis), and a prefix of this test's own; its keys are deleted afterwards."""
    valkey = pytest.importorskip("valkey", reason="no valkey (pip install 'tandem-risk[valkey]')")
    client = valkey.Valkey.from_url(VALKEY, socket_connect_timeout=2)
    try:
        client.ping()
    except valkey.ConnectionError as error:
        absent(f"no Valkey at {VALKEY} (set TANDEM_TEST_VALKEY): {error}")
    prefix = f"tandem-test-{secrets.token_hex(6)}"
    yield VALKEY, prefix
    for name in client.scan_iter(f"{prefix}:*", count=1000):
        client.delete(name)
    client.close()
