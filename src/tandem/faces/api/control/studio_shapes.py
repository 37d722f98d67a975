"""From what the policy room says of a draft to the documents of the studio."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import msgspec

from tandem.decide.policy import (
    DraftReport,
    Finding,
    TableReport,
    finding_in_chinese,
    hint_in_chinese,
    near_names,
    position_of,
)
from tandem.faces.api.shapes.studio import (
    DraftCheck,
    DraftCoverage,
    DraftExample,
    DraftExampleDifference,
    DraftFinding,
    DraftGap,
    DraftName,
    DraftOverlap,
    DraftPart,
    DraftTable,
    DraftUnreachableRow,
    FlowEdgeShape,
    FlowNodeShape,
    WordLines,
    Words,
)
from tandem.kernel.errors import TandemError, shown
from tandem.kernel.time import days_to_date, format_instant
from tandem.kernel.values import SqlType, Value

__all__ = ["check_of", "finding_of_error", "finding_shape", "plain_row", "plain_value"]


def check_of(report: DraftReport, document: Any, text: str) -> DraftCheck:
    """``report`` on ``document``, which ``text`` holds, as it is answered."""
    wrong: Counter[tuple[str, str]] = Counter()
    nodes = report.drawing.nodes if report.drawing else ()
    stages = sorted((node.id for node in nodes), key=len, reverse=True)
    for one in report.findings:
        stage = next((at for at in stages if one.where == at or one.where.startswith(f"{at}.")), None)
        if stage is not None:
            wrong[stage, one.severity] += 1
    covered = report.covered
    english, chinese = report.parts.get("en", ()), report.parts.get("zh-CN", ())
    return DraftCheck(
        publishable=report.publishable,
        readable=report.policy is not None,
        text=text,
        document=document,
        json=msgspec.json.encode(document).decode(),
        findings=[finding_shape(one) for one in report.findings],
        words=WordLines(en=list(report.words.get("en", ())), zh=list(report.words.get("zh-CN", ()))),
        parts=[
            DraftPart(where=en.at, stage=en.stage, name=en.name, words=Words(en=en.words, zh=zh.words))
            for en, zh in zip(english, chinese, strict=True)
        ],
        nodes=[
            FlowNodeShape(
                id=node.id,
                kind=node.kind,
                name=node.name,
                depth=node.depth,
                parts=node.parts,
                uses=node.uses,
                outputs=list(node.outputs),
                note=node.note,
                errors=wrong[node.id, "error"],
                warnings=wrong[node.id, "warning"],
            )
            for node in nodes
        ],
        edges=[
            FlowEdgeShape(
                source=edge.source,
                target=edge.target,
                kind=edge.kind,
                label=edge.label,
                condition=edge.condition,
                share=edge.share,
            )
            for edge in (report.drawing.edges if report.drawing else ())
        ],
        tables=[_table(one) for one in report.tables],
        names=[
            DraftName(name=one.name, type=one.type, nullable=one.nullable, source=one.source) for one in report.names
        ],
        examples=_examples(report),
        coverage=None
        if covered is None
        else DraftCoverage(reached=list(covered.reached), unreached=list(covered.unreached), share=covered.share),
    )


def finding_shape(finding: Finding) -> DraftFinding:
    """One finding in both languages, with its place in the expression and the near matches apart."""
    position = position_of(finding.message)
    hint = None
    if finding.hint is not None:
        hint = Words(en=finding.hint, zh=hint_in_chinese(finding) or finding.hint)
    return DraftFinding(
        severity=finding.severity,
        code=finding.code,
        where=finding.where,
        message=Words(en=finding.message, zh=finding_in_chinese(finding)),
        hint=hint,
        near=list(near_names(finding.hint)),
        line=None if position is None else position[0],
        column=None if position is None else position[1],
        example=None if finding.example is None else dict(finding.example),
    )


def finding_of_error(error: TandemError, where: str = "") -> DraftFinding:
    """An error as a finding."""
    said = error.detail.rstrip(".")
    if error.value is not None and str(error.value) not in said:
        said += f" ({shown(error.value)})"
    said = f"{said}, {error.at}." if error.at is not None else f"{said}."
    return finding_shape(Finding(severity="error", code=error.code, where=where, message=said, hint=error.hint))


def plain_value(value: Value, kind: SqlType | None) -> Any:
    """A value as JSON and as people read it: instants and dates as text, decimals digit for digit."""
    try:
        if value is not None and kind is SqlType.TIMESTAMP:
            return format_instant(int(value))  # type: ignore[arg-type]
        if value is not None and kind is SqlType.DATE:
            return days_to_date(int(value)).isoformat()
    except OverflowError:
        return int(value)  # type: ignore[arg-type]
    return str(value) if isinstance(value, Decimal) else value


def plain_row(row: dict[str, Value]) -> dict[str, Any]:
    """Example values of an analysis as JSON."""
    return {name: plain_value(value, None) for name, value in row.items()}


def _table(table: TableReport) -> DraftTable:
    return DraftTable(
        where=table.at,
        stage=table.stage,
        hit=table.hit,  # type: ignore[arg-type]
        types=list(table.types),
        has_default=table.has_default,
        gaps=_gaps(table.gaps),
        missing_gaps=_gaps(table.missing_gaps),
        overlaps=[
            DraftOverlap(first=one.first, second=one.second, words=one.words, example=plain_row(one.example))
            for one in table.overlaps
        ],
        unreachable=[
            DraftUnreachableRow(row=one.row, words=one.words, example=plain_row(one.example))
            for one in table.unreachable
        ],
        complete=table.complete,
    )


def _gaps(places: Sequence[Any]) -> list[DraftGap]:
    return [DraftGap(words=one.words, example=plain_row(one.example)) for one in places]


def _examples(report: DraftReport) -> list[DraftExample]:
    return [
        DraftExample(
            example=one.example,
            because=one.because,
            passed=one.passed,
            differences=[
                DraftExampleDifference(field=each.field, expected=each.expected, got=each.got)
                for each in one.differences
            ],
            outcome=None if one.result is None else str(one.result.outcome),
            reasons=[] if one.result is None else [reason.code for reason in one.result.reasons],
            fired=[] if one.result is None else list(one.result.fired),
            path=[] if one.result is None else list(one.result.path),
        )
        for one in report.examples
    ]
