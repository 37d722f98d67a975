"""A desk against a real server that is slow, broken, flapping and lying: facts or the reason why not, and on time."""

from __future__ import annotations

import asyncio
import datetime as dt
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tandem.decide.connectors import HttpFetch
from tandem.kernel.identity import EntityKind
from tandem.kernel.time import HOUR, SECOND, FixedClock, Micros
from tests.decide.connectors.conftest import GOOD, LOOPBACK, connector, drop, endless, hang, trickle

NOW = Micros(1_790_000_000_000_000)


def test_a_good_answer_becomes_facts_and_is_paid_for(vendor, asker):
    ask = asker(secrets={"bureau_key": "s3cret"})
    one = connector(vendor.url, secret={"name": "bureau_key", "prefix": "Bearer "})
    answered = ask(one)
    assert answered.facts == {"bureau_score": 640, "bureau_note": "thin"}
    assert (answered.asked.source, answered.asked.cost_minor, answered.asked.currency) == ("live", 45, "EUR")
    headers, body = vendor.received[0]
    assert body == {"id": "p1", "product": "loan"}
    assert headers["Authorization"] == "Bearer s3cret"


@pytest.mark.parametrize(
    ("behaviour", "fault", "attempts"),
    [
        (503, "status", 2), (429, "status", 2), (400, "refused", 1), (401, "refused", 1), (201, "refused", 1),
        (b"<html>sorry</html>", "answer", 1), ({"result": {"score": "high"}}, "answer", 1),
        (b"[" * 60_000, "answer", 1), (drop, None, 2), (endless, "too_large", 1),
    ],
)  # fmt: skip
def test_what_goes_wrong_has_a_name_and_the_facts_are_missing(vendor, asker, behaviour, fault, attempts):
    vendor.behaviours = [behaviour]
    answered = asker()(connector(vendor.url))
    assert answered.facts == {"bureau_score": None, "bureau_note": None}
    assert answered.asked.source == "nobody"
    assert answered.asked.fault in ({fault} if fault else {"answer", "connection"})
    assert answered.asked.attempts <= attempts


@pytest.mark.parametrize("behaviour", [hang, trickle])
def test_whoever_hangs_is_given_up_within_the_budget(vendor, asker, behaviour):
    vendor.behaviours = [behaviour]
    answered = asker()(connector(vendor.url, budget="300ms", attempt="120ms"))
    assert (answered.asked.fault, answered.asked.attempts) == ("timeout", 2)
    assert answered.asked.unsure_minor == 2 * 45, "both may be billed"


def test_a_flapping_vendor_is_asked_again_within_the_budget(vendor, asker):
    vendor.behaviours = [503, GOOD]
    answered = asker()(connector(vendor.url))
    assert (answered.facts["bureau_score"], answered.asked.attempts, answered.asked.cost_minor) == (640, 2, 45)
    keys = {headers["Idempotency-Key"] for headers, _ in vendor.received}
    assert len(keys) == 1, "a vendor that knows idempotency bills it once"


def test_without_time_nobody_is_asked(vendor, asker):
    answered = asker()(connector(vendor.url), within_s=0.001)
    assert (answered.asked.fault, vendor.received) == ("no_time", [])


def test_no_record_is_an_answer(vendor, asker):
    vendor.behaviours = [404]
    answered = asker()(connector(vendor.url))
    assert (answered.asked.no_record, answered.asked.fault, answered.asked.cost_minor) == (True, None, 45)


def test_a_redirect_is_not_followed(vendor, asker):
    vendor.behaviours = [
        lambda handler: vendor.send(handler, 307, b"", Location=vendor.url.replace("v1/score", "elsewhere"))
    ]
    answered = asker()(connector(vendor.url))
    assert (answered.asked.fault, vendor.elsewhere) == ("refused", 0)


def test_an_address_inside_is_not_reached_unless_the_operator_allows_it(vendor, asker):
    answered = asker(fetch=HttpFetch(()))(connector(vendor.url))
    assert (answered.asked.fault, vendor.received) == ("address_not_allowed", [])


def test_a_name_that_points_inside_is_not_reached(asker):
    async def inside(_host: str, _port: int) -> list[str]:
        return ["10.0.0.7"]

    answered = asker(fetch=HttpFetch((), resolve=inside))(connector("https://bureau.example/"))
    assert answered.asked.fault == "address_not_allowed"


def test_a_secret_that_nobody_gave_is_told_and_nobody_is_asked(vendor, asker):
    answered = asker()(connector(vendor.url, secret={"name": "bureau_key"}))
    assert (answered.asked.fault, vendor.received) == ("no_secret", [])


def test_an_answer_stands_in_for_the_next_call_as_long_as_it_is_valid(vendor, asker):
    clock = FixedClock(NOW)
    ask, one = asker(clock=clock), connector(vendor.url, valid_for="24h")
    first, second, other = ask(one), ask(one), ask(one, "p2")
    assert [each.asked.source for each in (first, second, other)] == ["live", "cache", "live"]
    assert (second.facts, second.asked.cost_minor) == (first.facts, 0)
    clock.advance(25 * HOUR)
    assert ask(one).asked.source == "live"
    assert ask.desk.figures("bureau").saved_minor == 45


