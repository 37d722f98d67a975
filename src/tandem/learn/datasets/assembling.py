"""A training set put together on one machine: DuckDB brings what is known from the lake, and all of it is one part."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

import msgspec
import pyarrow as pa

from tandem.decide.decisions import KnownPlan, LiveRelease
from tandem.decide.policy import parse_policy
from tandem.decide.policy.types import SplitStage
from tandem.decide.policy.walking import walk
from tandem.kernel.errors import InvalidInput, NotFound, near_match
from tandem.kernel.identity import Digest
from tandem.learn.datasets.facts import FactColumn, chosen_plan, computed_facts
from tandem.learn.datasets.known_events import known_events
from tandem.learn.datasets.manifest import DatasetCounts
from tandem.learn.datasets.recorded import RecordedFacts, recorded_facts
from tandem.learn.datasets.rows import Recipe, Sources, labelled, part_of, summed
from tandem.learn.datasets.spec import DatasetSpec
from tandem.learn.labels import Asked, LabelConditions, LabelState, conditions_of
from tandem.observe.events import EventType
from tandem.observe.lake import Lake

__all__ = ["Asking", "Assembled", "Outline", "PolicyOf", "assemble", "erased_query", "label_table", "outline_of"]

PolicyOf = Callable[[Digest], dict[str, Any] | None]
"""The document of a version of a policy; None where it is not known."""
_ROWS_MAX: Final = 100_000_000


@dataclass(frozen=True)
class Asking:
    """What a spec asks of a release: the same whichever engine answers.

    Attributes:
        plan: what is computed, ``names`` of it.
        recipe: how rows are made, still without the ``shares`` of an arm that explores.
    """

    plan: KnownPlan
    names: list[str]
    recipe: Recipe
    conditions: LabelConditions

    @classmethod
    def of(cls, live: LiveRelease, spec: DatasetSpec, *, everything: bool = False) -> Asking:
        """Hold ``spec`` against the release.

        Raises:
            DefinitionError: the label does not hold together with the event types.
            NotFound: a feature set or graph that is not there.
        """
        conditions = conditions_of(spec.label, {str(name): one for name, one in live.reader.event_types.items()})
        decided = conditions.decided
        plan, names = chosen_plan(live, decided, spec.features)
        own_names = {field.name for field in decided.fields}
        answers = {name for each in live.connectors.values() for name in each.columns} - own_names - set(names)
        context = live.context_for(decided.name).columns
        told = [decided, conditions.telling.event_type]
        told += [] if conditions.early is None else [conditions.early.event_type]
        recipe = Recipe(
            spec=spec,
            event_types={one.name: one for one in told},
            columns={name: plan.columns[name] for name in names} | {name: context[name] for name in sorted(answers)},
            answers=tuple(sorted(answers)),
            shares={},
            everything=everything,
        )
        return cls(plan, names, recipe, conditions)

    def explored_by(self, digests: Iterable[str | None], policy_of: PolicyOf) -> Recipe:
        """The recipe with the chance that each policy among ``digests``, all that decided, gives in the arm that explores.

        Raises:
            NotFound: none of them has that arm.
        """
        explored = self.recipe.spec.explored
        if not explored:
            return self.recipe
        shares = {one: _share(policy_of(Digest(one)), explored) for one in sorted({one for one in digests if one})}
        if not any(share is not None for share in shares.values()):
            raise NotFound(
                "No version of the policy that decided has this arm.", code="unknown_arm", field="explored",
                value=explored, hint="write STAGE:ARM as the policy calls them, or leave it out",
            )  # fmt: skip
        return msgspec.structs.replace(self.recipe, shares=shares)


@dataclass(frozen=True)
class Outline:
    """What is said of a set beside its rows.

    Attributes:
        columns: the facts; ``ids`` those among them that name entities.
        features_digest: of everything that was computed.
    """

    columns: tuple[FactColumn, ...]
    ids: tuple[str, ...]
    counts: DatasetCounts
    features_digest: Digest


@dataclass(frozen=True)
class Assembled:
    """A training set before it has a digest.

    Attributes:
        whole: every event that was kept, whatever its label.
        rows: labelled; ``declined``: what nobody will ever know, without a label.
    """

    whole: pa.Table
    rows: pa.Table
    declined: pa.Table
    outline: Outline


def label_table(lake: Lake, conditions: LabelConditions, asked: Asked) -> pa.Table:
    """``event_id`` and ``occurred_at`` (microseconds) of every decided event up to ``asked``, and its label beside it.

    Raises:
        Unavailable: the lake does not answer.
    """
    facts = recorded_facts(lake, conditions.decided.name, {}, asked.seq)
    events, labels = labelled(conditions, asked, _sources(lake, conditions, asked.seq, facts))
    beside = {name: labels[name] for name in labels.column_names}
    return pa.table({"event_id": events["event_id"], "occurred_at": events["occurred_at"].cast(pa.int64()), **beside})


def assemble(
    lake: Lake, live: LiveRelease, spec: DatasetSpec, policy_of: PolicyOf, *, everything: bool = False
) -> Assembled:
    """Put the set together.

    Args:
        live: whose event types, features and graphs it is made of.
        everything: keep events whatever their label is worth, but for those of erased persons.

    Raises:
        DefinitionError: the label does not hold together with the event types.
        NotFound: a feature set, a field or a split that is not there.
        Unavailable: the lake does not answer.
    """
    asking = Asking.of(live, spec, everything=everything)
    decided = asking.conditions.decided
    facts = recorded_facts(lake, decided.name, asking.recipe.columns, spec.seq)
    recipe = asking.explored_by(facts.head["policy_digest"].to_pylist(), policy_of)
    computed = computed_facts(lake, live, asking.plan, asking.names, decided, spec.seq)
    part = part_of(recipe, _sources(lake, asking.conditions, spec.seq, facts, computed))
    outline, absent = outline_of(asking, [(part.counts, part.columns)])
    return Assembled(
        whole=part.whole.drop_columns(absent),
        rows=part.where(LabelState.MATURE).drop_columns(absent),
        declined=part.where(LabelState.DECLINED).drop_columns(absent),
        outline=outline,
    )


def outline_of(
    asking: Asking, accounts: Iterable[tuple[DatasetCounts, tuple[FactColumn, ...]]]
) -> tuple[Outline, list[str]]:
    """What is said of a set whose parts count so, and the columns that are left out of it.

    An answer of a connector that nobody recorded is no column: nobody can ask for it again.

    Raises:
        InvalidInput: a column is forbidden that is not there.
    """
    counts, columns = summed(accounts)
    absent = [one.name for one in columns if one.kind == "answer" and not one.recorded]
    left = tuple(one for one in columns if one.name not in absent)
    _check_forbidden(asking.recipe.spec, [one.name for one in left])
    entities = (field.name for field in asking.conditions.decided.fields if field.entity is not None)
    outline = Outline(left, ("row_seq", "row_id", *entities), counts, asking.plan.digest_of(asking.names))
    return outline, absent


def erased_query(decided: EventType, there: Iterable[str]) -> str | None:
    """``seq`` of the events of an erased person, as SQL that any engine is asked, whatever the place the set is as of: the law is not.

    None where nobody was erased.
    """
    if not {"erasures", decided.name} <= set(there):
        return None
    # The name is lower_snake, checked where the event type was read.
    return f"""
        SELECT e.seq FROM "{decided.name}" AS e
        WHERE EXISTS (SELECT 1 FROM erasures AS x WHERE x.subject = e.subject AND x.seq > e.seq)"""  # noqa: S608


def _sources(
    lake: Lake, conditions: LabelConditions, up_to: int, facts: RecordedFacts, computed: pa.Table | None = None
) -> Sources:
    def events(event_type: EventType) -> pa.Table:
        return known_events(lake, [event_type], up_to=up_to)

    gone = None if computed is None else erased_query(conditions.decided, lake.tables())
    erased = pa.array([], pa.int64())
    if gone is not None:
        erased = lake.sql(gone, rows_max=_ROWS_MAX, timeout_s=600.0)["seq"].combine_chunks()
    return Sources(
        own=events(conditions.decided),
        telling=events(conditions.telling.event_type),
        early=None if conditions.early is None else events(conditions.early.event_type),
        decisions=facts,
        computed=pa.table({"seq": pa.array([], pa.int64())}) if computed is None else computed,
        erased=erased,
    )


def _share(document: dict[str, Any] | None, explored: str) -> float | None:
    if document is None:
        return None
    name, arm = explored.split(":")
    for _, stage in walk(parse_policy(document)):
        if isinstance(stage, SplitStage) and stage.name == name:
            return next((one.share / 100 for one in stage.arms if one.arm == arm), None)
    return None


def _check_forbidden(spec: DatasetSpec, names: list[str]) -> None:
    for name in spec.forbid:
        if name not in names:
            raise InvalidInput(
                "The set has no such column.", code="unknown_column", field="forbid", value=name,
                hint=near_match(name, names) or "see tandem dataset show",
            )  # fmt: skip
