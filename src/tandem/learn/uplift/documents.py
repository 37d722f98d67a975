"""A model of response as a model document, so that it is released, signed and served like every other."""

from __future__ import annotations

from importlib.metadata import version

from tandem.decide.models import Metadata, ModelInput, Trees, from_lightgbm
from tandem.learn.uplift.fitting import Response

__all__ = ["TARGET", "response_document"]

TARGET = "half_of_one_plus_effect"
"""The target of a response document: its probability ``p`` says that a contact adds ``2p - 1`` to the share that is paid."""


def response_document(response: Response, name: str, *, seed: int, note: str = "", reason: str | None = None) -> Trees:
    """The document of what a contact adds; its inputs are named as ``encoding`` says.

    Args:
        response: what was learnt.
        name: of the model, lower_snake.
        seed: that it was learnt with.
        note: where the exploration was, such as that it is simulated.
        reason: code of the release's catalogue for every input. No release holds a model without, though this one declines nobody.
    """
    metadata = Metadata(
        name=name, target=TARGET, seed=seed, rows=response.rows, note=note,
        environment={"lightgbm": version("lightgbm")},
        parameters={"offers": " ".join(f"{one.step}/{one.channel}" for one in response.offers)},
    )  # fmt: skip
    inputs = [ModelInput(name=one, reason=reason) for one in (*response.situation, *response.action)]
    return from_lightgbm(response.effect, metadata, inputs)
