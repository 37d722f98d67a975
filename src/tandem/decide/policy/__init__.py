"""Policies: a flow of lists, rules, tables, scorecards, models, switches and splits that ends in an outcome."""

from tandem.decide.policy.checking import DraftReport, TableReport, check_draft, compile_draft
from tandem.decide.policy.comparing import diff
from tandem.decide.policy.compiled import CompiledPolicy, check_and_compile, compile_policy, validate
from tandem.decide.policy.context import Finding, ModelSignature, PolicyContext
from tandem.decide.policy.describing import in_words
from tandem.decide.policy.drafting import Draft, read_draft
from tandem.decide.policy.drawing import FlowDrawing, FlowEdge, FlowNode, draw
from tandem.decide.policy.examples import Coverage, Difference, ExampleResult, check_examples, coverage
from tandem.decide.policy.finding_words import finding_in_chinese, hint_in_chinese, near_names, position_of
from tandem.decide.policy.marking import FLAG, GRADE, Marks, marks_in, marks_of
from tandem.decide.policy.origins import Place, adverse_codes, places_of
from tandem.decide.policy.parsing import parse_policy
from tandem.decide.policy.part_words import PartInWords, parts_in_words
from tandem.decide.policy.results import GivenReason, PolicyResult
from tandem.decide.policy.rewriting import WrittenPolicy, read_policy, rewrite_policy
from tandem.decide.policy.settling import Reached, Wanted, what_to_ask
from tandem.decide.policy.splitting import Splitter
from tandem.decide.policy.traces import ConditionTrace, StageTrace, Trace
from tandem.decide.policy.types import Outcome, Policy
from tandem.decide.policy.yaml_text import document_of_text, text_of_document

__all__ = [
    "FLAG",
    "GRADE",
    "CompiledPolicy",
    "ConditionTrace",
    "Coverage",
    "Difference",
    "Draft",
    "DraftReport",
    "ExampleResult",
    "Finding",
    "FlowDrawing",
    "FlowEdge",
    "FlowNode",
    "GivenReason",
    "Marks",
    "ModelSignature",
    "Outcome",
    "PartInWords",
    "Place",
    "Policy",
    "PolicyContext",
    "PolicyResult",
    "Reached",
    "Splitter",
    "StageTrace",
    "TableReport",
    "Trace",
    "Wanted",
    "WrittenPolicy",
    "adverse_codes",
    "check_and_compile",
    "check_draft",
    "check_examples",
    "compile_draft",
    "compile_policy",
    "coverage",
    "diff",
    "document_of_text",
    "draw",
    "finding_in_chinese",
    "hint_in_chinese",
    "in_words",
    "marks_in",
    "marks_of",
    "near_names",
    "parse_policy",
    "parts_in_words",
    "places_of",
    "position_of",
    "read_draft",
    "read_policy",
    "rewrite_policy",
    "text_of_document",
    "validate",
    "what_to_ask",
]
