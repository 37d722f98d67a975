"""A recurrent network as a model: checked like every other, the sum of its two parts, described and compared in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
import pytest
from drawn_recurrent import drawn_gru

from tandem.decide.models import (
    BestReference,
    Vectors,
    describe_model,
    encode_document,
    load_model,
    monotone_violations,
    read_document,
)
from tandem.decide.releases import model_words
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import DefinitionError
from tandem.kernel.identity import Digest

DOCUMENT = drawn_gru()
MODEL = load_model(DOCUMENT)


def test_it_reads_its_parts_and_is_their_sum() -> None:
    assert (MODEL.kind, MODEL.inputs, MODEL.reads) == (
        "gru",
        ("habit_own", "habit_history"),
        ("amount", "hour", "channel"),
    )
    assert MODEL.score((-0.5, 1.25)).margin == 0.75
    assert MODEL.contributions((-0.5, 1.25)) == (-0.5 + 1.25, 1.25)
    assert [(one.input, one.reason_code) for one in MODEL.reasons((-0.5, 1.25))] == [
        ("habit_history", "PAST_PAYMENTS"),
        ("habit_own", "UNUSUAL_PAYMENT"),
    ]


def test_a_part_that_is_missing_is_that_of_a_row_of_which_nothing_is_known() -> None:
    assert MODEL.score((None, None)).margin == DOCUMENT.expected
    assert MODEL.margins({"habit_own": [None, 1.0], "habit_history": [np.nan, 0.5]}).tolist() == [-1.25, 1.5]
    assert BestReference(MODEL).row == (-1.25, 0.0)


def test_it_is_read_back_from_its_bytes_and_described() -> None:
    assert read_document(encode_document(DOCUMENT)) == DOCUMENT
    (part,) = describe_model(DOCUMENT).parts
    assert (part.kind, part.inputs, part.reads, part.width, part.links) == (
        "gru",
        3,
        ("amount", "hour", "channel"),
        4,
        (),
    )
    assert monotone_violations(DOCUMENT, "habit_history") == ()


def test_versions_are_told_apart_in_both_languages() -> None:
    def artefact(document: object) -> Artefact:
        return Artefact(kind="model", name="habit", digest=Digest("0" * 64), body=msgspec.to_builtins(document))

    (new,) = model_words.model_introduced(artefact(DOCUMENT))
    assert (new.en[:33], new.zh[:4]) == ("A recurrent network of 3 inputs, ", "循环网络")
    wider = artefact(drawn_gru(width=8, member="customer"))
    told = model_words.model_sentences(artefact(DOCUMENT), wider)
    assert [one.en for one in told] == [
        "It scores payment (customer) instead of payment (card).",
        "It keeps 8 numbers of everybody instead of 4.",
    ]


def changed(at: str, value: Any) -> dict[str, Any]:
    """The document with one thing otherwise; ``at`` such as ``values.0.knots``."""
    whole: dict[str, Any] = msgspec.json.decode(encode_document(DOCUMENT))
    place: Any = whole
    *path, last = at.split(".")
    for key in path:
        place = place[int(key) if key.isdigit() else key]
    key = int(last) if last.isdigit() else last
    place[key] = value(place.get(key) if isinstance(place, dict) else place[key]) if callable(value) else value
    return whole


def shorter(numbers: list[Any]) -> list[Any]:
    return numbers[:-1]


@pytest.mark.parametrize(
    ("at", "value", "field"),
    [
        ("metadata.name", "A name", "metadata.name"),
        ("event", "Pay ment", "event"),
        ("member", "", "member"),
        ("bias", [], "bias"),
        ("bias", [0.0] * 129, "bias"),
        ("bias.0", 1e7, "bias[0]"),
        ("values", [], "values"),
        ("values", lambda all_: [*all_, all_[0]], "values"),
        ("values.0.knots.1", -1e9, "values[0].knots[1]"),
        ("values.0.vectors.2", shorter, "values[0].vectors[2]"),
        ("values.2.levels", shorter, "values[2].vectors"),
        ("values.2.unknown", [0.0], "values[2].unknown"),
        ("gap.name", "wait", "gap"),
        ("gap.missing", shorter, "gap.missing"),
        ("keep.weights", shorter, "keep.weights"),
        ("reset.weights.1", shorter, "reset.weights[1]"),
        ("candidate.bias", shorter, "candidate.bias"),
        ("outer.weights", shorter, "outer.weights"),
        ("head", [], "head"),
        ("head", [0.0] * 257, "head"),
        ("intercept", 1e7, "intercept"),
        ("expected", -1e7, "expected"),
        ("history_reason", "", "history_reason"),
        ("calibration", {"kind": "platt", "slope": -1.0, "intercept": 0.0}, "calibration.slope"),
        ("format", 2, "format"),
    ],
)
def test_what_does_not_hold_together_is_refused_by_name(
    at: str, value: object | Callable[[Any], Any], field: str
) -> None:
    with pytest.raises(DefinitionError) as caught:
        load_model(changed(at, value))
    assert caught.value.field == field


def test_a_gap_is_a_number() -> None:
    text = Vectors(name="gap", type="categorical", levels=(), vectors=(), missing=(0.0,) * 4)
    with pytest.raises(DefinitionError):
        load_model(msgspec.structs.replace(DOCUMENT, gap=text))


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(DefinitionError):
        load_model(changed("metadata", lambda kept: kept | {"pickle": "x"}))
