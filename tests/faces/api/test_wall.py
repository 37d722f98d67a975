from __future__ import annotations

import json
import math

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.faces.api.problems import Malformed, WrongMediaType, problem_of
from tandem.faces.api.wall import BODY_BYTES_MAX, DEPTH_MAX, decode_document, depth_exceeds, refuse_media_type
from tandem.kernel.errors import TandemError, TooLarge
from tandem.kernel.values import INTEGER_MAX, INTEGER_MIN


class Refusal(Exception):
    pass


def strict_reference(body: bytes):
    """The slow and obvious reading of the rules, written without looking at the wall."""

    def pairs(items):
        if len({k for k, _ in items}) != len(items):
            raise Refusal("duplicate")
        return dict(items)

    def constant(text):
        raise Refusal(text)

    def integer(text):
        if len(text) > 20 or not INTEGER_MIN <= int(text) <= INTEGER_MAX:
            raise Refusal("huge")
        return int(text)

    def walk(value, depth):
        if depth > DEPTH_MAX:
            raise Refusal("deep")
        if isinstance(value, dict):
            for key, item in value.items():
                walk(key, depth)
                walk(item, depth + isinstance(item, dict | list))
        elif isinstance(value, list):
            for item in value:
                walk(item, depth + isinstance(item, dict | list))
        elif isinstance(value, str):
            value.encode("utf-8")
            if "\x00" in value:
                raise Refusal("nul")
        elif isinstance(value, float) and not math.isfinite(value):
            raise Refusal("infinite")

    if len(body) > BODY_BYTES_MAX:
        raise Refusal("large")
    try:
        document = json.loads(body.decode("utf-8"), object_pairs_hook=pairs, parse_constant=constant, parse_int=integer)
        if type(document) is not dict:
            raise Refusal("object")
        walk(document, 1)
    except (ValueError, RecursionError) as error:
        raise Refusal(str(error)) from None
    return document


def agree(body: bytes) -> None:
    try:
        expected = strict_reference(body)
    except Refusal:
        with pytest.raises(TandemError) as caught:
            decode_document(body)
        assert 400 <= caught.value.status < 500
        json.loads(problem_of(caught.value))
        return
    assert repr(decode_document(body)) == repr(expected)


texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
numbers = st.integers(INTEGER_MIN, INTEGER_MAX) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none()
    | st.booleans()
    | numbers
    | texts
    | st.sampled_from([":", '":', ' ":', "\\u0000", "2026-11-24T06:38:00Z"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
documents = st.dictionaries(texts, values, max_size=6)
styles = st.sampled_from([(None, (",", ":")), (None, (", ", ": ")), (1, (",", " : ")), (2, (",", "\t:\n"))])


@settings(max_examples=150, deadline=None)
@given(documents, styles, st.booleans())
def test_takes_every_strict_document_in_every_layout(document, style, ascii_only):
    indent, separators = style
    body = json.dumps(document, indent=indent, separators=separators, ensure_ascii=ascii_only).encode()
    assert repr(decode_document(body)) == repr(json.loads(body))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=80))
def test_arbitrary_bytes_raise_nothing_but_a_problem(body):
    agree(body)


SPLINTERS = [
    b'"',
    b"\\",
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b",",
    b"1e999",
    b"NaN",
    b"\\ud800",
    b"\\u0000",
    b"\x00",
    b"\xff",
]
SPLINTERS += [
    b"\xed\xa0\x80",
    b"-",
    b"99999999999999999999",
    b'"a":1,',
    b" ",
    b"\\ud83d\\ude00",
    b"0",
    b"null",
    b"\xc3",
]


