"""Uplift: what an action changes, learnt from actions drawn at random, and what choosing by it would have been worth."""

from tandem.learn.uplift.documents import TARGET, response_document
from tandem.learn.uplift.fitting import Response, fit_response
from tandem.learn.uplift.recorded import Recorded, contacts_tried, offers_tried
from tandem.learn.uplift.types import NOTHING, BoolArray, FloatArray, IntArray, Offered, Tried
from tandem.learn.uplift.valuing import Valued, value_of

__all__ = [
    "NOTHING",
    "TARGET",
    "BoolArray",
    "FloatArray",
    "IntArray",
    "Offered",
    "Recorded",
    "Response",
    "Tried",
    "Valued",
    "contacts_tried",
    "fit_response",
    "offers_tried",
    "response_document",
    "value_of",
]
