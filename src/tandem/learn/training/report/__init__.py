"""The report of a training: one HTML file that needs nothing else."""

from __future__ import annotations

from tandem.learn.training.report.page import render_report
from tandem.learn.training.report.words import both

__all__ = ["both", "render_report"]
