"""What hatchling runs before it puts a wheel or a source distribution together.

A wheel holds the compiled twins of the kernels and the built console; a source distribution the built console, so that
who installs from it needs neither Node nor npm. An editable installation has the console built by ``make`` instead.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
sys.path.insert(0, str(ROOT))  # hatchling loads this file by its path; its two neighbours are imported by name

import build_console  # noqa: E402
import build_native  # noqa: E402


class TandemBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Builds into the source tree what ``artifacts`` then takes along."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is missing or older than its sources."""
        if version != "editable":
            build_console.build()
        if self.target_name == "wheel" and build_native.compile_all():
            build_data["pure_python"] = False
            build_data["infer_tag"] = True
