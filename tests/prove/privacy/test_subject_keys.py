"""The same checks over both stores of keys."""

import pytest

from tandem.kernel.errors import Unavailable
from tandem.kernel.identity import Pseudonym, SystemEntropy
from tandem.kernel.time import FixedClock, Micros
from tandem.prove.privacy import Erased, MasterKey, SubjectKey, Vault, open_subject_keys

ADA, BOB = Pseudonym("a" * 32), Pseudonym("b" * 32)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.services)])
def location(request, tmp_path):
    return str(tmp_path / "keys.sqlite") if request.param == "sqlite" else request.getfixturevalue("postgres_dsn")


@pytest.fixture
def keys(location):
    keys = open_subject_keys(location)
    yield keys
    keys.close()


def key(subject, generation=1, wrapped=b"w", erased_at=None):
    return SubjectKey(
        subject=subject, generation=generation, wrapped=wrapped, created_at=Micros(1), erased_at=erased_at
    )


def test_keys_come_back_as_they_were_put(keys):
    put = [key(BOB, wrapped=None, erased_at=Micros(9)), key(ADA, wrapped=bytes(range(256)))]
    keys.put(put)
    assert [keys.get(BOB), keys.get(ADA)] == put
    assert list(keys.all()) == put[::-1]
    assert keys.get(Pseudonym("c" * 32)) is None


def test_columns_of_nothing_but_absent_values_can_be_put(keys):
    keys.put([key(ADA, wrapped=None)])
    keys.put([])
    assert keys.get(ADA) == key(ADA, wrapped=None)


def test_a_later_put_replaces(keys):
    keys.put([key(ADA)])
    keys.put([key(ADA, 2, b"new", Micros(3))])
    assert keys.get(ADA) == key(ADA, 2, b"new", Micros(3))


def test_erasing_destroys_up_to_a_generation_and_leaves_a_tombstone(keys):
    keys.put([key(ADA, 2), key(BOB)])
    assert not keys.erase(ADA, 1, Micros(5))
    assert keys.get(ADA).wrapped == b"w"
    assert keys.erase(ADA, 2, Micros(6))
    assert keys.get(ADA) == key(ADA, 2, None, Micros(6))
    assert not keys.erase(ADA, 2, Micros(7))
    assert keys.get(BOB) == key(BOB)


def test_the_first_check_value_stays(keys):
    assert keys.check_value("one") == "one"
    assert keys.check_value("two") == "one"


def test_another_process_sees_what_was_put(keys, location):
    keys.put([key(ADA)])
    other = open_subject_keys(location)
    assert other.get(ADA) == key(ADA)
    other.close()


def test_a_vault_works_over_it(keys, location):
    vault = Vault(MasterKey(bytes(32)), keys, "main", clock=FixedClock(Micros(4)), entropy=SystemEntropy())
    sealed = vault.seal(ADA, b"secret", b"")
    vault.flush()
    other = open_subject_keys(location)
    again = Vault(MasterKey(bytes(32)), other, "main", clock=FixedClock(Micros(4)), entropy=SystemEntropy())
    assert again.open(ADA, sealed, b"") == b"secret"
    assert again.erase(ADA)
    assert again.open(ADA, sealed, b"") == Erased(ADA, Micros(4))
    other.close()


@pytest.mark.services
def test_a_lost_connection_is_unavailable_once_and_then_made_anew(postgres_dsn):
    import psycopg

    keys = open_subject_keys(postgres_dsn)
    keys.put([key(ADA)])
    keys.get(ADA)
    with psycopg.connect(postgres_dsn, autocommit=True) as administrator:
        for connection in keys._connections.values():
            administrator.execute("SELECT pg_terminate_backend(%s, 5000)", (connection.info.backend_pid,))
    with pytest.raises(Unavailable):
        keys.put([key(BOB)])
    keys.put([key(BOB)])
    with pytest.raises(Unavailable):
        keys.get(BOB)
    assert keys.get(BOB) == key(BOB)
    keys.close()
