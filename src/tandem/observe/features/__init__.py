"""Features: what is known of an entity as of a moment, computed by one kernel wherever it runs."""

from tandem.observe.features.batch import compute_batch
from tandem.observe.features.bootstrap import bootstrap_snapshot
from tandem.observe.features.compiling import compile_plan
from tandem.observe.features.costs import FeatureCost, Work, cost_of
from tandem.observe.features.definitions import Aggregate, Base, BaseKind, Feature, FeatureSet, window_text
from tandem.observe.features.filters import TypeFilters, parse_filter
from tandem.observe.features.online import MISSING_REASONS, OnlineFeatures, compiled_module
from tandem.observe.features.plan import FeaturePlan
from tandem.observe.features.readers import features_by_field, fields_of_feature
from tandem.observe.features.reading import parse_feature_set
from tandem.observe.features.ready import ReadySet, ready_sets
from tandem.observe.features.sampling import KeySample
from tandem.observe.features.templates import library_document, library_names, template_parameters
from tandem.observe.features.units import Unit, key_of, units_of

__all__ = [
    "MISSING_REASONS",
    "Aggregate",
    "Base",
    "BaseKind",
    "Feature",
    "FeatureCost",
    "FeaturePlan",
    "FeatureSet",
    "KeySample",
    "OnlineFeatures",
    "ReadySet",
    "TypeFilters",
    "Unit",
    "Work",
    "bootstrap_snapshot",
    "compile_plan",
    "compiled_module",
    "compute_batch",
    "cost_of",
    "features_by_field",
    "fields_of_feature",
    "key_of",
    "library_document",
    "library_names",
    "parse_feature_set",
    "parse_filter",
    "ready_sets",
    "template_parameters",
    "units_of",
    "window_text",
]
