"""A journal and its lake, empty and filled."""

from __future__ import annotations

import pytest
from lake_house import House


@pytest.fixture
def house(tmp_path):
    house = House(tmp_path)
    yield house
    house.close()


@pytest.fixture(scope="module")
def settled(tmp_path_factory):
    """A house with two payments in its lake, for tests that only ask."""
    house = House(tmp_path_factory.mktemp("settled"))
    house.pay(1)
    house.pay(2, "bob", channel="app")
    house.project()
    yield house
    house.close()


@pytest.fixture(scope="session")
def house_class():
    return House
