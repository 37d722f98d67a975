"""Labels: what really happened, when it became known, and from when on it is trusted."""

from tandem.learn.labels.arrival import ArrivalCurve, ArrivalPoint, arrival_curve
from tandem.learn.labels.conditions import LabelConditions, Telling, conditions_of
from tandem.learn.labels.counting import ArrivalBy, LabelMonth, arrival_of_labels, months_of_labels
from tandem.learn.labels.definitions import EarlySign, Exclusion, OutcomeDefinition, parse_outcome
from tandem.learn.labels.many import LABEL_COLUMNS, decided_rows, label_rows, told_rows
from tandem.learn.labels.maturity import Asked, DecidedEvent, Label, LabelState, Terms, Told, label_of
from tandem.learn.labels.releasing import check_outcomes, label_named, labels_of, outcome_for
from tandem.learn.labels.rulings import InvestigatorNoise, Ruling, ruling_noise, rulings_of

__all__ = [
    "LABEL_COLUMNS",
    "ArrivalBy",
    "ArrivalCurve",
    "ArrivalPoint",
    "Asked",
    "DecidedEvent",
    "EarlySign",
    "Exclusion",
    "InvestigatorNoise",
    "Label",
    "LabelConditions",
    "LabelMonth",
    "LabelState",
    "OutcomeDefinition",
    "Ruling",
    "Telling",
    "Terms",
    "Told",
    "arrival_curve",
    "arrival_of_labels",
    "check_outcomes",
    "conditions_of",
    "decided_rows",
    "label_named",
    "label_of",
    "label_rows",
    "labels_of",
    "months_of_labels",
    "outcome_for",
    "parse_outcome",
    "ruling_noise",
    "rulings_of",
    "told_rows",
]
