"""The portfolio twin: SIMULATED customers in arrears, strategies of collections side by side, and where the twin's figures come from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from tandem.faces.cli.options import AsJson
from tandem.faces.cli.showing import print_json, say, table
from tandem.kernel.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from tandem.act.collections import RuleSet
    from tandem.faces.twin import Measured, Study

__all__ = ["group"]


def group() -> typer.Typer:
    """The commands under ``tandem twin``."""
    app = typer.Typer(
        help="The portfolio twin (SIMULATED): strategies of collections side by side, before a real customer is contacted.",
        no_args_is_help=True,
    )
    for command in (run, offers, calibrate):
        app.command()(command)
    return app


def run(
    customers: Annotated[int, typer.Option(help="Simulated customers.")] = 8_000,
    months: Annotated[int, typer.Option(help="Of exploration, and again of comparison.")] = 6,
    seed: Annotated[int, typer.Option(help="Everything follows from it.")] = 7,
    assume: Annotated[
        list[str] | None,
        typer.Option(help="`low`, `middle` or `high` for all that is assumed, or NAME=LEVEL or NAME=NUMBER; repeat."),
    ] = None,
    alike: Annotated[
        bool, typer.Option("--alike", help="All customers are the same: there is nothing to find.")
    ] = False,
    rules: Annotated[
        Path | None,
        typer.Option(help="Conduct rules, as YAML.", show_default="conduct/*.yaml here, if it is one file"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Run a seeded portfolio: explore, learn, then the usual ladder, choosing by uplift and nobody contacted side by side.

    Every customer is SIMULATED. Bills, arrears and recovery follow real tables; how customers respond to a contact is assumed, so a figure
    is worth something only over the range of what is assumed: run it with --assume low and --assume high too.

    Examples:
        tandem twin run

        tandem twin run --assume high --assume shown=0.1 --rules conduct/cn.yaml --json
    """
    from tandem.faces.twin import StudySpec, run_study
    from tandem.learn.simulator.portfolio import PortfolioWorld

    if not 2 <= months <= 24:
        raise InvalidInput("A study explores for 2 to 24 months.", code="twin_months", field="months", value=months)
    set_of_rules = _rules(rules)
    world = PortfolioWorld(customers=customers, seed=seed, dials=_dials(assume or []), alike=alike)
    study = run_study(world, StudySpec(months=months, rules=set_of_rules))
    if as_json:
        print_json(_document(study, set_of_rules))
    else:
        _show(study, set_of_rules)


def offers(
    customers: Annotated[
        int, typer.Option(help="Simulated customers, to learn from and again to choose for.")
    ] = 40_000,
    seed: Annotated[int, typer.Option(help="Everything follows from it.")] = 7,
    assume: Annotated[
        list[str] | None,
        typer.Option(help="`low`, `middle` or `high` for all that is assumed, or NAME=LEVEL or NAME=NUMBER; repeat."),
    ] = None,
    alike: Annotated[
        bool, typer.Option("--alike", help="All customers are the same: there is nothing to find.")
    ] = False,
    least_gain: Annotated[
        float, typer.Option(help="Of the share paid; less is not worth a message.", min=0, max=1)
    ] = 0.02,
    as_json: AsJson = False,
) -> None:
    """Draw a reminder by lot among simulated customers, learn from it, and choose by uplift on others beside lots.

    Every customer is SIMULATED: what a message adds is assumed. The lots, the rows, the model and the choice are the product's own.

    Examples:
        tandem twin offers --alike
    """
    from tandem.faces.twin import run_offer_study
    from tandem.learn.simulator.portfolio import PortfolioWorld

    world = PortfolioWorld(customers=customers, seed=seed, dials=_dials(assume or []), alike=alike)
    found = run_offer_study(world, least_gain=least_gain)
    if as_json:
        print_json({"simulated": True, **{name: getattr(found, name) for name in found.__slots__}})
        return
    lines = [
        [name, f"{one.value:.4f}", f"{one.low:.4f} to {one.high:.4f}", told]
        for name, one, told in (
            ("by lot", found.at_random, f"{found.told_at_random:.2f}"),
            ("by uplift", found.by_uplift, f"{found.told_by_uplift:.2f}"),
            ("difference", found.more, ""),
        )
    ]
    title = "SIMULATED: share of bills that one message adds to those paid in their days, with 95 % intervals"
    table(title, ["chosen", "a message adds", "95 %", "messages a customer"], lines)


