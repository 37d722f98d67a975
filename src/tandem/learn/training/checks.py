"""Questions asked of the data before anything is trusted: leakage, drift, duplicates, order, proxies.

Every check looks at training rows; a column is taken out only where it is the outcome by another name, everything else is
said and left to a person.
"""

from __future__ import annotations

import re
from dataclasses import replace

import msgspec
import numpy as np
import pyarrow as pa

from tandem.learn.training.arrays import FloatArray, IntArray
from tandem.learn.training.binning import BinningSettings, bin_column
from tandem.learn.training.findings import Finding, Findings, Severity
from tandem.learn.training.frame import Column, Frame, NumericColumn
from tandem.learn.training.metrics import Stability, auc, psi_of_counts, psi_of_values
from tandem.learn.training.profile import Profile
from tandem.learn.training.proxies import check_proxies
from tandem.learn.training.repeats import distinct_rows
from tandem.learn.training.spec import TrainSpec

__all__ = ["COPY_AUC", "SUSPICIOUS_AUC", "check_columns", "check_periods", "check_rows", "check_split", "sounds_later"]

COPY_AUC = 0.9999
SUSPICIOUS_AUC = 0.95
_AFTERWARDS = re.compile(
    r"recover|collection|charge.?off|write.?off|outcome|result|settle|closed|clos(e|ing)_|resolution|approved|declin"
    r"|chargeback|after|final|last_p(ay|ym)|total_(rec|paid)|days_late|_dpd$",
    re.IGNORECASE,
)
_PLAIN = BinningSettings(trend="none")


def check_columns(profile: Profile, bad: FloatArray, table: pa.Table, spec: TrainSpec) -> tuple[Profile, Findings]:
    """The profile without copies of the outcome, and what was found column by column."""
    findings: list[Finding] = [finding for column in profile.columns if (finding := _noticed(column)) is not None]
    copies = set()
    for column in profile.frame.columns:
        area = _alone(column, bad)
        if area >= COPY_AUC:
            copies.add(column.name)
            findings.append(_leak("copy_of_target", column.name, area, COPY_AUC))
        elif area >= SUSPICIOUS_AUC:
            findings.append(_leak("too_good", column.name, area, SUSPICIOUS_AUC))
        if sounds_later(column.name):
            findings.append(_named_afterwards(column.name))
    findings += check_proxies(profile.frame, table, spec)
    kept = tuple(column for column in profile.frame.columns if column.name not in copies)
    columns = tuple(
        msgspec.structs.replace(c, excluded="copy_of_target") if c.name in copies else c for c in profile.columns
    )
    frame = replace(profile.frame, columns=kept)
    if not kept:
        from tandem.kernel.errors import InvalidInput

        raise InvalidInput(
            "Every column left is a copy of the target.",
            code="no_inputs",
            field="table",
            value=", ".join(sorted(copies)),
            hint="give columns that were known when the decision was made",
        )
    return Profile(columns, frame), tuple(findings)


def check_rows(table: pa.Table, bad: FloatArray, spec: TrainSpec) -> Findings:
    """Duplicate rows, and whether the order of the file tells the outcome."""
    findings = []
    ignored = {spec.target, *spec.id, *([spec.time] if spec.time else [])}
    names = [f.name for f in table.schema if f.name not in ignored and not pa.types.is_nested(f.type)]
    duplicates = table.num_rows - distinct_rows(table.select(names))
    if duplicates:
        findings.append(
            Finding(
                code="duplicate_rows",
                severity=Severity.WARNING if duplicates > 0.01 * table.num_rows else Severity.NOTE,
                en=f"{duplicates} rows repeat another row in every column but the outcome.",
                zh=f"有 {duplicates} 行除结果外与其他行完全相同。",
                value=float(duplicates),
            )
        )
    order = np.arange(bad.size, dtype=np.float64)
    area = auc(bad, order)
    noise = 3 / np.sqrt(12) * np.sqrt((bad.size + 1) / max(bad.sum() * (bad.size - bad.sum()), 1.0))
    if abs(area - 0.5) > max(float(noise), 0.05) and spec.time is None:
        findings.append(
            Finding(
                code="order_tells_outcome",
                severity=Severity.WARNING,
                en=f"The order of the file alone ranks the outcome with AUC {max(area, 1 - area):.3f}: it is sorted by "
                "time or by outcome. If by time, name the column with --time.",
                zh=f"仅凭文件中的行序即可区分结果（AUC {max(area, 1 - area):.3f}）：数据可能按时间或结果排序。",
                value=float(max(area, 1 - area)),
                limit=0.5 + max(float(noise), 0.05),
            )
        )
    return tuple(findings)


