"""The database drops the server's connections under load: no false acknowledgement, and it recovers without a human."""

from __future__ import annotations

import random
import time

import pytest
from crash_harness.reconciling import Finding

pytestmark = [pytest.mark.xdist_group("crash"), pytest.mark.services]
_RECOVERS_WITHIN_S = 30.0


def _terminating(dsn, count, seed):
    """Terminates some backends of the server, again and again; tells when the clients get no further answers."""
    psycopg = pytest.importorskip("psycopg")
    choice = random.Random(seed)

    def trouble(callers):
        if not callers.goes_on(_RECOVERS_WITHIN_S):
            return [Finding("hang", "the server did not start")]
        with psycopg.connect(dsn.replace("application_name=tandem", "application_name=test"), autocommit=True) as db:
            for number in range(count):
                time.sleep(choice.uniform(0, 0.1))
                found = "SELECT pid FROM pg_stat_activity WHERE application_name = %s ORDER BY backend_start"
                backends = [pid for (pid,) in db.execute(found, [_name(dsn)])]
                # The first is the one that writes, the second the one that looks up: each alone, or all.
                chosen = choice.choice([backends[:1], backends[1:2], backends])
                for pid in chosen:
                    db.execute("SELECT pg_terminate_backend(%s)", [pid])
                if not callers.goes_on(_RECOVERS_WITHIN_S):
                    which = [backends.index(pid) for pid in chosen]
                    return [Finding("hang", f"no answer after termination {number + 1} of backends {which}")]
        return []

    return trouble


def _name(dsn):
    return dsn.rpartition("application_name=")[2]


def _holds(crashed, dsn, count, seed):
    dsn = f"{dsn}&application_name=tandem_crash_{seed}"
    outcome = crashed(kills=1, seed=seed, journal=dsn, until_told=True, trouble=_terminating(dsn, count, seed))
    print(f"{count} terminations; {outcome.summary()}")
    assert outcome.findings == []


def test_lost_connections_cost_nothing_but_time(crashed, postgres_dsn):
    _holds(crashed, postgres_dsn, 4, 41)


@pytest.mark.prove
@pytest.mark.timeout(900)
def test_twenty_rounds_of_lost_connections(crashed, postgres_dsn):
    _holds(crashed, postgres_dsn, 20, 42)
