"""A recurrent network checked against event types and what else is known: what it reads of an event, and whose history it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import msgspec

from tandem.decide.graphs import PlannedInputs, compile_inputs, event_type_of
from tandem.decide.models import GruDocument
from tandem.kernel.canonical import digest_of
from tandem.kernel.expressions import Column
from tandem.kernel.identity import Digest, EventTypeName
from tandem.kernel.values import SqlType
from tandem.observe.events import EventType
from tandem.observe.graph import member_field

__all__ = ["SequencePlan", "compile_sequence"]

_VERSION: Final = 1
"""Of what the numbers mean; a snapshot of another is not taken."""

_NOT_OF_THE_NUMBERS: Final = ("metadata", "expected", "reason", "history_reason", "calibration", "scaling")

_OWN: Final = (
    "What the network {name} makes of the event's own values, in log-odds",
    "网络 {name} 仅凭事件自身取值给出的对数几率",
)
_HISTORY: Final = (
    "What the earlier events of the same {kind} add to the network {name}, in log-odds",
    "同一 {kind} 更早的事件在网络 {name} 中带来的对数几率变化",
)


@dataclass(frozen=True)
class SequencePlan:
    """What a recurrent network reads and gives.

    Attributes:
        names: the parts of its margin, in the order of every vector.
        words: part to what it means, in English and Chinese.
        inputs: where its values come from.
        member: the field of the event that names whose history it is.
    """

    document: GruDocument
    names: tuple[str, ...]
    words: Mapping[str, tuple[str, str]]
    inputs: PlannedInputs
    member: str

    @property
    def event(self) -> EventTypeName:
        """The type of the events that are scored."""
        return self.document.event

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Type of each part, for expressions; null for events of other types."""
        return dict.fromkeys(self.names, Column(type=SqlType.DOUBLE, nullable=True, scale=0))

    @cached_property
    def digest(self) -> Digest:
        """SHA-256 over all of the network that can change a number; what its known columns mean is told by theirs."""
        numbers: dict[str, Any] = msgspec.to_builtins(self.document)
        for name in _NOT_OF_THE_NUMBERS:
            del numbers[name]
        reads = {"member": self.member, "fields": [list(one) for one in self.inputs.fields]}
        return digest_of({"version": _VERSION, "names": list(self.names), "network": numbers, "reads": reads})


def compile_sequence(
    document: GruDocument, event_types: Mapping[EventTypeName, EventType], known: Mapping[str, Column]
) -> SequencePlan:
    """``document`` over ``event_types`` and the columns that are ``known`` of every event, in the order of their vector.

    Raises:
        DefinitionError: an unknown event type; a member that the event does not name; a value that is nowhere, or of another
            type than it is read as.
    """
    event_type = event_type_of(document.event, event_types)
    values = [
        (one.name, f"values[{place}].name", one.type == "categorical") for place, one in enumerate(document.values)
    ]
    called = {"name": document.metadata.name, "kind": document.member}
    return SequencePlan(
        document=document,
        names=document.parts,
        words={
            part: (en.format(**called), zh.format(**called))
            for part, (en, zh) in zip(document.parts, (_OWN, _HISTORY), strict=True)
        },
        inputs=compile_inputs(values, event_type, known),
        member=member_field(event_type, document.member, "member"),
    )
