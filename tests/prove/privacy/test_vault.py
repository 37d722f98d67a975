import sqlite3
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.kernel.errors import IntegrityError, InvalidInput, Refused, Unavailable
from tandem.kernel.identity import EntityKind, Pseudonym, SeededEntropy, SystemEntropy
from tandem.kernel.time import FixedClock, Micros
from tandem.prove.privacy import Erased, MasterKey, SqliteSubjectKeys, Vault, load_master_key

PERSON, DEVICE = EntityKind("person"), EntityKind("device")
SECRET = bytes(range(32))


@pytest.fixture
def open_vault(tmp_path):
    opened = []

    def make(name="keys.sqlite", workspace="main", secret=SECRET, **options):
        keys = SqliteSubjectKeys(tmp_path / name)
        opened.append(keys)
        clock = FixedClock(Micros(5_000_000))
        return Vault(MasterKey(secret), keys, workspace, clock=clock, entropy=SystemEntropy(), **options)

    yield make
    for keys in opened:
        keys.close()


@pytest.fixture
def vault(open_vault):
    return open_vault()


def test_a_pseudonym_is_stable_and_says_nothing(open_vault, vault):
    ada = vault.pseudonym(PERSON, "Ada Lovelace")
    assert ada == open_vault("other.sqlite").pseudonym(PERSON, "Ada Lovelace")
    assert len(ada) == 32
    assert int(ada, 16) >= 0
    assert "ada" not in ada.lower()


def test_kind_workspace_and_key_each_give_other_pseudonyms(open_vault, vault):
    pseudonyms = {
        vault.pseudonym(PERSON, "1"),
        vault.pseudonym(DEVICE, "1"),
        vault.pseudonym(PERSON, "2"),
        open_vault("b.sqlite", workspace="other").pseudonym(PERSON, "1"),
        open_vault("c.sqlite", secret=b"x" * 32).pseudonym(PERSON, "1"),
    }
    assert len(pseudonyms) == 5


def test_kind_and_identifier_cannot_be_confused(vault):
    assert vault.pseudonym(EntityKind("a"), "bc") != vault.pseudonym(EntityKind("ab"), "c")


def test_an_identifier_that_is_no_text_is_refused(vault):
    with pytest.raises(InvalidInput):
        vault.pseudonym(PERSON, "\ud800")


def test_what_is_sealed_opens_only_for_its_subject_and_context(vault):
    ada, bob = vault.pseudonym(PERSON, "Ada"), vault.pseudonym(PERSON, "Bob")
    sealed = vault.seal(ada, b"secret", b"record 1")
    vault.seal(bob, b"", b"")
    assert vault.open(ada, sealed, b"record 1") == b"secret"
    for subject, context in ((bob, b"record 1"), (ada, b"record 2")):
        with pytest.raises(IntegrityError) as altered:
            vault.open(subject, sealed, context)
        assert altered.value.code == "sealed_data_altered"


def test_one_workspace_cannot_open_what_another_sealed(open_vault, vault):
    ada = Pseudonym("a" * 32)
    sealed = vault.seal(ada, b"secret", b"")
    vault.flush()
    with pytest.raises(IntegrityError):
        open_vault(workspace="other").open(ada, sealed, b"")


