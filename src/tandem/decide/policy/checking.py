"""A draft looked at from every side at once: what is wrong, in words, as a drawing, by its tables, by its examples.

This is what a person sees while they edit. A document that cannot be published still gets everything that can be said
of it; nothing here raises for a JSON value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from tandem.decide.models import Model
from tandem.decide.policy.analysis import Place
from tandem.decide.policy.binding import bind
from tandem.decide.policy.compiled import CompiledPolicy, compile_bound, compile_policy
from tandem.decide.policy.context import Finding, PolicyContext
from tandem.decide.policy.describing import in_words, say_over
from tandem.decide.policy.drafting import Draft, read_draft
from tandem.decide.policy.drawing import FlowDrawing, draw
from tandem.decide.policy.examples import Coverage, ExampleResult, check_examples, coverage
from tandem.decide.policy.part_words import PartInWords, parts_in_words
from tandem.decide.policy.plan import BoundSplit, BoundStage, BoundSwitch, BoundTable, Plan
from tandem.decide.policy.types import Policy
from tandem.decide.policy.wording import Language
from tandem.kernel.errors import DefinitionError
from tandem.kernel.values import Value

__all__ = ["DraftReport", "RowOverlap", "TableReport", "UnreachableRow", "UsedName", "check_draft", "compile_draft"]


class UnreachableRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that is never taken; ``row`` counts from 0, as in the document."""

    row: int
    words: str
    example: dict[str, Value]


class RowOverlap(msgspec.Struct, frozen=True, kw_only=True):
    """Two rows that match the same place; an error only where the hit policy is ``unique``."""

    first: int
    second: int
    words: str
    example: dict[str, Value]


class TableReport(msgspec.Struct, frozen=True, kw_only=True):
    """A decision table, analysed.

    Attributes:
        at: path of its stage; ``stage``: its name.
        types: of its input columns.
        gaps: places that no row covers; harmless where there is a default.
        missing_gaps: places where a missing value is met by no row that names it.
        complete: False where the table is too entangled for silence to prove anything.
    """

    at: str
    stage: str
    hit: str
    types: tuple[str, ...]
    has_default: bool
    gaps: tuple[Place, ...]
    missing_gaps: tuple[Place, ...]
    overlaps: tuple[RowOverlap, ...]
    unreachable: tuple[UnreachableRow, ...]
    complete: bool


class UsedName(msgspec.Struct, frozen=True, kw_only=True):
    """A fact the policy reads, or a variable it sets."""

    name: str
    type: str
    nullable: bool
    source: Literal["fact", "variable"]


