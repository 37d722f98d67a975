"""Training the network: torch, full batches, on rows whose labels may teach; the result is a document and nothing else.

Semi-supervised: rows without a label teach nothing and are neighbours like all others. The last part of the teaching rows in
time is set apart, and the epoch with the least log-loss on it is kept; nothing is ever fitted to a row of the test. Same
rows, same seed, same document on one machine: one thread, deterministic algorithms.

torch is imported here and nowhere else; it comes with ``tandem-risk[gnn]``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import msgspec
import numpy as np
import pyarrow as pa

from tandem.decide.decisions import KnownPlan
from tandem.decide.graphs import Floats32, SageNetwork, compile_network, encoded
from tandem.decide.models import Layer, Metadata, SageDocument, SageLink, check_document
from tandem.kernel.errors import InvalidInput, Unavailable
from tandem.kernel.identity import EntityKind, EventTypeName
from tandem.learn.graphs.gathering import earlier_neighbours, known_marks
from tandem.learn.graphs.rows import GraphRows, event_rows, graph_rows
from tandem.learn.neighbours import LinkedRows
from tandem.learn.training import FloatArray, IntArray
from tandem.observe.events import EventType
from tandem.observe.graph import Mark

__all__ = ["SageSpec", "SageTraining", "train_on_events", "train_sage"]

_CHUNK: Final = 4_096


@dataclass(frozen=True, slots=True)
class SageSpec:
    """How to train.

    Attributes:
        name, target: of the model; the name begins the names of its parts.
        event, member, marks: what is scored, whose it is, and what makes it known who is bad; see ``SageDocument``.
        reason: code given when a row's own values speak against somebody; ``reasons``: by kind of link, when neighbours do.
        width: numbers per state.
        slots: neighbours per link.
        epochs: at most; the best on the rows set apart is kept, and ``patience`` epochs without a better one end it.
        learning_rate, weight_decay: Adam's.
        apart: share of the teaching rows, the latest, that choose the epoch.
        seed: of the first weights.
    """

    name: str = "sage"
    target: str = "bad"
    event: str = "row"
    member: str = "row"
    marks: tuple[Mark, ...] = ()
    reason: str | None = None
    reasons: Mapping[str, str] = field(default_factory=dict)
    width: int = 32
    slots: int = 4
    epochs: int = 120
    patience: int = 20
    learning_rate: float = 0.01
    weight_decay: float = 1e-4
    apart: float = 0.15
    seed: int = 20261124


@dataclass(frozen=True, slots=True)
class SageTraining:
    """What training gave: the document, the epoch kept, and the log-loss per epoch on the rows set apart."""

    document: SageDocument
    epoch: int
    losses: tuple[float, ...]


def train_on_events(
    spec: SageSpec,
    inputs: Sequence[str],
    links: Sequence[str],
    known: KnownPlan,
    event_types: Mapping[EventTypeName, EventType],
    events: pa.Table,
) -> SageTraining:
    """A network for a workspace: of all its events that ``spec`` is about, learning from members of whom something was told.

    Args:
        spec: how, and of what.
        inputs: what the network reads: columns of ``known``, or numbers and truth values of the event.
        links: kinds of entities that its events name.
        known: the features and graphs of the release it will be published in; the document is bound to those it reads.
        event_types: of that release.
        events: as ``known_events`` gives them; what is to be kept for a test is left out of them.

    Raises:
        Unavailable: torch is not installed.
        DefinitionError: an input, a link, a mark or an event type that is not there.
        InvalidInput: nobody or everybody was told to be bad.
    """
    ones = np.ones(len(inputs))
    blank = _document(spec, tuple(inputs), tuple(links), 0 * ones, ones)
    before = KnownPlan(known.features, known.graphs, circles=known.circles)  # a network does not read another
    plan = compile_network(blank, event_types, before.columns)
    rows, values = event_rows(plan, before.of_table(events))
    made = train_sage(rows, tuple(inputs), values, np.flatnonzero(~np.isnan(rows.bad)), spec)
    digest = before.digest_of([name for name in inputs if name in before.columns])
    metadata = msgspec.structs.replace(made.document.metadata, features_digest=digest)
    return replace(made, document=msgspec.structs.replace(made.document, metadata=metadata))


def train_sage(
    rows: LinkedRows | GraphRows,
    names: tuple[str, ...],
    values: FloatArray,
    teach: IntArray,
    spec: SageSpec | None = None,
) -> SageTraining:
    """A network for ``rows``.

    Args:
        rows: the stream, all of it: neighbours may be any earlier row.
        names: of the columns of ``values``.
        values: own values per row; causal ones, such as ``stream_features`` gives.
        teach: numbers of the rows whose labels may be learned, in order of time.
        spec: how.

    Raises:
        Unavailable: torch is not installed.
        InvalidInput: a teaching row has no label, or one outcome only.
    """
    spec = spec or SageSpec()
    rows = graph_rows(rows)
    torch = _torch(spec.seed)
    _check(rows, teach)
    fitted = values[teach]
    mean, scale = _standards(fitted)
    blank = _document(spec, names, tuple(rows.links), mean, scale)
    near = earlier_neighbours(rows.links, spec.slots)
    marks = torch.from_numpy(known_marks(rows, near, rows.at))
    row = encoded(blank, values)
    network = _Network(torch, blank, row, near, marks)
    bad = torch.from_numpy(rows.bad[teach].astype(np.float32))
    places = torch.from_numpy(teach)
    cut = int(teach.size * (1 - spec.apart))
    optimiser = torch.optim.Adam(network.weights, lr=spec.learning_rate, weight_decay=spec.weight_decay)
    loss_of = torch.nn.functional.binary_cross_entropy_with_logits
    losses: list[float] = []
    best: tuple[float, int, list[FloatArray]] = (np.inf, -1, [])
    for epoch in range(spec.epochs):
        margin = network.margins()[places]
        loss = loss_of(margin[:cut], bad[:cut])
        losses.append(float(loss_of(margin[cut:], bad[cut:]).detach()))
        if losses[-1] < best[0]:
            best = (losses[-1], epoch, [one.detach().numpy().astype(np.float64).copy() for one in network.weights])
        elif epoch - best[1] >= spec.patience:
            break
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    counted = {"rows": int(teach.size), "adverse_rows": int(rows.bad[teach].sum())}
    metadata = msgspec.structs.replace(blank.metadata, **counted)
    made = _with_weights(msgspec.structs.replace(blank, metadata=metadata), best[2])
    made = msgspec.structs.replace(made, expected=_expected(made, row[teach]))
    check_document(made)
    return SageTraining(made, best[1], tuple(losses))


class _Network:
    """The formulas of ``SageDocument`` in torch, over all rows at once."""

    def __init__(self, torch: Any, document: SageDocument, row: Any, near: IntArray, marks: Any) -> None:
        self.torch, self.marks = torch, marks
        self.row, self.near = torch.from_numpy(row), torch.from_numpy(np.maximum(near, 0))
        self.present = torch.from_numpy((near >= 0).astype(np.float32))[..., None]
        self.count = self.present.sum(dim=2).clamp(min=1)
        sizes = ((document.width, len(document.inputs)), (document.width, document.reads), (1, document.reads))
        self.weights = []
        for out, into in sizes:
            weight = torch.empty(out, into)
            torch.nn.init.xavier_uniform_(weight)
            self.weights += [weight.requires_grad_(), torch.zeros(out, requires_grad=True)]

    def margins(self) -> Any:
        """The margin of every row."""
        apply, relu = self.torch.nn.functional.linear, self.torch.relu
        first_w, first_b, second_w, second_b, head_w, head_b = self.weights
        first = relu(apply(self.row, first_w, first_b))
        second = relu(apply(self.torch.cat([first, self._means(first)], dim=1), second_w, second_b))
        return apply(self.torch.cat([second, self._means(second)], dim=1), head_w, head_b)[:, 0]

    def _means(self, states: Any) -> Any:
        read = self.torch.cat([states[self.near], self.marks], dim=-1)
        return ((read * self.present).sum(dim=2) / self.count).flatten(start_dim=1)


def _torch(seed: int) -> Any:
    try:
        import torch
    except ImportError as error:
        raise Unavailable("torch is not installed.", hint="pip install 'tandem-risk[gnn]'") from error
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True)
    torch.manual_seed(seed)
    return torch


def _check(rows: GraphRows, teach: IntArray) -> None:
    labels = rows.bad[teach]
    if not np.isin(labels, (0.0, 1.0)).all() or np.unique(labels).size < 2:
        raise InvalidInput(
            "Teaching rows need labels, and both outcomes.",
            code="labels_missing",
            field="teach",
            hint="leave others out",
        )
    if not np.isin(rows.member[teach], rows.told.member).all():
        raise InvalidInput(
            "A teaching row's label never becomes known.", code="labels_missing", field="known_at", hint="say when"
        )


def _expected(document: SageDocument, row: Floats32) -> float:
    """The mean margin of rows without neighbours."""
    network = SageNetwork(document)
    parts = [row[start : start + _CHUNK] for start in range(0, len(row), _CHUNK)]
    margins = np.concatenate([network.run(part, *network.nobody(len(part)))[0] for part in parts])
    return float(margins.astype(np.float64).mean())


def _standards(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Mean and deviation per column, over finite values; 0 and 1 where there is nothing to learn."""
    finite = np.where(np.isfinite(values), values, np.nan)
    some = np.isfinite(finite).any(axis=0)
    filled = np.where(some, finite, 0.0)
    mean, scale = np.nanmean(filled, axis=0), np.nanstd(filled, axis=0)
    return mean, np.where(scale > 1e-9, scale, 1.0)


def _document(
    spec: SageSpec, names: tuple[str, ...], links: tuple[str, ...], mean: FloatArray, scale: FloatArray
) -> SageDocument:
    empty = Layer(weights=(), bias=())
    return SageDocument(
        metadata=Metadata(name=spec.name, target=spec.target, seed=spec.seed),
        event=EventTypeName(spec.event),
        member=EntityKind(spec.member),
        marks=spec.marks,
        inputs=names,
        mean=tuple(mean.tolist()),
        scale=tuple(scale.tolist()),
        links=tuple(SageLink(kind=EntityKind(kind), reason=spec.reasons.get(kind)) for kind in links),
        slots=spec.slots,
        width=spec.width,
        first=empty,
        second=empty,
        head=empty,
        reason=spec.reason,
    )


def _with_weights(blank: SageDocument, weights: list[FloatArray]) -> SageDocument:
    pairs = zip(weights[::2], weights[1::2], strict=True)
    layers = [
        Layer(weights=tuple(tuple(line) for line in weight.tolist()), bias=tuple(bias.tolist()))
        for weight, bias in pairs
    ]
    return msgspec.structs.replace(blank, first=layers[0], second=layers[1], head=layers[2])
