"""Long work beside the decisions: a folder and a process of its own for each run."""

from tandem.learn.runs.child import run_child
from tandem.learn.runs.definitions import Progress, Run, RunError, RunKind
from tandem.learn.runs.files import write_atomically
from tandem.learn.runs.runs import Runs

__all__ = ["Progress", "Run", "RunError", "RunKind", "Runs", "run_child", "write_atomically"]
