"""What of the example lender can be in force before anything was learned."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tandem.decide.decisions import ARTEFACT_FOLDERS, assemble
from tandem.faces.demo.preparing import foundations_of
from tandem.kernel.artefacts import load_workspace
from tandem.kernel.identity import Digest

LENDER = Path(__file__).parents[3] / "examples" / "lender"


class Vault:
    """A stand-in where nobody's name is read."""

    def pseudonym(self, kind, identifier):
        return hashlib.sha256(f"{kind}:{identifier}".encode()).hexdigest()[:32]


def test_the_foundations_hold_together_without_a_model():
    definitions = load_workspace(LENDER, ARTEFACT_FOLDERS).artefacts.values()
    live = assemble(foundations_of(definitions), Digest("0" * 64), Vault())
    assert live.plan.digest
    assert not live.models
    assert not live.policies


def test_no_product_is_in_force_before_its_policies_and_nothing_that_names_it():
    definitions = tuple(load_workspace(LENDER, ARTEFACT_FOLDERS).artefacts.values())
    products = {one.name for one in definitions if one.kind == "product"}
    early = [one for one in foundations_of(definitions) if products & named_in(one.body)]
    assert products
    assert [str(one.key) for one in early] == []


def named_in(body):
    """Every text within, keys too."""
    if isinstance(body, dict):
        return set(body) | {text for value in body.values() for text in named_in(value)}
    if isinstance(body, list | tuple):
        return {text for value in body for text in named_in(value)}
    return {body} if isinstance(body, str) else set()
