"""The portfolio twin: SIMULATED customers whose bills, payments and arrears are calibrated on real tables."""

from tandem.learn.simulator.portfolio.assumptions import Assumed, Dials, Level, assumptions, dials
from tandem.learn.simulator.portfolio.calibrating import TABLES, calibrate, count, encoded
from tandem.learn.simulator.portfolio.calibration import (
    BUCKETS,
    Calibration,
    Figure,
    Quantiles,
    calibration,
    read_calibration,
)
from tandem.learn.simulator.portfolio.contacts import (
    CHANNELS,
    HOURS,
    OFFERS,
    STEPS,
    Allowance,
    BoolArray,
    Contacts,
    Governor,
    Nobody,
    Seen,
    Strategy,
)
from tandem.learn.simulator.portfolio.exploring import Explorer
from tandem.learn.simulator.portfolio.people import MONTH, People, PortfolioWorld, draw_people
from tandem.learn.simulator.portfolio.portfolio import GONE_AFTER, Book, Portfolio
from tandem.learn.simulator.portfolio.responding import lift_of, reach_of
from tandem.learn.simulator.portfolio.running import Arm, Drawn, Log, deal, run
from tandem.learn.simulator.portfolio.usual import USUAL, UsualLadder

__all__ = [
    "BUCKETS",
    "CHANNELS",
    "GONE_AFTER",
    "HOURS",
    "MONTH",
    "OFFERS",
    "STEPS",
    "TABLES",
    "USUAL",
    "Allowance",
    "Arm",
    "Assumed",
    "Book",
    "BoolArray",
    "Calibration",
    "Contacts",
    "Dials",
    "Drawn",
    "Explorer",
    "Figure",
    "Governor",
    "Level",
    "Log",
    "Nobody",
    "People",
    "Portfolio",
    "PortfolioWorld",
    "Quantiles",
    "Seen",
    "Strategy",
    "UsualLadder",
    "assumptions",
    "calibrate",
    "calibration",
    "count",
    "deal",
    "dials",
    "draw_people",
    "encoded",
    "lift_of",
    "reach_of",
    "read_calibration",
    "run",
]
