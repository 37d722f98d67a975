"""Durable decisions over HTTP: wrk with 16 keep-alive clients against ``tandem serve``, SQLite and PostgreSQL.

Each request is a new event; each answer comes after its fsync. The load generator runs on the same machine and takes
its share of the cores. What is decided is the benchmark release: 120 features, 3 lists, 250 rules, 300 trees.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

import msgspec

from benchmarks import release
from benchmarks.claims import Claim, claim
from tandem.decide.decisions import DecisionProcess, open_process
from tandem.kernel.artefacts import Artefact
from tandem.kernel.settings import Settings
from tandem.prove.access import read_operator

CLIENTS = 16
POSTGRES = os.environ.get("TANDEM_TEST_POSTGRES", "postgresql://root@127.0.0.1:5432/test")
_ROOT = Path(__file__).parents[1]
_ID = "EVENT-ID"
_LUA = """
local bodies = {}
for line in io.lines("%(bodies)s") do bodies[#bodies + 1] = line end
local headers = {["Content-Type"] = "application/json", ["Authorization"] = "%(key)s"}
local sent, run = 0, "%(run)s"
request = function()
  sent = sent + 1
  local body = bodies[(sent - 1) %% #bodies + 1]:gsub("EVENT%%-ID", run .. "-" .. sent, 1)
  return wrk.format("POST", "/v1/decisions", headers, body)
end
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %%d %%d %%d %%d %%d %%d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
"""
_PROTOCOL = (
    "wrk, 1 thread, 16 keep-alive connections, {seconds} s after {warm} s of warm-up, on the same machine; every request"
    " a new simulated card payment, sent with an API key; {what}; answer after the commit is on disk ({durable}); {errors} errors"
)


@dataclass(frozen=True)
class Load:
    """What wrk saw: requests a second, percentiles in milliseconds, answers that were no 2xx, broken connections."""

    rate: float
    p50_ms: float
    p99_ms: float
    refused: int
    broken: int


def run(quick: bool) -> list[Claim]:
    if shutil.which("wrk") is None:
        return [claim("http.sqlite.rate", None, "decisions/s", ">= 2000", protocol="not measured: no wrk here")]
    seconds, warm, count = (6, 2, 12_000) if quick else (20, 5, 40_000)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write_bodies(place / "bodies.jsonl", count)
        artefacts = release.artefacts()
        with _peer(place) as address:
            peer = load(place, address, "", warm, seconds)
        with served(place, "sqlite", "", artefacts) as (address, key):
            embedded = load(place, address, key, warm, seconds)
        claims = _claims("sqlite", embedded, peer, 2_000, seconds, warm, "SQLite, WAL, synchronous=FULL")
        if not quick:
            with served(place, "cases", "", release.artefacts(cases_one_in=1)) as (address, key):
                worst = load(place, address, key, warm, seconds)
            claims.append(claim("http.sqlite.all_cases", worst.rate, "decisions/s", protocol="as http.sqlite.rate, where every"
                                f" decision opens a case or joins one; {worst.refused + worst.broken} errors"))  # fmt: skip
        claims.append(claim("http.sqlite.p99", embedded.p99_ms, "ms", "<= 20", peer="FastAPI + sqlite3", peer_value=peer.p99_ms,
                            protocol="as http.sqlite.rate"))  # fmt: skip
        return claims + _on_postgres(place, warm, seconds, peer, artefacts)


def _on_postgres(place: Path, warm: int, seconds: int, peer: Load, artefacts: list[Artefact]) -> list[Claim]:
    try:
        import psycopg

        connection = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=2)
    except Exception as error:  # noqa: BLE001 - whatever is missing, the claim says that it was not measured and why
        why = f"not measured: no PostgreSQL at {POSTGRES} ({type(error).__name__}); set TANDEM_TEST_POSTGRES"
        return [claim("http.postgresql.rate", None, "decisions/s", ">= 1000", protocol=why)]
    schema = f"tandem_bench_{secrets.token_hex(4)}"
    with connection:
        connection.execute(f'CREATE SCHEMA "{schema}"')
        try:
            dsn = f"{POSTGRES}{'&' if '?' in POSTGRES else '?'}options=-csearch_path%3D{schema}"
            with served(place, "postgresql", dsn, artefacts) as (address, key):
                seen = load(place, address, key, warm, seconds)
        finally:
            connection.execute(f'DROP SCHEMA "{schema}" CASCADE')
    return _claims("postgresql", seen, peer, 1_000, seconds, warm, "PostgreSQL on the same machine")


def _claims(name: str, load: Load, peer: Load, target: int, seconds: int, warm: int, durable: str) -> list[Claim]:
    what = f"120 features, 3 lists, 250 three-condition rules, 300 trees, reasons, one in {release.CASES_ONE_IN} opens a case"
    errors = load.refused + load.broken
    protocol = _PROTOCOL.format(seconds=seconds, warm=warm, what=what, durable=durable, errors=errors)
    return [
        claim(f"http.{name}.rate", load.rate, "decisions/s", f">= {target}", peer="FastAPI + sqlite3, deciding nothing",
              peer_value=peer.rate, protocol=protocol),
        claim(f"http.{name}.p50", load.p50_ms, "ms", protocol=f"as http.{name}.rate"),
        claim(f"http.{name}.errors", errors, "requests", "== 0", protocol=f"as http.{name}.rate; answers other than 2xx and"
              " broken connections"),
    ]  # fmt: skip


def write_bodies(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        for document in release.documents(count):
            document["event_id"] = _ID
            file.write(json.dumps(document, separators=(",", ":")) + "\n")


@contextlib.contextmanager
def served(
    place: Path,
    name: str,
    journal: str,
    artefacts: list[Artefact],
    lived: Callable[[DecisionProcess], object] | None = None,
) -> Iterator[tuple[str, str]]:
    """``tandem serve`` on a workspace with the benchmark release, as its own process; its address, and a key.

    Args:
        lived: makes the workspace's past, before it is served.
    """
    home = place / name
    workspace = place / f"{name}-workspace"
    workspace.mkdir()
    (workspace / "workspace.yaml").write_text("name: bench\n")
    process = open_process(Settings(home=home, journal=journal), "bench")
    process.push(artefacts, author="bench")
    process.review([one.digest for one in artefacts], approver="bench-reviewer")
    process.release({one.key: one.digest for one in artefacts}, by="bench-reviewer")
    if lived is not None:
        lived(process)
    process.close()
    # The load comes with one key, which otherwise may ask 500 times a second for longer than a minute's worth.
    unlimited = {"TANDEM_KEY_RATE": "1000000000"}
    environment = {**os.environ, **unlimited, "TANDEM_HOME": str(home), "TANDEM_JOURNAL": journal}
    command = [sys.executable, "-c", "from tandem.faces.cli import main; main()", "serve", "--port", "0", "--json"]
    server = subprocess.Popen([*command, "--workspace", str(workspace)], env=environment, stdout=subprocess.PIPE)
    try:
        assert server.stdout is not None
        line = server.stdout.readline()
        if not line:
            raise RuntimeError("tandem serve did not start; see its message above")
        address = msgspec.json.decode(line)["address"]
        yield address, _key_of(home, address)
    finally:
        server.terminate()
        server.wait(timeout=60)


@contextlib.contextmanager
def _peer(place: Path) -> Iterator[str]:
    """The bare FastAPI application under uvicorn, as its own process; its address."""
    port = "8397"
    environment = {**os.environ, "PEER_DATABASE": str(place / "peer.db"), "PYTHONPATH": str(_ROOT)}
    command = [sys.executable, "-m", "uvicorn", "benchmarks.http_peer:app", "--port", port]
    server = subprocess.Popen([*command, "--no-access-log", "--log-level", "warning"], env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), urlopen(f"{address}/health/ready", timeout=1):
                break
            time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def _key_of(home: Path, address: str) -> str:
    """An API key of its own, made as an operator would make it; what the load carries is looked up like a customer's."""
    operator = read_operator(home)
    if operator is None:
        raise RuntimeError("tandem serve left no operator's key")
    body = json.dumps({"name": "bench", "scopes": ["decide"]}).encode()
    headers = {"Authorization": f"Bearer {operator.key}", "Content-Type": "application/json"}
    with urlopen(Request(f"{address}/v1/keys", body, headers), timeout=30) as answer:
        return f"Bearer {json.load(answer)['secret']}"


def load(place: Path, address: str, key: str, warm: int, seconds: int) -> Load:
    script = place / "load.lua"
    result = None
    for stretch in (warm, seconds):
        script.write_text(_LUA % {"bodies": place / "bodies.jsonl", "run": secrets.token_hex(6), "key": key})
        command = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{stretch}s", "--latency", "-s", str(script), address]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        result = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+) (\d+)", output)
    if result is None:
        raise RuntimeError("wrk printed no result")
    requests, duration_us, p50, p99, refused, broken = (int(part) for part in result.groups())
    return Load(requests / duration_us * 1e6, p50 / 1000, p99 / 1000, refused, broken)
