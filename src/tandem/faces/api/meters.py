"""What the HTTP face counts, in Prometheus' text form.

The library's own histogram takes a lock per observation; on the hot path all observations come from the event loop, so
plain lists do, and a collector hands them over when somebody scrapes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

__all__ = ["STAGES", "Meters"]

STAGES = ("decode", "ask", "decide", "durable", "total")
"""Reading and decoding the body; waiting for third parties, where one is asked; computing; waiting for the commit; all of it."""

_BOUNDS_US = (50, 100, 200, 300, 500, 750, 1_000, 2_000, 3_000, 5_000, 7_500, 10_000, 15_000, 20_000, 30_000, 50_000,
              100_000, 250_000, 1_000_000, 5_000_000)  # fmt: skip


class _Histogram:
    __slots__ = ("counts", "sum_us")

    def __init__(self) -> None:
        self.counts = [0] * (len(_BOUNDS_US) + 1)
        self.sum_us = 0.0

    def observe(self, duration_us: float) -> None:
        self.counts[bisect_left(_BOUNDS_US, duration_us)] += 1
        self.sum_us += duration_us

    def buckets(self) -> list[tuple[str, float]]:
        running = 0
        found: list[tuple[str, float]] = []
        for bound, count in zip((*(str(b / 1e6) for b in _BOUNDS_US), "+Inf"), self.counts, strict=True):
            running += count
            found.append((bound, running))
        return found


class Meters(Collector):
    """Counters and latency histograms of one server; all updates happen on its event loop.

    Args:
        gauges: name (without prefix) to (help, function giving the present value); read at each scrape.
        more: families of others; asked at each scrape.
    """

    def __init__(
        self,
        gauges: Mapping[str, tuple[str, Callable[[], float]]] | None = None,
        *,
        more: Callable[[], Iterable[Metric]] = tuple,
    ) -> None:
        self._more = more
        self._stages = {stage: _Histogram() for stage in STAGES}
        self._responses: Counter[tuple[str, int]] = Counter()
        self._outcomes: Counter[str] = Counter()
        self._problems: Counter[str] = Counter()
        self._gauges = dict(gauges or {})
        self.in_flight = 0
        self._registry = CollectorRegistry()
        self._registry.register(self)

    def took(self, stage: str, duration_us: float) -> None:
        """One observation of ``stage``."""
        self._stages[stage].observe(duration_us)

    def answered(self, route: str, status: int) -> None:
        """One response of ``route`` (the template, never the address: that may hold identifiers)."""
        self._responses[route, status] += 1

    def decided(self, outcome: str) -> None:
        """One decision that ended in ``outcome``."""
        self._outcomes[outcome] += 1

    def refused(self, code: str) -> None:
        """One problem document with ``code``."""
        self._problems[code] += 1

    def failures(self) -> int:
        """Requests to decide that ended in a fault of ours."""
        return sum(
            count for (route, status), count in self._responses.items() if status == 500 and "/decisions" in route
        )

    def outcomes(self) -> dict[str, int]:
        """Decisions by outcome."""
        return dict(self._outcomes)

    def quantile_us(self, stage: str, share: float) -> float | None:
        """Upper bound, in microseconds, of the bin in which ``share`` of all observations of ``stage`` lie.

        None before the first observation.
        """
        counts = self._stages[stage].counts
        wanted = share * sum(counts)
        if not wanted:
            return None
        running = 0
        for bound, count in zip(_BOUNDS_US, counts, strict=False):
            running += count
            if running >= wanted:
                return float(bound)
        return float(_BOUNDS_US[-1])

    def text(self) -> bytes:
        """Everything in Prometheus' text exposition format."""
        return generate_latest(self._registry)

    def collect(self) -> Iterable[Metric]:
        """The families, for ``prometheus_client``."""
        stages = HistogramMetricFamily(
            "tandem_request_stage_seconds", "Time of a decision request by stage", labels=["stage"]
        )
        for stage, histogram in self._stages.items():
            stages.add_metric([stage], buckets=histogram.buckets(), sum_value=histogram.sum_us / 1e6)
        yield stages
        yield _counter("tandem_http_responses", "Responses by route and status", ["route", "status"], self._responses)
        yield _counter("tandem_decisions", "Decisions by outcome", ["outcome"], self._outcomes)
        yield _counter("tandem_problems", "Problem documents by code", ["code"], self._problems)
        yield GaugeMetricFamily("tandem_requests_in_flight", "Decision requests being worked on", self.in_flight)
        for name, (words, read) in self._gauges.items():
            yield GaugeMetricFamily(f"tandem_{name}", words, read())
        yield from self._more()


def _counter(
    name: str, words: str, labels: list[str], counts: Mapping[str, int] | Mapping[tuple[str, int], int]
) -> CounterMetricFamily:
    family = CounterMetricFamily(name, words, labels=labels)
    for key, count in sorted(counts.items(), key=repr):
        family.add_metric([key] if isinstance(key, str) else [str(part) for part in key], count)
    return family
