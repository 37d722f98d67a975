"""Decisions: a pure function of facts and release, and the one process that takes them, durably, and proves them."""

from tandem.decide.decisions.announcing import Changed
from tandem.decide.decisions.answering import Decided, facts_again, facts_of, judge
from tandem.decide.decisions.archive import EVERY_DECISION, PAGE_MAX, ROWS_MAX, DecisionArchive, DecisionsFound
from tandem.decide.decisions.arming import measured_columns
from tandem.decide.decisions.beside import Beside, open_beside
from tandem.decide.decisions.counterfactual import Counterfactual, Counterfactuals, Move, counterfactuals_of
from tandem.decide.decisions.gathering import Gathering
from tandem.decide.decisions.hits import LOOK_BACK_MAX, Hit, Hits, MemberHits, hits_of
from tandem.decide.decisions.index import WantedDecisions
from tandem.decide.decisions.known import KnownPlan
from tandem.decide.decisions.list_history import EntryChange, ListChanges, entry_history, list_changes
from tandem.decide.decisions.live import ARTEFACT_FOLDERS, LiveRelease, assemble, document_of
from tandem.decide.decisions.live_reading import LiveReading
from tandem.decide.decisions.opening import open_journal, open_process
from tandem.decide.decisions.process import DecisionProcess, Deliver
from tandem.decide.decisions.recorded import RecordedInputs, recorded_inputs
from tandem.decide.decisions.records import DecisionBody, decode_body, decode_personal, personal_of
from tandem.decide.decisions.replaying import Difference, Replayed
from tandem.decide.decisions.samples import SAMPLES_MAX, Sample, Samples
from tandem.decide.decisions.scored import RecordedScores, ScoreBand, recorded_scores, stages_calling
from tandem.decide.decisions.self_check import FeatureCheck, FeatureMismatch, check_features
from tandem.decide.decisions.snapshots import Shortcut, Snapshot, SnapshotFolder
from tandem.decide.decisions.state import OnlineState, event_of
from tandem.decide.decisions.telling import Told, WrittenDecision, letter_about
from tandem.decide.decisions.trying import Arms, Trial
from tandem.decide.decisions.types import Answer, AnswerReason, Facts, Given, OnAnswer, Personal, Trail

__all__ = [
    "ARTEFACT_FOLDERS",
    "EVERY_DECISION",
    "LOOK_BACK_MAX",
    "PAGE_MAX",
    "ROWS_MAX",
    "SAMPLES_MAX",
    "Answer",
    "AnswerReason",
    "Arms",
    "Beside",
    "Changed",
    "Counterfactual",
    "Counterfactuals",
    "Decided",
    "DecisionArchive",
    "DecisionBody",
    "DecisionProcess",
    "DecisionsFound",
    "Deliver",
    "Difference",
    "EntryChange",
    "Facts",
    "FeatureCheck",
    "FeatureMismatch",
    "Gathering",
    "Given",
    "Hit",
    "Hits",
    "KnownPlan",
    "ListChanges",
    "LiveReading",
    "LiveRelease",
    "MemberHits",
    "Move",
    "OnAnswer",
    "OnlineState",
    "Personal",
    "RecordedInputs",
    "RecordedScores",
    "Replayed",
    "Sample",
    "Samples",
    "ScoreBand",
    "Shortcut",
    "Snapshot",
    "SnapshotFolder",
    "Told",
    "Trail",
    "Trial",
    "WantedDecisions",
    "WrittenDecision",
    "assemble",
    "check_features",
    "counterfactuals_of",
    "decode_body",
    "decode_personal",
    "document_of",
    "entry_history",
    "event_of",
    "facts_again",
    "facts_of",
    "hits_of",
    "judge",
    "letter_about",
    "list_changes",
    "measured_columns",
    "open_beside",
    "open_journal",
    "open_process",
    "personal_of",
    "recorded_inputs",
    "recorded_scores",
    "stages_calling",
]
