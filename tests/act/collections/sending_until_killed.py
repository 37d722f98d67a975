"""A program whose customers are late and that sends by a real mail server and a gateway, until somebody kills it.

Prints each contact right before it leaves.
"""

from __future__ import annotations

import sys
from ipaddress import ip_network
from pathlib import Path

from arrears_house import House

from tandem.act.collections import EmailChannel, GatewayChannel, MailServer
from tandem.kernel.time import FixedClock, parse_instant

home, port, gateway = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
clock = FixedClock(parse_instant("2026-12-03T10:00:00+08:00"))
mail = EmailChannel(MailServer(host="127.0.0.1", port=port, sender="c@lender.example", security="none"), clock)
sms = GatewayChannel("sms", gateway, b"k" * 32, clock, inside=(ip_network("127.0.0.0/8"),))
house = House(home, fresh=False, clock=clock, outlets=[mail, sms])
sys.stdout.write("ready\n")
sys.stdout.flush()
house.desk.tend()
sys.stdout.write("done\n")
sys.stdout.flush()