def test_every_changed_bit_is_noticed(vault):
    ada = vault.pseudonym(PERSON, "Ada")
    sealed = vault.seal(ada, b"secret", b"")
    for bit in range(8 * len(sealed)):
        data = bytearray(sealed)
        data[bit // 8] ^= 1 << bit % 8
        if bit // 8 in {1, 2} and int.from_bytes(data[1:3]) < 1:
            # An older generation reads as the key of another time, long gone: never as content.
            assert isinstance(vault.open(ada, bytes(data), b""), Erased)
            continue
        with pytest.raises(IntegrityError):
            vault.open(ada, bytes(data), b"")
    with pytest.raises(IntegrityError):
        vault.open(ada, b"", b"")


@given(st.binary(max_size=2000), st.binary(max_size=50))
def test_anything_sealed_comes_back(plaintext, context):
    vault = Vault(
        MasterKey(SECRET), _Memory(), "main", clock=FixedClock(Micros(0)), entropy=SeededEntropy(1), cached_keys=2
    )
    ada = vault.pseudonym(PERSON, "Ada")
    assert vault.open(ada, vault.seal(ada, plaintext, context), context) == plaintext


def test_the_same_bytes_never_seal_to_the_same_bytes(vault):
    ada = vault.pseudonym(PERSON, "Ada")
    assert len({vault.seal(ada, b"secret", b"") for _ in range(200)}) == 200


def test_keys_are_durable_after_a_flush_and_not_before(open_vault, vault):
    ada = vault.pseudonym(PERSON, "Ada")
    sealed = vault.seal(ada, b"secret", b"")
    with pytest.raises(IntegrityError) as missing:
        open_vault().open(ada, sealed, b"")
    assert missing.value.code == "subject_key_missing"
    vault.flush()
    assert open_vault().open(ada, sealed, b"") == b"secret"


def test_few_cached_keys_serve_many_subjects(open_vault):
    vault = open_vault(cached_keys=3)
    subjects = [vault.pseudonym(PERSON, str(number)) for number in range(20)]
    sealed = [vault.seal(subject, subject.encode(), b"") for subject in subjects]
    vault.flush()
    assert [vault.open(subject, one, b"") for subject, one in zip(subjects, sealed, strict=True)] == [
        subject.encode() for subject in subjects
    ]
    assert len(vault._open_keys) == 3


def test_a_key_that_left_the_cache_before_the_flush_is_not_made_anew(open_vault):
    vault = open_vault(cached_keys=1)
    ada = vault.pseudonym(PERSON, "Ada")
    first = vault.seal(ada, b"one", b"")
    vault.seal(vault.pseudonym(PERSON, "Bob"), b"", b"")
    second = vault.seal(ada, b"two", b"")
    assert [vault.open(ada, one, b"") for one in (first, second)] == [b"one", b"two"]


def test_erasing_leaves_a_tombstone_and_no_key_anywhere_in_the_files(vault, tmp_path):
    ada, bob = vault.pseudonym(PERSON, "Ada"), vault.pseudonym(PERSON, "Bob")
    sealed, other = vault.seal(ada, b"secret", b""), vault.seal(bob, b"stays", b"")
    vault.flush()
    wrapped = vault.keys().get(ada).wrapped
    assert any(wrapped in path.read_bytes() for path in tmp_path.iterdir())
    assert vault.erase(ada)
    assert not any(wrapped in path.read_bytes() for path in tmp_path.iterdir())
    assert vault.open(ada, sealed, b"") == Erased(ada, Micros(5_000_000))
    assert vault.open(bob, other, b"") == b"stays"
    assert not vault.erase(ada)
    assert not vault.erase(vault.pseudonym(PERSON, "nobody"))


def test_somebody_erased_who_comes_back_gets_a_new_key(open_vault, vault):
    ada = vault.pseudonym(PERSON, "Ada")
    before = vault.seal(ada, b"before", b"")
    vault.erase(ada)
    after = vault.seal(ada, b"after", b"")
    vault.flush()
    for one in (vault, open_vault()):
        assert isinstance(one.open(ada, before, b""), Erased)
        assert one.open(ada, after, b"") == b"after"
        assert one.generation(ada) == 2


def test_repeating_an_old_erasure_spares_the_new_key(vault):
    ada = vault.pseudonym(PERSON, "Ada")
    vault.seal(ada, b"before", b"")
    vault.erase(ada)
    after = vault.seal(ada, b"after", b"")
    assert not vault.erase(ada, generation=1)
    assert vault.open(ada, after, b"") == b"after"
    assert vault.erase(ada, generation=2)


def test_an_erasure_before_the_first_flush_counts(vault):
    ada = vault.pseudonym(PERSON, "Ada")
    sealed = vault.seal(ada, b"secret", b"")
    assert vault.erase(ada)
    assert isinstance(vault.open(ada, sealed, b""), Erased)


def test_threads_agree_on_one_key_per_subject(vault):
    ada = vault.pseudonym(PERSON, "Ada")
    sealed: list[bytes] = []
    threads = [threading.Thread(target=lambda: sealed.append(vault.seal(ada, b"x", b""))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    vault.flush()
    assert [vault.open(ada, one, b"") for one in sealed] == [b"x"] * 16


def test_keys_of_another_master_key_are_refused(open_vault):
    open_vault()
    with pytest.raises(Refused) as refused:
        open_vault(secret=b"y" * 32)
    assert refused.value.code == "other_master_key"


def test_a_wrapped_key_that_was_changed_or_moved_does_not_open(open_vault, vault, tmp_path):
    ada, bob = vault.pseudonym(PERSON, "Ada"), vault.pseudonym(PERSON, "Bob")
    sealed = vault.seal(ada, b"secret", b"")
    vault.seal(bob, b"", b"")
    vault.flush()
    with sqlite3.connect(tmp_path / "keys.sqlite") as db:
        statement = (
            "UPDATE subject_keys SET wrapped = (SELECT wrapped FROM subject_keys WHERE subject = ?) WHERE subject = ?"
        )
        db.execute(statement, (bob, ada))
    db.close()
    with pytest.raises(IntegrityError):
        open_vault().open(ada, sealed, b"")


def test_a_store_of_keys_that_does_not_answer_is_unavailable(vault):
    vault.keys().close()
    with pytest.raises(Unavailable):
        vault.seal(vault.pseudonym(PERSON, "Ada"), b"secret", b"")


def test_each_purpose_and_workspace_has_a_key_of_its_own(open_vault, vault):
    other = open_vault("b.sqlite", workspace="other")
    keys = [vault.journal_key(), other.journal_key()]
    keys += [one.signing_key().private_bytes_raw() for one in (vault, other)]
    master = MasterKey(SECRET)
    keys += [master.derive("a", "bc"), master.derive("ab", "c"), master.derive("abc")]
    assert len(set(keys)) == 7
    assert vault.journal_key() == open_vault("c.sqlite").journal_key()
    assert SECRET not in keys
    assert SECRET.hex() not in repr(master) + master.check_value


def test_the_derivation_is_hkdf_sha256():
    """RFC 5869 by hand, so that another implementation can read what this one wrote."""
    import hashlib
    import hmac

    info = b"tandem/1" + (7).to_bytes(4, "big") + b"journal" + (4).to_bytes(4, "big") + b"main"
    extracted = hmac.digest(bytes(32), SECRET, hashlib.sha256)
    assert MasterKey(SECRET).derive("journal", "main") == hmac.digest(extracted, info + b"\x01", hashlib.sha256)


def test_the_first_start_makes_a_master_key_and_later_ones_read_it(tmp_path):
    path = tmp_path / "keys" / "master.key"
    first = load_master_key(path, entropy=SystemEntropy())
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_master_key(path, entropy=SystemEntropy()).check_value == first.check_value


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_master_key_that_others_may_read_is_refused(tmp_path, mode):
    path = tmp_path / "master.key"
    load_master_key(path, entropy=SystemEntropy())
    path.chmod(mode)
    with pytest.raises(Refused) as refused:
        load_master_key(path, entropy=SystemEntropy())
    assert refused.value.code == "master_key_exposed"


@pytest.mark.parametrize("text", ["", "00", "zz" * 32, "00" * 33])
def test_what_is_no_master_key_is_refused_and_not_shown(tmp_path, text):
    path = tmp_path / "master.key"
    path.write_text(text)
    path.chmod(0o600)
    for override in (None, text or "x"):
        with pytest.raises(InvalidInput) as wrong:
            load_master_key(path, override=override, entropy=SystemEntropy())
        assert "zz" not in str(wrong.value.problem())
    with pytest.raises(InvalidInput):
        MasterKey(b"short")


def test_the_environment_overrides_the_file(tmp_path):
    master = load_master_key(tmp_path / "none.key", override=SECRET.hex(), entropy=SystemEntropy())
    assert master.check_value == MasterKey(SECRET).check_value
    assert not (tmp_path / "none.key").exists()


class _Memory:
    """Keys in memory, for properties."""

    def __init__(self) -> None:
        self.rows = {}

    def get(self, subject):
        return self.rows.get(subject)

    def put(self, keys):
        self.rows |= {key.subject: key for key in keys}

    def check_value(self, proposed):
        return proposed
