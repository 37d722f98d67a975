"""Promotion: the challenger takes the champion's place, as drafts. Nothing of it decides before somebody else has reviewed it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tandem.decide.decisions import document_of
from tandem.decide.experiments import Experiment, ExperimentArm, parse_experiment
from tandem.kernel.artefacts import Artefact, ArtefactKey, ArtefactRegister
from tandem.kernel.errors import Conflict, InvalidInput, near_match
from tandem.kernel.identity import Digest

__all__ = ["promotion_of"]


def promotion_of(
    register: ArtefactRegister, manifest: Mapping[str, Digest], experiment: Artefact, policy: str, arm: str | None
) -> tuple[Artefact, ...]:
    """The drafts that put an arm in the champion's place and end the experiment; released together or not at all.

    Args:
        manifest: of the release in force.
        policy: the champion's, by name.
        arm: the first challenger by default.

    Raises:
        InvalidInput: there is no such challenger.
        Conflict: what it replaces is not in the release.
    """
    found = parse_experiment(document_of(experiment))
    chosen = _challenger(found, arm)
    drafts = []
    if chosen.policy is not None:
        body = _body(register, manifest, ArtefactKey("policy", chosen.policy))
        drafts.append(Artefact.of("policy", policy, {key: value for key, value in body.items() if key != "policy"}))
    for live, other in sorted(chosen.models.items()):
        body = _body(register, manifest, ArtefactKey("model", other))
        drafts.append(Artefact.of("model", live, _renamed(body, live)))
    drafts.append(Artefact.of("experiment", experiment.name, {**experiment.body, "ended": True}))
    return tuple(drafts)


def _challenger(found: Experiment, arm: str | None) -> ExperimentArm:
    challengers = {one.arm: one for one in found.challengers}
    if arm is None:
        return found.challengers[0]
    if arm not in challengers:
        raise InvalidInput(
            "There is no such challenger.",
            code="unknown_arm",
            field="arm",
            value=arm,
            hint=near_match(arm, challengers),
        )
    return challengers[arm]


def _body(register: ArtefactRegister, manifest: Mapping[str, Digest], key: ArtefactKey) -> dict[str, Any]:
    digest = manifest.get(str(key))
    if digest is None:
        raise Conflict(f"{key} is not in the release any more.", code="challenger_gone", value=str(key))
    return register.version(digest).artefact.body


def _renamed(body: dict[str, Any], name: str) -> dict[str, Any]:
    """A model's document under the champion's name; everything that scores stays as it is."""
    metadata = body.get("metadata")
    return {**body, "metadata": {**metadata, "name": name}} if isinstance(metadata, dict) else body
