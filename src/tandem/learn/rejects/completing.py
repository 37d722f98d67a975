"""The table that a model is trained on when somebody chose to reckon with the declined: each of them once, its outcome drawn.

Drawn and not weighted, so that the ordinary training, its folds and its report see rows like any other. The draw has the
chance that the method gives and the seed of the training, so the same choice gives the same model.
"""

from __future__ import annotations

import pyarrow as pa

from tandem.kernel.errors import InvalidInput
from tandem.learn.rejects.comparing import Compared
from tandem.learn.rejects.inferring import drawn
from tandem.learn.rejects.methods import RejectMethod

__all__ = ["completed"]


def completed(
    labelled: pa.Table, declined: pa.Table, compared: Compared, method: RejectMethod, *, target: str, seed: int
) -> pa.Table:
    """``labelled`` and, behind it, ``declined`` with outcomes as ``method`` supposes; ``labelled`` alone for ``none``.

    Raises:
        InvalidInput: the method could not be done.
    """
    if method is RejectMethod.NONE:
        return labelled
    if method not in compared.chances:
        words = compared.comparison.of(method).why_not
        raise InvalidInput(words, code="method_impossible", field="rejects", value=str(method), hint="choose another")
    bad = pa.array(drawn(compared.chances[method], seed) > 0.5)
    place = declined.column_names.index(target)
    supposed = declined.set_column(place, target, bad.cast(labelled.schema.field(target).type))
    return pa.concat_tables([labelled, supposed.select(labelled.column_names).cast(labelled.schema)])
