"""Every way to change a journal behind its back must be found, placed and named; and a weakened verifier must fail here.

A change is a function from the honest rows to the dishonest ones. It is applied to a real database by somebody who may
do everything there (a superuser: constraints are no obstacle) and holds no key, except where it says so.
"""

from __future__ import annotations

import hashlib
import random
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tandem.kernel.identity import SystemEntropy
from tandem.kernel.time import FixedClock
from tandem.observe.journal import (
    DamageKind,
    Head,
    HeadsFile,
    Journal,
    JournalLimits,
    SqliteStore,
    VerificationReport,
    chain,
    verification,
    verify_store,
    walk,
)
from tandem.observe.journal.chain import Chain, encode
from tandem.prove.privacy import MasterKey, SqliteSubjectKeys, Vault

RECORDS = 48
HEAD_EVERY = 10
COLUMNS = ("seq", "kind", "recorded_at", "key", "digest", "subject", "clear", "sealed", "mac")
SEQ, KIND, TIME, KEY, DIGEST, SUBJECT, CLEAR, SEALED, MAC = range(9)
K = DamageKind


@dataclass
class Tampered:
    """The rows after a change, the place it begins, and the names it may be given."""

    rows: list[tuple]
    at: int
    kinds: set[DamageKind]
    facts: dict[str, str] | None = None


def renumbered(rows):
    return [(number, *row[1:]) for number, row in enumerate(rows, start=1)]


def with_field(rows, index, column, value):
    row = list(rows[index])
    row[column] = value
    return [*rows[:index], tuple(row), *rows[index + 1 :]]


def flipped(value, rng):
    if value is None:
        return b"0" if rng.random() < 0.5 else "0"
    if isinstance(value, int):
        return value ^ (1 << rng.randrange(40))
    if isinstance(value, str):
        at = rng.randrange(len(value))
        return value[:at] + chr(ord(value[at]) ^ (1 << rng.randrange(5)) or 1) + value[at + 1 :]
    data = bytearray(value)
    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(data)


def flip_a_bit(rows, rng, _attack):
    index, column = rng.randrange(len(rows)), rng.choice([KIND, TIME, KEY, DIGEST, SUBJECT, CLEAR, SEALED, MAC])
    value = flipped(rows[index][column], rng)
    if column in {SEALED, CLEAR, MAC} and isinstance(value, str):
        value = value.encode()
    if column in {KEY, DIGEST, SUBJECT, KIND} and isinstance(value, bytes):
        value = value.decode()
    return Tampered(with_field(rows, index, column, value), index + 1, {K.ALTERED})


def flip_a_bit_of_a_number(rows, rng, _attack):
    index = rng.choice([rng.randrange(len(rows)), len(rows) - 1])
    rows = with_field(rows, index, SEQ, rows[index][SEQ] ^ (1 << rng.randrange(6, 30)))
    kind = K.TRUNCATED_HEAD if index == 0 else K.MISSING
    return Tampered(sorted(rows), index + 1, {kind})


def move_a_byte_to_the_next_field(rows, rng, _attack):
    index = rng.choice([index for index, row in enumerate(rows) if row[KEY] and row[DIGEST]])
    row = list(rows[index])
    row[KEY], row[DIGEST] = row[KEY][:-1], row[KEY][-1] + row[DIGEST]
    return Tampered([*rows[:index], tuple(row), *rows[index + 1 :]], index + 1, {K.ALTERED})


def delete(rows, rng, _attack):
    index = rng.randrange(1, len(rows) - 1)
    return Tampered([*rows[:index], *rows[index + 1 :]], index + 1, {K.MISSING})


def delete_and_close_up(rows, rng, _attack):
    index, count = rng.randrange(1, len(rows) - 6), rng.randrange(1, 4)
    return Tampered(renumbered([*rows[:index], *rows[index + count :]]), index + 1, {K.MISSING})


