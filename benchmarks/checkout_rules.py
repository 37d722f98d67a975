"""The example's policy of the till before there is a model: what attacks and benchmarks play against that train none."""

from __future__ import annotations

from pathlib import Path

from ruamel.yaml import YAML

from tandem.kernel.artefacts import Artefact

__all__ = ["checkout_by_rules"]


def checkout_by_rules() -> Artefact:
    """The policy, of the name and the events that the example's own has."""
    body = YAML(typ="safe").load(Path(__file__).with_name("checkout_by_rules.yaml"))
    return Artefact.of("policy", body.pop("policy"), body)
