"""Nobody is declined without a reason that has words in both languages."""

from __future__ import annotations

import msgspec
import pytest

from tandem.decide.models import Reason, ReasonCatalogue, Wording, check_reasons, load_model, read_catalogue
from tandem.kernel.errors import DefinitionError, NotFound

LATE = Reason(
    customer=Wording(en="Recent late payments", zh_cn="近期有逾期还款"),
    internal=Wording(en="PAY_0..PAY_6 late", zh_cn="近六期还款状态逾期"),
)


def catalogue(codes):
    return ReasonCatalogue(name="reasons", reasons=dict.fromkeys(codes, LATE))


def test_words_are_found_by_language_and_audience():
    words = read_catalogue(msgspec.json.encode(catalogue(["LATE"])))
    assert words.wording("LATE") == "Recent late payments"
    assert words.wording("LATE", "zh-CN") == "近期有逾期还款"
    assert words.wording("LATE", "zh-CN", "internal") == "近六期还款状态逾期"


def test_the_languages_are_called_by_their_tags_in_the_artefact():
    body = msgspec.to_builtins(catalogue(["LATE"]))
    assert set(body["reasons"]["LATE"]["customer"]) == {"en", "zh-CN"}
    assert read_catalogue(body) == catalogue(["LATE"])


def test_an_unknown_code_gets_a_near_match():
    with pytest.raises(NotFound, match="'LATE'"):
        catalogue(["LATE"]).wording("LATEE")


def test_a_total_map_is_publishable(taiwan):
    model = load_model(taiwan.document)
    check_reasons(model, catalogue(code for code in model.reason_codes if code))


def test_inputs_and_codes_that_lack_are_all_named(taiwan):
    first, *rest = taiwan.document.inputs
    document = msgspec.structs.replace(taiwan.document, inputs=(msgspec.structs.replace(first, reason=None), *rest))
    codes = [one.reason for one in rest if one.reason not in {"R3", "R7"}]
    with pytest.raises(DefinitionError) as caught:
        check_reasons(load_model(document), catalogue(codes))
    assert caught.value.code == "reasons_incomplete"
    assert all(word in str(caught.value) for word in ("x0", "R3", "R7"))


@pytest.mark.parametrize(
    "broken",
    [
        b"{}", b"[]", b"\xff",
        b'{"name":"r","reasons":{"A":{"customer":{"en":"x"},"internal":{"en":"x","zh-CN":"y"}}}}',
        b'{"name":"r","reasons":{"A":{"customer":{"en":"x","zh-CN":" "},"internal":{"en":"x","zh-CN":"y"}}}}',
        b'{"name":"","reasons":{}}',
    ],
)  # fmt: skip
def test_a_catalogue_with_gaps_is_refused(broken):
    with pytest.raises(DefinitionError):
        read_catalogue(broken)
