"""Training without code: a table given, looked at, trained on in a process of its own, and what it came to."""

from tandem.learn.training_runs.asking import Explain, Goal, TrainingAsked, spec_of, usual_families
from tandem.learn.training_runs.comparing import LiveComparison, LiveModel
from tandem.learn.training_runs.desk import TrainingDesk
from tandem.learn.training_runs.looks import LookRun, LookRuns
from tandem.learn.training_runs.reporting import ReportLanguage, TrainingReport
from tandem.learn.training_runs.runs import TrainingDraft, TrainingRun, TrainingRuns
from tandem.learn.training_runs.segments import Segment, SegmentGroup
from tandem.learn.training_runs.sources import KeptSet, Source, UploadedFile, check_said
from tandem.learn.training_runs.uploads import FILE_BYTES_MAX, FILE_KINDS, PIECE_BYTES_MAX, Upload, Uploads

__all__ = [
    "FILE_BYTES_MAX",
    "FILE_KINDS",
    "PIECE_BYTES_MAX",
    "Explain",
    "Goal",
    "KeptSet",
    "LiveComparison",
    "LiveModel",
    "LookRun",
    "LookRuns",
    "ReportLanguage",
    "Segment",
    "SegmentGroup",
    "Source",
    "TrainingAsked",
    "TrainingDesk",
    "TrainingDraft",
    "TrainingReport",
    "TrainingRun",
    "TrainingRuns",
    "Upload",
    "UploadedFile",
    "Uploads",
    "check_said",
    "spec_of",
    "usual_families",
]
