"""Metrics: named, versioned measures over the lake, each computed in one place."""

from tandem.observe.metrics.centre import MetricCentre
from tandem.observe.metrics.compiling import CompiledMetric, compile_sql
from tandem.observe.metrics.parsing import parse_metric
from tandem.observe.metrics.types import Grain, Metric, MetricPoint, MetricResult, Number, Words

__all__ = [
    "CompiledMetric",
    "Grain",
    "Metric",
    "MetricCentre",
    "MetricPoint",
    "MetricResult",
    "Number",
    "Words",
    "compile_sql",
    "parse_metric",
]
