"""``python -m benchmarks NAME [--json] [--quick]``: run one benchmark, or ``all``."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

import msgspec
from rich.console import Console
from rich.table import Table

from benchmarks.claims import Claim, machine

_NOT_BENCHMARKS = {"__init__", "__main__", "claims", "mirror", "release"}


def names() -> list[str]:
    """Every benchmark there is: the modules of this folder that offer ``run``."""
    folder = Path(__file__).parent
    modules = (path for path in sorted(folder.glob("*.py")) if path.stem not in _NOT_BENCHMARKS)
    return [path.stem for path in modules if "\ndef run(" in path.read_text(encoding="utf-8")]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", choices=[*names(), "all"])
    parser.add_argument("--json", action="store_true", help="print claims as JSON")
    parser.add_argument("--quick", action="store_true", help="under 50 s: smaller data, same claims")
    arguments = parser.parse_args()
    failed = False
    for name in names() if arguments.name == "all" else [arguments.name]:
        claims: list[Claim] = importlib.import_module(f"benchmarks.{name}").run(arguments.quick)
        if arguments.json:
            document = {"name": name, "machine": machine(), "quick": arguments.quick, "claims": claims}
            sys.stdout.write(msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n")
        else:
            show(name, claims)
        failed = failed or any(one.holds is False for one in claims)
    return 1 if failed else 0


def show(name: str, claims: list[Claim]) -> None:
    table = Table("claim", "value", "unit", "target", "holds", "peer", "peer value", title=name, title_justify="left")
    for one in claims:
        holds = {True: "yes", False: "NO", None: ""}[one.holds]
        value = "not measured" if one.value is None else f"{one.value:,.4g}"
        peer_value = "" if one.peer_value is None else f"{one.peer_value:,.4g}"
        table.add_row(one.id, value, one.unit, one.target, holds, one.peer, peer_value)
    console = Console()
    console.print(table)
    for one in claims:
        console.print(f"  {one.id}: {one.protocol}", style="dim", highlight=False)


if __name__ == "__main__":
    sys.exit(main())
