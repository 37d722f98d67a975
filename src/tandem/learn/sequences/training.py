"""Training a recurrent network: torch, truncated backpropagation through time; the result is a document and nothing else.

Histories are folded whole and in order. The gradient goes back at most ``window`` rows: the state that a window begins with is what
the windows before it left, taken as it is (Williams and Peng 1990). Rows without a label teach nothing and are history like all
others. The last part of the teaching rows in time is set apart, and the epoch with the least log-loss on it is kept. AdamW,
binary32, one thread, deterministic algorithms: same rows, same seed, same document on one machine.

torch comes with ``tandem-risk[deep]`` and is imported only here, when asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import msgspec
import numpy as np
import pyarrow as pa

from tandem.decide.decisions import KnownPlan
from tandem.decide.models import GruDocument, Layer, Metadata, Vectors, check_document
from tandem.decide.sequences import compile_sequence
from tandem.kernel.errors import IntegrityError, InvalidInput
from tandem.kernel.identity import EntityKind, EventTypeName
from tandem.kernel.values import SqlType
from tandem.learn.sequences.network import network_of
from tandem.learn.sequences.rows import Column, SequenceRows, event_rows
from tandem.learn.sequences.scoring import score_rows
from tandem.learn.sequences.windows import grouped, windows
from tandem.learn.training import (
    BoolArray,
    CategoricalColumn,
    Encoding,
    FloatArray,
    Frame,
    IntArray,
    NumericColumn,
    encoded_rows,
    encoding_of,
    hidden_at_random,
    torch_seeded,
    vectors_of,
)
from tandem.observe.events import EventType
from tandem.observe.graph import Mark

__all__ = ["WINDOW_MAX", "GruSpec", "GruTraining", "train_gru", "train_on_events"]

WINDOW_MAX: Final = 64
"""Rows that a gradient goes back at most."""

_GAP: Final = "gap"
_CHECKED: Final = 5_000
"""Rows at least on which the document is held against torch, histories whole."""
_SAME: Final = 1e-6


@dataclass(frozen=True, slots=True)
class GruSpec:
    """How to train.

    Attributes:
        name, target: of the model; the name begins the names of its parts.
        event, member: what is scored, and whose history it is; see ``GruDocument``.
        told: the kind of entity that becomes known to be bad; None: the member.
        marks: the events by which that becomes known.
        reason: code given when a row's own values speak against somebody; ``history_reason``: when the history does.
        width: numbers per state; ``hidden`` before the head.
        knots: at most so many of a number, at its quantiles; ``fewest``: a text with fewer rows is an unknown one.
        window: rows the gradient goes back, 1 to 64; ``group``: entities per step.
        epochs: at most; the best on the rows set apart is kept, and ``patience`` epochs without a better one end it.
        learning_rate, weight_decay: AdamW's.
        hide: share of known values hidden per step, so that missing ones mean something.
        apart: share of the teaching rows, the latest, that choose the epoch.
        seed: of the first weights, the order of the groups and what is hidden.
    """

    name: str = "history"
    target: str = "bad"
    event: str = "row"
    member: str = "entity"
    told: str | None = None
    marks: tuple[Mark, ...] = ()
    reason: str | None = None
    history_reason: str | None = None
    width: int = 32
    hidden: int = 32
    knots: int = 32
    fewest: int = 5
    window: int = WINDOW_MAX
    group: int = 64
    epochs: int = 30
    patience: int = 4
    learning_rate: float = 3e-3
    weight_decay: float = 1e-3
    hide: float = 0.02
    apart: float = 0.15
    seed: int = 20261124


@dataclass(frozen=True, slots=True)
class GruTraining:
    """What training gave.

    Attributes:
        document: the network.
        epoch: the one kept; ``losses``: the log-loss per epoch on the rows set apart.
        difference: the largest difference of a margin between torch and the document, over whole histories.
    """

    document: GruDocument
    epoch: int
    losses: tuple[float, ...]
    difference: float


def train_on_events(
    spec: GruSpec,
    inputs: Sequence[str],
    known: KnownPlan,
    event_types: Mapping[EventTypeName, EventType],
    events: pa.Table,
) -> GruTraining:
    """A network for a workspace: of all its events that ``spec`` is about, learning from those of which something was told.

    Args:
        spec: how, and of what.
        inputs: what the network reads: columns of ``known``, or fields of the event; numbers, truth values, texts.
        known: the features and graphs of the release it will be published in; the document is bound to those it reads.
        event_types: of that release.
        events: as ``known_events`` gives them; what is to be kept for a test is left out of them.

    Raises:
        Unavailable: torch is not installed.
        DefinitionError: an input, a mark, an entity or an event type that is not there.
        InvalidInput: nobody or everybody was told to be bad.
        IntegrityError: the document says something else than torch.
    """
    before = KnownPlan(known.features, known.graphs, circles=known.circles)  # a network does not read another
    event_type = event_types.get(EventTypeName(spec.event))
    types = {name: column.type for name, column in before.columns.items()}
    types |= {field.name: field.type for field in event_type.fields} if event_type else {}
    blank = _blank(spec, [(name, types.get(name) is SqlType.TEXT) for name in inputs])
    plan = compile_sequence(blank, event_types, before.columns)
    told = EntityKind(spec.told or spec.member)
    made = train_gru(event_rows(plan, told, spec.marks, event_types, before.of_table(events)), spec)
    digest = before.digest_of([name for name in inputs if name in before.columns])
    metadata = msgspec.structs.replace(made.document.metadata, features_digest=digest)
    return replace(made, document=msgspec.structs.replace(made.document, metadata=metadata))


def train_gru(rows: SequenceRows, spec: GruSpec | None = None, *, until: int | None = None) -> GruTraining:
    """A network for ``rows``.

    Args:
        rows: the stream; rows with a label teach, all of them are history.
        spec: how.
        until: rows that happened at or after this instant (microseconds) teach nothing, whatever their label.

    Raises:
        Unavailable: torch is not installed.
        InvalidInput: the labels are of one outcome only, or ``spec`` asks for a longer window than there may be.
        IntegrityError: the document says something else than torch.
    """
    spec = spec or GruSpec()
    if not 1 <= spec.window <= WINDOW_MAX:
        raise InvalidInput(f"A window has 1 to {WINDOW_MAX} rows.", field="window", value=spec.window)
    torch = torch_seeded(spec.seed)
    teach, judge = _apart(rows, spec, until)
    frame = _frame(rows)
    encoding = encoding_of(frame.take(teach), spec.knots, spec.fewest)
    numbers, codes = encoded_rows(encoding, frame)
    rate = float(rows.bad[teach].mean())
    learner = _Learner(
        torch, network_of(torch, encoding, spec.width, spec.hidden, rate), encoding, numbers, codes, spec
    )
    groups = grouped(rows, spec.group)
    taught = np.zeros(rows.count, dtype=bool)
    taught[teach] = True
    best: tuple[float, int, dict[str, Any]] = (np.inf, -1, {})
    losses: list[float] = []
    for epoch in range(spec.epochs):
        learner.epoch(groups, rows.bad, taught)
        losses.append(_log_loss(learner.margins(groups, rows.count)[judge], rows.bad[judge]))
        if losses[-1] < best[0]:
            best = (losses[-1], epoch, {name: value.clone() for name, value in learner.network.state_dict().items()})
        elif epoch - best[1] >= spec.patience:
            break
    learner.network.load_state_dict(best[2])
    learner.network.double()
    counted = {"rows": int(teach.size), "adverse_rows": int(rows.bad[teach].sum())}
    made = _document(learner.network, encoding, rows, spec)
    made = msgspec.structs.replace(made, metadata=msgspec.structs.replace(made.metadata, **counted))
    check_document(made)
    own, history = score_rows(made, rows)
    made = msgspec.structs.replace(made, expected=float(own[teach].mean()))
    some = _some(groups)
    found = np.concatenate([one[one >= 0] for one in some])
    gap = np.abs(learner.margins(some, rows.count, kept=True) - (own + history))[found]
    if not gap.max() <= _SAME:
        raise IntegrityError(
            "The document says something else than torch.", code="document_differs", value=float(gap.max())
        )
    return GruTraining(made, best[1], tuple(losses), float(gap.max()))


class _Learner:
    """A network and the rows it learns from."""

    def __init__(
        self, torch: Any, network: Any, encoding: Encoding, numbers: FloatArray, codes: IntArray, spec: GruSpec
    ) -> None:
        self.torch, self.network, self.encoding, self.spec = torch, network, encoding, spec
        self.numbers, self.codes = torch.from_numpy(numbers), torch.from_numpy(codes)
        self.draw = torch.Generator().manual_seed(spec.seed)
        self.optimiser = torch.optim.AdamW(network.parameters(), lr=spec.learning_rate, weight_decay=spec.weight_decay)

    def epoch(self, groups: Sequence[IntArray], bad: FloatArray, taught: BoolArray) -> None:
        """One pass over all histories up to their last row that teaches."""
        torch, network = self.torch, self.network
        loss_of = torch.nn.functional.binary_cross_entropy_with_logits
        for at in torch.randperm(len(groups), generator=self.draw).tolist():
            table = groups[at]
            teaches = (table >= 0) & taught[table]
            if not teaches.any():
                continue
            state = network.nothing(len(table))
            for places in windows(table[:, : int(np.flatnonzero(teaches.any(axis=0))[-1]) + 1], self.spec.window):
                margins, state = network(*self._read(places, hide=True), state)
                chosen = (places >= 0) & taught[places]
                if chosen.any():
                    truth = torch.from_numpy(bad[places[chosen]].astype(np.float32))
                    loss = loss_of(margins[torch.from_numpy(chosen)], truth)
                    self.optimiser.zero_grad()
                    loss.backward()
                    self.optimiser.step()
                state = state.detach()

    def margins(self, groups: Sequence[IntArray], count: int, *, kept: bool = False) -> FloatArray:
        """The margin of every row of ``groups``, whole histories; ``kept``: states are rounded as they are remembered."""
        found = np.full(count, np.nan)
        with self.torch.no_grad():
            for table in groups:
                state = self.network.nothing(len(table))
                for places in windows(table, self.spec.window):
                    margins, state = self.network(*self._read(places, hide=False), state, kept=kept)
                    found[places[places >= 0]] = margins.numpy()[places >= 0]
        return found

    def _read(self, places: IntArray, *, hide: bool) -> tuple[Any, Any, tuple[int, int]]:
        at = self.torch.from_numpy(np.maximum(places, 0).ravel())
        numbers, codes = self.numbers[at], self.codes[at]
        if hide and self.spec.hide:
            # How long ago the last row was is always known: only a first row has none.
            gap = numbers[:, -1:]
            numbers, codes = hidden_at_random(self.torch, self.encoding, numbers, codes, self.draw, self.spec.hide)
            numbers = self.torch.cat([numbers[:, :-1], gap], dim=1)
        return numbers, codes, (places.shape[0], places.shape[1])


def _apart(rows: SequenceRows, spec: GruSpec, until: int | None) -> tuple[IntArray, IntArray]:
    """Numbers of the rows that teach, and of the later ones that choose the epoch."""
    labelled = np.flatnonzero(~np.isnan(rows.bad) & (rows.at < (np.iinfo(np.int64).max if until is None else until)))
    labelled = labelled[np.argsort(rows.at[labelled], kind="stable")]
    cut = int(labelled.size * (1 - spec.apart))
    teach, judge = labelled[:cut], labelled[cut:]
    for part in (teach, judge):
        if np.unique(rows.bad[part]).size < 2 or not np.isin(rows.bad[part], (0.0, 1.0)).all():
            raise InvalidInput(
                "Teaching rows need labels of both outcomes, before and after the cut in time.",
                code="labels_missing",
                field="bad",
                value=int(part.size),
                hint="tell more, or set apart another share",
            )
    return teach, judge


def _frame(rows: SequenceRows) -> Frame:
    columns = [_framed(name, column) for name, column in zip(rows.names, rows.columns, strict=True)]
    return Frame((*columns, NumericColumn(_GAP, rows.gaps())), rows.count)


def _framed(name: str, column: Column) -> NumericColumn | CategoricalColumn:
    if column.dtype != np.object_:
        return NumericColumn(name, column.astype(np.float64))
    levels = sorted({text for text in column.tolist() if text is not None})
    places = {text: place for place, text in enumerate(levels)}
    codes = np.array([-1 if text is None else places[text] for text in column.tolist()], dtype=np.int32)
    return CategoricalColumn(name, codes, tuple(levels))


def _log_loss(margins: FloatArray, bad: FloatArray) -> float:
    return float(np.mean(np.logaddexp(0.0, np.where(bad == 1.0, -margins, margins))))


def _some(groups: Sequence[IntArray]) -> list[IntArray]:
    """Groups, the longest histories first, until there are rows enough to compare."""
    found: list[IntArray] = []
    for one in groups:
        found.append(one)
        if sum(int((each >= 0).sum()) for each in found) >= _CHECKED:
            break
    return found


def _blank(spec: GruSpec, values: Sequence[tuple[str, bool]]) -> GruDocument:
    """The document before it has learned anything: what is read, and of whom."""
    empty = Layer(weights=(), bias=())
    return GruDocument(
        metadata=Metadata(name=spec.name, target=spec.target, seed=spec.seed),
        event=EventTypeName(spec.event),
        member=EntityKind(spec.member),
        values=tuple(
            Vectors(name=name, type="categorical" if as_text else "numeric", vectors=(), missing=())
            for name, as_text in values
        ),
        gap=Vectors(name=_GAP, vectors=(), missing=()),
        bias=(),
        keep=empty,
        reset=empty,
        candidate=empty,
        outer=empty,
        head=(),
        intercept=0.0,
        reason=spec.reason,
        history_reason=spec.history_reason,
    )


def _document(network: Any, encoding: Encoding, rows: SequenceRows, spec: GruSpec) -> GruDocument:
    read = vectors_of(encoding, *(_array(getattr(network.read, name)) for name in ("slopes", "texts", "gaps")))
    layers = {
        name: Layer(
            weights=tuple(tuple(line) for line in _array(layer.weight).tolist()),
            bias=tuple(_array(layer.bias).tolist()),
        )
        for name, layer in network.layers().items()
    }
    return msgspec.structs.replace(
        _blank(spec, ()),
        values=tuple(read[name] for name in rows.names),
        gap=read[_GAP],
        bias=tuple(_array(network.bias).tolist()),
        head=tuple(_array(network.head.weight)[0].tolist()),
        intercept=float(_array(network.head.bias)[0]),
        **layers,
    )


def _array(value: Any) -> FloatArray:
    result: FloatArray = value.detach().numpy().copy()
    return result
