"""A graph network for the small workspace, and the policy that calls it; its weights are drawn."""

from __future__ import annotations

import msgspec
from drawn_networks import drawn
from small_workspace import policy

from tandem.kernel.artefacts import Artefact
from tandem.observe.graph import Mark

INPUTS = ("amount_minor", "age", "device_applications_1d", "network_device_members", "network_neighbours_bad")
PARTS = ("ring_own", "ring_device")


def network(seed: int = 4, **changes: object) -> Artefact:
    """Over a feature, the graph and fields of the event; whom a verdict marks is known to be bad or good."""
    document = drawn(
        seed, kinds=("device",), inputs=INPUTS, name="ring", marks=(Mark(event="verdict", when="fraud"),), width=8
    )
    return Artefact.of("model", "ring", msgspec.to_builtins(msgspec.structs.replace(document, **changes)))


def scored() -> Artefact:
    """The small policy, which declines whom the network thinks ill of."""
    body = policy().body
    rule = {"rule": "ring", "when": "bad_margin > 5", "then": "decline", "reason": "MASS_APPLICATION"}
    asked = {"model": "ring", "uses": "ring", "margin": "bad_margin"}
    flow = [*body["flow"][:2], asked, {"rules": "scored", "all": [rule]}, body["flow"][2]]
    return Artefact.of("policy", "application", {**body, "flow": flow})
