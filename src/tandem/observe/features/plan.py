"""The plan: what is computed, what its numbers mean, and one digest over all that can change a number.

The digest covers aggregates, windows, filters, keys, field types and the kernel's version, and nothing that cannot change
a number (descriptions, reasons). It goes into every snapshot, training set, model and decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tandem.kernel.canonical import digest_of
from tandem.kernel.errors import NotFound, near_match
from tandem.kernel.expressions import Column
from tandem.kernel.identity import Digest, EntityKind, EventTypeName
from tandem.observe.events import EventType
from tandem.observe.features.definitions import Feature, FeatureSet, Texts
from tandem.observe.features.filters import TypeFilters
from tandem.observe.features.program import KERNEL_VERSION, Program
from tandem.observe.features.words import in_words

__all__ = ["FeaturePlan", "Track"]


@dataclass(frozen=True, slots=True)
class Track:
    """One kind of key, the events counted under it, and how its rows are kept; see ``program``."""

    entity: tuple[EntityKind, ...]
    events: tuple[EventTypeName, ...]
    lateness: int
    fold: int
    keys: tuple[tuple[EventTypeName, tuple[str, ...]], ...]
    """Every event type that names the key, with the fields that do."""
    columns: tuple[str, ...]
    filters: tuple[tuple[tuple[EventTypeName, ...], str | None], ...]
    """(event types, condition), one per flag bit."""


@dataclass(frozen=True)
class FeaturePlan:
    """What the kernel runs and what its numbers mean.

    Attributes:
        names: the features, in the order of every vector.
        columns: type of each feature, for expressions; every feature may be None.
        tracks: what is kept, in the program's order.
        program: for the kernel.
        needs: per event type, the fields whose values the kernel is handed, in order.
        text_needs: per event type, positions in ``needs`` that are text but not an entity's pseudonym.
        decimal_needs: per event type, (position in ``needs``, scale) of decimals.
        filters: per event type, its conditions in the program's order.
        homes: per feature, the tracks its cells live in.
    """

    feature_sets: tuple[FeatureSet, ...]
    event_types: Mapping[EventTypeName, EventType]
    names: tuple[str, ...]
    columns: Mapping[str, Column]
    tracks: tuple[Track, ...]
    program: Program
    types: tuple[EventTypeName, ...]
    needs: Mapping[EventTypeName, tuple[str, ...]]
    text_needs: Mapping[EventTypeName, tuple[int, ...]]
    decimal_needs: Mapping[EventTypeName, tuple[tuple[int, int], ...]]
    filters: Mapping[EventTypeName, TypeFilters]
    homes: tuple[tuple[int, ...], ...]
    identity_fields: Mapping[str, bool]
    """Feature whose value is text: whether it is a pseudonym (else free text)."""

    @cached_property
    def digest(self) -> Digest:
        """SHA-256 over all that can change a number."""
        kinds = [[int(kind) for kind in track.columns] for track in self.program.tracks]
        return digest_of(
            {
                "kernel": KERNEL_VERSION,
                "names": self.names,
                "features": [
                    [feature.name, feature.operands, feature.factor, column.type, column.scale]
                    for feature, column in zip(self._features.values(), self.columns.values(), strict=True)
                ],
                "tracks": [
                    [track.entity, track.events, track.lateness, track.fold, track.columns, columns, counted(track)]
                    for track, columns in zip(self.tracks, kinds, strict=True)
                ],
            }
        )

    @cached_property
    def _features(self) -> dict[str, Feature]:
        return {feature.name: feature for one in self.feature_sets for feature in one.features}

    @cached_property
    def _sets(self) -> dict[str, FeatureSet]:
        return {feature.name: one for one in self.feature_sets for feature in one.features}

    def feature(self, name: str) -> Feature:
        """The definition of ``name``.

        Raises:
            NotFound: with the near match.
        """
        try:
            return self._features[name]
        except KeyError:
            raise NotFound("No such feature.", field="feature", value=name, hint=near_match(name, self.names)) from None

    def describe(self, name: str, language: str = "en") -> str:
        """What ``name`` means, in one sentence; the author's own words where there are any."""
        feature = self.feature(name)
        return feature.description.get(language) or in_words(feature, self._sets[name], language)

    def reason(self, name: str) -> Texts:
        """The texts to give a customer when ``name`` speaks against them."""
        return dict(self.feature(name).reason)

    def set_of(self, name: str) -> FeatureSet:
        """The set that declares ``name``."""
        self.feature(name)
        return self._sets[name]

    def entity(self, name: str) -> tuple[EntityKind, ...]:
        """Whose feature it is."""
        self.feature(name)
        return self._sets[name].entity


def counted(track: Track) -> list[tuple[str, tuple[str, ...]]]:
    """The key fields of the counted event types; those that only read cannot change a number."""
    return [(event, fields) for event, fields in track.keys if event in track.events]
