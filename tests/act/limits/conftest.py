"""A house whose limits move."""

from __future__ import annotations

import pytest
from limit_house import opened_house


@pytest.fixture
def house(tmp_path):
    found = opened_house(tmp_path / "home")
    yield found
    found.process.close()
