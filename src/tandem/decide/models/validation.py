"""What must hold inside a document before it may score; every fault is a ``DefinitionError`` that names its field.

The types of the fields have been checked when the document was read (``documents``, by msgspec); here are the lengths,
indices, order, finiteness and limits between them.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence

from tandem.decide.models.additive_validation import check_additive
from tandem.decide.models.documents import (
    FORMAT,
    Additive,
    Blend,
    Calibration,
    GruDocument,
    IsotonicCalibration,
    Linear,
    Metadata,
    ModelDocument,
    PlattCalibration,
    SageDocument,
    Scaling,
    Scorecard,
    TabularNetwork,
    Trees,
)
from tandem.decide.models.faults import fail, require, require_finite, require_text, require_weight
from tandem.decide.models.gru_validation import check_gru
from tandem.decide.models.limits import MAX_BINS, MAX_ENTRIES, MAX_MEMBERS, MAX_WEIGHT
from tandem.decide.models.linear_validation import check_linear
from tandem.decide.models.network_validation import check_network
from tandem.decide.models.scorecard_validation import check_scorecard
from tandem.decide.models.tabular_validation import check_tabular
from tandem.decide.models.tree_validation import check_trees

__all__ = ["check_document"]

_COUNT_MAX = 2**53


def check_document(document: ModelDocument) -> None:
    """Return when ``document`` holds together.

    Raises:
        DefinitionError: it does not; ``field`` says where.
    """
    if document.format != FORMAT:
        fail("The model is written in another version of the format.", "format", document.format, code="model_format")
    _check_metadata(document.metadata)
    match document:
        case Scorecard():
            check_scorecard(document)
            _check_calibration(document.calibration, "calibration")
            _check_scaling(document.scaling)
        case Additive():
            check_additive(document)
            _check_calibration(document.calibration, "calibration")
            _check_scaling(document.scaling)
        case Linear():
            check_linear(document)
            _check_calibration(document.calibration, "calibration")
            _check_scaling(document.scaling)
        case Trees():
            check_trees(document)
            _check_calibration(document.calibration, "calibration")
            _check_scaling(document.scaling)
        case TabularNetwork():
            check_tabular(document)
            _check_calibration(document.calibration, "calibration")
            _check_scaling(document.scaling)
        case Blend():
            _check_blend(document)
        case SageDocument():
            check_network(document)
            _check_calibration(document.calibration, "calibration")
            _check_scaling(document.scaling)
        case GruDocument():
            check_gru(document)
            _check_calibration(document.calibration, "calibration")
            _check_scaling(document.scaling)


def _check_blend(document: Blend) -> None:
    require(1 <= len(document.members) <= MAX_MEMBERS, "A blend has 1 to 16 members.", "members")
    types: dict[str, str] = {}
    reasons: dict[str, str | None] = {}
    for index, member in enumerate(document.members):
        at = f"members[{index}]"
        require_finite(member.weight, f"{at}.weight")
        require(0.0 < member.weight <= 1.0, "Weights of a blend are positive, at most 1.", f"{at}.weight")
        require(
            not isinstance(member.model.calibration, IsotonicCalibration),
            "A member of a blend is calibrated by a straight line or not at all.",
            f"{at}.model.calibration",
        )
        try:
            check_document(member.model)
        except Exception as error:
            _prefix(error, f"{at}.model.")
            raise
        for one in member.model.inputs:
            same = types.setdefault(one.name, one.type) == one.type
            require(same, "Members read one input with two types.", f"{at}.model.inputs", one.name)
            same = reasons.setdefault(one.name, one.reason) == one.reason
            require(same, "Members give one input two reason codes.", f"{at}.model.inputs", one.name)
    total = math.fsum(member.weight for member in document.members)
    require(abs(total - 1.0) <= 1e-9, "The weights of a blend sum to 1.", "members", total)
    _check_calibration(document.calibration, "calibration")
    _check_scaling(document.scaling)


def _prefix(error: Exception, prefix: str) -> None:
    field = getattr(error, "field", None)
    if isinstance(field, str):
        error.field = prefix + field  # type: ignore[attr-defined]


def _check_metadata(metadata: Metadata) -> None:
    require_text(metadata.name, "metadata.name", empty=False)
    require_text(metadata.target, "metadata.target", empty=False)
    require_text(metadata.adverse, "metadata.adverse")
    require_text(metadata.note, "metadata.note")
    for field in ("data_digest", "features_digest"):
        digest = getattr(metadata, field)
        if digest is not None:
            require_text(digest, f"metadata.{field}", empty=False)
    for field in ("rows", "adverse_rows"):
        require(0 <= getattr(metadata, field) <= _COUNT_MAX, "A count is not negative.", f"metadata.{field}")
    require(metadata.adverse_rows <= metadata.rows, "No more adverse rows than rows.", "metadata.adverse_rows")
    if metadata.seed is not None:
        require(abs(metadata.seed) < 2**63, "A seed has at most 63 bits.", "metadata.seed")
    _check_entries(metadata.environment, "metadata.environment")
    _check_entries(metadata.parameters, "metadata.parameters")
    _check_entries(metadata.metrics, "metadata.metrics")


def _check_entries(entries: Mapping[str, str] | Mapping[str, float], field: str) -> None:
    require(len(entries) <= MAX_ENTRIES, "Too many entries.", field, len(entries))
    for key, value in entries.items():
        require_text(key, field)
        if isinstance(value, str):
            require_text(value, f"{field}.{key}")
        else:
            require_finite(value, f"{field}.{key}")


def _check_calibration(calibration: Calibration, field: str) -> None:
    if isinstance(calibration, PlattCalibration):
        require_weight(calibration.slope, f"{field}.slope")
        require_weight(calibration.intercept, f"{field}.intercept")
        require(calibration.slope > 0.0, "A calibration may not turn the order around.", f"{field}.slope")
    if isinstance(calibration, IsotonicCalibration):
        margins, probabilities = calibration.margins, calibration.probabilities
        require(1 <= len(margins) <= 10 * MAX_BINS, "A table has 1 to 10,000 points.", f"{field}.margins")
        require(len(margins) == len(probabilities), "One probability per margin.", f"{field}.probabilities")
        _check_rising(margins, f"{field}.margins", strictly=True, limit=MAX_WEIGHT * MAX_WEIGHT)
        _check_rising(probabilities, f"{field}.probabilities", strictly=False, limit=1.0)
        require(probabilities[0] >= 0.0, "A probability is within [0, 1].", f"{field}.probabilities[0]")


def _check_rising(values: Sequence[float], field: str, *, strictly: bool, limit: float) -> None:
    for index, value in enumerate(values):
        require_finite(value, f"{field}[{index}]")
        require(abs(value) <= limit, "Outside its range.", f"{field}[{index}]", value)
    for index, (low, high) in enumerate(_neighbours(values)):
        require(low < high or (not strictly and low == high), "Values must rise.", f"{field}[{index + 1}]", high)


def _neighbours(values: Sequence[float]) -> Iterable[tuple[float, float]]:
    return itertools.pairwise(values)


def _check_scaling(scaling: Scaling | None) -> None:
    if scaling is None:
        return
    for field in ("base_points", "base_odds", "pdo"):
        require_weight(getattr(scaling, field), f"scaling.{field}")
    require(scaling.pdo > 0.0, "Points to double the odds are positive.", "scaling.pdo")
    require(scaling.base_odds >= 1.0 / MAX_WEIGHT, "Base odds are positive.", "scaling.base_odds")
    require(scaling.decimals is None or 0 <= scaling.decimals <= 6, "0 to 6 decimals.", "scaling.decimals")
