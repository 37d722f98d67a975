"""The journal: verified, backed up, restored, exported; and people erased from it."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from tandem.faces.cli.access import header_of, opened_process, settings
from tandem.faces.cli.failing import BAD_ANSWER
from tandem.faces.cli.options import AsJson, Folder
from tandem.faces.cli.progress import counting
from tandem.faces.cli.showing import print_json, say, table
from tandem.kernel.identity import EntityKind, Pseudonym
from tandem.kernel.time import SystemClock, format_instant

if TYPE_CHECKING:
    from tandem.decide.decisions import Beside
    from tandem.observe.journal import Companion

__all__ = ["group", "register"]

_PSEUDONYM = re.compile(r"[0-9a-f]{32}")


def group() -> typer.Typer:
    """The commands under ``tandem journal``."""
    app = typer.Typer(help="The one book: verify, back up, restore, export.", no_args_is_help=True)
    for command in (verify, backup, restore, export):
        app.command()(command)
    return app


def register(app: typer.Typer) -> None:
    """Hang ``tandem erase`` on ``app``."""
    app.command(rich_help_panel="Data")(erase)


def verify(
    heads: Annotated[Path | None, typer.Option(help="The copy of heads.jsonl kept off the machine.")] = None,
    expected: Annotated[int | None, typer.Option("--expected-count", help="How many records there should be.")] = None,
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Check that the journal is what was written, all of it and nothing else; exit 1 with what and where if not.

    May run while a server writes. Give the heads you keep elsewhere: they stand even against somebody with the keys.

    Examples:
        tandem journal verify

        tandem journal verify --heads /mnt/safe/heads.jsonl --json
    """
    from tandem.observe.journal import HeadsFile, verify_store

    with _opened(folder) as beside:
        vault = beside.vault
        lines = beside.heads if heads is None else HeadsFile(heads, vault.workspace, vault.signing_key())
        report = verify_store(beside.store, vault, lines.lines(), expected_count=expected)
    if as_json:
        print_json({"sound": report.sound, **msgspec.to_builtins(report, enc_hook=str)})
    else:
        say(
            f"{report.records:,} records, {report.heads_checked:,} signed heads agree, signed up to {report.signed_seq:,}"
        )
        for note in report.notes:
            say(f"note: {note}")
        if report.sound:
            print("SOUND")
        else:
            rows = [(one.kind, one.seq, one.last_seq, one.detail) for one in report.damage]
            table(
                f"DAMAGED in {report.damage_count:,} places", ["kind", "from", "to", "what"], rows, right=["from", "to"]
            )
    if not report.sound:
        raise typer.Exit(BAD_ANSWER)


def backup(
    target: Annotated[Path, typer.Argument(help="A folder that does not exist yet.", show_default=False)],
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Copy the journal, its keys and proofs, people and webhooks to a folder; the chain is checked on the way.

    A server may go on deciding meanwhile. The master key is not in it: keep that elsewhere.

    Examples:
        tandem journal backup /mnt/backup/2026-11-24
    """
    from tandem.observe.journal import ErasureRegister, back_up

    with _opened(folder) as beside:
        erasures = ErasureRegister.beside(beside.heads.path, beside.vault)
        manifest = back_up(
            beside.store,
            beside.vault,
            target,
            clock=SystemClock(),
            heads=beside.heads,
            erasures=erasures,
            companions=_companions(),
        )
    if as_json:
        print_json(manifest)
    else:
        print(target)
        say(f"{manifest.records:,} records. Restore: tandem journal restore {target}")


def restore(
    source: Annotated[Path, typer.Argument(help="The folder of a backup.", show_default=False)],
    without_keys: Annotated[bool, typer.Option("--without-keys", help="Personal values stay unreadable.")] = False,
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Put a backup into an empty journal. Whoever was erased since stays erased; nobody is signed in.

    Examples:
        TANDEM_HOME=/var/lib/tandem-new tandem journal restore /mnt/backup/2026-11-24
    """
    from tandem.observe.journal import restore as put_back

    companions = _companions()
    kept = [each for each in companions if each.path.exists()]
    with _opened(folder, writable=True) as beside:
        manifest = put_back(
            source,
            beside.store,
            beside.vault,
            heads=beside.heads,
            companions=companions,
            without_keys=without_keys,
        )
    if as_json:
        print_json(manifest)
    else:
        for each in companions:
            if each in kept:
                say(f"{each.path} was here already and is left as it is.")
            elif each.name not in manifest.files:
                say(f"The backup holds no {each.name}.")
        say(f"{manifest.records:,} records restored. Next: tandem journal verify")


def export(
    target: Annotated[Path, typer.Argument(help="A JSONL file to write.", show_default=False)],
    kind: Annotated[list[str] | None, typer.Option(help="event, decision, list, artefact ...; repeat.")] = None,
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Write the readable part of every record as one JSON object a line; sealed values stay sealed.

    Examples:
        tandem journal export decisions.jsonl --kind decision
    """
    count = 0
    chosen: Any = kind or None
    with _opened(folder) as beside, counting("Exporting", quiet=as_json) as tick:
        partial = target.with_name(target.name + ".part")
        with partial.open("wb") as file:
            for record in beside.journal.read(kinds=chosen):
                line = {
                    "seq": record.seq,
                    "kind": record.kind,
                    "recorded_at": format_instant(record.recorded_at),
                    "subject": record.subject,
                    "digest": record.digest,
                    "mac": record.mac.hex(),
                    "body": msgspec.Raw(record.clear),
                }
                file.write(msgspec.json.encode(line) + b"\n")
                count += 1
                tick(1)
        partial.replace(target)
    if as_json:
        print_json({"file": str(target), "records": count})
    else:
        say(f"{count:,} records in {target}")


def erase(
    kind: Annotated[str, typer.Argument(help="Kind of entity: person ...", show_default=False)],
    identifier: Annotated[str, typer.Argument(help="The real identifier, or the pseudonym.", show_default=False)],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Erase a person: their personal values become unreadable, for ever; the chain stays provable.

    Examples:
        tandem erase person 510101199001011234
    """
    if not yes and not typer.confirm("This cannot be undone. Erase?", err=True):
        raise typer.Exit(BAD_ANSWER)
    with opened_process(folder) as process:
        with _opened(folder) as beside:
            named = _PSEUDONYM.fullmatch(identifier) is not None
            subject = Pseudonym(identifier) if named else beside.vault.pseudonym(EntityKind(kind), identifier)
        receipt = process.journal.erase(subject)
    if as_json:
        print_json({"subject": subject, "seq": receipt.first_seq})
    else:
        say(f"Erased; recorded at place {receipt.first_seq}. The lake follows at its next projection (tandem sql).")


def _companions() -> list[Companion]:
    """What is backed up with the journal: who may, and who is told."""
    from tandem.act.webhooks import OUTBOX_FILE
    from tandem.observe.journal import Companion
    from tandem.prove.access import ACCESS_FILE, PASSING_TABLES

    home = settings().home
    return [
        Companion(name="access.sqlite", path=home / ACCESS_FILE, passing=PASSING_TABLES),
        Companion(name="webhooks.sqlite", path=home / OUTBOX_FILE),
    ]


def _opened(folder: Path, *, writable: bool = False) -> AbstractContextManager[Beside]:
    from tandem.decide.decisions import open_beside

    return open_beside(settings(), header_of(folder).name, writable=writable)
