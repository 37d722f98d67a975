"""`tandem model train --rejects METHOD`: those who were declined, reckoned with as somebody chose, beside the other ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from tandem.faces.cli.commands.material import Material
from tandem.faces.cli.showing import say, table
from tandem.kernel.errors import InvalidInput

if TYPE_CHECKING:
    import pyarrow as pa
    from markupsafe import Markup

    from tandem.learn.rejects import RejectComparison, RejectMethod

__all__ = ["Reckoned", "reckon"]


@dataclass(frozen=True)
class Reckoned:
    """What to train on, and how every method did.

    Attributes:
        rows: with the declined as the chosen method supposes.
        section: for the report.
    """

    rows: pa.Table
    comparison: RejectComparison
    chosen: RejectMethod

    @property
    def section(self) -> Markup:
        """The comparison, for the report."""
        from tandem.learn.rejects import report_section

        return report_section(self.comparison, self.chosen)

    @property
    def told(self) -> dict[str, Any]:
        """The comparison, for programs."""
        return {"rejects": {"chosen": str(self.chosen), **msgspec.to_builtins(self.comparison)}}

    def show(self) -> None:
        """The comparison, for people."""
        rows = []
        for one in self.comparison.methods:
            mark = "*" if one.method == self.chosen else ""
            if one.why_not:
                rows.append((f"{one.method}{mark}", "", "", "", "", one.why_not))
                continue
            seen = "" if one.explored_rate is None else f"{one.explored_rate:.1%} / {one.explored_seen:.1%}"
            rows.append((f"{one.method}{mark}", f"{one.auc:.4f}", f"{one.ratio:.2f}", f"{one.declined_rate:.1%}", seen, one.assumes))  # fmt: skip
        counts = self.comparison
        title = f"{counts.declined:,} declined beside {counts.labelled:,} with an outcome ({counts.explored:,} explored); * chosen"
        columns = ["", "AUC accepted", "expected/seen", "declined bad", "explored", "takes for granted"]
        table(title, columns, rows, right=columns[1:5])
        say("No figure says how the declined would really have turned out, but for those whom chance let through.")


def reckon(material: Material, method: str, factor: float, seed: int) -> Reckoned:
    """Compare every method on the training set, and complete its rows as ``method`` supposes.

    Raises:
        InvalidInput: no such method, it cannot be done, or there is no training set.
    """
    from tandem.learn.rejects import RejectSpec, compare_reject_inference, completed, method_named

    chosen = method_named(method)
    if material.manifest is None or material.whole is None or material.declined is None:
        raise InvalidInput(
            "Who was declined stands in a training set.", code="no_dataset", field="rejects", value=method,
            hint="tandem dataset build NAME, and then --dataset NAME --rejects METHOD",
        )  # fmt: skip
    labelled, test = material.whole
    compared = compare_reject_inference(
        labelled,
        material.declined,
        test,
        RejectSpec(factor=factor, seed=seed),
        target=material.target,
        inputs=material.manifest.inputs,
        propensity="decision_propensity",
    )
    kept = material.rows.column_names
    rows = completed(
        labelled.select(kept), material.declined.select(kept), compared, chosen, target=material.target, seed=seed
    )
    return Reckoned(rows, compared.comparison, chosen)
