"""The reference names every address and every command there is."""

from __future__ import annotations

import re
from pathlib import Path

from typer.main import get_command

from tandem.faces.cli.commands import build

DOCS = Path(__file__).parents[2] / "docs" / "reference"


def test_every_address_is_in_the_reference(contract):
    text = (DOCS / "http-api.md").read_text(encoding="utf-8")
    for path, operations in contract.document["paths"].items():
        for method in operations:
            assert f"`{method.upper()} {path}`" in text


def test_the_reference_names_no_address_that_is_not_there(contract):
    text = (DOCS / "http-api.md").read_text(encoding="utf-8")
    for method, path in re.findall(r"\| `(GET|POST|DELETE) (/[^`]*)`", text):
        assert method.lower() in contract.document["paths"][path]


def test_every_shape_has_one_short_name_of_its_own(contract):
    assert [name for name in contract.document["components"]["schemas"] if "." in name] == []


def test_every_command_is_in_the_reference():
    text = (DOCS / "cli.md").read_text(encoding="utf-8")
    for name, command in get_command(build()).commands.items():
        nested = getattr(command, "commands", None)
        for words in [f"{name} {inner}" for inner in nested] if nested else [name]:
            assert re.search(rf"`tandem {words}\b", text), words
