"""A workspace made from a table of one's own: event type, mapping, trained model, policy, reasons, and an event to try.

What comes out decides at once and is meant to be read and changed: every number in it is explained beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import pyarrow as pa

from tandem.faces.cli.starting.writing import prepared_folder, workspace_name
from tandem.kernel.artefacts import Artefact, write_artefact
from tandem.kernel.time import SystemClock, format_instant
from tandem.learn.training import TrainingResult, TrainSpec, read_table, render_report, train

__all__ = ["write_from_table"]

_APPROVE_SHARE: Final = 0.70
_REVIEW_SHARE: Final = 0.15
_CURRENT: Final = 2


def write_from_table(
    folder: Path, name: str, file: Path, *, target: str, positive: str | None, ids: Sequence[str]
) -> tuple[list[Path], TrainingResult]:
    """Train on ``file`` and write a workspace around the model; the files written, and what training found.

    Args:
        folder: new or empty.
        file: CSV, Parquet, JSONL or Excel; one row an application, with what became of it.
        target, positive: the outcome's column, and its bad value.
        ids: columns that name the row or the person; the first one becomes the person.

    Raises:
        Conflict: the folder has something in it.
        InvalidInput: the table, target or a column cannot be used.
    """
    workspace = workspace_name(name)
    prepared_folder(folder)
    raw = read_table(file)
    names = _lower_snake(raw.column_names)
    table = raw.rename_columns([names[each] for each in raw.column_names])
    spec = TrainSpec(target=names.get(target, target), positive=positive,
                     id=tuple(names.get(each, each) for each in ids), name="risk")  # fmt: skip
    result = train(table, spec)
    fields = _fields(result, table)
    written = [folder / "workspace.yaml"]
    written[0].write_text(f"name: {workspace}\ndescription: Made from {file.name}.\n", "utf-8")
    artefacts = (
        _event_type(fields),
        _mapping(fields, raw.column_names, names, list(ids), file),
        Artefact.of("model", "risk", msgspec.to_builtins(result.document)),
        _reasons(result),
        _policy(result),
    )
    written += [write_artefact(folder, _FOLDERS[one.kind], one) for one in artefacts]
    written += _around(folder, result, table, fields, names, list(ids))
    return sorted(written), result


_FOLDERS: Final = {
    "event_type": "event_types",
    "mapping": "mappings",
    "model": "models",
    "reasons": "reasons",
    "policy": "policies",
}


def _lower_snake(columns: Sequence[str]) -> dict[str, str]:
    """Column to field name: lower_snake, unique, none of the names that events reserve."""
    taken: set[str] = {"event_id", "event_type", "occurred_at", "received_at", "values", "supersedes", "person", "seq"}
    names = {}
    for column in columns:
        plain = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", column)
        base = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")[:50] or "column"
        base = base if base[0].isalpha() else f"c_{base}"
        name, count = base, 1
        while name in taken:
            count += 1
            name = f"{base}_{count}"
        taken.add(name)
        names[column] = name
    return names


def _fields(result: TrainingResult, table: pa.Table) -> list[dict[str, Any]]:
    """A field for every column the model reads; all of them personal until somebody says otherwise."""
    fields = []
    for profile in result.columns:
        if profile.excluded is not None:
            continue
        kind = table.schema.field(profile.name).type
        if profile.kind == "categorical":
            type_ = "boolean" if pa.types.is_boolean(kind) else "text"
        else:
            type_ = "integer" if pa.types.is_integer(kind) else "double"
        fields.append({"name": profile.name, "type": type_, "data_class": "C2", "source": "import", "owner": "lending"})
    return fields


def _event_type(fields: list[dict[str, Any]]) -> Artefact:
    person = {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"}
    body = {"description": "An application, as in the table it was made from.", "subject": "person"}
    return Artefact.of("event_type", "application", {**body, "fields": [person, *fields]})


def _mapping(
    fields: list[dict[str, Any]], columns: Sequence[str], names: Mapping[str, str], ids: list[str], file: Path
) -> Artefact:
    column_of = {names[column]: column for column in columns}
    person = ids[0] if ids else columns[0]
    told = {each["name"]: column_of[each["name"]] for each in fields}
    body = {
        "description": f"How the rows of {file.name} become applications.",
        "event_type": "application",
        "event_id": "app-{" + person + "}",
        "occurred_at": {"constant": format_instant(SystemClock().now())},
        "null_tokens": ["", "NA", "null"],
        "fields": {"person": person, **told},
    }
    return Artefact.of("mapping", "applications", body)


def _reasons(result: TrainingResult) -> Artefact:
    words = {
        "RISK_TOO_HIGH": ("Our assessment shows too high a risk of non-payment.", "综合评估显示违约风险过高。"),
        "RISK_TO_BE_REVIEWED": ("A colleague will look at your application.", "您的申请将由人工审核。"),
        "INFORMATION_MISSING": ("Some information we need is missing.", "缺少评估所需的部分信息。"),
    }
    words.update({one.code: (one.en, one.zh) for one in result.reasons.values()})
    told = {code: {"en": en, "zh-CN": zh} for code, (en, zh) in words.items()}
    return Artefact.of("reasons", "words", {"reasons": {c: {"customer": w, "internal": w} for c, w in told.items()}})


def _policy(result: TrainingResult) -> Artefact:
    """Approve the safest 70 % of the test rows, review the next 15 %, decline the rest."""
    scores = np.sort(1 / (1 + np.exp(-result.test_log_odds[result.champion])))
    approve = float(np.quantile(scores, _APPROVE_SHARE))
    decline = float(np.quantile(scores, _APPROVE_SHARE + _REVIEW_SHARE))
    below = scores < approve
    bad = np.asarray(result.test_bad)[np.argsort(result.test_log_odds[result.champion])][below].mean()
    note = f"on the test rows the first cut-off approves {below.mean():.0%} with a bad rate of {bad:.1%}"
    body = {
        "event": "application",
        "description": "Approve, review or decline by the probability of going bad.",
        "when_missing": "review",
        "flow": [
            {"model": "risk", "probability": "pd"},
            {
                "decide": "by_risk",
                "note": note,
                "cases": [
                    {"case": "low", "when": f"pd < {approve:.4f}", "then": "approve"},
                    {
                        "case": "middle",
                        "when": f"pd < {decline:.4f}",
                        "then": "review",
                        "reason": "RISK_TO_BE_REVIEWED",
                    },
                    {"otherwise": "high", "then": "decline", "reason": "RISK_TOO_HIGH"},
                ],
            },
        ],
    }
    return Artefact.of("policy", "application", body)


def _around(
    folder: Path,
    result: TrainingResult,
    table: pa.Table,
    fields: list[dict[str, Any]],
    names: Mapping[str, str],
    ids: list[str],
) -> list[Path]:
    """The training report, and the riskiest test row as an event to try."""
    report = folder / "docs" / "training.html"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text(render_report(result), "utf-8")
    riskiest = int(result.split.test[int(np.argmax(result.test_log_odds[result.champion]))])
    row = table.slice(riskiest, 1).to_pylist()[0]
    values = {each["name"]: _plain(row[each["name"]], each["type"]) for each in fields}
    person = str(row[names[ids[0]]]) if ids else "somebody"
    document = {
        "event_id": "first-application",
        "event_type": "application",
        "occurred_at": format_instant(SystemClock().now()),
        "values": {"person": person, **{name: value for name, value in values.items() if value is not None}},
    }
    event = folder / "data" / "application.json"
    event.parent.mkdir(parents=True, exist_ok=True)
    event.write_bytes(msgspec.json.format(msgspec.json.encode(document), indent=_CURRENT) + b"\n")
    return [report, event]


def _plain(value: Any, type_: str) -> Any:
    if value is None:
        return None
    if type_ == "text":
        return str(value)
    return float(value) if type_ == "double" else value
