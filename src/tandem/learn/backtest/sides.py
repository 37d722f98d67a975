"""What decides on one side of a backtest: a release, a release with drafts in it, or what was really answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from tandem.decide.decisions import LiveRelease
from tandem.decide.models import Model
from tandem.decide.policy import CompiledPolicy, PolicyContext
from tandem.decide.policy.set_based import SetPolicy
from tandem.kernel.artefacts import Artefact, ArtefactKey, manifest_digest
from tandem.kernel.errors import InvalidInput, NotFound, near_match
from tandem.kernel.identity import Digest
from tandem.learn.backtest.asked import LIVE, RECORDED, SideAsked
from tandem.learn.backtest.sources import Sources
from tandem.learn.effect import ModelKey, facts_read

__all__ = ["DecidingSide", "artefacts_of_side", "definition_of", "side_in", "side_of", "with_models"]


@dataclass
class DecidingSide:
    """A policy with everything that it may read.

    Attributes:
        live: the release it stands in.
        policy: for whole tables.
        models: by name: the model, and the name and digest by which its scores are known.
        own: facts the policy reads itself; the inputs of a model need not be there where its score is.
    """

    label: str
    live: LiveRelease
    policy: SetPolicy
    models: Mapping[str, tuple[Model, ModelKey]]
    drafts: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    _definitions: dict[str, Digest | None] = field(default_factory=dict)

    def definition(self, name: str) -> Digest | None:
        """The digest of the definition behind a feature; None for a name that is none of them."""
        return definition_of(self.live, self._definitions, name)

    @property
    def reads(self) -> tuple[str, ...]:
        """Every fact that the policy or a model of it may read."""
        inputs = (name for model, _ in self.models.values() for name in model.inputs)
        return tuple(dict.fromkeys((*self.own, *inputs)))

    @property
    def compiled(self) -> CompiledPolicy:
        """The same policy for one row."""
        return self.policy.policy

    def context(self) -> PolicyContext:
        """The names that a policy in its place may use."""
        return self.live.context_for(self.compiled.policy.event)

    def with_policy(self, compiled: CompiledPolicy, label: str) -> DecidingSide:
        """The same side with another policy."""
        policy = SetPolicy(compiled)
        return DecidingSide(label, self.live, policy, self.models, self.drafts, facts_read(policy), self._definitions)


def definition_of(live: LiveRelease, known: dict[str, Digest | None], name: str) -> Digest | None:
    """The digest of the definition behind a feature of a release; remembered in ``known``."""
    if name not in known:
        known[name] = live.known.digest_of([name]) if name in live.known.columns else None
    return known[name]


def artefacts_of_side(asked: SideAsked, sources: Sources) -> tuple[dict[ArtefactKey, Artefact], tuple[str, ...]]:
    """The whole set of definitions of a side, and which of them stand in no release of it.

    Raises:
        NotFound: no such release or version.
    """
    register = sources.register
    base = sources.live.digest if asked.release == LIVE else Digest(asked.release)
    standing = {one.key: one for one in register.artefacts_of(register.release_of(base))}
    drafts = [register.version(Digest(digest)).artefact for digest in asked.versions]
    drafts += [Artefact.of(one.kind, one.name, one.body) for one in asked.drafts]
    changed = {one.key: one for one in drafts if one.key not in standing or standing[one.key].digest != one.digest}
    return standing | changed, tuple(sorted(str(key) for key in changed))


def side_of(asked: SideAsked, event_type: str, sources: Sources) -> DecidingSide | None:
    """The side, ready to decide on events of that type; None where it is what was answered then.

    Raises:
        DefinitionError: the drafts and the release do not hold together.
        NotFound: no such release, version or policy.
    """
    if asked.release == RECORDED:
        return None
    artefacts, drafts = artefacts_of_side(asked, sources)
    live = _assembled(artefacts, drafts, asked, sources)
    try:
        compiled = live.policy_for(event_type, asked.policy)
    except NotFound as error:
        error.hint = "name an event type on which a policy of that release decides"
        raise
    label = asked.label or (asked.release if asked.release == LIVE else asked.release[:12])
    return side_in(live, compiled, artefacts, drafts, label)


def side_in(
    live: LiveRelease,
    compiled: CompiledPolicy,
    artefacts: Mapping[ArtefactKey, Artefact],
    drafts: Iterable[str],
    label: str,
) -> DecidingSide:
    """A policy of an assembled release as a side."""
    models = {}
    for name in sorted({model.stage.uses for model in compiled.plan.models.values()}):
        artefact = artefacts.get(ArtefactKey("model", name))
        models[name] = (live.models[name], (name, "" if artefact is None else str(artefact.digest)))
    policy = SetPolicy(compiled)
    return DecidingSide(label, live, policy, models, tuple(drafts), facts_read(policy))


def with_models(side: DecidingSide, names: Iterable[str], sources: Sources) -> DecidingSide:
    """The side with further models of its release at hand, whether its policy asks them or not.

    Raises:
        InvalidInput: its release has no such model.
    """
    models = dict(side.models)
    for name in names:
        if name not in side.live.models:
            raise InvalidInput(
                "The candidate has no such model.", code="unknown_model", field="score", value=name,
                hint=near_match(name, side.live.models),
            )  # fmt: skip
        if name not in models:
            models[name] = (side.live.models[name], (name, _version(side.live, name, sources)))
    return replace(side, models=models)


def _version(live: LiveRelease, name: str, sources: Sources) -> str:
    """The digest of the artefact in the release, where it stands in one."""
    try:
        manifest = sources.register.release_of(live.digest).manifest
    except NotFound:
        return ""
    return str(manifest.get(str(ArtefactKey("model", name)), ""))


def _assembled(
    artefacts: Mapping[ArtefactKey, Artefact], drafts: tuple[str, ...], asked: SideAsked, sources: Sources
) -> LiveRelease:
    if not drafts:
        return sources.live if asked.release == LIVE else sources.release(Digest(asked.release))
    manifest = {str(key): one.digest for key, one in artefacts.items()}
    return sources.assemble(artefacts.values(), manifest_digest(manifest))