def test_a_kept_answer_survives_a_restart_and_is_unreadable_in_the_file(vendor, asker, tmp_path):
    one = connector(vendor.url, valid_for="24h")
    asker()(one)
    assert asker()(one).asked.source == "cache"
    stored = b"".join(path.read_bytes() for path in Path(tmp_path).glob("connectors.db*"))
    assert b"640" not in stored
    assert b"thin" not in stored
    assert b"p1" not in stored.replace(b"sqlite", b"")


def test_whoever_is_erased_is_erased_here_too(vendor, asker, vault):
    one = connector(vendor.url, valid_for="24h")
    ask = asker()
    ask(one)
    vault.erase(vault.pseudonym(EntityKind("person"), "p1"))
    assert ask(one).asked.source == "live"


def test_a_fault_is_not_kept(vendor, asker):
    vendor.behaviours = [400, GOOD]
    ask, one = asker(), connector(vendor.url, valid_for="24h")
    assert (ask(one).asked.fault, ask(one).facts["bureau_score"]) == ("refused", 640)


def test_two_who_ask_the_same_at_once_wait_for_one_call_and_it_is_paid_once(vendor, asker):
    ask, one = asker(), connector(vendor.url)

    async def both():
        try:
            return await asyncio.gather(*(ask.desk.ask(one, ask.request(), 5.0) for _ in range(5)))
        finally:
            await ask.desk.close()

    found = asyncio.run(both())
    assert {each.facts["bureau_score"] for each in found} == {640}
    assert (len(vendor.received), sum(each.asked.cost_minor for each in found)) == (1, 45)


def test_the_breaker_leaves_a_broken_vendor_alone_and_probes_it_later(vendor, asker):
    clock = FixedClock(NOW)
    vendor.behaviours = [400]
    ask, one = asker(clock=clock), connector(vendor.url, breaker={"failures": 3, "pause": "10s"})
    faults = [ask(one, f"p{number}").asked.fault for number in range(6)]
    assert faults == ["refused"] * 3 + ["breaker_open"] * 3
    assert (len(vendor.received), ask.desk.standing("bureau")) == (3, "open")
    vendor.behaviours = [GOOD]
    clock.advance(10 * SECOND)
    assert ask.desk.standing("bureau") == "half_open"
    assert ask(one).facts["bureau_score"] == 640
    assert ask.desk.standing("bureau") == "closed"


def test_a_recording_answers_later_without_the_vendor(vendor, asker):
    one = connector(vendor.url)
    asker("record")(one)
    vendor.close()
    recorded = asker("recorded")
    assert (recorded(one).asked.source, recorded(one).facts["bureau_score"]) == ("recorded", 640)
    assert recorded(one, "never").asked.fault == "not_recorded"


def test_the_simulated_twin_and_nobody_ask_nobody(vendor, asker):
    simulated, off = asker("simulated")(connector(vendor.url)), asker("off")(connector(vendor.url))
    assert (simulated.asked.source, simulated.asked.cost_minor) == ("simulated", 0)
    assert (off.asked.fault, off.facts["bureau_score"], vendor.received) == ("off", None, [])


def test_a_mistake_of_ours_is_missing_facts_too(asker):
    class Broken:
        async def post(self, *_: object) -> None:
            raise RuntimeError("a mistake")

        async def close(self) -> None:
            return

    assert asker(fetch=Broken())(connector()).asked.fault == "internal"


def test_money_and_faults_are_counted(vendor, asker):
    vendor.behaviours = [GOOD, 400, GOOD]
    ask, one = asker(), connector(vendor.url)
    for number in range(3):
        ask(one, f"p{number}")
    figures = ask.desk.figures("bureau")
    assert (figures.asked, figures.faults) == ({"live": 2, "nobody": 1}, {"refused": 1})
    assert (figures.attempts, figures.spent_minor, [one.fault for one in figures.last_faults]) == (3, 90, ["refused"])


def certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "bureau.example")])
    start = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(7).not_valid_before(start).not_valid_after(start + dt.timedelta(days=20_000))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("bureau.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    chain, private = folder / "cert.pem", folder / "key.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return chain, private


def test_over_tls_only_a_trusted_vendor_is_believed(vendor, asker, tmp_path):
    chain, private = certificate(tmp_path)
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(chain, private)
    vendor._server.socket = serving.wrap_socket(vendor._server.socket, server_side=True)
    port = vendor._server.server_address[1]

    async def here(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    one = connector(f"https://bureau.example:{port}/v1/score", budget="2s", attempt="1s")
    trusting = ssl.create_default_context(cafile=str(chain))
    trusted = asker(fetch=HttpFetch(LOOPBACK, resolve=here, trust=trusting))(one)
    stranger = asker(fetch=HttpFetch(LOOPBACK, resolve=here))(one)
    assert (trusted.facts["bureau_score"], stranger.asked.fault) == (640, "tls")
