"""Moving limits: which step each account's limit takes, chosen together, within what is affordable, fair and agreed."""

from tandem.act.limits.choosing import Chosen, Groups, PortfolioBounds, choose, grouped, one_by_one
from tandem.act.limits.forecasting import Behaviour, Forecast, forecast
from tandem.act.limits.types import Economics, Response

__all__ = [
    "Behaviour",
    "Chosen",
    "Economics",
    "Forecast",
    "Groups",
    "PortfolioBounds",
    "Response",
    "choose",
    "forecast",
    "grouped",
    "one_by_one",
]
