"""Columns that stand in for a forbidden one.

A column is forbidden in vain when others tell it. For each forbidden column every input is asked how well it alone
predicts the forbidden value: bins against its commonest value (or its upper half, for numbers), as AUC.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa

from tandem.learn.training.arrays import FloatArray
from tandem.learn.training.binning import BinningSettings, bin_column
from tandem.learn.training.columns import texts_of
from tandem.learn.training.findings import Finding, Severity
from tandem.learn.training.frame import Frame
from tandem.learn.training.metrics import auc
from tandem.learn.training.spec import TrainSpec

__all__ = ["PROXY_AUC", "check_proxies"]

PROXY_AUC = 0.7
_PLAIN = BinningSettings(trend="none")
_MANY = 12


def check_proxies(frame: Frame, table: pa.Table, spec: TrainSpec) -> list[Finding]:
    """Inputs that predict a column of ``spec.forbid``, strongest first."""
    findings = []
    for forbidden in spec.forbid:
        marked = _marked(table.column(forbidden))
        if marked is None:
            continue
        for column in frame.columns:
            area = auc(marked, bin_column(column, marked, _PLAIN).weights(column))
            if area >= PROXY_AUC:
                findings.append(_proxy(column.name, forbidden, area))
    return sorted(findings, key=lambda finding: -(finding.value or 0.0))


def _marked(array: pa.ChunkedArray) -> FloatArray | None:
    """1 where the forbidden column has its commonest value (numbers of many values: is above the median)."""
    if (pa.types.is_integer(array.type) or pa.types.is_floating(array.type)) and len(array.unique()) > _MANY:
        values = np.asarray(array.to_numpy(), dtype=np.float64)
        marked = (values > np.nanmedian(values)).astype(np.float64)
    else:
        texts = texts_of(array)
        common = Counter(text for text in texts if text is not None).most_common(1)
        if not common:
            return None
        marked = np.asarray([float(text == common[0][0]) for text in texts])
    return marked if 0 < marked.sum() < marked.size else None


def _proxy(name: str, forbidden: str, area: float) -> Finding:
    return Finding(
        code="proxy",
        severity=Severity.WARNING,
        column=name,
        en=f"The column tells the forbidden '{forbidden}' (AUC {area:.3f}): a model may use it as a stand-in.",
        zh=f"该列可推断出被禁用的“{forbidden}”（AUC {area:.3f}），可能成为其替代变量。",
        value=area,
        limit=PROXY_AUC,
        tells=forbidden,
    )
