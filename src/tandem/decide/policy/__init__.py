"""Policies: a flow of lists, rules, tables, scorecards, models, switches and splits that ends in an outcome."""

from tandem.decide.policy.comparing import diff
from tandem.decide.policy.compiled import CompiledPolicy, compile_policy, validate
from tandem.decide.policy.context import Finding, ModelSignature, PolicyContext
from tandem.decide.policy.describing import in_words
from tandem.decide.policy.examples import Coverage, Difference, ExampleResult, check_examples, coverage
from tandem.decide.policy.parsing import parse_policy
from tandem.decide.policy.results import GivenReason, PolicyResult
from tandem.decide.policy.traces import ConditionTrace, StageTrace, Trace
from tandem.decide.policy.types import Outcome, Policy

__all__ = [
    "CompiledPolicy",
    "ConditionTrace",
    "Coverage",
    "Difference",
    "ExampleResult",
    "Finding",
    "GivenReason",
    "ModelSignature",
    "Outcome",
    "Policy",
    "PolicyContext",
    "PolicyResult",
    "StageTrace",
    "Trace",
    "check_examples",
    "compile_policy",
    "coverage",
    "diff",
    "in_words",
    "parse_policy",
    "validate",
]
