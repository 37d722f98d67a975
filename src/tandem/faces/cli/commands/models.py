"""Models: trained and judged without code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from tandem.faces.cli.access import opened_api
from tandem.faces.cli.commands.declined import reckon
from tandem.faces.cli.commands.exporting import document_of, onnx
from tandem.faces.cli.commands.material import material_of
from tandem.faces.cli.commands.surviving import survival
from tandem.faces.cli.options import AsJson, By, Folder, ServerUrl, person
from tandem.faces.cli.showing import print_json, say, table
from tandem.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from tandem.learn.training import ModelFigures, TrainingResult, TrainSpec

__all__ = ["group"]

Table = Annotated[Path, typer.Argument(help="CSV, Parquet, JSONL or Excel.", show_default=False)]


def group() -> typer.Typer:
    """The commands under ``tandem model``."""
    app = typer.Typer(help="Train and judge models on any table, without code.", no_args_is_help=True)
    app.command()(train)
    app.command()(evaluate)
    app.command()(survival)
    app.command()(onnx)
    return app


def train(
    file: Annotated[
        Path | None, typer.Argument(help="CSV, Parquet, JSONL or Excel; not with --dataset.", show_default=False)
    ] = None,
    target: Annotated[
        str | None, typer.Option(help="Column that says what happened; two values.", show_default="the set's label")
    ] = None,
    dataset: Annotated[str | None, typer.Option(help="A training set instead of a file: its name or digest.")] = None,
    embargo: Annotated[
        str, typer.Option(help="With --dataset: a stretch before the test from which nothing teaches, as 30d.")
    ] = "0d",
    purge: Annotated[
        bool, typer.Option(help="With --dataset: leave out what settled only after the test began.")
    ] = True,
    rejects: Annotated[
        str | None,
        typer.Option(
            help="With --dataset: compare the ways to reckon with the declined, and train with this one: none,"
            " extrapolation, parcelling, fuzzy, corrected or exploration.",
            show_default="they are left out",
        ),
    ] = None,
    rejects_factor: Annotated[float, typer.Option(help="Parcelling: how many times as bad the declined are.")] = 1.5,
    positive: Annotated[
        str | None, typer.Option(help="The target's bad value.", show_default="guessed if plain")
    ] = None,
    time: Annotated[str | None, typer.Option(help="Column to order rows by: the test is out of time.")] = None,
    id: Annotated[list[str] | None, typer.Option(help="Columns that name a row or person; repeat.")] = None,  # noqa: A002 - the option's name
    forbid: Annotated[list[str] | None, typer.Option(help="Columns that may not be used; repeat.")] = None,
    preset: Annotated[str, typer.Option(help="credit or fraud.")] = "credit",
    monotone: Annotated[
        str,
        typer.Option(help="auto holds boosted trees to the confident trends of the scorecard; none leaves them free."),
    ] = "none",
    reasons: Annotated[
        Path | None, typer.Option(help="YAML: input to code and words in en and zh, where the generated will not do.")
    ] = None,
    families: Annotated[
        list[str] | None,
        typer.Option(
            "--family",
            help="Models that compete: scorecard, logistic, ebm, lightgbm, xgboost, catboost, network, blend; repeat.",
            show_default="scorecard, lightgbm, blend",
        ),
    ] = None,
    together: Annotated[
        list[str] | None,
        typer.Option(
            help="Columns that may act together, as a,b; repeat. Those in no group act alone.", show_default="all may"
        ),
    ] = None,
    tune: Annotated[int, typer.Option(help="Sets of settings of boosted trees to try beside the preset.")] = 0,
    bin_edits: Annotated[
        Path | None, typer.Option(help="YAML: changes of the scorecard's bins, each with who and reason.")
    ] = None,
    name: Annotated[str, typer.Option(help="Name of the model.")] = "model",
    seed: Annotated[int, typer.Option(help="Same data, same seed, same digest.")] = 20_261_124,
    test: Annotated[Path | None, typer.Option(help="A test table of your own.")] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Folder of the report and models.", show_default="NAME-report, in docs/ of a workspace"),
    ] = None,
    register: Annotated[
        bool, typer.Option(help="Write the champion into the workspace and push it as a draft.")
    ] = False,
    folder: Folder = Path(),
    server: ServerUrl = None,
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Train a scorecard, LightGBM and their blend on a table; the best on inner folds is the champion.

    Checks for leakage and drift first, and says what it found. The test rows are used once, at the end.

    Examples:
        tandem model train loans.csv --target default

        tandem model train loans.csv --target status --positive bad --time applied_on --id customer --register

        tandem model train --dataset loans --name credit_risk --register
    """
    from markupsafe import Markup

    from tandem.decide.models import encode_document
    from tandem.learn.training import FAMILIES, read_bin_edits, read_reasons, render_report
    from tandem.learn.training import train as run

    say_unless(as_json, f"Reading {file or dataset} ...")
    material = material_of(
        file, target, dataset, test, positive=positive, time=time, folder=folder, embargo=embargo, purge=purge
    )
    spec = _spec(
        {
            "target": material.target, "positive": material.positive, "time": material.time, "id": id or [],
            "forbid": [*material.forbid, *(forbid or [])],
            "preset": preset, "monotone": monotone, "name": name, "seed": seed,
            "reasons": {} if reasons is None else msgspec.to_builtins(read_reasons(reasons)),
            "families": families or FAMILIES, "tune": tune,
            "act_together": [[one.strip() for one in group.split(",")] for group in together or []],
            "bin_edits": [] if bin_edits is None else msgspec.to_builtins(read_bin_edits(bin_edits)),
        }
    )  # fmt: skip
    for words in material.notes:
        say_unless(as_json, words)
    reckoned = None if rejects is None else reckon(material, rejects, rejects_factor, seed)
    rows = material.rows if reckoned is None else reckoned.rows
    say_unless(as_json, f"Training on {rows.num_rows:,} rows, {rows.num_columns} columns ...")
    result = material.tied(run(rows, spec, material.test))
    # Inside a workspace every folder but a few means something; docs/ is one of those few.
    place = out or (folder / "docs" if (folder / "workspace.yaml").is_file() else Path()) / f"{name}-report"
    place.mkdir(parents=True, exist_ok=True)
    report = place / "report.html"
    report.write_text(render_report(result, more=Markup() if reckoned is None else reckoned.section), "utf-8")
    for family, document in result.documents.items():
        (place / f"{family}.json").write_bytes(encode_document(document))
    registered = _register(result, name, folder, server, by) if register else None
    if as_json:
        print_json(
            {
                **result.figures(),
                "report": str(report),
                "registered": registered,
                **material.told,
                **(reckoned.told if reckoned else {}),
            }
        )
        return
    _show(result)
    if reckoned is not None:
        reckoned.show()
    print(report)
    if registered is not None:
        say(f"Registered as a draft: model/{name} {registered[:12]}. Next: tandem review model/{name} reasons/{name}")


