"""The oracle: what every feature is, by a naive self-join in DuckDB and exact fractions in Python.

It shares no code with the kernel: visibility is SQL over the raw events, filters are the raw SQL text, arithmetic is
``fractions``. Quadratic, so for tests only.
"""

import math
from fractions import Fraction

import duckdb

from tandem.observe.features import Aggregate, BaseKind

OF_ITS_OWN = (BaseKind.CURRENT, BaseKind.REPEATS)
_VISIBLE = """
WITH keyed AS (
    SELECT *, {key} AS k FROM events WHERE {key_known}
), counted AS (
    SELECT *, ({passes}) AS passed FROM keyed WHERE event_type IN ({counted})
), gone AS (  -- a row is taken back by the first later event that supersedes it
    SELECT old.seq AS seq, min(new.seq) AS by_seq
    FROM events old JOIN events new ON new.supersedes = old.event_id AND new.seq > old.seq GROUP BY old.seq
), rows AS (
    SELECT c.*, g.by_seq,
        -- what is settled when the correction comes stays counted by lifetime and tiled features
        ({is_folded} AND g.by_seq IS NOT NULL AND c.occurred_at <=
            (SELECT max(n.occurred_at) FROM counted n WHERE n.k = c.k AND n.seq < g.by_seq) - {lateness}) AS settled
    FROM counted c LEFT JOIN gone g ON g.seq = c.seq
), reads AS (
    SELECT e.seq, e.k, e.occurred_at AS t, {own} AS own, {oldest} AS oldest,
        (SELECT max(n.occurred_at) FROM counted n WHERE n.k = e.k AND n.seq <= e.seq) AS newest
    FROM keyed e
)
SELECT e.seq, e.t < e.newest - {lateness} AS too_late, e.own,
    list({field} ORDER BY r.occurred_at, r.seq) FILTER (r.seq IS NOT NULL) AS found,
    list(r.occurred_at ORDER BY r.occurred_at, r.seq) FILTER (r.seq IS NOT NULL) AS times, e.t
FROM reads e LEFT JOIN rows r ON r.k = e.k AND r.passed AND r.seq {known} e.seq
    AND r.occurred_at <= e.t AND r.occurred_at > e.oldest
    AND (r.by_seq IS NULL OR r.by_seq > e.seq OR r.settled)
GROUP BY ALL
"""


class Oracle:
    """All features of ``plan`` over a table of events."""

    def __init__(self, plan, table):
        self.plan = plan
        self.connection = duckdb.connect()
        self.connection.register("events", table)
        self.columns = set(table.column_names)

    def features(self):
        """Feature name to {seq: value}; events that do not name the entity are absent."""
        return {feature.name: self._feature(one, feature) for one in self.plan.feature_sets for feature in one.features}

    def _feature(self, one, feature):
        parts = [self._base(one, base, feature) for base in feature.operands]
        if len(parts) == 1:
            return parts[0]
        whole = {Aggregate.NOVELTY: novelty, Aggregate.DISTANCE: metres_between, Aggregate.WITHOUT: without}
        if feature.aggregate in whole:
            combine = whole[feature.aggregate]
            return {seq: combine(*(part[seq] for part in parts), feature.factor) for seq in parts[0]}
        made = {Aggregate.ZSCORE: zscore, Aggregate.PROFILE_DISTANCE: shortfall, Aggregate.SPEED: metres_per_second}
        combine = made.get(feature.aggregate, ratio)
        return {seq: as_float(combine(*(part[seq] for part in parts), feature.factor)) for seq in parts[0]}

    def _base(self, one, base, feature):
        home = feature.operands[1] if base.kind is BaseKind.CURRENT else base
        sql = self._sql(one, base, home)
        out = {}
        for seq, too_late, own, found, times, t in self.connection.execute(sql).fetchall():
            if too_late:
                out[seq] = None
            elif base.kind is BaseKind.CURRENT:
                out[seq] = own
            elif base.kind is BaseKind.REPEATS:
                out[seq] = None if own is None else (found or []).count(own)
            else:
                out[seq] = aggregate(base, found or [], times or [], t)
        return out

    def _sql(self, one, base, home):
        events = [event for event in self.plan.event_types if self._fields(one, event)]
        key = "CASE event_type " + " ".join(
            f"WHEN '{event}' THEN " + " || '|' || ".join(self._fields(one, event)) for event in events
        ) + " END"  # fmt: skip
        passes = "event_type IN (" + quoted(base.events) + ")" + (f" AND ({base.where})" if base.where else "")
        t = "e.occurred_at"
        oldest = "CAST(-9000000000000000000 AS BIGINT)"
        if base.window is not None and base.hop is None:
            oldest = f"{t} - {base.window}"
        elif base.window is not None:
            edge = f"({t} - {base.window} + 1)"
            oldest = f"{edge} - (({edge} % {base.hop}) + {base.hop}) % {base.hop} - 1"
        is_folded = home.window is None or home.hop is not None
        return _VISIBLE.format(
            key=key,
            key_known=f"({key}) IS NOT NULL",
            passes=passes,
            counted=quoted(one.events),
            is_folded=is_folded,
            lateness=one.lateness,
            own=f"CASE WHEN {passes} THEN {base.field} END" if base.kind in OF_ITS_OWN else "NULL",
            oldest=oldest,
            field="NULL" if base.field is None else f"r.{base.field}",
            known="<=" if base.include_self else "<",
        )

    def _fields(self, one, event):
        fields = self.plan.event_types[event].fields
        chosen = one.keys.get(event) or [
            next((field.name for field in fields if field.entity == kind), None) for kind in one.entity
        ]
        return chosen if all(chosen) else []


