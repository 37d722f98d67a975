"""Each key has its own share, gets it back at a steady rate, and is told how much is left."""

from __future__ import annotations

import pytest

from tandem.faces.api.limits import WINDOW_S, Bucket, RateLimits
from tandem.kernel.errors import TooOften


class Watch:
    def __init__(self):
        self.ns = 0

    def __call__(self):
        return self.ns

    def advance(self, seconds):
        self.ns += int(seconds * 1_000_000_000)


@pytest.fixture
def watch():
    return Watch()


def test_a_full_bucket_serves_its_quota_and_then_says_when_to_come_back(watch):
    bucket = Bucket(120, watch)
    for _ in range(120):
        bucket.take()
    with pytest.raises(TooOften) as error:
        bucket.take()
    assert (error.value.status, error.value.code, error.value.retry_after_s) == (429, "rate_limited", 1)
    watch.advance(0.5)
    bucket.take()


def test_a_refusal_takes_nothing(watch):
    bucket = Bucket(60, watch)
    bucket.take(60)
    for _ in range(5):
        with pytest.raises(TooOften):
            bucket.take()
    watch.advance(1)
    bucket.take()


def test_a_batch_costs_its_events_and_one_over_the_quota_takes_all(watch):
    bucket = Bucket(60, watch)
    bucket.take(50)
    with pytest.raises(TooOften) as error:
        bucket.take(40)
    assert error.value.retry_after_s == 30
    watch.advance(50)
    bucket.take(200)
    assert bucket.headers()[1] == (b"ratelimit", b'"key";r=0;t=60')


def test_a_bucket_never_holds_more_than_its_quota(watch):
    bucket = Bucket(10, watch)
    watch.advance(10 * WINDOW_S)
    bucket.take(10)
    with pytest.raises(TooOften):
        bucket.take()


def test_over_a_long_time_the_rate_is_exactly_the_quota(watch):
    bucket = Bucket(600, watch)
    served = 0
    for _ in range(100_000):
        watch.advance(0.01)
        try:
            bucket.take()
        except TooOften:
            continue
        served += 1
    assert served == pytest.approx(600 + 1000 / WINDOW_S * 600, abs=2)


def test_the_headers_say_what_is_left(watch):
    bucket = Bucket(120, watch)
    bucket.take(30)
    assert bucket.headers() == [
        (b"ratelimit-policy", b'"key";q=120;w=60'),
        (b"ratelimit", b'"key";r=90;t=15'),
    ]


def test_one_key_does_not_use_up_the_share_of_another(watch):
    limits = RateLimits(1, watch)
    limits.bucket_of("a").take()
    limits.bucket_of("b").take()
    with pytest.raises(TooOften):
        limits.bucket_of("a").take()
