"""Connectors: third-party scores, asked within a budget, kept as long as they are valid, never in a decision's way."""

from tandem.decide.connectors.accounting import FaultSeen, Figures
from tandem.decide.connectors.definitions import Connector, parse_connector
from tandem.decide.connectors.desk import ConnectorDesk
from tandem.decide.connectors.fetching import Fetch, Fetched, HttpFetch
from tandem.decide.connectors.opening import open_connectors
from tandem.decide.connectors.ordering import ANSWERS_TRIED, Candidate, in_order, value_of_asking
from tandem.decide.connectors.requests import masked, request_of, without_facts
from tandem.decide.connectors.store import CONNECTORS_FILE, KeptAnswers
from tandem.decide.connectors.types import Answered, Asked, Fault, Mode, Request, Source

__all__ = [
    "ANSWERS_TRIED",
    "CONNECTORS_FILE",
    "Answered",
    "Asked",
    "Candidate",
    "Connector",
    "ConnectorDesk",
    "Fault",
    "FaultSeen",
    "Fetch",
    "Fetched",
    "Figures",
    "HttpFetch",
    "KeptAnswers",
    "Mode",
    "Request",
    "Source",
    "in_order",
    "masked",
    "open_connectors",
    "parse_connector",
    "request_of",
    "value_of_asking",
    "without_facts",
]
