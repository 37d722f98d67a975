"""What a model was made from: the digest of its data and the record that travels with its document."""

from __future__ import annotations

import hashlib
from importlib.metadata import version

import pyarrow as pa

from tandem.decide.models import Metadata
from tandem.kernel.identity import Digest
from tandem.learn.training.spec import Family, TrainSpec
from tandem.learn.training.target import Target
from tandem.learn.training.tournament import Choice

__all__ = ["data_digest", "environment", "metadata_of"]

_MAX_WORDS = 4_000
"""Characters of one edit in a document; the report has it whole."""
_PACKAGES = ("lightgbm", "numpy", "scipy", "pyarrow", "tandem-risk")


def environment(*also: str) -> dict[str, str]:
    """The versions of everything that has a say in what a model becomes; ``also`` of packages that only some need."""
    return {package: version(package) for package in (*_PACKAGES, *also)}


def data_digest(table: pa.Table) -> Digest:
    """SHA-256 over the names, types and values of ``table``; how it is chunked, or what it is a slice of, makes no difference."""
    plain = table.replace_schema_metadata(None)
    sink = hashlib.sha256()
    for name in plain.column_names:
        column = plain.column(name)
        sink.update(f"{name}\0{column.type}\0{len(column)}\0".encode())
        sink.update(pa.record_batch([_whole(column)], ["c"]).serialize())
    return Digest(sink.hexdigest())


def _whole(column: pa.ChunkedArray) -> pa.Array:
    """The column in one piece that begins where its buffers do: behind a slice stand the bytes of its neighbours."""
    if column.num_chunks != 1:
        return column.combine_chunks()
    chunk = column.chunk(0)
    # Of bits, eight share a byte, so a slice may be no shorter than what it is cut from.
    sliced = chunk.offset or chunk.get_total_buffer_size() > chunk.nbytes or pa.types.is_boolean(chunk.type)
    return pa.concat_arrays([chunk, chunk.slice(0, 0)]) if sliced else chunk


def metadata_of(
    family: Family, spec: TrainSpec, target: Target, digest: Digest, counts: tuple[int, int], choice: Choice
) -> Metadata:
    """The record of one model; ``counts`` are training rows and bad ones."""
    candidate = choice.candidate(family)
    return Metadata(
        name=f"{spec.name}_{family}",
        target=spec.target,
        adverse=target.positive,
        data_digest=digest,
        seed=spec.seed,
        rows=counts[0],
        adverse_rows=counts[1],
        environment=environment(*_also(spec)),
        metrics={"auc_out_of_fold": candidate.auc, "log_loss_out_of_fold": candidate.log_loss},
        parameters={
            "preset": spec.preset,
            "monotone": spec.monotone,
            "folds": str(spec.fold_count(counts[0])),
            "test_share": f"{spec.test_share:g}",
            "detail": candidate.detail,
            "champion": choice.champion,
            **_asked(spec),
        },
    )


def _also(spec: TrainSpec) -> list[str]:
    """Packages that only some trainings use."""
    packages = {"ebm": "interpret-core", "xgboost": "xgboost", "catboost": "catboost", "network": "torch"}
    return [
        *(package for family, package in packages.items() if family in spec.families),
        *(["optuna"] if spec.tune else []),
    ]


def _asked(spec: TrainSpec) -> dict[str, str]:
    """What a person changed or forbade, in words; nothing where nothing was."""
    told = {f"bin_edit_{place}": edit.words[:_MAX_WORDS] for place, edit in enumerate(spec.bin_edits, 1)}
    told |= {f"act_together_{place}": ", ".join(one)[:_MAX_WORDS] for place, one in enumerate(spec.act_together, 1)}
    return told | ({"tune": f"{spec.tune} trials"} if spec.tune else {})