def check_split(train: Frame, test: Frame) -> Findings:
    """Columns whose distribution differs between training and test by more than chance."""
    return _drifts(train, test, "drift", ("between training and test", "训练集与测试集"))


def check_periods(frame: Frame, instants: IntArray) -> Findings:
    """Columns that moved, within training, between the first and the last third of the rows by time."""
    order, third = np.argsort(instants, kind="stable"), frame.rows // 3
    first, last = frame.take(order[:third]), frame.take(order[-third:])
    return _drifts(
        first, last, "drift_over_time", ("between the first and last third of training", "训练期首尾三分之一")
    )


def _drifts(before: Frame, after: Frame, code: str, between: tuple[str, str]) -> Findings:
    findings = []
    for first, second in zip(before.columns, after.columns, strict=True):
        drift = column_stability(first, second)
        if drift.drifted:
            findings.append(
                Finding(
                    code=code,
                    severity=Severity.WARNING,
                    column=first.name,
                    en=f"The column moved {between[0]}: PSI {drift.psi:.3f}.",
                    zh=f"该列在{between[1]}之间发生漂移：PSI {drift.psi:.3f}。",
                    value=drift.psi,
                    limit=max(drift.critical, 0.1),
                )
            )
    return tuple(findings)


def column_stability(before: Column, after: Column) -> Stability:
    """PSI of one column between two sets of rows."""
    if isinstance(before, NumericColumn) and isinstance(after, NumericColumn):
        return psi_of_values(before.values, after.values)
    assert not isinstance(before, NumericColumn)
    assert not isinstance(after, NumericColumn)
    width = len(before.levels) + 2
    return psi_of_counts(
        np.bincount(before.codes + 2, minlength=width).astype(np.float64),
        np.bincount(after.codes + 2, minlength=width).astype(np.float64),
    )


def _alone(column: Column, bad: FloatArray) -> float:
    """AUC of the column alone, binned without a shape."""
    return auc(bad, bin_column(column, bad, _PLAIN).weights(column))


def _leak(code: str, name: str, area: float, limit: float) -> Finding:
    if code == "copy_of_target":
        en = f"The column alone tells the outcome (AUC {area:.4f}): it is the outcome by another name and was left out."
        zh = f"该列单独即可判定结果（AUC {area:.4f}），等同于目标变量，已排除。"
    else:
        en = f"The column alone ranks the outcome with AUC {area:.3f}: check that it was known before the outcome."
        zh = f"该列单独的 AUC 达 {area:.3f}：请确认其在结果发生之前已知。"
    return Finding(code=code, severity=Severity.SEVERE, column=name, en=en, zh=zh, value=area, limit=limit)


def sounds_later(name: str) -> bool:
    """Whether a column's name sounds like something known only after the decision."""
    return _AFTERWARDS.search(name) is not None


def _named_afterwards(name: str) -> Finding:
    return Finding(
        code="name_sounds_later",
        severity=Severity.WARNING,
        column=name,
        en="The name sounds like something known only after the decision; leave it out if so (--id or --forbid).",
        zh="列名像是决策之后才知道的信息；若属实请将其排除。",
    )


_NOTICES = {
    "constant": ("The column has one value in every row and was left out.", "该列所有行取值相同，已排除。"),
    "identifier": ("The column numbers or names the rows and was left out.", "该列为行标识，已排除。"),
    "high_cardinality": ("The column has too many texts to learn from; group them first.", "该列取值过多，请先归类。"),
    "time": (
        "A time is not read by models; derive an age or a duration from it.",
        "时间列不直接入模，请先换算为时长。",
    ),
    "unsupported": ("Values of this type are not read by models.", "模型不读取此类型的列。"),
}


def _noticed(column: msgspec.Struct) -> Finding | None:
    from tandem.learn.training.profile import ColumnProfile

    assert isinstance(column, ColumnProfile)
    if column.excluded in _NOTICES:
        en, zh = _NOTICES[column.excluded]
        return Finding(code=f"left_out_{column.excluded}", severity=Severity.NOTE, column=column.name, en=en, zh=zh)
    if column.excluded is None and column.numeric_text:
        return Finding(
            code="numbers_as_text",
            severity=Severity.WARNING,
            column=column.name,
            en="Numbers arrived as text; the served model reads numbers, so send numbers.",
            zh="数字以文本形式出现；上线模型按数字读取，请以数字传入。",
        )
    return None
