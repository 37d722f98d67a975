"""A house with a first admin, for every test of access."""

from __future__ import annotations

import pytest
from access_house import House


@pytest.fixture
def house(tmp_path):
    one = House(tmp_path)
    yield one
    one.access.close()


@pytest.fixture
def ann(house):
    return house.admin()
