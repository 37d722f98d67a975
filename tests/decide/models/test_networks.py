"""A graph network is a document like every other: checked, signed, described, and a pure function of the parts of its margin."""

from __future__ import annotations

import json
import math

import msgspec
import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from drawn_networks import drawn
from hypothesis import given
from hypothesis import strategies as st

from tandem.decide.models import (
    PlattCalibration,
    Reason,
    ReasonCatalogue,
    Wording,
    check_reasons,
    describe_model,
    document_digest,
    encode_document,
    load_model,
    monotone_violations,
    read_document,
    sigmoid,
    sign,
)
from tandem.kernel.errors import DefinitionError, NotFound


def test_a_document_survives_json_and_keeps_its_digest():
    document = drawn()
    again = read_document(encode_document(document))
    assert again == document
    assert document_digest(again) == document_digest(document) == load_model(document).digest
    assert document_digest(drawn(seed=3)) != document_digest(document)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"slots": 0}, "slots"),
        ({"slots": 10**6}, "slots"),
        ({"width": 5}, "first"),
        ({"mean": [1.0]}, "mean"),
        ({"scale": [0.0, 1.0, 1.0]}, "scale[0]"),
        ({"inputs": ["a", "a", "b"]}, "inputs"),
        ({"links": []}, "links"),
        ({"links": [{"kind": "device"}] * 2}, "links"),
        ({"links": [{"kind": f"k{one}"} for one in range(9)]}, "links"),
        ({"links": [{"kind": "own"}, {"kind": "phone"}]}, "links[0].kind"),
        ({"links": [{"kind": "Not a name"}, {"kind": "phone"}]}, "links[0].kind"),
        ({"event": ""}, "event"),
        ({"marks": [{"event": "verdict", "when": ""}]}, "marks[0].when"),
        ({"metadata": {"name": "Not a name", "target": "bad"}}, "metadata.name"),
        ({"head": {"weights": [[1.0]], "bias": [0.0]}}, "head.weights[0]"),
        ({"first": {"weights": [[1e300] * 3] * 4, "bias": [0.0] * 4}}, "first.weights[0][0]"),
        ({"expected": 1e300}, "expected"),
        ({"format": 2}, "format"),
        ({"calibration": {"kind": "platt", "slope": -1.0, "intercept": 0.0}}, "calibration.slope"),
    ],
)
def test_a_document_that_does_not_hold_together_is_refused(change, field):
    plain = msgspec.to_builtins(drawn()) | change
    with pytest.raises(DefinitionError) as refused:
        load_model(json.dumps(plain))
    assert refused.value.field == field


def test_a_signature_vouches_for_it():
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    signed = sign(drawn(), key)
    assert load_model(encode_document(signed), trusted_keys=[key.public_key()]).kind == "sage"
    other = msgspec.structs.replace(signed, document=drawn(seed=2))
    with pytest.raises(DefinitionError) as refused:
        load_model(encode_document(other), trusted_keys=[key.public_key()])
    assert refused.value.code == "model_signature"


def test_it_reads_the_parts_of_its_margin_and_adds_them_up():
    model = load_model(drawn())
    assert model.inputs == ("sage_own", "sage_device", "sage_phone")
    assert model.reads == ("amount", "hour", "age")
    row = [0.5, -0.25, 2.0]
    assert model.score(row).margin == 2.25
    assert model.score(row).probability == sigmoid(2.25)
    assert model.contributions(row) == (0.375, -0.25, 2.0)
    assert sum(model.contributions(row)) + model.expected == 2.25


def test_a_part_that_is_missing_is_that_of_nobody_in_particular():
    model = load_model(drawn())
    for nothing in (None, math.nan, math.inf, "text"):
        assert model.score([nothing] * 3).margin == 0.125
    with pytest.raises(Exception, match="reads 3 values"):
        model.score([1.0])


part = st.none() | st.floats(-50, 50)


@given(st.lists(st.tuples(part, part, part), min_size=1, max_size=20))
def test_a_column_is_scored_like_its_rows(rows):
    document = msgspec.structs.replace(drawn(), calibration=PlattCalibration(slope=0.9, intercept=-0.1))
    model = load_model(document)
    columns = dict(zip(model.inputs, map(list, zip(*rows, strict=True)), strict=True))
    assert model.margins(columns).tolist() == [model.score(row).margin for row in rows]
    assert model.score_batch(columns).tolist() == [model.score(row).probability for row in rows]


def test_the_reasons_are_the_links_that_spoke_against_somebody():
    links = [msgspec.structs.replace(one, reason=one.kind.upper()) for one in drawn().links]
    model = load_model(msgspec.structs.replace(drawn(), links=tuple(links), reason="OWN"))
    told = [(one.reason_code, one.contribution) for one in model.reasons([0.2, 1.5, -3.0])]
    assert told == [("DEVICE", 1.5), ("OWN", 0.075)]


def test_without_a_word_for_every_part_it_cannot_be_published():
    words = Wording(en="a", zh_cn="b")
    catalogue = ReasonCatalogue(name="words", reasons={"MASS_APPLICATION": Reason(customer=words, internal=words)})
    check_reasons(load_model(drawn()), catalogue)
    silent = msgspec.structs.replace(drawn(), reason=None)
    with pytest.raises(DefinitionError) as refused:
        check_reasons(load_model(silent), catalogue)
    assert refused.value.value == "sage_own"


def test_it_says_what_it_is():
    told = describe_model(drawn())
    assert told.kind == "sage"
    own = told.inputs[0]
    assert (own.name, own.proof, own.reason) == ("sage_own", "free", "MASS_APPLICATION")
    (part,) = told.parts
    assert (part.inputs, part.reads, part.links) == (3, ("amount", "hour", "age"), ("device", "phone"))
    assert (part.slots, part.width) == (3, 4)
    assert monotone_violations(drawn(), "sage_own") == ()
    with pytest.raises(NotFound):
        monotone_violations(drawn(), "amount")


def test_numbers_of_any_kind_are_taken_in_a_column():
    model = load_model(drawn())
    columns = {"sage_own": np.array([1, 2]), "sage_device": [True, None], "sage_phone": np.array([0.5, np.nan])}
    assert model.margins(columns).tolist() == [2.5, 2.0]
