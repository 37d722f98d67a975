"""The slow, plain way to know what a plan owes: live through every day, and count. Payments only."""

from __future__ import annotations

from collections.abc import Sequence

from tandem.act.lending import Paid, PlanTerms


class DayByDay:
    """What is due on ``day`` after ``payments``.

    Attributes:
        due: fee, penalty, interest and principal that are due and unpaid.
    """

    def __init__(self, terms: PlanTerms, payments: Sequence[Paid], day: int) -> None:
        self.waiting = 0
        self._terms = terms
        self._rows = [
            {"due": one.due, "fee": one.fee_minor, "interest": one.interest_minor, "principal": one.principal_minor,
             "late": [], "penalty_paid": 0}
            for one in terms.instalments
        ]  # fmt: skip
        for today in range(terms.drawn_on, day + 1):
            self._night_before(today)
            self._pay(today)
            for payment in payments:
                if payment.day == today:
                    self.waiting += payment.amount_minor
                    self._pay(today)
        late = [row for row in self._rows if row["due"] <= day]
        self.due = (
            sum(row["fee"] for row in late), sum(map(self._penalty, late)),
            sum(row["interest"] for row in late), sum(row["principal"] for row in late),
        )  # fmt: skip
        unpaid = [row["due"] for row in late if row["fee"] or row["interest"] or row["principal"]]
        self.days_past_due = day - min(unpaid) if unpaid else 0

    def _night_before(self, today: int) -> None:
        """The night to ``today`` adds a late day to what was due before; the nights of grace are added when it is over."""
        for row in self._rows:
            if today > row["due"]:
                grace_over = today > row["due"] + self._terms.grace_days
                nights = today - row["due"] - sum(count for count, _ in row["late"]) if grace_over else 0
                if nights:
                    row["late"].append((nights, row["principal"]))

    def _penalty(self, row) -> int:
        owed = sum(nights * principal for nights, principal in row["late"]) * self._terms.overdue_bps_per_day
        return (2 * owed + 10_000) // 20_000 - row["penalty_paid"]

    def _pay(self, today: int) -> None:
        for row in sorted(self._rows, key=lambda one: one["due"]):
            if row["due"] > today:
                return
            for part in self._terms.order:
                met = min(self._penalty(row) if part == "penalty" else row[part], self.waiting)
                self.waiting -= met
                if part == "penalty":
                    row["penalty_paid"] += met
                else:
                    row[part] -= met
