"""The example's provision rules: probabilities counted on its real accounts, and the rest a regulator's, told as such."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tandem.act.provisions import parse_rules
from tandem.faces.demo.default_rates import default_rates
from tandem.faces.demo.playing import Server
from tandem.faces.demo.providing import provide
from tandem.kernel.artefacts import parse_yaml
from tandem.kernel.errors import Unavailable
from tandem.kernel.identity import Digest

EXAMPLES = Path(__file__).parents[3] / "examples"
RULES = EXAMPLES / "lender" / "provision_rules" / "card_and_loans.yaml"


@pytest.fixture(scope="module")
def rules():
    document = parse_yaml(RULES.read_text("utf-8"), "rules")
    return parse_rules({**document, "name": "card_and_loans"}, Digest("d" * 64))


def test_its_probabilities_are_what_the_real_accounts_count_to(rules):
    assert rules.pd.by_bucket_bps == tuple(one.bps for one in default_rates(EXAMPLES / "data"))


def test_what_is_a_regulators_floor_says_so_with_its_paragraph(rules):
    for source, paragraph in ((rules.lgd.source, "CRE32.58-32.59"), (rules.ccf_source, "CRE20.100")):
        assert "not an estimate" in source
        assert paragraph in source
    assert (rules.lgd.of("card_line"), rules.lgd.of("cash_loan"), rules.ccf_bps) == (0.5, 0.3, 1_000)


def answering(monkeypatch, status, document):
    reply = httpx.Response(status, json=document, request=httpx.Request("POST", "http://x"))
    monkeypatch.setattr(httpx, "post", lambda *_, **__: reply)


def test_what_was_posted_is_told_with_what_it_rests_on(monkeypatch):
    stages = [{"stage": stage, "accounts": 10 * stage} for stage in (1, 2, 3)]
    book = {"currency": "TWD", "allowance_minor": 123_400, "gross_minor": 1_000_000, "stages": stages}
    answering(monkeypatch, 200, {"books": [book]})
    first, *rest = provide(Server("http://x", "k"))
    assert (first.id, first.value, first.shown) == ("allowance_twd", 1234.0, "1,234 of 10,000")
    assert "not estimates" in first.basis
    assert [one.value for one in rest] == [10, 20, 30]


def test_a_server_that_measures_nothing_is_told(monkeypatch):
    answering(monkeypatch, 404, {"code": "no_provision_rules"})
    with pytest.raises(Unavailable, match="no_provision_rules"):
        provide(Server("http://x", "k"))