def calibrate(
    data: Annotated[
        list[Path], typer.Option(help="A folder of data sets; repeat. The first that has a table is read.")
    ],
    out: Annotated[Path | None, typer.Option(help="Where to write the calibration.", show_default="nowhere")] = None,
    as_json: AsJson = False,
) -> None:
    """Count the twin's calibration in the real tables, beside what is committed; exit 1 where a figure differs.

    Figures of tables that are not there stay as committed.

    Examples:
        tandem twin calibrate --data examples/data

        tandem twin calibrate --data examples/data --data /srv/data --out calibration.json
    """
    from tandem.learn.simulator.portfolio import calibrate as counted
    from tandem.learn.simulator.portfolio import calibration, encoded

    found, there = counted(data, calibration())
    if not there:
        raise NotFound(
            "None of the twin's tables is in these folders.", code="no_table", field="data", value=str(data[0])
        )
    if out is not None:
        out.write_bytes(encoded(found))
    ours, committed = (msgspec.json.decode(encoded(one)) for one in (found, calibration()))
    rows = [row for name in ours for row in _figures(name, ours[name], committed[name])]
    differ = [name for name in ours if ours[name] != committed[name]]
    if as_json:
        print_json({"tables": there, "differ": differ, "calibration": ours})
    else:
        columns = ("figure", "value", "95 % interval", "rows", "table", "as committed")
        table("", columns, rows, right=("value", "95 % interval", "rows"))
        say(f"counted again: {', '.join(there)}")
    raise typer.Exit(1 if differ else 0)


def _figures(name: str, found: Any, committed: Any) -> list[tuple[str, ...]]:
    if isinstance(found, list):
        return [
            row
            for at, (one, other) in enumerate(zip(found, committed, strict=True), 1)
            for row in _figures(f"{name} {at}", one, other)
        ]
    same = "yes" if found == committed else "NO"
    if "value" in found:
        interval = f"{found['low']:.4g} to {found['high']:.4g}"
        return [(name, f"{found['value']:.4g}", interval, f"{found['rows']:,}", found["source"], same)]
    middle = found["values"][len(found["values"]) // 2]
    return [(name, f"{middle:.4g} (middle)", "", f"{found['rows']:,}", found["source"], same)]


def _rules(path: Path | None) -> RuleSet | None:
    from tandem.act.collections import parse_conduct_rules
    from tandem.kernel.artefacts.workspace import parse_yaml

    if path is None:
        here = sorted(Path("conduct").glob("*.yaml"))
        path = here[0] if len(here) == 1 else None
    if path is None:
        return None
    if not path.is_file():
        raise NotFound("No such file.", code="no_file", field="rules", value=str(path))
    return parse_conduct_rules({"name": path.stem, **parse_yaml(path.read_text("utf-8"), str(path))})


def _dials(assumed: list[str]) -> Any:
    from tandem.learn.simulator.portfolio import dials

    levels = {"low", "middle", "high"}
    level: Any = "middle"
    other: dict[str, Any] = {}
    for one in assumed:
        name, _, value = one.partition("=")
        if not value and name in levels:
            level = name
        elif value in levels:
            other[name] = value
        else:
            try:
                other[name] = float(value)
            except ValueError:
                raise InvalidInput(
                    "An assumption stands at a level or at a number.",
                    code="no_level", field="assume", value=one, hint="use NAME=low, NAME=middle, NAME=high or NAME=0.3",
                ) from None  # fmt: skip
    return dials(level, **other)


def _document(study: Study, rules: RuleSet | None) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "simulated": True,
        "customers": study.world.customers,
        "seed": study.world.seed,
        "alike": study.world.alike,
        "rules": None if rules is None else rules.name,
        "explored": {"rows": study.tried, "contacted": study.contacted},
        "arms": {name: asdict(one) for name, one in study.arms.items()},
        "by_chance": None if study.by_chance is None else asdict(study.by_chance),
        "in_pairs": {str(budget): asdict(one) for budget, one in study.in_pairs.items()},
        "assumed": msgspec.structs.asdict(study.world.response),
    }


def _show(study: Study, rules: RuleSet | None) -> None:
    rows = [
        (name, f"{one.customers:,}", f"{one.contacts:.2f}", f"{one.calls:.2f}", f"{one.missed / 100:,.2f}",
         f"{one.missed / max(one.due, 1):.2%}", f"{one.written_off / 100:,.2f}", f"{one.blocked:,}")
        for name, one in study.arms.items()
    ]  # fmt: skip
    columns = ("arm", "customers", "contacts", "by people", "missed", "of what fell due", "written off", "blocked")
    table("SIMULATED: a customer, in the months of comparison; amounts in TWD", columns, rows, right=columns[1:])
    for name, found in (
        ("dealt by chance", study.by_chance),
        ("the same customers, in pairs", study.in_pairs.get(1.0)),
    ):
        if found is not None:
            _say(name, found)
    judged = "no conduct rules were asked (--rules)" if rules is None else f"every contact was judged by {rules.name}"
    say(f"learnt from {study.tried:,} rows of exploration, {study.contacted:,} contacts among them; {judged}")


def _say(name: str, found: Measured) -> None:
    ours, theirs, more = found.ours, found.baseline, found.more
    print(
        f"{name}: one contact by uplift keeps {ours.value / 100:,.2f} ({ours.low / 100:,.2f} to {ours.high / 100:,.2f}) from being missed, "
        f"one of the ladder {theirs.value / 100:,.2f} ({theirs.low / 100:,.2f} to {theirs.high / 100:,.2f}): "
        f"{more.value:+.0f} % ({more.low:+.0f} to {more.high:+.0f})"
    )
