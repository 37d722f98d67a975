"""What docs/labels.md shows can be written so."""

from __future__ import annotations

import re
from pathlib import Path

from typer.main import get_command

from tandem.decide.policy import parse_policy
from tandem.faces.cli.commands import build
from tandem.kernel.artefacts.workspace import parse_yaml
from tandem.learn.labels import parse_outcome
from tandem.learn.rejects import ASSUMPTIONS, METHODS

PAGE = (Path(__file__).parents[2] / "docs" / "labels.md").read_text(encoding="utf-8")


def blocks():
    return [parse_yaml(text, "docs/labels.md") for text in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]


def test_the_definition_it_shows_is_one():
    found = parse_outcome(blocks()[0])
    assert (found.decided, found.window, found.provisional.bad) == ("loan_application", "365d", "days_late >= 30")


def test_the_split_it_shows_is_one():
    flow = [*blocks()[1], {"decide": "end", "then": "approve"}]
    policy = parse_policy({"policy": "p", "event": "application", "when_missing": "review", "flow": flow})
    assert policy.flow[0].cases[0].flow[0].name == "try_some"


def test_the_commands_it_shows_are_there():
    commands = get_command(build()).commands
    for group, command in re.findall(r"^tandem (\w+) (\w+)", PAGE, re.MULTILINE):
        assert command in commands[group].commands, (group, command)


def test_every_way_to_reckon_with_the_declined_is_in_its_table():
    assert set(METHODS) == set(ASSUMPTIONS)
    for method in METHODS:
        assert f"| `{method}` |" in PAGE
