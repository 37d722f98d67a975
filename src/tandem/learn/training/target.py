"""What happened: the target column as 1 for bad and 0 for good, or a clear refusal."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from tandem.kernel.errors import InvalidInput, near_match
from tandem.learn.training.arrays import FloatArray, IntArray
from tandem.learn.training.columns import texts_of

__all__ = ["FEWEST_BADS", "Target", "outcomes_of", "read_target", "require_column"]

FEWEST_BADS = 20
"""Fewer events (or non-events) than this and no split, bin or interval means anything."""

_BAD_WORDS = frozenset({"1", "true", "yes", "y", "bad", "default", "defaulted", "fraud", "charged off", "bankrupt"})
_GOOD_WORDS = frozenset({"0", "false", "no", "n", "good", "paid", "fully paid", "genuine", "legit", "ok"})


@dataclass(frozen=True, slots=True)
class Target:
    """Rows with a known outcome, and the outcome.

    Attributes:
        name: the column.
        positive: text that counts as bad; ``negative`` the other.
        rows: row numbers of the table that have an outcome.
        bad: 1 or 0 per such row.
        unlabelled: rows without an outcome; they are left out.
    """

    name: str
    positive: str
    negative: str
    rows: IntArray
    bad: FloatArray
    unlabelled: int


def require_column(table: pa.Table, name: str, field: str) -> pa.ChunkedArray:
    """The column called ``name``, asked for by ``field`` of the spec.

    Raises:
        InvalidInput: there is none (with the near match), or two have that name.
    """
    found = table.schema.get_all_field_indices(name)
    if len(found) > 1:
        raise InvalidInput("Two columns have this name.", code="ambiguous_column", field=field, value=name)
    if not found:
        raise InvalidInput(
            "The table has no such column.",
            code="unknown_column",
            field=field,
            value=name,
            hint=near_match(name, table.column_names) or "columns: " + ", ".join(table.column_names[:12]),
        )
    return table.column(found[0])


def read_target(table: pa.Table, name: str, positive: str | None) -> Target:
    """The outcome of every labelled row.

    Raises:
        InvalidInput: no such column, not two values, bad value unclear, or too few of either.
    """
    texts = texts_of(require_column(table, name, "target"))
    counts = Counter(text for text in texts if text is not None)
    if len(counts) != 2:
        raise _not_binary(name, counts)
    chosen = _positive(name, counts, positive)
    negative = next(text for text in counts if text != chosen)
    for text in (chosen, negative):
        if counts[text] < FEWEST_BADS:
            raise InvalidInput(
                f"Only {counts[text]} rows have this outcome; at least {FEWEST_BADS} are needed.",
                code="too_few_outcomes",
                field=name,
                value=text,
                hint="gather more outcomes, or use rules until there are enough",
            )
    known = np.asarray([text is not None for text in texts])
    bad = np.asarray([1.0 if text == chosen else 0.0 for text in texts])
    return Target(name, chosen, negative, np.flatnonzero(known), bad[known], int((~known).sum()))


def outcomes_of(table: pa.Table, target: Target) -> FloatArray:
    """Outcome per row of another table with the same target column: 1, 0, or NaN where it is not known.

    Raises:
        InvalidInput: the column is missing, or holds an outcome that training did not know.
    """
    meaning = {target.positive: 1.0, target.negative: 0.0, None: float("nan")}
    texts = texts_of(require_column(table, target.name, "target"))
    for text in texts:
        if text not in meaning:
            raise InvalidInput(
                "An outcome that training did not know.",
                code="unknown_outcome",
                field=target.name,
                value=text,
                hint=f"known: {target.positive} (bad), {target.negative}",
            )
    return np.asarray([meaning[text] for text in texts])


def _not_binary(name: str, counts: Counter[str]) -> InvalidInput:
    shown = ", ".join(f"{text} ({count})" for text, count in counts.most_common(6))
    if not counts:
        return InvalidInput("The target is empty in every row.", code="target_empty", field=name, hint="check --target")
    if len(counts) == 1:
        return InvalidInput(
            "The target has one value only: nothing to learn from.",
            code="one_class",
            field=name,
            value=next(iter(counts)),
            hint="include rows that went the other way",
        )
    return InvalidInput(
        f"The target has {len(counts)} values, not two.",
        code="target_not_binary",
        field=name,
        value=shown,
        hint="derive a column of two values, such as 1 for 90 days past due within 12 months",
    )


def _positive(name: str, counts: Counter[str], positive: str | None) -> str:
    if positive is not None:
        if positive in counts:
            return positive
        raise InvalidInput(
            "The target never has this value.",
            code="unknown_positive",
            field="positive",
            value=positive,
            hint=near_match(positive, counts) or "values: " + ", ".join(counts),
        )
    bad = [text for text in counts if text.strip().lower() in _BAD_WORDS]
    good = [text for text in counts if text.strip().lower() in _GOOD_WORDS]
    # 1 beside 0 is clear; 1 beside 2 is not.
    numbered = {text.strip() for text in counts} & {"0", "1"}
    if len(bad) == 1 and (good or not numbered):
        return bad[0]
    if len(good) == 1 and not bad and not numbered:
        return next(text for text in counts if text != good[0])
    shown = ", ".join(f"{text} ({count} rows)" for text, count in counts.most_common())
    raise InvalidInput(
        "It is not clear which value of the target is the bad outcome.",
        code="positive_unclear",
        field=name,
        value=shown,
        hint=f"say it: --positive {min(counts, key=lambda text: counts[text])}",
    )
