"""Everything of training without code in one workspace: files, looks, runs."""

from __future__ import annotations

from pathlib import Path

from tandem.kernel.identity import Entropy
from tandem.kernel.time import Clock
from tandem.learn.datasets import DatasetManifest, DatasetStore
from tandem.learn.training_runs.looks import LookRuns
from tandem.learn.training_runs.runs import TrainingRuns
from tandem.learn.training_runs.sources import KeptSet, Source, SourcePlace
from tandem.learn.training_runs.uploads import Uploads

__all__ = ["TrainingDesk"]


class TrainingDesk:
    """What the server keeps for those who train.

    Args:
        folder: of the workspace's home; made when the first file arrives.
        sets: the training sets that the workspace keeps.
    """

    def __init__(self, folder: Path, sets: DatasetStore, *, clock: Clock, entropy: Entropy) -> None:
        self.uploads = Uploads(folder / "uploads", clock=clock, entropy=entropy)
        self.looks = LookRuns(folder / "looks", clock=clock, entropy=entropy)
        self.runs = TrainingRuns(folder / "runs", clock=clock, entropy=entropy)
        self.sets = sets
        self.clock = clock

    def place_of(self, source: Source) -> SourcePlace:
        """Where the table of ``source`` lies.

        Raises:
            NotFound, Conflict: it is not here, or not yet.
        """
        if not isinstance(source, KeptSet):
            return self.uploads.place_of(source.upload_id)
        manifest = self.sets.find(source.digest)
        called = next((names[0] for one, names in self.sets.manifests() if names and one.digest == manifest.digest), "")
        return SourcePlace(path=str(self.sets.root), called=called or manifest.digest[:12], dataset=manifest.digest)

    def set_of(self, source: Source) -> DatasetManifest | None:
        """The set that ``source`` names; None where it is a file.

        Raises:
            NotFound: the set is not here.
        """
        return self.sets.find(source.digest) if isinstance(source, KeptSet) else None

    def close(self) -> None:
        """End what is running."""
        self.looks.close()
        self.runs.close()
