"""From a trained model to drafts of the register: the model, and words for the reasons it gives.

A reason code has one wording in a release. So where the live release has words for a code already, they stay, and only new
codes are worded.
"""

from __future__ import annotations

from typing import Any

import msgspec

from tandem.decide.decisions import LiveRelease
from tandem.decide.models import ModelDocument
from tandem.faces.api.shapes.trainings import TrainingDraftRequest, TrainingReason
from tandem.kernel.artefacts import Artefact
from tandem.learn.training_runs import TrainingReport

__all__ = ["draft_of", "reasons_of"]


def reasons_of(live: LiveRelease | None, report: TrainingReport) -> list[TrainingReason]:
    """What a customer would be told for each input: the words of the live release where it has some."""
    words = {} if live is None else live.catalogue.reasons
    found = []
    for name, told in report.figures["reasons"].items():
        known = words.get(told["code"])
        en, zh = (told["en"], told["zh"]) if known is None else (known.customer.en, known.customer.zh_cn)
        found.append(TrainingReason(input=name, code=told["code"], en=en, zh=zh, known=known is not None))
    return found


def draft_of(
    live: LiveRelease | None, document: ModelDocument, report: TrainingReport, asked: TrainingDraftRequest
) -> list[Artefact]:
    """The model first; behind it words for its codes that have none, where there are such."""
    words: dict[str, Any] = {}
    for one in reasons_of(live, report):
        if one.known:
            continue
        given = asked.words.get(one.code)
        told = {"en": one.en, "zh-CN": one.zh} if given is None else {"en": given.en, "zh-CN": given.zh}
        words[one.code] = {"customer": told, "internal": told}
    model = Artefact.of("model", asked.name, msgspec.to_builtins(document))
    own = _own_words(live, asked.name)
    return [model, Artefact.of("reasons", asked.name, {"reasons": {**own, **words}})] if words else [model]


def _own_words(live: LiveRelease | None, name: str) -> dict[str, Any]:
    """What the live artefact of reasons that the draft would replace says: earlier versions may still be called."""
    carried = () if live is None else live.carried
    found = next((one for one in carried if one.kind == "reasons" and one.name == name), None)
    return {} if found is None else dict(found.body["reasons"])
