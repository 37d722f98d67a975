"""The starter workspace behind the whole application, once for all tests of the face."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from http_face import Caller, Contract, starter_process

from tandem.decide.decisions import DecisionProcess
from tandem.faces.api import create_app


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DecisionProcess]:
    one = starter_process(tmp_path_factory.mktemp("starter"))
    yield one
    one.close()


@pytest.fixture(scope="module")
def call(process: DecisionProcess) -> Iterator[Caller]:
    caller = Caller(create_app(process))
    yield caller
    caller.close()


@pytest.fixture(scope="module")
def contract(call: Caller) -> Contract:
    return Contract(call("GET", "/openapi.json").json)
