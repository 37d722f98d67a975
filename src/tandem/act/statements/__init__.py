"""What an account is told of itself: statements of a period, and what settles it on a day."""

from tandem.act.statements.errors import NotAPeriod
from tandem.act.statements.history import AccountHistories, Heard
from tandem.act.statements.payoff import PayoffQuote, PlanPayoff, payoff_of
from tandem.act.statements.periods import months_of
from tandem.act.statements.statement import statement_of
from tandem.act.statements.types import Balances, Movement, OpenLine, PlanStatement, Statement, TakenBack, What
from tandem.act.statements.writing import statement_csv

__all__ = [
    "AccountHistories",
    "Balances",
    "Heard",
    "Movement",
    "NotAPeriod",
    "OpenLine",
    "PayoffQuote",
    "PlanPayoff",
    "PlanStatement",
    "Statement",
    "TakenBack",
    "What",
    "months_of",
    "payoff_of",
    "statement_csv",
    "statement_of",
]
