"""What a room reads from the live release."""

from __future__ import annotations

import logging

import pytest

from tandem.decide.decisions import LiveReading
from tandem.kernel.errors import DefinitionError


class Releases:
    """A process as far as it has releases."""

    def __init__(self):
        self.live = None
        self.checks = []

    def check_releases(self, check):
        self.checks.append(check)

    def release(self, live):
        for check in self.checks:
            check(live)
        self.live = live


class Book:
    """Reads a release as its name; ``broken`` does not hold together."""

    def __init__(self):
        self.read = []

    def __call__(self, live):
        self.read.append(live)
        if live == "broken":
            raise DefinitionError("It does not hold.", code="broken", field="$")
        return f"in force: {live}"


@pytest.fixture
def releases():
    return Releases()


@pytest.fixture
def book():
    return Book()


@pytest.fixture
def reading(releases, book):
    return LiveReading(releases, book, nothing="nothing", otherwise="Nobody is told")


def test_before_the_first_release_there_is_nothing(reading, book):
    assert (reading.now, book.read) == ("nothing", [])


def test_a_release_is_read_once_however_often_it_is_asked_for(reading, releases, book):
    releases.live = "one"
    assert {reading.now for _ in range(3)} == {"in force: one"}
    assert book.read == ["one"]
    releases.live = "two"
    assert reading.now == "in force: two"


def test_a_release_that_does_not_hold_together_does_not_go_live(reading, releases):
    releases.release("one")
    with pytest.raises(DefinitionError, match="does not hold"):
        releases.release("broken")
    assert reading.now == "in force: one"


def test_one_that_went_live_unchecked_counts_as_nothing_and_is_said_once(reading, releases, caplog):
    releases.live = "broken"
    with caplog.at_level(logging.WARNING):
        assert (reading.now, reading.now) == ("nothing", "nothing")
    (said,) = [one.getMessage() for one in caplog.records]
    assert said.startswith("Nobody is told: It does not hold.")
