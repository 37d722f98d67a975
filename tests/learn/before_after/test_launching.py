"""How long a change took from the draft to the customer."""

from __future__ import annotations

from tandem.kernel.artefacts import Artefact, ArtefactRegister
from tandem.kernel.time import HOUR, MINUTE, Micros
from tandem.learn.before_after import Side, history_of, launch_times


def artefact(name, version):
    return Artefact.of("policy", name, {"version": version})


def played():
    """Two releases: the first after an hour, the second changes one artefact within ten minutes; then back to the first."""
    register = ArtefactRegister()
    first, second, third = artefact("a", 1), artefact("b", 1), artefact("a", 2)

    def do(change, at):
        register.apply(change, Micros(at))

    do(register.push([first, second], author="ann"), 0)
    do(register.review([first.digest, second.digest], approver="bob"), 30 * MINUTE)
    do(register.release({one.key: one.digest for one in (first, second)}, by="bob"), HOUR)
    do(register.push([third], author="ann"), 2 * HOUR)
    do(register.review([third.digest], approver="ann"), 2 * HOUR)
    do(register.release({third.key: third.digest}, by="ann"), 2 * HOUR + 10 * MINUTE)
    do(register.roll_back(by="bob"), 3 * HOUR)
    return register


def test_only_what_had_never_been_live_is_a_launch():
    history = history_of(played())
    assert [(len(one.first), one.rolled_back) for one in history] == [(2, False), (1, False), (0, True)]
    everything = launch_times(history, Side())
    assert (everything.releases, everything.rolled_back, everything.artefacts) == (2, 1, 3)
    assert (everything.median_s, everything.slowest_s) == (3600.0, 3600.0)


def test_a_side_counts_its_own_stretch_and_who_approved_their_own_work():
    history = history_of(played())
    before, after = (launch_times(history, side) for side in (Side(end=Micros(2 * HOUR)), Side(start=Micros(2 * HOUR))))
    assert (before.artefacts, before.median_s, before.by_one) == (2, 3600.0, 0)
    assert (after.artefacts, after.median_s, after.by_one, after.rolled_back) == (1, 600.0, 1, 1)


def test_nothing_launched_has_no_time():
    found = launch_times(history_of(played()), Side(start=Micros(9 * HOUR)))
    assert (found.artefacts, found.median_s, found.slowest_s) == (0, None, None)