@settings(max_examples=600, deadline=None)
@given(
    documents,
    st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from(SPLINTERS), st.integers(0, 3)), min_size=1, max_size=3),
)
def test_mutated_documents_are_judged_as_the_reference_judges_them(document, mutations):
    body = json.dumps(document, ensure_ascii=False).encode()
    for place, splinter, removed in mutations:
        at = place % (len(body) + 1)
        body = body[:at] + splinter + body[at + removed :]
    agree(body)


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        (b"", "empty_body", None),
        (b" \n ", "empty_body", None),
        (b'{"a":"\xff"}', "invalid_utf8", "a"),
        (b'{"values":{"name":"\\ud800"}}', "lone_surrogate", "values.name"),
        (b'{"values":{"na\\ud800me":1}}', "lone_surrogate", 'values."na\\ud800me"'),
        (b'{"a":1,"b":{"c":1,"c":1}}', "duplicate_key", "b.c"),
        (b'{"a":[1,NaN]}', "not_finite", "a[1]"),
        (b'{"a":-Infinity}', "not_finite", "a"),
        (b'{"a":1e999999}', "not_finite", "a"),
        (b'{"a":9223372036854775808}', "integer_overflow", "a"),
        (b'{"a":' + b"9" * 5000 + b"}", "integer_overflow", "a"),
        (b'{"a":"x\\u0000y"}', "nul_character", "a"),
        (b'{"a":"x\x00y"}', "malformed_json", "a"),
        (b'{"a":1', "truncated_json", "a"),
        (b'{"a":1}}', "malformed_json", "a"),
        (b"[1]", "not_an_object", None),
        (b"\xef\xbb\xbf{}", "malformed_json", None),
        ('{"a":1}'.encode("utf-16"), "invalid_utf8", None),
        (b'{"a":' * 33 + b"1" + b"}" * 33, "too_deep", None),
        (b"[" * 100_000, "too_deep", None),
        (b'{"a":"' + b"x" * BODY_BYTES_MAX + b'"}', "body_too_large", "body"),
    ],
)
def test_names_the_field_and_the_remedy(body, code, field):
    with pytest.raises(TandemError) as caught:
        decode_document(body)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert caught.value.hint or caught.value.at


def test_depth_is_counted_outside_strings_and_exactly():
    nested = b'{"a":' * DEPTH_MAX + b"1" + b"}" * DEPTH_MAX
    assert decode_document(nested)
    assert decode_document(b'{"a":"' + b"[" * 5000 + b'"}')
    assert decode_document(b'{"a":"\\"' + b"{" * 5000 + b'"}')
    assert depth_exceeds(b"[" * 33 + b"]" * 33, 32)
    assert not depth_exceeds(b"[" * 32 + b"]" * 32, 32)
    assert not depth_exceeds(b"[[]]" * 1000, 2)
    assert depth_exceeds(b'{"a":[{}]}', 2)


def test_a_repeated_key_hidden_behind_look_alikes_is_still_found():
    # Each of these tries to make the count of keys come out right although a key is doubled.
    for body in (
        b'{"a":1,"a" :2}',
        b'{"a" \n:1,"a"\t:2}',
        b'{"a":":","a":2}',
        b'{"\\u0061":1,"a":2}',
        b'{"x":[{"a":1,"a":1}],"y":18446744073709551616}',
    ):
        with pytest.raises(Malformed):
            decode_document(body)


def test_colons_in_values_are_no_duplicates():
    assert decode_document(b'{"a":":","b":" :","c":"\\":","d":"2026-11-24T06:38:00Z"}')


def test_media_type_must_be_json_in_utf8():
    for good in (b"application/json", b"application/json; charset=utf-8", b'Application/JSON;charset="UTF-8"'):
        refuse_media_type(good)
    for bad in (None, b"", b"text/plain", b"application/json; charset=latin-1", b"application/jsonx", b"\xff"):
        with pytest.raises(WrongMediaType) as caught:
            refuse_media_type(bad)
        msgspec.json.decode(problem_of(caught.value))


def test_limits_are_the_published_ones():
    assert (BODY_BYTES_MAX, DEPTH_MAX) == (262_144, 32)
    with pytest.raises(TooLarge):
        decode_document(b" " * (BODY_BYTES_MAX + 1))
