from __future__ import annotations

import re
from pathlib import Path

import pytest

from tandem.kernel.artefacts import parse_yaml
from tandem.kernel.time import parse_instant
from tandem.observe.events import EventReader, parse_event_type
from tandem.observe.events.derived import FUNCTIONS
from tandem.observe.events.ingest import parse_mapping

DOCS = Path(__file__).parents[3] / "docs"


def block(path, language, place=0):
    text = (DOCS / path).read_text(encoding="utf-8")
    return parse_yaml(re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)[place], path)


def test_the_event_of_the_reference_is_read_by_the_event_type_of_the_reference(vault):
    event_type = parse_event_type(block("reference/events.md", "yaml"))
    document = block("reference/events.md", "json")
    event = EventReader([event_type], vault).read(document, received_at=parse_instant("2026-11-24T00:00:00Z"))
    assert event.values["amount_minor"] == 1250


def test_the_derived_fields_of_the_reference_are_all_there_are_and_its_table_tells_each():
    event_type = parse_event_type(block("reference/events.md", "yaml", 1))
    assert {field.derived.function for field in event_type.fields if field.derived is not None} == FUNCTIONS.keys()
    text = (DOCS / "reference/events.md").read_text(encoding="utf-8")
    for name, function in FUNCTIONS.items():
        (row,) = re.findall(rf"^\| `{name}` \|.*$", text, re.MULTILINE)
        for parameter, one in function.parameters.items():
            assert f"`{parameter}`" in row
            assert one.default is None or str(one.default) in row


def test_the_mapping_of_the_how_to_holds_together():
    names = {"applicant": "text", "amount_minor": "integer", "home": "text", "born": "date", "debt_ratio": "double"}
    fields = [{"name": name, "type": kind} for name, kind in {**names, "source": "text"}.items()]
    application = parse_event_type({"name": "application", "fields": fields})
    assert parse_mapping(block("how-to/import-files.md", "yaml"), {"application": application}).name == "loan_book"


@pytest.mark.parametrize(
    "path", sorted((DOCS.parent / "examples/lender/event_types").glob("*.yaml")), ids=lambda path: path.stem
)
def test_the_event_types_of_the_example_lender_hold_together(path):
    assert parse_event_type(parse_yaml(path.read_text(encoding="utf-8"), str(path))).name == path.stem
