"""Training sets of the workspace, to be read: what each holds, as of when, and what may not be used of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.faces.api.control.bodies import json_response
from tandem.faces.api.declaring import answers
from tandem.faces.api.shapes.datasets import DatasetPage, DatasetShown
from tandem.kernel.errors import Unavailable
from tandem.kernel.time import Micros, format_instant
from tandem.learn.datasets import DatasetManifest, DatasetStore
from tandem.learn.training_runs import TrainingDesk

__all__ = ["dataset_router"]

_Wanted = Annotated[str, Path(min_length=1, max_length=80)]
_NO_DESK = {503: ("no_trainings",)}


def dataset_router(desk: TrainingDesk | None) -> APIRouter:
    """The sets that ``desk`` trains on."""
    router = APIRouter(tags=["trainings"])

    def kept() -> DatasetStore:
        if desk is None:
            raise Unavailable("Nobody trains here.", code="no_trainings", hint="ask the server: tandem serve")
        return desk.sets

    @router.get(
        "/v1/datasets",
        summary="Training sets that are kept",
        description="As `tandem dataset build` made them from decided events, point in time; what they hold, not their rows.",
        responses=answers(DatasetPage, "The newest first.", problems=[_NO_DESK]),
    )
    async def listed(request: Request) -> Response:
        found = await run_in_threadpool(kept().manifests)
        return json_response(request, DatasetPage(items=[_shown(one, names) for one, names in found]))

    @router.get(
        "/v1/datasets/{dataset}",
        summary="One training set, by name or digest",
        responses=answers(
            DatasetShown,
            "The set.",
            problems=[{404: ("unknown_dataset",), 422: ("ambiguous", "invalid_parameter"), **_NO_DESK}],
        ),
    )
    async def one(request: Request, dataset: _Wanted) -> Response:
        return json_response(request, await run_in_threadpool(_found, kept(), dataset))

    return router


def _found(store: DatasetStore, wanted: str) -> DatasetShown:
    manifest = store.find(wanted)
    names = next(names for one, names in store.manifests() if one.digest == manifest.digest)
    return _shown(manifest, names)


def _shown(manifest: DatasetManifest, names: Sequence[str]) -> DatasetShown:
    spec, counts = manifest.spec, manifest.counts
    return DatasetShown(
        digest=str(manifest.digest),
        names=list(names),
        of=spec.label.of,
        label=spec.label.name,
        simulated=spec.label.simulated,
        rows=counts.mature,
        bad=counts.bad,
        declined=counts.declined,
        young=counts.immature + counts.provisional,
        unknown=counts.unknown,
        excluded=counts.excluded,
        seq=spec.seq,
        at=format_instant(spec.at),
        since=_told(spec.since),
        until=_told(spec.until),
        built_at=format_instant(manifest.built_at),
        target=manifest.target,
        positive=manifest.positive,
        time=manifest.time,
        inputs=list(manifest.inputs),
        forbid=list(manifest.forbid),
    )


def _told(at: Micros | None) -> str | None:
    return None if at is None else format_instant(at)
