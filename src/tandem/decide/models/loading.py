"""From bytes that nobody trusts to a model that scores: read, check, verify, build, in this order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tandem.decide.models.additives import additive_tables
from tandem.decide.models.blends import BlendScorer
from tandem.decide.models.documents import (
    Additive,
    Blend,
    GruDocument,
    Linear,
    ModelDocument,
    SageDocument,
    Scorecard,
    TabularNetwork,
    Trees,
)
from tandem.decide.models.limits import MAX_DOCUMENT_BYTES
from tandem.decide.models.linears import LinearScorer
from tandem.decide.models.model import Model
from tandem.decide.models.networks import NetworkScorer
from tandem.decide.models.scorecards import scorecard_tables
from tandem.decide.models.scoring import Scorer, TableScorer, TreeScorer
from tandem.decide.models.signing import SignedModel, digest_of_checked, verify
from tandem.decide.models.tabular import TabularScorer
from tandem.decide.models.validation import check_document
from tandem.kernel.canonical import canonical_bytes
from tandem.kernel.errors import DefinitionError, InvalidInput

__all__ = ["encode_document", "load_model", "read_document"]

_AnyDocument = Scorecard | Additive | Linear | Trees | TabularNetwork | Blend | SageDocument | GruDocument | SignedModel
_DECODER: msgspec.json.Decoder[_AnyDocument] = msgspec.json.Decoder(_AnyDocument)
_SIZE_WORD = f"{MAX_DOCUMENT_BYTES // 2**20} MiB"


def load_model(
    document: bytes | str | Mapping[str, Any] | ModelDocument | SignedModel,
    *,
    trusted_keys: Iterable[Ed25519PublicKey] | None = None,
    compiled: bool | None = None,
) -> Model:
    """The model that ``document`` describes, checked throughout.

    Args:
        document: JSON text, JSON-like data, or a struct of ``documents``; with signatures or without.
        trusted_keys: when given, one of them must have signed.
        compiled: None: the compiled kernel where available; False: the reference; True: compiled or ImportError.

    Raises:
        DefinitionError: whatever is wrong with the document; nothing else is raised for its sake.
    """
    read = read_document(document)
    plain = read.document if isinstance(read, SignedModel) else read
    check_document(plain)
    if trusted_keys is not None:
        verify(read if isinstance(read, SignedModel) else SignedModel(document=read, signatures=()), trusted_keys)
    return Model(plain, digest_of_checked(plain), _scorer(plain, compiled=compiled))


def read_document(
    document: bytes | str | Mapping[str, Any] | ModelDocument | SignedModel,
) -> ModelDocument | SignedModel:
    """``document`` as a struct; its shape is right, but what must hold inside is not yet checked.

    Raises:
        DefinitionError: not JSON, unknown kind or field, a wrong type, or over the size limit.
    """
    if isinstance(document, bytes | str) and len(document) > MAX_DOCUMENT_BYTES:
        raise DefinitionError(f"A model has at most {_SIZE_WORD}.", code="model_size", value=len(document))
    if isinstance(document, msgspec.Struct):
        # a struct built in Python was never checked against its types; a round trip does
        document = _plain(document)
    try:
        if isinstance(document, bytes | str):
            return _DECODER.decode(document)
        read: ModelDocument | SignedModel = msgspec.convert(document, _AnyDocument)
    except (msgspec.MsgspecError, UnicodeError, OverflowError, RecursionError, TypeError, ValueError) as error:
        raise _no_document(error) from error
    return read


def _plain(document: msgspec.Struct) -> Mapping[str, Any]:
    try:
        plain: Mapping[str, Any] = msgspec.to_builtins(document)
    except (msgspec.MsgspecError, UnicodeError, OverflowError, RecursionError, TypeError, ValueError) as error:
        raise _no_document(error) from error
    return plain


def _no_document(error: Exception) -> DefinitionError:
    return DefinitionError(
        f"Not a model document: {error}", code="invalid_model", hint="see docs/reference/models.md for the format"
    )


def encode_document(document: ModelDocument | SignedModel) -> bytes:
    """JSON of a document, the same bytes for the same document, keys sorted.

    Raises:
        DefinitionError: it holds a number that is not finite.
    """
    try:
        return canonical_bytes(msgspec.to_builtins(document))
    except InvalidInput as error:
        raise DefinitionError(error.detail, code="invalid_model", field=error.field, value=error.value) from error


def _scorer(document: ModelDocument, *, compiled: bool | None) -> Scorer:
    match document:
        case Scorecard():
            return TableScorer(scorecard_tables(document), compiled=compiled)
        case Additive():
            return TableScorer(additive_tables(document), compiled=compiled)
        case Linear():
            return LinearScorer(document, compiled=compiled)
        case Trees():
            return TreeScorer(document, compiled=compiled)
        case TabularNetwork():
            return TabularScorer(document, compiled=compiled)
        case Blend():
            return BlendScorer(document, compiled=compiled)
        case SageDocument() | GruDocument():
            return NetworkScorer(document, compiled=compiled)
