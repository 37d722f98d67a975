"""What was built: small enough to load at once, compressed beforehand, and nothing in it that asks another host."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

import tandem.faces.console
from tandem.faces.console import NONCE

STATIC = Path(tandem.faces.console.__file__).parent / "static"
INITIAL_BYTES_MAX = 250_000
PAGE_BYTES_MAX = 350_000
WHOLE_BYTES_MAX = 9_000_000
CUSTOMERS_GZIP_BYTES_MAX = 170_000
"""What a customer's telephone loads before it shows anything."""


@pytest.fixture(scope="module")
def manifest():
    if not (STATIC / "manifest.json").is_file():
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail("the console was not built: required in CI")
        pytest.skip("the console was not built here: make console")
    return json.loads((STATIC / "manifest.json").read_text())


def with_imports(manifest, name, found=None):
    found = found if found is not None else set()
    if name not in found:
        found.add(name)
        for other in manifest[name].get("imports", []):
            with_imports(manifest, other, found)
    return found


def compressed(manifest, names):
    """Bytes over the wire, in Brotli, of these entries and their styles."""
    files = {manifest[name]["file"] for name in names} | {
        css for name in names for css in manifest[name].get("css", [])
    }
    return sum(
        min(place.stat().st_size for place in (STATIC / file, STATIC / f"{file}.br") if place.exists())
        for file in files
    )


def entry_of(manifest, page="index.html"):
    assert manifest[page]["isEntry"]
    return page


def words_of_shell(manifest, language):
    return {f"src/words/{language}/{space}.json" for space in ("app", "kit")} & set(manifest)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_what_every_page_needs_is_small(manifest, language):
    names = with_imports(manifest, entry_of(manifest)) | words_of_shell(manifest, language)
    assert compressed(manifest, names) <= INITIAL_BYTES_MAX


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_what_a_customers_telephone_loads_is_smaller_still(manifest, language):
    names = with_imports(manifest, entry_of(manifest, "my.html")) | {f"src/words/{language}/my.json"}
    files = {manifest[name]["file"] for name in names} | {
        css for name in names for css in manifest[name].get("css", [])
    }
    sizes = {
        file: (STATIC / f"{file}.gz" if (STATIC / f"{file}.gz").exists() else STATIC / file).stat().st_size
        for file in files
    }
    assert sum(sizes.values()) <= CUSTOMERS_GZIP_BYTES_MAX, sizes


def test_no_page_needs_much_more(manifest):
    shell = with_imports(manifest, entry_of(manifest))
    sizes = {
        name: compressed(manifest, with_imports(manifest, name) | shell)
        for name in manifest
        if re.search(r"pages/.*Page\.tsx$", name)
    }
    assert sizes
    assert {name: size for name, size in sizes.items() if size > PAGE_BYTES_MAX} == {}


def test_charts_are_not_part_of_what_loads_first(manifest):
    shell = with_imports(manifest, entry_of(manifest))
    assert not [name for name in shell if "chart" in name.lower() or "xyflow" in name.lower()]


@pytest.mark.usefixtures("manifest")
def test_each_script_and_style_is_there_in_both_encodings():
    scripts = [
        file for file in (STATIC / "assets").glob("*") if file.suffix in {".js", ".css"} and file.stat().st_size >= 600
    ]
    assert [file.name for file in scripts if not (file.parent / f"{file.name}.br").exists()] == []
    assert [file.name for file in scripts if not (file.parent / f"{file.name}.gz").exists()] == []


@pytest.mark.usefixtures("manifest")
def test_there_are_no_source_maps_and_the_whole_stays_small():
    files = [file for file in STATIC.rglob("*") if file.is_file()]
    assert [file.name for file in files if file.suffix == ".map"] == []
    assert sum(file.stat().st_size for file in files) <= WHOLE_BYTES_MAX


@pytest.mark.usefixtures("manifest")
@pytest.mark.parametrize("page", ["index.html", "my.html"])
def test_the_page_loads_its_own_files_only_and_has_a_place_for_the_nonce(page):
    text = (STATIC / page).read_bytes()
    assert NONCE in text
    assert re.findall(rb'(?:src|href)="(?!/)[^"]*"', text) == []
