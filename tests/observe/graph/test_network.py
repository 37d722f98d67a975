"""The network against a plain account of every use there was, and in a crowd, where its reads stay bounded."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from graph_runs import ENDLESS, GAPS, KERNELS, LINKS, name
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.kernel.time import DAY, Micros
from tandem.observe.graph import WINDOWS, Link, Standing, kernel_of


@dataclass
class Account:
    """Every use, in the order in which it became known; nothing is ever let go."""

    links: tuple[Link, ...]
    uses: list[tuple[str, int, str, int]] = field(default_factory=list)
    bad: set[str] = field(default_factory=set)
    now: int = 0
    first: dict[tuple[int, str], tuple[int, int]] = field(default_factory=dict)
    since: dict[str, tuple[int, int]] = field(default_factory=dict)

    def link(self, member, named, at):
        self.now = max(self.now, at)
        longest = max(link.life for link in self.links)
        self.since[member] = self._went_on(self.since.get(member), at, longest)
        for kind, identifier in named:
            key = kind, identifier
            self.first[key] = self._went_on(self.first.get(key), at, self.links[kind].life)
            self.uses.append((member, kind, identifier, at))

    def _went_on(self, before, at, life):
        if before is None or self.now - before[1] >= life:
            return at, at if before is None else max(before[1], at)
        return min(before[0], at), max(before[1], at)

    def living(self, kind, identifier, now):
        """Who uses it, the newest use last; of a crowd only as many as the hub's size are known."""
        last: dict[str, int] = {}
        for member, of, which, at in self.uses:
            if (of, which) == (kind, identifier):
                last[member] = max(last.pop(member, at), at)
                if len(last) > self.links[kind].hub:
                    del last[next(iter(last))]
        return {member: at for member, at in last.items() if now - at < self.links[kind].life}

    def around(self, member, now):
        found = set()
        for _, kind, identifier, _ in [one for one in self.uses if one[0] == member]:
            living = self.living(kind, identifier, now)
            if self.links[kind].joins and len(living) < self.links[kind].hub and member in living:
                found |= set(living)
        return found - {member}

    def read(self, member, named, at):
        now = max(at, self.now)
        shared: dict[str, int] = {}
        crowds = 0
        per_link = [None] * len(self.links)
        for kind, identifier in named:
            living = self.living(kind, identifier, now)
            others = {one: last for one, last in living.items() if one != member}
            within = [sum(now - last < window for last in others.values()) for _, window in WINDOWS]
            first, last = self.first.get((kind, identifier), (None, None))
            days = None if first is None or now - last >= self.links[kind].life else (now - first) // DAY
            per_link[kind] = [*within, len(others), sum(one in self.bad for one in others), days]
            crowded = len(living) >= self.links[kind].hub
            crowds += crowded
            if self.links[kind].joins and not crowded:
                for one in others:
                    shared[one] = shared.get(one, 0) + 1
        second = {two for one in shared for two in self.around(one, now)} - set(shared) - {member}
        component, waiting = set(shared), list(shared)
        while waiting:
            for other in self.around(waiting.pop(), now) - component - {member}:
                component.add(other)
                waiting.append(other)
        came = [now - self.since[one][0] for one in component]
        return per_link, [
            len(shared),
            len(self.bad & set(shared)),
            sum(times > 1 for times in shared.values()),
            len(second),
            len(self.bad & second),
            len(component),
            len(self.bad & component),
            sum(age < DAY for age in came),
            sum(age < 7 * DAY for age in came),
            crowds,
        ]


MEMBER = st.sampled_from([name(one) for one in "abcdefgh"])
IDENTIFIER = st.tuples(st.integers(0, 2), st.sampled_from([name(one) for one in "xyz"]))
NAMED = st.lists(IDENTIFIER, max_size=3, unique_by=lambda one: one[0])
STEP = st.tuples(MEMBER, NAMED, st.sampled_from(GAPS), st.sampled_from([None, None, None, True, False]))


@pytest.mark.parametrize("compiled", KERNELS)
@settings(max_examples=300, deadline=None)
@given(st.lists(STEP, max_size=40))
def test_every_read_is_what_a_plain_account_says(compiled, steps):
    network, account = kernel_of(LINKS, ENDLESS, compiled=compiled), Account(LINKS)
    at = 400 * DAY
    for member, named, gap, bad in steps:
        at += gap
        per_link, across = account.read(member, named, at)
        told = [value for counts in per_link for value in counts or [None] * 6]
        assert network.read(member, named, Micros(at)) == told + across
        network.link(member, named, Micros(at))
        account.link(member, named, at)
        if bad is not None:
            network.mark(member, Micros(at), bad=bad)
            (account.bad.add if bad else account.bad.discard)(member)


