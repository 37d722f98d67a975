"""Every example of the README runs as it stands, against a real server."""

from __future__ import annotations

import asyncio
import base64
import hmac
import re
import time
from pathlib import Path

import pytest

README = (Path(__file__).parents[2] / "sdk" / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"<!-- (?:runs: )?(\w+) -->\n```python\n(.*?)```", README, re.DOTALL)


def test_every_python_example_is_marked():
    assert len(EXAMPLES) == README.count("```python")


@pytest.mark.parametrize("code", [code for mark, code in EXAMPLES if mark == "sync"])
def test_a_waiting_example_runs(address, code):
    exec(compile(code, "README.md", "exec"), {"URL": address, "KEY": None})


@pytest.mark.parametrize("code", [code for mark, code in EXAMPLES if mark == "async"])
def test_an_example_with_an_event_loop_runs(address, code):
    names = {"URL": address, "KEY": None}
    exec(compile(code, "README.md", "exec"), names)
    asyncio.run(names["main"]())


def test_the_receiver_takes_what_is_signed_and_nothing_else(capsys):
    (code,) = (code for mark, code in EXAMPLES if mark == "receiver")
    secret = base64.b64encode(b"a secret of the partner").decode()
    body = b'{"type":"decision.made","timestamp":"t","data":{"outcome":"decline","event_id":"app-1"}}'
    stamp = str(int(time.time()))
    signature = hmac.digest(b"a secret of the partner", f"msg_1.{stamp}.".encode() + body, "sha256")
    headers = {
        "Webhook-Id": "msg_1",
        "Webhook-Timestamp": stamp,
        "Webhook-Signature": "v1," + base64.b64encode(signature).decode(),
    }
    names = {"SECRET": "whsec_" + secret}
    exec(compile(code, "README.md", "exec"), names)
    assert [names["receive"](headers, body), names["receive"](headers, body)] == [204, 204]
    assert capsys.readouterr().out == "decision.made decline app-1\n"
    assert names["receive"](headers, body + b" ") == 400
