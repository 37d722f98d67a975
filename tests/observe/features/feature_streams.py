"""Streams of events for the feature tests: ties, late events, repeats, nulls, extremes, corrections; all by a seed."""

import random
from decimal import Decimal

import pyarrow as pa

from tandem.kernel.identity import Digest, EntityKind, EventId, EventTypeName, Pseudonym
from tandem.kernel.time import DAY, HOUR, MINUTE, Micros
from tandem.kernel.values import SqlType
from tandem.observe.events import Event, EventField, EventType
from tandem.observe.features import parse_feature_set

START = 1_700_000_000_000_000
APPLICATION = EventTypeName("loan_application")
PAYMENT = EventTypeName("card_payment")
VISIT = EventTypeName("page_visit")


def field(name, type_, entity=None, scale=0):
    return EventField(name=name, type=type_, entity=None if entity is None else EntityKind(entity), scale=scale)


EVENT_TYPES = {
    APPLICATION: EventType(
        name=APPLICATION,
        fields=(
            field("person", SqlType.TEXT, "person"),
            field("device", SqlType.TEXT, "device"),
            field("amount_minor", SqlType.INTEGER),
            field("rate", SqlType.DECIMAL, scale=4),
            field("score", SqlType.DOUBLE),
            field("channel", SqlType.TEXT),
            field("is_web", SqlType.BOOLEAN),
            field("latitude", SqlType.INTEGER),
            field("longitude", SqlType.INTEGER),
        ),
    ),
    PAYMENT: EventType(
        name=PAYMENT,
        fields=(
            field("person", SqlType.TEXT, "person"),
            field("merchant", SqlType.TEXT, "merchant"),
            field("amount_minor", SqlType.INTEGER),
            field("channel", SqlType.TEXT),
        ),
    ),
    VISIT: EventType(
        name=VISIT, fields=(field("device", SqlType.TEXT, "device"), field("person", SqlType.TEXT, "person"))
    ),
}
FIELDS = {
    "person": pa.string(),
    "device": pa.string(),
    "merchant": pa.string(),
    "amount_minor": pa.int64(),
    "rate": pa.decimal128(18, 4),
    "score": pa.float64(),
    "channel": pa.string(),
    "is_web": pa.bool_(),
    "latitude": pa.int64(),
    "longitude": pa.int64(),
}


def pseudonym(kind, number):
    return Pseudonym(f"{hash_of(kind):016x}{number:016x}")


def hash_of(kind):
    return int.from_bytes(kind.encode().ljust(8, b"\xf0")[:8], "big")


