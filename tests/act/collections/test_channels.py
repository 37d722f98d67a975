"""Contacts really leave: by a real SMTP server and by a gateway over HTTP, signed, once each, and what came of it is on record."""

from __future__ import annotations

import email
import email.policy
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network

import pytest
from arrears_house import House

from tandem.act.collections import EmailChannel, GatewayChannel, MailServer
from tandem.act.webhooks import Subscription, Wanted, secret_of, signed_headers
from tandem.kernel.time import MINUTE, FixedClock, Micros, parse_instant

INSIDE = (ip_network("127.0.0.0/8"),)
KEY = b"k" * 32


def mail(port, clock, **changes):
    server = {"host": "127.0.0.1", "port": port, "sender": "collections@lender.example", "security": "none", **changes}
    return EmailChannel(MailServer(**server), clock)


@pytest.fixture
def clock():
    return FixedClock(parse_instant("2026-11-02T02:00:00Z"))


def late(house, when="2026-12-03T10:00:00+08:00", **reach):
    account = house.customer()
    house.points = house.reachable(account, phone="", **reach)
    house.at(when)
    return account


def read(envelope):
    return email.message_from_bytes(envelope.content, policy=email.policy.default)


def states(house):
    return [(one.channel, one.state) for one in house.desk.look(lambda files: list(files.contacts.values()))]


def test_a_message_arrives_at_a_real_server_with_its_fields_filled_in(tmp_path, mailbox, clock):
    box, port = mailbox
    house = House(tmp_path / "home", clock=clock, outlets=[mail(port, clock)])
    account = late(house)
    assert house.desk.tend().sent == 1
    (envelope,) = box.got
    message = read(envelope)
    assert envelope.rcpt_tos == ["li@example.com"]
    assert "现金贷" in message["Subject"]
    text = message.get_content()
    assert "2026-12-02" in text
    assert "CNY" in text
    assert "如有异议" in text
    (contact,) = house.desk.work(account).contacts
    assert message["Message-ID"] == f"<{contact.contact}@lender.example>"
    assert contact.state == "delivered"
    assert house.desk.tend().sent == 0
    assert len(box.got) == 1
    house.close()


def test_a_mailbox_that_is_not_there_fails_and_is_not_written_to_again(tmp_path, mailbox, clock):
    box, port = mailbox
    box.refuse["li@example.com"] = "550 no such user"
    house = House(tmp_path / "home", clock=clock, outlets=[mail(port, clock)])
    account = late(house)
    house.desk.tend()
    (contact,) = house.desk.work(account).contacts
    assert contact.state == "failed"
    file = house.desk.customer(account).file
    assert file.points[contact.point].invalid
    ended = house.desk.customer(account).history
    assert any(getattr(one.change, "why", "") == "smtp_550" for one in ended)
    house.at("2026-12-08T10:00:00+08:00")
    assert house.desk.tend().wanted == 0
    assert box.got == []
    house.close()


def test_a_server_that_takes_no_message_now_fails_without_blaming_the_address(tmp_path, mailbox, clock):
    box, port = mailbox
    box.refuse["DATA"] = "452 out of space"
    house = House(tmp_path / "home", clock=clock, outlets=[mail(port, clock)])
    account = late(house)
    house.desk.tend()
    (contact,) = house.desk.work(account).contacts
    assert contact.state == "failed"
    assert not house.desk.customer(account).file.points[contact.point].invalid
    house.close()


def test_while_the_server_is_down_contacts_wait_and_leave_once_it_is_back(tmp_path, mailbox, clock):
    box, port = mailbox
    away = mail(1, clock)  # nobody listens there
    house = House(tmp_path / "home", clock=clock, outlets=[away])
    account = late(house)
    assert house.desk.tend().sent == 0
    assert states(house) == [("email", "wanted")]
    house.clock.advance(2 * MINUTE)
    away._server = mail(port, clock)._server  # the same channel, to a server that is there
    assert house.desk.tend().sent == 1
    assert house.desk.work(account).contacts[0].state == "delivered"
    assert len(box.got) == 1
    house.close()


def test_only_a_channel_that_is_there_is_picked(tmp_path, mailbox, clock):
    """The ladder begins with a text message, and this lender has e-mail alone."""
    box, port = mailbox
    house = House(tmp_path / "home", clock=clock, outlets=[mail(port, clock)])
    account = house.customer()
    house.reachable(account)
    house.at("2026-12-03T10:00:00+08:00")
    done = house.desk.tend()
    assert done.sent == 1
    assert states(house) == [("email", "delivered")]
    assert len(box.got) == 1
    assert {one.action.channel for one in house.desk.customer(account).options} & {"sms", "ai_call"} == set()
    house.close()


