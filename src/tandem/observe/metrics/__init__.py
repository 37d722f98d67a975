"""Metrics: named, versioned measures over the lake, each computed in one place."""

from tandem.observe.metrics.centre import MetricCentre
from tandem.observe.metrics.compiling import CompiledMetric, Stretch, compile_sql
from tandem.observe.metrics.contributing import Change, Contribution, Day, Shape, parts_of
from tandem.observe.metrics.parsing import parse_metric
from tandem.observe.metrics.periods import Period, grain_for, period_of, period_starts, span_of
from tandem.observe.metrics.types import Grain, Metric, MetricPoint, MetricResult, Number, Target, Words

__all__ = [
    "Change",
    "CompiledMetric",
    "Contribution",
    "Day",
    "Grain",
    "Metric",
    "MetricCentre",
    "MetricPoint",
    "MetricResult",
    "Number",
    "Period",
    "Shape",
    "Stretch",
    "Target",
    "Words",
    "compile_sql",
    "grain_for",
    "parse_metric",
    "parts_of",
    "period_of",
    "period_starts",
    "span_of",
]
