"""What `tandem model train` learns from: a table of one's own, or a training set parted by time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from tandem.faces.cli.access import header_of, settings
from tandem.faces.cli.commands.datasets import opened_store
from tandem.kernel.errors import InvalidInput, Unavailable
from tandem.kernel.time import format_instant, parse_duration

if TYPE_CHECKING:
    import pyarrow as pa

    from tandem.decide.decisions import LiveRelease
    from tandem.learn.datasets import DatasetManifest
    from tandem.learn.training import TrainingResult

__all__ = ["Material", "material_of"]


@dataclass(frozen=True)
class Material:
    """Rows to learn from, and what is said of them.

    Attributes:
        test: rows to test on; None where training sets its own apart.
        notes: for people; ``told``: for programs.
        manifest: of the training set, and ``live`` the release whose features it must agree with.
        boundary: the first instant of its test.
        whole: its (training, test) rows with all columns; ``declined``: who was declined before the test begins.
    """

    rows: pa.Table
    test: pa.Table | None
    target: str
    positive: str | None
    time: str | None
    forbid: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    told: dict[str, Any] = field(default_factory=dict)
    manifest: DatasetManifest | None = None
    live: LiveRelease | None = None
    boundary: int | None = None
    whole: tuple[pa.Table, pa.Table] | None = None
    declined: pa.Table | None = None

    def tied(self, result: TrainingResult) -> TrainingResult:
        """The result with its documents bound to the features of the training set, and its split called what it is."""
        from tandem.learn.datasets import bound

        if self.manifest is None or self.live is None:
            return result
        documents = {one: bound(document, self.manifest, self.live) for one, document in result.documents.items()}
        split = replace(result.split, kind="out_of_time", boundary=self.boundary)
        return replace(result, documents=documents, split=split)


def material_of(
    file: Path | None,
    target: str | None,
    dataset: str | None,
    test: Path | None,
    *,
    positive: str | None,
    time: str | None,
    folder: Path,
    embargo: str,
    purge: bool,
) -> Material:
    """What was asked to be learned from.

    Raises:
        InvalidInput: neither a file nor a set, both, or a file without a target.
        NotFound: it is not there.
    """
    from tandem.learn.training import read_table

    if dataset is not None:
        given = {"file": file, "target": target, "positive": positive, "time": time, "test": test}
        clash = next((name for name, value in given.items() if value is not None), None)
        if clash is not None:
            raise InvalidInput(
                "A training set brings its own.", code="given_twice", field=clash, value=str(given[clash]),
                hint=f"leave {clash} out, or leave --dataset out",
            )  # fmt: skip
        return _of_dataset(dataset, folder, embargo=embargo, purge=purge)
    if file is None:
        raise InvalidInput(
            "Nothing to learn from.", code="no_table", field="file", hint="give a file, or --dataset NAME"
        )
    if target is None:
        raise InvalidInput(
            "Which column says what happened?", code="no_target", field="target", hint="say it with --target COLUMN"
        )
    return Material(read_table(file), None if test is None else read_table(test), target, positive, time)


def _of_dataset(dataset: str, folder: Path, *, embargo: str, purge: bool) -> Material:
    from tandem.decide.decisions import open_beside
    from tandem.learn.datasets import before, split_by_time

    store = opened_store(folder)
    manifest = store.find(dataset)
    kept = [*manifest.inputs, *manifest.forbid, manifest.time, manifest.target]
    try:
        near = parse_duration(embargo)
    except InvalidInput as error:
        error.field = "embargo"
        raise
    train, test, parted = split_by_time(store.rows(manifest), embargo=near, purge=purge)
    with open_beside(settings(), header_of(folder).name) as beside:
        live = beside.live()
    if live is None:
        raise Unavailable("No release is live any more.", code="no_release", hint="tandem release")
    notes = [
        f"Training set {manifest.digest[:12]}: {parted.train:,} rows teach, {parted.test:,} test",
        f"The test begins {format_instant(parted.boundary)}",
        *([f"{parted.purged:,} rows are left out: their label settled after the test began"] if parted.purged else []),
        *([f"{parted.embargoed:,} rows are left out by the embargo"] if parted.embargoed else []),
    ]
    if manifest.spec.label.simulated:
        notes.append("The outcomes are SIMULATED")
    return Material(
        train.select(kept),
        test.select(kept),
        manifest.target,
        manifest.positive,
        manifest.time,
        manifest.forbid,
        tuple(notes),
        {"dataset": manifest.digest, "split_by_time": msgspec.to_builtins(parted)},
        manifest,
        live,
        parted.boundary,
        (train, test),
        before(store.declined(manifest), parted),
    )
