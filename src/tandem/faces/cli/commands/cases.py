"""Cases: what waits for a person."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from tandem.faces.cli.access import opened_api, segment
from tandem.faces.cli.options import AsJson, Folder, ServerUrl
from tandem.faces.cli.showing import print_json, say, table

__all__ = ["group"]


class _State(StrEnum):
    WORKING = "working"
    OPEN = "open"
    ASSIGNED = "assigned"
    SNOOZED = "snoozed"
    WAITING = "waiting"
    RESOLVED = "resolved"
    ALL = "all"


def group() -> typer.Typer:
    """The commands under ``tandem cases``."""
    app = typer.Typer(help="Cases: decisions that wait for a person.", no_args_is_help=True)
    app.command("list")(list_cases)
    app.command()(show)
    return app


def list_cases(
    queue: Annotated[str | None, typer.Option(help="Only of this queue.", show_default="all")] = None,
    state: Annotated[_State, typer.Option(help="Only in this state; working: not over.")] = _State.WORKING,
    assignee: Annotated[str | None, typer.Option(help="Only of this person; - for nobody.")] = None,
    breached: Annotated[bool, typer.Option("--breached", help="Only what is past due.")] = False,
    text: Annotated[str | None, typer.Option(help="A number, an id, a reason code, or a real identifier.")] = None,
    counts: Annotated[bool, typer.Option("--counts", help="Count by queue instead.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=200)] = 50,
    folder: Folder = Path(),
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """List what waits for a person, as it would be handed out, or the counts of each queue.

    Examples:
        tandem cases list --queue fraud --breached

        tandem cases list --counts
    """
    with opened_api(folder, server) as api:
        if counts:
            found = api.get("/v1/cases/queues")
        else:
            found = api.get(
                "/v1/cases",
                queue=queue,
                state=state.value,
                assignee=assignee,
                breached=True if breached else None,
                text=text,
                limit=limit,
            )
    if as_json:
        print_json(found)
    elif counts:
        keys = ["open", "assigned", "snoozed", "waiting", "breached", "due_soon", "resolved_today"]
        rows = [[one["queue"], *(one[key] for key in keys)] for one in found["queues"]]
        table("", ["queue", *keys], rows, right=keys)
    else:
        table(
            "",
            ["case", "id", "queue", "state", "of", "with", "due", "expected loss"],
            [_row(one) for one in found["cases"]],
            right=["expected loss"],
        )
        if found["next_after"] is not None:
            say(f"{found['total']:,} in all")


def show(
    case_id: Annotated[str, typer.Argument(help="Id of a case or of one of its decisions.", show_default=False)],
    folder: Folder = Path(),
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show one case: how it stands, its decisions, and what happened to it.

    Examples:
        tandem cases show dec_019ab3f0c2d84a77b1c92d83c1a2b3c4
    """
    with opened_api(folder, server) as api:
        found = api.get(f"/v1/cases/{segment(case_id)}")
    if as_json:
        print_json(found)
        return
    case = found["case"]
    table("", ["", ""], [[key, _shown(case[key])] for key in case if case[key] is not None])
    answers = [(one["answer"]["decided_at"], one["trail"]["policy"], one["answer"]) for one in found["decisions"]]
    table(
        "Decisions, newest first",
        ["decided", "policy", "outcome", "reasons", "id"],
        [[at, policy, told["outcome"], _codes(told["reasons"]), told["decision_id"]] for at, policy, told in answers],
    )
    rows = [[one["at"], one["en"], one["text"] or ("(erased)" if one["erased"] else "")] for one in found["timeline"]]
    table("What happened", ["at", "what", "in their words"], rows)


def _row(case: dict[str, Any]) -> list[Any]:
    due = f"{case['due_at'][:16].replace('T', ' ')}{' past due' if case['breached'] else ''}"
    loss = "" if case["expected_loss_minor"] is None else f"{case['expected_loss_minor'] / 100:,.2f}"
    return [
        f"#{case['number']}",
        case["case_id"],
        case["queue"],
        case["state"],
        f"{case['entity_kind']} {case['entity'][:8]}",
        case["assignee"],
        due,
        loss,
    ]


def _codes(reasons: list[dict[str, str]]) -> str:
    return ", ".join(one["code"] for one in reasons)


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
