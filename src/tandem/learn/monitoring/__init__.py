"""Monitoring: how live models do, with intervals and limits that know how many rows there were; and what is live."""

from tandem.learn.monitoring.daily import DailyWatch
from tandem.learn.monitoring.desk import Looked, MonitoringDesk
from tandem.learn.monitoring.estimating import expected_auc, expected_bad_rate
from tandem.learn.monitoring.figures import Figure, MonitorLimits, figures_of
from tandem.learn.monitoring.inventory import InventoryEntry, take_model_inventory
from tandem.learn.monitoring.looking import (
    LabelAsked,
    LabelReport,
    ModelAsked,
    ModelReport,
    look_at_label,
    look_at_model,
)
from tandem.learn.monitoring.reading import (
    comparable_inputs,
    hidden_inputs,
    read_watched,
    scored_event,
    segment_fields,
)
from tandem.learn.monitoring.rows import InputValues, WatchedRows
from tandem.learn.monitoring.watching import Alert, GroupFigures, Watch, watch

__all__ = [
    "Alert",
    "DailyWatch",
    "Figure",
    "GroupFigures",
    "InputValues",
    "InventoryEntry",
    "LabelAsked",
    "LabelReport",
    "Looked",
    "ModelAsked",
    "ModelReport",
    "MonitorLimits",
    "MonitoringDesk",
    "Watch",
    "WatchedRows",
    "comparable_inputs",
    "expected_auc",
    "expected_bad_rate",
    "figures_of",
    "hidden_inputs",
    "look_at_label",
    "look_at_model",
    "read_watched",
    "scored_event",
    "segment_fields",
    "take_model_inventory",
    "watch",
]
