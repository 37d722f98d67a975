"""What a release would change, in words a reviewer reads: every kind of definition, in both languages."""

from __future__ import annotations

import re

import pytest
from small_workspace import APPLICATION, BLOCKED, EVERYTHING, REASONS, VELOCITY, go_live, policy
from small_workspace_network import network

from tandem.decide.decisions import open_process
from tandem.decide.models import Metadata
from tandem.decide.releases import compare_manifests, preview_release
from tandem.kernel.artefacts import Artefact, ArtefactKey, ArtefactRegister
from tandem.kernel.settings import Settings
from tandem.kernel.time import Micros
from tandem.observe.graph import Mark


def compared(old: Artefact | None, new: Artefact | None):
    register = ArtefactRegister()
    for one in (old, new):
        if one is not None:
            register.apply(register.push([one], author="ann"), Micros(1))
    manifests = [{} if one is None else {str(one.key): one.digest} for one in (old, new)]
    (found,) = compare_manifests(register, *manifests)
    return found


def said(old: Artefact | None, new: Artefact | None) -> list[str]:
    return [one.en for one in compared(old, new).words]


def said_zh(old: Artefact | None, new: Artefact | None) -> list[str]:
    return [one.zh for one in compared(old, new).words]


def changed(artefact: Artefact, **body: object) -> Artefact:
    return Artefact.of(artefact.kind, artefact.name, {**artefact.body, **body})


def test_a_policy_is_told_by_what_decides_otherwise():
    (line,) = said(policy(3), policy(5))
    assert "mass_application" in line
    assert "device_applications_1d > 3" in line
    assert "device_applications_1d > 5" in line


def test_a_new_policy_is_read_aloud():
    lines = said(None, policy())
    assert lines[0].startswith("Policy application decides on application.")
    assert said_zh(None, policy())[0].startswith("策略 application")


def test_a_field_of_an_event_type_is_told_by_its_name():
    age = next(one for one in APPLICATION.body["fields"] if one["name"] == "age")
    others = [one for one in APPLICATION.body["fields"] if one["name"] != "age"]
    new = changed(APPLICATION, fields=[*others, {**age, "minimum": 18}])
    assert said(APPLICATION, new) == ["Field age, smallest value was added: 18."]
    assert said_zh(APPLICATION, new) == ["新增字段 age 的最小值：18。"]
    assert said(APPLICATION, changed(APPLICATION, fields=others)) == [
        "Field age was removed; it was type integer, data class C2."
    ]
    assert said_zh(APPLICATION, changed(APPLICATION, fields=others)) == [
        "删除字段 age；原为：类型 integer，数据级别 C2。"
    ]


def test_parts_that_come_or_go_together_are_told_one_by_one():
    door = {"name": "door", "function": "address_key", "of": "device", "entity": "address"}
    new = changed(APPLICATION, derived=[door, {**door, "name": "gate"}])
    told = "function address_key, made of device, entity address."
    assert said(APPLICATION, new) == [f"Derived field door was added: {told}", f"Derived field gate was added: {told}"]
    assert said(new, APPLICATION) == [
        f"Derived field door was removed; it was {told}", f"Derived field gate was removed; it was {told}",
    ]  # fmt: skip
    assert said_zh(APPLICATION, new)[0] == "新增派生字段 door：函数 address_key，来自 device，实体 address。"


def test_a_feature_is_told_by_its_name():
    features = [{**VELOCITY.body["features"][0], "window": "7d"}, VELOCITY.body["features"][1]]
    assert said(VELOCITY, changed(VELOCITY, features=features)) == [
        "Feature device_applications_1d, window changed from 1d to 7d."
    ]


def test_a_list_and_a_reason_are_told_by_what_people_see_of_them():
    assert said(BLOCKED, changed(BLOCKED, expires_after="90d")) == ["Default life of an entry was added: 90d."]
    words = {**REASONS.body["reasons"], "BLOCKED": {**REASONS.body["reasons"]["BLOCKED"]}}
    words["BLOCKED"] = {**words["BLOCKED"], "customer": {"en": "Another reason", "zh-CN": "别的原因"}}
    lines = said(REASONS, changed(REASONS, reasons=words))
    assert lines[0] == "Reason BLOCKED, words for the customer, English changed from a reason to Another reason."


