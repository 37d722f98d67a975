"""Models: documents that are checked on load, scored one row at a time, and explained exactly."""

from tandem.decide.models.calibration import log_odds, sigmoid
from tandem.decide.models.catalogue import Reason, ReasonCatalogue, Wording, check_reasons, read_catalogue
from tandem.decide.models.describing import (
    BinRow,
    CardInput,
    InputDescription,
    ModelDescription,
    Part,
    describe_model,
)
from tandem.decide.models.documents import (
    FORMAT,
    Bin,
    Blend,
    Calibration,
    IsotonicCalibration,
    Member,
    Metadata,
    ModelDocument,
    ModelInput,
    NoCalibration,
    PlattCalibration,
    Scaling,
    Scorecard,
    ScorecardInput,
    SpecialBin,
    Tree,
    Trees,
)
from tandem.decide.models.encoding import category_text, number_of
from tandem.decide.models.kernels import COMPILED
from tandem.decide.models.lightgbm_import import from_lightgbm
from tandem.decide.models.loading import encode_document, load_model, read_document
from tandem.decide.models.model import Model, Score
from tandem.decide.models.monotonicity import MonotoneViolation, monotone_violations
from tandem.decide.models.points import base_points, bin_points, margin_of_points, points_of
from tandem.decide.models.reasons import PRINCIPAL_REASONS, Contribution
from tandem.decide.models.signing import Signature, SignedModel, document_digest, key_id, sign, verify
from tandem.decide.models.validation import check_document

__all__ = [
    "COMPILED",
    "FORMAT",
    "PRINCIPAL_REASONS",
    "Bin",
    "BinRow",
    "Blend",
    "Calibration",
    "CardInput",
    "Contribution",
    "InputDescription",
    "IsotonicCalibration",
    "Member",
    "Metadata",
    "Model",
    "ModelDescription",
    "ModelDocument",
    "ModelInput",
    "MonotoneViolation",
    "NoCalibration",
    "Part",
    "PlattCalibration",
    "Reason",
    "ReasonCatalogue",
    "Scaling",
    "Score",
    "Scorecard",
    "ScorecardInput",
    "Signature",
    "SignedModel",
    "SpecialBin",
    "Tree",
    "Trees",
    "Wording",
    "base_points",
    "bin_points",
    "category_text",
    "check_document",
    "check_reasons",
    "describe_model",
    "document_digest",
    "encode_document",
    "from_lightgbm",
    "key_id",
    "load_model",
    "log_odds",
    "margin_of_points",
    "monotone_violations",
    "number_of",
    "points_of",
    "read_catalogue",
    "read_document",
    "sigmoid",
    "sign",
    "verify",
]
