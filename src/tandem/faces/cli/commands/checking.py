"""What a night watch asks: is what is served what the journal gives?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from tandem.faces.cli.access import header_of, settings
from tandem.faces.cli.failing import BAD_ANSWER
from tandem.faces.cli.options import AsJson, Folder
from tandem.faces.cli.showing import print_json, say, table
from tandem.kernel.time import SystemClock, format_instant

if TYPE_CHECKING:
    from tandem.decide.decisions import FeatureCheck

__all__ = ["group"]


def group() -> typer.Typer:
    """The commands under ``tandem check``."""
    app = typer.Typer(help="Checks for every night; exit 1 is an alert.", no_args_is_help=True)

    @app.callback()
    def root() -> None:
        pass  # so that the one command there is keeps its name

    app.command()(features)
    return app


def features(
    share: Annotated[float, typer.Option(help="Of all keys, above 0 and up to 1.")] = 0.01,
    salt: Annotated[str | None, typer.Option(help="Which keys are drawn.", show_default="today's date")] = None,
    metrics: Annotated[
        Path | None, typer.Option(help="Write the result for Prometheus' textfile collector.", show_default=False)
    ] = None,
    folder: Folder = Path(),
    as_json: AsJson = False,
) -> None:
    """Recompute the features of some keys from the journal and compare with what decided; exit 1 at the first difference.

    Whole keys are drawn by hash, others every day. May run while a server decides.

    Examples:
        tandem check features

        tandem check features --share 0.1 --metrics /var/lib/node_exporter/tandem_features.prom
    """
    from tandem.decide.decisions import check_features, open_beside

    now = SystemClock().now()
    chosen = settings()
    with open_beside(chosen, header_of(folder).name) as beside:
        found = check_features(
            beside.journal,
            beside.vault,
            share=share,
            salt=format_instant(now)[:10] if salt is None else salt,
            compiled=chosen.compiled_wanted,
        )
    if metrics is not None:
        _write_metrics(metrics, found, now / 1e6)
    if as_json:
        print_json({"sound": found.mismatch is None, **msgspec.to_builtins(found, enc_hook=str)})
    else:
        _show(found)
    if found.mismatch is not None:
        raise typer.Exit(BAD_ANSWER)


def _show(found: FeatureCheck) -> None:
    say(
        f"{found.values:,} values of {found.keys:,} keys in {found.decisions:,} decisions, {found.erased:,} erased,"
        f" up to record {found.to_seq:,}"
    )
    wrong = found.mismatch
    if wrong is None:
        print("SOUND")
        return
    row = (wrong.decision_id, wrong.event_seq, wrong.unit, wrong.key, wrong.feature, wrong.then, wrong.now)
    table("DIFFERS", ["decision", "event", "kind", "key", "feature", "then", "now"], [row], right=["event"])


def _write_metrics(path: Path, found: FeatureCheck, at_s: float) -> None:
    from prometheus_client import CollectorRegistry, Gauge, write_to_textfile

    registry = CollectorRegistry()
    told = {
        "mismatch": (
            "1 where a served feature was not what the journal gives, else 0",
            float(found.mismatch is not None),
        ),
        "values": ("Feature values compared", float(found.values)),
        "keys": ("Keys compared", float(found.keys)),
        "timestamp_seconds": ("When the check began", at_s),
    }
    for name, (words, value) in told.items():
        Gauge(f"tandem_feature_check_{name}", words, registry=registry).set(value)
    write_to_textfile(str(path), registry)
