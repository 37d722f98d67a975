"""Compile the twins of the pure-Python kernels where a C++ compiler is, and carry on where none is.

Every ``src/tandem/**/_compiled.cpp`` becomes the extension module beside it. The pure-Python reference has the same
results bit for bit, so an installation without a compiler is complete, only slower; the benchmarks say which one ran.
Where the machine has no compiler but the package ``ziglang`` is installed (`make` sees to it), that one is used.
"""

from __future__ import annotations

import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parent
FLAGS = [
    "-std=c++17",
    "-O3",
    "-fPIC",
    "-shared",
    "-fvisibility=hidden",
    "-fno-strict-aliasing",
    "-DNDEBUG",
    "-ffp-contract=off",
    "-Wno-attributes",
]
# No -march=native, no -ffast-math and no fused operations: the wheel must run elsewhere, and floats must match the
# reference, whichever compiler and processor it is.
_FROM_PYPI = ["-m", "ziglang", "c++", "-mcpu=baseline", "-s"]


def compile_all() -> list[Path]:
    """Build each ``_compiled.cpp`` whose module is missing or older than its source; the modules there are."""
    return [module for source in sorted(ROOT.glob("src/tandem/**/_compiled.cpp")) if (module := compile_one(source))]


def compiler_here() -> list[str]:
    """The command of the C++ compiler: ``CXX``, the one Python was built with, ``c++``, or the one from PyPI."""
    named = os.environ.get("CXX")
    for command in [named] if named else [sysconfig.get_config_var("CXX"), "c++", "g++", "clang++"]:
        words = shlex.split(command or "")
        if words and shutil.which(words[0]):
            return words
    if importlib.util.find_spec("ziglang") is not None:
        return [sys.executable, *_FROM_PYPI]
    return shlex.split(named or "c++")


def compile_one(source: Path) -> Path | None:
    """The compiled module of ``source``, or None where no compiler can be used."""
    module = source.with_name("_compiled" + (sysconfig.get_config_var("EXT_SUFFIX") or ".so"))
    text = source.read_text(encoding="utf-8")
    headers = [one for one in ROOT.glob("src/tandem/**/*.hpp") if f"/{one.name}" in text]
    made_of = [source, *headers, Path(__file__)]
    if module.exists() and module.stat().st_mtime >= max(one.stat().st_mtime for one in made_of):
        return module
    compiler = compiler_here()
    try:
        import nanobind
    except ImportError:
        return None
    include = Path(nanobind.include_dir())
    command = [
        *compiler, *FLAGS,
        # Each module has a domain of its own: two classes of one C++ name in two modules are not the same class.
        f"-DNB_DOMAIN=tandem_{source.parent.name}",
        f"-I{ROOT / 'src'}",
        f"-I{include}", f"-I{include.parent / 'ext' / 'robin_map' / 'include'}", f"-I{sysconfig.get_path('include')}",
        str(source), str(include.parent / "src" / "nb_combined.cpp"), "-o", str(module),
    ]  # fmt: skip
    if sys.platform == "darwin":
        command += ["-undefined", "dynamic_lookup"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=_environment())  # noqa: S603
    except OSError as error:
        print(f"tandem: no C++ compiler ({error}); the pure-Python kernel will serve", file=sys.stderr)
        return None
    if done.returncode != 0:
        print(
            f"tandem: {source} did not compile; the pure-Python kernel will serve\n{done.stderr[-4000:]}",
            file=sys.stderr,
        )
        return None
    return module


def _environment() -> dict[str, str]:
    # The compiler from PyPI builds its C++ library once; kept with the environment it goes when that goes.
    return {"ZIG_GLOBAL_CACHE_DIR": str(Path(sys.prefix) / "zig-cache"), **os.environ}


if __name__ == "__main__":
    # With --lacks-compiler: exit 0 where one from PyPI would help. Without: compile what changed.
    if "--lacks-compiler" in sys.argv:
        headers = Path(sysconfig.get_path("include"), "Python.h").is_file()
        sys.exit(not headers or shutil.which(compiler_here()[0]) is not None)
    for one in sorted(ROOT.glob("src/tandem/**/_compiled.cpp")):
        print(one, "->", compile_one(one))
