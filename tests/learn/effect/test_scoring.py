"""Scores that were never needed: made up for from the recorded inputs, kept, and never guessed."""

from __future__ import annotations

import copy

import pytest
from http_face import application
from scored_workspace import scored_process
from small_workspace import go_live

from tandem.decide.decisions import document_of
from tandem.kernel.artefacts import Artefact
from tandem.kernel.time import SystemClock
from tandem.learn.effect import Effects


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    one = scored_process(tmp_path_factory.mktemp("scored"))
    live = one.state.register.version(one.live.policy_digests["application"]).artefact
    body = copy.deepcopy(live.body)
    body["flow"][1]["stop_on"] = ["decline"]  # whoever is too young is never scored
    go_live(one, Artefact.of("policy", "application", body))
    for number in range(30):
        values = {"age": 16 + number, "income_minor": 100_000 + 40_000 * number}
        one.decide_now(application(f"scored-{number}", **values))
    yield one
    one.close()


@pytest.fixture
def document(process):
    return copy.deepcopy(
        document_of(process.state.register.version(process.live.policy_digests["application"]).artefact)
    )


def scored(process):
    return sum(bool(one["trail"]["scores"]) for one in process.archive.page(limit=200).items)


def test_recorded_scores_give_the_recorded_decisions(process, document):
    effect = Effects(process, clock=SystemClock()).preview(document, session="s")
    assert (effect.redecided, effect.changed, effect.terms_changed) == (30, 0, 0)
    assert [note.code for note in effect.notes] == ["outcomes_undefined"]


def without_rules(document):
    """The draft asks the models of everybody, also of those who were turned away before."""
    document["flow"] = [stage for stage in document["flow"] if "model" in stage or "decide" in stage]
    return document


def test_a_few_missing_scores_are_made_up_for_at_once(process, document):
    assert 0 < scored(process) < 30
    effect = Effects(process, clock=SystemClock()).preview(without_rules(document), session="s")
    assert (effect.redecided, [note.code for note in effect.notes]) == (30, ["outcomes_undefined"])


def test_many_are_only_made_up_for_when_somebody_wants_it(process, document, monkeypatch):
    monkeypatch.setattr("tandem.learn.effect.comparing.SCORED_AT_ONCE", 0)
    effects = Effects(process, clock=SystemClock())
    draft = without_rules(document)
    lacking = 30 - scored(process)
    before = effects.preview(draft, session="s")
    assert before.redecided == 30 - lacking
    assert {(note.code, note.count) for note in before.notes} >= {("not_scored", lacking)}
    wanted = effects.preview(draft, session="s", score=True)
    assert wanted.redecided == 30
    assert effects.preview(draft, session="s").redecided == 30, "what was scored once is kept"


def test_a_new_version_of_a_model_is_scored_in_batch_and_compared(process, document):
    register = process.state.register
    live = register.version(register.live.manifest["model/card"]).artefact
    body = copy.deepcopy(live.body)
    body["metadata"]["note"] = "the same points under another digest"
    newer = Artefact.of("model", "card", body)
    process.push([newer], author="ann")
    effects = Effects(process, clock=SystemClock())
    effect = effects.preview(document, session="s", models={"card": newer.digest})
    assert (effect.redecided, effect.changed, effect.terms_changed) == (30, 0, 0)
