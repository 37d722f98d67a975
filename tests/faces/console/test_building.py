"""Building the console: once for each state of the sources, with exactly the locked packages, and never in the way of an installation."""

from __future__ import annotations

import importlib.util
import json
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def build_console(tmp_path, monkeypatch):
    """The script, in a small checkout of its own, with Node replaced by a note of what it was asked to do."""
    spec = importlib.util.spec_from_file_location("build_console_under_test", ROOT / "build_console.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    source, static = tmp_path / "console", tmp_path / "static"
    (source / "src").mkdir(parents=True)
    (source / "src" / "main.tsx").write_text("one")
    (source / "package-lock.json").write_text("{}")
    (source / "node_modules").mkdir()
    monkeypatch.setattr(module, "SOURCE", source)
    monkeypatch.setattr(module, "STATIC", static)
    monkeypatch.setattr(module, "_BUILT", static / "built.json")
    monkeypatch.setattr(module, "_MODULES", source / "node_modules")
    monkeypatch.setattr(module, "_INSTALLED", source / "node_modules" / ".lock-digest")
    monkeypatch.setattr(module, "node_home", lambda: tmp_path)
    for name in ("SKIP_CONSOLE", "REQUIRE_CONSOLE", "CI"):
        monkeypatch.delenv(name, raising=False)
    module.asked = []

    def run_node(command, _folder, _what=""):
        module.asked.append("install" if "ci" in command else "build")
        static.mkdir(exist_ok=True)
        (static / "index.html").write_text("built")

    monkeypatch.setattr(module, "run_node", run_node)
    return module


def fails_at(module, monkeypatch, step, error):
    def run_node(command, _folder, _what=""):
        if ("install" if "ci" in command else "build") == step:
            raise error

    monkeypatch.setattr(module, "run_node", run_node)


def test_it_installs_what_is_locked_and_builds_once(build_console):
    assert build_console.build()
    assert build_console.build()
    assert build_console.asked == ["install", "build"]


def test_a_changed_source_is_built_anew_with_the_packages_at_hand(build_console):
    build_console.build()
    (build_console.SOURCE / "src" / "main.tsx").write_text("two")
    assert build_console.build()
    assert build_console.asked == ["install", "build", "build"]


def test_a_changed_lock_is_installed_anew(build_console):
    build_console.build()
    (build_console.SOURCE / "package-lock.json").write_text('{"other": 1}')
    build_console.build()
    assert build_console.asked == ["install", "build", "install", "build"]


def test_what_is_installed_or_only_read_by_people_is_no_source(build_console):
    build_console.build()
    (build_console.SOURCE / "README.md").write_text("words")
    (build_console.SOURCE / "node_modules" / "package.js").write_text("code")
    build_console.build()
    assert build_console.asked == ["install", "build"]


def test_a_build_that_was_broken_off_is_begun_anew(build_console):
    build_console.build()
    build_console._BUILT.unlink()
    assert not build_console.is_built()
    build_console.build()
    assert build_console.asked.count("build") == 2


def test_without_a_way_to_the_registry_the_installation_goes_on(build_console, monkeypatch, capsys):
    fails_at(build_console, monkeypatch, "install", build_console.CannotBuildError("registry unreachable"))
    assert build_console.build() is False
    assert "everything else works" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["REQUIRE_CONSOLE", "CI"])
def test_a_release_and_ci_insist(build_console, monkeypatch, name):
    monkeypatch.setenv(name, "1")
    fails_at(build_console, monkeypatch, "install", build_console.CannotBuildError("registry unreachable"))
    with pytest.raises(build_console.NoToolsError, match="unreachable"):
        build_console.build()


def test_sources_that_do_not_build_are_never_passed_over(build_console, monkeypatch):
    fails_at(build_console, monkeypatch, "build", build_console.CannotBuildError("no such import"))
    with pytest.raises(build_console.CannotBuildError, match="no such import"):
        build_console.build()


def test_it_can_be_told_to_stay_away(build_console, monkeypatch):
    monkeypatch.setenv("SKIP_CONSOLE", "1")
    assert build_console.build() is False
    assert build_console.asked == []


def test_wheel_and_source_distribution_take_along_what_git_ignores():
    targets = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    built = "src/tandem/faces/console/static/**"
    assert built in targets["targets"]["wheel"]["artifacts"]
    assert built in targets["targets"]["sdist"]["artifacts"]
    assert "src/tandem/faces/console/static/" in (ROOT / ".gitignore").read_text().splitlines()
    assert set(targets["targets"]["sdist"]["include"]) >= {"build_hook.py", "build_native.py", "build_console.py"}
    assert targets["hooks"]["custom"]["path"] == "build_hook.py"


def test_hatchling_would_put_the_console_into_the_wheel(tmp_path):
    """By hatchling's own rules, on a copy without Node, compiler or any work: only which files it would take."""
    builder = pytest.importorskip("hatchling.builders.wheel")
    for name in ("pyproject.toml", ".gitignore", "README.md", "LICENSE", "NOTICE"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    static = tmp_path / "src" / "tandem" / "faces" / "console" / "static" / "assets"
    static.mkdir(parents=True)
    for name in ("index.js", "index.js.br", "index.js.gz"):
        (static / name).write_text("x")
    (static.parent / "index.html").write_text("x")
    (tmp_path / "src" / "tandem" / "__init__.py").write_text("")
    taken = {file.distribution_path for file in builder.WheelBuilder(str(tmp_path)).recurse_included_files()}
    assert {
        "tandem/faces/console/static/index.html",
        "tandem/faces/console/static/assets/index.js",
        "tandem/faces/console/static/assets/index.js.br",
        "tandem/faces/console/static/assets/index.js.gz",
    } <= taken


def test_the_packages_are_pinned_exactly_and_mantine_has_one_version():
    package = json.loads((ROOT / "console" / "package.json").read_text())
    versions = {**package["dependencies"], **package["devDependencies"]}
    assert {name: version for name, version in versions.items() if not version[0].isdigit()} == {}
    assert len({version for name, version in versions.items() if name.startswith("@mantine/")}) == 1
    assert versions["codemirror"] == "6.0.2", "6.65.7 is another major version, published by mistake"
