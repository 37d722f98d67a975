"""One decision: taken, explained, repeated."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from tandem.faces.cli.access import opened_api, opened_process, segment
from tandem.faces.cli.explaining import show_explanation
from tandem.faces.cli.failing import BAD_ANSWER
from tandem.faces.cli.options import AsJson, Folder, ServerUrl
from tandem.faces.cli.showing import print_json, say, table
from tandem.kernel.errors import InvalidInput, NotFound

__all__ = ["register"]

_PANEL = "Decide"


def register(app: typer.Typer) -> None:
    """Hang the commands on ``app``."""
    for command in (decide, explain, letter, replay):
        app.command(rich_help_panel=_PANEL)(command)


def decide(
    file: Annotated[Path, typer.Argument(help="A JSON event; - reads stdin.", allow_dash=True, show_default=False)],
    policy: Annotated[str | None, typer.Option(help="Which policy, where several take this event.")] = None,
    folder: Folder = Path(),
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Decide on one event, durably. The same event again gets the same answer; nothing happens twice.

    Examples:
        tandem decide data/application.json

        echo '{"event_id": "a-1", "event_type": "application", ...}' | tandem decide - --json
    """
    document = _document(file)
    with opened_api(folder, server) as api:
        answer = api.post("/v1/decisions", document, policy=policy)
    if as_json:
        print_json(answer)
        return
    print(f"{answer['outcome'].upper()}  {answer['decision_id']}")
    for reason in answer["reasons"]:
        print(f"  {reason['code']}: {reason['en'] or reason['zh']}")
    say(f"Why: tandem explain {answer['decision_id']}")


def explain(
    decision: Annotated[str, typer.Argument(help="A decision id, or the id of its event.", show_default=False)],
    language: Annotated[str, typer.Option("--language", "-l", help="Of the reasons: en or zh.")] = "en",
    folder: Folder = Path(),
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Say why: reasons, the way through the policy, each condition with its value, what moved the score.

    Examples:
        tandem explain app-0001

        tandem explain dec_01kav... --language zh
    """
    with opened_api(folder, server) as api:
        found = api.get(f"/v1/decisions/{segment(decision)}/explanation")
    if as_json:
        print_json(found)
    else:
        show_explanation(found, language)


def letter(
    decision: Annotated[str, typer.Argument(help="A decision id, or the id of its event.", show_default=False)],
    language: Annotated[str, typer.Option("--lang", "-l", help="Of the letter: en or zh-CN.")] = "en",
    html: Annotated[bool, typer.Option("--html", help="HTML, to print or to send, instead of plain text.")] = False,
    folder: Folder = Path(),
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Write the letter about a decision: what was decided, why, from which data, and what one can do about it.

    The same decision has the same letter whenever it is written; it is by the release of then.

    Examples:
        tandem letter app-0001

        tandem letter app-0001 --lang zh-CN --html > letter.html
    """
    with opened_api(folder, server) as api:
        found = api.get(f"/v1/decisions/{segment(decision)}/letter", language=language)
    if as_json:
        print_json(found)
    else:
        print(found["html"] if html else found["text"], end="")


def replay(
    decision: Annotated[str | None, typer.Argument(help="A decision id, or the id of its event.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every decision, with its inputs folded anew.")] = False,
    folder: Folder = Path(),
    server: ServerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Take a decision again from its record, or all of them from the whole journal; exit 1 if anything differs.

    Examples:
        tandem replay app-0001

        tandem replay --all
    """
    if everything == (decision is not None):
        raise InvalidInput("Name one decision, or say --all.", code="nothing_asked", hint="tandem replay --all")
    found = _replay_all(folder, as_json=as_json) if everything else _replay_one(folder, server, str(decision))
    if as_json:
        print_json(found)
    elif everything:
        say(f"{found['same']:,} the same, {found['erased']:,} erased, {len(found['differing']):,} different")
        for one in found["differing"][:20]:
            _show_replayed(one)
    else:
        _show_replayed(found)
    if found["differing"] if everything else not (found["same"] or found["erased"]):
        raise typer.Exit(BAD_ANSWER)


def _document(file: Path) -> Any:
    from tandem.faces.api import decode_document

    if str(file) == "-":
        return decode_document(sys.stdin.buffer.read())
    try:
        return decode_document(file.read_bytes())
    except FileNotFoundError:
        raise NotFound("No such file.", code="no_file", field="file", value=str(file)) from None
    except OSError as error:
        raise InvalidInput(
            f"The file cannot be read: {error.strerror}.", code="unreadable_file", field="file", value=str(file)
        ) from None


def _replay_one(folder: Path, server: str | None, decision: str) -> Any:
    with opened_api(folder, server) as api:
        return api.post(f"/v1/decisions/{segment(decision)}/replay", {})


def _replay_all(folder: Path, *, as_json: bool) -> dict[str, Any]:
    from tandem.faces.cli.progress import counting

    same = erased = 0
    differing: list[Any] = []
    with opened_process(folder) as process, counting("Deciding again", quiet=as_json) as tick:
        for one in process.archive.replay_all():
            tick(1)
            same += one.same
            erased += one.erased
            if not one.same and not one.erased:
                differing.append(msgspec.to_builtins(one))
    return {"same": same, "erased": erased, "differing": differing}


def _show_replayed(found: dict[str, Any]) -> None:
    if found["erased"]:
        print(f"{found['decision_id']}  cannot be repeated: the person's data was erased")
    elif found["same"]:
        print(f"{found['decision_id']}  the same, in every part")
    else:
        print(f"{found['decision_id']}  differs")
        rows = [(one["what"], one["then"], one["now"]) for one in found["differences"]]
        table("", ["what", "then", "now"], rows)
