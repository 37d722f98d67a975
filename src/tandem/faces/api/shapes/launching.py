"""The launch of a product: templates, drafts looked at while somebody writes them, assessments and what is signed of them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.artefacts import ArtefactDocument, ArtefactSummary
from tandem.faces.api.shapes.products import ProductWords, QuoteRequest, QuoteShown
from tandem.faces.api.shapes.vocabulary import Fault, Instant, Line, Name, Note, Who
from tandem.faces.launching import Chosen
from tandem.learn.assessment import AssessmentAsked, AssessmentReport
from tandem.learn.runs import RunError

__all__ = [
    "AssessmentRequest",
    "AssessmentRunDetail",
    "AssessmentRunPage",
    "AssessmentRunShown",
    "CapShown",
    "LaunchProposed",
    "ProductCheckRequest",
    "ProductChecked",
    "ProductDraft",
    "ProductTemplate",
    "ProductTemplates",
    "ProposalRequest",
    "StartedPolicy",
    "StartingPolicyRequest",
    "WaiverRequest",
]

_Drafts = Annotated[list[ArtefactDocument], Meta(max_length=20)]


class ProductTemplate(msgspec.Struct, kw_only=True):
    """A product to begin with.

    Attributes:
        definition: its document, in the workspace's currency, without a name.
        drafts: what it needs that is not live, such as a rate cap.
    """

    template: Name
    title: ProductWords
    kind: str
    description: str
    definition: dict[str, Any]
    drafts: list[ArtefactDocument]


class ProductTemplates(msgspec.Struct, kw_only=True):
    """What to begin from.

    Attributes:
        event_types: that applications can be of: those with an amount.
        policies: of the live release, by name, with the type of event each decides on.
    """

    templates: list[ProductTemplate]
    event_types: list[str]
    policies: dict[str, str]


class StartingPolicyRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A policy of a template, for a product and the applications for it.

    Attributes:
        name: of the product; the policy is called ``NAME_application``.
    """

    template: Name
    name: Name
    definition: dict[str, Any]
    event_type: Name


class StartedPolicy(msgspec.Struct, kw_only=True):
    """What it comes to.

    Attributes:
        drafts: the policy, and reasons that the workspace has no words for yet.
        words: the policy in both languages, stage by stage.
        left_out: rules of the template whose facts the applications have not.
    """

    policy: Name
    drafts: list[ArtefactDocument]
    words: list[ProductWords]
    left_out: list[str]


class ProductDraft(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A product that nobody has pushed yet.

    Attributes:
        definition: its document, without a name.
        drafts: what it brings along: policies, reasons, a rate cap.
    """

    name: Name
    definition: dict[str, Any]
    drafts: _Drafts = []


class ProductCheckRequest(ProductDraft, kw_only=True, forbid_unknown_fields=True):
    """Look at a draft.

    Attributes:
        name: as far as somebody has typed it.
        quote: a draw to show the cash flows of; None: none.
        whole: hold everything it brings along together with all that is live, as a release would.
    """

    name: Annotated[str, Meta(max_length=80)]
    quote: QuoteRequest | None = None
    whole: bool = False


class CapShown(msgspec.Struct, kw_only=True):
    """What the law allows today.

    Attributes:
        source: where it is written.
    """

    name: str
    title: ProductWords
    most_bps: int
    measure: Literal["nominal", "effective"]
    source: str


class ProductChecked(msgspec.Struct, kw_only=True):
    """What a draft would be.

    Attributes:
        faults: everything that does not hold, each with its field.
        dearest_bps: the most it can cost a year as its cap measures it, fees in; null without a cap, or where it cannot be told.
        quote: of the draw that was asked for; null where it cannot be quoted, and ``quote_fault`` says why.
        event_type: of applications for it; subject: what would be signed; null where a policy is not there.
        nearest: the live product it would be assessed against.
        change: against what is live: ``new``, ``nothing``, ``words``, ``terms`` or ``policies``.
        needs_signature: whether a release of it needs a signed assessment; may_waive: whether a reason and two people do.
        history: decisions on such applications, counted up to a hundred.
    """

    faults: list[Fault]
    dearest_bps: float | None
    cap: CapShown | None
    quote: QuoteShown | None
    quote_fault: Fault | None
    event_type: str | None
    subject: str | None
    nearest: str | None
    change: Literal["new", "nothing", "words", "terms", "policies"]
    needs_signature: bool
    may_waive: bool
    history: int


class AssessmentRequest(ProductDraft, kw_only=True, forbid_unknown_fields=True):
    """Assess a draft over history.

    Attributes:
        label: what the run is called.
    """

    chosen: Chosen = Chosen()
    label: Annotated[str, Meta(max_length=200)] = ""


class AssessmentRunShown(msgspec.Struct, kw_only=True):
    """One run.

    Attributes:
        asked: as it was asked, drafts included.
        done, total: decisions looked at, of how many.
        report_digest, counted, approved, net_minor, stops: of the report, once it is done.
    """

    assessment_id: str
    state: Literal["running", "done", "failed", "cancelled"]
    asked: AssessmentAsked
    label: str
    by: str
    started_at: Instant
    finished_at: Instant | None
    done: int
    total: int
    error: RunError | None
    report_digest: str
    counted: int | None
    approved: int | None
    net_minor: int | None
    stops: int | None


class AssessmentRunPage(msgspec.Struct, kw_only=True):
    """Runs that are kept, the newest first."""

    items: list[AssessmentRunShown]


class AssessmentRunDetail(msgspec.Struct, kw_only=True):
    """A run with its report, once it is done.

    Attributes:
        proposed: what was put before whoever signs, the assessment last: all of it is released together. Empty where
            nobody did.
    """

    run: AssessmentRunShown
    report: AssessmentReport | None
    proposed: list[ArtefactSummary]


class ProposalRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Put an assessment and what was assessed before somebody who signs."""

    author: Who | None = None
    note: Note = ""


class WaiverRequest(ProductDraft, kw_only=True, forbid_unknown_fields=True):
    """Do without an assessment: why, for somebody else to sign."""

    reason: Line
    author: Who | None = None


class LaunchProposed(msgspec.Struct, kw_only=True):
    """What now waits for somebody else.

    Attributes:
        artefacts: everything that is released together: the product, what it brings along, and its assessment.
    """

    artefacts: list[ArtefactSummary]
