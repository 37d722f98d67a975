"""Third parties are asked before a decision, only where it can matter; what they said is replayed, never asked again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from small_workspace import APPLICATION, BLOCKED, REASONS, VELOCITY, application, go_live

from tandem.decide.connectors import ConnectorDesk, Fetched, KeptAnswers
from tandem.decide.decisions import DecisionProcess, Gathering, Given, decode_body, open_process
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import DefinitionError
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.outward import NotSentError
from tandem.kernel.settings import Settings
from tandem.kernel.time import SystemClock

BUDGET_S = 0.4


def connector(name: str, price: int = 0, **changes: Any) -> Artefact:
    body = {
        "url": f"https://{name}.example/v1",
        "purpose": "credit_assessment",
        "send": {"id": {"field": "person", "class": "C2"}},
        "answer": {f"{name}_score": {"type": "integer", "at": "score", "minimum": 0, "maximum": 1000}},
        "price": {"minor": price, "currency": "EUR"},
        "budget": "300ms",
        **changes,
    }
    return Artefact.of("connector", name, body)


def rule(name: str, when: str) -> dict[str, Any]:
    return {"rules": f"{name}_rules", "all": [{"rule": name, "when": when, "then": "decline", "reason": "TOO_YOUNG"}]}


def policy(*flow: dict[str, Any]) -> Artefact:
    start = {
        "rules": "knock_out",
        "all": [
            {"rule": "too_young", "when": "age < 18", "then": "decline", "reason": "TOO_YOUNG", "when_missing": "skip"},
            {"rule": "mass", "when": "device_applications_1d > 3", "then": "decline", "reason": "MASS_APPLICATION",
             "when_missing": "skip"},
        ],
    }  # fmt: skip
    end = {"decide": "end", "then": "approve", "limit": "amount_minor"}
    body = {"event": "application", "when_missing": "review", "flow": [start, *flow, end]}
    return Artefact.of("policy", "application", body)


class Vendors:
    """Carries requests to nobody: answers by host, slowly or not at all where told."""

    def __init__(self) -> None:
        self.scores: dict[str, Any] = {}
        self.asked: list[str] = []

    async def post(self, url: str, _headers: dict[str, str], _body: bytes, within_s: float) -> Fetched:
        name = url.split("/")[2].split(".", maxsplit=1)[0]
        self.asked.append(name)
        score = self.scores.get(name, 700)
        if score == "hang":
            await asyncio.sleep(within_s)
            raise NotSentError("timeout")
        return Fetched(200, json.dumps({"score": score}).encode())

    async def close(self) -> None:
        return


class Lender:
    """A workspace, its vendors, and a way to decide as the hot path does."""

    def __init__(self, process: DecisionProcess, vendors: Vendors, kept: KeptAnswers) -> None:
        self.process = process
        self.vendors = vendors
        self.kept = kept
        desk = ConnectorDesk(
            "live", vendors, kept, secret_of=lambda _: None, clock=SystemClock(), entropy=SeededEntropy(3)
        )
        self.gathering = Gathering(process, desk, budget_s=BUDGET_S)

    def simulated(self) -> Lender:
        """The same, where a twin answers."""
        other = Lender(self.process, self.vendors, self.kept)
        desk = ConnectorDesk(
            "simulated",
            self.vendors,
            self.kept,
            secret_of=lambda _: None,
            clock=SystemClock(),
            entropy=SeededEntropy(3),
        )
        other.gathering = Gathering(self.process, desk, budget_s=BUDGET_S)
        return other

    def gather(self, document: dict[str, Any]) -> Given:
        return asyncio.run(self.gathering.gather(document))

    def decide(self, document: dict[str, Any]) -> dict[str, Any]:
        given = self.gather(document)
        found: list[Any] = []
        self.process.decide(document, on_answer=found.append, given=given)
        self.process.journal.drain()
        while not found:  # told by the journal's thread, a moment after it is durable
            pass
        answer: dict[str, Any] = json.loads(found[0].body)
        return answer

    def trail(self, event_id: str) -> Any:
        event = self.process.journal.find("event", event_id)
        assert event is not None
        record = next(self.process.journal.read(event.seq + 1, event.seq + 1))
        return decode_body(record.clear).trail


@pytest.fixture
def lender(tmp_path) -> Iterator[Any]:
    process = open_process(Settings(home=tmp_path), "test", clock=SystemClock(), entropy=SeededEntropy(4))
    kept = KeptAnswers(tmp_path / "connectors.db", process.vault, b"k" * 32)
    vendors = Vendors()

    def live(*artefacts: Artefact) -> Lender:
        go_live(process, APPLICATION, VELOCITY, BLOCKED, REASONS, *artefacts)
        return Lender(process, vendors, kept)

    yield live
    process.close()
    kept.close()


LOW = rule("low", "bureau_score < 500")


def test_the_answer_decides_and_stands_in_the_trail(lender):
    one = lender(connector("bureau", 45), policy({"ask": "bureau"}, LOW))
    one.vendors.scores["bureau"] = 300
    assert one.decide(application(1))["outcome"] == "decline"
    (asked,) = one.trail("app-1").asked
    assert (asked.connector, asked.source, asked.cost_minor) == ("bureau", "live", 45)


def test_whoever_is_declined_anyway_costs_nothing(lender):
    one = lender(connector("bureau", 45), policy({"ask": "bureau"}, LOW))
    assert one.decide(application(1, age=15))["outcome"] == "decline"
    assert (one.vendors.asked, one.trail("app-1").asked) == ([], ())


def test_a_count_that_will_see_the_event_itself_is_foreseen(lender):
    one = lender(connector("bureau", 45), policy({"ask": "bureau"}, LOW))
    for number in range(4):
        one.decide(application(number))
    assert one.trail("app-3").outcome == "decline", "the fourth of a device in a day"
    assert len(one.vendors.asked) == 3


def test_a_vendor_that_hangs_leaves_a_missing_fact_and_the_policy_says_what_that_means(lender):
    one = lender(connector("bureau", 45), policy({"ask": "bureau"}, LOW))
    one.vendors.scores["bureau"] = "hang"
    assert one.decide(application(1))["outcome"] == "review"
    trail = one.trail("app-1")
    assert (trail.asked[0].fault, trail.missing) == ("timeout", ("bureau_score",))


def test_all_questions_together_have_one_budget(lender):
    names = [f"b{number}" for number in range(6)]
    asks = {"ask": "all", "of": names}
    rules = [rule(name, f"{name}_score < 500") for name in names]
    one = lender(*(connector(name, 10) for name in names), policy(asks, *rules))
    one.vendors.scores = dict.fromkeys(names, "hang")

    async def timed() -> tuple[Given, float]:
        loop = asyncio.get_running_loop()
        started = loop.time()
        given = await one.gathering.gather(application(1))
        return given, loop.time() - started

    given, _ = asyncio.run(timed())
    assert sum(one.latency_ms for one in given.asked) / 1000 < BUDGET_S + 6 * 0.06
    assert {one.fault for one in given.asked} == {"timeout", "no_time"}


def test_the_same_event_again_asks_nobody_again(lender):
    one = lender(connector("bureau", 45), policy({"ask": "bureau"}, LOW))
    assert one.decide(application(1)) == one.decide(application(1))
    assert one.vendors.asked == ["bureau"]


def test_a_replay_asks_nobody_and_comes_to_the_same(lender):
    one = lender(connector("bureau", 45), policy({"ask": "bureau"}, LOW))
    for number, score in enumerate((300, 800, "hang")):
        one.vendors.scores["bureau"] = score
        one.decide(application(number))
    before = list(one.vendors.asked)
    archive = one.process.archive
    assert all(archive.replay(f"app-{number}").same for number in range(3))
    assert [(each.same, each.differences) for each in archive.replay_all()] == [(True, ())] * 3
    explained = archive.explain("app-0")
    assert explained["inputs"]["bureau_score"] == {"value": 300, "source": "connector", "connector": "bureau"}
    assert (explained["agrees"], one.vendors.asked) == (True, before)


def test_what_a_twin_says_is_labelled_simulated_and_asks_nobody(lender):
    one = lender(connector("bureau", 45), policy({"ask": "bureau"}, LOW)).simulated()
    one.decide(application(1))
    assert (one.trail("app-1").asked[0].source, one.vendors.asked) == ("simulated", [])
    assert one.process.archive.explain("app-1")["inputs"]["bureau_score"]["source"] == "simulated"
    assert one.process.archive.replay("app-1").same


def test_free_ones_are_asked_at_once_and_paid_ones_until_it_is_settled(lender):
    flow = ({"ask": "all", "of": ["bureau", "telco"]}, rule("either", "bureau_score < 500 OR telco_score < 500"))
    one = lender(connector("bureau", 45), connector("telco", 20), policy(*flow))
    one.vendors.scores["bureau"] = 300
    one.decide(application(1))
    assert one.vendors.asked == ["bureau"], "the second can change nothing any more"
    one.vendors.scores["bureau"] = 900
    one.decide(application(2))
    assert one.vendors.asked == ["bureau", "bureau", "telco"]


def test_the_order_of_paid_calls_follows_what_recorded_answers_would_have_changed(lender):
    """The bureau stands first and has never changed anything; telco has, in half of the recorded decisions."""
    asks = {"ask": "all", "of": ["bureau", "telco"], "stake": "amount_minor"}
    flow = (asks, rule("either", "bureau_score < 500 OR telco_score < 500"))
    one = lender(connector("bureau", 45), connector("telco", 20), policy(*flow))
    for number in range(40):
        one.vendors.scores |= {"bureau": 900, "telco": 300 if number % 2 else 900}
        one.decide(application(number, device=f"d{number}"))
        if number < 19:
            assert one.trail(f"app-{number}").asked[0].connector == "bureau", "too few answers to tell"
    last = one.trail("app-39").asked[0]
    assert last.connector == "telco"
    assert last.worth_minor is not None
    fresh = Lender(one.process, one.vendors, one.kept)
    assert fresh.gather(application(99, device="d99")).asked[0].connector == "telco", "read back from the journal"


def test_a_connector_that_sends_more_than_it_says_does_not_go_live(lender):
    with pytest.raises(DefinitionError) as refused:
        lender(connector("bureau", send={"id": {"field": "person", "class": "C1"}}), policy({"ask": "bureau"}, LOW))
    assert "data_class_differs" in {refused.value.code, *(one.code for one in refused.value.errors)}


def test_a_connector_that_sends_a_field_that_is_not_there_does_not_go_live(lender):
    with pytest.raises(DefinitionError) as refused:
        lender(connector("bureau", send={"id": {"field": "persona", "class": "C2"}}), policy({"ask": "bureau"}, LOW))
    assert "unknown_field" in {refused.value.code, *(one.code for one in refused.value.errors)}


def test_a_fact_has_one_source(lender):
    taken = {"age": {"type": "integer", "at": "age"}}
    with pytest.raises(DefinitionError) as refused:
        lender(connector("bureau", answer=taken), policy())
    assert "duplicate_fact" in {refused.value.code, *(one.code for one in refused.value.errors)}


def test_without_anybody_to_ask_nothing_of_a_record_is_another(lender):
    one = lender(policy())
    one.decide(application(1))
    event = one.process.journal.find("event", "app-1")
    record = next(one.process.journal.read(event.seq + 1, event.seq + 1))
    assert b'"asked"' not in record.clear
    assert not one.gathering.asks


def test_a_mistake_in_gathering_holds_up_nobody(lender, monkeypatch):
    one = lender(connector("bureau", 45), policy({"ask": "bureau"}, LOW))
    monkeypatch.setattr("tandem.decide.decisions.gathering.what_to_ask", lambda *_: 1 / 0)
    assert one.decide(application(1))["outcome"] == "review"


# -- a release that goes live between a question and its decision ---------------------------------------------------


def decided_with(one: Lender, given: Given, number: int = 1) -> Any:
    one.process.decide(application(number), on_answer=lambda _: None, given=given)
    one.process.journal.drain()
    return one.trail(f"app-{number}")


def test_an_answer_by_another_definition_does_not_count_in_the_release_that_decides(lender):
    one = lender(connector("bureau", 45), policy({"ask": "bureau"}, rule("low", "bureau_score < 600")))
    one.vendors.scores = {"bureau": 500}
    given = one.gather(application(1))
    go_live(one.process, connector("bureau", 45, url="https://other.example/v1"))
    trail = decided_with(one, given)
    assert (trail.outcome, trail.missing) == ("review", ("bureau_score",))
    assert [(asked.fault, asked.cost_minor) for asked in trail.asked] == [("other_release", 45)]
    assert one.process.archive.replay("app-1").same


def test_an_answer_never_takes_the_place_of_a_feature_of_that_name(lender):
    one = lender(connector("bureau"), policy({"ask": "bureau"}, rule("low", "bureau_score < 600")))
    one.vendors.scores = {"bureau": 999}
    given = one.gather(application(1))
    counted = {**VELOCITY.body, "features": [{**VELOCITY.body["features"][0], "name": "bureau_score"},
               *VELOCITY.body["features"]]}  # fmt: skip
    changed = (Artefact.of("feature_set", "device_velocity", counted), policy(rule("many", "bureau_score > 10")))
    one.process.push(changed, author="ann")
    one.process.review([each.digest for each in changed], approver="bob")
    gone = {connector("bureau").key: None}
    one.process.release({each.key: each.digest for each in changed} | gone, by="bob")
    assert decided_with(one, given).outcome == "approve"
    assert all(each.same for each in one.process.archive.replay_all())


def test_an_answer_by_a_definition_that_stays_counts_in_the_next_release_too(lender):
    one = lender(connector("bureau"), policy({"ask": "bureau"}, rule("low", "bureau_score < 600")))
    one.vendors.scores = {"bureau": 500}
    given = one.gather(application(1))
    go_live(one.process, policy({"ask": "bureau"}, rule("low", "bureau_score < 550")))
    trail = decided_with(one, given)
    assert (trail.outcome, trail.asked[0].fault) == ("decline", None)
