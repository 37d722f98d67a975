"""The whitelist: every kind of sqlglot node that the language knows."""

from __future__ import annotations

from typing import Final

from tandem.kernel.expressions.binding import Form
from tandem.kernel.expressions.forms.casts import CASTS
from tandem.kernel.expressions.forms.constants import CONSTANTS
from tandem.kernel.expressions.forms.logic import LOGIC
from tandem.kernel.expressions.forms.numbers import NUMBERS
from tandem.kernel.expressions.forms.texts import TEXTS
from tandem.kernel.expressions.forms.times import TIMES

__all__ = ["FORMS"]

FORMS: Final[dict[type, Form]] = CONSTANTS | LOGIC | NUMBERS | TEXTS | TIMES | CASTS
