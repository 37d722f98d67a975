"""Parts of a measurement of hours, kept as they are finished, so that a run that was cut off goes on from there.

``TANDEM_BENCHMARK_KEEP=FOLDER`` says where; without it nothing is kept. A part is arrays by name and what is told of them. Its file
is named by what was measured and by a digest of the code and of the versions of the libraries that made it, so that a figure of
today never has a part of other code in it.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

__all__ = ["Part", "code_digest", "kept"]

_ROOT = Path(__file__).parent.parent
_TOLD = "told"


@dataclass(frozen=True)
class Part:
    """``arrays`` by name, and what is ``told`` of them: seconds, trials, names."""

    arrays: dict[str, np.ndarray]
    told: dict[str, float | str]


def code_digest(sources: tuple[str, ...], libraries: tuple[str, ...]) -> str:
    """Twelve digits of the files and folders ``sources`` of this tree and of the ``libraries`` installed."""
    digest = hashlib.sha256()
    for source in sources:
        place = _ROOT / source
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(file.relative_to(_ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    for library in libraries:
        try:
            version = importlib.metadata.version(library)
        except importlib.metadata.PackageNotFoundError:
            version = "missing"
        digest.update(f"{library} {version}\0".encode())
    return digest.hexdigest()[:12]


def kept(name: str, digest: str, measure: Callable[[], Part]) -> Part:
    """The part ``name``: as it was kept, or measured now and kept."""
    folder = os.environ.get("TANDEM_BENCHMARK_KEEP")
    if folder is None:
        return measure()
    file = Path(folder) / f"{name}.{digest}.npz"
    if file.exists():
        return _read(file)
    part = measure()
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".part")
    told = np.frombuffer(msgspec.json.encode(part.told), dtype=np.uint8)
    with unfinished.open("wb") as stream:
        np.savez(
            stream, allow_pickle=False, **{f"array {who}": each for who, each in part.arrays.items()}, **{_TOLD: told}
        )
    unfinished.replace(file)
    return part


def _read(file: Path) -> Part:
    with np.load(file, allow_pickle=False) as held:
        arrays = {name.removeprefix("array "): held[name] for name in held.files if name != _TOLD}
        return Part(arrays, msgspec.json.decode(held[_TOLD].tobytes(), type=dict[str, float | str]))