def test_who_is_late_and_reached_by_no_channel_that_is_there_is_put_before_a_person(tmp_path, mailbox, clock):
    house = House(tmp_path / "home", clock=clock, outlets=[mail(mailbox[1], clock)])
    account = house.customer()
    house.reachable(account, email="")
    house.at("2026-11-29T10:00:00+08:00")  # soon due: nobody is called for that
    assert house.desk.tend().proposed == 0
    house.at("2026-12-03T10:00:00+08:00")
    done = house.desk.tend()
    assert (done.wanted, done.proposed) == (0, 1)
    assert states(house) == []
    (item,) = house.desk.queue(by="wang")
    assert (item.choice.action.step, item.choice.action.channel) == ("soft", "call")
    assert {one.action.channel: one.blocked_by for one in item.choice.ranked if one.action.channel != "letter"} == {
        "sms": "no_outlet", "email": "no_point", "ai_call": "no_outlet", "call": None
    }  # fmt: skip
    house.close()


def test_what_waited_until_a_rule_stood_against_it_does_not_leave(tmp_path, mailbox, clock):
    box, port = mailbox
    away = mail(1, clock)
    house = House(tmp_path / "home", clock=clock, outlets=[away])
    account = late(house, "2026-12-03T21:50:00+08:00")
    house.desk.tend()
    house.at("2026-12-03T22:05:00+08:00")
    away._server = mail(port, clock)._server
    assert house.desk.tend().sent == 0
    assert box.got == []
    assert states(house) == [("email", "withdrawn")]
    assert house.desk.look(lambda files: dict(files.blocked_by)) == {"silent_night": 1}
    house.at("2026-12-04T08:00:00+08:00")
    assert house.desk.tend().sent == 1
    assert [one.state for one in house.desk.work(account).contacts] == ["withdrawn", "delivered"]
    house.close()


def test_a_permit_that_would_last_into_the_night_is_not_given(tmp_path, mailbox, clock):
    box, port = mailbox
    away = mail(1, clock)
    house = House(tmp_path / "home", clock=clock, outlets=[away])
    late(house, "2026-12-03T21:50:00+08:00")
    house.desk.tend()
    house.at("2026-12-03T21:59:30+08:00")
    away._server = mail(port, clock)._server
    assert house.desk.tend().sent == 0
    assert box.got == []
    house.close()


class Gateway(BaseHTTPRequestHandler):
    """Sends text messages, as far as anybody can tell: keeps each contact once, by its id."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.got.append((dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def gateway():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    server.daemon_threads, server.got, server.status = True, [], 202
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def sms(gateway, clock):
    return GatewayChannel("sms", f"http://127.0.0.1:{gateway.server_port}/sms", KEY, clock, inside=INSIDE)


def test_a_text_message_is_posted_to_the_gateway_signed(tmp_path, gateway, clock):
    channel = sms(gateway, clock)
    house = House(tmp_path / "home", clock=clock, outlets=[channel])
    account = house.customer()
    house.reachable(account, email="")
    house.at("2026-12-03T10:00:00+08:00")
    assert house.desk.tend().sent == 1
    ((headers, body),) = gateway.got
    sent = json.loads(body)
    assert (sent["channel"], sent["to"], sent["language"]) == ("sms", "+8613800138000", "zh-CN")
    assert "回复TD退订" in sent["text"]
    (contact,) = house.desk.work(account).contacts
    assert headers["webhook-id"] == sent["contact"] == contact.contact
    signer = Subscription(
        id="collections.sms", url="", wanted=Wanted(kinds=()), description="", owner="", enabled=True,
        created_at=Micros(0), updated_at=Micros(0), reached=0,
    )  # fmt: skip
    assert (
        signed_headers(KEY, signer, contact.contact, body, clock.now())["webhook-signature"]
        == headers["webhook-signature"]
    )
    assert channel.secret.startswith("whsec_")
    assert secret_of(KEY, "collections.sms", 1)
    house.close()


@pytest.mark.parametrize(("status", "invalid"), [(500, False), (422, True)])
def test_what_the_gateway_refuses_has_failed(tmp_path, gateway, clock, status, invalid):
    gateway.status = status
    house = House(tmp_path / "home", clock=clock, outlets=[sms(gateway, clock)])
    account = house.customer()
    points = house.reachable(account, email="")
    house.at("2026-12-03T10:00:00+08:00")
    house.desk.tend()
    (contact,) = house.desk.work(account).contacts
    assert contact.state == "failed"
    assert house.desk.customer(account).file.points[points["phone"]].invalid is invalid
    house.close()


def test_a_gateway_inside_the_network_is_not_asked_unless_the_operator_named_it(clock):
    with pytest.raises(Exception, match="inside a network"):
        GatewayChannel("sms", "http://127.0.0.1:1/sms", KEY, clock)
