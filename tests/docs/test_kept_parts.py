"""A measurement of hours goes on where it was cut off, and never with a part that other code made."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.kept_parts import Part, code_digest, kept


class Measure:
    """Counts how often it is asked to measure."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Part:
        self.times += 1
        return Part({"ours": np.array([0.5, -0.25])}, {"seconds": 1.5, "champion": "blend"})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TANDEM_BENCHMARK_KEEP", str(tmp_path / "kept"))
    return tmp_path / "kept"


def test_what_is_kept_is_not_measured_again(folder: Path) -> None:
    measure = Measure()
    first, again = (kept("german.0.0", "abc", measure) for _ in range(2))
    assert measure.times == 1
    assert again.told == first.told == {"seconds": 1.5, "champion": "blend"}
    assert again.arrays["ours"].tolist() == [0.5, -0.25]
    assert [one.name for one in folder.iterdir()] == ["german.0.0.abc.npz"]


@pytest.mark.usefixtures("folder")
def test_other_code_measures_anew() -> None:
    measure = Measure()
    kept("german.0.0", code_digest(("benchmarks/peers.py",), ("numpy",)), measure)
    kept("german.0.0", code_digest(("benchmarks/peers.py",), ("numpy", "not-a-library")), measure)
    kept("german.0.0", code_digest(("benchmarks/kept_parts.py",), ("numpy",)), measure)
    assert measure.times == 3


def test_a_measurement_that_is_cut_off_keeps_nothing(folder: Path) -> None:
    def cut() -> Part:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept("german.0.0", "abc", cut)
    assert not folder.exists() or not list(folder.iterdir())


def test_without_a_folder_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TANDEM_BENCHMARK_KEEP", raising=False)
    monkeypatch.chdir(tmp_path)
    measure = Measure()
    kept("german.0.0", "abc", measure)
    kept("german.0.0", "abc", measure)
    assert measure.times == 2
    assert not list(tmp_path.iterdir())
