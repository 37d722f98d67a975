"""Models for other hosts: ``tandem model onnx``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import numpy as np
import typer

from tandem.faces.cli.options import AsJson
from tandem.faces.cli.showing import print_json, say
from tandem.kernel.errors import DefinitionError, InvalidInput, NotFound

if TYPE_CHECKING:
    from tandem.decide.models import GruDocument, Model, TabularNetwork, Vectors
    from tandem.kernel.values import Value

__all__ = ["document_of", "onnx"]

_DRAWN = 2_000
"""Rows the graph is tried on where no table is given."""
_DAY_S = 86_400.0


def onnx(
    model: Annotated[Path, typer.Argument(help="JSON file of a tabular or recurrent network.", show_default=False)],
    rows: Annotated[
        Path | None, typer.Option(help="Table to compare on.", show_default=f"{_DRAWN:,} rows drawn over its knots")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="File of the graph.", show_default="MODEL with .onnx")] = None,
    most: Annotated[float, typer.Option(help="Refuse to write where a margin differs by more, in log-odds.")] = 1e-3,
    as_json: AsJson = False,
) -> None:
    """Write a tabular or one step of a recurrent network as an ONNX graph, and say how far onnxruntime is from what decides.

    Examples:
        tandem model onnx model-report/network.json

        tandem model onnx models/risk.json --rows newer-loans.csv --out risk.onnx
    """
    from tandem.decide.models import GruDocument, TabularNetwork, load_model

    loaded = load_model(document_of(model))
    document = loaded.document
    if isinstance(document, TabularNetwork):
        content, count, apart = _tabular(loaded, document, rows)
    elif isinstance(document, GruDocument):
        if rows is not None:
            raise InvalidInput(
                "A recurrent network is not compared on a table: its rows have a past.",
                code="not_exportable",
                field="rows",
                value=str(rows),
                hint="leave it out: rows and states are drawn",
            )
        content, count, apart = _recurrent(document)
    else:
        raise InvalidInput(
            f"A model of kind {loaded.kind} is not written as ONNX.",
            code="not_exportable",
            field="model",
            value=str(model),
            hint="give a tabular network (tandem model train --family network) or a recurrent one",
        )
    if not apart <= most:
        raise DefinitionError(
            f"The graph differs by {apart:.3g} log-odds.",
            code="graph_differs",
            field="most",
            value=most,
            hint="give a larger --most to write it all the same",
        )
    place = out or model.with_suffix(".onnx")
    place.write_bytes(content)
    if as_json:
        told = {"graph": str(place), "bytes": len(content), "rows": count, "margin_difference": apart}
        print_json({**told, "model": loaded.digest})
        return
    say(f"Largest difference of a margin over {count:,} rows: {apart:.3g} log-odds.")
    print(place)


def _tabular(loaded: Model, document: TabularNetwork, rows: Path | None) -> tuple[bytes, int, float]:
    """The graph, how many rows it was tried on, and the largest difference of a margin."""
    from tandem.decide.models import OnnxTabular, tabular_onnx
    from tandem.learn.training import read_table, rows_of

    given = _drawn(document.inputs) if rows is None else rows_of(loaded, read_table(rows))
    graph = OnnxTabular(document)
    said = graph.margins(graph.encoded(given)).astype(np.float64)
    decided = loaded.margins(dict(zip(loaded.inputs, zip(*given, strict=True), strict=True)))
    return tabular_onnx(document), len(given), float(np.abs(said - decided).max(initial=0.0))


def _recurrent(document: GruDocument) -> tuple[bytes, int, float]:
    """The same of one step: of margins, and of what the states after it say of the same row a day later."""
    from tandem.decide.sequences import Many, OnnxGru, gru_onnx

    *columns, waits = zip(*_drawn((*document.values, document.gap)), strict=True)
    gaps = np.array([np.nan if one is None else one for one in waits], dtype=np.float64)
    states = np.random.default_rng(2).uniform(-1, 1, (len(gaps), document.width)).astype(np.float32)
    many, graph = Many(document), OnnxGru(document)
    _, read = many.rows(columns, gaps)
    said, moved = graph.run(graph.encoded(columns, gaps), states)
    again, _ = graph.run(graph.encoded(columns, np.full_like(gaps, _DAY_S)), moved)
    after = many.margins(many.rows(columns, np.full_like(gaps, _DAY_S))[1], many.moved(read, states))
    apart = max(np.abs(said - many.margins(read, states)).max(), np.abs(again - after).max())
    return gru_onnx(document), len(gaps), float(apart)


def document_of(path: Path) -> Any:
    """The model in a JSON file, not yet checked.

    Raises:
        NotFound: no such file.
        DefinitionError: it is not JSON.
    """
    if not path.is_file():
        raise NotFound("No such file.", code="no_file", field="model", value=str(path))
    try:
        document = msgspec.json.decode(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise DefinitionError(f"Not a JSON document: {error}.", code="invalid_json", at=str(path)) from None
    # A file of a workspace also says what the artefact is called; the model itself does not.
    return {key: value for key, value in document.items() if key != "name"} if isinstance(document, dict) else document


def _drawn(read: Sequence[Vectors]) -> list[list[Value]]:
    """Rows from all over what the network tells apart: between and beyond knots, every text, unknown, missing."""
    rng = np.random.default_rng(1)

    def column(at: int) -> list[Value]:
        one = read[at]
        if one.type == "categorical":
            texts = (*one.levels, "\0", None)
            return [texts[place] for place in rng.integers(len(texts), size=_DRAWN)]
        knots = np.array(one.knots)
        place = rng.uniform(-0.5, len(knots) - 0.5, size=_DRAWN)
        values: list[float] = np.interp(place, np.arange(len(knots)), knots).tolist()
        gone = rng.random(_DRAWN) < 0.05
        return [None if missing else value for value, missing in zip(values, gone.tolist(), strict=True)]

    columns = [column(at) for at in range(len(read))]
    return [list(row) for row in zip(*columns, strict=True)]
