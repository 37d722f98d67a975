"""The policy studio: a draft looked at from every side, as text and as document, and the names it may use."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.releases import DeclineNote
from tandem.faces.api.shapes.vocabulary import DigestText, Instant

__all__ = [
    "DraftCheck",
    "DraftCheckRequest",
    "DraftCoverage",
    "DraftExample",
    "DraftExampleDifference",
    "DraftFinding",
    "DraftGap",
    "DraftName",
    "DraftOverlap",
    "DraftPart",
    "DraftTable",
    "DraftUnreachableRow",
    "ExpressionCheck",
    "ExpressionCheckRequest",
    "ExpressionSample",
    "FlowEdgeShape",
    "FlowNodeShape",
    "PolicyDiff",
    "PolicyDiffRequest",
    "PolicySide",
    "PolicyText",
    "PolicyTextRequest",
    "StudioColumn",
    "StudioFunction",
    "StudioList",
    "StudioModel",
    "StudioNames",
    "StudioPolicy",
    "StudioPolicyPage",
    "StudioPolicySummary",
    "StudioReason",
    "StudioReview",
    "StudioVersion",
    "WordLines",
    "Words",
]

TextOfPolicy = Annotated[str, Meta(max_length=4 * 1024 * 1024)]
Sql = Annotated[str, Meta(max_length=10_000)]
EventTypeText = Annotated[str, Meta(max_length=80)]


class Words(msgspec.Struct, kw_only=True):
    """The same in both languages."""

    en: str
    zh: str


class WordLines(msgspec.Struct, kw_only=True):
    """Lines in both languages."""

    en: list[str]
    zh: list[str]


class DraftCheckRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A draft, as ``document`` or as the YAML ``text`` of one. Any JSON value may be a draft.

    ``before``: the text that ``document`` was made from; it is written anew over it.
    """

    document: Any = None
    before: TextOfPolicy | None = None
    text: TextOfPolicy | None = None


class DraftFinding(msgspec.Struct, kw_only=True):
    """One thing that is wrong (``error``) or looks wrong.

    ``where`` is a path in the document; ``line`` and ``column`` are within the expression there, or within the text where
    that is no YAML. ``near``: names that were probably meant.
    """

    severity: Literal["error", "warning"]
    code: str
    where: str
    message: Words
    hint: Words | None = None
    near: list[str] = []
    line: int | None = None
    column: int | None = None
    example: dict[str, Any] | None = None


class DraftPart(msgspec.Struct, kw_only=True):
    """A rule, row, case, check or bin in words; ``where`` is its path."""

    where: str
    stage: str
    name: str
    words: Words


class FlowNodeShape(msgspec.Struct, kw_only=True):
    """A stage (``id`` is its path), the start, or an outcome."""

    id: str
    kind: str
    name: str
    depth: int
    parts: int
    uses: str | None
    outputs: list[str]
    note: str
    errors: int
    warnings: int


class FlowEdgeShape(msgspec.Struct, kw_only=True):
    """What leads from one node to another."""

    source: str
    target: str
    kind: Literal["next", "case", "arm", "stop", "decides"]
    label: str
    condition: str | None
    share: float | None


class DraftGap(msgspec.Struct, kw_only=True):
    """Values that no row covers, in words and as an example."""

    words: str
    example: dict[str, Any]


class DraftOverlap(msgspec.Struct, kw_only=True):
    """Two rows that match the same place; rows count from 0."""

    first: int
    second: int
    words: str
    example: dict[str, Any]


class DraftUnreachableRow(msgspec.Struct, kw_only=True):
    """A row that can never be taken; rows count from 0."""

    row: int
    words: str
    example: dict[str, Any]


class DraftTable(msgspec.Struct, kw_only=True):
    """A decision table, analysed; ``complete`` is false where it is too entangled for silence to prove anything."""

    where: str
    stage: str
    hit: Literal["first", "unique", "priority", "collect"]
    types: list[str]
    has_default: bool
    gaps: list[DraftGap]
    missing_gaps: list[DraftGap]
    overlaps: list[DraftOverlap]
    unreachable: list[DraftUnreachableRow]
    complete: bool


class DraftName(msgspec.Struct, kw_only=True):
    """A fact the policy reads, or a variable it sets."""

    name: str
    type: str
    nullable: bool
    source: Literal["fact", "variable"]


class DraftExampleDifference(msgspec.Struct, kw_only=True):
    """One thing an example expected otherwise."""

    field: str
    expected: str
    got: str


class DraftExample(msgspec.Struct, kw_only=True):
    """How an example of the policy came out."""

    example: str
    because: str
    passed: bool
    differences: list[DraftExampleDifference]
    outcome: str | None
    reasons: list[str]
    fired: list[str]
    path: list[str]


class DraftCoverage(msgspec.Struct, kw_only=True):
    """Rules, rows, cases and arms (``stage.rule``, ``stage:case``) that the examples reach, and those that none does."""

    reached: list[str]
    unreached: list[str]
    share: float


