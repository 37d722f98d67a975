"""The tabular network: vectors of numbers and texts, residual blocks, one margin; trained by torch, served by our own document.

Numbers are encoded piecewise linearly between quantiles of the training rows (Gorishniy, Rubachev and Babenko 2022), texts by
an embedding, missing values and unknown texts by vectors of their own, which are learned by hiding a few known values in every
batch. Part of the rows is set apart, stratified by outcome and drawn by seed; the epoch with the least log-loss on it is kept.
AdamW in small batches, binary32, one thread, deterministic algorithms: same rows, same seed, same weights on one machine.

torch is imported here and nowhere else in this room; it comes with ``tandem-risk[deep]``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from tandem.kernel.errors import Unavailable
from tandem.learn.training.arrays import FloatArray, IntArray
from tandem.learn.training.frame import Frame
from tandem.learn.training.network_encoding import Encoding, encoded_rows, encoding_of
from tandem.learn.training.network_reading import hidden_at_random, reading_of
from tandem.learn.training.splitting import hold_out

__all__ = ["NetworkFit", "NetworkSettings", "fit_network", "network_settings", "torch_seeded"]

_SCORED: Final = 8_192
"""Rows scored at once."""


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """How to train.

    Attributes:
        width: numbers of the state; ``hidden`` of a block; ``blocks``.
        knots: at most so many of a number, at its quantiles.
        fewest: a level with fewer rows is an unknown text.
        batch: rows per step; ``epochs`` at most; ``patience`` epochs without a better one end it.
        learning_rate, weight_decay: AdamW's.
        dropout: share of hidden numbers left out per step; ``hide``: of known values.
        apart: share of the rows that choose the epoch.
    """

    width: int = 32
    hidden: int = 64
    blocks: int = 2
    knots: int = 16
    fewest: int = 5
    batch: int = 256
    epochs: int = 200
    patience: int = 16
    learning_rate: float = 2e-3
    weight_decay: float = 1e-2
    dropout: float = 0.2
    hide: float = 0.02
    apart: float = 0.15

    @property
    def words(self) -> str:
        """The settings, shortly."""
        return f"width {self.width}, {self.blocks} blocks of {self.hidden}, {self.knots} knots"


def network_settings(preset: Literal["credit", "fraud"]) -> NetworkSettings:
    """The settings of a preset: for fraud more knots, because a handful of amounts or counts matter."""
    return NetworkSettings() if preset == "credit" else NetworkSettings(knots=48)


@dataclass(frozen=True, slots=True)
class NetworkFit:
    """A fitted network.

    Attributes:
        encoding: knots and levels.
        slopes: numeric columns x (most knots - 1) x width: what each stretch between two knots adds.
        texts: rows x width: levels, then missing and unknown of each categorical column, in turn.
        gaps: numeric columns x width: what a missing number adds.
        bias, head, intercept: of the state and the margin.
        layers: weights (out x in) and bias of inner and outer, block by block.
        epoch: the one that was kept, from 0.
        model: torch's own, in binary64, to compare with.
    """

    encoding: Encoding
    slopes: FloatArray
    texts: FloatArray
    gaps: FloatArray
    bias: FloatArray
    layers: tuple[tuple[FloatArray, FloatArray], ...]
    head: FloatArray
    intercept: float
    epoch: int
    model: Any

    def margin(self, frame: Frame) -> FloatArray:
        """Log-odds of bad per row, as torch gives them."""
        import torch

        parts = []
        with torch.no_grad():
            for start in range(0, frame.rows, _SCORED):
                rows = np.arange(start, min(start + _SCORED, frame.rows))
                numbers, codes = encoded_rows(self.encoding, frame.take(rows))
                parts.append(self.model(torch.from_numpy(numbers), torch.from_numpy(codes)).numpy())
        return np.concatenate(parts) if parts else np.empty(0)


def fit_network(frame: Frame, bad: FloatArray, settings: NetworkSettings, *, seed: int) -> NetworkFit:
    """Train on ``frame``.

    Args:
        frame: columns to read.
        bad: 0 or 1 per row, both among them.
        settings: how.
        seed: of the first weights, the batches and the rows set apart.

    Raises:
        Unavailable: torch is not installed.
    """
    torch = torch_seeded(seed)
    teach, judge = hold_out(bad, settings.apart, seed)
    encoding = encoding_of(frame.take(teach), settings.knots, settings.fewest)
    numbers, codes = encoded_rows(encoding, frame)
    rows = (torch.from_numpy(numbers), torch.from_numpy(codes))
    truth = torch.from_numpy(bad.astype(np.float32))
    network = _network(torch, encoding, settings, float(bad[teach].mean()))
    draw = torch.Generator().manual_seed(seed)
    optimiser = torch.optim.AdamW(network.parameters(), lr=settings.learning_rate, weight_decay=settings.weight_decay)
    loss_of = torch.nn.functional.binary_cross_entropy_with_logits
    best: tuple[float, int, dict[str, Any]] = (np.inf, -1, {})
    order = torch.from_numpy(teach)
    for epoch in range(settings.epochs):
        network.train()
        for batch in order[torch.randperm(len(order), generator=draw)].split(settings.batch):
            shown = hidden_at_random(torch, encoding, rows[0][batch], rows[1][batch], draw, settings.hide)
            loss = loss_of(network(*shown), truth[batch])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        network.eval()
        found = _log_loss(torch, network, rows, truth, judge)
        if found < best[0]:
            best = (found, epoch, {name: value.clone() for name, value in network.state_dict().items()})
        elif epoch - best[1] >= settings.patience:
            break
    network.load_state_dict(best[2])
    return _read(encoding, network.double().eval(), best[1])


def _log_loss(torch: Any, network: Any, rows: tuple[Any, Any], truth: Any, judge: IntArray) -> float:
    total = 0.0
    with torch.no_grad():
        for part in torch.from_numpy(judge).split(_SCORED):
            margin = network(rows[0][part], rows[1][part])
            total += float(torch.nn.functional.binary_cross_entropy_with_logits(margin, truth[part], reduction="sum"))
    return total / judge.size


def torch_seeded(seed: int) -> Any:
    """Torch on one thread, deterministic, with this seed.

    Raises:
        Unavailable: it is not installed.
    """
    try:
        import torch
    except ImportError as error:
        raise Unavailable("torch is not installed.", hint="pip install 'tandem-risk[deep]'") from error
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True)
    torch.manual_seed(seed)
    return torch


def _network(torch: Any, encoding: Encoding, settings: NetworkSettings, rate: float) -> Any:
    """The formulas of ``TabularNetwork`` as a torch module."""
    linear, functional = torch.nn.Linear, torch.nn.functional
    width = settings.width

    class Network(torch.nn.Module):  # type: ignore[misc]  # torch is imported only when asked for
        def __init__(self) -> None:
            super().__init__()
            self.read = reading_of(torch, encoding, width)
            self.bias = torch.nn.Parameter(torch.zeros(width))
            self.inner = torch.nn.ModuleList(linear(width, settings.hidden) for _ in range(settings.blocks))
            self.outer = torch.nn.ModuleList(linear(settings.hidden, width) for _ in range(settings.blocks))
            self.head = linear(width, 1)
            torch.nn.init.constant_(self.head.bias, float(np.log(rate / (1 - rate))))

        def forward(self, numbers: Any, codes: Any) -> Any:
            """The margin per row; ``numbers`` with NaN where missing, ``codes`` into ``texts``."""
            state = self.read(self.bias, numbers, codes)
            for inner, outer in zip(self.inner, self.outer, strict=True):
                hidden = functional.dropout(torch.relu(inner(state)), settings.dropout, self.training)
                state = state + outer(hidden)
            return self.head(state)[:, 0]

    return Network()


def _read(encoding: Encoding, network: Any, epoch: int) -> NetworkFit:
    def array(value: Any) -> FloatArray:
        result: FloatArray = value.detach().numpy().copy()
        return result

    layers = [each for pair in zip(network.inner, network.outer, strict=True) for each in pair]
    return NetworkFit(
        encoding=encoding,
        slopes=array(network.read.slopes),
        texts=array(network.read.texts),
        gaps=array(network.read.gaps),
        bias=array(network.bias),
        layers=tuple((array(one.weight), array(one.bias)) for one in layers),
        head=array(network.head.weight)[0],
        intercept=float(array(network.head.bias)[0]),
        epoch=epoch,
        model=network,
    )