def quoted(names):
    return ", ".join(f"'{name}'" for name in names)


def aggregate(base, found, times, t):
    """The aggregate of the visible rows, in exact numbers."""
    kind = base.kind
    values = [value for value in found if value is not None]
    if kind is BaseKind.COUNT:
        return len(found)
    if kind is BaseKind.TIME_SINCE:
        return (t - times[-1]) // 1_000_000 if times else None
    if kind is BaseKind.ELAPSED:
        return t - times[-1] if times else None
    if kind is BaseKind.DISTINCT:
        return min(base.cap, len(set(values)))
    if kind is BaseKind.FIRST:
        return values[0] if values else None
    if kind is BaseKind.LAST:
        return values[-1] if values else None
    if kind is BaseKind.SUM:
        total = sum((Fraction(value) for value in values), Fraction(0))
        if isinstance(next(iter(values), 0), float):
            return total if abs(total) < 2**1024 else None
        # a decimal counts in units of its last digit; 64 bits of those
        scale = 10**4 if values and not isinstance(values[0], int) else 1
        return total if -(2**63) <= total * scale < 2**63 else None
    if not values:
        return None
    if kind is BaseKind.MIN:
        return min(values)
    if kind is BaseKind.MAX:
        return max(values)
    exact = [Fraction(value) for value in values]
    if kind is BaseKind.MEAN:
        return None if abs(sum(exact)) >= 2**1024 else sum(exact) / len(exact)
    if len(exact) < 2:
        return None
    mean = sum(exact) / len(exact)
    variance = sum((value - mean) ** 2 for value in exact) / (len(exact) - 1)
    if variance >= 2**2048:
        return None
    return root(variance)


def root(variance):
    """Square root to far more than binary64."""
    if variance == 0:
        return Fraction(0)
    shift = 2 ** max(0, 200 - (variance.numerator.bit_length() - variance.denominator.bit_length()) // 2)
    return Fraction(math.isqrt(variance.numerator * shift * shift // variance.denominator), shift)


def ratio(part, whole, factor):
    if part is None or whole is None or whole == 0:
        return None
    return Fraction(part) / Fraction(whole) * Fraction(factor)


def zscore(current, average, deviation, _factor):
    if current is None or average is None or deviation is None or deviation == 0:
        return None
    # a z-score is of the two features as they stand, in binary64
    average, deviation = as_float(average), as_float(deviation)
    if average is None or not deviation:
        return None
    return (Fraction(current) - Fraction(average)) / Fraction(deviation)


def shortfall(part, whole, _factor):
    return None if part is None or not whole else 1 - Fraction(part) / Fraction(whole)


def novelty(after, before, cap):
    return None if after is None or before >= cap else int(after > before)


def without(since_one, since_other, ones, _factor):
    if ones is None:
        return None
    return int(since_one is not None and (since_other is None or since_other > since_one))


def metres_between(latitude, before_latitude, longitude, before_longitude, _factor=None):
    """The great circle by the machine's own trigonometry."""
    given = (latitude, before_latitude, longitude, before_longitude)
    if any(one is None for one in given) or any(
        abs(one) > most * 10**6 for one, most in zip(given, (90, 90, 180, 180), strict=True)
    ):
        return None
    north, before_north, east, before_east = (math.radians(one / 1e6) for one in given)
    square = math.sin((north - before_north) / 2) ** 2
    square += math.cos(north) * math.cos(before_north) * math.sin((east - before_east) / 2) ** 2
    return math.floor(2 * 6_371_008.8 * math.asin(min(1, math.sqrt(square))) + 0.5)


def metres_per_second(latitude, before_latitude, longitude, before_longitude, elapsed, _factor):
    metres = metres_between(latitude, before_latitude, longitude, before_longitude)
    return None if metres is None else Fraction(metres) / max(Fraction(elapsed, 10**6), 1)


def as_float(value):
    if value is None or abs(value) >= 2**1024:
        return None
    return float(value)


def agrees(got, expected, abs_tol=1e-300):
    """Integers, decimals and texts to the last bit, floats to 1e-9."""
    if got is None or expected is None:
        return got is expected
    if isinstance(got, float):
        return math.isclose(got, float(expected), rel_tol=1e-9, abs_tol=abs_tol)
    return got == expected if isinstance(got, str) else Fraction(got) == Fraction(expected)
