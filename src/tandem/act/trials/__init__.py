"""What is tried by lot: who is held out, what a model learnt from it expects, and what it did, with intervals."""

from tandem.act.trials.comparing import Figures, Measured, compared
from tandem.act.trials.expecting import RESPONSE_TARGET, Expecting, check_columns
from tandem.act.trials.lots import Arm, Lots, drawn

__all__ = ["RESPONSE_TARGET", "Arm", "Expecting", "Figures", "Lots", "Measured", "check_columns", "compared", "drawn"]
