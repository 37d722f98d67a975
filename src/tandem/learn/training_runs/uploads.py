"""Files that are given in pieces: each piece small, the whole under a limit, kept until others push them out.

A file holds what people told of themselves. It lies in the workspace's home, is read by child processes only, and goes
when it is told to, when ``DAYS_KEPT`` are over, or when ``UPLOADS_KEPT`` newer ones are there.
"""

from __future__ import annotations

import re
import shutil
import threading
from pathlib import Path
from typing import Final

import msgspec

from tandem.kernel.errors import Conflict, InvalidInput, NotFound, TooLarge
from tandem.kernel.identity import Entropy, new_id
from tandem.kernel.time import DAY, Clock, Micros
from tandem.learn.runs import write_atomically
from tandem.learn.training_runs.sources import SourcePlace

__all__ = ["DAYS_KEPT", "FILE_BYTES_MAX", "FILE_KINDS", "PIECE_BYTES_MAX", "UPLOADS_KEPT", "Upload", "Uploads"]

FILE_BYTES_MAX: Final = 256 * 1024 * 1024
PIECE_BYTES_MAX: Final = 1024 * 1024
UPLOADS_KEPT: Final = 20
DAYS_KEPT: Final = 30
FILE_KINDS: Final = (".csv", ".csv.gz", ".tsv", ".tsv.gz", ".txt", ".parquet", ".xlsx", ".arff")
_ID: Final = re.compile(r"upl_[0-9a-f]{1,64}\Z")
_UPLOAD, _DATA = "upload.json", "data"


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """A file, as far as it has arrived; ``received`` of ``bytes``."""

    upload_id: str
    name: str
    bytes: int
    received: int
    by: str
    begun_at: Micros

    @property
    def whole(self) -> bool:
        """Whether all of it is there."""
        return self.received == self.bytes


class Uploads:
    """The files of one workspace. Safe to call from several threads."""

    def __init__(self, folder: Path, *, clock: Clock, entropy: Entropy) -> None:
        self._folder = folder
        self._clock = clock
        self._entropy = entropy
        self._lock = threading.Lock()

    def begin(self, name: str, size: int, *, by: str) -> Upload:
        """Announce a file of ``size`` bytes.

        Raises:
            InvalidInput: of a kind that cannot be read, or empty.
            TooLarge: over ``FILE_BYTES_MAX``.
        """
        plain = name.replace("\\", "/").rpartition("/")[2].strip()[:200]
        if not plain.lower().endswith(FILE_KINDS):
            raise InvalidInput(
                "The kind of file is not known.",
                code="unknown_file_kind",
                field="name",
                value=plain,
                hint="give " + ", ".join(FILE_KINDS),
            )
        if size < 1:
            raise InvalidInput("The file is empty.", code="empty_file", field="bytes", value=size)
        if size > FILE_BYTES_MAX:
            raise TooLarge(
                "The file is too large.",
                code="file_too_large",
                field="bytes",
                value=size,
                hint=f"at most {FILE_BYTES_MAX} bytes; compress it (.csv.gz), or use `tandem model train`",
            )
        with self._lock:
            self._make_room()
            upload = Upload(
                upload_id=new_id("upl", self._clock, self._entropy),
                name=plain,
                bytes=size,
                received=0,
                by=by,
                begun_at=self._clock.now(),
            )
            folder = self._folder / upload.upload_id
            folder.mkdir(parents=True, mode=0o700)
            (folder / self._data(upload)).touch(mode=0o600)
            self._write(upload)
            return upload

    def add(self, upload_id: str, place: int, data: bytes) -> Upload:
        """Put a piece behind those that are there; one that is there already changes nothing.

        Raises:
            NotFound: there is no such upload.
            Conflict: a piece before it is missing.
            TooLarge: the piece, or more than was announced.
        """
        if len(data) > PIECE_BYTES_MAX:
            raise TooLarge(
                "The piece is too large.",
                code="piece_too_large",
                field="data",
                value=len(data),
                hint=f"at most {PIECE_BYTES_MAX} bytes",
            )
        with self._lock:
            upload = self.get(upload_id)
            if place + len(data) <= upload.received:
                return upload
            if place != upload.received:
                raise Conflict(
                    "A piece before this one is missing.",
                    code="piece_missing",
                    field="place",
                    value=place,
                    hint=f"go on at {upload.received}",
                )
            if place + len(data) > upload.bytes:
                raise TooLarge("More than was announced.", code="file_too_large", field="data", value=place + len(data))
            with (self._folder / upload_id / self._data(upload)).open("r+b") as file:
                file.seek(place)
                file.write(data)
            upload = msgspec.structs.replace(upload, received=place + len(data))
            self._write(upload)
            return upload

    def get(self, upload_id: str) -> Upload:
        """One upload.

        Raises:
            NotFound: there is none of that id, or it is gone.
        """
        try:
            if not _ID.fullmatch(upload_id):
                raise FileNotFoundError
            return msgspec.json.decode((self._folder / upload_id / _UPLOAD).read_bytes(), type=Upload)
        except (OSError, msgspec.DecodeError):
            raise NotFound(
                "This file is not here, or no more.",
                code="unknown_upload",
                field="upload_id",
                value=upload_id,
                hint="give it again",
            ) from None

    def place_of(self, upload_id: str) -> SourcePlace:
        """Where the whole file lies.

        Raises:
            NotFound: there is no such upload.
            Conflict: it has not arrived yet.
        """
        upload = self.get(upload_id)
        if not upload.whole:
            raise Conflict(
                "The file has not arrived yet.",
                code="upload_unfinished",
                field="upload_id",
                value=f"{upload.received} of {upload.bytes} bytes",
                hint="send the rest of it",
            )
        return SourcePlace(path=str(self._folder / upload_id / self._data(upload)), called=upload.name)

    def remove(self, upload_id: str) -> Upload:
        """Delete a file.

        Raises:
            NotFound: there is no such upload.
        """
        with self._lock:
            upload = self.get(upload_id)
            shutil.rmtree(self._folder / upload_id, ignore_errors=True)
            return upload

    def all(self) -> list[Upload]:
        """Every file that is here, the newest first."""
        found = [msgspec.json.decode(path.read_bytes(), type=Upload) for path in self._folder.glob(f"upl_*/{_UPLOAD}")]
        return sorted(found, key=lambda one: (one.begun_at, one.upload_id), reverse=True)

    def _make_room(self) -> None:
        oldest = self._clock.now() - DAYS_KEPT * DAY
        for place, upload in enumerate(self.all()):
            if place >= UPLOADS_KEPT - 1 or upload.begun_at < oldest:
                shutil.rmtree(self._folder / upload.upload_id, ignore_errors=True)

    def _data(self, upload: Upload) -> str:
        """The name of the data: what kind it is, and nothing that came from outside."""
        return _DATA + max((kind for kind in FILE_KINDS if upload.name.lower().endswith(kind)), key=len)

    def _write(self, upload: Upload) -> None:
        write_atomically(self._folder / upload.upload_id / _UPLOAD, msgspec.json.encode(upload))
