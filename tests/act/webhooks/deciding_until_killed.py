"""A program that decides without pause and delivers webhooks, until somebody kills it. Prints each durable event id."""

from __future__ import annotations

import sys
from pathlib import Path

from small_workspace import application

from tandem.act.webhooks import open_webhooks
from tandem.decide.decisions import open_process
from tandem.kernel.settings import Settings

home, first = Path(sys.argv[1]), int(sys.argv[2])
settings = Settings(home=home, webhook_networks="127.0.0.0/8")
process = open_process(settings, "shop")
with open_webhooks(settings, process.journal):
    number = first
    while True:
        answer = process.decide_now(application(number, at=0, device=f"d{number}"))
        sys.stdout.write(answer.event_id + "\n")
        sys.stdout.flush()
        number += 1