def every_operator():
    """Feature sets that between them use every aggregate, mode, filter, pair, flag and shorthand."""
    windows = ["5m", "1h", "1d", "30d"]
    plain = [
        {"name": "n_{window}", "aggregate": "count", "windows": windows},
        {"name": "web_{window}", "aggregate": "count", "windows": ["1h", "30d"], "where": "channel = 'web'"},
        {"name": "before_{window}", "aggregate": "count", "windows": ["1h", "lifetime"], "include_self": False},
        {"name": "sum_{window}", "aggregate": "sum", "field": "amount_minor", "windows": [*windows, "lifetime"]},
        {"name": "sum_big_{window}", "aggregate": "sum", "field": "amount_minor", "windows": ["1d"],
         "where": "amount_minor > 1000"},
        {"name": "mean_{window}", "aggregate": "mean", "field": "amount_minor", "windows": ["1h", "lifetime"]},
        {"name": "min_{window}", "aggregate": "min", "field": "amount_minor", "windows": ["1h", "30d", "lifetime"]},
        {"name": "max_{window}", "aggregate": "max", "field": "amount_minor", "windows": ["1h", "30d", "lifetime"]},
        {"name": "std_{window}", "aggregate": "std", "field": "amount_minor", "windows": ["1d", "lifetime"]},
        {"name": "people_{window}", "aggregate": "distinct", "field": "person", "windows": ["1h", "30d", "lifetime"]},
        {"name": "few_people", "aggregate": "distinct", "field": "person", "window": "30d", "cap": 2},
        {"name": "few_people_ever", "aggregate": "distinct", "field": "person", "window": "lifetime", "cap": 3},
        {"name": "amounts", "aggregate": "distinct", "field": "amount_minor", "window": "lifetime"},
        {"name": "first_{window}", "aggregate": "first", "field": "channel", "windows": ["1d", "lifetime"]},
        {"name": "last_{window}", "aggregate": "last", "field": "person", "windows": ["1d", "lifetime"],
         "include_self": False},
        {"name": "last_web", "aggregate": "last", "field": "is_web", "window": "1d"},
        {"name": "gap_seconds", "aggregate": "time_since", "window": "30d"},
        {"name": "gap_ever_seconds", "aggregate": "time_since", "window": "lifetime", "where": "is_web"},
        {"name": "rate_sum", "aggregate": "sum", "field": "rate", "window": "1d"},
        {"name": "rate_mean", "aggregate": "mean", "field": "rate", "window": "30d"},
        {"name": "rate_std", "aggregate": "std", "field": "rate", "window": "30d"},
        {"name": "rate_max", "aggregate": "max", "field": "rate", "window": "lifetime"},
        {"name": "score_sum_{window}", "aggregate": "sum", "field": "score", "windows": ["1d", "lifetime"]},
        {"name": "score_mean", "aggregate": "mean", "field": "score", "window": "30d"},
        {"name": "score_std_{window}", "aggregate": "std", "field": "score", "windows": ["30d", "lifetime"]},
        {"name": "score_min", "aggregate": "min", "field": "score", "window": "30d"},
        {"name": "score_last", "aggregate": "last", "field": "score", "window": "lifetime"},
        {"name": "rush", "aggregate": "ratio", "of": "n_1h", "to": "n_30d"},
        {"name": "usual", "aggregate": "ratio", "of": "mean_1h", "to": "mean_lifetime"},
        {"name": "rate_rush", "aggregate": "ratio", "of": "rate_sum", "to": "sum_1d"},
        {"name": "web_share", "aggregate": "share", "where": "channel = 'web'", "window": "30d"},
        {"name": "web_amount_share", "aggregate": "share", "where": "channel = 'web'", "among": "amount_minor > 0",
         "of": {"aggregate": "sum", "field": "amount_minor"}, "window": "30d"},
        {"name": "trend", "aggregate": "trend", "of": "count", "recent": "1h", "window": "1d"},
        {"name": "z", "aggregate": "zscore", "field": "amount_minor", "window": "30d"},
        {"name": "new_person_{window}", "aggregate": "novelty", "field": "person", "windows": ["1h", "30d", "lifetime"]},
        {"name": "new_amount", "aggregate": "novelty", "field": "amount_minor", "window": "lifetime", "cap": 3},
        {"name": "same_channel_{window}", "aggregate": "repeats", "field": "channel", "windows": ["1h", "30d"]},
        {"name": "same_web", "aggregate": "repeats", "field": "is_web", "window": "1d", "include_self": True,
         "where": "amount_minor > 1000"},
        {"name": "same_person", "aggregate": "repeats", "field": "person", "window": "30d"},
        {"name": "profile_{window}", "aggregate": "profile_distance", "field": "channel", "windows": ["1d", "30d"]},
        {"name": "profile_web", "aggregate": "profile_distance", "field": "person", "window": "30d", "where": "is_web"},
        {"name": "moved_{window}", "aggregate": "distance", "latitude": "latitude", "longitude": "longitude",
         "windows": ["1d", "lifetime"]},
        {"name": "fast_{window}", "aggregate": "speed", "latitude": "latitude", "longitude": "longitude",
         "windows": ["1d", "lifetime"], "where": "channel = 'web'"},
        {"name": "web_not_shop_{window}", "aggregate": "without", "windows": ["1h", "30d", "lifetime"],
         "of": {"where": "channel = 'web'"}, "but_not": {"where": "channel = 'shop'"}},
        {"name": "score_z", "aggregate": "zscore", "field": "score", "window": "lifetime"},
    ]  # fmt: skip
    tiled = [
        {"name": "t_n_{window}", "aggregate": "count", "windows": ["1h", "1d"], "hop": "10m"},
        {"name": "t_sum", "aggregate": "sum", "field": "amount_minor", "window": "1d", "hop": "10m", "mode": "tiled"},
        {"name": "t_min", "aggregate": "min", "field": "amount_minor", "window": "1d", "hop": "1h"},
        {"name": "t_std", "aggregate": "std", "field": "amount_minor", "window": "1d", "hop": "1h"},
        {"name": "t_last", "aggregate": "last", "field": "channel", "window": "1d", "hop": "1h", "include_self": False},
        {"name": "t_first", "aggregate": "first", "field": "amount_minor", "window": "1d", "hop": "1h"},
        {"name": "t_score", "aggregate": "sum", "field": "score", "window": "1d", "hop": "1h"},
    ]  # fmt: skip
    device = {
        "name": "device", "entity": "device", "events": ["loan_application"], "lateness": "30m", "features": plain + tiled,
    }  # fmt: skip
    person = {
        "name": "person",
        "entity": "person",
        "events": ["loan_application", "card_payment"],
        "lateness": "2h",
        "features": [
            {"name": "p_n", "aggregate": "count", "window": "1d"},
            {"name": "p_pay_n", "aggregate": "count", "window": "1d", "events": ["card_payment"]},
            {"name": "p_pay_web", "aggregate": "count", "window": "1d", "events": ["card_payment"],
             "where": "channel = 'web'"},
            {"name": "p_merchants", "aggregate": "distinct", "field": "merchant", "events": ["card_payment"],
             "window": "30d"},
            {"name": "p_amount", "aggregate": "sum", "field": "amount_minor", "window": "lifetime"},
            {"name": "p_not_paid", "aggregate": "without", "window": "1d", "of": {"events": ["loan_application"]},
             "but_not": {"events": ["card_payment"], "where": "amount_minor > 1000"}},
            {"name": "p_gap_seconds", "aggregate": "time_since", "window": "30d", "events": ["card_payment"]},
        ],
    }  # fmt: skip
    pair = {
        "name": "pair",
        "entity": ["person", "merchant"],
        "events": ["card_payment"],
        "lateness": "0s",
        "features": [
            {"name": "pm_n_{window}", "aggregate": "count", "windows": ["1h", "lifetime"]},
            {"name": "pm_max", "aggregate": "max", "field": "amount_minor", "window": "1d", "include_self": False},
            {"name": "pm_channels", "aggregate": "distinct", "field": "channel", "window": "1d"},
        ],
    }
    return [parse_feature_set(one) for one in (device, person, pair)]