@pytest.mark.parametrize("compiled", KERNELS)
def test_a_member_never_finds_itself(compiled):
    network = kernel_of(LINKS, compiled=compiled)
    used = [(0, name("x")), (1, name("y"))]
    for _ in range(3):
        network.link(name("a"), used, Micros(DAY))
    assert network.read(name("a"), used, Micros(DAY)) == [0] * 12 + [None] * 6 + [0] * 10


@pytest.mark.parametrize("compiled", KERNELS)
def test_a_crowd_is_counted_up_to_its_size_and_joins_nobody(compiled):
    network = kernel_of(LINKS, compiled=compiled)
    for number in range(1_000):
        network.link(name(f"m{number}"), [(0, name("shop"))], Micros(DAY))
    found = network.read(name("new"), [(0, name("shop"))], Micros(DAY))
    assert found[3] == 4
    assert found[-10:] == [0, 0, 0, 0, 0, 0, 0, 0, 0, 1]


@pytest.mark.parametrize("compiled", KERNELS)
def test_what_is_dead_is_let_go(compiled):
    network = kernel_of(LINKS, compiled=compiled)
    for number in range(500):
        used = [(0, name(f"d{number}")), (2, name(f"i{number}"))]
        network.link(name(f"m{number}"), used, Micros(number * DAY))
    assert len(network) < 50


@pytest.mark.parametrize("compiled", KERNELS)
def test_of_several_identifiers_of_a_kind_the_most_crowded_is_told(compiled):
    network = kernel_of(LINKS, compiled=compiled)
    for member in "ab":
        network.link(name(member), [(1, name("busy"))], Micros(DAY))
    network.link(name("c"), [(1, name("quiet"))], Micros(2 * DAY))
    for order in (["busy", "quiet"], ["quiet", "busy"]):
        assert network.read(None, [(1, name(one)) for one in order], Micros(2 * DAY))[9] == 2


@pytest.mark.parametrize("compiled", KERNELS)
def test_what_is_no_pseudonym_or_no_time_is_refused_and_changes_nothing(compiled):
    network = kernel_of(LINKS, compiled=compiled)
    for member, named, at in [
        ("person", [], DAY),
        (name("a").upper().replace("0", "A"), [], DAY),
        (name("a"), [(0, "\ud800" * 32)], DAY),
        (name("a"), [(1, name("x")), (0, name("x")[1:])], DAY),
        (name("a"), [(1, name("x"))], 2**61 + 1),
        (name("a"), [(1, name("x"))], -(2**80)),
    ]:
        with pytest.raises(ValueError, match=r"pseudonym|time"):
            network.link(member, named, at)
        with pytest.raises(ValueError, match=r"pseudonym|time"):
            network.read(member, named, at)
    for kind in (-1, 3):
        with pytest.raises(IndexError):
            network.link(name("a"), [(kind, name("x"))], Micros(DAY))
        with pytest.raises(IndexError):
            network.members_of(kind, name("x"))
    assert len(network) == network.newest == 0
    assert network.links_of("nobody") == network.members_of(0, "nothing") == []
    assert network.standing("nobody") is None


@pytest.mark.parametrize("compiled", KERNELS)
def test_links_members_and_standing_are_told_with_what_was_used_last_first(compiled):
    network = kernel_of(LINKS, compiled=compiled)
    network.link(name("a"), [(0, name("x")), (1, name("y"))], Micros(2 * DAY))
    network.link(name("b"), [(0, name("x"))], Micros(3 * DAY))
    network.link(
        name("a"), [(0, name("x"))], Micros(DAY)
    )  # late: newest in the journal, with the time of its newest use
    network.mark(name("b"), Micros(3 * DAY), bad=True)
    network.mark(name("c"), Micros(4 * DAY), bad=True)
    assert network.links_of(name("a")) == [(0, name("x"), 2 * DAY), (1, name("y"), 2 * DAY)]
    assert network.members_of(0, name("x")) == [(name("a"), 2 * DAY), (name("b"), 3 * DAY)]
    assert network.standing(name("a")) == Standing(since=Micros(DAY), last=Micros(2 * DAY), bad_since=None)
    assert network.standing(name("b")) == Standing(Micros(3 * DAY), Micros(3 * DAY), Micros(3 * DAY))
    assert network.standing(name("c")) == Standing(None, None, Micros(4 * DAY))
    assert network.links_of(name("c")) == network.members_of(2, name("x")) == []
    assert network.standing(name("d")) is None
