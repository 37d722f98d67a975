"""Moving limits: which step each account's limit takes, chosen together, within what is affordable, fair and agreed."""

from tandem.act.limits.changes import Line, LineState, ReviewId, Totals
from tandem.act.limits.choosing import Chosen, Groups, PortfolioBounds, choose, grouped, one_by_one
from tandem.act.limits.desk import LimitDesk
from tandem.act.limits.effect import EffectReport
from tandem.act.limits.errors import NotOpen
from tandem.act.limits.facts import FACTS
from tandem.act.limits.folding import Review, ReviewLine, Reviews
from tandem.act.limits.forecasting import Behaviour, Forecast, forecast
from tandem.act.limits.guarding import Arms, allowed_steps, limits_after
from tandem.act.limits.reading import parse_limit_strategy
from tandem.act.limits.strategies import InForce, Strategies
from tandem.act.limits.types import Binding, Economics, LimitStrategy, Response, SolverFacts, Step

__all__ = [
    "FACTS",
    "Arms",
    "Behaviour",
    "Binding",
    "Chosen",
    "Economics",
    "EffectReport",
    "Forecast",
    "Groups",
    "InForce",
    "LimitDesk",
    "LimitStrategy",
    "Line",
    "LineState",
    "NotOpen",
    "PortfolioBounds",
    "Response",
    "Review",
    "ReviewId",
    "ReviewLine",
    "Reviews",
    "SolverFacts",
    "Step",
    "Strategies",
    "Totals",
    "allowed_steps",
    "choose",
    "forecast",
    "grouped",
    "limits_after",
    "one_by_one",
    "parse_limit_strategy",
]
