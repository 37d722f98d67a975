"""What a day may do to what is live, through the same register, reviews and releases as everybody else.

Every act asks first whether the register already stands where the act would bring it, and then does nothing: so a release that
was made right before a crash is not made twice. A model goes live under the name of a person in any case: the one who reviewed
the plan whose envelope allows it, or the one who reviewed the draft.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from tandem.decide.decisions import DecisionProcess
from tandem.decide.models import ModelDocument, load_model
from tandem.decide.policy.types import Policy
from tandem.kernel.artefacts import Artefact, ArtefactKey, ArtefactState
from tandem.kernel.errors import NotFound
from tandem.kernel.identity import Digest
from tandem.learn.iteration.accepting import accepted
from tandem.learn.iteration.parsing import parse_iteration, plan_digest
from tandem.learn.iteration.plan import IterationPlan
from tandem.learn.iteration.splitting import canary_name, with_canary, without_canary
from tandem.learn.iteration.states import Acceptance

__all__ = ["LiveModel", "ReleaseDesk"]


class LiveModel(msgspec.Struct, frozen=True, kw_only=True):
    """The model that is live under the plan's name: its document, artefact and release."""

    document: ModelDocument
    artefact: Digest
    release: Digest


class ReleaseDesk:
    """Acts of one plan on the live release of ``process``."""

    def __init__(self, process: DecisionProcess, plan: IterationPlan) -> None:
        self._process = process
        self._plan = plan
        self._author = f"iteration {plan.name}"

    def under(self, plan: IterationPlan) -> ReleaseDesk:
        """The same desk under ``plan``."""
        return ReleaseDesk(self._process, plan)

    # -- what is --------------------------------------------------------------------------------------------------

    def live(self) -> LiveModel:
        """What is live under the plan's model.

        Raises:
            NotFound: nothing is live, or no such model in it.
        """
        release, live = self._process.live, self._process.state.register.live
        digest = None if live is None else live.manifest.get(str(ArtefactKey("model", self._plan.model)))
        if release is None or digest is None:
            raise NotFound(
                "No such model is live.",
                code="model_not_live",
                field="model",
                value=self._plan.model,
                hint="train and release a first one: tandem model train, push, review, release",
            )
        return LiveModel(document=release.models[self._plan.model].document, artefact=digest, release=release.digest)

    def agreed_by(self) -> str | None:
        """Who reviewed the plan as it stands; None where it is not live, or is another than the one at hand."""
        key = ArtefactKey("iteration", self._plan.name)
        live = self._process.state.register.live
        digest = None if live is None else live.manifest.get(str(key))
        if digest is None:
            return None
        version = self._process.state.register.version(digest)
        document = {"name": self._plan.name, **version.artefact.body}
        same = plan_digest(parse_iteration(document)) == plan_digest(self._plan)
        return version.reviews[-1].approver if same and version.reviews else None

    def answer(self, draft: Digest) -> tuple[Literal["waiting", "approved", "declined"], str, str]:
        """What became of a draft: the answer, by whom, and why."""
        version = self._process.state.register.version(draft)
        if version.decline is not None:
            return "declined", version.decline.by, version.decline.reason
        if version.reviews:
            return "approved", version.reviews[-1].approver, version.reviews[-1].note
        return "waiting", "", ""

    def accepted(self) -> tuple[Acceptance, ...]:
        """What people accepted after all of what the gates refused, oldest first."""
        return accepted(self._process.journal, self._plan.name)

    def bind(self, document: ModelDocument) -> ModelDocument:
        """The document tied to the definitions of the live features it reads."""
        release = self._process.live
        if release is None:
            return document
        used = [name for name in load_model(document).reads if name in release.known.columns]
        digest = release.known.digest_of(used) if used else None
        return msgspec.structs.replace(
            document, metadata=msgspec.structs.replace(document.metadata, features_digest=digest)
        )

    def policy(self) -> dict[str, Any]:
        """The policy that is live, as it was written.

        Raises:
            NotFound: it is not live.
        """
        return dict(self._policy.body)

    def policy_with(self, body: dict[str, Any]) -> Artefact:
        """The plan's policy if it read ``body``."""
        return Artefact.of("policy", self._plan.policy, body)

    def compiled(self) -> Policy:
        """The policy that is live.

        Raises:
            NotFound: it is not live.
        """
        live = self._process.live
        if live is None or self._plan.policy not in live.policies:
            raise NotFound("No such policy is live.", code="policy_not_live", field="policy", value=self._plan.policy)
        return live.policies[self._plan.policy].policy

    def is_declined(self, draft: Digest) -> bool:
        """Whether a draft is known, and was sent back."""
        try:
            return self._process.state.register.version(draft).decline is not None
        except NotFound:
            return False

    def artefact_of(self, document: ModelDocument) -> Digest:
        """What the version of the plan's model with this document is called in the register."""
        return self._model(document, self._plan.model).digest

    # -- what is done ---------------------------------------------------------------------------------------------

    def draft(self, document: ModelDocument, note: str) -> Digest:
        """Leave the model as a draft that waits for a person."""
        artefact = self._model(document, self._plan.model)
        self._process.push([artefact], author=self._author, note=note)
        return artefact.digest

    def propose(self, body: dict[str, Any], note: str) -> Digest:
        """Leave the policy, changed, as a draft; only people review and release it."""
        artefact = self.policy_with(body)
        self._process.push([artefact], author=self._author, note=note)
        return artefact.digest

    def canary(self, document: ModelDocument, share: float, *, by: str, note: str) -> Digest:
        """Let the model decide for ``share`` percent; the release in which it does."""
        challenger = self._model(document, canary_name(self._plan.model))
        salt = challenger.digest[:16]
        body = with_canary(self._policy.body, self._plan.model, share, by=self._plan.canary.by, salt=salt)
        return self._release([challenger, Artefact.of("policy", self._plan.policy, body)], by=by, note=note)

    def promote(self, document: ModelDocument, *, by: str, note: str) -> Digest:
        """Make the model the one that decides for all; the release in which it does."""
        return self._release([self._model(document, self._plan.model), *self._plain_policy()], by=by, note=note)

    def withdraw(self, *, by: str, note: str) -> Digest:
        """End a canary; the champion decides for all again."""
        return self._release(self._plain_policy(), by=by, note=note)

    def roll_back(self, artefact: Digest, release: Digest, *, note: str) -> Digest:
        """Make a version of the model live again, which was live with ``release``.

        The whole release comes back where nothing but models and canaries of this plan was released since; otherwise the
        model alone, so that what others released in the meantime stays. A roll-back needs nobody's review.
        """
        register = self._process.state.register
        artefacts = [register.version(artefact).artefact, *self._plain_policy()]
        wanted = register.manifest_after(self._changes(artefacts))
        live = register.live
        if live is not None and live.manifest == wanted:
            return live.digest
        if register.release_of(release).manifest == wanted:
            return self._process.roll_back(by=self._author, to=release, note=note)
        return self._release(artefacts, by=self._author, note=note)

    # -- the way there --------------------------------------------------------------------------------------------

    def _release(self, artefacts: list[Artefact], *, by: str, note: str) -> Digest:
        register = self._process.state.register
        changes = self._changes(artefacts)
        if register.live is not None and register.manifest_after(changes) == register.live.manifest:
            return register.live.digest
        self._process.push(artefacts, author=self._author, note=note)
        unseen = [
            one.digest
            for one in artefacts
            if register.state_of(one.digest) in {ArtefactState.DRAFT, ArtefactState.DECLINED}
        ]
        if unseen:
            self._process.review(unseen, approver=by, note=note)
        return self._process.release(changes, by=self._author, note=note)

    def _changes(self, artefacts: list[Artefact]) -> dict[ArtefactKey, Digest | None]:
        changes: dict[ArtefactKey, Digest | None] = {one.key: one.digest for one in artefacts}
        canary = ArtefactKey("model", canary_name(self._plan.model))
        live = self._process.state.register.live
        if canary not in changes and live is not None and str(canary) in live.manifest:
            changes[canary] = None
        return changes

    def _plain_policy(self) -> list[Artefact]:
        body = without_canary(self._policy.body, self._plan.model)
        return [Artefact.of("policy", self._plan.policy, body)]

    @property
    def _policy(self) -> Artefact:
        register = self._process.state.register
        live = register.live
        digest = None if live is None else live.manifest.get(str(ArtefactKey("policy", self._plan.policy)))
        if digest is None:
            raise NotFound("No such policy is live.", code="policy_not_live", field="policy", value=self._plan.policy)
        return register.version(digest).artefact

    def _model(self, document: ModelDocument, name: str) -> Artefact:
        return Artefact.of("model", name, msgspec.to_builtins(document))
