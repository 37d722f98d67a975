"""The network against a plain account of every use there was, and in a crowd, where its reads stay bounded."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.kernel.time import DAY, HOUR, Micros
from tandem.observe.graph import WINDOWS, GraphLimits, Link, Network, Standing

LINKS = (
    Link(identifier="device", life=10 * DAY, hub=4),
    Link(identifier="phone", life=30 * DAY, hub=1_000),
    Link(identifier="ip", life=2 * DAY, joins=False, hub=1_000),
)
ENDLESS = GraphLimits(neighbours=10**6, asked=10**6, links=10**6, second=10**6, component=10**6, kept=10**6)


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
            per_link[kind] = [*within, len(others), sum(one in self.bad for one in others)]
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


MEMBER = st.sampled_from("abcdefgh")
NAMED = st.lists(st.tuples(st.integers(0, 2), st.sampled_from("xyz")), max_size=3, unique_by=lambda one: one[0])
GAP = st.sampled_from([0, HOUR, 5 * HOUR, DAY, 3 * DAY, 11 * DAY, 31 * DAY, -DAY, -4 * DAY])
STEP = st.tuples(MEMBER, NAMED, GAP, st.sampled_from([None, None, None, True, False]))


@settings(max_examples=300)
@given(st.lists(STEP, max_size=40))
def test_every_read_is_what_a_plain_account_says(steps):
    network, account = Network(LINKS, ENDLESS), Account(LINKS)
    at = 400 * DAY
    for member, named, gap, bad in steps:
        at += gap
        found = network.read(member, named, Micros(at))
        per_link, across = account.read(member, named, at)
        assert [None if one[0] is None else one[:5] for one in found.per_link] == per_link
        assert found.across == across
        network.link(member, named, Micros(at))
        account.link(member, named, at)
        if bad is not None:
            network.mark(member, Micros(at), bad=bad)
            (account.bad.add if bad else account.bad.discard)(member)


def test_a_member_never_finds_itself():
    network = Network(LINKS)
    for _ in range(3):
        network.link("a", [(0, "x"), (1, "y")], Micros(DAY))
    found = network.read("a", [(0, "x"), (1, "y")], Micros(DAY))
    assert found.across == [0] * 10
    assert found.per_link[0] == [0, 0, 0, 0, 0, 0]


def test_a_crowd_is_counted_up_to_its_size_and_joins_nobody():
    network = Network(LINKS)
    for number in range(1_000):
        network.link(f"m{number}", [(0, "shop")], Micros(DAY))
    found = network.read("new", [(0, "shop")], Micros(DAY))
    assert found.per_link[0][3] == 4
    assert found.across == [0, 0, 0, 0, 0, 0, 0, 0, 0, 1]


def test_what_is_dead_is_let_go():
    network = Network(LINKS)
    for number in range(500):
        network.link(f"m{number}", [(0, f"d{number}"), (2, f"i{number}")], Micros(number * DAY))
    assert len(network) < 50


def test_links_members_and_standing_are_told_with_what_was_used_last_first():
    network = Network(LINKS)
    network.link("a", [(0, "x"), (1, "y")], Micros(2 * DAY))
    network.link("b", [(0, "x")], Micros(3 * DAY))
    network.link("a", [(0, "x")], Micros(DAY))  # late: newest in the journal, with the time of its newest use
    network.mark("b", Micros(3 * DAY), bad=True)
    network.mark("c", Micros(4 * DAY), bad=True)
    assert network.links_of("a") == [(0, "x", 2 * DAY), (1, "y", 2 * DAY)]
    assert network.members_of(0, "x") == [("a", 2 * DAY), ("b", 3 * DAY)]
    assert network.standing("a") == Standing(since=Micros(DAY), last=Micros(2 * DAY), bad_since=None)
    assert network.standing("b") == Standing(Micros(3 * DAY), Micros(3 * DAY), Micros(3 * DAY))
    assert network.standing("c") == Standing(None, None, Micros(4 * DAY))
    assert network.links_of("c") == network.members_of(2, "x") == []
    assert network.standing("d") is None
