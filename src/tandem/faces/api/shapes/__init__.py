"""The documents that travel over HTTP, as types: what a handler takes, what it answers, what OpenAPI says."""

from __future__ import annotations

from tandem.faces.api.shapes.artefacts import (
    ArtefactDocument,
    ArtefactPage,
    ArtefactSummary,
    FullArtefact,
    Pushed,
    PushRequest,
    Released,
    ReleasePage,
    ReleaseRequest,
    ReleaseSummary,
    ReviewRequest,
    RollBackRequest,
)
from tandem.faces.api.shapes.common import BATCH_MAX, PAGE_MAX, Fault, Problem
from tandem.faces.api.shapes.decisions import (
    DecisionAnswer,
    DecisionPage,
    DecisionRecord,
    DecisionTrail,
    Explanation,
    ModelScore,
    Reason,
    ReplayDifference,
    Replayed,
    ReplayRequest,
)
from tandem.faces.api.shapes.entities import EntityFeatures
from tandem.faces.api.shapes.events import BatchAnswer, BatchItem, EventBatch, EventDocument, EventRecorded
from tandem.faces.api.shapes.lists import (
    ListChanged,
    ListChangeDocument,
    ListEntryDocument,
    ListEntryPage,
    ListEntrySummary,
    ListMember,
    ListPage,
    ListSummary,
)
from tandem.faces.api.shapes.metrics import MetricPage, MetricSummary
from tandem.faces.api.shapes.system import Health, Status

__all__ = [
    "BATCH_MAX",
    "PAGE_MAX",
    "ArtefactDocument",
    "ArtefactPage",
    "ArtefactSummary",
    "BatchAnswer",
    "BatchItem",
    "DecisionAnswer",
    "DecisionPage",
    "DecisionRecord",
    "DecisionTrail",
    "EntityFeatures",
    "EventBatch",
    "EventDocument",
    "EventRecorded",
    "Explanation",
    "Fault",
    "FullArtefact",
    "Health",
    "ListChangeDocument",
    "ListChanged",
    "ListEntryDocument",
    "ListEntryPage",
    "ListEntrySummary",
    "ListMember",
    "ListPage",
    "ListSummary",
    "MetricPage",
    "MetricSummary",
    "ModelScore",
    "Problem",
    "PushRequest",
    "Pushed",
    "Reason",
    "ReleasePage",
    "ReleaseRequest",
    "ReleaseSummary",
    "Released",
    "ReplayDifference",
    "ReplayRequest",
    "Replayed",
    "ReviewRequest",
    "RollBackRequest",
    "Status",
]
