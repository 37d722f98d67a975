"""Nothing of the process a policy runs in gets into its result."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
import msgspec
from random import Random
import importlib.util
spec = importlib.util.spec_from_file_location("author", sys.argv[1])
author = importlib.util.module_from_spec(spec)
spec.loader.exec_module(author)
for seed in range(12):
    found = author.written(seed)
    if found is not None:
        random, policy = found
        row = random.row()
        print(msgspec.json.encode(policy.trace(row, author.LISTS)).decode())
        print(msgspec.json.encode(policy.run(row, author.LISTS)).decode())
"""


def output(hash_seed: str) -> str:
    author = Path(__file__).parent / "test_run_agrees_with_trace.py"
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(author)], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_another_process_with_another_hash_seed_gives_the_same_bytes():
    first = output("1")
    assert first.count("\n") > 6
    assert output("2") == first