def _spec(asked: dict[str, Any]) -> TrainSpec:
    """What the options ask for.

    Raises:
        InvalidInput: one of them cannot be.
    """
    from tandem.learn.training import TrainSpec

    try:
        return msgspec.convert(asked, TrainSpec)
    except msgspec.ValidationError as error:
        raise InvalidInput(
            f"An option cannot be: {error}", code="invalid_option", hint="see tandem model train --help"
        ) from error


def evaluate(
    model: Annotated[Path, typer.Argument(help="A model's JSON file.", show_default=False)],
    file: Table,
    target: Annotated[str | None, typer.Option(help="Outcome column.", show_default="the model's own")] = None,
    positive: Annotated[str | None, typer.Option(help="Its bad value.", show_default="the model's own")] = None,
    as_json: AsJson = False,
) -> None:
    """Judge a model on a table with outcomes.

    Examples:
        tandem model evaluate model-report/scorecard.json newer-loans.csv

        tandem model evaluate models/risk.json newer-loans.csv --target default --json
    """
    from tandem.decide.models import load_model
    from tandem.learn.training import evaluate as judge
    from tandem.learn.training import read_table

    found = judge(load_model(document_of(model)), read_table(file), target, positive)
    if as_json:
        print_json(found.to_json())
    else:
        table(f"{found.model} on {file.name}", _COLUMNS, [_line("all rows", found.figures)], right=_COLUMNS[1:])


def say_unless(quiet: bool, text: str) -> None:
    """``text`` on stderr, unless a program reads along."""
    if not quiet:
        say(text)


_COLUMNS = ["", "AUC", "Gini", "KS", "AP", "Brier", "rows", "bad"]


def _line(name: str, figures: ModelFigures) -> list[object]:
    shares = (figures.auc.value, figures.gini, figures.ks, figures.average_precision, figures.brier)
    return [name, *(f"{share:.4f}" for share in shares), f"{figures.rows:,}", f"{figures.bads:,}"]


def _show(result: TrainingResult) -> None:
    title = f"Test: {result.split.kind.replace('_', ' ')}; champion: {result.champion}"
    rows = [_line(family, figures) for family, figures in result.test.items()]
    table(title, _COLUMNS, rows, right=_COLUMNS[1:])
    for finding in result.findings:
        say(f"{finding.severity}: {finding.en}")


def _register(result: TrainingResult, name: str, folder: Path, server: str | None, by: str | None) -> str:
    from tandem.decide.decisions import ARTEFACT_FOLDERS
    from tandem.kernel.artefacts import Artefact, write_artefact

    words = {code: {"customer": told, "internal": told} for code, told in _words(result).items()}
    model = Artefact.of("model", name, msgspec.to_builtins(result.document))
    artefacts = (model, Artefact.of("reasons", name, {"reasons": words}))
    for one in artefacts:
        write_artefact(folder, ARTEFACT_FOLDERS[one.kind], one)
    bodies = [{"kind": one.kind, "name": one.name, "body": one.body} for one in artefacts]
    with opened_api(folder, server) as api:
        api.post("/v1/artefacts", {"author": person(by), "artefacts": bodies, "note": "tandem model train"})
    return model.digest


def _words(result: TrainingResult) -> dict[str, dict[str, str]]:
    return {one.code: {"en": one.en, "zh-CN": one.zh} for one in result.reasons.values()}
