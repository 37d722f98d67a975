"""Files in pieces: in order, under limits, gone when their time is over."""

from __future__ import annotations

import stat

import pytest

from tandem.kernel.errors import Conflict, InvalidInput, NotFound, TooLarge
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.time import DAY, Micros
from tandem.learn.training_runs.uploads import DAYS_KEPT, PIECE_BYTES_MAX, UPLOADS_KEPT, Uploads


class Clock:
    """Says what it was told."""

    at = Micros(1_800_000_000_000_000)

    def now(self):
        return self.at


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def uploads(tmp_path, clock):
    return Uploads(tmp_path / "uploads", clock=clock, entropy=SeededEntropy(3))


def test_pieces_make_the_file_and_only_its_owner_may_read_it(uploads):
    upload = uploads.begin("loans.csv.gz", 6, by="ann")
    uploads.add(upload.upload_id, 0, b"abc")
    with pytest.raises(Conflict, match="not arrived"):
        uploads.place_of(upload.upload_id)
    assert uploads.add(upload.upload_id, 3, b"def").whole
    place = uploads.place_of(upload.upload_id)
    assert place.path.endswith("data.csv.gz"), "the name from outside is no part of the path"
    with open(place.path, "rb") as file:  # noqa: PTH123 - the path as the child process gets it
        assert file.read() == b"abcdef"
    assert stat.S_IMODE((uploads._folder / upload.upload_id).stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["../../etc/passwd.csv", "C:\\Users\\ann\\passwd.csv", "passwd.csv"])
def test_of_a_path_only_the_name_is_kept(uploads, name):
    assert uploads.begin(name, 1, by="ann").name == "passwd.csv"


def test_what_is_too_large_or_out_of_order_is_refused_and_changes_nothing(uploads):
    upload = uploads.begin("a.csv", PIECE_BYTES_MAX * 2, by="ann").upload_id
    with pytest.raises(TooLarge):
        uploads.add(upload, 0, bytes(PIECE_BYTES_MAX + 1))
    with pytest.raises(Conflict):
        uploads.add(upload, 1, b"x")
    with pytest.raises(InvalidInput):
        uploads.begin("a.pickle", 1, by="ann")
    assert uploads.get(upload).received == 0


def test_the_oldest_goes_when_there_are_too_many(uploads, clock):
    ids = []
    for _ in range(UPLOADS_KEPT + 2):
        clock.at = Micros(clock.at + 1)
        ids.append(uploads.begin("a.csv", 1, by="ann").upload_id)
    assert [one.upload_id for one in uploads.all()] == ids[::-1][:UPLOADS_KEPT]
    with pytest.raises(NotFound):
        uploads.get(ids[0])


def test_a_file_goes_when_its_days_are_over(uploads, clock):
    old = uploads.begin("a.csv", 1, by="ann").upload_id
    clock.at = Micros(clock.at + (DAYS_KEPT + 1) * DAY)
    uploads.begin("b.csv", 1, by="ann")
    with pytest.raises(NotFound):
        uploads.get(old)


@pytest.mark.parametrize("upload_id", ["upl_0", "../x", "", "upl_zz", "upl_0/../../x"])
def test_what_is_not_there_is_not_found(uploads, upload_id):
    with pytest.raises(NotFound):
        uploads.get(upload_id)
