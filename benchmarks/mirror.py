"""A mirror: how our code measures against the code we admire. Printed to look into, never a gate."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
ADMIRED = (
    ("import-linter", "62 / 284 / 498", "9 / 30 / 54", "93 %"),
    ("httpx", "248 / 641 / 2,019", "9 / 34 / 80", "100 %"),
)
AIM = ("where we mean to stand", "100 / 300 / -", "- / - / 55", "100 %")


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def typed(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    named = [one for one in arguments if one.arg not in {"self", "cls"}]
    return function.returns is not None and all(one.annotation is not None for one in named)


def quantile(values: list[int], share: float) -> int:
    return values[min(len(values) - 1, int(len(values) * share))]


def measure(folder: Path) -> tuple[str, str, str, list[tuple[int, str]]]:
    """Lines a file (median / p90 / max), lines a function (median / p90 / p99), share typed, longest functions."""
    files, lengths, annotated, longest = [], [], [], []
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        files.append(text.count("\n"))
        for function in functions(ast.parse(text)):
            length = (function.end_lineno or function.lineno) - function.lineno + 1
            lengths.append(length)
            annotated.append(typed(function))
            longest.append((length, f"{path.relative_to(ROOT)}:{function.lineno} {function.name}"))
    files.sort()
    lengths.sort()
    return (
        f"{quantile(files, 0.5)} / {quantile(files, 0.9)} / {files[-1]:,}",
        f"{quantile(lengths, 0.5)} / {quantile(lengths, 0.9)} / {quantile(lengths, 0.99)}",
        f"{100 * sum(annotated) / len(annotated):.1f} %",
        sorted(longest, reverse=True)[:8],
    )


def main() -> int:
    console = Console()
    table = Table("codebase", "lines a file: median / p90 / max", "lines a function: median / p90 / p99", "fully typed")
    *figures, longest = measure(ROOT / "src" / "tandem")
    table.add_row("tandem", *figures, style="bold")
    table.add_row(*AIM)
    for row in ADMIRED:
        table.add_row(*row, style="dim")
    console.print(table)
    console.print("longest functions:")
    for length, where in longest:
        console.print(f"  {length:>4}  {where}", highlight=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
