"""A worker process of the Valkey tests: observes its share of a seeded stream and tells what it was answered.

``python valkey_worker.py URL PREFIX SEED COUNT KEYS SHARE OF [DIE_AT]``: every event whose number is SHARE modulo OF. With
DIE_AT it ends itself between the read and the write of that event. One JSON line an event: number, versions, vector.
"""

import json
import os
import signal
import sys

import feature_streams as streams

from tandem.observe.features import compile_plan
from tandem.observe.features.hosts.valkey import ValkeyFeatures, open_server


def main(url, prefix, seed, count, keys, share, of, die_at=-1):
    plan = compile_plan(streams.every_operator(), streams.EVENT_TYPES)
    events = streams.make_events(seed, count, keys=keys)
    known = {event.event_id: event for event in events}
    host = ValkeyFeatures(plan, open_server(url, timeout_s=30), known.get, prefix=prefix, attempts_max=10_000)
    for number, event in enumerate(events):
        if number % of != share:
            continue
        if number == die_at:
            host._write = lambda **_: os.kill(os.getpid(), signal.SIGKILL)
        vector = host.observe(event, number + 1)
        sys.stdout.write(json.dumps([number, host.versions, list(map(repr, vector))]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:3], *map(int, sys.argv[3:]))
