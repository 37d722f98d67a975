"""Every kernel has its compiled twin where continuous integration runs: a parity test that was skipped there would prove nothing."""

from __future__ import annotations

import importlib
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "src"
SOURCES = sorted(ROOT.glob("tandem/**/_compiled.cpp"))


@pytest.mark.compiled
@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.parent.name)
def test_the_compiled_twin_was_built(source):
    name = ".".join(source.relative_to(ROOT).with_suffix("").parts)
    try:
        importlib.import_module(name)
    except ImportError as error:
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail(f"{name} was not built: required in CI ({error})")
        pytest.skip(f"{name} was not built here: {error}")


def test_there_are_kernels_to_build():
    assert len(SOURCES) >= 5