class DraftReport(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that can be said of a draft.

    Attributes:
        publishable: no finding is an error, and no example fails.
        policy: what could be read; None where nothing could.
        words, parts: the policy, and each of its parts, by language.
        examples: empty while there are errors: nothing can be run then.
        covered: what the examples reach; None while nothing can be run.
    """

    publishable: bool
    policy: Policy | None
    findings: tuple[Finding, ...]
    drawing: FlowDrawing | None = None
    words: dict[str, tuple[str, ...]] = {}
    parts: dict[str, tuple[PartInWords, ...]] = {}
    tables: tuple[TableReport, ...] = ()
    names: tuple[UsedName, ...] = ()
    examples: tuple[ExampleResult, ...] = ()
    covered: Coverage | None = None


_LANGUAGES: tuple[Language, ...] = ("en", "zh-CN")


def check_draft(document: object, context: PolicyContext, models: Mapping[str, Model]) -> DraftReport:
    """Look at a document from every side.

    Args:
        document: any JSON value.
        context: the names a policy on its event may use.
        models: by name; where all that the policy uses are there, its examples are run.
    """
    draft = read_draft(document)
    if draft.policy is None:
        return DraftReport(publishable=False, policy=None, findings=draft.faults)
    plan, found = bind(draft.policy, context)
    findings = [*draft.faults, *(_placed(one, draft) for one in found if not _noise(one, draft))]
    runnable = not any(one.severity == "error" for one in findings)
    examples: tuple[ExampleResult, ...] = ()
    covered = None
    if runnable:
        try:
            compiled = compile_bound(plan, models)
        except DefinitionError as error:
            hint = error.hint
            at = error.field or ""
            findings.append(Finding(severity="error", code=error.code, where=at, message=error.detail, hint=hint))
        else:
            examples = check_examples(draft.policy, compiled)
            covered = coverage(compiled, (one.result for one in examples if one.result is not None))
            findings += _failed(examples)
    say = {one: say_over({**context.columns, **plan.variables}, context.lists, one) for one in _LANGUAGES}
    return DraftReport(
        publishable=not any(one.severity == "error" for one in findings),
        policy=draft.policy,
        findings=tuple(findings),
        drawing=_drawing_placed(draw(draft.policy), draft),
        words={one: tuple(in_words(draft.policy, one, say=say[one])) for one in _LANGUAGES},
        parts={
            one: tuple(
                msgspec.structs.replace(part, at=draft.place(part.at))
                for part in parts_in_words(draft.policy, one, say[one])
            )
            for one in _LANGUAGES
        },
        tables=tuple(_table(one, draft) for one in _tables(plan.flow)),
        names=tuple(_names(plan)),
        examples=examples,
        covered=covered,
    )


def compile_draft(document: object, context: PolicyContext, models: Mapping[str, Model]) -> CompiledPolicy | None:
    """The policy of a document, ready to run; None while it is not fit for that."""
    draft = read_draft(document)
    if draft.policy is None or not draft.whole:
        return None
    try:
        return compile_policy(draft.policy, context, models)
    except DefinitionError:
        return None


def _placed(finding: Finding, draft: Draft) -> Finding:
    return msgspec.structs.replace(finding, where=draft.place(finding.where)) if draft.removed else finding


def _noise(finding: Finding, draft: Draft) -> bool:
    """Whether a finding only complains of what was left out: a name it defines, or the decision it was."""
    if draft.whole:
        return False
    if finding.code in ("no_decision", "outcome_unreachable"):
        return True
    return finding.code == "unknown_column" and any(
        f"({name})" in finding.message or f"'{name}'" in finding.message for name in draft.lost_names
    )


def _failed(examples: tuple[ExampleResult, ...]) -> Iterator[Finding]:
    for index, one in enumerate(examples):
        if not one.passed:
            told = "; ".join(f"{each.field} is {each.got}, not {each.expected}" for each in one.differences)
            yield Finding(
                severity="error",
                code="example_failed",
                where=f"examples[{index}]",
                message=f"{one.example}: {told}.",
                hint=one.because or "correct the policy or the example",
            )


def _drawing_placed(drawing: FlowDrawing, draft: Draft) -> FlowDrawing:
    if not draft.removed:
        return drawing
    return FlowDrawing(
        nodes=tuple(msgspec.structs.replace(node, id=_id(node.id, draft)) for node in drawing.nodes),
        edges=tuple(
            msgspec.structs.replace(edge, source=_id(edge.source, draft), target=_id(edge.target, draft))
            for edge in drawing.edges
        ),
    )


def _id(name: str, draft: Draft) -> str:
    return draft.place(name) if name.startswith("flow[") else name


def _tables(flow: tuple[BoundStage, ...]) -> Iterator[BoundTable]:
    for stage in flow:
        if isinstance(stage, BoundTable):
            yield stage
        elif isinstance(stage, BoundSwitch):
            for case in stage.cases:
                yield from _tables(case.flow)
        elif isinstance(stage, BoundSplit):
            for inner in stage.flows:
                yield from _tables(inner)


def _table(table: BoundTable, draft: Draft) -> TableReport:
    found = table.analysis
    at = draft.place(table.at)

    def row(index: int) -> int:
        placed = draft.place(f"{table.at}.rows[{index}]")
        return int(placed[placed.rindex("[") + 1 : -1])

    return TableReport(
        at=at,
        stage=table.name,
        hit=table.hit,
        types=tuple(column.type.value for column in table.columns),
        has_default=table.default is not None,
        gaps=found.gaps,
        missing_gaps=found.missing_gaps,
        overlaps=tuple(
            RowOverlap(first=row(one.first), second=row(one.second), words=one.place.words, example=one.place.example)
            for one in found.overlaps
        ),
        unreachable=()
        if table.hit == "collect"
        else tuple(
            UnreachableRow(row=row(index), words=place.words, example=place.example)
            for index, place in found.unreachable
        ),
        complete=found.complete,
    )


def _names(plan: Plan) -> Iterator[UsedName]:
    for name in plan.columns:
        column = plan.facts.get(name)
        if column is not None:
            yield UsedName(name=name, type=column.type.value, nullable=column.nullable, source="fact")
    for name, column in plan.variables.items():
        yield UsedName(name=name, type=column.type.value, nullable=column.nullable, source="variable")
