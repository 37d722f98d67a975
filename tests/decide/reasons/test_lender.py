"""The example lender has something to say of every reason it can decide by, and a letter for its loans."""

from __future__ import annotations

from pathlib import Path

import pytest

from tandem.decide.decisions import ARTEFACT_FOLDERS, document_of
from tandem.decide.letters import missing_topics, parse_legal_pack, parse_letter
from tandem.decide.models import ReasonCatalogue
from tandem.decide.policy import parse_policy
from tandem.decide.reasons import Vocabulary, is_protected, parse_statements
from tandem.kernel.artefacts import load_workspace, parse_yaml
from tandem.observe.events import parse_event_type
from tandem.observe.features import compile_plan, parse_feature_set
from tandem.observe.graph import compile_circles, compile_graph, parse_circles, parse_graph

LENDER = Path(__file__).parents[3] / "examples" / "lender"
ARTEFACTS = load_workspace(LENDER, ARTEFACT_FOLDERS).artefacts.values()


def of_kind(kind):
    return [one for one in ARTEFACTS if one.kind == kind]


@pytest.fixture(scope="module")
def vocabulary():
    (artefact,) = of_kind("statements")
    return Vocabulary(ReasonCatalogue(name="none", reasons={}), parse_statements(document_of(artefact)))


def test_every_code_of_its_catalogues_has_a_statement(vocabulary):
    codes = {code for one in of_kind("reasons") for code in one.body["reasons"]}
    assert len(codes) > 20
    assert [code for code in sorted(codes) if not vocabulary.takes(code)] == []


@pytest.mark.parametrize("file", sorted(LENDER.glob("data/reasons_*.yaml")), ids=lambda file: file.stem)
def test_every_field_that_its_models_weigh_has_a_statement_or_is_protected(vocabulary, file):
    told = parse_yaml(file.read_text(encoding="utf-8"), file.name)
    assert told
    for field, one in told.items():
        assert vocabulary.takes(one["code"]) != is_protected(field), field


def test_every_feature_and_what_its_graph_tells_has_a_statement(vocabulary):
    types = {one.name: one for one in (parse_event_type(document_of(each)) for each in of_kind("event_type"))}
    plan = compile_plan([parse_feature_set(document_of(one)) for one in of_kind("feature_set")], types)
    graphs = [compile_graph(parse_graph(document_of(one)), types) for one in of_kind("graph")]
    circles = [compile_circles(parse_circles(document_of(one)), types) for one in of_kind("circle")]
    names = [*plan.names, *(name for one in (*graphs, *circles) for name in one.names)]
    assert len(names) > 100
    assert [name for name in names if not vocabulary.takes(f"R_{name.upper()}")] == []


def test_what_a_list_or_a_graph_says_is_told_discreetly(vocabulary):
    lists = {
        check.effect.reason
        for one in of_kind("policy")
        for stage in parse_policy(document_of(one)).flow
        for check in getattr(stage, "checks", ())
    }
    assert len(lists) >= 5
    for code in (*lists, "NEAR_KNOWN_FRAUD", "RING_FORMING", "R_PEOPLE_NEIGHBOURS_BAD", "R_MERCHANT_FRAUDS_7D"):
        assert vocabulary.saying(code).discreet, code


def test_its_letter_names_every_source_of_its_loans_and_says_every_right():
    (artefact,) = of_kind("letter")
    letter = parse_letter(document_of(artefact))
    packs = {one.name: parse_legal_pack(document_of(one)) for one in of_kind("legal_pack")}
    assert {"lender_own", "cn_pipl", "us_reg_b", "eu_gdpr"} == set(packs)
    assert missing_topics(letter, packs) == ()
    loans = next(one for one in of_kind("event_type") if one.name == "loan_application")
    assert {field["source"] for field in loans.body["fields"]} <= set(letter.sources)


def test_every_fact_that_its_loans_read_has_words(vocabulary):
    loans = next(one for one in of_kind("event_type") if one.name == "loan_application")
    for field in loans.body["fields"]:
        if field["name"] not in {"person", "marital"}:
            assert vocabulary.fact(field["name"]) is not None, field["name"]
