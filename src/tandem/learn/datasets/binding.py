"""Tying a model to the definitions of the features that its training set was computed by."""

from __future__ import annotations

import msgspec

from tandem.decide.decisions import LiveRelease
from tandem.decide.models import ModelDocument, load_model
from tandem.kernel.errors import Conflict
from tandem.learn.datasets.manifest import DatasetManifest

__all__ = ["bound"]


def bound(document: ModelDocument, manifest: DatasetManifest, live: LiveRelease) -> ModelDocument:
    """The document with the digest of the features it reads: no release may give it others.

    Raises:
        Conflict: the live features are not those of the set.
    """
    names = [one.name for one in manifest.columns if one.kind == "feature"]
    if not names:
        return document
    known = live.known
    if not set(names) <= set(known.columns) or known.digest_of(names) != manifest.features_digest:
        raise Conflict(
            "Features are defined otherwise now than when the training set was built.", code="features_differ",
            field="dataset", value=manifest.digest[:12], hint="build the set again, and train on that",
        )  # fmt: skip
    used = [name for name in load_model(document).inputs if name in set(names)]
    metadata = msgspec.structs.replace(document.metadata, features_digest=known.digest_of(used))
    return msgspec.structs.replace(document, metadata=metadata)