def swap(rows, rng, _attack):
    first, second = sorted(rng.sample(range(len(rows)), 2))
    with_links = rng.random() < 0.5
    rows = list(rows)
    one, two = rows[first], rows[second]
    end = 9 if with_links else 8
    rows[first] = (one[SEQ], *two[1:end], *one[end:])
    rows[second] = (two[SEQ], *one[1:end], *two[end:])
    return Tampered(rows, first + 1, {K.SWAPPED})


def insert(rows, rng, _attack):
    index = rng.randrange(len(rows) + 1)
    like = rows[min(index, len(rows) - 1)]
    forged = (0, *like[1:CLEAR], like[CLEAR] + b" ", like[SEALED], rng.choice([like[MAC], rng.randbytes(32)]))
    return Tampered(renumbered([*rows[:index], forged, *rows[index:]]), index + 1, {K.INSERTED})


def duplicate(rows, rng, _attack):
    source = rng.randrange(len(rows) - 1)
    index = rng.choice([source + 1, rng.randrange(source + 1, len(rows)), len(rows)])
    return Tampered(renumbered([*rows[:index], rows[source], *rows[index:]]), index + 1, {K.DUPLICATED})


def truncate_tail(rows, rng, _attack):
    left = rng.randrange(len(rows))
    return Tampered(rows[:left], left + 1, {K.TRUNCATED_TAIL})


def truncate_head(rows, rng, _attack):
    gone = rng.randrange(1, len(rows) - 2)
    rest = rows[gone:]
    return Tampered(rest if rng.random() < 0.5 else renumbered(rest), 1, {K.TRUNCATED_HEAD})


def rewritten(rows, index, link: Callable[[tuple, bytes], bytes], genesis: bytes):
    """From ``index`` on: the first record changed, all links made anew by ``link``."""
    rows = list(rows)
    previous = rows[index - 1][MAC] if index else genesis
    for place in range(index, len(rows)):
        row = rows[place]
        row = (*row[:CLEAR], row[CLEAR] + b" ", *row[SEALED:]) if place == index else row
        previous = link(row, previous)
        rows[place] = (*row[:MAC], previous)
    return rows


def rewrite_with_a_plain_hash(rows, rng, attack):
    index = rng.randrange(1, len(rows))
    plain = lambda row, previous: hashlib.sha256(encode(row, previous)).digest()  # noqa: E731
    return Tampered(rewritten(rows, index, plain, attack.ours.chain.genesis), index + 1, {K.UNKEYED})


def rewrite_as_superuser(rows, rng, attack):
    index = rng.randrange(len(rows))
    link = Chain(rng.randbytes(32), "main").link
    kinds = {K.REWRITTEN, K.REPLACED} if index < len(rows) - 1 else {K.ALTERED}
    return Tampered(rewritten(rows, index, link, attack.ours.chain.genesis), index + 1, kinds)


def rewrite_with_the_key(rows, rng, attack):
    """By somebody who holds the chain's key: only the heads, kept elsewhere, can tell."""
    index = rng.randrange(len(rows))
    since = index // HEAD_EVERY * HEAD_EVERY
    return Tampered(rewritten(rows, index, attack.ours.chain.link, attack.ours.chain.genesis), since + 1, {K.REWRITTEN})


def take_from_another_workspace(rows, rng, attack):
    index = rng.randrange(len(rows) - 1)
    rows = list(rows)
    rows[index] = attack.theirs.rows[index]
    return Tampered(rows, index + 1, {K.REPLACED})


def put_another_workspace_in_place(_rows, _rng, attack):
    return Tampered(attack.theirs.rows, 1, {K.FOREIGN}, facts=attack.theirs.facts)


def change_the_time(rows, rng, _attack):
    index = rng.randrange(len(rows))
    by = rng.choice([-1, 1]) * rng.choice([1, 1000, 86_400_000_000])
    return Tampered(with_field(rows, index, TIME, rows[index][TIME] + by), index + 1, {K.ALTERED})