def test_what_is_taken_out_is_named():
    found = compared(BLOCKED, None)
    assert found.what == "removed"
    assert [one.en for one in found.words] == ["The list blocked_devices is taken out."]


def test_a_draft_that_cannot_be_read_is_told_by_its_fields():
    broken = Artefact.of("policy", "application", {"event": "application", "flow": "none"})
    assert any("changed from" in line for line in said(policy(), broken))


def test_a_model_is_told_by_its_figures(card_documents):
    first, second = card_documents
    lines = said(first, second)
    assert any(re.match(r"AUC out of fold: 0\.7 before, 0\.75 now \(\+0\.0500\)\.", line) for line in lines)
    assert "Trained on 2,000 rows instead of 1,000." in lines
    (introduced,) = said(None, first)
    assert introduced.startswith("A scorecard of 1 inputs, trained on 1,000 rows (100 adverse)")
    assert "折外 AUC" in said_zh(None, first)[0]


def test_a_graph_network_is_told_by_who_its_neighbours_are():
    first = network(metadata=Metadata(name="ring", target="bad", rows=900, adverse_rows=9))
    (introduced,) = said(None, first)
    assert introduced == "A graph network of 5 inputs, trained on 900 rows (9 adverse)."
    assert "图网络" in said_zh(None, first)[0]
    same = {"metadata": Metadata(name="ring", target="bad", rows=900, adverse_rows=9)}
    assert said(first, network(seed=5, **same)) == ["The weights differ; inputs, data and figures are the same."]
    moved = network(slots=9, marks=(Mark(event="verdict", when="NOT fraud"),), **same)
    assert said(first, moved) == [
        "It reads 9 neighbours per link instead of 3.",
        "Who is known to be bad is told by verdict: NOT fraud instead of verdict: fraud.",
    ]


@pytest.fixture
def card_documents():
    def card(rows: int, auc: float) -> Artefact:
        return Artefact.of(
            "model",
            "card",
            {
                "kind": "scorecard",
                "metadata": {
                    "name": "card",
                    "target": "bad",
                    "rows": rows,
                    "adverse_rows": rows // 10,
                    "metrics": {"auc_out_of_fold": auc},
                },
                "inputs": [
                    {
                        "name": "age",
                        "edges": [],
                        "bins": [{"woe": 0.0, "points": 0.0}],
                        "missing": {"woe": 0.0, "points": 0.0},
                        "coefficient": 1.0,
                    }
                ],
                "intercept": 0.0,
                "base_points": 487.12287,
                "scaling": {},
            },
        )

    return card(1_000, 0.7), card(2_000, 0.75)


@pytest.fixture
def process(tmp_path):
    one = open_process(Settings(home=tmp_path / "home"), "test")
    go_live(one, *EVERYTHING)
    yield one
    one.close()


def test_a_preview_says_whether_it_holds_together_and_changes_nothing(process):
    live = process.live.digest
    process.push([policy(9)], author="ann")
    found = preview_release(process.state, {policy().key: policy(9).digest})
    assert [str(one.key) for one in found.changes] == ["policy/application"]
    assert (found.waiting, found.faults, found.ready) == ((policy(9).digest,), (), False)
    process.review([policy(9).digest], approver="bob")
    assert preview_release(process.state, {policy().key: policy(9).digest}).ready
    assert process.live.digest == live


def test_a_preview_names_every_fault(process):
    found = preview_release(process.state, {REASONS.key: None, BLOCKED.key: None})
    assert not found.ready
    assert len(found.faults) > 1
    nothing = preview_release(process.state, {ArtefactKey("list", "unknown"): None})
    assert (nothing.changes, nothing.ready) == ((), False)


def test_a_new_guard_rail_is_told_by_the_names_of_its_limits_in_both_languages():
    body = {"policy": "loan", "approval_rate": {"min": 0.4, "max": 0.8}, "latency_ms_p99": 50, "error_share": 0.01}
    (told,) = compared(None, Artefact.of("guard", "lending", body)).words
    assert told.en == (
        "A new guard rail: policy loan, approval rate at least 0.4, at most 0.8,"
        " time of the slowest 1 % in ms 50, share of failed requests 0.01."
    )
    assert told.zh == "新增护栏：策略 loan，通过率 下限 0.4，上限 0.8，最慢 1% 的耗时（毫秒） 50，失败请求占比 0.01。"
