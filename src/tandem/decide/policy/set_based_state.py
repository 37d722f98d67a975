"""What is known of all rows at a point of the flow: the interpreter's state, with a mask where it has a moment.

As columns: who is still on the way, what each name stands for, what has fired, which terms were set.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from tandem.decide.policy.closing import UNRANKED, Hit, missing_hit
from tandem.decide.policy.plan import Plan
from tandem.decide.policy.set_based_layers import (
    FALSE,
    NULL,
    TRUE,
    Layers,
    Term,
    all_of,
    any_of,
    inverse,
    literal_list,
    reads_of,
    when,
)
from tandem.decide.policy.set_based_reading import Reading, equals
from tandem.decide.policy.types import Missing, Outcome
from tandem.kernel.expressions import Expression
from tandem.kernel.values import SqlType

__all__ = ["ByRow", "Note", "PlanWriter", "Written", "list_column", "score_column", "split_column"]

DEEPEST: Final = 300
"""Layers of one statement; a policy with a longer chain is decided row by row."""


def score_column(model: str, output: str) -> str:
    """The column that holds what ``model`` said: ``probability``, ``margin`` or ``points``."""
    return f"score:{model}:{output}"


def list_column(name: str) -> str:
    """The column that holds, row by row, who of the row is on the list ``name``."""
    return f"list:{name}"


def split_column(stage: str) -> str:
    """The column that holds the arm of each row in a split."""
    return f"split:{stage}"


class ByRow(Exception):
    """The policy, or a part of it, has to be decided row by row; the text says why."""


@dataclass(frozen=True, slots=True)
class Note:
    """A condition without an answer, where it was asked."""

    mask: Term
    names: tuple[str, ...]
    values: tuple[Term, ...]
    text: str


@dataclass
class Written:
    """What a plan came to.

    Attributes:
        layers: the columns.
        best: place of the outcome in the precedence.
        limit: minor units.
        prices: part to its terms, one for each type its formulas have.
        hits: everything that can fire, in the order in which it would.
        fired: one term per possible hit (or table): its place in ``hits`` where it fired.
        notes: conditions without an answer, in order.
        path: (mask, text) of stages gone through, in order.
        needed: model stage to the rows that need its score.
        careful: rows whose numbers leave the safe range; they are decided row by row.
        computed: expressions computed outside the database, by the name of their column.
    """

    layers: Layers
    best: Term = NULL
    limit: Term = NULL
    prices: dict[str, list[tuple[SqlType, Term]]] = field(default_factory=dict)
    hits: list[Hit] = field(default_factory=list)
    fired: list[Term] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    path: list[tuple[Term, str]] = field(default_factory=list)
    needed: dict[str, Term] = field(default_factory=dict)
    careful: Term = FALSE
    computed: dict[str, Expression] = field(default_factory=dict)


class PlanWriter:
    """What tables and scorecards need of the writer.

    Args:
        plan: a policy without errors.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.layers = Layers("facts")
        self.written = Written(self.layers)
        self.active: Term = TRUE
        self.values: dict[str, Term] = {}
        self.reading = Reading(self.layers, self.value_of, self.list_of, self.computed)
        self._best: Term = Term(str(UNRANKED))
        self._pending: list[tuple[Term, int]] = []
        self._ranks: list[Term] = []
        self._armed: dict[str, Term] = {}
        self._needs: dict[str, list[Term]] = {name: [] for name in plan.models}
        self._caps: list[Term] = []
        self._limits: list[Term] = []
        self._prices: dict[str, list[tuple[SqlType, int, Term]]] = {}

    # -- names

    def value_of(self, name: str) -> Term:
        """A fact, or a variable as it is at this point."""
        if name in self.plan.variables:
            return self.values.get(name, NULL)
        return self.layers.source(name)

    def list_of(self, name: str) -> Term:
        """The members of a list, row by row."""
        return self.layers.source(list_column(name))

    def computed(self, expression: Expression) -> Term:
        """An expression that only Python computes to the last bit: possible where it reads facts alone."""
        if expression.lists or any(name in self.plan.variables for name in expression.columns):
            raise ByRow(f"{expression.text!r} is computed by Python's mathematics from values of the policy itself")
        name = f"computed:{expression.text}"
        self.written.computed[name] = expression
        return self.layers.source(name)

    def keep(self, term: Term) -> Term:
        """As a column."""
        return self.layers.keep(term)

    def assign(self, name: str, mask: Term, value: Term) -> None:
        """``name`` has this value where ``mask`` holds."""
        self.values[name] = self.keep(when(mask, value, self.values.get(name, NULL)))

    # -- what happened

    def ask(self, expressions: Iterable[Expression | None], mask: Term) -> None:
        """Note that the models behind these expressions are needed where ``mask`` holds."""
        for one in expressions:
            if one is None:
                continue
            for column in one.columns:
                for model in self.plan.outputs.get(column, ()):
                    armed = all_of(self._armed.get(model, FALSE), mask)
                    if armed != FALSE:
                        self._needs[model].append(armed)

    def hit(self, mask: Term, hit: Hit) -> None:
        """``hit`` fires where ``mask`` holds."""
        if mask == FALSE:
            return
        place = len(self.written.hits)
        self.written.hits.append(hit)
        self.written.fired.append(when(mask, Term(str(place))))
        if hit.rank != UNRANKED:
            self._pending.append((mask, hit.rank))

    def hits_at(self, at: Term, hits: Sequence[Hit]) -> None:
        """The hit at position ``at`` fires; none where it is unknown."""
        place = len(self.written.hits)
        self.written.hits += hits
        self.written.fired.append(Term(f"({at} + {place})", at.reads))
        ranks = literal_list((str(one.rank) for one in hits), "TINYINT")
        self._ranks.append(Term(f"{ranks}[{at} + 1]", at.reads))

    def note(self, mask: Term, expressions: Sequence[Expression]) -> None:
        """These expressions had no answer where ``mask`` holds."""
        names = self.plan.facts_behind(column for one in expressions for column in one.columns)
        values = tuple(self.keep(self.value_of(name)) for name in names)
        self.written.notes.append(Note(mask, names, values, expressions[0].text))

    def best(self) -> Term:
        """The strongest outcome so far, as its place in the precedence."""
        if self._pending or self._ranks:
            by_rank = [
                (any_of(mask for mask, other in self._pending if other == rank), rank)
                for rank in sorted({rank for _, rank in self._pending})
            ]
            terms = [self._best, *self._ranks]
            if by_rank:
                cases = " ".join(f"WHEN {mask} THEN {rank}" for mask, rank in by_rank)
                reads = reads_of(mask for mask, _ in by_rank)
                terms.append(Term(f"CASE {cases} ELSE {UNRANKED} END", reads))
            least = ", ".join(str(term) for term in terms)
            self._best = self.keep(Term(f"LEAST({least})", reads_of(terms)))
            self._pending, self._ranks = [], []
        return self._best

    def cap(self, value: Term) -> None:
        """The limit is at most ``value``, where there is one."""
        if value != NULL:
            self._caps.append(self.keep(value))

    def limit(self, value: Term) -> None:
        """The limit is ``value``, where there is one, unless another follows."""
        if value != NULL:
            self._limits.append(self.keep(value))

    def price(self, part: str, kind: SqlType, scale: int, value: Term) -> None:
        """A part of the price, where there is one, unless another follows."""
        if value != NULL:
            self._prices.setdefault(part, []).append((kind, scale, self.keep(value)))

    def stop_on(self, outcomes: tuple[Outcome, ...]) -> None:
        """Rows whose strongest outcome is one of these go no further."""
        if outcomes and self.active != FALSE:
            ranks = ", ".join(str(self.plan.rank(one)) for one in outcomes)
            best = self.best()
            going = Term(f"({best} NOT IN ({ranks}))", best.reads)
            self.active = self.keep(all_of(self.active, going))

    def failed(self, stage: str, rule: str, missing: Missing | None, mask: Term) -> None:
        """The missing branch of a condition, where ``mask`` holds."""
        if missing is not None and missing.then != "skip":
            self.hit(mask, missing_hit(self.plan, stage, rule, missing))

    # -- the end

    def finish(self) -> Written:
        """Everything weighed."""
        written = self.written
        best = written.best = self.best()
        declined = equals(best, self.plan.rank(Outcome.DECLINE))
        if self._limits:
            limit = self.keep(_last(self._limits))
            capped = limit
            if self._caps:
                terms = [limit, *self._caps]
                capped = Term(f"LEAST({', '.join(map(str, terms))})", reads_of(terms))
            known = Term(f"({limit} IS NOT NULL AND NOT {declined})", limit.reads | declined.reads)
            written.limit = when(known, Term(f"GREATEST({capped}, 0)", capped.reads))
        for part, candidates in self._prices.items():
            for kind, term in _by_type(candidates):
                written.prices.setdefault(part, []).append((kind, when(inverse(declined), term)))
        written.needed = {name: self.keep(any_of(masks)) for name, masks in self._needs.items() if masks}
        if self.layers.depth > DEEPEST:
            raise ByRow(f"its longest chain is {self.layers.depth} steps, and a statement has at most {DEEPEST}")
        return written


def _last(terms: Sequence[Term]) -> Term:
    """The last one that is there."""
    if len(terms) == 1:
        return terms[0]
    return Term(f"COALESCE({', '.join(str(term) for term in reversed(terms))})", reads_of(terms))


def _by_type(candidates: Sequence[tuple[SqlType, int, Term]]) -> Iterable[tuple[SqlType, Term]]:
    """The last candidate that is there, in a column of its own type; the others' columns are then empty."""
    scale = max(scale for _, scale, _ in candidates)
    kinds = list(dict.fromkeys(kind for kind, _, _ in candidates))
    for kind in kinds:
        shaped = [
            (own, Term(f"CAST({term} AS DECIMAL(38,{scale}))", term.reads) if own is SqlType.DECIMAL else term)
            for own, _, term in candidates
        ]
        if len(kinds) == 1:
            yield kind, _last([term for _, term in shaped])
            continue
        cases = [
            f"WHEN {term} IS NOT NULL THEN {shape if own is kind else 'NULL'}"
            for (own, _, term), (_, shape) in reversed(list(zip(candidates, shaped, strict=True)))
        ]
        yield kind, Term(f"CASE {' '.join(cases)} END", reads_of(term for _, _, term in candidates))