def roll_back(rows, rng, _attack):
    """An old copy of the whole database in place of it: consistent in itself, and it remembers no later head."""
    left = rng.randrange(len(rows))
    signed = str(left // HEAD_EVERY * HEAD_EVERY)
    return Tampered(rows[:left], left + 1, {K.ROLLED_BACK}, facts={"signed_seq": signed})


CHANGES = [
    flip_a_bit,
    flip_a_bit_of_a_number,
    move_a_byte_to_the_next_field,
    delete,
    delete_and_close_up,
    swap,
    insert,
    duplicate,
    truncate_tail,
    truncate_head,
    rewrite_with_a_plain_hash,
    rewrite_as_superuser,
    rewrite_with_the_key,
    take_from_another_workspace,
    put_another_workspace_in_place,
    change_the_time,
    roll_back,
]


@dataclass
class Workspace:
    """An honest journal, read into memory."""

    vault: Vault
    heads: HeadsFile
    rows: list[tuple]
    facts: dict[str, str]

    @property
    def chain(self) -> Chain:
        return Chain(self.vault.journal_key(), self.vault.workspace)


def honest(folder: Path, workspace: str, entry) -> Workspace:
    clock = FixedClock(0)
    keys = SqliteSubjectKeys(folder / f"{workspace}-keys.sqlite")
    vault = Vault(MasterKey(b"m" * 32), keys, workspace, clock=clock, entropy=SystemEntropy())
    heads = HeadsFile(folder / f"{workspace}-heads.jsonl", workspace, vault.signing_key())
    path = folder / f"{workspace}.sqlite"
    limits = JournalLimits(head_every=HEAD_EVERY)
    journal = Journal(SqliteStore(path), vault, clock=clock, heads=heads, limits=limits)
    ada = vault.pseudonym("person", "Ada")
    for number in range(RECORDS):
        kind = ("event", "decision", "note")[number % 3]
        secret = b'{"name":"Ada"}' if kind == "event" else None
        key = "" if kind != "note" else None
        journal.submit([entry(number, kind, key=key, subject=ada, secret=secret, body=workspace)]).wait(10)
    journal.close()
    with sqlite3.connect(path) as db:
        rows = db.execute(f"SELECT {', '.join(COLUMNS)} FROM record ORDER BY seq").fetchall()
        facts = dict(db.execute("SELECT name, value FROM meta").fetchall())
    db.close()
    keys.close()
    return Workspace(vault, heads, rows, facts)


@pytest.fixture(scope="module")
def ours(tmp_path_factory, entry) -> Workspace:
    return honest(tmp_path_factory.mktemp("ours"), "main", entry)


@pytest.fixture(scope="module")
def theirs(tmp_path_factory, entry) -> Workspace:
    return honest(tmp_path_factory.mktemp("theirs"), "other", entry)


class SqliteSuperuser:
    """May do everything in the file."""

    def __init__(self, location: str) -> None:
        SqliteStore(Path(location)).close()
        self.db = sqlite3.connect(location, isolation_level=None)
        self.db.execute("PRAGMA synchronous = OFF")
        self.db.execute("DROP INDEX record_by_key")

    def put(self, rows, facts) -> None:
        self.db.execute("BEGIN")
        self.db.execute("DELETE FROM record")
        self.db.executemany("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self.db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", facts.items())
        self.db.execute("COMMIT")

    def close(self) -> None:
        self.db.close()


class PostgresSuperuser:
    """May do everything in the schema."""

    def __init__(self, location: str) -> None:
        import psycopg

        from tandem.observe.journal.postgres_store import PostgresStore

        PostgresStore(location).close()
        self.db = psycopg.connect(location)
        self.db.execute("DROP INDEX record_by_key")

    def put(self, rows, facts) -> None:
        cursor = self.db.cursor()
        cursor.execute("DELETE FROM record")
        cursor.executemany("INSERT INTO record VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)", rows)
        cursor.execute("DELETE FROM meta")
        cursor.executemany("INSERT INTO meta VALUES (%s, %s)", list(facts.items()))
        self.db.commit()

    def close(self) -> None:
        self.db.close()


@dataclass
class Attack:
    """Applies changes to a real database and asks the verifier."""

    superuser: SqliteSuperuser | PostgresSuperuser
    store: object
    ours: Workspace
    theirs: Workspace

    def verify(self, tampered: Tampered, **options) -> VerificationReport:
        self.superuser.put(tampered.rows, {**self.ours.facts, **(tampered.facts or {})})
        return verify_store(self.store, self.ours.vault, self.ours.heads.lines(), **options)

    def unnoticed(self, change, rng) -> str | None:
        """What is wrong with the verdict on one change; None if it is found, placed and named."""
        tampered = change(self.ours.rows, rng, self)
        report = self.verify(tampered)
        told = [f"{one.kind} {one.seq}-{one.last_seq}" for one in report.damage]
        if not report.damage:
            return f"{change.__name__} at {tampered.at}: not found"
        if report.damage[0].seq != tampered.at or report.damage[0].kind not in tampered.kinds:
            return f"{change.__name__} at {tampered.at}: told {told}"
        return None


@pytest.fixture
def attack(location, ours, theirs):
    superuser = SqliteSuperuser(location) if location.endswith(".sqlite") else PostgresSuperuser(location)
    if isinstance(superuser, SqliteSuperuser):
        store = SqliteStore(Path(location), writable=False)
    else:
        from tandem.observe.journal.postgres_store import PostgresStore

        store = PostgresStore(location, writable=False)
    yield Attack(superuser, store, ours, theirs)
    store.close()
    superuser.close()


@pytest.fixture
def location(request, tmp_path):
    """A database apart from the honest ones."""
    kind = getattr(request, "param", "sqlite")
    return str(tmp_path / "tampered.sqlite") if kind == "sqlite" else request.getfixturevalue("postgres_dsn")


BOTH = pytest.mark.parametrize(
    "location", ["sqlite", pytest.param("postgres", marks=pytest.mark.services)], indirect=True
)


@BOTH
def test_an_honest_journal_is_sound(attack):
    report = attack.verify(Tampered(attack.ours.rows, 0, set()), expected_count=RECORDS)
    assert report.sound
    assert report.records == RECORDS
    assert report.head.mac == attack.ours.rows[-1][MAC]
    assert (report.heads_checked, report.signed_seq) == (5, RECORDS)


@BOTH
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_is_found_placed_and_named(attack, change):
    rng = random.Random(change.__name__)
    assert [wrong for _ in range(8) if (wrong := attack.unnoticed(change, rng))] == []


def test_a_thousand_random_changes_are_found_placed_and_named(attack):
    rng = random.Random(11)
    assert [wrong for _ in range(1000) if (wrong := attack.unnoticed(rng.choice(CHANGES), rng))] == []


@pytest.mark.prove
@pytest.mark.timeout(1_200)
@BOTH
def test_thousands_of_random_changes_are_found_placed_and_named(attack, location):
    rng = random.Random(12)
    changes = 10_000 if location.endswith(".sqlite") else 2_000
    assert [wrong for _ in range(changes) if (wrong := attack.unnoticed(rng.choice(CHANGES), rng))] == []


# -- the verifier itself, weakened on purpose ---------------------------------------------------------------------


def trusting_every_link(patch):
    patch.setattr(Chain, "link", lambda _self, row, _previous: row[MAC])


def blind_to(column, instead):
    def weaken(patch):
        honest_encode = encode
        patch.setattr(
            chain,
            "encode",
            lambda row, previous: honest_encode((*row[:column], instead, *row[column + 1 :]), previous),
        )

    weaken.__name__ = f"blind_to_{COLUMNS[column]}"
    return weaken


def blind_to_the_record_before(patch):
    honest_encode = encode
    patch.setattr(chain, "encode", lambda row, _previous: honest_encode(row, b""))


def blind_to_where_fields_end(patch):
    def joined(row, previous):
        texts = "".join(str(value) for value in row[:CLEAR])
        return texts.encode() + row[CLEAR] + (row[SEALED] or b"") + previous

    patch.setattr(chain, "encode", joined)


def blind_to_the_numbers(patch):
    honest_run = walk.ChainWalk.run

    def unnumbered(self):
        self._rows = ((place, *row[1:]) for place, row in enumerate(list(self._rows), start=1))
        honest_run(self)

    patch.setattr(walk.ChainWalk, "run", unnumbered)


def deaf_to_heads(patch):
    patch.setattr(HeadsFile, "lines", lambda _self: iter(()))


def hearing_heads_only_about_the_end(patch):
    patch.setattr(verification, "_overwritten", lambda *_: [])


def hearing_heads_only_about_the_middle(patch):
    patch.setattr(verification, "_shortened", lambda *_: [])


def asking_no_name(patch):
    patch.setattr(verification, "_foreign", lambda *_: [])


def stopping_before_the_last(patch):
    honest_scan = SqliteStore.scan
    patch.setattr(SqliteStore, "scan", lambda *a, **k: iter(list(honest_scan(*a, **k))[:-1]))


def starting_after_the_first(patch):
    honest_run = walk.ChainWalk.run

    def late(self):
        first = next(self._rows, None)
        if first is not None:
            self._adopt(first)
        honest_run(self)

    patch.setattr(walk.ChainWalk, "run", late)


def satisfied_with_the_first_damage_elsewhere(patch):
    patch.setattr(walk.ChainWalk, "_explain_altered", lambda *_: False)


def without_relations(patch):
    patch.setattr(verification, "relate", lambda found, *_: [one for one, _ in found])


def taking_any_key(patch):
    honest_init = Chain.__init__
    patch.setattr(Chain, "__init__", lambda self, _key, workspace: honest_init(self, b"", workspace))


MUTANTS = [
    trusting_every_link,
    blind_to(KIND, "event"),
    blind_to(TIME, 0),
    blind_to(KEY, None),
    blind_to(DIGEST, None),
    blind_to(SUBJECT, None),
    blind_to(CLEAR, b""),
    blind_to(SEALED, None),
    blind_to_the_record_before,
    blind_to_where_fields_end,
    blind_to_the_numbers,
    deaf_to_heads,
    hearing_heads_only_about_the_end,
    hearing_heads_only_about_the_middle,
    asking_no_name,
    stopping_before_the_last,
    starting_after_the_first,
    satisfied_with_the_first_damage_elsewhere,
    without_relations,
    taking_any_key,
]


def relinked(workspace: Workspace) -> Workspace:
    """The same journal as the weakened chain would have written it, so that only what it cannot see is at stake."""
    weakened, rows, previous = workspace.chain, [], workspace.chain.genesis
    for row in workspace.rows:
        previous = weakened.link(row, previous)
        rows.append((*row[:MAC], previous))
    return Workspace(workspace.vault, workspace.heads, rows, workspace.facts)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_a_weakened_verifier_is_caught_by_these_tests(attack, mutant, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        mutant(patch)
        # Heads are made for the links of the weakened chain, or every mutant would be caught by its heads alone.
        ours = relinked(attack.ours)
        ours.heads = HeadsFile(tmp_path / "heads.jsonl", "main", ours.vault.signing_key())
        for number in (10, 20, 30, 40, RECORDS):
            row = ours.rows[number - 1]
            ours.heads.append(Head(seq=row[SEQ], mac=row[MAC], recorded_at=row[TIME]))
        weak = Attack(attack.superuser, attack.store, ours, relinked(attack.theirs))
        rng = random.Random(3)
        tried = [*CHANGES * 4, *[flip_a_bit] * 60]
        missed = any(weak.unnoticed(change, rng) for change in tried)
    assert missed, f"{mutant.__name__} finds, places and names everything: the tests are too weak"


def test_an_unsigned_head_is_told(attack):
    forged = attack.ours.heads.path.with_name("forged.jsonl")
    lines = attack.ours.heads.path.read_bytes().splitlines(keepends=True)
    forged.write_bytes(b"".join(lines[:-1]) + lines[-1].replace(b'"seq":48', b'"seq":47'))
    heads = HeadsFile(forged, "main", attack.ours.vault.signing_key())
    attack.superuser.put(attack.ours.rows, attack.ours.facts)
    report = verify_store(attack.store, attack.ours.vault, heads.lines())
    assert [(one.kind, one.seq) for one in report.damage] == [(K.HEAD_FORGED, 47)]
    assert report.signed_seq == 40


def test_a_head_cut_by_a_crash_is_a_note_and_no_damage(attack):
    cut = attack.ours.heads.path.with_name("cut.jsonl")
    cut.write_bytes(attack.ours.heads.path.read_bytes()[:-40])
    heads = HeadsFile(cut, "main", attack.ours.vault.signing_key())
    heads.append(Head(seq=RECORDS, mac=attack.ours.rows[-1][MAC], recorded_at=0))
    attack.superuser.put(attack.ours.rows, attack.ours.facts)
    report = verify_store(attack.store, attack.ours.vault, heads.lines())
    assert report.sound
    assert len(report.notes) == 1
    assert report.signed_seq == RECORDS


def test_the_expected_count_covers_what_no_head_covers(attack):
    unheard = HeadsFile(attack.ours.heads.path.with_name("none.jsonl"), "main", attack.ours.vault.signing_key())
    attack.superuser.put(attack.ours.rows[:-5], {})
    for count, kind, seq in ((RECORDS, K.TRUNCATED_TAIL, RECORDS - 4), (40, K.INSERTED, 41)):
        report = verify_store(attack.store, attack.ours.vault, unheard.lines(), expected_count=count)
        assert [(one.kind, one.seq) for one in report.damage] == [(kind, seq)]
    assert verify_store(attack.store, attack.ours.vault, unheard.lines()).sound  # as documented: no trace


def test_several_damages_are_each_told_once(attack):
    rows = with_field(attack.ours.rows, 4, TIME, 1)
    rows = with_field(rows, 19, CLEAR, b"{}")
    rows = [*rows[:30], *rows[33:]]
    report = attack.verify(Tampered(rows, 0, set()))
    assert [(one.kind, one.seq, one.last_seq) for one in report.damage] == [
        (K.ALTERED, 5, 5),
        (K.ALTERED, 20, 20),
        (K.MISSING, 31, 33),
    ]


def test_values_of_another_type_and_broken_text_are_told_and_never_stop_the_walk(attack):
    attack.superuser.put(attack.ours.rows, attack.ours.facts)
    for column, value in (
        ("clear", "CAST(x'ff' AS TEXT)"),
        ("kind", "CAST(x'ff' AS TEXT)"),
        ("mac", "7"),
        ("seq", "4e18"),
    ):
        attack.superuser.put(attack.ours.rows, attack.ours.facts)
        attack.superuser.db.execute(f"UPDATE record SET {column} = {value} WHERE seq = 9")
        report = verify_store(attack.store, attack.ours.vault, attack.ours.heads.lines())
        assert report.damage[0].seq == 9, column


def test_a_file_that_is_no_database_any_more_is_told_with_its_place(attack):
    attack.superuser.put(attack.ours.rows, attack.ours.facts)
    path = attack.store.path
    attack.superuser.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    root = attack.superuser.db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'record'").fetchone()[0]
    data = bytearray(path.read_bytes())
    data[(root - 1) * 4096 + 200 : root * 4096] = b"\xff" * 3896
    data[(root - 1) * 4096] = 0x99
    path.write_bytes(data)
    fresh = SqliteStore(path, writable=False)
    report = verify_store(fresh, attack.ours.vault, attack.ours.heads.lines())
    fresh.close()
    assert report.damage[0].kind is K.UNREADABLE
