"""Cutting columns into bins that differ in risk: exact, monotone where that is true, honest in small samples."""

from __future__ import annotations

from tandem.learn.training.arrays import FloatArray
from tandem.learn.training.binning.bins import BinCounts, Binning, weight_of_evidence
from tandem.learn.training.binning.edits import BinEdit, FixedBins, bin_fixed, edited
from tandem.learn.training.binning.levels import bin_levels
from tandem.learn.training.binning.numeric import bin_numeric, information_value
from tandem.learn.training.binning.segments import Segmentation, Trend, segment
from tandem.learn.training.binning.settings import BinningSettings
from tandem.learn.training.frame import Column, NumericColumn

__all__ = [
    "BinCounts",
    "BinEdit",
    "Binning",
    "BinningSettings",
    "FixedBins",
    "Segmentation",
    "Trend",
    "bin_column",
    "bin_fixed",
    "bin_levels",
    "bin_numeric",
    "edited",
    "information_value",
    "segment",
    "weight_of_evidence",
]


def bin_column(column: Column, bad: FloatArray, settings: BinningSettings) -> Binning:
    """The best binning of one column."""
    if isinstance(column, NumericColumn):
        return bin_numeric(column, bad, settings, column.specials)
    return bin_levels(column, bad, settings)
