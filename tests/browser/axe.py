"""What axe has against a page, as a list that reads well when a test fails."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_SOURCE = Path(__file__).parents[2] / "console" / "node_modules" / "axe-core" / "axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """async ([kind, values]) =>
  (await axe.run(document, {runOnly: {type: kind, values}, resultTypes: ["violations"]})).violations"""


def source():
    """axe itself, from where the console was built; a test that needs it is skipped where it is not."""
    if not _SOURCE.is_file():
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail("axe-core is not installed: required in CI")
        pytest.skip("axe-core is not installed here: make console")
    return _SOURCE.read_text(encoding="utf-8")


def violations(page, axe):
    """Everything that WCAG 2.2 AA and good practice ask for, and ``page`` does not give."""
    return _found(page, axe, "tag", _RULES)


def faint(page, axe):
    """Only what is hard to read on ``page`` for its colours."""
    return _found(page, axe, "rule", ["color-contrast"])


def _found(page, axe, kind, values):
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(axe)
    found = page.evaluate(_RUN, [kind, values])
    return [(one["id"], node["target"], node["failureSummary"]) for one in found for node in one["nodes"]]
