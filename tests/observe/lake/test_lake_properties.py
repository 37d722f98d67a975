from __future__ import annotations

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tandem.observe.lake.tables import Tables


class Crash(Exception):
    pass


class Fuse:
    """Breaks one write to the lake: before it is done, or right after."""

    def __init__(self, monkeypatch):
        self.left = None
        self.after = False
        for name in ("append", "take_out"):
            monkeypatch.setattr(Tables, name, self._fused(getattr(Tables, name)))

    def _fused(self, write):
        def fused(tables, *args, **options):
            burns = self.left == 0
            if self.left is not None:
                self.left -= 1
            if burns and not self.after:
                raise Crash
            result = write(tables, *args, **options)
            if burns:
                raise Crash
            return result

        return fused


PERSONS = st.sampled_from(["ann", "bob", "cem"])
STEPS = st.one_of(
    st.tuples(st.just("pay"), PERSONS),
    st.tuples(st.just("pay"), PERSONS),
    st.tuples(st.just("erase"), PERSONS),
    st.tuples(st.just("project"), st.integers(1, 4)),
    st.tuples(st.just("crash"), st.tuples(st.integers(0, 9), st.booleans(), st.integers(1, 4))),
)


def live(house_of, monkeypatch, steps):
    """Take the steps, then project to the end; the lake must be the journal, less who was erased."""
    house = house_of()
    fuse = Fuse(monkeypatch)
    paid, seq = [], 0
    for step, what in [*steps, ("project", 3)]:
        if step == "pay":
            house.pay(seq, what)
            seq += 1
            paid.append((seq, what))
        elif step == "erase":
            house.journal.erase(house.vault.pseudonym("person", what))
            seq += 1
            paid = [(at, None if person == what else person) for at, person in paid]
        elif step == "project":
            house.project(batch_records=what)
        else:
            fuse.left, fuse.after, batch = what
            with contextlib.suppress(Crash):
                house.project(batch_records=batch)
            fuse.left = None
    names = house.lake.tables(personal=True)
    found = house.lake.sql("select seq from payment order by seq").column(0).to_pylist() if "payment" in names else []
    assert found == [at for at, _ in paid]
    kept = []
    if "payment_personal" in names:
        kept = house.lake.sql("select seq from payment_personal order by seq", personal=True).column(0).to_pylist()
    assert kept == [at for at, person in paid if person is not None]
    assert all(each.passed for each in house.lake.reconcile(house.journal, house.reader))


@pytest.fixture
def house_of(tmp_path_factory, house_class):
    made = []

    def make():
        made.append(house_class(tmp_path_factory.mktemp("house")))
        return made[-1]

    yield make
    for house in made:
        house.close()


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STEPS, max_size=12))
def test_the_lake_is_the_journal_less_who_was_erased_whatever_crashed(house_of, steps):
    with pytest.MonkeyPatch.context() as monkeypatch:
        live(house_of, monkeypatch, steps)


@pytest.mark.prove
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(STEPS, max_size=25))
def test_the_lake_is_the_journal_less_who_was_erased_in_many_lives(house_of, steps):
    with pytest.MonkeyPatch.context() as monkeypatch:
        live(house_of, monkeypatch, steps)
