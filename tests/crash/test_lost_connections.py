"""The database drops the server's connections under load: no false acknowledgement, and it recovers without a human."""

from __future__ import annotations

import random
import time

import pytest
from crash_harness.reconciling import Finding

pytestmark = pytest.mark.services
_RECOVERS_WITHIN_S = 15.0


def _terminating(dsn, name, count, seed, *, alone):
    """Terminates connections of the server, again and again; tells when the clients get no further answers."""
    psycopg = pytest.importorskip("psycopg")
    choice = random.Random(seed)

    def trouble(callers):
        if not callers.goes_on(_RECOVERS_WITHIN_S):
            return [Finding("hang", "the server did not start")]
        with psycopg.connect(dsn, autocommit=True) as db:
            for number in range(count):
                time.sleep(choice.uniform(0, 0.1))
                # In the order they were made: the first writes, the second looks up.
                found = "SELECT pid FROM pg_stat_activity WHERE application_name = %s ORDER BY backend_start"
                backends = [pid for (pid,) in db.execute(found, [name])]
                places = alone or choice.choice([[0], [1], list(range(len(backends)))])
                for place in places:
                    db.execute("SELECT pg_terminate_backend(%s)", [backends[place]])
                if not callers.goes_on(_RECOVERS_WITHIN_S):
                    return [Finding("hang", f"no answer after termination {number + 1}, of connections {places}")]
        return []

    return trouble


def _holds(crashed, dsn, count, seed, alone=None):
    name = f"tandem_crash_{seed}"
    trouble = _terminating(dsn, name, count, seed, alone=alone)
    outcome = crashed(kills=1, seed=seed, journal=f"{dsn}&application_name={name}", until_told=True, trouble=trouble)
    assert outcome.findings == []


def test_losing_the_connection_that_writes_costs_nothing_but_time(crashed, postgres_dsn):
    _holds(crashed, postgres_dsn, 4, 41, alone=[0])


def test_losing_the_connection_that_looks_up_costs_nothing_but_time(crashed, postgres_dsn):
    _holds(crashed, postgres_dsn, 2, 43, alone=[1])


@pytest.mark.prove
@pytest.mark.timeout(900)
def test_twenty_rounds_of_lost_connections(crashed, postgres_dsn):
    _holds(crashed, postgres_dsn, 20, 42)