AMOUNTS = [0, 1, -5, 100, 999, 1000, 1001, 250_000, 2**63 - 1, -(2**63), 10**12]
SCORES = [0.0, -0.0, 0.1, 0.2, 0.3, -1.5, 1e300, -1e300, 1e308, 5e-324, 1e-200, 3.0, 1e16]
LATITUDES = [0, 1, 90_000_000, -90_000_000, 90_000_001, 31_230_416, 31_230_417, 39_904_200, -33_868_820]
LONGITUDES = [0, 180_000_000, -180_000_000, 179_999_999, -180_000_001, 121_473_701, 116_407_396, 151_209_296]
STEPS = [
    0,
    0,
    0,
    1,
    1000,
    1000,
    MINUTE,
    MINUTE,
    MINUTE,
    2 * MINUTE,
    4 * MINUTE,
    5 * MINUTE,
    HOUR,
    HOUR - 1,
    HOUR + 1,
    20 * HOUR,
    DAY,
    31 * DAY,
]


def make_events(seed, count, *, keys=4, late=0.15, corrected=0.08, extremes=True):
    """``count`` events in the order of the journal."""
    rng = random.Random(seed)
    now = START + rng.randrange(DAY)
    made = []
    for number in range(count):
        now += rng.choice(STEPS) if rng.random() < 0.7 else rng.randrange(HOUR)
        behind = rng.choice([1, MINUTE, 29 * MINUTE, 30 * MINUTE, 2 * HOUR, 40 * DAY]) if rng.random() < late else 0
        ahead = rng.choice([1, HOUR]) if rng.random() < 0.03 else 0
        oldest = max(0, number - 8) if rng.random() < 0.8 else 0  # most corrections are of something recent
        supersedes = f"e{rng.randrange(oldest, number)}" if number and rng.random() < corrected else None
        made.append(one_event(rng, number, now - behind + ahead, supersedes, keys, extremes))
    return made


def one_event(rng, number, t, supersedes, keys, extremes):
    kind = rng.choice([APPLICATION, APPLICATION, APPLICATION, PAYMENT, PAYMENT, VISIT])
    amount = rng.choice(AMOUNTS) if extremes and rng.random() < 0.3 else rng.randrange(1, 200_000)
    score = rng.choice(SCORES) if extremes and rng.random() < 0.3 else rng.random() * 1000
    values = {
        "person": pseudonym("person", rng.randrange(keys)),
        "device": pseudonym("device", rng.randrange(keys)),
        "merchant": pseudonym("merchant", rng.randrange(2)),
        "amount_minor": amount,
        "rate": Decimal(rng.randrange(-(10**6), 10**6)).scaleb(-4),
        "score": score,
        "channel": rng.choice(["web", "shop", "电话"]),
        "is_web": rng.random() < 0.5,
        "latitude": rng.choice(LATITUDES),
        "longitude": rng.choice(LONGITUDES),
    }
    declared = [one.name for one in EVENT_TYPES[kind].fields]
    values = {name: None if rng.random() < 0.08 else values[name] for name in declared}
    return event(number, kind, t, values, supersedes)


def event(number, kind, t, values, supersedes=None):
    return Event(
        event_id=EventId(number if isinstance(number, str) else f"e{number}"),
        event_type=kind,
        occurred_at=Micros(t),
        received_at=Micros(t),
        values=values,
        entities={},
        subject=None,
        digest=Digest(""),
        clear=b"",
        secret=None,
        supersedes=None if supersedes is None else EventId(supersedes),
        entity_kinds={},
    )


def as_table(events, fields=FIELDS):
    """The events as the batch host takes them; ``seq`` counts from 1."""
    columns = {
        "seq": pa.array(range(1, len(events) + 1), pa.int64()),
        "event_id": pa.array([one.event_id for one in events], pa.string()),
        "event_type": pa.array([one.event_type for one in events], pa.string()),
        "occurred_at": pa.array([one.occurred_at for one in events], pa.int64()),
        "supersedes": pa.array([one.supersedes for one in events], pa.string()),
    }
    for name, kind in fields.items():
        columns[name] = pa.array([one.values.get(name) for one in events], kind)
    return pa.table(columns)
