"""Daily iteration: new mature labels to a champion that is kept, replaced or taken back, every day, with a record of why."""

from tandem.learn.iteration.accepting import accept, acceptable, accepted, author_of
from tandem.learn.iteration.day import DayWork, Setting, Window
from tandem.learn.iteration.desk import LiveModel, ReleaseDesk
from tandem.learn.iteration.evidence import Comparison, compare, reason_to_try
from tandem.learn.iteration.feeds import DayFeed, DaySet, TableFeed
from tandem.learn.iteration.iterations import Iterations, Told, newest_run, read_runs
from tandem.learn.iteration.lake_feed import LakeFeed
from tandem.learn.iteration.lake_trials import LakeTrials
from tandem.learn.iteration.learning import first_model
from tandem.learn.iteration.parsing import parse_iteration, plan_digest
from tandem.learn.iteration.plan import (
    Canary,
    CandidateSpec,
    Envelope,
    Evidence,
    Gates,
    IterationPlan,
    ScheduleSpec,
    Shadow,
    Threshold,
    TrainingWindow,
    Watch,
)
from tandem.learn.iteration.planned import check_iterations, plans_of
from tandem.learn.iteration.record import headline_of, render_log, render_page
from tandem.learn.iteration.splitting import without_canary
from tandem.learn.iteration.states import (
    STEPS,
    Acceptance,
    Deployment,
    Flight,
    IterationState,
    Move,
    Proposal,
    Quarantine,
    Run,
    Step,
    StepRecord,
    Verdict,
)
from tandem.learn.iteration.store import RunStore, read_run
from tandem.learn.iteration.thresholds import Changed, Trials, Tried

__all__ = [
    "STEPS",
    "Acceptance",
    "Canary",
    "CandidateSpec",
    "Changed",
    "Comparison",
    "DayFeed",
    "DaySet",
    "DayWork",
    "Deployment",
    "Envelope",
    "Evidence",
    "Flight",
    "Gates",
    "IterationPlan",
    "IterationState",
    "Iterations",
    "LakeFeed",
    "LakeTrials",
    "LiveModel",
    "Move",
    "Proposal",
    "Quarantine",
    "ReleaseDesk",
    "Run",
    "RunStore",
    "ScheduleSpec",
    "Setting",
    "Shadow",
    "Step",
    "StepRecord",
    "TableFeed",
    "Threshold",
    "Told",
    "TrainingWindow",
    "Trials",
    "Tried",
    "Verdict",
    "Watch",
    "Window",
    "accept",
    "acceptable",
    "accepted",
    "author_of",
    "check_iterations",
    "compare",
    "first_model",
    "headline_of",
    "newest_run",
    "parse_iteration",
    "plan_digest",
    "plans_of",
    "read_run",
    "read_runs",
    "reason_to_try",
    "render_log",
    "render_page",
    "without_canary",
]
