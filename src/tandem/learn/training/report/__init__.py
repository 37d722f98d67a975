"""The report of a training: one HTML file that needs nothing else."""

from __future__ import annotations

from tandem.learn.training.report.page import render_report

__all__ = ["render_report"]