class DraftCheck(msgspec.Struct, kw_only=True):
    """Everything that can be said of a draft. What needs a policy without errors is empty while there are some.

    ``json`` is the document number for number, to be sent on as it is: a browser's numbers do not tell 1.0 from 1.
    ``parts`` says the first 200 rows of a table.
    """

    publishable: bool
    readable: bool
    text: str
    document: Any
    json: str
    findings: list[DraftFinding]
    words: WordLines
    parts: list[DraftPart]
    nodes: list[FlowNodeShape]
    edges: list[FlowEdgeShape]
    tables: list[DraftTable]
    names: list[DraftName]
    examples: list[DraftExample]
    coverage: DraftCoverage | None


class PolicyTextRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """``document`` to be written as text, in the clothes of the text ``before`` if given; or ``text`` to be read."""

    document: Any = None
    before: TextOfPolicy | None = None
    text: TextOfPolicy | None = None


class PolicyText(msgspec.Struct, kw_only=True):
    """A policy as text and as document; both say the same."""

    text: str
    document: Any


class PolicySide(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A policy by the digest of a version, as a text, or as a document."""

    digest: DigestText | None = None
    text: TextOfPolicy | None = None
    document: Any = None


class PolicyDiffRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Two policies to compare; each may be a draft that nobody saved."""

    old: PolicySide
    new: PolicySide


class PolicyDiff(msgspec.Struct, kw_only=True):
    """Every difference that can change a decision, a sentence each; ``same`` where there is none."""

    same: bool
    lines: WordLines


class ExpressionCheckRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """An expression on events of a type.

    ``policy``: the draft it stands in; its variables may be used, and have the values the draft gives them.
    """

    text: Sql
    event_type: EventTypeText
    policy: Any = None
    samples: Annotated[int, Meta(ge=0, le=200)] = 20


class ExpressionSample(msgspec.Struct, kw_only=True):
    """The expression's value for one recorded decision, with the facts it read; instants and dates as text."""

    decision_id: str
    occurred_at: Instant
    outcome: str
    value: Any
    facts: dict[str, Any]
    recorded: bool


class ExpressionCheck(msgspec.Struct, kw_only=True):
    """What an expression is and does.

    ``null_share``: of the samples whose facts were recorded, the share without an answer; ``true_share``: of a condition,
    the share for which it holds. ``hidden``: values are not shown, for want of the permission read_personal.
    """

    valid: bool
    type: str | None
    nullable: bool | None
    words: Words | None
    columns: list[str]
    findings: list[DraftFinding]
    samples: list[ExpressionSample]
    sampled: int
    null_share: float | None
    true_share: float | None
    hidden: bool


class StudioColumn(msgspec.Struct, kw_only=True):
    """A name that expressions may use; ``example`` is from the newest recorded decision."""

    name: str
    type: str
    nullable: bool
    source: Literal["event", "feature", "time"]
    words: Words
    entity: str | None = None
    values: list[str] | None = None
    example: Any = None


class StudioFunction(msgspec.Struct, kw_only=True):
    """A function or operator; ``$`` in ``insert`` marks where typing goes on."""

    name: str
    group: str
    insert: str
    example: str
    words: Words


class StudioList(msgspec.Struct, kw_only=True):
    """A list that policies may ask."""

    name: str
    entity: str
    description: str


class StudioModel(msgspec.Struct, kw_only=True):
    """A model that policies may ask."""

    name: str
    inputs: list[str]
    gives_points: bool


class StudioReason(msgspec.Struct, kw_only=True):
    """A reason code, in words for customers and for colleagues."""

    code: str
    customer: Words
    internal: Words


class StudioNames(msgspec.Struct, kw_only=True):
    """Everything a policy on one type of event may name."""

    event_type: str
    event_types: list[str]
    columns: list[StudioColumn]
    functions: list[StudioFunction]
    lists: list[StudioList]
    models: list[StudioModel]
    reasons: list[StudioReason]
    actions: list[str]


class StudioReview(msgspec.Struct, kw_only=True):
    """Somebody approved a version."""

    approver: str
    at: Instant
    note: str


class StudioVersion(msgspec.Struct, kw_only=True):
    """One version of a policy, with everybody who put their name to it.

    ``declined``: who sent it back, where nobody has approved it since.
    """

    digest: DigestText
    state: Literal["draft", "declined", "reviewed", "live", "retired"]
    author: str
    pushed_at: Instant
    note: str
    reviews: list[StudioReview]
    declined: DeclineNote | None
    live_since: Instant | None


class StudioPolicySummary(msgspec.Struct, kw_only=True):
    """A policy in the list of all. ``newest``: the version to go on from, which is never one that was taken out of force."""

    name: str
    event: str
    description: str
    stages: int
    rules: int
    examples: int
    live: DigestText | None
    newest: StudioVersion
    drafts: int


class StudioPolicyPage(msgspec.Struct, kw_only=True):
    """All policies, by name."""

    policies: list[StudioPolicySummary]


class StudioPolicy(msgspec.Struct, kw_only=True):
    """A policy with its versions, newest first, and the content of one of them."""

    name: str
    live: DigestText | None
    versions: list[StudioVersion]
    shown: DigestText
    document: Any
    text: str
