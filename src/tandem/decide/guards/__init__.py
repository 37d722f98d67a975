"""Guard rails: limits a release must keep within, judged on what it decides."""

from tandem.decide.guards.judging import Breach, Watched
from tandem.decide.guards.limits import Band, GuardRail, parse_guard

__all__ = ["Band", "Breach", "GuardRail", "Watched", "parse_guard"]
