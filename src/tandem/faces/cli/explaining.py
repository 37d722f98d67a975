"""An explanation on a terminal: reasons first, then the way, then what moved the score."""

from __future__ import annotations

from typing import Any

from tandem.faces.cli.showing import say, table

__all__ = ["show_explanation"]


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
    rows = [(name, one["value"], one.get(language) or one["source"]) for name, one in found["inputs"].items()]
    table("What it looked at", ["fact", "value", "meaning"], rows, right=["value"])
