"""An explanation on a terminal: reasons first, then the way with every condition, then what moved the score."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tandem.faces.cli.showing import say, table

__all__ = ["show_explanation"]

_MARKS = {"fired": "yes", "not_fired": "no", "unknown": "unknown", "not_tried": "not tried"}


def show_explanation(found: dict[str, Any], language: str) -> None:
    """Print what ``GET /v1/decisions/{id}/explanation`` answered."""
    answer, trail = found["answer"], found["trail"]
    print(f"{answer['outcome'].upper()}  {found['decision_id']}  (event {answer['event_id']}, {answer['decided_at']})")
    print(f"policy {answer['policy']}, release {answer['release'][:12]}, journal {found['seq']}")
    for reason in answer["reasons"]:
        print(f"  {reason['code']}: {reason.get(language) or reason.get('en') or reason.get('zh') or ''}")
    print("way: " + " > ".join(trail["path"]))
    if found.get("erased"):
        say("The person's data was erased; inputs and conditions are gone, the decision stays provable.")
        return
    rows = [line for stage in found["trace"]["stages"] for line in _lines(stage)]
    table("The way through the policy", ["stage", "what", "condition", "value", "held", "leads to"], rows)
    for stage in found["trace"]["stages"]:
        contributions = stage.get("contributions", ())
        if contributions:
            bars = [(one["input"], f"{one['contribution']:+.3f}", one["reason"]) for one in contributions]
            table(
                f"What raised the score of {stage['stage']}", ["input", "log-odds", "reason"], bars, right=["log-odds"]
            )
    facts = [(name, one["value"], one.get(language) or one["source"]) for name, one in found["inputs"].items()]
    table("What it looked at", ["fact", "value", "meaning"], facts, right=["value"])
    if not found["agrees"]:
        say("Computed anew, this comes to another outcome. Please report it.")


def _lines(stage: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    conditions = stage.get("conditions", ())
    if not conditions:
        values = ", ".join(f"{name} = {value}" for name, value in stage.get("values", {}).items())
        yield stage["stage"], stage["kind"], values or stage.get("taken"), "", "", ""
    for number, one in enumerate(conditions):
        cells = one.get("cells", ())
        text = "; ".join(f"{cell['column']} {cell['test']}" for cell in cells) if cells else one.get("text", "")
        known = [f"{cell['column']} = {cell['value']}" for cell in cells] or list(_compared(one.get("steps")))
        leads = one.get("then") or one.get("value") or ""
        name = stage["stage"] if number == 0 else ""
        yield name, one["name"], text, "; ".join(known), _MARKS[one["verdict"]], leads


def _compared(step: Any) -> Iterator[str]:
    if not isinstance(step, dict):
        return
    for part in step.get("parts", ()):
        yield from _compared(part)
    if not step.get("parts"):
        yield from (f"{one['text']} = {one['value']}" for one in step.get("operands", ()) if not one.get("constant"))
