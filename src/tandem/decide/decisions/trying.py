"""The experiments of a release, ready to decide: each arm as a compiled policy with its own models.

At most one experiment is on live traffic for one policy, so that no two ever mix; shadows may be as many as one likes. Every
policy that takes part records with its decisions what any of the arms may look at: the challenger's inputs are there when
a shadow, a replay or a reading asks for them, and nobody fetches them twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from tandem.decide.decisions.known import OnlineKnown
from tandem.decide.experiments import Assigned, Assigner, ClusterUnits, Experiment
from tandem.decide.policy import CompiledPolicy
from tandem.kernel.identity import Digest, Pseudonym
from tandem.observe.events import Event, EventType

__all__ = ["Arms", "Trial", "default_policies", "unit_field"]


class Trial:
    """One experiment of a release.

    Args:
        policy: the champion's, by name.
        arms: every arm as a policy.
        field: the field of the event that names the unit; of a cluster the member.

    Attributes:
        digest: of the version of the experiment.
    """

    def __init__(
        self, experiment: Experiment, digest: Digest, policy: str, arms: Mapping[str, CompiledPolicy], field: str
    ) -> None:
        self.experiment = experiment
        self.digest = digest
        self.policy = policy
        self.arms = dict(arms)
        self.field = field
        self.assigner = Assigner(experiment)
        self._models = {one.arm: one.models for one in experiment.arms}

    def unit_of(
        self, event: Event, known: OnlineKnown, units: ClusterUnits
    ) -> tuple[Pseudonym | None, tuple[Pseudonym, ...]]:
        """Whom ``event`` is assigned by, and whom parts of its component were assigned by before; nothing moves."""
        graph = self.experiment.graph
        if graph is None:
            return event.entities.get(self.field), ()
        component = next(one for one in known.graphs if one.plan.graph.name == graph).component(event)
        return units.unit_of(self.experiment.name, component) if component else (None, ())

    def peek(self, event: Event, known: OnlineKnown, units: ClusterUnits) -> CompiledPolicy:
        """The policy that would decide on ``event``; nothing moves."""
        return self.arms[self.assigner.arm_of(self.unit_of(event, known, units)[0])]

    def assign(self, event: Event, known: OnlineKnown, units: ClusterUnits, seq: int) -> Assigned:
        """The arm of ``event``, which has been taken in; moves what is known of clusters."""
        unit, merged = self.unit_of(event, known, units)
        arm = self.assigner.arm_of(unit)
        name = self.experiment.name
        if self.experiment.graph is None or unit is None:
            return Assigned(experiment=name, arm=arm, unit=unit, models=self._models[arm])
        member = event.entities[self.field]
        units.take(name, member, unit, seq)
        return Assigned(experiment=name, arm=arm, unit=unit, models=self._models[arm], member=member, merged=merged)


class Arms:
    """The experiments of a release, and which of them run.

    Args:
        trials: all of them, by name.
        withdrawn: digests of versions that run no more.

    Attributes:
        deciding: champion's policy to the experiment that is on its traffic: a look into a dictionary for every decision.
        shadows: those computed beside.
    """

    def __init__(self, trials: Mapping[str, Trial], withdrawn: Collection[Digest] = ()) -> None:
        self.trials = dict(trials)
        self.running = {name: one for name, one in self.trials.items() if one.digest not in withdrawn}
        running = self.running.values()
        self.deciding = {one.policy: one for one in running if one.experiment.mode != "shadow"}
        self.shadows = tuple(one for one in running if one.experiment.mode == "shadow")
        self.clustered = any(one.experiment.graph is not None for one in self.deciding.values())

    def without(self, withdrawn: Collection[Digest]) -> Arms:
        """The same, of which those versions run no more."""
        return Arms(self.trials, withdrawn)

    def policy_of(self, assigned: Iterable[Assigned]) -> CompiledPolicy | None:
        """The policy that decided in a recorded arm; None where there was none."""
        for one in assigned:
            if one.experiment in self.trials:
                return self.trials[one.experiment].arms.get(one.arm)
        return None

    def champion_of(self, assigned: Iterable[Assigned], policy: str) -> str:
        """The policy that was asked for a decision recorded in ``assigned`` arms under the name of ``policy``."""
        found = [self.trials[one.experiment].policy for one in assigned if one.experiment in self.trials]
        return found[0] if found else policy


def default_policies(policies: Mapping[str, CompiledPolicy]) -> dict[str, CompiledPolicy]:
    """Type of event to the policy that decides on it: the one called like the event, else the first.

    Several may stand ready for one event.
    """
    found: dict[str, CompiledPolicy] = {}
    for compiled in policies.values():
        event = compiled.policy.event
        if event not in found or compiled.policy.policy == event:
            found[event] = compiled
    return found


def unit_field(experiment: Experiment, event_type: EventType, member: str | None) -> str | None:
    """The field of the event that names whom the experiment assigns; None where there is none."""
    kind = member if experiment.graph is not None else experiment.unit
    return next((field.name for field in event_type.fields if field.entity == kind), None)
