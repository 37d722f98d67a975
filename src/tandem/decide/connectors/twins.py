"""The simulated twin: answers without a vendor, the same for the same request, and always labelled SIMULATED."""

from __future__ import annotations

import hashlib
from typing import Final

from tandem.decide.connectors.definitions import AnswerField, Connector
from tandem.kernel.values import Row, SqlType, Value

__all__ = ["simulated_answer"]

_SEED: Final = b"tandem simulated connector 1"
_NULL_SHARE: Final = 0.1


def simulated_answer(connector: Connector, body: bytes) -> Row:
    """Facts drawn from their declared domains by a hash of the request; a nullable one is missing one time in ten."""
    return {name: _drawn(connector.name, name, one, body) for name, one in connector.answer.items()}


def _drawn(connector: str, name: str, one: AnswerField, body: bytes) -> Value:
    digest = hashlib.sha256(b"\0".join([_SEED, connector.encode(), name.encode(), body])).digest()
    share = int.from_bytes(digest[:7], "big") / 2**56
    if one.nullable and digest[7] < _NULL_SHARE * 256:
        return None
    if one.type is SqlType.BOOLEAN:
        return share < 0.5
    if one.type is SqlType.TEXT:
        return one.values[int(share * len(one.values))] if one.values else "SIMULATED"
    if one.type is SqlType.DATE:
        return int(share * 20_000)
    low = 0.0 if one.minimum is None else one.minimum
    high = max(low, 1000.0 if one.maximum is None else one.maximum)
    drawn = low + share * (high - low)
    return min(int(drawn), int(high)) if one.type is SqlType.INTEGER else drawn
