"""What a day leaves behind: objects by their digest, and one small file a day that says which object is the day's run.

An object never changes and is written once, by a rename after its bytes are on disk; so a step that is done again after a
crash writes the same object or finds it there. The day's file is the only thing that points.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from tandem.kernel.canonical import digest_of_bytes
from tandem.kernel.errors import IntegrityError, NotFound, near_match
from tandem.kernel.identity import Digest
from tandem.learn.iteration.states import Run

__all__ = ["RunStore", "read_run"]

_RUN = msgspec.json.Decoder(Run)


class RunStore:
    """Objects and runs under ``folder``.

    Args:
        folder: of the deployment, such as ``.tandem/iterations``.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, data: bytes) -> Digest:
        """Keep ``data``; its digest is its name. Durable when this returns."""
        digest = digest_of_bytes(data)
        path = self._object(digest)
        if not path.exists():
            _write(path, data)
        return digest

    def read(self, digest: str) -> bytes:
        """The object with this digest.

        Raises:
            NotFound: there is none.
            IntegrityError: its bytes are not what the digest says.
        """
        try:
            data = self._object(digest).read_bytes()
        except FileNotFoundError:
            raise NotFound("No object has this digest.", code="unknown_object", field="digest", value=digest) from None
        if digest_of_bytes(data) != digest:
            raise IntegrityError("An object of a run was changed on disk.", code="object_changed", value=digest)
        return data

    def close(self, plan: str, day: str, run: Digest) -> None:
        """Point the ``day`` of ``plan`` to its run, for good.

        Raises:
            IntegrityError: the day already has another run.
        """
        path = self._runs(plan) / f"{day}.run"
        if path.exists():
            if path.read_text(encoding="ascii").strip() != run:
                raise IntegrityError("This day already has another run.", code="run_differs", field="day", value=day)
            return
        _write(path, f"{run}\n".encode("ascii"))

    def days(self, plan: str) -> Iterator[tuple[str, Digest]]:
        """Days of ``plan`` that are closed, oldest first, with their runs."""
        for path in sorted(self._runs(plan).glob("*.run")):
            yield path.stem, Digest(path.read_text(encoding="ascii").strip())

    def run_of(self, plan: str, day: str) -> Digest:
        """The run of a closed day.

        Raises:
            NotFound: it has none.
        """
        known = dict(self.days(plan))
        if day not in known:
            raise NotFound(
                "No run is kept of that day.", code="unknown_run", field="day", value=day, hint=near_match(day, known)
            )
        return known[day]

    def plans(self) -> tuple[str, ...]:
        """Plans of which runs are kept."""
        folder = self.folder / "runs"
        return tuple(sorted(each.name for each in folder.iterdir())) if folder.is_dir() else ()

    def _object(self, digest: str) -> Path:
        return self.folder / "objects" / digest[:2] / digest[2:]

    def _runs(self, plan: str) -> Path:
        return self.folder / "runs" / plan


def read_run(store: RunStore, digest: Digest) -> Run:
    """The run kept under ``digest``."""
    return _RUN.decode(store.read(digest))


def _write(path: Path, data: bytes) -> None:
    """Write ``data`` so that either all of it is there after a crash, or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
