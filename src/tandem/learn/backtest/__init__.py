"""Backtests: any release, or a draft in it, over any stretch of history, as it was known then."""

from tandem.learn.backtest.asked import LIVE, RECORDED, BacktestAsked, Draft, Price, RuleSweep, SideAsked, checked_asked
from tandem.learn.backtest.backtesting import Progress, run_backtest
from tandem.learn.backtest.counting import money_sum
from tandem.learn.backtest.lens import Lens, Seen
from tandem.learn.backtest.preparing import checked_question
from tandem.learn.backtest.report import BacktestReport, MoneySum
from tandem.learn.backtest.rule_editing import condition_of, condition_with, numbers_in, signed
from tandem.learn.backtest.runs import BacktestRun, BacktestRuns
from tandem.learn.backtest.sources import Sources, lake_for

__all__ = [
    "LIVE",
    "RECORDED",
    "BacktestAsked",
    "BacktestReport",
    "BacktestRun",
    "BacktestRuns",
    "Draft",
    "Lens",
    "MoneySum",
    "Price",
    "Progress",
    "RuleSweep",
    "Seen",
    "SideAsked",
    "Sources",
    "checked_asked",
    "checked_question",
    "condition_of",
    "condition_with",
    "lake_for",
    "money_sum",
    "numbers_in",
    "run_backtest",
    "signed",
]
