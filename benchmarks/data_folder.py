"""Where the public sets of data are that benchmarks read, and what to say of one that is not here.

A set is looked for below the folder that ``TANDEM_DATA_DIR`` names and then among those that are bundled (``examples/data``).
Nothing else is looked at, so what a benchmark measures on does not depend on where the repository happens to lie. Most sets may
not be redistributed: whoever wants their figures fetches them from where they are published and names the folder.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tandem.kernel.errors import NotFound

__all__ = ["PUBLISHED", "VARIABLE", "absent", "data_at", "data_folders", "data_if_here"]

VARIABLE: Final = "TANDEM_DATA_DIR"
"""The environment variable that names the folder; below it a folder for each set."""

PUBLISHED: Final[Mapping[str, str]] = {
    "card_approval_panel": "https://www.kaggle.com/datasets/rikdifos/credit-card-approval-prediction",
    "fraud_handbook_sim": "https://github.com/Fraud-Detection-Handbook/simulated-data-transformed",
    "german_credit": "https://archive.ics.uci.edu/dataset/144",
    "gmsc": "https://www.kaggle.com/c/GiveMeSomeCredit",
    "hmeq": "http://www.creditriskanalytics.net",
    "ibm_late_payment": "https://www.kaggle.com/datasets/hhenry/finance-factoring-ibm-late-payment-histories",
    "lgd_baesens": "http://www.creditriskanalytics.net",
    "modeldata_credit": "https://cran.r-project.org/package=modeldata",
    "polish_bankruptcy": "https://archive.ics.uci.edu/dataset/365",
    "s_ffsd": "https://github.com/AI4Risk/antifraud",
    "taiwan_credit_default": "https://archive.ics.uci.edu/dataset/350",
    "tolokers": "https://github.com/yandex-research/heterophilous-graphs",
}
"""Each set by the name of its folder, and where it is published."""

_BUNDLED: Final = Path(__file__).parents[1] / "examples" / "data"


def data_folders() -> list[Path]:
    """The folders that are looked through, in this order."""
    named = os.environ.get(VARIABLE)
    return [*([Path(named)] if named else []), _BUNDLED]


def data_if_here(path: str) -> Path | None:
    """The set, or the file of it, that ``path`` names (``hmeq/hmeq.csv``); None where it is not here."""
    return next((found for folder in data_folders() if (found := folder / path).exists()), None)


def data_at(path: str) -> Path:
    """The set, or the file of it, that ``path`` names.

    Raises:
        NotFound: it is in none of the folders; says where it is published.
    """
    found = data_if_here(path)
    if found is None:
        raise NotFound(absent(path), code="no_data_set", field=VARIABLE, value=os.environ.get(VARIABLE), hint=_HINT)
    return found


def absent(path: str) -> str:
    """In one sentence that ``path`` is not here and what to do about it: the protocol of a figure that was not measured."""
    return (
        f"{path} is not here: set {VARIABLE} to a folder with it, as published at {PUBLISHED[path.partition('/')[0]]}"
    )


_HINT: Final = f"Fetch the set, put it into a folder of its name, and set {VARIABLE} to the folder above it."
