"""Training without code: what is asked, and what is told; looks and reports are the nouns of ``learn``."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.artefacts import ArtefactSummary
from tandem.faces.api.shapes.vocabulary import Instant, Name
from tandem.learn.runs import RunError
from tandem.learn.training import BinEdit, Family, LookAsked, TableLook, TrainingStep
from tandem.learn.training_runs import LiveComparison, SegmentGroup, Source, TrainingAsked

__all__ = [
    "LookRequest",
    "LookShown",
    "TrainingDraftRequest",
    "TrainingDraftShown",
    "TrainingDrafted",
    "TrainingLimits",
    "TrainingReason",
    "TrainingReportShown",
    "TrainingRequest",
    "TrainingRunDetail",
    "TrainingRunPage",
    "TrainingRunShown",
    "UploadPiece",
    "UploadRequest",
    "UploadShown",
]

Column = Annotated[str, Meta(max_length=300)]
Columns = Annotated[list[Column], Meta(max_length=2000)]
_Words = Annotated[str, Meta(min_length=1, max_length=300)]


class UploadRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A file is announced: its name, whose end says what it is, and its size."""

    name: Annotated[str, Meta(min_length=1, max_length=300)]
    bytes: Annotated[int, Meta(ge=0)]


class UploadPiece(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A piece of a file: where it begins, and its bytes in base64."""

    place: Annotated[int, Meta(ge=0)]
    data: bytes


class UploadShown(msgspec.Struct, kw_only=True):
    """A file, as far as it has arrived; ``received`` of ``bytes``."""

    upload_id: str
    name: str
    bytes: int
    received: int
    by: str
    begun_at: Instant


class TrainingLimits(msgspec.Struct, kw_only=True):
    """What may be asked here.

    Attributes:
        file_bytes, piece_bytes: how large files and their pieces may be.
        file_kinds: ends of file names that are read.
        families: the kinds of models that can compete here; those whose library is not installed are left out.
        usual: of them, what competes where only ``explain`` was said.
    """

    file_bytes: int
    piece_bytes: int
    file_kinds: list[str]
    families: list[Family]
    usual: dict[Literal["strictly", "balanced", "strongest"], list[Family]]


class LookRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Look at a table with what was said of it so far; ``forbid`` null: what is sensitive by name."""

    source: Source
    target: Column | None = None
    positive: Column | None = None
    time: Column | None = None
    id: Columns = []
    forbid: Columns | None = None
    test_share: Annotated[float, Meta(ge=0.05, le=0.5)] = 0.2


class LookShown(msgspec.Struct, kw_only=True):
    """A look, and once it is done what was seen."""

    look_id: str
    state: Literal["running", "done", "failed", "cancelled"]
    called: str
    asked: LookAsked
    error: RunError | None
    seen: TableLook | None


class TrainingRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What to train on, and how.

    Attributes:
        source: the table. target: its column that says what happened; positive: the bad value of it.
        time: column to order rows by; the test is then out of time.
        id, forbid: columns that name a row, and columns that may not be used.
        goal: ``credit``, or ``fraud``: few bad ones among many.
        explain: ``strictly``: a scorecard and nothing else; ``balanced``: trees may win, held to trends that the data are
            sure of; ``strongest``: trees are free.
        families, monotone: instead of what ``explain`` says.
        tune: sets of settings to try beside the preset. bin_edits: changes of the scorecard's bins, each with a reason.
        name: of the model, lower_snake. label: what the run is called.
    """

    source: Source
    target: Column
    positive: Column | None = None
    time: Column | None = None
    id: Columns = []
    forbid: Columns = []
    goal: Literal["credit", "fraud"] = "credit"
    explain: Literal["strictly", "balanced", "strongest"] = "balanced"
    families: Annotated[list[Family], Meta(max_length=8)] = []
    monotone: Literal["auto", "none"] | None = None
    tune: Annotated[int, Meta(ge=0, le=100)] = 0
    test_share: Annotated[float, Meta(ge=0.05, le=0.5)] = 0.2
    folds: Annotated[int, Meta(ge=2, le=10)] | None = None
    seed: Annotated[int, Meta(ge=0, le=2**31 - 1)] = 20261124
    bin_edits: Annotated[list[BinEdit], Meta(max_length=200)] = []
    name: Name = "model"
    label: Annotated[str, Meta(max_length=200)] = ""


class TrainingRunShown(msgspec.Struct, kw_only=True):
    """One training; ``done`` of ``total`` is how far it is, the figures are of its champion, once there is one."""

    training_id: str
    state: Literal["running", "done", "failed", "cancelled"]
    asked: TrainingAsked
    called: str
    label: str
    by: str
    started_at: Instant
    finished_at: Instant | None
    done: int
    total: int
    error: RunError | None
    rows: int | None
    champion: str | None
    auc: float | None
    auc_low: float | None
    auc_high: float | None
    digest: str | None


class TrainingRunPage(msgspec.Struct, kw_only=True):
    """Trainings that are kept, the newest first."""

    items: list[TrainingRunShown]


class TrainingReason(msgspec.Struct, kw_only=True):
    """What a customer is told when an input speaks against them; ``known``: the live release has words for the code."""

    input: str
    code: str
    en: str
    zh: str
    known: bool


class TrainingReportShown(msgspec.Struct, kw_only=True):
    """What a training came to.

    Attributes:
        champion: the family that won. figures: as ``tandem model train --json`` prints them.
        segments: the champion on parts of the test. live: beside live models, on the same rows.
    """

    champion: str
    figures: dict[str, Any]
    segments: list[SegmentGroup]
    live: list[LiveComparison]
    reasons: list[TrainingReason]


class TrainingDraftShown(msgspec.Struct, kw_only=True):
    """A draft that was made of a run's model."""

    name: str
    family: str
    digest: str
    by: str
    at: Instant


class TrainingRunDetail(msgspec.Struct, kw_only=True):
    """A run: what it has told so far, its report once it is done, and the drafts that were made of it."""

    run: TrainingRunShown
    steps: list[TrainingStep]
    report: TrainingReportShown | None
    drafts: list[TrainingDraftShown]


class ReasonWords(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Words for one reason code, safe to show a customer."""

    en: _Words
    zh: _Words


class TrainingDraftRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Make a draft of a run's model.

    Attributes:
        name: of the model in the workspace. family: which of those that competed; the champion by default.
        words: by reason code, where the generated ones will not do.
    """

    name: Name
    family: Family | None = None
    words: Annotated[dict[Annotated[str, Meta(max_length=80)], ReasonWords], Meta(max_length=2000)] = {}
    note: Annotated[str, Meta(max_length=2000)] = ""


class TrainingDrafted(msgspec.Struct, kw_only=True):
    """The model's version, and what was new; nothing is where the same was pushed before."""

    digest: str
    artefacts: list[ArtefactSummary]
